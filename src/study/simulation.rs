//! The result of a run.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::heavy::Heavy;
use super::options::Options;
use super::precision::Reached;
use super::{DemandRow, Timeline, Weekly, WinPoint};
use crate::kpi::{Key, Kpi, Row};
use crate::program::{Program, StageId};
use crate::stats::Histogram;
use crate::tally::Classes;

/// The result of a run.
#[derive(Debug)]
#[must_use]
pub struct Simulation {
    /// The compiled model.
    pub program: Program,
    /// The options of the run.
    pub options: Options,
    /// All rows, in the order of the catalogue.
    pub rows: Vec<Row>,
    /// The window by week and month.
    pub timeline: Timeline,
    /// What sales call for, by item and period; empty if they call for nothing.
    pub demand: Vec<DemandRow>,
    /// Stages and roles by week, if requested.
    pub weekly: Option<Weekly>,
    /// The points of the win curve, if requested.
    pub win_curve: Vec<WinPoint>,
    /// The distribution of the sales cycle in days, for the chart.
    pub sales_cycle: Histogram,
    /// Losses before a sale by stage, reason and group, over all replications.
    pub losses: Vec<LossRow>,
    /// The suggested warm-up in days; `None` if none is needed.
    pub warmup: Option<u64>,
    /// Whether figures are adjusted to the expected number of arrivals (control variates).
    pub controlled: bool,
    /// The precision reached, if one was wanted.
    pub precision: Option<Reached>,
    /// Deals that arrived, over all replications.
    pub deals: u64,
    /// Mean number of days of the window.
    pub days: f64,
    /// A note on amounts that are too skewed for the number of sales.
    pub heavy: Option<Heavy>,
    /// The index of each row by its key; filled on first use.
    pub(super) places: OnceLock<HashMap<Key, usize>>,
}

impl Simulation {
    /// The main row of a KPI, for all deals and the whole process.
    pub fn row(&self, kpi: Kpi) -> Option<&Row> {
        self.rows.iter().find(|row| row.key.kpi == kpi && row.is_of_all())
    }

    /// The names of the groups that an entry of `by` makes, as far as they have rows.
    pub fn groups_by(&self, by: &str) -> Vec<String> {
        let groups = Classes::new(&self.program, &[by.to_owned()]).map(|classes| classes.groups());
        let labels = groups.unwrap_or_default().into_iter().map(|group| group.label);
        let seen: HashSet<&str> = self.rows.iter().map(|row| row.key.by.as_str()).collect();
        labels.filter(|label| !label.is_empty() && seen.contains(label.as_str())).collect()
    }

    /// The row of a key.
    pub fn find(&self, key: &Key) -> Option<&Row> {
        let places = self.places.get_or_init(|| {
            let mut places = HashMap::with_capacity(self.rows.len());
            for (at, row) in self.rows.iter().enumerate() {
                places.entry(row.key.clone()).or_insert(at);
            }
            places
        });
        places.get(key).map(|at| &self.rows[*at])
    }

    /// The value at a key.
    pub fn value(&self, key: &Key) -> Option<f64> {
        self.find(key)?.figure.value()
    }
}

/// Losses for one reason at one stage in one group, over all replications.
#[derive(Debug, Clone, PartialEq)]
pub struct LossRow {
    /// The group, such as `segment=smb`; empty for all deals.
    pub by: String,
    /// The stage's index.
    pub stage: StageId,
    /// The reason's index.
    pub reason: usize,
    /// Mean number per replication.
    pub count: f64,
    /// Share of all losses of the group.
    pub share: f64,
    /// Mean value lost per replication, in the currency.
    pub value: f64,
    /// Mean cost spent on them per replication, in the currency.
    pub sunk: f64,
    /// Total number over all replications.
    pub n: u64,
}
