//! Requests for people: how they are answered, and what becomes of the deal.

use std::cmp::Reverse;

use super::state::Shared;
use crate::engine::deal::Resume;
use crate::engine::event::Observer;
use crate::engine::people::{Answer, Offer, Station, Waiting};
use crate::engine::run::Stop;
use crate::engine::schedule::Ticket;
use crate::engine::steps::visit::{At, Progress, stay, take};
use crate::engine::steps::work::{self, WorkItem};
use crate::engine::walker::{Before, Walker};
use crate::program::{Action, Entry, Program, RoleId, Work};
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

/// The work of a deal's next step, and the case of the stage's entry to which it belongs.
fn request<'p>(program: &'p Program, walker: &Walker) -> Option<(&'p Entry, &'p Work)> {
    let stage = &program.stages[walker.token.stage];
    let entry = stage.entry.case(walker.visit.case.into());
    match &entry.steps.get(usize::from(walker.token.step))?.action {
        Action::Work(work) => Some((entry, work)),
        _ => None,
    }
}

/// The slot of the line of a role: lines have the first slots, in the order of the roles.
fn line_slot(role: RoleId) -> u32 {
    u32::from(role.0)
}

impl<'p> Shared<'p> {
    /// A deal asks for the person of its next step.
    #[inline]
    pub(super) fn serve<O: Observer>(
        &mut self,
        slot: u32,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Served {
        let program = self.program;
        let Some((entry, work)) = request(program, walker) else { return Served::On };
        let role = work.role;
        let asked = walker.token.now;
        let patience = || work::patience_ends(program, entry.patience.as_ref()?, walker);
        match self.stations[role].ask(asked, patience) {
            Answer::Started(offer) => {
                if program.roles[role].looked_at && offer.start > asked {
                    self.waiting[role].push(Reverse(offer.start));
                }
                self.start(slot, &offer, walker, observer)
            }
            Answer::Left(until) => {
                if program.roles[role].looked_at {
                    self.waiting[role].push(Reverse(until));
                }
                self.renege(slot, until, walker, observer)
            }
            Answer::Waiting(until) => {
                walker.token.resume = Resume::Wait;
                let ticket = self.schedule.ticket();
                self.join(role, Waiting { slot, asked, until, ticket });
                Served::Waits
            }
        }
    }

    /// Somebody starts to work on a deal that asked at its time.
    #[inline]
    fn start<O: Observer>(
        &mut self,
        slot: u32,
        offer: &Offer<'p>,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Served {
        let program = self.program;
        let Some((_, asked_for)) = request(program, walker) else { return Served::On };
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
            return Served::Out;
        }
        walker.token.step += 1;
        Served::On
    }

    /// A deal loses patience at a time and leaves the queue.
    #[inline(never)]
    pub(super) fn renege<O: Observer>(
        &mut self,
        slot: u32,
        until: Instant,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Served {
        let program = self.program;
        let Some((entry, asked_for)) = request(program, walker) else { return Served::On };
        let trail = self.journey.trails.of(slot as usize);
        walker.visit.before = Before::Nothing;
        if until >= program.window.end {
            observer.waits(&walker.deal, asked_for.task, walker.token.now);
            stay(program, trail, walker, observer);
            return Served::Out;
        }
        let asked = std::mem::replace(&mut walker.token.now, until);
        work::reneges(program, asked_for, asked, walker, observer);
        let Some(patience) = &entry.patience else { return Served::Out };
        let stage = &program.stages[walker.token.stage];
        let at = At { program, stage, trail, queues: &[] };
        match take(at, &patience.next, patience.next_address, walker, observer) {
            Progress::Left(exit)
                if !self.journey.arrive_at(slot as usize, exit, walker, observer) =>
            {
                Served::On
            }
            _ => Served::Out,
        }
    }

    /// A deal joins the line.
    fn join(&mut self, role: RoleId, waiting: Waiting) {
        let Station::Line(line) = &mut self.stations[role] else { return };
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

    /// A deal leaves the line in which it waits; returns its place among events of one time.
    pub(super) fn leave_line(&mut self, slot: u32, walker: &Walker) -> Option<Ticket> {
        let role = request(self.program, walker)?.1.role;
        let Station::Line(line) = &mut self.stations[role] else { return None };
        let waiting = line.leave(slot)?;
        if line.count() == 0 {
            self.schedule.cancel(line_slot(role));
        }
        Some(waiting.ticket)
    }

    /// Takes the first deal out of a role's line, if somebody can start on it now.
    ///
    /// If nobody can, the role gets an event at the time when somebody can.
    pub(super) fn next_in_line(
        &mut self,
        role: RoleId,
        now: Instant,
    ) -> Option<(Waiting, Offer<'p>)> {
        let Station::Line(line) = &mut self.stations[role] else { return None };
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
        match self.start(waiting.slot, &offer, walker, observer) {
            Served::On => self.walk_on(waiting, walker, observer),
            Served::Waits | Served::Out => Ok(true),
        }
    }
}
