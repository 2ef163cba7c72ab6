//! Walks a block of deals through a stage at which they only wait.
//!
//! The same draws and events as `visit`, split into short loops: the words and branches of all deals, then their waits, then
//! their moves. A test compares every number with the walk one by one.

use crate::engine::deal::{BLOCK, Deal, Deals, Lane, Part};
use crate::engine::event::{Block, Observer};
use crate::program::{Branch, Id, Next, Program, Stage, StageId};
use crate::quantity::{Instant, Money, nearest_each};
use crate::random::inverse::Inverse;
use crate::random::key::Address;

/// The number of a branch fits a byte.
const MOST_BRANCHES: usize = 256;

/// Buffers for one block, which are reused.
#[derive(Debug)]
pub(in crate::engine) struct Scratch {
    words: [u64; BLOCK],
    values: [f64; BLOCK],
    waits: [i64; BLOCK],
    numbers: [u8; BLOCK],
    taken: Vec<u64>,
}

impl Scratch {
    pub(in crate::engine) fn new() -> Scratch {
        Scratch {
            words: [0; BLOCK],
            values: [0.0; BLOCK],
            waits: [0; BLOCK],
            numbers: [0; BLOCK],
            taken: Vec::new(),
        }
    }
}

/// The branches of a stage, where they are always the same and have numbers.
pub(in crate::engine) fn branches(stage: &Stage) -> Option<&Next> {
    stage.next.only().filter(|next| next.branches.len() <= MOST_BRANCHES)
}

impl Scratch {
    /// Walks the deals that wait before a stage through it; `false`, with nothing changed, where one
    /// of them does not leave inside the window.
    pub(in crate::engine) fn pass_together<O: Observer>(
        &mut self,
        program: &Program,
        id: StageId,
        deals: &mut Deals,
        waiting: &mut [Lane],
        observer: &mut O,
    ) -> bool {
        let stage = &program.stages[id];
        let (Some((entry, wait)), Some(next)) = (stage.only_wait(), branches(stage)) else {
            return false;
        };
        let part = Part::new(deals, &waiting[id.index()]);
        let n = part.len();
        self.choose(part, stage, next, wait.address, program.sells_on_the_way);
        self.draw(n, &wait.inverse);
        if !program.window.until_empty() && self.last(part) >= program.window.end {
            return false;
        }
        self.count(n, next.branches.len());
        observer.leave_together(&Block {
            stage: id,
            cost: entry.cost,
            deals: part,
            waits: &self.waits[..n],
            numbers: &self.numbers[..n],
            branches: &next.branches,
            taken: &self.taken,
        });
        let lane = waiting[id.index()].clone();
        self.leave(deals, &lane, id, stage, entry.cost);
        self.send(&lane, &next.branches, waiting);
        true
    }

    /// The word of each deal's wait, and the number of its branch.
    fn choose(&mut self, deals: Part<'_>, stage: &Stage, next: &Next, wait: Address, rounds: bool) {
        // Visits are numbered by round only where a sale can begin a new one.
        let visit = |deal: &Deal| if rounds { deal.visit_number(1) } else { 1 };
        let leaving = |deal: &Deal| deal.key.word(stage.next_address.visit(visit(deal)));
        let waiting = |deal: &Deal| deal.key.word(wait.visit(visit(deal)));
        match *next.thresholds.as_slice() {
            [limit] if !rounds => {
                let (wait, next) = (wait.visit(1), stage.next_address.visit(1));
                let number = |deal: &Deal| u8::from(deal.key.word(next) >= limit);
                self.ask(deals, |deal| deal.key.word(wait), number);
            }
            _ => self.ask(deals, waiting, |deal| next.position(leaving(deal)) as u8),
        }
    }

    /// Moves the deals of a stage to where they will go, without changing them.
    pub(in crate::engine) fn foresee(
        &mut self,
        deals: &Deals,
        stage: &Stage,
        id: StageId,
        next: &Next,
        waiting: &mut [Lane],
    ) {
        let address = stage.next_address.visit(1);
        let word = |deal: &Deal| deal.key.word(address);
        let part = Part::new(deals, &waiting[id.index()]);
        match *next.thresholds.as_slice() {
            [limit] => self.ask(part, |_| 0, |deal| u8::from(word(deal) >= limit)),
            _ => self.ask(part, |_| 0, |deal| next.position(word(deal)) as u8),
        }
        let lane = waiting[id.index()].clone();
        self.send(&lane, &next.branches, waiting);
    }

    /// Writes down what is drawn for each deal.
    #[inline]
    fn ask(&mut self, deals: Part<'_>, word: impl Fn(&Deal) -> u64, number: impl Fn(&Deal) -> u8) {
        let places = self.words.iter_mut().zip(&mut self.numbers);
        for ((deal, _), places) in deals.iter().zip(places) {
            *places.0 = word(deal);
            *places.1 = number(deal);
        }
    }

    /// Draws how long each deal waits.
    fn draw(&mut self, n: usize, wait: &Inverse) {
        let values = &mut self.values[..n];
        wait.at_each(&self.words[..n], values);
        nearest_each(values, &mut self.waits[..n]);
    }

    /// When the last of the deals leaves.
    fn last(&self, deals: Part<'_>) -> Instant {
        let left = deals.iter().zip(&self.waits).map(|((_, token), wait)| token.now.later(*wait));
        left.max().unwrap_or_default()
    }

    /// Counts how many take each branch.
    fn count(&mut self, n: usize, branches: usize) {
        let numbers = &self.numbers[..n];
        self.taken.clear();
        self.taken.resize(branches, 0);
        if let [first, second] = self.taken.as_mut_slice() {
            *second = numbers.iter().map(|number| u64::from(*number)).sum();
            *first = n as u64 - *second;
        } else {
            numbers.iter().for_each(|number| self.taken[usize::from(*number)] += 1);
        }
    }

    /// Moves each deal to the time when it leaves.
    fn leave(&self, deals: &mut Deals, lane: &Lane, id: StageId, stage: &Stage, cost: Money) {
        let Deals { facts, tokens } = deals;
        let (facts, tokens) = (facts.as_mut(), tokens.as_mut());
        if stage.qualifies {
            for place in lane.places() {
                let at = usize::from(*place);
                // Times only rise, so the first one stays.
                facts[at].reached_deal = facts[at].reached_deal.min(tokens[at].now);
            }
        }
        let bit = 1 << id.index();
        for (place, wait) in lane.places().iter().zip(&self.waits) {
            let at = usize::from(*place);
            let (deal, token) = (&mut facts[at], &mut tokens[at]);
            token.now.0 += wait;
            token.stage = id;
            deal.visited |= bit;
            deal.cost += cost;
        }
    }

    /// Sends each deal to where it goes.
    fn send(&self, lane: &Lane, branches: &[Branch], waiting: &mut [Lane]) {
        let numbered = lane.places().iter().zip(&self.numbers);
        let exit = |branch: &Branch| branch.exit.index();
        if let [first, second] = branches
            && let Ok([first, second]) = waiting.get_disjoint_mut([exit(first), exit(second)])
        {
            Lane::part(first, second, numbered);
        } else {
            for (place, number) in numbered {
                waiting[exit(&branches[usize::from(*number)])].push(*place);
            }
        }
    }
}
