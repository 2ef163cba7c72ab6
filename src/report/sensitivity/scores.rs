//! The result of changing all parameters at once.

use super::titled;
use crate::report::block::{Block, Cell, Column, Kind, Number, Table};
use crate::report::monthly::{name, told};
use crate::report::phrase::{MethodWords, Phrase, Sensing, Span, Swept, share};
use crate::report::tables::{TimeUnit, factor, unit_word};
use crate::stats::Estimate;
use crate::study::sensitivity::Parameter;
use crate::study::sensitivity::global::{Global, Scores};

/// Parameters that the first sentence names.
const MOST_NAMED: usize = 3;

/// The screen; `around` is by which share the parameters vary, unless they have ranges of their own.
pub fn global(found: &Global, around: Option<f64>) -> Vec<Block> {
    let line = |sensing: Sensing| Block::Line(sensing.into());
    let (model, span) = (found.program.name.clone(), Span::of(&found.program));
    let (parameters, points) = (found.parameters.len(), found.points);
    let mut blocks = vec![line(Sensing::AllAtOnce { model, span, parameters, points })];
    blocks.extend(around.map(|by| line(Sensing::Around(share(by)))));
    if found.keys.is_empty() {
        blocks.push(line(Sensing::NoFigures));
        return blocks;
    }
    for (at, key) in found.keys.iter().enumerate() {
        blocks.push(Block::Heading(Swept::Figure(name(&found.program, key)).into()));
        let order = order(found, at);
        let named = order.iter().take(MOST_NAMED).filter_map(|parameter| {
            let (estimate, kind) = strength(found, at, *parameter);
            let number = Number { value: estimate.value?, half_width: estimate.half_width, kind };
            Some((titled(&found.parameters[*parameter], &found.program), number))
        });
        let named: Vec<(Parameter, Number)> = named.collect();
        blocks.extend((!named.is_empty()).then(|| line(Sensing::Strongest(named))));
        let matters = |parameter: &usize| strength(found, at, *parameter).0.value != Some(0.0);
        let (order, idle): (Vec<usize>, Vec<usize>) = order.into_iter().partition(matters);
        blocks.push(Block::Table(table(found, at, &order)));
        let idle =
            idle.iter().map(|parameter| titled(&found.parameters[*parameter], &found.program));
        let idle: Vec<Parameter> = idle.collect();
        blocks.extend((!idle.is_empty()).then(|| line(Sensing::Idle(idle, 0))));
    }
    blocks.push(line(Sensing::Method(match found.scores {
        Scores::Morris(_) => MethodWords::MorrisMeans,
        Scores::Sobol(_) => MethodWords::SobolMeans,
    })));
    blocks.push(line(Sensing::ScoreCertainty {
        level: share(found.options.figures.level),
        replications: found.simulated.then_some(found.options.replications),
        seed: found.options.seed,
    }));
    blocks
}

/// How much a parameter matters: its strength, or its total index.
fn strength(found: &Global, at: usize, parameter: usize) -> (Estimate, Kind) {
    match &found.scores {
        Scores::Morris(scores) => {
            let key = &found.keys[at];
            let strength = told(&found.program, key, &scores[at][parameter].strength);
            (strength, Kind::of_change(key.unit(), &found.program.currency))
        }
        Scores::Sobol(scores) => (scores[at][parameter].total, Kind::Share),
    }
}

/// The parameters, the one that matters most first.
fn order(found: &Global, at: usize) -> Vec<usize> {
    let size = |parameter: &usize| strength(found, at, *parameter).0.value.unwrap_or(0.0);
    let mut order: Vec<usize> = (0..found.parameters.len()).collect();
    order.sort_by(|a, b| size(b).total_cmp(&size(a)));
    order
}

fn table(found: &Global, at: usize, order: &[usize]) -> Table {
    let numbers = |words: MethodWords| Column::numbers(Phrase::from(Sensing::Method(words)));
    let mut table = Table::of([Column::words(Phrase::from(Sensing::ParameterColumn))]);
    table.columns.extend(
        match found.scores {
            Scores::Morris(_) => {
                vec![MethodWords::Strength, MethodWords::Effect, MethodWords::Spread]
            }
            Scores::Sobol(_) => vec![MethodWords::Alone, MethodWords::Total],
        }
        .into_iter()
        .map(numbers),
    );
    for parameter in order {
        let label = Sensing::Parameter(titled(&found.parameters[*parameter], &found.program));
        let mut cells = vec![Phrase::from(label).into()];
        let number = |estimate: Estimate, kind: Kind| -> Cell {
            let Estimate { value, half_width, .. } = estimate;
            value.map(|value| Number { value, half_width, kind }).into()
        };
        match &found.scores {
            Scores::Morris(scores) => {
                let kind = || Kind::of_change(found.keys[at].unit(), &found.program.currency);
                let told = |estimate: &Estimate| told(&found.program, &found.keys[at], estimate);
                let screened = scores[at][*parameter];
                let sd = Estimate { value: Some(screened.sd), ..Estimate::none(1.0) };
                cells.push(number(told(&screened.strength), kind()));
                cells.push(number(told(&screened.effect), kind()));
                cells.push(number(told(&sd), kind()));
            }
            Scores::Sobol(scores) => {
                let index = scores[at][*parameter];
                cells.push(number(index.first, Kind::Share));
                cells.push(number(index.total, Kind::Share));
            }
        }
        table.rows.push(cells);
    }
    table
}

/// sensitivity.csv of a method: one row for each figure, parameter and score.
pub fn global_table(found: &Global, time: TimeUnit) -> Table {
    let mut table =
        Table::new(&["kpi", "stat", "parameter", "of", "score", "#value", "#half_width", "unit"]);
    for (at, key) in found.keys.iter().enumerate() {
        let scale = factor(key.unit(), time);
        for (parameter, which) in found.parameters.iter().enumerate() {
            let none = |value: f64| Estimate { value: Some(value), half_width: None, level: 1.0 };
            let (scores, of_share) = match &found.scores {
                Scores::Morris(scores) => {
                    let one = scores[at][parameter];
                    let sd = none(one.sd);
                    (vec![("strength", one.strength), ("effect", one.effect), ("sd", sd)], false)
                }
                Scores::Sobol(scores) => {
                    let one = scores[at][parameter];
                    (vec![("first", one.first), ("total", one.total)], true)
                }
            };
            for (word, estimate) in scores {
                let scale = if of_share { 1.0 } else { scale };
                let unit = if of_share {
                    "share".to_owned()
                } else {
                    unit_word(key.unit(), time, &found.program)
                };
                let [kind, of] = super::tables::parameter(which);
                table.rows.push(vec![
                    Cell::text(key.kpi.name()),
                    Cell::Name(key.stat_text()),
                    kind,
                    of,
                    Cell::text(word),
                    Cell::plain(estimate.value.map(|value| value * scale)),
                    Cell::plain(estimate.half_width.map(|half| half * scale)),
                    Cell::Name(unit),
                ]);
            }
        }
    }
    table
}
