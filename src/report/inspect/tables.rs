//! What is understood of an export as one table for other programs: one row a fact.

use super::{listed, name, outcomes};
use crate::records::deals::Outcome;
use crate::records::understood::{Understood, Use};
use crate::report::block::{Cell, Table};
use crate::report::phrase::{FileFormat, KnownBy, Shape};

/// The word of a format.
pub(super) fn format(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv => "csv",
        FileFormat::Workbook => "workbook",
        FileFormat::Html => "html",
        FileFormat::Xes => "xes",
    }
}

/// The word of what rows are.
pub(super) fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Deals => "deals",
        Shape::StageHistory => "stage_history",
        Shape::EventLog => "event_log",
    }
}

/// The word of an outcome.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "open",
        Outcome::Won => "won",
        Outcome::Lost => "lost",
    }
}

/// The word of what a column is used for.
pub(super) fn used(used: Use) -> &'static str {
    match used {
        Use::Role(role) => role.word(),
        Use::Segment => "segment",
        Use::StageDate => "stage_date",
        Use::Unused => "unused",
    }
}

/// The word of how a word is known.
pub(super) fn known(known: KnownBy) -> &'static str {
    match known {
        KnownBy::Told => "told",
        KnownBy::Usual => "usual",
        KnownBy::Unknown => "unknown",
    }
}

/// Every fact as a row: its section, its name, what it is, its number.
pub fn inspect_table(understood: &Understood) -> Table {
    let mut table = Table::new(&["section", "name", "what", "#value", "rows"]);
    let mut add = |section: &str, name: Cell, what: &str, value: Option<f64>| {
        let value = Cell::plain(value);
        table.rows.push(vec![Cell::text(section), name, Cell::text(what), value, Cell::Empty]);
    };
    let rows = Some(understood.rows as f64);
    add("file", Cell::text(format(understood.format)), shape(understood.shape), rows);
    for column in &understood.columns {
        let name = Cell::Name(column.name.clone());
        add("column", name, used(column.used), Some(column.filled as f64));
    }
    for (kind, deals) in outcomes(understood) {
        add("deals", Cell::text(outcome(kind)), "count", Some(deals.count as f64));
        add("deals", Cell::text(outcome(kind)), "with_amount", Some(deals.with_amount as f64));
        add("deals", Cell::text(outcome(kind)), "sum", Some(deals.sum));
    }
    for word in &understood.words {
        let name = Cell::Name(word.word.clone());
        add("word", name, outcome(word.outcome), Some(word.count as f64));
    }
    for (funnel, count) in &understood.funnels {
        add("funnel", Cell::Name(funnel.clone()), "count", Some(*count as f64));
    }
    for month in &understood.months {
        let numbers = [
            ("created", month.created as f64),
            ("won", month.won as f64),
            ("won_sum", month.won_sum),
            ("lost", month.lost as f64),
        ];
        for (what, value) in numbers {
            add("month", Cell::text(name(month)), what, Some(value));
        }
    }
    for oddity in &understood.oddities {
        table.rows.push(vec![
            Cell::text("oddity"),
            Cell::text(oddity.what.word()),
            Cell::text("count"),
            Cell::Plain(oddity.count as f64),
            Cell::Text(listed(&oddity.rows)),
        ]);
    }
    table
}
