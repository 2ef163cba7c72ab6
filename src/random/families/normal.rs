//! Normal: the only family here with negative values of any size.
//!
//! The quantile is Wichura's AS 241 (*Applied Statistics* 37, 1988), accurate to 16 digits. The
//! [`excess`] of a normal quantity over a cut is computed separately. The positive normal and every
//! conditional draw need it far into the tail, where the probabilities underflow but their ratio
//! (Mills's) does not.
//!
//! ```
//! use voronka::random::families::{Family, Normal};
//! let noise = Normal::new(0.0, 1.0)?;
//! assert!((noise.quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-12);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use std::f64::consts::{FRAC_1_SQRT_2, PI};

use libm::{erfc, exp, log, log1p};

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// The normal distribution with this mean and standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    /// Returns the distribution with this mean and standard deviation.
    pub fn new(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        check::finite("mean", mean)?;
        check::moments(Self { mean, sd: check::positive("sd", sd)? })
    }

    fn standardized(&self, x: f64) -> f64 {
        (x - self.mean) / self.sd
    }
}

impl Family for Normal {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.sd * self.sd
    }

    fn third_moment(&self) -> f64 {
        self.mean * self.mean * self.mean + 3.0 * self.mean * self.sd * self.sd
    }

    fn minimum(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn cdf(&self, x: f64) -> f64 {
        cdf(self.standardized(x))
    }

    fn survival(&self, x: f64) -> f64 {
        cdf(-self.standardized(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        self.mean + self.sd * quantile(p)
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        self.mean - self.sd * quantile(q)
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        elapsed + self.sd * excess(self.standardized(elapsed), p)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        Distribution::Normal(Self { mean: self.mean * factor, sd: self.sd * factor })
    }
}

/// Returns the probability of a standard normal value of at most `z`.
pub(super) fn cdf(z: f64) -> f64 {
    0.5 * erfc(-z * FRAC_1_SQRT_2)
}

/// Returns the density of the standard normal.
pub(super) fn density(z: f64) -> f64 {
    exp(-z * z / 2.0) / (2.0 * PI).sqrt()
}

/// Numerators and denominators of AS 241, constant term first: centre, tail, far tail.
#[expect(clippy::unreadable_literal, clippy::excessive_precision, reason = "Wichura's digits")]
const AS_241: [[[f64; 8]; 2]; 3] = [
    [
        [
            3.3871328727963666,
            133.14166789178438,
            1971.5909503065514,
            13731.693765509461,
            45921.953931549871,
            67265.770927008701,
            33430.575583588128,
            2509.0809287301227,
        ],
        [
            1.0,
            42.313330701600911,
            687.18700749205791,
            5394.1960214247511,
            21213.794301586596,
            39307.895800092711,
            28729.085735721943,
            5226.4952788528545,
        ],
    ],
    [
        [
            1.4234371107496836,
            4.6303378461565453,
            5.7694972214606914,
            3.6478483247632046,
            1.2704582524523684,
            0.24178072517745061,
            0.022723844989269185,
            0.00077454501427834141,
        ],
        [
            1.0,
            2.0531916266377588,
            1.6763848301838038,
            0.68976733498510000,
            0.14810397642748007,
            0.015198666563616457,
            0.00054759380849953450,
            1.0507500716444168e-9,
        ],
    ],
    [
        [
            6.6579046435011038,
            5.4637849111641144,
            1.7848265399172913,
            0.29656057182850489,
            0.026532189526576123,
            0.0012426609473880784,
            2.7115555687434876e-5,
            2.0103343992922881e-7,
        ],
        [
            1.0,
            0.59983220655588794,
            0.13692988092273581,
            0.014875361290850615,
            0.00078686913114561326,
            1.8463183175100547e-5,
            1.4215117583164459e-7,
            2.0442631033899397e-15,
        ],
    ],
];

/// Returns the standard normal quantile at `p`.
pub(super) fn quantile(p: f64) -> f64 {
    let centred = p - 0.5;
    if centred.abs() <= 0.425 {
        return centred * rational(AS_241[0], 0.180_625 - centred * centred);
    }
    let tail = if centred < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if centred < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let reach = (-log(tail)).sqrt();
    let z = if reach <= 5.0 {
        rational(AS_241[1], reach - 1.6)
    } else {
        rational(AS_241[2], reach - 5.0)
    };
    if centred < 0.0 { -z } else { z }
}

fn rational([numerator, denominator]: [[f64; 8]; 2], x: f64) -> f64 {
    let value = |terms: [f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * x + term);
    value(numerator) / value(denominator)
}

/// Cuts above this are in the tail, where the continued fraction of Mills's ratio converges fast.
const TAIL: f64 = 5.0;

/// Below this excess (times the cut, if that is large) the series converges fast.
const NEAR: f64 = 0.1;

/// The hazard of the standard normal at a cut, and the moments of the excess over it.
pub(super) struct Mills {
    /// Density over survival at the cut: 1 / Mills's ratio.
    pub(super) hazard: f64,
    /// `hazard - cut`: the mean excess over the cut.
    pub(super) mean_excess: f64,
    /// Variance of the excess.
    pub(super) variance: f64,
}

impl Mills {
    /// Returns the hazard at `cut` and the moments above it without cancellation.
    ///
    /// Laplace's continued fraction (DLMF 7.9.3): `hazard = x + 1 / (x + 2 / (x + 3 / ...))`.
    pub(super) fn at(cut: f64) -> Self {
        if cut > TAIL {
            let third = (3..80).rev().fold(cut, |rest, term| cut + f64::from(term) / rest);
            let second = 2.0 / third;
            let mean_excess = 1.0 / (cut + second);
            let variance = mean_excess * (second - mean_excess);
            Self { hazard: cut + mean_excess, mean_excess, variance }
        } else {
            let hazard = density(cut) / cdf(-cut);
            let mean_excess = hazard - cut;
            Self { hazard, mean_excess, variance: 1.0 - hazard * mean_excess }
        }
    }
}

/// Returns the quantile at `p` of the excess of a standard normal value over `cut`.
pub(super) fn excess(cut: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    let straight = p / Mills::at(cut).hazard;
    if straight * cut.abs().max(1.0) < NEAR {
        near_excess(cut, straight)
    } else if cut > TAIL {
        tail_excess(cut, log1p(-p))
    } else {
        let alive = cdf(-cut);
        let beyond = alive * (1.0 - p);
        if beyond < 0.5 { -quantile(beyond) - cut } else { quantile(cdf(cut) + alive * p) - cut }
    }
}

/// Returns [`excess`] at `1 - q`.
pub(super) fn excess_upper(cut: f64, q: f64) -> f64 {
    let beyond = q * cdf(-cut);
    if q > 0.5 {
        excess(cut, 1.0 - q)
    } else if cut > TAIL {
        tail_excess(cut, log(q))
    } else if beyond < 0.5 {
        -quantile(beyond) - cut
    } else {
        quantile(1.0 - beyond) - cut
    }
}

/// Returns the probability of an [`excess`] of at most `reach`; accurate even if it is tiny.
pub(super) fn excess_cdf(cut: f64, reach: f64) -> f64 {
    if reach * cut.abs().max(1.0) < NEAR {
        Mills::at(cut).hazard * near_area(cut, reach).integral
    } else if cut < 0.0 {
        (cdf(cut + reach) - cdf(cut)) / cdf(-cut)
    } else {
        1.0 - excess_survival(cut, reach)
    }
}

/// Returns the probability of an [`excess`] above `reach`.
pub(super) fn excess_survival(cut: f64, reach: f64) -> f64 {
    if cut < 0.0 {
        return cdf(-cut - reach) / cdf(-cut);
    }
    let ratio = Mills::at(cut).hazard / Mills::at(cut + reach).hazard;
    exp(-reach * (cut + reach / 2.0)) * ratio
}

/// Solves `∫ exp(-cut s - s²/2) ds = area` over `0..d` for a small `d`, by Newton's method.
fn near_excess(cut: f64, area: f64) -> f64 {
    let mut reach = area;
    for _ in 0..6 {
        let Area { integral, density } = near_area(cut, reach);
        let step = (integral - area) / density;
        reach -= step;
        if step.abs() <= 1e-10 * reach {
            break;
        }
    }
    reach
}

/// The integral of `exp(-cut s - s²/2)` up to some point, and the integrand there.
struct Area {
    integral: f64,
    density: f64,
}

/// Integrates over a short interval by the Taylor series, without subtracting probabilities.
///
/// The coefficients are Hermite polynomials at the cut (DLMF 18.12.16).
fn near_area(cut: f64, reach: f64) -> Area {
    let (mut previous, mut term, mut power) = (0.0, 1.0, 1.0);
    let mut area = Area { integral: 0.0, density: 0.0 };
    for n in 1..=16 {
        area.density += term * power;
        power *= reach;
        area.integral += term * power / f64::from(n);
        (previous, term) = (term, -(cut * term + previous) / f64::from(n));
    }
    area
}

/// Solves `ln(survival(cut + d) / survival(cut)) = log_survival` for `d`, by Newton's method.
///
/// The logarithm is concave in `d`, so the method converges from any start.
fn tail_excess(cut: f64, log_survival: f64) -> f64 {
    let start = Mills::at(cut).hazard;
    let mut reach = -2.0 * log_survival / (cut + (cut * cut - 2.0 * log_survival).sqrt());
    if !reach.is_finite() {
        return reach;
    }
    for _ in 0..30 {
        let here = Mills::at(cut + reach).hazard;
        let log_ratio = -reach * (cut + reach / 2.0) - log(here / start);
        let step = (log_ratio - log_survival) / here;
        reach += step;
        if step.abs() <= 1e-10 * reach {
            break;
        }
    }
    reach
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_agree_with_printed_values_in_both_tails() {
        for (p, z) in [
            (1e-300, -37.047_096_299_361_2),
            (1e-20, -9.262_340_089_798_408),
            (1e-3, -3.090_232_306_167_813_5),
            (0.9, 1.281_551_565_544_600_4),
            (0.5, 0.0),
        ] {
            assert!((quantile(p) - z).abs() < 1e-13 * (1.0 + z.abs()), "{p}");
        }
    }

    #[test]
    fn the_ends_are_infinite() {
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn an_excess_turns_back_into_its_probability_at_every_cut() {
        for cut in [-30.0, -8.0, -3.0, -0.5, 0.0, 1.0, 4.9, 5.1, 12.0, 30.0] {
            for p in [1e-12, 1e-6, 0.01, 0.3, 0.6, 0.99] {
                let reach = excess(cut, p);
                let back = excess_cdf(cut, reach);
                assert!((back / p - 1.0).abs() < 1e-12, "cut {cut}, p {p}, back {back}");
            }
        }
    }

    #[test]
    fn both_sides_of_an_excess_agree_far_into_the_tail() {
        for cut in [-8.0, 0.0, 4.9, 5.1, 30.0] {
            assert!((excess(cut, 0.7) / excess_upper(cut, 0.3) - 1.0).abs() < 1e-12);
        }
        assert!((excess_upper(-100.0, 1e-20) - 100.0 - 9.262_340_089_798_408).abs() < 1e-12);
    }

    #[test]
    fn far_in_the_tail_the_excess_is_exponential() {
        let far = Mills::at(1e6);
        assert!((far.mean_excess * 1e6 - 1.0).abs() < 1e-9);
        assert!((far.variance * 1e12 - 1.0).abs() < 1e-9);
        assert!((excess(1e6, 0.5) * 1e6 - std::f64::consts::LN_2).abs() < 1e-9);
    }

    #[test]
    fn the_moments_of_the_excess_do_not_jump_where_their_formula_changes() {
        let [below, above] = [TAIL, TAIL + 1e-12].map(Mills::at);
        assert!((below.variance / above.variance - 1.0).abs() < 1e-10);
    }
}
