//! The people of a role as the times at which each is next free.
//!
//! Requests come in the order of time and are served in it, so the start of a request is known as
//! soon as it is made: the first working instant after it at which somebody is free (Kiefer and
//! Wolfowitz 1955). No event is needed for the end of work. Times are kept as working time of the
//! people's calendar, in which a night is no distance.

use crate::calendar::WorkingTime;
use crate::program::{Program, Role};
use crate::quantity::Instant;

/// Somebody, and the working time at which the last work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seat {
    free: i64,
    person: u32,
}

/// People with one calendar.
#[derive(Debug, Clone)]
struct Team {
    clock: u16,
    /// The earliest first; among equals the one free longest.
    seats: Vec<Seat>,
    /// People beyond those with a seat, all of them free since ever and without a name.
    unseated: u64,
    /// What such a person is called.
    nameless: u32,
}

/// The people of a role.
#[derive(Debug, Clone)]
pub(super) struct Pool {
    teams: Vec<Team>,
}

/// Who can start first, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    team: usize,
    /// The working time at which work would start.
    working: i64,
    /// The open time until then.
    pub(super) queue: i64,
    pub(super) start: Instant,
    pub(super) clock: u16,
}

impl Pool {
    pub(super) fn new(program: &Program, role: &Role) -> Pool {
        let mut teams: Vec<Team> = Vec::new();
        for at in role.first_person..role.first_person + role.persons {
            let person = &program.people[at as usize];
            let known = teams.iter().position(|team| team.clock == person.clock);
            let team = known.unwrap_or_else(|| {
                let clock = person.clock;
                teams.push(Team { clock, seats: Vec::new(), unseated: 0, nameless: at });
                teams.len() - 1
            });
            if person.count == 1 {
                teams[team].seats.push(Seat { free: i64::MIN, person: at });
            } else {
                teams[team].unseated += person.count;
                teams[team].nameless = at;
            }
        }
        Pool { teams }
    }

    /// Who could start first on a request made at this time.
    #[inline]
    pub(super) fn first(&self, clocks: &[WorkingTime], asked: Instant) -> Chance {
        let mut best = self.teams[0].first(0, clocks, asked);
        for (at, team) in self.teams.iter().enumerate().skip(1) {
            let other = team.first(at, clocks, asked);
            let earlier = other.start < best.start;
            let longer_free = || {
                let since = |team: &Team| clocks[usize::from(team.clock)].closes(team.free());
                other.start == best.start && since(team) < since(&self.teams[best.team])
            };
            if earlier || longer_free() {
                best = other;
            }
        }
        best
    }

    /// Takes the chance for work of this length; returns the person and the end of the work.
    #[inline]
    pub(super) fn take(
        &mut self,
        clocks: &[WorkingTime],
        chance: &Chance,
        time: i64,
    ) -> (u32, Instant) {
        let free = chance.working + time;
        let end =
            if time > 0 { clocks[usize::from(chance.clock)].closes(free) } else { chance.start };
        (self.teams[chance.team].seat(free), end)
    }
}

impl Team {
    /// When somebody is free.
    #[inline]
    fn free(&self) -> i64 {
        if self.unseated > 0 { i64::MIN } else { self.seats[0].free }
    }

    #[inline]
    fn first(&self, team: usize, clocks: &[WorkingTime], asked: Instant) -> Chance {
        let clock = &clocks[usize::from(self.clock)];
        let now = clock.work(asked);
        let working = now.max(self.free());
        let start = clock.opens(working);
        Chance { team, working, queue: working - now, start, clock: self.clock }
    }

    /// Gives the first who is free a new end of work; returns who that is.
    #[inline]
    fn seat(&mut self, free: i64) -> u32 {
        if self.unseated > 0 && self.seats.first().is_none_or(|seat| seat.free > i64::MIN) {
            return self.seat_nameless(free);
        }
        let person = self.seats[0].person;
        let mut at = 0;
        while let Some(next) = self.seats.get(at + 1).filter(|next| next.free <= free) {
            self.seats[at] = *next;
            at += 1;
        }
        self.seats[at] = Seat { free, person };
        person
    }

    /// Somebody without a name takes a seat.
    fn seat_nameless(&mut self, free: i64) -> u32 {
        self.unseated -= 1;
        let at = self.seats.partition_point(|seat| seat.free <= free);
        self.seats.insert(at, Seat { free, person: self.nameless });
        self.nameless
    }
}
