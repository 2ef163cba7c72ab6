//! Over time: deals in each stage, and arrivals.

use super::{FEWEST, inside, month_labels, window};
use crate::report::chart::{Chart, Column, ColumnsChart, Measure};
use crate::study::simulate::Simulation;

/// Stages that are told apart; those with the fewest deals share a part.
const MOST_PARTS: usize = 7;

pub(super) fn by_stage(simulation: &Simulation) -> Option<Chart> {
    let weekly = simulation.weekly.as_ref()?;
    let stages = &simulation.program.stages;
    let mean = |stage: &usize| weekly.open[*stage].iter().sum::<f64>();
    let mut shown: Vec<usize> = (0..stages.len()).filter(|stage| mean(stage) > 0.0).collect();
    if shown.is_empty() {
        return None;
    }
    shown.sort_by(|a, b| mean(b).total_cmp(&mean(a)));
    let mut rest = shown.split_off(shown.len().min(MOST_PARTS));
    if rest.len() == 1 {
        shown.append(&mut rest);
    }
    // The last stage stands at the bottom: what leaves the picture first is nearest to the axis.
    shown.sort_unstable_by(|a, b| b.cmp(a));
    let mut parts: Vec<String> = shown.iter().map(|stage| stages[*stage].title.clone()).collect();
    if !rest.is_empty() {
        parts.push(format!("{} other stages", rest.len()));
    }
    let total = |week: usize| weekly.open.iter().map(|stage| stage[week]).sum::<f64>();
    let count = super::shown(simulation, (0..weekly.dates.len()).map(total));
    let labels = month_labels(inside(simulation, &weekly.dates));
    let columns: Vec<Column> = labels
        .into_iter()
        .enumerate()
        .map(|(week, label)| {
            let mut parts: Vec<f64> = shown.iter().map(|s| weekly.open[*s][week]).collect();
            if !rest.is_empty() {
                parts.push(rest.iter().map(|s| weekly.open[*s][week]).sum());
            }
            Column { label, parts, band: None, full: true }
        })
        .take(count)
        .collect();
    if columns.len() < FEWEST {
        return None;
    }
    let sum = |column: &Column| column.parts.iter().sum::<f64>();
    let most = columns.iter().map(sum).fold(0.0, f64::max);
    let title = match (columns.first().map(sum), columns.last().map(sum)) {
        _ if simulation.program.window.until_empty() => {
            format!("At most about {most:.0} deals are in progress")
        }
        (Some(first), Some(last)) if last > 1.5 * first && last - first > 5.0 => {
            format!("Deals in progress grow from {first:.0} to {last:.0}")
        }
        (Some(first), Some(last)) if first > 1.5 * last && first - last > 5.0 => {
            format!("Deals in progress fall from {first:.0} to {last:.0}")
        }
        (Some(_), Some(_)) => {
            // Sunday nights may be busier than other times: the mean is that of the whole window.
            let all = simulation.find("open_deals", "", "", "mean");
            let all = all.and_then(|row| row.figure.value()).unwrap_or(0.0);
            if all < 1.0 {
                "Hardly a deal is in progress when a week ends".to_owned()
            } else {
                format!("About {all:.0} deals are in progress at any time")
            }
        }
        _ => "No deal is in progress".to_owned(),
    };
    Some(Chart::Columns(ColumnsChart {
        stem: "in-progress",
        title,
        subtitle: window(simulation),
        measure: Measure::Deals,
        caption: "Deals in each stage at the end of the week, mean".to_owned(),
        parts,
        columns,
        plan: None,
        nothing: "No deal was in progress at the end of any week.",
    }))
}

pub(super) fn arrivals(simulation: &Simulation) -> Option<Chart> {
    let all = || {
        let rows = simulation.timeline.rows.iter();
        rows.filter(|row| row.period == "week" && row.measure == "intake")
    };
    let count = super::shown(simulation, all().map(|row| row.mean));
    let rows: Vec<_> = all().take(count).collect();
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
    let full = || columns.iter().filter(|column| column.full);
    let mean = full().map(|column| column.parts[0]).sum::<f64>() / full().count().max(1) as f64;
    let title = if full().count() == 0 {
        "Arrivals by week".to_owned()
    } else if mean >= 10.0 {
        format!("About {mean:.0} deals arrive in a week")
    } else {
        format!("About {mean:.1} deals arrive in a week")
    };
    Some(Chart::Columns(ColumnsChart {
        stem: "arrivals",
        title,
        subtitle: window(simulation),
        measure: Measure::Deals,
        caption: "Arrivals by week: mean, and where eight weeks in ten lie".to_owned(),
        parts: vec![String::new()],
        columns,
        plan: None,
        nothing: "The window is shorter than a day.",
    }))
}
