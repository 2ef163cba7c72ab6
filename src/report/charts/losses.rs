//! Why deals are lost: the reasons by count, with what they were worth.

use super::seen;
use crate::report::chart::{BarRow, BarsChart, Chart, ChartName, Measure, Tone};
use crate::report::phrase::{Caption, Finding, Phrase, share};
use crate::study::simulate::Simulation;

/// Reasons that get a bar of their own; the rest share one.
const MOST_REASONS: usize = 12;

/// Deals lost for a reason.
struct Loss {
    reason: Phrase,
    deals: f64,
    value: f64,
}

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn losses(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let mut losses: Vec<Loss> = program
        .reasons
        .iter()
        .map(|reason| Loss { reason: Phrase::reason(&reason.name), deals: 0.0, value: 0.0 })
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
            reason: Caption::OtherReasons(rest.len()).into(),
            deals: rest.iter().map(|loss| loss.deals).sum(),
            value: rest.iter().map(|loss| loss.value).sum(),
        });
    }
    let has_value = program.value.is_some();
    let rows = rows(&losses, has_value);
    Some(Chart::Bars(BarsChart {
        name: ChartName::Losses,
        title: title(&rows),
        subtitle: vec![Caption::LostByReason.into(), seen(simulation)],
        measure: Measure::Deals,
        parts: vec![(Caption::LostDeals.into(), Tone::Lost)],
        rows,
        nothing: Caption::NoneLost,
    }))
}

/// A bar for each reason, with its share and the cumulative share.
fn rows(losses: &[Loss], has_value: bool) -> Vec<BarRow> {
    let all: f64 = losses.iter().map(|loss| loss.deals).sum();
    let worth: f64 = losses.iter().map(|loss| loss.value).sum();
    let mut running = 0.0;
    let row = |(at, loss): (usize, &Loss)| {
        running += loss.deals;
        let has_worth = has_value && worth > 0.0;
        let remark = has_worth.then(|| Caption::OfLostValue(share(loss.value / worth)).into());
        // The last bar makes the whole, whatever rounding says.
        let together = if at + 1 == losses.len() { 1.0 } else { running / all };
        let together = Caption::Together(share(together)).into();
        let note = [Some(Phrase::Number(share(loss.deals / all))), Some(together)];
        BarRow { label: loss.reason.clone(), remark, parts: vec![loss.deals], note }
    };
    losses.iter().enumerate().map(row).collect()
}

/// The finding: how few reasons make at least half of all losses.
fn title(rows: &[BarRow]) -> Finding {
    let all: f64 = rows.iter().map(|row| row.parts[0]).sum();
    let mut sum = 0.0;
    // Half of all, though the parts were rounded when they were added up.
    let half = rows.iter().position(|row| {
        sum += row.parts[0];
        sum >= 0.5 * all * (1.0 - 1e-12)
    });
    let makes = share(sum / all);
    match half {
        None => Finding::NoLoss,
        Some(0) => match (&rows[0].label, rows.len()) {
            (Phrase::Name(reason), 1) => Finding::OneReason(reason.clone()),
            (Phrase::Name(reason), _) => {
                Finding::ReasonAlone { reason: Some(reason.clone()), share: makes }
            }
            (_, 1) => Finding::NoReasons,
            _ => Finding::ReasonAlone { reason: None, share: makes },
        },
        Some(more) => Finding::Reasons { count: more + 1, share: makes },
    }
}
