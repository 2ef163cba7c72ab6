//! When an alternative has paid for itself, by hand.

use voronka::model::{Model, Override, load};
use voronka::study::compare::{Comparison, compare, observe, sides};
use voronka::study::simulate::{self, Options, Progress};

use super::close;

/// A sale of 100 each day from 6 January on; the alternative earns 60 of it instead of 50, and costs 300 once.
const TEXT: &str = "start: 2026-01-05\nhorizon: 90d\nvalue: 100\nsources: {s: {every: 1d}}\nterms: {margin: 50%}\n\
    scenarios: {better: {investment: 300, terms: {margin: 60%}}, dear: {investment: 9000, terms: {margin: 60%}}, \
    unknown: {terms: null}}\nstages: {a: {next: won}}\n";

fn compared(scenario: &str) -> Comparison {
    let read = |changes: &[Override]| -> Model {
        load("m", TEXT, changes, None).model.expect("the model is sound")
    };
    let models = [read(&[]), read(&[Override::Scenario(scenario.to_owned())])];
    let models: Vec<&Model> = models.iter().collect();
    let options = Options { replications: 4, threads: 1, ..Options::default() };
    let simulate =
        |model: &Model, options: &Options| simulate::observe(model, options, &Progress::default());
    let observed = observe(&models, &options, simulate).unwrap();
    let sides = sides(&models, &observed);
    compare(sides[0], &sides[1..], &options).unwrap()
}

#[test]
fn an_investment_pays_off_at_the_end_of_a_week() {
    let found = compared("better");
    let payback = found.alternatives[0].payback.as_ref().unwrap();
    // At the end of week k there were 7 k - 1 sales, each with 10 more: more than 300 from the fifth week on.
    close(payback.days.value.unwrap(), 35.0, "days");
    close(payback.share.value.unwrap(), 1.0, "share");
    assert_eq!(payback.date.unwrap().to_string(), "2026-02-08");
    // By the end of January 26 days had a sale.
    close(payback.profit[0].difference.value.unwrap(), 10.0 * 26.0 - 300.0, "January");
}

#[test]
fn what_costs_more_than_it_brings_never_pays_off() {
    let found = compared("dear");
    let payback = found.alternatives[0].payback.as_ref().unwrap();
    assert_eq!((payback.days.value, payback.date), (None, None));
    close(payback.share.value.unwrap(), 0.0, "share");
}

#[test]
fn without_a_margin_nobody_knows() {
    assert!(compared("unknown").alternatives[0].payback.is_none());
}
