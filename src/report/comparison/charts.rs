//! The charts of a comparison: differences, bookings and profit that gather, funnels and maps beside each other.

mod difference;
mod funnels;
mod gathered;
mod maps;

use crate::model::Model;
use crate::report::chart::{Chart, NamedChart};
use crate::report::phrase::{Comparing, Phrase};
use crate::study::compare::{Alternative, Comparison, Line};
use crate::study::simulate::Simulation;

/// The models of a comparison and the results of each, the base first.
#[derive(Debug, Clone, Copy)]
pub struct Ran<'a> {
    /// The models.
    pub models: &'a [&'a Model],
    /// What each of them gave.
    pub simulations: &'a [Simulation],
}

/// The charts of a comparison, as far as there is anything to show in them.
///
/// Each alternative has its differences and its map beside the base; bookings and funnels of all are in one chart.
pub fn compare_charts(comparison: &Comparison, ran: Ran<'_>) -> Vec<NamedChart> {
    let alternatives = || comparison.alternatives.iter().enumerate();
    let one = |alternative| difference::differences(comparison, alternative);
    let differences =
        alternatives().filter_map(|(at, alternative)| Some(named(one(alternative)?, at)));
    let together = [
        gathered::bookings(comparison),
        gathered::profit(comparison),
        funnels::funnels(comparison, ran.simulations),
    ];
    let together = together.into_iter().flatten().map(|chart| named(chart, 0));
    let maps = alternatives().map(|(at, _)| named(maps::maps(comparison, ran, at), at));
    differences.chain(together).chain(maps).collect()
}

fn named(chart: Chart, at: usize) -> NamedChart {
    NamedChart { file_stem: chart.name().numbered(at), chart }
}

/// A warning where an alternative has another window than the base.
fn other_window(shown: &[&Alternative]) -> Option<Phrase> {
    let differs = shown.iter().any(|one| !one.same_window);
    differs.then(|| Comparing::OtherWindow.into())
}

/// What an alternative is called; a scenario without the name of its model.
fn short_name(comparison: &Comparison, alternative: &Alternative) -> String {
    let name = alternative.program.name.as_str();
    let rest = name.strip_prefix(&comparison.base.name).and_then(|rest| rest.strip_prefix(": "));
    rest.unwrap_or(name).to_owned()
}

/// The same, where there are several.
fn name_of(comparison: &Comparison, alternative: &Alternative) -> Option<String> {
    (comparison.alternatives.len() > 1).then(|| short_name(comparison, alternative))
}

/// The main figure of a KPI of the whole process.
fn of_whole(alternative: &Alternative, kpi: crate::kpi::Kpi) -> Option<&Line> {
    difference::rows(alternative).into_iter().find(|line| line.difference.key.kpi == kpi)
}

#[cfg(test)]
mod tests;
