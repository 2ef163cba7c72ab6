//! The coverage of 95 % intervals: how often the printed intervals contain the exact answer, over
//! thousands of seeds.
//!
//! The answers come from `solve`. The test of 4,000 seeds accepts 3,729 to 3,864 (93.2 % to 96.6
//! %): it rejects a correct program once in a million and detects a true coverage of 92 % in 99.8 %
//! of cases. Shares near 0 or 1 have so few possible values that intervals are wider than
//! necessary, so only the lower bound applies. The usual tests have fewer seeds, with bounds of the
//! same false-alarm rate; the full test is run by `cargo test --release coverage -- --ignored
//! --nocapture`.

use statrs::distribution::{Binomial, DiscreteCDF};
use voronka::kpi::{Key, Kpi, Row, Scope, Stat};
use voronka::model;
use voronka::study::simulate::{Options, Progress, run};
use voronka::study::solve::{self, solve};

/// A figure: KPI, scope, name, statistic.
type Place = (Kpi, Scope, &'static str, Stat);

struct Case {
    name: &'static str,
    model: &'static str,
    /// Replications per seed.
    replications: u64,
    figures: &'static [Place],
    /// Whether too high a coverage also fails.
    both_sides: bool,
}

/// Deals that are followed to their ends.
const TO_THE_END: &str = "horizon: until empty
sources: {s: {every: 1h, count: 40, cost: 30}}
stages:
  lead: {wait: {exponential: {mean: 2d}}, cost: 5, next: {offer: 60%, lost: rest}}
  offer: {wait: {lognormal: {mean: 9d, sd: 6d}}, cost: 90, next: {won: 50%, offer: 20%, lost: rest}}
";

/// A window that starts before it has reached its usual level.
const WINDOW: &str = "horizon: 60d
value: {lognormal: {mean: 1000, sd: 700}}
sources: {s: {rate: 1.5/day, cost: 30}}
stages:
  lead: {wait: {gamma: {mean: 3d, sd: 2d}}, cost: 5, next: {offer: 60%, lost: {no need: rest}}}
  offer: {wait: {lognormal: {mean: 9d, sd: 6d}}, cost: 90, next: {won: 50%, lost: {price: rest}}}
";

/// One clerk with a utilization of one half.
const QUEUE: &str = "start: 2024-01-01
warmup: 100h
horizon: 300h
calendars: {always: {hours: {mon-sun: \"00:00-24:00\"}}}
roles: {clerk: {people: 1}}
sources: {s: {rate: 0.5/hour}}
stages: {desk: {work: {role: clerk, time: {exponential: {mean: 1h}}}, next: won}}
";

const RARE: &str = "horizon: until empty
sources: {s: {every: 1h, count: 40}}
stages: {lead: {next: {won: 0.5%, lost: rest}}}
";

const SURE: &str = "horizon: until empty
sources: {s: {every: 1h, count: 40}}
stages: {lead: {next: {won: 99.5%, lost: rest}}}
";

/// One sale a month on average, with heavily skewed amounts.
const HEAVY_1: &str = "horizon: 1 month
value: {lognormal: {median: 10000, sigma: 1}}
sources: {s: {rate: 5/month}}
stages: {a: {next: {won: 20%, lost: rest}}}
";
const HEAVY_15: &str = "horizon: 1 month
value: {lognormal: {median: 10000, sigma: 1.5}}
sources: {s: {rate: 5/month}}
stages: {a: {next: {won: 20%, lost: rest}}}
";
const HEAVY_2: &str = "horizon: 1 month
value: {lognormal: {median: 10000, sigma: 2}}
sources: {s: {rate: 5/month}}
stages: {a: {next: {won: 20%, lost: rest}}}
";

/// A handful of sales over all replications.
const FEW_SALES: &str = "horizon: 1 month
value: 100
sources: {s: {rate: 30/month}}
stages: {a: {next: {won: 1%, lost: rest}}}
";

const CASES: &[Case] = &[
    Case {
        name: "deals to the end, 100 replications",
        model: TO_THE_END,
        replications: 100,
        figures: &[
            (Kpi::WinRate, Scope::Whole, "", Stat::Share),
            (Kpi::CycleTime, Scope::Whole, "", Stat::Mean),
            (Kpi::CycleTime, Scope::Whole, "", Stat::quantile(0.9)),
            (Kpi::SalesCycle, Scope::Whole, "", Stat::quantile(0.5)),
            (Kpi::CostPerWon, Scope::Whole, "", Stat::Mean),
            (Kpi::DealCost, Scope::Whole, "", Stat::Mean),
        ],
        both_sides: true,
    },
    Case {
        name: "deals to the end, 30 replications",
        model: TO_THE_END,
        replications: 30,
        figures: &[
            (Kpi::WinRate, Scope::Whole, "", Stat::Share),
            (Kpi::CycleTime, Scope::Whole, "", Stat::Mean),
            (Kpi::CycleTime, Scope::Whole, "", Stat::quantile(0.9)),
            (Kpi::CostPerWon, Scope::Whole, "", Stat::Mean),
        ],
        both_sides: true,
    },
    Case {
        name: "deals to the end, 10 replications",
        model: TO_THE_END,
        replications: 10,
        figures: &[
            (Kpi::WinRate, Scope::Whole, "", Stat::Share),
            (Kpi::CycleTime, Scope::Whole, "", Stat::Mean),
        ],
        both_sides: true,
    },
    Case {
        name: "a window",
        model: WINDOW,
        replications: 100,
        figures: &[
            (Kpi::Throughput, Scope::Whole, "", Stat::Sales),
            (Kpi::Bookings, Scope::Whole, "", Stat::Total),
            (Kpi::WinRate, Scope::Whole, "", Stat::Share),
            (Kpi::SalesCycle, Scope::Whole, "", Stat::Mean),
            (Kpi::OpenDeals, Scope::Whole, "", Stat::Mean),
            (Kpi::LeadToWin, Scope::Whole, "", Stat::Share),
            (Kpi::LossTable, Scope::Reason, "price", Stat::Share),
        ],
        both_sides: true,
    },
    Case {
        name: "a queue",
        model: QUEUE,
        replications: 100,
        figures: &[
            (Kpi::QueueTime, Scope::Role, "clerk", Stat::Mean),
            (Kpi::Utilization, Scope::Role, "clerk", Stat::Share),
        ],
        both_sides: true,
    },
    Case {
        name: "nearly nobody wins",
        model: RARE,
        replications: 20,
        figures: &[(Kpi::WinRate, Scope::Whole, "", Stat::Share)],
        both_sides: false,
    },
    Case {
        name: "amounts with sigma 1, 2,000 replications",
        model: HEAVY_1,
        replications: 2000,
        figures: &[
            (Kpi::Bookings, Scope::Whole, "", Stat::Total),
            (Kpi::AverageDeal, Scope::Whole, "", Stat::Mean),
        ],
        both_sides: true,
    },
    Case {
        name: "amounts with sigma 1, 200 replications: theory answers",
        model: HEAVY_1,
        replications: 200,
        figures: &[
            (Kpi::Bookings, Scope::Whole, "", Stat::Total),
            (Kpi::AverageDeal, Scope::Whole, "", Stat::Mean),
        ],
        both_sides: false,
    },
    Case {
        name: "amounts with sigma 1.5: theory answers",
        model: HEAVY_15,
        replications: 200,
        figures: &[(Kpi::Bookings, Scope::Whole, "", Stat::Total)],
        both_sides: false,
    },
    Case {
        name: "amounts with sigma 2: theory answers",
        model: HEAVY_2,
        replications: 200,
        figures: &[(Kpi::Bookings, Scope::Whole, "", Stat::Total)],
        both_sides: false,
    },
    Case {
        name: "a handful of sales",
        model: FEW_SALES,
        replications: 30,
        figures: &[
            (Kpi::Bookings, Scope::Whole, "", Stat::Total),
            (Kpi::Throughput, Scope::Whole, "", Stat::Sales),
        ],
        both_sides: false,
    },
    Case {
        name: "nearly everybody wins",
        model: SURE,
        replications: 20,
        figures: &[(Kpi::WinRate, Scope::Whole, "", Stat::Share)],
        both_sides: false,
    },
];

fn key((kpi, scope, name, stat): &Place) -> Key {
    Key::new(*kpi, stat.clone()).of(*scope, name)
}

/// The number of seeds whose interval contains the exact answer, by figure.
fn coverage(case: &Case, seeds: u64) -> Vec<u64> {
    let model = model::load("m.yaml", case.model, &[], None).model.unwrap();
    let solution = solve(&model, &solve::Options::default()).unwrap();
    // Figures of the window, and of the long run for people.
    let exact = |place: &Place| {
        let key = key(place);
        let row = Row::find(&solution.window, &key).or(Row::find(&solution.long_run, &key));
        row.and_then(|row| row.figure.value()).unwrap_or_else(|| panic!("{key:?}"))
    };
    let exact: Vec<f64> = case.figures.iter().map(exact).collect();
    let mut covered = vec![0; exact.len()];
    for seed in 0..seeds {
        let options =
            Options { replications: case.replications, seed, threads: 1, ..Options::default() };
        let found = run(&model, &options, &Progress::default()).unwrap();
        for ((place, exact), count) in case.figures.iter().zip(&exact).zip(&mut covered) {
            let figure = &found.find(&key(place)).unwrap().figure;
            let (value, half) = (figure.value(), figure.half_width());
            // Without observations there is no interval, so the answer is not covered.
            let holds = value.zip(half).is_some_and(|(value, half)| (value - exact).abs() <= half);
            *count += u64::from(holds);
        }
    }
    covered
}

fn gate(seeds: u64, [least, most]: [u64; 2]) {
    let mut wrong = Vec::new();
    for case in CASES {
        for (place, covered) in case.figures.iter().zip(coverage(case, seeds)) {
            let share = covered as f64 / seeds as f64 * 100.0;
            println!("{}: {} {} {} {share:.1} %", case.name, place.0, place.2, place.3);
            if covered < least || case.both_sides && covered > most {
                wrong.push(format!("{}: {place:?} covered {covered} of {seeds}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn intervals_have_their_stated_coverage() {
    let seeds = 500;
    let binomial = Binomial::new(0.95, seeds).unwrap();
    // Five in ten million on either side.
    let least = (0..seeds).find(|k| binomial.cdf(*k) > 5e-7).unwrap();
    let most = (0..seeds).rev().find(|k| binomial.sf(*k - 1) > 5e-7).unwrap();
    gate(seeds, [least, most]);
}

#[test]
#[ignore = "4,000 seeds take minutes: cargo test --release coverage -- --ignored --nocapture"]
fn intervals_have_their_stated_coverage_over_4000_seeds() {
    gate(4000, [3729, 3864]);
}
