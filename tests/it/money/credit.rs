//! Credit limits, followed by hand: a client buys for 1000 on 3 January and again ten days later.

use voronka::kpi::{Kpi, Scope, Stat};

use super::{close, of, once, value};

/// The deal comes on 2 January and is sold on the 3rd. It comes to its second sale on the 13th, and leaves five days after
/// that is entered.
fn twice(terms: &str) -> String {
    format!(
        "start: 2026-01-01\nhorizon: 10 months\nvalue: 1000\nsources: {{s: {{every: 1d, count: 1}}}}\n\
         terms: {{{terms}}}\nstages:\n  a: {{wait: 1d, next: first}}\n  \
         first: {{sale: true, wait: 10d, next: second}}\n  second: {{sale: true, wait: 5d, next: done}}\n"
    )
}

/// Days from arrival to the end of the deal, and its sales and orders that the limit held or refused.
fn outcome(model: &str) -> (f64, f64, f64) {
    let run = once(model);
    (
        of(&run, Kpi::CycleTime, Stat::Mean, (Scope::Whole, "")),
        value(&run, Kpi::Bookings, Stat::Total) / 1000.0,
        value(&run, Kpi::Blocked, Stat::Count),
    )
}

#[test]
fn a_sale_waits_until_enough_is_paid() {
    // 1000 are paid on 2 February, 30 days after the sale; the second sale waits from 13 January until then.
    let run = once(&twice("credit_limit: 1500, payment: {after: 30d}"));
    close(value(&run, Kpi::Blocked, Stat::Count), 1.0, "one order is held");
    close(value(&run, Kpi::Blocked, Stat::Total), 1000.0, "its value");
    close(value(&run, Kpi::Bookings, Stat::Total), 2000.0, "both are sold in the end");
    // Never more than 1000 is owed: 30 days, and 30 days again.
    close(value(&run, Kpi::Receivables, Stat::Mean), 60.0 * 1000.0 / 304.0, "receivables");
    close(value(&run, Kpi::TimeToCash, Stat::Mean), f64::midpoint(31.0, 61.0), "time to cash");
}

#[test]
fn a_limit_that_is_not_reached_changes_nothing() {
    let held = outcome(&twice("credit_limit: 2000, payment: {after: 30d}"));
    assert_eq!(held, (16.0, 2.0, 0.0));
    let free = twice("payment: {after: 30d}");
    close(value(&once(&free), Kpi::Bookings, Stat::Total), 2000.0, "without a limit");
}

#[test]
fn what_is_paid_in_advance_does_not_count() {
    // 400 of each sale are owed: 800 in all while the first is not paid.
    let parts = "payment: [{share: 60%}, {share: rest, after: 30d}]";
    assert_eq!(outcome(&twice(&format!("credit_limit: 800, {parts}"))), (16.0, 2.0, 0.0));
    assert_eq!(outcome(&twice(&format!("credit_limit: 799, {parts}"))), (36.0, 2.0, 1.0));
}

#[test]
fn part_payments_free_the_limit_step_by_step() {
    // 500 on 23 January, 500 on 12 February. With 1500 the first part is enough, with 1499 both are needed.
    let parts = "payment: [{share: 50%, after: 20d}, {share: rest, after: 40d}]";
    assert_eq!(outcome(&twice(&format!("credit_limit: 1500, {parts}"))), (26.0, 2.0, 1.0));
    assert_eq!(outcome(&twice(&format!("credit_limit: 1499, {parts}"))), (46.0, 2.0, 1.0));
}

#[test]
fn an_order_above_the_limit_alone_is_refused_with_a_reason() {
    for (limit, reason) in
        [("900", "credit limit"), ("{amount: 900, reason: too large}", "too large")]
    {
        let run = once(&twice(&format!("credit_limit: {limit}, payment: {{after: 30d}}")));
        close(value(&run, Kpi::Blocked, Stat::Count), 1.0, "it is counted");
        close(value(&run, Kpi::Bookings, Stat::Total), 0.0, "nothing is sold");
        close(of(&run, Kpi::LossTable, Stat::Count, (Scope::Reason, reason)), 1.0, reason);
    }
}

#[test]
fn a_debt_that_is_written_off_frees_the_limit_on_its_due_date() {
    let terms = "credit_limit: 1500, payment: {after: 30d, unpaid: 100%}";
    assert_eq!(outcome(&twice(terms)), (36.0, 2.0, 1.0));
}

#[test]
fn a_debt_that_never_falls_due_refuses_the_next_sale() {
    let model = twice("credit_limit: 1500, payment: {at: third}")
        .replace("next: done}", "next: third}\n  third: {next: done}");
    let run = once(&model);
    close(value(&run, Kpi::Bookings, Stat::Total), 1000.0, "the first sale only");
    close(of(&run, Kpi::ChurnTable, Stat::Count, (Scope::Reason, "credit limit")), 1.0, "refused");
}

#[test]
fn won_as_an_end_waits_in_the_stage_before_it() {
    let model = twice("credit_limit: 1500, payment: {after: 30d}")
        .replace("next: second}", "next: second}\n  ")
        .replace("second: {sale: true, wait: 5d, next: done}", "second: {wait: 5d, next: won}");
    let run = once(&model);
    // It would be won on 18 January and waits until 2 February.
    close(of(&run, Kpi::CycleTime, Stat::Mean, (Scope::Whole, "")), 31.0, "cycle time");
    close(value(&run, Kpi::Bookings, Stat::Total), 2000.0, "both");
    let refused = once(&model.replace("credit_limit: 1500", "credit_limit: 999"));
    close(value(&refused, Kpi::Bookings, Stat::Total), 0.0, "refused at its first sale");
}

#[test]
fn sales_that_wait_at_the_end_of_the_window_are_not_made() {
    let run = once(&twice("credit_limit: 1500, payment: {after: 400d}"));
    close(value(&run, Kpi::Bookings, Stat::Total), 1000.0, "the second is still held");
    close(value(&run, Kpi::OpenAtEnd, Stat::Count), 1.0, "the deal is open");
}

#[test]
fn deals_that_are_there_at_the_start_go_on_with_their_wait() {
    // A deal of the start was sold before: it is not sold again, and its wait is not begun again.
    let model = "start: 2026-01-01\nhorizon: 100 days\nvalue: 1000\n\
                 sources: {s: {every: 1000d, at_start: 200, enters: order}}\n\
                 terms: {credit_limit: 1500, payment: {after: 30d}}\nstages:\n  \
                 order: {sale: true, wait: {uniform: {min: 0d, max: 40d}}, next: done}\n";
    let run = once(model);
    close(value(&run, Kpi::Bookings, Stat::Total), 0.0, "nothing is sold again");
    // The residual of a uniform wait of 0 to 40 days is 40/3 days on average; the sd of the mean of 200 is 0.67 days.
    let left = value(&run, Kpi::OpenDeals, Stat::Mean) * 100.0 / 200.0;
    assert!((left - 40.0 / 3.0).abs() < 5.0 * 0.67, "{left}"); // 6e-7 by the normal law
}
