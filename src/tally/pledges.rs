//! Promises: how long deals take from one stage to another, and whether that is within the time promised.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::engine::{Deal, DealKey, Observer, Token, Visit, Visited};
use crate::program::{Program, Promise, StageId};
use crate::quantity::Instant;
use crate::stats::Moments;

/// What became of a promise in the window.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PromiseCells {
    /// Deals that reached its first stage in the window, and have reached the second or are past the time promised.
    pub covered: u64,
    /// Of these, those that reached it in time.
    pub kept: u64,
    /// How long those took that reached it.
    pub between: Moments,
}

/// Follows the promises of one replication after another. Deals are remembered from the first stage to the second.
#[derive(Debug)]
pub struct Pledges<'p> {
    program: &'p Program,
    cells: Vec<PromiseCells>,
    /// When each open deal entered the first stage of a promise.
    open: HashMap<DealKey, Vec<(usize, Instant)>>,
}

impl<'p> Pledges<'p> {
    /// Nothing is promised yet.
    pub fn new(program: &'p Program) -> Pledges<'p> {
        let cells = vec![PromiseCells::default(); program.promises.len()];
        Pledges { program, cells, open: HashMap::new() }
    }

    /// Ends a replication.
    pub fn close(&mut self) -> Vec<PromiseCells> {
        self.open.clear();
        let fresh = vec![PromiseCells::default(); self.program.promises.len()];
        std::mem::replace(&mut self.cells, fresh)
    }

    /// The time from one instant to another as a promise counts it.
    fn passed(&self, promise: &Promise, from: Instant, to: Instant) -> i64 {
        match promise.within.clock {
            None => (to - from).0,
            Some(clock) => self.program.clocks[clock].between(from, to),
        }
    }

    /// A deal has entered a stage.
    fn visits(&mut self, deal: &Deal, stage: StageId, entered: Instant, first: bool) {
        if let Some(open) = self.open.get_mut(&deal.key) {
            let arrived = |(at, _): &mut (usize, Instant)| self.program.promises[*at].to == stage;
            let reached: Vec<(usize, Instant)> = open.extract_if(.., arrived).collect();
            if open.is_empty() {
                self.open.remove(&deal.key);
            }
            for (at, since) in reached {
                let promise = &self.program.promises[at];
                let in_time = self.passed(promise, since, entered) <= promise.within.micros;
                let cells = &mut self.cells[at];
                cells.covered += 1;
                cells.kept += u64::from(in_time);
                cells.between.add((entered - since).0, &[]);
            }
        }
        if first && entered >= self.program.window.start {
            let begun = self.program.promises.iter().enumerate();
            for (at, _) in begun.filter(|(_, promise)| promise.from == stage) {
                self.open.entry(deal.key).or_default().push((at, entered));
            }
        }
    }

    /// A deal leaves the process, or the window ends: what is past its time is broken.
    fn gives_up(&mut self, deal: &Deal, now: Instant) {
        for (at, since) in self.open.remove(&deal.key).unwrap_or_default() {
            let promise = &self.program.promises[at];
            let late = self.passed(promise, since, now) > promise.within.micros;
            self.cells[at].covered += u64::from(late);
        }
    }
}

impl Observer for Pledges<'_> {
    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        self.visits(deal, visit.stage, visit.entered, visit.first);
    }

    fn stays(&mut self, deal: &Deal, visit: &Visit, _: &Visited<'_>) {
        self.visits(deal, visit.stage, visit.entered, visit.first);
        self.gives_up(deal, visit.left);
    }

    fn ends(&mut self, deal: &Deal, token: &Token, _: usize, _: &Visited<'_>) {
        self.gives_up(deal, token.now);
    }
}
