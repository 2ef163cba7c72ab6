//! Sobol's indices: which share of the variance of a figure each parameter explains.
//!
//! The parameters are independent and uniform over their ranges. The first index is the share that
//! a parameter explains alone, the total one the share that is gone if it is fixed; a gap between
//! them is interaction. Estimators: Saltelli et al. 2010 (*Computer Physics Communications* 181)
//! for the first, Jansen 1999 for the total. The points are independent, so the intervals are those
//! of ratios of means.

use crate::random::key::mix;
use crate::stats::{Estimate, Sample};

/// The indices of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// The share of the variance that it explains alone.
    pub first: Estimate,
    /// The share that it explains with its interactions.
    pub total: Estimate,
}

/// The indices of `parameters` of functions on the unit cube, each with a result for every figure;
/// gives a value for each figure and parameter. Figures that do not vary have no indices.
///
/// The functions are evaluated (parameters + 2) × samples times.
///
/// # Errors
/// Those of the functions.
pub fn sobol<E>(
    parameters: usize,
    samples: usize,
    (seed, level): (u64, f64),
    mut evaluate: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
) -> Result<Vec<Vec<Index>>, E> {
    let share = |sample: usize, at: usize| {
        let word = mix(mix(mix(seed ^ 0x534F_424F_4C00) ^ sample as u64) ^ at as u64);
        (word >> 11) as f64 / 2_f64.powi(53)
    };
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    let mut mixed: Vec<Vec<Vec<f64>>> = vec![Vec::new(); parameters];
    for sample in 0..samples {
        let one: Vec<f64> = (0..parameters).map(|at| share(sample, at)).collect();
        let other: Vec<f64> = (0..parameters).map(|at| share(sample, parameters + at)).collect();
        for (at, mixed) in mixed.iter_mut().enumerate() {
            let mut point = one.clone();
            point[at] = other[at];
            mixed.push(evaluate(&point)?);
        }
        ones.push(evaluate(&one)?);
        others.push(evaluate(&other)?);
    }
    let figures = ones.first().map_or(0, Vec::len);
    let index = |figure: usize, mixed: &Vec<Vec<f64>>| {
        let column = |results: &[Vec<f64>]| -> Vec<f64> {
            results.iter().map(|results| results[figure]).collect()
        };
        indices(&column(&ones), &column(&others), &column(mixed), level)
    };
    Ok((0..figures).map(|at| mixed.iter().map(|mixed| index(at, mixed)).collect()).collect())
}

/// The indices of a parameter from the figure at points a, at points b, and at points a with the
/// parameter of b.
fn indices(a: &[f64], b: &[f64], mixed: &[f64], level: f64) -> Index {
    let n = a.len() as f64;
    let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2.0 * n);
    let square = |x: f64| x * x;
    let variance = |at: usize| f64::midpoint(square(a[at] - mean), square(b[at] - mean));
    let sample = Sample::plain(a.len());
    let ratio = |numerator: &dyn Fn(usize) -> f64| {
        let pairs: Vec<(f64, f64)> = (0..a.len()).map(|at| (numerator(at), variance(at))).collect();
        if pairs.iter().all(|(_, variance)| *variance <= 0.0) {
            return Estimate::none(level);
        }
        sample.ratio(&pairs, level)
    };
    Index {
        first: ratio(&|at| (b[at] - mean) * (mixed[at] - a[at])),
        total: ratio(&|at| square(a[at] - mixed[at]) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::f64::consts::PI;

    fn value(estimate: Estimate) -> (f64, f64) {
        (estimate.value.expect("a value"), estimate.half_width.expect("an interval"))
    }

    /// The function of Ishigami and Homma (1990) with a = 7, b = 0.1; its indices are those of
    /// Saltelli et al., *Sensitivity Analysis in Practice*, 2004. Six intervals at 1 − 1e-6 each.
    #[test]
    fn the_indices_of_the_ishigami_function_are_known() {
        let function = |x: &[f64]| {
            let x: Vec<f64> = x.iter().map(|x| PI * (2.0 * x - 1.0)).collect();
            let ishigami = x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin();
            Ok::<_, Infallible>(vec![ishigami])
        };
        let variance = 49.0 / 8.0 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0 + 0.5;
        let alone = [(1.0 + 0.1 * PI.powi(4) / 5.0).powi(2) / 2.0, 49.0 / 8.0, 0.0];
        let both = 0.01 * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
        let part = [alone[0] + both, alone[1], both];
        let Ok(found) = sobol(3, 20_000, (1, 1.0 - 1e-6), function);
        for (at, Index { first, total }) in found[0].iter().enumerate() {
            for (estimate, exact) in [(first, alone[at]), (total, part[at])] {
                let (value, half) = value(*estimate);
                assert!(
                    (value - exact / variance).abs() <= half && half < 0.1,
                    "{at}: {value} ± {half}"
                );
            }
        }
    }

    /// Of 500 seeds at 95 %: with a chance of 1e-6 fewer than 450 intervals contain the truth if the
    /// coverage is 94 %, which few points may have.
    #[test]
    fn the_intervals_contain_the_truth() {
        // Shares of the variance of x + 2 y: 1/5 and 4/5.
        let function = |x: &[f64]| Ok::<_, Infallible>(vec![x[0] + 2.0 * x[1]]);
        let mut held = [0; 4];
        for seed in 0..500 {
            let Ok(found) = sobol(2, 200, (seed, 0.95), function);
            for (at, exact) in [0.2, 0.8].into_iter().enumerate() {
                for (other, estimate) in
                    [found[0][at].first, found[0][at].total].into_iter().enumerate()
                {
                    let (value, half) = value(estimate);
                    held[2 * at + other] += usize::from((value - exact).abs() <= half);
                }
            }
        }
        assert!(held.iter().all(|held| *held >= 450), "{held:?}");
    }

    #[test]
    fn a_constant_has_no_indices() {
        let Ok(found) = sobol(1, 10, (1, 0.95), |_| Ok::<_, Infallible>(vec![3.0]));
        assert_eq!(found[0][0].first.value, None);
    }
}
