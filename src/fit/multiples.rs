//! Whether deals of one kind are won more or less often than the hazards of all deals say.
//!
//! The multiple of a level is (O + κ) / (E + κ) with its observed wins O, the wins E that the
//! hazards expect of its exposure, scaled to as many as were observed in all, and κ = 30 wins of
//! prior (a gamma prior with mean 1). Levels with fewer than 30 closed deals are pooled. Whether
//! multiples are used is decided by past forecasts, not here.

use super::cohorts::Cohorts;
use super::log::{Day, Log};
use super::rates::Rates;
use super::season::Classes;
use super::segments::{Column, FEWEST_CLOSED, level, levels};
use crate::records::deals::{Deals, Names};

/// Wins that the prior is worth.
const PRIOR: f64 = 30.0;

/// A column as a number for each deal of a file: its level, or the number of levels for none.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The column.
    pub column: Column,
    /// The number of levels, with that of deals without one.
    pub levels: usize,
    /// By row of the file.
    of: Vec<u16>,
}

impl Split {
    /// Divides the deals of a file.
    pub fn new(deals: &Deals, column: Column) -> Split {
        let count = levels(deals, column).map_or(0, Names::len);
        let of = |row| level(deals, column, row).map_or(count, |level| level as usize) as u16;
        Split { column, levels: count + 1, of: (0..deals.deals.len()).map(of).collect() }
    }

    /// The level of a row.
    pub fn level(&self, row: usize) -> usize {
        self.of.get(row).map_or(self.levels - 1, |level| usize::from(*level))
    }
}

/// What hazards are fitted with: rates, paces and seasons at a cut-off.
#[derive(Debug, Clone, Copy)]
pub struct Expecting<'a> {
    /// The cut-off.
    pub cut: Day,
    /// The rates.
    pub rates: &'a Rates,
    /// The paces of cohorts.
    pub cohorts: &'a Cohorts,
    /// The classes of days.
    pub classes: &'a Classes,
}

/// The wins of each deal that the hazards expect before a cut-off, by index in the log; 0 for deals
/// that came later.
pub fn expected_wins(log: &Log, of: &Expecting) -> Vec<f64> {
    let wins = |deal: &super::log::Dated| {
        if deal.created >= of.cut {
            return 0.0;
        }
        let stay = |stay: &super::log::Stay| {
            let (from, until) = (stay.entered.max(log.first_close), stay.left.min(of.cut));
            if until < from {
                return 0.0;
            }
            of.rates.ends(stay.stage, (stay.entered, from, until), of.classes)[0]
        };
        of.cohorts.pace(deal.created) * deal.stays.iter().map(stay).sum::<f64>()
    };
    log.deals.iter().map(wins).collect()
}

/// The multiples of the levels of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiples {
    /// By level; the last one for deals without a level.
    pub factors: Vec<f64>,
}

impl Multiples {
    /// Compares the wins of each level before a cut-off with those that are expected.
    pub fn fit(split: &Split, log: &Log, cut: Day, expected: &[f64]) -> Multiples {
        let mut sums = vec![(0.0, 0.0, 0); split.levels];
        for (deal, expected) in log.deals.iter().zip(expected) {
            let is_won = deal.won && deal.closed < cut && deal.closed >= log.first_close;
            let sum = &mut sums[split.level(deal.row)];
            sum.0 += f64::from(u8::from(is_won));
            sum.1 += expected;
            sum.2 += u64::from(deal.closed < cut);
        }
        let total = sums.iter().fold((0.0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
        let scale = if total.1 > 0.0 { total.0 / total.1 } else { 1.0 };
        let factor = |observed: f64, expected: f64| (observed + PRIOR) / (expected * scale + PRIOR);
        let few = sums.iter().filter(|sum| sum.2 < FEWEST_CLOSED);
        let few = few.fold((0.0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
        let pooled = factor(few.0, few.1);
        let of = |sum: &(f64, f64, u64)| {
            if sum.2 < FEWEST_CLOSED { pooled } else { factor(sum.0, sum.1) }
        };
        Multiples { factors: sums.iter().map(of).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::log::{Dated, Exit, Stay, Undated};
    use super::*;

    /// Levels 0 and 1 have 100 closed deals each with 60 and 20 wins, levels 2 and 3 ten with 5
    /// wins each. The hazards expect 0.4 wins of each deal: 40, 40, 4 and 4, as 88 of 90 came.
    #[test]
    fn a_multiple_is_observed_over_expected_wins_and_small_levels_are_pooled() {
        let sizes = [(100, 60), (100, 20), (10, 5), (10, 5), (0, 0)];
        let (mut deals, mut of) = (Vec::new(), Vec::new());
        for (level, (count, wins)) in sizes.into_iter().enumerate() {
            for number in 0..count {
                let won = number < wins;
                let exit = if won { Exit::Won } else { Exit::Lost };
                let stays = vec![Stay { stage: 0, entered: 0.0, left: 9.0, exit }];
                deals.push(Dated { row: of.len(), created: 0.0, closed: 9.0, won, stays });
                of.push(level as u16);
            }
        }
        let expected = vec![0.4; deals.len()];
        let undated = Undated::default();
        let (stages, first_close, until) = (1, 9.0, 20.0);
        let log = Log { deals, undated, stages, is_staged: false, first_close, until };
        let split = Split { column: Column::Owner, levels: sizes.len(), of };
        let found = Multiples::fit(&split, &log, 20.0, &expected).factors;
        let scale = 90.0 / 88.0;
        let right = [(60.0, 40.0), (20.0, 40.0), (10.0, 8.0)];
        let right = right.map(|(o, e): (f64, f64)| (o + 30.0) / (e * scale + 30.0));
        for (found, right) in found.iter().zip([right[0], right[1], right[2], right[2], right[2]]) {
            assert!((found - right).abs() < 1e-12, "{found} {right}");
        }
        // Nothing before the cut-off: all are alike.
        assert_eq!(Multiples::fit(&split, &log, 5.0, &vec![0.0; 220]).factors, [1.0; 5]);
    }
}
