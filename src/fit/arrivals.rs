//! New deals: as many a week as in the last 13 weeks, and of the same mix.
//!
//! The number of a week is negative binomial, a Poisson number whose rate is gamma distributed
//! between weeks (Greenwood and Yule 1920): weeks differ by more than chance.

use super::chance::{exponential, gamma_of_mean_one, normal};
use super::log::{Day, Log};
use crate::random::key::{Address, DealKey};

/// Weeks that the next ones resemble.
pub const WEEKS: usize = 13;

/// The arrivals that a log expects after a cut-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrivals {
    /// The mean number of a week.
    pub mean: f64,
    /// The variance of the number of a week; at least the mean.
    pub variance: f64,
    /// Weeks that were counted.
    pub weeks: usize,
    /// Indices of the deals of these weeks in [`Log::deals`]: the mix.
    pub mix: Vec<usize>,
}

impl Arrivals {
    /// Counts the deals that were created in the last weeks before a cut-off.
    pub fn fit(log: &Log, cut: Day) -> Arrivals {
        let first = log.deals.iter().map(|deal| deal.created).fold(cut, f64::min);
        let weeks = (((cut - first) / 7.0) as usize).clamp(1, WEEKS);
        let mut counts = vec![0.0; weeks];
        let mut mix = Vec::new();
        for (index, deal) in log.deals.iter().enumerate() {
            let ago = (cut - deal.created) / 7.0;
            if deal.created < cut && ago <= weeks as f64 {
                counts[(ago as usize).min(weeks - 1)] += 1.0;
                mix.push(index);
            }
        }
        let n = weeks as f64;
        let mean = counts.iter().sum::<f64>() / n;
        let square: f64 = counts.iter().map(|count| (count - mean).powi(2)).sum();
        let variance = if weeks > 1 { square / (n - 1.0) } else { mean };
        Arrivals { mean, variance: variance.max(mean), weeks, mix }
    }

    /// The days of the arrivals of a draw in `[cut, until)`.
    pub fn draw(&self, cut: Day, until: Day, key: DealKey) -> Vec<Day> {
        let mut days = Vec::new();
        if self.mean == 0.0 {
            return days;
        }
        let (level, week) =
            (Address::new("arrivals", 0, "level"), Address::new("arrivals", 0, "week"));
        let gap = Address::new("arrivals", 0, "gap");
        // The mean of so few weeks is itself uncertain.
        let error = self.mean * self.mean * self.weeks as f64 / self.variance;
        let mean = self.mean * gamma_of_mean_one(error, normal(key, level, 0));
        let extra = self.variance - self.mean;
        let shape = self.mean * self.mean / extra.max(1e-9 * self.mean);
        let mut number = 0;
        let weeks = ((until - cut) / 7.0).ceil() as u64;
        for at in 0..weeks {
            let rate = mean / 7.0 * gamma_of_mean_one(shape, normal(key, week, at));
            let start = cut + 7.0 * at as f64;
            let end = (start + 7.0).min(until);
            let mut day = start;
            loop {
                day += exponential(key.word(gap.visit(number))) / rate.max(f64::MIN_POSITIVE);
                number += 1;
                if day >= end {
                    break;
                }
                days.push(day);
            }
        }
        days
    }

    /// The variance of the number of a week over its mean: 1 for a Poisson number.
    pub fn dispersion(&self) -> f64 {
        if self.mean > 0.0 { self.variance / self.mean } else { 1.0 }
    }
}
