//! Funnels with exact answers, compared with the results of the program.
//!
//! The cases of `tests/exact` are absorbing Markov chains with rework, conditional times, sums of
//! distributions and open deals under a changing rate, computed by linear algebra and numerical
//! inversion outside this program. They are converted to the language, run with a fixed seed and
//! judged by one rule ([`judge`]), whose false-alarm rate over the whole suite is 10^-6. Each test
//! states the number of quantities judged. The answers of `solve` for the same cases are compared
//! to the last digits.

// `allow-unwrap-in-tests` covers only functions marked as tests, not functions that they call.
#![allow(clippy::unwrap_used)]

mod converter;
mod judge;
mod long_chain;
mod measure;
mod money;
mod queue_cases;
mod queue_formulas;
mod queues;
mod solve;
mod sweep;
mod timeline;

use converter::{Case, CaseDuration, CaseStage, Quantity, load, read, until_empty};
use judge::{Verdict, judge};
use measure::{Judged, Size, critical, measure};

const FULL: Size = Size { replications: 250, deals: 4000 };

/// The quantities of a case that the language can express, with its stages or equivalent ones.
fn expressible(case: &Case) -> Vec<Quantity> {
    let stages = &case.model.stages;
    let has_stage = |name: &str| {
        let stage = name.strip_prefix("visits[").and_then(|rest| rest.strip_suffix(']'));
        stage.is_none_or(|wanted| stages.iter().any(|stage| stage.name == wanted))
    };
    let quantities = case.quantities.iter();
    let said = quantities.filter(|q| has_stage(&q.name));
    let said: Vec<Quantity> = said.cloned().collect();
    let skipped = case.quantities.len() - said.len();
    println!("{}: {skipped} of {} quantities skipped", case.id, case.quantities.len());
    said
}

fn judge_case(case: &Case, size: Size) -> Vec<Judged> {
    let model = load(&until_empty(&case.model, size.deals));
    measure(case, &expressible(case), &model, size)
}

/// All must pass, and their number must be the expected one.
fn settle(case: &str, judged: &[Judged], expected: usize) {
    let mut bad = Vec::new();
    for Judged { quantity, found } in judged {
        let complaint = match judge(quantity, found) {
            Verdict::Pass => continue,
            Verdict::Fail => "disagrees with",
            Verdict::Inconclusive => "is too imprecise for",
        };
        let (name, value) = (&quantity.name, quantity.value);
        bad.push(format!("{name} {complaint} {value}: {}", shortened(&format!("{found:?}"))));
    }
    println!("{case}: {} quantities judged, critical z {:.2}", judged.len(), critical());
    assert!(bad.is_empty(), "{case}:\n{}", bad.join("\n"));
    assert_eq!(judged.len(), expected, "{case}: number of quantities");
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}

/// Names of the quantities that do not pass.
fn failing(case: &Case, size: Size) -> Vec<String> {
    let failed = |j: &Judged| judge(&j.quantity, &j.found) == Verdict::Fail;
    judge_case(case, size).into_iter().filter(failed).map(|j| j.quantity.name).collect()
}

#[test]
fn a_linear_funnel_agrees_with_its_markov_chain() {
    // The standard deviation of times of 0.9 % of all deals needs more deals than the rest.
    let size = Size { deals: 11_500, ..FULL };
    settle("chain-01", &judge_case(&read("chain-01"), size), 28);
}

#[test]
fn a_process_with_rework_agrees_with_its_markov_chain() {
    settle("chain-03", &judge_case(&read("chain-03"), FULL), 29);
}

#[test]
fn a_thousand_visits_of_one_stage_agree_with_the_geometric_law() {
    // 240,000,000 visits: 2 % of the mean of won deals needs 90,000 of those.
    let size = Size { replications: 200, deals: 1200 };
    settle("chain-06", &judge_case(&read("chain-06"), size), 12);
}

#[test]
fn a_limit_of_visits_agrees_with_its_markov_chain() {
    settle("chain-08", &judge_case(&read("chain-08"), FULL), 16);
}

#[test]
fn a_limit_of_visits_is_one_stage_per_attempt() {
    let mut case = read("chain-08");
    case.model.stages = case.model.equivalent_stages.clone();
    let first = case.model.stages[0].name.clone();
    case.model.start = first;
    settle("chain-08, unrolled", &judge_case(&case, FULL), 18);
}

#[test]
fn the_time_of_five_exponential_stages_is_hypoexponential() {
    settle("cycle-01", &judge_case(&read("cycle-01"), FULL), 17);
}

#[test]
fn the_time_of_three_lognormal_stages_agrees_with_its_transform() {
    settle("cycle-04", &judge_case(&read("cycle-04"), FULL), 16);
}

#[test]
fn the_time_of_won_deals_with_rework_agrees_with_its_transform() {
    let size = Size { deals: 8000, ..FULL };
    settle("cycle-07", &judge_case(&read("cycle-07"), size), 16);
}

#[test]
fn times_with_atoms_keep_their_atoms() {
    settle("cycle-10", &judge_case(&read("cycle-10"), FULL), 8);
}

fn stage<'c>(case: &'c mut Case, name: &str) -> &'c mut CaseStage {
    case.model.stages.iter_mut().find(|stage| stage.name == name).unwrap()
}

#[test]
fn a_probability_that_is_off_by_half_a_percent_point_is_caught() {
    let mut case = read("chain-01");
    let to = &mut stage(&mut case, "lead").to;
    to.insert("qualified".to_owned(), 0.555);
    to.insert("lost:no_need".to_owned(), 0.445);
    let failing = failing(&case, FULL);
    assert!(failing.contains(&"p_end[lost:no_need]".to_owned()), "{failing:?}");
}

#[test]
fn a_mean_that_is_two_percent_too_long_is_caught() {
    let mut case = read("chain-01");
    stage(&mut case, "lead").duration = CaseDuration::Exponential { mean: 2.0 + 0.02 * 7.709 };
    let failing = failing(&case, FULL);
    assert!(failing.contains(&"mean_time".to_owned()), "{failing:?}");
    assert!(failing.iter().all(|name| name.contains("time")), "{failing:?}");
}

#[test]
fn a_spread_that_is_too_small_is_caught_though_the_means_agree() {
    let mut case = read("chain-01");
    stage(&mut case, "qualified").duration = CaseDuration::Deterministic { value: 3.0 };
    let failing = failing(&case, FULL);
    assert!(failing.contains(&"sd_time|lost:no_budget".to_owned()), "{failing:?}");
    assert!(failing.iter().all(|name| name.starts_with("sd_")), "{failing:?}");
}

#[test]
fn a_limit_of_visits_that_is_off_by_one_is_caught() {
    let mut case = read("chain-08");
    stage(&mut case, "attempt").max_visits = Some(4);
    let failing = failing(&case, FULL);
    for name in ["p_end[lost:unreached]", "p_end[won]", "visits[attempt]", "mean_time|won"] {
        assert!(failing.contains(&name.to_owned()), "{failing:?}");
    }
    // An attempt costs the same and succeeds equally often, whatever their number.
    assert!(!failing.contains(&"cost_per_won".to_owned()), "{failing:?}");
}

#[test]
fn an_atom_that_is_off_by_a_second_is_caught() {
    let mut case = read("cycle-10");
    let value = 2.0 + 1.0 / 86_400.0;
    stage(&mut case, "a").duration = CaseDuration::Deterministic { value };
    let failing = failing(&case, FULL);
    assert_eq!(failing.len(), 7, "all but the win probability: {failing:?}");
}

#[test]
fn results_from_too_few_deals_are_inconclusive() {
    let judged = judge_case(&read("chain-01"), Size { replications: 200, deals: 20 });
    let verdicts: Vec<Verdict> = judged.iter().map(|j| judge(&j.quantity, &j.found)).collect();
    assert!(!verdicts.contains(&Verdict::Fail), "{verdicts:?}");
    assert!(verdicts.contains(&Verdict::Inconclusive), "{verdicts:?}");
}
