//! The window by week and by month, over replications.

use jiff::civil::Date;

use crate::kpi::Unit;
use crate::program::Program;
use crate::quantity::MINOR_UNITS;
use crate::stats::{Sample, order_statistic};
use crate::tally::Outcome;
pub use crate::tally::series::Period;
use crate::tally::series::{Flow, periods};

/// The weeks and months of a window.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// Sorted by period, measure and time.
    pub rows: Vec<TimelineRow>,
}

/// One measure of one period, over replications.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineRow {
    /// A week or a month.
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

/// A measure of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineMeasure {
    /// Arrivals.
    Intake,
    /// Deals that are won.
    Won,
    /// Deals that are lost.
    Lost,
    /// Open deals at the end of the period.
    InProgress,
    /// Value booked.
    Bookings,
}

impl TimelineMeasure {
    const ALL: [TimelineMeasure; 5] = [
        TimelineMeasure::Intake,
        TimelineMeasure::Won,
        TimelineMeasure::Lost,
        TimelineMeasure::InProgress,
        TimelineMeasure::Bookings,
    ];

    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            TimelineMeasure::Intake => "intake",
            TimelineMeasure::Won => "won",
            TimelineMeasure::Lost => "lost",
            TimelineMeasure::InProgress => "in_progress",
            TimelineMeasure::Bookings => "bookings",
        }
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        if self == TimelineMeasure::Bookings { Unit::Money } else { Unit::Count }
    }

    /// The amount that a day or a period adds to it.
    fn of(self, flow: &Flow) -> i64 {
        match self {
            TimelineMeasure::Intake => flow.intake,
            TimelineMeasure::Won => flow.won,
            TimelineMeasure::Lost => flow.lost,
            TimelineMeasure::InProgress => flow.growth(),
            TimelineMeasure::Bookings => flow.bookings,
        }
    }
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
        for period in [Period::Week, Period::Month] {
            let periods = periods(program, longest, period);
            for measure in TimelineMeasure::ALL {
                if measure.unit() == Unit::Money && program.value.is_none() {
                    continue;
                }
                let scale = if measure.unit() == Unit::Money { MINOR_UNITS } else { 1.0 };
                // One running sum per replication: the number of open deals is the sum of all
                // changes.
                let mut running: Vec<i64> =
                    outcomes.iter().map(|outcome| outcome.series.open_at_start).collect();
                for (at, days) in periods.iter().enumerate() {
                    let mut values: Vec<f64> = Vec::with_capacity(outcomes.len());
                    for (outcome, running) in outcomes.iter().zip(&mut running) {
                        let sum =
                            outcome.series.by(period).get(at).map_or(0, |flow| measure.of(flow));
                        *running += sum;
                        let is_level = measure == TimelineMeasure::InProgress;
                        let value = if is_level { *running } else { sum };
                        values.push(value as f64 / scale);
                    }
                    let (n, mean) = (values.len(), sample.sum(values.iter().copied()));
                    values.sort_by(f64::total_cmp);
                    let at = |p: f64| order_statistic(&values, p).unwrap_or(f64::NAN);
                    rows.push(TimelineRow {
                        period,
                        date: days.date,
                        full: days.full,
                        measure,
                        mean: mean / n as f64,
                        quantiles: risk.map(at),
                        n: n as u64,
                    });
                }
            }
        }
        Timeline { rows }
    }
}
