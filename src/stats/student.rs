//! Quantiles of the normal and of Student's distribution.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Degrees of freedom above which the expansion is used: statrs' quantile loses digits there.
const LARGE: f64 = 1000.0;

/// The standard normal quantile.
pub fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// The quantile of Student's t (expansion: Abramowitz & Stegun 26.7.5).
pub fn t_quantile(p: f64, freedom: f64) -> f64 {
    if freedom <= LARGE {
        return StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |t| t.inverse_cdf(p));
    }
    let z = normal_quantile(p);
    let first = (z.powi(3) + z) / (4.0 * freedom);
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / (96.0 * freedom.powi(2));
    z + first + second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_quantiles_are_those_of_the_tables() {
        for (freedom, t) in
            [(1.0, 12.706_204_74), (4.0, 2.776_445_1), (29.0, 2.045_229_64), (9999.0, 1.960_201_26)]
        {
            assert!((t_quantile(0.975, freedom) - t).abs() < 1e-6, "{freedom}");
        }
        assert!((t_quantile(0.975, 1e7) - 1.959_964_2).abs() < 1e-6);
    }
}
