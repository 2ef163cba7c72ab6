//! What is asked of a run, and how far it is.

use std::sync::atomic::{AtomicBool, AtomicU64};

use super::precision::Precision;
use crate::engine::Walk;
use crate::kpi::Kpi;
use crate::tally::figures;

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
    /// Whether the distributions of each replication are kept, so that quantiles of two runs can be compared in pairs. It
    /// takes up to about 2 KB for each duration, group of deals and replication.
    pub by_replication: bool,
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
            by_replication: false,
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
