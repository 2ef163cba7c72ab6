//! Which replication is run, how its deals are walked, and why it stops.

use std::sync::atomic::{AtomicBool, Ordering};

use super::deal::Opening;
use crate::program::{Program, StageId};
use crate::quantity::Instant;
use crate::random::key::{DealKey, StreamKey};

/// Which replication of which run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replication {
    /// The run's seed.
    pub seed: u64,
    /// Number of the replication, from 0.
    pub number: u64,
}

impl Replication {
    /// Addresses the draws that hold for the whole replication. No source has such a name: a model's names hold no hidden letters.
    pub(in crate::engine) fn key(self) -> DealKey {
        StreamKey::new(self.seed, self.number, "\0run").deal(0)
    }
}

/// How deals are walked; results do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Walk {
    /// In blocks, or from one single-task stage to the next, where the program allows it.
    #[default]
    Fastest,
    /// One step after another.
    OneByOne,
    /// One step after another; deals wait for people in lines, which have an event when somebody is free.
    Lines,
}

/// Why a replication stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// At the end of the window.
    End,
    /// When nobody was left in process; the window ends with the last exit.
    Empty(Instant),
    /// Too many stage visits.
    EventLimit(Overrun),
    /// The token was set.
    Cancelled,
}

impl Stop {
    /// The same, at a stage.
    pub(in crate::engine) fn at(self, stage: StageId) -> Stop {
        match self {
            Stop::EventLimit(overrun) => {
                Stop::EventLimit(Overrun { stage: Some(stage), ..overrun })
            }
            stop => stop,
        }
    }
}

/// Where a limit of visits was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrun {
    /// The stage that was entered last, if the walk knows it.
    pub stage: Option<StageId>,
    /// Whether one deal alone made so many visits.
    pub of_one_deal: bool,
}

/// A deal with more visits is taken to be in an endless loop; so many take about a second.
pub const MOST_VISITS_OF_DEAL: u64 = 10_000_000;

/// Limits and interruption of a replication.
#[derive(Debug, Clone, Copy)]
pub struct Guard<'a> {
    /// Stage visits after which the replication stops.
    pub most_visits: u64,
    /// Set from outside to stop.
    pub cancel: &'a AtomicBool,
}

impl Guard<'_> {
    /// Whether somebody wants it to stop.
    pub(in crate::engine) fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// What all replications of a run have in common.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// What is simulated.
    pub program: &'a Program,
    /// How its deals are walked; results do not depend on it.
    pub walk: Walk,
    /// Deals that are in process when the simulation starts, at instant 0.
    pub openings: &'a [Opening],
    /// Limits and interruption.
    pub guard: Guard<'a>,
}

impl<'a> Setup<'a> {
    /// A program without open deals, walked the fastest way.
    pub fn new(program: &'a Program, guard: Guard<'a>) -> Setup<'a> {
        Setup { program, walk: Walk::Fastest, openings: &[], guard }
    }
}
