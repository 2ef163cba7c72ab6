//! Promises from one stage to another, by hand.

use voronka::kpi::{Kpi, Scope, Stat};

use super::{close, of, once};

/// Four deals, one a day from 2 January on, asked at once. The offer comes after 3 days; the last deal is open at the end of
/// the window, 5 days after it was asked, still without one.
#[test]
fn a_promise_covers_deals_that_are_there_or_past_the_time() {
    let model = |within: &str| {
        once(&format!(
            "start: 2026-01-01\nhorizon: 10d\nsources: {{s: {{every: 1d, count: 4}}}}\n\
             attributes: {{kind: {{a: 100%}}}}\n\
             promises: [{{name: offer, from: asked, to: offer, within: {within}}}]\n\
             stages:\n  asked: {{wait: 3d, next: offer, variants: [{{when: {{date: {{at_least: 2026-01-05}}}}, wait: 30d}}]}}\n  \
             offer: {{wait: 1d, next: won}}\n"
        ))
    };
    let kept =
        |within: &str| of(&model(within), Kpi::PromiseKept, Stat::Share, (Scope::Promise, "offer"));
    // The fourth deal came on 5 January and has waited 6 days when the window ends.
    close(kept("3d"), 3.0 / 4.0, "it is past three days");
    close(kept("5d"), 3.0 / 4.0, "it is past five days");
    close(kept("6d"), 1.0, "six days are not over: it is not covered");
    close(kept("2d"), 0.0, "nobody has an offer in two days");
    let between = of(&model("3d"), Kpi::TimeBetween, Stat::Mean, (Scope::Promise, "offer"));
    close(between, 3.0, "those that got there took three days");
}

/// From Friday 10:00 to Monday 11:00 by the calendar: nine working hours on Friday less one, and two on Monday.
#[test]
fn working_time_is_that_of_the_first_calendar() {
    let kept = |within: &str| {
        let run = once(&format!(
            "start: 2026-01-09\nhorizon: 10d\nsources: {{s: {{every: 10h, count: 1}}}}\n\
             calendars: {{office: {{hours: {{mon-fri: \"09:00-18:00\"}}}}}}\n\
             promises: [{{name: offer, from: asked, to: offer, within: {within}}}]\n\
             stages:\n  asked: {{wait: 73h, next: offer}}\n  offer: {{wait: 1d, next: won}}\n"
        ));
        of(&run, Kpi::PromiseKept, Stat::Share, (Scope::Promise, "offer"))
    };
    close(kept("10 working hours"), 1.0, "ten hours");
    close(kept("9 working hours"), 0.0, "nine hours");
}
