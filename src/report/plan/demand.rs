//! What a plan asks for: deals, visits and work, for a month and for a day.

use crate::kpi::{Key, Kpi, Row, Scope, Stat};
use crate::quantity::MONTH_DAYS;
use crate::report::block::{Block, Cell, Column, Kind, Number, Table};
use crate::report::phrase::{Phrase, Planning, Thing, count};
use crate::stats::order_statistic;
use crate::study::simulate::Simulation;

/// The ends of the range: a bad and a good window.
const RANGE: [f64; 2] = [0.1, 0.9];

/// Arrivals and visits of each stage, and the work of each activity.
pub(super) fn demand(run: &Simulation) -> Vec<Block> {
    let mut blocks = Vec::new();
    let months = run.days / MONTH_DAYS;
    if months <= 0.0 {
        return blocks;
    }
    let numbers = |title: Planning| Column::numbers(Phrase::from(title));
    let mut stages = Table::of([
        Column::untitled(),
        numbers(Planning::PerMonth),
        numbers(Planning::Range),
        numbers(Planning::PerDay),
    ]);
    let arrivals = run.find(&Key::new(Kpi::Intake, Stat::Total));
    let arrivals = arrivals.map(|row| (Phrase::from(Planning::Arrivals), row));
    let visits = run.rows.iter().filter(|row| {
        let Key { kpi, scope, stat, by, .. } = &row.key;
        *kpi == Kpi::Visits && *scope == Scope::Stage && *stat == Stat::Total && by.is_empty()
    });
    let visits =
        visits.filter_map(|row| Some((Phrase::Thing(Thing::of(&row.key, &run.program)?), row)));
    for (label, row) in arrivals.into_iter().chain(visits) {
        let Some(mean) = row.figure.value() else { continue };
        stages.rows.push(vec![
            label.into(),
            Cell::count(mean / months),
            range(row, months),
            Cell::count(mean / run.days),
        ]);
    }
    stages.drop_empty();
    blocks.push(Block::Heading(Planning::StagesHeading.into()));
    blocks.push(Block::Table(stages));
    let mut works = Table::of([
        Column::untitled(),
        numbers(Planning::PerMonth),
        numbers(Planning::Range),
        numbers(Planning::PerPersonDay),
        numbers(Planning::HoursPerMonth),
    ]);
    let done = run.rows.iter().filter(|row| {
        row.key.kpi == Kpi::Activities && row.key.stat == Stat::Done && row.key.by.is_empty()
    });
    for row in done {
        let of = |stat: Stat| {
            let key = Key::new(Kpi::Activities, stat).of(Scope::Activity, &row.key.name);
            run.find(&key)?.figure.value()
        };
        let Some(mean) = row.figure.value() else { continue };
        works.rows.push(vec![
            Cell::Name(row.key.name.clone()),
            Cell::count(mean / months),
            range(row, months),
            Cell::number(of(Stat::PerPersonDay), Kind::Count),
            Cell::number(of(Stat::Work).map(|work| work / months), Kind::Work),
        ]);
    }
    works.drop_empty();
    if !works.rows.is_empty() {
        blocks.push(Block::Heading(Planning::WorkHeading.into()));
        blocks.push(Block::Table(works));
    }
    blocks
}

/// A bad and a good window, per month.
fn range(row: &Row, months: f64) -> Cell {
    let mut values: Vec<f64> = row.replications.iter().flatten().copied().collect();
    values.sort_by(f64::total_cmp);
    let [low, high] = RANGE.map(|p| order_statistic(&values, p));
    let number = |value: f64| -> Number { count(value / months) };
    match (low, high) {
        (Some(low), Some(high)) => Phrase::from(Planning::FromTo(number(low), number(high))).into(),
        _ => Cell::Empty,
    }
}
