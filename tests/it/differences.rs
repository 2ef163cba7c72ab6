//! Differences between two runs: their intervals contain the exact differences, and common random
//! numbers shorten them.

use std::fs;

use voronka::kpi::{Key, Kpi, Scope, Span, Stat};
use voronka::model::Model;
use voronka::stats::{Estimate, Pairing};
use voronka::study::difference::{self, Difference, Differences, Side, Verdict};
use voronka::study::observations::Observations;
use voronka::study::simulate::{Options, Progress, observe};
use voronka::tally::figures::{self, Limit};

use super::determinism::{LOOPS, PEOPLE, STRAIGHT, model};

/// Pairs of runs.
const PAIRS: u64 = 400;
/// The probability that a correct interval fails a test is at most this.
const FALSE_ALARM: f64 = 1e-6;

fn options(seed: u64, replications: u64) -> Options {
    let within = vec![Limit { label: "2d".into(), days: 2.0 }];
    let figures = figures::Options { within, ..figures::Options::default() };
    Options { seed, replications, figures, by_replication: true, ..Options::default() }
}

fn observed(model: &Model, options: &Options) -> Observations {
    observe(model, options, &Progress::default()).unwrap()
}

fn compare(old: &Model, new: &Model, options: &Options) -> Differences {
    let (before, after) = (observed(old, options), observed(new, options));
    let side = |model, observations| Side { model, observations };
    difference::of(side(old, &before), side(new, &after), options).unwrap()
}

fn find<'d>(differences: &'d Differences, key: &Key) -> &'d Difference {
    let found = differences.both.iter().find(|difference| difference.key == *key);
    found.unwrap_or_else(|| panic!("{key:?}"))
}

/// Fewer 95 % intervals than this contain the truth only with the probability of a false alarm.
fn fewest() -> u64 {
    let mut log = PAIRS as f64 * 0.05_f64.ln();
    let mut sum = 0.0;
    for held in 0..PAIRS {
        sum += log.exp();
        if sum > FALSE_ALARM {
            return held;
        }
        log += ((PAIRS - held) as f64 / (held + 1) as f64 * 19.0).ln();
    }
    PAIRS
}

/// A figure whose absolute and relative differences are known.
struct Case {
    key: Key,
    old: f64,
    new: f64,
    /// Whether its interval should be as long as the normal one.
    exact: bool,
}

fn case(key: Key, old: f64, new: f64) -> Case {
    Case { key, old, new, exact: true }
}

/// Checks that enough intervals of 400 pairs of runs contain the known differences, and that they
/// are not longer than necessary.
fn check(old: &str, new: &str, cases: &[Case], seeds: [u64; 2]) {
    let (old, new) = (model(old), model(new));
    let mut held = vec![[0; 2]; cases.len()];
    let mut found: Vec<Vec<(f64, f64)>> = vec![Vec::new(); cases.len()];
    for pair in 0..PAIRS {
        let [before, after] = [(&old, seeds[0]), (&new, seeds[1])]
            .map(|(m, seed)| observed(m, &options(pair + seed, 40)));
        let side = |model, observations| Side { model, observations };
        let differences =
            difference::of(side(&old, &before), side(&new, &after), &options(0, 40)).unwrap();
        let how = if seeds[0] == seeds[1] { Pairing::Paired } else { Pairing::Independent };
        for (at, Case { key, old, new, .. }) in cases.iter().enumerate() {
            let difference = find(&differences, key);
            assert_eq!(difference.how, how, "{key:?}");
            let holds = |estimate: &Estimate, truth: f64| {
                let (value, half) = (estimate.value.unwrap(), estimate.half_width.unwrap());
                u64::from((value - truth).abs() <= half)
            };
            held[at][0] += holds(&difference.absolute, new - old);
            // A missing interval claims nothing.
            let claimed = difference.relative.half_width.is_some();
            held[at][1] += if claimed { holds(&difference.relative, new / old - 1.0) } else { 1 };
            let Estimate { value, half_width, .. } = difference.absolute;
            found[at].push((value.unwrap(), half_width.unwrap()));
        }
    }
    for ((case, held), found) in cases.iter().zip(held).zip(found) {
        let n = found.len() as f64;
        let mean = found.iter().map(|(value, _)| value).sum::<f64>() / n;
        let half = found.iter().map(|(_, half)| half).sum::<f64>() / n;
        let sd = (found.iter().map(|(x, _)| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let length = half / 1.96 / sd;
        assert!(held.iter().all(|held| *held >= fewest()), "{:?}: {held:?}", case.key);
        assert!(!case.exact || (0.85..1.2).contains(&length), "{:?}: {length}", case.key);
    }
}

/// Deals per replication. With 30, the interval of the standard deviation of about 500 exponential
/// times was too short: it contained the truth in 355 of 400 pairs. With 150 its coverage is
/// correct.
const DEALS: f64 = 150.0;

/// Some deals that wait and are won or lost, occasionally for a rare reason.
fn some_deals(share: f64, mean: f64, cost: u64, rare: f64) -> String {
    format!(
        "horizon: until empty\nvalue: 100\nsources: {{s: {{every: 6h, count: {DEALS}}}}}\nstages:\n  \
         a: {{cost: {cost}, wait: {{exponential: {{mean: {mean}d}}}}, \
         next: {{b: {share}%, lost: {{rare: {rare}%, other: rest}}}}}}\n  b: {{next: won}}\n"
    )
}

fn cases() -> Vec<Case> {
    let quantile = |p: f64, mean: f64| -mean * (1.0 - p).ln();
    let cycle = |stat| Key::new(Kpi::SalesCycle, stat);
    let within = |mean: f64| 1.0 - (-2.0_f64 / mean).exp();
    let rare = |stat| Key::new(Kpi::LossTable, stat).of(Scope::Reason, "rare");
    vec![
        case(Key::new(Kpi::Visits, Stat::Total).stage("b"), 0.4 * DEALS, 0.5 * DEALS),
        case(Key::new(Kpi::Bookings, Stat::Total), 40.0 * DEALS, 50.0 * DEALS),
        case(Key::new(Kpi::CostPerWon, Stat::Mean), 25.0, 24.0),
        case(Key::new(Kpi::WinRate, Stat::Share), 0.4, 0.5),
        case(cycle(Stat::Mean), 2.0, 2.5),
        case(cycle(Stat::Sd), 2.0, 2.5),
        case(cycle(Stat::quantile(0.5)), quantile(0.5, 2.0), quantile(0.5, 2.5)),
        case(cycle(Stat::quantile(0.9)), quantile(0.9, 2.0), quantile(0.9, 2.5)),
        case(cycle(Stat::Within("2d".into())), within(2.0), within(2.5)),
        Case { exact: false, ..case(rare(Stat::Share), 0.001 / 0.6, 0.002 / 0.5) },
        Case { exact: false, ..case(rare(Stat::Count), 0.001 * DEALS, 0.002 * DEALS) },
    ]
}

#[test]
fn intervals_of_paired_differences_hold_the_truth() {
    check(&some_deals(40.0, 2.0, 10, 0.1), &some_deals(50.0, 2.5, 12, 0.2), &cases(), [1, 1]);
}

#[test]
fn intervals_of_differences_of_independent_runs_hold_the_truth() {
    let seeds = [1, 1 + PAIRS];
    check(&some_deals(40.0, 2.0, 10, 0.1), &some_deals(50.0, 2.5, 12, 0.2), &cases(), seeds);
}

/// With Poisson arrivals each run has a control; with different rates, each has its own.
#[test]
fn intervals_of_controlled_differences_hold_the_truth() {
    let text = |rate: u64, share: u64| {
        format!(
            "horizon: 60d\nvalue: 100\nsources: {{s: {{rate: {rate}/day, cost: 5}}}}\nstages:\n  \
             a: {{cost: 10, next: {{won: {share}%, lost: rest}}}}\n"
        )
    };
    let cases = |rate: f64| {
        vec![
            case(Key::new(Kpi::Bookings, Stat::Total), 12_000.0, 6000.0 * rate * 0.5),
            case(Key::new(Kpi::WinRate, Stat::Share), 0.4, 0.5),
            case(Key::new(Kpi::CostPerWon, Stat::Mean), 37.5, 30.0),
        ]
    };
    check(&text(5, 40), &text(5, 50), &cases(5.0), [1, 1]);
    check(&text(5, 40), &text(6, 50), &cases(6.0), [1, 1]);
}

#[test]
fn a_model_does_not_differ_from_itself() {
    for text in [STRAIGHT, LOOPS, PEOPLE] {
        let same = model(text);
        for replications in [1, 2, 40] {
            let differences = compare(&same, &same, &options(3, replications));
            assert!(differences.only_old.is_empty() && differences.only_new.is_empty());
            for Difference { key, old, absolute, relative, how, verdict, .. } in &differences.both {
                assert_eq!((*how, *verdict), (Pairing::Same, Verdict::NotBeyondChance));
                let zero = old.estimate.value.map(|_| 0.0);
                assert_eq!((absolute.value, absolute.half_width), (zero, zero), "{key:?}");
                assert!(relative.value.is_none_or(|value| value == 0.0), "{key:?}");
            }
        }
    }
}

#[test]
fn the_difference_the_other_way_round_is_the_same_with_another_sign() {
    let (old, new) =
        (model(PEOPLE), model(&PEOPLE.replace("clerk: {people: 3", "clerk: {people: 4")));
    let options = options(5, 40);
    let (there, back) = (compare(&old, &new, &options), compare(&new, &old, &options));
    assert_eq!((&there.only_old, &there.only_new), (&back.only_new, &back.only_old));
    let opposite = |verdict| match verdict {
        Verdict::Better => Verdict::Worse,
        Verdict::Worse => Verdict::Better,
        other => other,
    };
    let mut beyond = 0;
    for one in &there.both {
        let other = find(&back, &one.key);
        assert_eq!(one.absolute.value, other.absolute.value.map(|value| -value), "{:?}", one.key);
        assert_eq!(one.absolute.half_width, other.absolute.half_width, "{:?}", one.key);
        assert_eq!((one.how, one.verdict), (other.how, opposite(other.verdict)), "{:?}", one.key);
        beyond += u64::from(one.verdict == Verdict::Better);
    }
    assert!(beyond > 0);
    let wait = find(&there, &Key::new(Kpi::QueueTime, Stat::Mean).role("clerk"));
    assert_eq!(wait.verdict, Verdict::Better, "{wait:?}");
    let answered = Key::new(Kpi::LeadResponseTime, Stat::Within("1 h".into()));
    assert_eq!(find(&there, &answered).verdict, Verdict::Better);
}

#[test]
fn common_random_numbers_shorten_the_interval() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/models/sale-5-stages.yaml");
    let text = fs::read_to_string(path).unwrap();
    let changed = text.replace("{proposal: 55%,", "{proposal: 58%,");
    assert_ne!(text, changed);
    let (old, new) = (model(&text), model(&changed));
    let options = options(1, 40);
    let paired = compare(&old, &new, &options);
    let (before, after) =
        (observed(&old, &options), observed(&new, &Options { seed: 2, ..options.clone() }));
    let side = |model, observations| Side { model, observations };
    let apart = difference::of(side(&old, &before), side(&new, &after), &options).unwrap();
    for (key, least) in [
        (Key::new(Kpi::WinRate, Stat::Share), 2.0),
        (Key::new(Kpi::Throughput, Stat::Sales), 2.0),
        (Key::new(Kpi::SalesCycle, Stat::Mean), 2.0),
        (Key::new(Kpi::SalesCycle, Stat::quantile(0.5)), 1.2),
    ] {
        let half = |differences| find(differences, &key).absolute.half_width.unwrap();
        let reduction = (half(&apart) / half(&paired)).powi(2);
        assert!(reduction > least, "{key:?}: {reduction}");
    }
}

#[test]
fn runs_without_sales_are_compared_by_the_sales_that_none_may_hide() {
    let (none, some) =
        (model(&some_deals(0.0001, 2.0, 10, 0.1)), model(&some_deals(50.0, 2.0, 10, 0.1)));
    for replications in [1, 2, 40] {
        let differences = compare(&none, &some, &options(1, replications));
        let of = |kpi, stat| find(&differences, &Key::new(kpi, stat));
        // As many sales as none may hide by chance, of the size of those of the other run.
        let bookings = of(Kpi::Bookings, Stat::Total);
        assert!(bookings.absolute.value.unwrap() > 0.0);
        assert_eq!(bookings.absolute.half_width.is_some(), replications > 1);
        assert_eq!(bookings.relative.value, None);
        if replications == 40 {
            assert_eq!(bookings.verdict, Verdict::Better);
        }
        let cycle = of(Kpi::SalesCycle, Stat::quantile(0.5));
        assert_eq!((cycle.absolute.value, cycle.absolute.half_width), (None, None));
        let rate = of(Kpi::WinRate, Stat::Share);
        assert_eq!(rate.absolute.half_width.is_some(), replications > 1);
        for difference in &differences.both {
            let numbers = [difference.absolute, difference.relative];
            let numbers = numbers.iter().flat_map(|e| [e.value, e.half_width]).flatten();
            assert!(numbers.into_iter().all(f64::is_finite), "{difference:?}");
        }
    }
}

#[test]
fn quantiles_are_compared_as_independent_where_distributions_of_replications_were_not_kept() {
    let (old, new) =
        (model(&some_deals(40.0, 2.0, 10, 0.1)), model(&some_deals(40.0, 2.5, 10, 0.1)));
    let key = Key::new(Kpi::SalesCycle, Stat::quantile(0.5));
    let kept = compare(&old, &new, &options(1, 100));
    let plain = compare(&old, &new, &Options { by_replication: false, ..options(1, 100) });
    assert_eq!(find(&kept, &key).how, Pairing::Paired);
    assert_eq!(find(&plain, &key).how, Pairing::Independent);
    let half = |differences| find(differences, &key).absolute.half_width.unwrap();
    assert!(half(&plain) > 1.5 * half(&kept));
    let mean = key.with(Stat::Mean).span(Span::Whole);
    assert_eq!(find(&plain, &mean).how, Pairing::Paired);
}

#[test]
fn figures_of_only_one_model_are_listed_separately() {
    let old = model(&some_deals(40.0, 2.0, 10, 0.1));
    let new = model(
        &some_deals(40.0, 2.0, 10, 0.1).replace("b: {next: won}", "b: {next: c}\n  c: {next: won}"),
    );
    let differences = compare(&old, &new, &options(1, 10));
    let of_c = |key: &Key| key.name == "c" || key.stat == Stat::To("c".into());
    assert!(
        !differences.only_new.is_empty() && differences.only_new.iter().all(of_c),
        "{:?}",
        differences.only_new
    );
    assert_eq!(
        differences.only_old,
        [Key::new(Kpi::StageConversion, Stat::To("won".into())).stage("b")]
    );
}

#[test]
fn kept_distributions_merge_and_change_no_row() {
    let (model, whole) = (model(LOOPS), options(4, 20));
    let all = observed(&model, &whole);
    let mut merged = observed(&model, &Options { first: 10, replications: 10, ..whole.clone() });
    merged
        .merge(observed(&model, &Options { replications: 10, threads: 1, ..whole.clone() }))
        .unwrap();
    assert_eq!(merged, all);
    let plain = Options { by_replication: false, ..whole.clone() };
    let rows = |observations: &Observations| {
        voronka::study::conclude(&model, observations, &plain).unwrap().rows
    };
    assert!(rows(&all) == rows(&observed(&model, &plain)));
}
