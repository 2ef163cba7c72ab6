//! Observations and conclusions are separate: parts of a run merge to the whole, and other options
//! need no second run.

use voronka::kpi::Kpi;
use voronka::model::Model;
use voronka::study::conclude;
use voronka::study::failure::Misfit;
use voronka::study::observations::Observations;
use voronka::study::simulate::{Failure, Options, Progress, Simulation, observe, run};
use voronka::tally::figures::{self, Limit};

use super::determinism::{LOOPS, PEOPLE, STRAIGHT, bytes, model};

/// A run until empty: windows differ in length.
const UNTIL_EMPTY: &str = "horizon: until empty\nvalue: 100\nsources: {s: {rate: 2/day, count: 30}}\n\
    stages: {a: {wait: {exponential: {mean: 9d}}, next: {b: 50%, lost: rest}}, b: {wait: 3d, next: 40%}}";

fn options(first: u64, replications: u64) -> Options {
    let figures = figures::Options {
        keep_replications: true,
        within: vec![Limit { label: "9d".into(), days: 9.0 }],
        ..figures::Options::default()
    };
    let by = vec!["source".to_owned()];
    Options { first, replications, seed: 7, by, figures, weekly: true, ..Options::default() }
}

fn part(model: &Model, first: u64, replications: u64) -> Observations {
    observe(model, &options(first, replications), &Progress::default()).unwrap()
}

/// Checks that all results are the same.
fn assert_same(found: &Simulation, whole: &Simulation, what: &str) {
    assert!(found.rows == whole.rows, "{what}");
    assert!(bytes(found) == bytes(whole), "{what}");
    assert_eq!(found.timeline, whole.timeline, "{what}");
    assert_eq!(found.losses, whole.losses, "{what}");
    assert_eq!(found.weekly, whole.weekly, "{what}");
    assert_eq!(found.sales_cycle, whole.sales_cycle, "{what}");
    assert_eq!(found.heavy, whole.heavy, "{what}");
    let numbers = |s: &Simulation| (s.deals, s.days, s.warmup, s.controlled);
    assert_eq!(numbers(found), numbers(whole), "{what}");
}

#[test]
fn halves_of_a_run_that_are_written_down_and_merged_give_the_bytes_of_the_whole() {
    for text in [STRAIGHT, LOOPS, PEOPLE, UNTIL_EMPTY] {
        let model = model(text);
        let whole = run(&model, &options(0, 200), &Progress::default()).unwrap();
        let (first, second) = (part(&model, 0, 100), part(&model, 100, 100));
        let read = |written: &Observations| -> Observations {
            serde_json::from_str(&serde_json::to_string(written).unwrap()).unwrap()
        };
        let mut backwards = read(&second);
        assert_eq!(backwards, second);
        backwards.merge(read(&first)).unwrap();
        let mut merged = first;
        merged.merge(second).unwrap();
        assert_eq!(merged, backwards, "{text}");
        for observations in [merged, backwards] {
            let found = conclude(&model, &observations, &options(0, 200)).unwrap();
            assert_same(&found, &whole, text);
        }
    }
}

#[test]
fn another_choice_of_statistics_needs_no_second_run() {
    let model = model(LOOPS);
    let observations = part(&model, 0, 50);
    let mut other = options(0, 50);
    other.figures.level = 0.8;
    other.figures.quantiles = vec![0.2, 0.5, 0.95];
    other.figures.control = false;
    let found = conclude(&model, &observations, &other).unwrap();
    assert_same(&found, &run(&model, &other, &Progress::default()).unwrap(), "statistics");
    let kpis = vec![Kpi::SalesCycle, Kpi::Bookings];
    let few = Options { kpis, weekly: false, ..other };
    let found = conclude(&model, &observations, &few).unwrap();
    assert_same(&found, &run(&model, &few, &Progress::default()).unwrap(), "a few KPIs");
}

#[test]
fn observations_of_something_else_are_refused() {
    let (model, other) = (model(LOOPS), model(STRAIGHT));
    let refused = |observations: &Observations, options: &Options, of: &Model| match conclude(
        of,
        observations,
        options,
    ) {
        Err(Failure::Misfit(misfit)) => misfit,
        other => panic!("{other:?}"),
    };
    let ten = part(&model, 0, 10);
    let wanted = options(0, 10);
    let seed = Options { seed: 8, ..wanted.clone() };
    assert_eq!(refused(&ten, &seed, &model), Misfit::Setting);
    let mut within = wanted.clone();
    within.figures.within.clear();
    assert_eq!(refused(&ten, &within, &model), Misfit::Setting);
    assert_eq!(refused(&ten, &wanted, &other), Misfit::Model);
    let few = Options { kpis: vec![Kpi::SalesCycle], ..wanted.clone() };
    let of_sales = observe(&model, &few, &Progress::default()).unwrap();
    assert_eq!(refused(&of_sales, &wanted, &model), Misfit::Setting);
    let mut both = ten.clone();
    assert_eq!(both.merge(of_sales), Err(Misfit::Setting));
    both.merge(part(&model, 12, 3)).unwrap();
    assert_eq!(refused(&both, &wanted, &model), Misfit::Range { number: 12 });
    both.merge(part(&model, 10, 3)).unwrap();
    assert_eq!(refused(&both, &wanted, &model), Misfit::Range { number: 12 });
}

#[test]
fn observations_of_another_model_of_equal_dimensions_are_refused() {
    let text = "sources: {s: {every: {exponential: {mean: 4h}}}}\nstages: {a: {wait: {lognormal: {mean: 3d, sd: 2d}}, next: 50%}}\n";
    let whole = model(text);
    let refused = |other: &str| {
        let other = model(other);
        let found = conclude(&other, &part(&whole, 0, 3), &options(0, 3)).err();
        let merged = part(&whole, 0, 3).merge(part(&other, 3, 3)).err();
        assert_eq!(found, merged.clone().map(Failure::Misfit));
        merged
    };
    assert_eq!(refused(&format!("# the same\n{text}")), None);
    for (from, to) in [
        ("50%", "51%"),
        ("3d", "3.001d"),
        ("sd: 2d", "sd: 2.1d"),
        ("4h", "4.1h"),
        ("lognormal", "gamma"),
    ] {
        assert_eq!(refused(&text.replace(from, to)), Some(Misfit::Model), "{to}");
    }
    // Another horizon, which does not change any draw.
    assert_eq!(refused(&format!("horizon: 7 months\n{text}")), Some(Misfit::Model));
}
