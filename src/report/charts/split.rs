//! Where the time of deals goes: work, queues, closed hours, the client.
//!
//! A client takes weeks where we take hours, so there are two pictures: our own time on its own
//! scale, and all of it. A bar is the time that a deal which left spent in the stage, its visits
//! together: so the bars add up to the time of a deal, and the title says of them what the screen says.

use super::window;
use crate::kpi::{Key, Kpi, Stat};
use crate::report::block::{Cell, Words};
use crate::report::chart::{BarRow, BarsChart, Chart, ChartName, Measure, Tone};
use crate::study::simulate::Simulation;

const PARTS: [(Stat, &str, Tone); 4] = [
    (Stat::Processing, "somebody works on it", Tone::Main),
    (Stat::Queue, "nobody is free", Tone::Alarm),
    (Stat::OffHours, "closed", Tone::Pale),
    (Stat::Client, "the client's time", Tone::Calm),
];
/// The part that is a queue.
const QUEUE: usize = 1;
/// The part that is not ours.
const CLIENT: usize = 3;

/// Our own time: nobody can hurry the client.
pub(super) fn own(simulation: &Simulation) -> Option<Chart> {
    split(simulation, ChartName::TimeSplit, &PARTS[..CLIENT])
}

/// All of a deal's time.
pub(super) fn whole(simulation: &Simulation) -> Option<Chart> {
    split(simulation, ChartName::TimeSplitClient, &PARTS)
}

fn split(simulation: &Simulation, name: ChartName, shown: &[(Stat, &str, Tone)]) -> Option<Chart> {
    let program = &simulation.program;
    if program.tasks.is_empty() {
        return None;
    }
    let value = |key: Key| simulation.value(&key).unwrap_or(0.0);
    let time = |stat: &Stat| Key::new(Kpi::TimeInStage, stat.clone());
    // The time of a visit times the visits of a deal that left.
    let ended = program.stages.iter().map(|stage| {
        let visits = value(Key::new(Kpi::Visits, Stat::Left).stage(&stage.name));
        PARTS.each_ref().map(|(stat, ..)| visits * value(time(stat).stage(&stage.name)))
    });
    let ended: Vec<[f64; 4]> = ended.collect();
    let of_all: f64 = ended.iter().flatten().sum();
    let per_deal: f64 = PARTS.iter().map(|(stat, ..)| value(time(stat))).sum();
    let scale = if of_all > 0.0 { per_deal / of_all } else { 0.0 };
    let rows: Vec<BarRow> = program
        .stages
        .iter()
        .zip(&ended)
        .map(|(stage, parts)| {
            let parts: Vec<f64> = parts[..shown.len()].iter().map(|part| part * scale).collect();
            let all: f64 = parts.iter().sum();
            let words = if all > 0.0 { vec![Cell::days(all)] } else { Words::new() };
            let note = [words, Words::new()];
            BarRow { label: stage.title.clone(), remark: Words::new(), parts, note }
        })
        .filter(|row| shown.len() == PARTS.len() || row.parts.iter().any(|part| *part > 0.0))
        .collect();
    Some(Chart::Bars(BarsChart {
        name,
        title: title(&rows, shown.len() == PARTS.len()),
        subtitle: [vec![Cell::text("Mean time of a deal that left,")], window(simulation)].concat(),
        measure: Measure::Days,
        parts: shown.iter().map(|(_, part, tone)| ((*part).to_owned(), *tone)).collect(),
        rows,
        nothing: "No deal that left had come to a stage where people work.",
    }))
}

/// The finding: what most of the time is.
fn title(rows: &[BarRow], with_client: bool) -> Words {
    let total = |part: usize| rows.iter().map(|row| row.parts[part]).sum::<f64>();
    let own: f64 = (0..CLIENT).map(total).sum();
    let share = |part: usize| Cell::share(total(part) / own);
    if own <= 0.0 {
        return vec![Cell::text("Nobody works on deals")];
    }
    if with_client {
        let share = Cell::share(total(CLIENT) / (own + total(CLIENT)));
        return vec![share, Cell::text("of the time is the client's")];
    }
    if total(QUEUE) < 0.5 * own {
        return vec![
            Cell::text("Of our own time"),
            share(0),
            Cell::text("is work,"),
            share(QUEUE),
            Cell::text("queueing,"),
            share(2),
            Cell::text("closed hours"),
        ];
    }
    let mut words = vec![share(QUEUE), Cell::text("of our own time is queueing")];
    let worst = rows.iter().max_by(|a, b| a.parts[QUEUE].total_cmp(&b.parts[QUEUE]));
    if let Some(worst) = worst.filter(|worst| worst.parts[QUEUE] > 0.5 * total(QUEUE)) {
        words.extend([Cell::text(", most of it in"), Cell::Name(worst.label.clone())]);
    }
    words
}
