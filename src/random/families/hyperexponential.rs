//! Hyperexponential: a mixture of exponentials, as when a few customers take far longer.
//!
//! The hazard decreases, so the survival function is log-convex and the distribution function
//! concave: Newton's method from the left reaches any quantile without overshooting. The
//! conditional distribution given an elapsed time is in the family too, with other shares.
//!
//! ```
//! use voronka::random::families::{Family, Hyperexponential};
//! let talk = Hyperexponential::new(&[0.9, 0.1], &[5.0, 60.0])?;
//! assert!((talk.mean() - 10.5).abs() < 1e-12);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use libm::{exp, expm1, log};

use super::{Exponential, Family, check};
use crate::random::distribution::{BadDistribution, Distribution};
use crate::random::inverse::Inverse;

/// A mixture of exponential waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Hyperexponential {
    phases: Vec<Phase>,
}

/// One of the exponentials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phase {
    /// Probability of this phase.
    pub share: f64,
    /// Its mean.
    pub mean: f64,
}

impl Phase {
    /// Compiles this phase on its own.
    pub(in crate::random) fn inverse(&self) -> Inverse {
        Inverse::table(&Exponential::of_checked(self.mean))
    }
}

impl Hyperexponential {
    /// Returns the distribution with these shares and means; phases with share 0 are dropped.
    pub fn new(shares: &[f64], means: &[f64]) -> Result<Self, BadDistribution> {
        check::same_length(("shares", shares.len()), ("means", means.len()))?;
        let sum = check::shares(shares.iter().copied())?;
        let mut phases = Vec::with_capacity(means.len());
        for (&share, &mean) in shares.iter().zip(means) {
            let mean = check::positive("means", mean)?;
            if share > 0.0 {
                phases.push(Phase { share: share / sum, mean });
            }
        }
        check::moments(Self { phases })
    }

    /// Returns the phases with a positive share.
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// Returns the mean of the phases if all have the same.
    #[expect(clippy::float_cmp, reason = "only equal means are one exponential")]
    pub(in crate::random) fn single_mean(&self) -> Option<f64> {
        let mean = self.phases.first()?.mean;
        self.phases.iter().all(|phase| phase.mean == mean).then_some(mean)
    }

    fn sum(&self, term: impl Fn(&Phase) -> f64) -> f64 {
        self.phases.iter().map(term).sum()
    }

    fn density(&self, x: f64) -> f64 {
        self.sum(|phase| phase.share / phase.mean * exp(-x / phase.mean))
    }
}

impl Family for Hyperexponential {
    fn mean(&self) -> f64 {
        self.sum(|phase| phase.share * phase.mean)
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.sum(|phase| {
            let apart = phase.mean - mean;
            phase.share * (phase.mean * phase.mean + apart * apart)
        })
    }

    fn third_moment(&self) -> f64 {
        self.sum(|phase| 6.0 * phase.share * phase.mean * phase.mean * phase.mean)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.sum(|phase| -phase.share * expm1(-x.max(0.0) / phase.mean))
    }

    fn survival(&self, x: f64) -> f64 {
        self.sum(|phase| phase.share * exp(-x.max(0.0) / phase.mean))
    }

    fn quantile(&self, p: f64) -> f64 {
        if p > 0.5 {
            return self.quantile_upper(1.0 - p);
        }
        climb(0.0, |x| (p - self.cdf(x)) / self.density(x))
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        if q > 0.5 {
            return self.quantile(1.0 - q);
        }
        if q <= 0.0 {
            return f64::INFINITY;
        }
        // Each phase alone is below the whole survival function, so its quantile is a start on the
        // left.
        let alone = self.phases.iter().map(|phase| phase.mean * log(phase.share / q));
        climb(alone.fold(0.0, f64::max), |x| {
            let alive = self.survival(x);
            log(alive / q) * alive / self.density(x)
        })
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        let longest = self.phases.iter().map(|phase| phase.mean).fold(0.0, f64::max);
        // Survival relative to that of the longest phase, which does not underflow.
        let alive = |phase: &Phase| {
            phase.share * exp(-elapsed * (longest - phase.mean) / (phase.mean * longest))
        };
        let sum = self.sum(alive);
        let phases =
            self.phases.iter().map(|phase| Phase { share: alive(phase) / sum, ..*phase }).collect();
        elapsed + Self { phases }.quantile(p)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        let longer = |phase: &Phase| Phase { mean: phase.mean * factor, ..*phase };
        Distribution::Hyperexponential(Self { phases: self.phases.iter().map(longer).collect() })
    }
}

/// Runs Newton's method upwards from a start on the left until it no longer increases.
fn climb(start: f64, step: impl Fn(f64) -> f64) -> f64 {
    let mut x = start;
    for _ in 0..500 {
        let next = x + step(x);
        if next <= x || next.is_nan() {
            break;
        }
        let moved = next - x;
        x = next;
        if moved <= 1e-9 * x {
            // Newton's error is squared at each step, so a further step would change nothing.
            x += step(x);
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moments_are_those_of_the_mixture() {
        let talk = Hyperexponential::new(&[0.9, 0.1], &[5.0, 60.0]).unwrap();
        let second = 2.0 * (0.9 * 25.0 + 0.1 * 3600.0);
        assert!((talk.variance() - (second - 10.5 * 10.5)).abs() < 1e-10);
    }

    #[test]
    fn quantiles_hold_even_where_one_phase_is_a_million_times_the_other() {
        let talk = Hyperexponential::new(&[0.9, 0.1], &[1.0, 1e6]).unwrap();
        for q in [1e-15, 0.01, 0.0999, 0.0999_999, 0.1, 0.100_001, 0.2, 0.49, 0.7, 0.999] {
            let x = talk.quantile_upper(q);
            assert!((talk.survival(x) / q - 1.0).abs() < 1e-12, "{q}");
        }
    }

    #[test]
    fn after_a_long_time_only_the_longest_phase_is_left() {
        let talk = Hyperexponential::new(&[0.9, 0.1], &[1.0, 2.0]).unwrap();
        let rest = talk.quantile_given(1e5, 0.5) - 1e5;
        assert!((rest - 2.0 * std::f64::consts::LN_2).abs() < 1e-9);
    }

    #[test]
    fn shares_must_add_up_and_lists_must_match() {
        assert_eq!(
            Hyperexponential::new(&[0.5, 0.4], &[1.0, 2.0]),
            Err(BadDistribution::SharesSum { sum: 0.9 })
        );
        assert_eq!(
            Hyperexponential::new(&[1.0], &[1.0, 2.0]),
            Err(BadDistribution::LengthsDiffer {
                first: "shares",
                first_length: 1,
                second: "means",
                second_length: 2
            })
        );
        assert_eq!(
            Hyperexponential::new(&[], &[]),
            Err(BadDistribution::Empty { parameter: "shares" })
        );
    }
}
