//! Resumes an open deal in the middle of a visit; nothing of the visit is done again.

use crate::engine::deal::{Deal, Entered, Opening, Resume, Standing, Token};
use crate::engine::walker::{Before, VisitState, Walker};
use crate::program::{Action, Facts, Program};
use crate::quantity::{Instant, nearest};

/// An open deal in the middle of its visit. If it waits for no person, its time is the end of the wait.
pub(in crate::engine) fn resume(program: &Program, opening: &Opening, deal: Deal) -> Walker {
    resume_entered(program, opening, entered(program, opening, &deal), deal)
}

/// How a deal entered the stage in which it is.
pub(super) fn entered(program: &Program, opening: &Opening, deal: &Deal) -> Entered {
    let entered = Instant(-opening.entered.0);
    let stage = &program.stages[opening.stage];
    let number = deal.visit_number(opening.visit);
    let followed = deal.follows(program, stage, number, entered).unwrap_or(false);
    let facts = || Facts { followed, ..deal.facts(entered, opening.visit, 0, &[]) };
    Entered { case: stage.entry.position(&program.calendar, facts), followed }
}

/// The same for a deal of which it is known how it entered.
pub(in crate::engine) fn resume_entered(
    program: &Program,
    opening: &Opening,
    Entered { case, followed }: Entered,
    deal: Deal,
) -> Walker {
    let stage = &program.stages[opening.stage];
    let entered = Instant(-opening.entered.0);
    let number = deal.visit_number(opening.visit);
    let mut visit = VisitState {
        number: opening.visit as u32,
        first: opening.visit == 1 && opening.sales == 0,
        answered: true,
        entered,
        case: case as u16,
        ..VisitState::new()
    };
    let start = Token::before(opening.stage, Instant::ZERO);
    let entry = stage.entry.case(case);
    // It was sold on entry, and what it owes is not known: it waits for no payment.
    let step = opening.step + entry.money_steps();
    let mut token = Token { step, resume: Resume::Step, followed, ..start };
    match (entry.steps.get(usize::from(step)).map(|step| &step.action), opening.standing) {
        (Some(Action::Work(_)), Standing::Waits(queued)) => visit.before = Before::Queued(queued),
        (Some(Action::Work(_)), Standing::InWork(done)) => visit.before = Before::Worked(done),
        (Some(Action::Wait(wait)), Standing::Waits(passed)) => {
            let word = deal.key.word(wait.address.visit(number));
            token.now = Instant::ZERO.later(nearest(wait.given(word, passed)) - passed.0);
            token.step += 1;
        }
        (Some(Action::Delay(delay)), Standing::Waits(passed)) => {
            token.now = delay.end_given(program, passed, deal.key, number);
            token.step += 1;
        }
        (Some(Action::Until(moment)), Standing::Waits(_)) => {
            token.now = program.calendar.next(token.now, moment.weekday, moment.time);
            token.step += 1;
        }
        // Nobody works in a wait: it begins now.
        (Some(_), Standing::InWork(_) | Standing::Unknown | Standing::Overdue)
        | (Some(Action::Sell | Action::AwaitPayment) | None, _) => {}
    }
    Walker { deal, token, visit }
}

/// Open deals in the order in which they are handled: those that somebody works on, then those who wait longest, then those of
/// which only the time in the stage is known, the longest first.
pub(in crate::engine) fn in_order(openings: &[Opening]) -> Vec<(usize, &Opening)> {
    let mut order: Vec<(usize, &Opening)> = openings.iter().enumerate().collect();
    order.sort_by_key(|(_, opening)| match opening.standing {
        Standing::InWork(done) => (0, -done.0),
        Standing::Waits(since) => (1, -since.0),
        Standing::Unknown | Standing::Overdue => (2, -opening.entered.0),
    });
    order
}
