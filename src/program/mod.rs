//! The model compiled to dense tables and numbers, for the engine.
//!
//! A checked model cannot fail to compile, so nothing here returns a `Result`. Compiling turns
//! names into indices, distributions into inverse tables, shares into thresholds of 64-bit words,
//! and dates into instants.

mod addresses;
mod bookkeeping;
mod compile;
mod condition;
mod feature_set;
mod features;
mod fixed;
mod ids;
mod names;
mod people;
mod rates;
mod rollout;
mod routes;
mod single_task;
mod stage;
mod stock;
mod targets;
mod terms;
mod tested;
mod varying;

pub use condition::{Choice, Condition, Facts, Look};
pub use feature_set::Features;
pub use features::{Feature, Use};
pub use fixed::{Chance, FixedProgram, FixedVisit, LeftOpen, Misfit};
pub use ids::{ClockId, Destination, Exit, Id, PersonId, RoleId, SourceId, StageId, Table, TaskId};
pub use people::{Delay, Patience, Person, Role, Sla, TaskInfo, Work};
pub use rates::RateSegment;
pub use rollout::Rollout;
pub use single_task::SingleTask;
pub use stage::{Action, Branch, Draw, Entry, Next, Sale, Stage, Step};
pub use stock::Stock;
pub use targets::{Target, Targets};
pub use terms::{Commission, Costs, Demand, Item, Once, Part, Promise, Running, Term, Terms};
pub use varying::Varying;

pub use crate::model::START_SCORE;

use crate::calendar::{Calendar, WorkingTime};
use crate::model::ReasonClass;
use crate::quantity::{Instant, Money};
use crate::random::inverse::Inverse;
use crate::random::key::Address;

/// A compiled model.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a property that a walk may rely on
pub struct Program {
    /// The model's name.
    pub name: String,
    /// The currency; empty if none is given.
    pub currency: String,
    /// Stages in the order of the file.
    pub stages: Table<StageId, Stage>,
    /// Each stage as a single-task stage; `None` if it is not one.
    pub single_tasks: Table<StageId, Option<SingleTask>>,
    /// Ends: won, done, one per loss reason, then one per reason of cancelling.
    pub ends: Vec<End>,
    /// Loss reasons, in the order in which the model first names them.
    pub reasons: Vec<Reason>,
    /// Reasons of cancelled sales, in that order.
    pub cancellations: Vec<Reason>,
    /// Sources in the order of the file.
    pub sources: Table<SourceId, Source>,
    /// Attributes with their values.
    pub attributes: Vec<Attribute>,
    /// Attributes that every deal draws on arrival.
    pub arrival_draws: Vec<AttributeDraw>,
    /// The value of a deal; `None` if the model has no values.
    pub value: Option<Choice<Draw>>,
    /// Whether values are drawn; false if neither the process nor a KPI needs them.
    pub draws_value: bool,
    /// Maps instants to dates.
    pub calendar: Calendar,
    /// The reported window.
    pub window: Window,
    /// An order of the stages in which every branch leads forward; `None` if there is a loop.
    pub order: Option<Vec<StageId>>,
    /// The features it uses.
    pub features: Features,
    /// Calendars of working time; the first is the model's default.
    pub clocks: Table<ClockId, WorkingTime>,
    /// The roles.
    pub roles: Table<RoleId, Role>,
    /// All people, role by role.
    pub people: Table<PersonId, Person>,
    /// Kinds of work, by stage, role and name.
    pub tasks: Table<TaskId, TaskInfo>,
    /// Whether deals share people, so that they must be simulated together.
    pub shares: bool,
    /// Whether variants of a stage look at queues.
    pub watches: bool,
    /// The number of stages whose visits are counted.
    pub counters: usize,
    /// Whether any source, stage, step or person costs something.
    pub has_cost: bool,
    /// How a prescribed process is learnt.
    pub rollout: Option<Rollout>,
    /// What sales mean in money; `None` if no books are kept.
    pub terms: Option<Terms>,
    /// Costs that no deal causes.
    pub costs: Costs,
    /// Times that clients are promised.
    pub promises: Vec<Promise>,
    /// What the scenario costs once, when the window begins.
    pub investment: Money,
    /// The targets.
    pub targets: Targets,
    /// Whether a stage books a sale or a source brings clients, so that a deal can have more than one
    /// round.
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
    /// Whether the window ends only when no deal is open.
    pub fn until_empty(self) -> bool {
        self.end == Instant::NEVER
    }
}

/// How a deal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By a sale.
    Won,
    /// Without a sale at this point.
    Done,
    /// Lost for a reason, by index.
    Lost(usize),
    /// The last sale is taken back for a reason, by index among the cancellations.
    Cancelled(usize),
}

/// The label of losses without a reason.
pub const NO_REASON: &str = "no reason given";

/// A loss reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its name; empty for losses without a reason.
    pub name: String,
    /// Its class.
    pub class: Option<ReasonClass>,
}

impl Reason {
    /// The label to print.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { NO_REASON } else { &self.name }
    }

    /// Whether such losses are excluded from the win rate.
    pub fn disqualified(&self) -> bool {
        self.class == Some(ReasonClass::Disqualified)
    }
}

/// An attribute; its values take some bits of a deal's packed attributes.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its values; code 0 means not known yet, code i + 1 the i-th value.
    pub values: Vec<String>,
    /// The position of its lowest bit.
    pub shift: u32,
    /// Its bits, before shifting.
    pub mask: u64,
}

/// The draw of an attribute's value.
#[derive(Debug, Clone)]
pub struct AttributeDraw {
    /// The index of the attribute.
    pub attribute: usize,
    /// Cumulative thresholds, as in [`Next`].
    pub thresholds: Vec<u64>,
    /// The code of the value between each two thresholds.
    pub codes: Vec<u64>,
    /// Address of the draw.
    pub address: Address,
}

/// A compiled source.
#[derive(Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// When deals arrive.
    pub arrivals: Arrivals,
    /// Deals per arrival.
    pub batch: u64,
    /// The source ends after this many deals.
    pub count: u64,
    /// Marketing cost per deal.
    pub cost: Money,
    /// The stage that deals enter.
    pub entry: StageId,
    /// The calendar whose open time its gaps run in; `None`: all time.
    pub clock: Option<ClockId>,
    /// Draws of attributes that replace or extend the model's.
    pub draws: Vec<AttributeDraw>,
    /// Address of the draw of a gap.
    pub gap_address: Address,
    /// Whether its deals were won before they come.
    pub clients: bool,
    /// Deals of it that are in the process when the simulation starts.
    pub stock: Option<Stock>,
}

/// When deals arrive.
#[derive(Debug)]
pub enum Arrivals {
    /// Poisson with a piecewise constant rate; gaps are unit exponentials of expected arrivals.
    Rate {
        /// Segments, sorted by time.
        segments: Vec<RateSegment>,
        /// The unit exponential.
        unit: Inverse,
    },
    /// Independent gaps in microseconds within a span of time.
    Every {
        /// The gap, in open time if the source has a calendar.
        gap: Inverse,
        /// Its mean, in microseconds.
        mean: f64,
        /// The first gap starts here.
        from: Instant,
        /// No arrivals from this instant on.
        until: Instant,
    },
}

impl Program {
    /// The exit of an end.
    pub fn end_exit(&self, end: usize) -> Exit {
        Exit::new(self.stages.len() + end)
    }

    /// The name of an exit: a stage's name, `won`, `lost: price`.
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
                End::Cancelled(reason) => match self.cancellations[reason].name.as_str() {
                    "" => "cancelled".to_owned(),
                    name => format!("cancelled: {name}"),
                },
            },
        }
    }

    /// The numbers of the ends by a loss.
    pub fn lost_ends(&self) -> std::ops::Range<usize> {
        2..2 + self.reasons.len()
    }

    /// The numbers of the ends by cancelling.
    pub fn cancelled_ends(&self) -> std::ops::Range<usize> {
        2 + self.reasons.len()..self.ends.len()
    }

    /// The number of exits: stages and ends.
    pub fn exits(&self) -> usize {
        self.stages.len() + self.ends.len()
    }

    /// Stops drawing values unless the process itself depends on them; for runs whose KPIs need no
    /// values.
    pub fn skip_unused_values(&mut self) {
        let looks = |look: Look| look == Look::Value;
        let stages = self.stages.iter();
        let of_stages = stages.flat_map(|stage| stage.entry.looks().chain(stage.next.looks()));
        let of_values = self.value.iter().flat_map(Choice::looks);
        let of_terms = self.terms.iter().flat_map(|terms| terms.cases.looks());
        self.draws_value = self.features.has(Feature::ShareOfValue)
            || self.features.has(Feature::CreditLimit)
            || of_stages.chain(of_values).chain(of_terms).any(looks);
    }

    /// Expected deals of a replication, for estimates before the run.
    pub fn expected_arrivals(&self) -> f64 {
        let stock = |source: &Source| source.stock.as_ref().map_or(0.0, |stock| stock.count as f64);
        self.sources.iter().map(|source| source.expected_arrivals() + stock(source)).sum()
    }

    /// The exact mean of the number of leads that arrive in the window; `None` if it is unknown for
    /// some source.
    pub fn expected_intake(&self) -> Option<f64> {
        let Window { start, end, .. } = self.window;
        let of_leads = self.sources.iter().filter(|source| !source.clients);
        of_leads.map(|source| source.exact_arrivals(start, end)).sum()
    }
}
