//! From cells to measures, and from these to rows: every KPI of the catalogue that independent deals have.
//!
//! One file per kind of question. A measure is made by one of a few moves on a [`Sheet`]: a total per
//! replication, a ratio of sums, or the statistics of a duration.

mod books;
mod every;
mod flow;
mod learning;
mod losses;
mod measure;
mod money;
mod options;
mod pay;
mod people;
mod periods;
mod plan;
mod promises;
mod sheet;
mod stages;
mod time;

pub use books::standing;
pub use every::Every;
pub use measure::Measure;
pub use options::{Limit, Options};
pub use sheet::Sheet;

use super::{Classes, Outcome, Spreads};
use crate::kpi::Row;
use crate::program::Program;
use crate::stats::Sample;

/// How the replications of a run count: with their arrivals as a control, where that is wanted and their expectation
/// is known.
pub fn sample(program: &Program, outcomes: &[Outcome], options: &Options) -> Sample {
    let arrivals = |outcome: &Outcome| -> f64 {
        outcome.cells.iter().map(|cells| cells.arrivals as f64).sum()
    };
    match program.expected_intake().filter(|_| options.control) {
        Some(expected) => {
            Sample::controlled(&outcomes.iter().map(arrivals).collect::<Vec<_>>(), expected)
        }
        None => Sample::plain(outcomes.len()),
    }
}

/// What the replications of a run tallied, and what is asked of it.
#[derive(Debug, Clone, Copy)]
pub struct Tallied<'a> {
    /// What was simulated.
    pub program: &'a Program,
    /// The classes of deals that were told apart.
    pub classes: &'a Classes,
    /// What is reported of each replication.
    pub outcomes: &'a [Outcome],
    /// Distributions over deals, by class, of all replications together.
    pub spreads: &'a [Spreads],
    /// Level, quantiles, limits and periods.
    pub options: &'a Options,
}

/// All rows of a run: for all deals, then for each value of each dimension.
pub fn rows(tallied: &Tallied<'_>, sample: &Sample) -> Vec<Row> {
    let mut rows = Vec::new();
    measures(tallied, &mut |measure| rows.push(measure.row(sample, tallied.options)));
    rows
}

/// Hands on all measures of a run, one after another: for all deals, then for each value of each dimension.
pub fn measures(tallied: &Tallied<'_>, take: &mut dyn FnMut(Measure<'_>)) {
    let Tallied { program, classes, outcomes, spreads, .. } = *tallied;
    for group in classes.groups() {
        let together;
        let spreads = if let [class] = group.classes.as_slice() {
            &spreads[*class]
        } else {
            let mut sum = Spreads::default();
            group.classes.iter().for_each(|class| sum.add(&spreads[*class]));
            together = sum;
            &together
        };
        let mut sheet = Sheet::new(tallied, &group, spreads, take);
        if sheet.is_empty() && !group.label.is_empty() {
            continue;
        }
        flow::rows(&mut sheet);
        time::rows(&mut sheet);
        let stages = outcomes.iter().all(|outcome| outcome.collected.stages);
        learning::satisfaction(&mut sheet);
        if stages {
            stages::rows(&mut sheet);
            learning::followed(&mut sheet);
            people::rows(&mut sheet);
        } else {
            people::efficiency(&mut sheet);
        }
        if program.value.is_some() {
            money::bookings(&mut sheet);
            money::per_person(&mut sheet);
        }
        if stages && program.has_cost {
            money::costs(&mut sheet);
        }
        books::rows(&mut sheet);
        promises::rows(&mut sheet);
        plan::rows(&mut sheet);
        if stages {
            plan::parts(&mut sheet);
            losses::rows(&mut sheet);
        }
    }
}
