//! How old deals are in each stage: the time since they came, or since their last sale.
//!
//! Only bounds are known: the shortest and the longest way to the stage, and the shortest and the longest visit of it.

use super::durations::Bounds;
use super::reach::Reach;
use crate::model::{Model, Payment};

/// The ages of deals in a stage, in microseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ages {
    pub(super) on_entry: Bounds,
    /// After the steps, when a branch is chosen.
    pub(super) on_exit: Bounds,
}

/// In larger models ages are not looked for: the time grows with the square of the stages.
const MOST_STAGES: usize = 2_000;

/// The ages of the deals in each stage; `None` if some deals begin with an age that is not known, or there are too many stages.
pub(super) fn of(model: &Model) -> Option<Vec<Ages>> {
    let is_large = model.stages.len() > MOST_STAGES;
    if is_large || model.sources.iter().any(|source| source.at_start.is_some()) {
        return None;
    }
    let reach = Reach::of(model, false);
    // A deal that waits for a payment waits longer than its steps.
    let waits = model.terms.iter().any(|term| {
        let waits = |part: &Payment| part.before.is_some();
        term.credit_limit.is_some() || term.payment.iter().any(waits)
    });
    let count = model.stages.len();
    let sells = |at: usize| model.stages[at].sale.is_some();
    let longest = |at: usize| if waits { f64::INFINITY } else { reach.longest_visit(at) };
    let entered = |source: &crate::model::Source| {
        source.enters.as_ref().map_or(0, |(name, _)| model.stage_index(name))
    };
    let mut entry = vec![Bounds { least: f64::INFINITY, most: f64::NEG_INFINITY }; count];
    for at in model.sources.iter().map(entered) {
        entry[at] = Bounds { least: 0.0, most: 0.0 };
    }
    // Each round settles one more stage of every way; what still grows after that goes round in circles.
    for round in 0..2 * count {
        let before = entry.clone();
        for at in 0..count {
            let Bounds { least, most } = if sells(at) && entry[at].least.is_finite() {
                Bounds { least: 0.0, most: 0.0 }
            } else {
                entry[at]
            };
            for (next, time) in reach.following(at) {
                let longer = most + longest(at);
                let next = &mut entry[next];
                next.least = next.least.min(least + time);
                if longer > next.most {
                    next.most = if round < count { longer } else { f64::INFINITY };
                }
            }
        }
        if entry == before {
            break;
        }
    }
    let ages = (0..count).map(|at| {
        let begun = if sells(at) { Bounds { least: 0.0, most: 0.0 } } else { entry[at] };
        let least = begun.least + reach.least_served(at);
        Ages { on_entry: entry[at], on_exit: Bounds { least, most: begun.most + longest(at) } }
    });
    Some(ages.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::DAY_MICROS;

    /// The ages on entry and on exit, in days.
    fn days(text: &str) -> Vec<[f64; 4]> {
        let model = crate::model::load("", text, &[], None).model.unwrap();
        let days = |micros: f64| micros / DAY_MICROS as f64;
        let of = |ages: &Ages| {
            let Ages { on_entry, on_exit } = ages;
            [on_entry.least, on_entry.most, on_exit.least, on_exit.most].map(days)
        };
        super::of(&model).unwrap().iter().map(of).collect()
    }

    #[test]
    fn ages_add_up_along_the_ways_and_begin_anew_with_a_sale() {
        let text = "value: 5\nstages:\n  a: {wait: 1d, next: {b: 50%, c: 20%, lost: rest}}\n  \
                    b: {wait: {uniform: {min: 2d, max: 4d}}, next: {c: 50%, lost: rest}}\n  \
                    c: {sale: true, wait: 3d, next: d}\n  d: {wait: 1d, next: done}\n";
        let ages = days(text);
        assert_eq!(ages[0], [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(ages[1], [1.0, 1.0, 3.0, 5.0]);
        assert_eq!(ages[2], [1.0, 5.0, 3.0, 3.0]);
        assert_eq!(ages[3], [3.0, 3.0, 4.0, 4.0]);
    }

    #[test]
    fn a_loop_and_a_queue_have_no_longest_age() {
        let text = "stages:\n  a: {wait: 1d, next: {b: 50%, lost: rest}}\n  \
                    b: {wait: 2d, next: {a: 20%, won: 30%, lost: rest}}\n";
        let ages = days(text);
        assert_eq!(ages[0], [0.0, f64::INFINITY, 1.0, f64::INFINITY]);
        let text = "roles: {clerk: {people: 1}}\nstages:\n  a: {work: {role: clerk, time: 12h}, next: 50%}\n  \
                    b: {wait: 2d, next: 50%}\n";
        assert_eq!(days(text)[1], [0.5, f64::INFINITY, 2.5, f64::INFINITY]);
    }
}
