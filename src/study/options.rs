//! The options of a run, and its progress.

use std::sync::atomic::{AtomicBool, AtomicU64};

use super::precision::Precision;
use crate::engine::Walk;
use crate::kpi::Kpi;
use crate::tally::figures;

/// The options of a run.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // each is wanted or not
pub struct Options {
    /// The number of replications.
    pub replications: u64,
    /// The number of the first replication.
    pub first: u64,
    /// The seed.
    pub seed: u64,
    /// Number of threads; 0 means one per core.
    pub threads: usize,
    /// `source`, `stage`, or names of attributes to group deals by.
    pub by: Vec<String>,
    /// The KPIs to estimate; empty means all. With a selection, the result has no timeline, losses
    /// or chart, and no time is spent on other KPIs.
    pub kpis: Vec<Kpi>,
    /// The statistics to report.
    pub figures: figures::Options,
    /// The walk used for deals.
    pub walk: Walk,
    /// The run stops if a replication makes more stage visits than this.
    pub most_visits: u64,
    /// Whether stages and roles are observed by week.
    pub weekly: bool,
    /// Whether books are kept where the model has costs but no terms, so that costs are known by period.
    pub books: bool,
    /// Whether the win curve is observed.
    pub curve: bool,
    /// Whether distributions are kept for each replication, so that quantiles of two runs can be
    /// compared in pairs. It takes up to about 2 KB for each duration, group of deals and
    /// replication.
    pub by_replication: bool,
    /// The precision wanted; `replications` is then the maximum.
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
            books: false,
            curve: false,
            by_replication: false,
            precision: None,
        }
    }
}

/// The progress of a run, and a way to cancel it.
#[derive(Debug, Default)]
pub struct Progress {
    /// The number of replications planned, as far as known.
    pub goal: AtomicU64,
    /// Replications done.
    pub done: AtomicU64,
    /// Deals that arrived so far.
    pub deals: AtomicU64,
    /// Set to cancel the run.
    pub cancel: AtomicBool,
}
