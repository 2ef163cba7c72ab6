//! The reach and the step of the lattices of a window.

use crate::analytic::chain::{Chain, To};
use crate::analytic::flows::{Flow, Flows};
use crate::analytic::{Blocker, passage};
use crate::program::Program;

/// Points of the finer lattice.
pub(super) const POINTS: usize = 4096;
/// Points of a lattice that is tried first where a rough answer will do.
pub(super) const FEW_POINTS: usize = 1024;
/// A lattice of deals that are there at the start reaches this many steps beyond the window.
const SPARE: f64 = 8.0;
/// The relative error from the tilt, and from sums of large numbers.
pub(super) const FLOOR: f64 = 1e-8;

/// An age in microseconds that hardly any deal exceeds, or the time until the end of the window if
/// that is shorter.
pub(super) fn oldest<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    flows: &Flows,
) -> Result<f64, Blocker> {
    let end = program.window.end.0 as f64;
    // Deals that are there at the start are spread over a step around it.
    let end = if chain.stock.is_some() { end * (1.0 + SPARE / POINTS as f64) } else { end };
    let transitions: Vec<usize> = (0..chain.transitions.len())
        .filter(|at| matches!(chain.transitions[*at].to, To::End(_)))
        .collect();
    let all: Flow = transitions.iter().map(|transition| flows.transitions[*transition]).sum();
    let (mean, squares) = (all.age / all.n, all.age_squares / all.n);
    let guess = mean + 8.0 * (squares - mean * mean).max(0.0).sqrt();
    // At least a second; slightly more than the mean for durations without spread.
    let guess = if guess.is_finite() { 1.05 * guess.max(1e6) } else { 4.0 * mean };
    passage::reach(program, chain, &[(transitions, all.n)], FLOOR, (guess.min(end), end))
}
