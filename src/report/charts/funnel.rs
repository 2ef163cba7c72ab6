//! What became of the deals of each stage.
//!
//! Everything is counted where it happened in the window, with the same weights: what went on, was
//! lost or is still there adds up to what came, and each share is the ratio of two counts.

use super::seen;
use crate::kpi::{Key, Kpi, Stat};
use crate::program::{Destination, End, Exit, Id, StageId};
use crate::report::chart::{Chart, FunnelChart, FunnelStage, LossPart};
use crate::report::phrase::{Caption, Finding, share};
use crate::study::simulate::Simulation;

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn funnel(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let stages: Vec<FunnelStage> = program.stages.ids().map(|id| stage(simulation, id)).collect();
    // Where a stage is the sale, its own bar says how many were won.
    let won = stages
        .iter()
        .enumerate()
        .map(|(at, stage)| stage.won + if at + 1 == stages.len() { stage.next } else { 0.0 });
    let won = (!program.sells_on_the_way).then(|| won.sum());
    let arrived = simulation.value(&Key::new(Kpi::Intake, Stat::Total)).unwrap_or(0.0);
    let title = title(&program.name, &stages);
    let subtitle = vec![Caption::SharesOfCame.into(), seen(simulation)];
    Some(Chart::Funnel(FunnelChart { title, subtitle, stages, won, arrived }))
}

/// What became of the deals of a stage.
fn stage(simulation: &Simulation, id: StageId) -> FunnelStage {
    let program = &simulation.program;
    let stage = &program.stages[id];
    let visits = simulation.find(&Key::new(Kpi::Visits, Stat::Total).stage(&stage.name));
    let next = StageId::new(id.index() + 1);
    let is_last = next.index() == program.stages.len();
    let mut found = FunnelStage {
        label: stage.title.clone(),
        phase: Some(stage.phase),
        deals: visits.and_then(|row| row.figure.value()).unwrap_or(0.0),
        half_width: visits.and_then(|row| row.figure.half_width()).unwrap_or(0.0),
        ..FunnelStage::default()
    };
    let mut all_lost = 0.0;
    for exit in (0..program.exits()).map(Exit::new) {
        let deals = took(simulation, &stage.name, &program.exit_name(exit));
        let part = match exit.destination(program.stages.len()) {
            Destination::Stage(stage) if stage == next => &mut found.next,
            Destination::Stage(_) => &mut found.elsewhere,
            Destination::End(end) => match program.ends[end] {
                End::Won if is_last && !program.sells_on_the_way => &mut found.next,
                End::Won => &mut found.won,
                End::Done | End::Cancelled(_) => &mut found.done,
                End::Lost(_) => &mut all_lost,
            },
        };
        *part += deals;
    }
    let losses = simulation.losses.iter().filter(|loss| loss.by.is_empty() && loss.stage == id);
    found.losses = losses
        .map(|loss| {
            let reason = program.reasons[loss.reason].label().to_owned();
            LossPart { reason, deals: loss.count }
        })
        .collect();
    found.losses.sort_by(|a, b| b.deals.total_cmp(&a.deals));
    // What is left by rounding is nobody.
    let churned = all_lost - found.lost();
    found.churned = if churned > 1e-9 * all_lost { churned } else { 0.0 };
    found
}

/// How many visits of a stage ended this way: a mean over the replications.
pub(super) fn took(simulation: &Simulation, stage: &str, exit: &str) -> f64 {
    let value = |kpi, stat| simulation.value(&Key::new(kpi, stat).stage(stage)).unwrap_or(0.0);
    value(Kpi::Visits, Stat::Left) * value(Kpi::StageConversion, Stat::To(exit.to_owned()))
}

/// The finding: where most is lost.
fn title(name: &str, stages: &[FunnelStage]) -> Finding {
    let all: f64 = stages.iter().map(FunnelStage::lost).sum();
    let worst = stages.iter().max_by(|a, b| a.lost().total_cmp(&b.lost()));
    match worst {
        Some(worst) if worst.lost() > 0.0 => {
            let before_sale = stages.iter().any(|stage| stage.churned > 0.0);
            let share = share(worst.lost() / all);
            Finding::LosesMost { stage: worst.label.clone(), share, before_sale }
        }
        _ => Finding::NoneLost(name.to_owned()),
    }
}
