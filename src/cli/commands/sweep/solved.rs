//! Points whose figures theory knows.

use crate::cli::bar::ShareBar;
use crate::cli::failure::Failure;
use crate::cli::interrupt::Interrupt;
use crate::kpi::Row;
use crate::model::Model;
use crate::study::simulate::{Options, Progress};
use crate::study::sweep::{Found, Tried, shown, solved};

/// Points that are solved between two looks at Ctrl-C.
const TOGETHER: usize = 32;

/// The figures of all points; `None` if one of them has to be simulated.
pub(super) fn all(
    sound: &[(Vec<String>, Model)],
    options: &Options,
) -> Result<Option<Vec<Vec<Row>>>, Failure> {
    let interrupt = Interrupt::listen();
    let models: Vec<&Model> = sound.iter().map(|(_, model)| model).collect();
    let Some(first) = models.first() else { return Ok(None) };
    // The first point alone tells most sweeps that they need a simulation.
    if solved(&[first], &[], options).is_none() {
        return Ok(None);
    }
    let keys = shown(first, options, &Progress::default())?;
    let bar = ShareBar::new();
    let mut found = Vec::with_capacity(models.len());
    for some in models.chunks(TOGETHER) {
        interrupt.check()?;
        match solved(some, &keys, options) {
            Some(rows) => found.extend(rows),
            None => break,
        }
        bar.show_part(found.len() as u64, models.len() as u64);
    }
    bar.clear();
    Ok((found.len() == models.len()).then_some(found))
}

/// The points with their figures.
pub(super) fn tried(sound: Vec<(Vec<String>, Model)>, found: Vec<Vec<Row>>) -> Vec<Tried> {
    let points = sound.into_iter().zip(found);
    let tried = |((values, model), rows)| Tried { values, model, found: Found::Solved(rows) };
    points.map(tried).collect()
}
