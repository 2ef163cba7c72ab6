//! `check --simulate` judges the expectations of the model and of each scenario.

use super::{Repository, Value};

/// A win rate of 40 %, of 60 % in `better`, of 20 % in `worse`; theory knows them.
const MODEL: &str = "expect: [{kpi: win_rate, at_least: 35%}]\n\
    scenarios:\n  better: {expect: [{kpi: win_rate, at_least: 55%}], stages: {lead: {next: 60%}}}\n  \
    worse: {stages: {lead: {next: 20%}}}\n\
    stages:\n  lead: {wait: 1d, next: {won: 40%, lost: {price: rest}}}\n";

fn objects(arguments: &[&str]) -> (i32, Vec<Value>) {
    let repository = Repository::with(&[("m.yaml", MODEL)]);
    let all = [&["--simulate", "--format", "json", "m.yaml"], arguments].concat();
    let answer = repository.check(&all);
    (answer.code, serde_json::from_str(&answer.stdout).unwrap())
}

/// The scenarios, with whether their expectation holds.
fn verdicts(objects: &[Value]) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for judged in objects.iter().map(|one| &one["expectation"]).filter(|one| !one.is_null()) {
        let scenario = judged["scenario"].as_str().unwrap_or("base");
        found.push((scenario, judged["verdict"].as_str().unwrap()));
    }
    found
}

#[test]
fn each_scenario_has_a_verdict_and_a_broken_one_fails() {
    let (code, objects) = objects(&[]);
    let mut found = verdicts(&objects);
    found.sort_unstable();
    assert_eq!(found, [("base", "kept"), ("better", "kept"), ("worse", "broken")]);
    assert_eq!(code, 1);
    // A scenario without expectations of its own is held against those of the model, at their place.
    let broken = objects.iter().find(|one| one["expectation"]["verdict"] == "broken").unwrap();
    assert_eq!((&broken["line"], &broken["code"]), (&1.into(), &"V511".into()));
}

#[test]
fn a_finding_names_its_scenario() {
    let repository = Repository::with(&[("m.yaml", MODEL)]);
    let answer = repository.check(&["--simulate", "m.yaml"]);
    assert!(answer.stdout.contains("in this scenario"), "{}", answer.stdout);
    assert!(answer.stderr.contains("fails: m.yaml: scenario worse: win_rate"), "{}", answer.stderr);
    assert!(answer.stderr.contains("holds: m.yaml: scenario better: "), "{}", answer.stderr);
}

#[test]
fn changes_of_the_command_line_come_after_the_scenario() {
    let (code, objects) = objects(&["--set", "stages.lead.next=58%"]);
    let mut found = verdicts(&objects);
    found.sort_unstable();
    assert_eq!(found, [("base", "kept"), ("better", "kept"), ("worse", "kept")]);
    assert_eq!(code, 0);
}
