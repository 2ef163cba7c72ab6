//! From desk to desk: the common walk of deals that share people.
//!
//! At a [`Desk`] a visit is a request, work, perhaps a wait, and a way out. The events and numbers
//! are those of the general walk (`queues`), which goes on wherever a deal comes to another kind of
//! stage, loses patience, or meets the end of the window; here nothing is asked that a desk has
//! answered before.

use super::course::{Course, Resume, Split};
use super::pool::Chance;
use super::queues::{Shared, Turn, Walker};
use super::visit::stay;
use super::work::{self, Served};
use super::{Deal, Observer, Passage, Stop};
use crate::program::Desk;
use crate::quantity::nearest;

/// How a visit of a desk went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attended {
    /// To another stage.
    On,
    /// Out of the process, or to the end of the window.
    Gone,
    /// As the general walk says: nothing is done yet.
    Otherwise,
}

impl Shared<'_> {
    /// Walks a deal on until its next request, or until it leaves (`true`).
    #[inline(always)]
    pub(super) fn walk_desks<O: Observer>(
        &mut self,
        turn: Turn,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Result<bool, Stop> {
        let Turn { slot, now, arrives: alone } = turn;
        let desks = self.desks;
        let mut looks = true;
        loop {
            let Walker { deal, course } = walker;
            let Some(Some(desk)) = desks.get(usize::from(deal.stage)) else { break };
            if course.resume == Resume::Enter {
                if !self.journey.may_visit() {
                    return Err(Stop::EventLimit);
                }
                let nth = self.journey.trails.visit(slot, deal.stage, desk.counter, deal);
                (course.number, course.first) = (nth.of_round, nth.first);
                course.resume = Resume::Step;
                desk.costs(deal);
                if !alone || deal.now != now {
                    self.events.push(deal.now, slot as u32);
                    return Ok(false);
                }
            }
            match self.attend(slot, desk, walker, observer) {
                Attended::On => looks = false,
                Attended::Gone => return Ok(true),
                Attended::Otherwise => {
                    desk.explain(&walker.deal, &mut walker.course);
                    break;
                }
            }
        }
        self.walk(turn, looks, walker, observer)
    }

    /// Somebody works on a deal that asks for it now, and it goes on.
    #[inline(always)]
    fn attend<O: Observer>(
        &mut self,
        slot: usize,
        desk: &Desk,
        walker: &mut Walker,
        observer: &mut O,
    ) -> Attended {
        let program = self.program;
        let Walker { deal, course } = walker;
        let asked = deal.now;
        let pool = &mut self.pools[usize::from(desk.role)];
        let chance = pool.first(&program.clocks, asked);
        let number = deal.visit_number(course.number.into());
        let leaves = desk.patience.as_ref().is_some_and(|patience| {
            chance.start > asked
                && patience.time.end(program, asked, deal.key, number) < chance.start
        });
        if leaves || chance.start >= program.window.end {
            return Attended::Otherwise;
        }
        let time = work::time(&desk.time, deal, number);
        let (person, end) = pool.take(&program.clocks, &chance, time);
        let Chance { start, queue, clock, working, .. } = chance;
        let served = Served { person, clock, asked, start, end, time, queue, working };
        let task = work::takes_on(program, desk.task, &served, course, deal);
        deal.now = end;
        if let Some(wait) = &desk.wait {
            let wait = wait.inverse.at(deal.key.word(wait.address.visit(number)));
            deal.now = deal.now.later(nearest(wait));
        }
        let facts = || deal.facts(course.number.into(), course.earlier, &[]);
        let next = desk.next.pick(&program.calendar, facts);
        let branch = next.choose(deal.key.word(desk.next_address.visit(number)));
        if let Some(after) = &branch.after {
            deal.now = after.end(program, deal.now, deal.key, number);
        }
        if deal.now >= program.window.end {
            observer.works(deal, &task);
            desk.explain(deal, course);
            (course.entered, course.split) = (asked, task.split());
            stay(program, course, self.journey.trails.of(slot), deal, observer);
            return Attended::Gone;
        }
        let exit = branch.exit;
        let passage = Passage {
            stage: deal.stage,
            entered: asked,
            left: deal.now,
            exit,
            cost: desk.cost,
            rework: task.rework,
            first: course.first,
            split: task.split(),
        };
        observer.attends(deal, &task, &passage);
        course.resume = Resume::Enter;
        course.spent.0 = 0;
        if self.journey.arrive_at(slot, exit, deal, observer) {
            Attended::Gone
        } else {
            Attended::On
        }
    }
}

impl Desk {
    /// A deal comes.
    #[inline(always)]
    fn costs(&self, deal: &mut Deal) {
        if self.is_deal {
            // The first one stays: times only rise.
            deal.reached_deal = deal.reached_deal.min(deal.now);
        }
        deal.cost += self.cost;
    }

    /// Writes down what the general walk wants to know of a deal that came now.
    #[cold]
    fn explain(&self, deal: &Deal, course: &mut Course) {
        (course.case, course.step) = (0, 0);
        (course.entered, course.cost) = (deal.now, self.cost);
        course.split = Split::default();
    }
}
