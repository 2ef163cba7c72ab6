//! Where an open deal goes on: in the middle of a visit, with nothing of it done again.

use crate::engine::deal::{Deal, Opening, Standing};
use crate::engine::visit_state::{Before, Resume, VisitState};
use crate::program::{Action, Program};
use crate::quantity::{Instant, nearest};

/// The state of an open deal's visit. Where it waits for no person, `deal.now` becomes the end of its wait.
pub(in crate::engine) fn resume(
    program: &Program,
    opening: &Opening,
    deal: &mut Deal,
) -> VisitState {
    let stage = &program.stages[usize::from(opening.stage)];
    let entered = Instant(-opening.entered.0);
    let number = deal.visit_number(opening.visit);
    let facts = || Deal { now: entered, ..*deal }.facts(opening.visit, 0, &[]);
    let case = stage.entry.position(&program.calendar, facts);
    let mut visit = VisitState {
        number: opening.visit as u32,
        resume: Resume::Step,
        first: opening.visit == 1 && opening.sales == 0,
        answered: true,
        entered,
        case: case as u16,
        step: opening.step,
        ..VisitState::new()
    };
    let entry = stage.entry.case(case);
    match (entry.steps.get(usize::from(opening.step)).map(|step| &step.action), opening.standing) {
        (Some(Action::Work(_)), Standing::Waits(queued)) => visit.before = Before::Queued(queued),
        (Some(Action::Work(_)), Standing::InWork(done)) => visit.before = Before::Worked(done),
        (Some(Action::Wait(wait)), Standing::Waits(passed)) => {
            let word = deal.key.word(wait.address.visit(number));
            deal.now = Instant::ZERO.later(nearest(wait.given(word, passed)) - passed.0);
            visit.step += 1;
        }
        (Some(Action::Delay(delay)), Standing::Waits(passed)) => {
            deal.now = delay.end_given(program, passed, deal.key, number);
            visit.step += 1;
        }
        (Some(Action::Until(moment)), Standing::Waits(_)) => {
            deal.now = program.calendar.next(deal.now, moment.weekday, moment.time);
            visit.step += 1;
        }
        // Nobody works in a wait: it begins now.
        (Some(_), Standing::InWork(_)) | (None, _) => {}
    }
    visit
}

/// Open deals in the order in which they are handled: those that somebody works on, then those who wait longest.
pub(in crate::engine) fn in_order(openings: &[Opening]) -> Vec<(usize, &Opening)> {
    let mut order: Vec<(usize, &Opening)> = openings.iter().enumerate().collect();
    order.sort_by_key(|(_, opening)| match opening.standing {
        Standing::InWork(done) => (0, -done.0),
        Standing::Waits(since) => (1, -since.0),
    });
    order
}
