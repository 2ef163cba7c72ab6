//! How far the lattices of a window reach, and how fine they are.

use crate::analytic::chain::{Chain, To};
use crate::analytic::flows::{Flow, Flows};
use crate::analytic::{Blocker, passage};
use crate::program::Program;

/// Points of the finer lattice.
pub(super) const POINTS: usize = 4096;
/// What the tilt lets through, and what is lost in sums of large numbers.
pub(super) const FLOOR: f64 = 1e-8;

/// An age that hardly any deal exceeds, or the whole time until the window ends, in microseconds.
pub(super) fn oldest<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    flows: &Flows,
) -> Result<f64, Blocker> {
    let end = program.window.end.0 as f64;
    let transitions: Vec<usize> = (0..chain.transitions.len())
        .filter(|at| matches!(chain.transitions[*at].to, To::End(_)))
        .collect();
    let all: Flow = transitions.iter().map(|transition| flows.transitions[*transition]).sum();
    let (mean, squares) = (all.age / all.n, all.age_squares / all.n);
    let guess = mean + 8.0 * (squares - mean * mean).max(0.0).sqrt();
    // Not less than a second, and of times without a spread a little more than what they are.
    let guess = if guess.is_finite() { 1.05 * guess.max(1e6) } else { 4.0 * mean };
    passage::reach(program, chain, &[(transitions, all.n)], FLOOR, (guess.min(end), end))
}
