//! The people of a role as the times at which each is next free.
//!
//! Requests come in the order of time and are served in it, so the start of a request is known as
//! soon as it is made: the first working instant after it at which somebody is free (Kiefer and
//! Wolfowitz 1955). No event is needed for the end of work. Times are kept as working time of the
//! people's calendar, in which a night is no distance.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::select_unpredictable;

use crate::calendar::{Spot, WorkingTime};
use crate::program::{Program, Role};
use crate::quantity::Instant;

/// When people who have not worked yet have been free since: long before the simulation.
const SINCE_EVER: i64 = -LATEST;
/// Working times up to here are told apart: two thousand years.
const LATEST: i64 = 1 << 56;
/// So many people are kept in order, more in a heap; a power of two.
const FEW: usize = 64;
/// Seats are looked at so many at a time.
const GROUP: usize = 4;

/// People with one calendar.
#[derive(Debug, Clone)]
struct Team {
    clock: u16,
    seats: Seats,
}

/// The working time at which the last work of each person ends, and who that is.
#[derive(Debug, Clone)]
enum Seats {
    /// The earliest first; among equals in the order in which they were given work, and of the file.
    /// The others stand in groups, the last one filled up with seats that nobody takes. A seat's
    /// number says which person sits in it.
    Few { first: Seat, others: Vec<[Seat; GROUP]>, who: Vec<u32> },
    Many {
        seats: BinaryHeap<Reverse<(i64, u32)>>,
        /// People beyond those, who are not told apart: free since ever, seated when needed.
        unseated: u64,
        /// What such a person is called.
        nameless: u32,
    },
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
    pub(super) working: i64,
    /// Where the request lies in the calendar.
    asked: Spot,
    /// The open time until then.
    pub(super) queue: i64,
    pub(super) start: Instant,
    pub(super) clock: u16,
}

impl Pool {
    pub(super) fn new(program: &Program, role: &Role) -> Pool {
        let indices: Vec<u32> = (role.first_person..role.first_person + role.persons).collect();
        let clock = |at: &u32| program.people[*at as usize].clock;
        let mut clocks: Vec<u16> = Vec::new();
        for at in &indices {
            if !clocks.contains(&clock(at)) {
                clocks.push(clock(at));
            }
        }
        let team = |team: u16| {
            let of_team = indices.iter().copied().filter(|at| clock(at) == team).collect();
            Team { clock: team, seats: Seats::new(program, of_team) }
        };
        Pool { teams: clocks.into_iter().map(team).collect() }
    }

    /// Who could start first on a request made at this time.
    #[inline(always)]
    pub(super) fn first(&self, clocks: &[WorkingTime], asked: Instant) -> Chance {
        let mut best = self.teams[0].first(0, clocks, asked);
        if self.teams.len() == 1 {
            return best;
        }
        for (at, team) in self.teams.iter().enumerate().skip(1) {
            let other = team.first(at, clocks, asked);
            let earlier = other.start < best.start;
            let longer_free = || {
                let since = |team: &Team| clocks[usize::from(team.clock)].closes(team.seats.free());
                other.start == best.start && since(team) < since(&self.teams[best.team])
            };
            if earlier || longer_free() {
                best = other;
            }
        }
        best
    }

    /// Takes the chance for work of this length; returns the person and the end of the work.
    #[inline(always)]
    pub(super) fn take(
        &mut self,
        clocks: &[WorkingTime],
        chance: &Chance,
        time: i64,
    ) -> (u32, Instant) {
        let free = chance.working + time;
        let seats = &mut self.teams[chance.team].seats;
        let clock = &clocks[usize::from(chance.clock)];
        let end = if time > 0 { chance.asked.closes(clock, free) } else { chance.start };
        (seats.take(chance.working, free), end)
    }
}

impl Team {
    #[inline(always)]
    fn first(&self, team: usize, clocks: &[WorkingTime], asked: Instant) -> Chance {
        let clock = &clocks[usize::from(self.clock)];
        let asked = clock.spot(asked);
        let working = asked.work.max(self.seats.free());
        let start = asked.opens(clock, working);
        Chance { team, working, asked, queue: working - asked.work, start, clock: self.clock }
    }
}

impl Seats {
    fn new(program: &Program, indices: Vec<u32>) -> Seats {
        let count = |at: &u32| program.people[*at as usize].count;
        if indices.len() <= FEW && indices.iter().all(|at| count(at) == 1) {
            return Seats::few(indices);
        }
        let named = indices.iter().filter(|at| count(at) == 1);
        let nameless = indices.iter().find(|at| count(at) != 1);
        Seats::Many {
            seats: named.map(|at| Reverse((SINCE_EVER, *at))).collect(),
            unseated: indices.iter().map(count).filter(|count| *count != 1).sum(),
            nameless: nameless.or(indices.first()).copied().unwrap_or(0),
        }
    }

    /// Seats of a few people, all free since ever.
    fn few(who: Vec<u32>) -> Seats {
        let seat = |number| Seat::new(SINCE_EVER, number);
        let mut others = vec![[Seat::NOBODY; GROUP]; who.len().saturating_sub(1).div_ceil(GROUP)];
        let places = others.as_flattened_mut().iter_mut();
        places.zip(1..who.len()).for_each(|(place, number)| *place = seat(number));
        Seats::Few { first: seat(0), others, who }
    }

    /// When somebody is free.
    #[inline(always)]
    fn free(&self) -> i64 {
        match self {
            Seats::Few { first, .. } => first.free(),
            Seats::Many { unseated: 1.., .. } => SINCE_EVER,
            Seats::Many { seats, .. } => seats.peek().map_or(i64::MAX, |Reverse((free, _))| *free),
        }
    }

    /// Gives the first who is free at this working time a new end of work; returns who that is.
    #[inline(always)]
    fn take(&mut self, now: i64, end: i64) -> u32 {
        match self {
            Seats::Few { first, others, who } => who[move_up(first, others, end)],
            Seats::Many { seats, unseated, nameless } => {
                let free = seats.peek().map(|Reverse(seat)| *seat);
                let person = match free {
                    Some((free, person)) if free <= now || *unseated == 0 => {
                        seats.pop();
                        person
                    }
                    _ => {
                        *unseated -= 1;
                        *nameless
                    }
                };
                seats.push(Reverse((end, person)));
                person
            }
        }
    }
}

/// When a person is free, and which one of a few that is: one number, so that both move together.
#[derive(Debug, Clone, Copy)]
struct Seat(i64);

impl Seat {
    /// A seat that is never free.
    const NOBODY: Seat = Seat(i64::MAX);

    /// A person who is free at this working time; what lies further than [`LATEST`] is not told
    /// apart.
    #[inline(always)]
    fn new(free: i64, number: usize) -> Seat {
        Seat(free.min(LATEST) * FEW as i64 + number as i64)
    }

    #[inline(always)]
    fn free(self) -> i64 {
        self.0 >> FEW.trailing_zeros()
    }

    #[inline(always)]
    fn number(self) -> usize {
        self.0 as usize % FEW
    }
}

/// Seats the first again, now free at `end`; returns the number of the seat.
///
/// Those who are free until then move up, the others stay: all are written, so that there is no
/// jump to guess.
#[inline(always)]
fn move_up(first: &mut Seat, others: &mut [[Seat; GROUP]], end: i64) -> usize {
    let number = first.number();
    let mut moved = Seat::new(end, number);
    let until = Seat::new(end, FEW - 1);
    let mut place = first;
    for group in others {
        for seat in group {
            let moves_up = seat.0 <= until.0;
            *place = select_unpredictable(moves_up, *seat, moved);
            moved = select_unpredictable(moves_up, moved, *seat);
            place = seat;
        }
    }
    *place = moved;
    number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Against a list in which everyone is put behind all who are free by then: the same person,
        /// free at the same time, also where several are free at once.
        #[test]
        fn seats_keep_the_order_of_a_plain_list(
            people in 1..=FEW,
            works in prop::collection::vec(0i64..6, 1..200),
        ) {
            let mut seats = Seats::few((0..people as u32).map(|p| p + 100).collect());
            let mut list: Vec<(i64, u32)> =
                (0..people as u32).map(|p| (SINCE_EVER, p + 100)).collect();
            for (now, work) in works.into_iter().enumerate() {
                let (free, person) = list.remove(0);
                prop_assert_eq!(seats.free(), free);
                let end = free.max(now as i64) + work;
                let behind = list.iter().take_while(|(free, _)| *free <= end).count();
                list.insert(behind, (end, person));
                prop_assert_eq!(seats.take(now as i64, end), person);
            }
        }
    }

    #[test]
    fn work_without_end_keeps_a_person_for_ever_and_nobody_else() {
        let mut seats = Seats::few(vec![100, 101]);
        assert_eq!(seats.take(0, i64::MAX / 2), 100);
        assert_eq!(seats.take(1, 5), 101);
        assert_eq!((seats.take(6, 9), seats.free()), (101, 9));
        assert_eq!(seats.take(10, LATEST + 3), 101);
        assert_eq!(seats.free(), LATEST);
    }
}
