//! Clients from before and deals that are there at the start: traces by hand, and theory.
//!
//! Each random test has a false-alarm rate of 1e-6 or less, stated beside it.

use std::sync::atomic::AtomicBool;

use voronka::engine::{
    Deal, Guard, Observer, Replication, Setup, Token, Visit, Visited, Walk, replicate,
};
use voronka::kpi::{Key, Kpi, Needed, Scope, Stat};
use voronka::model::{Model, load};
use voronka::program::{Program, StageId};
use voronka::quantity::{DAY_MICROS, Instant};
use voronka::random::distribution::Distribution;
use voronka::study::simulate::{Options, Progress, Simulation, run};
use voronka::tally::series::Flow;
use voronka::tally::{Cells, Classes, Outcome, Tally};

fn model(text: &str) -> Model {
    let loaded = load("m.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics))
}

fn tallied(program: &Program, number: u64, walk: Walk) -> Outcome {
    let classes = Classes::new(program, &[]).unwrap();
    let mut tally = Tally::new(program, &classes, &[], Needed::ALL);
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 100_000_000, cancel: &cancel };
    let setup = Setup { walk, ..Setup::new(program, guard) };
    let stop = replicate(&setup, Replication { seed: 11, number }, &mut tally);
    tally.close(number, stop)
}

fn simulated(text: &str, replications: u64) -> Simulation {
    let options = Options { replications, ..Options::default() };
    run(&model(text), &options, &Progress::default()).unwrap()
}

fn flow(flows: &[Flow]) -> Flow {
    let mut sum = Flow::default();
    flows.iter().for_each(|flow| sum += flow);
    sum
}

/// Leads come on days 2, 4, 6 and are won 3 days later, then churn 2 days after that; clients come on
/// days 5 and 10 to `renewal`, are sold on entry, and leave 4 days later.
const TRACE: &str = "start: 2024-01-01\nhorizon: 12d\nvalue: 100\n\
    roles: {seller: {people: unlimited, calendar: always, cost: 24/hour}}\n\
    calendars: {always: {hours: \"00:00-24:00\"}}\n\
    sources:\n  leads: {every: 2d, count: 3, cost: 7}\n  \
    base: {every: 5d, count: 2, clients: true, enters: offer, cost: 11}\n\
    stages:\n  talk: {phase: lead, wait: 3d, next: order}\n  \
    order: {sale: true, wait: 2d, next: {lost: {gone: 100%}}}\n  \
    offer: {phase: deal, work: {role: seller, time: 1h}, next: renewal}\n  \
    renewal: {sale: {amount: 50}, phase: client, wait: 4d, next: {lost: {left: 100%}}}\n";

#[test]
fn clients_from_before_are_counted_by_hand() {
    let simulation = simulated(TRACE, 2);
    let value = |kpi, stat| simulation.value(&Key::new(kpi, stat));
    // Sold on days 5, 7, 9; lost as churn on days 7, 9, 11. Clients: on days 5 and 10, an hour later
    // sold, and left on day 9 the first, on day 14 the second, after the window.
    assert_eq!(value(Kpi::Intake, Stat::Total), Some(3.0));
    assert_eq!(value(Kpi::NewBookings, Stat::Total), Some(300.0));
    assert_eq!(value(Kpi::RepeatBookings, Stat::Total), Some(100.0));
    assert_eq!(value(Kpi::LeadToWin, Stat::Share), Some(1.0));
    assert_eq!(value(Kpi::LeadToDeal, Stat::Share), Some(1.0));
    assert_eq!(value(Kpi::WinRate, Stat::Share), Some(1.0));
    assert_eq!(value(Kpi::SalesCycle, Stat::Mean), Some(3.0));
    // Marketing: 3 × 7 and 2 × 11; work: 2 hours. Of new clients only the leads' marketing.
    assert_eq!(value(Kpi::Cost, Stat::Total), Some(21.0 + 22.0 + 48.0));
    assert_eq!(value(Kpi::Cac, Stat::Mean), Some(7.0));
    let reason = |reason: &str| {
        simulation.value(&Key::new(Kpi::ChurnTable, Stat::Count).of(Scope::Reason, reason))
    };
    assert_eq!((reason("gone"), reason("left")), (Some(3.0), Some(1.0)));
    // Of clients from before nobody knows how often they bought.
    assert_eq!(value(Kpi::SalesPerClient, Stat::Mean), Some(1.0));
    assert_eq!(value(Kpi::RepeatRate, Stat::Share), Some(0.0));
    assert_eq!(value(Kpi::OpenAtEnd, Stat::Count), Some(1.0));
    let answered = simulation.find(&Key::new(Kpi::LeadResponseTime, Stat::Unanswered));
    assert_eq!(answered.and_then(|row| row.figure.value()), Some(1.0), "nobody works on leads");
    for walk in [Walk::Fastest, Walk::OneByOne] {
        let outcome = tallied(&simulation.program, 0, walk);
        let c = &outcome.cells[0];
        assert_eq!((c.arrivals, c.client_arrivals, c.won, c.cohort), (3, 2, 3, 3));
        assert_eq!((c.undecided_at_start, c.undecided_at_end, c.lost, c.done), (0, 0, 0, 0));
        let all = flow(&outcome.series.weeks);
        assert_eq!((all.intake, all.clients, all.left, all.lost), (3, 2, 4, 0));
    }
}

/// Without the key the same deals are leads: each figure above that it governs is another.
#[test]
fn without_the_key_clients_are_leads() {
    let simulation = simulated(&TRACE.replace("clients: true, ", ""), 2);
    let value = |kpi, stat| simulation.value(&Key::new(kpi, stat)).unwrap();
    assert_eq!(value(Kpi::Intake, Stat::Total), 5.0);
    assert_eq!(value(Kpi::NewBookings, Stat::Total), 400.0);
    assert_eq!(value(Kpi::RepeatBookings, Stat::Total), 0.0);
    assert!((value(Kpi::Cac, Stat::Mean) - (43.0 + 48.0) / 5.0).abs() < 1e-12);
    assert!((value(Kpi::SalesCycle, Stat::Mean) - (9.0 + 2.0 / 24.0) / 5.0).abs() < 1e-9);
}

/// Leads, clients who come and clients and leads who are there at the start, with people and without.
fn mixed(people: bool, warmup: &str) -> String {
    let work = if people { "work: {role: seller, time: {exponential: {mean: 3h}}}, " } else { "" };
    format!(
        "start: 2024-01-01\nhorizon: 60d\n{warmup}roles: {{seller: {{people: 3}}}}\n\
         value: {{uniform: {{min: 10, max: 90}}}}\nattributes: {{size: {{small: 70%, large: rest}}}}\n\
         sources:\n  leads: {{rate: 3/day, at_start: 20, cost: 2}}\n  \
         base: {{rate: 1/day, clients: true, enters: life, at_start: 150}}\n  \
         old: {{clients: true, enters: life, at_start: 40, attributes: {{size: {{large: 100%}}}}}}\n\
         stages:\n  talk: {{wait: {{exponential: {{mean: 4d}}}}, next: {{offer: 60%, lost: rest}}}}\n  \
         offer: {{{work}wait: {{lognormal: {{median: 5d, p90: 15d}}}}, next: {{order: 45%, offer: 10%, lost: rest}}}}\n  \
         order: {{sale: true, wait: 3d, next: {{life: 80%, done: rest}}}}\n  \
         life: {{phase: client, wait: {{weibull: {{shape: 1.4, scale: 50d}}}}, next: {{offer: 50%, lost: {{gone: rest}}}}, \
         variants: [{{when: {{size: large}}, wait: {{lognormal: {{median: 20d, p90: 60d}}}}}}]}}\n"
    )
}

#[test]
fn every_deal_is_accounted_for_with_clients_from_before() {
    for people in [false, true] {
        for warmup in ["", "warmup: 20d\n"] {
            let program = Program::compile(&model(&mixed(people, warmup)));
            let of_walk = |walk: Walk| tallied(&program, 2, walk);
            let outcome = of_walk(Walk::Fastest);
            assert_eq!(outcome.cells, of_walk(Walk::OneByOne).cells);
            assert_eq!(outcome.series, of_walk(Walk::OneByOne).series);
            if people {
                assert_eq!(outcome.cells, of_walk(Walk::Lines).cells);
            }
            let c: &Cells = &outcome.cells[0];
            assert_eq!(
                c.arrivals + c.undecided_at_start,
                c.won + c.lost + c.done + c.undecided_at_end
            );
            assert_eq!(c.first_sales, c.won);
            assert_eq!(c.cohort, c.arrivals);
            let series = &outcome.series;
            let open: u64 = c.stages.iter().map(|stage| stage.open).sum();
            assert_eq!(series.open_at_start + flow(&series.weeks).growth(), open as i64);
            if warmup.is_empty() {
                assert_eq!((series.open_at_start, c.undecided_at_start), (210, 20));
            }
            assert!(c.later_sales > 0 && c.client_arrivals > 30);
        }
    }
}

/// The deals of a source that has nothing but some at the start leave other draws as they were.
#[test]
fn a_stock_leaves_all_other_draws_as_they_were() {
    let text = mixed(false, "");
    let (with, without) =
        (text.replace("at_start: 20, ", ""), text.replace("at_start: 20, ", "at_start: 1, "));
    let cells = |text: &str| {
        let program = Program::compile(&model(text));
        tallied(&program, 0, Walk::Fastest).cells.remove(0)
    };
    let (with, without) = (cells(&with), cells(&without));
    assert_eq!((with.arrivals, with.cohort_won), (without.arrivals, without.cohort_won));
    assert_eq!(with.undecided_at_start + 1, without.undecided_at_start);
}

/// Counts deals in a stage at the end, and notes when those of the start leave it.
#[derive(Default)]
struct Exits {
    open: u64,
    left: Vec<Instant>,
}

impl Observer for Exits {
    fn leaves(&mut self, _: &Deal, visit: &Visit) {
        if visit.entered < Instant::ZERO {
            self.left.push(visit.left);
        }
    }
    fn stays(&mut self, _: &Deal, _: &Visit, _: &Visited<'_>) {
        self.open += 1;
    }
}

fn exits(program: &Program, number: u64) -> Exits {
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 100_000_000, cancel: &cancel };
    let mut exits = Exits::default();
    replicate(&Setup::new(program, guard), Replication { seed: 3, number }, &mut exits);
    exits
}

/// The share of ages below x in equilibrium, by the trapezoid rule: ∫ S / mean.
fn equilibrium(law: &Distribution, x: f64) -> f64 {
    let steps = 200_000;
    let width = x / f64::from(steps);
    let at = |k: u32| law.survival(width * f64::from(k));
    let inner: f64 = (1..steps).map(at).sum();
    width * (inner + f64::midpoint(1.0, at(steps))) / law.mean()
}

/// A life of 20 days on average with arrivals at 20 a day and 400 at the start: the stock stays where it
/// is from the first day on.
#[test]
fn the_stock_of_a_stationary_life_stays_at_its_level() {
    let law = Distribution::lognormal_mean_sd(20.0, 15.0).unwrap();
    for day in [1u32, 5, 20, 60] {
        let program = Program::compile(&model(&format!(
            "start: 2024-01-01\nhorizon: {day}d\nsources: {{s: {{rate: 20/day, at_start: 400}}}}\n\
             stages: {{a: {{wait: {{lognormal: {{mean: 20d, sd: 15d}}}}, next: won}}}}"
        )));
        let n = 400;
        let sum: u64 = (0..n).map(|number| exits(&program, number).open).sum();
        // 400 at the start of which each is left with q, and a Poisson number of others.
        let q = 1.0 - equilibrium(&law, f64::from(day));
        let sd = ((400.0 * q * (1.0 - q) + 400.0 * (1.0 - q)) / n as f64).sqrt();
        let mean = sum as f64 / n as f64;
        // Four comparisons at 5.2 standard errors: 8e-7.
        assert!((mean - 400.0).abs() < 5.2 * sd, "day {day}: {mean}, sd {sd}");
    }
}

#[test]
fn the_first_exit_of_a_stock_follows_the_equilibrium_law() {
    for (family, law) in [
        ("{lognormal: {mean: 20d, sd: 15d}}", Distribution::lognormal_mean_sd(20.0, 15.0)),
        ("{exponential: {mean: 20d}}", Distribution::exponential(20.0)),
        ("{erlang: {k: 3, mean: 20d}}", Distribution::erlang(3, 20.0)),
        ("20d", Distribution::constant(20.0)),
        ("{uniform: {min: 10d, max: 30d}}", Distribution::uniform(10.0, 30.0)),
    ] {
        let law = law.unwrap();
        let program = Program::compile(&model(&format!(
            "start: 2024-01-01\nhorizon: until empty\nsources: {{s: {{at_start: 100000}}}}\n\
             stages: {{a: {{wait: {family}, next: won}}}}"
        )));
        let left = exits(&program, 0).left;
        let n = left.len() as f64;
        assert_eq!(left.len(), 100_000);
        for days in [2.0, 7.0, 15.0, 30.0] {
            let within = |left: &&Instant| left.0 as f64 <= days * DAY_MICROS as f64;
            let share = left.iter().filter(within).count() as f64 / n;
            let right = equilibrium(&law, days).min(1.0);
            // Twenty comparisons at 5.5 standard errors: 8e-7.
            let most = 5.5 * (right * (1.0 - right) / n).sqrt() + 1e-5;
            assert!((share - right).abs() < most, "{family} {days}: {share}, {right}");
        }
    }
}

/// Ages differ between replications, and the same replication has the same ages.
#[test]
fn ages_are_drawn_anew_in_each_replication() {
    let program = Program::compile(&model(
        "horizon: 3 months\nsources: {s: {at_start: 5}}\n\
         stages: {a: {wait: {exponential: {mean: 2d}}, next: won}}",
    ));
    let of = |number| exits(&program, number).left;
    assert_eq!(of(0), of(0));
    assert_ne!(of(0), of(1));
}

/// What is done on entry to the stage is done: its sale, its attributes, its first visit.
#[test]
fn a_deal_of_the_start_has_entered_its_stage() {
    let program = Program::compile(&model(
        "start: 2024-01-01\nhorizon: 30d\nvalue: 70\nsources: {s: {at_start: 8, enters: order}}\n\
         stages:\n  talk: {wait: 1d, next: 50%}\n  \
         order: {sale: true, wait: 10d, max_visits: 1, set: {kind: {x: 100%}}, next: {talk: 30%, done: rest}, \
         variants: [{when: {kind: x}, next: done}]}",
    ));
    let c = tallied(&program, 0, Walk::Fastest).cells.remove(0);
    // Sold before: done after at most 10 days, no sale, no win, no lead.
    assert_eq!((c.arrivals, c.won, c.sales(), c.done), (0, 0, 0, 0));
    assert_eq!((c.clients, c.client_sales, c.stages[StageId(1)].time.n), (8, 8, 8));
    assert_eq!(c.stages[StageId(0)].entries + c.stages[StageId(1)].entries, 0);
    assert_eq!(c.stages[StageId(1)].time.sum, 8 * 10 * i128::from(DAY_MICROS));
}

struct Purchases(Vec<u64>);

impl Observer for Purchases {
    fn ends(&mut self, deal: &Deal, _: &Token, _: usize, _: &Visited<'_>) {
        self.0.push(deal.sales.into());
    }
}

/// The case `repeat-01`: the number of purchases is geometric.
#[test]
fn purchases_have_the_spread_and_the_tail_of_the_exact_case() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exact/repeat-01.json");
    let case: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let value = |name: &str| {
        let all = case["quantities"].as_array().unwrap();
        let found = all.iter().find(|quantity| quantity["name"] == name).unwrap();
        found["value"].as_f64().unwrap()
    };
    let program = Program::compile(&model(
        "horizon: until empty\nsources: {c: {every: 1 min, count: 400000}}\n\
         stages:\n  purchase: {sale: true, next: {purchase: 40%, done: 60%}}\n",
    ));
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 100_000_000, cancel: &cancel };
    let mut found = Purchases(Vec::new());
    replicate(&Setup::new(&program, guard), Replication { seed: 3, number: 0 }, &mut found);
    let (n, sales) = (found.0.len() as f64, &found.0);
    let mean = sales.iter().sum::<u64>() as f64 / n;
    let (right, sd) = (value("mean_purchases"), value("sd_purchases"));
    // Three comparisons at 5.1 standard errors: 1e-6.
    assert!((mean - right).abs() < 5.1 * sd / n.sqrt(), "{mean}");
    let powers = |k: i32| sales.iter().map(|x| (*x as f64 - right).powi(k)).sum::<f64>() / n;
    let (variance, fourth) = (powers(2), powers(4));
    let error = ((fourth - variance * variance) / n).sqrt();
    assert!((variance - sd * sd).abs() < 5.1 * error, "{variance}");
    let often = sales.iter().filter(|sales| **sales >= 3).count() as f64 / n;
    let right = value("p_purchases_ge[3]");
    assert!((often - right).abs() < 5.1 * (right * (1.0 - right) / n).sqrt(), "{often}");
}

/// The cases `residual-01` and `-04`: the rest of a stay that has lasted so long.
#[test]
fn the_rest_of_a_stay_is_that_of_the_exact_cases() {
    for (id, law) in [
        (
            "residual-01",
            Distribution::lognormal_median_sigma(
                2.772_588_722_239_781_f64.exp(),
                0.668_047_230_836_577_6,
            ),
        ),
        ("residual-04", Distribution::exponential(14.0)),
    ] {
        let law = law.unwrap();
        let path = format!("{}/tests/exact/{id}.json", env!("CARGO_MANIFEST_DIR"));
        let case: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let spent = case["model"]["days_in_stage"].as_f64().unwrap();
        let mut compared = 0;
        for quantity in case["quantities"].as_array().unwrap() {
            let (name, value) = (quantity["name"].as_str().unwrap(), &quantity["value"]);
            let value = value.as_f64().unwrap();
            if let Some(percent) = name.strip_prefix("remaining_p") {
                let p = percent.parse::<f64>().unwrap() / 100.0;
                let rest = law.quantile_given(spent, p) - spent;
                assert!((rest - value).abs() < 1e-7 * value, "{id} {name}: {rest}");
                compared += 1;
            } else if let Some(days) = name.strip_prefix("p_exit_within[") {
                let days: f64 = days.trim_end_matches(']').parse().unwrap();
                let within = 1.0 - law.survival(spent + days) / law.survival(spent);
                assert!((within - value).abs() < 1e-9, "{id} {name}: {within}");
                compared += 1;
            }
        }
        assert_eq!(compared, 5, "{id}");
    }
}

/// Who is there at the start follows a prescribed process as often as before its roll-out, also where that decides how
/// long to wait and what it costs: 80 % of 4,000 deals are won after ten days for a twentieth of their value, the others
/// wait for ever. A binomial number; z of 5 makes a false alarm of 6e-7.
#[test]
fn the_stock_follows_the_process_on_entry_as_on_the_way_out() {
    let text = "start: 2026-01-05\nhorizon: 100d\nvalue: 1000\n\
                rollout: {start: 2026-09-01, duration: 90d, from: 80%, to: 95%}\n\
                sources: {old: {rate: 0.0001/day, at_start: 1000}}\n\
                stages:\n  a:\n    cost: 5%\n    wait: 10d\n    next: {won: 100%}\n    \
                variants: [{when: {followed: false}, cost: 1%, wait: 100000d, next: {lost: 100%}}]\n";
    let found = simulated(text, 4);
    let open = found.value(&Key::new(Kpi::OpenAtEnd, Stat::Count)).unwrap();
    let sd = (1000.0_f64 * 0.8 * 0.2 / 4.0).sqrt();
    assert!((open - 200.0).abs() < 5.0 * sd, "{open} of 1,000 deals are left");
    let cost = found.value(&Key::new(Kpi::DealCost, Stat::Mean)).unwrap();
    // No more than a few in a hundred thousand of the others leave in the window.
    assert!((cost - 50.0).abs() < 0.5, "{cost}");
    assert!(found.value(&Key::new(Kpi::WinRate, Stat::Share)).unwrap() > 0.99);
}
