//! Where the time of deals goes: work, queues, closed hours, the client.
//!
//! A client takes weeks where we take hours, so there are two pictures: our own time on its own
//! scale, and all of it.

use super::{length, percent, window};
use crate::report::chart::{BarRow, BarsChart, Chart, Measure, Tone};
use crate::study::simulate::Simulation;

const PARTS: [(&str, &str, Tone); 4] = [
    ("processing", "somebody works on it", Tone::Main),
    ("queue", "nobody is free", Tone::Alarm),
    ("off_hours", "closed", Tone::Pale),
    ("client", "the client's time", Tone::Calm),
];
/// The part that is not ours.
const CLIENT: usize = 3;

/// Our own time: nobody can hurry the client.
pub(super) fn own(simulation: &Simulation) -> Option<Chart> {
    split(simulation, "time-split", &PARTS[..CLIENT])
}

/// All of a deal's time.
pub(super) fn whole(simulation: &Simulation) -> Option<Chart> {
    split(simulation, "time-split-client", &PARTS)
}

fn split(
    simulation: &Simulation,
    stem: &'static str,
    shown: &[(&str, &str, Tone)],
) -> Option<Chart> {
    let program = &simulation.program;
    if program.tasks.is_empty() {
        return None;
    }
    let part = |stage: &str, stat: &str| {
        let row = simulation.find("time_in_stage", "stage", stage, stat);
        row.and_then(|row| row.figure.value()).unwrap_or(0.0)
    };
    // The time of a deal that comes to the stage: its visits are not told apart by their number.
    let rows: Vec<BarRow> = program
        .stages
        .iter()
        .map(|stage| {
            let parts: Vec<f64> = shown.iter().map(|(stat, ..)| part(&stage.name, stat)).collect();
            let all: f64 = parts.iter().sum();
            let words = if all > 0.0 { length(all) } else { String::new() };
            let note = [words, String::new()];
            BarRow { label: stage.title.clone(), remark: String::new(), parts, note }
        })
        .filter(|row| shown.len() == PARTS.len() || row.parts.iter().any(|part| *part > 0.0))
        .collect();
    let total = |part: usize| rows.iter().map(|row| row.parts[part]).sum::<f64>();
    let own: f64 = (0..CLIENT).map(total).sum();
    let title = if own <= 0.0 {
        "Nobody works on deals".to_owned()
    } else if shown.len() == PARTS.len() {
        let share = total(CLIENT) / (own + total(CLIENT)) * 100.0;
        format!("{share:.0} % of the time is the client's")
    } else if total(1) >= 0.5 * own {
        let worst = rows.iter().max_by(|a, b| a.parts[1].total_cmp(&b.parts[1]));
        let name = worst.map_or("", |row| row.label.as_str());
        let share = total(1) / own * 100.0;
        format!("{share:.0} % of our own time is queueing, most of it in {name}")
    } else {
        let share = |part: usize| percent(total(part) / own);
        format!(
            "Of our own time {} is work, {} queueing, {} closed hours",
            share(0),
            share(1),
            share(2)
        )
    };
    Some(Chart::Bars(BarsChart {
        stem,
        title,
        subtitle: format!("Mean time of a visit, {}", window(simulation)),
        measure: Measure::Days,
        parts: shown.iter().map(|(_, name, tone)| ((*name).to_owned(), *tone)).collect(),
        rows,
        nothing: "No deal came to a stage in this window.",
    }))
}
