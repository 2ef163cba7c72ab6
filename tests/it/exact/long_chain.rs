//! A chain of 200 stages: a deal lost at a stage has spent the sum of all waits up to it, whatever
//! its earlier draws.
//!
//! All waits and branches of a deal are draws of the same key, and every conditional mean is known
//! exactly, so a dependence between two draws of one deal is visible: words whose two factors
//! depended on the same number changed the mean of won deals by 0.2 %. 300,000 deals are part of
//! `cargo test`; 30 million need `cargo test --release long_chain -- --ignored --nocapture`.

use voronka::kpi::{Key, Kpi, Scope, Stat};
use voronka::stats::normal_quantile;
use voronka::study::simulate::{Options, Progress, run};

use super::converter::load;

const STAGES: usize = 200;
/// Deals per replication.
const DEALS: u64 = 10_000;
/// The probability that a correct mean fails.
const FALSE_ALARM: f64 = 1e-6;
/// With fewer deals than this, a mean is not nearly normal.
const ENOUGH: u64 = 400;

fn means_are_exact(replications: u64) {
    let mut text = format!(
        "horizon: until empty\nsources: {{s: {{every: 1 min, count: {DEALS}}}}}\nstages:\n"
    );
    for stage in 0..STAGES {
        let next = if stage + 1 < STAGES { format!("s{}", stage + 1) } else { "won".to_owned() };
        text += &format!(
            "  s{stage}: {{wait: {{exponential: {{mean: 1d}}}}, next: {{{next}: 99%, lost: {{r{stage}: rest}}}}}}\n"
        );
    }
    let options = Options { replications, ..Options::default() };
    let found = run(&load(&text), &options, &Progress::default()).unwrap();
    let critical = normal_quantile(1.0 - FALSE_ALARM / (STAGES + 1) as f64 / 2.0);
    let (mut judged, mut greatest) = (0, 0.0_f64);
    let mut judge = |scope: Scope, name: &str, waits: usize| {
        let row = found.find(&Key::new(Kpi::CycleTime, Stat::Mean).of(scope, name)).unwrap();
        if row.n < ENOUGH {
            return;
        }
        // A sum of exponential waits of a day: its mean and its variance are their number.
        let mean = row.raw().and_then(|estimate| estimate.value).unwrap();
        let errors = (mean - waits as f64).abs() / (waits as f64 / row.n as f64).sqrt();
        assert!(
            errors <= critical,
            "{name}: {mean} of {} deals, {errors:.1} standard errors",
            row.n
        );
        greatest = greatest.max(errors);
        judged += 1;
    };
    judge(Scope::End, "won", STAGES);
    for stage in 0..STAGES {
        judge(Scope::Reason, &format!("r{stage}"), stage + 1);
    }
    println!("{judged} means, the furthest {greatest:.1} standard errors, {critical:.1} allowed");
    assert!(judged > STAGES / 2);
}

#[test]
fn conditional_times_of_a_long_chain_are_exact() {
    means_are_exact(30);
}

#[test]
#[ignore = "30 million deals: cargo test --release long_chain -- --ignored --nocapture"]
fn conditional_times_of_a_long_chain_are_exact_to_thirty_million_deals() {
    means_are_exact(3000);
}
