//! Cost against what is reached of a target: one picture for each target.

use super::{aim, changes, cost, measured, reached};
use crate::report::block::{Kind, Number};
use crate::report::chart::{Chart, ChartName, NamedChart, ScatterChart, ScatterPoint};
use crate::report::phrase::{Finding, Phrase, Planning, Span, share};
use crate::study::expectations::Judgement;
use crate::study::plan::{Certainty, Plan, Tried};

/// A chart for each target, where plans have a cost.
pub fn plan_charts(found: &Plan<'_>) -> Vec<NamedChart> {
    let has_cost = found.tried.iter().any(|tried| tried.cost.value.is_some());
    let targets = if has_cost { found.targets.len() } else { 0 };
    let chart = |at: usize| NamedChart {
        file_stem: ChartName::Plan.numbered(at),
        chart: Chart::Scatter(scatter(found, at)),
    };
    (0..targets).map(chart).collect()
}

fn scatter(found: &Plan<'_>, at: usize) -> ScatterChart {
    let target: &Judgement<'_> = &found.targets[at];
    let best = found.best.and_then(|best| cost(found, &found.tried[best]));
    let title = match aim(found).zip(best) {
        Some((aim, value)) => Planning::Cheapest(aim, value),
        None => Planning::NonesTitle,
    };
    let (model, span) = (found.program.name.clone(), Span::of(&found.program));
    let (plans, tried) = (found.plans, found.tried.len());
    let choice = found.best.map(|best| Planning::Choice(changes(found, &found.tried[best])).into());
    let mut subtitle: Vec<Phrase> = choice.into_iter().collect();
    subtitle.push(Planning::Points(share(found.options.base.figures.level)).into());
    subtitle.push(Planning::Title { model, span, plans, tried }.into());
    let bounds = target.measured(&found.program.currency).bounds;
    let limits = [bounds.at_least, bounds.at_most].into_iter().flatten().collect();
    let points = found.tried.iter().filter_map(|tried| point(found, tried, at)).collect();
    let is_share = target.expectation.chance.is_some();
    let first = found.tried.iter().find_map(|tried| tried.judged.get(at));
    let unit = first.map_or(crate::kpi::Unit::Share, |judged| judged.unit);
    let kind = if is_share { Kind::Share } else { Kind::of(unit, &found.program.currency) };
    let money = found.tried.iter().find_map(|tried| cost(found, tried));
    ScatterChart {
        title: Finding::Planning(Box::new(title)),
        subtitle,
        across: aim(found).map_or(Phrase::Name(String::new()), |aim| Planning::Aim(aim).into()),
        up: Planning::TargetAxis(Box::new(measured(found, at, None))).into(),
        kinds: [money.map_or(Kind::Count, |number| number.kind), kind],
        limits,
        points,
        nothing: Planning::NonesTitle.into(),
    }
}

fn point(found: &Plan<'_>, tried: &Tried, at: usize) -> Option<ScatterPoint> {
    let judged = tried.judged.get(at)?;
    let Number { value, half_width, .. } = reached(found, at, judged)?;
    let is_best = found.best.is_some_and(|best| found.tried[best].choice == tried.choice);
    let is_exact = judged.certainty == Certainty::Exact;
    Some(ScatterPoint {
        x: tried.cost.value?,
        y: value,
        half_width: half_width.filter(|_| !is_exact).unwrap_or(0.0),
        good: tried.accepted(),
        chosen: is_best,
    })
}
