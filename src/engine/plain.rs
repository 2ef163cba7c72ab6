//! Stages at which deals only wait, a block at a time.
//!
//! The same draws and events as `visit`, taken apart: first the words of all deals, then their
//! values, then their branches, so that each loop is short and its tables stay at hand. A test
//! compares every number with the plain walk.

use super::lane::{Deals, Lane, Part};
use super::{Block, Deal, Observer};
use crate::model::Phase;
use crate::program::{Branch, Draw, Next, Program, Stage};
use crate::quantity::{Instant, nearest};
use crate::random::key::Address;

/// Room for one block, used again and again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    waiting: Vec<u64>,
    leaving: Vec<u64>,
    values: Vec<f64>,
    waits: Vec<i64>,
    numbers: Vec<u16>,
    taken: Vec<u64>,
}

/// Walks the deals that wait before a stage through it; `false`, with nothing changed, where one
/// of them does not leave inside the window.
pub(super) fn pass_together<O: Observer>(
    program: &Program,
    index: u16,
    deals: &mut Deals,
    waiting: &mut [Lane],
    scratch: &mut Scratch,
    observer: &mut O,
) -> bool {
    let stage = &program.stages[usize::from(index)];
    let (Some((entry, wait)), Some(next)) = (stage.only_wait(), stage.next.only()) else {
        return false;
    };
    let part = Part::new(deals, &waiting[usize::from(index)]);
    scratch.words(part, wait.address, stage.next_address, program.sells_on_the_way);
    let last = scratch.draw(part, wait);
    if last >= program.window.end {
        return false;
    }
    scratch.choose(next);
    scratch.count(next.branches.len());
    observer.leave_together(&Block {
        stage: index,
        cost: entry.cost.0,
        deals: part,
        waits: &scratch.waits,
        numbers: &scratch.numbers,
        branches: &next.branches,
        taken: &scratch.taken,
    });
    let lane = waiting[usize::from(index)].clone();
    scratch.leave(deals, &lane, index, stage, entry.cost.0);
    scratch.send(&lane, &next.branches, waiting);
    true
}

impl Scratch {
    /// The words of the wait and of the branch of each deal.
    fn words(&mut self, deals: Part<'_>, wait: Address, next: Address, rounds: bool) {
        self.waiting.clear();
        self.leaving.clear();
        // Visits are numbered by round only where a sale can begin a new one.
        if rounds {
            let number = |deal: &Deal| deal.visit_number(1);
            self.waiting.extend(deals.iter().map(|d| d.key.word(wait.visit(number(d)))));
            self.leaving.extend(deals.iter().map(|d| d.key.word(next.visit(number(d)))));
        } else {
            let (wait, next) = (wait.visit(1), next.visit(1));
            self.waiting.extend(deals.iter().map(|deal| deal.key.word(wait)));
            self.leaving.extend(deals.iter().map(|deal| deal.key.word(next)));
        }
    }

    /// Draws how long each deal waits; returns when the last of them leaves.
    fn draw(&mut self, deals: Part<'_>, wait: &Draw) -> Instant {
        self.values.resize(self.waiting.len(), 0.0);
        wait.inverse.at_each(&self.waiting, &mut self.values);
        self.waits.clear();
        let mut last = Instant::ZERO;
        self.waits.extend(deals.iter().zip(&self.values).map(|(deal, wait)| {
            let wait = nearest(*wait);
            last = last.max(Instant(deal.now.0 + wait));
            wait
        }));
        last
    }

    /// The number of each deal's branch.
    fn choose(&mut self, next: &Next) {
        self.numbers.clear();
        if let [limit] = *next.thresholds.as_slice() {
            self.numbers.extend(self.leaving.iter().map(|word| u16::from(*word >= limit)));
        } else {
            self.numbers.extend(self.leaving.iter().map(|word| next.position(*word) as u16));
        }
    }

    /// Counts how many take each branch.
    fn count(&mut self, branches: usize) {
        self.taken.clear();
        self.taken.resize(branches, 0);
        if let [first, second] = self.taken.as_mut_slice() {
            *second = self.numbers.iter().map(|number| u64::from(*number)).sum();
            *first = self.numbers.len() as u64 - *second;
        } else {
            for number in &self.numbers {
                self.taken[usize::from(*number)] += 1;
            }
        }
    }

    /// Moves each deal to the time when it leaves.
    fn leave(&mut self, deals: &mut Deals, lane: &Lane, index: u16, stage: &Stage, cost: i64) {
        let counts = stage.phase >= Phase::Deal;
        let bit = 1 << index;
        for (place, wait) in lane.places().iter().zip(&self.waits) {
            let deal = &mut deals[usize::from(*place)];
            let reached = if counts { deal.now } else { Instant::NEVER };
            // The first one stays: times only rise.
            deal.reached_deal = deal.reached_deal.min(reached);
            deal.now.0 += wait;
            deal.stage = index;
            deal.visited |= bit;
            deal.cost += cost;
        }
    }

    /// Sends each deal to where it goes.
    fn send(&self, lane: &Lane, branches: &[Branch], waiting: &mut [Lane]) {
        let numbered = lane.places().iter().zip(&self.numbers);
        if let [first, second] = branches {
            // Both sides are written and one of them counts: no jump to guess, and the two lengths
            // stay in registers.
            let mut sides = [Lane::new(), Lane::new()];
            let (one, other) = sides.split_at_mut(1);
            for (place, number) in numbered {
                one[0].offer(*place, *number == 0);
                other[0].offer(*place, *number != 0);
            }
            waiting[usize::from(first.exit)].extend(&sides[0]);
            waiting[usize::from(second.exit)].extend(&sides[1]);
        } else {
            for (place, number) in numbered {
                waiting[usize::from(branches[usize::from(*number)].exit)].push(*place);
            }
        }
    }
}
