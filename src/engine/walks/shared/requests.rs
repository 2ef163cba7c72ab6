//! Requests for people: how they are answered, and what becomes of the deal.

use std::cmp::Reverse;

use super::state::Shared;
use crate::engine::deal::Resume;
use crate::engine::event::Observer;
use crate::engine::people::{Answer, Offer, Waiting};
use crate::engine::run::Stop;
use crate::engine::schedule::Ticket;
use crate::engine::steps::books;
use crate::engine::steps::visit::{At, Progress, judge_steps, stay, take};
use crate::engine::steps::work::{self, WorkItem};
use crate::engine::walker::{Before, Walker};
use crate::program::{Action, Entry, Program, RoleId, Stage, Work};
use crate::quantity::Instant;

/// What became of a deal that asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Served {
    /// It goes on: its work is done, or it lost patience.
    On,
    /// It waits in a line.
    Waits,
    /// It has left the process, or the window ends.
    Out,
}

impl Served {
    /// What became of it, where it does not wait.
    pub(super) fn on(goes_on: bool) -> Served {
        if goes_on { Served::On } else { Served::Out }
    }
}

/// The work that a deal asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'p> {
    stage: &'p Stage,
    /// The case of the stage's entry to which it belongs.
    entry: &'p Entry,
    work: &'p Work,
}

impl<'p> Request<'p> {
    /// The request of a deal's next step; `None` if that is no work, or all steps are done.
    fn of(program: &'p Program, walker: &Walker) -> Option<Request<'p>> {
        let stage = &program.stages[walker.token.stage];
        let entry = stage.entry.case(walker.visit.case.into());
        match &entry.steps.get(usize::from(walker.token.step))?.action {
            Action::Work(work) => Some(Request { stage, entry, work }),
            Action::Wait(_)
            | Action::Delay(_)
            | Action::Until(_)
            | Action::Sell
            | Action::AwaitPayment => None,
        }
    }

    /// The request of a deal that waits in a line.
    fn waiting(program: &'p Program, walker: &Walker) -> Request<'p> {
        Request::of(program, walker).expect("a deal waits in a line for the work of its next step")
    }
}

/// The slot of the line of a role: lines have the first slots, in the order of the roles.
fn line_slot(role: RoleId) -> u32 {
    u32::from(role.0)
}

impl<'p> Shared<'p> {
    /// A deal asks for the person of its next step, if that is work.
    #[inline]
    pub(super) fn serve<O: Observer>(
        &mut self,
        slot: u32,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Served {
        let program = self.program;
        let Some(request) = Request::of(program, walker) else { return Served::On };
        let role = request.work.role;
        let asked = walker.token.now;
        let patience = || work::patience_ends(program, request.entry.patience.as_ref()?, walker);
        match self.stations[role].ask(asked, patience) {
            Answer::Started(offer) => {
                if program.roles[role].looked_at && offer.start > asked {
                    self.waiting[role].push(Reverse(offer.start));
                }
                Served::on(self.start(request, slot, &offer, walker, observer))
            }
            Answer::Left(until) => {
                if program.roles[role].looked_at {
                    self.waiting[role].push(Reverse(until));
                }
                Served::on(self.renege(request, slot, until, walker, observer))
            }
            Answer::Waiting(until) => {
                walker.token.resume = Resume::Wait;
                let ticket = self.schedule.ticket();
                self.join(role, Waiting { slot, asked, until, ticket });
                Served::Waits
            }
        }
    }

    /// Somebody starts to work on a deal that asked at its time; `false` if the window ends before the work does.
    #[inline]
    fn start<O: Observer>(
        &mut self,
        Request { work: asked_for, .. }: Request<'p>,
        slot: u32,
        offer: &Offer<'p>,
        walker: &mut Walker,
        observer: &mut O,
    ) -> bool {
        let program = self.program;
        let role = asked_for.role;
        let before = std::mem::take(&mut walker.visit.before);
        let time = work::time(&asked_for.time, &walker.deal, walker.visit_number(), before);
        let (person, end) = if offer.start < program.window.end {
            self.stations[role].take(offer, time)
        } else {
            (program.roles[role].first_person, offer.start)
        };
        let Offer { start, clock, working, .. } = *offer;
        let (asked, queue) = (walker.token.now, offer.queue());
        let item = WorkItem { person, clock, asked, start, end, time, queue, working };
        if !work::does(program, asked_for.task, &item, walker, observer) {
            stay(program, self.journey.trails.of(slot as usize), walker, observer);
            return false;
        }
        books::charge(
            program,
            self.journey.trails.of(slot as usize),
            &walker.deal,
            walker.token.now,
        );
        walker.token.step += 1;
        true
    }

    /// A deal loses patience at a time and leaves the queue; `false` if it leaves the process, or the window ends.
    #[inline(never)]
    pub(super) fn renege<O: Observer>(
        &mut self,
        Request { stage, entry, work: asked_for }: Request<'p>,
        slot: u32,
        until: Instant,
        walker: &mut Walker,
        observer: &mut O,
    ) -> bool {
        let program = self.program;
        let trail = self.journey.trails.of(slot as usize);
        walker.visit.before = Before::Nothing;
        if until >= program.window.end {
            observer.waits(&walker.deal, asked_for.task, walker.token.now);
            stay(program, trail, walker, observer);
            return false;
        }
        let asked = std::mem::replace(&mut walker.token.now, until);
        work::reneges(program, asked_for, asked, walker, observer);
        judge_steps(program, stage, walker);
        let patience = entry.patience.as_ref().expect("whoever loses patience has some");
        let at = At { program, stage, trail, queues: &[], run: self.journey.run };
        match take(at, &patience.next, patience.next_address, walker, observer) {
            Progress::Left(exit) => !self.journey.arrive_at(slot as usize, exit, walker, observer),
            Progress::Stays | Progress::Asks => false,
        }
    }

    /// A deal joins the line.
    fn join(&mut self, role: RoleId, waiting: Waiting) {
        let line = self.stations[role].line();
        if let Some(until) = waiting.until {
            self.schedule.push_with(until, waiting.ticket, waiting.slot);
        }
        line.join(waiting);
        if line.count() == 1
            && let Some(start) = line.next_start(waiting.asked)
        {
            self.schedule.push_with(start, Ticket::FIRST, line_slot(role));
        }
    }

    /// A deal leaves the line in which it waits; returns its request, and its place among events of one time.
    pub(super) fn leave_line(&mut self, slot: u32, walker: &Walker) -> (Request<'p>, Ticket) {
        let request = Request::waiting(self.program, walker);
        let line = self.stations[request.work.role].line();
        let ticket = line.leave(slot).ticket;
        if line.count() == 0 {
            self.schedule.cancel(line_slot(request.work.role));
        }
        (request, ticket)
    }

    /// Takes the first deal out of a role's line, if somebody can start on it now.
    ///
    /// If nobody can, the role gets an event at the time when somebody can.
    pub(super) fn next_in_line(
        &mut self,
        role: RoleId,
        now: Instant,
    ) -> Option<(Waiting, Offer<'p>)> {
        let line = self.stations[role].line();
        let next = line.next(now);
        match &next {
            Some((waiting, _)) if waiting.until.is_some() => self.schedule.cancel(waiting.slot),
            Some(_) => {}
            None => {
                if let Some(start) = line.next_start(now) {
                    self.schedule.push_with(start, Ticket::FIRST, line_slot(role));
                }
            }
        }
        next
    }

    /// Somebody starts to work on a deal that waited in a line, and it goes on; `true` where it leaves.
    pub(super) fn end_wait<O: Observer>(
        &mut self,
        (waiting, offer): (Waiting, Offer<'p>),
        walker: &mut Walker,
        observer: &mut O,
    ) -> Result<bool, Stop> {
        walker.token.resume = Resume::Step;
        let request = Request::waiting(self.program, walker);
        if self.start(request, waiting.slot, &offer, walker, observer) {
            self.walk_on(waiting, walker, observer)
        } else {
            Ok(true)
        }
    }
}
