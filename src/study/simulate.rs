//! `run`: simulates a model and estimates its KPIs, with replications in parallel.

use super::conclude::{self, Found};
pub use super::failure::{Failure, Misfit};
use super::observations::{Frame, Observations, Setting};
pub use super::options::{Options, Progress};
use super::precision;
use super::replicate::Job;
pub use super::simulation::{LossRow, Simulation};
use crate::engine::Opening;
use crate::model::Model;
use crate::program::Program;
use crate::tally::class::MOST_CLASSES;
use crate::tally::series::{Flow, days_of};
use crate::tally::{Cells, Classes, Outcome};

/// The approximate memory of a run's replications, in bytes: the data kept of each, and once more
/// while figures are computed.
pub fn memory(model: &Model, options: &Options) -> f64 {
    let program = Program::outline(model);
    let Setting { by, needed, by_replication, .. } = Setting::of(options);
    let classes =
        Classes::new(&program, &by).map_or(1, |classes| classes.count().min(MOST_CLASSES));
    let cells = Cells::size(&program, needed.stages) * (classes + 1);
    let days = days_of(&program);
    let periods = if needed.days { days / 7 + days / 30 + 3 } else { 0 };
    let series = periods * size_of::<Flow>();
    let people = if needed.stages { program.people.len() * size_of::<i64>() } else { 0 };
    let durations = 4 + program.ends.len() + 2 * program.stages.len() + program.tasks.len();
    // About a hundred bins per duration.
    let spreads =
        if by_replication { classes * durations * 100 * size_of::<(u16, u64)>() } else { 0 };
    let each = cells + series + people + spreads + size_of::<Outcome>();
    // A tenth more, for the overhead of allocators.
    1.1 * each as f64 * options.replications as f64
}

/// Simulates a model.
///
/// The result depends only on the model, the seed and the replication numbers, not on the threads
/// or the walk.
pub fn run(model: &Model, options: &Options, progress: &Progress) -> Result<Simulation, Failure> {
    run_with(model, &[], options, progress)
}

/// Simulates a model with deals that are in process when the simulation starts.
pub fn run_with(
    model: &Model,
    openings: &[Opening],
    options: &Options,
    progress: &Progress,
) -> Result<Simulation, Failure> {
    let frame = Frame::new(model, options)?;
    let job = Job { frame: &frame, options, progress, openings };
    let mut observations = Observations::none(&frame);
    let mut count = options
        .precision
        .as_ref()
        .map_or(options.replications, |_| options.replications.min(precision::FIRST));
    let found = loop {
        job.replicate_to(count, &mut observations)?;
        let found = Found::new(&frame, &observations, options);
        let further = found.precision.as_ref().is_some_and(|reached| reached.more > 0);
        if !further || count >= options.replications {
            break found;
        }
        count = (2 * count).min(options.replications);
    };
    Ok(conclude::simulation(frame, &observations, options, found))
}

/// Observes the replications of a model that `options` ask for; `conclude` turns
/// them into results.
pub fn observe(
    model: &Model,
    options: &Options,
    progress: &Progress,
) -> Result<Observations, Failure> {
    let frame = Frame::kept(model, options)?;
    let mut observations = Observations::none(&frame);
    let job = Job { frame: &frame, options, progress, openings: &[] };
    job.replicate_to(options.replications, &mut observations)?;
    Ok(observations)
}
