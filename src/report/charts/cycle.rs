//! How long won deals took.

use super::{length, window};
use crate::quantity::DAY_MICROS;
use crate::report::chart::{Bin, Chart, CycleChart, Mark};
use crate::study::simulate::Simulation;

/// Bins of the chart.
const BINS: usize = 40;
/// Longer than this share of the won deals, the tail is cut.
const SHOWN: f64 = 0.99;

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn cycle(simulation: &Simulation) -> Option<Chart> {
    let histogram = &simulation.sales_cycle;
    let day = DAY_MICROS as f64;
    let quantile = |p: f64| histogram.quantile(p).map(|micros| micros / day);
    let marks: Vec<Mark> = [0.5, 0.9]
        .into_iter()
        .filter_map(|p| Some(Mark { label: crate::kpi::quantile_name(p), value: quantile(p)? }))
        .collect();
    let mut bins = Vec::new();
    let mut unit = (1.0, "days");
    if let Some(longest) = quantile(SHOWN).filter(|longest| *longest > 0.0) {
        // Days, unless the whole picture is shorter than two of them.
        if longest < 2.0 / 24.0 {
            unit = (1440.0, "minutes");
        } else if longest < 2.0 {
            unit = (24.0, "hours");
        }
        // A little beyond, so that the last bin holds an atom at its end in spite of rounding.
        let longest = longest * unit.0 * (1.0 + 1e-9);
        let width = longest / BINS as f64;
        let share = |x: f64| histogram.share_within(x / unit.0 * day).unwrap_or(0.0);
        for bin in 0..BINS {
            let (from, to) = (bin as f64 * width, (bin + 1) as f64 * width);
            let below = if bin == 0 { 0.0 } else { share(from) };
            bins.push(Bin { from, to, share: (share(to) - below).max(0.0) });
        }
    }
    let title = match (quantile(0.5), quantile(0.9)) {
        (Some(half), Some(most)) => format!(
            "Half of the won deals close within {}, nine in ten within {}",
            length(half),
            length(most)
        ),
        _ => "No deal was won".to_owned(),
    };
    let scaled = |mark: Mark| Mark { value: mark.value * unit.0, ..mark };
    Some(Chart::Cycle(CycleChart {
        title,
        subtitle: window(simulation),
        unit: unit.1.to_owned(),
        bins,
        marks: marks.into_iter().map(scaled).collect(),
        deals: histogram.n(),
    }))
}
