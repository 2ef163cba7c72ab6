//! `run`: how does this model behave? Replications in parallel, their KPIs with intervals.

use std::sync::atomic::{AtomicBool, AtomicU64};

use thiserror::Error;

use super::conclude::{self, Found};
use super::observations::{Frame, Misfit, Observations, Setting};
use super::precision::{self, Precision};
use super::replicate::Job;
pub use super::simulation::{LossRow, Simulation};
use crate::engine::{MOST_VISITS_OF_DEAL, Overrun, Walk};
use crate::kpi::Kpi;
use crate::model::Model;
use crate::program::Program;
use crate::tally::class::MOST_CLASSES;
use crate::tally::series::{Flow, days_of};
use crate::tally::{Cells, Classes, Outcome, figures};

/// What to simulate.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How many replications.
    pub replications: u64,
    /// The number of the first one.
    pub first: u64,
    /// The seed.
    pub seed: u64,
    /// Threads; 0 for one per core.
    pub threads: usize,
    /// `source`, `stage`, or names of attributes to tell deals apart by.
    pub by: Vec<String>,
    /// The only KPIs that are wanted, and the only rows of the result then: its timeline, losses and chart are empty.
    /// Nothing is spent on the others. All where none is named.
    pub kpis: Vec<Kpi>,
    /// Which statistics.
    pub figures: figures::Options,
    /// How deals are walked.
    pub walk: Walk,
    /// Stage visits of a replication after which the run stops.
    pub most_visits: u64,
    /// Whether stages and roles are followed week by week.
    pub weekly: bool,
    /// Where a precision is asked for, `replications` are only the most.
    pub precision: Option<Precision>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            replications: 200,
            first: 0,
            seed: 1,
            threads: 0,
            by: Vec::new(),
            kpis: Vec::new(),
            figures: figures::Options::default(),
            walk: Walk::default(),
            most_visits: 1_000_000_000,
            weekly: false,
            precision: None,
        }
    }
}

/// How far a run is, and how to stop it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Replications that are meant to be made, as far as is known.
    pub goal: AtomicU64,
    /// Replications done.
    pub done: AtomicU64,
    /// Deals that arrived so far.
    pub deals: AtomicU64,
    /// Set to stop the run.
    pub cancel: AtomicBool,
}

/// Why a run gave no result.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Failure {
    /// `--by` names something that deals do not have.
    #[error("deals have no attribute {name:?} to be told apart by")]
    UnknownDimension {
        /// The name.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// The dimensions of `--by` have too many combinations.
    #[error(
        "the dimensions of --by have {count} combinations; at most {MOST_CLASSES} are kept apart"
    )]
    TooManyClasses {
        /// How many.
        count: usize,
    },
    /// More deals than a run may have.
    #[error("about {expected:.3e} deals are expected in one replication")]
    TooManyDeals {
        /// The estimate.
        expected: f64,
    },
    /// A replication, or one deal of it, made too many visits.
    #[error("{} made more than {limit} stage visits{}", whose(*number, *of_one_deal), last(stage.as_ref()))]
    EventLimit {
        /// Which replication.
        number: u64,
        /// The limit.
        limit: u64,
        /// The stage that was entered last, where it is known.
        stage: Option<String>,
        /// Whether one deal alone made so many.
        of_one_deal: bool,
    },
    /// The token was set.
    #[error("interrupted")]
    Cancelled,
    /// The observations are not those of this run.
    #[error(transparent)]
    Misfit(#[from] Misfit),
    /// No threads could be started.
    #[error("no threads could be started: {0}")]
    Threads(String),
}

fn whose(number: u64, of_one_deal: bool) -> String {
    let deal = if of_one_deal { "a deal of " } else { "" };
    format!("{deal}replication {number}")
}

fn last(stage: Option<&String>) -> String {
    stage.map_or_else(String::new, |stage| format!(", the last of them to `{stage}`"))
}

impl Failure {
    /// The limit of visits that a replication reached, with the stage by name.
    pub(super) fn event_limit(
        program: &Program,
        number: u64,
        limit: u64,
        overrun: Overrun,
    ) -> Failure {
        let Overrun { stage, of_one_deal } = overrun;
        let limit = if of_one_deal { MOST_VISITS_OF_DEAL } else { limit };
        let stage = stage.map(|stage| program.stages[usize::from(stage)].name.clone());
        Failure::EventLimit { number, limit, stage, of_one_deal }
    }
}

/// About how many bytes the replications of a run take: what is kept of each, and once more while its figures are
/// made.
pub fn memory(model: &Model, options: &Options) -> f64 {
    let program = Program::compile(model);
    let Setting { by, needed, .. } = Setting::of(options);
    let classes =
        Classes::new(&program, &by).map_or(1, |classes| classes.count().min(MOST_CLASSES));
    let cells = Cells::size(&program, needed.stages) * (classes + 1);
    let days = days_of(&program);
    let periods = if needed.days { days / 7 + days / 30 + 3 } else { 0 };
    let series = periods * size_of::<Flow>();
    let people = if needed.stages { program.people.len() * size_of::<i64>() } else { 0 };
    let each = cells + series + people + size_of::<Outcome>();
    // A little more than it comes to, for what allocators add.
    1.1 * each as f64 * options.replications as f64
}

/// Simulates a model.
///
/// The result depends on the model, the seed and the numbers of the replications only: not on the
/// threads, nor on how deals are walked.
pub fn run(model: &Model, options: &Options, progress: &Progress) -> Result<Simulation, Failure> {
    let frame = Frame::new(model, options)?;
    let job = Job { frame: &frame, options, progress };
    let mut observations = Observations::none(&frame);
    let mut count = options
        .precision
        .as_ref()
        .map_or(options.replications, |_| options.replications.min(precision::FIRST));
    let found = loop {
        job.replicate_to(count, &mut observations)?;
        let found = Found::new(&frame, &observations, options);
        let further = found.precision.as_ref().is_some_and(|reached| reached.more > 0);
        if !further || count >= options.replications {
            break found;
        }
        count = (2 * count).min(options.replications);
    };
    Ok(conclude::simulation(frame, &observations, options, found))
}

/// Observes as many replications of a model as are asked for, from the first one on; `study::conclude` says
/// what they mean.
pub fn observe(
    model: &Model,
    options: &Options,
    progress: &Progress,
) -> Result<Observations, Failure> {
    let frame = Frame::new(model, options)?;
    let mut observations = Observations::none(&frame);
    let job = Job { frame: &frame, options, progress };
    job.replicate_to(options.replications, &mut observations)?;
    Ok(observations)
}
