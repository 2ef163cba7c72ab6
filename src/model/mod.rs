//! What a modeller may write: text and overrides into a checked, named, typed tree.
//!
//! [`load`] never stops at the first fault. It reads each section on its own, then checks what
//! only the whole can show (names, reachability), and returns either a [`Model`] that nobody needs
//! to check again, or everything that is wrong with the file.

mod attribute;
pub(crate) mod check;
mod date;
mod distribution;
mod expectation;
mod header;
mod load;
mod next;
mod overrides;
mod reader;
mod source;
mod stage;
mod unclosed;
mod when;
pub mod yaml;

pub use attribute::{Assignments, Attribute, ValueCase};
pub use expectation::{Expectation, Limits};
pub use header::{Header, Horizon, ReasonClass};
pub use load::{Loaded, Override, load, read_file};
pub use next::{Branch, Target};
pub use reader::Spot;
pub(crate) use reader::nearest;
pub use source::{Arrivals, RateStep, Source};
pub use stage::{Phase, Plan, SaleAmount, Stage, Step, Variant, VisitLimit};
pub use when::{Measured, Range, Test, When};

use jiff::civil::DateTime;

use crate::quantity::Length;

/// A checked model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// What to call it: its name, else that of its file.
    pub label: String,
    /// Name, process, currency.
    pub header: Header,
    /// Where the reported window begins.
    pub start: DateTime,
    /// How long it is.
    pub horizon: Horizon,
    /// Simulated before it and not reported.
    pub warmup: Option<Length>,
    /// Drawn when a deal arrives.
    pub attributes: Vec<Attribute>,
    /// What a deal is worth; empty where the model knows no money.
    pub value: Vec<ValueCase>,
    /// Where deals come from.
    pub sources: Vec<Source>,
    /// The funnel, in its order.
    pub stages: Vec<Stage>,
    /// Classes of loss reasons, and where they are given.
    pub reasons: Vec<(String, ReasonClass, Spot)>,
    /// What must hold.
    pub expectations: Vec<Expectation>,
    /// Defaults that were used because the file says nothing.
    pub defaults: Vec<&'static str>,
}

impl Model {
    /// Every plan of every stage: its own, then its variants'.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.stages.iter().flat_map(Stage::plans)
    }

    /// Every branch, also those of limits.
    pub fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.stages.iter().flat_map(|stage| {
            let limit = stage.max_visits.iter().flat_map(|limit| &limit.next);
            stage.plans().filter_map(|plan| plan.next.as_ref()).flatten().chain(limit)
        })
    }
}
