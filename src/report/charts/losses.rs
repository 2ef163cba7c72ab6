//! Why deals are lost: the reasons by count, with what they were worth.

use super::{percent, window};
use crate::report::chart::{BarRow, BarsChart, Chart, Measure, Tone};
use crate::study::simulate::Simulation;

/// Reasons that get a bar of their own; the rest share one.
const MOST_REASONS: usize = 12;

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn losses(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let mut sums = vec![(0.0, 0.0); program.reasons.len()];
    for loss in simulation.losses.iter().filter(|loss| loss.by.is_empty()) {
        let (count, value) = &mut sums[loss.reason];
        *count += loss.count;
        *value += loss.value;
    }
    let (all, worth) =
        sums.iter().fold((0.0, 0.0), |(n, v), (count, value)| (n + count, v + value));
    let mut reasons: Vec<(String, f64, f64)> = sums
        .iter()
        .zip(&program.reasons)
        .filter(|((count, _), _)| *count > 0.0)
        .map(|((count, value), reason)| (reason.name.clone(), *count, *value))
        .collect();
    reasons.sort_by(|a, b| b.1.total_cmp(&a.1));
    if reasons.len() > MOST_REASONS {
        let rest = reasons.split_off(MOST_REASONS - 1);
        let sum = |of: fn(&(String, f64, f64)) -> f64| rest.iter().map(of).sum();
        reasons.push((format!("{} other reasons", rest.len()), sum(|r| r.1), sum(|r| r.2)));
    }
    let title = match reasons.first() {
        None => "No deal is lost".to_owned(),
        Some((_, count, _)) if *count >= 0.5 * all => {
            let name = &reasons[0].0;
            format!("“{name}” alone is {:.0} % of all losses", count / all * 100.0)
        }
        Some(_) => {
            let mut sum = 0.0;
            let many = reasons.iter().take_while(|(_, count, _)| {
                let goes_on = sum < 0.5 * all;
                sum += count;
                goes_on
            });
            let many = many.count();
            format!("{} reasons make {:.0} % of all losses", words(many), sum / all * 100.0)
        }
    };
    let mut running = 0.0;
    let has_value = program.value.is_some() && worth > 0.0;
    let rows = reasons
        .into_iter()
        .map(|(label, count, value)| {
            running += count;
            let worth = if has_value {
                format!("{} of the lost value", percent(value / worth))
            } else {
                String::new()
            };
            let together = running / all * 100.0;
            BarRow {
                label,
                remark: worth,
                parts: vec![count],
                note: [percent(count / all), format!("together {together:.0} %")],
            }
        })
        .collect();
    Some(Chart::Bars(BarsChart {
        stem: "losses",
        title,
        subtitle: format!("Lost deals by reason, {}", window(simulation)),
        measure: Measure::Deals,
        parts: vec![("lost deals".to_owned(), Tone::Main)],
        rows,
        nothing: "No deal was lost in this window.",
    }))
}

fn words(count: usize) -> String {
    match count {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        4 => "Four".to_owned(),
        5 => "Five".to_owned(),
        n => n.to_string(),
    }
}
