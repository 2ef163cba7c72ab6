//! What holds in every run with books, on random models; and what money does when its unit changes.

use proptest::prelude::*;
use voronka::engine::Posting;
use voronka::engine::{Both, Guard, Replication, Setup, Walk, replicate};
use voronka::kpi::{Key, Kpi, Needed, Scope, Stat};
use voronka::program::Program;
use voronka::study::simulate::Simulation;
use voronka::tally::{BookCells, Cells, Classes, Ledger, Tally};

use super::{close, model, of, once, value};

/// A random part of a payment.
fn part() -> impl Strategy<Value = String> {
    let after =
        prop::sample::select(vec!["0", "3d", "{exponential: {mean: 9d}}", "2 working days"]);
    let rest = prop::sample::select(vec![
        "",
        ", unpaid: 30%",
        ", late: {exponential: {mean: 5d}}",
        ", at: served",
        ", at: served, unpaid: 20%, late: 2d",
        ", instalments: {count: 4, every: 1 week}, unpaid: 10%",
    ]);
    (after, rest).prop_map(|(after, rest)| format!("after: {after}{rest}"))
}

/// A model with random terms.
fn text(parts: &[String], keeps: u32, on_payment: bool, window: &str) -> String {
    let share = 100 / parts.len();
    let mut payment = String::new();
    for (at, part) in parts.iter().enumerate() {
        let share = if at + 1 == parts.len() { "rest".to_owned() } else { format!("{share}%") };
        payment += &format!("{{share: {share}, {part}}}, ");
    }
    let on = if on_payment { "payment" } else { "booking" };
    format!(
        "start: 2026-01-12\n{window}value: {{uniform: {{min: 10, max: 90}}}}\n\
         sources: {{s: {{rate: 6/day, until: 2026-03-20}}}}\n\
         terms: {{margin: 37%, commission: {{share: 7%, on: {on}}}, keeps: {keeps}%, payment: [{payment}]}}\n\
         stages:\n  asked: {{wait: {{exponential: {{mean: 2d}}}}, next: {{sold: 60%, lost: rest}}}}\n  \
         sold: {{sale: true, wait: {{exponential: {{mean: 8d}}}}, next: {{served: 70%, sold: 10%, cancelled: {{regret: rest}}}}}}\n  \
         served: {{wait: {{exponential: {{mean: 8d}}}}, next: {{done: 60%, asked: 20%, cancelled: {{late: rest}}}}}}\n"
    )
}

/// What one replication adds up to, and its books.
fn books(text: &str, walk: Walk) -> (Cells, BookCells) {
    let program = Program::compile(&model(text));
    let classes = Classes::new(&program, &[]).unwrap();
    let mut tally = Tally::new(&program, &classes, &[], Needed::ALL);
    let mut ledger = Ledger::new(&program, &classes);
    let cancel = std::sync::atomic::AtomicBool::new(false);
    let guard = Guard { most_visits: u64::MAX, cancel: &cancel };
    let setup = Setup { walk, ..Setup::new(&program, guard) };
    let replication = Replication { seed: 5, number: 0 };
    let stop = replicate(&setup, replication, &mut Both { first: &mut tally, second: &mut ledger });
    let (outcome, books) = (tally.close(0, stop), ledger.close(stop));
    (outcome.cells[0].clone(), books.cells[0].clone())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Net receipts + what is owed more than at the start = bookings - cancelled - unpaid + kept, to the hundredth.
    #[test]
    fn every_rouble_is_somewhere(
        parts in prop::collection::vec(part(), 1..4),
        keeps in 0u32..=100,
        on_payment in any::<bool>(),
        window in prop::sample::select(vec![
            "horizon: 90d\n",
            "horizon: 40d\nwarmup: 25d\n",
            "horizon: until empty\n",
        ]),
    ) {
        let (cells, books) = books(&text(&parts, keeps, on_payment, window), Walk::Fastest);
        let posted = |posting| books.posted(posting);
        let owed = books.owed.at_end - books.owed.at_start;
        prop_assert_eq!(
            books.cash_in() + owed,
            cells.bookings() - posted(Posting::Cancelled) - posted(Posting::Unpaid) + posted(Posting::Kept)
        );
        prop_assert!(books.owed.at_end >= 0 && books.overdue.at_end >= 0);
        prop_assert!(books.owed.area >= books.overdue.area && books.overdue.area >= 0);
    }
}

/// A commission on payment is the same share of what is received and stays, as one on booking is of what is booked.
#[test]
fn a_commission_on_payment_ends_at_its_share_of_the_receipts() {
    let parts = ["after: 3d".to_owned(), "after: 9d, at: served".to_owned()];
    let (_, books) = books(&text(&parts, 0, true, "horizon: until empty\n"), Walk::Fastest);
    let share = books.posted(Posting::Commission) as f64 / books.cash_in() as f64;
    // Each of some hundred payments is rounded to a hundredth.
    assert!((share - 0.07).abs() < 1e-3, "{share}");
}

#[test]
fn money_scales_with_the_currency() {
    let base = |unit: f64| {
        once(&format!(
            "start: 2026-01-01\nhorizon: 6 months\nvalue: {}\nsources: {{s: {{every: 1d, cost: {}}}}}\n\
             terms: {{margin: 37%, commission: 3%, payment: [{{share: 50%}}, {{share: rest, after: 30d}}]}}\n\
             costs: {{rent: {}/month}}\nstages: {{a: {{wait: 2d, cost: {}, next: won}}}}\n",
            1000.0 * unit,
            4.0 * unit,
            62.0 * unit,
            8.0 * unit,
        ))
    };
    let (one, hundred) = (base(1.0), base(100.0));
    for kpi in [Kpi::Margin, Kpi::Commission, Kpi::Profit, Kpi::CashIn, Kpi::Cost] {
        close(value(&hundred, kpi, Stat::Total), 100.0 * value(&one, kpi, Stat::Total), kpi.name());
    }
    close(value(&hundred, Kpi::Dso, Stat::Mean), value(&one, Kpi::Dso, Stat::Mean), "dso");
}

/// All costs times two: the cost doubles, and the profit falls by what was added.
#[test]
fn doubled_costs_leave_the_margin_alone() {
    let base = |times: f64| {
        once(&format!(
            "start: 2026-01-01\nhorizon: 6 months\nvalue: 1000\nsources: {{s: {{every: 1d, cost: {}}}}}\n\
             terms: {{margin: 37%}}\ncosts: {{rent: {}/month, van: {{once: {}}}}}\n\
             stages: {{a: {{wait: 2d, cost: {}%, next: won}}}}\n",
            4.0 * times,
            62.0 * times,
            500.0 * times,
            2.0 * times,
        ))
    };
    let (one, two) = (base(1.0), base(2.0));
    let cost = value(&one, Kpi::Cost, Stat::Total);
    close(value(&two, Kpi::Cost, Stat::Total), 2.0 * cost, "cost");
    close(value(&two, Kpi::Margin, Stat::Total), value(&one, Kpi::Margin, Stat::Total), "margin");
    let profit = value(&one, Kpi::Profit, Stat::Total) - cost;
    close(value(&two, Kpi::Profit, Stat::Total), profit, "profit");
}

/// Walks agree to the hundredth, also with people.
#[test]
fn books_do_not_depend_on_the_walk() {
    let parts = ["after: 3d".to_owned(), "after: 9d, at: served, late: 2d".to_owned()];
    let mut text = text(&parts, 20, true, "horizon: 60d\n");
    let (alone, _) = (books(&text, Walk::Fastest), books(&text, Walk::OneByOne));
    assert_eq!(alone, books(&text, Walk::OneByOne));
    text = text.replace("stages:\n", "roles: {r: {people: 3}}\nstages:\n");
    text = text.replace("sold: {sale: true, ", "sold: {sale: true, work: {role: r, time: 1h}, ");
    text = text.replace("asked: {", "asked: {work: {role: r, time: 2h}, ");
    let fastest = books(&text, Walk::Fastest);
    assert_eq!(fastest, books(&text, Walk::OneByOne));
    assert_eq!(fastest, books(&text, Walk::Lines));
    // A KPI that is asked for alone is the same number.
    let simulation = once(&text);
    let cash = simulation.value(&Key::new(Kpi::CashIn, Stat::Total));
    assert!(cash.is_some_and(|cash| cash > 0.0));
}

/// One hour of work split in two half hours: without queues no figure of the process moves; with one
/// person who works without a break, the queue changes but not the work, its cost, or the last end.
#[test]
fn an_hour_split_in_two_costs_the_same() {
    let base = |people: &str, rate: &str, stage: &str| {
        once(&format!(
            "start: 2026-01-01\nhorizon: until empty\nvalue: {{uniform: {{min: 10, max: 90}}}}\n\
             roles: {{clerk: {{people: {people}, cost: 30/hour}}}}\n\
             sources: {{s: {{{rate}, until: 2026-02-01}}}}\nterms: {{margin: 40%}}\n\
             stages: {{desk: {{{stage}, next: {{won: 60%, desk: 10%, lost: rest}}}}}}\n"
        ))
    };
    let whole = "work: {role: clerk, time: 1h}";
    let split = "steps: [{role: clerk, time: 30 min}, {role: clerk, time: 30 min}]";
    let same = |one: &Simulation, two: &Simulation, kpis: &[(Kpi, Stat)]| {
        for (kpi, stat) in kpis {
            let [one, two] = [one, two].map(|found| value(found, *kpi, stat.clone()));
            assert!(one != 0.0, "{kpi}");
            close(two, one, kpi.name());
        }
    };
    let money = [
        (Kpi::Cost, Stat::Total),
        (Kpi::Bookings, Stat::Total),
        (Kpi::Profit, Stat::Total),
        (Kpi::CostPerWon, Stat::Mean),
        (Kpi::DealCost, Stat::Mean),
    ];
    let free = [whole, split].map(|stage| base("unlimited", "rate: 9/day", stage));
    same(&free[0], &free[1], &money);
    same(&free[0], &free[1], &[(Kpi::CycleTime, Stat::Mean), (Kpi::SalesCycle, Stat::Mean)]);
    let busy = [whole, split].map(|stage| base("1", "rate: 18/day", stage));
    same(&busy[0], &busy[1], &money);
    close(busy[0].days, busy[1].days, "the last end");
    let queue = |found: &Simulation| of(found, Kpi::QueueTime, Stat::Mean, (Scope::Role, "clerk"));
    assert!(queue(&busy[0]) > 0.0 && queue(&busy[0]) != queue(&busy[1]));
}
