//! Bookings month by month, with bad and good ones, against the plan.

use super::{FEWEST, month_labels, shown, window};
use crate::quantity::MONTH_DAYS;
use crate::report::chart::{Chart, Column, ColumnsChart, Measure};
use crate::study::simulate::Simulation;

/// Fewer full months than this are shown as weeks.
const FEW_MONTHS: usize = 3;

pub(super) fn bookings(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    program.value.as_ref()?;
    let of = |period: &'static str| {
        let rows = simulation.timeline.rows.iter();
        rows.filter(move |row| row.period == period && row.measure == "bookings")
    };
    // A few months say little: weeks do.
    let is_long = of("month").filter(|row| row.full).count() >= FEW_MONTHS;
    let period = if is_long { "month" } else { "week" };
    let count = shown(simulation, of(period).map(|row| row.mean));
    let rows: Vec<_> = of(period).take(count).collect();
    if rows.len() < FEWEST {
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
    let full: Vec<&Column> = columns.iter().filter(|column| column.full).collect();
    let ratio = |column: &&Column| {
        let (low, high) = column.band.unwrap_or_default();
        (low > 0.0).then(|| high / low)
    };
    let ratios: Option<Vec<f64>> = full.iter().map(ratio).collect();
    let days = if is_long { MONTH_DAYS } else { 7.0 };
    let plan = program.targets.bookings.map(|target| target.per_day() * days);
    let title = match ratios {
        _ if plan.is_some() && !full.is_empty() => {
            let plan = plan.unwrap_or_default();
            let reached = full.iter().map(|column| column.parts[0] / plan).sum::<f64>();
            let reached = reached / full.len() as f64 * 100.0;
            format!("A mean {period} books {reached:.0} % of its plan")
        }
        _ if full.is_empty() || program.window.until_empty() => format!("Bookings by {period}"),
        Some(ratios) if mean(&ratios) < 1.15 => {
            format!("Bookings hardly differ from {period} to {period}")
        }
        Some(ratios) => {
            let mean = mean(&ratios);
            format!("A good {period} books {} times what a bad one does", times(mean))
        }
        None => format!("In a bad {period} nothing is booked"),
    };
    Some(Chart::Columns(ColumnsChart {
        stem: "bookings",
        title,
        subtitle: window(simulation),
        measure: Measure::Money(program.currency.clone()),
        caption: format!("Bookings by {period}: mean, and where eight {period}s in ten lie"),
        parts: vec![String::new()],
        columns,
        plan,
        nothing: "The window is shorter than a day.",
    }))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn times(ratio: f64) -> String {
    if ratio >= 10.0 { format!("{ratio:.0}") } else { format!("{ratio:.1}") }
}
