//! Benchmarks each layer: draws, calendars, loading, walks, people, tallies, charts, exact answers.
//!
//! `cargo bench` prints medians; `cargo bench -- walk` prints those with this word in their name.
//! `benches/compare` compares whole processes with a hand-written program.

use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::civil::date;
use voronka::calendar::{Calendar, Hours, WorkingTime};
use voronka::engine::{Guard, Replication, Setup, Walk, replicate};
use voronka::kpi::Needed;
use voronka::model::{Model, load};
use voronka::program::Program;
use voronka::quantity::{HOUR_MICROS, Instant};
use voronka::random::distribution::Distribution;
use voronka::random::key::{Address, StreamKey};
use voronka::render::chart;
use voronka::render::words::Language;
use voronka::report::{CHARTS, charts};
use voronka::stats::Histogram;
use voronka::study::simulate::{self, Progress};
use voronka::study::solve::{self, solve};
use voronka::tally::{Classes, Tally};

fn main() {
    divan::main();
}

const W1: &str = include_str!("models/w1.yaml");
const W2: &str = include_str!("models/w2.yaml");
const W3: &str = include_str!("models/w3.yaml");

fn model(text: &str) -> Model {
    load("workload.yaml", text, &[], None).model.expect("the workload is a valid model")
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

/// A keyed word and its value, 1,024 times.
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

/// The end of three hours of office work that starts at some instant of a year.
#[divan::bench]
fn calendar_add(bencher: Bencher<'_, '_>) {
    let calendar = Calendar::new(date(2026, 1, 1).at(0, 0, 0, 0));
    let year = Instant(8766 * HOUR_MICROS);
    let office = WorkingTime::new(&Hours::office(), &calendar, year);
    bencher.counter(ItemsCount::new(1024usize)).bench(|| {
        let at = |step: i64| Instant(step * 30_000_000_000 % year.0);
        (0..1024).map(|step| office.add(at(step), 3 * HOUR_MICROS).0).fold(0, i64::wrapping_add)
    });
}

/// Text to checked model.
#[divan::bench]
fn load_model() -> Model {
    model(W1)
}

/// Checked model to program, including the tables.
#[divan::bench]
fn compile(bencher: Bencher<'_, '_>) {
    let model = model(W1);
    bencher.bench(|| Program::compile(&model));
}

/// Adds values to a histogram.
#[divan::bench]
fn histogram(bencher: Bencher<'_, '_>) {
    let mut histogram = Histogram::default();
    bencher.counter(ItemsCount::new(1024usize)).bench_local(move || {
        for value in 0..1024i64 {
            histogram.add(value * value * 1_000_003);
        }
    });
}

/// Replications of a workload with `deals` deals each.
fn replication(bencher: Bencher<'_, '_>, (text, deals): (&str, usize), walk: Walk, observed: bool) {
    let program = Program::compile(&model(text));
    let classes = Classes::new(&program, &[]).expect("no dimensions are asked for");
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: u64::MAX, cancel: &cancel };
    let setup = Setup { walk, ..Setup::new(&program, guard) };
    let mut number = 0;
    let mut tally = Tally::new(&program, &classes, &[], Needed::ALL);
    bencher.counter(ItemsCount::new(deals)).bench_local(|| {
        number += 1;
        let replication = Replication { seed: 1, number };
        if observed {
            let stop = replicate(&setup, replication, &mut tally);
            tally.close(number, stop);
        } else {
            replicate(&setup, replication, &mut ());
        }
    });
}

/// A year with 100 independent deals a day, one by one, with a full tally.
#[divan::bench]
fn walk_one_by_one(bencher: Bencher<'_, '_>) {
    replication(bencher, (W1, 36_500), Walk::OneByOne, true);
}

/// The same in blocks.
#[divan::bench]
fn walk_in_blocks(bencher: Bencher<'_, '_>) {
    replication(bencher, (W1, 36_500), Walk::Fastest, true);
}

/// The same without observers.
#[divan::bench]
fn walk_in_blocks_unobserved(bencher: Bencher<'_, '_>) {
    replication(bencher, (W1, 36_500), Walk::Fastest, false);
}

/// Five stages with people around the clock: requests, people and the event list.
#[divan::bench]
fn walk_with_people(bencher: Bencher<'_, '_>) {
    replication(bencher, (W2, 100_000), Walk::Fastest, true);
}

/// The same without observers.
#[divan::bench]
fn walk_with_people_unobserved(bencher: Bencher<'_, '_>) {
    replication(bencher, (W2, 100_000), Walk::Fastest, false);
}

/// The same with the general walk.
#[divan::bench]
fn walk_with_people_one_by_one(bencher: Bencher<'_, '_>) {
    replication(bencher, (W2, 100_000), Walk::OneByOne, true);
}

/// A year of a department with office hours: calendars, shared roles, patience.
#[divan::bench]
fn walk_in_office_hours(bencher: Bencher<'_, '_>) {
    replication(bencher, (W3, 4_368), Walk::Fastest, true);
}

/// The same without observers.
#[divan::bench]
fn walk_in_office_hours_unobserved(bencher: Bencher<'_, '_>) {
    replication(bencher, (W3, 4_368), Walk::Fastest, false);
}

/// Exact answers.
#[divan::bench(args = ["w1", "w2", "w3"])]
fn solved(bencher: Bencher<'_, '_>, workload: &str) {
    let model = model(match workload {
        "w1" => W1,
        "w2" => W2,
        _ => W3,
    });
    bencher.bench(|| solve(&model, &solve::Options::default()));
}

/// Sums to rows: three replications, with almost nothing to simulate.
#[divan::bench]
fn report_rows(bencher: Bencher<'_, '_>) {
    let model = load("m.yaml", W3, &[], None).model.expect("the workload is a valid model");
    let options = simulate::Options { replications: 3, threads: 1, ..Default::default() };
    bencher.bench(|| simulate::run(&model, &options, &Progress::default()));
}

/// A chart of each kind as SVG and as PNG.
#[divan::bench(args = ["svg", "png"])]
fn picture(bencher: Bencher<'_, '_>, format: &str) {
    let model = model(W3);
    let options =
        simulate::Options { replications: 10, threads: 1, weekly: true, ..Default::default() };
    let simulation =
        simulate::run(&model, &options, &Progress::default()).expect("the workload runs");
    let drawn = charts(&model, &simulation, &CHARTS);
    bencher.counter(ItemsCount::new(drawn.len())).bench(|| {
        drawn
            .iter()
            .map(|drawn| match format {
                "svg" => chart::svg(drawn, chart::Size::Slide, Language::English)
                    .map_or(0, |text| text.len()),
                _ => chart::png(drawn, chart::Size::Slide, Language::English)
                    .map_or(0, |bytes| bytes.len()),
            })
            .sum::<usize>()
    });
}
