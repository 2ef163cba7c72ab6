//! Estimates: a value with the half-width and level of its interval.

use super::{Histogram, normal_quantile, t_quantile};

/// An estimate of a number from a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// The estimated value; `None` without observations.
    pub value: Option<f64>,
    /// Half the width of the interval; `None` with fewer than two replications.
    pub half_width: Option<f64>,
    /// The confidence level of the interval.
    pub level: f64,
}

impl Estimate {
    /// An estimate without observations.
    pub fn none(level: f64) -> Estimate {
        Estimate { value: None, half_width: None, level }
    }

    /// The mean of counts over replications, where `n` is the total count. If `n` is small, it is
    /// more reliable than the spread between replications. The half-width is then at least the
    /// upper reach of the score interval of a Poisson count.
    #[must_use]
    pub fn of_few(mut self, n: u64, replications: usize) -> Estimate {
        let reach = reach_of_counts(n, replications, self.level);
        if let (Some(half_width), Some(reach)) = (self.half_width.as_mut(), reach) {
            *half_width = half_width.max(reach);
        }
        self
    }

    /// The mean of amounts, where `n` is their total number. If `n` is small, the half-width is at
    /// least the relative one of a Poisson count; if it is 0, there is no interval.
    #[must_use]
    pub fn of_few_amounts(mut self, n: u64) -> Estimate {
        if n == 0 {
            return Estimate { half_width: None, ..self };
        }
        let reach = reach_of_amounts(self.value.unwrap_or(0.0), n, self.level);
        if let (Some(half_width), Some(reach)) = (self.half_width.as_mut(), reach) {
            *half_width = half_width.max(reach);
        }
        self
    }

    /// The same estimate in another unit.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Estimate {
        Estimate {
            value: self.value.map(|value| value * factor),
            half_width: self.half_width.map(|half| half * factor.abs()),
            ..self
        }
    }
}

/// The two-sided critical value of Student's t for `n` replications.
fn critical(level: f64, n: usize) -> f64 {
    t_quantile(0.5 + level / 2.0, n as f64 - 1.0)
}

/// The half-width of a mean of counts from their total number `n` alone; `None` unless `n` is
/// small.
pub(super) fn reach_of_counts(n: u64, replications: usize, level: f64) -> Option<f64> {
    ((n as f64) < FEW).then(|| poisson_reach(n, level) / replications.max(1) as f64)
}

/// The same for a mean of amounts.
pub(super) fn reach_of_amounts(mean: f64, n: u64, level: f64) -> Option<f64> {
    ((n as f64) < FEW && n > 0).then(|| mean.abs() * poisson_reach(n, level) / n as f64)
}

/// The distance from an observed Poisson count to the upper end of its score interval.
fn poisson_reach(n: u64, level: f64) -> f64 {
    let z = normal_quantile(0.5 + level / 2.0);
    z * z / 2.0 + z * (n as f64 + z * z / 4.0).sqrt()
}

/// With fewer counts than this on either side, the spread between replications is unreliable.
pub(super) const FEW: f64 = 30.0;

/// The distance from a share of `n` to the farther end of its Wilson interval.
pub(super) fn wilson_reach(share: f64, n: f64, level: f64) -> f64 {
    let z = normal_quantile(0.5 + level / 2.0);
    let share = share.clamp(0.0, 1.0);
    let center = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let inner = share * (1.0 - share) / n + z * z / (4.0 * n * n);
    let half = z * inner.sqrt() / (1.0 + z * z / n);
    half + (center - share).abs()
}

/// A share of `n` observations with the information of `n / effect` independent ones.
///
/// If few or nearly all are counted, the half-width is the reach of Wilson's interval (1927).
pub fn share_of(share: f64, n: f64, effect: f64, level: f64) -> Estimate {
    let n = n / effect.max(1.0);
    let z = normal_quantile(0.5 + level / 2.0);
    let half_width = if n * share.min(1.0 - share) < FEW {
        wilson_reach(share, n, level)
    } else {
        z * (share * (1.0 - share) / n).sqrt()
    };
    Estimate { value: Some(share), half_width: Some(half_width), level }
}

/// The factor by which the variance of a mean exceeds that of independent values.
///
/// `sums` are (n, Σx, Σx²) by replication. It is the design effect of cluster samples (Kish 1965,
/// 8.2), with replications as clusters. At least 1.
pub fn design_effect(sums: &[(f64, f64, f64)]) -> f64 {
    let total = |of: fn(&(f64, f64, f64)) -> f64| sums.iter().map(of).sum::<f64>();
    let (n, x, squares) = (total(|s| s.0), total(|s| s.1), total(|s| s.2));
    let mean = x / n;
    let independent = (squares / n - mean * mean) / n;
    let count = sums.len() as f64;
    let between = sums.iter().map(|s| (s.1 - mean * s.0).powi(2)).sum::<f64>() / (n * n);
    let effect = between * count / (count - 1.0) / independent;
    if effect.is_finite() { effect.max(1.0) } else { 1.0 }
}

/// A quantile with its interval by order statistics: the ranks of p ± z·√(e·p(1−p)/n).
///
/// The effect `e` is 1 for independent values. Values of one replication may be dependent, as waits
/// in one queue are; then `e` is the [`design_effect`], and t replaces z.
pub fn quantile_of(
    histogram: &Histogram,
    p: f64,
    level: f64,
    replications: usize,
    effect: f64,
) -> Estimate {
    let Some(value) = histogram.quantile(p) else {
        return Estimate::none(level);
    };
    let n = histogram.n() as f64;
    let half_width = (replications > 1).then(|| {
        let critical = if effect > 1.0 {
            critical(level, replications)
        } else {
            normal_quantile(0.5 + level / 2.0)
        };
        let error = critical * (effect * p * (1.0 - p) / n).sqrt();
        let at = |p: f64| histogram.quantile(p.clamp(0.0, 1.0)).unwrap_or(value);
        (at(p + error) - at(p - error)) / 2.0
    });
    Estimate { value: Some(value), half_width, level }
}

/// The derivative of a quantile by its probability: 1 / density, in the units of the histogram.
///
/// From the interval of the ranks p ± 1.96 √(p(1−p)/n) (Woodruff 1952, *Journal of the American Statistical
/// Association* 47; Francisco and Fuller 1991, *Annals of Statistics* 19), which needs no smoothing parameter.
pub(super) fn quantile_slope(histogram: &Histogram, p: f64) -> f64 {
    let error = 1.96 * (p * (1.0 - p) / histogram.n() as f64).sqrt();
    let (low, high) = ((p - error).max(0.0), (p + error).min(1.0));
    let at = |p: f64| histogram.quantile(p).unwrap_or(0.0);
    if high > low { (at(high) - at(low)) / (high - low) } else { 0.0 }
}

/// The smallest of some sorted values such that at least a share `p` of them does not exceed it.
pub fn order_statistic(sorted: &[f64], p: f64) -> Option<f64> {
    let rank = (p * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).or(sorted.last()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_the_half_width_of_as_many_independent_observations() {
        // 1.959964 × √(0.2 × 0.8 / 400)
        let share = share_of(0.2, 400.0, 1.0, 0.95);
        assert!((share.half_width.unwrap() - 0.039_199_28).abs() < 1e-8);
        let dependent = share_of(0.2, 1600.0, 4.0, 0.95);
        assert!((dependent.half_width.unwrap() - 0.039_199_28).abs() < 1e-8);
        // Wilson of 4 in 400, on its longer side: upper bound 0.025425.
        assert!((share_of(0.01, 400.0, 1.0, 0.95).half_width.unwrap() - 0.015_427).abs() < 1e-5);
        // Wilson: z² / (n + z²) with z² = 3.841459.
        assert!((share_of(0.0, 100.0, 1.0, 0.95).half_width.unwrap() - 0.036_993_7).abs() < 1e-6);
    }

    #[test]
    fn small_counts_have_the_interval_of_a_poisson_number() {
        let mean = |value| Estimate { value: Some(value), half_width: Some(0.0), level: 0.95 };
        // For 0 in 200 replications: z² / 200.
        let none = mean(0.0).of_few(0, 200).half_width.unwrap();
        assert!((none - 1.959_964_f64.powi(2) / 200.0).abs() < 1e-6, "{none}");
        // For four: 4 + z²/2 + z √(4 + z²/4) is the root of (m − 4)² = z² m.
        let upper = 0.04 + mean(0.04).of_few(4, 100).half_width.unwrap();
        assert!(((100.0 * upper - 4.0).powi(2) - 3.841_459 * 100.0 * upper).abs() < 1e-3);
        assert_eq!(mean(0.0).of_few_amounts(0).half_width, None);
        assert!(mean(70.0).of_few_amounts(2).half_width.unwrap() > 70.0);
    }

    #[test]
    fn values_that_are_equal_within_replications_count_once_each() {
        // Five replications of ten equal values have the information of five values.
        let values = [1.0, 4.0, 2.0, 7.0, 5.0];
        let sums: Vec<_> = values.iter().map(|x| (10.0, 10.0 * x, 10.0 * x * x)).collect();
        assert!((design_effect(&sums) - 10.0 * 5.0 / 4.0).abs() < 1e-9);
        assert_eq!(design_effect(&[(1.0, 2.0, 4.0)]), 1.0);
    }
}
