//! Positive normal: a normal quantity, drawn again while it is negative.
//!
//! This is the normal truncated at zero; its own mean is above the `mean` given in the model.
//! Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, section 13.10.
//!
//! ```
//! use voronka::random::families::{Family, PositiveNormal};
//! let half = PositiveNormal::new(0.0, 1.0)?;
//! assert!((half.mean() - (2.0 / std::f64::consts::PI).sqrt()).abs() < 1e-15);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use super::normal::{Mills, cdf, excess, excess_cdf, excess_survival, excess_upper};
use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A normal quantity truncated at zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PositiveNormal {
    centre: f64,
    sd: f64,
}

impl PositiveNormal {
    /// Returns the normal with this mean and standard deviation, truncated at zero.
    pub fn new(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        let centre = check::finite("mean", mean)?;
        check::moments(Self { centre, sd: check::positive("sd", sd)? })
    }

    /// Returns the share of normal draws that are negative.
    pub fn redrawn_share(&self) -> f64 {
        cdf(self.cut())
    }

    /// Returns zero in standard units.
    fn cut(&self) -> f64 {
        -self.centre / self.sd
    }
}

impl Family for PositiveNormal {
    fn mean(&self) -> f64 {
        if self.cut() > 0.0 {
            self.sd * Mills::at(self.cut()).mean_excess
        } else {
            self.centre + self.sd * Mills::at(self.cut()).hazard
        }
    }

    fn variance(&self) -> f64 {
        self.sd * self.sd * Mills::at(self.cut()).variance
    }

    fn third_moment(&self) -> f64 {
        // Integration by parts; at the cut, which is 0, the boundary term vanishes.
        let mean = self.mean();
        let square = self.variance() + mean * mean;
        self.centre * square + 2.0 * self.sd * self.sd * mean
    }

    fn cdf(&self, x: f64) -> f64 {
        excess_cdf(self.cut(), x.max(0.0) / self.sd)
    }

    fn survival(&self, x: f64) -> f64 {
        excess_survival(self.cut(), x.max(0.0) / self.sd)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.sd * excess(self.cut(), p)
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        self.sd * excess_upper(self.cut(), q)
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        elapsed + self.sd * excess(self.cut() + elapsed / self.sd, p)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::PositiveNormal(Self { centre: self.centre * factor, sd: self.sd * factor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moments_are_those_of_the_truncated_normal() {
        // mpmath, 40 digits: 2 + 2 λ and 2 sqrt(1 - λ - λ²) with λ = φ(1) / Φ(1)
        let positive = PositiveNormal::new(2.0, 2.0).unwrap();
        assert!((positive.mean() - 2.575_199_941_878_356_7).abs() < 1e-12);
        assert!((positive.variance().sqrt() - 1.587_055_494_652_415).abs() < 1e-12);
    }

    #[test]
    fn a_mean_far_above_zero_is_hardly_redrawn() {
        let positive = PositiveNormal::new(100.0, 1.0).unwrap();
        assert!((positive.mean() - 100.0).abs() < 1e-12);
        assert!((positive.variance() - 1.0).abs() < 1e-12);
        assert!(positive.redrawn_share() < 1e-300);
    }

    #[test]
    fn a_mean_far_below_zero_leaves_an_exponential() {
        let positive = PositiveNormal::new(-1e4, 1.0).unwrap();
        assert!((positive.mean() * 1e4 - 1.0).abs() < 1e-6);
        assert!((positive.cdf(positive.quantile(0.3)) - 0.3).abs() < 1e-12);
    }
}
