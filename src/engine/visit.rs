//! One visit of one stage: the step that both walks share.

use super::deal::nearest;
use super::{Deal, Observer, Passage, Visited};
use crate::model::Phase;
use crate::program::{Exit, Program, Sale, Stage};
use crate::quantity::{Duration, Instant};

/// Which visit it is, and of what.
#[derive(Clone, Copy)]
pub(super) struct Visit<'a> {
    /// The stage's index.
    pub(super) index: u16,
    /// Number of the visit in its round, from 1.
    pub(super) number: u64,
    /// Whether the deal was never here before.
    pub(super) first: bool,
    /// The stages entered so far, this one included.
    pub(super) visited: Visited<'a>,
    /// Time already spent there when the simulation starts; the rest of the first wait is drawn
    /// given that.
    pub(super) spent: Duration,
}

/// Walks a deal through a stage; returns where it goes, or `None` if the window ends before.
#[inline(always)]
#[allow(clippy::inline_always)] // the body must melt into the loop of each walk
pub(super) fn visit<O: Observer>(
    program: &Program,
    stage: &Stage,
    visit: Visit<'_>,
    deal: &mut Deal,
    observer: &mut O,
) -> Option<Exit> {
    let rework = visit.number > 1;
    let entered = deal.now;
    deal.stage = visit.index;
    if stage.phase >= Phase::Deal && deal.reached_deal == Instant::NEVER {
        deal.reached_deal = entered;
    }
    let entry = stage.entry.pick(&program.calendar, || deal.facts(visit.number));
    let number = deal.visit_number(visit.number);
    for draw in &entry.draws {
        deal.draw_attribute(program, draw, number);
    }
    if let Some(value) = &entry.value {
        deal.value = nearest(value.inverse.at(deal.key.word(value.address.visit(number))));
    }
    if let Some(sale) = &stage.sale {
        sell(program, sale, &visit.visited, deal, observer);
    }
    // The rounds are counted from the sale on: the stage's own draws belong to the new one.
    let number = deal.visit_number(visit.number);
    deal.cost += entry.cost.0;
    let mut now = entered;
    for (at, step) in entry.steps.iter().enumerate() {
        if step.cost.0 != 0 {
            if now >= program.window.end {
                break;
            }
            let begun = Deal { now, ..*deal };
            deal.cost += step.cost.0;
            observer.spends(&begun, visit.index, step.cost.0, rework);
        }
        let word = deal.key.word(step.wait.address.visit(number));
        let wait = if at == 0 && visit.spent > Duration::ZERO {
            step.wait.given(word, visit.spent)
        } else {
            step.wait.inverse.at(word)
        };
        now = Instant(now.0.saturating_add(nearest(wait)).min(Instant::NEVER.0));
    }
    deal.now = now;
    let next = stage.next.pick(&program.calendar, || deal.facts(visit.number));
    let branch = next.choose(deal.key.word(stage.next_address.visit(number)));
    if let Some(after) = &branch.after {
        let wait = after.inverse.at(deal.key.word(after.address.visit(number)));
        deal.now = Instant(deal.now.0.saturating_add(nearest(wait)).min(Instant::NEVER.0));
    }
    let mut passage = Passage {
        stage: visit.index,
        entered,
        left: deal.now,
        exit: branch.exit,
        cost: entry.cost.0,
        rework,
        first: visit.first,
    };
    if deal.now >= program.window.end {
        deal.now = program.window.end;
        passage.left = deal.now;
        observer.stays(deal, &passage, &visit.visited);
        return None;
    }
    observer.leaves(deal, &passage);
    Some(branch.exit)
}

/// Books a sale and starts a new round.
pub(super) fn sell<O: Observer>(
    program: &Program,
    sale: &Sale,
    visited: &Visited<'_>,
    deal: &mut Deal,
    observer: &mut O,
) {
    let amount = match sale {
        Sale::Value | Sale::Same => deal.value,
        Sale::Own(own) => {
            nearest(own.inverse.at(deal.key.word(own.address.visit(u64::from(deal.sales)))))
        }
    };
    observer.sells(deal, amount, visited);
    deal.sales += 1;
    deal.round_start = deal.now;
    if !matches!(sale, Sale::Same) {
        deal.draw_value(program);
    }
}

/// Ends a deal: `won` as an end books a sale first.
#[inline]
pub(super) fn end<O: Observer>(
    program: &Program,
    end: usize,
    visited: &Visited<'_>,
    deal: &mut Deal,
    observer: &mut O,
) {
    if end == 0 {
        sell(program, &Sale::Same, visited, deal, observer);
    }
    observer.ends(deal, end, visited);
}
