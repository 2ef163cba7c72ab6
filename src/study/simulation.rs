//! What a run found.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::heavy::Heavy;
use super::options::Options;
use super::precision::Reached;
use super::{Timeline, Weekly};
use crate::kpi::{Key, Kpi, Row};
use crate::program::{Program, StageId};
use crate::stats::Histogram;

/// What a run found.
#[derive(Debug)]
#[must_use]
pub struct Simulation {
    /// The compiled model.
    pub program: Program,
    /// What was asked for.
    pub options: Options,
    /// All rows, in the order of the catalogue.
    pub rows: Vec<Row>,
    /// The window by week and month.
    pub timeline: Timeline,
    /// Stages and roles by week, where asked for.
    pub weekly: Option<Weekly>,
    /// The days of first sale − arrival, for the chart.
    pub sales_cycle: Histogram,
    /// Losses before a sale of all replications by stage, reason and group.
    pub losses: Vec<LossRow>,
    /// Days of warm-up that the window should have, where that matters.
    pub warmup: Option<u64>,
    /// Whether the replications are weighted to the arrivals that were to be expected.
    pub controlled: bool,
    /// How near the run came to the precision asked for.
    pub precision: Option<Reached>,
    /// Deals that arrived, all replications together.
    pub deals: u64,
    /// Days of the window, on average.
    pub days: f64,
    /// Where amounts are too skewed for their number.
    pub heavy: Option<Heavy>,
    /// Where each row stands, by what it is about; made when first asked for.
    pub(super) places: OnceLock<HashMap<Key, usize>>,
}

impl Simulation {
    /// The first row of a KPI for all deals and the whole process.
    pub fn row(&self, kpi: Kpi) -> Option<&Row> {
        self.rows.iter().find(|row| row.key.kpi == kpi && row.is_of_all())
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

    /// The number of a key.
    pub fn value(&self, key: &Key) -> Option<f64> {
        self.find(key)?.figure.value()
    }
}

/// Losses of one reason at one stage in one group, all replications together.
#[derive(Debug, Clone, PartialEq)]
pub struct LossRow {
    /// As `segment=smb`; empty for all.
    pub by: String,
    /// The stage's index.
    pub stage: StageId,
    /// The reason's index.
    pub reason: usize,
    /// How many, a replication.
    pub count: f64,
    /// Share of all losses of the group.
    pub share: f64,
    /// Their worth, a replication, in the currency.
    pub value: f64,
    /// What they had cost, a replication, in the currency.
    pub sunk: f64,
    /// How many, all replications together.
    pub n: u64,
}
