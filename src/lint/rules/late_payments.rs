//! Terms by which nothing is paid before the window ends, wherever in it a deal is won.

use crate::diagnostic::{Doubt, Findings};
use crate::model::{Horizon, Model, Payment};
use crate::quantity::{DAY_MICROS, Length};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Horizon::Length(window) = model.horizon else { return };
    // Sales of the warm-up may be paid in the window.
    let warmup = model.warmup.map_or(0.0, Length::nominal_days);
    let days = window.nominal_days() + warmup;
    for term in &model.terms {
        // Of instalments, the first one counts; working time is at least as long by the clock.
        let earliest = |part: &Payment| {
            let delays = part.after.iter().chain(&part.late);
            delays.map(|delay| delay.time.minimum()).sum::<f64>() / DAY_MICROS as f64
        };
        let earliest = term.payment.iter().map(earliest).fold(f64::INFINITY, f64::min);
        if earliest.is_finite() && earliest >= days {
            let spot = term.payment.first().map_or(&term.spot, |part| &part.spot);
            let problem = Doubt::NothingPaid { days: earliest };
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    fn codes(horizon: &str, payment: &str) -> Vec<&'static str> {
        let text = format!(
            "horizon: {horizon}\nvalue: 500\nterms: {{payment: {payment}}}\nstages: {{lead: {{wait: 1d, next: 50%}}}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn payments_behind_the_window_are_found() {
        assert_eq!(codes("3 months", "{after: 300d}"), ["V669"]);
        let both = "[{share: 30%, after: 200d}, {share: rest, after: 10 months}]";
        assert_eq!(codes("3 months", both), ["V669"]);
    }

    #[test]
    fn a_payment_that_may_come_is_enough() {
        assert_eq!(codes("12 months", "{after: 300d}"), [""; 0]);
        // What is kept back until the guarantee ends.
        assert_eq!(codes("3 months", "[{share: 90%}, {share: rest, after: 365d}]"), [""; 0]);
        // Leasing.
        let leasing = "{after: 30d, instalments: {count: 36, every: 1 month}}";
        assert_eq!(codes("12 months", leasing), [""; 0]);
        assert_eq!(codes("3 months", "{after: {exponential: {mean: 300d}}}"), [""; 0]);
    }
}
