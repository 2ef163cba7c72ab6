//! Which points a sweep tries: a grid of all values, or a sample of the ranges.
//!
//! Samples depend on the seed alone. A Latin hypercube has one point in each of n equal parts of
//! every axis (`McKay`, Beckman and Conover 1979, *Technometrics* 21). A Sobol sample is shifted
//! digitally at random, which keeps its balance (L'Ecuyer and Lemieux 2002).

use std::cmp::Ordering;

use thiserror::Error;

use super::Axis;
use super::sobol::{self, MOST_DIMENSIONS};
use crate::model::Override;
use crate::random::key::mix;

/// More points are not tried.
pub const MOST_POINTS: usize = 10_000;

/// How points are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Every combination of the values; the last axis changes first.
    Grid,
    /// So many points of the Sobol sequence.
    Sobol(usize),
    /// A Latin hypercube of so many points.
    LatinHypercube(usize),
}

/// Why there are no points.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DesignFault {
    /// Too many points.
    #[error("{0} points are more than {MOST_POINTS}: fewer values, or a sample")]
    TooManyPoints(usize),
    /// A range shorter than 1 without a step.
    #[error("{0}: write a step behind a colon, as 0.1..0.5:0.1")]
    NoStep(String),
    /// Too many axes for a Sobol sample.
    #[error("a Sobol sample has at most {MOST_DIMENSIONS} axes")]
    TooManyAxes,
}

/// The values of each point, in the order of the axes; no point twice. Points of a sample are sorted.
pub fn points(axes: &[Axis], design: Design, seed: u64) -> Result<Vec<Vec<String>>, DesignFault> {
    let count = match design {
        Design::Grid => axes.iter().map(|axis| axis.values.len()).fold(1, usize::saturating_mul),
        Design::Sobol(count) | Design::LatinHypercube(count) => count,
    };
    if count > MOST_POINTS {
        return Err(DesignFault::TooManyPoints(count));
    }
    let columns: Vec<Vec<f64>> = match design {
        Design::Grid => {
            return match axes.iter().find(|axis| axis.lacks_step()) {
                Some(stepless) => Err(DesignFault::NoStep(stepless.path.clone())),
                None => Ok(grid(axes)),
            };
        }
        Design::Sobol(_) if axes.len() > MOST_DIMENSIONS => return Err(DesignFault::TooManyAxes),
        Design::Sobol(_) => {
            (0..axes.len()).map(|at| shifted(at, count, word(seed, at, 0))).collect()
        }
        Design::LatinHypercube(_) => {
            (0..axes.len()).map(|at| stratified(at, count, seed)).collect()
        }
    };
    let mut points: Vec<Vec<String>> = Vec::new();
    for number in 0..count {
        let point = axes.iter().zip(&columns).map(|(axis, shares)| axis.at(shares[number]));
        let point = point.collect();
        if !points.contains(&point) {
            points.push(point);
        }
    }
    points.sort_by(|one, other| {
        let order = |at: usize| {
            let place = |point: &[String]| axes[at].place(&point[at]);
            place(one).total_cmp(&place(other))
        };
        (0..axes.len()).map(order).fold(Ordering::Equal, Ordering::then)
    });
    Ok(points)
}

/// The changes of the model at a point.
pub fn changes(axes: &[Axis], values: &[String]) -> Vec<Override> {
    let change = |(axis, value): (&Axis, &String)| Override::set(&axis.path, value);
    axes.iter().zip(values).map(change).collect()
}

fn grid(axes: &[Axis]) -> Vec<Vec<String>> {
    axes.iter().fold(vec![Vec::new()], |points, axis| {
        let longer = |point: Vec<String>| {
            axis.values.iter().map(move |value| [&point[..], std::slice::from_ref(value)].concat())
        };
        points.into_iter().flat_map(longer).collect()
    })
}

/// A word of the sample: of an axis, by number.
fn word(seed: u64, axis: usize, number: u64) -> u64 {
    mix(mix(mix(seed ^ 0x5357_4545_5000_0000) ^ axis as u64) ^ number)
}

/// A dimension of the Sobol sequence under a digital shift.
fn shifted(axis: usize, count: usize, word: u64) -> Vec<f64> {
    let shift = (word >> 32) as u32;
    let share = |x: &u32| f64::from(x ^ shift) / 2_f64.powi(32);
    sobol::sequence(axis, count).iter().map(share).collect()
}

/// One share in each of `count` equal parts, in random order (Fisher and Yates).
fn stratified(axis: usize, count: usize, seed: u64) -> Vec<f64> {
    let mut parts: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        let draw = u128::from(word(seed, axis, at as u64)) * (at as u128 + 1);
        parts.swap(at, (draw >> 64) as usize);
    }
    let inside = |at: usize| (word(seed, axis, (count + at) as u64) >> 11) as f64 / 2_f64.powi(53);
    parts.iter().enumerate().map(|(at, part)| (*part as f64 + inside(at)) / count as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes(texts: &[&str]) -> Vec<Axis> {
        texts.iter().map(|text| Axis::parse(text).unwrap()).collect()
    }

    #[test]
    fn the_last_axis_of_a_grid_changes_first() {
        let found = points(&axes(&["a=1..2", "b=x,y"]), Design::Grid, 1).unwrap();
        assert_eq!(found, [["1", "x"], ["1", "y"], ["2", "x"], ["2", "y"]]);
        let many = axes(&["a=1..101", "b=1..100"]);
        assert_eq!(points(&many, Design::Grid, 1), Err(DesignFault::TooManyPoints(10_100)));
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_part_of_every_axis() {
        for seed in 0..20 {
            for axis in 0..3 {
                let mut parts: Vec<usize> = stratified(axis, 37, seed)
                    .iter()
                    .map(|share| (share * 37.0) as usize)
                    .collect();
                assert_ne!(parts, (0..37).collect::<Vec<_>>());
                parts.sort_unstable();
                assert_eq!(parts, (0..37).collect::<Vec<_>>());
            }
        }
        assert_ne!(stratified(0, 9, 1), stratified(1, 9, 1));
        assert_ne!(stratified(0, 9, 1), stratified(0, 9, 2));
    }

    #[test]
    fn a_shifted_sobol_sample_stays_stratified_and_depends_on_the_seed() {
        let two = axes(&["a=0%..100%", "b=0%..100%"]);
        let sample = |seed| points(&two, Design::Sobol(16), seed).unwrap();
        assert_eq!(sample(1), sample(1));
        assert_ne!(sample(1), sample(2));
        let mut cells: Vec<(usize, usize)> = (0..16)
            .map(|at| {
                let cell = |axis: usize| (shifted(axis, 16, word(7, axis, 0))[at] * 4.0) as usize;
                (cell(0), cell(1))
            })
            .collect();
        cells.sort_unstable();
        cells.dedup();
        assert_eq!(cells.len(), 16, "each of 4 x 4 squares has one point");
    }

    #[test]
    fn only_a_sample_takes_a_short_range_without_a_step() {
        let short = axes(&["a=0.1..0.5"]);
        assert_eq!(points(&short, Design::Grid, 1), Err(DesignFault::NoStep("a".to_owned())));
        let found = points(&short, Design::Sobol(8), 1).unwrap();
        let found: Vec<f64> = found.iter().map(|point| point[0].parse().unwrap()).collect();
        assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{found:?}");
        assert!(found[0] >= 0.1 && found[7] <= 0.5, "{found:?}");
    }

    #[test]
    fn whole_numbers_are_not_tried_twice() {
        let found = points(&axes(&["a=4..6"]), Design::LatinHypercube(50), 1).unwrap();
        assert_eq!(found, [["4"], ["5"], ["6"]]);
    }
}
