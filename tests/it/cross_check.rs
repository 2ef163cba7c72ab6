//! Simulation and solver agree on the same models, and planted errors are detected.

use std::path::Path;

use voronka::kpi::{Figure, Key, Kpi, Per, Row, Scope, Stat};
use voronka::model::{self, Model};
use voronka::program::Program;
use voronka::study::cross_check::{self, CrossCheck};
use voronka::study::simulate::{self, Progress, run};
use voronka::study::solve::{Options, comparable, solve};
use voronka::study::{Period, TimelineMeasure};

fn load(text: &str) -> Model {
    let loaded = model::load("m.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// Compares a simulation of one model with the exact figures of another.
fn compare(simulated: &Model, solved: &Model, by: &[&str]) -> Option<CrossCheck> {
    let by: Vec<String> = by.iter().map(|name| (*name).to_owned()).collect();
    let options = simulate::Options { replications: 1000, by: by.clone(), ..Default::default() };
    let simulation = run(simulated, &options, &Progress::default()).unwrap();
    let check = cross_check::compare(&simulation, &comparable(&Program::compile(solved), &by));
    println!("{check:?}");
    check
}

const FUNNEL: &str = "start: 2026-01-05
horizon: 6 months
warmup: 2 months
currency: EUR
attributes: {segment: {smb: 70%, enterprise: rest}}
value:
  - {when: {segment: enterprise}, amount: {lognormal: {mean: 9000, sd: 4000}}}
  - {amount: {uniform: {min: 500, max: 1500}}}
sources:
  site: {rate: 12/day, growth: 2%/month, season: {sat: 0.3, sun: 0.2}, cost: 12}
  fair: {rate: 30/week, from: 2026-02-01, until: 2026-04-01, batch: 3, attributes: {segment: {smb: 20%, enterprise: rest}}}
stages:
  lead: {phase: lead, wait: {lognormal: {median: 2d, p90: 6d}}, cost: 3, next: {offer: 60%, lost: {no need: rest}}}
  offer:
    wait: {gamma: {mean: 9d, sd: 5d}}
    cost: 40
    max_visits: {count: 3, lost: too many rounds}
    next: {order: 35%, offer: {share: 30%, after: 2d}, lost: {price: 20%, silence: rest}}
    variants:
      - {when: {segment: enterprise}, next: {order: 45%, offer: 40%, lost: {price: rest}}}
      - {when: {visit: {at_least: 2}}, cost: 10}
  order: {sale: true, wait: {triangular: {min: 5d, mode: 9d, max: 30d}}, next: {offer: 30%, done: rest}}
reasons: {no need: disqualified}
";

#[test]
fn a_window_with_growth_loops_variants_and_repeat_sales_agrees() {
    let model = load(FUNNEL);
    let check = compare(&model, &model, &["segment", "source"]).unwrap();
    assert!(check.compared > 150, "{check:?}");
    assert!(check.apart.is_empty(), "{check:?}");
}

#[test]
fn planted_errors_are_detected() {
    let model = load(FUNNEL);
    for (right, wrong) in [
        ("offer: 60%", "offer: 60.5%"),
        ("median: 2d", "median: 2.05d"),
        ("mean: 9d, sd: 5d", "mean: 9.2d, sd: 5d"),
        ("count: 3", "count: 4"),
        ("growth: 2%/month", "growth: 2.5%/month"),
        ("sun: 0.2", "sun: 0.3"),
        ("mean: 9000", "mean: 9300"),
    ] {
        let planted = load(&FUNNEL.replace(right, wrong));
        let check = compare(&planted, &model, &[]).unwrap();
        assert!(!check.apart.is_empty(), "{wrong}: {check:?}");
    }
}

#[test]
fn shipped_models_agree_with_the_solver() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut answered = 0;
    for name in ["five-elements", "olist-seller-signup"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.yaml"))).unwrap();
        let model = load(&text);
        if let Some(check) = compare(&model, &model, &[]) {
            assert!(check.apart.is_empty(), "{name}: {check:?}");
            answered += 1;
        }
    }
    assert!(answered > 0);
}

/// Open deals at the end of each week, and sales by month, of a funnel that starts empty.
#[test]
fn weeks_and_months_agree() {
    let model = load(
        "start: 2026-01-01\nhorizon: 3 months\nsources: {s: {rate: 5/day, growth: 10%/month, season: {sun: 0}}}\n\
         value: {uniform: {min: 100, max: 300}}\n\
         stages:\n  a: {wait: {gamma: {mean: 6d, sd: 5d}}, next: 60%}\n  b: {wait: 9d, next: 50%}",
    );
    let replications = 2000;
    let options = simulate::Options { replications, ..Default::default() };
    let simulation = run(&model, &options, &Progress::default()).unwrap();
    let solution = solve(&model, &Options::default()).unwrap();
    let rows = simulation.timeline.rows.iter();
    let weeks: Vec<_> = rows
        .filter(|row| row.period == Period::Week && row.measure == TimelineMeasure::InProgress)
        .collect();
    let mut compared = 0;
    for week in &weeks {
        let name = week.date.to_string();
        let figure = |stat| {
            let key = Key::new(Kpi::OpenDeals, stat).of(Scope::Week, &name);
            Row::find(&solution.window, &key).and_then(|row| row.figure.value()).unwrap()
        };
        let mean = figure(Stat::AtEnd);
        // The variance of a Poisson number is its mean; six standard errors over 15 weeks: 3e-8.
        let allowed = 6.0 * (mean / replications as f64).sqrt();
        assert!((week.mean - mean).abs() <= allowed, "{name}: {} and {mean}", week.mean);
        // A quantile of integers over replications is off by at most one.
        for (found, p) in week.quantiles.iter().zip([0.1, 0.5, 0.9]) {
            assert!((found - figure(Stat::quantile(p))).abs() <= 1.0, "{name} {p}: {found}");
        }
        compared += 1;
    }
    assert_eq!(compared, 14);
    for kpi in [Kpi::Throughput, Kpi::Bookings] {
        let key = |stat| Key::new(kpi, stat).per(Per::Month);
        let found = |stat| simulation.find(&key(stat)).unwrap().figure.clone();
        let exact = |stat| {
            Row::find(&solution.window, &key(stat)).and_then(|row| row.figure.value()).unwrap()
        };
        let mean = found(Stat::Mean);
        let error = mean.half_width().unwrap() / 1.96;
        assert!((mean.value().unwrap() - exact(Stat::Mean)).abs() <= 6.0 * error, "{kpi}");
        for p in [0.1, 0.5, 0.9] {
            let stat = Stat::quantile(p);
            let (found, exact) = (found(stat.clone()).value().unwrap(), exact(stat));
            assert!((found - exact).abs() <= 0.04 * exact.max(25.0), "{kpi} {p}: {found} {exact}");
        }
    }
}

/// People who work part of the day: the wait is approximate, with the accuracy stated in
/// docs/accuracy.md.
#[test]
fn waits_for_people_with_closed_hours_are_approximate() {
    for (calendar, nearly) in [("", 0.15), (", calendar: office", 0.05)] {
        for people in [1, 3] {
            let model = load(&format!(
                "start: 2024-01-01\nwarmup: 8 weeks\nhorizon: 52 weeks\n\
                 calendars: {{office: {{hours: {{mon-fri: \"09:00-18:00\"}}}}}}\nroles: {{clerk: {{people: {people}}}}}\n\
                 sources: {{s: {{rate: {}/week{calendar}}}}}\n\
                 stages: {{desk: {{work: {{role: clerk, time: {{exponential: {{mean: 1h}}}}}}, next: won}}}}",
                34 * people
            ));
            let options = simulate::Options { replications: 100, ..Default::default() };
            let simulation = run(&model, &options, &Progress::default()).unwrap();
            let key = Key::new(Kpi::QueueTime, Stat::Mean).role("clerk");
            let found = simulation.value(&key).unwrap();
            let solution = solve(&model, &Options::default()).unwrap();
            let row = Row::find(&solution.long_run, &key).unwrap();
            assert!(matches!(row.figure, Figure::Approximate { .. }), "{row:?}");
            let ratio = row.figure.value().unwrap() / found;
            assert!((ratio - 1.0).abs() <= nearly, "{people} people{calendar}: {ratio}");
        }
    }
}
