//! Chances that vary, from replication to replication and from deal to deal, against the moments of the beta distribution.
//!
//! A share or a variance farther than 5.5 standard errors from the exact one has a probability below 4e-8 (8 comparisons:
//! false alarm 4e-7).

use std::sync::atomic::AtomicBool;

use voronka::engine::{Deal, Guard, Observer, Replication, Setup, Token, Visited, Walk, replicate};
use voronka::kpi::Kpi;
use voronka::model::{Model, load};
use voronka::program::Program;
use voronka::study::simulate::{self, Options, Progress};
use voronka::study::solve;

const Z: f64 = 5.5;
const DEALS: u64 = 100;
const RUNS: u64 = 4_000;

/// Deals by the number of their end.
#[derive(Default)]
struct Ends(Vec<u64>);

impl Observer for Ends {
    fn ends(&mut self, _: &Deal, _: &Token, end: usize, _: &Visited<'_>) {
        self.0.resize(self.0.len().max(end + 1), 0);
        self.0[end] += 1;
    }
}

fn model(stages: &str) -> Model {
    let head = format!("sources: {{s: {{every: 1h, count: {DEALS}}}}}\nhorizon: until empty\n");
    let loaded = load("m.yaml", &format!("{head}{stages}"), &[], None);
    loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// The deals of each end in each replication.
fn ends(stages: &str) -> Vec<Vec<u64>> {
    let program = Program::compile(&model(stages));
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 1_000_000, cancel: &cancel };
    let run = |number| {
        let mut ends = Ends(vec![0; program.ends.len()]);
        replicate(&Setup::new(&program, guard), Replication { seed: 5, number }, &mut ends);
        ends.0
    };
    (0..RUNS).map(run).collect()
}

fn is_near(found: &[f64], exact: f64, what: &str) {
    let n = found.len() as f64;
    let mean = found.iter().sum::<f64>() / n;
    let variance = found.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    assert!((mean - exact).abs() < Z * error, "{what}: {mean} ± {error}, exact {exact}");
}

/// The mean of shares and their variance around the exact mean.
fn moments(shares: &[f64], mean: f64, variance: f64, what: &str) {
    is_near(shares, mean, what);
    let squares: Vec<f64> = shares.iter().map(|share| (share - mean).powi(2)).collect();
    is_near(&squares, variance, &format!("variance of {what}"));
}

/// With n deals, the share won has the variance s² + (m (1 − m) − s²)/n.
#[test]
fn a_chance_per_run_moves_whole_replications() {
    let found = ends(
        "stages: {a: {next: {won: {share: {beta: {mean: 40%, sd: 10%}}, per: run}, lost: rest}}}",
    );
    let shares: Vec<f64> = found.iter().map(|ends| ends[0] as f64 / DEALS as f64).collect();
    moments(&shares, 0.4, 0.01 + (0.24 - 0.01) / DEALS as f64, "wins");
}

/// The same deal has the same chance in both visits: it is won with 1 − E (1 − X)² = 1 − (1 − m)² − s².
#[test]
fn a_chance_per_deal_is_kept_for_all_its_visits() {
    let found = ends(
        "stages: {a: {max_visits: {count: 2, lost: tired}, wait: 1d, \
         next: {won: {share: {beta: {mean: 30%, sd: 20%}}, per: deal}, a: rest}}}",
    );
    let won = 1.0 - 0.49 - 0.04;
    let shares: Vec<f64> = found.iter().map(|ends| ends[0] as f64 / DEALS as f64).collect();
    moments(&shares, won, won * (1.0 - won) / DEALS as f64, "wins");
}

#[test]
fn the_other_branches_share_what_is_left_in_proportion() {
    let found = ends(
        "stages: {a: {next: {done: 20%, won: {share: {beta: {mean: 40%, sd: 15%}}, per: run}, lost: {price: 10%, rival: rest}}}}",
    );
    let sum = |end: usize| found.iter().map(|ends| ends[end]).sum::<u64>() as f64;
    let left = sum(1) + sum(2) + sum(3);
    for (end, share) in [(1, 2.0 / 6.0), (2, 1.0 / 6.0), (3, 3.0 / 6.0)] {
        let error = (share * (1.0 - share) / left).sqrt();
        let found = sum(end) / left;
        assert!((found - share).abs() < Z * error, "end {end}: {found} ± {error}, exact {share}");
    }
}

fn rows(stages: &str, walk: Walk) -> String {
    let model = model(stages);
    let options = Options { replications: 20, walk, ..Options::default() };
    let found = simulate::run(&model, &options, &Progress::default()).unwrap();
    format!("{:?}", found.rows)
}

#[test]
fn every_walk_draws_the_same_chances_and_no_deviation_is_a_plain_share() {
    let stages = |share: &str| {
        format!(
            "stages: {{a: {{work: {{role: r, time: 20 min}}, next: {{won: {share}, lost: rest}}}}}}\n\
             roles: {{r: {{people: 2}}}}"
        )
    };
    let varying = stages("{share: {beta: {mean: 35%, sd: 5%}}, per: deal}");
    assert_eq!(rows(&varying, Walk::Fastest), rows(&varying, Walk::OneByOne));
    assert_eq!(rows(&varying, Walk::Fastest), rows(&varying, Walk::Lines));
    let fixed = stages("{share: {beta: {mean: 35%, sd: 0%}}, per: run}");
    assert_eq!(rows(&fixed, Walk::Fastest), rows(&stages("35%"), Walk::Fastest));
}

#[test]
fn the_solver_says_that_it_does_not_follow_them() {
    let stages =
        "stages: {a: {next: {won: {share: {beta: {mean: 40%, sd: 10%}}, per: run}, lost: rest}}}";
    let found = solve::solve(&model(stages), &solve::Options::default()).unwrap();
    assert!(found.window.iter().chain(&found.long_run).all(|row| row.key.kpi != Kpi::WinRate));
    assert!(format!("{found:?}").contains("VariesByRun"), "the reason is named");
}

#[test]
fn what_cannot_be_a_chance_is_refused_where_it_stands() {
    let code = |next: &str| {
        let text = format!("stages: {{a: {{next: {next}}}}}");
        let found = load("m.yaml", &text, &[], None);
        found.diagnostics.first().map(|one| one.problem.code().to_owned()).unwrap_or_default()
    };
    let beta =
        |mean: &str, sd: &str| format!("{{share: {{beta: {{mean: {mean}, sd: {sd}}}}}, per: run}}");
    assert_eq!(code(&format!("{{won: {}, lost: rest}}", beta("40%", "49%"))), "V214");
    assert_eq!(
        code(&format!("{{won: {}, lost: {}}}", beta("40%", "4%"), beta("60%", "4%"))),
        "V313"
    );
    assert_eq!(code("{won: {share: 40%, per: run}, lost: rest}"), "V109");
    assert_eq!(code("{won: {share: {beta: {mean: 40%, sd: 4%}}}, lost: rest}"), "V107");
    assert_eq!(code(&format!("{{won: {}, lost: 50%}}", beta("40%", "4%"))), "V311");
}
