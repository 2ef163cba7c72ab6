//! The result of a search for a plan: the choice, how near others are, and what it asks for.

mod charts;
mod demand;
mod tables;

pub use charts::plan_charts;
pub use tables::{plan_document, plan_table};

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::monthly::name;
use super::phrase::{FigureName, Phrase, Planning, Span, share};
use crate::diagnostic::Measured;
use crate::study::expectations::Judgement;
use crate::study::plan::{Certainty, Judged, Plan, Tried};

/// Plans that the screen shows.
const MOST_TRIED: usize = 12;

/// The screen of a plan; the targets are those of its model, judged for the best plan or as such.
pub fn plan(found: &Plan<'_>) -> Vec<Block> {
    let (model, span) = (found.program.name.clone(), Span::of(&found.program));
    let (plans, tried) = (found.plans, found.tried.len());
    let mut blocks = vec![line(Planning::Title { model, span, plans, tried })];
    match found.best {
        None => {
            blocks.push(line(Planning::None));
            let target = |at: usize| Planning::Target(at + 1, Box::new(measured(found, at, None)));
            blocks.extend((0..found.targets.len()).map(|at| line(target(at))));
        }
        Some(best) => {
            let best = &found.tried[best];
            let aim = aim(found).zip(cost(found, best));
            blocks.push(line(Planning::Best { plan: changes(found, best), aim }));
            let reached = |(at, judged): (usize, &Judged)| {
                Planning::Reached(at + 1, Box::new(measured(found, at, Some(judged))))
            };
            blocks.extend(best.judged.iter().enumerate().map(reached).map(line));
            blocks.extend(binding(found, best).into_iter().map(line));
        }
    }
    let shown = nearest(found);
    let more = found.tried.len() - shown.len();
    blocks.push(Block::Heading(Planning::TriedHeading.into()));
    blocks.push(Block::Table(table(found, &shown)));
    blocks.extend((more > 0).then(|| line(Planning::MoreTried(more))));
    blocks.extend(found.run.iter().flat_map(demand::demand));
    blocks.push(line(Planning::Certainty {
        level: share(found.options.base.figures.level),
        plans,
        zone: share(found.options.zone),
        seed: found.options.base.seed,
    }));
    let has_people = found.ranges.iter().any(|range| range.role.is_some());
    blocks.extend((has_people && !found.options.every).then(|| line(Planning::Assumed)));
    blocks
}

fn line(planning: Planning) -> Block {
    Block::Line(planning.into())
}

/// A target as it is measured, with what a plan reaches.
fn measured(found: &Plan<'_>, at: usize, judged: Option<&Judged>) -> Measured {
    let target: &Judgement<'_> = &found.targets[at];
    let mut measured = target.measured(&found.program.currency);
    measured.value = judged.and_then(|judged| judged.found.value);
    measured.half_width = judged.and_then(|judged| match judged.certainty {
        Certainty::Exact => None,
        _ => judged.found.half_width,
    });
    measured
}

/// A plan as `path=value`, with commas between.
fn changes(found: &Plan<'_>, tried: &Tried) -> String {
    let change = found.ranges.iter().zip(&tried.values);
    let change = change.map(|(range, value)| format!("{}={value}", range.axis.path));
    change.collect::<Vec<_>>().join(", ")
}

/// The name of the aim.
fn aim(found: &Plan<'_>) -> Option<FigureName> {
    Some(name(&found.program, &found.options.aim.key()?))
}

fn cost(found: &Plan<'_>, tried: &Tried) -> Option<Number> {
    let unit = found.options.aim.kpi().statistics().first()?.unit;
    let kind = Kind::of(unit, &found.program.currency);
    Some(Number { value: tried.cost.value?, half_width: None, kind })
}

/// What a plan reaches of a target.
fn reached(found: &Plan<'_>, at: usize, judged: &Judged) -> Option<Number> {
    let is_chance = found.targets[at].expectation.chance.is_some();
    let kind =
        if is_chance { Kind::Chance } else { Kind::of(judged.unit, &found.program.currency) };
    let half_width = judged.found.half_width.filter(|_| judged.certainty != Certainty::Exact);
    Some(Number { value: judged.found.value?, half_width, kind })
}

/// What one person fewer in each role misses.
fn binding(found: &Plan<'_>, best: &Tried) -> Vec<Planning> {
    let of = |(at, range): (usize, &crate::study::plan::Range)| {
        let role = range.role.clone()?;
        let mut fewer = best.choice.clone();
        fewer[at] = fewer[at].checked_sub(1)?;
        let tried = found.tried.iter().find(|tried| tried.choice == fewer)?;
        if tried.accepted() {
            return Some(Planning::Spare(role));
        }
        let missed = tried.judged.iter().position(|judged| !judged.met)?;
        let found = reached(found, missed, &tried.judged[missed])?;
        Some(Planning::Binds { role, target: missed + 1, found })
    };
    found.ranges.iter().enumerate().filter_map(of).collect()
}

/// The plans nearest to the best one in cost, the cheapest first; without a best one, the dearest.
fn nearest<'f>(found: &'f Plan<'_>) -> Vec<&'f Tried> {
    let key = |tried: &Tried| tried.cost.value.unwrap_or(tried.people);
    let mut all: Vec<&Tried> = found.tried.iter().collect();
    let aim = found.best.map_or(f64::INFINITY, |best| key(&found.tried[best]));
    let far = |tried: &Tried| {
        if aim.is_finite() { (key(tried) - aim).abs() } else { -key(tried) }
    };
    all.sort_by(|a, b| far(a).total_cmp(&far(b)));
    all.truncate(MOST_TRIED);
    all.sort_by(|a, b| key(a).total_cmp(&key(b)));
    all
}

fn table(found: &Plan<'_>, shown: &[&Tried]) -> Table {
    let path = |range: &crate::study::plan::Range| Column {
        numeric: range.axis.is_ordered(),
        ..Column::words(Phrase::Name(range.axis.path.clone()))
    };
    let numbers = |title: Planning| Column::numbers(Phrase::from(title));
    let mut table = Table::of(found.ranges.iter().map(path).collect::<Vec<_>>());
    table.columns.push(aim(found).map_or(Column::untitled(), |aim| numbers(Planning::Aim(aim))));
    table.columns.extend((1..=found.targets.len()).map(|at| numbers(Planning::TargetColumn(at))));
    table.columns.push(Column::words(Phrase::from(Planning::VerdictColumn)));
    table.columns.push(numbers(Planning::ReplicationsColumn));
    for tried in shown {
        let mut cells: Vec<Cell> = tried.values.iter().cloned().map(Cell::Name).collect();
        cells.push(cost(found, tried).into());
        cells.extend(
            (0..found.targets.len()).map(|at| {
                tried.judged.get(at).and_then(|judged| reached(found, at, judged)).into()
            }),
        );
        cells.push(Phrase::from(verdict(found, tried)).into());
        cells.push(Cell::Whole(tried.replications));
        table.rows.push(cells);
    }
    table.drop_empty();
    table
}

fn verdict(found: &Plan<'_>, tried: &Tried) -> Planning {
    let is_best = found.best.is_some_and(|best| found.tried[best].choice == tried.choice);
    let is_near = |judged: &Judged| matches!(judged.certainty, Certainty::Near | Certainty::Open);
    let missed: Vec<&Judged> = tried.judged.iter().filter(|judged| !judged.met).collect();
    if tried.judged.is_empty() {
        Planning::NoModel
    } else if is_best {
        Planning::IsBest
    } else if tried.dearer {
        Planning::Dearer
    } else if missed.is_empty() {
        let near = tried.judged.iter().any(is_near);
        if near { Planning::NearlyMeets } else { Planning::Meets }
    } else if missed.iter().all(|judged| is_near(judged)) {
        Planning::NearlyMisses
    } else {
        Planning::Misses
    }
}
