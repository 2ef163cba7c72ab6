//! Cycle times: one stage, sums, chains and loops.

use voronka::kpi::{Figure, Key, Kpi, Row, Stat};
use voronka::random::distribution::Distribution;
use voronka::study::solve::{Limit, Options, solve};

use super::super::converter::load;
use super::{Chance, DAY, QUANTILES, law, sweep};

/// The wrong figures of a model's cycle time, given its `cdf` in days.
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
        // The quantile lies within the error if the distribution function passes p inside it.
        let slack = 1e-9 * value.abs() + 1e-12;
        let (low, high) = (cdf(value - error - slack), cdf(value + error + slack));
        if !(low <= p + 1e-9 && high >= p - 1e-9) {
            wrong
                .push(format!("{stages}p{p}: {value} ± {error}, where the law has {}", cdf(value)));
        }
    }
    for days in limits {
        let Some((value, error)) = find(Stat::Within(days.to_string())) else { continue };
        // At a jump a microsecond matters.
        let (low, high) = (cdf(days - 1e-11), cdf(days + 1e-11));
        if value < low - error - 1e-8 || value > high + error + 1e-8 {
            wrong.push(format!("{stages}within {days}: {value} ± {error}, not {low}"));
        }
    }
    wrong
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
        // The area under a trapezoid: a sum of squares of the excess over each corner.
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

#[test]
fn infinite_figures_are_shown_as_infinite() {
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
