//! A measure: what a number is about, and what it is estimated from.
//!
//! A row of a result is what one run says of a measure, a difference what two say. Every KPI is made into a measure once,
//! by a [`super::Sheet`], for both.

use super::options::Options;
use crate::kpi::{Axis, Figure, Key, Population, Row, Unit};
use crate::stats::{Estimator, Sample, order_statistic};

/// One number of a run before anything is concluded of it.
#[derive(Debug, Clone)]
pub struct Measure<'a> {
    /// What it is about.
    pub key: Key,
    /// What the statistic runs over.
    pub axis: Axis,
    /// How many deals it is about, over all replications.
    pub n: u64,
    /// How it is estimated, from what.
    pub estimator: Estimator<'a>,
    /// Each replication's value, where there is one.
    pub each: Vec<Option<f64>>,
    /// The value of each full period by replication, where it is about periods.
    pub periods: &'a [Vec<f64>],
}

impl Measure<'_> {
    /// What the number counts.
    pub fn unit(&self) -> Unit {
        self.key.unit()
    }

    /// The deals that it is about.
    pub fn population(&self) -> Population {
        self.key.kpi.population()
    }

    /// What these replications say of it.
    pub fn row(self, sample: &Sample, options: &Options) -> Row {
        let (level, population) = (options.level, self.population());
        let Measure { key, axis, n, estimator, each, periods } = self;
        let mut values: Vec<f64> = each.iter().flatten().copied().collect();
        values.sort_by(f64::total_cmp);
        let at = |p: f64| order_statistic(&values, p).unwrap_or(f64::NAN);
        let risk = (values.len() > 1).then(|| options.risk.map(at));
        let plain = || estimator.estimate(&Sample::plain(sample.n()), level);
        let keeps = options.keep_replications;
        Row {
            key,
            axis,
            figure: Figure::Estimate(estimator.estimate(sample, level)),
            plain: (sample.is_controlled() && estimator.uses_control()).then(plain),
            risk,
            population,
            n,
            replications: if keeps { each } else { Vec::new() },
            periods: if keeps { periods.to_vec() } else { Vec::new() },
        }
    }
}
