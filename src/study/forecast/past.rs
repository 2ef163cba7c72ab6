//! Past forecasts: what would have been expected at earlier days, and what came.

use rayon::prelude::*;

use super::fitted::{ByLevel, Expected, Fitted};
use crate::fit::calibration::Checked;
use crate::fit::hazards::FEWEST_CLOSED;
use crate::fit::log::{Dated, Day, Log};
use crate::fit::multiples::{Multiples, Split};
use crate::fit::season::Season;

/// Days between past forecasts.
pub const EVERY: i64 = 14;

/// A forecast that was made at an earlier day with what was known then.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The cut-off.
    pub made: Day,
    /// Days of recorded closings before it.
    pub history: f64,
    /// Deals that were open.
    pub deals: f64,
    /// The variance of the number of new deals of a week over its mean.
    pub dispersion: f64,
    /// Expected wins.
    pub expected: Expected,
    /// Wins that came, by day.
    pub observed: Expected,
    /// The wins of open deals by level, for each column that divides deals.
    pub by: Vec<PastBy>,
}

/// Wins of open deals by level of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct PastBy {
    /// The multiples that were known then.
    pub multiples: Multiples,
    /// Expected without them.
    pub expected: ByLevel,
    /// Wins that came.
    pub observed: ByLevel,
}

impl PastBy {
    /// By how much the multiples would change the expected wins of so many days in all.
    fn times(&self, days: f64) -> f64 {
        let (mut plain, mut with) = (0.0, 0.0);
        let factors = &self.multiples.factors;
        for (expected, factor) in self.expected.until((days / 7.0) as usize).zip(factors) {
            plain += expected;
            with += expected * factor;
        }
        if plain > 0.0 { with / plain } else { 1.0 }
    }

    /// By how much the multiples improve the logarithmic score of the levels of the wins that came:
    /// which level a win is of, with chances in proportion to the expected wins.
    pub fn gain(&self, days: f64) -> f64 {
        let (weeks, times) = ((days / 7.0) as usize, self.times(days));
        let came = self.observed.until(weeks).zip(self.expected.until(weeks));
        came.zip(&self.multiples.factors)
            .filter(|((_, expected), _)| *expected > 0.0)
            .map(|((observed, _), factor)| observed * libm::log(factor / times))
            .sum()
    }
}

impl Past {
    /// The variance of the logarithm of the wins of a part by chance alone, from the expected wins
    /// of open and of new deals: binomial for open deals, overdispersed Poisson for new ones.
    fn noise(&self, [open, new]: [f64; 2], part: Part) -> f64 {
        let of_open = open * (1.0 - open / self.deals.max(open).max(1.0));
        let of_new = new * self.dispersion;
        let (variance, mean) = match part {
            Part::Open => (of_open, open),
            Part::New => (of_new, new),
            Part::All => (of_open + of_new, open + new),
        };
        variance / (mean + 0.5).powi(2)
    }
}

/// Which deals a count is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Deals that were open at the cut-off.
    Open,
    /// Deals that arrived later.
    New,
    /// Both.
    All,
}

impl Expected {
    /// The wins of the first `days`.
    pub fn until(&self, days: f64, part: Part) -> f64 {
        let at = |sums: &[f64]| {
            let last = (days as usize).min(sums.len());
            last.checked_sub(1).and_then(|last| sums.get(last)).copied().unwrap_or(0.0)
        };
        match part {
            Part::Open => at(&self.open),
            Part::New => at(&self.new),
            Part::All => at(&self.open) + at(&self.new),
        }
    }
}

/// The days of past forecasts before a cut-off: a grid that does not depend on the cut-off, so that
/// forecasts at several cut-offs share them.
pub fn grid(log: &Log, until: Day) -> Vec<Day> {
    if !log.first_close.is_finite() {
        return Vec::new();
    }
    let first = log.first_close.floor() as i64 + EVERY;
    (first..until.floor() as i64).step_by(EVERY as usize).map(|day| day as f64).collect()
}

/// Past forecasts on the grid before a day; `days` is the longest horizon.
pub fn past(log: &Log, season: Season, (until, days): (Day, usize), splits: &[Split]) -> Vec<Past> {
    let made = |made: &Day| {
        let fitted = Fitted::new(log, *made, season, days as f64);
        let enough = fitted.hazards.wins.min(fitted.hazards.losses) >= FEWEST_CLOSED;
        enough.then(|| Past {
            made: *made,
            history: *made - log.first_close,
            deals: log.deals.iter().filter(|deal| deal.is_open(*made)).count() as f64,
            dispersion: fitted.arrivals.dispersion(),
            expected: fitted.expected(log, days),
            observed: observed(log, *made, days),
            by: by_level(log, &fitted, days, splits),
        })
    };
    grid(log, until).par_iter().filter_map(made).collect()
}

fn by_level(log: &Log, fitted: &Fitted, days: usize, splits: &[Split]) -> Vec<PastBy> {
    let multiples = fitted.multiples(log, splits);
    let expected = fitted.expected_by(log, days, splits);
    let end = fitted.cut + days as f64;
    let parts = splits.iter().zip(multiples).zip(expected);
    parts
        .map(|((split, multiples), expected)| {
            let mut observed = ByLevel::new(split, days);
            let came = |deal: &&Dated| deal.created < fitted.cut && deal.is_won_in(fitted.cut, end);
            for deal in log.deals.iter().filter(came) {
                observed.add(split.level(deal.row), deal.closed - fitted.cut);
            }
            PastBy { multiples, expected, observed }
        })
        .collect()
}

/// The wins after a cut-off, by day.
pub fn observed(log: &Log, cut: Day, days: usize) -> Expected {
    let (mut open, mut new) = (vec![0.0; days], vec![0.0; days]);
    for deal in &log.deals {
        if deal.is_won_in(cut, cut + days as f64) {
            let counts = if deal.created < cut { &mut open } else { &mut new };
            counts[((deal.closed - cut) as usize).min(days - 1)] += 1.0;
        }
    }
    for counts in [&mut open, &mut new] {
        let mut sum = 0.0;
        for count in counts {
            sum += *count;
            *count = sum;
        }
    }
    Expected { open, new }
}

/// Past forecasts as far as a cut-off can check them; those with less than a week are left out.
pub fn checked(made: &[Past], cut: Day, horizon: f64, part: Part) -> Vec<Checked> {
    let check = |past: &Past| {
        let days = (cut - past.made).floor().min(horizon);
        let of = |part| past.expected.until(days, part);
        (days >= 7.0).then(|| Checked {
            made: past.made,
            history: past.history,
            days,
            expected: of(part),
            observed: past.observed.until(days, part),
            noise: past.noise([of(Part::Open), of(Part::New)], part),
        })
    };
    made.iter().filter_map(check).collect()
}
