//! Incomplete gamma and beta functions as logarithms of a tail, and the search for their inverse.
//!
//! They are written here because draws must not depend on the machine, and `statrs` calls the
//! system's `ln` and `exp`; the tests compare with it. Both functions are distribution functions of
//! a quantity with a log-concave density in a suitable variable (`u = ln x` for gamma, the log-odds
//! for beta). So either tail is log-concave in `u` too, and Newton's method on the logarithm of the
//! tail always converges.
//!
//! Sources: DLMF 8.7.1, 8.9.2, 8.17.22 (series, fractions); Temme's expansion for large shapes as
//! in Gil, Segura and Temme, *SIAM J. Sci. Comput.* 34 (2012); Loader's densities (2000).

use std::f64::consts::PI;

use libm::{erfc, exp, lgamma, log, log1p};

/// The end of the distribution from which a probability is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// From the lower end.
    Lower,
    /// From the upper end.
    Upper,
}

/// A tail probability at a point `u`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    /// Logarithm of the probability.
    pub(super) log: f64,
    /// The absolute derivative of that logarithm by `u`.
    pub(super) slope: f64,
}

impl Tail {
    /// Returns the tail that is `ratio` times the density at `u`.
    fn from_ratio(log_density: f64, ratio: f64) -> Self {
        Self { log: log_density + log(ratio), slope: 1.0 / ratio }
    }

    /// Returns the other tail.
    fn complement(log_density: f64, ratio: f64) -> Self {
        let rest = (-ratio * exp(log_density)).max(-1.0);
        Self { log: log1p(rest), slope: exp(log_density) / (1.0 + rest) }
    }

    /// Returns the probability.
    pub(super) fn probability(self) -> f64 {
        exp(self.log).min(1.0)
    }
}

/// Finds the `u` at which the logarithm of a log-concave tail is `target`, starting from a guess.
pub(super) fn solve(side: Side, target: f64, guess: f64, tail: impl Fn(f64) -> Tail) -> f64 {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut u = guess;
    for _ in 0..200 {
        let Tail { log, slope } = tail(u);
        let gap = log - target;
        let too_far = if side == Side::Lower { gap > 0.0 } else { gap < 0.0 };
        if too_far {
            high = high.min(u);
        } else {
            low = low.max(u);
        }
        let step = if side == Side::Lower { -gap / slope } else { gap / slope };
        // Newton's error is squared at each step, so the point after such a small step is exact.
        if step.abs() <= 1e-9 {
            return u + step;
        }
        let newton = u + step;
        u = if newton > low && newton < high && newton.is_finite() {
            newton
        } else if low.is_finite() && high.is_finite() {
            f64::midpoint(low, high)
        } else if too_far {
            u - 1.0 - u.abs()
        } else {
            u + 1.0 + u.abs()
        };
    }
    u
}

/// From this shape on Stirling's series is accurate to the last digit.
const LARGE: f64 = 12.0;

/// Returns a tail of the standard gamma distribution at `x = exp(u)`.
pub(super) fn gamma_tail(shape: f64, side: Side, x: f64, u: f64) -> Tail {
    let log_density = if shape < LARGE {
        shape * u - x - lgamma(shape)
    } else {
        0.5 * log(shape / (2.0 * PI)) - shape * gap_of_log((x - shape) / shape) - stirling(shape)
    };
    let ratio_to_shape = x / shape;
    if shape >= LARGE && (0.3..2.35).contains(&ratio_to_shape) {
        let half_square = gap_of_log((x - shape) / shape);
        if shape * half_square < 500.0 {
            return temme(shape, side, x, half_square, log_density);
        }
    }
    if x < shape + 1.0 {
        let ratio = gamma_series(shape, x);
        match side {
            Side::Lower => Tail::from_ratio(log_density, ratio),
            Side::Upper => Tail::complement(log_density, ratio),
        }
    } else {
        let ratio = gamma_fraction(shape, x);
        match side {
            Side::Lower => Tail::complement(log_density, ratio),
            Side::Upper => Tail::from_ratio(log_density, ratio),
        }
    }
}

/// Lower tail over density: `Σ x^n / (shape (shape + 1) ... (shape + n))`.
fn gamma_series(shape: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut below) = (1.0 / shape, 1.0 / shape, shape);
    for _ in 0..100_000 {
        below += 1.0;
        term *= x / below;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum
}

/// Upper tail over density, by Lentz's evaluation of Legendre's continued fraction.
#[expect(clippy::many_single_char_names, reason = "Lentz's own names")]
fn gamma_fraction(shape: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (f64::INFINITY, 1.0 / b);
    let mut value = d;
    for n in 1..100_000 {
        let n = f64::from(n);
        let a = n * (shape - n);
        b += 2.0;
        d = 1.0 / (b + a * d);
        c = b + a / c;
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// Taylor coefficients of `η / μ(η)` with `η²/2 = μ - ln(1 + μ)`; Temme's expansion needs no
/// others.
const TEMME: [f64; 27] = [
    1.0,
    -0.333_333_333_333_333_3,
    0.083_333_333_333_333_33,
    -0.014_814_814_814_814_815,
    0.001_157_407_407_407_407_4,
    3.527_336_860_670_194e-4,
    -1.787_551_440_329_218e-4,
    3.919_263_178_522_438e-5,
    -2.185_448_510_679_992e-6,
    -1.854_062_210_715_16e-6,
    8.296_711_340_953_086e-7,
    -1.766_595_273_682_608e-7,
    6.707_853_543_401_499e-9,
    1.026_180_978_424_030_8e-8,
    -4.382_036_018_453_353e-9,
    9.147_699_758_223_679e-10,
    -2.551_419_399_494_625e-11,
    -5.830_772_132_550_425e-11,
    2.436_194_802_066_741_6e-11,
    -5.027_669_280_114_176e-12,
    1.100_439_203_195_613_5e-13,
    3.371_763_262_400_985_4e-13,
    -1.392_388_722_418_162e-13,
    2.853_489_380_704_744_3e-14,
    -5.139_111_834_242_573e-16,
    -1.975_228_829_434_944_3e-15,
    8.099_521_156_704_561e-16,
];

/// Temme's uniform expansion: a normal tail plus a correction.
fn temme(shape: f64, side: Side, x: f64, half_square: f64, log_density: f64) -> Tail {
    let exponent = shape * half_square;
    let eta = if x < shape { -(2.0 * half_square).sqrt() } else { (2.0 * half_square).sqrt() };
    let mut terms = [0.0; 26];
    terms[25] = TEMME[26];
    terms[24] = TEMME[25];
    for m in (1..25).rev() {
        terms[m - 1] = TEMME[m] + (m + 1) as f64 * terms[m + 1] / shape;
    }
    let sum = terms.iter().rev().fold(0.0, |sum, term| sum * eta + term);
    let correction = sum / (1.0 + terms[1] / shape);
    let correction = exp(-exponent) / (2.0 * PI * shape).sqrt() * correction;
    let root = if x < shape { -exponent.sqrt() } else { exponent.sqrt() };
    let probability = match side {
        Side::Lower => 0.5 * erfc(-root) - correction,
        Side::Upper => 0.5 * erfc(root) + correction,
    };
    Tail { log: log(probability), slope: exp(log_density) / probability }
}

/// Returns `m - ln(1 + m)`; accurate even if the two nearly cancel.
fn gap_of_log(m: f64) -> f64 {
    if m.abs() > 0.4 {
        return m - log1p(m);
    }
    // ln(1 + m) = 2 artanh(r), and m - 2r = r m.
    let r = m / (2.0 + m);
    let (mut power, mut sum) = (r * r * r, 0.0);
    let mut odd = 3.0;
    while power.abs() > 1e-18 * r.abs() * m.abs() {
        sum += power / odd;
        power *= r * r;
        odd += 2.0;
    }
    r * m - 2.0 * sum
}

/// Returns the remainder of Stirling's formula for `ln Γ(a)` (DLMF 5.11.1), for a large `a`.
fn stirling(a: f64) -> f64 {
    const TERMS: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1_260.0,
        -1.0 / 1_680.0,
        1.0 / 1_188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    TERMS.iter().rev().fold(0.0, |sum, term| sum / (a * a) + term) / a
}

/// Returns the logarithm of the beta function.
pub(super) fn log_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large < LARGE {
        return lgamma(a) + lgamma(b) - lgamma(a + b);
    }
    // ln Γ(large) - ln Γ(large + small), without subtracting large terms.
    let sum = small + large;
    let fall = small - (large - 0.5) * log1p(small / large) - small * log(sum);
    lgamma(small) + fall + stirling(large) - stirling(sum)
}

/// Returns a tail of the standard beta distribution at log-odds `u`.
#[expect(clippy::many_single_char_names, reason = "the names of the formula")]
pub(super) fn beta_tail(a: f64, b: f64, side: Side, u: f64) -> Tail {
    let softened = log1p(exp(-u.abs()));
    let (log_x, log_y) =
        if u < 0.0 { (u - softened, -softened) } else { (-softened, -u - softened) };
    let (x, y) = (exp(log_x), exp(log_y));
    let sum = a + b;
    let log_density = if a.min(b) < LARGE {
        a * log_x + b * log_y - log_beta(a, b)
    } else {
        let gap = a * gap_of_log((sum * x - a) / a) + b * gap_of_log((sum * y - b) / b);
        let rest = stirling(sum) - stirling(a) - stirling(b);
        0.5 * log(a / sum * (b / (2.0 * PI))) - gap + rest
    };
    let from_below = x < (a + 1.0) / (sum + 2.0);
    let ratio = if from_below { beta_fraction(a, b, x) } else { beta_fraction(b, a, y) };
    if from_below == (side == Side::Lower) {
        Tail::from_ratio(log_density, ratio)
    } else {
        Tail::complement(log_density, ratio)
    }
}

/// Lower tail over density, by Lentz's evaluation of DLMF 8.17.22.
#[expect(clippy::many_single_char_names, reason = "Lentz's own names")]
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let (mut c, mut d) = (1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        value *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value / a
}

/// Returns the log-odds at which a tail of the standard beta distribution is `probability`.
pub(super) fn beta_log_odds(a: f64, b: f64, side: Side, probability: f64) -> f64 {
    if side == Side::Upper {
        // The upper tail is the lower tail of the mirrored distribution.
        return -beta_log_odds(b, a, Side::Lower, probability);
    }
    let target = log(probability);
    // Near the lower end I(x) = x^a / (a B) (1 + ...), and likewise near the upper end.
    let from_below = (target + log(a) + log_beta(a, b)) / a;
    let guess = if a > 1.0 && b > 1.0 {
        let spread = (1.0 / (a - 0.5) + 1.0 / (b - 0.5)).sqrt();
        log((a - 0.5) / (b - 0.5)) + spread * super::normal::quantile(probability)
    } else if from_below < -1.0 {
        from_below
    } else {
        let from_above = (log1p(-probability) + log(b) + log_beta(a, b)) / b;
        if from_above < -1.0 { -from_above } else { 0.0 }
    };
    solve(side, target, guess, |u| beta_tail(a, b, side, u))
}

/// Returns `ln x` at which a tail of the standard gamma distribution is `probability`.
pub(super) fn gamma_log_quantile(shape: f64, side: Side, probability: f64) -> f64 {
    let z = super::normal::quantile(probability);
    let z = if side == Side::Lower { z } else { -z };
    // Wilson and Hilferty: the cube root is nearly normal.
    let root = 1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt());
    let lower = if side == Side::Lower { log(probability) } else { log1p(-probability) };
    // Near the lower end P(x) = x^shape / Γ(shape + 1) (1 - ...).
    let from_below = (lower + lgamma(shape + 1.0)) / shape;
    let guess = if shape > 1.0 && root > 0.3 {
        log(shape) + 3.0 * log(root)
    } else if side == Side::Upper && probability < 0.1 {
        log((-log(probability)).max(shape))
    } else {
        from_below
    };
    let target = log(probability);
    if guess < -700.0 {
        return guess;
    }
    solve(side, target, guess, |u| gamma_tail(shape, side, exp(u), u))
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::{beta, gamma};

    #[test]
    fn both_gamma_tails_agree_with_statrs() {
        for shape in [0.05, 0.7, 1.0, 3.5, 11.9, 12.1, 80.0, 900.0] {
            for ratio in [1e-3, 0.1, 0.5, 0.9, 1.0, 1.1, 1.7, 2.5, 6.0] {
                let x: f64 = shape * ratio;
                let lower = gamma_tail(shape, Side::Lower, x, x.ln()).probability();
                let upper = gamma_tail(shape, Side::Upper, x, x.ln()).probability();
                assert!((lower + upper - 1.0).abs() < 1e-12);
                let expected = gamma::gamma_lr(shape, x);
                assert!((lower - expected).abs() < 1e-9 * expected + 1e-15, "{shape} {x}");
                let expected = gamma::gamma_ur(shape, x);
                assert!((upper - expected).abs() < 1e-9 * expected + 1e-15, "{shape} {x}");
            }
        }
    }

    #[test]
    fn both_beta_tails_agree_with_statrs() {
        for (a, b) in [(0.3, 0.6), (1.0, 5.0), (2.5, 2.5), (20.0, 3.0), (40.0, 90.0)] {
            for x in [1e-4, 0.05, 0.3, 0.5, 0.8, 0.99f64] {
                let odds = (x / (1.0 - x)).ln();
                let lower = beta_tail(a, b, Side::Lower, odds).probability();
                let upper = beta_tail(a, b, Side::Upper, odds).probability();
                assert!((lower + upper - 1.0).abs() < 1e-12);
                let expected = beta::beta_reg(a, b, x);
                assert!((lower - expected).abs() < 1e-9 * expected, "{a} {b} {x}");
            }
        }
    }

    #[test]
    fn the_gap_of_the_logarithm_does_not_jump_where_its_formula_changes() {
        for m in [-0.4f64, 0.4] {
            let direct = m - m.ln_1p();
            assert!((gap_of_log(m) / direct - 1.0).abs() < 1e-14);
        }
        assert!((gap_of_log(1e-8) / 5e-17 - 1.0).abs() < 1e-7);
    }
}
