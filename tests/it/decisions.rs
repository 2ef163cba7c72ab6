//! `check --simulate` runs until expectations are decided: exactly where theory answers, else up to a budget.

use voronka::diagnostic::Verdict;
use voronka::model::{Model, load};
use voronka::study::expectations::{Judgement, Known, decide};
use voronka::study::simulate::{Failure, Options, Progress, run};

/// A seller makes deals depend on each other, so theory does not answer; half of the deals are won all the same.
const WITH_PEOPLE: &str = "horizon: 4 weeks
roles: {seller: {people: 1}}
sources: {site: {rate: 20/week}}
stages: {talk: {phase: deal, work: {role: seller, time: 10 min}, next: {won: 50%, lost: rest}}}
";

fn model(text: &str) -> Model {
    load("m.yaml", text, &[], None).model.unwrap()
}

fn judged(model: &Model, first: u64, budget: u64, seed: u64) -> Vec<Judgement<'_>> {
    let options = Options { replications: first, seed, threads: 1, ..Options::default() };
    let simulate = |options: &Options| run(model, options, &Progress::default()).map(Some);
    decide(model, &options, budget, simulate).unwrap()
}

#[test]
fn what_theory_knows_is_judged_exactly_and_without_simulation() {
    let model = model(
        "horizon: 4 weeks\nsources: {site: {rate: 20/week}}\nstages: {talk: {cost: 3, wait: 1d, next: 30%}}\n\
         expect:\n  - {kpi: intake, between: [79.99, 80.01]}\n  - {kpi: intake, below: 79}\n  \
         - {kpi: intake, at_least: 80}\n",
    );
    let options = Options::default();
    let never = |_: &Options| -> Result<_, Failure> { panic!("nothing is left to simulate") };
    let judged = decide(&model, &options, 10_000, never).unwrap();
    let verdicts: Vec<Verdict> = judged.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Kept, Verdict::Broken, Verdict::Kept]);
    assert!(judged.iter().all(|one| one.known == Known::Theory));
}

#[test]
fn a_run_goes_on_until_all_is_decided_or_to_its_budget() {
    let clear = model(&format!("{WITH_PEOPLE}expect:\n  - {{kpi: win_rate, at_least: 30%}}\n"));
    let found = judged(&clear, 50, 1600, 1);
    assert_eq!((found[0].verdict, found[0].known), (Verdict::Kept, Known::Replications(50)));
    let close = model(&format!("{WITH_PEOPLE}expect:\n  - {{kpi: win_rate, at_least: 49%}}\n"));
    let found = judged(&close, 50, 12_800, 1);
    assert_eq!(found[0].verdict, Verdict::Kept);
    let Known::Replications(needed) = found[0].known else { panic!("it is simulated") };
    assert!((100..=12_800).contains(&needed), "{needed}");
    let found = judged(&close, 50, 50, 1);
    assert!(matches!(found[0].verdict, Verdict::Undecided { needed: Some(_) }), "{found:?}");
    // No time: undecided, whatever the truth.
    let no_time = |_: &Options| -> Result<_, Failure> { Ok(None) };
    let found = decide(&close, &Options::default(), 50, no_time).unwrap();
    assert_eq!(found[0].verdict, Verdict::Undecided { needed: None });
}

/// The truth lies on the limit, so every decision is one by chance: all looks together make at most one in twenty. Of 300
/// seeds more than 36 decide with a probability below 1e-6 (binomial, 5 %).
#[test]
fn looking_often_decides_by_chance_no_more_often_than_the_level_says() {
    let model = model(&format!("{WITH_PEOPLE}expect:\n  - {{kpi: win_rate, at_least: 50%}}\n"));
    let decided =
        |seed: u64| !matches!(judged(&model, 50, 400, seed)[0].verdict, Verdict::Undecided { .. });
    let count = (1..=300).filter(|seed| decided(*seed)).count();
    assert!(count <= 36, "{count} of 300 are decided");
}
