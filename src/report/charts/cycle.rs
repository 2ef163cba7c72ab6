//! How long won deals took.

use super::seen;
use crate::kpi::Quantile;
use crate::quantity::DAY_MICROS;
use crate::report::chart::{Bin, Chart, CycleChart, Mark};
use crate::report::phrase::{Finding, days};
use crate::report::tables::TimeUnit;
use crate::study::simulate::Simulation;

/// Bins of the chart at most.
const BINS: f64 = 40.0;
/// Longer than this share of the won deals, the tail is cut.
const SHOWN: f64 = 0.99;
/// Round widths of bins, for each unit; wider ones are these times 10, 100 and so on.
const WIDTHS: [f64; 4] = [1.0, 2.0, 5.0, 10.0];

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn cycle(simulation: &Simulation) -> Option<Chart> {
    let histogram = &simulation.sales_cycle;
    let day = DAY_MICROS as f64;
    let quantile = |p: f64| histogram.quantile(p).map(|micros| micros / day);
    // Days, unless the whole picture is shorter than two of them.
    let longest = quantile(SHOWN).filter(|longest| *longest > 0.0);
    let unit = match longest {
        Some(longest) if longest < 2.0 / 24.0 => TimeUnit::Minutes,
        Some(longest) if longest < 2.0 => TimeUnit::Hours,
        Some(_) | None => TimeUnit::Days,
    };
    let per_day = unit.per_day();
    let mut bins = Vec::new();
    if let Some(longest) = longest {
        let longest = longest * per_day;
        let width = width(longest / BINS);
        let share = |x: f64| histogram.share_within(x / per_day * day).unwrap_or(0.0);
        let mut below = 0.0;
        // Where all deals take the same time, which is the edge of a bin, they lie in the bin below it.
        let last = (longest / width * (1.0 - 1e-9)).floor() as u32;
        for bin in 0..=last {
            let (from, to) = (f64::from(bin) * width, f64::from(bin + 1) * width);
            let within = share(to * (1.0 + 1e-9));
            bins.push(Bin { from, to, share: (within - below).max(0.0) });
            below = within;
        }
    }
    let marks = [0.5, 0.9].into_iter().filter_map(|p| {
        let days = quantile(p)?;
        Some(Mark { label: Quantile::new(p).to_string(), value: days * per_day, days })
    });
    let marks: Vec<Mark> = marks.collect();
    let replications = simulation.options.replications.max(1) as f64;
    Some(Chart::Cycle(CycleChart {
        title: title(&marks),
        subtitle: vec![seen(simulation)],
        unit,
        bins,
        marks,
        deals: histogram.n() as f64 / replications,
    }))
}

/// The finding: how long half of them and nine in ten take.
fn title(marks: &[Mark]) -> Finding {
    let [half, most] = marks else {
        return Finding::NoneWon;
    };
    if half.days == most.days {
        return Finding::CloseWithin(days(most.days));
    }
    Finding::HalfCloseWithin { half: days(half.days), most: days(most.days) }
}

/// The least width that people count in and that is no less than this.
fn width(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let fits = WIDTHS.into_iter().map(|width| width * power).find(|width| *width >= least);
    fits.unwrap_or(10.0 * power)
}
