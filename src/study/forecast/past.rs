//! Past forecasts: what would have been expected at earlier days, and what came.

use rayon::prelude::*;

use super::fitted::{Expected, Fitted};
use crate::fit::calibration::Checked;
use crate::fit::hazards::FEWEST_CLOSED;
use crate::fit::log::{Day, Log};
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
pub fn past(log: &Log, season: Season, until: Day, days: usize) -> Vec<Past> {
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
        })
    };
    grid(log, until).par_iter().filter_map(made).collect()
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
