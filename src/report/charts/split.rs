//! Where the time of deals goes: work, queues, closed hours, the client.
//!
//! Clients take weeks and we take hours, so there are two charts: our own time alone, and all time. A bar
//! is the mean time that a deal spent in the stage, over all its visits. The bars add up to the time of a
//! deal, so the title agrees with the screen.

use super::seen;
use crate::kpi::{Key, Kpi, Stat};
use crate::report::chart::{BarRow, BarsChart, Chart, ChartName, Measure, Tone};
use crate::report::phrase::{Caption, Finding, Phrase, days, share};
use crate::study::simulate::Simulation;

const PARTS: [(Stat, Caption, Tone); 4] = [
    (Stat::Processing, Caption::Work, Tone::Main),
    (Stat::Queue, Caption::NobodyFree, Tone::Alarm),
    (Stat::OffHours, Caption::Closed, Tone::Pale),
    (Stat::Client, Caption::ClientTime, Tone::Calm),
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

fn split(
    simulation: &Simulation,
    name: ChartName,
    shown: &[(Stat, Caption, Tone)],
) -> Option<Chart> {
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
            let note = [(all > 0.0).then(|| Phrase::Number(days(all))), None];
            BarRow { label: Phrase::Name(stage.title.clone()), remark: None, parts, note }
        })
        .filter(|row| shown.len() == PARTS.len() || row.parts.iter().any(|part| *part > 0.0))
        .collect();
    // Without time of the client the second chart would repeat the first.
    let of_client = |row: &BarRow| row.parts.get(CLIENT).is_some_and(|part| *part > 0.0);
    if shown.len() == PARTS.len() && of_all > 0.0 && !rows.iter().any(of_client) {
        return None;
    }
    Some(Chart::Bars(BarsChart {
        name,
        title: title(&rows, shown.len() == PARTS.len()),
        subtitle: vec![Caption::TimeOfDeal.into(), seen(simulation)],
        measure: Measure::Days,
        parts: shown.iter().map(|(_, part, tone)| (part.clone().into(), *tone)).collect(),
        rows,
        nothing: Caption::NoneWorkedOn,
    }))
}

/// The finding: what most of the time is.
fn title(rows: &[BarRow], with_client: bool) -> Finding {
    let total = |part: usize| rows.iter().map(|row| row.parts[part]).sum::<f64>();
    let own: f64 = (0..CLIENT).map(total).sum();
    let of_own = |part: usize| share(total(part) / own);
    if own <= 0.0 {
        return Finding::NobodyWorksOnDeals;
    }
    if with_client {
        return Finding::ClientShare(share(total(CLIENT) / (own + total(CLIENT))));
    }
    if total(QUEUE) < 0.5 * own {
        return Finding::OwnTime([0, QUEUE, 2].map(of_own));
    }
    let worst = rows.iter().max_by(|a, b| a.parts[QUEUE].total_cmp(&b.parts[QUEUE]));
    let worst = worst.filter(|worst| worst.parts[QUEUE] > 0.5 * total(QUEUE));
    let stage = worst.and_then(|row| match &row.label {
        Phrase::Name(stage) => Some(stage.clone()),
        _ => None,
    });
    Finding::Queueing { share: of_own(QUEUE), stage }
}
