//! Beta: a smooth shape between two ends.
//!
//! The distance to each end is solved for separately, so that values near either end are equally
//! accurate. Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, chapter 25.
//!
//! ```
//! use voronka::random::families::{Beta, Family};
//! let discount = Beta::new(0.0, 1.0, 2.0, 6.0)?;
//! assert_eq!(discount.mean(), 0.25);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use libm::{exp, log, log1p};

use super::special::{Side, beta_log_odds, beta_tail};
use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A beta distribution scaled to `min` to `max`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the usual name of the parameter")]
pub struct Beta {
    min: f64,
    max: f64,
    alpha: f64,
    beta: f64,
}

impl Beta {
    /// Returns the distribution between two different ends.
    pub fn new(min: f64, max: f64, alpha: f64, beta: f64) -> Result<Self, BadDistribution> {
        check::below(("min", min), ("max", max))?;
        let (alpha, beta) = (check::positive("alpha", alpha)?, check::positive("beta", beta)?);
        check::moments(Self { min, max, alpha, beta })
    }

    /// Returns the same shape scaled by a factor.
    pub(super) fn stretched(&self, factor: f64) -> Self {
        Self { min: self.min * factor, max: self.max * factor, ..*self }
    }

    fn width(&self) -> f64 {
        self.max - self.min
    }

    fn tail(&self, side: Side, x: f64) -> f64 {
        let odds = log((x - self.min) / (self.max - x));
        beta_tail(self.alpha, self.beta, side, odds).probability()
    }

    /// Returns the value at these log-odds, measured from the nearer end.
    fn at(&self, odds: f64) -> f64 {
        let nearer = exp(-odds.abs() - log1p(exp(-odds.abs()))) * self.width();
        if odds < 0.0 { self.min + nearer } else { self.max - nearer }
    }
}

impl Family for Beta {
    fn mean(&self) -> f64 {
        self.min + self.width() * (self.alpha / (self.alpha + self.beta))
    }

    fn variance(&self) -> f64 {
        let sum = self.alpha + self.beta;
        let shares = (self.alpha / sum) * (self.beta / sum);
        self.width() * self.width() * shares / (sum + 1.0)
    }

    fn third_moment(&self) -> f64 {
        let (sum, width) = (self.alpha + self.beta, self.width());
        let first = self.alpha / sum;
        let second = first * (self.alpha + 1.0) / (sum + 1.0);
        let third = second * (self.alpha + 2.0) / (sum + 2.0);
        let (low, step) = (self.min, width);
        low * low * low
            + 3.0 * low * step * (low * first + step * second)
            + step * step * step * third
    }

    fn minimum(&self) -> f64 {
        self.min
    }

    fn maximum(&self) -> f64 {
        self.max
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= self.min {
            0.0
        } else if x >= self.max {
            1.0
        } else {
            self.tail(Side::Lower, x)
        }
    }

    fn survival(&self, x: f64) -> f64 {
        if x <= self.min {
            1.0
        } else if x >= self.max {
            0.0
        } else {
            self.tail(Side::Upper, x)
        }
    }

    fn quantile(&self, p: f64) -> f64 {
        if p <= 0.0 {
            self.min
        } else if p > 0.5 {
            self.quantile_upper(1.0 - p)
        } else {
            self.at(beta_log_odds(self.alpha, self.beta, Side::Lower, p))
        }
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        if q <= 0.0 {
            self.max
        } else if q > 0.5 {
            self.quantile(1.0 - q)
        } else {
            self.at(beta_log_odds(self.alpha, self.beta, Side::Upper, q))
        }
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Beta(self.stretched(factor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integer_shapes_have_a_polynomial_distribution_function() {
        let discount = Beta::new(0.0, 1.0, 2.0, 3.0).unwrap();
        for x in [0.001f64, 0.2, 0.5, 0.97] {
            let exact = 6.0 * x * x - 8.0 * x.powi(3) + 3.0 * x.powi(4);
            assert!((discount.cdf(x) - exact).abs() < 1e-14);
        }
        assert!((discount.variance() - 0.04).abs() < 1e-15);
    }

    #[test]
    fn a_value_near_the_upper_end_keeps_its_distance() {
        let nearly_all = Beta::new(0.0, 1.0, 6.0, 0.5).unwrap();
        let mirrored = Beta::new(0.0, 1.0, 0.5, 6.0).unwrap();
        let distance = 1.0 - nearly_all.quantile_upper(1e-4);
        assert!((distance / mirrored.quantile(1e-4) - 1.0).abs() < 1e-6);
    }
}
