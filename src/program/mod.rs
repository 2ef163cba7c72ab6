//! The model compiled to dense tables and numbers: what the engine reads.
//!
//! A checked model cannot fail to compile, so nothing here returns a `Result`. Names have become
//! indices, distributions inverse tables, shares thresholds of 64-bit words, dates instants.

mod addresses;
mod compile;
mod condition;
mod features;
mod ids;
mod names;
mod people;
mod rates;
mod routes;
mod single_task;
mod stage;
mod targets;

pub use condition::{Choice, Condition, Facts, Look};
pub use features::{Feature, Features, Use};
pub use ids::{ClockId, Destination, Exit, Id, PersonId, RoleId, SourceId, StageId, Table, TaskId};
pub use people::{Delay, Patience, Person, Role, Sla, TaskInfo, Work};
pub use rates::RateSegment;
pub use single_task::SingleTask;
pub use stage::{Action, Branch, Draw, Entry, Next, Sale, Stage, Step};
pub use targets::{Target, Targets};

use crate::calendar::{Calendar, WorkingTime};
use crate::model::ReasonClass;
use crate::quantity::{Instant, Money};
use crate::random::inverse::Inverse;
use crate::random::key::Address;

/// A compiled model.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each says what a walk may do without
pub struct Program {
    /// The model's name.
    pub name: String,
    /// The currency, or nothing.
    pub currency: String,
    /// Stages in funnel order.
    pub stages: Table<StageId, Stage>,
    /// The single task that each stage is, if it is one.
    pub single_tasks: Table<StageId, Option<SingleTask>>,
    /// Ends: won, done, then one per loss reason.
    pub ends: Vec<End>,
    /// Loss reasons, in the order in which the model names them.
    pub reasons: Vec<Reason>,
    /// Sources in the order of the file.
    pub sources: Table<SourceId, Source>,
    /// Attributes with their values.
    pub attributes: Vec<Attribute>,
    /// Attributes that every deal draws on arrival.
    pub arrival_draws: Vec<AttributeDraw>,
    /// What a deal is worth; `None` where the model knows no amounts.
    pub value: Option<Choice<Draw>>,
    /// Whether anybody looks at it: where not, it is not drawn.
    pub draws_value: bool,
    /// Dates.
    pub calendar: Calendar,
    /// The reported window.
    pub window: Window,
    /// An order of the stages in which every branch leads on, if there is no loop.
    pub order: Option<Vec<StageId>>,
    /// What it uses.
    pub features: Features,
    /// Calendars of working time; the first is the model's default.
    pub clocks: Table<ClockId, WorkingTime>,
    /// Who works.
    pub roles: Table<RoleId, Role>,
    /// All people, role by role.
    pub people: Table<PersonId, Person>,
    /// Kinds of work, by stage, role and name.
    pub tasks: Table<TaskId, TaskInfo>,
    /// Whether deals share people, so that they must be walked together.
    pub shares: bool,
    /// Whether a stage's variants look at queues.
    pub watches: bool,
    /// Stages whose visits are counted.
    pub counters: usize,
    /// Whether any source, stage, step or person costs something.
    pub has_cost: bool,
    /// What is planned.
    pub targets: Targets,
    /// Whether a stage is a sale, so that deals can have more than one round.
    pub sells_on_the_way: bool,
}

/// The reported window; the end of `until empty` is [`Instant::NEVER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First instant.
    pub start: Instant,
    /// One past the last instant.
    pub end: Instant,
}

impl Window {
    /// Whether the window ends only when nobody is in process.
    pub fn until_empty(self) -> bool {
        self.end == Instant::NEVER
    }
}

/// How a deal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By a sale.
    Won,
    /// Without one.
    Done,
    /// Lost for a reason, by index.
    Lost(usize),
}

/// What a loss without a reason is called.
pub const NO_REASON: &str = "no reason given";

/// A loss reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its name; empty for losses without a reason.
    pub name: String,
    /// Whose it is.
    pub class: Option<ReasonClass>,
}

impl Reason {
    /// What to print.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { NO_REASON } else { &self.name }
    }

    /// Whether such losses leave the win rate.
    pub fn disqualified(&self) -> bool {
        self.class == Some(ReasonClass::Disqualified)
    }
}

/// An attribute: its values are packed into some bits of a deal.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its values; code 0 means not known yet, code i + 1 the i-th value.
    pub values: Vec<String>,
    /// First bit.
    pub shift: u32,
    /// The bits, before shifting.
    pub mask: u64,
}

/// The draw of an attribute's value.
#[derive(Debug, Clone)]
pub struct AttributeDraw {
    /// Which attribute.
    pub attribute: usize,
    /// As in [`Next`].
    pub thresholds: Vec<u64>,
    /// The codes between the thresholds.
    pub codes: Vec<u64>,
    /// Purpose.
    pub address: Address,
}

/// A compiled source.
#[derive(Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// When deals arrive.
    pub arrivals: Arrivals,
    /// Deals that arrive at once.
    pub batch: u64,
    /// After this many it ends.
    pub count: u64,
    /// Marketing cost of a deal.
    pub cost: Money,
    /// The stage that deals enter.
    pub entry: StageId,
    /// The calendar in whose open time its gaps are counted.
    pub clock: Option<ClockId>,
    /// Draws that replace or add to the model's.
    pub draws: Vec<AttributeDraw>,
    /// Purpose of the draw of a gap.
    pub gap_address: Address,
}

/// When deals arrive.
#[derive(Debug)]
pub enum Arrivals {
    /// Poisson with a piecewise constant rate; gaps are unit exponentials of expected arrivals.
    Rate {
        /// Segments in the order of time.
        segments: Vec<RateSegment>,
        /// The unit exponential.
        unit: Inverse,
    },
    /// Independent gaps in microseconds within a span of time.
    Every {
        /// The gap; of open time where the source has a calendar.
        gap: Inverse,
        /// Its mean.
        mean: f64,
        /// The clock starts here.
        from: Instant,
        /// Nothing arrives from here on.
        until: Instant,
    },
}

impl Program {
    /// The position of an end among the exits.
    pub fn end_exit(&self, end: usize) -> Exit {
        Exit::new(self.stages.len() + end)
    }

    /// What an exit is called: a stage's name, `won`, `lost: price`.
    pub fn exit_name(&self, exit: Exit) -> String {
        match exit.destination(self.stages.len()) {
            Destination::Stage(stage) => self.stages[stage].name.clone(),
            Destination::End(end) => match self.ends[end] {
                End::Won => "won".to_owned(),
                End::Done => "done".to_owned(),
                End::Lost(reason) => match self.reasons[reason].name.as_str() {
                    "" => "lost".to_owned(),
                    name => format!("lost: {name}"),
                },
            },
        }
    }

    /// The number of exits: stages and ends.
    pub fn exits(&self) -> usize {
        self.stages.len() + self.ends.len()
    }

    /// Nobody asks what deals are worth: values are drawn only where the process itself looks at them.
    pub fn spare_values(&mut self) {
        let looks = |look: Look| look == Look::Value;
        let stages = self.stages.iter();
        let of_stages = stages.flat_map(|stage| stage.entry.looks().chain(stage.next.looks()));
        let of_values = self.value.iter().flat_map(Choice::looks);
        self.draws_value = of_stages.chain(of_values).any(looks);
    }

    /// Expected arrivals of a replication, for estimates before the run.
    pub fn expected_arrivals(&self) -> f64 {
        self.sources.iter().map(Source::expected_arrivals).sum()
    }

    /// The exact mean of the number of arrivals in the window, where it is known of all sources.
    pub fn expected_intake(&self) -> Option<f64> {
        let Window { start, end, .. } = self.window;
        self.sources.iter().map(|source| source.exact_arrivals(start, end)).sum()
    }
}
