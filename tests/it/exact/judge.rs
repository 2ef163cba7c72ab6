//! The rule of agreement: a result must agree with the exact value and be precise enough.
//!
//! Agreement: the distance from the reference is at most the critical value at [`ALPHA`]. Means are
//! judged by Student's t over replications, counts by the exact binomial tail, standard deviations
//! and ratios by the interval that the program reports at that level (the delta method over
//! replications). Precision: the half-width at that critical value is at most 2 % of a mean, 5 % of
//! a standard deviation, 3 % of a quantile, and the larger of 0.005 and 5 % of a probability. A
//! result that agrees without being precise is *inconclusive*, which does not pass.

use statrs::function::gamma::ln_gamma;
use voronka::stats::{normal_quantile, t_quantile};

use super::converter::{Kind, Quantity};

/// An upper bound of the number of quantities judged by all tests of this suite.
const FAMILY: f64 = 400.0;

/// The false-alarm rate of one quantity, so that the whole suite has 10^-6.
pub(super) const ALPHA: f64 = 1e-6 / FAMILY;

/// The simulated result.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// `k` of `n` independent deals; the exact share is `p`.
    Counted { k: u64, n: u64, p: f64 },
    /// One unbiased value per replication.
    Replicated(Vec<f64>),
    /// An estimate with its half-width at [`ALPHA`], and its rounding error.
    Reported { value: f64, half_width: f64, resolution: f64 },
    /// A value without randomness.
    Certain(f64),
}

/// Whether a result agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Pass,
    Fail,
    Inconclusive,
}

/// Judges one result.
pub(super) fn judge(quantity: &Quantity, found: &Found) -> Verdict {
    match found {
        Found::Counted { k, n, p } => judge_count(*k, *n, *p, quantity.abs_err),
        Found::Replicated(values) => {
            let count = values.len() as f64;
            if count < 100.0 {
                return Verdict::Inconclusive; // t from few replications needs normal values
            }
            let mean = values.iter().sum::<f64>() / count;
            let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
            let error = (squares / (count - 1.0) / count).sqrt();
            let half_width = t_quantile(1.0 - ALPHA / 2.0, count - 1.0) * error;
            judge_interval(quantity, mean, half_width, 0.0)
        }
        Found::Reported { value, half_width, resolution } => {
            judge_interval(quantity, *value, *half_width, *resolution)
        }
        Found::Certain(value) => {
            let tolerance = 1e-9 * quantity.value.abs() + quantity.abs_err;
            either((value - quantity.value).abs() <= tolerance, Verdict::Pass)
        }
    }
}

fn judge_interval(quantity: &Quantity, value: f64, half_width: f64, resolution: f64) -> Verdict {
    let size = quantity.value.abs();
    let needed = match quantity.kind {
        Kind::Mean => 0.02 * size,
        Kind::Var => 0.05 * size,
        Kind::Quantile => 0.03 * size,
        Kind::Prob => f64::max(0.005, 0.05 * size),
    };
    let precise = half_width <= needed + 1e-15;
    let agrees = (value - quantity.value).abs() <= half_width + resolution + quantity.abs_err;
    either(agrees, if precise { Verdict::Pass } else { Verdict::Inconclusive })
}

fn judge_count(k: u64, n: u64, p: f64, error: f64) -> Verdict {
    if n == 0 {
        return Verdict::Inconclusive;
    }
    let share = k as f64 / n as f64;
    let (low, high) = ((p - error).max(0.0), (p + error).min(1.0));
    let tail = if share < low {
        at_most(k, n, low)
    } else if share > high {
        at_most(n - k, n, 1.0 - high)
    } else {
        0.5
    };
    let half_width =
        normal_quantile(1.0 - ALPHA / 2.0) * ((p * (1.0 - p)).max(1e-12) / n as f64).sqrt();
    let precise = half_width <= f64::max(0.005, 0.05 * p);
    either(2.0 * tail >= ALPHA, if precise { Verdict::Pass } else { Verdict::Inconclusive })
}

fn either(agrees: bool, verdict: Verdict) -> Verdict {
    if agrees { verdict } else { Verdict::Fail }
}

/// `P(X <= k)` of a binomial with `k` below its mean. The terms decrease from `k` down, so they are
/// summed until they add nothing (a continued fraction would need more terms than libraries allow).
fn at_most(k: u64, n: u64, p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return if p <= 0.0 { 1.0 } else { 0.0 };
    }
    let (k, n) = (k as f64, n as f64);
    let log = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
        + k * p.ln()
        + (n - k) * (-p).ln_1p();
    let (mut term, mut total, mut at) = (log.exp(), 0.0, k);
    while term > 0.0 && total + term > total {
        total += term;
        term *= at / (n - at + 1.0) * (1.0 - p) / p;
        at -= 1.0;
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(kind: Kind, value: f64) -> Quantity {
        Quantity { name: String::new(), value, kind, abs_err: 0.0 }
    }

    #[test]
    fn binomial_tails_are_exact() {
        // P(X <= 2) of 10 at 0.5 is (1 + 10 + 45) / 1024.
        assert!((at_most(2, 10, 0.5) - 56.0 / 1024.0).abs() < 1e-14);
        // Of 10^6 at 0.3, 5 standard deviations below: near Φ(−5) = 2.87e-7.
        let tail = at_most(297_709, 1_000_000, 0.3);
        assert!((2.7e-7..3.1e-7).contains(&tail), "{tail}");
    }

    #[test]
    fn a_share_that_is_off_by_half_a_percent_point_fails() {
        let wanted = quantity(Kind::Prob, 0.4);
        let found = |k| Found::Counted { k, n: 1_000_000, p: 0.4 };
        assert_eq!(judge(&wanted, &found(400_300)), Verdict::Pass);
        assert_eq!(judge(&wanted, &found(405_000)), Verdict::Fail);
        assert_eq!(judge(&wanted, &found(395_000)), Verdict::Fail);
    }

    #[test]
    fn a_mean_that_is_two_percent_too_long_fails() {
        // Two hundred values with mean `m` and standard deviation 0.2.
        let values = |m: f64| -> Vec<f64> {
            (0..200).map(|at| if at % 2 == 0 { m + 0.2 } else { m - 0.2 }).collect()
        };
        let wanted = quantity(Kind::Mean, 10.0);
        assert_eq!(judge(&wanted, &Found::Replicated(values(10.01))), Verdict::Pass);
        assert_eq!(judge(&wanted, &Found::Replicated(values(10.2))), Verdict::Fail);
        assert_eq!(judge(&wanted, &Found::Replicated(values(9.8))), Verdict::Fail);
    }

    #[test]
    fn agreement_without_precision_does_not_pass() {
        let wanted = quantity(Kind::Prob, 0.5);
        let found = Found::Counted { k: 500, n: 1000, p: 0.5 };
        assert_eq!(judge(&wanted, &found), Verdict::Inconclusive);
        let wanted = quantity(Kind::Var, 1.0);
        let found = Found::Reported { value: 1.0, half_width: 0.06, resolution: 0.0 };
        assert_eq!(judge(&wanted, &found), Verdict::Inconclusive);
    }
}
