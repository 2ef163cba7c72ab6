//! A number of a result, with how it is known and whom it is about.

use super::{Key, Population, Scope};
use crate::stats::Estimate;

/// How a number is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    /// From simulation: a mean with its half-width.
    Estimate(Estimate),
    /// From theory, exactly.
    Exact(f64),
    /// From theory by a numerical method with this error.
    Numerical {
        /// The number.
        value: f64,
        /// Bound of its error.
        error: f64,
    },
    /// From a formula that holds nearly.
    Approximate {
        /// The number.
        value: f64,
        /// The formula.
        method: Method,
    },
    /// There is none: the queue never settles.
    Unstable,
}

impl Figure {
    /// The number, if there is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Figure::Estimate(estimate) => estimate.value,
            Figure::Exact(value)
            | Figure::Numerical { value, .. }
            | Figure::Approximate { value, .. } => Some(*value),
            Figure::Unstable => None,
        }
    }

    /// How the number is known, as a word in tables.
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

/// A formula that holds nearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The work that is asked for over the working time.
    LoadOverTime,
    /// Lee and Longton's formula for the M/G/c queue.
    LeeLongton,
    /// The same, as if arrivals were Poisson.
    LeeLongtonAsPoisson,
    /// The same, in working time.
    LeeLongtonInWorkingTime,
    /// The flow of deals through open hours, and Lee and Longton's formula in working time.
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

/// What a statistic runs over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Over deals (or visits) of all replications together.
    Deals,
    /// Over the periods of a window.
    Periods,
    /// Over replications: how the window may turn out.
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

/// What a number counts.
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
    /// What it is about.
    pub key: Key,
    /// What the statistic runs over.
    pub axis: Axis,
    /// The number.
    pub figure: Figure,
    /// The same without a control variate, where one was used.
    pub plain: Option<Estimate>,
    /// Quantiles over replications, where the number is one per replication.
    pub risk: Option<[f64; 3]>,
    /// The deals that it is about.
    pub population: Population,
    /// How many of them there were, over all replications.
    pub n: u64,
    /// Each replication's value, where they are kept.
    pub replications: Vec<Option<f64>>,
    /// The value of each full period by replication, where a row is about periods and they are kept.
    pub periods: Vec<Vec<f64>>,
}

impl Row {
    /// The row of a key among others.
    pub fn find<'r>(rows: &'r [Row], key: &Key) -> Option<&'r Row> {
        rows.iter().find(|row| row.key == *key)
    }

    /// What the number counts.
    pub fn unit(&self) -> Unit {
        self.key.unit()
    }

    /// Whether it is about the whole process and all deals.
    pub fn is_of_all(&self) -> bool {
        self.key.scope == Scope::Whole && self.key.by.is_empty()
    }

    /// What replications that count alike say of the number; `None` where it is not from simulation.
    pub fn raw(&self) -> Option<Estimate> {
        match &self.figure {
            Figure::Estimate(estimate) => Some(self.plain.unwrap_or(*estimate)),
            _ => self.plain,
        }
    }
}
