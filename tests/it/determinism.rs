//! The same model, seed and replications give the same bytes, for any number of threads and any
//! walk.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use voronka::engine::Walk;
use voronka::model::{Model, load};
use voronka::random::key::hash_name;
use voronka::render::csv;
use voronka::report::tables::{TimeUnit, kpis, losses, replications, stages, timeline};
use voronka::study::simulate::{Options, Progress, Simulation, run};
use voronka::tally::figures;

/// A model with branches, attributes, variants, sales in a stage, a warm-up and a window that ends
/// before all deals have left, but without loops: every walk can take it.
pub(crate) const STRAIGHT: &str = r"
start: 2025-03-03
horizon: 3 months
warmup: 4 weeks
attributes: {segment: {smb: 70%, enterprise: rest}}
value: [{when: {segment: enterprise}, amount: {lognormal: {mean: 4000, sd: 2500}}}, {amount: 900}]
sources:
  site: {rate: 9/day, season: {mar: 1.2, sat: 0.1, sun: 0}, growth: 2%/month, cost: 5}
  fair: {every: 1d, batch: 3, count: 40, from: 2025-03-10, enters: demo}
stages:
  lead: {phase: lead, wait: {exponential: {mean: 2d}}, next: {demo: 50%, offer: 10%, lost: {no answer: 25%, junk: rest}}}
  demo: {wait: {gamma: {mean: 5d, sd: 3d}}, cost: 20, next: {offer: {share: 60%, after: 1d}, lost: rest}}
  offer:
    steps: [{wait: {uniform: {min: 1h, max: 3d}}}, {wait: {triangular: {min: 1d, mode: 2d, max: 9d}}, cost: 7}]
    next: {delivery: 40%, lost: {price: 30%, rival: rest}}
    variants: [{when: {segment: enterprise}, next: {delivery: 30%, lost: {rival: rest}}}, {when: {month: apr}, cost: 3}]
  delivery: {sale: true, phase: order, wait: {weibull: {shape: 1.5, scale: 9d}}, next: {done: 95%, lost: churned}}
reasons: {junk: disqualified}
";

/// People with two calendars in a zone with clock changes, conditions on queues, patience, work and
/// waits in any order.
pub(crate) const PEOPLE: &str = r#"
start: 2026-03-16
horizon: 2 months
warmup: 2 weeks
timezone: Europe/Berlin
calendars:
  office: {hours: {mon-fri: ["09:00-13:00", "14:00-18:00"]}, holidays: [2026-04-03, 2026-04-06]}
  late: {hours: {mon-fri: "12:00-22:00", sat: "22:00-06:00"}}
roles:
  clerk: {people: 3, cost: 30/hour}
  expert: {people: [{count: 2, cost: 9000/month}, {name: Vera, calendar: late}]}
value: {lognormal: {median: 100, sigma: 0.5}}
sources: {site: {rate: 20/day, cost: 2}, calls: {every: {exponential: {mean: 2h}}, calendar: late}}
stages:
  lead: {phase: lead, work: {role: clerk, time: {lognormal: {median: 30 min, p90: 2h}}}, sla: 4 working hours, patience: {time: {exponential: {mean: 2d}}, lost: cold}, next: {offer: 60%, lost: rest}}
  offer:
    steps: [{role: expert, time: 1h}, {wait: {until: "thu 14:00"}}, {wait: 3 working hours}, {role: clerk, time: 20 min, cost: 5}]
    next: {won: 40%, offer: {share: 20%, after: 1 working day}, lost: rest}
    variants: [{when: {queue: {expert: {at_least: 3}}}, work: {role: clerk, time: 2h}}]
"#;

/// The same with loops, limits and repeat sales.
pub(crate) const LOOPS: &str = r"
horizon: 5 months
value: {lognormal: {median: 100, sigma: 0.5}}
sources: {leads: {rate: 12/day}}
stages:
  lead: {wait: {lognormal: {median: 2d, p90: 9d}}, max_visits: {count: 3, lost: too often}, next: {lead: 30%, offer: 40%, lost: rest}}
  offer:
    wait: {hyperexponential: {shares: [80%, 20%], means: [2d, 20d]}}
    next: {won order: 40%, lead: 10%, lost: rest}
    variants: [{when: {bookings: {at_least: 1}}, next: {won order: 60%, lost: rest}}, {when: {visit: {at_least: 2}}, cost: 4}]
  won order: {sale: true, phase: client, wait: {pert: {min: 5d, mode: 10d, max: 60d}}, next: {offer: 50%, done: rest}}
";

pub(crate) fn model(text: &str) -> Model {
    let loaded = load("model.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

fn simulate(
    model: &Model,
    threads: usize,
    walk: Walk,
    first: u64,
    replications: u64,
) -> Simulation {
    let figures = figures::Options {
        keep_replications: true,
        within: vec![figures::Limit { label: "9d".into(), days: 9.0 }],
        ..figures::Options::default()
    };
    let by = vec!["source".to_owned()];
    let options =
        Options { replications, first, threads, walk, seed: 7, by, figures, ..Options::default() };
    run(model, &options, &Progress::default()).unwrap()
}

pub(crate) fn bytes(simulation: &Simulation) -> String {
    let rows: Vec<_> = simulation.rows.iter().collect();
    let unit = TimeUnit::Days;
    let tables = [
        kpis(simulation, &rows, unit),
        replications(simulation, &rows, unit),
        stages(simulation, unit),
        losses(simulation),
        timeline(simulation),
    ];
    tables.iter().map(|table| csv::write(table, csv::Dialect::default())).collect()
}

#[test]
fn blocks_and_the_plain_walk_give_the_same_bytes() {
    for by_source in [true, false] {
        let mut model = model(STRAIGHT);
        if !by_source {
            // One class and no limits: the block paths of the tally.
            model.expectations.clear();
        }
        let figures = figures::Options { keep_replications: true, ..figures::Options::default() };
        let options = |walk| Options {
            replications: 12,
            walk,
            by: if by_source { vec!["segment".to_owned()] } else { Vec::new() },
            figures: figures.clone(),
            ..Options::default()
        };
        let run = |walk| run(&model, &options(walk), &Progress::default()).unwrap();
        let (fast, plain) = (run(Walk::Fastest), run(Walk::OneByOne));
        assert!(fast.program.order.is_some(), "the model must be one that blocks can walk");
        assert!(bytes(&fast) == bytes(&plain), "the walks differ");
        assert_eq!(fast.sales_cycle, plain.sales_cycle);
    }
}

#[test]
fn threads_do_not_change_the_result() {
    for text in [STRAIGHT, LOOPS, PEOPLE] {
        let model = model(text);
        let one = bytes(&simulate(&model, 1, Walk::Fastest, 0, 15));
        for threads in [2, 3, 8] {
            assert!(one == bytes(&simulate(&model, threads, Walk::Fastest, 0, 15)), "{threads}");
        }
    }
}

#[test]
fn a_range_of_replications_equals_that_part_of_the_whole_run() {
    let model = model(LOOPS);
    let whole = simulate(&model, 2, Walk::Fastest, 0, 10);
    let part = simulate(&model, 2, Walk::Fastest, 6, 4);
    for (a, b) in whole
        .rows
        .iter()
        .filter(|row| !row.replications.is_empty())
        .zip(part.rows.iter().filter(|row| !row.replications.is_empty()))
    {
        assert_eq!(a.key, b.key);
        assert_eq!(a.replications[6..], b.replications[..], "{:?}", a.key);
    }
}

#[test]
fn another_source_does_not_change_the_draws_of_the_first() {
    let alone =
        "sources: {a: {rate: 5/day}}\nstages: {s: {wait: {exponential: {mean: 3d}}, next: 40%}}";
    let both = "sources: {a: {rate: 5/day}, b: {rate: 7/day}}\nstages: {s: {wait: {exponential: {mean: 3d}}, next: 40%}}";
    let of_a = |text: &str| {
        let simulation = simulate(&model(text), 1, Walk::Fastest, 0, 5);
        let rows = simulation.rows.into_iter().filter(|row| row.key.by == "source=a");
        rows.map(|row| (row.key, row.replications)).collect::<Vec<_>>()
    };
    let (first, second) = (of_a(alone), of_a(both));
    assert!(!first.is_empty());
    assert_eq!(first, second);
}

/// Frozen results: of the models above and of all shipped ones, with enough replications for a
/// control variate. A change needs a line in CHANGELOG.md under "numbers that changed";
/// `UPDATE_GOLDEN=1` then writes them anew.
#[test]
fn results_are_frozen() {
    let fingerprint = |model: &Model, replications| {
        hash_name(&bytes(&simulate(model, 2, Walk::Fastest, 0, replications)))
    };
    let mut found = String::new();
    for (name, text) in [("straight", STRAIGHT), ("loops", LOOPS), ("people", PEOPLE)] {
        for replications in [8, 40] {
            let print = fingerprint(&model(text), replications);
            writeln!(found, "{name} {replications} {print:016x}").unwrap();
        }
    }
    for path in crate::models::models() {
        let text = fs::read_to_string(&path).unwrap();
        let model = load("model.yaml", &text, &[], path.parent()).model.unwrap();
        let name = path.file_stem().unwrap().to_string_lossy();
        writeln!(found, "{name} 30 {:016x}", fingerprint(&model, 30)).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fingerprints.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&path).unwrap());
}
