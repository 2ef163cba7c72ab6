//! The lines of a screen.

use super::{Span, Thing};
use crate::diagnostic::Problem;
use crate::kpi::{Kpi, Per};
use crate::model::Defaulted;
use crate::report::block::Number;
use crate::study::solve::Missing;

/// A line of a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// What clients owe.
    Payments {
        /// At the end of the window.
        receivables: Number,
        /// Days sales outstanding.
        dso: Option<Number>,
        /// The share of it past its due date; none where nothing is late.
        overdue: Option<Number>,
        /// What was written off; none where everybody pays.
        unpaid: Option<Number>,
    },
    /// When the cumulative profit of the window turns positive for good.
    BreakEven {
        /// The share of windows in which it does.
        share: Option<Number>,
        /// After how long, in those.
        days: Option<Number>,
    },
    /// What the cost is made of.
    CostKinds(Vec<(Thing, Number)>),
    /// What the screen is about: a model and its window.
    Title {
        /// What the model is called.
        model: String,
        /// Its window.
        span: Span,
    },
    /// What the screen is about: a model that is solved.
    SolvedTitle(String),
    /// Deals in progress, past clients apart.
    InProgress {
        /// On average.
        mean: Option<Number>,
        /// At the end of the window, and their value.
        end: Option<(Number, Option<Number>)>,
        /// Past clients who may come back: on average, and at the end.
        clients: Option<(Number, Option<Number>)>,
    },
    /// How many deals are won.
    Rates {
        /// Of those decided.
        win: Option<Number>,
        /// Of all leads.
        lead: Option<Number>,
        /// Of all leads: undecided at the end.
        undecided: Option<Number>,
    },
    /// What is spent, as a whole and per thing.
    Costs(Vec<(CostOf, Number)>),
    /// The plan of the window.
    Plan(Plan),
    /// What periods reach with some certainty.
    Floor(Floor),
    /// A role of which more is asked than it can do.
    Overloaded {
        /// Its name.
        role: String,
        /// Working time that all work takes, over that which there is.
        asked: Number,
        /// What comes of it.
        queue: Queue,
    },
    /// When somebody first works on a lead.
    FirstWork {
        /// On average.
        mean: Number,
        /// The share within an hour.
        hour: Option<Number>,
        /// The share within a day.
        day: Option<Number>,
        /// The share that nobody works on, where it counts.
        never: Option<Number>,
    },
    /// What the time of a deal is: work, queue, closed hours, the client's time.
    TimeSplit([Number; 4]),
    /// So few leads came so long before the end that the share won within the time is not told.
    FewDue {
        /// The time, as written.
        within: String,
        /// How many there were, over all replications.
        leads: u64,
        /// How many there must be.
        fewest: u64,
    },
    /// How often each stage keeps its `sla`.
    SlaKept(Vec<(String, Number)>),
    /// Promises with the share that was kept.
    PromisesKept(Vec<(String, Number)>),
    /// The final scores of clients.
    Satisfaction {
        /// On average.
        mean: Number,
        /// On average, of those who bought.
        won: Option<Number>,
        /// The share under 60.
        unhappy: Option<Number>,
    },
    /// How often a prescribed process is followed.
    Followed {
        /// Share of the visits of the window.
        all: Number,
        /// In the first and in the last full month.
        months: Option<[Number; 2]>,
    },
    /// Defaults that the model used.
    Defaults(Vec<Defaulted>),
    /// A warning about the model.
    Warning(Problem),
    /// How many warnings are not shown, and the command that shows them.
    MoreWarnings(usize, String),
    /// The window starts empty and fills within it.
    StartsEmpty {
        /// How long it takes to fill.
        days: u64,
        /// The warm-up that would do.
        weeks: u64,
    },
    /// The warm-up is too short.
    ShortWarmup {
        /// The one that would do.
        weeks: u64,
    },
    /// Few deals carry most of the value.
    FewCarry {
        /// Sales that were seen.
        n: Number,
        /// What can be said for all that.
        few: Few,
    },
    /// What the half-widths mean.
    Certainty {
        /// The level of the intervals.
        level: Number,
        /// How many replications.
        replications: u64,
        /// Whether replications were weighted to the expected number of leads.
        weighted: bool,
        /// The seed.
        seed: u64,
        /// Whether columns beside the figures are low and high, rather than bad and good.
        low_and_high: bool,
    },
    /// One replication has no intervals.
    OneReplication {
        /// The seed.
        seed: u64,
    },
    /// None of the figures that were to be precise is there.
    NothingPrecise,
    /// The precision asked for was reached.
    Precise {
        /// The figures.
        figures: Vec<Kpi>,
        /// The greatest half-width over its figure.
        within: Number,
        /// What was asked for.
        asked: Number,
    },
    /// The precision asked for was not reached.
    Imprecise {
        /// The least precise figure.
        kpi: Kpi,
        /// Its half-width over the figure.
        within: Number,
        /// How many more replications are needed, about.
        more: u64,
        /// What was asked for.
        asked: Number,
    },
    /// The run agrees with theory.
    Agrees {
        /// Figures compared.
        compared: usize,
        /// The greatest difference, in standard errors.
        greatest: f64,
        /// How many standard errors would be too much.
        critical: f64,
    },
    /// The run disagrees with theory.
    Disagrees {
        /// Figures that disagree.
        apart: usize,
        /// Figures compared.
        compared: usize,
        /// The first of those that disagree, as rows are called.
        figures: Vec<String>,
    },
    /// The command that has these values without a simulation.
    AtOnce(String),
    /// What to do next.
    Next(Next),
    /// Formulas that hold nearly, by which numbers above are known.
    Approximate(Vec<crate::kpi::Method>),
    /// What cannot be solved, and why.
    Missing(Missing),
    /// A distribution that is always the same value.
    Always(Number),
    /// Mean and standard deviation of a distribution.
    MeanAndSd(Number, Number),
}

/// What comes of more work than there is time for.
#[derive(Debug, Clone, PartialEq)]
pub enum Queue {
    /// The queue grows over the window.
    Grows {
        /// The share of the deals that leave it, where some do.
        left: Option<Number>,
        /// Deals that wait on average.
        mean: Number,
        /// Deals that wait at the end.
        end: Number,
    },
    /// So many deals leave the queue that it does not grow.
    Leaves(Number),
}

/// What a cost is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostOf {
    /// All of the window.
    All,
    /// A lead.
    Lead,
    /// A won deal.
    Won,
    /// Winning one client.
    Acquisition,
}

/// What is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    /// Value of sales.
    Bookings,
    /// First sales.
    Wins,
}

/// The plan of the whole window, and how far it is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is planned.
    pub of: Planned,
    /// How much.
    pub plan: Number,
    /// The chance to reach it.
    pub chance: Number,
    /// How much of it is reached on average.
    pub reached: Number,
    /// … in a bad and a good window.
    pub outlook: Option<[Outcome; 2]>,
}

/// What full periods of the calendar and the whole window reach with some certainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Floor {
    /// What they reach it in: bookings, or sales by their throughput.
    pub kpi: Kpi,
    /// The share of all such periods that reach it.
    pub certainty: Number,
    /// What is reached, by period.
    pub at_least: Vec<(Per, Number)>,
}

/// How a window may turn out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How often it is like this, or worse for a bad one, or better for a good one: from 0 to 1.
    pub chance: f64,
    /// What it comes to.
    pub value: Number,
}

/// What is known where few deals carry most of the value.
#[derive(Debug, Clone, PartialEq)]
pub enum Few {
    /// The means are those of theory.
    Theory,
    /// Intervals are too short; so many sales would do.
    Needs(Number),
    /// Intervals are too short, whatever the number of sales.
    Never,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// No deals arrived.
    NoDeals,
    /// A command that hires people.
    Hire(String),
    /// A command with more replications.
    Replications(String),
    /// Replace the defaults.
    Defaults,
    /// A command that writes all files.
    Write(String),
}
