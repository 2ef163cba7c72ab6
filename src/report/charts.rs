//! The charts of a run.

use super::chart::{
    Bin, Chart, CycleChart, FunnelChart, FunnelStage, LoadChart, LoadRole, LossPart, Mark,
};
use crate::quantity::DAY_MICROS;
use crate::study::simulate::Simulation;

/// Bins of the sales-cycle chart.
const BINS: usize = 40;
/// Longer than this share of the won deals, the tail is cut.
const SHOWN: f64 = 0.99;

/// The funnel with its losses, and the sales cycle with its quantiles.
pub fn charts(simulation: &Simulation) -> Vec<Chart> {
    let mut charts = vec![Chart::Funnel(funnel(simulation)), Chart::Cycle(cycle(simulation))];
    let load = load(simulation);
    if !load.roles.is_empty() {
        charts.push(Chart::Load(load));
    }
    charts
}

/// The people and their queues.
fn load(simulation: &Simulation) -> LoadChart {
    let program = &simulation.program;
    let mut roles = Vec::new();
    let mut busiest: Option<(f64, &str)> = None;
    for role in program.roles.iter().filter(|role| role.limited) {
        let find = |kpi: &str, stat: &str| simulation.find(kpi, "role", &role.name, stat);
        let Some(busy) = find("utilization", "share") else { continue };
        let Some(share) = busy.figure.value() else { continue };
        let people = (role.first_person..role.first_person + role.persons)
            .map(|person| program.people[person as usize].count)
            .sum::<u64>();
        let wait = |stat: &str| find("queue_time", stat).and_then(|row| row.figure.value());
        let note = match (wait("mean"), wait("p90")) {
            (Some(mean), Some(most)) => {
                format!("wait: mean {}, p90 {}", short(mean), short(most))
            }
            (Some(mean), None) => format!("wait: mean {}", short(mean)),
            _ => "no work was asked for".to_owned(),
        };
        if busiest.is_none_or(|(other, _)| share > other) {
            busiest = Some((share, &role.name));
        }
        roles.push(LoadRole {
            label: role.name.clone(),
            people: if people == 1 { "1 person".to_owned() } else { format!("{people} people") },
            busy: share,
            high: busy.risk.map_or(share, |risk| risk[2]),
            note,
        });
    }
    let title = match busiest {
        Some((share, name)) if share > 0.98 => {
            format!("{name} cannot keep up: all working time is taken")
        }
        Some((share, name)) => {
            format!("{name} is busiest, at {:.0} % of the working time", share * 100.0)
        }
        None => "Nobody works".to_owned(),
    };
    LoadChart { title, subtitle: window(simulation), roles }
}

fn value(simulation: &Simulation, kpi: &str, stage: &str, stat: &str) -> Option<f64> {
    simulation.find(kpi, "stage", stage, stat).and_then(|row| row.figure.value())
}

fn window(simulation: &Simulation) -> String {
    let program = &simulation.program;
    let start = program.calendar.date_time(program.window.start).date();
    let replications = simulation.options.replications;
    if program.window.until_empty() {
        format!("from {start} until the last deal left, mean of {replications} replications")
    } else {
        let end = program.calendar.date_time(program.window.end).date();
        format!("{start} to {end}, mean of {replications} replications")
    }
}

fn funnel(simulation: &Simulation) -> FunnelChart {
    let program = &simulation.program;
    let replications = simulation.options.replications.max(1) as f64;
    let mut stages = Vec::new();
    for (at, stage) in program.stages.iter().enumerate() {
        let visits = simulation.find("visits", "stage", &stage.name, "total");
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
    let month = 30.4375;
    let won = won.and_then(|row| row.figure.value()).map(|rate| rate * simulation.days / month);
    FunnelChart { title: funnel_title(simulation), subtitle: window(simulation), stages, won }
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

fn cycle(simulation: &Simulation) -> CycleChart {
    let histogram = &simulation.sales_cycle;
    let day = DAY_MICROS as f64;
    let quantile = |p: f64| histogram.quantile(p).map(|micros| micros / day);
    let marks: Vec<Mark> = [0.5, 0.9]
        .into_iter()
        .filter_map(|p| Some(Mark { label: crate::kpi::quantile_name(p), value: quantile(p)? }))
        .collect();
    let mut bins = Vec::new();
    let mut unit = (1.0, "days");
    if let Some(longest) = quantile(SHOWN).filter(|longest| *longest > 0.0) {
        // Days, or hours where the whole picture is shorter than two days.
        if longest < 2.0 {
            unit = (24.0, "hours");
        }
        // A little beyond, so that the last bin holds an atom at its end in spite of rounding.
        let longest = longest * unit.0 * (1.0 + 1e-9);
        let width = longest / BINS as f64;
        let share = |x: f64| histogram.share_within(x / unit.0 * day).unwrap_or(0.0);
        for bin in 0..BINS {
            let (from, to) = (bin as f64 * width, (bin + 1) as f64 * width);
            let below = if bin == 0 { 0.0 } else { share(from) };
            bins.push(Bin { from, to, share: (share(to) - below).max(0.0) });
        }
    }
    let title = match (quantile(0.5), quantile(0.9)) {
        (Some(half), Some(most)) => format!(
            "Half of the won deals close within {}, nine in ten within {}",
            length(half),
            length(most)
        ),
        _ => "No deal was won".to_owned(),
    };
    let scaled = |mark: Mark| Mark { value: mark.value * unit.0, ..mark };
    CycleChart {
        title,
        subtitle: window(simulation),
        unit: unit.1.to_owned(),
        bins,
        marks: marks.into_iter().map(scaled).collect(),
        deals: histogram.n(),
    }
}

/// A length in few letters.
fn short(days: f64) -> String {
    length(days).replace(" days", " d").replace(" hours", " h")
}

/// A length in the words of a title.
fn length(days: f64) -> String {
    let (number, unit) = match days {
        days if days >= 2.0 => (days, "days"),
        days if days >= 1.0 / 12.0 => (days * 24.0, "hours"),
        days => (days * 1440.0, "min"),
    };
    if number == 0.0 {
        return "0 min".to_owned();
    }
    if number >= 10.0 { format!("{number:.0} {unit}") } else { format!("{number:.1} {unit}") }
}
