//! Whether people can keep up: what was asked of them, who left their queues, and whether these grew.

use super::simulate::Simulation;
pub use crate::analytic::overload::Load;
use crate::analytic::overload::long_run_loads;
use crate::kpi::{Key, Kpi, Stat};
use crate::program::RoleId;

/// A queue that ends less far above its mean than this did not grow.
const GROWS: f64 = 1.25;
/// Without an answer from theory, a queue grows where at its end so many days of work wait …
const BACKLOG_DAYS: f64 = 7.0;
/// … and this share of all working time of the window.
const BACKLOG_SHARE: f64 = 0.05;

/// The load of each role with a number of people in the long run: of what deals ask for, those left out who lost
/// patience in the run. Empty where theory has no answer.
pub fn loads(simulation: &Simulation) -> Vec<Load> {
    let stages = simulation.program.stages.iter();
    let left = stages.map(|stage| {
        let of = |kpi, stat| simulation.value(&Key::new(kpi, stat).stage(&stage.name));
        match (of(Kpi::Reneged, Stat::Count), of(Kpi::Visits, Stat::Total)) {
            (Some(left), Some(visits)) if visits > 0.0 => (left / visits).clamp(0.0, 1.0),
            _ => 0.0,
        }
    });
    let left: Vec<f64> = left.collect();
    long_run_loads(&simulation.program, Some(&left)).unwrap_or_default()
}

/// What was asked of the people of a role in a run, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// The role.
    pub role: RoleId,
    /// Its people.
    pub people: u64,
    /// Share of their working time that was work.
    pub busy: f64,
    /// Share of their working time that all work takes that was asked for, whether it was done, waits or was given up.
    pub asked: f64,
    /// Share of the deals that asked for them and left the queue, if any did.
    pub left: Option<f64>,
    /// How many deals wait on average and at the end of the window, where the queue grew over it.
    pub growth: Option<Growth>,
}

/// A queue that grew over the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Deals that wait on average.
    pub mean: f64,
    /// Deals that wait at the end.
    pub end: f64,
}

impl Demand {
    /// People that the role lacks for all that is asked for; none is below 0.
    pub fn missing(&self) -> f64 {
        (self.asked - 1.0).max(0.0) * self.people as f64
    }
}

/// The demand of each role that has a number of people and was asked for work.
pub fn demands(simulation: &Simulation) -> Vec<Demand> {
    let loads = loads(simulation);
    let program = &simulation.program;
    let roles = program.roles.entries().filter(|(_, role)| role.limited);
    roles
        .filter_map(|(id, _)| {
            let people = program.people_of(id).iter().map(|person| person.count).sum();
            let load = loads.iter().find(|load| load.role == id).map(|load| load.share);
            demand(simulation, id, people, load)
        })
        .collect()
}

fn demand(simulation: &Simulation, role: RoleId, people: u64, load: Option<f64>) -> Option<Demand> {
    let name = &simulation.program.roles[role].name;
    let row = |kpi, stat| simulation.find(&Key::new(kpi, stat).role(name));
    let value = |kpi, stat| row(kpi, stat).and_then(|row| row.figure.value());
    let busy = value(Kpi::Utilization, Stat::Share)?;
    let seen = value(Kpi::Utilization, Stat::Asked).unwrap_or(busy);
    let left = value(Kpi::Reneged, Stat::Count).filter(|left| *left > 0.0);
    // Theory also counts the work that stands behind a queue and that nobody has asked for yet, but not that of deals
    // that left; the run knows what these had asked for.
    let asked = match load {
        Some(load) if left.is_none() => load,
        Some(load) => load.max(seen),
        None => seen,
    };
    let half = |stat| row(Kpi::QueueLength, stat).and_then(|row| row.figure.half_width());
    let (mean, end) = (value(Kpi::QueueLength, Stat::Mean)?, value(Kpi::QueueLength, Stat::AtEnd)?);
    let error = half(Stat::Mean).unwrap_or(0.0).hypot(half(Stat::AtEnd).unwrap_or(0.0));
    let rises = end > GROWS * mean && end - mean > error && end > people as f64;
    // Of what was asked for and not done, the part that waits at the end.
    let waits = (seen - busy).max(0.0) * end / (end + left.unwrap_or(0.0)).max(f64::MIN_POSITIVE);
    let backlog = waits > BACKLOG_SHARE && waits * simulation.days > BACKLOG_DAYS;
    let grows = rises && (load.is_some_and(|load| load > 1.0) || backlog);
    let growth =
        (grows && !simulation.program.window.until_empty()).then_some(Growth { mean, end });
    let left = left.and(value(Kpi::Reneged, Stat::Share));
    Some(Demand { role, people, busy, asked: asked.max(busy), left, growth })
}
