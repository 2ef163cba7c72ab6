//! PERT: a three-point estimate as a beta distribution.
//!
//! The mode weighs four times as much as an end (λ = 4), so the mean is `(min + 4 mode + max) / 6`.
//! Malcolm, Roseboom, Clark and Fazar, *Operations Research* 7 (1959); the beta shapes as in Vose,
//! *Risk Analysis* (2008).
//!
//! ```
//! use voronka::random::families::{Family, Pert};
//! let delivery = Pert::new(2.0, 5.0, 14.0)?;
//! assert_eq!(delivery.mean(), 6.0);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use super::{Beta, Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// The weight of the mode relative to an end.
const LAMBDA: f64 = 4.0;

/// A beta distribution given by its ends and its mode.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pert {
    beta: Beta,
}

impl Pert {
    /// Returns the distribution; the mode may be one of the ends.
    pub fn new(min: f64, mode: f64, max: f64) -> Result<Self, BadDistribution> {
        check::ordered(("min", min), ("mode", mode))?;
        check::ordered(("mode", mode), ("max", max))?;
        check::below(("min", min), ("max", max))?;
        let width = max - min;
        let alpha = 1.0 + LAMBDA * ((mode - min) / width);
        let beta = 1.0 + LAMBDA * ((max - mode) / width);
        Ok(Self { beta: Beta::new(min, max, alpha, beta)? })
    }
}

impl Family for Pert {
    fn mean(&self) -> f64 {
        self.beta.mean()
    }

    fn variance(&self) -> f64 {
        self.beta.variance()
    }

    fn third_moment(&self) -> f64 {
        self.beta.third_moment()
    }

    fn minimum(&self) -> f64 {
        self.beta.minimum()
    }

    fn maximum(&self) -> f64 {
        self.beta.maximum()
    }

    fn cdf(&self, x: f64) -> f64 {
        self.beta.cdf(x)
    }

    fn survival(&self, x: f64) -> f64 {
        self.beta.survival(x)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.beta.quantile(p)
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        self.beta.quantile_upper(q)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Pert(Self { beta: self.beta.stretched(factor) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_weighs_the_mode_four_times() {
        let pert = Pert::new(0.0, 1.0, 8.0).unwrap();
        assert!((pert.mean() - 2.0).abs() < 1e-15);
        // variance of PERT: (mean - min) (max - mean) / 7
        assert!((pert.variance() - 2.0 * 6.0 / 7.0).abs() < 1e-14);
    }

    #[test]
    fn a_mode_at_an_end_is_allowed() {
        let falling = Pert::new(1.0, 1.0, 7.0).unwrap();
        assert!((falling.mean() - 2.0).abs() < 1e-15);
        assert!((falling.cdf(4.0) - (1.0 - 0.5f64.powi(5))).abs() < 1e-14);
    }
}
