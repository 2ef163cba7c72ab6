//! Named families, fitted by maximum likelihood to times of which some are cut off.

use statrs::function::erf::erfc;
use statrs::function::gamma::{digamma, gamma_lr, ln_gamma};

use super::Lasted;
use crate::random::distribution::Distribution;

/// A family with its parameters; times in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Family {
    /// By its mean.
    Exponential(f64),
    /// By the median and the standard deviation of the logarithm.
    Lognormal {
        /// In days.
        median: f64,
        /// Of the logarithm.
        sigma: f64,
    },
    /// By shape and scale.
    Weibull {
        /// Below 1: the longer it has lasted, the longer it will.
        shape: f64,
        /// In days.
        scale: f64,
    },
    /// By shape and scale.
    Gamma {
        /// The square of mean over standard deviation.
        shape: f64,
        /// In days.
        scale: f64,
    },
}

/// A fitted family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The family with its parameters.
    pub family: Family,
    /// The logarithm of the likelihood.
    pub log_likelihood: f64,
}

impl Candidate {
    /// Akaike's criterion: 2 × parameters − 2 × log-likelihood; less is better.
    pub fn aic(&self) -> f64 {
        let parameters = if matches!(self.family, Family::Exponential(_)) { 1.0 } else { 2.0 };
        2.0 * parameters - 2.0 * self.log_likelihood
    }
}

impl Family {
    /// The distribution in days; `None` if the parameters are too extreme for one.
    pub fn distribution(&self) -> Option<Distribution> {
        match *self {
            Family::Exponential(mean) => Distribution::exponential(mean),
            Family::Lognormal { median, sigma } => {
                Distribution::lognormal_median_sigma(median, sigma)
            }
            Family::Weibull { shape, scale } => Distribution::weibull_shape_scale(shape, scale),
            Family::Gamma { shape, scale } => Distribution::gamma_shape_scale(shape, scale),
        }
        .ok()
    }

    /// The logarithm of the density where a time ended, of the survival where it went on.
    fn log_chance(&self, one: &Lasted) -> f64 {
        let t = one.days;
        match (*self, one.ended) {
            (Family::Exponential(mean), ended) => {
                -t / mean - if ended { libm::log(mean) } else { 0.0 }
            }
            (Family::Weibull { shape, scale }, ended) => {
                let hazard = libm::pow(t / scale, shape);
                let density = libm::log(shape / scale) + (shape - 1.0) * libm::log(t / scale);
                if ended { density - hazard } else { -hazard }
            }
            (Family::Lognormal { median, sigma }, ended) => {
                let z = libm::log(t / median) / sigma;
                if ended {
                    -z * z / 2.0 - libm::log(t * sigma) - 0.5 * libm::log(std::f64::consts::TAU)
                } else {
                    libm::log(upper(z))
                }
            }
            (Family::Gamma { shape, scale }, true) => {
                (shape - 1.0) * libm::log(t)
                    - t / scale
                    - ln_gamma(shape)
                    - shape * libm::log(scale)
            }
            (Family::Gamma { shape, scale }, false) => {
                libm::log((1.0 - gamma_lr(shape, t / scale)).max(f64::MIN_POSITIVE))
            }
        }
    }
}

/// The standard normal survival.
fn upper(z: f64) -> f64 {
    (0.5 * erfc(z / std::f64::consts::SQRT_2)).max(f64::MIN_POSITIVE)
}

/// All families that can be fitted to these positive times, the best by Akaike's criterion first. At least two different
/// times must have ended.
pub fn candidates(lasted: &[Lasted]) -> Vec<Candidate> {
    let ended: Vec<f64> = lasted.iter().filter(|one| one.ended).map(|one| one.days).collect();
    let differ = ended.iter().any(|time| *time != ended[0]);
    if !differ || lasted.iter().any(|one| one.days <= 0.0) {
        return Vec::new();
    }
    let total: f64 = lasted.iter().map(|one| one.days).sum();
    let families = [
        Some(Family::Exponential(total / ended.len() as f64)),
        weibull(lasted, ended.len() as f64),
        lognormal(lasted, &ended),
        gamma(lasted, &ended),
    ];
    let mut found: Vec<Candidate> = families
        .into_iter()
        .flatten()
        .filter(|family| family.distribution().is_some())
        .map(|family| Candidate {
            family,
            log_likelihood: lasted.iter().map(|one| family.log_chance(one)).sum(),
        })
        .filter(|candidate| candidate.log_likelihood.is_finite())
        .collect();
    found.sort_by(|a, b| a.aic().total_cmp(&b.aic()));
    found
}

/// The likelihood equation of the shape k: Σ tᵏ ln t / Σ tᵏ − 1/k = mean of ln t over what ended (Cohen 1965,
/// *Technometrics* 7); the left side rises with k.
fn weibull(lasted: &[Lasted], ended: f64) -> Option<Family> {
    let log_mean =
        lasted.iter().filter(|one| one.ended).map(|one| libm::log(one.days)).sum::<f64>() / ended;
    let longest = lasted.iter().map(|one| one.days).fold(0.0, f64::max);
    let equation = |k: f64| {
        let (mut sum, mut logs) = (0.0, 0.0);
        for one in lasted {
            let power = libm::pow(one.days / longest, k);
            sum += power;
            logs += power * libm::log(one.days);
        }
        logs / sum - 1.0 / k - log_mean
    };
    let shape = root(equation, 0.02, 200.0)?;
    let sum: f64 = lasted.iter().map(|one| libm::pow(one.days / longest, shape)).sum();
    Some(Family::Weibull { shape, scale: longest * libm::pow(sum / ended, 1.0 / shape) })
}

/// By expectation and maximization: what went on beyond c has the moments of a normal law above c (Tobin 1958).
fn lognormal(lasted: &[Lasted], ended: &[f64]) -> Option<Family> {
    let n = lasted.len() as f64;
    let logs = ended.iter().map(|time| libm::log(*time));
    let mut mean = logs.clone().sum::<f64>() / ended.len() as f64;
    let spread = logs.map(|log| (log - mean).powi(2)).sum::<f64>();
    let mut sigma = (spread / ended.len() as f64).sqrt();
    for _ in 0..2_000 {
        let (mut sum, mut squares) = (0.0, 0.0);
        for one in lasted {
            let log = libm::log(one.days);
            if one.ended {
                sum += log;
                squares += log * log;
            } else {
                let a = (log - mean) / sigma;
                let density = libm::exp(-a * a / 2.0) / std::f64::consts::TAU.sqrt();
                let hazard = density / upper(a);
                sum += mean + sigma * hazard;
                squares += mean * mean + sigma * sigma + sigma * (log + mean) * hazard;
            }
        }
        let (before, old) = (mean, sigma);
        mean = sum / n;
        sigma = (squares / n - mean * mean).max(0.0).sqrt();
        if (mean - before).abs() + (sigma - old).abs() < 1e-12 * (1.0 + mean.abs()) {
            break;
        }
    }
    (sigma > 0.0).then(|| Family::Lognormal { median: libm::exp(mean), sigma })
}

/// Of times that all ended: ln k − ψ(k) = ln of the mean − mean of ln; not fitted where some went on.
fn gamma(lasted: &[Lasted], ended: &[f64]) -> Option<Family> {
    if lasted.len() > ended.len() {
        return None;
    }
    let n = ended.len() as f64;
    let mean = ended.iter().sum::<f64>() / n;
    let log_mean = ended.iter().map(|time| libm::log(*time)).sum::<f64>() / n;
    let apart = libm::log(mean) - log_mean;
    let shape = root(|k| apart - libm::log(k) + digamma(k), 1e-3, 1e6)?;
    Some(Family::Gamma { shape, scale: mean / shape })
}

/// The root of a rising function between two positive numbers, to twelve digits.
fn root(function: impl Fn(f64) -> f64, low: f64, high: f64) -> Option<f64> {
    let (mut low, mut high) = (low, high);
    if function(low) > 0.0 || function(high) < 0.0 {
        return None;
    }
    while high / low > 1.0 + 1e-12 {
        let middle = (low * high).sqrt();
        *(if function(middle) > 0.0 { &mut high } else { &mut low }) = middle;
        if middle == low && middle == high {
            break;
        }
    }
    Some((low * high).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The middle quantiles of a distribution, as times that ended.
    fn sample(law: &Distribution, n: u32) -> Vec<Lasted> {
        (0..n).map(|k| Lasted::ended(law.quantile((f64::from(k) + 0.5) / f64::from(n)))).collect()
    }

    #[test]
    fn each_family_finds_itself() {
        let families = [
            Family::Exponential(3.0),
            Family::Lognormal { median: 5.0, sigma: 0.8 },
            Family::Weibull { shape: 0.6, scale: 4.0 },
            Family::Gamma { shape: 2.5, scale: 1.5 },
        ];
        for family in families {
            let times = sample(&family.distribution().unwrap(), 4_000);
            let best = candidates(&times)[0].family;
            let same = std::mem::discriminant(&best) == std::mem::discriminant(&family);
            assert!(same, "{family:?} is taken for {best:?}");
        }
    }

    /// Cutting at a time that a tenth outlasts changes the parameters little.
    #[test]
    fn what_went_on_is_used() {
        let law = Distribution::lognormal_median_sigma(5.0, 0.8).unwrap();
        let cut = law.quantile(0.9);
        let times: Vec<Lasted> = sample(&law, 4_000)
            .into_iter()
            .map(|one| if one.days > cut { Lasted::so_far(cut) } else { one })
            .collect();
        let found = candidates(&times);
        let Family::Lognormal { median, sigma } = found[0].family else { panic!("{found:?}") };
        assert!((median - 5.0).abs() < 0.02 && (sigma - 0.8).abs() < 0.01, "{median} {sigma}");
    }
}
