//! Stated errors are bounds: sweeps of 500 models of each kind with known answers, none outside its
//! error.
//!
//! The models are chosen by a hash, so they are the same in every run. Families, scales, loads,
//! warm-ups and windows go far beyond usual models. Exact answers come from closed forms, or from
//! quadrature a thousand times as accurate as the stated errors.

#![allow(clippy::many_single_char_names, clippy::similar_names)] // parameters of distributions have such names

mod queues;
mod times;
mod windows;

use rayon::prelude::*;
use voronka::random::distribution::Distribution;
use voronka::random::key::mix;

const MODELS: u64 = 500;
const DAY: f64 = 86_400e6;

/// A sequence of numbers between 0 and 1, by a hash of the model.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = mix(self.0.wrapping_add(0x9E37_79B9_7F4A_7C15));
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    /// Uniform in the logarithm.
    fn log(&mut self, low: f64, high: f64) -> f64 {
        (self.between(low.ln(), high.ln())).exp()
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.next() * n as f64) as u64
    }
}

/// A family with parameters in microseconds, and its YAML text.
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
