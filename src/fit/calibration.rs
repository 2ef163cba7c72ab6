//! Self-calibration: what past forecasts got wrong corrects the next one.
//!
//! A past forecast expected some wins until today or its horizon, whichever is earlier, and the log
//! knows how many there were. The logarithm of observed over expected is weighted by the part of
//! the horizon that has passed. Its mean shrinks towards 0, its variance towards the prior's.

use libm::{log, sqrt};

use super::log::Day;

/// The standard deviation of the logarithm of observed over expected where no past forecast is
/// known: the true number lies within 40 % two times of three.
pub const UNKNOWN: f64 = 0.4;

/// The prior standard deviation of the errors of a horizon, worth [`PRIOR_WEIGHT`] horizons.
const PRIOR_SPREAD: f64 = 0.12;
const PRIOR_WEIGHT: f64 = 3.0;

/// The prior standard deviation of the bias.
const PRIOR_BIAS: f64 = 0.2;

/// A past forecast counts fully if closings were recorded for so many days before it: from fewer,
/// it was made without having seen the season or old deals.
const FULL_HISTORY: f64 = 60.0;

/// The fewest past forecasts that calibrate.
pub const FEWEST_PAST: usize = 3;

/// What is added to both counts, so that zero wins have a logarithm.
const HALF: f64 = 0.5;

/// A past forecast of the number of wins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Checked {
    /// When it was made.
    pub made: Day,
    /// Days of recorded closings that it was made from.
    pub history: f64,
    /// Days of it that have passed, at most its horizon.
    pub days: f64,
    /// Wins that it expected in these days.
    pub expected: f64,
    /// Wins that there were.
    pub observed: f64,
    /// The variance of the logarithm of the wins that chance alone explains.
    pub noise: f64,
}

impl Checked {
    /// The logarithm of observed over expected.
    pub fn error(&self) -> f64 {
        log((self.observed + HALF) / (self.expected + HALF))
    }

    /// How much of a full history it was made from, at most 1.
    fn trust(&self) -> f64 {
        (self.history / FULL_HISTORY).clamp(0.0, 1.0)
    }
}

/// How a forecast is corrected: wins are multiplied by exp(bias + spread × a normal variable).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// The mean of the correction, a logarithm.
    pub bias: f64,
    /// Its standard deviation.
    pub spread: f64,
    /// Past forecasts that it comes from.
    pub n: usize,
}

impl Calibration {
    /// No past forecast is known.
    pub const NONE: Calibration = Calibration { bias: 0.0, spread: UNKNOWN, n: 0 };

    /// Whether past forecasts corrected it.
    pub fn is_calibrated(&self) -> bool {
        self.n >= FEWEST_PAST
    }

    /// The correction for a horizon that past forecasts suggest.
    pub fn of(past: &[Checked], horizon: f64) -> Calibration {
        let Some(first) = past.iter().map(|one| one.made).min_by(f64::total_cmp) else {
            return Calibration::NONE;
        };
        if past.len() < FEWEST_PAST {
            return Calibration { n: past.len(), ..Calibration::NONE };
        }
        let last = past.iter().map(|one| one.made + one.days).fold(first, f64::max);
        let weigh = |value: &dyn Fn(&Checked) -> f64| -> f64 {
            past.iter().map(|one| one.days * one.trust() * value(one)).sum()
        };
        let weight = weigh(&|_| 1.0);
        if weight == 0.0 {
            return Calibration { n: past.len(), ..Calibration::NONE };
        }
        let trust = weight / past.iter().map(|one| one.days).sum::<f64>();
        let n = (last - first) / horizon * trust;
        let mean = weigh(&Checked::error) / weight;
        // Draws have the noise of chance themselves, so it is taken out of the errors.
        let noise = weigh(&|one| one.noise);
        let square = (weigh(&|one| (one.error() - mean).powi(2)) - noise).max(0.0);
        let prior = PRIOR_WEIGHT * PRIOR_SPREAD * PRIOR_SPREAD;
        let variance = (n * square / weight + prior) / (n + PRIOR_WEIGHT);
        let of_bias = PRIOR_BIAS * PRIOR_BIAS;
        // The mean of the errors of the past is uncertain by both.
        let of_mean = variance + noise / weight;
        let bias = mean * n / (n + of_mean / of_bias);
        let spread = sqrt(variance + 1.0 / (n / of_mean + 1.0 / of_bias));
        Calibration { bias, spread, n: past.len() }
    }
}
