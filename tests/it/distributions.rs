//! Compares the draws of every family with another library and with exact cases.
//!
//! A million words of a named generator go through the compiled inverse. The draws are judged by
//! Kolmogorov–Smirnov against `statrs` (against draws of `rand_distr` if it has no such function),
//! by mean and by standard deviation. The seeds are fixed, so a failure is a fault and not bad
//! luck.

use rand::Rng;
use rand_distr::Distribution as _;
use rand_pcg::Pcg64Mcg;
use statrs::distribution::{self as reference, ContinuousCDF};
use voronka::random::distribution::Distribution;

const DRAWS: usize = 1_000_000;

/// A false alarm of 10^-6 over 50 distributions: `D = sqrt(ln(2 * 50e6) / (2 n))`.
const KS: f64 = 0.0030;

/// Two-sided critical value at 1e-6.
const Z: f64 = 4.892;

fn draws(distribution: &Distribution, seed: u128, count: usize) -> Vec<f64> {
    let inverse = distribution.inverse();
    let mut generator = Pcg64Mcg::new(seed);
    (0..count).map(|_| inverse.at(generator.next_u64())).collect()
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Returns the mean of `(x - center)^power`.
fn moment(values: &[f64], center: f64, power: i32) -> f64 {
    values.iter().map(|x| (x - center).powi(power)).sum::<f64>() / values.len() as f64
}

/// Judges mean and standard deviation by z-tests.
fn check_moments(distribution: &Distribution, values: &[f64]) {
    let count = values.len() as f64;
    let mean = moment(values, 0.0, 1);
    let variance = moment(values, mean, 2);
    let error = (variance / count).sqrt();
    assert!(
        (mean - distribution.mean()).abs() <= Z * error,
        "{distribution:?}: mean {mean} ± {error} instead of {}",
        distribution.mean()
    );
    let error = ((moment(values, mean, 4) - variance * variance) / count).sqrt();
    assert!(
        (variance - distribution.variance()).abs() <= Z * error,
        "{distribution:?}: variance {variance} ± {error} instead of {}",
        distribution.variance()
    );
}

fn check(seed: u128, distribution: &Distribution, cdf: impl Fn(f64) -> f64) {
    let values = sorted(draws(distribution, seed, DRAWS));
    let step = 1.0 / values.len() as f64;
    let mut worst = 0.0_f64;
    for (i, &x) in values.iter().enumerate() {
        let exact = cdf(x);
        worst = worst.max((i + 1) as f64 * step - exact).max(exact - i as f64 * step);
    }
    assert!(worst <= KS, "{distribution:?}: KS distance {worst}");
    check_moments(distribution, &values);
}

fn check_two_samples(seed: u128, distribution: &Distribution, other: Vec<f64>) {
    let (values, other) = (sorted(draws(distribution, seed, DRAWS)), sorted(other));
    let (mut behind, mut worst) = (0, 0.0_f64);
    for (i, &x) in values.iter().enumerate() {
        while behind < other.len() && other[behind] <= x {
            behind += 1;
        }
        let gap = (i + 1) as f64 / values.len() as f64 - behind as f64 / other.len() as f64;
        worst = worst.max(gap.abs());
    }
    assert!(worst <= KS * 2.0_f64.sqrt(), "{distribution:?}: KS distance {worst}");
    check_moments(distribution, &values);
}

fn reference_draws<D: rand_distr::Distribution<f64>>(distribution: D) -> Vec<f64> {
    distribution.sample_iter(Pcg64Mcg::new(0xfeed)).take(DRAWS).collect()
}

#[test]
fn uniform_draws_follow_the_reference() {
    let exact = reference::Uniform::new(2.0, 6.0).unwrap();
    check(1, &Distribution::uniform(2.0, 6.0).unwrap(), |x| exact.cdf(x));
}

#[test]
fn triangular_draws_follow_the_reference() {
    for (min, mode, max) in [(2.0, 5.0, 14.0), (0.0, 0.0, 3.0), (-2.0, 1.0, 1.0)] {
        let exact = reference::Triangular::new(min, max, mode).unwrap();
        check(2, &Distribution::triangular(min, mode, max).unwrap(), |x| exact.cdf(x));
    }
}

#[test]
fn pert_draws_follow_another_sampler() {
    for (min, mode, max) in [(2.0, 5.0, 14.0), (0.0, 0.0, 9.0)] {
        let other = rand_distr::Pert::new(min, max).with_mode(mode).unwrap();
        let pert = Distribution::pert(min, mode, max).unwrap();
        check_two_samples(3, &pert, reference_draws(other));
    }
}

#[test]
fn normal_draws_follow_the_reference() {
    let exact = reference::Normal::new(-3.0, 2.0).unwrap();
    check(4, &Distribution::normal(-3.0, 2.0).unwrap(), |x| exact.cdf(x));
}

#[test]
fn positive_normal_draws_follow_the_truncated_reference() {
    for (mean, sd) in [(20.0, 5.0), (1.0, 2.0), (-3.0, 1.0)] {
        let exact = reference::Normal::new(mean, sd).unwrap();
        let positive = Distribution::positive_normal(mean, sd).unwrap();
        check(5, &positive, |x| 1.0 - exact.sf(x) / exact.sf(0.0));
    }
}

#[test]
fn lognormal_draws_follow_the_reference() {
    for (median, sigma) in [(16.0, 0.668_047_230_836_577_6), (3.0, 0.1)] {
        let exact = reference::LogNormal::new(f64::ln(median), sigma).unwrap();
        let lognormal = Distribution::lognormal_median_sigma(median, sigma).unwrap();
        check(6, &lognormal, |x| exact.cdf(x));
    }
}

#[test]
fn exponential_draws_follow_the_reference() {
    let exact = reference::Exp::new(1.0 / 30.0).unwrap();
    check(7, &Distribution::exponential(30.0).unwrap(), |x| exact.cdf(x));
}

#[test]
fn gamma_draws_follow_the_reference() {
    for (shape, scale) in [(0.3, 5.0), (16.0 / 9.0, 11.25), (11.0, 1.0), (40.0, 0.5)] {
        let exact = reference::Gamma::new(shape, 1.0 / scale).unwrap();
        check(8, &Distribution::gamma_shape_scale(shape, scale).unwrap(), |x| exact.cdf(x));
    }
    let exact = reference::Erlang::new(3, 0.3).unwrap();
    check(9, &Distribution::erlang(3, 10.0).unwrap(), |x| exact.cdf(x));
}

#[test]
fn weibull_draws_follow_the_reference() {
    for (shape, scale) in [(0.7, 4.0), (1.5, 2.0), (5.0, 9.0)] {
        let exact = reference::Weibull::new(shape, scale).unwrap();
        check(10, &Distribution::weibull_shape_scale(shape, scale).unwrap(), |x| exact.cdf(x));
    }
}

#[test]
fn loglogistic_draws_follow_a_transformed_logistic() {
    // A logistic quantity is the log-odds of a uniform one.
    let (median, shape) = (10.0, 6.0);
    let uniform = rand_distr::Uniform::new(0.0, 1.0).unwrap();
    let logistic = uniform.map(|p: f64| median * (p / (1.0 - p)).powf(1.0 / shape));
    let loglogistic = Distribution::loglogistic(median, shape).unwrap();
    check_two_samples(11, &loglogistic, reference_draws(logistic));
}

#[test]
fn beta_draws_follow_the_reference() {
    for (alpha, beta) in [(0.5, 0.5), (2.0, 6.0), (30.0, 12.0)] {
        let exact = reference::Beta::new(alpha, beta).unwrap();
        let stretched = Distribution::beta(-1.0, 3.0, alpha, beta).unwrap();
        check(12, &stretched, |x| exact.cdf((x + 1.0) / 4.0));
    }
}

#[test]
fn hyperexponential_draws_follow_the_weighted_reference() {
    for means in [[5.0, 60.0], [1.0, 1e4]] {
        let [short, long] = means.map(|mean| reference::Exp::new(1.0 / mean).unwrap());
        let several = Distribution::hyperexponential(&[0.9, 0.1], &means).unwrap();
        check(13, &several, |x| 0.9 * short.cdf(x) + 0.1 * long.cdf(x));
    }
}

#[test]
fn mixture_draws_follow_the_weighted_reference() {
    let mixture = Distribution::mixture(vec![
        (0.3, Distribution::normal(0.0, 1.0).unwrap()),
        (0.7, Distribution::uniform(-1.0, 5.0).unwrap()),
    ]);
    let normal = reference::Normal::new(0.0, 1.0).unwrap();
    let uniform = reference::Uniform::new(-1.0, 5.0).unwrap();
    check(14, &mixture.unwrap(), |x| 0.3 * normal.cdf(x) + 0.7 * uniform.cdf(x));
}

#[test]
fn empirical_draws_come_as_often_as_their_weights() {
    let (values, weights) = ([4.0, 1.0, 9.0, 2.0], [1.0, 2.0, 3.0, 4.0]);
    let empirical = Distribution::empirical(&values, Some(&weights)).unwrap();
    let drawn = draws(&empirical, 15, DRAWS);
    for (value, weight) in values.into_iter().zip(weights) {
        let count = drawn.iter().filter(|x| x.total_cmp(&value).is_eq()).count();
        check_share(count, weight / 10.0, DRAWS, "weight");
    }
    check_moments(&empirical, &drawn);
}

/// Judges a count by the normal approximation of a binomial share.
fn check_share(count: usize, p: f64, of: usize, name: &str) {
    let (share, of) = (count as f64 / of as f64, of as f64);
    let error = (p * (1.0 - p) / of).sqrt();
    assert!((share - p).abs() <= 6.0 * error, "{name}: {share} ± {error} instead of {p}");
}

/// The figures of a distribution in an exact case of the reference suite.
struct ExactCase {
    distribution: Distribution,
    skewness: f64,
    quantiles: &'static [(f64, f64)],
    probabilities: &'static [(f64, f64)],
}

/// Judges draws by the rule of the reference suite: agreement at z = 6, and precision.
fn check_exact(seed: u128, case: &ExactCase) {
    let count = 4 * DRAWS;
    let values = draws(&case.distribution, seed, count);
    check_moments(&case.distribution, &values);
    let mean = moment(&values, 0.0, 1);
    let sd = moment(&values, mean, 2).sqrt();
    let skewness = moment(&values, mean, 3) / sd.powi(3);
    // The skewness of many draws is a mean of influences (Hampel), so the standard deviation of
    // these gives its error.
    let influence = |x: f64| {
        let z = (x - mean) / sd;
        z.powi(3) - 3.0 * z - 1.5 * skewness * (z * z - 1.0)
    };
    let spread = values.iter().map(|&x| influence(x).powi(2)).sum::<f64>() / count as f64;
    let spread = (spread - skewness * skewness).max(0.0);
    let half_width = 6.0 * (spread / count as f64).sqrt();
    assert!((skewness - case.skewness).abs() <= half_width, "skewness {skewness} ± {half_width}");
    assert!(half_width <= 0.05 * case.skewness, "skewness is too uncertain: ± {half_width}");
    for &(p, x) in case.quantiles {
        check_share(values.iter().filter(|&&value| value <= x).count(), p, count, "quantile");
        assert!((case.distribution.quantile(p) - x).abs() <= 1e-9 * x);
    }
    for &(x, p) in case.probabilities {
        check_share(values.iter().filter(|&&value| value <= x).count(), p, count, "cdf");
        assert!((case.distribution.cdf(x) - p).abs() <= 1e-9);
    }
}

#[test]
fn lognormal_draws_meet_the_exact_case_dist_02() {
    check_exact(
        16,
        &ExactCase {
            distribution: Distribution::lognormal_mean_sd(20.0, 15.0).unwrap(),
            skewness: 2.671_875,
            quantiles: &[
                (0.01, 3.382_037_934_577_574_4),
                (0.1, 6.796_798_875_252_421_5),
                (0.25, 10.196_022_695_095_339),
                (0.5, 16.0),
                (0.75, 25.107_829_558_200_7),
                (0.9, 37.664_789_660_337_35),
                (0.95, 48.010_927_097_095_845),
                (0.99, 75.694_006_085_113_6),
            ],
            probabilities: &[
                (10.0, 0.240_856_995_511_041),
                (20.0, 0.630_819_130_711_241_3),
                (40.0, 0.914_905_338_691_836_8),
            ],
        },
    );
}

#[test]
fn weibull_draws_meet_the_exact_case_dist_06() {
    check_exact(
        17,
        &ExactCase {
            distribution: Distribution::weibull_shape_scale(0.7, 4.0).unwrap(),
            skewness: 3.498_370_257_091_091,
            quantiles: &[
                (0.01, 0.005_597_991_583_249_835),
                (0.1, 0.160_651_781_128_544_17),
                (0.25, 0.674_649_612_414_094_6),
                (0.5, 2.369_560_451_808_535),
                (0.75, 6.378_383_737_086_24),
                (0.9, 13.167_731_888_659_76),
                (0.95, 19.176_906_913_558_607),
                (0.99, 35.444_905_770_956_77),
            ],
            probabilities: &[
                (2.531_647_012_11, 0.516_162_418_551_251_2),
                (5.063_294_024_23, 0.692_536_910_535_745_3),
                (10.126_588_048_5, 0.852_796_799_642_443_6),
            ],
        },
    );
}

#[test]
fn triangular_draws_meet_the_exact_case_dist_09() {
    check_exact(
        18,
        &ExactCase {
            distribution: Distribution::triangular(2.0, 5.0, 14.0).unwrap(),
            skewness: 0.422_403_983_374_550_2,
            quantiles: &[
                (0.01, 2.6),
                (0.1, 3.897_366_596_101_027_5),
                (0.25, 5.0),
                (0.5, 6.651_530_771_650_466),
                (0.75, 8.803_847_577_293_368),
                (0.9, 10.713_664_654_969_003),
                (0.95, 11.676_209_992_275_549),
                (0.99, 12.960_769_515_458_672),
            ],
            probabilities: &[(3.5, 0.0625), (7.0, 0.546_296_296_296_296_3), (14.0, 1.0)],
        },
    );
}
