//! Morris' screening: how much each parameter matters, and whether that depends on the others.
//!
//! Trajectories through a grid of four levels change one parameter after the other. The change of
//! the figure, over the whole range of the parameter, is its elementary effect (Morris 1991,
//! *Technometrics* 33). The mean of its absolute value says how much the parameter matters
//! (Campolongo, Cariboni and Saltelli 2007, *Environmental Modelling & Software* 22); a standard
//! deviation that is not small against it shows curvature or interactions.

use crate::random::key::mix;
use crate::stats::{Estimate, Sample};

const LEVELS: u64 = 4;

/// What the screening says of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screened {
    /// The mean of the absolute effects of the whole range, over the trajectories.
    pub strength: Estimate,
    /// The mean of the effects, with their signs.
    pub effect: Estimate,
    /// The standard deviation of the effects.
    pub sd: f64,
}

/// Screens `parameters` of functions on the unit cube, each with a result for every figure; gives a
/// value for each figure and parameter.
///
/// The functions are evaluated (parameters + 1) × trajectories times.
///
/// # Errors
/// Those of the functions.
pub fn morris<E>(
    parameters: usize,
    trajectories: usize,
    (seed, level): (u64, f64),
    mut evaluate: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
) -> Result<Vec<Vec<Screened>>, E> {
    let mut effects: Vec<Vec<Vec<f64>>> = Vec::new();
    for trajectory in 0..trajectories {
        let word = |at: usize| mix(mix(mix(seed ^ 0x4D4F_5252) ^ trajectory as u64) ^ at as u64);
        // The lower half of the levels goes up by half of them, the upper half goes down.
        let level_of = |at: usize| word(at) % LEVELS;
        let value = |level: u64| level as f64 / (LEVELS - 1) as f64;
        let mut point: Vec<f64> = (0..parameters).map(|at| value(level_of(at))).collect();
        let mut order: Vec<usize> = (0..parameters).collect();
        order.sort_by_key(|at| word(parameters + at));
        let mut before = evaluate(&point)?;
        effects.resize(before.len(), vec![Vec::new(); parameters]);
        for at in order {
            let level = level_of(at);
            let other = if level < LEVELS / 2 { level + LEVELS / 2 } else { level - LEVELS / 2 };
            let step = value(other) - point[at];
            point[at] = value(other);
            let after = evaluate(&point)?;
            for (effects, (old, new)) in effects.iter_mut().zip(before.iter().zip(&after)) {
                effects[at].push((new - old) / step);
            }
            before = after;
        }
    }
    let screened = |effects: &Vec<f64>| {
        let sample = Sample::plain(effects.len());
        let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
        let effect = sample.mean(effects, level);
        let mean = effect.value.unwrap_or(0.0);
        let squares: f64 = effects.iter().map(|x| (x - mean) * (x - mean)).sum();
        let sd = (squares / (effects.len().max(2) - 1) as f64).sqrt();
        Screened { strength: sample.mean(&sizes, level), effect, sd }
    };
    Ok(effects.iter().map(|of| of.iter().map(screened).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn screen(function: impl Fn(&[f64]) -> f64) -> Vec<Screened> {
        let evaluate = |x: &[f64]| Ok::<_, Infallible>(vec![function(x)]);
        let Ok(mut found) = morris(3, 20, (1, 0.95), evaluate);
        found.remove(0)
    }

    #[test]
    fn the_effects_of_a_plane_are_its_slopes() {
        let found = screen(|x| 5.0 - 2.0 * x[0] + 3.0 * x[1]);
        let value = |estimate: Estimate| estimate.value.expect("there are trajectories");
        for (screened, slope) in found.iter().zip([-2.0, 3.0, 0.0_f64]) {
            assert!((value(screened.effect) - slope).abs() < 1e-12, "{screened:?}");
            assert!((value(screened.strength) - slope.abs()).abs() < 1e-12, "{screened:?}");
            assert!(screened.sd < 1e-12, "{screened:?}");
        }
    }

    #[test]
    fn an_interaction_has_a_spread() {
        let found = screen(|x| (x[0] - 0.5) * (x[1] - 0.5));
        assert!(found[0].sd > 0.3 && found[1].sd > 0.3, "{found:?}");
        assert!(found[2].sd < 1e-12);
    }
}
