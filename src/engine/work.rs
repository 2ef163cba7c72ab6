//! Work: who does it, from when to when, and what that adds up to.

use super::course::{Course, Split};
use super::observer::{Renege, Task};
use super::{Deal, Observer};
use crate::calendar::WorkingTime;
use crate::program::{Draw, Program, Work};
use crate::quantity::{Instant, nearest};

/// Work that a person takes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Served<'p> {
    /// Index of the person among all people of the program.
    pub(super) person: u32,
    /// The calendar by which the person works.
    pub(super) clock: &'p WorkingTime,
    /// When the deal asked.
    pub(super) asked: Instant,
    /// When work starts.
    pub(super) start: Instant,
    /// When it ends.
    pub(super) end: Instant,
    /// Working time that it takes.
    pub(super) time: i64,
    /// Open time between asking and starting.
    pub(super) queue: i64,
    /// The working time at which it starts.
    pub(super) working: i64,
}

/// How long the work of a visit takes.
#[inline]
pub(super) fn time(time: &Draw, deal: &Deal, number: u64) -> i64 {
    nearest(time.inverse.at(deal.key.word(time.address.visit(number))))
}

/// What working time of a person costs, in hundredths of the currency.
#[inline]
pub(super) fn pay(program: &Program, person: u32, time: i64) -> i64 {
    let per_micro = program.people[person as usize].pay_per_micro;
    if per_micro == 0.0 { 0 } else { nearest(time as f64 * per_micro) }
}

impl<'p> Served<'p> {
    /// By a role that always has somebody: at the next opening.
    fn at_once(program: &'p Program, work: &Work, deal: &Deal, number: u64) -> Served<'p> {
        let role = &program.roles[usize::from(work.role)];
        let clock = &program.clocks[usize::from(role.clock)];
        let time = time(&work.time, deal, number);
        let working = clock.work(deal.now);
        let start = clock.opens(working);
        let end = clock.add(start, time);
        Served {
            person: role.first_person,
            clock,
            asked: deal.now,
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
pub(super) fn does<O: Observer>(
    program: &Program,
    task: u16,
    served: &Served<'_>,
    course: &mut Course,
    deal: &mut Deal,
    observer: &mut O,
) -> bool {
    let end = program.window.end;
    if served.start >= end {
        observer.waits(deal, task, served.asked);
        return false;
    }
    let inside = inside(program, served.clock, served.start, served.end, served.time);
    let answers = !std::mem::replace(&mut course.answered, true);
    deal.cost += pay(program, served.person, served.time);
    deal.worked += served.time;
    let task = Task {
        task,
        person: served.person,
        asked: served.asked,
        started: served.start,
        ended: served.end,
        queue: served.queue,
        time: served.time,
        inside,
        cost: pay(program, served.person, inside),
        answer: answers.then(|| served.working - served.clock.work(deal.arrived)),
        rework: course.number > 1,
    };
    course.split += task.split();
    observer.works(deal, &task);
    deal.now = served.end;
    served.end < end
}

/// Somebody of a role that is never short of people works on a deal; `false` where the window ends
/// before the work does.
#[inline(never)]
pub(super) fn done_at_once<O: Observer>(
    program: &Program,
    work: &Work,
    number: u64,
    course: &mut Course,
    deal: &mut Deal,
    observer: &mut O,
) -> bool {
    let served = Served::at_once(program, work, deal, number);
    does(program, work.task, &served, course, deal, observer)
}

/// Of working time between two instants, what lies within the window.
#[inline]
pub(super) fn inside(
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

/// A deal leaves a queue because nobody came.
pub(super) fn reneges<O: Observer>(
    program: &Program,
    work: &Work,
    asked: Instant,
    course: &mut Course,
    deal: &Deal,
    observer: &mut O,
) {
    let clock = &program.clocks[usize::from(program.roles[usize::from(work.role)].clock)];
    let queue = clock.between(asked, deal.now);
    course.split += Split { processing: 0, queue, off_hours: (deal.now - asked).0 - queue };
    observer.reneges(deal, &Renege { task: work.task, asked, left: deal.now });
}
