//! Mixture: one of several distributions, chosen by its share.
//!
//! Parts may be of any family, including constants and mixtures. The distribution function is the
//! weighted sum. Its inverse is found by bisection, which makes no assumptions on the parts and so
//! also handles the jumps of constants.
//!
//! ```
//! use voronka::random::distribution::Distribution;
//! use voronka::random::families::{Family, Mixture};
//! let reply = Mixture::new(vec![
//!     (0.7, Distribution::Constant(1.0)),
//!     (0.3, Distribution::exponential(10.0)?),
//! ])?;
//! assert!((reply.mean() - 3.7).abs() < 1e-12);
//! assert_eq!(reply.quantile(0.6), 1.0);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A mixture of distributions.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    parts: Vec<Part>,
}

/// A distribution and its share.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Probability of this part; greater than zero.
    pub share: f64,
    /// The distribution.
    pub distribution: Distribution,
}

impl Mixture {
    /// Returns the mixture of these shares and distributions; parts with share 0 are dropped.
    pub fn new(parts: Vec<(f64, Distribution)>) -> Result<Self, BadDistribution> {
        let sum = check::shares(parts.iter().map(|(share, _)| *share))?;
        let kept = parts.into_iter().filter(|(share, _)| *share > 0.0);
        let parts =
            kept.map(|(share, distribution)| Part { share: share / sum, distribution }).collect();
        check::mean(Self { parts })
    }

    /// Returns the parts with a positive share.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn sum(&self, term: impl Fn(&Distribution) -> f64) -> f64 {
        self.parts.iter().map(|part| part.share * term(&part.distribution)).sum()
    }

    /// Returns the least and the greatest value of a function over the parts.
    fn range(&self, of: impl Fn(&Distribution) -> f64) -> (f64, f64) {
        self.parts
            .iter()
            .map(|part| of(&part.distribution))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), value| {
                (least.min(value), greatest.max(value))
            })
    }
}

impl Family for Mixture {
    fn mean(&self) -> f64 {
        self.sum(Distribution::mean)
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.sum(|part| part.variance() + (part.mean() - mean) * (part.mean() - mean))
    }

    fn third_moment(&self) -> f64 {
        self.sum(Distribution::third_moment)
    }

    fn minimum(&self) -> f64 {
        self.range(Distribution::minimum).0
    }

    fn maximum(&self) -> f64 {
        self.range(Distribution::maximum).1
    }

    fn cdf(&self, x: f64) -> f64 {
        self.sum(|part| part.cdf(x))
    }

    fn survival(&self, x: f64) -> f64 {
        self.sum(|part| part.survival(x))
    }

    fn quantile(&self, p: f64) -> f64 {
        if p > 0.5 {
            return self.quantile_upper(1.0 - p);
        }
        let range = self.range(|part| part.quantile(p));
        first_above(range, |x| self.cdf(x) >= p)
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        if q > 0.5 {
            return self.quantile(1.0 - q);
        }
        let range = self.range(|part| part.quantile_upper(q));
        first_above(range, |x| self.survival(x) <= q)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        let larger = |part: &Part| Part {
            share: part.share,
            distribution: part.distribution.scaled(factor),
        };
        Distribution::Mixture(Self { parts: self.parts.iter().map(larger).collect() })
    }
}

/// Returns the lowest number in a range for which `enough` holds; it must hold at the upper end.
fn first_above((mut low, mut high): (f64, f64), enough: impl Fn(f64) -> bool) -> f64 {
    if enough(low) {
        return low;
    }
    if !(low.is_finite() && high.is_finite()) {
        return high;
    }
    loop {
        // For a wide range on one side of zero, bisection of the exponent is faster.
        let middle = if low > 0.0 && high > 2.0 * low {
            low.sqrt() * high.sqrt()
        } else {
            f64::midpoint(low, high)
        };
        if !(low < middle && middle < high) {
            return high;
        }
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply() -> Mixture {
        let slow = Distribution::exponential(10.0).unwrap();
        Mixture::new(vec![(0.7, Distribution::Constant(1.0)), (0.3, slow)]).unwrap()
    }

    #[test]
    fn the_variance_counts_spread_within_and_between() {
        let expected = 0.3 * 100.0 + 0.7 * 2.7 * 2.7 + 0.3 * 6.3 * 6.3;
        assert!((reply().variance() - expected).abs() < 1e-12);
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "exactly these values are meant")]
    fn a_constant_part_is_a_step_of_the_distribution_function() {
        let reply = reply();
        let before = 0.3 * (1.0 - (-0.1f64).exp());
        assert!((reply.cdf(0.999_999_999) - before).abs() < 1e-9);
        assert!((reply.cdf(1.0) - before - 0.7).abs() < 1e-12);
        assert_eq!([reply.quantile(0.03), reply.quantile(0.72)], [1.0, 1.0]);
    }

    #[test]
    fn a_far_tail_keeps_its_digits() {
        let x = reply().quantile_upper(1e-18);
        assert!((x - 10.0 * (0.3f64 / 1e-18).ln()).abs() < 1e-9);
    }

    #[test]
    fn an_empty_mixture_is_refused() {
        assert_eq!(Mixture::new(vec![]), Err(BadDistribution::Empty { parameter: "shares" }));
    }
}
