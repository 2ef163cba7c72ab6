//! The people of a role, kept as the times at which each is next free.
//!
//! Requests come in the order of time and are served in it, so the start of a request is known as
//! soon as it is made: the first working instant after it at which somebody is free (Kiefer and
//! Wolfowitz 1955). No event is needed for the end of work. Times are kept as working time of the
//! people's calendar, in which closed hours have no length.
//!
//! Among people who could start at the same instant, the one whose last work ended first is taken, and
//! among those the first of the file. People with one calendar form a team, which is in this order by
//! working time alone; teams are compared by instants.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::calendar::{Spot, WorkingTime};
use crate::engine::steps::work;
use crate::program::{ClockId, PersonId, Program, Role};
use crate::quantity::{Instant, Money};

/// Since when people who have not worked yet have been free: long before the simulation.
const SINCE_EVER: i64 = -LATEST;
/// The instant that stands for [`SINCE_EVER`]: the same in all calendars.
const EVER: Instant = Instant(i64::MIN);
/// Cache marker: not computed yet.
const NEVER_ASKED: (i64, Instant) = (i64::MIN, Instant::ZERO);
/// Seats hold working times up to here, a thousand years; whoever works longer is kept in a heap.
const LATEST: i64 = 1 << 55;
/// So many people are kept in order, more in a heap; a power of two.
const FEW: usize = 64;
/// Seats are looked at so many at a time.
const GROUP: usize = 4;
/// Teams that need at most so many groups all scan the same number, so that the branch is predictable.
const ALIKE: usize = 4;

/// The people of a role.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Pool<'p> {
    team: Team<'p>,
    /// Those with other calendars, and groups whose people are not told apart.
    others: Vec<Team<'p>>,
    /// Whether anybody is paid by the hour.
    is_paid: bool,
}

/// People with one calendar: all of a role who are told apart, or one group of those who are not.
#[derive(Debug, Clone)]
struct Team<'p> {
    clock: &'p WorkingTime,
    /// A few people, the first to be free first, among equals the first of the file. Behind them stand
    /// seats that are never free.
    few: [Seat; FEW + 1],
    /// How many groups of seats are looked at.
    groups: usize,
    /// Who sits in the seat of each number.
    who: [PersonId; FEW],
    many: Option<Box<Many>>,
    /// The place in the calendar of the last request.
    near: usize,
    /// Cache: the working time at which somebody is free, and its instant.
    free_since: (i64, Instant),
}

/// Many people.
#[derive(Debug, Clone)]
struct Many {
    seats: BinaryHeap<Reverse<Place>>,
    /// People without a seat yet, who are not told apart and have never worked.
    unseated: u64,
    /// What such a person is called.
    nameless: PersonId,
}

/// When one of many is free, and who that is; the first to be taken comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    free: i64,
    /// Whether the last work took no time at an opening. Its working time is also that of the closing before, but the person
    /// is free since the opening.
    since_opening: bool,
    person: PersonId,
}

impl Place {
    fn new(free: i64, person: PersonId) -> Place {
        Place { free, since_opening: false, person }
    }
}

/// Who can start first, and when.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Offer<'p> {
    pub(super) team: usize,
    /// Where the request lies in the calendar.
    pub(super) asked: Spot<'p>,
    /// The working time at which work would start.
    pub(in crate::engine) working: i64,
    pub(in crate::engine) start: Instant,
    pub(in crate::engine) clock: &'p WorkingTime,
}

impl Offer<'_> {
    /// The open time until work starts.
    #[inline(always)]
    pub(in crate::engine) fn queue(&self) -> i64 {
        self.working - self.asked.work
    }
}

impl<'p> Pool<'p> {
    /// The people of all roles.
    pub(in crate::engine) fn all(program: &'p Program) -> Vec<Pool<'p>> {
        let pool = |role| Pool::new(program, role);
        let mut pools: Vec<Pool<'p>> = program.roles.iter().map(pool).collect();
        let mut small: Vec<&mut Team<'p>> = pools.iter_mut().flat_map(Pool::teams).collect();
        small.retain(|team| team.groups <= ALIKE);
        let most = small.iter().map(|team| team.groups).max().unwrap_or(0);
        small.into_iter().for_each(|team| team.groups = most);
        pools
    }

    fn new(program: &'p Program, role: &Role) -> Pool<'p> {
        let people: Vec<PersonId> = role.people().collect();
        let person = |id: PersonId| &program.people[id];
        // The calendar, and the group where its people are not told apart.
        let kind = |id: PersonId| (person(id).clock, (person(id).count != 1).then_some(id));
        let mut kinds: Vec<(ClockId, Option<PersonId>)> = Vec::new();
        for id in &people {
            if !kinds.contains(&kind(*id)) {
                kinds.push(kind(*id));
            }
        }
        let mut teams = kinds.into_iter().map(|of_team| {
            let of_kind = people.iter().copied().filter(|id| kind(*id) == of_team);
            Team::new(program, of_team.0, &of_kind.collect::<Vec<_>>())
        });
        Pool {
            team: teams.next().unwrap_or_else(|| Team::new(program, role.clock, &[])),
            others: teams.collect(),
            is_paid: people.iter().any(|id| person(*id).pay_per_micro != 0.0),
        }
    }

    /// Who could start first on a request made at this time.
    #[inline(always)]
    pub(in crate::engine) fn first(&mut self, asked: Instant) -> Offer<'p> {
        let at = if self.others.is_empty() { 0 } else { self.first_team(asked) };
        let team = if at == 0 { &mut self.team } else { &mut self.others[at - 1] };
        let spot = team.clock.spot_near(asked, &mut team.near);
        team.first(at, spot)
    }

    /// The team whose first person is to be taken: the one who can start first, then the one free
    /// longest, then the first of the file.
    #[inline(never)]
    fn first_team(&mut self, asked: Instant) -> usize {
        let (mut best, mut start) = (0, self.team.start(asked));
        for at in 1..=self.others.len() {
            let other = self.others[at - 1].start(asked);
            let is_better =
                other < start || (other == start && self.candidate(at) < self.candidate(best));
            if is_better {
                (best, start) = (at, other);
            }
        }
        best
    }

    /// The first person of a team, and since when that person has been free.
    fn candidate(&mut self, at: usize) -> (Instant, PersonId) {
        let team = if at == 0 { &mut self.team } else { &mut self.others[at - 1] };
        (team.free_since(), team.person())
    }

    fn teams(&mut self) -> impl Iterator<Item = &mut Team<'p>> {
        std::iter::once(&mut self.team).chain(&mut self.others)
    }

    /// Takes the offer for work of this length; returns the person and the end of the work.
    #[inline(always)]
    pub(in crate::engine) fn take(&mut self, offer: &Offer<'p>, time: i64) -> (PersonId, Instant) {
        if time <= 0 {
            return (self.take_moment(offer.team, offer.working, offer.start), offer.start);
        }
        let free = offer.working + time;
        let end = offer.asked.closes(offer.clock, free);
        let team = if offer.team == 0 { &mut self.team } else { &mut self.others[offer.team - 1] };
        (team.take(offer.working, free), end)
    }

    /// Takes the first of a team for work that takes no time; returns the person.
    #[cold]
    #[inline(never)]
    fn take_moment(&mut self, team: usize, now: i64, start: Instant) -> PersonId {
        let team = if team == 0 { &mut self.team } else { &mut self.others[team - 1] };
        if start == team.clock.closes(now) {
            return team.take(now, now);
        }
        // At an opening, which has the same working time as the closing before it.
        team.gather().take(now, now, true)
    }

    /// What working time of a person costs.
    #[inline(always)]
    pub(in crate::engine) fn pay(&self, program: &Program, person: PersonId, time: i64) -> Money {
        if self.is_paid { work::pay(program, person, time) } else { Money::ZERO }
    }
}

impl<'p> Team<'p> {
    fn new(program: &'p Program, clock: ClockId, people: &[PersonId]) -> Team<'p> {
        let clock = &program.clocks[clock];
        let count = |id: &PersonId| program.people[*id].count;
        if (1..=FEW).contains(&people.len()) && people.iter().all(|id| count(id) == 1) {
            return Team::of_few(clock, people);
        }
        let named = people.iter().filter(|id| count(id) == 1);
        let many = Many {
            seats: named.map(|id| Reverse(Place::new(SINCE_EVER, *id))).collect(),
            unseated: people.iter().map(count).filter(|count| *count != 1).sum(),
            nameless: people.first().copied().unwrap_or(PersonId(0)),
        };
        let (few, who, many) = ([Seat::NOBODY; FEW + 1], [PersonId(0); FEW], Some(Box::new(many)));
        Team { clock, few, groups: 0, who, many, near: 0, free_since: NEVER_ASKED }
    }

    /// A few people, all free since ever.
    fn of_few(clock: &'p WorkingTime, people: &[PersonId]) -> Team<'p> {
        let (mut few, mut who) = ([Seat::NOBODY; FEW + 1], [PersonId(0); FEW]);
        for (number, person) in people.iter().enumerate() {
            (few[number], who[number]) = (Seat::new(SINCE_EVER, number), *person);
        }
        let (groups, free_since) = (people.len().div_ceil(GROUP), NEVER_ASKED);
        Team { clock, few, groups, who, many: None, near: 0, free_since }
    }

    #[inline(always)]
    fn first(&self, team: usize, asked: Spot<'p>) -> Offer<'p> {
        let clock = self.clock;
        let working = asked.work.max(self.free());
        Offer { team, asked, working, start: asked.opens(clock, working), clock }
    }

    /// When its first person could start on a request made at this time.
    #[inline]
    fn start(&mut self, asked: Instant) -> Instant {
        let spot = self.clock.spot_near(asked, &mut self.near);
        self.first(0, spot).start
    }

    /// Since when the first person has been free, or will be.
    fn free_since(&mut self) -> Instant {
        let free = self.free();
        if free == SINCE_EVER {
            return EVER;
        }
        if self.many.as_ref().and_then(|many| many.first()).is_some_and(|it| it.since_opening) {
            return self.clock.opens(free);
        }
        if self.free_since.0 != free {
            self.free_since = (free, self.clock.closes(free));
        }
        self.free_since.1
    }

    /// Who is taken first.
    fn person(&self) -> PersonId {
        match &self.many {
            Some(many) => many.first().map_or(many.nameless, |first| first.person),
            None => self.who[self.few[0].number()],
        }
    }

    /// When somebody is free.
    #[inline(always)]
    fn free(&self) -> i64 {
        self.many.as_ref().map_or(self.few[0].free(), |many| many.free())
    }

    /// Gives the first person who is free at this working time a new end of work; returns the person.
    #[inline(always)]
    fn take(&mut self, now: i64, end: i64) -> PersonId {
        if let Some(many) = &mut self.many {
            return many.take(now, end, false);
        }
        if end > LATEST {
            return self.gather().take(now, end, false);
        }
        let number = self.few[0].number();
        move_up(&mut self.few, self.groups, Seat::new(end, number));
        self.who[number]
    }

    /// Moves the few into a heap, which holds any time.
    #[cold]
    fn gather(&mut self) -> &mut Many {
        let seats = self.few.iter().filter(|seat| seat.0.is_finite());
        let place = |seat: &Seat| Reverse(Place::new(seat.free(), self.who[seat.number()]));
        let (seats, who) = (seats.map(place), self.who[0]);
        self.many.get_or_insert_with(|| {
            Box::new(Many { seats: seats.collect(), unseated: 0, nameless: who })
        })
    }
}

impl Many {
    fn free(&self) -> i64 {
        if self.unseated > 0 {
            return SINCE_EVER;
        }
        self.first().map_or(i64::MAX, |first| first.free)
    }

    /// The first of the seats.
    fn first(&self) -> Option<Place> {
        self.seats.peek().map(|Reverse(place)| *place)
    }

    #[inline(never)]
    fn take(&mut self, now: i64, end: i64, since_opening: bool) -> PersonId {
        let person = match self.first() {
            Some(Place { free, person, .. }) if free <= now || self.unseated == 0 => {
                self.seats.pop();
                person
            }
            _ => {
                self.unseated -= 1;
                self.nameless
            }
        };
        self.seats.push(Reverse(Place { free: end, since_opening, person }));
        person
    }
}

/// When a person is free, and which of the few it is, in one number, so that both move together.
///
/// It is a positive integer stored in the bits of a float. Floats have the same order, and processors compute the minimum and
/// maximum of several pairs of floats at once.
#[derive(Debug, Clone, Copy)]
struct Seat(f64);

impl Seat {
    /// A seat that is never free.
    const NOBODY: Seat = Seat(f64::INFINITY);
    /// Added to all working times, so that they are positive.
    const SHIFT: i64 = 2 * LATEST;

    /// A person who is free at this working time, [`LATEST`] at most.
    #[inline(always)]
    fn new(free: i64, number: usize) -> Seat {
        let bits = (free + Seat::SHIFT) as u64 * FEW as u64 + number as u64;
        Seat(f64::from_bits(bits))
    }

    #[inline(always)]
    fn free(self) -> i64 {
        (self.0.to_bits() >> FEW.trailing_zeros()) as i64 - Seat::SHIFT
    }

    #[inline(always)]
    fn number(self) -> usize {
        self.0.to_bits() as usize % FEW
    }

    #[inline(always)]
    fn lower(self, other: Seat) -> Seat {
        if self.0 < other.0 { self } else { other }
    }

    #[inline(always)]
    fn higher(self, other: Seat) -> Seat {
        if self.0 > other.0 { self } else { other }
    }
}

/// Takes the first seat away and puts a later one in.
///
/// Each place of the sorted seats becomes the minimum of its successor and the maximum of itself and the new seat. All places
/// are written, so that there is no branch to predict.
#[inline(always)]
fn move_up(seats: &mut [Seat; FEW + 1], groups: usize, seat: Seat) {
    for group in 0..groups.min(FEW / GROUP) {
        for at in group * GROUP..(group + 1) * GROUP {
            seats[at] = seat.higher(seats[at]).lower(seats[at + 1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{Calendar, Hours};

    proptest! {
        /// Against a list in which everyone is put behind all who are free before: the same person,
        /// free at the same time, also where several are free at once.
        #[test]
        fn seats_keep_the_order_of_a_plain_list(
            people in 1..=FEW,
            works in prop::collection::vec(0i64..6, 1..200),
        ) {
            let mut list: Vec<(i64, PersonId)> =
                (0..people as u32).map(|p| (SINCE_EVER, PersonId(p + 100))).collect();
            let clock = always();
            let mut team = Team::of_few(&clock, &list.iter().map(|seat| seat.1).collect::<Vec<_>>());
            for (now, work) in works.into_iter().enumerate() {
                let (free, person) = list.remove(0);
                prop_assert_eq!(team.free(), free);
                let end = free.max(now as i64) + work;
                let behind = list.iter().take_while(|seat| **seat < (end, person)).count();
                list.insert(behind, (end, person));
                prop_assert_eq!(team.take(now as i64, end), person);
            }
        }
    }

    #[test]
    fn work_of_thousands_of_years_keeps_a_person_and_nobody_else() {
        let clock = always();
        let mut team = Team::of_few(&clock, &[PersonId(100), PersonId(101)]);
        assert_eq!(team.take(0, LATEST).0, 100);
        assert_eq!(team.take(1, 5).0, 101);
        assert_eq!((team.take(6, 9).0, team.free()), (101, 9));
        assert_eq!((team.take(10, LATEST + 3).0, team.free()), (101, LATEST));
        assert_eq!((team.take(LATEST, i64::MAX / 2).0, team.free()), (100, LATEST + 3));
        assert_eq!((team.take(LATEST + 4, LATEST + 7).0, team.free()), (101, LATEST + 7));
    }

    fn always() -> WorkingTime {
        let calendar = Calendar::new(jiff::civil::date(2026, 1, 1).at(0, 0, 0, 0));
        WorkingTime::new(&Hours::always(), &calendar, Instant::ZERO)
    }
}
