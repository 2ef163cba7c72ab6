//! Log-logistic: the hazard rises, then falls; a few values are extremely large.
//!
//! The tail is a power. With shape 1 or less there is no mean, so such a shape is refused; with
//! shape 2 or less the variance is infinite, which is allowed. Johnson, Kotz and Balakrishnan,
//! *Continuous Univariate Distributions* 2, section 23.11.
//!
//! ```
//! use voronka::random::families::{Family, Loglogistic};
//! let decision = Loglogistic::new(10.0, 2.0)?;
//! assert_eq!(decision.quantile(0.5), 10.0);
//! assert_eq!(decision.cdf(20.0), 0.8);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use std::f64::consts::PI;

use libm::{pow, sin};

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A quantity whose logarithm is logistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loglogistic {
    median: f64,
    shape: f64,
}

impl Loglogistic {
    /// Returns the distribution with this median and a tail proportional to `x^-shape`.
    pub fn new(median: f64, shape: f64) -> Result<Self, BadDistribution> {
        check::positive("median", median)?;
        if check::positive("shape", shape)? <= 1.0 {
            return Err(BadDistribution::MeanNotFinite);
        }
        check::mean(Self { median, shape })
    }

    /// Returns the odds of a value of at most `x`.
    fn odds(&self, x: f64) -> f64 {
        pow(x.max(0.0) / self.median, self.shape)
    }

    fn where_odds_are(&self, odds: f64) -> f64 {
        self.median * pow(odds, 1.0 / self.shape)
    }
}

impl Family for Loglogistic {
    fn mean(&self) -> f64 {
        let angle = PI / self.shape;
        // The sine of the smaller of two supplementary angles is more accurate.
        let smaller = angle.min(PI * (self.shape - 1.0) / self.shape);
        self.median * angle / sin(smaller)
    }

    fn variance(&self) -> f64 {
        if self.shape <= 2.0 {
            return f64::INFINITY;
        }
        let angle = PI / self.shape;
        let (sine, cosine) = (sin(angle), sin(PI * (self.shape - 2.0) / (2.0 * self.shape)));
        // 1 - angle / tan(angle), by its series if the difference would cancel.
        let square = angle * angle;
        let gap = if angle < 0.02 {
            square * (1.0 / 3.0 + square * (1.0 / 45.0 + square * 2.0 / 945.0))
        } else {
            1.0 - angle * cosine / sine
        };
        self.median * self.median * angle * gap / (sine * cosine)
    }

    fn third_moment(&self) -> f64 {
        if self.shape <= 3.0 {
            return f64::INFINITY;
        }
        let angle = 3.0 * PI / self.shape;
        let smaller = angle.min(PI * (self.shape - 3.0) / self.shape);
        self.median * self.median * self.median * angle / sin(smaller)
    }

    fn cdf(&self, x: f64) -> f64 {
        let odds = self.odds(x);
        if odds < 1.0 { odds / (1.0 + odds) } else { 1.0 / (1.0 + 1.0 / odds) }
    }

    fn survival(&self, x: f64) -> f64 {
        1.0 / (1.0 + self.odds(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.where_odds_are(p / (1.0 - p))
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        self.where_odds_are((1.0 - q) / q)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Loglogistic(Self { median: self.median * factor, shape: self.shape })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_three_has_the_moments_of_the_closed_form() {
        let loglogistic = Loglogistic::new(1.0, 3.0).unwrap();
        let angle = PI / 3.0;
        let mean = angle / angle.sin();
        assert!((loglogistic.mean() - mean).abs() < 1e-14);
        let variance = 2.0 * angle / (2.0 * angle).sin() - mean * mean;
        assert!((loglogistic.variance() - variance).abs() < 1e-13);
    }

    #[test]
    fn the_variance_does_not_jump_where_its_formula_changes() {
        let [below, above] = [157.07, 157.09]
            .map(|shape| Loglogistic::new(1.0, shape).unwrap().variance() * shape * shape);
        assert!((below / above - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_shape_of_one_has_no_mean_and_a_shape_of_two_no_variance() {
        assert_eq!(Loglogistic::new(5.0, 1.0), Err(BadDistribution::MeanNotFinite));
        assert!(Loglogistic::new(5.0, 2.0).unwrap().variance().is_infinite());
        assert!((Loglogistic::new(1.0, 1.001).unwrap().mean() / 1_000.0 - 1.0).abs() < 0.01);
    }
}
