//! What a search for a plan says.

use super::{FigureName, Span};
use crate::diagnostic::Measured;
use crate::report::block::Number;

/// A title, label or line of a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Planning {
    /// What the screen is about.
    Title {
        /// What the model is called.
        model: String,
        /// Its window.
        span: Span,
        /// How many plans there are.
        plans: usize,
        /// How many of them were tried.
        tried: usize,
    },
    /// The best plan: its changes as `path=value`, and its cost or the other aim.
    Best {
        /// What it changes.
        plan: String,
        /// The aim with its value; `None` if the model has no cost.
        aim: Option<(FigureName, Number)>,
    },
    /// No plan meets all targets.
    None,
    /// A target with what the best plan reaches, by its number.
    Reached(usize, Box<Measured>),
    /// A target of a search without a plan.
    Target(usize, Box<Measured>),
    /// What one person fewer in a role misses.
    Binds {
        /// The role.
        role: String,
        /// The number of the target.
        target: usize,
        /// What is reached then.
        found: Number,
    },
    /// With one person fewer in a role all targets are met too, but the plan is not cheaper.
    Spare(String),
    /// The heading of the plans that were tried.
    TriedHeading,
    /// The title of a column or the name of an axis: the aim.
    Aim(FigureName),
    /// The title of a column: a target, by its number.
    TargetColumn(usize),
    /// The title of a column: whether a plan meets the targets.
    VerdictColumn,
    /// The title of a column: how many replications a plan took.
    ReplicationsColumn,
    /// The plan is the best one.
    IsBest,
    /// The plan meets all targets.
    Meets,
    /// The plan misses a target.
    Misses,
    /// The plan is so near to a limit that it may be taken for either side.
    NearlyMeets,
    /// The same, on the other side.
    NearlyMisses,
    /// The plan was given up, because it costs more.
    Dearer,
    /// The plan is no valid model.
    NoModel,
    /// How many more plans were tried.
    MoreTried(usize),
    /// How sure the choice is.
    Certainty {
        /// The level of all decisions together.
        level: Number,
        /// How many plans are covered.
        plans: usize,
        /// The zone around a limit.
        zone: Number,
        /// The seed.
        seed: u64,
    },
    /// More people are assumed to do no harm.
    Assumed,
    /// The heading of what the plan asks for in each stage.
    StagesHeading,
    /// The heading of what the plan asks for of people.
    WorkHeading,
    /// The title of a column: visits for a month.
    PerMonth,
    /// The title of a column: between a bad and a good window, for a month of it.
    Range,
    /// The title of a column: for a calendar day.
    PerDay,
    /// The title of a column: work of a kind for one person and working day.
    PerPersonDay,
    /// The title of a column: hours of work for a month.
    HoursPerMonth,
    /// The row of arriving deals.
    Arrivals,
    /// Two numbers with a dash between.
    FromTo(Number, Number),
    /// The title of a chart: the aim of the best plan that meets the targets.
    Cheapest(FigureName, Number),
    /// The title of a chart: no plan meets the targets.
    NonesTitle,
    /// Below the title of a chart: the choice, as `path=value`.
    Choice(String),
    /// Below the title of a chart: what the points are.
    Points(Number),
    /// The name of an axis: what it reaches of a target.
    TargetAxis(Box<Measured>),
}
