//! What theory knows of deals that are there at the start, of clients from before, and of a process
//! that is learnt: closed forms, and the same figures simulated.
//!
//! A simulated figure is compared with theory at a false-alarm rate below 1e-6 each.

use voronka::kpi::{Figure, Key, Kpi, Row, Scope, Stat};
use voronka::model::{self, Model};
use voronka::program::Program;
use voronka::study::cross_check::{self, CrossCheck};
use voronka::study::simulate::{self, Progress, run};
use voronka::study::solve::{Lacking, Options, Solution, comparable, solve};

fn load(text: &str) -> Model {
    let loaded = model::load("m.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics))
}

fn solved(text: &str) -> Solution {
    solve(&load(text), &Options::default()).unwrap()
}

fn near(rows: &[Row], key: &Key, right: f64) {
    let row = Row::find(rows, key).unwrap_or_else(|| panic!("no {key:?}"));
    let (value, error) = match row.figure {
        Figure::Exact(value) => (value, 1e-9 * right.abs()),
        Figure::Numerical { value, error } => (value, error),
        ref other => panic!("{key:?}: {other:?}"),
    };
    assert!(error <= 2e-3 * right.abs(), "{key:?}: {value} ± {error} is too rough");
    assert!((value - right).abs() <= error, "{key:?}: {value} ± {error} for {right}");
}

/// Compares a run with theory; every figure must agree.
fn agrees(text: &str, by: &[&str]) -> CrossCheck {
    let model = load(text);
    let by: Vec<String> = by.iter().map(|name| (*name).to_owned()).collect();
    let options = simulate::Options { replications: 2000, by: by.clone(), ..Default::default() };
    let simulation = run(&model, &options, &Progress::default()).unwrap();
    let theory = comparable(&Program::compile(&model), &by);
    let check = cross_check::compare(&simulation, &theory).expect("theory has figures");
    assert!(check.apart.is_empty(), "{check:?}");
    check
}

/// A hundred clients whose time until they buy again has this distribution; 40 % do buy.
fn base(wait: &str, warmup: &str) -> String {
    format!(
        "start: 2024-01-01\nhorizon: 50d\n{warmup}value: 100\n\
         sources:\n  base: {{clients: true, at_start: 100}}\n\
         stages:\n  resting: {{phase: client, wait: {wait}, next: {{won: 40%, lost: rest}}}}\n"
    )
}

#[test]
fn a_stock_empties_as_its_waits_end() {
    let sales = || Key::new(Kpi::RepeatBookings, Stat::Total);
    let open = |stat, kpi| Key::new(kpi, stat);
    for (warmup, before) in [("", 0.0), ("warmup: 30d\n", 30.0)] {
        // Memoryless: those left at t are 100 e^(−t/20).
        let rows = solved(&base("{exponential: {mean: 20d}}", warmup)).window;
        let left = |t: f64| 100.0 * libm::exp(-(before + t) / 20.0);
        near(&rows, &sales(), 40.0 * (left(0.0) - left(50.0)));
        near(&rows, &open(Stat::Count, Kpi::OpenAtEnd), left(50.0));
        near(&rows, &open(Stat::Mean, Kpi::OpenDeals), (left(0.0) - left(50.0)) * 20.0 / 50.0);
        // A stay of 200 days is met at any age: half a percent leaves each day.
        let rows = solved(&base("200d", warmup)).window;
        near(&rows, &sales(), 4000.0 * 50.0 / 200.0);
        near(&rows, &open(Stat::Count, Kpi::OpenAtEnd), 100.0 * (1.0 - (before + 50.0) / 200.0));
        // One of 40 days ends within it.
        let rows = solved(&base("40d", warmup)).window;
        near(&rows, &sales(), 4000.0 * (40.0 - before) / 40.0);
    }
}

#[test]
fn ages_at_the_start_are_not_made_up() {
    let solution = solved(&base("{exponential: {mean: 20d}}", ""));
    let is_duration = |row: &Row| matches!(row.key.kpi, Kpi::CycleTime | Kpi::SalesCycle);
    assert!(!solution.window.iter().any(is_duration));
    assert!(solution.missing.iter().any(|missing| missing.what == Lacking::WindowDurations));
    // Nobody arrives: there is no long run, and nobody to divide by.
    assert!(!solution.window.iter().any(|row| row.key.kpi == Kpi::WinRate));
}

/// Leads and clients from before that arrive, and both that are there; loops, variants by source,
/// number of the visit and earlier purchases, a sale on entry to the stage of the stock.
const BOTH: &str = "start: 2026-01-05
horizon: 4 months
warmup: 3 weeks
currency: EUR
attributes: {segment: {smb: 70%, enterprise: rest}}
value:
  - {when: {segment: enterprise}, amount: {lognormal: {mean: 9000, sd: 4000}}}
  - {amount: {uniform: {min: 500, max: 1500}}}
sources:
  site: {rate: 12/day, cost: 12}
  pipeline: {rate: 1/day, at_start: 80, enters: offer}
  bought: {clients: true, at_start: 300, rate: 2/day, cost: 3, enters: client}
  delivery: {at_start: 40, enters: order}
stages:
  lead: {phase: lead, wait: {lognormal: {median: 2d, p90: 6d}}, cost: 3, next: {offer: 60%, lost: {no need: rest}}}
  offer:
    wait: {gamma: {mean: 9d, sd: 5d}}
    cost: 40
    max_visits: {count: 3, lost: too many rounds}
    next: {order: 35%, offer: {share: 30%, after: 2d}, lost: {price: 20%, silence: rest}}
    variants:
      - {when: {segment: enterprise}, next: {order: 45%, offer: 40%, lost: {price: rest}}}
      - {when: {bookings: {at_least: 1}}, next: {order: 60%, lost: {left: rest}}}
      - {when: {visit: {at_least: 2}}, cost: 10}
  order: {sale: true, wait: {triangular: {min: 5d, mode: 9d, max: 30d}}, next: {client: 90%, done: rest}}
  client: {phase: client, wait: {weibull: {shape: 1.3, scale: 100d}}, next: {offer: 55%, lost: {left: rest}}}
reasons: {no need: disqualified}
";

#[test]
fn leads_and_clients_in_stock_agree_with_a_run() {
    let check = agrees(BOTH, &["segment", "source"]);
    assert!(check.compared > 120, "{check:?}");
}

#[test]
fn a_run_that_differs_from_theory_in_its_stock_is_found_out() {
    for (right, wrong) in [
        ("at_start: 300", "at_start: 306"),
        ("at_start: 80", "at_start: 130"),
        ("scale: 100d", "scale: 103d"),
        ("at_start: 40", "at_start: 60"),
    ] {
        let planted = load(&BOTH.replace(right, wrong));
        let options = simulate::Options { replications: 2000, ..Default::default() };
        let simulation = run(&planted, &options, &Progress::default()).unwrap();
        let theory = comparable(&Program::compile(&load(BOTH)), &[]);
        let check = cross_check::compare(&simulation, &theory).expect("theory has figures");
        assert!(!check.apart.is_empty(), "{wrong}: {check:?}");
    }
}

#[test]
fn clients_are_no_leads_in_the_long_run() {
    // Two leads for each client. Of 100 leads 30 buy, 24 of them come back and 12 buy again; of 50
    // clients 25 buy. A client who buys is followed to a loss like the others.
    let text = "start: 2024-01-01\nhorizon: until empty\nvalue: 100\n\
        sources:\n  leads: {every: 12h, count: 200, cost: 5}\n  \
        base: {every: 1d, count: 100, clients: true, enters: after, cost: 2}\n\
        stages:\n  offer: {wait: 1d, cost: 10, next: {order: 30%, lost: rest}}\n  \
        order: {sale: {amount: 50}, wait: 1d, next: {after: 80%, done: rest}}\n  \
        after: {phase: client, wait: 1d, next: {renewal: 50%, lost: {left: rest}}}\n  \
        renewal: {sale: {amount: 50}, phase: client, wait: 1d, next: {lost: {left: 100%}}}\n";
    let rows = solved(text).long_run;
    let whole = |kpi, stat| Key::new(kpi, stat);
    near(&rows, &whole(Kpi::WinRate, Stat::Share), 0.3);
    near(&rows, &whole(Kpi::LeadToWin, Stat::Share), 0.3);
    near(&rows, &whole(Kpi::LeadToDeal, Stat::Share), 1.0);
    near(&rows, &whole(Kpi::RepeatRate, Stat::Share), 0.4);
    near(&rows, &whole(Kpi::SalesPerClient, Stat::Mean), 1.4);
    // (100 × 5 + 50 × 2 + 100 × 10) / 100 leads; 30 first sales.
    near(&rows, &whole(Kpi::CostPerLead, Stat::Mean), 16.0);
    near(&rows, &whole(Kpi::CostPerWon, Stat::Mean), 1600.0 / 30.0);
    // (24 + 50) of 150 who came.
    let visits = Key::new(Kpi::Visits, Stat::PerDeal).of(Scope::Stage, "after");
    near(&rows, &visits, 74.0 / 150.0);
    let lost = Key::new(Kpi::LossTable, Stat::PerDeal).of(Scope::Reason, "no reason given");
    near(&rows, &lost, 0.7);
    let chance = Key::new(Kpi::WinChance, Stat::Share).of(Scope::Stage, "offer");
    near(&rows, &chance, 0.3);
    let check = agrees(text, &[]);
    assert!(check.compared > 20, "{check:?}");
}

#[test]
fn the_long_run_of_a_process_that_is_learnt_is_that_after_its_roll_out() {
    let text = |horizon: &str, start: &str| {
        format!(
            "start: 2024-01-01\nhorizon: {horizon}\nsources: {{s: {{rate: 10/day}}}}\n\
             rollout: {{start: {start}, duration: 10d, from: 0%, to: 80%}}\nstages:\n  \
             talk: {{wait: 1d, next: {{won: 20%, lost: rest}}, variants: \
             [{{when: {{followed: true}}, wait: 3d, next: {{won: 40%, lost: rest}}}}]}}\n"
        )
    };
    let solution = solved(&text("60d", "2024-01-11"));
    let won = 0.8 * 0.4 + 0.2 * 0.2;
    near(&solution.long_run, &Key::new(Kpi::LeadToWin, Stat::Share), won);
    // Those who buy: 0.32 of 0.36 after 3 days, the others after 1 day.
    let cycle = (0.32 * 3.0 + 0.04 * 1.0) / won;
    near(&solution.long_run, &Key::new(Kpi::SalesCycle, Stat::Mean), cycle);
    assert!(solution.window.is_empty());
    assert!(solution.missing.iter().any(|missing| missing.what == Lacking::Window));
    // A run sees the time before as well, so it is not compared.
    let program = Program::compile(&load(&text("60d", "2024-01-11")));
    assert!(comparable(&program, &[]).is_empty());
}
