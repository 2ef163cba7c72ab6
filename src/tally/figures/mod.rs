//! From cells to rows: every KPI of the catalogue that independent deals have.
//!
//! One file per kind of question. A row is made by one of a few moves on a [`Sheet`]: a total per
//! replication, a ratio of sums, or the statistics of a duration.

mod flow;
mod losses;
mod money;
mod pay;
mod people;
mod plan;
mod sheet;
mod stages;
mod time;

pub use sheet::{Limit, Options, Sheet};

use super::{Classes, Outcome, Spreads};
use crate::kpi::Row;
use crate::program::Program;

/// All rows of a run: for all deals, then for each value of each dimension.
pub fn rows(
    program: &Program,
    classes: &Classes,
    outcomes: &[Outcome],
    spreads: &[Spreads],
    options: &Options,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for group in classes.groups() {
        let mut sheet = Sheet::new(program, &group, outcomes, spreads, options);
        if sheet.is_empty() && !group.label.is_empty() {
            continue;
        }
        flow::rows(&mut sheet);
        time::rows(&mut sheet);
        stages::rows(&mut sheet);
        people::rows(&mut sheet);
        money::rows(&mut sheet);
        plan::rows(&mut sheet);
        losses::rows(&mut sheet);
        rows.extend(sheet.into_rows());
    }
    rows
}
