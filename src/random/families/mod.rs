//! The families: for each the checks of its parameters and its exact mathematics.
//!
//! Everything is computed through `libm`, never through the system's `ln` and `exp`, which differ
//! between machines: the tables that draws are read from must be the same everywhere. Both tails
//! have formulas of their own, because `1 - p` forgets a small `p`.

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

/// What every family of distributions can say about itself.
pub trait Family {
    /// Returns the mean.
    fn mean(&self) -> f64;

    /// Returns the variance.
    fn variance(&self) -> f64;

    /// Returns the mean of the cube.
    fn third_moment(&self) -> f64;

    /// Returns the lower end of the possible values.
    fn minimum(&self) -> f64 {
        0.0
    }

    /// Returns the upper end of the possible values.
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

    /// Returns the quantile of a value that exceeds `elapsed`, a point inside the possible values.
    ///
    /// A family whose survival function leaves the range of numbers before its values do brings a
    /// formula of its own.
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
