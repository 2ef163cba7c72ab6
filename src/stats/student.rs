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
        let table = [
            (1.0, 12.706_204_736_174_694),
            (2.0, 4.302_652_729_749_462),
            (4.0, 2.776_445_105_197_793_4),
            (9.0, 2.262_157_162_798_205),
            (29.0, 2.045_229_642_132_703),
            (199.0, 1.971_956_544_251_753_3),
            (1e6, 1.959_966_356_814_107),
        ];
        for (freedom, t) in table {
            assert!((t_quantile(0.975, freedom) - t).abs() < 1e-9 * t, "{freedom}");
        }
    }

    #[test]
    fn normal_quantiles_are_those_of_the_tables() {
        let table = [
            (0.5, 0.0),
            (0.9, 1.281_551_565_544_600_4),
            (0.95, 1.644_853_626_951_472_6),
            (0.975, 1.959_963_984_540_054_3),
            (0.995, 2.575_829_303_548_901),
            (0.999_999_7, 4.991_217_139_907_698),
        ];
        for (p, z) in table {
            assert!((normal_quantile(p) - z).abs() <= 1e-9 * z, "{p}");
        }
    }
}
