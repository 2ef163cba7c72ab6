//! Whether people can keep up: the work needed of them, deals that left their queues, and growing
//! queues.

use super::simulate::Simulation;
pub use crate::analytic::overload::Load;
use crate::analytic::overload::long_run_loads;
use crate::kpi::{Key, Kpi, Stat};
use crate::program::RoleId;

/// A queue has not grown if its length at the end is below this many times its mean.
const GROWS: f64 = 1.25;
/// If the long-run load is unknown, a queue grows if its backlog at the end exceeds this many days
/// of work …
const BACKLOG_DAYS: f64 = 7.0;
/// … and this share of all working time in the window.
const BACKLOG_SHARE: f64 = 0.05;

/// The long-run load of each limited role, without the deals that lost patience in the run. Empty
/// if it cannot be computed.
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

/// The demand on the people of a role in a run, and its effects.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// The role.
    pub role: RoleId,
    /// Its people.
    pub people: u64,
    /// Share of their working time spent on work.
    pub busy: f64,
    /// Share of their working time that all needed work takes, whether done, waiting or given up.
    pub asked: f64,
    /// Share of the deals that needed them and left the queue; `None` if none did.
    pub left: Option<f64>,
    /// The growth of the queue, if it grew over the window.
    pub growth: Option<Growth>,
}

/// A queue that grew over the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Mean number of waiting deals.
    pub mean: f64,
    /// Number of waiting deals at the end.
    pub end: f64,
}

impl Demand {
    /// The number of people the role lacks for all needed work; 0 if it lacks none.
    pub fn missing(&self) -> f64 {
        (self.asked - 1.0).max(0.0) * self.people as f64
    }
}

/// The demand on each limited role that was needed.
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
    // The long-run load also counts work behind a queue that has not been requested yet, but not
    // that of deals that left; the run counts what these requested.
    let asked = match load {
        Some(load) if left.is_none() => load,
        Some(load) => load.max(seen),
        None => seen,
    };
    let half = |stat| row(Kpi::QueueLength, stat).and_then(|row| row.figure.half_width());
    let (mean, end) = (value(Kpi::QueueLength, Stat::Mean)?, value(Kpi::QueueLength, Stat::AtEnd)?);
    let error = half(Stat::Mean).unwrap_or(0.0).hypot(half(Stat::AtEnd).unwrap_or(0.0));
    let rises = end > GROWS * mean && end - mean > error && end > people as f64;
    // The part of the unfinished work that waits at the end.
    let waits = (seen - busy).max(0.0) * end / (end + left.unwrap_or(0.0)).max(f64::MIN_POSITIVE);
    let backlog = waits > BACKLOG_SHARE && waits * simulation.days > BACKLOG_DAYS;
    let grows = rises && (load.is_some_and(|load| load > 1.0) || backlog);
    let growth =
        (grows && !simulation.program.window.until_empty()).then_some(Growth { mean, end });
    let left = left.and(value(Kpi::Reneged, Stat::Share));
    Some(Demand { role, people, busy, asked: asked.max(busy), left, growth })
}
