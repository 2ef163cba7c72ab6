//! Open deals compared with the infinite-server queue under a changing rate.
//!
//! With Poisson arrivals of rate λ(u) into stages without limits, the number of deals in a stage at
//! time t is Poisson with mean m(t) = ∫ λ(u) P(in the stage at age t − u) du (Eick, Massey and
//! Whitt 1993). A window that ends at t gives N(t) once per replication. Rates are piecewise
//! constant, so the integral is a sum of closed forms. The sine of `timeline-01` is written as its
//! exact means over hours: deals are shifted by half an hour at most, which changes m(t) by less
//! than 10^-5 of it.

use std::f64::consts::TAU;
use std::fmt::Write;

use statrs::distribution::{ContinuousCDF, DiscreteCDF, Normal, Poisson};

use super::converter::{Kind, Quantity, load, read, stages};
use super::measure::{Judged, Size, open_at_most, open_deals, run};
use super::settle;
use voronka::kpi::{Key, Kpi, Stat};

/// A rate per day that holds from one day to another.
#[derive(Debug, Clone, Copy)]
struct Step {
    from: f64,
    to: f64,
    rate: f64,
}

/// The text of a model whose window ends after `days`; steps begin at whole hours.
fn model(steps: &[Step], days: u32, stages: &str) -> String {
    let mut text = format!("horizon: {days} d\nsources:\n  leads:\n    rate:\n      steps:\n");
    for step in steps {
        let hours = (step.from * 24.0).round() as i64;
        let date = jiff::civil::date(2024, 1, 1).at(0, 0, 0, 0);
        let date = date.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap();
        let (date, rate) = (date.strftime("%Y-%m-%d %H:%M"), step.rate);
        writeln!(text, "        - {{from: \"{date}\", rate: {rate}/day}}").unwrap();
    }
    format!("{text}{stages}")
}

/// m(t), where `held(x)` is the integral from 0 to x of the probability of being in the stage at an
/// age.
fn mean_open(steps: &[Step], t: f64, held: impl Fn(f64) -> f64) -> f64 {
    let age = |from: f64| (t - from).max(0.0);
    steps.iter().map(|step| step.rate * (held(age(step.from)) - held(age(step.to)))).sum()
}

/// ∫₀ˣ S(a) da of a lognormal.
fn held_lognormal(x: f64, mu: f64, sigma: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let normal = Normal::standard();
    let z = (x.ln() - mu) / sigma;
    x * normal.sf(z) + (mu + sigma * sigma / 2.0).exp() * normal.cdf(z - sigma)
}

#[test]
fn open_deals_follow_a_sine_of_arrivals() {
    let case = read("timeline-01");
    let steps: Vec<Step> = (0..90 * 24_u32)
        .map(|hour| {
            let (from, to) = (f64::from(hour) / 24.0, f64::from(hour + 1) / 24.0);
            let sum = |t: f64| -30.0 / TAU * (TAU * t / 30.0).cos();
            Step { from, to, rate: 5.0 + 3.0 * (sum(to) - sum(from)) / (to - from) }
        })
        .collect();
    let size = Size { replications: 8000, deals: 0 };
    let mut judged = Vec::new();
    for day in [5_u32, 15, 30, 45, 60, 90] {
        let quantity = |head: &str| -> &Quantity {
            let name = format!("{head}({day})");
            case.quantities.iter().find(|quantity| quantity.name == name).unwrap()
        };
        let steps: Vec<Step> = steps.iter().copied().filter(|s| s.from < f64::from(day)).collect();
        let model = load(&model(&steps, day, &stages(&case.model.stages)));
        let simulation = run(&model, size, &[], &[]);
        let mean = quantity("N").value;
        judged.extend(open_deals(&simulation, "work", &day.to_string(), mean));
        let empty = quantity("p_empty");
        let found = open_at_most(&simulation, "work", 0.0, empty.value);
        judged.push(Judged { quantity: empty.clone(), found });
        // N has atoms, so the test is of P(N <= n), and that n is the quantile.
        let ninety = quantity("N_p90");
        let poisson = Poisson::new(mean).unwrap();
        let below = |n: f64| poisson.cdf(n as u64);
        assert!(below(ninety.value) >= 0.9 && below(ninety.value - 1.0) < 0.9);
        let found = open_at_most(&simulation, "work", ninety.value, below(ninety.value));
        judged.push(Judged { quantity: ninety.clone(), found });
        // The program's own p90 over replications may differ by one at most.
        let row = simulation.find(&Key::new(Kpi::OpenAtEnd, Stat::Count).stage("work")).unwrap();
        let found = row.risk.unwrap()[2];
        assert!((found - ninety.value).abs() <= 1.0, "N_p90({day}): {found}");
    }
    settle("timeline-01", &judged, 24);
}

#[test]
fn open_deals_of_two_exponential_stages_follow_steps_of_the_rate() {
    let steps = [
        Step { from: 0.0, to: 10.0, rate: 12.0 },
        Step { from: 10.0, to: 14.5, rate: 0.0 },
        Step { from: 14.5, to: 100.0, rate: 30.0 },
    ];
    let stages = "stages:
  first: {wait: {exponential: {mean: 4 d}}, next: {second: 60%, lost: {other: rest}}}
  second: {wait: {exponential: {mean: 6 d}}, next: {won: 50%, lost: {other: rest}}}
";
    // In the second at age a: 0.6 × 6 / (6 − 4) × (e^(−a/6) − e^(−a/4)).
    let first = |x: f64| 4.0 * (1.0 - (-x / 4.0).exp());
    let second = |x: f64| 1.8 * (6.0 * (1.0 - (-x / 6.0).exp()) - first(x));
    let size = Size { replications: 8000, deals: 0 };
    let mut judged = Vec::new();
    for day in [9_u32, 14, 16, 40] {
        let t = f64::from(day);
        let simulation = run(&load(&model(&steps, day, stages)), size, &[], &[]);
        let at = day.to_string();
        judged.extend(open_deals(&simulation, "first", &at, mean_open(&steps, t, first)));
        judged.extend(open_deals(&simulation, "second", &at, mean_open(&steps, t, second)));
    }
    settle("two exponential stages", &judged, 16);
}

#[test]
fn open_deals_of_a_lognormal_stage_follow_steps_of_the_rate() {
    let steps = [
        Step { from: 3.0, to: 20.0, rate: 9.0 },
        Step { from: 20.0, to: 30.25, rate: 2.5 },
        Step { from: 30.25, to: 200.0, rate: 15.0 },
    ];
    let stages = "stages: {offer: {wait: {lognormal: {median: 6 d, sigma: 0.8}}, next: {won: 30%, lost: other}}}\n";
    let size = Size { replications: 8000, deals: 0 };
    let mut judged = Vec::new();
    for day in [10_u32, 25, 30, 60] {
        let simulation = run(&load(&model(&steps, day, stages)), size, &[], &[]);
        let held = |x: f64| held_lognormal(x, 6.0_f64.ln(), 0.8);
        let mean = mean_open(&steps, f64::from(day), held);
        judged.extend(open_deals(&simulation, "offer", &day.to_string(), mean));
        let limit = (mean + mean.sqrt()).floor();
        let p = Poisson::new(mean).unwrap().cdf(limit as u64);
        let found = open_at_most(&simulation, "offer", limit, p);
        let name = format!("P(N <= {limit}) at {day}");
        let quantity = Quantity { name, value: p, kind: Kind::Prob, abs_err: 1e-6 };
        judged.push(Judged { quantity, found });
    }
    settle("a lognormal stage", &judged, 12);
}
