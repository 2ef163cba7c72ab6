//! Runs and theory of the same models agree, and a planted error is seen.

use std::path::Path;

use voronka::model::{self, Model};
use voronka::program::Program;
use voronka::study::cross_check::{self, CrossCheck};
use voronka::study::simulate::{self, Progress, run};
use voronka::study::solve::comparable;

fn load(text: &str) -> Model {
    let loaded = model::load("m.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// A run of one model against the theory of another.
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
fn planted_errors_are_seen() {
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
fn shipped_models_agree_where_both_answer() {
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
