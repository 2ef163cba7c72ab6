//! Why a run or its observations give no result.

use thiserror::Error;

use crate::engine::{MOST_VISITS_OF_DEAL, Overrun};
use crate::program::Program;
use crate::tally::class::MOST_CLASSES;

/// Why a run gave no result.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Failure {
    /// `--by` names an attribute that deals do not have.
    #[error("there is no attribute {name:?} to group deals by")]
    UnknownDimension {
        /// The name.
        name: String,
        /// The known names.
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
    /// More deals are expected than a run may have.
    #[error("about {expected:.3e} deals are expected in one replication")]
    TooManyDeals {
        /// The expected number of deals.
        expected: f64,
    },
    /// A replication, or one deal of it, made too many visits.
    #[error("{} made more than {limit} stage visits{}", whose(*number, *of_one_deal), last(stage.as_ref()))]
    EventLimit {
        /// The number of the replication.
        number: u64,
        /// The limit.
        limit: u64,
        /// The last stage entered, if known.
        stage: Option<String>,
        /// Whether a single deal made all these visits.
        of_one_deal: bool,
    },
    /// The run was cancelled.
    #[error("interrupted")]
    Cancelled,
    /// The observations do not belong to this run.
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
    /// The failure of a replication that reached the limit of visits, with the name of the stage.
    pub(super) fn event_limit(
        program: &Program,
        number: u64,
        limit: u64,
        overrun: Overrun,
    ) -> Failure {
        let Overrun { stage, of_one_deal } = overrun;
        let limit = if of_one_deal { MOST_VISITS_OF_DEAL } else { limit };
        let stage = stage.map(|stage| program.stages[stage].name.clone());
        Failure::EventLimit { number, limit, stage, of_one_deal }
    }
}

/// Why observations cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Misfit {
    /// They were made with another seed, other dimensions, other times, or fewer quantities
    /// observed.
    #[error("the observations were made with other settings")]
    Setting,
    /// They were made of another model.
    #[error("the observations were made of another model")]
    Model,
    /// A replication occurs twice, or one is missing.
    #[error("the observations have replication {number} twice, or none before it")]
    Range {
        /// Its number.
        number: u64,
    },
}
