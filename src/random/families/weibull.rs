//! Weibull: the hazard is a power of the time already waited.
//!
//! With shape below 1 the hazard falls: the longer a wait has lasted, the longer it will go on.
//! Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions* 1, chapter 21.
//!
//! ```
//! use voronka::random::families::{Family, Weibull};
//! let reply = Weibull::from_median_p90(2.0, 9.0)?;
//! assert!((reply.quantile(0.9) - 9.0).abs() < 1e-12);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use std::f64::consts::{LN_2, LN_10};

use libm::{exp, expm1, lgamma, log, log1p, pow};

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// ζ(2), ζ(3), ζ(4), ζ(5): coefficients of ln Γ near 1 (DLMF 5.7.3).
const ZETA: [f64; 4] = [
    1.644_934_066_848_226_4,
    1.202_056_903_159_594_2,
    1.082_323_233_711_138_2,
    1.036_927_755_143_37,
];

/// A wait whose hazard is a power of its age.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// Returns the distribution with this shape and scale.
    pub fn new(shape: f64, scale: f64) -> Result<Self, BadDistribution> {
        check::moments(Self {
            shape: check::positive("shape", shape)?,
            scale: check::positive("scale", scale)?,
        })
    }

    /// Returns the distribution with this median and 0.9 quantile.
    pub fn from_median_p90(median: f64, p90: f64) -> Result<Self, BadDistribution> {
        check::positive("median", median)?;
        check::below(("median", median), ("p90", p90))?;
        let shape = log(LN_10 / LN_2) / log(p90 / median);
        Self::new(shape, median / pow(LN_2, 1.0 / shape))
    }

    /// Returns the shape: the exponent of the hazard plus one.
    pub fn shape(&self) -> f64 {
        self.shape
    }

    /// Returns the scale: the 63 % quantile.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Returns the scale, and the distribution of the same shape with scale 1.
    pub(in crate::random) fn unit(&self) -> (f64, Self) {
        (self.scale, Self { scale: 1.0, ..*self })
    }

    fn hazard_until(&self, x: f64) -> f64 {
        pow(x.max(0.0) / self.scale, self.shape)
    }

    fn when_hazard_is(&self, hazard: f64) -> f64 {
        self.scale * pow(hazard, 1.0 / self.shape)
    }
}

impl Family for Weibull {
    fn mean(&self) -> f64 {
        self.scale * exp(lgamma(1.0 + 1.0 / self.shape))
    }

    fn variance(&self) -> f64 {
        let step = 1.0 / self.shape;
        // ln of E X² / (E X)²; near shape 1 the gamma functions cancel, but their series does not.
        let ratio = if step < 1e-3 {
            let [two, three, four, five] = ZETA;
            step * step * (two - step * (2.0 * three - step * (3.5 * four - step * 6.0 * five)))
        } else {
            lgamma(1.0 + 2.0 * step) - 2.0 * lgamma(1.0 + step)
        };
        self.mean() * self.mean() * expm1(ratio)
    }

    fn third_moment(&self) -> f64 {
        // E X is the scale times Γ(1 + 1/shape).
        let step = 1.0 / self.shape;
        let ratio = lgamma(1.0 + 3.0 * step) - 3.0 * lgamma(1.0 + step);
        let mean = self.mean();
        mean * mean * mean * exp(ratio)
    }

    fn cdf(&self, x: f64) -> f64 {
        -expm1(-self.hazard_until(x))
    }

    fn survival(&self, x: f64) -> f64 {
        exp(-self.hazard_until(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.when_hazard_is(-log1p(-p))
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        self.when_hazard_is(-log(q))
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        self.when_hazard_is(self.hazard_until(elapsed) - log1p(-p))
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Weibull(Self { shape: self.shape, scale: self.scale * factor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_case_dist_06_holds() {
        let weibull = Weibull::new(0.7, 4.0).unwrap();
        assert!((weibull.mean() - 5.063_294_024_229_133).abs() < 1e-9);
        assert!((weibull.variance().sqrt() - 7.404_685_601_593_793).abs() < 1e-9);
        for (p, x) in [
            (0.01, 0.005_597_991_583_249_835),
            (0.1, 0.160_651_781_128_544_17),
            (0.25, 0.674_649_612_414_094_6),
            (0.5, 2.369_560_451_808_535),
            (0.75, 6.378_383_737_086_24),
            (0.9, 13.167_731_888_659_76),
            (0.95, 19.176_906_913_558_607),
            (0.99, 35.444_905_770_956_77),
        ] {
            assert!((weibull.quantile(p) / x - 1.0).abs() < 1e-9);
        }
        for (x, p) in [
            (2.531_647_012_11, 0.516_162_418_551_251_2),
            (5.063_294_024_23, 0.692_536_910_535_745_3),
            (10.126_588_048_5, 0.852_796_799_642_443_6),
        ] {
            assert!((weibull.cdf(x) - p).abs() < 1e-9);
        }
    }

    #[test]
    fn shape_one_is_the_exponential() {
        let weibull = Weibull::new(1.0, 4.0).unwrap();
        assert!((weibull.mean() - 4.0).abs() < 1e-14);
        assert!((weibull.variance() - 16.0).abs() < 1e-13);
        assert!((weibull.quantile_given(9.0, 0.3) - 9.0 - weibull.quantile(0.3)).abs() < 1e-13);
    }

    #[test]
    fn the_variance_does_not_jump_where_its_formula_changes() {
        let [below, above] = [999.999_999, 1_000.000_001].map(|shape| {
            let weibull = Weibull::new(shape, 1.0).unwrap();
            weibull.variance() * shape * shape
        });
        assert!((below / above - 1.0).abs() < 1e-8);
        let narrow = Weibull::new(1e8, 1.0).unwrap().variance();
        assert!((narrow * 1e16 / ZETA[0] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_shape_of_one_hundredth_is_refused_for_its_mean() {
        assert_eq!(Weibull::new(0.01, 1.0), Err(BadDistribution::MeanNotFinite));
    }
}
