//! Rates of one draw, laid out for walking: for each stage, age band and season class the rate of a
//! win, the rate of any other exit, and the shares of the others.

use super::chance::{gamma_of_mean_one, normal};
use super::hazards::{Hazards, StageHazards};
use super::log::{Day, Exit};
use super::season::Classes;
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
    /// The rate of all other exits per day by band and class.
    pub rest: Vec<f64>,
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
    /// The closes that are expected of a deal that entered a stage and was watched from one day
    /// until another.
    pub fn closes(&self, stage: u16, days: (Day, Day, Day), classes: &Classes) -> f64 {
        let [wins, losses] = self.ends(stage, days, classes);
        wins + losses
    }

    /// The wins and losses that are expected of it.
    pub fn ends(&self, stage: u16, days: (Day, Day, Day), classes: &Classes) -> [f64; 2] {
        let (entered, from, until) = days;
        let stage = &self.stages[usize::from(stage)];
        let others = stage.others.len();
        let has_losses = stage.others.first() == Some(&Exit::Lost);
        let (mut at, mut sum) = (from, [0.0; 2]);
        let mut band = stage.edges.partition_point(|edge| *edge <= at - entered);
        while at < until {
            let stretch = classes.at(at);
            let edge = entered + stage.edges[band];
            let end = until.min(edge).min(stretch.until);
            let cell = band * self.classes + stretch.class;
            // Losses come first among the others.
            let losses = if has_losses { stage.sums[cell * others] } else { 0.0 };
            sum[0] += stage.wins[cell] * (end - at);
            sum[1] += losses * (end - at);
            band += usize::from(end >= edge);
            at = end;
        }
        sum
    }

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
    let (mut wins, mut rest, mut sums) = (Vec::new(), Vec::new(), Vec::new());
    if stage.causes.is_empty() {
        // Nothing was seen: as many cells as the finest season has.
        wins = vec![0.0; stage.edges.len() * 12];
        rest.clone_from(&wins);
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
        rest.push(sum);
    }
    StageRates { edges: stage.edges.clone(), others, wins, rest, sums }
}
