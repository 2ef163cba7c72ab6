//! What is known of a deal, wherever it is, in a few words of memory.

use super::draws::Room;
use crate::model::START_SCORE;
use crate::program::{AttributeDraw, Entry, Facts, Program, Source, SourceId, Stage};
use crate::quantity::{Instant, Money, nearest};
use crate::random::key::DealKey;

/// One arriving deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) struct Arrival {
    /// Number of the deal in its source, from 0. Nobody reads it, but arrivals of 24 bytes are handled faster than those of 16
    /// (by 2 %, w1 with sales only).
    pub(in crate::engine) ordinal: u64,
    /// Addresses its draws.
    pub(in crate::engine) key: DealKey,
    /// When.
    pub(in crate::engine) at: Instant,
}

/// A deal in process.
#[derive(Debug, Clone, Copy)]
pub struct Deal {
    /// Addresses its draws.
    pub key: DealKey,
    /// When it arrived.
    pub arrived: Instant,
    /// Arrival, or the last sale.
    pub round_start: Instant,
    /// First entry to a stage of phase `deal` or later; [`Instant::NEVER`] before.
    pub reached_deal: Instant,
    /// What it is worth.
    pub value: Money,
    /// What it has cost so far.
    pub cost: Money,
    /// Working time spent on it so far, in microseconds.
    pub worked: i64,
    /// Attributes, packed.
    pub attributes: u64,
    /// Stages entered so far, a bit each; only where there are at most 64.
    pub visited: u64,
    /// Sales so far.
    pub sales: u32,
    /// Its source.
    pub source: SourceId,
    /// Whether it was won before it came: a client of a source of clients.
    pub is_client: bool,
    /// The score of the client's satisfaction, in hundredths of a point.
    pub satisfaction: u16,
}

impl Deal {
    /// The content of an unused slot.
    pub(in crate::engine) const NOBODY: Deal = Deal {
        key: DealKey::NOBODY,
        arrived: Instant::ZERO,
        round_start: Instant::ZERO,
        reached_deal: Instant::NEVER,
        value: Money::ZERO,
        cost: Money::ZERO,
        worked: 0,
        attributes: 0,
        visited: 0,
        sales: 0,
        source: SourceId(0),
        is_client: false,
        satisfaction: START_SCORE,
    };

    /// A deal that arrives now: attributes and value are drawn.
    #[inline(always)]
    pub(in crate::engine) fn arrive(
        program: &Program,
        source: &Source,
        id: SourceId,
        arrival: Arrival,
    ) -> Deal {
        let mut deal = Deal::with_value(Money::ZERO, source, id, arrival);
        for draw in program.arrival_draws.iter().chain(&source.draws) {
            deal.draw_attribute(program, draw, 0);
        }
        deal.draw_value(program);
        deal
    }

    /// A deal with this value; nothing else is drawn yet.
    #[inline(always)]
    pub(in crate::engine) fn with_value(
        value: Money,
        source: &Source,
        id: SourceId,
        arrival: Arrival,
    ) -> Deal {
        let Arrival { key, at, .. } = arrival;
        Deal {
            key,
            arrived: at,
            round_start: at,
            reached_deal: Instant::NEVER,
            value,
            cost: source.cost,
            worked: 0,
            attributes: 0,
            visited: 0,
            sales: u32::from(source.clients),
            source: id,
            is_client: source.clients,
            satisfaction: START_SCORE,
        }
    }

    /// Deals that arrive; as [`Deal::arrive`] for each, with the draws of a plain value together.
    pub(in crate::engine) fn arrive_together(
        program: &Program,
        id: SourceId,
        arrivals: &[Arrival],
        room: &mut Room,
        deals: &mut [Deal],
    ) {
        let source = &program.sources[id];
        let plain = program.arrival_draws.is_empty() && source.draws.is_empty() && !source.clients;
        let value = program.value.as_ref().filter(|_| program.draws_value);
        if plain && value.is_none() {
            for (deal, arrival) in deals.iter_mut().zip(arrivals) {
                *deal = Deal::with_value(Money::ZERO, source, id, *arrival);
            }
        } else if let (true, Some(value)) = (plain, value.and_then(|value| value.only())) {
            let address = value.address.visit(0);
            let values = room.wholes(&value.inverse, arrivals.iter().map(|a| a.key.word(address)));
            for ((deal, arrival), value) in deals.iter_mut().zip(arrivals).zip(values) {
                *deal = Deal::with_value(Money(*value), source, id, *arrival);
            }
        } else {
            for (deal, arrival) in deals.iter_mut().zip(arrivals) {
                *deal = Deal::arrive(program, source, id, *arrival);
            }
        }
    }

    /// Draws the value of a round that begins now.
    #[inline]
    pub(in crate::engine) fn draw_value(&mut self, program: &Program) {
        if let Some(value) = program.value.as_ref().filter(|_| program.draws_value) {
            let value =
                value.pick(&program.calendar, || self.facts(self.round_start, 0, self.worked, &[]));
            let word = self.key.word(value.address.visit(u64::from(self.sales)));
            self.value = Money(nearest(value.inverse.at(word)));
        }
    }

    /// Draws an attribute unless it is known.
    pub(in crate::engine) fn draw_unknown(
        &mut self,
        program: &Program,
        draw: &AttributeDraw,
        visit: u64,
    ) {
        let attribute = &program.attributes[draw.attribute];
        if self.attributes >> attribute.shift & attribute.mask == 0 {
            self.draw_attribute(program, draw, visit);
        }
    }

    /// Draws an attribute.
    pub(in crate::engine) fn draw_attribute(
        &mut self,
        program: &Program,
        draw: &AttributeDraw,
        visit: u64,
    ) {
        let word = self.key.word(draw.address.visit(visit));
        let at: usize = draw.thresholds.iter().map(|limit| usize::from(word >= *limit)).sum();
        let attribute = &program.attributes[draw.attribute];
        let cleared = self.attributes & !(attribute.mask << attribute.shift);
        self.attributes = cleared | draw.codes[at] << attribute.shift;
    }

    /// The facts that conditions can test at this time; `earlier` is the processing time of the rounds before. Whether the
    /// process is followed is known of a visit, not of a deal.
    #[inline]
    pub(in crate::engine) fn facts<'q>(
        &self,
        now: Instant,
        visit: u64,
        earlier: i64,
        queues: &'q [u64],
    ) -> Facts<'q> {
        let age = (now - self.round_start).0;
        Facts {
            attributes: self.attributes,
            source: self.source,
            visit,
            sales: self.sales,
            value: self.value,
            age,
            waited: age - (self.worked - earlier),
            satisfaction: self.satisfaction,
            followed: false,
            at: now,
            queues,
        }
    }

    /// The number of a visit in addresses: rounds count in the upper half.
    #[inline]
    pub(in crate::engine) fn visit_number(&self, visit: u64) -> u64 {
        visit | u64::from(self.sales) << 32
    }

    /// Whether the prescribed process is followed in a visit; `None` if the stage does not ask for it.
    #[inline]
    pub(in crate::engine) fn follows(
        &self,
        program: &Program,
        stage: &Stage,
        number: u64,
        entered: Instant,
    ) -> Option<bool> {
        let (address, rollout) = stage.followed.zip(program.rollout.as_ref())?;
        Some(rollout.follows(entered, self.key.word(address.visit(number))))
    }

    /// Draws what an entry makes known of the deal. Returns the cost of the entry.
    #[inline(always)]
    pub(in crate::engine) fn learn(
        &mut self,
        program: &Program,
        entry: &Entry,
        number: u64,
    ) -> Money {
        for draw in &entry.draws {
            self.draw_attribute(program, draw, number);
        }
        if let Some(value) = &entry.value {
            self.value =
                Money(nearest(value.inverse.at(self.key.word(value.address.visit(number)))));
        }
        if entry.cost_share == 0.0 {
            return entry.cost;
        }
        entry.cost + Money(nearest(self.value.0 as f64 * entry.cost_share))
    }
}
