//! The state that deals share, and the general walk of a deal from one request to the next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::requests::Served;
use crate::engine::deal::Resume;
use crate::engine::event::Observer;
use crate::engine::people::{Station, Waiting};
use crate::engine::run::{Guard, Replication, Stop, Walk};
use crate::engine::schedule::{Schedule, Ticket};
use crate::engine::walker::Walker;
use crate::engine::walks::one_by_one::{Journey, Pause, SharedState};
use crate::program::{Id, Program, RoleId, SingleTask, Source, StageId, Table};
use crate::quantity::Instant;

/// An event that is due.
#[derive(Debug, Clone, Copy)]
pub(super) struct DueEvent {
    pub(super) now: Instant,
    pub(super) slot: u32,
    /// The deal arrives. Then no other event is left at this instant: deals in process come first.
    pub(super) arrives: bool,
}

/// Microseconds between two requests, roughly: a deal makes about four.
fn gap(program: &Program) -> f64 {
    let until = program.sources.iter().map(Source::expected_last_arrival).max().unwrap_or_default();
    let until = until.min(program.window.end);
    until.0 as f64 / (4.0 * program.expected_arrivals()).max(1.0)
}

/// What deals share: time, people and queues.
pub(super) struct Shared<'p> {
    pub(super) program: &'p Program,
    /// The single tasks by stage; none where all are walked as any other stage.
    single_tasks: &'p [Option<SingleTask>],
    pub(super) journey: Journey<'p>,
    pub(super) schedule: Schedule,
    pub(super) stations: Table<RoleId, Station<'p>>,
    /// When those who wait for a pool stop waiting, for roles whose queue is looked at.
    pub(super) waiting: Table<RoleId, BinaryHeap<Reverse<Instant>>>,
    /// The lengths of the queues when they were last looked at.
    lengths: Vec<u64>,
}

impl<'p> Shared<'p> {
    pub(super) fn new(
        program: &'p Program,
        walk: Walk,
        (guard, replication): (Guard<'p>, Replication),
    ) -> Shared<'p> {
        Shared {
            program,
            single_tasks: if walk == Walk::Fastest { &program.single_tasks } else { &[] },
            journey: Journey::new(program, guard, replication),
            schedule: Schedule::new(gap(program)),
            stations: Station::all(program, walk),
            waiting: vec![BinaryHeap::new(); program.roles.len()].into(),
            lengths: vec![0; program.roles.len()],
        }
    }

    /// The single task that a stage is, if it is one.
    #[inline(always)]
    pub(super) fn single(&self, stage: StageId) -> Option<&'p SingleTask> {
        self.single_tasks.get(stage.index())?.as_ref()
    }

    /// Sends a deal to a single-task stage, where it asks for a person on entry.
    #[inline(always)]
    pub(super) fn send_to_single<O: Observer>(
        &mut self,
        slot: u32,
        single: &SingleTask,
        walker: &mut Walker,
    ) -> Result<(), Stop> {
        self.schedule.push(walker.token.now, slot);
        self.enter_single::<O>(slot, single, walker)
    }

    /// Enters a single-task stage: all that does not depend on other deals.
    #[inline(always)]
    pub(super) fn enter_single<O: Observer>(
        &mut self,
        slot: u32,
        single: &SingleTask,
        walker: &mut Walker,
    ) -> Result<(), Stop> {
        let Walker { deal, token, visit } = walker;
        self.journey.count_visit()?;
        let trails = &mut self.journey.trails;
        visit.number = trails.count_visit(slot as usize, single.counter);
        token.resume = Resume::SingleTask;
        if single.is_deal {
            // Times only rise, so the first one stays.
            deal.reached_deal = deal.reached_deal.min(token.now);
        }
        if !O::ONLY_SALES {
            visit.first = trails.mark(slot as usize, token.stage, deal);
            deal.cost += single.cost;
        }
        Ok(())
    }

    /// The lengths of the queues at this instant.
    fn look(&mut self, now: Instant) {
        let queues = self.stations.iter().zip(&mut self.waiting).zip(&mut self.lengths);
        for ((station, waiting), length) in queues {
            if let Station::Line(line) = station {
                *length = line.length(now);
                continue;
            }
            while waiting.peek().is_some_and(|until| until.0 <= now) {
                waiting.pop();
            }
            *length = waiting.len() as u64;
        }
    }

    /// Walks a deal on until its next request, or until it leaves (`true`); where nothing else
    /// happens at this instant, a request that is made at once is served at once.
    ///
    /// `looks`: now is the time at which the deal reads queue lengths.
    #[inline(never)]
    pub(super) fn walk<O: Observer>(
        &mut self,
        due: DueEvent,
        looks: bool,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Result<bool, Stop> {
        let DueEvent { now, slot, arrives: alone } = due;
        let mut asks = matches!(walker.token.resume, Resume::Step | Resume::Wait);
        let mut looked = looks && !asks;
        if looked && self.program.watches {
            self.look(now);
        }
        let mut place = None;
        loop {
            if asks {
                let served = if walker.token.resume == Resume::Wait {
                    let (request, ticket) = self.leave_line(slot, walker);
                    place = Some(ticket);
                    Served::on(self.renege(request, slot, now, walker, observer))
                } else {
                    self.serve(slot, walker, observer)
                };
                match served {
                    Served::On => {}
                    Served::Waits => return Ok(false),
                    Served::Out => return Ok(true),
                }
            }
            match self.run(slot, walker, looked, observer) {
                Pause::Asks if alone && walker.token.now == now => (asks, looked) = (true, false),
                pause => return self.pause::<O>(slot, place, pause, walker),
            }
        }
    }

    /// Walks a deal on that waited in a line; `true` where it leaves.
    pub(super) fn walk_on<O: Observer>(
        &mut self,
        waiting: Waiting,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Result<bool, Stop> {
        let pause = self.run(waiting.slot, walker, false, observer);
        self.pause::<O>(waiting.slot, Some(waiting.ticket), pause, walker)
    }

    /// Schedules a deal that pauses, at its place among those of one time; `true` where it has left.
    #[inline]
    fn pause<O: Observer>(
        &mut self,
        slot: u32,
        place: Option<Ticket>,
        pause: Pause<'p>,
        walker: &mut Walker,
    ) -> Result<bool, Stop> {
        let single = match pause {
            Pause::Gone => return Ok(true),
            Pause::Stops(stop) => return Err(stop),
            Pause::SingleTask(single) => Some(single),
            Pause::Asks | Pause::Looks => None,
        };
        match place {
            Some(ticket) => self.schedule.push_with(walker.token.now, ticket, slot),
            None => self.schedule.push(walker.token.now, slot),
        }
        if let Some(single) = single {
            self.enter_single::<O>(slot, single, walker)?;
        }
        Ok(false)
    }

    /// Walks a deal alone.
    #[inline(always)]
    fn run<O: Observer>(
        &mut self,
        slot: u32,
        walker: &mut Walker,
        looked: bool,
        observer: &mut O,
    ) -> Pause<'p> {
        let others = SharedState { queues: &self.lengths, single_tasks: self.single_tasks, looked };
        self.journey.run(slot as usize, walker, Some(others), observer)
    }
}
