//! Points whose figures theory knows, so that they need no simulation.
//!
//! Which main figures a process has depends on what happens in it: without people it has no queue,
//! without values no bookings. So a few replications of one point tell what a simulation would
//! show. If theory knows all of that at all points, nothing more is simulated.

use rayon::prelude::*;

use super::{Failure, Options};
use crate::kpi::{Figure, Key, Row, Scope};
use crate::model::Model;
use crate::program::Program;
use crate::study::compare::is_main;
use crate::study::simulate::{self, Progress};
use crate::study::solve::of_window_within;

/// Replications that tell which figures there are.
const FEW: u64 = 10;
/// The error of a main figure that theory computes is at most this share of it, where the finest
/// lattice allows that.
const TOLERANCE: f64 = 1e-3;

/// The main figures that a simulation of this model would show.
///
/// # Errors
/// Those of a simulation.
pub fn shown(model: &Model, options: &Options, progress: &Progress) -> Result<Vec<Key>, Failure> {
    let replications = FEW.min(options.replications);
    let options = Options { replications, ..options.clone() };
    let rows = simulate::run(model, &options, progress)?.rows;
    Ok(rows.into_iter().map(|row| row.key).filter(is_main).collect())
}

/// The figures of each of these models, in their order: those of the KPIs of the options that theory
/// knows. `None` if it knows none of them, or not all of `shown`.
pub fn solved(models: &[&Model], shown: &[Key], options: &Options) -> Option<Vec<Vec<Row>>> {
    models.par_iter().map(|model| of_model(model, shown, options)).collect()
}

fn of_model(model: &Model, shown: &[Key], options: &Options) -> Option<Vec<Row>> {
    let is_wanted = |row: &Row| is_main(&row.key) && options.kpis.contains(&row.key.kpi);
    let mut rows = of_window_within(&Program::outline(model), TOLERANCE, is_wanted);
    rows.retain(|row| {
        let is_known = matches!(row.figure, Figure::Exact(_) | Figure::Numerical { .. });
        is_known && options.kpis.contains(&row.key.kpi) && row.key.scope == Scope::Whole
    });
    rows.sort_by_key(|row| row.key.kpi);
    let is_known = |key: &Key| Row::find(&rows, key).is_some();
    (!rows.is_empty() && shown.iter().all(is_known)).then_some(rows)
}
