//! Uniform: only the two ends are known.
//!
//! Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 2, chapter 26.
//!
//! ```
//! use voronka::random::families::{Family, Uniform};
//! let answer = Uniform::new(2.0, 6.0)?;
//! assert_eq!(answer.mean(), 4.0);
//! assert_eq!(answer.quantile(0.25), 3.0);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// All values between two ends are equally likely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uniform {
    min: f64,
    max: f64,
}

impl Uniform {
    /// Returns the distribution between two different ends.
    pub fn new(min: f64, max: f64) -> Result<Self, BadDistribution> {
        check::below(("min", min), ("max", max))?;
        check::moments(Self { min, max })
    }

    fn width(&self) -> f64 {
        self.max - self.min
    }
}

impl Family for Uniform {
    fn mean(&self) -> f64 {
        self.min + self.width() / 2.0
    }

    fn variance(&self) -> f64 {
        self.width() * self.width() / 12.0
    }

    fn third_moment(&self) -> f64 {
        f64::midpoint(self.min, self.max) * f64::midpoint(self.min * self.min, self.max * self.max)
    }

    fn minimum(&self) -> f64 {
        self.min
    }

    fn maximum(&self) -> f64 {
        self.max
    }

    fn cdf(&self, x: f64) -> f64 {
        ((x - self.min) / self.width()).clamp(0.0, 1.0)
    }

    fn survival(&self, x: f64) -> f64 {
        ((self.max - x) / self.width()).clamp(0.0, 1.0)
    }

    fn quantile(&self, p: f64) -> f64 {
        (self.min + self.width() * p).min(self.max)
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        (self.max - self.width() * q).max(self.min)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Uniform(Self { min: self.min * factor, max: self.max * factor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_is_a_twelfth_of_the_squared_width() {
        let uniform = Uniform::new(-1.0, 5.0).unwrap();
        assert!((uniform.mean() - 2.0).abs() < 1e-15);
        assert!((uniform.variance() - 3.0).abs() < 1e-15);
        assert!((uniform.cdf(0.5) - 0.25).abs() < 1e-15);
    }

    #[test]
    fn a_width_that_is_no_number_is_refused() {
        assert_eq!(Uniform::new(-1e160, 1e160), Err(BadDistribution::SpreadNotFinite));
    }
}
