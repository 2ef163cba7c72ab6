//! The families of distributions, each with its parameter checks and exact formulas.
//!
//! All formulas use `libm`, because the system's `ln` and `exp` differ between machines, and the
//! tables for drawing must be the same everywhere. Both tails have formulas of their own, because
//! `1 - p` loses a small `p`.

pub(super) mod check;

mod beta;
mod constant;
mod empirical;
mod exponential;
mod gamma;
mod hyperexponential;
mod loglogistic;
mod lognormal;
mod mixture;
mod normal;
mod pert;
mod positive_normal;
mod special;
mod triangular;
mod uniform;
mod weibull;

pub use beta::Beta;
pub use empirical::{Empirical, Step};
pub use exponential::Exponential;
pub use gamma::Gamma;
pub use hyperexponential::{Hyperexponential, Phase};
pub use loglogistic::Loglogistic;
pub use lognormal::Lognormal;
pub use mixture::{Mixture, Part};
pub use normal::Normal;
pub use pert::Pert;
pub use positive_normal::PositiveNormal;
pub use triangular::Triangular;
pub use uniform::Uniform;
pub use weibull::Weibull;

use super::distribution::Distribution;

/// The properties that every family provides.
pub trait Family {
    /// Returns the mean.
    fn mean(&self) -> f64;

    /// Returns the variance.
    fn variance(&self) -> f64;

    /// Returns the mean of the cube.
    fn third_moment(&self) -> f64;

    /// Returns the least possible value.
    fn minimum(&self) -> f64 {
        0.0
    }

    /// Returns the greatest possible value.
    fn maximum(&self) -> f64 {
        f64::INFINITY
    }

    /// Returns the probability of a value of at most `x`.
    fn cdf(&self, x: f64) -> f64;

    /// Returns the probability of a value above `x`.
    fn survival(&self, x: f64) -> f64;

    /// Returns the smallest `x` with `cdf(x) >= p`, for `p` from 0 to 1.
    fn quantile(&self, p: f64) -> f64;

    /// Returns the quantile at `1 - q`.
    fn quantile_upper(&self, q: f64) -> f64;

    /// Returns the quantile at `p` of a value known to exceed `elapsed`, which lies inside the
    /// support.
    ///
    /// A family whose survival function underflows inside its support overrides this.
    fn quantile_given(&self, elapsed: f64, p: f64) -> f64 {
        let alive = self.survival(elapsed);
        let beyond = alive * (1.0 - p);
        if alive < f64::MIN_POSITIVE {
            elapsed
        } else if beyond < 0.5 {
            self.quantile_upper(beyond)
        } else {
            self.quantile(self.cdf(elapsed) + alive * p)
        }
    }

    /// Returns the distribution of `factor` times this quantity.
    fn scaled(&self, factor: f64) -> Distribution;
}
