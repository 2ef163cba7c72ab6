//! Gamma: a sum of exponential phases whose number need not be an integer.
//!
//! Shape 1 is the exponential; an integer shape is the Erlang distribution. Johnson, Kotz and
//! Balakrishnan, *Continuous Univariate Distributions* 1, chapter 17.
//!
//! ```
//! use voronka::random::families::{Family, Gamma};
//! let offer = Gamma::from_mean_sd(20.0, 15.0)?;
//! assert!((offer.shape() - 16.0 / 9.0).abs() < 1e-12);
//! assert!((offer.scale() - 11.25).abs() < 1e-12);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use libm::{exp, log, log1p};

use super::special::{Side, gamma_log_quantile, gamma_tail};
use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A sum of exponential phases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gamma {
    shape: f64,
    scale: f64,
}

impl Gamma {
    /// Returns the distribution with this shape (number of phases) and scale (mean of a phase).
    pub fn new(shape: f64, scale: f64) -> Result<Self, BadDistribution> {
        check::moments(Self {
            shape: check::positive("shape", shape)?,
            scale: check::positive("scale", scale)?,
        })
    }

    /// Returns the distribution with this mean and standard deviation.
    pub fn from_mean_sd(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        let ratio = check::positive("mean", mean)? / check::positive("sd", sd)?;
        Self::new(ratio * ratio, sd / ratio).map_err(|_| BadDistribution::SpreadNotFinite)
    }

    /// Returns the number of phases.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Returns the mean of a phase.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    fn tail(&self, side: Side, x: f64) -> f64 {
        let x = x / self.scale;
        gamma_tail(self.shape, side, x, log(x)).probability()
    }

    fn at(&self, side: Side, probability: f64) -> f64 {
        self.scale * exp(gamma_log_quantile(self.shape, side, probability))
    }
}

impl Family for Gamma {
    fn mean(&self) -> f64 {
        self.shape * self.scale
    }

    fn variance(&self) -> f64 {
        self.shape * self.scale * self.scale
    }

    fn third_moment(&self) -> f64 {
        let rising = self.shape * (self.shape + 1.0) * (self.shape + 2.0);
        rising * self.scale * self.scale * self.scale
    }

    fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 { 0.0 } else { self.tail(Side::Lower, x) }
    }

    fn survival(&self, x: f64) -> f64 {
        if x <= 0.0 { 1.0 } else { self.tail(Side::Upper, x) }
    }

    fn quantile(&self, p: f64) -> f64 {
        if p <= 0.0 {
            0.0
        } else if p > 0.5 {
            self.quantile_upper(1.0 - p)
        } else {
            self.at(Side::Lower, p)
        }
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        if q <= 0.0 {
            f64::INFINITY
        } else if q > 0.5 {
            self.quantile(1.0 - q)
        } else {
            self.at(Side::Upper, q)
        }
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        let alive = self.survival(elapsed);
        let beyond = alive * (1.0 - p);
        if p >= 1.0 {
            f64::INFINITY
        } else if alive < 1e-250 {
            // Far in the tail the remaining time is exponential with the local hazard, up to terms
            // of x^-2.
            let hazard = 1.0 / self.scale - (self.shape - 1.0) / elapsed;
            elapsed - log1p(-p) / hazard.max(f64::MIN_POSITIVE)
        } else if beyond < 0.5 {
            self.quantile_upper(beyond)
        } else {
            self.quantile(self.cdf(elapsed) + alive * p)
        }
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Gamma(Self { shape: self.shape, scale: self.scale * factor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_one_is_the_exponential() {
        let gamma = Gamma::new(1.0, 4.0).unwrap();
        for p in [1e-15, 0.01, 0.5, 0.99] {
            assert!((gamma.quantile(p) / (-4.0 * log1p(-p)) - 1.0).abs() < 1e-12);
        }
        assert!((gamma.quantile_upper(1e-18) / (-4.0 * log(1e-18)) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn erlang_has_the_poisson_sum() {
        let erlang = Gamma::new(3.0, 2.0).unwrap();
        let exact = exp(-2.5) * (1.0 + 2.5 + 2.5 * 2.5 / 2.0);
        assert!((erlang.survival(5.0) - exact).abs() < 1e-15);
    }

    #[test]
    fn the_rest_far_in_the_tail_is_nearly_exponential() {
        let gamma = Gamma::new(3.0, 2.0).unwrap();
        let rest = gamma.quantile_given(1e5, 0.5) - 1e5;
        assert!((rest / (2.0 * std::f64::consts::LN_2) - 1.0).abs() < 1e-4);
    }
}
