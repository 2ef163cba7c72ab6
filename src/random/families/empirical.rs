//! Empirical: the observed values, with their frequencies.
//!
//! Nothing is smoothed or interpolated: the quantile is the inverse of the empirical
//! distribution function (Hyndman and Fan, *The American Statistician* 50, 1996, type 1).
//!
//! ```
//! use voronka::random::families::{Empirical, Family};
//! let seen = Empirical::new(&[3.0, 1.0, 3.0, 9.0], None)?;
//! assert_eq!(seen.quantile(0.5), 3.0);
//! assert_eq!(seen.cdf(3.0), 0.75);
//! # Ok::<(), voronka::random::distribution::BadDistribution>(())
//! ```

use super::{Family, check};
use crate::random::distribution::{BadDistribution, Distribution};

/// A list of values with weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Empirical {
    /// Never empty; values and probabilities increase, up to probability 1.
    steps: Vec<Step>,
}

/// A value, and the probability of this or a lower value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The value.
    pub value: f64,
    /// Probability of a value of at most `value`.
    pub up_to: f64,
}

impl Empirical {
    /// Returns the distribution of `values`, equally likely or in proportion to `weights`.
    pub fn new(values: &[f64], weights: Option<&[f64]>) -> Result<Self, BadDistribution> {
        if values.is_empty() {
            return Err(BadDistribution::Empty { parameter: "values" });
        }
        if let Some(weights) = weights {
            check::same_length(("values", values.len()), ("weights", weights.len()))?;
        }
        let mut weighted = Vec::with_capacity(values.len());
        for (i, &value) in values.iter().enumerate() {
            let weight = weights.map_or(Ok(1.0), |list| check::non_negative("weights", list[i]))?;
            let value = check::finite("values", value)?;
            if weight > 0.0 {
                weighted.push((value, weight));
            }
        }
        weighted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        check::finite("weights", total)?;
        if total <= 0.0 {
            return Err(BadDistribution::Empty { parameter: "weights" });
        }
        check::moments(Self { steps: cumulate(&weighted, total) })
    }

    /// Returns the values in ascending order, with their cumulative probabilities.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns the values with their probabilities.
    fn shares(&self) -> impl Iterator<Item = (f64, f64)> {
        let before = std::iter::once(0.0).chain(self.steps.iter().map(|step| step.up_to));
        self.steps.iter().zip(before).map(|(step, before)| (step.value, step.up_to - before))
    }

    fn value_at(&self, index: usize) -> f64 {
        self.steps[index.min(self.steps.len() - 1)].value
    }
}

/// Sums the weights of sorted values; equal values are merged.
#[expect(clippy::float_cmp, reason = "only equal values are one step")]
fn cumulate(weighted: &[(f64, f64)], total: f64) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::with_capacity(weighted.len());
    let mut sum = 0.0;
    for &(value, weight) in weighted {
        sum += weight;
        match steps.last_mut() {
            Some(step) if step.value == value => step.up_to = sum / total,
            _ => steps.push(Step { value, up_to: sum / total }),
        }
    }
    if let Some(last) = steps.last_mut() {
        last.up_to = 1.0;
    }
    steps
}

impl Family for Empirical {
    fn mean(&self) -> f64 {
        self.shares().map(|(value, share)| value * share).sum()
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.shares().map(|(value, share)| (value - mean) * (value - mean) * share).sum()
    }

    fn third_moment(&self) -> f64 {
        self.shares().map(|(value, share)| value * value * value * share).sum()
    }

    fn minimum(&self) -> f64 {
        self.value_at(0)
    }

    fn maximum(&self) -> f64 {
        self.value_at(usize::MAX)
    }

    fn cdf(&self, x: f64) -> f64 {
        match self.steps.partition_point(|step| step.value <= x) {
            0 => 0.0,
            above => self.steps[above - 1].up_to,
        }
    }

    fn survival(&self, x: f64) -> f64 {
        1.0 - self.cdf(x)
    }

    fn quantile(&self, p: f64) -> f64 {
        self.value_at(self.steps.partition_point(|step| step.up_to < p))
    }

    fn quantile_upper(&self, q: f64) -> f64 {
        self.value_at(self.steps.partition_point(|step| 1.0 - step.up_to > q))
    }

    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        let above = self.steps.partition_point(|step| step.value <= elapsed);
        let passed = self.cdf(elapsed);
        let left = &self.steps[above..];
        let index = left.partition_point(|step| step.up_to - passed < p * (1.0 - passed));
        self.value_at(above + index)
    }

    fn scaled(&self, factor: f64) -> Distribution {
        let larger = |step: &Step| Step { value: step.value * factor, ..*step };
        Distribution::Empirical(Self { steps: self.steps.iter().map(larger).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moments_are_those_of_the_list() {
        let seen = Empirical::new(&[4.0, 1.0, 1.0], Some(&[2.0, 1.0, 1.0])).unwrap();
        assert!((seen.mean() - 2.5).abs() < 1e-15);
        assert!((seen.variance() - 2.25).abs() < 1e-15);
    }

    #[test]
    fn a_quantile_is_the_smallest_value_with_enough_below_it() {
        let seen = Empirical::new(&[1.0, 2.0, 3.0, 4.0, 5.0], None).unwrap();
        for (p, x) in [(0.0, 1.0), (0.2, 1.0), (0.200_001, 2.0), (0.6, 3.0), (1.0, 5.0)] {
            assert_eq!(seen.quantile(p).total_cmp(&x), std::cmp::Ordering::Equal, "{p}");
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "exactly these values are meant")]
    fn a_value_given_an_elapsed_one_is_a_later_one() {
        let seen = Empirical::new(&[1.0, 2.0, 3.0, 4.0], None).unwrap();
        let given = |p| seen.quantile_given(2.0, p);
        assert_eq!([given(0.0), given(0.5), given(0.51), given(1.0)], [3.0, 3.0, 4.0, 4.0]);
    }

    #[test]
    fn weights_without_any_weight_are_refused() {
        assert_eq!(
            Empirical::new(&[1.0, 2.0], Some(&[0.0, 0.0])),
            Err(BadDistribution::Empty { parameter: "weights" })
        );
        assert_eq!(Empirical::new(&[], None), Err(BadDistribution::Empty { parameter: "values" }));
        assert_eq!(
            Empirical::new(&[1.0], Some(&[-1.0])),
            Err(BadDistribution::Negative { parameter: "weights", value: -1.0 })
        );
    }
}
