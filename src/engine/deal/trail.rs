//! What deals have behind them: where they have been, how often in this round, and what they have paid.
//!
//! Visits are counted for stages that lie on a loop only; any other is visited once a round. A
//! program of at most 64 stages keeps the stages ever entered in a word of the deal itself.

use std::cell::RefCell;

use super::account::Account;
use super::facts::Deal;
use crate::program::{Id, Program, StageId};

/// The stages that a deal has ever entered.
#[derive(Debug, Clone, Copy)]
pub enum Visited<'a> {
    /// A bit each.
    Mask(u64),
    /// A bit each, where there are more than 64 stages.
    Set(&'a [u64]),
}

impl Visited<'_> {
    /// Whether a stage is among them.
    pub fn contains(&self, stage: StageId) -> bool {
        let stage = stage.index();
        match self {
            Visited::Mask(mask) => stage < 64 && mask >> stage & 1 == 1,
            Visited::Set(words) => words[stage / 64] >> (stage % 64) & 1 == 1,
        }
    }
}

/// So many counters are cleared together.
const GROUP: usize = 4;

/// The trails of all deals that are under way, by slot.
#[derive(Debug)]
pub(in crate::engine) struct Trails {
    /// Counters of a deal, in groups: they are cleared a group at a time.
    counters: usize,
    words: usize,
    counts: Vec<u32>,
    bits: Vec<u64>,
    /// What each has paid; none where no books are kept.
    accounts: Vec<RefCell<Account>>,
    books: bool,
}

/// The trail of one deal.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Trail<'a> {
    trails: &'a Trails,
    slot: usize,
}

impl<'a> Trail<'a> {
    /// What the deal has paid; none where no books are kept.
    #[inline]
    pub(in crate::engine) fn account(self) -> Option<&'a RefCell<Account>> {
        self.trails.accounts.get(self.slot)
    }

    /// The stages that the deal has entered.
    #[inline]
    pub(in crate::engine) fn visited(self, deal: &Deal) -> Visited<'a> {
        let Trail { trails, slot } = self;
        if trails.words == 0 {
            Visited::Mask(deal.visited)
        } else {
            Visited::Set(&trails.bits[slot * trails.words..(slot + 1) * trails.words])
        }
    }
}

/// The rank of a new visit.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Nth {
    /// Which of this round, from 1.
    pub(in crate::engine) of_round: u32,
    /// Whether the deal was never there before.
    pub(in crate::engine) first: bool,
}

impl Trails {
    pub(in crate::engine) fn new(program: &Program) -> Trails {
        let stages = program.stages.len();
        let words = if stages > 64 { stages.div_ceil(64) } else { 0 };
        let counters = program.counters.next_multiple_of(GROUP);
        let books = program.terms.is_some();
        Trails {
            counters,
            words,
            counts: Vec::new(),
            bits: Vec::new(),
            accounts: Vec::new(),
            books,
        }
    }

    /// Makes room for a slot; slots are numbered without gaps.
    pub(in crate::engine) fn add(&mut self) {
        self.counts.resize(self.counts.len() + self.counters, 0);
        self.bits.resize(self.bits.len() + self.words, 0);
        if self.books {
            self.accounts.push(RefCell::default());
        }
    }

    /// A new deal takes the slot.
    #[inline]
    pub(in crate::engine) fn clear(&mut self, slot: usize) {
        self.new_round(slot);
        if self.words > 0 {
            self.bits[slot * self.words..(slot + 1) * self.words].fill(0);
        }
        if let Some(account) = self.accounts.get_mut(slot) {
            account.get_mut().clear();
        }
    }

    /// A sale: visits are counted anew.
    #[inline]
    pub(in crate::engine) fn new_round(&mut self, slot: usize) {
        let counts = &mut self.counts[slot * self.counters..(slot + 1) * self.counters];
        for group in counts.as_chunks_mut().0 {
            *group = [0; GROUP];
        }
    }

    /// Visits of a stage in this round so far; 0 where the stage lies on no loop.
    #[inline(always)]
    pub(in crate::engine) fn visits(&self, slot: usize, counter: Option<u16>) -> u32 {
        counter.map_or(0, |at| self.counts[slot * self.counters + usize::from(at)])
    }

    #[inline(always)]
    fn count(&mut self, slot: usize, counter: u16) -> &mut u32 {
        &mut self.counts[slot * self.counters + usize::from(counter)]
    }

    /// Sets the number of visits in this round.
    #[inline(always)]
    pub(in crate::engine) fn set_visits(&mut self, slot: usize, counter: Option<u16>, visits: u32) {
        if let Some(at) = counter {
            *self.count(slot, at) = visits;
        }
    }

    /// Notes a visit.
    #[inline]
    pub(in crate::engine) fn visit(
        &mut self,
        slot: usize,
        stage: StageId,
        counter: Option<u16>,
        deal: &mut Deal,
    ) -> Nth {
        let of_round = self.count_visit(slot, counter);
        Nth { of_round, first: self.mark(slot, stage, deal) }
    }

    /// Counts a visit: which of this round it is, from 1.
    #[inline(always)]
    pub(in crate::engine) fn count_visit(&mut self, slot: usize, counter: Option<u16>) -> u32 {
        match counter {
            None => 1,
            Some(at) => {
                let count = self.count(slot, at);
                *count = count.saturating_add(1);
                *count
            }
        }
    }

    /// Notes that a stage is visited; whether that was never before.
    #[inline(always)]
    pub(in crate::engine) fn mark(&mut self, slot: usize, stage: StageId, deal: &mut Deal) -> bool {
        let word = if self.words == 0 {
            &mut deal.visited
        } else {
            &mut self.bits[slot * self.words + stage.index() / 64]
        };
        let bit = 1 << (stage.index() % 64);
        let first = *word & bit == 0;
        *word |= bit;
        first
    }

    /// Of the deal of a slot.
    #[inline]
    pub(in crate::engine) fn of(&self, slot: usize) -> Trail<'_> {
        Trail { trails: self, slot }
    }
}
