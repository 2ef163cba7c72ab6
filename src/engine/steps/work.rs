//! Work: who does it, from when to when, and what that adds up to.

use crate::calendar::WorkingTime;
use crate::engine::deal::Deal;
use crate::engine::event::{Observer, Renege, Split, Task};
use crate::engine::walker::{Before, Walker};
use crate::program::{Draw, Patience, PersonId, Program, TaskId, Work};
use crate::quantity::{Instant, Money, nearest};

/// Work that a person takes on.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct WorkItem<'p> {
    /// Who works.
    pub(in crate::engine) person: PersonId,
    /// The calendar by which the person works.
    pub(in crate::engine) clock: &'p WorkingTime,
    /// When the deal asked.
    pub(in crate::engine) asked: Instant,
    /// When work starts.
    pub(in crate::engine) start: Instant,
    /// When it ends.
    pub(in crate::engine) end: Instant,
    /// Working time that it takes.
    pub(in crate::engine) time: i64,
    /// Open time between asking and starting.
    pub(in crate::engine) queue: i64,
    /// The working time at which it starts.
    pub(in crate::engine) working: i64,
}

/// How long the work of a visit takes, or what is left of it.
#[inline]
pub(in crate::engine) fn time(time: &Draw, deal: &Deal, number: u64, before: Before) -> i64 {
    let word = deal.key.word(time.address.visit(number));
    match before {
        Before::Worked(done) => nearest(time.given(word, done)) - done.0,
        Before::Nothing | Before::Queued(_) => nearest(time.inverse.at(word)),
    }
}

/// What working time of a person costs.
#[inline]
pub(in crate::engine) fn pay(program: &Program, person: PersonId, time: i64) -> Money {
    let per_micro = program.people[person].pay_per_micro;
    if per_micro == 0.0 { Money::ZERO } else { Money(nearest(time as f64 * per_micro)) }
}

impl<'p> WorkItem<'p> {
    /// By an unlimited role: it starts at the next opening.
    fn at_once(program: &'p Program, work: &Work, walker: &Walker, before: Before) -> WorkItem<'p> {
        let role = &program.roles[work.role];
        let clock = &program.clocks[role.clock];
        let time = time(&work.time, &walker.deal, walker.visit_number(), before);
        let working = clock.work(walker.token.now);
        let start = clock.opens(working);
        let end = clock.add(start, time);
        WorkItem {
            person: role.first_person,
            clock,
            asked: walker.token.now,
            start,
            end,
            time,
            queue: 0,
            working,
        }
    }
}

/// A person works on a deal; `false` where the window ends before the work does.
#[inline]
pub(in crate::engine) fn does<O: Observer>(
    program: &Program,
    task: TaskId,
    item: &WorkItem<'_>,
    walker: &mut Walker,
    observer: &mut O,
) -> bool {
    let Walker { deal, token, visit } = walker;
    let end = program.window.end;
    if item.start >= end {
        observer.waits(deal, task, item.asked);
        return false;
    }
    let inside = inside(program, item.clock, item.start, item.end, item.time);
    let answers = !std::mem::replace(&mut visit.answered, true);
    deal.cost += pay(program, item.person, item.time);
    deal.worked += item.time;
    let task = Task {
        task,
        person: item.person,
        asked: item.asked,
        started: item.start,
        ended: item.end,
        queue: item.queue,
        time: item.time,
        inside,
        cost: pay(program, item.person, inside),
        answer: answers.then(|| item.working - item.clock.work(deal.arrived)),
        rework: visit.number > 1,
    };
    visit.split += task.split();
    observer.works(deal, &task);
    token.now = item.end;
    item.end < end
}

/// Somebody of an unlimited role works on a deal; `false` if the window ends before the work does.
#[inline(never)]
pub(in crate::engine) fn done_at_once<O: Observer>(
    program: &Program,
    work: &Work,
    walker: &mut Walker,
    observer: &mut O,
) -> bool {
    let before = std::mem::take(&mut walker.visit.before);
    let item = WorkItem::at_once(program, work, walker, before);
    does(program, work.task, &item, walker, observer)
}

/// The part of some working time that lies within the window.
#[inline]
pub(in crate::engine) fn inside(
    program: &Program,
    clock: &WorkingTime,
    start: Instant,
    end: Instant,
    time: i64,
) -> i64 {
    let window = program.window;
    if start >= window.start && end <= window.end {
        return time;
    }
    clock.between(start.max(window.start), end.min(window.end)).max(0)
}

/// When a deal that asks now loses patience; `None` if somebody already works on it.
pub(in crate::engine) fn patience_ends(
    program: &Program,
    patience: &Patience,
    walker: &Walker,
) -> Option<Instant> {
    let Walker { deal, token, visit } = walker;
    let number = walker.visit_number().wrapping_add(u64::from(token.step) << 56);
    match visit.before {
        Before::Nothing => Some(patience.time.end(program, token.now, deal.key, number)),
        Before::Queued(waited) => Some(patience.time.end_given(program, waited, deal.key, number)),
        Before::Worked(_) => None,
    }
}

/// A deal leaves a queue because nobody came.
pub(in crate::engine) fn reneges<O: Observer>(
    program: &Program,
    work: &Work,
    asked: Instant,
    walker: &mut Walker,
    observer: &mut O,
) {
    let Walker { deal, token, visit } = walker;
    let clock = &program.clocks[program.roles[work.role].clock];
    let queue = clock.between(asked, token.now);
    visit.split += Split { processing: 0, queue, off_hours: (token.now - asked).0 - queue };
    observer.reneges(deal, &Renege { task: work.task, asked, left: token.now });
}
