//! Figures of a result, with their origin and population.

use super::{Key, Population, Scope};
use crate::stats::Estimate;

/// A figure and how it was obtained.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// Simulated: a mean with its half-width.
    Estimate(Estimate),
    /// Exact.
    Exact(f64),
    /// Computed by a numerical method with a bounded error.
    Numerical {
        /// The value.
        value: f64,
        /// A bound on the error.
        error: f64,
    },
    /// Approximated.
    Approximate {
        /// The value.
        value: f64,
        /// The method.
        method: Method,
    },
    /// No value, because the queue never settles.
    Unstable,
}

impl Figure {
    /// The value, if there is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Figure::Estimate(estimate) => estimate.value,
            Figure::Exact(value)
            | Figure::Numerical { value, .. }
            | Figure::Approximate { value, .. } => Some(*value),
            Figure::Unstable => None,
        }
    }

    /// How the value was obtained, as a word for tables.
    pub fn known(&self) -> &'static str {
        match self {
            Figure::Estimate(_) => "simulated",
            Figure::Exact(_) => "exact",
            Figure::Numerical { .. } => "numerical",
            Figure::Approximate { .. } => "approximate",
            Figure::Unstable => "unstable",
        }
    }

    /// The half-width of the interval, if there is one.
    pub fn half_width(&self) -> Option<f64> {
        match self {
            Figure::Estimate(estimate) => estimate.half_width,
            Figure::Numerical { error, .. } => Some(*error),
            _ => None,
        }
    }
}

/// A method of approximation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The needed work divided by the working time.
    LoadOverTime,
    /// Lee and Longton's formula for the M/G/c queue.
    LeeLongton,
    /// The same for arrivals that are not Poisson.
    LeeLongtonAsPoisson,
    /// The same in working time.
    LeeLongtonInWorkingTime,
    /// A fluid queue through open hours, plus Lee and Longton's formula in working time.
    FlowThroughOpenHours,
}

impl Method {
    /// The words in tables.
    pub fn word(self) -> &'static str {
        match self {
            Method::LoadOverTime => "work asked for over working time",
            Method::LeeLongton => "Lee and Longton's M/G/c",
            Method::LeeLongtonAsPoisson => "Lee and Longton's M/G/c, as if arrivals were Poisson",
            Method::LeeLongtonInWorkingTime => "Lee and Longton's M/G/c in working time",
            Method::FlowThroughOpenHours => "the flow through open hours and M/G/c in working time",
        }
    }
}

/// What a statistic is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Deals or visits, over all replications.
    Deals,
    /// Periods of a window.
    Periods,
    /// Replications: the variation between possible windows.
    Replications,
}

impl Axis {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Axis::Deals => "deals",
            Axis::Periods => "periods",
            Axis::Replications => "replications",
        }
    }
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Deals, visits, sales.
    Count,
    /// Between 0 and 1.
    Share,
    /// Days of 24 hours.
    Days,
    /// Working time, in days of 24 hours: an hour of work is one twenty-fourth, whatever the calendar.
    Work,
    /// The model's currency.
    Money,
}

/// One row of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The key.
    pub key: Key,
    /// What the statistic is taken over.
    pub axis: Axis,
    /// The figure.
    pub figure: Figure,
    /// The estimate without a control variate, if one was used.
    pub plain: Option<Estimate>,
    /// Quantiles over replications, if each replication has a value.
    pub risk: Option<[f64; 3]>,
    /// The deals it covers.
    pub population: Population,
    /// Their number, over all replications.
    pub n: u64,
    /// The value of each replication, if kept.
    pub replications: Vec<Option<f64>>,
    /// The values of all full periods by replication, for a row about periods, if kept.
    pub periods: Vec<Vec<f64>>,
}

impl Row {
    /// The row with this key.
    pub fn find<'r>(rows: &'r [Row], key: &Key) -> Option<&'r Row> {
        rows.iter().find(|row| row.key == *key)
    }

    /// The unit.
    pub fn unit(&self) -> Unit {
        self.key.unit()
    }

    /// Whether it covers the whole process and all deals.
    pub fn is_of_all(&self) -> bool {
        self.key.scope == Scope::Whole && self.key.by.is_empty()
    }

    /// The estimate with equal weights of the replications; `None` if it is not simulated.
    pub fn raw(&self) -> Option<Estimate> {
        match &self.figure {
            Figure::Estimate(estimate) => Some(self.plain.unwrap_or(*estimate)),
            _ => self.plain,
        }
    }
}
