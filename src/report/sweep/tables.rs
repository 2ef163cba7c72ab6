//! The table of a sweep for other programs: tidy, one row per point and figure.

use super::changes;
use crate::kpi::Row;
use crate::report::block::{Cell, Column, Table, Title};
use crate::report::tables::{TimeUnit, factor, half_width, name, unit_word};
use crate::study::sweep::{Axis, Sweep};

/// The columns behind the axes; `#` marks those of numbers.
const FIGURE: [&str; 11] = [
    "kpi",
    "stat",
    "scope",
    "name",
    "#value",
    "#half_width",
    "known",
    "#n",
    "#replications",
    "unit",
    "per",
];

/// sweep.csv: every figure of every point.
pub fn sweep_table(sweep: &Sweep, time: TimeUnit) -> Table {
    let axis = |axis: &Axis| Column {
        title: Title::Word(axis.path.clone()),
        numeric: axis.is_ordered() && axis.unit().is_empty(),
    };
    let mut table = Table::of(sweep.axes.iter().map(axis).collect::<Vec<_>>());
    table.columns.extend(Table::new(&FIGURE).columns);
    for point in &sweep.points {
        for row in &point.rows {
            let values = sweep.axes.iter().zip(&point.values).map(|(axis, text)| value(axis, text));
            table.rows.push(values.chain(figure(sweep, row, time)).collect());
        }
    }
    table
}

fn figure(sweep: &Sweep, row: &Row, time: TimeUnit) -> [Cell; FIGURE.len()] {
    let scale = factor(row.unit(), time);
    let number = |value: Option<f64>| Cell::plain(value.map(|value| value * scale));
    [
        Cell::text(row.key.kpi.name()),
        Cell::Name(row.key.stat_text()),
        Cell::text(row.key.scope.word()),
        name(&row.key.name),
        number(row.figure.value()),
        number(half_width(row)),
        Cell::text(row.figure.known()),
        Cell::Whole(row.n),
        replications(sweep).map_or(Cell::Empty, Cell::Whole),
        Cell::Name(unit_word(row.unit(), time, &sweep.program)),
        Cell::text(row.key.per_word()),
    ]
}

/// How often each point was simulated, if it was.
pub(super) fn replications(sweep: &Sweep) -> Option<u64> {
    sweep.simulated.then_some(sweep.options.replications)
}

/// A value of an axis: a number where it has no unit, else as it was written.
fn value(axis: &Axis, text: &str) -> Cell {
    match axis.position(text) {
        Some(position) if axis.unit().is_empty() => Cell::Plain(position),
        _ => Cell::Name(text.to_owned()),
    }
}

/// The best point for each figure, and from where on the figure changes no more.
pub(super) fn best_table(sweep: &Sweep) -> Table {
    let mut table =
        Table::new(&["kpi", "stat", "scope", "name", "best", "beyond_chance", "as_good"]);
    for compared in &sweep.compared {
        let key = &compared.key;
        let point = |at: usize| changes(&sweep.axes, &sweep.points[at].values);
        let best = compared.best.as_ref();
        let rivals = best.map(|best| best.rivals.iter().map(|at| point(*at)).collect::<Vec<_>>());
        let sure = rivals.as_ref().map(|rivals| if rivals.is_empty() { "yes" } else { "no" });
        table.rows.push(vec![
            Cell::text(key.kpi.name()),
            Cell::Name(key.stat_text()),
            Cell::text(key.scope.word()),
            name(&key.name),
            best.map_or(Cell::Empty, |best| Cell::Name(point(best.at))),
            sure.map_or(Cell::Empty, Cell::text),
            rivals.map_or(Cell::Empty, |rivals| Cell::Name(rivals.join("; "))),
        ]);
    }
    table
}
