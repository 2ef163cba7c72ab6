//! What each layer costs: a draw, loading a model, one replication by either walk.
//!
//! `cargo bench` prints medians. The comparison with other programs is made with whole processes.

use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::ItemsCount;
use voronka::engine::{Guard, Replication, Walk, replicate};
use voronka::model::{Model, load};
use voronka::program::Program;
use voronka::random::distribution::Distribution;
use voronka::random::key::{Address, StreamKey};
use voronka::stats::Histogram;
use voronka::tally::{Classes, Tally};

fn main() {
    divan::main();
}

const W1: &str = include_str!("models/w1.yaml");

fn w1() -> Model {
    load("w1.yaml", W1, &[], None).model.expect("the workload is a valid model")
}

fn families() -> Vec<(&'static str, Distribution)> {
    let known = "the parameters are valid";
    vec![
        ("uniform", Distribution::uniform(1.0, 5.0).expect(known)),
        ("triangular", Distribution::triangular(1.0, 2.0, 5.0).expect(known)),
        ("exponential", Distribution::exponential(2.0).expect(known)),
        ("lognormal", Distribution::lognormal_median_sigma(2.0, 0.8).expect(known)),
        ("gamma", Distribution::gamma_shape_scale(1.7, 2.0).expect(known)),
        ("weibull", Distribution::weibull_shape_scale(1.4, 2.0).expect(known)),
        ("empirical", Distribution::empirical(&[1.0, 2.0, 5.0], None).expect(known)),
    ]
}

/// A keyed word and its value, 1,024 at a time.
#[divan::bench(args = ["uniform", "triangular", "exponential", "lognormal", "gamma", "weibull", "empirical"])]
fn draw(bencher: Bencher<'_, '_>, family: &str) {
    let families = families();
    let (_, distribution) =
        families.iter().find(|(name, _)| *name == family).expect("the family is listed");
    let inverse = distribution.inverse();
    let stream = StreamKey::new(1, 0, "leads");
    let address = Address::new("offer", 0, "wait").visit(1);
    bencher.counter(ItemsCount::new(1024usize)).bench(|| {
        (0..1024u64).map(|deal| inverse.at(stream.deal(deal).word(address))).sum::<f64>()
    });
}

/// From text to a checked model.
#[divan::bench]
fn load_model() -> Model {
    w1()
}

/// From a checked model to a program: the tables are built here.
#[divan::bench]
fn compile(bencher: Bencher<'_, '_>) {
    let model = w1();
    bencher.bench(|| Program::compile(&model));
}

/// Values into a histogram.
#[divan::bench]
fn histogram(bencher: Bencher<'_, '_>) {
    let mut histogram = Histogram::default();
    bencher.counter(ItemsCount::new(1024usize)).bench_local(move || {
        for value in 0..1024i64 {
            histogram.add(value * value * 1_000_003);
        }
    });
}

fn replication(bencher: Bencher<'_, '_>, walk: Walk, observed: bool) {
    let program = Program::compile(&w1());
    let classes = Classes::new(&program, &[]).expect("no dimensions are asked for");
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: u64::MAX, cancel: &cancel };
    let mut number = 0;
    let mut tally = Tally::new(&program, &classes, &[]);
    bencher.counter(ItemsCount::new(36_500usize)).bench_local(|| {
        number += 1;
        let replication = Replication { seed: 1, number };
        if observed {
            let stop = replicate(&program, replication, walk, &[], guard, &mut tally);
            tally.close(number, stop);
        } else {
            replicate(&program, replication, walk, &[], guard, &mut ());
        }
    });
}

/// A year of 100 deals a day, one after another, all KPIs on.
#[divan::bench]
fn journey(bencher: Bencher<'_, '_>) {
    replication(bencher, Walk::OneByOne, true);
}

/// The same in blocks.
#[divan::bench]
fn blocks(bencher: Bencher<'_, '_>) {
    replication(bencher, Walk::Fastest, true);
}

/// The same with nobody listening: the bare engine.
#[divan::bench]
fn blocks_unobserved(bencher: Bencher<'_, '_>) {
    replication(bencher, Walk::Fastest, false);
}
