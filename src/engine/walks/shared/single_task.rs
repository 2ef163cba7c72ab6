//! Walks deals from one single-task stage to the next: the common case where people are shared.
//!
//! A visit of a [`SingleTask`] is a request, work, perhaps a wait, and an exit. Events and numbers are those of the general walk
//! (`state`), which takes over where a deal comes to another kind of stage, loses patience, or reaches the end of the window.
//! Draws come first, then the request, then the observers, so that the values in use fit into registers.

use super::state::{DueEvent, Shared};
use crate::calendar::WorkingTime;
use crate::engine::deal::Resume;
use crate::engine::event::{Attended, Observer, Split, Task};
use crate::engine::people::{Offer, Station};
use crate::engine::run::Stop;
use crate::engine::steps::visit::stay;
use crate::engine::steps::work;
use crate::engine::walker::Walker;
use crate::program::{Draw, Exit, Patience, Program, SingleTask};
use crate::quantity::{Instant, nearest};

/// How a visit of a single-task stage went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Went {
    /// To another stage.
    On,
    /// Out of the process, or to the end of the window.
    Out,
    /// The general walk must do it: nothing is done yet.
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
    let single = match shared.single(walker.token.stage) {
        Some(single) if due.arrives => {
            shared.enter_single::<O>(due.slot, single, walker)?;
            single
        }
        Some(single) if walker.token.resume == Resume::SingleTask => single,
        _ => return shared.walk(due, true, walker, observer),
    };
    match attend(shared, due, single, walker, observer) {
        Went::On => {}
        Went::Out => return Ok(true),
        Went::Otherwise => {
            single.explain(walker);
            return shared.walk(due, true, walker, observer);
        }
    }
    let Some(single) = shared.single(walker.token.stage) else {
        walker.token.resume = Resume::Enter;
        return shared.walk(due, false, walker, observer);
    };
    shared.send_to_single::<O>(due.slot, single, walker)?;
    Ok(false)
}

/// Somebody works on a deal that asks at a single-task stage now, and it goes on.
#[inline(always)]
fn attend<O: Observer>(
    shared: &mut Shared<'_>,
    due: DueEvent,
    single: &SingleTask,
    walker: &mut Walker,
    observer: &mut O,
) -> Went {
    let program = shared.program;
    let slot = due.slot as usize;
    let number = walker.visit_number();
    let (key, asked) = (walker.deal.key, walker.token.now);
    let draw = |draw: &Draw| nearest(draw.inverse.at(key.word(draw.address.visit(number))));
    let (time, wait) = (draw(&single.time), single.wait.as_ref().map_or(0, draw));
    let word = key.word(single.next_address.visit(number));
    let exit = single.exit.as_ref().map(|next| next.exit(word));
    let Station::Pool(pool) = &mut shared.stations[single.role] else {
        return Went::Otherwise;
    };
    let offer = pool.first(asked);
    if single.loses(program, walker, offer.start) || offer.start >= program.window.end {
        return Went::Otherwise;
    }
    let (person, ended) = pool.take(&offer, time);
    let pay = pool.pay(program, person, time);
    walker.deal.worked += time;
    walker.token.now = if single.wait.is_some() { ended.later(wait) } else { ended };
    let exit = match exit {
        Some(exit) => exit,
        None => single.leave(program, walker, number),
    };

    if O::ONLY_SALES {
        if walker.token.now >= program.window.end {
            return Went::Out;
        }
        let is_out = shared.journey.arrive_at(slot, exit, walker, observer);
        return if is_out { Went::Out } else { Went::On };
    }
    let Walker { deal, token, visit } = &mut *walker;
    deal.cost += pay;
    let answers = !std::mem::replace(&mut visit.answered, true);
    let Offer { start: started, clock, working, .. } = offer;
    let attended = Attended {
        stage: token.stage,
        task: single.task,
        person,
        asked,
        started,
        ended,
        left: token.now,
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
    if asked < program.window.start || token.now >= program.window.end {
        // A copy, so that the visit itself can stay in registers.
        let (attended, task) = (&{ attended }, &in_window(program, clock, &{ attended }));
        observer.works(deal, task);
        if token.now >= program.window.end {
            (visit.entered, visit.cost) = (asked, single.cost);
            visit.split = task.split();
            stay(program, shared.journey.trails.of(slot), walker, observer);
            return Went::Out;
        }
        observer.leaves(deal, &attended.visit());
    } else {
        observer.attends(deal, &attended);
    }
    if shared.journey.arrive_at(slot, exit, walker, observer) { Went::Out } else { Went::On }
}

/// The work of a visit that lies partly outside the window.
#[cold]
fn in_window(program: &Program, clock: &WorkingTime, visit: &Attended) -> Task {
    let inside = work::inside(program, clock, visit.started, visit.ended, visit.time);
    let cost = work::pay(program, visit.person, inside);
    Task { inside, cost, ..visit.task() }
}

impl SingleTask {
    /// The way out, where it depends on the deal or takes time. `token.now` moves from the choice to the exit.
    #[inline(never)]
    fn leave(&self, program: &Program, walker: &mut Walker, number: u64) -> Exit {
        let next = self.next.pick(&program.calendar, || walker.facts(&[]));
        let Walker { deal, token, .. } = walker;
        let branch = next.choose(deal.key.word(self.next_address.visit(number)));
        if let Some(after) = &branch.after {
            token.now = after.end(program, token.now, deal.key, number);
        }
        branch.exit
    }

    /// Whether a deal leaves the queue before anybody can start.
    #[inline(always)]
    fn loses(&self, program: &Program, walker: &Walker, start: Instant) -> bool {
        match &self.patience {
            None => false,
            Some(patience) => loses_patience(program, patience, walker, start),
        }
    }

    /// Fills in what the general walk reads of a deal that has just come.
    #[cold]
    fn explain(&self, walker: &mut Walker) {
        let Walker { token, visit, .. } = walker;
        (token.resume, token.step) = (Resume::Step, 0);
        visit.case = 0;
        (visit.entered, visit.cost) = (token.now, self.cost);
        visit.split = Split::default();
    }
}

/// Whether patience ends before work starts. Not inlined: the compiler would first test whether the deal waits at all, a
/// branch that is hard to predict, also in stages without patience.
#[inline(never)]
fn loses_patience(program: &Program, patience: &Patience, walker: &Walker, start: Instant) -> bool {
    let (asked, number) = (walker.token.now, walker.visit_number());
    start > asked && patience.time.end(program, asked, walker.deal.key, number) < start
}
