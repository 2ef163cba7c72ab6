//! The window week by week and month by month, over replications.

use jiff::civil::Date;

use crate::program::Program;
use crate::quantity::MINOR_UNITS;
use crate::stats::{Sample, order_statistic};
use crate::tally::Outcome;
use crate::tally::series::{Flow, Period, PeriodDays, periods};

/// The weeks and months of a window.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// In the order of period, measure, time.
    pub rows: Vec<TimelineRow>,
}

/// One measure of one period over replications.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineRow {
    /// `week` or `month`.
    pub period: &'static str,
    /// First day of the period in the window.
    pub date: Date,
    /// Whether all of its days lie in the window.
    pub full: bool,
    /// `intake`, `won`, `lost`, `in_progress` (at its end), `bookings`.
    pub measure: &'static str,
    /// The mean.
    pub mean: f64,
    /// Quantiles of a bad, a typical and a good window.
    pub quantiles: [f64; 3],
    /// Replications that saw the period.
    pub n: u64,
}

type Measure = (&'static str, fn(&Flow) -> i64);

const MEASURES: [Measure; 5] = [
    ("intake", |flow| flow.intake),
    ("won", |flow| flow.won),
    ("lost", |flow| flow.lost),
    ("in_progress", Flow::growth),
    ("bookings", |flow| flow.bookings),
];

impl Timeline {
    /// Gathers the days of all replications.
    pub fn new(
        program: &Program,
        outcomes: &[Outcome],
        sample: &Sample,
        outlook: [f64; 3],
    ) -> Timeline {
        let mut rows = Vec::new();
        // With `until empty` windows differ in length; the longest names the periods.
        let longest = outcomes.iter().map(|outcome| outcome.series.days).max().unwrap_or(0);
        for period in [Period::Week, Period::Month] {
            let periods = periods(program, longest, period);
            for (measure, of) in MEASURES {
                if measure == "bookings" && program.value.is_none() {
                    continue;
                }
                let scale = if measure == "bookings" { MINOR_UNITS } else { 1.0 };
                // One running sum per replication: what is in progress adds up from the start.
                let mut running: Vec<i64> =
                    outcomes.iter().map(|outcome| outcome.series.open_at_start).collect();
                for (at, days) in periods.iter().enumerate() {
                    let mut values: Vec<f64> = Vec::with_capacity(outcomes.len());
                    for (outcome, running) in outcomes.iter().zip(&mut running) {
                        let sum = outcome.series.by(period).get(at).map_or(0, of);
                        *running += sum;
                        let value = if measure == "in_progress" { *running } else { sum };
                        values.push(value as f64 / scale);
                    }
                    rows.push(row(period, days, measure, values, sample, outlook));
                }
            }
        }
        Timeline { rows }
    }
}

fn row(
    period: Period,
    days: &PeriodDays,
    measure: &'static str,
    mut values: Vec<f64>,
    sample: &Sample,
    outlook: [f64; 3],
) -> TimelineRow {
    let count = values.len();
    let mean = sample.sum(values.iter().copied()) / count as f64;
    values.sort_by(f64::total_cmp);
    let at = |p: f64| order_statistic(&values, p).unwrap_or(f64::NAN);
    TimelineRow {
        period: period.word(),
        date: days.date,
        full: days.full,
        measure,
        mean,
        quantiles: outlook.map(at),
        n: count as u64,
    }
}
