//! Lognormal: most values are small, a few are very large.
//!
//! Working times often have this shape, so the guide suggests it first. A modeller knows the mean
//! and the spread of a task, or its median and its 90 % quantile, but not the mean of its
//! logarithm; so either pair can be given. Johnson, Kotz and Balakrishnan, *Continuous Univariate
//! Distributions* 1, chapter 14.
//!
//! ```
//! use voronka::random::families::{Family, Lognormal};
//! let call = Lognormal::new(20.0, 15.0)?;
//! assert!((call.quantile(0.5) - 16.0).abs() < 1e-12);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use libm::{exp, expm1, log, log1p};

use super::normal;
use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// The standard normal quantile at 0.9.
const Z90: f64 = 1.281_551_565_544_600_4;

/// A quantity whose logarithm is normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lognormal {
    median: f64,
    sigma: f64,
}

impl Lognormal {
    /// Returns the distribution with this mean and standard deviation.
    pub fn new(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        let variation = check::positive("sd", sd)? / check::positive("mean", mean)?;
        let square = variation * variation;
        Self::from_median(mean / (1.0 + square).sqrt(), log1p(square).sqrt())
            .map_err(|_| BadDistribution::SpreadNotFinite)
    }

    /// Returns the distribution with this median and standard deviation of the logarithm.
    pub fn from_median(median: f64, sigma: f64) -> Result<Self, BadDistribution> {
        check::moments(Self {
            median: check::positive("median", median)?,
            sigma: check::positive("sigma", sigma)?,
        })
    }

    /// Returns the distribution with this median and 0.9 quantile.
    pub fn from_median_p90(median: f64, p90: f64) -> Result<Self, BadDistribution> {
        check::positive("median", median)?;
        check::below(("median", median), ("p90", p90))?;
        Self::from_median(median, log(p90 / median) / Z90)
    }

    /// Returns the mean of the logarithm.
    pub fn mu(&self) -> f64 {
        log(self.median)
    }

    /// Returns the standard deviation of the logarithm.
    pub fn sigma(&self) -> f64 {
        self.sigma
    }

    /// The median, and the distribution of the same sigma with a median of 1.
    pub(in crate::random) fn unit(&self) -> (f64, Self) {
        (self.median, Self { median: 1.0, ..*self })
    }

    fn standardized(&self, x: f64) -> f64 {
        log(x.max(0.0) / self.median) / self.sigma
    }
}

impl Family for Lognormal {
    fn mean(&self) -> f64 {
        self.median * exp(self.sigma * self.sigma / 2.0)
    }

    fn variance(&self) -> f64 {
        self.mean() * self.mean() * expm1(self.sigma * self.sigma)
    }

    fn third_moment(&self) -> f64 {
        let mean = self.mean();
        mean * mean * mean * exp(3.0 * self.sigma * self.sigma)
    }

    fn cdf(&self, x: f64) -> f64 {
        normal::cdf(self.standardized(x))
    }

    fn survival(&self, x: f64) -> f64 {
        normal::cdf(-self.standardized(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.median * exp(self.sigma * normal::quantile(p))
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        self.median * exp(-self.sigma * normal::quantile(q))
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        elapsed * exp(self.sigma * normal::excess(self.standardized(elapsed), p))
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Lognormal(Self { median: self.median * factor, sigma: self.sigma })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() <= 1e-9 * expected.abs()
    }

    #[test]
    fn the_exact_case_dist_02_holds() {
        let call = Lognormal::new(20.0, 15.0).unwrap();
        assert!(close(call.mean(), 20.0) && close(call.variance().sqrt(), 15.0));
        for (p, x) in [
            (0.01, 3.382_037_934_577_574_4),
            (0.1, 6.796_798_875_252_421_5),
            (0.25, 10.196_022_695_095_339),
            (0.5, 15.999_999_999_999_998),
            (0.75, 25.107_829_558_200_7),
            (0.9, 37.664_789_660_337_35),
            (0.95, 48.010_927_097_095_845),
            (0.99, 75.694_006_085_113_6),
        ] {
            assert!(close(call.quantile(p), x), "{p}");
        }
        for (x, p) in [
            (10.0, 0.240_856_995_511_041),
            (20.0, 0.630_819_130_711_241_3),
            (40.0, 0.914_905_338_691_836_8),
        ] {
            assert!(close(call.cdf(x), p), "{x}");
        }
    }

    #[test]
    fn the_exact_case_dist_12_holds() {
        for (mean, sd, mu, sigma, median) in [
            (20.0, 15.0, 2.772_588_722_239_781, 0.668_047_230_836_577_6, 16.0),
            (5.0, 1.0, 1.589_827_555_857_459_7, 0.198_042_200_435_365_05, 4.902_903_378_454_6),
            (1.0, 3.0, -1.151_292_546_497_023, 1.517_427_129_385_146_5, 0.316_227_766_016_837_9),
        ] {
            let lognormal = Lognormal::new(mean, sd).unwrap();
            assert!(close(lognormal.mu(), mu) && close(lognormal.sigma(), sigma));
            assert!(close(lognormal.quantile(0.5), median));
        }
        for (median, p90, sigma, mean) in [
            (10.0, 30.0, 0.857_251_723_773_791_4, 14.440_335_278_829_204),
            (2.0, 2.5, 0.174_119_838_259_792_58, 2.030_548_674_619_807),
        ] {
            let lognormal = Lognormal::from_median_p90(median, p90).unwrap();
            assert!(close(lognormal.sigma(), sigma) && close(lognormal.mean(), mean));
        }
    }

    #[test]
    fn a_median_at_the_p90_is_refused() {
        for p90 in [10.0, 9.0] {
            assert_eq!(
                Lognormal::from_median_p90(10.0, p90),
                Err(BadDistribution::OutOfOrder {
                    low: "median",
                    low_value: 10.0,
                    high: "p90",
                    high_value: p90
                })
            );
        }
    }

    #[test]
    fn a_spread_beyond_numbers_is_refused() {
        assert_eq!(Lognormal::new(1.0, 1e200), Err(BadDistribution::SpreadNotFinite));
        assert_eq!(Lognormal::from_median(1.0, 30.0), Err(BadDistribution::MeanNotFinite));
    }
}
