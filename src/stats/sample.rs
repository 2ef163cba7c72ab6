//! Estimates from replications, with or without a control variate.
//!
//! By chance one run has more arrivals than another, and with them more sales, higher costs and
//! longer queues. The expected number of arrivals is known exactly, so estimates are adjusted to
//! it: replications are weighted so that their arrivals have the expected mean (the regression
//! estimator of surveys: Cochran, *Sampling Techniques*, ch. 7; in simulation a control variate:
//! Lavenberg and Welch 1981, *Management Science* 27). All figures of a run get the same weights,
//! so sums still add up, and a ratio is still the ratio of its totals.

use super::estimate::{FEW, wilson_reach};
use super::{Estimate, t_quantile};

/// With fewer replications than this, a control variate costs more precision than it gains.
pub const FEWEST_CONTROLLED: usize = 30;

/// The part of a sum of squares that rounding errors leave.
pub(super) const ROUNDING: f64 = 1e-24;

/// The weights of the replications of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    n: usize,
    control: Option<Control>,
}

#[derive(Debug, Clone, PartialEq)]
struct Control {
    /// The centred control, scaled to length one.
    direction: Vec<f64>,
    /// The weight of a replication is 1 + shift × its direction.
    shift: f64,
}

/// One number per replication, without the part that the control explains.
pub(super) struct Residuals {
    /// The residuals; they sum to zero.
    pub(super) values: Vec<f64>,
    /// The coefficient of the control's direction.
    pub(super) slope: f64,
}

impl Sample {
    /// `n` replications with equal weights.
    pub fn plain(n: usize) -> Sample {
        Sample { n, control: None }
    }

    /// Replications with the values of a control variate and its exact expectation. The weights are
    /// equal if there are fewer than [`FEWEST_CONTROLLED`] replications, or if the control is
    /// constant.
    pub fn controlled(control: &[f64], expected: f64) -> Sample {
        let n = control.len();
        let mean = control.iter().sum::<f64>() / n.max(1) as f64;
        let length = control.iter().map(|x| (x - mean).powi(2)).sum::<f64>().sqrt();
        if n < FEWEST_CONTROLLED || length == 0.0 {
            return Sample::plain(n);
        }
        let direction = control.iter().map(|x| (x - mean) / length).collect();
        let shift = n as f64 * (expected - mean) / length;
        Sample { n, control: Some(Control { direction, shift }) }
    }

    /// Whether a control is used.
    pub fn is_controlled(&self) -> bool {
        self.control.is_some()
    }

    /// The weighted sum of one number per replication.
    pub fn sum(&self, values: impl Iterator<Item = f64> + Clone) -> f64 {
        let plain: f64 = values.clone().sum();
        match &self.control {
            None => plain,
            Some(control) => plain + control.shift * along(&control.direction, values),
        }
    }

    /// The half-width of the weighted mean of these numbers.
    fn half_width(&self, values: impl Iterator<Item = f64> + Clone, level: f64) -> Option<f64> {
        let n = self.n as f64;
        let Residuals { values, slope } = self.residuals(values);
        let (weights, freedom) = match &self.control {
            None => (n, n - 1.0),
            Some(Control { shift, .. }) => (n + shift * shift, n - 2.0),
        };
        let unexplained = values.iter().map(|x| x * x).sum::<f64>();
        // A number that follows the control exactly leaves only rounding errors.
        let unexplained = if unexplained < ROUNDING * slope * slope { 0.0 } else { unexplained };
        let error = || (weights * unexplained / freedom).sqrt() / n;
        (freedom > 0.0).then(|| t_quantile(0.5 + level / 2.0, freedom) * error())
    }

    /// The deviations of these numbers from their mean, without the part that the control explains.
    pub(super) fn residuals(&self, values: impl Iterator<Item = f64> + Clone) -> Residuals {
        let mean = values.clone().sum::<f64>() / self.n as f64;
        let centered = values.map(|x| x - mean);
        let Some(Control { direction, .. }) = &self.control else {
            return Residuals { values: centered.collect(), slope: 0.0 };
        };
        let slope = along(direction, centered.clone());
        let rest = centered.zip(direction).map(|(x, d)| x - slope * d);
        Residuals { values: rest.collect(), slope }
    }

    /// The weight of each replication.
    pub(super) fn weights(&self) -> Vec<f64> {
        match &self.control {
            None => vec![1.0; self.n],
            Some(Control { direction, shift }) => {
                direction.iter().map(|d| 1.0 + shift * d).collect()
            }
        }
    }

    /// Whether both have the same control, which then costs only one degree of freedom.
    pub(super) fn has_control_of(&self, other: &Sample) -> bool {
        fn direction(sample: &Sample) -> Option<&[f64]> {
            sample.control.as_ref().map(|control| control.direction.as_slice())
        }
        direction(self) == direction(other)
    }

    /// The number of replications.
    pub fn n(&self) -> usize {
        self.n
    }

    /// The mean of one number per replication, with Student's interval.
    pub fn mean(&self, values: &[f64], level: f64) -> Estimate {
        if self.n == 0 {
            return Estimate::none(level);
        }
        let values = values.iter().copied();
        let mean = self.sum(values.clone()) / self.n as f64;
        Estimate { value: Some(mean), half_width: self.half_width(values, level), level }
    }

    /// A ratio of sums over replications, by the delta method (Cochran, 6.4).
    ///
    /// A replication with a zero denominator contributes nothing.
    pub fn ratio(&self, pairs: &[(f64, f64)], level: f64) -> Estimate {
        let below = self.sum(pairs.iter().map(|pair| pair.1));
        if pairs.iter().all(|pair| pair.1 == 0.0) || below == 0.0 {
            return Estimate::none(level);
        }
        let ratio = self.sum(pairs.iter().map(|pair| pair.0)) / below;
        let rest = pairs.iter().map(|(x, y)| x - ratio * y);
        let half_width =
            self.half_width(rest, level).map(|half| half * self.n as f64 / below.abs());
        Estimate { value: Some(ratio), half_width, level }
    }

    /// A share of a count. If few or nearly all are counted, the counts are more reliable than the
    /// spread between replications; the half-width is then at least the reach of Wilson's interval
    /// (1927) to either side.
    pub fn proportion(&self, pairs: &[(f64, f64)], level: f64) -> Estimate {
        let mut estimate = self.ratio(pairs, level);
        let n: f64 = pairs.iter().map(|pair| pair.1).sum();
        if let (Some(share), Some(half_width)) =
            (estimate.value.as_mut(), estimate.half_width.as_mut())
        {
            // The weights may move a share beyond 0 or 1.
            *share = share.clamp(0.0, 1.0);
            if n * share.min(1.0 - *share) < FEW {
                *half_width = half_width.max(wilson_reach(*share, n, level));
            }
            // The half-width of a share is at most 1.
            *half_width = half_width.min(1.0);
        }
        estimate
    }

    /// The standard deviation over all values, from count, sum and sum of squares of each
    /// replication, by the delta method.
    pub fn spread(&self, sums: &[(f64, f64, f64)], level: f64) -> Estimate {
        let Some(deviation) = Deviation::of(self, sums) else { return Estimate::none(level) };
        let half_width = self.half_width(sums.iter().map(|s| deviation.of_variance(s)), level);
        let half_width = half_width.map(|half| match deviation {
            Deviation { sd: 0.0, .. } => 0.0,
            Deviation { sd, n, .. } => half * self.n as f64 / n / (2.0 * sd),
        });
        Estimate { value: Some(deviation.sd), half_width, level }
    }
}

/// A standard deviation and the sums behind it.
pub(super) struct Deviation {
    /// The standard deviation.
    pub(super) sd: f64,
    /// The weighted count.
    pub(super) n: f64,
    first: f64,
    second: f64,
}

impl Deviation {
    /// The standard deviation of all values; `None` with fewer than two.
    pub(super) fn of(sample: &Sample, sums: &[(f64, f64, f64)]) -> Option<Deviation> {
        let count: f64 = sums.iter().map(|s| s.0).sum();
        let n = sample.sum(sums.iter().map(|s| s.0));
        if count < 2.0 || n <= 0.0 {
            return None;
        }
        let first = sample.sum(sums.iter().map(|s| s.1)) / n;
        let second = sample.sum(sums.iter().map(|s| s.2)) / n;
        let variance = (second - first * first).max(0.0);
        let sd = (variance * count / (count - 1.0)).sqrt();
        Some(Deviation { sd, n, first, second })
    }

    /// The influence of a replication on the variance; the influences sum to zero.
    pub(super) fn of_variance(&self, sums: &(f64, f64, f64)) -> f64 {
        let Deviation { first, second, .. } = self;
        sums.2 - 2.0 * first * sums.1 - (second - 2.0 * first * first) * sums.0
    }
}

/// The scalar product of some values with a direction.
fn along(direction: &[f64], values: impl Iterator<Item = f64>) -> f64 {
    direction.iter().zip(values).map(|(d, x)| d * x).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_four_has_the_half_width_of_the_textbook() {
        let estimate = Sample::plain(4).mean(&[1.0, 2.0, 3.0, 4.0], 0.95);
        assert_eq!(estimate.value, Some(2.5));
        // s = 1.2909944, t(0.975, 3) = 3.1824463: 3.1824463 × 1.2909944 / 2
        assert!((estimate.half_width.unwrap() - 2.054_260_2).abs() < 1e-6);
    }

    #[test]
    fn one_replication_has_no_interval_and_none_has_no_value() {
        assert_eq!(Sample::plain(1).mean(&[3.0], 0.95).half_width, None);
        assert_eq!(Sample::plain(0).mean(&[], 0.95).value, None);
        assert_eq!(Sample::plain(1).ratio(&[(0.0, 0.0)], 0.95).value, None);
    }

    #[test]
    fn a_ratio_of_equal_denominators_is_a_mean() {
        let values = [0.1, 0.3, 0.2, 0.4, 0.15];
        let pairs: Vec<(f64, f64)> = values.iter().map(|x| (x * 50.0, 50.0)).collect();
        let sample = Sample::plain(5);
        let (a, b) = (sample.mean(&values, 0.9), sample.ratio(&pairs, 0.9));
        assert!((a.value.unwrap() - b.value.unwrap()).abs() < 1e-12);
        assert!((a.half_width.unwrap() - b.half_width.unwrap()).abs() < 1e-12);
    }

    #[test]
    fn a_share_of_zero_has_an_interval() {
        let estimate = Sample::plain(2).proportion(&[(0.0, 100.0), (0.0, 100.0)], 0.95);
        assert_eq!(estimate.value, Some(0.0));
        // Wilson: z² / (n + z²) with z = 1.96, n = 200
        assert!((estimate.half_width.unwrap() - 0.018_845).abs() < 1e-5);
    }

    /// Forty values of a control, and of a number that depends on it: 3 + 2 × control + an error of
    /// ±1.
    fn forty() -> (Vec<f64>, Vec<f64>) {
        let control: Vec<f64> = (0..40).map(|k| f64::from(k / 2)).collect();
        let values = control
            .iter()
            .enumerate()
            .map(|(k, x)| 3.0 + 2.0 * x + if k % 2 == 0 { 1.0 } else { -1.0 });
        let values = values.collect();
        (control, values)
    }

    #[test]
    fn a_control_gives_the_regression_at_its_expectation() {
        let (control, values) = forty();
        let sample = Sample::controlled(&control, 12.0);
        let estimate = sample.mean(&values, 0.95);
        // The errors have no slope: the line is 3 + 2 x, and its value at 12 is 27.
        assert!((estimate.value.unwrap() - 27.0).abs() < 1e-12);
        // The textbook's half-width of a fitted line at x: t(38) s √(1/n + (x − x̄)²/Sxx), with s²
        // = 40/38, x̄ = 9.5 and Sxx = 2 × (20³ − 20)/12 = 1330.
        let textbook = t_quantile(0.975, 38.0)
            * (40.0_f64 / 38.0 * (1.0 / 40.0 + 2.5_f64.powi(2) / 1330.0)).sqrt();
        assert!((estimate.half_width.unwrap() - textbook).abs() < 1e-12);
        let of_itself = sample.mean(&control, 0.95);
        assert!(
            (of_itself.value.unwrap() - 12.0).abs() < 1e-12 && of_itself.half_width == Some(0.0)
        );
    }

    #[test]
    fn sums_still_add_up_with_a_control() {
        let (control, values) = forty();
        let sample = Sample::controlled(&control, 12.0);
        let both: Vec<f64> = control.iter().zip(&values).map(|(x, y)| x + y).collect();
        let mean = |values: &[f64]| sample.mean(values, 0.95).value.unwrap();
        assert!((mean(&both) - mean(&control) - mean(&values)).abs() < 1e-12);
        let pairs: Vec<(f64, f64)> = values.iter().copied().zip(control.iter().copied()).collect();
        let ratio = sample.ratio(&pairs, 0.95).value.unwrap();
        assert!((ratio - mean(&values) / mean(&control)).abs() < 1e-12);
    }

    #[test]
    fn few_or_equal_replications_use_no_control() {
        assert!(!Sample::controlled(&[1.0, 2.0, 3.0], 2.0).is_controlled());
        assert!(!Sample::controlled(&[5.0; 100], 4.0).is_controlled());
    }
}
