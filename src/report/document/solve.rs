//! What `solve` found, as one document.

use super::{Field, map};
use crate::kpi::Row;
use crate::report::phrase::Phrase;
use crate::report::solution::solved;
use crate::report::tables::TimeUnit;
use crate::study::solve::{Missing, Solution};

/// The document of a solution, with these of its rows; `file` is how the model was named.
pub fn solve_document(solution: &Solution, file: &str, rows: &[&Row], unit: TimeUnit) -> Field {
    let missing = |missing: &Missing| {
        map([
            ("what", Phrase::Lacking(missing.what).into()),
            ("key", missing.blocker.key.as_str().into()),
            ("why", Phrase::Why(missing.blocker.why.clone()).into()),
        ])
    };
    map([
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("model", solution.program.name.as_str().into()),
        ("file", file.into()),
        ("currency", solution.program.currency.as_str().into()),
        ("kpis", solved(solution, rows, unit).into()),
        ("missing", solution.missing.iter().map(missing).collect()),
    ])
}
