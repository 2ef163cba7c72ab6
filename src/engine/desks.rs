//! From desk to desk: the common walk of deals that share people.
//!
//! At a [`Desk`] a visit is a request, work, perhaps a wait, and a way out. The events and numbers
//! are those of the general walk (`queues`), which goes on wherever a deal comes to another kind of
//! stage, loses patience, or meets the end of the window; here nothing is asked that a desk has
//! answered before. What chance decides is drawn first, then the people are asked, then it is told:
//! so little is at hand at a time that it stays in registers.

use super::course::{Course, Resume, Split};
use super::pool::Chance;
use super::queues::{Shared, Turn, Walker};
use super::visit::stay;
use super::work;
use super::{Attended, Deal, Observer, Stop, Task};
use crate::calendar::WorkingTime;
use crate::program::{Desk, Draw, Exit, Program};
use crate::quantity::{Instant, nearest};

/// How a visit of a desk went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Went {
    /// To another stage.
    On,
    /// Out of the process, or to the end of the window.
    Out,
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
        let Walker { deal, course } = walker;
        let desk = match self.desk(deal.stage) {
            Some(desk) if turn.arrives => {
                self.enter_desk::<O>(turn.slot, desk, deal, course)?;
                desk
            }
            Some(desk) if course.resume == Resume::Desk => desk,
            _ => return self.walk(turn, true, walker, observer),
        };
        match self.attend(turn, desk, deal, course, observer) {
            Went::On => {}
            Went::Out => return Ok(true),
            Went::Otherwise => {
                desk.explain(deal, course);
                return self.walk(turn, true, walker, observer);
            }
        }
        let Some(desk) = self.desk(deal.stage) else {
            course.resume = Resume::Enter;
            return self.walk(turn, false, walker, observer);
        };
        self.send_to_desk::<O>(turn.slot, desk, deal, course)?;
        Ok(false)
    }

    /// A deal goes to a desk, where it will ask as soon as it comes.
    #[inline(always)]
    pub(super) fn send_to_desk<O: Observer>(
        &mut self,
        slot: u32,
        desk: &Desk,
        deal: &mut Deal,
        course: &mut Course,
    ) -> Result<(), Stop> {
        self.events.push(deal.now, slot);
        self.enter_desk::<O>(slot, desk, deal, course)
    }

    /// A deal comes to a desk: what does not hang on others is settled.
    #[inline(always)]
    fn enter_desk<O: Observer>(
        &mut self,
        slot: u32,
        desk: &Desk,
        deal: &mut Deal,
        course: &mut Course,
    ) -> Result<(), Stop> {
        self.journey.count_visit()?;
        let trails = &mut self.journey.trails;
        course.number = trails.count_visit(slot as usize, desk.counter);
        course.resume = Resume::Desk;
        if desk.is_deal {
            // The first one stays: times only rise.
            deal.reached_deal = deal.reached_deal.min(deal.now);
        }
        if !O::ONLY_SALES {
            course.first = trails.mark(slot as usize, deal.stage, deal);
            deal.cost += desk.cost;
        }
        Ok(())
    }

    /// Somebody works on a deal that asks at a desk now, and it goes on.
    #[inline(always)]
    fn attend<O: Observer>(
        &mut self,
        turn: Turn,
        desk: &Desk,
        deal: &mut Deal,
        course: &mut Course,
        observer: &mut O,
    ) -> Went {
        let program = self.program;
        let slot = turn.slot as usize;
        let number = deal.visit_number(course.number.into());
        let draw =
            |draw: &Draw| nearest(draw.inverse.at(deal.key.word(draw.address.visit(number))));
        let (time, wait) = (draw(&desk.time), desk.wait.as_ref().map_or(0, draw));
        let word = deal.key.word(desk.next_address.visit(number));
        let exit = desk.exit.as_ref().map(|next| next.exit(word));
        let asked = deal.now;
        let pool = &mut self.pools[usize::from(desk.role)];
        let chance = pool.first(asked);
        if desk.loses(program, deal, number, chance.start) || chance.start >= program.window.end {
            return Went::Otherwise;
        }
        let (person, ended) = pool.take(&chance, time);
        let pay = pool.pay(program, person, time);
        deal.worked += time;
        deal.now = if desk.wait.is_some() { ended.later(wait) } else { ended };
        let exit = match exit {
            Some(exit) => exit,
            None => desk.leave(program, deal, course, number),
        };

        if O::ONLY_SALES {
            if deal.now >= program.window.end {
                return Went::Out;
            }
            let is_out = self.journey.arrive_at(slot, exit, deal, observer);
            return if is_out { Went::Out } else { Went::On };
        }
        deal.cost += pay;
        let answers = !std::mem::replace(&mut course.answered, true);
        let Chance { start: started, clock, working, .. } = chance;
        let visit = Attended {
            stage: deal.stage,
            task: desk.task,
            person,
            asked,
            started,
            ended,
            left: deal.now,
            queue: chance.queue(),
            time,
            pay,
            cost: desk.cost,
            exit,
            answer: answers.then(|| {
                let at_once = deal.arrived == asked;
                if at_once { chance.queue() } else { working - clock.work(deal.arrived) }
            }),
            rework: course.number > 1,
            first: course.first,
        };
        if asked < program.window.start || deal.now >= program.window.end {
            // A copy, so that the visit itself need not stand in memory.
            let (visit, task) = (&{ visit }, &in_window(program, clock, &{ visit }));
            observer.works(deal, task);
            if deal.now >= program.window.end {
                (course.entered, course.cost) = (asked, desk.cost);
                course.split = task.split();
                stay(program, course, self.journey.trails.of(slot), deal, observer);
                return Went::Out;
            }
            observer.leaves(deal, &visit.passage());
        } else {
            observer.attends(deal, &visit);
        }
        if self.journey.arrive_at(slot, exit, deal, observer) { Went::Out } else { Went::On }
    }
}

/// The work of a visit that lies partly outside the window.
#[cold]
fn in_window(program: &Program, clock: &WorkingTime, visit: &Attended) -> Task {
    let inside = work::inside(program, clock, visit.started, visit.ended, visit.time);
    let cost = work::pay(program, visit.person, inside);
    Task { inside, cost, ..visit.task() }
}

impl Desk {
    /// The way out, where it hangs on the deal or takes time: `deal.now` is when it is chosen, then
    /// when the deal leaves.
    #[inline(never)]
    fn leave(&self, program: &Program, deal: &mut Deal, course: &Course, number: u64) -> Exit {
        let facts = || deal.facts(course.number.into(), course.earlier, &[]);
        let next = self.next.pick(&program.calendar, facts);
        let branch = next.choose(deal.key.word(self.next_address.visit(number)));
        if let Some(after) = &branch.after {
            deal.now = after.end(program, deal.now, deal.key, number);
        }
        branch.exit
    }

    /// Whether a deal leaves the queue before anybody can start.
    #[inline(always)]
    fn loses(&self, program: &Program, deal: &Deal, number: u64, start: Instant) -> bool {
        self.patience.as_ref().is_some_and(|patience| {
            start > deal.now && patience.time.end(program, deal.now, deal.key, number) < start
        })
    }

    /// Writes down what the general walk wants to know of a deal that came now.
    #[cold]
    fn explain(&self, deal: &Deal, course: &mut Course) {
        course.resume = Resume::Step;
        (course.case, course.step) = (0, 0);
        (course.entered, course.cost) = (deal.now, self.cost);
        course.split = Split::default();
    }
}
