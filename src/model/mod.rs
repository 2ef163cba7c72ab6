//! What a modeller may write: text and overrides into a checked, named, typed tree.
//!
//! [`load`] never stops at the first fault. It reads each section on its own, then checks what
//! only the whole can show (names, reachability), and returns either a [`Model`] that nobody needs
//! to check again, or everything that is wrong with the file.

mod alone;
mod attribute;
mod calendar;
mod check;
mod clock;
mod date;
mod delay;
mod distribution;
mod expectation;
mod header;
mod indent;
mod layout;
mod load;
mod measure;
mod next;
mod overrides;
mod promises;
mod reader;
mod recognize;
mod resolved;
mod role;
pub mod schema;
mod source;
mod stage;
mod step;
mod targets;
mod templates;
mod unclosed;
pub(crate) mod ways;
mod when;
mod words;
pub mod yaml;
mod zones;

pub use alone::{Alone, distribution};
pub use attribute::{Assignments, Attribute, ValueCase};
pub use calendar::Calendar;
pub use delay::Delay;
pub use expectation::{Expectation, Limits, Of, Subject};
pub use header::{Defaulted, Header, Horizon, ReasonClass};
pub use load::{Loaded, Override, load, read_file};
pub use next::{Branch, Target};
pub use reader::Spot;
pub(crate) use reader::{is_slip, nearest};
pub use recognize::is_meant_as_model;
pub use resolved::resolved;
pub use role::{Group, Role};
pub use source::{Arrivals, RateStep, Source};
pub use stage::{Category, Phase, Plan, SaleAmount, Sla, Stage, Variant, VisitLimit};
pub use step::{Action, Moment, Patience, Step, Wait, Work};
pub use targets::Targets;
pub use templates::{TEMPLATES, Template, opening_sentence, smallest};
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
    /// Where clocks and holidays are local; `None`: every day has 24 hours.
    pub timezone: Option<jiff::tz::TimeZone>,
    /// When people work; the first is the default.
    pub calendars: Vec<Calendar>,
    /// Who works.
    pub roles: Vec<Role>,
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
    /// The plan.
    pub targets: Targets,
    /// What must hold.
    pub expectations: Vec<Expectation>,
    /// Defaults that were used because the file says nothing.
    pub defaults: Vec<Defaulted>,
}

impl Model {
    /// Every plan of every stage: its own, then its variants'.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.stages.iter().flat_map(Stage::plans)
    }

    /// The hours of a calendar; the first one's where none is named, Monday to Friday from 9 to 18
    /// where the model has none.
    ///
    /// # Panics
    ///
    /// If there is no calendar of this name; a checked model names only calendars that it has.
    pub fn hours(&self, name: Option<&str>) -> crate::calendar::Hours {
        let named = |name| {
            let calendar = self.calendars.iter().find(|calendar| calendar.name == name);
            calendar.expect("a checked model names only calendars that it has")
        };
        let calendar = name.map(named).or(self.calendars.first());
        calendar.map_or_else(crate::calendar::Hours::office, |calendar| calendar.hours.clone())
    }

    /// Whether any wait, delay, patience or promise runs in working time.
    pub fn waits_working_time(&self) -> bool {
        let step = |step: &Step| match &step.action {
            Action::Wait(Wait::Time(delay)) => delay.working,
            _ => false,
        };
        let plan = |plan: &Plan| {
            plan.given_steps().any(step)
                || plan.patience.as_ref().is_some_and(|patience| patience.time.working)
        };
        let after = |branch: &Branch| branch.after.as_ref().is_some_and(|after| after.working);
        self.plans().any(plan)
            || self.branches().any(after)
            || self.stages.iter().any(|stage| stage.sla.is_some_and(|sla| sla.working))
    }

    /// Every work step with its stage, as the stage or a variant gives it.
    pub fn works(&self) -> impl Iterator<Item = (&Stage, &Work)> {
        self.stages.iter().flat_map(|stage| {
            let steps = stage.plans().flat_map(Plan::given_steps);
            steps.filter_map(move |step| match &step.action {
                Action::Work(work) => Some((stage, work)),
                Action::Wait(_) => None,
            })
        })
    }

    /// Every branch, also those of limits.
    pub fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.stages.iter().flat_map(|stage| {
            let limit = stage.max_visits.iter().flat_map(|limit| &limit.next);
            let reneging = stage.plans().filter_map(|plan| plan.patience.as_ref());
            let limit = limit.chain(reneging.flat_map(|patience| &patience.next));
            stage.plans().filter_map(|plan| plan.next.as_ref()).flatten().chain(limit)
        })
    }
}
