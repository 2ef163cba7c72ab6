//! Which statistics are wanted of a run.

use super::every::Every;

/// Which statistics are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Level of the intervals.
    pub level: f64,
    /// Quantiles over deals, between 0 and 1.
    pub quantiles: Vec<f64>,
    /// Quantiles over windows, rising: those of a bad, a typical and a good window.
    pub risk: [f64; 3],
    /// Durations whose shares are asked for; at most four.
    pub within: Vec<Limit>,
    /// Keep each replication's value of each row.
    pub keep_replications: bool,
    /// Calendar periods whose full ones have figures of their own.
    pub every: Vec<Every>,
    /// Use the number of arrivals as a control where its expectation is known.
    pub control: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            level: 0.95,
            quantiles: vec![0.5, 0.9],
            risk: [0.1, 0.5, 0.9],
            within: Vec::new(),
            keep_replications: false,
            every: vec![Every::Month],
            control: true,
        }
    }
}

/// A duration that shares are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// As it was written: `2h`.
    pub label: String,
    /// Its length in days.
    pub days: f64,
}
