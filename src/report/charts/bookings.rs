//! Bookings month by month, with bad and good ones, against the plan.

use super::{FEWEST, month_labels, seen, shown, spread};
use crate::quantity::MONTH_DAYS;
use crate::report::chart::{Chart, ChartName, Column, ColumnsChart, Measure};
use crate::report::phrase::{Caption, Finding, count, share};
use crate::study::simulate::Simulation;
use crate::study::{Period, TimelineMeasure};

/// Fewer full months than this are shown as weeks.
const FEW_MONTHS: usize = 3;
/// A bad and a good period that differ by less are nearly the same.
const HARDLY: f64 = 1.15;

pub(super) fn bookings(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    program.value.as_ref()?;
    let of = |period: Period| {
        let rows = simulation.timeline.rows.iter();
        rows.filter(move |row| row.period == period && row.measure == TimelineMeasure::Bookings)
    };
    // A few months say little: weeks do.
    let is_long = of(Period::Month).filter(|row| row.full).count() >= FEW_MONTHS;
    let period = if is_long { Period::Month } else { Period::Week };
    let columns = shown(simulation, of(period).map(|row| row.mean));
    let rows: Vec<_> = of(period).take(columns).collect();
    let all: f64 = of(period).map(|row| row.mean).sum();
    let nothing = all == 0.0;
    if rows.len() < FEWEST && !(nothing && of(period).count() >= FEWEST) {
        return None;
    }
    let labels = month_labels(rows.iter().map(|row| row.date));
    let columns: Vec<Column> = rows
        .iter()
        .zip(labels)
        .map(|(row, label)| Column {
            label,
            parts: vec![row.mean],
            band: Some((row.quantiles[0], row.quantiles[2])),
            full: row.full,
        })
        .collect();
    let days = if is_long { MONTH_DAYS } else { 7.0 };
    let plan = program.targets.bookings.map(|target| target.per_day() * days);
    Some(Chart::Columns(ColumnsChart {
        name: ChartName::Bookings,
        title: title(&columns, all, period, plan, program.window.until_empty()),
        subtitle: vec![seen(simulation)],
        measure: Measure::Money(program.currency.clone()),
        caption: Caption::Bookings { period, spread: spread(simulation) },
        parts: Vec::new(),
        beside: 0,
        columns,
        plan,
        nothing: Caption::NothingBooked,
    }))
}

/// The finding, of the periods that lie in the window as a whole; where there is none, or where the run ends with its
/// last deal, so that periods are not alike, of all that is booked.
fn title(
    columns: &[Column],
    all: f64,
    period: Period,
    plan: Option<f64>,
    until_empty: bool,
) -> Finding {
    if columns.iter().all(|column| column.parts[0] == 0.0) {
        return Finding::NothingBooked;
    }
    let full: Vec<&Column> = columns.iter().filter(|column| column.full).collect();
    let most = || {
        let most = columns.iter().map(|column| column.parts[0]).fold(0.0, f64::max);
        Finding::BestOfAll { period, share: share(most / all) }
    };
    if full.is_empty() {
        return most();
    }
    let mean = |of: &dyn Fn(&Column) -> f64| {
        full.iter().map(|column| of(column)).sum::<f64>() / full.len() as f64
    };
    if let Some(plan) = plan {
        return Finding::OfPlan { period, share: share(mean(&|column| column.parts[0]) / plan) };
    }
    if until_empty {
        return most();
    }
    let of_mean = |column: &&&Column| column.parts[0] / mean(&|column| column.parts[0]);
    let best = full.iter().map(|column| of_mean(&column)).fold(0.0, f64::max);
    let worst = full.iter().map(|column| of_mean(&column)).fold(f64::INFINITY, f64::min);
    let bad = mean(&|column| column.band.map_or(0.0, |(low, _)| low));
    let good = mean(&|column| column.band.map_or(0.0, |(_, high)| high));
    if bad <= 0.0 {
        return Finding::BadIsNothing(period);
    }
    if good / bad < HARDLY && best >= HARDLY * worst {
        return Finding::BestTimesMean { period, times: count(best) };
    }
    if good / bad < HARDLY {
        return Finding::HardlyDiffer(period);
    }
    Finding::GoodTimesBad { period, times: count(good / bad) }
}
