//! Stages at which deals only wait, a block at a time.
//!
//! The same draws and events as `visit`, taken apart: first the words of all deals, then their
//! values, then their branches, so that each loop is short and its tables stay at hand. A test
//! compares every number with the plain walk.

use super::deal::{Room, nearest};
use super::lane::Lane;
use super::{Block, Deal, Observer};
use crate::model::Phase;
use crate::program::{Draw, Exit, Next, Program, Stage};
use crate::quantity::Instant;
use crate::random::key::Address;

/// Room for one block, used again and again.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    room: Room,
    left: Vec<Instant>,
    exits: Vec<Exit>,
    taken: Vec<u64>,
}

/// Walks a block through a stage; `false`, with nothing changed, where one of the deals does not
/// leave inside the window.
pub(super) fn pass_together<O: Observer>(
    program: &Program,
    index: u16,
    deals: &[Deal],
    waiting: &mut [Lane],
    scratch: &mut Scratch,
    observer: &mut O,
) -> bool {
    let stage = &program.stages[usize::from(index)];
    let (Some((entry, wait)), Some(next)) = (stage.only_wait(), stage.next.only()) else {
        return false;
    };
    if deals.is_empty() {
        return true;
    }
    // Visits are numbered by round only where a sale can begin a new one.
    let rounds = program.sells_on_the_way;
    let last = scratch.draw(deals, wait, rounds);
    if last >= program.window.end {
        return false;
    }
    scratch.choose(deals, stage, next, rounds);
    scratch.send(deals, index, stage, entry.cost.0, waiting);
    observer.leave_together(&Block {
        stage: index,
        cost: entry.cost.0,
        deals,
        left: &scratch.left,
        exits: &scratch.exits,
        taken: &scratch.taken,
    });
    true
}

/// The words of the first visit of the round, for each deal.
macro_rules! words {
    ($deals:expr, $address:expr, $rounds:expr, |$words:ident| $use:expr) => {
        if $rounds {
            let address: Address = $address;
            let word = |deal: &Deal| deal.key.word(address.visit(deal.visit_number(1)));
            let $words = $deals.iter().map(word);
            $use
        } else {
            let first = $address.visit(1);
            let $words = $deals.iter().map(|deal| deal.key.word(first));
            $use
        }
    };
}

impl Scratch {
    /// Draws when each deal leaves; returns the last of these times.
    fn draw(&mut self, deals: &[Deal], wait: &Draw, rounds: bool) -> Instant {
        let room = &mut self.room;
        let waits = words!(deals, wait.address, rounds, |words| room.draw(&wait.inverse, words));
        self.left.clear();
        let mut last = Instant::ZERO;
        self.left.extend(deals.iter().zip(waits).map(|(deal, wait)| {
            let left = Instant(deal.now.0 + nearest(*wait));
            last = last.max(left);
            left
        }));
        last
    }

    fn choose(&mut self, deals: &[Deal], stage: &Stage, next: &Next, rounds: bool) {
        let exits = &mut self.exits;
        exits.clear();
        words!(deals, stage.next_address, rounds, |words| {
            if let [limit] = *next.thresholds.as_slice() {
                exits.extend(words.map(|word| Exit::from(word >= limit)));
            } else {
                exits.extend(words.map(|word| next.position(word) as Exit));
            }
        });
        // Numbers first, exits then: as one step the compiler makes it a jump, which would be
        // guessed wrong for every other deal.
        for exit in exits {
            *exit = next.branches[usize::from(*exit)].exit;
        }
    }

    /// Sends each deal, at the time when it leaves, to where it goes.
    fn send(&mut self, deals: &[Deal], index: u16, stage: &Stage, cost: i64, waiting: &mut [Lane]) {
        let counts = stage.phase >= Phase::Deal;
        let bit = 1 << index;
        self.taken.clear();
        self.taken.extend(waiting.iter().map(|deals| deals.len() as u64));
        for (deal, (left, exit)) in deals.iter().zip(self.left.iter().zip(&self.exits)) {
            let reached = if counts { deal.now } else { Instant::NEVER };
            waiting[usize::from(*exit)].push(Deal {
                // The first one stays: times only rise.
                reached_deal: deal.reached_deal.min(reached),
                stage: index,
                visited: deal.visited | bit,
                cost: deal.cost + cost,
                now: *left,
                ..*deal
            });
        }
        for (taken, deals) in self.taken.iter_mut().zip(waiting.iter()) {
            *taken = deals.len() as u64 - *taken;
        }
    }
}
