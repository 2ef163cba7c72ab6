//! A run until a precision is a run with that number of replications, and reports how many more it
//! would need.

use voronka::kpi::Kpi;
use voronka::model::{self, Model};
use voronka::study::precision::{FIRST, Precision, USUAL};
use voronka::study::simulate::{Options, Progress, Simulation, run};

fn load(text: &str) -> Model {
    model::load("m.yaml", text, &[], None).model.unwrap()
}

const MODEL: &str = "horizon: 3 months
value: {lognormal: {mean: 9000, sd: 9000}}
sources: {site: {rate: 20/week, cost: 40}}
stages:
  lead:  {wait: 1d, next: 30%}
  offer: {wait: {exponential: {mean: 9d}}, next: 40%}
";

fn until(relative: f64, kpis: &[Kpi], most: u64) -> Simulation {
    let precision = Some(Precision { relative, kpis: kpis.to_vec() });
    let options = Options { replications: most, precision, ..Options::default() };
    run(&load(MODEL), &options, &Progress::default()).unwrap()
}

#[test]
fn a_run_until_a_precision_equals_a_run_of_its_count() {
    let found = until(0.03, &[], 100_000);
    let count = found.options.replications;
    let reached = found.precision.as_ref().unwrap();
    assert_eq!(reached.figures, USUAL.map(|(kpi, _)| kpi));
    assert!(count > FIRST && (count / FIRST).is_power_of_two(), "{count}");
    assert!(reached.more == 0 && reached.worst.unwrap().1 <= 0.03, "{reached:?}");
    let options = Options { replications: count, ..Options::default() };
    let plain = run(&load(MODEL), &options, &Progress::default()).unwrap();
    assert_eq!(found.rows, plain.rows);
    assert_eq!(found.timeline, plain.timeline);
    // At the check before, it was not precise enough.
    let options = Options { replications: count / 2, ..Options::default() };
    let half = run(&load(MODEL), &options, &Progress::default()).unwrap();
    let wanted = Precision { relative: 0.03, kpis: Vec::new() };
    assert!(wanted.judge(&half.rows, count / 2).more > 0);
}

#[test]
fn a_reached_limit_says_how_many_more_replications_are_needed() {
    let stopped = until(0.01, &[Kpi::Bookings], 200);
    let reached = stopped.precision.unwrap();
    assert_eq!(
        (stopped.options.replications, reached.figures.as_slice()),
        (200, &[Kpi::Bookings][..])
    );
    assert!(reached.more > 200, "{reached:?}");
    let options = Options { replications: 200 + reached.more, ..Options::default() };
    let enough = run(&load(MODEL), &options, &Progress::default()).unwrap();
    let row = enough.row(Kpi::Bookings).unwrap();
    let relative = row.figure.half_width().unwrap() / row.figure.value().unwrap();
    assert!((0.008..=0.01).contains(&relative), "{relative}");
}
