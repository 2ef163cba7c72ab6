//! Values from addressed words: what a draw of a forecast needs and the families do not have in
//! this form.
//!
//! A forecast draws each gamma variable once, so a compiled table would cost more than it saves.

use libm::{cos, exp, log, sqrt};

use crate::random::key::{Address, DealKey};

/// A number between 0 and 1 from a word; never 0 or 1.
#[inline]
pub fn unit(word: u64) -> f64 {
    ((word >> 11) as f64 + 0.5) / (1u64 << 53) as f64
}

/// An exponential variable with mean 1.
#[inline]
pub fn exponential(word: u64) -> f64 {
    -log(unit(word))
}

/// A standard normal variable from the words of a place at two visits (Box and Muller 1958).
pub fn normal(key: DealKey, address: Address, number: u64) -> f64 {
    let radius = sqrt(2.0 * exponential(key.word(address.visit(2 * number))));
    radius * cos(std::f64::consts::TAU * unit(key.word(address.visit(2 * number + 1))))
}

/// A gamma variable with this shape and mean 1, from a standard normal one (Wilson and Hilferty
/// 1931). From shape 1 the error of a quantile between 0.05 and 0.95 is under 3 % of the mean;
/// below that the logarithm is taken as normal with the same mean and relative variance.
pub fn gamma_of_mean_one(shape: f64, z: f64) -> f64 {
    if shape < 1.0 {
        let variance = log(1.0 + 1.0 / shape);
        return exp(z * sqrt(variance) - variance / 2.0);
    }
    let ninth = 1.0 / (9.0 * shape);
    let root = (1.0 - ninth + z * sqrt(ninth)).max(0.0);
    root * root * root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::families::{Family, Gamma};
    use crate::random::key::StreamKey;

    #[test]
    fn gamma_quantiles_are_near_the_exact_ones() {
        for shape in [1.0, 2.5, 5.0, 40.0, 1000.0] {
            let exact = Gamma::new(shape, 1.0 / shape).unwrap();
            for (p, z) in [(0.05, -1.644_853_627), (0.5, 0.0), (0.95, 1.644_853_627)] {
                let found = gamma_of_mean_one(shape, z);
                assert!((found - exact.quantile(p)).abs() < 0.03, "{shape} {p}: {found}");
            }
        }
    }

    /// Mean and variance of 100,000 normal draws: each bound is 5 standard errors (false alarm
    /// 1e-6).
    #[test]
    fn normal_draws_have_mean_zero_and_variance_one() {
        let address = Address::new("test", 0, "normal");
        let draws = (0..100_000).map(|i| normal(StreamKey::new(1, 0, "x").deal(i), address, 3));
        let (sum, squares) = draws.fold((0.0, 0.0), |(s, q), z| (s + z, q + z * z));
        assert!((sum / 1e5).abs() < 5.0 / 316.2, "{sum}");
        assert!((squares / 1e5 - 1.0).abs() < 5.0 * 2f64.sqrt() / 316.2, "{squares}");
    }
}
