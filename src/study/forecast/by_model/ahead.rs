//! Observes a simulation that starts from a pipeline: what open and new deals bring, day by day.

use std::collections::HashMap;

use super::super::draws::{Draw, Flow, Sum};
use crate::engine::{Deal, DealKey, Observer, Token, Visited};
use crate::program::StageId;
use crate::quantity::{DAY_MICROS, Instant, MINOR_UNITS, Money};

/// The day and the amount of the first sale of each open deal; none where there is none.
pub(super) type Firsts = Vec<Option<(u32, f64)>>;

/// What a replication brings.
pub(super) struct Ahead<'a> {
    /// Which open deal a key is, in the order in which they resume.
    open: HashMap<DealKey, usize>,
    /// The day and the amount of the first sale of each open deal; none if it is not sold.
    pub(super) firsts: Firsts,
    /// Orders and bookings.
    pub(super) draw: Draw,
    /// Deals that ended without a sale, by the number of their end.
    pub(super) ends: Vec<u64>,
    /// The level of each open deal, and of a new one.
    levels: &'a Levels,
}

/// Which level of the column that divides deals a deal has.
#[derive(Debug, Default)]
pub(super) struct Levels {
    /// How many there are, with the one for deals without a word; 0 if no column divides.
    pub(super) count: usize,
    /// That of each open deal.
    pub(super) of_open: Vec<usize>,
    /// The position of the attribute in packed attributes, and the level of each code; none if the model has no such attribute.
    pub(super) attribute: Option<(u32, u64, Vec<usize>)>,
    /// The level of each source, where the column is that of sources.
    pub(super) of_source: Vec<usize>,
}

impl Levels {
    fn of_new(&self, deal: &Deal) -> usize {
        let last = self.count - 1;
        if let Some((shift, mask, levels)) = &self.attribute {
            let code = (deal.attributes >> shift & mask) as usize;
            return levels.get(code).copied().unwrap_or(last);
        }
        self.of_source.get(usize::from(deal.source.0)).copied().unwrap_or(last)
    }
}

impl<'a> Ahead<'a> {
    /// Before a replication of so many days with so many open deals.
    pub(super) fn new(open: usize, days: usize, levels: &'a Levels) -> Ahead<'a> {
        Ahead {
            open: HashMap::with_capacity(open),
            firsts: Vec::with_capacity(open),
            draw: Draw {
                open: Flow::of(days),
                new: Flow::of(days),
                levels: vec![Sum::default(); levels.count],
                books: None,
            },
            ends: Vec::new(),
            levels,
        }
    }
}

impl Observer for Ahead<'_> {
    fn resumes(&mut self, deal: &Deal, _: StageId, _: Instant) {
        self.open.insert(deal.key, self.firsts.len());
        self.firsts.push(None);
    }

    fn ends(&mut self, deal: &Deal, _: &Token, end: usize, _: &Visited<'_>) {
        if deal.sales == 0 {
            self.ends.resize(self.ends.len().max(end + 1), 0);
            self.ends[end] += 1;
        }
    }

    fn sells(&mut self, deal: &Deal, token: &Token, amount: Money, _: &Visited<'_>) {
        let day = (token.now.0.max(0) / DAY_MICROS) as usize;
        let open = self.open.get(&deal.key).copied();
        let flow = if open.is_some() { &mut self.draw.open } else { &mut self.draw.new };
        let Some(orders) = flow.orders.get_mut(day) else { return };
        let bookings = amount.0 as f64 / MINOR_UNITS;
        *orders += 1;
        flow.bookings[day] += bookings;
        if let Some(at) = open {
            self.firsts[at].get_or_insert((day as u32, bookings));
        }
        if self.levels.count > 0 {
            let level = open.map_or_else(|| self.levels.of_new(deal), |at| self.levels.of_open[at]);
            let sum = &mut self.draw.levels[level];
            sum.orders += 1.0;
            sum.bookings += bookings;
        }
    }
}
