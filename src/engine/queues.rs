//! Deals that share people: only requests, and looks at queues, are scheduled.
//!
//! Between two of them a deal walks alone. Every request is handled at its own time, in the order
//! of time, so a pool knows at once when work starts and ends, and whether patience lasts. Among
//! things of one instant, deals in process come before new ones, and each in the order in which it
//! was scheduled.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::course::{Course, Resume};
use super::doors::Doors;
use super::events::Events;
use super::journey::{Company, Journey, Pause};
use super::pool::{Chance, Pool};
use super::visit::{Progress, go, stay};
use super::work::{self, Served};
use super::{Deal, Guard, Observer, Opening, Replication, Stop, Walk};
use crate::program::{Action, Desk, Program, Source, Work};
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
    let mut queues = Queues::new(program, walk, guard);
    let open = StreamKey::new(replication.seed, replication.number, "open deals");
    for (ordinal, opening) in openings.iter().enumerate() {
        let slot = queues.slot();
        let deal = opening.deal(program, open, ordinal as u64);
        let course = queues.shared.journey.open(opening, slot);
        queues.walkers[slot] = Walker { deal, course };
        queues.shared.events.push(Instant::ZERO, slot as u32);
    }
    let mut doors = Doors::new(program, replication, observer);
    loop {
        let turn = match queues.shared.events.next_until(doors.next_at) {
            // What lies behind the window's end changes nothing, but must be told.
            Some((now, slot)) => Turn { now, slot, arrives: false },
            None => {
                let Some(deal) = doors.first() else { return Ok(queues.shared.journey.last) };
                let slot = queues.slot();
                // Written part by part: a copy of the whole would wait for what was just stored.
                let walker = &mut queues.walkers[slot];
                walker.course.restart();
                walker.deal = *deal;
                queues.shared.journey.trails.clear(slot);
                let turn = Turn { now: deal.now, slot: slot as u32, arrives: true };
                doors.take(observer);
                turn
            }
        };
        queues.walk(turn, observer)?;
    }
}

/// A deal whose time has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    pub(super) now: Instant,
    pub(super) slot: u32,
    /// It comes to its first stage. No event lies at this instant: deals in process come first.
    pub(super) arrives: bool,
}

/// A deal in process.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walker {
    pub(super) deal: Deal,
    pub(super) course: Course,
}

/// Microseconds between two requests, roughly: a deal makes about four.
fn gap(program: &Program) -> f64 {
    let until = program.sources.iter().map(Source::expected_last_arrival).max().unwrap_or_default();
    let until = until.min(program.window.end);
    until.0 as f64 / (4.0 * program.expected_arrivals()).max(1.0)
}

/// The deals in process by slot, and what they share.
pub(super) struct Queues<'p> {
    pub(super) shared: Shared<'p>,
    pub(super) walkers: Vec<Walker>,
    spare: Vec<u32>,
}

/// What deals share: time, people, and the room in their queues.
pub(super) struct Shared<'p> {
    pub(super) program: &'p Program,
    /// The desks by stage; nobody where all are walked as any other stage.
    desks: &'p [Option<Desk>],
    pub(super) journey: Journey<'p>,
    pub(super) events: Events,
    pub(super) pools: Vec<Pool<'p>>,
    /// When those who wait stop waiting, for roles whose queue is looked at.
    waiting: Vec<BinaryHeap<Reverse<Instant>>>,
    /// The lengths of the queues when they were last looked at.
    lengths: Vec<u64>,
}

impl<'p> Queues<'p> {
    fn new(program: &'p Program, walk: Walk, guard: Guard<'p>) -> Queues<'p> {
        let shared = Shared {
            program,
            desks: if walk == Walk::Fastest { &program.desks } else { &[] },
            journey: Journey::new(program, guard),
            events: Events::new(gap(program)),
            pools: Pool::all(program),
            waiting: vec![BinaryHeap::new(); program.roles.len()],
            lengths: vec![0; program.roles.len()],
        };
        Queues { shared, walkers: Vec::new(), spare: Vec::new() }
    }

    /// A free slot.
    #[inline(always)]
    fn slot(&mut self) -> usize {
        if let Some(slot) = self.spare.pop() { slot as usize } else { self.add_slot() }
    }

    #[cold]
    fn add_slot(&mut self) -> usize {
        self.walkers.push(Walker { deal: Deal::NOBODY, course: Course::new() });
        self.shared.journey.trails.add();
        self.shared.events.add_slot();
        self.walkers.len() - 1
    }

    /// Walks a deal on; its slot is free again where it leaves.
    #[inline(always)]
    fn walk<O: Observer>(&mut self, turn: Turn, observer: &mut O) -> Result<(), Stop> {
        let walker = &mut self.walkers[turn.slot as usize];
        if self.shared.walk_desks(turn, walker, observer)? {
            self.spare.push(turn.slot);
        }
        Ok(())
    }
}

impl<'p> Shared<'p> {
    /// The desk that a stage is, if it is one.
    #[inline(always)]
    pub(super) fn desk(&self, stage: u16) -> Option<&'p Desk> {
        self.desks.get(usize::from(stage))?.as_ref()
    }

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
        let Turn { now, slot, arrives: alone } = turn;
        let slot = slot as usize;
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
            match self.run(slot, deal, course, looked, observer) {
                Pause::Asks if alone && deal.now == now => (asks, looked) = (true, false),
                Pause::Desk(desk) => {
                    self.send_to_desk::<O>(slot as u32, desk, deal, course)?;
                    return Ok(false);
                }
                Pause::Asks | Pause::Looks => {
                    self.events.push(deal.now, slot as u32);
                    return Ok(false);
                }
                Pause::Gone => return Ok(true),
                Pause::Stops(stop) => return Err(stop),
            }
        }
    }

    /// Walks a deal alone.
    #[inline(always)]
    fn run<O: Observer>(
        &mut self,
        slot: usize,
        deal: &mut Deal,
        course: &mut Course,
        looked: bool,
        observer: &mut O,
    ) -> Pause<'p> {
        let company = Company { queues: &self.lengths, desks: self.desks, looked };
        self.journey.run(slot, deal, course, Some(company), observer)
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
        let chance = self.pools[role].first(asked);
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
            self.pools[role].take(&chance, time)
        } else {
            (program.roles[role].first_person, chance.start)
        };
        let Chance { start, clock, working, .. } = chance;
        let queue = chance.queue();
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
