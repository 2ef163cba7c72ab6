//! The main figures alone: totals, shares and means, without quantiles, spreads over periods and
//! what a comparison with a simulation needs. A study of many versions of a model asks for nothing
//! else.

use super::passages::{Asked, passages};
use super::reach::{FEW_POINTS, POINTS};
use super::{Group, Options, long_run, window};
use crate::analytic::blocked::times;
use crate::analytic::chain::Only;
use crate::analytic::inflow::weight;
use crate::analytic::reneging::Reneging;
use crate::kpi::{Figure, Row};
use crate::program::{Feature, Program};

/// The exact figures of the window, or of all deals if it runs until empty. Empty if there are none.
pub fn of_window(program: &Program) -> Vec<Row> {
    of_window_on(program, POINTS)
}

/// The same, computed only as far as needed: the error of each figure that `is_wanted` is at most
/// the share `tolerance` of it, if the finest lattice allows that.
pub fn of_window_within(
    program: &Program,
    tolerance: f64,
    is_wanted: impl Fn(&Row) -> bool,
) -> Vec<Row> {
    let is_close = |row: &Row| match row.figure {
        Figure::Numerical { value, error } => error <= tolerance * value.abs(),
        _ => true,
    };
    let rows = of_window_on(program, FEW_POINTS);
    if rows.iter().filter(|row| is_wanted(row)).all(is_close) {
        return rows;
    }
    of_window_on(program, POINTS)
}

fn of_window_on(program: &Program, points: usize) -> Vec<Row> {
    if times(program).is_err() {
        return Vec::new();
    }
    if program.window.until_empty() {
        if !is_long_run(program) {
            return Vec::new();
        }
        return of_all(program, &Reneging::Nobody, &weights(program));
    }
    let passages = passages(program, Only::All, Asked::Sums, points);
    passages.map(|passages| window::rows(program, &passages, "")).unwrap_or_default()
}

/// Whether all deals of a run that ends with its last deal are those of the long run: none was there
/// at the start, and none is treated otherwise before the end of a roll-out.
pub(super) fn is_long_run(program: &Program) -> bool {
    !program.features.has(Feature::AtStart) && !program.features.has(Feature::ByFollowed)
}

/// The exact figures of all deals in the long run, after a roll-out. Empty if there are none, or if deals leave queues.
pub fn in_long_run(program: &Program) -> Vec<Row> {
    if program.features.has(Feature::ByFollowed) {
        return Vec::new();
    }
    let weights = weights(program);
    match Reneging::of(program, &weights) {
        nobody @ Reneging::Nobody => of_all(program, &nobody, &weights),
        _ => Vec::new(),
    }
}

fn weights(program: &Program) -> Vec<f64> {
    program.sources.iter().map(|source| weight(program, source)).collect()
}

/// Deals whose waits for people are not known have no durations.
fn of_all(program: &Program, patience: &Reneging, weights: &[f64]) -> Vec<Row> {
    let options = Options { quantiles: Vec::new(), ..Options::default() };
    let group = Group { program, options: &options, label: "", only: Only::All, patience };
    let Ok(Some((chain, flows))) = group.chain(weights) else { return Vec::new() };
    let is_known = times(program).is_ok();
    let times = if is_known { long_run::Times::Known } else { long_run::Times::Unknown };
    long_run::rows(program, &chain, &flows, times, "")
}
