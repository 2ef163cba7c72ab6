//! The charts of a comparison: differences, bookings that gather, funnels and maps beside each other.

mod difference;
mod funnels;
mod gathered;
mod maps;

use crate::model::Model;
use crate::report::chart::{Chart, NamedChart};
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
    let together = [gathered::gathered(comparison), funnels::funnels(comparison, ran.simulations)];
    let together = together.into_iter().flatten().map(|chart| named(chart, 0));
    let maps = alternatives().map(|(at, _)| named(maps::maps(comparison, ran, at), at));
    differences.chain(together).chain(maps).collect()
}

fn named(chart: Chart, at: usize) -> NamedChart {
    NamedChart { file_stem: chart.name().numbered(at), chart }
}

/// What an alternative is called, where there are several.
fn name_of(comparison: &Comparison, alternative: &Alternative) -> Option<String> {
    (comparison.alternatives.len() > 1).then(|| alternative.program.name.clone())
}

/// The main figure of a KPI of the whole process.
fn of_whole(alternative: &Alternative, kpi: crate::kpi::Kpi) -> Option<&Line> {
    difference::rows(alternative).into_iter().find(|line| line.difference.key.kpi == kpi)
}
