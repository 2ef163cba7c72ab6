//! Why deals are lost: the reasons by count, with what they were worth.

use super::window;
use crate::program::NO_REASON;
use crate::report::block::{Cell, Words};
use crate::report::chart::{BarRow, BarsChart, Chart, ChartName, Measure, Tone};
use crate::study::simulate::Simulation;

/// Reasons that get a bar of their own; the rest share one.
const MOST_REASONS: usize = 12;

/// Deals lost for a reason.
struct Loss {
    reason: String,
    deals: f64,
    value: f64,
}

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn losses(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let mut losses: Vec<Loss> = program
        .reasons
        .iter()
        .map(|reason| Loss { reason: reason.label().to_owned(), deals: 0.0, value: 0.0 })
        .collect();
    for row in simulation.losses.iter().filter(|loss| loss.by.is_empty()) {
        losses[row.reason].deals += row.count;
        losses[row.reason].value += row.value;
    }
    losses.retain(|loss| loss.deals > 0.0);
    losses.sort_by(|a, b| b.deals.total_cmp(&a.deals));
    if losses.len() > MOST_REASONS {
        let rest = losses.split_off(MOST_REASONS - 1);
        losses.push(Loss {
            reason: format!("{} other reasons", rest.len()),
            deals: rest.iter().map(|loss| loss.deals).sum(),
            value: rest.iter().map(|loss| loss.value).sum(),
        });
    }
    let has_value = program.value.is_some();
    let rows = rows(&losses, has_value);
    Some(Chart::Bars(BarsChart {
        name: ChartName::Losses,
        title: title(&rows),
        subtitle: [vec![Cell::text("Lost deals by reason,")], window(simulation)].concat(),
        measure: Measure::Deals,
        parts: vec![("lost deals".to_owned(), Tone::Lost)],
        rows,
        nothing: "No deal was lost in this window.",
    }))
}

/// A bar for each reason, with its share and what it makes together with those above.
fn rows(losses: &[Loss], has_value: bool) -> Vec<BarRow> {
    let all: f64 = losses.iter().map(|loss| loss.deals).sum();
    let worth: f64 = losses.iter().map(|loss| loss.value).sum();
    let mut running = 0.0;
    let row = |(at, loss): (usize, &Loss)| {
        running += loss.deals;
        let remark = if has_value && worth > 0.0 {
            vec![Cell::share(loss.value / worth), Cell::text("of the lost value")]
        } else {
            Words::new()
        };
        // The last bar makes the whole, whatever rounding says.
        let together = if at + 1 == losses.len() { 1.0 } else { running / all };
        let together = vec![Cell::text("together"), Cell::share(together)];
        let note = [vec![Cell::share(loss.deals / all)], together];
        BarRow { label: loss.reason.clone(), remark, parts: vec![loss.deals], note }
    };
    losses.iter().enumerate().map(row).collect()
}

/// The finding: how few reasons make at least half of all losses.
fn title(rows: &[BarRow]) -> Words {
    let all: f64 = rows.iter().map(|row| row.parts[0]).sum();
    let mut sum = 0.0;
    // Half of all, though the parts were rounded when they were added up.
    let half = rows.iter().position(|row| {
        sum += row.parts[0];
        sum >= 0.5 * all * (1.0 - 1e-12)
    });
    let end = [Cell::share(sum / all), Cell::text("of all losses")];
    let begin = match half {
        None => return vec![Cell::text("No deal is lost")],
        Some(0) if rows.len() == 1 && rows[0].label == NO_REASON => {
            return vec![Cell::text("No reason is given for any lost deal")];
        }
        Some(0) if rows.len() == 1 => {
            return vec![
                Cell::text("All deals that are lost have the same reason:"),
                Cell::Name(rows[0].label.clone()),
            ];
        }
        Some(0) => [Cell::Name(format!("“{}”", rows[0].label)), Cell::text("alone makes")],
        Some(more) => [Cell::text(words(more + 1)), Cell::text("reasons make")],
    };
    begin.into_iter().chain(end).collect()
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
