//! Describes a distribution in numbers.

use crate::model::Alone;
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::random::distribution::Distribution;

/// Figures of a distribution: times in days, amounts in the currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait {
    /// Whether it measures time.
    pub of_time: bool,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation; 0 for a constant.
    pub sd: f64,
    /// Pairs of a probability and the quantile at it.
    pub quantiles: Vec<(f64, f64)>,
    /// Intervals of equal length as (from, to, probability). The last one has no upper end.
    pub shape: Vec<(f64, f64, f64)>,
}

/// Number of intervals of the shape.
const INTERVALS: usize = 12;

/// Describes a distribution.
///
/// ```
/// use voronka::{model, study::explain};
/// let read = model::distribution("{exponential: {mean: 2d}}").unwrap();
/// let portrait = explain::portrait(&read);
/// assert!((portrait.mean - 2.0).abs() < 1e-9 && (portrait.sd - 2.0).abs() < 1e-9);
/// ```
pub fn portrait(alone: &Alone) -> Portrait {
    let (distribution, unit) = match alone {
        Alone::Time(time) => (time, DAY_MICROS as f64),
        Alone::Amount(amount) => (amount, MINOR_UNITS),
    };
    let shares = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
    Portrait {
        of_time: matches!(alone, Alone::Time(_)),
        mean: distribution.mean() / unit,
        sd: distribution.sd() / unit,
        quantiles: shares.map(|share| (share, distribution.quantile(share) / unit)).to_vec(),
        shape: shape(distribution, unit),
    }
}

fn shape(distribution: &Distribution, unit: f64) -> Vec<(f64, f64, f64)> {
    // The top hundredth would make the other intervals too wide.
    let (low, high) = (distribution.quantile(0.001), distribution.quantile(0.99));
    let edge = |at: usize| low + (high - low) * at as f64 / INTERVALS as f64;
    let interval = |at: usize| {
        // The first interval includes everything below it, and an atom at its lower edge.
        let below = if at == 0 { 0.0 } else { distribution.cdf(edge(at)) };
        (edge(at) / unit, edge(at + 1) / unit, distribution.cdf(edge(at + 1)) - below)
    };
    let mut shape: Vec<(f64, f64, f64)> = (0..INTERVALS).map(interval).collect();
    let within: f64 = shape.iter().map(|(_, _, share)| share).sum();
    shape.push((high / unit, f64::INFINITY, (1.0 - within).max(0.0)));
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::distribution;

    #[test]
    fn the_shape_agrees_with_the_distribution() {
        let portrait = portrait(&distribution("{uniform: {min: 0 h, max: 24 h}}").unwrap());
        let (from, to, share) = portrait.shape[6];
        assert!((share - (to - from)).abs() < 1e-9, "density 1 a day: {share} from {from} to {to}");
        let sum: f64 = portrait.shape.iter().map(|(_, _, share)| share).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        assert_eq!(portrait.quantiles[3], (0.5, 0.5));
    }
}
