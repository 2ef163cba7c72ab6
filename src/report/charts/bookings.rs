//! Bookings month by month, with bad and good ones.

use super::{month_labels, window};
use crate::report::chart::{Chart, Column, ColumnsChart, Measure};
use crate::study::simulate::Simulation;

pub(super) fn bookings(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    program.value.as_ref()?;
    let rows: Vec<_> = simulation
        .timeline
        .rows
        .iter()
        .filter(|row| row.period == "month" && row.measure == "bookings")
        .collect();
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
    let title = match ratios {
        Some(ratios) if !ratios.is_empty() => {
            let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
            format!("A good month books {} times what a bad one does", times(mean))
        }
        _ if full.is_empty() => "Bookings by month".to_owned(),
        _ => "In a bad month nothing is booked".to_owned(),
    };
    Some(Chart::Columns(ColumnsChart {
        stem: "bookings",
        title,
        subtitle: window(simulation),
        measure: Measure::Money(program.currency.clone()),
        caption: "Bookings by month: mean, and where eight months in ten lie".to_owned(),
        parts: vec![String::new()],
        columns,
        nothing: "The window is shorter than a day.",
    }))
}

fn times(ratio: f64) -> String {
    if ratio >= 10.0 { format!("{ratio:.0}") } else { format!("{ratio:.1}") }
}
