//! Rates of one draw, laid out for walking: for each stage, age band and season class the rate of a
//! win, the rate of any other exit, and the shares of the others.

use super::chance::{gamma_of_mean_one, normal};
use super::hazards::{Hazards, StageHazards};
use super::log::Exit;
use crate::random::key::{Address, DealKey};

/// The rates of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageRates {
    /// The upper edges of the age bands in days; the last one is infinite.
    pub edges: Vec<f64>,
    /// Exits other than wins.
    pub others: Vec<Exit>,
    /// The rate of wins per day by band and class.
    pub wins: Vec<f64>,
    /// Running sums of the rates of the others, by band, class and exit.
    pub sums: Vec<f64>,
}

/// The rates of all stages.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Each stage.
    pub stages: Vec<StageRates>,
    /// The number of season classes.
    pub classes: usize,
}

impl Rates {
    /// Posterior means.
    pub fn mean(hazards: &Hazards) -> Rates {
        Rates::with(hazards, |_, _| 1.0)
    }

    /// A draw from the posteriors.
    pub fn draw(hazards: &Hazards, key: DealKey) -> Rates {
        let address = Address::new("hazard", 0, "rate");
        Rates::with(hazards, |shape, number| gamma_of_mean_one(shape, normal(key, address, number)))
    }

    /// Means times a factor that depends on the shape of a cell and its number.
    fn with(hazards: &Hazards, factor: impl Fn(f64, u64) -> f64) -> Rates {
        let mut number = 0;
        let mut factor = |shape| {
            number += 1;
            factor(shape, number)
        };
        let stages = hazards.stages.iter().map(|stage| rates_of(stage, &mut factor)).collect();
        Rates { stages, classes: hazards.classes }
    }
}

fn rates_of(stage: &StageHazards, factor: &mut impl FnMut(f64) -> f64) -> StageRates {
    let others: Vec<Exit> =
        stage.causes.iter().copied().filter(|cause| *cause != Exit::Won).collect();
    let (mut wins, mut sums) = (Vec::new(), Vec::new());
    if stage.causes.is_empty() {
        wins = vec![0.0; stage.edges.len() * 12];
    }
    for cells in stage.cells.chunks(stage.causes.len().max(1)) {
        let (mut win, mut sum) = (0.0, 0.0);
        for (cell, cause) in cells.iter().zip(&stage.causes) {
            let mean = cell.mean();
            let rate = if mean > 0.0 { mean * factor(cell.shape()) } else { 0.0 };
            if *cause == Exit::Won {
                win = rate;
            } else {
                sum += rate;
                sums.push(sum);
            }
        }
        wins.push(win);
    }
    StageRates { edges: stage.edges.clone(), others, wins, sums }
}
