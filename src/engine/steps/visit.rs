//! One visit of one stage: entry, steps, exit. All walks use these three functions.

use super::books::{self, Credit};
use super::work;
use crate::engine::deal::{Deal, Resume, Trail};
use crate::engine::event::{Observer, Posting, Split};
use crate::engine::walker::Walker;
use crate::model::{Phase, Satisfaction};
use crate::program::{Action, End, Exit, Next, Program, Sale, Stage};
use crate::quantity::{Instant, Money, nearest};
use crate::random::key::{Address, DealKey};

/// How far a walk came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Progress {
    /// Out of the stage.
    Left(Exit),
    /// To the end of the window, inside the stage.
    Stays,
    /// To a queue: the deal asks for a person at `token.now`.
    Asks,
}

/// Where a visit takes place, and what it may read.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct At<'a> {
    pub(in crate::engine) program: &'a Program,
    pub(in crate::engine) stage: &'a Stage,
    /// Where the deal has been.
    pub(in crate::engine) trail: Trail<'a>,
    /// The lengths of the roles' queues; none where nobody looked.
    pub(in crate::engine) queues: &'a [u64],
    /// Addresses the draws that hold for the whole replication.
    pub(in crate::engine) run: DealKey,
}

/// Walks a deal through a stage that needs no limited role.
#[inline(always)]
pub(in crate::engine) fn walk_through<O: Observer>(
    at: At<'_>,
    walker: &mut Walker,
    observer: &mut O,
) -> Progress {
    enter(at, walker, observer);
    match steps(at, walker, observer) {
        None => leave(at, walker, observer),
        Some(progress) => progress,
    }
}

/// What happens on entry to `token.stage`: what becomes known, a sale, the cost.
#[inline(always)]
pub(in crate::engine) fn enter<O: Observer>(at: At<'_>, walker: &mut Walker, observer: &mut O) {
    let At { program, stage, trail, queues, .. } = at;
    // Times only rise, so the first one stays.
    let reached = if stage.phase >= Phase::Deal { walker.token.now } else { Instant::NEVER };
    walker.deal.reached_deal = walker.deal.reached_deal.min(reached);
    if !stage.plain {
        learn(program, stage, walker, observer);
    }
    let case = stage.entry.position(&program.calendar, || walker.facts(queues));
    let entry = stage.entry.case(case);
    let mut cost = entry.cost;
    if !stage.plain {
        let number = walker.visit_number();
        cost = walker.deal.learn(program, entry, number);
        if stage.refusals.is_empty() {
            sell_here(at, walker, observer);
        }
        if stage.collects {
            books::reach(program, trail, walker, observer);
        }
    }
    let Walker { deal, token, visit } = walker;
    deal.cost += cost;
    books::charge(program, trail, deal, token.now);
    token.resume = Resume::Step;
    token.step = 0;
    visit.case = case as u16;
    visit.entered = token.now;
    visit.cost = cost;
    visit.split = Split::default();
    observer.enters(deal, token, case);
}

/// What a stage that is not plain asks of a visit before anything is chosen: whether the process is followed, and whether the
/// client has to come again.
#[inline]
fn learn<O: Observer>(program: &Program, stage: &Stage, walker: &mut Walker, observer: &mut O) {
    let (number, now) = (walker.visit_number(), walker.token.now);
    if let Some(followed) = walker.deal.follows(program, stage, number, now) {
        walker.token.followed = followed;
        observer.follows(&walker.deal, &walker.token, followed);
    }
    if let Some(satisfaction) = &stage.satisfaction
        && walker.visit.number > 1
    {
        let deal = &mut walker.deal;
        deal.satisfaction = Satisfaction::moved(deal.satisfaction, satisfaction.revisit);
    }
}

/// Judges the length of a visit when its steps are done, or the deal leaves a queue.
#[inline(always)]
pub(in crate::engine) fn judge_steps(program: &Program, stage: &Stage, walker: &mut Walker) {
    if !stage.plain {
        judge(program, stage, None, walker);
    }
}

/// A visit that has taken longer than the stage's promise disappoints the client, once: unless it was judged before, at this
/// time.
#[inline]
fn judge(program: &Program, stage: &Stage, before: Option<Instant>, walker: &mut Walker) {
    let Walker { deal, token, visit } = walker;
    if let (Some(satisfaction), Some(sla)) = (&stage.satisfaction, &stage.sla)
        && sla.is_late(program, visit.entered, token.now)
        && before.is_none_or(|before| !sla.is_late(program, visit.entered, before))
    {
        deal.satisfaction = Satisfaction::moved(deal.satisfaction, satisfaction.late);
    }
}

/// Walks the steps; `None` when all are done.
#[inline(always)]
pub(in crate::engine) fn steps<O: Observer>(
    at: At<'_>,
    walker: &mut Walker,
    observer: &mut O,
) -> Option<Progress> {
    let At { program, stage, trail, .. } = at;
    let entry = stage.entry.case(walker.visit.case.into());
    // A round begins with the sale: the draws of this stage belong to the new one.
    let mut number = walker.visit_number();
    let end = program.window.end;
    while let Some(step) = entry.steps.get(usize::from(walker.token.step)) {
        let Walker { deal, token, visit } = &mut *walker;
        if step.cost != Money::ZERO {
            if token.now >= end {
                break;
            }
            deal.cost += step.cost;
            books::charge(program, trail, deal, token.now);
            observer.spends(deal, token, step.cost, visit.number > 1);
        }
        match &step.action {
            Action::Wait(wait) => {
                let word = deal.key.word(wait.address.visit(number));
                token.now = token.now.later(nearest(wait.inverse.at(word)));
            }
            Action::Delay(delay) => token.now = delay.end(program, token.now, deal.key, number),
            Action::Sell => {
                if let Some(progress) = sell_on_credit(at, walker, observer) {
                    return Some(progress);
                }
                number = walker.visit_number();
            }
            Action::AwaitPayment => token.now = books::paid(program, trail, token),
            Action::Until(moment) => {
                if token.now < end {
                    token.now = program.calendar.next(token.now, moment.weekday, moment.time);
                }
            }
            Action::Work(work) => {
                if token.now >= end {
                    break;
                }
                if program.roles[work.role].limited {
                    return Some(Progress::Asks);
                }
                if !work::done_at_once(program, work, walker, observer) {
                    return Some(stay(program, trail, walker, observer));
                }
                books::charge(program, trail, &walker.deal, walker.token.now);
            }
        }
        walker.token.step += 1;
    }
    None
}

/// The way out: a branch is drawn and taken.
#[inline(always)]
pub(in crate::engine) fn leave<O: Observer>(
    at: At<'_>,
    walker: &mut Walker,
    observer: &mut O,
) -> Progress {
    let At { program, stage, queues, .. } = at;
    judge_steps(program, stage, walker);
    let next = stage.next.pick(&program.calendar, || walker.facts(queues));
    take(at, next, stage.next_address, walker, observer)
}

/// Draws a branch and takes it, after its delay if it has one. How long the visit took was judged before.
#[inline(always)]
pub(in crate::engine) fn take<O: Observer>(
    at: At<'_>,
    next: &Next,
    address: Address,
    walker: &mut Walker,
    observer: &mut O,
) -> Progress {
    let At { program, stage, trail, run, .. } = at;
    let number = walker.visit_number();
    let Walker { deal, token, .. } = &mut *walker;
    let before = token.now;
    let branch = next.choose_for(deal.key.word(address.visit(number)), run, deal.key);
    if let Some(after) = &branch.after {
        token.now = after.end(program, token.now, deal.key, number);
    }
    let mut exit = branch.exit;
    if !stage.plain
        && !stage.refusals.is_empty()
        && exit == program.end_exit(0)
        && token.now < program.window.end
    {
        match on_credit(program, walker.deal.value, trail, walker, observer) {
            Credit::From(time) => walker.token.now = time,
            Credit::Refused(refusal) => exit = refusal,
        }
    }
    if walker.token.now >= program.window.end {
        return stay(program, trail, walker, observer);
    }
    if !stage.plain {
        judge(program, stage, Some(before), walker);
    }
    go(exit, walker, observer)
}

/// Leaves the stage now.
#[inline(always)]
fn go<O: Observer>(exit: Exit, walker: &mut Walker, observer: &mut O) -> Progress {
    walker.token.resume = Resume::Enter;
    observer.leaves(&walker.deal, &walker.told(exit));
    Progress::Left(exit)
}

/// The window ends while the deal is in the stage.
#[inline(never)]
pub(in crate::engine) fn stay<O: Observer>(
    program: &Program,
    trail: Trail<'_>,
    walker: &mut Walker,
    observer: &mut O,
) -> Progress {
    walker.token.now = program.window.end;
    let deal = &walker.deal;
    observer.stays(deal, &walker.told(Exit(0)), &trail.visited(deal));
    books::close(program, trail, walker, false, observer);
    Progress::Stays
}

/// Books the sale of the stage, if it has one.
#[inline]
fn sell_here<O: Observer>(at: At<'_>, walker: &mut Walker, observer: &mut O) {
    if let Some(sale) = &at.stage.sale {
        sell(at.program, sale, at.trail, walker, observer);
        walker.visit.earlier = walker.deal.worked;
    }
}

/// Books the sale of the stage when the credit limit of the client allows it; else how far the deal comes.
#[inline(never)]
fn sell_on_credit<O: Observer>(
    at: At<'_>,
    walker: &mut Walker,
    observer: &mut O,
) -> Option<Progress> {
    let At { program, stage, trail, .. } = at;
    let end = program.window.end;
    let amount = stage.sale.as_ref().map_or(Money::ZERO, |sale| sale.amount(&walker.deal));
    match on_credit(program, amount, trail, walker, observer) {
        Credit::From(time) if time >= end => Some(stay(program, trail, walker, observer)),
        Credit::From(time) => {
            walker.token.now = time;
            sell_here(at, walker, observer);
            None
        }
        Credit::Refused(refusal) => Some(go(refusal, walker, observer)),
    }
}

/// What the credit limit says of a sale; observers are told where it does not let it pass.
fn on_credit<O: Observer>(
    program: &Program,
    amount: Money,
    trail: Trail<'_>,
    walker: &Walker,
    observer: &mut O,
) -> Credit {
    let now = walker.token.now;
    let credit = books::credit(program, amount, trail, walker);
    if credit != Credit::From(now) {
        observer.posts(&walker.deal, now, Posting::Blocked, amount);
    }
    credit
}

/// Books a sale and starts a new round.
pub(in crate::engine) fn sell<O: Observer>(
    program: &Program,
    sale: &Sale,
    trail: Trail<'_>,
    walker: &mut Walker,
    observer: &mut O,
) {
    let Walker { deal, token, .. } = walker;
    let amount = sale.amount(deal);
    observer.sells(deal, token, amount, &trail.visited(deal));
    books::book(program, amount, trail, walker, observer);
    let Walker { deal, token, .. } = walker;
    deal.sales += 1;
    deal.round_start = token.now;
    if !matches!(sale, Sale::Same) {
        deal.draw_value(program);
    }
}

impl Sale {
    /// What the next sale of a deal books.
    fn amount(&self, deal: &Deal) -> Money {
        match self {
            Sale::Value | Sale::Same => deal.value,
            Sale::Own(own) => {
                let word = deal.key.word(own.address.visit(u64::from(deal.sales)));
                Money(nearest(own.inverse.at(word)))
            }
        }
    }
}

/// Ends a deal: `won` as an end books a sale first, `cancelled` takes the last one back.
#[inline(always)]
pub(in crate::engine) fn end<O: Observer>(
    program: &Program,
    end: usize,
    trail: Trail<'_>,
    walker: &mut Walker,
    observer: &mut O,
) {
    if end == 0 {
        sell(program, &Sale::Same, trail, walker, observer);
    }
    if program.terms.is_some() {
        if matches!(program.ends[end], End::Cancelled(_)) {
            books::cancel(program, trail, walker, observer);
        }
        books::close(program, trail, walker, true, observer);
    }
    let Walker { deal, token, .. } = walker;
    observer.ends(deal, token, end, &trail.visited(deal));
}
