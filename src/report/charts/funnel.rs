//! How far deals got, and where the others were lost.

use super::window;
use crate::quantity::MONTH_DAYS;
use crate::report::chart::{Chart, FunnelChart, FunnelStage, LossPart};
use crate::study::simulate::Simulation;

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn funnel(simulation: &Simulation) -> Option<Chart> {
    let program = &simulation.program;
    let replications = simulation.options.replications.max(1) as f64;
    let mut stages = Vec::new();
    for (at, stage) in program.stages.iter().enumerate() {
        // A loop brings a deal more than once; in the funnel it counts once a round.
        let visits = |stat| simulation.find("visits", "stage", &stage.name, stat);
        let visits = visits("first").or_else(|| visits("total"));
        let losses = simulation.losses.iter().filter(|loss| loss.by.is_empty() && loss.stage == at);
        let mut losses: Vec<LossPart> = losses
            .map(|loss| LossPart {
                reason: program.reasons[loss.reason].name.clone(),
                deals: loss.n as f64 / replications,
            })
            .collect();
        losses.sort_by(|a, b| b.deals.total_cmp(&a.deals));
        stages.push(FunnelStage {
            label: stage.title.clone(),
            phase: stage.phase.word().to_owned(),
            deals: visits.and_then(|row| row.figure.value()).unwrap_or(0.0),
            half_width: visits.and_then(|row| row.figure.half_width()).unwrap_or(0.0),
            to_next: value(simulation, "stage_conversion", &stage.name, "next"),
            losses,
        });
    }
    // Where a stage is the sale, its own bar says how many were won.
    let sale_stage = program.stages.iter().any(|stage| stage.sale.is_some());
    let won = simulation
        .rows
        .iter()
        .filter(|_| !sale_stage)
        .find(|row| row.kpi == "throughput" && row.stat == "first" && row.by.is_empty());
    let won =
        won.and_then(|row| row.figure.value()).map(|rate| rate * simulation.days / MONTH_DAYS);
    let (title, subtitle) = (funnel_title(simulation), window(simulation));
    let share = simulation.find("lead_to_win", "", "", "share");
    let won_share = share.and_then(|row| row.figure.value());
    Some(Chart::Funnel(FunnelChart { title, subtitle, stages, won, won_share }))
}

/// The finding: where most is lost.
fn funnel_title(simulation: &Simulation) -> String {
    let program = &simulation.program;
    let mut by_stage = vec![0u64; program.stages.len()];
    for loss in simulation.losses.iter().filter(|loss| loss.by.is_empty()) {
        by_stage[loss.stage] += loss.n;
    }
    let all: u64 = by_stage.iter().sum();
    let worst = by_stage.iter().enumerate().max_by_key(|(_, lost)| **lost);
    match worst {
        Some((at, lost)) if *lost > 0 => format!(
            "{} loses {:.0} % of all lost deals",
            program.stages[at].title,
            *lost as f64 / all as f64 * 100.0
        ),
        _ => format!("{}: no deal is lost", program.name),
    }
}

fn value(simulation: &Simulation, kpi: &str, stage: &str, stat: &str) -> Option<f64> {
    simulation.find(kpi, "stage", stage, stat).and_then(|row| row.figure.value())
}
