//! Whether people can keep up, given who left the queues of a run.

use super::simulate::Simulation;
pub use crate::analytic::overload::Load;
use crate::analytic::overload::long_run_loads;

/// The load of each role with a number of people in the long run: of what deals ask for, those left out who lost
/// patience in the run. Empty where theory has no answer.
pub fn loads(simulation: &Simulation) -> Vec<Load> {
    let stages = simulation.program.stages.iter();
    let left = stages.map(|stage| {
        let of = |kpi, stat| simulation.find(kpi, "stage", &stage.name, stat)?.figure.value();
        match (of("reneged", "count"), of("visits", "total")) {
            (Some(left), Some(visits)) if visits > 0.0 => (left / visits).clamp(0.0, 1.0),
            _ => 0.0,
        }
    });
    let left: Vec<f64> = left.collect();
    long_run_loads(&simulation.program, Some(&left)).unwrap_or_default()
}
