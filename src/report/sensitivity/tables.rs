//! The table of a sensitivity study for other programs: one row for each change and figure.

use crate::report::block::{Cell, Table};
use crate::report::tables::{TimeUnit, factor, unit_word};
use crate::study::difference::Verdict;
use crate::study::sensitivity::{Bar, Change, Effect, Parameter, Sensitivity, Shift, Source};

/// sensitivity.csv: every change of every figure.
pub fn sensitivity_table(found: &Sensitivity, time: TimeUnit) -> Table {
    let mut table = Table::new(&[
        "part",
        "parameter",
        "of",
        "change",
        "kpi",
        "stat",
        "#base",
        "#difference",
        "#half_width",
        "#relative",
        "#relative_half_width",
        "known",
        "verdict",
        "#elasticity",
        "#elasticity_half_width",
        "elasticity_known",
        "unit",
        "per",
    ]);
    for bar in &found.bars {
        for end in bar.ends.iter().flatten() {
            rows(found, &mut table, "bar", (end, Some(bar)), time);
        }
    }
    for effect in &found.one_more {
        rows(found, &mut table, "one more", (effect, None), time);
    }
    table
}

fn rows(
    found: &Sensitivity,
    table: &mut Table,
    part: &str,
    (effect, bar): (&Effect, Option<&Bar>),
    time: TimeUnit,
) {
    for (at, (base, change)) in found.figures.iter().zip(&effect.changes).enumerate() {
        let Some(Change { absolute, relative, verdict, exact }) = change else { continue };
        let key = &base.key;
        let scale = factor(key.unit(), time);
        let scaled = |value: Option<f64>| Cell::plain(value.map(|value| value * scale));
        let elasticity = bar.and_then(|bar| bar.elasticities.get(at).copied().flatten());
        let known = elasticity.map(|elasticity| match elasticity.source {
            Source::Window => "exact",
            Source::LongRun => "exact in the long run",
            Source::Simulated => "estimate",
        });
        let [kind, of] = parameter(&effect.parameter);
        table.rows.push(vec![
            Cell::text(part),
            kind,
            of,
            Cell::Name(shift(&effect.shift)),
            Cell::text(key.kpi.name()),
            Cell::Name(key.stat_text()),
            scaled(base.value.value),
            scaled(absolute.value),
            scaled(absolute.half_width),
            Cell::plain(relative.value),
            Cell::plain(relative.half_width),
            Cell::text(if *exact { "exact" } else { "estimate" }),
            Cell::text(word(*verdict)),
            Cell::plain(elasticity.and_then(|one| one.value.value)),
            Cell::plain(elasticity.and_then(|one| one.value.half_width)),
            known.map_or(Cell::Empty, Cell::text),
            Cell::Name(unit_word(key.unit(), time, &found.program)),
            Cell::text(key.per_word()),
        ]);
    }
}

/// The kind of a parameter, and the name of what it belongs to.
pub(super) fn parameter(parameter: &Parameter) -> [Cell; 2] {
    let (word, name) = match parameter {
        Parameter::Arrivals(source) => ("arrivals", source.as_str()),
        Parameter::People(role) => ("people", role.as_str()),
        Parameter::Work(stage) => ("work", stage.as_str()),
        Parameter::Wait(stage) => ("wait", stage.as_str()),
        Parameter::GoingOn(stage) => ("going on", stage.as_str()),
        Parameter::Reason(reason) => ("loss reason", reason.as_str()),
        Parameter::Value => ("value", ""),
        Parameter::Pay(role) => ("pay", role.as_str()),
        Parameter::LeadCost(source) => ("cost of source", source.as_str()),
        Parameter::StageCost(stage) => ("cost of stage", stage.as_str()),
        Parameter::Margin => ("margin", ""),
        Parameter::Payment => ("payment", ""),
        Parameter::Cost(cost) => ("cost", cost.as_str()),
        Parameter::Followed => ("followed", ""),
        Parameter::RolloutCost => ("cost of roll-out", ""),
        Parameter::Path(path) => ("path", path.as_str()),
    };
    let name = if name.is_empty() { Cell::Empty } else { Cell::Name(name.to_owned()) };
    [Cell::text(word), name]
}

/// A change as other programs read it.
fn shift(shift: &Shift) -> String {
    match shift {
        Shift::Times(factor) => format!("x {factor}"),
        Shift::People(more) => format!("{more:+}"),
        Shift::Hours(hours) => format!("{hours:+} h"),
        Shift::Points(points) => format!("{:+} pp", 100.0 * points),
        Shift::Is(value) => value.clone(),
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Better => "better",
        Verdict::Worse => "worse",
        Verdict::Changed => "changed",
        Verdict::NotBeyondChance => "not beyond chance",
    }
}
