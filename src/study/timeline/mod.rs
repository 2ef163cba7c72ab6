//! The window by week, month and quarter, over replications.

mod demand;
mod measure;

pub(super) use demand::demand;
pub use demand::{DemandRow, QUANTILES as DEMAND_QUANTILES};
pub use measure::TimelineMeasure;

use jiff::civil::Date;

use crate::program::Program;
use crate::stats::{Sample, order_statistic};
use crate::tally::series::{self, periods};
use crate::tally::{Outcome, figures};
use measure::{Flows, Part};

/// A period of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
}

impl Period {
    /// All of them, in the order of tables.
    pub const ALL: [Period; 3] = [Period::Week, Period::Month, Period::Quarter];

    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
        }
    }

    /// The periods that are kept of replications, of which this one is made.
    fn parts(self) -> series::Period {
        match self {
            Period::Week => series::Period::Week,
            Period::Month | Period::Quarter => series::Period::Month,
        }
    }
}

/// The weeks, months and quarters of a window.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// Sorted by period, measure and time.
    pub rows: Vec<TimelineRow>,
}

/// One measure of one period, over replications.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineRow {
    /// A week, a month or a quarter.
    pub period: Period,
    /// The first day of the period that lies in the window.
    pub date: Date,
    /// Whether all of its days lie in the window.
    pub full: bool,
    /// The measure.
    pub measure: TimelineMeasure,
    /// The mean.
    pub mean: f64,
    /// Quantiles for a bad, a typical and a good window.
    pub quantiles: [f64; 3],
    /// Replications whose window includes the period.
    pub n: u64,
}

/// A stretch of the window: some weeks or months of it.
struct Stretch {
    date: Date,
    full: bool,
    /// The positions of its weeks or months.
    parts: std::ops::Range<usize>,
}

/// The stretches of a window of so many days.
fn stretches(program: &Program, days: usize, period: Period) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for (at, part) in periods(program, days, period.parts()).into_iter().enumerate() {
        let begins = (part.date.month() - 1) % 3 == 0;
        match all.last_mut() {
            Some(last) if period == Period::Quarter && !begins => {
                last.parts.end = at + 1;
                last.full &= part.full;
            }
            _ => {
                let full = part.full && (period != Period::Quarter || begins);
                all.push(Stretch { date: part.date, full, parts: at..at + 1 });
            }
        }
    }
    if period == Period::Quarter {
        all.iter_mut().for_each(|quarter| quarter.full &= quarter.parts.len() == 3);
    }
    all
}

impl Timeline {
    /// Builds the timeline from the days of all replications.
    pub fn new(
        program: &Program,
        outcomes: &[Outcome],
        sample: &Sample,
        risk: [f64; 3],
    ) -> Timeline {
        let mut rows = Vec::new();
        // With `until empty` windows differ in length; the longest one defines the periods.
        let longest = outcomes.iter().map(|outcome| outcome.series.days).max().unwrap_or(0);
        let books = outcomes.iter().all(|outcome| outcome.books.is_some());
        let measures = TimelineMeasure::of(program, books);
        for period in Period::ALL {
            let stretches = stretches(program, longest, period);
            let standing = figures::standing(program, longest, period.parts());
            for measure in &measures {
                let mut running: Vec<f64> =
                    outcomes.iter().map(|outcome| measure.at_start(outcome)).collect();
                for stretch in &stretches {
                    let mut values: Vec<f64> = Vec::with_capacity(outcomes.len());
                    for (outcome, running) in outcomes.iter().zip(&mut running) {
                        let flows = Flows::of(outcome, period.parts(), &standing);
                        let parts = stretch.parts.clone().filter_map(|at| flows.part(at));
                        let sum: f64 = parts.map(|part: Part<'_>| measure.of_part(&part)).sum();
                        *running += sum;
                        values.push(if measure.is_level() { *running } else { sum });
                    }
                    let (n, mean) = (values.len(), sample.sum(values.iter().copied()));
                    values.sort_by(f64::total_cmp);
                    let at = |p: f64| order_statistic(&values, p).unwrap_or(f64::NAN);
                    rows.push(TimelineRow {
                        period,
                        date: stretch.date,
                        full: stretch.full,
                        measure: *measure,
                        mean: mean / n as f64,
                        quantiles: risk.map(at),
                        n: n as u64,
                    });
                }
            }
            for measure in [TimelineMeasure::Followed, TimelineMeasure::WinRate] {
                for stretch in &stretches {
                    let of = |outcome: &Outcome| {
                        let learnt = outcome.series.learnt_by(period.parts());
                        let parts = learnt.get(stretch.parts.clone()).unwrap_or_default();
                        parts.iter().fold((0, 0), |(part, all), learnt| match measure {
                            TimelineMeasure::Followed => {
                                (part + learnt.followed, all + learnt.asked)
                            }
                            _ => (part + learnt.won, all + learnt.won + learnt.lost),
                        })
                    };
                    let pairs: Vec<(i64, i64)> = outcomes.iter().map(of).collect();
                    rows.extend(share(&pairs, sample, risk).map(|(mean, quantiles, n)| {
                        let Stretch { date, full, .. } = *stretch;
                        TimelineRow { period, date, full, measure, mean, quantiles, n }
                    }));
                }
            }
        }
        Timeline { rows }
    }

    /// The rows of a measure by a period, in the order of time.
    pub fn of(
        &self,
        period: Period,
        measure: TimelineMeasure,
    ) -> impl Iterator<Item = &TimelineRow> + Clone {
        self.rows.iter().filter(move |row| row.period == period && row.measure == measure)
    }
}

/// The ratio of the sums of two numbers over replications, the quantiles of their ratios, and the
/// number of replications that have one; `None` if none has.
fn share(pairs: &[(i64, i64)], sample: &Sample, risk: [f64; 3]) -> Option<(f64, [f64; 3], u64)> {
    let some = pairs.iter().filter(|(_, all)| *all > 0);
    let mut ratios: Vec<f64> = some.map(|(part, all)| *part as f64 / *all as f64).collect();
    ratios.sort_by(f64::total_cmp);
    let at = |p: f64| order_statistic(&ratios, p).unwrap_or(f64::NAN);
    let parts = sample.sum(pairs.iter().map(|(part, _)| *part as f64));
    let all = sample.sum(pairs.iter().map(|(_, all)| *all as f64));
    (!ratios.is_empty()).then(|| (parts / all, risk.map(at), ratios.len() as u64))
}
