//! Estimators: the numbers of each replication and how they are combined.
//!
//! An estimator keeps one number, pair or triple per replication. It computes the estimate from
//! them, and their influences on the estimate give the interval of a difference
//! ([`super::Linear`]).

use std::borrow::Cow;

use super::difference::{Few, Linear};
use super::estimate::{FEW, quantile_slope, reach_of_amounts, reach_of_counts, wilson_reach};
use super::sample::Deviation;
use super::{Coarse, Estimate, Histogram, Sample, quantile_of, share_of};

/// An estimator with its data.
#[derive(Debug, Clone)]
pub enum Estimator<'a> {
    /// The mean of one number per replication.
    Mean {
        /// The numbers, in the order of replications.
        values: Vec<f64>,
        /// What the numbers are.
        counted: Counted,
    },
    /// A ratio of sums: numerator and denominator of each replication.
    Ratio(Vec<(f64, f64)>),
    /// The share of a count: the part and the whole of each replication.
    Share(Vec<(f64, f64)>),
    /// The standard deviation: count, sum and sum of squares of each replication.
    Spread(Vec<(f64, f64, f64)>),
    /// A quantile over deals.
    Quantile {
        /// The distribution.
        of: OverDeals<'a>,
        /// Its probability among all deals covered.
        p: f64,
        /// Its probability among the deals that have a value.
        rank: f64,
        /// Units of the histogram per unit of the estimate.
        scale: f64,
    },
    /// The share of deals up to a limit.
    Within {
        /// The distribution.
        of: OverDeals<'a>,
        /// The limit, in units of the histogram.
        limit: f64,
    },
    /// A number without an interval.
    Point(Option<f64>),
}

/// What the numbers of a mean are; this decides the allowance for few events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A level, which needs no allowance.
    Level,
    /// Counts of events, with their total over all replications.
    Events(u64),
    /// Amounts, with the total number of events.
    Amounts(u64),
}

/// The distribution of a duration over the deals of all replications.
#[derive(Debug, Clone)]
pub struct OverDeals<'a> {
    /// The values of the deals that have one.
    pub histogram: &'a Histogram,
    /// The number of deals of each replication; deals without a value rank above all others.
    pub among: Vec<f64>,
    /// The design effect, for dependence within replications.
    pub effect: f64,
    /// The distribution of each replication, if kept.
    pub each: Option<&'a [Coarse]>,
}

impl OverDeals<'_> {
    fn total(&self) -> f64 {
        self.among.iter().sum()
    }
}

impl Estimator<'_> {
    /// Whether a control variate applies to it.
    pub fn uses_control(&self) -> bool {
        matches!(
            self,
            Estimator::Mean { .. }
                | Estimator::Ratio(_)
                | Estimator::Share(_)
                | Estimator::Spread(_)
        )
    }

    /// The estimate from these replications, with an interval at this level.
    pub fn estimate(&self, sample: &Sample, level: f64) -> Estimate {
        match self {
            Estimator::Mean { values, counted } => {
                let estimate = sample.mean(values, level);
                match *counted {
                    Counted::Level => estimate,
                    Counted::Events(n) => estimate.of_few(n, values.len()),
                    Counted::Amounts(n) => estimate.of_few_amounts(n),
                }
            }
            Estimator::Ratio(pairs) => sample.ratio(pairs, level),
            Estimator::Share(pairs) => sample.proportion(pairs, level),
            Estimator::Spread(sums) => sample.spread(sums, level),
            Estimator::Quantile { rank, .. } if *rank > 1.0 => Estimate::none(level),
            Estimator::Quantile { of, rank, scale, .. } => {
                quantile_of(of.histogram, *rank, level, sample.n(), of.effect).scaled(1.0 / scale)
            }
            Estimator::Within { of, limit } => {
                let within = of.histogram.share_within(*limit).unwrap_or(0.0);
                let (n, total) = (of.histogram.n() as f64, of.total());
                share_of(within * n / total.max(1.0), total, of.effect, level)
            }
            Estimator::Point(value) => Estimate { value: *value, half_width: None, level },
        }
    }

    /// The estimate with the influence of each replication on it.
    pub fn linear<'s>(&self, sample: &'s Sample, level: f64) -> Linear<'s> {
        let estimate = self.estimate(sample, level);
        let influence = estimate.value.and_then(|value| self.influence(sample, value));
        let few = self.few(&estimate, sample.n());
        let sample = if self.uses_control() {
            Cow::Borrowed(sample)
        } else {
            Cow::Owned(Sample::plain(sample.n()))
        };
        Linear { estimate, influence, few, sample }
    }

    /// Values per replication whose mean differs from its expectation by nearly as much as the
    /// estimate does: the linear part of a Taylor series (Asmussen and Glynn, *Stochastic
    /// Simulation*, III.3; for a ratio Cochran, 6.4).
    fn influence(&self, sample: &Sample, value: f64) -> Option<Vec<f64>> {
        let n = sample.n() as f64;
        match self {
            // Amounts that were never observed have no known influence.
            Estimator::Mean { counted: Counted::Amounts(0), .. } | Estimator::Point(_) => None,
            Estimator::Mean { values, .. } => Some(values.clone()),
            Estimator::Ratio(pairs) | Estimator::Share(pairs) => {
                let below = sample.sum(pairs.iter().map(|pair| pair.1));
                let ratio = sample.sum(pairs.iter().map(|pair| pair.0)) / below;
                Some(pairs.iter().map(|(x, y)| (x - ratio * y) * n / below).collect())
            }
            Estimator::Spread(sums) => {
                let deviation = Deviation::of(sample, sums)?;
                let each = if value == 0.0 { 0.0 } else { n / deviation.n / (2.0 * value) };
                Some(sums.iter().map(|s| deviation.of_variance(s) * each).collect())
            }
            Estimator::Quantile { of, p, rank, scale } => {
                let slope = quantile_slope(of.histogram, *rank) / scale;
                let below = Coarse::within(of.each?, of.histogram, of.histogram.quantile(*rank)?);
                let each = slope * n / of.histogram.n() as f64;
                Some(of.among.iter().zip(below).map(|(all, c)| (p * all - c) * each).collect())
            }
            Estimator::Within { of, limit } => {
                let (below, total) = (Coarse::within(of.each?, of.histogram, *limit), of.total());
                Some(
                    below
                        .iter()
                        .zip(&of.among)
                        .map(|(c, all)| (c - value * all) * n / total)
                        .collect(),
                )
            }
        }
    }

    /// The number of events behind the estimate, and the half-width from that number alone.
    fn few(&self, estimate: &Estimate, replications: usize) -> Few {
        let Estimate { value: Some(value), level, .. } = *estimate else { return Few::NONE };
        let of_share = |n: f64, reach: &dyn Fn() -> Option<f64>| {
            let events = n * value.min(1.0 - value);
            Few { events, reach: if events < FEW { reach() } else { None } }
        };
        match self {
            Estimator::Mean { counted: Counted::Events(n), .. } => {
                Few { events: *n as f64, reach: reach_of_counts(*n, replications, level) }
            }
            Estimator::Mean { counted: Counted::Amounts(n), .. } => {
                Few { events: *n as f64, reach: reach_of_amounts(value, *n, level) }
            }
            Estimator::Share(pairs) => {
                let n = pairs.iter().map(|pair| pair.1).sum();
                of_share(n, &|| Some(wilson_reach(value, n, level)))
            }
            Estimator::Within { of, .. } => of_share(of.total(), &|| estimate.half_width),
            _ => Few::NONE,
        }
    }
}
