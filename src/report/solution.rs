//! The result of `solve`: figures with the method of each, and what theory cannot give.

use super::block::{Block, Cell, Column, Kind, Table};
use super::phrase::{Remark, Term};
use super::screen::labels;
use super::tables::{TimeUnit, factor, name, unit_word};
use crate::kpi::{Figure, Kpi, Method, Row, Scope, Stat};
use crate::program::Feature;
use crate::study::solve::Solution;

/// The screen of `solve`.
pub fn solution(solution: &Solution, rows: &[&Row]) -> Vec<Block> {
    let program = &solution.program;
    let line = |remark: Remark| Block::Line(remark.into());
    let mut blocks = vec![line(Remark::SolvedTitle(program.name.clone()))];
    let learns = program.features.has(Feature::ByFollowed);
    let long_run = if learns { Term::AfterRollout } else { Term::LongRun };
    for (heading, of) in [(long_run, &solution.long_run), (Term::WindowSees, &solution.window)] {
        let shown: Vec<&Row> = rows
            .iter()
            .filter(|row| of.iter().any(|other| std::ptr::eq(other, **row)))
            .copied()
            .collect();
        if !shown.is_empty() {
            blocks.push(Block::Heading(heading.into()));
            blocks.push(Block::Table(table(solution, &shown)));
        }
    }
    let mut methods: Vec<Method> = rows
        .iter()
        .filter_map(|row| match row.figure {
            Figure::Approximate { method, .. } => Some(method),
            _ => None,
        })
        .collect();
    methods.sort_unstable();
    methods.dedup();
    if !methods.is_empty() {
        blocks.push(line(Remark::Approximate(methods)));
    }
    if !solution.missing.is_empty() {
        blocks.push(Block::Heading(Term::OnlyRun.into()));
    }
    blocks.extend(solution.missing.iter().cloned().map(|missing| line(Remark::Missing(missing))));
    blocks
}

/// The rows that the screen shows: all figures of the whole process, and the most important ones of its parts.
pub fn main_rows(solution: &Solution) -> Vec<&Row> {
    let is_main = |row: &&Row| {
        let key = &row.key;
        let part = match key.kpi {
            Kpi::WinChance | Kpi::LossTable => key.stat == Stat::Share,
            Kpi::Visits => true,
            Kpi::OpenDeals => key.scope != Scope::Week,
            Kpi::QueueTime => key.scope == Scope::Role,
            Kpi::Utilization => key.stat == Stat::Share || row.figure.value() != Some(0.0),
            _ => false,
        };
        key.scope == Scope::Whole || part
    };
    solution.long_run.iter().chain(&solution.window).filter(is_main).collect()
}

/// How a number is known.
fn how(figure: &Figure) -> Term {
    match figure {
        Figure::Estimate(_) => Term::Simulated,
        Figure::Exact(_) => Term::Exact,
        Figure::Numerical { .. } => Term::Numerical,
        Figure::Approximate { .. } => Term::Approximate,
        Figure::Unstable => Term::Unstable,
    }
}

fn table(solution: &Solution, rows: &[&Row]) -> Table {
    let mut table = Table::of([
        Column::words(Term::Kpi),
        Column::words(Term::Of),
        Column::words(Term::Group),
        Column::words(Term::Stat),
        Column::numbers(Term::Value),
        Column::words(Term::Known),
    ]);
    for row in rows {
        let kind = Kind::of(row.unit(), &solution.program.currency);
        let mut cells = Vec::from(labels(&row.key, &solution.program));
        cells.extend([Cell::number(row.figure.value(), kind), how(&row.figure).into()]);
        table.rows.push(cells);
    }
    table.drop_empty();
    table
}

/// Every row as a table for other programs.
pub fn solved(solution: &Solution, rows: &[&Row], time: TimeUnit) -> Table {
    let titles = [
        "kpi",
        "scope",
        "name",
        "by",
        "stat",
        "#value",
        "#error",
        "known",
        "method",
        "unit",
        "per",
        "population",
    ];
    let mut table = Table::new(&titles);
    for row in rows {
        let scale = factor(row.unit(), time);
        let number = |value: Option<f64>| Cell::plain(value.map(|value| value * scale));
        let method = match &row.figure {
            Figure::Approximate { method, .. } => method.word(),
            _ => "",
        };
        table.rows.push(vec![
            Cell::text(row.key.kpi.name()),
            Cell::text(row.key.scope.word()),
            name(&row.key.name),
            name(&row.key.by),
            Cell::Name(row.key.stat_text()),
            number(row.figure.value()),
            number(row.figure.half_width()),
            Cell::text(row.figure.known()),
            Cell::text(method),
            Cell::Name(unit_word(row.unit(), time, &solution.program)),
            Cell::text(row.key.per_word()),
            Cell::text(row.population.words()),
        ]);
    }
    table
}
