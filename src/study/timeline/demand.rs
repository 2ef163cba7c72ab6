//! What sales call for, by item and period, against the capacity.

use jiff::civil::Date;

use super::{Period, stretches};
use crate::program::{Item, Program};
use crate::quantity::MINOR_UNITS;
use crate::stats::order_statistic;
use crate::tally::Outcome;
use crate::tally::series::{self, first_day};

/// The quantiles of a row of demand.
pub const QUANTILES: [f64; 4] = [0.1, 0.5, 0.9, 0.95];

/// What is called for of an item in one period, over replications.
#[derive(Debug, Clone, PartialEq)]
pub struct DemandRow {
    /// A week, a month or a quarter.
    pub period: Period,
    /// The first day of the period that lies in the window.
    pub date: Date,
    /// Whether all of its days lie in the window.
    pub full: bool,
    /// The item.
    pub item: String,
    /// The mean, in its unit.
    pub mean: f64,
    /// Quantiles over replications: [`QUANTILES`].
    pub quantiles: [f64; 4],
    /// How much there is of it in the period; `None` if the model does not say.
    pub capacity: Option<f64>,
    /// The share of replications in which more is called for than there is.
    pub above: Option<f64>,
    /// Replications.
    pub n: u64,
}

/// The demand of all items by week, month and quarter; empty where no books were kept.
pub(in crate::study) fn demand(program: &Program, outcomes: &[Outcome]) -> Vec<DemandRow> {
    let mut rows = Vec::new();
    if outcomes.iter().any(|outcome| outcome.books.is_none()) {
        return rows;
    }
    let longest = outcomes.iter().map(|outcome| outcome.series.days).max().unwrap_or(0);
    let first_day = first_day(program);
    let day = |day: usize| program.calendar.day_start(first_day + day as i64);
    for (at, item) in program.items().iter().enumerate() {
        for period in Period::ALL {
            let days: Vec<std::ops::Range<usize>> =
                series::periods(program, longest, period.parts())
                    .iter()
                    .map(series::PeriodDays::days)
                    .collect();
            for stretch in stretches(program, longest, period) {
                let of = |outcome: &Outcome| -> f64 {
                    let books = outcome.books.iter();
                    let parts = books.flat_map(|books| &books.demand(period.parts())[at]);
                    let inside = parts.skip(stretch.parts.start).take(stretch.parts.len());
                    inside.map(|amount| *amount as f64 / MINOR_UNITS).sum()
                };
                let mut values: Vec<f64> = outcomes.iter().map(of).collect();
                values.sort_by(f64::total_cmp);
                let n = values.len() as f64;
                let capacity = item.capacity.as_ref().map(|capacity| {
                    let from = day(days[stretch.parts.start].start).max(program.window.start);
                    let until = day(days[stretch.parts.end - 1].end).min(program.window.end);
                    capacity.over(&program.calendar, from, until)
                });
                let above = capacity.map(|there| {
                    values.iter().filter(|value| Item::is_short(**value, there)).count() as f64 / n
                });
                rows.push(DemandRow {
                    period,
                    date: stretch.date,
                    full: stretch.full,
                    item: item.name.clone(),
                    mean: values.iter().sum::<f64>() / n,
                    quantiles: QUANTILES.map(|p| order_statistic(&values, p).unwrap_or(f64::NAN)),
                    capacity,
                    above,
                    n: values.len() as u64,
                });
            }
        }
    }
    rows
}
