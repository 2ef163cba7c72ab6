//! What deals share, and the general walk of a deal from one request to the next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::engine::deal::Resume;
use crate::engine::event::Observer;
use crate::engine::people::{Offer, Pool};
use crate::engine::run::{Guard, Stop, Walk};
use crate::engine::schedule::Schedule;
use crate::engine::steps::visit::{Progress, stay, take};
use crate::engine::steps::work::{self, WorkItem};
use crate::engine::walker::{Before, Walker};
use crate::engine::walks::one_by_one::{Journey, Pause, SharedState};
use crate::program::{Action, Program, SingleTask, Source, Work};
use crate::quantity::Instant;

/// A deal whose time has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct DueEvent {
    pub(super) now: Instant,
    pub(super) slot: u32,
    /// It comes to its first stage. No event lies at this instant: deals in process come first.
    pub(super) arrives: bool,
}

/// Microseconds between two requests, roughly: a deal makes about four.
fn gap(program: &Program) -> f64 {
    let until = program.sources.iter().map(Source::expected_last_arrival).max().unwrap_or_default();
    let until = until.min(program.window.end);
    until.0 as f64 / (4.0 * program.expected_arrivals()).max(1.0)
}

/// What deals share: time, people, and the room in their queues.
pub(super) struct Shared<'p> {
    pub(super) program: &'p Program,
    /// The single tasks by stage; none where all are walked as any other stage.
    single_tasks: &'p [Option<SingleTask>],
    pub(super) journey: Journey<'p>,
    pub(super) schedule: Schedule,
    pub(super) pools: Vec<Pool<'p>>,
    /// When those who wait stop waiting, for roles whose queue is looked at.
    waiting: Vec<BinaryHeap<Reverse<Instant>>>,
    /// The lengths of the queues when they were last looked at.
    lengths: Vec<u64>,
}

impl<'p> Shared<'p> {
    pub(super) fn new(program: &'p Program, walk: Walk, guard: Guard<'p>) -> Shared<'p> {
        Shared {
            program,
            single_tasks: if walk == Walk::Fastest { &program.single_tasks } else { &[] },
            journey: Journey::new(program, guard),
            schedule: Schedule::new(gap(program)),
            pools: Pool::all(program),
            waiting: vec![BinaryHeap::new(); program.roles.len()],
            lengths: vec![0; program.roles.len()],
        }
    }

    /// The single task that a stage is, if it is one.
    #[inline(always)]
    pub(super) fn single(&self, stage: u16) -> Option<&'p SingleTask> {
        self.single_tasks.get(usize::from(stage))?.as_ref()
    }

    /// A deal goes to a single-task stage, where it will ask as soon as it comes.
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

    /// A deal comes to a single-task stage: what does not hang on others is settled.
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
            // The first one stays: times only rise.
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
        due: DueEvent,
        looks: bool,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Result<bool, Stop> {
        let DueEvent { now, slot, arrives: alone } = due;
        let slot = slot as usize;
        let mut asks = walker.token.resume == Resume::Step;
        let mut looked = looks && !asks;
        if looked && self.program.watches {
            self.look(now);
        }
        loop {
            if asks && !self.serve(slot, walker, observer) {
                return Ok(true);
            }
            match self.run(slot, walker, looked, observer) {
                Pause::Asks if alone && walker.token.now == now => (asks, looked) = (true, false),
                Pause::SingleTask(single) => {
                    self.send_to_single::<O>(slot as u32, single, walker)?;
                    return Ok(false);
                }
                Pause::Asks | Pause::Looks => {
                    self.schedule.push(walker.token.now, slot as u32);
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
        walker: &mut Walker,
        looked: bool,
        observer: &mut O,
    ) -> Pause<'p> {
        let others = SharedState { queues: &self.lengths, single_tasks: self.single_tasks, looked };
        self.journey.run(slot, walker, Some(others), observer)
    }

    /// A deal asks for the person of its next step; `false` where it has left.
    #[inline]
    fn serve<O: Observer>(&mut self, slot: usize, walker: &mut Walker, observer: &mut O) -> bool {
        let program = self.program;
        let number = walker.visit_number();
        let Walker { deal, token, visit } = &mut *walker;
        let stage = &program.stages[usize::from(token.stage)];
        let entry = stage.entry.case(visit.case.into());
        let Some(Action::Work(asked_for)) =
            entry.steps.get(usize::from(token.step)).map(|step| &step.action)
        else {
            return true;
        };
        let role = usize::from(asked_for.role);
        let asked = token.now;
        let before = std::mem::take(&mut visit.before);
        let offer = self.pools[role].first(asked);
        let looked_at = program.roles[role].looked_at;
        if let Some(patience) = &entry.patience
            && offer.start > asked
        {
            let step = number.wrapping_add(u64::from(token.step) << 56);
            let until = match before {
                Before::Queued(waited) => patience.time.end_given(program, waited, deal.key, step),
                Before::Nothing | Before::Worked(_) => {
                    patience.time.end(program, asked, deal.key, step)
                }
            };
            if until < offer.start {
                if looked_at {
                    self.waiting[role].push(Reverse(until));
                }
                return self.renege(slot, walker, asked_for, until, observer);
            }
        }
        if looked_at {
            joins(&mut self.waiting[role], asked, offer.start);
        }
        let time = work::time(&asked_for.time, deal, number, before);
        let (person, end) = if offer.start < program.window.end {
            self.pools[role].take(&offer, time)
        } else {
            (program.roles[role].first_person, offer.start)
        };
        let Offer { start, clock, working, .. } = offer;
        let queue = offer.queue();
        let item = WorkItem { person, clock, asked, start, end, time, queue, working };
        if !work::does(program, asked_for.task, &item, walker, observer) {
            stay(program, self.journey.trails.of(slot), walker, observer);
            return false;
        }
        walker.token.step += 1;
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
        let trail = self.journey.trails.of(slot);
        if until >= program.window.end {
            observer.waits(&walker.deal, asked_for.task, walker.token.now);
            stay(program, trail, walker, observer);
            return false;
        }
        let asked = std::mem::replace(&mut walker.token.now, until);
        work::reneges(program, asked_for, asked, walker, observer);
        let stage = &program.stages[usize::from(walker.token.stage)];
        let entry = stage.entry.case(walker.visit.case.into());
        let Some(patience) = &entry.patience else { return false };
        match take(program, &patience.next, patience.next_address, trail, walker, observer) {
            Progress::Left(exit) => !self.journey.arrive_at(slot, exit, walker, observer),
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
