//! How a number is estimated from replications: the numbers of each, and what is made of them.
//!
//! An estimator keeps one number (or pair, or triple) per replication. From these it estimates itself, and from their
//! influence on the estimate a comparison makes the interval of a difference ([`super::Linear`]).

use std::borrow::Cow;

use super::difference::{Few, Linear};
use super::estimate::{FEW, quantile_slope, reach_of_amounts, reach_of_counts, wilson_reach};
use super::sample::Deviation;
use super::{Coarse, Estimate, Histogram, Sample, quantile_of, share_of};

/// How a number is estimated, with what it is estimated from.
#[derive(Debug, Clone)]
pub enum Estimator<'a> {
    /// The mean of one number per replication.
    Mean {
        /// The numbers, in the order of replications.
        values: Vec<f64>,
        /// What they count.
        counted: Counted,
    },
    /// A ratio of sums: numerator and denominator of each replication.
    Ratio(Vec<(f64, f64)>),
    /// A part of a count, and the count.
    Share(Vec<(f64, f64)>),
    /// The standard deviation: count, sum and sum of squares of each replication.
    Spread(Vec<(f64, f64, f64)>),
    /// A quantile over deals.
    Quantile {
        /// The distribution.
        of: OverDeals<'a>,
        /// The share that does not exceed it, of all deals that it is about.
        p: f64,
        /// The same, of those that have a value.
        rank: f64,
        /// How many units of the histogram make one of the estimate.
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

/// What the numbers of a mean count, which says how far off few of them may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Nothing that could be few.
    Level,
    /// Events: so many in all replications.
    Events(u64),
    /// Amounts of so many events.
    Amounts(u64),
}

/// The distribution of a duration over the deals of all replications.
#[derive(Debug, Clone)]
pub struct OverDeals<'a> {
    /// The values of those that have one.
    pub histogram: &'a Histogram,
    /// The deals of each replication; those without a value lie beyond all others.
    pub among: Vec<f64>,
    /// What dependence within replications does to the interval: a design effect.
    pub effect: f64,
    /// The distribution of each replication, where it was kept.
    pub each: Option<&'a [Coarse]>,
}

impl OverDeals<'_> {
    fn total(&self) -> f64 {
        self.among.iter().sum()
    }
}

impl Estimator<'_> {
    /// Whether a control variate is of use to it.
    pub fn uses_control(&self) -> bool {
        matches!(
            self,
            Estimator::Mean { .. }
                | Estimator::Ratio(_)
                | Estimator::Share(_)
                | Estimator::Spread(_)
        )
    }

    /// The estimate from these replications, with an interval of this level.
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

    /// Numbers of the replications whose mean is off its expectation by as much as the estimate is, nearly: the linear
    /// part of a Taylor series (Asmussen and Glynn, *Stochastic Simulation*, III.3; of a ratio Cochran, 6.4).
    fn influence(&self, sample: &Sample, value: f64) -> Option<Vec<f64>> {
        let n = sample.n() as f64;
        match self {
            // Of amounts that were never seen nothing is known.
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

    /// How many events the estimate depends on, and how far off it may be for that reason alone.
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
