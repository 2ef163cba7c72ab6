//! Runs replications in parallel and sums their results.
//!
//! Each thread takes the next free replication. The results are combined in an order that does not
//! depend on the threads. So replications can be added at any time, with the same result as from a
//! single run.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::failure::Failure;
use super::observations::{Frame, Observations};
use super::options::{Options, Progress};
use crate::engine::{Both, Guard, Opening, Replication, Setup, Stop, replicate};
use crate::tally::{Curve, Drawn, Ledger, Pledges, Sales, Tally, Weeks};

pub(super) struct Job<'a> {
    pub(super) frame: &'a Frame,
    pub(super) options: &'a Options,
    pub(super) progress: &'a Progress,
    /// Deals that are in process when the simulation starts.
    pub(super) openings: &'a [Opening],
}

impl Job<'_> {
    /// Runs the replications missing up to this number.
    pub(super) fn replicate_to(
        &self,
        count: u64,
        observations: &mut Observations,
    ) -> Result<(), Failure> {
        self.progress.goal.store(count, Ordering::Relaxed);
        let done_before = observations.replications();
        let missing = count.saturating_sub(done_before);
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.options.threads)
            .build()
            .map_err(|error| Failure::Threads(error.to_string()))?;
        let workers = pool.current_num_threads().min(missing.max(1) as usize);
        let next = AtomicU64::new(done_before);
        let done: Mutex<Vec<Worker>> = Mutex::new(Vec::new());
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
            observations.merge(worker.observations)?;
            failures.extend(worker.failure);
        }
        // The reported failure must not depend on the order of the threads.
        failures.sort_by_key(|failure| match failure {
            Failure::EventLimit { number, .. } => *number,
            _ => u64::MAX,
        });
        failures.into_iter().next().map_or(Ok(()), Err)
    }

    fn work(&self, next: &AtomicU64, count: u64) -> Worker {
        let Frame { program, classes, setting } = self.frame;
        let mut tally = Tally::new(program, classes, &setting.within, setting.needed);
        if setting.by_replication {
            tally = tally.with_spreads();
        }
        let weeks = setting.weekly.then(|| Weeks::new(program));
        let mut drawn = Drawn { weeks, curve: setting.curve.then(|| Curve::new(program)) };
        let promised = setting.needed.stages && !program.promises.is_empty();
        let mut pledges = promised.then(|| Pledges::new(program));
        let mut ledger = setting.books.then(|| Ledger::new(program, classes));
        let mut outcomes = Vec::new();
        let cancel = &self.progress.cancel;
        let guard = Guard { most_visits: self.options.most_visits, cancel };
        let walk = self.options.walk;
        let setup = Setup { walk, openings: self.openings, ..Setup::new(program, guard) };
        let mut failure = None;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                break;
            }
            let number = self.options.first + at;
            let replication = Replication { seed: self.options.seed, number };
            let is_drawn = drawn.weeks.is_some() || drawn.curve.is_some();
            let stop = if is_drawn || ledger.is_some() || pledges.is_some() {
                let kept = &mut Both { first: &mut ledger, second: &mut pledges };
                let others = &mut Both { first: &mut drawn, second: kept };
                replicate(&setup, replication, &mut Both { first: &mut tally, second: others })
            } else if setting.needed.only_sales() {
                replicate(&setup, replication, &mut Sales(&mut tally))
            } else {
                replicate(&setup, replication, &mut tally)
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
            let mut outcome = tally.close(number, stop);
            outcome.books = ledger.as_mut().map(|ledger| ledger.close(stop));
            outcome.promises = pledges.as_mut().map_or_else(Vec::new, Pledges::close);
            drawn.curve.iter_mut().for_each(|curve| curve.close(number));
            let deals = outcome.cells.iter().map(|cells| cells.arrivals).sum();
            self.progress.deals.fetch_add(deals, Ordering::Relaxed);
            self.progress.done.fetch_add(1, Ordering::Relaxed);
            outcomes.push(outcome);
        }
        let (spreads, open) = tally.into_parts();
        let (setting, weeks) = (setting.clone(), drawn.weeks.map(Weeks::into_sums));
        let curve = drawn.curve.map(Curve::into_sums).unwrap_or_default();
        let observations = Observations { setting, outcomes, spreads, weeks, curve, open };
        Worker { observations, failure }
    }
}

struct Worker {
    observations: Observations,
    failure: Option<Failure>,
}
