//! Waits for one server, compared with Pollaczek, Khinchine and Takács.

use voronka::kpi::{Figure, Key, Kpi, Row, Stat};
use voronka::study::solve::{Limit, Options, solve};

use super::super::converter::load;
use super::{Chance, QUANTILES, sweep};

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
            // There is no answer beyond forty mean waits.
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

/// sd² = Wq² + λ E[S³] / (3 (1 − ρ)): a lognormal service with a very variable wait.
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
