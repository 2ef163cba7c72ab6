//! Stated errors are bounds: sweeps of 500 models of each kind whose answers are known, none outside its error.
//!
//! The models are chosen by a hash, so they are the same in every run; families, scales, loads, warm-ups and windows
//! go far beyond what people write. What is exact comes from closed forms, or from quadrature that is a thousand times
//! finer than what is stated.

#![allow(clippy::many_single_char_names, clippy::similar_names)] // parameters of laws have such names

use rayon::prelude::*;
use voronka::kpi::{Figure, Key, Kpi, Row, Stat};
use voronka::random::distribution::Distribution;
use voronka::random::key::mix;
use voronka::study::solve::{Limit, Options, solve};

use super::converter::load;

const MODELS: u64 = 500;
const DAY: f64 = 86_400e6;

/// Numbers between 0 and 1 by a hash: of a model, one after another.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = mix(self.0.wrapping_add(0x9E37_79B9_7F4A_7C15));
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    /// Evenly by its logarithm.
    fn log(&mut self, low: f64, high: f64) -> f64 {
        (self.between(low.ln(), high.ln())).exp()
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.next() * n as f64) as u64
    }
}

/// A family with parameters in microseconds, and how it is written.
fn law(chance: &mut Chance, scale: f64) -> (String, Distribution) {
    let micros = |days: f64| (days * DAY).round();
    let us = |x: f64| format!("{} s", x / 1e6);
    let a = micros(scale * chance.log(0.05, 5.0));
    let b = a + micros(scale * chance.log(0.01, 20.0));
    let shape = chance.log(0.4, 6.0);
    match chance.below(9) {
        0 => {
            (format!("{{exponential: {{mean: {}}}}}", us(a)), Distribution::exponential(a).unwrap())
        }
        1 => (
            format!("{{uniform: {{min: {}, max: {}}}}}", us(a), us(b)),
            Distribution::uniform(a, b).unwrap(),
        ),
        2 => {
            let mode = (a + (b - a) * chance.next()).round();
            let text =
                format!("{{triangular: {{min: {}, mode: {}, max: {}}}}}", us(a), us(mode), us(b));
            (text, Distribution::triangular(a, mode, b).unwrap())
        }
        3 => (
            format!("{{gamma: {{shape: {shape}, scale: {}}}}}", us(a)),
            Distribution::gamma_shape_scale(shape, a).unwrap(),
        ),
        4 => (
            format!("{{weibull: {{shape: {shape}, scale: {}}}}}", us(a)),
            Distribution::weibull_shape_scale(shape, a).unwrap(),
        ),
        5 => {
            let sigma = chance.between(0.1, 1.8);
            let text = format!("{{lognormal: {{median: {}, sigma: {sigma}}}}}", us(a));
            (text, Distribution::lognormal_median_sigma(a, sigma).unwrap())
        }
        6 => {
            let shape = chance.between(1.1, 6.0);
            let text = format!("{{loglogistic: {{median: {}, shape: {shape}}}}}", us(a));
            (text, Distribution::loglogistic(a, shape).unwrap())
        }
        7 => {
            let share = chance.between(0.05, 0.95);
            let text = format!(
                "{{hyperexponential: {{shares: [{share}, {}], means: [{}, {}]}}}}",
                1.0 - share,
                us(a),
                us(b)
            );
            (text, Distribution::hyperexponential(&[share, 1.0 - share], &[a, b]).unwrap())
        }
        _ => (us(a), Distribution::constant(a).unwrap()),
    }
}

const QUANTILES: [f64; 8] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/// What a model says of its cycle time that is not so: `cdf` in days.
fn wrong_times(stages: &str, limits: &[f64], cdf: impl Fn(f64) -> f64) -> Vec<String> {
    let text = format!(
        "horizon: until empty\nsources: {{s: {{every: 1h, count: 10}}}}\nstages:\n{stages}"
    );
    let options = Options {
        quantiles: QUANTILES.to_vec(),
        within: limits.iter().map(|d| Limit { label: d.to_string(), days: *d }).collect(),
        ..Options::default()
    };
    let solution = solve(&load(&text), &options).unwrap();
    let find = |stat| {
        let row = Row::find(&solution.long_run, &Key::new(Kpi::CycleTime, stat))?;
        Some((row.figure.value()?, row.figure.half_width().unwrap_or(0.0)))
    };
    let mut wrong = Vec::new();
    for p in QUANTILES {
        let Some((value, error)) = find(Stat::quantile(p)) else { continue };
        // The quantile lies within the error: the law passes p on the way through it.
        let slack = 1e-9 * value.abs() + 1e-12;
        let (low, high) = (cdf(value - error - slack), cdf(value + error + slack));
        if !(low <= p + 1e-9 && high >= p - 1e-9) {
            wrong
                .push(format!("{stages}p{p}: {value} ± {error}, where the law has {}", cdf(value)));
        }
    }
    for days in limits {
        let Some((value, error)) = find(Stat::Within(days.to_string())) else { continue };
        // At a jump a microsecond decides.
        let (low, high) = (cdf(days - 1e-11), cdf(days + 1e-11));
        if value < low - error - 1e-8 || value > high + error + 1e-8 {
            wrong.push(format!("{stages}within {days}: {value} ± {error}, not {low}"));
        }
    }
    wrong
}

fn sweep(kind: &str, wrong: impl Fn(u64) -> Vec<String> + Sync + Send) {
    let found: Vec<String> = (0..MODELS).into_par_iter().flat_map_iter(wrong).collect();
    println!("{kind}: {} outside", found.len());
    assert!(
        found.is_empty(),
        "{kind}: {} outside\n{}",
        found.len(),
        found[..found.len().min(12)].join("\n")
    );
}

#[test]
fn one_stage_of_any_family_keeps_its_errors() {
    sweep("one stage", |seed| {
        let mut chance = Chance(seed);
        let scale = chance.log(0.001, 100.0);
        let (text, law) = law(&mut chance, scale);
        let limits: Vec<f64> = (0..4).map(|_| scale * chance.log(0.05, 20.0)).collect();
        wrong_times(&format!("  a: {{wait: {text}, next: won}}\n"), &limits, |d| law.cdf(d * DAY))
    });
}

#[test]
fn a_constant_and_any_family_keep_their_errors() {
    sweep("a constant and a family", |seed| {
        let mut chance = Chance(seed ^ 0x51);
        let scale = chance.log(0.01, 100.0);
        let (text, law) = law(&mut chance, scale);
        let first = (scale * chance.log(0.01, 5.0) * DAY).round();
        let stages = format!(
            "  a: {{wait: {} s, next: b}}\n  b: {{wait: {text}, next: won}}\n",
            first / 1e6
        );
        let limits: Vec<f64> = (0..4).map(|_| scale * chance.log(0.05, 20.0)).collect();
        wrong_times(&stages, &limits, |d| law.cdf(d * DAY - first))
    });
}

#[test]
fn two_uniforms_keep_their_errors() {
    sweep("two uniforms", |seed| {
        let mut chance = Chance(seed ^ 0x52);
        let scale = chance.log(0.01, 100.0);
        let mut draw = || {
            let low = scale * chance.log(0.01, 5.0);
            (low, low + scale * chance.log(0.02, 5.0))
        };
        let ((a, b), (c, d)) = (draw(), draw());
        let stages = format!(
            "  a: {{wait: {{uniform: {{min: {a} d, max: {b} d}}}}, next: b}}\n  b: {{wait: {{uniform: {{min: {c} d, max: {d} d}}}}, next: won}}\n"
        );
        let (u, v) = (b - a, d - c);
        // The area under a trapezoid: a sum of squares of what is above each corner.
        let cdf = |x: f64| {
            let t = x - a - c;
            let square = |x: f64| x.max(0.0).powi(2);
            ((square(t) - square(t - u) - square(t - v) + square(t - u - v)) / (2.0 * u * v))
                .clamp(0.0, 1.0)
        };
        let limits: Vec<f64> = (0..4)
            .map(|_| a + c + (u + v) * chance.between(-0.1, 1.1))
            .filter(|d| *d > 0.0)
            .collect();
        wrong_times(&stages, &limits, cdf)
    });
}

#[test]
fn chains_of_exponentials_keep_their_errors() {
    sweep("chains of exponentials", |seed| {
        let mut chance = Chance(seed ^ 0x53);
        let mean = chance.log(0.001, 50.0);
        let count = 2 + chance.below(12);
        let mut stages = String::new();
        for at in 0..count {
            let next = if at + 1 < count { format!("s{}", at + 1) } else { "won".to_owned() };
            stages +=
                &format!("  s{at}: {{wait: {{exponential: {{mean: {mean} d}}}}, next: {next}}}\n");
        }
        let law = Distribution::gamma_shape_scale(count as f64, mean * DAY).unwrap();
        let limits: Vec<f64> = (0..4).map(|_| mean * count as f64 * chance.log(0.1, 4.0)).collect();
        wrong_times(&stages, &limits, |d| law.cdf(d * DAY))
    });
}

#[test]
fn loops_and_branches_keep_their_errors() {
    sweep("a loop of exponentials, and losses of another family", |seed| {
        let mut chance = Chance(seed ^ 0x54);
        let mean = chance.log(0.01, 20.0);
        let (back, on) = (chance.between(0.05, 0.6), chance.between(0.1, 0.9));
        let scale = mean * chance.log(0.2, 5.0);
        let (text, other) = law(&mut chance, scale);
        // Times through a loop of exponentials are exponential again (a geometric number of them).
        let stages = format!(
            "  a: {{next: {{b: {on}, c: rest}}}}\n  b: {{wait: {{exponential: {{mean: {mean} d}}}}, next: {{b: {back}, won: rest}}}}\n  c: {{wait: {text}, next: {{lost: rest}}}}\n"
        );
        let looped = Distribution::exponential(mean / (1.0 - back) * DAY).unwrap();
        let cdf = |d: f64| on * looped.cdf(d * DAY) + (1.0 - on) * other.cdf(d * DAY);
        let limits: Vec<f64> = (0..4).map(|_| mean * chance.log(0.05, 10.0)).collect();
        wrong_times(&stages, &limits, cdf)
    });
}

/// Nodes and weights of Gauss and Legendre on −1 to 1, eight points.
const NODES: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_3),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_3, 0.101_228_536_290_376_26),
];

/// The integral of a function between two points, on panels that are fine towards every break.
fn integral(of: &dyn Fn(f64) -> f64, (from, until): (f64, f64), breaks: &[f64]) -> f64 {
    let mut edges = vec![from, until];
    for at in breaks {
        edges.push(*at);
        let mut step = until.max(1.0);
        while step > 1e-13 * until.max(1.0) {
            edges.extend([at + step, at - step]);
            step /= 2.0;
        }
    }
    edges.retain(|x| (from..=until).contains(x));
    edges.sort_by(f64::total_cmp);
    let panel = |a: f64, b: f64| {
        let (middle, half) = (f64::midpoint(a, b), (b - a) / 2.0);
        let pair = |(x, w): &(f64, f64)| w * (of(middle + half * x) + of(middle - half * x));
        NODES.iter().map(pair).sum::<f64>() * half
    };
    let fine = |a: f64, b: f64| {
        (0..8)
            .map(|k| {
                let at = |k: i32| a + (b - a) * f64::from(k) / 8.0;
                panel(at(k), at(k + 1))
            })
            .sum::<f64>()
    };
    edges.windows(2).map(|edge| fine(edge[0], edge[1])).sum()
}

#[test]
fn windows_keep_their_errors() {
    sweep("windows", |seed| {
        let mut chance = Chance(seed ^ 0x55);
        let scale = chance.log(1e-4, 60.0);
        let (text, law) = law(&mut chance, scale);
        let horizon = (chance.log(1.0, 700.0)).ceil();
        let warmup = if chance.next() < 0.3 { 0.0 } else { chance.log(1.0, 600.0).ceil() };
        let rate = chance.log(0.1, 100.0);
        let model = load(&format!(
            "horizon: {horizon}d\nwarmup: {warmup}d\nsources: {{s: {{rate: {rate}/day}}}}\nstages: {{a: {{wait: {text}, next: won}}}}"
        ));
        let solution = solve(&model, &Options::default()).unwrap();
        let end = warmup + horizon;
        let survival = |days: f64| law.survival(days * DAY);
        let own = [law.minimum(), law.maximum(), law.mean(), law.quantile(0.5)];
        let mut breaks: Vec<f64> = own.iter().map(|x| x / DAY).filter(|x| x.is_finite()).collect();
        if let Distribution::Triangular(_) = law {
            // Its mode is where the two parabolas meet.
            breaks.push((3.0 * law.mean() - law.minimum() - law.maximum()) / DAY);
        }
        breaks.extend([0.0, warmup, horizon, end]);
        let over =
            |of: &dyn Fn(f64) -> f64, from: f64, until: f64| integral(of, (from, until), &breaks);
        // By parts: what a deal of age a is worth to the window falls by one a day from the warm-up on.
        let sold = horizon - over(&survival, warmup, end);
        let ages = horizon * over(&survival, 0.0, warmup)
            + over(&|a| (end - 2.0 * a) * survival(a), warmup, end);
        let known = [
            (Kpi::Throughput, Stat::Sales, sold * rate / horizon * 30.4375),
            (Kpi::SalesCycle, Stat::Mean, ages / sold),
            (Kpi::OpenAtEnd, Stat::Count, rate * over(&survival, 0.0, end)),
            (Kpi::LeadToWin, Stat::Share, (horizon - over(&survival, 0.0, horizon)) / horizon),
            (
                Kpi::OpenDeals,
                Stat::Mean,
                rate / horizon
                    * (over(&|a| (end - a) * survival(a), 0.0, end)
                        - over(&|a| (warmup - a) * survival(a), 0.0, warmup)),
            ),
        ];
        let mut wrong = Vec::new();
        for (kpi, stat, exact) in known {
            let key = Key::new(kpi, stat);
            let Some(row) = Row::find(&solution.window, &key) else { continue };
            let Figure::Numerical { value, error } = row.figure else { continue };
            // Nobody gets so far: of a mean over nobody there is nothing to say.
            let nobody = kpi == Kpi::SalesCycle && sold * rate < 1e-3;
            if (value - exact).abs() > error + 1e-10 * exact.abs() + 1e-12 && !nobody {
                wrong.push(format!(
                    "{text}, {rate}/day, {warmup} + {horizon} d: {key:?} {value} ± {error}, not {exact}"
                ));
            }
        }
        wrong
    });
}

#[test]
fn waits_for_one_server_keep_their_errors() {
    sweep("M/H2/1", |seed| {
        let mut chance = Chance(seed ^ 0x56);
        let (p, load_share) = (chance.between(0.05, 0.95), chance.between(0.1, 0.97));
        let (m1, m2) = (chance.log(0.05, 5.0), chance.log(0.05, 5.0));
        let mean = p * m1 + (1.0 - p) * m2;
        let rate = load_share / mean;
        let options = Options {
            quantiles: QUANTILES.to_vec(),
            within: [0.5, 2.0, 10.0]
                .map(|h: f64| Limit { label: format!("{h}"), days: h / 24.0 })
                .to_vec(),
            ..Options::default()
        };
        let model = load(&format!(
            "horizon: 10d\ncalendars: {{always: {{hours: {{mon-sun: \"00:00-24:00\"}}}}}}\nroles: {{r: {{people: 1}}}}\nsources: {{s: {{rate: {rate}/hour}}}}\n\
             stages: {{a: {{work: {{role: r, time: {{hyperexponential: {{shares: [{p}, {}], means: [{m1} h, {m2} h]}}}}}}, next: won}}}}",
            1.0 - p
        ));
        let solution = solve(&model, &options).unwrap();
        // Pollaczek and Khinchine: the poles of the transform are the roots of a quadratic.
        let (a, b) = (1.0 / m1, 1.0 / m2);
        let half = (a + b - rate) / 2.0;
        let product = a * b - rate * (a + b) + rate * (p * a + (1.0 - p) * b);
        let root = (half * half - product).max(0.0).sqrt();
        let (r, s) = (half - root, half + root);
        let idle = 1.0 - rate * mean;
        let c = idle * (a - r) * (b - r) / (s - r) / r;
        let d = idle * (a - s) * (b - s) / (r - s) / s;
        let above = |t: f64| c * (-r * t).exp() + d * (-s * t).exp();
        let find = |stat| {
            let row = Row::find(&solution.long_run, &Key::new(Kpi::QueueTime, stat).role("r"))?;
            Some((row.figure.value()?, row.figure.half_width().unwrap_or(0.0)))
        };
        let mut wrong = Vec::new();
        for q in QUANTILES {
            // What lies beyond forty mean waits is not answered.
            let Some((value, error)) = find(Stat::quantile(q)) else { continue };
            let (low, high) = ((value - error) * 24.0, (value + error) * 24.0);
            let right = if q <= idle {
                value == 0.0
            } else {
                above(low.max(0.0)) >= 1.0 - q - 1e-8 && above(high) <= 1.0 - q + 1e-8
            };
            if !right {
                wrong.push(format!("{p} {m1} {m2}, load {load_share}: p{q} {value} ± {error}"));
            }
        }
        for hours in [0.5, 2.0, 10.0] {
            let (value, error) = find(Stat::Within(hours.to_string())).unwrap();
            if (value - 1.0 + above(hours)).abs() > error + 1e-8 {
                wrong.push(format!(
                    "{p} {m1} {m2}, load {load_share}: within {hours} {value} ± {error}, not {}",
                    1.0 - above(hours)
                ));
            }
        }
        let wait = c / r + d / s;
        let square = 2.0 * (c / r / r + d / s / s);
        let sd = (square - wait * wait).sqrt();
        let (value, error) = find(Stat::Sd).unwrap();
        if (value * 24.0 - sd).abs() > 1e-7 * sd + error * 24.0 {
            wrong.push(format!(
                "{p} {m1} {m2}, load {load_share}: sd {value} ± {error}, not {}",
                sd / 24.0
            ));
        }
        wrong
    });
}

/// sd² = Wq² + λ E[S³] / (3 (1 − ρ)): a lognormal service whose wait varies far more than its mean.
#[test]
fn the_spread_of_a_wait_is_takacs() {
    let model = load(
        "horizon: 30d\ncalendars: {always: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 1}}\nsources: {s: {rate: 0.5/h}}\n\
         stages: {a: {work: {role: r, time: {lognormal: {median: 0.3162277660168379 h, sigma: 1.5174271293851465}}}, next: won}}",
    );
    let solution = solve(&model, &Options::default()).unwrap();
    let key = Key::new(Kpi::QueueTime, Stat::Sd).role("r");
    let row = Row::find(&solution.long_run, &key).unwrap();
    let Figure::Exact(days) = row.figure else { panic!("{row:?}") };
    // E S = 1 h, E S² = 10, E S³ = 1000: Wq = 5 h and sd² = 25 + 0.5 × 1000 / 1.5.
    assert!((days * 24.0 - (25.0_f64 + 1000.0 / 3.0).sqrt()).abs() < 1e-5, "{}", days * 24.0);
}

#[test]
fn what_is_infinite_is_said_to_be() {
    let stage = "{loglogistic: {median: 30.6d, shape: 1.86}}";
    let wait = load(&format!(
        "horizon: until empty\nsources: {{s: {{every: 1h, count: 3}}}}\nstages: {{a: {{wait: {stage}, next: won}}}}"
    ));
    let work = load(
        "horizon: 60d\ncalendars: {always: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 1}}\nsources: {s: {rate: 1/day}}\nstages: {a: {work: {role: r, time: {loglogistic: {median: 2h, shape: 1.5}}}, next: won}}",
    );
    let figure = |model: &voronka::model::Model, key: &Key| {
        let options = Options {
            within: vec![Limit { label: "30d".into(), days: 30.0 }],
            ..Options::default()
        };
        let solution = solve(model, &options).unwrap();
        Row::find(&solution.long_run, key).map(|row| row.figure.clone()).unwrap()
    };
    let time = |stat| Key::new(Kpi::CycleTime, stat);
    let Figure::Exact(median) = figure(&wait, &time(Stat::quantile(0.5))) else { panic!() };
    assert!((median - 30.6).abs() < 1e-9, "{median}");
    assert_eq!(figure(&wait, &time(Stat::Sd)), Figure::Exact(f64::INFINITY));
    let Figure::Exact(share) = figure(&wait, &time(Stat::Within("30d".into()))) else { panic!() };
    assert!((share - 1.0 / (1.0 + (30.6_f64 / 30.0).powf(1.86))).abs() < 1e-9);
    let queue = Key::new(Kpi::QueueTime, Stat::Mean).role("r");
    assert_eq!(figure(&work, &queue), Figure::Exact(f64::INFINITY));
}
