//! From one single-task stage to the next: the common walk of deals that share people.
//!
//! A visit of a [`SingleTask`] is a request, work, perhaps a wait, and a way out. The events and numbers are those of the
//! general walk (`shared`), which goes on wherever a deal comes to another kind of stage, loses patience, or meets the end
//! of the window; here nothing is asked that such a stage has answered before. What chance decides is drawn first, then
//! the people are asked, then it is told: so little is at hand at a time that it stays in registers.

use super::state::{DueEvent, Shared, Walker};
use crate::calendar::WorkingTime;
use crate::engine::deal::Deal;
use crate::engine::event::{Attended, Observer, Split, Task};
use crate::engine::people::Offer;
use crate::engine::run::Stop;
use crate::engine::steps::visit::stay;
use crate::engine::steps::work;
use crate::engine::visit_state::{Resume, VisitState};
use crate::program::{Draw, Exit, Program, SingleTask};
use crate::quantity::{Instant, nearest};

/// How a visit of a single-task stage went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Went {
    /// To another stage.
    On,
    /// Out of the process, or to the end of the window.
    Out,
    /// As the general walk says: nothing is done yet.
    Otherwise,
}

/// Walks a deal on until its next request, or until it leaves (`true`).
#[inline(always)]
pub(super) fn walk<O: Observer>(
    shared: &mut Shared<'_>,
    due: DueEvent,
    walker: &mut Walker,
    observer: &mut O,
) -> Result<bool, Stop> {
    let Walker { deal, visit } = walker;
    let single = match shared.single(deal.stage) {
        Some(single) if due.arrives => {
            shared.enter_single::<O>(due.slot, single, deal, visit)?;
            single
        }
        Some(single) if visit.resume == Resume::SingleTask => single,
        _ => return shared.walk(due, true, walker, observer),
    };
    match attend(shared, due, single, deal, visit, observer) {
        Went::On => {}
        Went::Out => return Ok(true),
        Went::Otherwise => {
            single.explain(deal, visit);
            return shared.walk(due, true, walker, observer);
        }
    }
    let Some(single) = shared.single(deal.stage) else {
        visit.resume = Resume::Enter;
        return shared.walk(due, false, walker, observer);
    };
    shared.send_to_single::<O>(due.slot, single, deal, visit)?;
    Ok(false)
}

/// Somebody works on a deal that asks at a single-task stage now, and it goes on.
#[inline(always)]
fn attend<O: Observer>(
    shared: &mut Shared<'_>,
    due: DueEvent,
    single: &SingleTask,
    deal: &mut Deal,
    visit: &mut VisitState,
    observer: &mut O,
) -> Went {
    let program = shared.program;
    let slot = due.slot as usize;
    let number = deal.visit_number(visit.number.into());
    let draw = |draw: &Draw| nearest(draw.inverse.at(deal.key.word(draw.address.visit(number))));
    let (time, wait) = (draw(&single.time), single.wait.as_ref().map_or(0, draw));
    let word = deal.key.word(single.next_address.visit(number));
    let exit = single.exit.as_ref().map(|next| next.exit(word));
    let asked = deal.now;
    let pool = &mut shared.pools[usize::from(single.role)];
    let offer = pool.first(asked);
    if single.loses(program, deal, number, offer.start) || offer.start >= program.window.end {
        return Went::Otherwise;
    }
    let (person, ended) = pool.take(&offer, time);
    let pay = pool.pay(program, person, time);
    deal.worked += time;
    deal.now = if single.wait.is_some() { ended.later(wait) } else { ended };
    let exit = match exit {
        Some(exit) => exit,
        None => single.leave(program, deal, visit, number),
    };

    if O::ONLY_SALES {
        if deal.now >= program.window.end {
            return Went::Out;
        }
        let is_out = shared.journey.arrive_at(slot, exit, deal, observer);
        return if is_out { Went::Out } else { Went::On };
    }
    deal.cost += pay;
    let answers = !std::mem::replace(&mut visit.answered, true);
    let Offer { start: started, clock, working, .. } = offer;
    let attended = Attended {
        stage: deal.stage,
        task: single.task,
        person,
        asked,
        started,
        ended,
        left: deal.now,
        queue: offer.queue(),
        time,
        pay,
        cost: single.cost,
        exit,
        answer: answers.then(|| {
            let at_once = deal.arrived == asked;
            if at_once { offer.queue() } else { working - clock.work(deal.arrived) }
        }),
        rework: visit.number > 1,
        first: visit.first,
    };
    if asked < program.window.start || deal.now >= program.window.end {
        // A copy, so that the visit itself need not stand in memory.
        let (attended, task) = (&{ attended }, &in_window(program, clock, &{ attended }));
        observer.works(deal, task);
        if deal.now >= program.window.end {
            (visit.entered, visit.cost) = (asked, single.cost);
            visit.split = task.split();
            stay(program, visit, shared.journey.trails.of(slot), deal, observer);
            return Went::Out;
        }
        observer.leaves(deal, &attended.visit());
    } else {
        observer.attends(deal, &attended);
    }
    if shared.journey.arrive_at(slot, exit, deal, observer) { Went::Out } else { Went::On }
}

/// The work of a visit that lies partly outside the window.
#[cold]
fn in_window(program: &Program, clock: &WorkingTime, visit: &Attended) -> Task {
    let inside = work::inside(program, clock, visit.started, visit.ended, visit.time);
    let cost = work::pay(program, visit.person, inside);
    Task { inside, cost, ..visit.task() }
}

impl SingleTask {
    /// The way out, where it hangs on the deal or takes time: `deal.now` is when it is chosen, then
    /// when the deal leaves.
    #[inline(never)]
    fn leave(&self, program: &Program, deal: &mut Deal, visit: &VisitState, number: u64) -> Exit {
        let facts = || deal.facts(visit.number.into(), visit.earlier, &[]);
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
    fn explain(&self, deal: &Deal, visit: &mut VisitState) {
        visit.resume = Resume::Step;
        (visit.case, visit.step) = (0, 0);
        (visit.entered, visit.cost) = (deal.now, self.cost);
        visit.split = Split::default();
    }
}
