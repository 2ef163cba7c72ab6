//! Means of heavily skewed amounts, whose intervals are too narrow.
//!
//! Student's interval of a mean is too narrow if the mean is skewed. With a skewness of the mean of
//! 0.1 (lognormal amounts, sigma 1, 2,000 sales) a 95 % interval covered the mean in 94.4 % of
//! 4,000 seeds. With 200 sales it covered it in 91 % of 300 seeds for a sigma of 1.5, and in 82 %
//! for a sigma of 2.
//!
//! If the exact mean is known, it replaces the estimate. If not, the run says how many sales the
//! interval would need.

use std::collections::HashMap;

use super::solve::{Comparable, comparable, skewness_of_sums};
use crate::kpi::{Key, Kpi, Row, Stat};
use crate::program::{Choice, Program, Sale};

/// Intervals are trusted up to this skewness of a mean.
const MOST_SKEW: f64 = 0.2;

/// Figures that are means of amounts.
const OF_AMOUNTS: [Kpi; 5] =
    [Kpi::ValueWinRate, Kpi::AverageDeal, Kpi::Bookings, Kpi::NewBookings, Kpi::RepeatBookings];

/// A note on amounts that are too skewed for the number of sales.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heavy {
    /// Whether exact means replaced the estimates; otherwise the intervals are too narrow.
    pub known: bool,
    /// The number of sales observed.
    pub n: u64,
    /// The number of sales that a valid interval needs.
    pub needed: f64,
}

/// Replaces means with invalid intervals by exact ones, where these are known; `None` if all
/// intervals are valid.
pub(super) fn replace_skewed(program: &Program, by: &[String], rows: &mut [Row]) -> Option<Heavy> {
    let needed = (skewness(program) / MOST_SKEW).powi(2);
    let is_short = |row: &Row| {
        let of_amounts = OF_AMOUNTS.contains(&row.key.kpi)
            && matches!(row.key.stat, Stat::Total | Stat::Mean | Stat::Share);
        of_amounts && (row.n as f64) < needed && row.n > 0
    };
    let of_sales = |row: &&Row| is_short(row) && row.key.kpi != Kpi::ValueWinRate;
    let sales = rows.iter().filter(of_sales).map(|row| row.n).max();
    let n = sales.or_else(|| rows.iter().filter(|row| is_short(row)).map(|row| row.n).max())?;
    let theory = comparable(program, by);
    let known: HashMap<&Key, &Comparable> =
        theory.iter().map(|known| (&known.row.key, known)).collect();
    let mut all_known = true;
    for row in rows.iter_mut().filter(|row| is_short(row)) {
        let found = known.get(&row.key).filter(|known| known.row.figure.value().is_some());
        let Some(found) = found else {
            // The win rate by value alone needs no warning.
            all_known &= row.key.kpi == Kpi::ValueWinRate || !row.key.by.is_empty();
            continue;
        };
        row.plain = row.raw();
        row.figure = found.row.figure.clone();
    }
    Some(Heavy { known: all_known, n, needed })
}

/// The greatest skewness of the amount of one sale.
fn skewness(program: &Program) -> f64 {
    let values = program.value.iter().flat_map(Choice::iter);
    let own = program.stages.iter().filter_map(|stage| match &stage.sale {
        Some(Sale::Own(amount)) => Some(amount),
        _ => None,
    });
    let set = program.stages.iter().flat_map(|stage| stage.entry.iter());
    let set = set.filter_map(|entry| entry.value.as_ref());
    let amounts = values.chain(own).chain(set);
    amounts.map(|draw| skewness_of_sums(&draw.distribution)).fold(0.0, f64::max)
}
