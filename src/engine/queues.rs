//! Deals that share people: only requests, and looks at queues, are scheduled.
//!
//! Between two of them a deal walks alone. Every request is handled at its own time, in the order
//! of time, so a pool knows at once when work starts and ends, and whether patience lasts. Among
//! things of one instant, deals in process come before new ones, and each in the order in which it
//! was scheduled.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::arrivals::{Arrival, Stream};
use super::course::{Course, Resume};
use super::deal::Room;
use super::events::Events;
use super::journey::{Journey, LOOK_EVERY, Pause};
use super::pool::{Chance, Pool};
use super::visit::{Progress, go, stay};
use super::work::{self, Served};
use super::{Deal, Guard, Observer, Opening, Replication, Stop, Walk};
use crate::program::{Action, Desk, Program, Work};
use crate::quantity::Instant;
use crate::random::key::StreamKey;

pub(super) fn walk<O: Observer>(
    program: &Program,
    replication: Replication,
    walk: Walk,
    openings: &[Opening],
    guard: Guard<'_>,
    observer: &mut O,
) -> Result<Instant, Stop> {
    let mut queues = Queues::new(program, walk, guard.most_visits);
    let open = StreamKey::new(replication.seed, replication.number, "open deals");
    for (ordinal, opening) in openings.iter().enumerate() {
        let slot = queues.slot();
        let deal = opening.deal(program, open, ordinal as u64);
        let course = queues.shared.journey.open(opening, slot);
        queues.walkers[slot] = Walker { deal, course };
        queues.shared.events.push(Instant::ZERO, slot as u32);
    }
    let mut doors = Doors::new(program, replication);
    let mut turns = 0;
    loop {
        turns += 1;
        if turns % LOOK_EVERY == 0 && guard.cancelled() {
            return Err(Stop::Cancelled);
        }
        let door = doors.first();
        let at = doors.at[door];
        let turn = match queues.shared.events.first() {
            // What lies behind the window's end changes nothing, but must be told.
            Some((now, slot)) if now <= at => {
                queues.shared.events.take(slot);
                Turn { slot: slot as usize, now, arrives: false }
            }
            _ if at < Instant::NEVER => {
                let source = &program.sources[door];
                let arrival = doors.take(door);
                let slot = queues.slot();
                queues.shared.journey.trails.clear(slot);
                // Written field by field: a copy of the whole would wait for what was just stored.
                let walker = &mut queues.walkers[slot];
                walker.course = Course::new();
                walker.deal = Deal::arrive(program, source, door as u16, arrival);
                observer.arrives(&walker.deal, source.cost.0);
                Turn { slot, now: arrival.at, arrives: true }
            }
            _ => return Ok(queues.shared.journey.last),
        };
        queues.walk(turn, observer)?;
    }
}

/// A deal whose time has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) slot: usize,
    pub(super) now: Instant,
    /// It comes to its first stage. No event lies at this instant: deals in process come first.
    pub(super) arrives: bool,
}

/// A deal in process.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walker {
    pub(super) deal: Deal,
    pub(super) course: Course,
}

/// Arrivals of a source that are drawn together.
const ARRIVALS: usize = 32;

/// Microseconds between two requests, roughly: a deal makes about four.
fn gap(program: &Program) -> f64 {
    let window = program.window;
    // Without an end of its own a run is as long as its sources, about a year.
    let until = if window.until_empty() { 3.2e13 } else { window.end.0 as f64 };
    until / (4.0 * program.expected_arrivals()).max(1.0)
}

/// The next arrival of each source.
struct Doors<'p> {
    each: Vec<Door<'p>>,
    /// When each comes; [`Instant::NEVER`] where the source has ended.
    at: Vec<Instant>,
    room: Room,
}

/// A source, and some arrivals of it that were drawn together, the last one first.
struct Door<'p> {
    stream: Stream<'p>,
    coming: Vec<Arrival>,
}

impl<'p> Doors<'p> {
    fn new(program: &'p Program, replication: Replication) -> Doors<'p> {
        let door = |source: &'p crate::program::Source| {
            let key = StreamKey::new(replication.seed, replication.number, &source.name);
            Door { stream: Stream::new(program, source, key), coming: Vec::new() }
        };
        let each: Vec<Door<'p>> = program.sources.iter().map(door).collect();
        let at = vec![Instant::NEVER; each.len()];
        let mut doors = Doors { each, at, room: Room::new() };
        (0..doors.at.len()).for_each(|door| doors.fill(door));
        doors
    }

    /// Draws the next arrivals of a source.
    fn fill(&mut self, door: usize) {
        let Door { stream, coming } = &mut self.each[door];
        stream.fill(ARRIVALS, &mut self.room, coming);
        coming.reverse();
        self.look(door);
    }

    #[inline(always)]
    fn look(&mut self, door: usize) {
        let next = self.each[door].coming.last();
        self.at[door] = next.map_or(Instant::NEVER, |next| next.at);
    }

    /// The source whose deal comes first; the first of the file among equals.
    #[inline(always)]
    fn first(&self) -> usize {
        let mut first = 0;
        for (at, time) in self.at.iter().enumerate().skip(1) {
            if *time < self.at[first] {
                first = at;
            }
        }
        first
    }

    #[inline(always)]
    fn take(&mut self, door: usize) -> Arrival {
        let arrival = self.each[door].coming.pop();
        if self.each[door].coming.is_empty() {
            self.fill(door);
        } else {
            self.look(door);
        }
        arrival.expect("a door whose time is not never has an arrival")
    }
}

/// The deals in process by slot, and what they share.
struct Queues<'p> {
    shared: Shared<'p>,
    walkers: Vec<Walker>,
    spare: Vec<u32>,
}

/// What deals share: time, people, and the room in their queues.
pub(super) struct Shared<'p> {
    pub(super) program: &'p Program,
    /// The desks of the program; nobody where all are walked as any other stage.
    pub(super) desks: &'p [Option<Desk>],
    pub(super) journey: Journey<'p>,
    pub(super) events: Events,
    pub(super) pools: Vec<Pool>,
    /// When those who wait stop waiting, for roles whose queue is looked at.
    waiting: Vec<BinaryHeap<Reverse<Instant>>>,
    /// The lengths of the queues when they were last looked at.
    lengths: Vec<u64>,
}

impl<'p> Queues<'p> {
    fn new(program: &'p Program, walk: Walk, most_visits: u64) -> Queues<'p> {
        let shared = Shared {
            program,
            desks: if walk == Walk::Fastest { &program.desks } else { &[] },
            journey: Journey::new(program, most_visits),
            events: Events::new(gap(program)),
            pools: program.roles.iter().map(|role| Pool::new(program, role)).collect(),
            waiting: vec![BinaryHeap::new(); program.roles.len()],
            lengths: vec![0; program.roles.len()],
        };
        Queues { shared, walkers: Vec::new(), spare: Vec::new() }
    }

    /// A free slot.
    #[inline]
    fn slot(&mut self) -> usize {
        if let Some(slot) = self.spare.pop() {
            return slot as usize;
        }
        self.walkers.push(Walker { deal: Deal::NOBODY, course: Course::new() });
        self.shared.journey.trails.add();
        self.walkers.len() - 1
    }

    /// Walks a deal on; its slot is free again where it leaves.
    #[inline(always)]
    fn walk<O: Observer>(&mut self, turn: Turn, observer: &mut O) -> Result<(), Stop> {
        let walker = &mut self.walkers[turn.slot];
        if self.shared.walk_desks(turn, walker, observer)? {
            self.spare.push(turn.slot as u32);
        }
        Ok(())
    }
}

impl Shared<'_> {
    /// The lengths of the queues at this instant.
    fn look(&mut self, now: Instant) {
        for (waiting, length) in self.waiting.iter_mut().zip(&mut self.lengths) {
            while waiting.peek().is_some_and(|until| until.0 <= now) {
                waiting.pop();
            }
            *length = waiting.len() as u64;
        }
    }

    /// Walks a deal on until its next request, or until it leaves (`true`); where nothing else
    /// happens at this instant, a request that is made at once is served at once.
    ///
    /// `looks`: this is the time at which it looks at queues.
    #[inline(never)]
    pub(super) fn walk<O: Observer>(
        &mut self,
        turn: Turn,
        looks: bool,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Result<bool, Stop> {
        let Turn { slot, now, arrives: alone } = turn;
        let mut asks = walker.course.resume == Resume::Step;
        let mut looked = looks && !asks;
        if looked && self.program.watches {
            self.look(now);
        }
        loop {
            if asks && !self.serve(slot, walker, observer) {
                return Ok(true);
            }
            let Walker { deal, course } = walker;
            match self.journey.run(slot, deal, course, &self.lengths, true, looked, observer) {
                Pause::Asks if alone && deal.now == now => (asks, looked) = (true, false),
                Pause::Asks | Pause::Looks => {
                    self.events.push(deal.now, slot as u32);
                    return Ok(false);
                }
                Pause::Gone => return Ok(true),
                Pause::Limit => return Err(Stop::EventLimit),
            }
        }
    }

    /// A deal asks for the person of its next step; `false` where it has left.
    #[inline]
    fn serve<O: Observer>(&mut self, slot: usize, walker: &mut Walker, observer: &mut O) -> bool {
        let program = self.program;
        let Walker { deal, course } = walker;
        let stage = &program.stages[usize::from(deal.stage)];
        let entry = stage.entry.case(course.case.into());
        let Some(Action::Work(asked_for)) =
            entry.steps.get(usize::from(course.step)).map(|step| &step.action)
        else {
            return true;
        };
        let role = usize::from(asked_for.role);
        let number = deal.visit_number(course.number.into());
        let asked = deal.now;
        let chance = self.pools[role].first(&program.clocks, asked);
        let looked_at = program.roles[role].looked_at;
        if let Some(patience) = &entry.patience
            && chance.start > asked
        {
            let step = number.wrapping_add(u64::from(course.step) << 56);
            let until = patience.time.end(program, asked, deal.key, step);
            if until < chance.start {
                if looked_at {
                    self.waiting[role].push(Reverse(until));
                }
                return self.renege(slot, walker, asked_for, until, observer);
            }
        }
        if looked_at {
            joins(&mut self.waiting[role], asked, chance.start);
        }
        let time = work::time(&asked_for.time, deal, number);
        let (person, end) = if chance.start < program.window.end {
            self.pools[role].take(&program.clocks, &chance, time)
        } else {
            (program.roles[role].first_person, chance.start)
        };
        let Chance { start, queue, clock, working, .. } = chance;
        let served = Served { person, clock, asked, start, end, time, queue, working };
        if !work::does(program, asked_for.task, &served, course, deal, observer) {
            stay(program, course, self.journey.trails.of(slot), deal, observer);
            return false;
        }
        course.step += 1;
        true
    }

    /// A deal leaves the queue; `false` where it leaves the process, or the window ends.
    #[inline(never)]
    fn renege<O: Observer>(
        &mut self,
        slot: usize,
        walker: &mut Walker,
        asked_for: &Work,
        until: Instant,
        observer: &mut O,
    ) -> bool {
        let program = self.program;
        let Walker { deal, course } = walker;
        let trail = self.journey.trails.of(slot);
        if until >= program.window.end {
            observer.waits(deal, asked_for.task, deal.now);
            stay(program, course, trail, deal, observer);
            return false;
        }
        let asked = std::mem::replace(&mut deal.now, until);
        work::reneges(program, asked_for, asked, course, deal, observer);
        let stage = &program.stages[usize::from(deal.stage)];
        let entry = stage.entry.case(course.case.into());
        let Some(patience) = &entry.patience else { return false };
        let number = deal.visit_number(course.number.into());
        let branch = patience.next.choose(deal.key.word(patience.next_address.visit(number)));
        if let Some(after) = &branch.after {
            deal.now = after.end(program, deal.now, deal.key, number);
        }
        match go(program, branch.exit, course, trail, deal, observer) {
            Progress::Left(exit) => !self.journey.arrive_at(slot, exit, deal, observer),
            _ => false,
        }
    }
}

/// A deal stands in a queue that is looked at, if it waits at all.
#[cold]
fn joins(waiting: &mut BinaryHeap<Reverse<Instant>>, asked: Instant, until: Instant) {
    if until > asked {
        waiting.push(Reverse(until));
    }
}
