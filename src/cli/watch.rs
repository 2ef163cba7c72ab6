//! Long work: progress on a terminal, and Ctrl-C.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use super::bar::{Bar, Others};
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
    check_memory(simulate::memory(model, options), options.replications)?;
    let meter = Meter { bar: &Bar::new(options.replications), others: Others::default() };
    let done = watched(&meter, deadline, &|progress| simulate::run(model, options, progress));
    meter.bar.clear();
    done
}

/// Observes the replications of a model, with progress on a terminal.
pub(super) fn observe(model: &Model, options: &Options) -> Result<Observations, Failure> {
    Series::new((1, 1), Some(model), options)?.observe(model, options)
}

/// Runs one after another, with one bar for all.
pub(super) struct Series {
    bar: Bar,
    others: Others,
}

impl Series {
    /// So many runs with these options, each of about the size of this model, of which so many are
    /// kept until the end.
    pub(super) fn new(
        (runs, kept): (usize, usize),
        model: Option<&Model>,
        options: &Options,
    ) -> Result<Series, Failure> {
        let all = runs as u64 * options.replications;
        let each = model.map_or(0.0, |model| simulate::memory(model, options));
        check_memory(kept as f64 * each, kept as u64 * options.replications)?;
        let others = Others { open: all, ..Others::default() };
        Ok(Series { bar: Bar::new(all), others })
    }

    /// Counts replications that need not be simulated.
    pub(super) fn skip(&mut self, replications: u64) {
        self.others.open -= replications.min(self.others.open);
        self.others.done += replications;
    }

    /// Observes the replications of the next run.
    pub(super) fn observe(
        &mut self,
        model: &Model,
        options: &Options,
    ) -> Result<Observations, Failure> {
        self.others.open -= options.replications.min(self.others.open);
        let meter = Meter { bar: &self.bar, others: self.others };
        let deals = AtomicU64::new(0);
        let observe = |progress: &Progress| {
            let observed = simulate::observe(model, options, progress);
            deals.store(progress.deals.load(Ordering::Relaxed), Ordering::Relaxed);
            observed
        };
        let observed = watched(&meter, None, &observe)?;
        self.others.done += options.replications;
        self.others.deals += deals.into_inner();
        observed.ok_or_else(unexpected)
    }
}

impl Drop for Series {
    fn drop(&mut self) {
        self.bar.clear();
    }
}

/// Where progress is shown.
struct Meter<'b> {
    bar: &'b Bar,
    others: Others,
}

/// Refuses replications for which there is no memory, in bytes.
fn check_memory(needed: f64, replications: u64) -> Result<(), Failure> {
    match memory::available().filter(|available| needed > *available) {
        None => Ok(()),
        Some(free) => {
            let refusal = Refusal::Memory { replications, needed, free };
            Err(Failure::Limit(language().refuse(refusal)))
        }
    }
}

fn unexpected() -> Failure {
    Failure::Limit(language().refuse(Refusal::Unexpected))
}

/// Work on the replications of a model; none where a deadline came first.
fn watched<T: Send>(
    meter: &Meter<'_>,
    deadline: Option<Instant>,
    work: &(dyn Fn(&Progress) -> Result<T, simulate::Failure> + Sync),
) -> Result<Option<T>, Failure> {
    let is_late = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
    if is_late() {
        return Ok(None);
    }
    let interrupt = Interrupt::listen();
    let progress = Progress::default();
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
            if ticks > 25 || meter.others.done > 0 {
                meter.bar.show(&progress, meter.others);
            }
        }
        job.join()
    });
    match (result, interrupt.code()) {
        (_, Some(code)) => Err(Failure::Interrupted(code)),
        (Ok(Err(simulate::Failure::Cancelled)), None) if deadline.is_some() => Ok(None),
        (Ok(result), None) => Ok(Some(result?)),
        (Err(_), None) => Err(unexpected()),
    }
}
