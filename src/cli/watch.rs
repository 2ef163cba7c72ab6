//! Long work: progress on a terminal, and Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::bar::Bar;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::memory;
use super::terminal::language;
use crate::model::Model;
use crate::render::words::Refusal;
use crate::study::observations::Observations;
use crate::study::simulate::{self, Options, Progress, Simulation};

/// A moment of the clock of the machine.
#[allow(clippy::disallowed_types)] // a limit that a user sets on it
pub(super) type Instant = std::time::Instant;

/// Threads beyond this are not started.
pub(super) const MOST_THREADS: usize = 256;

/// Simulates, with progress on a terminal, until done or interrupted.
pub(super) fn simulate(model: &Model, options: &Options) -> Result<Simulation, Failure> {
    let done = simulate_until(model, options, None)?;
    done.ok_or_else(unexpected)
}

/// The same, until a deadline; none where that came first.
pub(super) fn simulate_until(
    model: &Model,
    options: &Options,
    deadline: Option<Instant>,
) -> Result<Option<Simulation>, Failure> {
    watched(model, options, deadline, &|progress| simulate::run(model, options, progress))
}

/// Observes the replications of a model, with progress on a terminal.
pub(super) fn observe(model: &Model, options: &Options) -> Result<Observations, Failure> {
    let observe = |progress: &Progress| simulate::observe(model, options, progress);
    let done = watched(model, options, None, &observe)?;
    done.ok_or_else(unexpected)
}

fn unexpected() -> Failure {
    Failure::Limit(language().refuse(Refusal::Unexpected))
}

/// Work on the replications of a model; none where a deadline came first.
fn watched<T: Send>(
    model: &Model,
    options: &Options,
    deadline: Option<Instant>,
    work: &(dyn Fn(&Progress) -> Result<T, simulate::Failure> + Sync),
) -> Result<Option<T>, Failure> {
    let is_late = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
    if is_late() {
        return Ok(None);
    }
    let needed = simulate::memory(model, options);
    if let Some(available) = memory::available().filter(|available| needed > *available) {
        let replications = options.replications;
        let refusal = Refusal::Memory { replications, needed, free: available };
        return Err(Failure::Limit(language().refuse(refusal)));
    }
    let interrupt = Interrupt::listen();
    let progress = Progress::default();
    let bar = Bar::new(options.replications);
    let done = AtomicBool::new(false);
    let result = std::thread::scope(|scope| {
        let watcher = std::thread::current();
        let (simulated, finished) = (&progress, &done);
        let job = scope.spawn(move || {
            let result = work(simulated);
            finished.store(true, Ordering::Release);
            watcher.unpark();
            result
        });
        let mut ticks = 0u32;
        while !done.load(Ordering::Acquire) && !job.is_finished() {
            std::thread::park_timeout(Duration::from_millis(if ticks < 20 { 2 } else { 50 }));
            ticks += 1;
            if interrupt.code().is_some() || is_late() {
                progress.cancel.store(true, Ordering::Relaxed);
            }
            if ticks > 25 {
                bar.show(&progress);
            }
        }
        job.join()
    });
    bar.clear();
    match (result, interrupt.code()) {
        (_, Some(code)) => Err(Failure::Interrupted(code)),
        (Ok(Err(simulate::Failure::Cancelled)), None) if deadline.is_some() => Ok(None),
        (Ok(result), None) => Ok(Some(result?)),
        (Err(_), None) => Err(unexpected()),
    }
}
