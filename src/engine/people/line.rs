//! The people of a role one by one, and those who wait for them in a line.
//!
//! When somebody can start, the first in the line is served. A line does not look ahead, so it can serve in any order; a pool
//! needs the order of requests. It costs an event for each deal that waits and a loop over all people for each request. It is
//! the oracle of the pool: both must give the same to the microsecond.

use std::collections::VecDeque;

use super::pool::Offer;
use crate::calendar::WorkingTime;
use crate::engine::schedule::Ticket;
use crate::program::{PersonId, Program, Role};
use crate::quantity::Instant;

/// Those who were never asked have been free since then.
const EVER: Instant = Instant(i64::MIN);

/// The people of a role, and the line before them.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Line<'p> {
    crews: Vec<Crew<'p>>,
    waiting: VecDeque<Waiting>,
}

/// A deal that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) struct Waiting {
    /// Its slot.
    pub(in crate::engine) slot: u32,
    /// When it asked.
    pub(in crate::engine) asked: Instant,
    /// When it loses patience, if it does.
    pub(in crate::engine) until: Option<Instant>,
    /// Its place among events of one time, which is that of its request.
    pub(in crate::engine) ticket: Ticket,
}

/// A person, or people who are not told apart.
#[derive(Debug, Clone)]
struct Crew<'p> {
    /// Who works.
    person: PersonId,
    clock: &'p WorkingTime,
    /// Those who were never asked.
    fresh: u64,
    /// When the last work of each of the others ends.
    free: Vec<Instant>,
}

impl<'p> Line<'p> {
    pub(in crate::engine) fn new(program: &'p Program, role: &Role) -> Line<'p> {
        let crew = |person: PersonId| {
            let known = &program.people[person];
            let clock = &program.clocks[known.clock];
            Crew { person, clock, fresh: known.count, free: Vec::new() }
        };
        Line { crews: role.people().map(crew).collect(), waiting: VecDeque::new() }
    }

    /// Who can start at once on a request made at this time; nobody if others wait.
    pub(in crate::engine) fn at_once(&self, asked: Instant) -> Option<Offer<'p>> {
        if !self.waiting.is_empty() {
            return None;
        }
        self.first(asked, asked).filter(|offer| offer.start == asked)
    }

    /// A deal joins the line.
    pub(in crate::engine) fn join(&mut self, waiting: Waiting) {
        self.waiting.push_back(waiting);
    }

    /// A deal that waits leaves the line because nobody came.
    pub(in crate::engine) fn leave(&mut self, slot: u32) -> Waiting {
        let at = self.waiting.iter().position(|waiting| waiting.slot == slot);
        let waiting = at.and_then(|at| self.waiting.remove(at));
        waiting.expect("the deal is in the line that it joined")
    }

    /// When somebody can start to work for the first in the line, if anybody waits.
    pub(in crate::engine) fn next_start(&self, now: Instant) -> Option<Instant> {
        let first = self.waiting.front()?;
        self.first(first.asked, now).map(|offer| offer.start)
    }

    /// The first in the line, if somebody can start on it now.
    pub(in crate::engine) fn next(&mut self, now: Instant) -> Option<(Waiting, Offer<'p>)> {
        let first = *self.waiting.front()?;
        let offer = self.first(first.asked, now).filter(|offer| offer.start == now)?;
        self.waiting.pop_front();
        Some((first, offer))
    }

    /// How many wait.
    pub(in crate::engine) fn count(&self) -> usize {
        self.waiting.len()
    }

    /// How many wait, without those who leave at this moment.
    pub(in crate::engine) fn length(&self, now: Instant) -> u64 {
        let stays = |waiting: &&Waiting| waiting.until.is_none_or(|until| until > now);
        self.waiting.iter().filter(stays).count() as u64
    }

    /// Takes the offer for work of this length; returns the person and the end of the work.
    pub(in crate::engine) fn take(&mut self, offer: &Offer<'p>, time: i64) -> (PersonId, Instant) {
        let end = offer.clock.add(offer.start, time.max(0));
        let Crew { person, fresh, free, .. } = &mut self.crews[offer.team];
        // Among people who are not told apart, one who has worked before is taken first.
        match free.iter_mut().min() {
            Some(first) if *first <= offer.start || *fresh == 0 => *first = end,
            _ => {
                *fresh -= 1;
                free.push(end);
            }
        }
        (*person, end)
    }

    /// The person who can start first from now on; among equals the one free for longest, then the first of the file.
    fn first(&self, asked: Instant, now: Instant) -> Option<Offer<'p>> {
        let offer = |(team, crew): (usize, &Crew<'p>)| {
            let free = crew.free_since();
            let clock = crew.clock;
            let working = clock.work(now.max(free));
            let offer = Offer {
                team,
                asked: clock.spot(asked),
                working,
                start: clock.opens(working),
                clock,
            };
            (free, offer)
        };
        let offers = self.crews.iter().enumerate().map(offer);
        let first = offers.min_by_key(|(free, offer)| (offer.start, *free, offer.team));
        first.map(|(_, offer)| offer)
    }
}

impl Crew<'_> {
    /// Since when somebody has been free, or will be.
    fn free_since(&self) -> Instant {
        if self.fresh > 0 {
            return EVER;
        }
        self.free.iter().copied().min().unwrap_or(Instant::NEVER)
    }
}
