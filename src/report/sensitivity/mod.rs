//! The result of a sensitivity study: what matters, what does not, and what one more is worth.

mod charts;
mod document;
mod scores;
mod tables;

pub use charts::sensitivity_charts;
pub use document::{global_document, sensitivity_document};
pub use scores::{global, global_table};
pub use tables::sensitivity_table;

use super::block::{Block, Cell, Column, Kind, Number, Table};
use super::monthly::{name, told};
use super::phrase::{Phrase, Sensing, Span, Swept, Thing, share};
use crate::kpi::Key;
use crate::program::Program;
use crate::stats::Estimate;
use crate::study::sensitivity::{
    Bar, Base, Change, Effect, Elasticity, Parameter, Sensitivity, Shift, Source,
};

/// Bars of a figure that the screen shows.
const MOST_BARS: usize = 10;
/// Changes that the first sentence names.
const MOST_FIRST: usize = 3;
/// Parameters that the last sentence names.
const MOST_IDLE: usize = 5;

/// The screen of a study; `detail` shows what does not matter too.
pub fn sensitivity(found: &Sensitivity, detail: bool) -> Vec<Block> {
    let (model, span) = (found.program.name.clone(), Span::of(&found.program));
    let ends = found.bars.iter().flat_map(|bar| bar.ends.iter().flatten()).count();
    let tried = ends + found.one_more.len();
    let mut blocks = vec![line(Sensing::Title { model, span, tried })];
    if found.objectives == 0 {
        blocks.push(line(Sensing::NoFigures));
        return blocks;
    }
    for at in 0..found.objectives {
        blocks.extend(figure(found, at, detail));
    }
    if !found.one_more.is_empty() {
        blocks.push(Block::Heading(Sensing::OneMoreHeading.into()));
        blocks.extend(bottleneck(found).map(line));
        blocks.push(Block::Table(one_more(found)));
    }
    if found.simulated {
        blocks.push(line(Sensing::Certainty {
            level: share(found.options.figures.level),
            compared: found.compared,
            replications: found.options.replications,
            seed: found.options.seed,
        }));
    }
    let has_exact = found.figures.iter().any(|figure| figure.exact);
    blocks.extend(has_exact.then(|| line(Sensing::Exact)));
    let elasticities = found.bars.iter().flat_map(|bar| &bar.elasticities);
    blocks.extend((elasticities.flatten().count() > 0).then(|| line(Sensing::Elasticity)));
    blocks
}

fn line(sensing: Sensing) -> Block {
    Block::Line(sensing.into())
}

/// The bars of a figure, and what they say.
fn figure(found: &Sensitivity, at: usize, detail: bool) -> Vec<Block> {
    let Base { key, value, exact } = &found.figures[at];
    let now = number(found, key, value, !exact, false);
    let heading = now.map(|now| Sensing::Figure(name(&found.program, key), now));
    let mut blocks: Vec<Block> =
        heading.into_iter().map(|heading| Block::Heading(heading.into())).collect();
    let best = |of_reasons: bool| -> Vec<(Parameter, Shift, Number)> {
        let gains = found.gains(at, of_reasons).into_iter().take(MOST_FIRST);
        let told = gains.filter_map(|effect| {
            let change = changed(found, effect, at)?;
            Some((titled(&effect.parameter, &found.program), effect.shift.clone(), change))
        });
        told.collect()
    };
    let (first, reasons) = (best(false), best(true));
    blocks.push(line(if first.is_empty() { Sensing::NoGain } else { Sensing::First(first) }));
    if !reasons.is_empty() {
        let reasons = reasons.into_iter().map(|(reason, _, gain)| (reason, gain)).collect();
        blocks.push(line(Sensing::Halved(reasons)));
    }
    let idle = found.idle(at);
    let ranked = found.ranked(at);
    let all: Vec<&Bar> = if detail { found.bars.iter().collect() } else { ranked };
    let shown = if detail { all.len() } else { MOST_BARS };
    if !all.is_empty() {
        blocks.push(Block::Table(bars(found, at, &all[..shown.min(all.len())])));
    }
    let more = all.len().saturating_sub(shown);
    blocks.extend((more > 0).then(|| line(Sensing::MoreRows(more))));
    if !idle.is_empty() {
        let named = idle.iter().take(MOST_IDLE).map(|one| titled(one, &found.program)).collect();
        let more = idle.len().saturating_sub(MOST_IDLE);
        blocks.push(line(Sensing::Idle(named, more)));
    }
    blocks
}

fn bars(found: &Sensitivity, at: usize, bars: &[&Bar]) -> Table {
    let words = |title: Sensing| Column::words(Phrase::from(title));
    let numbers = |title: Sensing| Column::numbers(Phrase::from(title));
    let mut table = Table::of([
        words(Sensing::ParameterColumn),
        words(Sensing::EndsColumn),
        numbers(Sensing::LessColumn),
        numbers(Sensing::MoreColumn),
        numbers(Sensing::ElasticityColumn),
    ]);
    for bar in bars {
        let shifts = bar.ends.each_ref().map(|end| end.as_ref().map(|end| end.shift.clone()));
        let mut cells = vec![
            Phrase::from(Sensing::Parameter(titled(&bar.parameter, &found.program))).into(),
            Phrase::from(Sensing::Ends(shifts)).into(),
        ];
        cells.extend(bar.ends.each_ref().map(|end| {
            let change = end.as_ref().and_then(|end| changed(found, end, at));
            signed(change)
        }));
        cells.push(bar.elasticities.get(at).copied().flatten().map_or(Cell::Empty, elasticity));
        table.rows.push(cells);
    }
    table.drop_empty();
    table
}

fn elasticity(elasticity: Elasticity) -> Cell {
    let Elasticity { value, source } = elasticity;
    let half_width = value.half_width.filter(|_| source == Source::Simulated);
    let number = value.value.map(|value| Number { value, half_width, kind: Kind::Count });
    match source {
        Source::LongRun => {
            number.map_or(Cell::Empty, |number| Phrase::from(Sensing::LongRun(number)).into())
        }
        _ => signed(number),
    }
}

/// What one more of something does to the first figure and to the cost.
fn one_more(found: &Sensitivity) -> Table {
    let mut table = Table::of([Column::words(Phrase::from(Sensing::ChangeColumn))]);
    let shown = || (0..found.figures.len()).filter(|at| *at == 0 || *at >= found.objectives);
    for at in shown() {
        let figure = Swept::Figure(name(&found.program, &found.figures[at].key));
        table.columns.push(Column::numbers(Phrase::from(figure)));
    }
    for effect in &found.one_more {
        let parameter = titled(&effect.parameter, &found.program);
        let label = Sensing::Change(parameter, effect.shift.clone());
        let mut cells = vec![Phrase::from(label).into()];
        cells.extend(shown().map(|at| signed(changed(found, effect, at))));
        table.rows.push(cells);
    }
    table
}

fn bottleneck(found: &Sensitivity) -> Option<Sensing> {
    found.one_more.iter().find(|effect| effect.parameter.is_of_people())?;
    let figure = name(&found.program, &found.figures[0].key);
    let told = found.bottleneck(0).and_then(|effect| {
        let Parameter::People(role) = &effect.parameter else { return None };
        let change = changed(found, effect, 0)?;
        Some(Sensing::Bottleneck { role: role.clone(), figure: figure.clone(), change })
    });
    Some(told.unwrap_or(Sensing::NoBottleneck(figure)))
}

/// A parameter whose stage has its title.
fn titled(parameter: &Parameter, program: &Program) -> Parameter {
    let title = |name: &String| {
        let key = Key::new(crate::kpi::Kpi::Visits, crate::kpi::Stat::Total).stage(name);
        match Thing::of(&key, program) {
            Some(Thing::Named(_, title)) => title,
            _ => name.clone(),
        }
    };
    match parameter {
        Parameter::Work(stage) => Parameter::Work(title(stage)),
        Parameter::Wait(stage) => Parameter::Wait(title(stage)),
        Parameter::GoingOn(stage) => Parameter::GoingOn(title(stage)),
        Parameter::StageCost(stage) => Parameter::StageCost(title(stage)),
        other => other.clone(),
    }
}

/// The change of a figure.
fn changed(found: &Sensitivity, effect: &Effect, at: usize) -> Option<Number> {
    let Change { absolute, exact, .. } = effect.changes.get(at)?.as_ref()?;
    number(found, &found.figures[at].key, absolute, !exact, true)
}

/// A figure or its change; differences of shares are in percentage points.
fn number(
    found: &Sensitivity,
    key: &Key,
    estimate: &Estimate,
    simulated: bool,
    difference: bool,
) -> Option<Number> {
    let of = if difference { Kind::of_change } else { Kind::of };
    let kind = of(key.unit(), &found.program.currency);
    let estimate = told(&found.program, key, estimate);
    let half_width = estimate.half_width.filter(|_| simulated);
    Some(Number { value: estimate.value?, half_width, kind })
}

fn signed(number: Option<Number>) -> Cell {
    number.map_or(Cell::Empty, |number| Phrase::from(Sensing::Signed(number)).into())
}
