//! Exponential: memoryless waiting, as for the next of many independent callers.
//!
//! Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, chapter 19.
//!
//! ```
//! use voronka::random::families::{Exponential, Family};
//! let wait = Exponential::new(10.0)?;
//! assert!((wait.survival(20.0) - 0.135_335_283).abs() < 1e-9);
//! assert!((wait.quantile_given(20.0, 0.5) - 20.0 - wait.quantile(0.5)).abs() < 1e-12);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use libm::{exp, expm1, log, log1p};

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A wait whose remaining time does not depend on the time already waited.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Exponential {
    /// Returns the distribution with this mean.
    pub fn new(mean: f64) -> Result<Self, BadDistribution> {
        check::moments(Self { mean: check::positive("mean", mean)? })
    }

    /// Returns the distribution for a mean that another family has checked.
    pub(in crate::random) fn of_checked(mean: f64) -> Self {
        Self { mean }
    }
}

impl Family for Exponential {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * self.mean
    }

    fn third_moment(&self) -> f64 {
        6.0 * self.mean * self.mean * self.mean
    }

    fn cdf(&self, x: f64) -> f64 {
        -expm1(-x.max(0.0) / self.mean)
    }

    fn survival(&self, x: f64) -> f64 {
        exp(-x.max(0.0) / self.mean)
    }

    fn quantile(&self, p: f64) -> f64 {
        -self.mean * log1p(-p)
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        -self.mean * log(q)
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        elapsed + self.quantile(p)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Exponential(Self { mean: self.mean * factor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_deviation_is_the_mean() {
        let exponential = Exponential::new(3.0).unwrap();
        assert!((exponential.variance() - 9.0).abs() < 1e-15);
        assert!((exponential.quantile(0.5) - 3.0 * std::f64::consts::LN_2).abs() < 1e-15);
    }

    #[test]
    fn the_elapsed_time_is_forgotten_even_if_its_probability_underflows() {
        let exponential = Exponential::new(1.0).unwrap();
        assert!((exponential.quantile_given(1e6, 0.5) - 1e6 - std::f64::consts::LN_2).abs() < 1e-9);
    }
}
