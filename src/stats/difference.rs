//! The difference of an estimate between two runs, with its interval.
//!
//! Runs with common random numbers are compared in pairs of replications, because randomness that
//! affects both runs alike cancels in the difference (Law, *Simulation Modeling and Analysis*,
//! 10.2.1 and 11.2). An estimate that is not a mean is replaced by its linear part, the influence
//! of each replication. The differences of paired influences give one half-width by Student's t
//! (Asmussen and Glynn, *Stochastic Simulation*, III.3 and V.6).
//!
//! With a control variate each run has weights w and residuals e. Given the controls, the variance
//! of the difference is Σⱼ Σₖ (wⱼ eₖ − w′ⱼ e′ₖ)² over n² times the degrees of freedom. For a single
//! run this is the variance of its regression estimator. Each control costs one degree of freedom;
//! a control that both runs share costs only one.

use std::borrow::Cow;

use super::estimate::reach_of_counts;
use super::sample::{ROUNDING, Residuals};
use super::{Estimate, Sample, t_quantile};

/// An estimate with the influence of each replication on it.
#[derive(Debug, Clone)]
pub struct Linear<'s> {
    /// The estimate.
    pub estimate: Estimate,
    /// The influence of each replication; `None` if unknown.
    pub(super) influence: Option<Vec<f64>>,
    pub(super) few: Few,
    pub(super) sample: Cow<'s, Sample>,
}

/// The number of events behind an estimate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Few {
    /// The number over all replications.
    pub(super) events: f64,
    /// A lower bound of the half-width from the number alone; `None` unless it is small.
    pub(super) reach: Option<f64>,
}

impl Few {
    /// For estimates that do not depend on a number of events.
    pub(super) const NONE: Few = Few { events: f64::INFINITY, reach: None };
}

/// How the interval of a difference is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pairing {
    /// Both runs are the same, so the difference is zero.
    Same,
    /// By pairs of replications.
    Paired,
    /// As for independent runs (Welch), because the replications differ or their influences are
    /// unknown. With common random numbers this interval is too wide rather than too narrow.
    Independent,
}

/// A difference between two runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// New − old, in the unit of both.
    pub absolute: Estimate,
    /// New / old − 1. `None` if old is zero; without an interval if the interval of old contains
    /// zero.
    pub relative: Estimate,
    /// How the intervals were computed.
    pub how: Pairing,
}

impl Linear<'_> {
    /// The same with a sample of its own.
    pub fn owned(self) -> Linear<'static> {
        let Linear { estimate, influence, few, sample } = self;
        Linear { estimate, influence, few, sample: Cow::Owned(sample.into_owned()) }
    }

    /// The difference from this run to a later one. `alike` says whether their replications are the
    /// same.
    ///
    /// If one of the runs has few events, the spread between replications is unreliable. The
    /// half-width is then at least that of Newcombe's interval for a difference of paired shares
    /// (1998, *Statistics in Medicine* 17, method 10, with his correction of the correlation),
    /// computed from the half-width that each run has for its number of events (for means of
    /// counts: Zou and Donner 2008, *Statistics in Medicine* 27).
    pub fn to(&self, new: &Linear<'_>, alike: Pairing) -> Difference {
        let level = self.estimate.level;
        let none = Estimate::none(level);
        let finite = |x: &f64| x.is_finite();
        let values = (self.estimate.value.filter(finite), new.estimate.value.filter(finite));
        let (Some(a), Some(b)) = values else {
            return Difference { absolute: none, relative: none, how: alike };
        };
        let known = self.influence.is_some() && new.influence.is_some();
        let how = match alike {
            Pairing::Paired if !known || self.sample.n() != new.sample.n() => Pairing::Independent,
            how => how,
        };
        let half = |old_factor: f64, new_factor: f64| {
            let (old, new) = (Scaled(self, old_factor), Scaled(new, new_factor));
            match how {
                Pairing::Same => Some(0.0),
                Pairing::Paired => old.guarded(&new, old.paired(&new, level)),
                Pairing::Independent => old.independent(&new, level),
            }
        };
        let absolute = Estimate { value: Some(b - a), half_width: half(1.0, 1.0), level };
        let is_far = self.estimate.half_width.is_some_and(|half| half < a.abs());
        let relative = Estimate {
            value: (a != 0.0).then(|| (b - a) / a),
            half_width: if is_far || (how == Pairing::Same && a != 0.0) {
                half(b / a / a, 1.0 / a)
            } else {
                None
            },
            level,
        };
        Difference { absolute, relative, how }
    }
}

/// An estimate times a factor.
struct Scaled<'l>(&'l Linear<'l>, f64);

impl Scaled<'_> {
    /// The weights of the replications, and the residuals of their influences after the control.
    fn parts(&self) -> Option<Parts> {
        let Scaled(linear, factor) = self;
        let influence = linear.influence.as_ref()?;
        let Residuals { values, slope } =
            linear.sample.residuals(influence.iter().map(|x| x * factor));
        let controls = usize::from(linear.sample.is_controlled());
        Some(Parts { weights: linear.sample.weights(), residuals: values, slope, controls })
    }

    /// The half-width of the estimate itself, including the allowance for few events.
    fn reach(&self) -> Option<f64> {
        self.0.estimate.half_width.map(|half| half * self.1.abs())
    }

    /// The half-width of the estimate. Amounts that were never observed have none of their own: they can hide as many events as
    /// none may by chance, each of the mean size that the other run has.
    fn reach_beside(&self, other: &Scaled<'_>, level: f64) -> Option<f64> {
        let Scaled(Linear { few, .. }, _) = self;
        self.reach().or_else(|| {
            let (each, events) = (other.0.estimate.value? * self.1, other.0.few.events);
            let known = few.events == 0.0 && events > 0.0 && events.is_finite();
            known.then(|| Some(reach_of_counts(0, 1, level)? * each.abs() / events)).flatten()
        })
    }

    /// The half-width of the difference of means over paired replications.
    fn paired(&self, new: &Scaled<'_>, level: f64) -> Option<f64> {
        let (old, other) = (self.parts()?, new.parts()?);
        let shared = self.0.sample.has_control_of(&new.0.sample);
        let controls = if shared { old.controls } else { old.controls + other.controls };
        // w e − w′ e′ = 2 (p t + q r), where p and q are the half sum and half difference of the
        // weights, and r and t those of the residuals. If both runs have the same weights, no large
        // numbers are subtracted.
        let weights = Halves::of(&old.weights, &other.weights);
        let residuals = Halves::of(&old.residuals, &other.residuals);
        let unexplained = without_rounding_error(
            dot(&residuals.difference, &residuals.difference),
            old.slope.abs().max(other.slope.abs()),
        );
        let sum = dot(&weights.sum, &weights.sum) * unexplained
            + dot(&weights.difference, &weights.difference) * dot(&residuals.sum, &residuals.sum)
            + 2.0
                * dot(&weights.sum, &weights.difference)
                * dot(&residuals.difference, &residuals.sum);
        let n = old.weights.len() as f64;
        SquaredError::of(4.0 * sum.max(0.0), n, controls).map(|error| error.half_width(level))
    }

    /// The half-width, increased if there are few events.
    fn guarded(&self, new: &Scaled<'_>, half: Option<f64>) -> Option<f64> {
        if !self.is_few() && !new.is_few() {
            return half;
        }
        let reach = combined_reach(self.reach()?, new.reach()?, self.correlation(new));
        half.map(|half| half.max(reach))
    }

    fn is_few(&self) -> bool {
        self.0.few.reach.is_some()
    }

    /// The correlation of two estimates, shrunk towards zero if there are few events: by n/2 in the
    /// numerator of φ, which for rare events is 0.5 / √(product of the event counts).
    fn correlation(&self, new: &Scaled<'_>) -> f64 {
        let (Some(old), Some(other)) = (self.parts(), new.parts()) else { return 0.0 };
        let (old, other) = (&old.residuals, &other.residuals);
        let (variances, events) =
            (dot(old, old) * dot(other, other), self.0.few.events * new.0.few.events);
        if variances == 0.0 || events == 0.0 {
            return 0.0;
        }
        let correlation = (dot(old, other) / variances.sqrt()).clamp(-1.0, 1.0);
        if correlation > 0.0 { (correlation - 0.5 / events.sqrt()).max(0.0) } else { correlation }
    }

    /// The half-width of the difference of independent estimates, with Welch's degrees of freedom.
    fn independent(&self, new: &Scaled<'_>, level: f64) -> Option<f64> {
        let reach =
            combined_reach(self.reach_beside(new, level)?, new.reach_beside(self, level)?, 0.0);
        let (Some(old), Some(other)) = (self.error(), new.error()) else { return Some(reach) };
        let half = old.plus(&other).half_width(level);
        Some(if self.is_few() || new.is_few() { half.max(reach) } else { half })
    }

    fn error(&self) -> Option<SquaredError> {
        let Parts { weights, residuals, slope, controls } = self.parts()?;
        let unexplained = without_rounding_error(dot(&residuals, &residuals), slope);
        SquaredError::of(dot(&weights, &weights) * unexplained, weights.len() as f64, controls)
    }
}

/// The weights and residuals of the replications of one run.
struct Parts {
    weights: Vec<f64>,
    residuals: Vec<f64>,
    /// The part explained by the control.
    slope: f64,
    controls: usize,
}

/// The variance of an estimate, with its degrees of freedom.
struct SquaredError {
    variance: f64,
    freedom: f64,
}

impl SquaredError {
    /// From the sum of squares of `n` replications; `None` without degrees of freedom.
    fn of(sum: f64, n: f64, controls: usize) -> Option<SquaredError> {
        let freedom = n - 1.0 - controls as f64;
        (freedom > 0.0).then(|| SquaredError { variance: sum / freedom / (n * n), freedom })
    }

    /// The variance of the difference of two independent estimates (Welch 1947, *Biometrika* 34).
    fn plus(&self, other: &SquaredError) -> SquaredError {
        let variance = self.variance + other.variance;
        let of = |error: &SquaredError| error.variance.powi(2) / error.freedom;
        SquaredError { variance, freedom: variance.powi(2) / (of(self) + of(other)) }
    }

    fn half_width(&self, level: f64) -> f64 {
        if self.variance > 0.0 {
            t_quantile(0.5 + level / 2.0, self.freedom) * self.variance.sqrt()
        } else {
            0.0
        }
    }
}

/// Half sums and half differences of the elements of two lists.
struct Halves {
    sum: Vec<f64>,
    difference: Vec<f64>,
}

impl Halves {
    fn of(old: &[f64], new: &[f64]) -> Halves {
        let pairs = old.iter().zip(new);
        let (sum, difference) =
            pairs.map(|(old, new)| (f64::midpoint(*old, *new), (old - new) / 2.0)).unzip();
        Halves { sum, difference }
    }
}

/// A sum of squares; if it is only rounding error beside the part explained by the control, 0.
fn without_rounding_error(unexplained: f64, slope: f64) -> f64 {
    if unexplained < ROUNDING * slope * slope { 0.0 } else { unexplained }
}

/// The half-width of a difference, from those of both estimates and their correlation.
fn combined_reach(old: f64, new: f64, correlation: f64) -> f64 {
    ((old - new).powi(2) + 2.0 * (1.0 - correlation) * old * new).sqrt()
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Counted, Estimator};

    const LEVEL: f64 = 0.95;

    fn wave(k: usize, step: usize) -> f64 {
        (k * step % 37) as f64
    }

    fn ratio(step: usize) -> Estimator<'static> {
        Estimator::Ratio((0..40).map(|k| (3.0 + wave(k, step), 20.0 + wave(k, 5))).collect())
    }

    fn difference(old: &Estimator<'_>, new: &Estimator<'_>, sample: &Sample) -> Difference {
        old.linear(sample, LEVEL).to(&new.linear(sample, LEVEL), Pairing::Paired)
    }

    /// Ten pairs of replications: the paired t interval.
    #[test]
    fn means_have_the_paired_interval_of_the_textbook() {
        let x = vec![3.1, 2.7, 4.4, 3.9, 5.2, 1.8, 3.3, 4.0, 2.9, 3.7];
        let y = vec![3.4, 2.6, 4.9, 4.1, 5.9, 2.2, 3.2, 4.6, 3.1, 4.0];
        let [old, new] = [x, y].map(|values| Estimator::Mean { values, counted: Counted::Level });
        let found = difference(&old, &new, &Sample::plain(10));
        let (mean, half) = (found.absolute.value.unwrap(), found.absolute.half_width.unwrap());
        assert!((mean - 0.3).abs() < 1e-9 && (half - 0.190_761_841_592_177_23).abs() < 1e-9);
        assert!((found.relative.value.unwrap() - 0.3 / 3.5).abs() < 1e-12);
    }

    /// 100 sales of 2 in 10 replications against none: none may hide 1.96² sales at 95 %, the end of the score
    /// interval of a Poisson number of which nothing was seen.
    #[test]
    fn an_amount_that_is_never_booked_differs_from_one_that_is() {
        let amounts =
            |values: Vec<f64>, n| Estimator::Mean { values, counted: Counted::Amounts(n) };
        let values: Vec<f64> = (0..10).map(|k| 20.0 + f64::from(k % 2)).collect();
        let (some, none) = (amounts(values, 100), amounts(vec![0.0; 10], 0));
        let sample = Sample::plain(10);
        let found = difference(&some, &none, &sample).absolute;
        let own = some.estimate(&sample, LEVEL).half_width.unwrap();
        let hidden = 1.959_963_984_540_054_f64.powi(2) * 20.5 / 100.0;
        assert_eq!(found.value, Some(-20.5));
        let wanted = own.hypot(hidden);
        assert!((found.half_width.unwrap() / wanted - 1.0).abs() < 1e-9, "{found:?} {wanted}");
        // Of two that were never booked nothing is known.
        assert_eq!(difference(&none, &none, &sample).absolute.half_width, None);
    }

    /// With one control and one number of replications, the difference of means is the mean of the
    /// differences.
    #[test]
    fn controlled_means_differ_by_the_controlled_mean_of_differences() {
        let control: Vec<f64> = (0..40).map(|k| wave(k, 11)).collect();
        let sample = Sample::controlled(&control, 17.0);
        let values =
            |step| -> Vec<f64> { (0..40).map(|k| 2.0 * control[k] + wave(k, step)).collect() };
        let mean = |values| Estimator::Mean { values, counted: Counted::Level };
        let found = difference(&mean(values(7)), &mean(values(13)), &sample).absolute;
        let each: Vec<f64> = values(13).iter().zip(values(7)).map(|(new, old)| new - old).collect();
        let wanted = sample.mean(&each, LEVEL);
        assert!((found.value.unwrap() - wanted.value.unwrap()).abs() < 1e-12);
        assert!((found.half_width.unwrap() / wanted.half_width.unwrap() - 1.0).abs() < 1e-12);
    }

    /// The half-width from the linear part is that of the estimate, as the comparison with a
    /// constant shows.
    #[test]
    fn a_difference_from_a_constant_has_the_half_width_of_the_estimate() {
        let control: Vec<f64> = (0..40).map(|k| wave(k, 11)).collect();
        let spread = (0..40).map(|k| (9.0, wave(k, 7), 40.0 + wave(k, 3).powi(2)));
        for sample in [Sample::plain(40), Sample::controlled(&control, 17.0)] {
            let constant = Estimator::Mean { values: vec![1.0; 40], counted: Counted::Level };
            for estimator in [ratio(7), Estimator::Spread(spread.clone().collect())] {
                let found = difference(&constant, &estimator, &sample).absolute.half_width.unwrap();
                let wanted = estimator.estimate(&sample, LEVEL).half_width.unwrap();
                assert!((found / wanted - 1.0).abs() < 1e-9, "{found} {wanted}");
            }
        }
    }

    #[test]
    fn an_estimate_equals_itself_and_reversed_differences_change_sign() {
        let found = difference(&ratio(7), &ratio(7), &Sample::plain(40));
        assert_eq!((found.absolute.value, found.absolute.half_width), (Some(0.0), Some(0.0)));
        let there = difference(&ratio(7), &ratio(13), &Sample::plain(40)).absolute;
        let back = difference(&ratio(13), &ratio(7), &Sample::plain(40)).absolute;
        assert_eq!(there.value, back.value.map(|value| -value));
        assert_eq!(there.half_width, back.half_width);
    }

    /// 0 of 10 and 0 of 20: without a correlation, Newcombe (1998, *Statistics in Medicine* 17,
    /// 873–890, table II) has the bounds −0.1611 and 0.2775. Each is the reach of a Wilson
    /// interval; our half-width combines both.
    #[test]
    fn few_events_have_the_interval_of_their_number() {
        let none = |n: f64| Estimator::Share(vec![(0.0, n / 2.0); 2]);
        let found = difference(&none(10.0), &none(20.0), &Sample::plain(2)).absolute;
        let wanted = 0.277_5_f64.hypot(0.161_1);
        assert!((found.half_width.unwrap() - wanted).abs() < 1e-4, "{found:?}");
        // The same five of 100 in both runs: unseen events may still differ.
        let five =
            Estimator::Share((0..20).map(|k| (f64::from(u8::from(k % 4 == 0)), 5.0)).collect());
        let found = difference(&five, &five, &Sample::plain(20)).absolute;
        let alone = five.estimate(&Sample::plain(20), LEVEL).half_width.unwrap();
        let half = found.half_width.unwrap();
        assert!(half > 0.0 && half < 0.5 * alone, "{half} {alone}");
    }

    #[test]
    fn numbers_that_are_missing_or_infinite_have_no_difference() {
        let mean = |x: f64| Estimator::Mean { values: vec![x, 1.0], counted: Counted::Level };
        let none = Estimator::Ratio(vec![(0.0, 0.0); 2]);
        for estimator in [mean(f64::INFINITY), mean(f64::NAN), none] {
            let found = difference(&mean(2.0), &estimator, &Sample::plain(2));
            assert_eq!((found.absolute.value, found.relative.value), (None, None));
        }
        let one = |x: f64| Estimator::Mean { values: vec![x], counted: Counted::Level };
        let found = difference(&one(2.0), &one(3.0), &Sample::plain(1));
        assert_eq!((found.absolute.value, found.absolute.half_width), (Some(1.0), None));
        assert_eq!((found.relative.value, found.relative.half_width), (Some(0.5), None));
    }
}
