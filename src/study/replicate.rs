//! Replications in parallel, and what they add up to.
//!
//! Each thread takes the next replication that nobody has. What they heard is put together in an order that does not
//! depend on them, so more replications can be added at any time, and the whole is the same as if all had been made
//! at once.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::simulate::{Failure, Options, Progress};
use crate::engine::{Both, Guard, Opening, Replication, Stop, replicate};
use crate::program::Program;
use crate::tally::{Classes, Outcome, Sales, Spreads, Tally, Weeks};

pub(super) struct Job<'a> {
    pub(super) program: &'a Program,
    pub(super) classes: &'a Classes,
    pub(super) limits: &'a [i64],
    pub(super) options: &'a Options,
    pub(super) progress: &'a Progress,
}

/// What the replications so far have told.
pub(super) struct Heard<'p> {
    /// In the order of their numbers.
    pub(super) outcomes: Vec<Outcome>,
    /// By class.
    pub(super) spreads: Vec<Spreads>,
    pub(super) weeks: Option<Weeks<'p>>,
    /// Deals in progress at the end of each day, of all replications together.
    pub(super) open: Vec<i64>,
}

impl<'a> Job<'a> {
    /// Nothing heard yet.
    pub(super) fn silence(&self) -> Heard<'a> {
        let spreads = vec![Spreads::default(); self.classes.count()];
        Heard { outcomes: Vec::new(), spreads, weeks: None, open: Vec::new() }
    }

    /// Makes the replications that are missing to this many.
    pub(super) fn replicate_to(&self, count: u64, heard: &mut Heard<'a>) -> Result<(), Failure> {
        let done_before = heard.outcomes.len() as u64;
        let missing = count.saturating_sub(done_before);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.options.threads)
            .build()
            .map_err(|error| Failure::Threads(error.to_string()))?;
        let workers = pool.current_num_threads().min(missing.max(1) as usize);
        let next = AtomicU64::new(done_before);
        let done: Mutex<Vec<Worker<'a>>> = Mutex::new(Vec::new());
        pool.scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|_| {
                    let worker = self.work(&next, count);
                    done.lock().expect("no worker panics while it holds the lock").push(worker);
                });
            }
        });
        let workers = done.into_inner().expect("no worker panics while it holds the lock");
        let mut failures = Vec::new();
        for worker in workers {
            heard.outcomes.extend(worker.outcomes);
            for (all, part) in heard.spreads.iter_mut().zip(worker.spreads) {
                all.merge(part);
            }
            match (&mut heard.weeks, worker.weeks) {
                (Some(all), Some(part)) => all.merge(&part),
                (all, part) => *all = all.take().or(part),
            }
            heard.open.resize(heard.open.len().max(worker.open.len()), 0);
            heard.open.iter_mut().zip(&worker.open).for_each(|(all, part)| *all += part);
            failures.extend(worker.failure);
        }
        // Which failure is reported must not depend on which thread was first.
        failures.sort_by_key(|failure| match failure {
            Failure::EventLimit { number, .. } => *number,
            _ => u64::MAX,
        });
        match failures.into_iter().next() {
            Some(failure) => Err(failure),
            None => {
                heard.outcomes.sort_by_key(|outcome| outcome.number);
                Ok(())
            }
        }
    }

    fn work(&self, next: &AtomicU64, count: u64) -> Worker<'a> {
        let mut tally = Tally::new(self.program, self.classes, self.limits, self.options.hears());
        let mut weeks = self.options.weekly.then(|| Weeks::new(self.program));
        let mut outcomes = Vec::new();
        let cancel = &self.progress.cancel;
        let guard = Guard { most_visits: self.options.most_visits, cancel };
        let openings: &[Opening] = &[];
        let mut failure = None;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                break;
            }
            let number = self.options.first + at;
            let replication = Replication { seed: self.options.seed, number };
            let walk = self.options.walk;
            let program = self.program;
            let stop = match &mut weeks {
                None if self.options.hears().only_sales() => {
                    let sales = &mut Sales(&mut tally);
                    replicate(program, replication, walk, openings, guard, sales)
                }
                None => replicate(program, replication, walk, openings, guard, &mut tally),
                Some(weeks) => {
                    let both = &mut Both { first: &mut tally, second: weeks };
                    replicate(program, replication, walk, openings, guard, both)
                }
            };
            match stop {
                Stop::End | Stop::Empty(_) => {}
                Stop::EventLimit(overrun) => {
                    let limit = self.options.most_visits;
                    failure = Some(Failure::event_limit(program, number, limit, overrun));
                    cancel.store(true, Ordering::Relaxed);
                    break;
                }
                Stop::Cancelled => {
                    failure = Some(Failure::Cancelled);
                    break;
                }
            }
            let outcome = tally.close(number, stop);
            let deals = outcome.cells.iter().map(|cells| cells.arrivals).sum();
            self.progress.deals.fetch_add(deals, Ordering::Relaxed);
            self.progress.done.fetch_add(1, Ordering::Relaxed);
            outcomes.push(outcome);
        }
        let (spreads, open) = tally.into_parts();
        Worker { outcomes, spreads, weeks, open, failure }
    }
}

struct Worker<'p> {
    outcomes: Vec<Outcome>,
    spreads: Vec<Spreads>,
    weeks: Option<Weeks<'p>>,
    open: Vec<i64>,
    failure: Option<Failure>,
}
