//! Distributions: the type of every random quantity in the program.
//!
//! A family (see [`crate::random::families`]) provides the formulas; this enum lists the families.
//! Every constructor checks its parameters and turns a degenerate distribution into a constant, so
//! later code need not check. For drawing, a distribution is compiled to its [`Inverse`].
//!
//! ```
//! use voronka::random::distribution::{BadDistribution, Distribution};
//! let call = Distribution::lognormal_mean_sd(20.0, 15.0)?;
//! assert!((call.quantile(0.5) - 16.0).abs() < 1e-12);
//! let drawn = call.inverse().at(1 << 63);
//! assert!((drawn - 16.0).abs() < 1e-4);
//! # Ok::<(), BadDistribution>(())
//! ```

use thiserror::Error;

use super::families::{
    Beta, Empirical, Exponential, Family, Gamma, Hyperexponential, Loglogistic, Lognormal, Mixture,
    Normal, Pert, PositiveNormal, Triangular, Uniform, Weibull, check,
};
use super::inverse::Inverse;

/// A random quantity in an abstract unit: a duration, an amount or a count.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Always the same value.
    Constant(f64),
    /// Uniform between two ends.
    Uniform(Uniform),
    /// Given by the least, most likely and greatest value; a piecewise linear density.
    Triangular(Triangular),
    /// Given by the least, most likely and greatest value; a smooth density.
    Pert(Pert),
    /// Normal; may be negative.
    Normal(Normal),
    /// Normal, truncated at zero: negative values are drawn again.
    PositiveNormal(PositiveNormal),
    /// Most values are small, a few are very large.
    Lognormal(Lognormal),
    /// Memoryless.
    Exponential(Exponential),
    /// A sum of exponential phases; their number need not be an integer.
    Gamma(Gamma),
    /// The hazard is a power of the time.
    Weibull(Weibull),
    /// The hazard rises, then falls; the tail is a power.
    Loglogistic(Loglogistic),
    /// A smooth shape between two ends.
    Beta(Beta),
    /// One of several exponentials.
    Hyperexponential(Hyperexponential),
    /// Observed values.
    Empirical(Empirical),
    /// One of several distributions.
    Mixture(Mixture),
}

/// Why parameters make no distribution. It names parameters, not places in a file.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum BadDistribution {
    /// Infinite or NaN.
    #[error("{parameter} must be a finite number")]
    NotFinite {
        /// Name of the parameter.
        parameter: &'static str,
    },
    /// Not greater than zero.
    #[error("{parameter} must be greater than 0, got {value}")]
    NotPositive {
        /// Name of the parameter.
        parameter: &'static str,
        /// The given value.
        value: f64,
    },
    /// Negative.
    #[error("{parameter} must not be negative, got {value}")]
    Negative {
        /// Name of the parameter.
        parameter: &'static str,
        /// The given value.
        value: f64,
    },
    /// Two parameters in the wrong order.
    #[error("{low} ({low_value}) must be below {high} ({high_value})")]
    OutOfOrder {
        /// Name of the parameter that must be the lower one.
        low: &'static str,
        /// The value given for it.
        low_value: f64,
        /// Name of the parameter that must be the higher one.
        high: &'static str,
        /// The value given for it.
        high_value: f64,
    },
    /// The parameters are allowed, but the mean is infinite or too large.
    #[error("these parameters have no finite mean")]
    MeanNotFinite,
    /// The parameters are allowed, but the standard deviation is too large to represent.
    #[error("these parameters have no finite standard deviation")]
    SpreadNotFinite,
    /// Shares that do not sum to one.
    #[error("shares must add up to 1, got {sum}")]
    SharesSum {
        /// Their sum.
        sum: f64,
    },
    /// Two lists that belong together have different lengths.
    #[error("{first} has {first_length} items and {second} has {second_length}")]
    LengthsDiffer {
        /// Name of one list.
        first: &'static str,
        /// Its length.
        first_length: usize,
        /// Name of the other list.
        second: &'static str,
        /// Its length.
        second_length: usize,
    },
    /// An empty list, or weights that are all zero.
    #[error("{parameter} must not be empty")]
    Empty {
        /// Name of the list.
        parameter: &'static str,
    },
}

/// Constructors. A distribution without spread becomes a [`Distribution::Constant`].
impl Distribution {
    /// Returns the constant `value`.
    pub fn constant(value: f64) -> Result<Self, BadDistribution> {
        Ok(Self::Constant(check::finite("value", value)?))
    }

    /// Returns the uniform distribution between `min` and `max`.
    pub fn uniform(min: f64, max: f64) -> Result<Self, BadDistribution> {
        if let Some(point) = one_point(min, max) {
            return Ok(point);
        }
        Uniform::new(min, max).map(Self::Uniform)
    }

    /// Returns the triangle over `min` and `max` with its peak at `mode`.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Self, BadDistribution> {
        let triangular = Triangular::new(min, mode, max)?;
        Ok(one_point(min, max).unwrap_or(Self::Triangular(triangular)))
    }

    /// Returns the PERT distribution (a beta with λ = 4) of a three-point estimate.
    pub fn pert(min: f64, mode: f64, max: f64) -> Result<Self, BadDistribution> {
        check::ordered(("min", min), ("mode", mode))?;
        check::ordered(("mode", mode), ("max", max))?;
        if let Some(point) = one_point(min, max) {
            return Ok(point);
        }
        Pert::new(min, mode, max).map(Self::Pert)
    }

    /// Returns the normal distribution; its values may be negative.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        check::finite("mean", mean)?;
        if check::non_negative("sd", sd)? == 0.0 {
            return Ok(Self::Constant(mean));
        }
        Normal::new(mean, sd).map(Self::Normal)
    }

    /// Returns the normal distribution truncated at zero.
    ///
    /// `mean` and `sd` are those before truncation, as given in the model.
    pub fn positive_normal(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        check::finite("mean", mean)?;
        if check::non_negative("sd", sd)? == 0.0 {
            return check::non_negative("mean", mean).map(Self::Constant);
        }
        PositiveNormal::new(mean, sd).map(Self::PositiveNormal)
    }

    /// Returns the lognormal with its own mean and standard deviation.
    pub fn lognormal_mean_sd(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        check::positive("mean", mean)?;
        if check::non_negative("sd", sd)? == 0.0 {
            return Ok(Self::Constant(mean));
        }
        Lognormal::new(mean, sd).map(Self::Lognormal)
    }

    /// Returns the lognormal with this median and 0.9 quantile.
    pub fn lognormal_median_p90(median: f64, p90: f64) -> Result<Self, BadDistribution> {
        Lognormal::from_median_p90(median, p90).map(Self::Lognormal)
    }

    /// Returns the lognormal with this median and this standard deviation of the logarithm.
    pub fn lognormal_median_sigma(median: f64, sigma: f64) -> Result<Self, BadDistribution> {
        check::positive("median", median)?;
        if check::non_negative("sigma", sigma)? == 0.0 {
            return Ok(Self::Constant(median));
        }
        Lognormal::from_median(median, sigma).map(Self::Lognormal)
    }

    /// Returns the exponential with this mean.
    pub fn exponential(mean: f64) -> Result<Self, BadDistribution> {
        Exponential::new(mean).map(Self::Exponential)
    }

    /// Returns the gamma with this mean and standard deviation.
    pub fn gamma_mean_sd(mean: f64, sd: f64) -> Result<Self, BadDistribution> {
        check::positive("mean", mean)?;
        if check::non_negative("sd", sd)? == 0.0 {
            return Ok(Self::Constant(mean));
        }
        Gamma::from_mean_sd(mean, sd).map(Self::Gamma)
    }

    /// Returns the gamma with this shape and scale.
    pub fn gamma_shape_scale(shape: f64, scale: f64) -> Result<Self, BadDistribution> {
        Gamma::new(shape, scale).map(Self::Gamma)
    }

    /// Returns the sum of `k` equal exponential phases with total mean `mean`.
    pub fn erlang(k: u32, mean: f64) -> Result<Self, BadDistribution> {
        let phases = check::positive("k", f64::from(k))?;
        check::positive("mean", mean)?;
        Gamma::new(phases, mean / phases).map(Self::Gamma)
    }

    /// Returns the Weibull with this shape and scale.
    pub fn weibull_shape_scale(shape: f64, scale: f64) -> Result<Self, BadDistribution> {
        Weibull::new(shape, scale).map(Self::Weibull)
    }

    /// Returns the Weibull with this median and 0.9 quantile.
    pub fn weibull_median_p90(median: f64, p90: f64) -> Result<Self, BadDistribution> {
        Weibull::from_median_p90(median, p90).map(Self::Weibull)
    }

    /// Returns the log-logistic with this median; `shape` must exceed 1, or there is no mean.
    pub fn loglogistic(median: f64, shape: f64) -> Result<Self, BadDistribution> {
        Loglogistic::new(median, shape).map(Self::Loglogistic)
    }

    /// Returns the beta distribution scaled to `min` to `max`.
    pub fn beta(min: f64, max: f64, alpha: f64, beta: f64) -> Result<Self, BadDistribution> {
        check::positive("alpha", alpha)?;
        check::positive("beta", beta)?;
        if let Some(point) = one_point(min, max) {
            return Ok(point);
        }
        Beta::new(min, max, alpha, beta).map(Self::Beta)
    }

    /// Returns a mixture of exponentials; `shares` and `means` correspond by position.
    pub fn hyperexponential(shares: &[f64], means: &[f64]) -> Result<Self, BadDistribution> {
        let several = Hyperexponential::new(shares, means)?;
        match several.single_mean() {
            Some(mean) => Self::exponential(mean),
            None => Ok(Self::Hyperexponential(several)),
        }
    }

    /// Returns the distribution of the given values, weighted by `weights` or equally likely.
    pub fn empirical(values: &[f64], weights: Option<&[f64]>) -> Result<Self, BadDistribution> {
        let empirical = Empirical::new(values, weights)?;
        if let Some(point) = one_point(empirical.minimum(), empirical.maximum()) {
            return Ok(point);
        }
        Ok(Self::Empirical(empirical))
    }

    /// Returns a mixture of distributions with these shares.
    pub fn mixture(parts: Vec<(f64, Self)>) -> Result<Self, BadDistribution> {
        let mixture = Mixture::new(parts)?;
        if let [part] = mixture.parts() {
            return Ok(part.distribution.clone());
        }
        if let Some(point) = one_point(mixture.minimum(), mixture.maximum()) {
            return Ok(point);
        }
        Ok(Self::Mixture(mixture))
    }
}

/// Properties. A probability outside 0 to 1 counts as the nearer end.
impl Distribution {
    /// Returns the mean.
    pub fn mean(&self) -> f64 {
        self.family().mean()
    }

    /// Returns the variance; infinite for a log-logistic with shape 2 or less.
    pub fn variance(&self) -> f64 {
        self.family().variance()
    }

    /// Returns the mean of the cube; infinite for a log-logistic with shape 3 or less.
    pub fn third_moment(&self) -> f64 {
        self.family().third_moment()
    }

    /// Returns the standard deviation.
    pub fn sd(&self) -> f64 {
        self.variance().sqrt()
    }

    /// Returns the least possible value, which may be minus infinity.
    pub fn minimum(&self) -> f64 {
        self.family().minimum()
    }

    /// Returns the greatest possible value, which may be infinity.
    pub fn maximum(&self) -> f64 {
        self.family().maximum()
    }

    /// Returns the probability of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        self.family().cdf(x)
    }

    /// Returns the probability of a value above `x`; accurate even if it is tiny.
    pub fn survival(&self, x: f64) -> f64 {
        self.family().survival(x)
    }

    /// Returns the smallest `x` with `cdf(x) >= p`.
    pub fn quantile(&self, p: f64) -> f64 {
        self.family().quantile(p.clamp(0.0, 1.0))
    }

    /// Returns the quantile at `1 - q`; accurate even if `q` is tiny.
    pub fn quantile_upper(&self, q: f64) -> f64 {
        self.family().quantile_upper(q.clamp(0.0, 1.0))
    }

    /// Returns the quantile at `p` of a value known to exceed `elapsed`, as forecasts need it.
    ///
    /// If no value can exceed `elapsed`, the result is `elapsed`.
    pub fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        let p = p.clamp(0.0, 1.0);
        if elapsed <= self.minimum() {
            self.quantile(p)
        } else if elapsed >= self.maximum() {
            elapsed
        } else {
            self.family().quantile_given(elapsed, p).max(elapsed)
        }
    }

    /// Returns the distribution of this quantity times `factor`, which must be positive.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        debug_assert!(factor > 0.0 && factor.is_finite(), "a factor is positive");
        self.family().scaled(factor)
    }

    /// Compiles the distribution for drawing: each word gives one value.
    pub fn inverse(&self) -> Inverse {
        match self {
            Self::Constant(value) => Inverse::Constant(*value),
            Self::Uniform(uniform) => Inverse::line(uniform.minimum(), uniform.maximum()),
            Self::Triangular(triangular) => Inverse::triangle(triangular),
            Self::Empirical(empirical) => Inverse::steps(empirical.steps()),
            Self::Mixture(mixture) => Inverse::mixture(mixture),
            Self::Hyperexponential(several) => Inverse::hyperexponential(several),
            Self::Exponential(exponential) => Inverse::exponential(exponential.mean()),
            Self::Lognormal(lognormal) => Inverse::lognormal(lognormal),
            Self::Weibull(weibull) => Inverse::weibull(weibull),
            _ => Inverse::table(self.family()),
        }
    }

    fn family(&self) -> &dyn Family {
        match self {
            Self::Constant(value) => value,
            Self::Uniform(family) => family,
            Self::Triangular(family) => family,
            Self::Pert(family) => family,
            Self::Normal(family) => family,
            Self::PositiveNormal(family) => family,
            Self::Lognormal(family) => family,
            Self::Exponential(family) => family,
            Self::Gamma(family) => family,
            Self::Weibull(family) => family,
            Self::Loglogistic(family) => family,
            Self::Beta(family) => family,
            Self::Hyperexponential(family) => family,
            Self::Empirical(family) => family,
            Self::Mixture(family) => family,
        }
    }
}

/// Returns a constant if both ends are the same finite point.
#[expect(clippy::float_cmp, reason = "only exactly equal ends are one point")]
fn one_point(min: f64, max: f64) -> Option<Distribution> {
    (min == max && min.is_finite()).then_some(Distribution::Constant(min))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One distribution of every continuous family, from two shape parameters.
    fn continuous(a: f64, b: f64) -> Vec<Distribution> {
        let share = a / (a + b);
        [
            Distribution::uniform(-a, b),
            Distribution::triangular(-a, 0.3 * b, b),
            Distribution::pert(-a, 0.3 * b, b),
            Distribution::normal(a - b, a),
            Distribution::positive_normal(a - b, a),
            Distribution::lognormal_mean_sd(a, b),
            Distribution::exponential(a),
            // Below such shapes a low quantile underflows.
            Distribution::gamma_shape_scale(a.max(0.1), b),
            Distribution::weibull_shape_scale(a.max(0.2), b),
            Distribution::loglogistic(b, 1.0 + a),
            Distribution::beta(-1.0, 3.0, a, b),
            Distribution::hyperexponential(&[share, 1.0 - share], &[a, b]),
            Distribution::mixture(vec![
                (share, Distribution::exponential(b).unwrap()),
                (1.0 - share, Distribution::normal(a, b).unwrap()),
            ]),
        ]
        .into_iter()
        .map(Result::unwrap)
        .collect()
    }

    /// Returns the probability between the floats next to a value, the resolution of a quantile.
    fn blur(distribution: &Distribution, x: f64) -> f64 {
        let ulps = 4.0 * f64::EPSILON * x.abs().max(f64::MIN_POSITIVE);
        let below = distribution.cdf(x + ulps) - distribution.cdf(x - ulps);
        below.max(distribution.survival(x - ulps) - distribution.survival(x + ulps))
    }

    fn sizes() -> impl Strategy<Value = f64> {
        (-2.0..2.5f64).prop_map(|exponent| 10f64.powf(exponent))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn a_quantile_turns_back_into_its_probability(
            a in sizes(), b in sizes(), exponent in 0.0..15.0f64
        ) {
            let p = 0.5 * 10f64.powf(-exponent);
            for distribution in continuous(a, b) {
                let (x, y) = (distribution.quantile(p), distribution.quantile_upper(p));
                let (below, above) = (distribution.cdf(x), distribution.survival(y));
                prop_assert!((below - p).abs() <= 1e-9 * p + blur(&distribution, x),
                    "{distribution:?} at {p}: {x} gives {below}");
                prop_assert!((above - p).abs() <= 1e-9 * p + blur(&distribution, y),
                    "{distribution:?} above {p}: {y} gives {above}");
            }
        }

        #[test]
        fn a_quantile_given_an_elapsed_time_has_its_conditional_probability(
            a in sizes(), b in sizes(), at in 0.001..0.999f64, p in 0.001..0.999f64
        ) {
            for distribution in continuous(a, b) {
                let elapsed = distribution.quantile(at);
                let alive = distribution.survival(elapsed);
                let x = distribution.quantile_given(elapsed, p);
                let gap = distribution.survival(x) - alive * (1.0 - p);
                let slack = 1e-9 * alive + blur(&distribution, x) + blur(&distribution, elapsed);
                prop_assert!(gap.abs() <= slack,
                    "{distribution:?} given {elapsed}: {x} at {p} is off by {gap}");
            }
        }

        #[test]
        fn scaling_scales_moments_and_quantiles(
            a in sizes(), b in sizes(), factor in sizes(), p in 0.001..0.999f64
        ) {
            for distribution in continuous(a, b) {
                let scaled = distribution.scaled(factor);
                let size = factor * (distribution.mean().abs() + distribution.quantile(p).abs());
                prop_assert!((scaled.mean() - factor * distribution.mean()).abs() < 1e-9 * size);
                let expected = factor * distribution.quantile(p);
                prop_assert!((scaled.quantile(p) - expected).abs() < 1e-9 * size);
            }
        }
    }

    #[test]
    fn without_spread_a_distribution_is_a_constant() {
        let list = [
            Distribution::uniform(3.0, 3.0),
            Distribution::triangular(3.0, 3.0, 3.0),
            Distribution::pert(3.0, 3.0, 3.0),
            Distribution::normal(3.0, 0.0),
            Distribution::positive_normal(3.0, 0.0),
            Distribution::lognormal_mean_sd(3.0, 0.0),
            Distribution::lognormal_median_sigma(3.0, 0.0),
            Distribution::gamma_mean_sd(3.0, 0.0),
            Distribution::beta(3.0, 3.0, 1.0, 2.0),
            Distribution::empirical(&[3.0, 3.0], None),
            Distribution::mixture(vec![
                (0.5, Distribution::Constant(3.0)),
                (0.5, Distribution::Constant(3.0)),
            ]),
        ];
        for distribution in list {
            assert_eq!(distribution, Ok(Distribution::Constant(3.0)));
        }
    }

    #[test]
    fn a_single_part_is_that_part() {
        let wait = Distribution::exponential(2.0).unwrap();
        assert_eq!(Distribution::mixture(vec![(1.0, wait.clone())]), Ok(wait.clone()));
        assert_eq!(Distribution::hyperexponential(&[0.0, 1.0], &[7.0, 2.0]), Ok(wait));
    }

    #[test]
    fn impossible_parameters_are_refused_by_name() {
        use BadDistribution as Bad;
        let order = |low, low_value, high, high_value| {
            Err(Bad::OutOfOrder { low, low_value, high, high_value })
        };
        for (found, expected) in [
            (Distribution::constant(f64::NAN), Err(Bad::NotFinite { parameter: "value" })),
            (Distribution::uniform(2.0, 1.0), order("min", 2.0, "max", 1.0)),
            (Distribution::pert(1.0, 9.0, 8.0), order("mode", 9.0, "max", 8.0)),
            (Distribution::normal(0.0, -1.0), Err(Bad::Negative { parameter: "sd", value: -1.0 })),
            (
                Distribution::positive_normal(-1.0, 0.0),
                Err(Bad::Negative { parameter: "mean", value: -1.0 }),
            ),
            (
                Distribution::lognormal_mean_sd(0.0, 1.0),
                Err(Bad::NotPositive { parameter: "mean", value: 0.0 }),
            ),
            (
                Distribution::lognormal_mean_sd(1.0, -1.0),
                Err(Bad::Negative { parameter: "sd", value: -1.0 }),
            ),
            (Distribution::exponential(f64::INFINITY), Err(Bad::NotFinite { parameter: "mean" })),
            (
                Distribution::gamma_shape_scale(-2.0, 1.0),
                Err(Bad::NotPositive { parameter: "shape", value: -2.0 }),
            ),
            (Distribution::erlang(0, 1.0), Err(Bad::NotPositive { parameter: "k", value: 0.0 })),
            (Distribution::weibull_shape_scale(0.01, 1.0), Err(Bad::MeanNotFinite)),
            (Distribution::weibull_median_p90(5.0, 5.0), order("median", 5.0, "p90", 5.0)),
            (Distribution::loglogistic(1.0, 1.0), Err(Bad::MeanNotFinite)),
            (
                Distribution::beta(0.0, 1.0, 0.0, 1.0),
                Err(Bad::NotPositive { parameter: "alpha", value: 0.0 }),
            ),
            (Distribution::uniform(-1e160, 1e160), Err(Bad::SpreadNotFinite)),
        ] {
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_gamma_parameters_of_dist_12_hold() {
        for (mean, sd, shape, scale) in
            [(20.0, 15.0, 1.777_777_777_777_777_7, 11.25), (5.0, 1.0, 25.0, 0.2)]
        {
            let Distribution::Gamma(gamma) = Distribution::gamma_mean_sd(mean, sd).unwrap() else {
                panic!("a gamma distribution is one");
            };
            assert!((gamma.shape() - shape).abs() < 1e-9 * shape);
            assert!((gamma.scale() - scale).abs() < 1e-9 * scale);
        }
    }

    #[test]
    fn the_exponential_is_memoryless() {
        let wait = Distribution::exponential(5.0).unwrap();
        for elapsed in [0.5, 20.0, 1e5] {
            let rest = wait.quantile_given(elapsed, 0.7) - elapsed;
            assert!((rest - wait.quantile(0.7)).abs() < 1e-9);
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "exactly these values are meant")]
    fn a_conditional_quantile_is_at_least_the_elapsed_time() {
        let visit = Distribution::triangular(2.0, 5.0, 14.0).unwrap();
        let given = |elapsed| visit.quantile_given(elapsed, 0.5);
        assert_eq!([given(1.0), given(2.0)], [visit.quantile(0.5); 2]);
        assert_eq!([given(14.0), given(99.0)], [14.0, 99.0]);
        assert!(given(13.999) > 13.999);
    }

    #[test]
    fn every_family_has_conditional_quantiles_far_in_the_tail() {
        for distribution in continuous(0.7, 2.0) {
            let elapsed = 400.0 * distribution.sd().min(1e3) + distribution.mean();
            if elapsed < distribution.maximum() {
                let x = distribution.quantile_given(elapsed, 0.5);
                assert!(x.is_finite() && x >= elapsed, "{distribution:?}: {x} given {elapsed}");
            }
        }
    }
}
