//! What a won deal brings: its own amount, where that was known before the end, else one of the
//! amounts of earlier wins of the same kind.

use libm::log;

use super::log::{Day, Log};
use super::segments::{self, Column};
use crate::records::deals::{Deals, NameId, Outcome};

/// The fewest wins of a level that has amounts of its own.
const FEWEST_WINS: usize = 5;

/// A column that explains less of the spread of the logarithm of amounts is not used.
const LEAST_EXPLAINED: f64 = 0.05;

/// Amounts of earlier wins.
#[derive(Debug, Clone, PartialEq)]
pub struct Amounts {
    /// The column whose levels have amounts of their own.
    pub column: Option<Column>,
    /// By level of that column: the amounts; empty where there are too few.
    pools: Vec<Vec<f64>>,
    /// All amounts.
    all: Vec<f64>,
    /// Whether amounts of open deals are known and used.
    pub own: bool,
    /// Agreed over asked amounts of wins, where the file has both.
    pub agreed: Option<Agreed>,
}

/// The ratio of agreed to asked amounts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreed {
    /// The sum of agreed over the sum of asked amounts.
    pub ratio: f64,
    /// Half the width of its 95 % interval (delta method of a ratio, normal quantile).
    pub half_width: f64,
    /// Wins with both.
    pub n: u64,
}

/// The fewest wins with both amounts.
const FEWEST_BOTH: usize = 10;

/// The normal quantile of a 95 % interval.
const Z95: f64 = 1.959_964;

impl Agreed {
    /// The ratio of pairs of asked and agreed amounts (Cochran, *Sampling Techniques*, 6.3).
    fn of(pairs: &[[f64; 2]]) -> Option<Agreed> {
        let n = pairs.len() as f64;
        if pairs.len() < FEWEST_BOTH {
            return None;
        }
        let asked: f64 = pairs.iter().map(|pair| pair[0]).sum();
        let ratio = pairs.iter().map(|pair| pair[1]).sum::<f64>() / asked;
        let square: f64 = pairs.iter().map(|pair| (pair[1] - ratio * pair[0]).powi(2)).sum();
        let error = libm::sqrt(square * n / (n - 1.0)) / asked;
        Some(Agreed { ratio, half_width: Z95 * error, n: pairs.len() as u64 })
    }
}

impl Amounts {
    /// The amounts of the wins before a cut-off. Open deals have their own amount only if the
    /// column is no leak and the file ends at the cut-off: a file does not say what an amount was
    /// before.
    pub fn fit(deals: &Deals, log: &Log, cut: Day) -> Amounts {
        let won: Vec<(usize, f64)> = log
            .deals
            .iter()
            .filter(|deal| deal.won && deal.closed < cut)
            .filter_map(|deal| Some((deal.row, amount(deals, deal.row)?)))
            .collect();
        let is_leak = |column| segments::is_leak(deals, log, column, cut);
        let explained = segments::columns(deals).into_iter().filter(|column| !is_leak(*column));
        let explained = explained.map(|column| (explained_by(deals, column, &won), column));
        let best = explained.max_by(|a, b| a.0.total_cmp(&b.0));
        let column = best.filter(|best| best.0 > LEAST_EXPLAINED).map(|best| best.1);
        let pools = column.map_or_else(Vec::new, |column| pools(deals, column, &won));
        let known = |row: usize| is_known(deals, row) || deals.deals[row].asked.is_some();
        let both = |(row, agreed): &(usize, f64)| Some([deals.deals[*row].asked?, *agreed]);
        let agreed = Agreed::of(&won.iter().filter_map(both).collect::<Vec<_>>());
        let own = cut >= log.until && !segments::empty(log, cut, |row| !known(row)).is_leak();
        let all = won.into_iter().map(|one| one.1).collect();
        Amounts { column, pools, all, own, agreed }
    }

    /// Whether anything is known of amounts.
    pub fn is_known(&self) -> bool {
        !self.all.is_empty()
    }

    fn pool(&self, level: Option<NameId>) -> &[f64] {
        let own = level.and_then(|level| self.pools.get(level as usize));
        own.filter(|pool| !pool.is_empty()).unwrap_or(&self.all)
    }

    /// The level of a deal in the column that explains amounts.
    pub fn level(&self, deals: &Deals, row: usize) -> Option<NameId> {
        self.column.and_then(|column| segments::level(deals, column, row))
    }

    /// The own amount of an open deal, if it may be used: the asked one times what was agreed of
    /// such amounts, else the amount of the file.
    pub fn of_open(&self, deals: &Deals, row: usize) -> Option<f64> {
        let deal = deals.deals.get(row)?;
        let asked = || Some(deal.asked? * self.agreed?.ratio);
        let own = || asked().or_else(|| amount(deals, row)).or(deal.asked);
        (self.own && deal.outcome == Outcome::Open).then(own).flatten()
    }

    /// One of the earlier amounts; `u` from 0 to 1 says which.
    pub fn draw(&self, level: Option<NameId>, u: f64) -> f64 {
        let pool = self.pool(level);
        pool.get((u * pool.len() as f64) as usize).copied().unwrap_or(0.0)
    }

    /// The mean of the earlier amounts.
    pub fn mean(&self, level: Option<NameId>) -> f64 {
        let pool = self.pool(level);
        pool.iter().sum::<f64>() / pool.len().max(1) as f64
    }
}

/// The amount of a deal; 0 means unknown.
pub fn amount(deals: &Deals, row: usize) -> Option<f64> {
    deals.deals.get(row)?.amount.filter(|amount| *amount > 0.0)
}

/// Whether the amount of a row is known; a lost deal has a 0 that means lost.
pub fn is_known(deals: &Deals, row: usize) -> bool {
    let lost = deals.deals.get(row).is_some_and(|deal| deal.outcome == Outcome::Lost);
    deals.deals.get(row).is_some_and(|deal| deal.amount.is_some())
        && (lost || amount(deals, row).is_some())
}

fn pools(deals: &Deals, column: Column, won: &[(usize, f64)]) -> Vec<Vec<f64>> {
    let count = segments::levels(deals, column).map_or(0, crate::records::deals::Names::len);
    let mut pools = vec![Vec::new(); count];
    for (row, amount) in won {
        if let Some(level) = segments::level(deals, column, *row) {
            pools[level as usize].push(*amount);
        }
    }
    for pool in &mut pools {
        if pool.len() < FEWEST_WINS {
            pool.clear();
        }
    }
    pools
}

/// The share of the variance of the logarithm of amounts that levels explain, adjusted for their
/// number (the adjusted R² of a one-way analysis of variance).
fn explained_by(deals: &Deals, column: Column, won: &[(usize, f64)]) -> f64 {
    let count = segments::levels(deals, column).map_or(0, crate::records::deals::Names::len);
    let mut groups = vec![(0.0, 0.0); count + 1];
    let (mut sum, mut square) = (0.0, 0.0);
    for (row, amount) in won {
        let group = segments::level(deals, column, *row).map_or(count, |level| level as usize);
        let value = log(*amount);
        groups[group].0 += 1.0;
        groups[group].1 += value;
        sum += value;
        square += value * value;
    }
    let n = won.len() as f64;
    let used = groups.iter().filter(|group| group.0 > 0.0).count() as f64;
    let total = square - sum * sum / n;
    let between: f64 =
        groups.iter().filter(|g| g.0 > 0.0).map(|g| g.1 * g.1 / g.0).sum::<f64>() - sum * sum / n;
    if n <= used || total <= 0.0 {
        return 0.0;
    }
    1.0 - (total - between) / (n - used) / (total / (n - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: (90 + 160) / (100 + 200) = 5/6, ten times over; the residuals are ±20/3.
    #[test]
    fn agreed_amounts_are_a_ratio_of_sums_with_an_interval() {
        let pairs = [[100.0, 90.0], [200.0, 160.0]].repeat(5);
        let found = Agreed::of(&pairs).unwrap();
        assert!((found.ratio - 5.0 / 6.0).abs() < 1e-12);
        let error = (10.0 * (20.0_f64 / 3.0).powi(2) * 10.0 / 9.0).sqrt() / 1500.0;
        assert!((found.half_width - Z95 * error).abs() < 1e-12);
        assert_eq!(Agreed::of(&pairs[..9]), None);
    }
}
