//! Open deals of which only the time in the stage is known: where in their visit they are follows the law of the model given
//! that time.
//!
//! Each random test compares 20,000 deals; a mean or a share farther than 5.5 standard errors from the exact one has a
//! probability below 4e-8 (16 comparisons: false alarm 1e-6).

use std::sync::atomic::AtomicBool;

use crate::openings::waiting;
use voronka::engine::{
    Deal, Guard, Observer, Opening, Replication, Setup, Standing, Task, Token, Visited, replicate,
};
use voronka::model::load;
use voronka::program::Program;
use voronka::quantity::{DAY_MICROS, HOUR_MICROS, Instant};

const DEALS: usize = 20_000;
const Z: f64 = 5.5;

/// What becomes of the deals.
#[derive(Default)]
struct Found {
    /// The attributes of each that ended, the day of its end, and the number of the end.
    ended: Vec<(u64, f64, usize)>,
    works: Vec<Task>,
}

impl Observer for Found {
    fn works(&mut self, _: &Deal, task: &Task) {
        self.works.push(*task);
    }
    fn ends(&mut self, deal: &Deal, token: &Token, end: usize, _: &Visited<'_>) {
        self.ended.push((deal.attributes, token.now.0 as f64 / DAY_MICROS as f64, end));
    }
}

fn compiled(text: &str) -> Program {
    let head =
        "sources: {s: {rate: 1/week, from: 2040-01-01}}\nstart: 2024-01-01\nhorizon: 36 months\n";
    let loaded = load("m.yaml", &format!("{head}{text}"), &[], None);
    Program::compile(&loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics)))
}

fn run(text: &str, age: f64, deals: usize) -> Found {
    let program = compiled(text);
    let opening = Opening { standing: Standing::Unknown, ..waiting(0, age) };
    let openings = vec![opening; deals];
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 1_000_000_000, cancel: &cancel };
    let mut found = Found::default();
    let setup = Setup { openings: &openings, ..Setup::new(&program, guard) };
    replicate(&setup, Replication { seed: 11, number: 0 }, &mut found);
    found
}

fn is_near(found: &[f64], exact: f64, what: &str) {
    let n = found.len() as f64;
    let mean = found.iter().sum::<f64>() / n;
    let variance = found.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt().max(1.0 / n);
    assert!((mean - exact).abs() < Z * error, "{what}: {mean} ± {error}, exact {exact}");
}

/// Won deals close fast and lost ones linger, so that the chance falls with age: by Bayes' rule it is
/// p S(a) / (p S(a) + q T(a)) with the survival S of the won and T of the lost. The means that remain were integrated
/// numerically.
#[test]
fn the_chance_of_a_stale_deal_falls_as_bayes_says() {
    let text = "stages: {a: {next: {won: {share: 35%, after: {lognormal: {median: 13.235294117647d, sigma: 0.5003261795149361}}}, \
                lost: {share: rest, after: {exponential: {mean: 60d}}}}}}";
    let exact = [
        (0.0, 0.35, 44.25),
        (10.0, 0.311_831_605_776_958_7, 43.789_656_165_300_32),
        (20.0, 0.133_287_825_353_394_92, 52.977_752_445_772_04),
        (40.0, 0.013_995_286_215_883_614, 59.276_974_405_383_605),
        (80.0, 0.000_330_029_771_468_467_7, 59.983_877_117_865_17),
    ];
    for (age, won, remaining) in exact {
        let found = run(text, age, DEALS);
        assert_eq!(found.ended.len(), DEALS);
        let wins: Vec<f64> = found.ended.iter().map(|one| f64::from(one.2 == 0)).collect();
        is_near(&wins, won, &format!("chance at {age} days"));
        let rest: Vec<f64> = found.ended.iter().map(|one| one.1).collect();
        is_near(&rest, remaining, &format!("time left at {age} days"));
    }
}

/// Two exponential waits with means 2 and 3 days after 4 days: the first one goes on with probability
/// e^(−a/2) / S(a), where S(a) = (λ₂ e^(−λ₁ a) − λ₁ e^(−λ₂ a)) / (λ₂ − λ₁).
#[test]
fn a_deal_may_be_in_any_step_of_its_visit() {
    let steps = "steps: [{wait: {exponential: {mean: 2d}}}, {wait: {exponential: {mean: 3d}}}]";
    let found = run(&format!("stages: {{a: {{{steps}, next: won}}}}"), 4.0, DEALS);
    let (fast, slow, age) = (0.5_f64, 1.0 / 3.0_f64, 4.0);
    let alive = (slow * (-fast * age).exp() - fast * (-slow * age).exp()) / (slow - fast);
    let first = (-fast * age).exp() / alive;
    let rest: Vec<f64> = found.ended.iter().map(|one| one.1).collect();
    is_near(&rest, first * 5.0 + (1.0 - first) * 3.0, "time left");
}

/// Half of the deals are fast (mean 1 day), the others slow (10 days): after 5 days most of those that are left are slow.
#[test]
fn unknown_attributes_are_those_of_deals_that_stay_so_long() {
    let text = "attributes: {kind: {fast: 50%, slow: rest}}\n\
                stages:\n  a:\n    steps: [{wait: {exponential: {mean: 1d}}}]\n    next: won\n    variants:\n      \
                - {when: {kind: slow}, steps: [{wait: {exponential: {mean: 10d}}}]}\n";
    let found = run(text, 5.0, DEALS);
    let slow: Vec<f64> = found.ended.iter().map(|one| f64::from(one.0 == 2)).collect();
    let [fast, slow_left] = [(-5.0_f64).exp(), (-0.5_f64).exp()];
    is_near(&slow, slow_left / (slow_left + fast), "share of slow deals");
}

#[test]
fn deals_that_stay_longer_than_any_visit_leave_now() {
    let steps = "steps: [{wait: 2d}, {wait: {uniform: {min: 1d, max: 3d}}}]";
    let text =
        format!("stages: {{a: {{{steps}, next: {{won: {{share: 50%, after: 1d}}, lost: rest}}}}}}");
    let found = run(&text, 12.0, 50);
    assert_eq!(found.ended.len(), 50);
    for (_, day, _) in found.ended {
        assert!((0.0..1e-6).contains(&day), "{day}");
    }
}

const ALWAYS: &str =
    "calendars: {always: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 2}}\n";

#[test]
fn work_that_is_done_is_not_done_again_and_a_queue_is_stood_to_its_end() {
    let waits =
        "stages: {a: {work: {role: r, time: 1h}, wait: {exponential: {mean: 5d}}, next: won}}";
    let found = run(&format!("{ALWAYS}{waits}"), 2.0, 40);
    assert_eq!((found.works.len(), found.ended.len()), (0, 40));

    // Nobody works for 2 days on an hour of work: the deals stand in the queue, and two people serve it.
    let works = "stages: {a: {work: {role: r, time: 1h}, next: won}}";
    let found = run(&format!("{ALWAYS}{works}"), 2.0, 40);
    assert_eq!((found.works.len(), found.ended.len()), (40, 40));
    let last = found.works.iter().map(|work| work.ended).max();
    assert_eq!(last, Some(Instant(20 * HOUR_MICROS)));
    assert!(found.works.iter().all(|work| work.asked <= Instant::ZERO), "they asked before");
}
