//! Deals followed by hand. The comment above each model says what happens on which day.

use voronka::kpi::{Key, Kpi, Scope, Span, Stat};
use voronka::study::{Period, TimelineMeasure};

use super::{close, of, once, value};

/// One deal: it comes on 2 January, is sold on the 3rd for 1000, pays 300 on the 6th. It reaches the delivery
/// on the 23rd, so that 700 are due on 2 February and paid on the 7th. It leaves on 4 February.
fn sale(terms: &str, end: &str) -> String {
    format!(
        "start: 2026-01-01\nhorizon: 10 months\nvalue: 1000\nsources: {{s: {{every: 1d, count: 1, cost: 9}}}}\n\
         terms: {{margin: 30%, {terms}payment: [{{share: 30%, after: 3d}}, \
         {{share: rest, at: delivery, after: 10d, late: 5d}}]}}\n\
         stages:\n  a: {{wait: 1d, next: order}}\n  order: {{sale: true, wait: 20d, cost: 7, next: delivery}}\n  \
         delivery: {{wait: 12d, next: {end}}}\n"
    )
}

const DAYS: f64 = 304.0;

#[test]
fn a_sale_is_paid_in_parts() {
    let run = once(&sale("", "done"));
    close(value(&run, Kpi::CashIn, Stat::Total), 1000.0, "cash");
    close(value(&run, Kpi::Margin, Stat::Total), 300.0, "margin");
    // 1000 for 3 days, then 700 for 32.
    close(value(&run, Kpi::Receivables, Stat::Mean), (3000.0 + 700.0 * 32.0) / DAYS, "receivables");
    close(value(&run, Kpi::Receivables, Stat::AtEnd), 0.0, "receivables at the end");
    close(value(&run, Kpi::Dso, Stat::Mean), (3000.0 + 700.0 * 32.0) / 1000.0, "dso");
    let overdue = 700.0 * 5.0 / (3000.0 + 700.0 * 32.0);
    close(value(&run, Kpi::Overdue, Stat::Share), overdue, "overdue");
    // From arrival on 2 January, and from the sale on the 3rd, to 7 February.
    close(value(&run, Kpi::TimeToCash, Stat::Mean), 36.0, "time to cash");
    let from_sale = Key::new(Kpi::TimeToCash, Stat::Mean).span(Span::FromSale);
    close(run.value(&from_sale).unwrap(), 35.0, "from the sale");
    // Margin less the cost of the order; what came before the sale does not count.
    close(value(&run, Kpi::LifetimeValue, Stat::Mean), 293.0, "lifetime value");
    close(value(&run, Kpi::Profit, Stat::Total), 300.0 - 7.0 - 9.0, "profit");
    // The sale of the third day makes the profit positive for good.
    close(value(&run, Kpi::BreakEven, Stat::Mean), 3.0, "break-even");
}

#[test]
fn a_cancelled_sale_is_taken_back_but_for_what_is_kept() {
    let run = once(&sale("keeps: 50%, commission: 5%, ", "{cancelled: {regret: rest}}"));
    close(value(&run, Kpi::Bookings, Stat::Total), 1000.0, "bookings are gross");
    close(value(&run, Kpi::Cancelled, Stat::Total), 1000.0, "cancelled");
    let count = of(&run, Kpi::Cancelled, Stat::Count, (Scope::Reason, "regret"));
    close(count, 1.0, "cancelled for a reason");
    // Half of the 300 goes back; the 700 of 7 February never come.
    close(value(&run, Kpi::CashIn, Stat::Total), 150.0, "cash");
    close(value(&run, Kpi::Margin, Stat::Total), 150.0, "what is kept is margin");
    close(value(&run, Kpi::Commission, Stat::Total), 0.0, "commission is taken back");
    close(value(&run, Kpi::Receivables, Stat::AtEnd), 0.0, "nothing is owed");
    // 1000 for 3 days, then 700 until 4 February; overdue since the 2nd.
    let owed = 3000.0 + 700.0 * 29.0;
    close(value(&run, Kpi::Receivables, Stat::Mean), owed / DAYS, "receivables");
    close(value(&run, Kpi::Overdue, Stat::Share), 1400.0 / owed, "overdue");
    assert!(run.find(&Key::new(Kpi::TimeToCash, Stat::Mean)).unwrap().n == 0);
    // It was won, and stays won.
    close(value(&run, Kpi::WinRate, Stat::Share), 1.0, "win rate");
    close(value(&run, Kpi::LifetimeValue, Stat::Mean), 150.0 - 7.0, "lifetime value");
    let month = |measure, at: usize| {
        run.timeline.of(Period::Month, measure).nth(at).map(|row| row.mean).unwrap()
    };
    close(month(TimelineMeasure::Margin, 0), 300.0, "margin of January");
    close(month(TimelineMeasure::Margin, 1), -150.0, "margin of February");
    close(month(TimelineMeasure::CostCommission, 0), 50.0, "commission of January");
    close(month(TimelineMeasure::CostCommission, 1), -50.0, "commission of February");
    close(month(TimelineMeasure::Receivables, 0), 700.0, "owed on 31 January");
    close(month(TimelineMeasure::CashToDate, 0), 300.0, "received by 31 January");
    close(month(TimelineMeasure::CashToDate, 9), 150.0, "received by the end");
}

#[test]
fn lifetime_value_is_discounted_to_the_first_sale() {
    let text = sale("commission: 5%, ", "{cancelled: {regret: rest}}") + "discount: 10%/year\n";
    let run = once(&text);
    // On the day of the sale: margin, commission, the cost of the order. 32 days later all but the cost go back.
    let later = 1.1_f64.powf(-32.0 / 365.0);
    let found = value(&run, Kpi::LifetimeValue, Stat::Mean);
    // Kept in hundredths.
    assert!((found - (243.0 - 250.0 * later)).abs() <= 0.005, "{found}");
}

#[test]
fn a_commission_on_payment_follows_the_money() {
    let terms = "commission: {share: 10%, of: margin, on: payment}, ";
    let run = once(&sale(terms, "done"));
    close(value(&run, Kpi::Commission, Stat::Total), 30.0, "a tenth of the margin");
    let month = |at: usize| {
        let mut rows = run.timeline.of(Period::Month, TimelineMeasure::CostCommission);
        rows.nth(at).map(|row| row.mean).unwrap()
    };
    close(month(0), 9.0, "with the first part");
    close(month(1), 21.0, "with the second");
}

#[test]
fn what_is_never_paid_is_written_off_when_due() {
    // 600 in three instalments, due on 12 January, February and March: after 10, 41 and 69 days, none of them ever paid.
    let run = once(
        "start: 2026-01-01\nhorizon: 6 months\nvalue: 1000\nsources: {s: {every: 1d, count: 1}}\n\
         terms: {margin: 30%, payment: [{share: 40%}, {share: rest, after: 10d, unpaid: 100%, \
         instalments: {count: 3, every: 1 month}}]}\nstages: {a: {next: won}}\n",
    );
    close(value(&run, Kpi::Unpaid, Stat::Total), 600.0, "unpaid");
    close(value(&run, Kpi::CashIn, Stat::Total), 400.0, "cash");
    let owed = 200.0 * (10.0 + 41.0 + 69.0) / 181.0;
    close(value(&run, Kpi::Receivables, Stat::Mean), owed, "receivables");
    close(value(&run, Kpi::Receivables, Stat::AtEnd), 0.0, "nothing is owed any more");
}

#[test]
fn a_stage_waits_for_the_payment_before_it() {
    // Sold on 2 January; the prepayment comes 15 days later, and the work of 10 days begins only then.
    let run = once(
        "start: 2026-01-01\nhorizon: 6 months\nvalue: 1000\nsources: {s: {every: 1d, count: 1}}\n\
         terms: {payment: [{share: 60%, after: 15d, before: making}, {share: rest, at: handover}]}\n\
         stages:\n  order: {sale: true, wait: 1d, next: making}\n  making: {wait: 10d, next: handover}\n  \
         handover: {wait: 2d, next: done}\n",
    );
    let making = Key::new(Kpi::TimeInStage, Stat::Mean).stage("making");
    close(run.value(&making).unwrap(), 24.0, "14 days of waiting, 10 of work");
    close(value(&run, Kpi::CycleTime, Stat::Mean), 1.0 + 24.0 + 2.0, "from arrival to the end");
    // Paid in full at the handover, 25 days after the sale.
    close(value(&run, Kpi::TimeToCash, Stat::Mean), 25.0, "time to cash");
}

#[test]
fn terms_are_those_of_the_first_case_that_fits() {
    let run = once(
        "start: 2026-01-01\nhorizon: 30d\nvalue: 1000\nattributes: {kind: {small: 100%}}\n\
         sources: {a: {every: 1d, count: 2}, b: {every: 1d, count: 3, attributes: {kind: {big: 100%}}}}\n\
         terms: [{when: {kind: big}, margin: 10%, demand: {hours: 5}}, {margin: 50%, demand: {hours: {amount: 2, \
         after: 1d}, steel: 3}}]\ncapacity: {hours: 1/day}\nstages: {s: {next: won}}\n",
    );
    close(value(&run, Kpi::Margin, Stat::Total), 2.0 * 500.0 + 3.0 * 100.0, "margin");
    let item = |name, stat| of(&run, Kpi::Demand, stat, (Scope::Item, name));
    close(item("hours", Stat::Total), 2.0 * 2.0 + 3.0 * 5.0, "hours");
    close(item("steel", Stat::Total), 6.0, "steel");
    close(item("hours", Stat::Load), 19.0 / 30.0, "load");
    // All of it falls into the first whole week, from 5 January on? No: it falls before, in the week of the 1st.
    close(item("hours", Stat::AboveCapacity), 0.0, "no whole week is short");
}

#[test]
fn costs_of_all_kinds_meet_in_the_profit() {
    let run = once(
        "start: 2026-01-01\nhorizon: 2 months\nvalue: 1000\nsources: {s: {every: 1d, count: 3, cost: 5}}\n\
         roles: {clerk: {people: 1, cost: 310/month, calendar: all}}\ncalendars: {all: {hours: {mon-sun: \"00:00-24:00\"}}}\n\
         terms: {margin: 60%, commission: 4%}\ncosts: {rent: 31/month, van: {once: 200, on: 2026-02-10}, \
         tax: {rate: 28/month, from: 2026-02-01}, later: {once: 99, on: 2026-03-01}}\n\
         stages: {a: {work: {role: clerk, time: 1h}, cost: 2%, next: won}}\n",
    );
    let kind = |name| of(&run, Kpi::Cost, Stat::Total, (Scope::Kind, name));
    close(kind("marketing"), 15.0, "marketing");
    close(kind("stages"), 60.0, "2 % of the value of three deals");
    close(kind("salaries"), 620.0, "two months of one person");
    close(kind("commission"), 120.0, "commission");
    close(kind("overheads"), 31.0 * 2.0 + 28.0, "rent of two months, tax of one");
    close(kind("one-off"), 200.0, "the van; what comes later lies outside of the window");
    let cost = 15.0 + 60.0 + 620.0 + 120.0 + 90.0 + 200.0;
    close(value(&run, Kpi::Cost, Stat::Total), cost, "all cost");
    close(value(&run, Kpi::Profit, Stat::Total), 1800.0 - cost, "profit");
    close(value(&run, Kpi::CostPerWon, Stat::Mean), cost / 3.0, "per won deal");
    let without = (cost - 290.0) / 3.0;
    close(value(&run, Kpi::CostPerWon, Stat::WithoutOverheads), without, "without overheads");
    let months: Vec<f64> =
        run.timeline.of(Period::Month, TimelineMeasure::Profit).map(|row| row.mean).collect();
    close(months[0] + months[1], 1800.0 - cost, "months add up");
    close(months[1], -310.0 - 31.0 - 28.0 - 200.0, "February");
    let quarters: Vec<f64> =
        run.timeline.of(Period::Quarter, TimelineMeasure::Cost).map(|row| row.mean).collect();
    assert_eq!(quarters.len(), 1);
    close(quarters[0], cost, "the quarter has both months");
    close(value(&run, Kpi::BookingsPerPerson, Stat::Mean), 3000.0, "one person");
}

/// Sold before the window, paid in it: the money counts, the sale does not.
#[test]
fn a_window_sees_what_was_owed_before_it() {
    let run = once(
        "start: 2026-01-11\nwarmup: 10d\nhorizon: 20d\nvalue: 1000\nsources: {s: {every: 5d, count: 1}}\n\
         terms: {margin: 30%, payment: {after: 10d}}\nstages: {a: {next: won}}\n",
    );
    // Sold on 6 January, paid on the 16th.
    close(value(&run, Kpi::Bookings, Stat::Total), 0.0, "bookings");
    close(value(&run, Kpi::CashIn, Stat::Total), 1000.0, "cash");
    close(value(&run, Kpi::Receivables, Stat::Mean), 1000.0 * 5.0 / 20.0, "receivables");
    let rows: Vec<f64> =
        run.timeline.of(Period::Week, TimelineMeasure::Receivables).map(|row| row.mean).collect();
    // 11 January is a Sunday; the second week holds the payment.
    assert_eq!(&rows[..2], &[1000.0, 0.0]);
}

/// A window that ends with the last exit counts what is paid by then.
#[test]
fn until_empty_counts_payments_up_to_the_last_exit() {
    let run = once(
        "start: 2026-01-01\nhorizon: until empty\nvalue: 1000\nsources: {s: {every: 1d, count: 2}}\n\
         terms: {payment: [{share: 30%}, {share: rest, after: 3d}]}\n\
         stages: {order: {sale: true, wait: 3d, next: done}}\n",
    );
    // Sold on 2 and 3 January; the last exit, on the 6th, is the moment of the last payment.
    close(value(&run, Kpi::CashIn, Stat::Total), 2000.0, "cash");
    close(value(&run, Kpi::Receivables, Stat::AtEnd), 0.0, "nothing is owed");
    close(value(&run, Kpi::Receivables, Stat::Mean), 2.0 * 700.0 * 3.0 / 5.0, "receivables");
}
