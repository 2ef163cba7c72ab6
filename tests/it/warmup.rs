//! Figures include nothing of the warm-up: with twice the warm-up they are the same except for
//! chance.
//!
//! The models are stationary after a few days, so a KPI that counted anything of the warm-up would
//! grow with it. Two runs with different seeds are compared row by row. A difference counts if
//! chance explains it less than once in 10^6 over all rows of a model.

use voronka::kpi::{Key, Kpi, Row, Scope, Stat, Unit};
use voronka::model::{self, Model};
use voronka::stats::{normal_quantile, t_quantile};
use voronka::study::events;
use voronka::study::simulate::{Options, Progress, Simulation, run};

const FALSE_ALARM: f64 = 1e-6;
const REPLICATIONS: u64 = 150;

/// People with patience and hourly cost, a queue, rework, losses, sales in a stage and clients who
/// buy again.
const PEOPLE: &str = r#"
start: 2026-01-05
horizon: 4 weeks
calendars: {always: {hours: {mon-sun: "00:00-24:00"}}}
roles: {clerk: {people: 2, cost: 30/hour}, chief: {people: [{name: Anna, cost: 4000/month}]}}
attributes: {segment: {small: 60%, large: rest}}
value: {lognormal: {median: 1000, sigma: 0.5}}
sources: {site: {rate: 20/day, cost: 7}, fair: {rate: 3/day, batch: 2, cost: 1}}
reasons: {junk: disqualified}
targets: {bookings: 390000/month, wins: 300/month}
stages:
  lead: {phase: lead, work: {role: clerk, time: {exponential: {mean: 1h}}, activity: call}, cost: 2, sla: 3h, patience: {time: 12h, lost: cold}, next: {offer: 70%, lost: {junk: rest}}}
  offer:
    steps: [{role: clerk, time: 30 min, activity: letter, cost: 5}, {wait: {exponential: {mean: 1d}}}, {role: chief, time: 15 min}]
    next: {order: 50%, offer: 20%, lost: {price: 20%, rival: rest}}
  order: {sale: true, phase: order, wait: {uniform: {min: 1d, max: 2d}}, work: {role: clerk, time: 1h}, next: {offer: 20%, lost: {left us: 10%}, done: rest}}
"#;

/// Deals that share nothing; a loop, a visit limit, variants.
const ALONE: &str = "
start: 2026-01-05
horizon: 3 weeks
value: {uniform: {min: 100, max: 300}}
sources: {site: {rate: 30/day, cost: 3}}
stages:
  lead: {phase: lead, wait: {exponential: {mean: 12h}}, cost: 4, max_visits: {count: 3, lost: too often}, next: {lead: 30%, offer: 40%, lost: rest}}
  offer: {wait: {gamma: {mean: 1d, sd: 1d}}, sla: 1d, cost: 9, next: {won: 40%, lost: {price: rest}}, variants: [{when: {visit: {at_least: 2}}, cost: 1}]}
";

fn load(text: &str) -> Model {
    model::load("m.yaml", text, &[], None).model.unwrap()
}

fn simulate(text: &str, warmup: &str, seed: u64) -> Simulation {
    let model = load(&format!("{text}warmup: {warmup}\n"));
    let options = Options { replications: REPLICATIONS, seed, ..Options::default() };
    run(&model, &options, &Progress::default()).unwrap()
}

/// The value of a row with its standard error.
fn value(row: &Row) -> Option<(f64, f64)> {
    let estimate = row.raw()?;
    let is_quantile = matches!(row.key.stat, Stat::Quantile(_));
    let critical = if is_quantile {
        normal_quantile(0.975)
    } else {
        t_quantile(0.975, REPLICATIONS as f64 - 1.0)
    };
    let value = estimate.value?;
    // Values of a histogram have a relative error.
    let grain = if is_quantile { 0.004 * value.abs() } else { 1e-9 * value.abs() };
    Some((value, estimate.half_width? / critical + grain))
}

#[test]
fn no_kpi_changes_with_twice_the_warm_up() {
    let (mut seen, mut simulated): (Vec<Kpi>, Vec<Kpi>) = (Vec::new(), Vec::new());
    for text in [PEOPLE, ALONE] {
        let short = simulate(text, "8 weeks", 1);
        let long = simulate(text, "16 weeks", 2);
        simulated.extend(short.rows.iter().map(|row| row.key.kpi));
        let mut pairs = Vec::new();
        for row in &short.rows {
            let other = Row::find(&long.rows, &row.key);
            // A share of few is not normal.
            let few = |row: &Row| row.n < 100 || row.unit() == Unit::Share && rare(row);
            let Some(other) = other.filter(|other| !few(row) && !few(other)) else { continue };
            if let (Some(one), Some(two)) = (value(row), value(other)) {
                pairs.push((row, one, two));
                seen.push(row.key.kpi);
            }
        }
        assert!(pairs.len() > 60, "{}", pairs.len());
        let critical =
            t_quantile(1.0 - FALSE_ALARM / pairs.len() as f64 / 2.0, REPLICATIONS as f64 - 1.0);
        for (row, one, two) in pairs {
            let error = one.1.hypot(two.1);
            let apart = (one.0 - two.0).abs();
            assert!(
                apart <= critical * error,
                "{:?}: {one:?} with 8 weeks, {two:?} with 16, {:.1} standard errors",
                row.key,
                apart / error
            );
        }
    }
    // Every KPI of these models was compared.
    let missed: Vec<&Kpi> =
        Kpi::ALL.iter().filter(|kpi| simulated.contains(kpi) && !seen.contains(kpi)).collect();
    assert!(missed.is_empty() && seen.len() > 60, "{missed:?}");
}

/// Whether a share has few counts on either side; an attainment may be above one.
fn rare(row: &Row) -> bool {
    let share = row.raw().and_then(|estimate| estimate.value).unwrap_or(0.0);
    (0.0..=1.0).contains(&share) && row.n as f64 * share.min(1.0 - share) < 30.0
}

#[test]
fn work_of_the_warm_up_is_no_activity_of_the_window() {
    let text = "start: 2026-01-05\nhorizon: 1 week\nwarmup: 10 weeks\n\
        calendars: {always: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 5}}\n\
        sources: {s: {every: 1h}}\nstages: {a: {work: {role: r, time: 30 min, activity: call}, next: won}}";
    let options = Options { replications: 3, ..Options::default() };
    let found = run(&load(text), &options, &Progress::default()).unwrap();
    let of = |stat| found.value(&Key::new(Kpi::Activities, stat).of(Scope::Activity, "call"));
    assert_eq!((of(Stat::Done), of(Stat::PerSale)), (Some(168.0), Some(1.0)));
}

#[test]
fn an_event_log_has_nothing_of_the_warm_up() {
    let model = load(&format!("{PEOPLE}warmup: 4 weeks\n"));
    let log = events::record(&model, &Options::default(), &[]).unwrap();
    let window = log.program.window;
    assert!(log.events.len() > 500);
    for event in &log.events {
        assert!(event.start.unwrap_or(event.ready) >= window.start, "{event:?}");
        assert!(event.end.is_none_or(|end| end <= window.end), "{event:?}");
    }
}
