//! One visit of one stage: entry, steps, exit. Every walk makes its visits of these three.

use super::work;
use crate::engine::deal::{Deal, Trail};
use crate::engine::event::{Observer, Split, Visit};
use crate::engine::visit_state::{Resume, VisitState};
use crate::model::Phase;
use crate::program::{Action, Exit, Program, Sale, Stage};
use crate::quantity::{Instant, nearest};

/// How far a walk came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Progress {
    /// Out of the stage.
    Left(Exit),
    /// The window ends before.
    Stays,
    /// To a queue: the deal asks for a person at `deal.now`.
    Asks,
}

/// Where a visit takes place, and what can be looked at there.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct At<'a> {
    pub(in crate::engine) program: &'a Program,
    pub(in crate::engine) stage: &'a Stage,
    /// Where the deal has been.
    pub(in crate::engine) trail: Trail<'a>,
    /// The lengths of the roles' queues; none where nobody looked.
    pub(in crate::engine) queues: &'a [u64],
}

/// Walks a deal through a stage at which nobody limited works.
#[inline(always)]
pub(in crate::engine) fn walk_through<O: Observer>(
    at: At<'_>,
    visit: &mut VisitState,
    deal: &mut Deal,
    observer: &mut O,
) -> Progress {
    enter(at, visit, deal, observer);
    match steps(at, visit, deal, observer) {
        None => leave(at, visit, deal, observer),
        Some(progress) => progress,
    }
}

/// What happens on entry to `deal.stage`: what becomes known, a sale, the cost.
#[inline(always)]
pub(in crate::engine) fn enter<O: Observer>(
    at: At<'_>,
    visit: &mut VisitState,
    deal: &mut Deal,
    observer: &mut O,
) {
    let At { program, stage, trail, queues } = at;
    // The first one stays: times only rise.
    let reached = if stage.phase >= Phase::Deal { deal.now } else { Instant::NEVER };
    deal.reached_deal = deal.reached_deal.min(reached);
    let facts = || deal.facts(visit.number.into(), visit.earlier, queues);
    let case = stage.entry.position(&program.calendar, facts);
    let entry = stage.entry.case(case);
    if !stage.plain {
        let number = deal.visit_number(visit.number.into());
        for draw in &entry.draws {
            deal.draw_attribute(program, draw, number);
        }
        if let Some(value) = &entry.value {
            deal.value = nearest(value.inverse.at(deal.key.word(value.address.visit(number))));
        }
        if let Some(sale) = &stage.sale {
            sell(program, sale, trail, deal, observer);
            visit.earlier = deal.worked;
        }
    }
    deal.cost += entry.cost.0;
    visit.resume = Resume::Step;
    visit.case = case as u16;
    visit.step = 0;
    visit.entered = deal.now;
    visit.cost = entry.cost.0;
    visit.split = Split::default();
}

/// Walks the steps; `None` when all are done.
#[inline(always)]
pub(in crate::engine) fn steps<O: Observer>(
    at: At<'_>,
    visit: &mut VisitState,
    deal: &mut Deal,
    observer: &mut O,
) -> Option<Progress> {
    let At { program, stage, trail, .. } = at;
    let entry = stage.entry.case(visit.case.into());
    // The rounds are counted from the sale on: the stage's own draws belong to the new one.
    let number = deal.visit_number(visit.number.into());
    let end = program.window.end;
    while let Some(step) = entry.steps.get(usize::from(visit.step)) {
        if step.cost.0 != 0 {
            if deal.now >= end {
                break;
            }
            deal.cost += step.cost.0;
            observer.spends(deal, step.cost.0, visit.number > 1);
        }
        match &step.action {
            Action::Wait(wait) => {
                let word = deal.key.word(wait.address.visit(number));
                deal.now = deal.now.later(nearest(wait.inverse.at(word)));
            }
            Action::Delay(delay) => deal.now = delay.end(program, deal.now, deal.key, number),
            Action::Until(moment) => {
                if deal.now < end {
                    deal.now = program.calendar.next(deal.now, moment.weekday, moment.time);
                }
            }
            Action::Work(work) => {
                if deal.now >= end {
                    break;
                }
                if program.roles[usize::from(work.role)].limited {
                    return Some(Progress::Asks);
                }
                if !work::done_at_once(program, work, number, visit, deal, observer) {
                    return Some(stay(program, visit, trail, deal, observer));
                }
            }
        }
        visit.step += 1;
    }
    None
}

/// The way out: a branch is drawn and taken.
#[inline(always)]
pub(in crate::engine) fn leave<O: Observer>(
    at: At<'_>,
    visit: &mut VisitState,
    deal: &mut Deal,
    observer: &mut O,
) -> Progress {
    let At { program, stage, trail, queues } = at;
    let number = deal.visit_number(visit.number.into());
    let facts = || deal.facts(visit.number.into(), visit.earlier, queues);
    let next = stage.next.pick(&program.calendar, facts);
    let branch = next.choose(deal.key.word(stage.next_address.visit(number)));
    if let Some(after) = &branch.after {
        deal.now = after.end(program, deal.now, deal.key, number);
    }
    go(program, branch.exit, visit, trail, deal, observer)
}

/// Takes a way out.
#[inline(always)]
pub(in crate::engine) fn go<O: Observer>(
    program: &Program,
    exit: Exit,
    visit: &mut VisitState,
    trail: Trail<'_>,
    deal: &mut Deal,
    observer: &mut O,
) -> Progress {
    if deal.now >= program.window.end {
        return stay(program, visit, trail, deal, observer);
    }
    visit.resume = Resume::Enter;
    observer.leaves(deal, &told(visit, deal, exit));
    Progress::Left(exit)
}

/// The window ends while the deal is in the stage.
#[inline(never)]
pub(in crate::engine) fn stay<O: Observer>(
    program: &Program,
    visit: &VisitState,
    trail: Trail<'_>,
    deal: &mut Deal,
    observer: &mut O,
) -> Progress {
    deal.now = program.window.end;
    observer.stays(deal, &told(visit, deal, 0), &trail.visited(deal));
    Progress::Stays
}

fn told(visit: &VisitState, deal: &Deal, exit: Exit) -> Visit {
    Visit {
        stage: deal.stage,
        entered: visit.entered,
        left: deal.now,
        exit,
        cost: visit.cost,
        rework: visit.number > 1,
        first: visit.first,
        split: visit.split,
    }
}

/// Books a sale and starts a new round.
pub(in crate::engine) fn sell<O: Observer>(
    program: &Program,
    sale: &Sale,
    trail: Trail<'_>,
    deal: &mut Deal,
    observer: &mut O,
) {
    let amount = match sale {
        Sale::Value | Sale::Same => deal.value,
        Sale::Own(own) => {
            nearest(own.inverse.at(deal.key.word(own.address.visit(u64::from(deal.sales)))))
        }
    };
    observer.sells(deal, amount, &trail.visited(deal));
    deal.sales += 1;
    deal.round_start = deal.now;
    if !matches!(sale, Sale::Same) {
        deal.draw_value(program);
    }
}

/// Ends a deal: `won` as an end books a sale first.
#[inline]
pub(in crate::engine) fn end<O: Observer>(
    program: &Program,
    end: usize,
    trail: Trail<'_>,
    deal: &mut Deal,
    observer: &mut O,
) {
    if end == 0 {
        sell(program, &Sale::Same, trail, deal, observer);
    }
    observer.ends(deal, end, &trail.visited(deal));
}
