//! Whether arrivals grow, and whether months of the year differ.
//!
//! Counts of full months are compared with a rate that grows by the same factor every month (Poisson regression by Newton's
//! method). Counts that vary more than independent ones widen all intervals by the square root of Pearson's dispersion
//! (Wedderburn 1974). Growth is learnt where it is beyond chance at 99 %, months where an F test of them is.

use statrs::function::beta::beta_reg;

use crate::fit::season::{date, day_of};

/// Fewer full months say nothing of growth, …
const FEWEST_FOR_GROWTH: usize = 12;
/// … and fewer than two of each say nothing of months.
const FEWEST_FOR_MONTHS: usize = 24;
/// The quantile of the standard normal distribution that 0.5 % exceed.
const BEYOND: f64 = 2.575_829_303_548_901;
/// The quantile of the standard normal distribution that 2.5 % exceed.
const REACH: f64 = 1.959_963_984_540_054;
/// The chance of a false alarm for months.
const ALARM: f64 = 0.01;

/// Growth of arrivals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// The growth of a month: 0.01 is 1 %.
    pub per_month: f64,
    /// Its interval at 95 %.
    pub between: (f64, f64),
}

/// What the months of a file say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Year {
    /// Full months that were counted.
    pub months: usize,
    /// Growth, where it is beyond chance.
    pub growth: Option<Growth>,
    /// Factors of the months from January, with a mean of 1, where they differ beyond chance.
    pub season: Option<[f64; 12]>,
    /// The rate at the end of the file, without the season, over the mean rate.
    pub level: f64,
}

/// A full month.
#[derive(Debug, Clone, Copy)]
struct Month {
    /// From 0, January.
    of_year: usize,
    /// The middle of the month, in months since the first one.
    time: f64,
    days: f64,
    count: f64,
}

/// A rate per day with growth and season.
#[derive(Debug, Clone, Copy)]
struct Rates {
    log_level: f64,
    slope: f64,
    season: [f64; 12],
}

impl Rates {
    fn expected(&self, month: &Month) -> f64 {
        month.days
            * self.season[month.of_year]
            * libm::exp(self.log_level + self.slope * month.time)
    }

    /// Pearson's sum of squares.
    fn pearson(&self, months: &[Month]) -> f64 {
        let one = |month: &Month| {
            let expected = self.expected(month);
            (month.count - expected).powi(2) / expected
        };
        months.iter().map(one).sum()
    }
}

/// What the full months between two days say of arrivals on these days, in days since 1970-01-01.
pub(super) fn year(days: &[i64], first: i64, last: i64) -> Year {
    let months = months(days, first, last);
    let n = months.len();
    let unknown = Year { months: n, growth: None, season: None, level: 1.0 };
    let all: f64 = months.iter().map(|month| month.count).sum();
    if n < FEWEST_FOR_GROWTH || all < 2.0 * n as f64 {
        return unknown;
    }
    let flat = fitted(&months, [1.0; 12]);
    let seasonal = (n >= FEWEST_FOR_MONTHS).then(|| with_season(&months)).flatten();
    let seasonal = seasonal.filter(|found| {
        let rest = (n - 13) as f64;
        let left = found.pearson(&months);
        let gain = (flat.pearson(&months) - left) / 11.0;
        let f = gain / (left / rest).max(1.0);
        // The chance of a greater F with 11 and `rest` degrees of freedom.
        f > 0.0 && beta_reg(rest / 2.0, 5.5, rest / (rest + 11.0 * f)) < ALARM
    });
    let rates = seasonal.unwrap_or(flat);
    let free = if seasonal.is_some() { n - 13 } else { n - 2 };
    let error = rates.error(&months, free as f64);
    let is_growing = (rates.slope / error).abs() > BEYOND;
    let rates = if is_growing { rates } else { rates.without_growth(&months) };
    let growth = is_growing.then(|| Growth {
        per_month: libm::exp(rates.slope) - 1.0,
        between: (
            libm::exp(rates.slope - REACH * error) - 1.0,
            libm::exp(rates.slope + REACH * error) - 1.0,
        ),
    });
    let length: f64 = months.iter().map(|month| month.days).sum();
    let level = libm::exp(rates.log_level + rates.slope * n as f64) / (all / length);
    Year { months: n, growth, season: seasonal.map(|_| rates.season), level }
}

impl Rates {
    /// The standard error of the slope, with so many degrees of freedom left.
    fn error(&self, months: &[Month], free: f64) -> f64 {
        let weights: f64 = months.iter().map(|month| self.expected(month)).sum();
        let center =
            months.iter().map(|month| self.expected(month) * month.time).sum::<f64>() / weights;
        let spread = |month: &Month| self.expected(month) * (month.time - center).powi(2);
        let information: f64 = months.iter().map(spread).sum();
        ((self.pearson(months) / free).max(1.0) / information).sqrt()
    }

    fn without_growth(self, months: &[Month]) -> Rates {
        let all: f64 = months.iter().map(|month| month.count).sum();
        let length: f64 = months.iter().map(|month| month.days * self.season[month.of_year]).sum();
        Rates { log_level: libm::log(all / length), slope: 0.0, ..self }
    }
}

/// Level and slope at given factors of the months.
fn fitted(months: &[Month], season: [f64; 12]) -> Rates {
    let mut rates = Rates { log_level: 0.0, slope: 0.0, season }.without_growth(months);
    for _ in 0..50 {
        let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 3]);
        for month in months {
            let (expected, t) = (rates.expected(month), month.time);
            gradient[0] += month.count - expected;
            gradient[1] += (month.count - expected) * t;
            hessian[0] += expected;
            hessian[1] += expected * t;
            hessian[2] += expected * t * t;
        }
        let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
        let level = (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
        let slope = (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
        rates.log_level += level;
        rates.slope += slope;
        if level.abs() + slope.abs() < 1e-12 {
            break;
        }
    }
    rates
}

/// Growth and season together, each fitted to the other in turn; none if a month has no arrivals.
fn with_season(months: &[Month]) -> Option<Rates> {
    let mut season = [1.0; 12];
    for _ in 0..200 {
        let rates = fitted(months, season);
        let (mut counts, mut expected) = ([0.0; 12], [0.0; 12]);
        for month in months {
            counts[month.of_year] += month.count;
            expected[month.of_year] += rates.expected(month) / season[month.of_year];
        }
        let factors: [f64; 12] = std::array::from_fn(|at| counts[at] / expected[at]);
        let mean = factors.iter().sum::<f64>() / 12.0;
        let before = season;
        season = factors.map(|factor| factor / mean);
        let moved: f64 = season.iter().zip(before).map(|(a, b)| (a - b).abs()).sum();
        if moved < 1e-10 {
            break;
        }
    }
    season.iter().all(|factor| *factor > 0.0 && factor.is_finite()).then(|| fitted(months, season))
}

fn months(days: &[i64], first: i64, last: i64) -> Vec<Month> {
    let mut found = Vec::new();
    let Some(mut from) = date(first) else { return found };
    if from.day() > 1 {
        let Ok(next) = from.last_of_month().tomorrow() else { return found };
        from = next;
    }
    while let Ok(next) = from.last_of_month().tomorrow() {
        let (start, end) = (day_of(from), day_of(next));
        if end > last + 1 {
            break;
        }
        let count = days.iter().filter(|day| (start..end).contains(*day)).count() as f64;
        let time = found.len() as f64 + 0.5;
        let of_year = (from.month() - 1) as usize;
        found.push(Month { of_year, time, days: (end - start) as f64, count });
        from = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arrivals at even distances, as many a day as `rate` says of the month since the first and of the month of the year.
    fn even(months: usize, rate: impl Fn(f64, usize) -> f64) -> Year {
        let first = 18_262; // 2020-01-01
        let (mut days, mut left, mut last) = (Vec::new(), 0.0, first);
        for day in first.. {
            let of = date(day).unwrap();
            let passed = (i64::from(of.year()) - 2020) as usize * 12 + of.month() as usize - 1;
            if passed == months {
                break;
            }
            let time = passed as f64 + f64::from(of.day() - 1) / f64::from(of.days_in_month());
            left += rate(time, (of.month() - 1) as usize);
            while left >= 1.0 {
                days.push(day);
                left -= 1.0;
            }
            last = day;
        }
        year(&days, first, last)
    }

    #[test]
    fn a_steady_rate_has_neither_growth_nor_season() {
        let found = even(36, |_, _| 7.3);
        assert_eq!((found.months, found.growth, found.season), (36, None, None));
        assert!((found.level - 1.0).abs() < 0.01, "{found:?}");
    }

    #[test]
    fn growth_of_two_percent_a_month_is_found_and_the_rate_is_that_of_the_end() {
        let found = even(18, |time, _| 20.0 * 1.02_f64.powf(time));
        let growth = found.growth.unwrap();
        assert!((growth.per_month - 0.02).abs() < 0.001, "{found:?}");
        assert!(growth.between.0 < 0.02 && 0.02 < growth.between.1);
        let mean = (1.02_f64.powf(18.0) - 1.0) / 18.0 / 1.02_f64.ln();
        assert!((found.level - 1.02_f64.powf(18.0) / mean).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn a_december_of_twice_the_others_is_found_from_two_years_on() {
        let rate = |_, month| if month == 11 { 20.0 } else { 10.0 };
        let found = even(36, rate);
        let season = found.season.unwrap();
        assert!((season[11] / season[0] - 2.0).abs() < 0.02, "{season:?}");
        assert_eq!(found.growth, None, "{found:?}");
        assert_eq!(even(23, rate).season, None);
    }
}
