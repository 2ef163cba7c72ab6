//! Where in its visit an open deal is of which only the time in its stage is known.
//!
//! Visits are drawn as the model draws them, until one lasts longer than the deal has been there: rejection sampling (von
//! Neumann 1951), so that branches, variants and unknown attributes follow their law given that time. People are taken to be
//! free, because how long the deal stood in queues is not known.

use super::resume::{entered, resume, resume_entered};
use crate::engine::deal::{Deal, Entered, Opening, Standing};
use crate::engine::walker::{Before, Walker};
use crate::program::{Action, Program, Work};
use crate::quantity::{DAY_MICROS, Duration, Instant, nearest};
use crate::random::key::{DealKey, StreamKey};

/// Visits that are drawn before the deal is said to be there longer than the model lets any: one visit in a thousand, or
/// fewer, lasts so long.
const TRIES: u64 = 1_000;

/// Visits that began so long ago have ended.
const LONG_AGO_WEEKS: i64 = 5_200;

/// Visits of which an overdue deal makes the longest.
const FEW: u64 = 20;

/// Bits of a deal's number that are its ordinal; the others count tries.
const ORDINAL: u32 = 32;

/// An open deal in its visit.
pub(in crate::engine) fn place(
    program: &Program,
    opening: &Opening,
    (stream, ordinal): (StreamKey, u64),
    run: DealKey,
) -> Walker {
    let draw = |number: u64| opening.deal(program, stream, ordinal | number << ORDINAL);
    let tries = match opening.standing {
        Standing::Waits(_) | Standing::InWork(_) => return resume(program, opening, draw(0)),
        Standing::Unknown => TRIES,
        Standing::Overdue => FEW,
    };
    if program.stages[opening.stage].only_wait().is_some() {
        let waits = Opening { step: 0, standing: Standing::Waits(opening.entered), ..*opening };
        return resume(program, &waits, draw(0));
    }
    let mut longest = (Duration(-1), 0);
    for number in 0..tries {
        let visit = Visit::draw(program, opening, draw(number), run);
        match visit.now {
            Now::Here => return visit.walker,
            // Its work is longer than usual because it was drawn to be: what lies ahead is drawn anew.
            Now::AtWork(asked) => {
                return queued(program, opening, draw(TRIES), (visit.walker.token.step, asked));
            }
            Now::Gone(left) => {
                let lasted = left - visit.walker.visit.entered;
                longest = longest.max((lasted, number));
            }
        }
    }
    overdue(program, opening, draw(longest.1), run)
}

/// Times from entry to exit of a thousand visits like that of an open deal, if nobody stands in a queue; sorted.
pub fn visit_lengths(program: &Program, opening: &Opening, stream: StreamKey) -> Vec<Duration> {
    // So long ago that all of them have ended, on the same weekday.
    let entered = Duration(LONG_AGO_WEEKS * 7 * DAY_MICROS);
    let begun = Opening { entered, age: entered, ..*opening };
    let length = |number| {
        let deal = begun.deal(program, stream, number);
        match Visit::draw(program, &begun, deal, deal.key).now {
            Now::Gone(left) => left - Instant(-entered.0),
            Now::Here | Now::AtWork(_) => entered,
        }
    };
    let mut lengths: Vec<Duration> = (0..TRIES).map(length).collect();
    lengths.sort();
    lengths
}

/// A deal that is there longer than the model lets any: it stands in a queue if its visit ends with one; otherwise the visit,
/// the longest of those drawn, ends now.
fn overdue(program: &Program, opening: &Opening, deal: Deal, run: DealKey) -> Walker {
    let entered = entered(program, opening, &deal);
    let steps = &program.stages[opening.stage].entry.case(entered.case).steps;
    let is_queue = |work: &Work| program.roles[work.role].limited;
    if let Some(Action::Work(work)) = steps.last().map(|step| &step.action)
        && is_queue(work)
    {
        let last = steps.len() as u16 - 1;
        return queued(program, opening, deal, (last, Instant(-opening.entered.0)));
    }
    let Visit { mut walker, now } = Visit::draw(program, opening, deal, run);
    if let Now::Gone(left) = now {
        let earlier = Instant::ZERO - left;
        walker.token.now = walker.token.now.later(earlier.0);
    }
    walker
}

/// A deal that stands in the queue of a step since some time.
fn queued(
    program: &Program,
    opening: &Opening,
    mut deal: Deal,
    (step, asked): (u16, Instant),
) -> Walker {
    let entered = learn(program, opening, &mut deal);
    let mut walker = resume_entered(program, &Opening { step: 0, ..*opening }, entered, deal);
    walker.token.step = step;
    walker.visit.before = Before::Queued(Instant::ZERO - asked);
    walker
}

/// What the entry to the stage made known of a deal, where it is not known already.
fn learn(program: &Program, opening: &Opening, deal: &mut Deal) -> Entered {
    let entered = entered(program, opening, deal);
    let number = deal.visit_number(opening.visit);
    for draw in &program.stages[opening.stage].entry.case(entered.case).draws {
        deal.draw_unknown(program, draw, number);
    }
    entered
}

/// A visit as it was drawn.
struct Visit {
    /// The deal, at its next step or before its way out.
    walker: Walker,
    now: Now,
}

/// Where a visit has come to when the simulation starts.
enum Now {
    /// In a wait, or in work that nobody queues for.
    Here,
    /// At work that may have a queue, for which it asked at that time.
    AtWork(Instant),
    /// It ended at that time.
    Gone(Instant),
}

impl Visit {
    /// Draws a visit from its entry on.
    fn draw(program: &Program, opening: &Opening, mut deal: Deal, run: DealKey) -> Visit {
        let entered = learn(program, opening, &mut deal);
        let stage = &program.stages[opening.stage];
        let mut walker = resume_entered(program, &Opening { step: 0, ..*opening }, entered, deal);
        walker.token.now = Instant(-opening.entered.0);
        let (key, number) = (walker.deal.key, walker.visit_number());
        let steps = &stage.entry.case(entered.case).steps;
        while let Some(step) = steps.get(usize::from(walker.token.step)) {
            let now = walker.token.now;
            let end = match &step.action {
                Action::Wait(wait) => {
                    let word = key.word(wait.address.visit(number));
                    now.later(nearest(wait.inverse.at(word)))
                }
                Action::Delay(delay) => delay.end(program, now, key, number),
                Action::Until(moment) => program.calendar.next(now, moment.weekday, moment.time),
                Action::Work(work) => {
                    let role = &program.roles[work.role];
                    let clock = &program.clocks[role.clock];
                    let drawn = key.word(work.time.address.visit(number));
                    let start = clock.opens(clock.work(now));
                    let end = clock.add(start, nearest(work.time.inverse.at(drawn)));
                    if role.limited && end > Instant::ZERO {
                        return Visit { walker, now: Now::AtWork(now) };
                    }
                    end
                }
                Action::Sell | Action::AwaitPayment => now,
            };
            walker.token.now = end;
            walker.token.step += 1;
            if end > Instant::ZERO {
                return Visit { walker, now: Now::Here };
            }
        }
        let next = stage.next.pick(&program.calendar, || walker.facts(&[]));
        let branch = next.choose_for(key.word(stage.next_address.visit(number)), run, key);
        let done = walker.token.now;
        let left =
            branch.after.as_ref().map_or(done, |after| after.end(program, done, key, number));
        if stage.watches {
            // It looks at queues when it leaves, and they are known from now on.
            walker.token.now = Instant::ZERO;
        }
        let now = if left > Instant::ZERO { Now::Here } else { Now::Gone(left) };
        Visit { walker, now }
    }
}
