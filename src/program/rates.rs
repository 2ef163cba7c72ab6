//! Arrival rates as segments of constant rate: the product of steps, seasons and growth.
//!
//! A Poisson process with a changing rate is a unit-rate process on the scale of expected arrivals
//! (Çinlar 1975), so the engine draws unit exponentials and walks the segments. If a weekday season
//! or growth changes the rate daily, each segment is a day, and growth takes its value at noon.
//! This differs from the exact integral by less than (ln g)²/24 of a day's rate, where g is the
//! growth factor per day.

use jiff::civil::DateTime;

use super::compile::Compiler;
use super::{Arrivals, Source, Window};
use crate::calendar::{Calendar, Hours, WorkingTime};
use crate::model;
use crate::quantity::{DAY_MICROS, Instant, RateUnit, nearest};
use crate::random::distribution::Distribution;

/// A span of constant rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateSegment {
    /// First instant.
    pub start: Instant,
    /// One past the last.
    pub end: Instant,
    /// Expected arrivals; a batch counts once.
    pub expected: f64,
    /// Microseconds per expected arrival.
    pub micros_per_arrival: f64,
}

impl RateSegment {
    fn new(start: Instant, end: Instant, per_micro: f64) -> RateSegment {
        let expected = (end.0 - start.0) as f64 * per_micro;
        RateSegment { start, end, expected, micros_per_arrival: 1.0 / per_micro }
    }

    /// The instant at which this many arrivals are expected since the start of the segment.
    #[inline]
    pub fn when(&self, expected: f64) -> Instant {
        let micros = nearest(expected * self.micros_per_arrival);
        Instant((self.start.0 + micros).min(self.end.0 - 1))
    }
}

/// Bounds a source that ends only by its count, for a run until empty: 1,000 years, in
/// microseconds. A source that never ends has been refused.
const LONGEST: i64 = 365_250 * DAY_MICROS;

pub(super) fn arrivals(
    compiler: &Compiler<'_>,
    source: &model::Source,
    hours: Option<(&WorkingTime, &Hours)>,
    window: Window,
) -> Arrivals {
    let calendar = &compiler.calendar;
    let instant = |date: Option<DateTime>| date.map(|date| calendar.instant(date));
    let from = instant(source.from).unwrap_or(Instant::ZERO).max(Instant::ZERO);
    let open_end = if window.until_empty() { Instant(LONGEST) } else { window.end };
    let until = instant(source.until).unwrap_or(open_end).min(open_end);
    match &source.arrivals {
        model::Arrivals::Every(gap) => {
            Arrivals::Every { gap: (compiler.inverse)(gap), mean: gap.mean(), from, until }
        }
        model::Arrivals::Rate { steps, months, weekdays, growth } => {
            let mut segments = Vec::new();
            let plain_week = weekday_mean(weekdays, hours.map(|(_, hours)| hours));
            for (at, step) in steps.iter().enumerate() {
                let begins = instant(step.from).unwrap_or(Instant::ZERO);
                // The first step also applies to the warm-up if it holds at the start of the
                // window.
                let begins = if at == 0 && begins <= window.start { Instant::ZERO } else { begins };
                let ends = steps.get(at + 1).and_then(|next| instant(next.from));
                let (begins, ends) = (begins.max(from), ends.unwrap_or(until).min(until));
                let per_micro = step.rate.per_day / source.batch as f64 / DAY_MICROS as f64;
                // A rate per week or longer gives the total, and weekday factors only distribute
                // it.
                let of_week = step.rate.unit >= RateUnit::Week && plain_week > 0.0;
                let per_micro = if of_week { per_micro / plain_week } else { per_micro };
                if begins < ends {
                    segments.push(RateSegment::new(begins, ends, per_micro));
                }
            }
            let steady = *growth == 1.0 && months == &[1.0; 12] && weekdays == &[1.0; 7];
            if !steady {
                let origin = calendar.instant(compiler.model.start);
                segments = by_days(&segments, calendar, |day, noon| {
                    let date = calendar.date(day);
                    let days = (noon.0 - origin.0) as f64 / DAY_MICROS as f64;
                    months[date.month() as usize - 1]
                        * weekdays[date.weekday().to_monday_zero_offset() as usize]
                        * libm::pow(*growth, days)
                });
            }
            if let Some((working, hours)) = hours {
                let batches =
                    source.count.map_or(f64::INFINITY, |n| n as f64 / source.batch as f64);
                segments = by_hours(&segments, working, hours, batches);
            }
            let unit = Distribution::exponential(1.0).expect("a mean of 1 is positive");
            Arrivals::Rate { segments, unit: (compiler.inverse)(&unit) }
        }
    }
}

/// The mean weekday factor, weighted by the open hours of each weekday in a normal week.
fn weekday_mean(factors: &[f64; 7], hours: Option<&Hours>) -> f64 {
    let shares = hours.map_or([1.0 / 7.0; 7], Hours::weekday_shares);
    factors.iter().zip(shares).map(|(factor, share)| factor * share).sum()
}

/// Cuts segments to open hours, which receive all arrivals of a normal week. It stops when the
/// segments suffice for `arrivals`: the probability that more are needed is below 1e-80.
fn by_hours(
    segments: &[RateSegment],
    working: &WorkingTime,
    hours: &Hours,
    arrivals: f64,
) -> Vec<RateSegment> {
    const WEEK: f64 = 7.0 * 24.0 * 60.0;
    let factor = WEEK / hours.week_minutes().max(1) as f64;
    let enough = arrivals + 20.0 * arrivals.sqrt() + 200.0;
    let mut pieces = Vec::new();
    let mut expected = 0.0;
    for segment in segments {
        for (start, end) in working.stretches(segment.start, segment.end) {
            let piece = RateSegment::new(start, end, factor / segment.micros_per_arrival);
            expected += piece.expected;
            pieces.push(piece);
            if expected > enough {
                return pieces;
            }
        }
    }
    pieces
}

/// Cuts segments at midnights and scales each piece.
fn by_days(
    segments: &[RateSegment],
    calendar: &Calendar,
    factor: impl Fn(i64, Instant) -> f64,
) -> Vec<RateSegment> {
    let mut pieces = Vec::new();
    for segment in segments {
        let mut start = segment.start;
        while start < segment.end {
            let day = calendar.day(start);
            let end = calendar.day_start(day + 1).min(segment.end);
            let noon = Instant(calendar.day_start(day).0 + DAY_MICROS / 2);
            let per_micro = factor(day, noon) / segment.micros_per_arrival;
            pieces.push(RateSegment::new(start, end, per_micro));
            start = end;
        }
    }
    pieces
}

impl Source {
    /// Expected arrivals of a replication; gaps are taken at their mean.
    pub fn expected_arrivals(&self) -> f64 {
        let batches = match &self.arrivals {
            Arrivals::Rate { segments, .. } => {
                segments.iter().map(|segment| segment.expected).sum()
            }
            Arrivals::Every { mean, from, until, .. } => {
                (until.0 - from.0).max(0) as f64 / mean.max(1.0)
            }
        };
        (batches * self.batch as f64).min(self.count as f64)
    }

    /// The expected instant of its last arrival; too early if gaps run in open time.
    pub fn expected_last_arrival(&self) -> Instant {
        let mut left = self.count as f64 / self.batch as f64;
        match &self.arrivals {
            Arrivals::Rate { segments, .. } => {
                let last = segments.last().map_or(Instant::ZERO, |segment| segment.end);
                let reached = segments.iter().find_map(|segment| {
                    let before = left;
                    left -= segment.expected;
                    (left < 0.0).then(|| segment.when(before))
                });
                reached.unwrap_or(last)
            }
            Arrivals::Every { mean, from, until, .. } => {
                (*until).min(from.later((mean * left).min(1e17) as i64))
            }
        }
    }

    /// The exact mean of the number of arrivals in a span of a replication. `None` if it is
    /// unknown: gaps are drawn, or the number of arrivals is limited.
    pub fn exact_arrivals(&self, from: Instant, until: Instant) -> Option<f64> {
        let Arrivals::Rate { segments, .. } = &self.arrivals else { return None };
        let inside = |segment: &RateSegment| {
            let span = segment.end.0.min(until.0) - segment.start.0.max(from.0);
            span.max(0) as f64 / segment.micros_per_arrival
        };
        let batches: f64 = segments.iter().map(inside).sum();
        (self.count == u64::MAX).then_some(batches * self.batch as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;
    use crate::program::{Program, SourceId};

    /// The expected instant of the last deal of a source, in days.
    fn last_arrival(source: &str) -> f64 {
        let text = format!(
            "voronka: 1\nstart: 2026-01-05\nhorizon: until empty\nsources:\n  site: {{{source}}}\n\
             stages:\n  call: {{wait: 1d, next: {{won: 50%, lost: {{no: rest}}}}}}\n"
        );
        let loaded = load("source.yaml", &text, &[], None);
        let model = loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        (Program::compile(&model).sources[SourceId(0)].expected_last_arrival() - Instant::ZERO)
            .days()
    }

    /// Expected arrivals of the week from Monday, 5 January 2026 on.
    fn a_week(calendars: &str, source: &str) -> f64 {
        let text = format!(
            "start: 2026-01-05\nhorizon: 1 week\n{calendars}sources:\n  s: {{{source}}}\n\
             stages: {{a: {{next: 50%}}}}\n"
        );
        let loaded = load("week.yaml", &text, &[], None);
        let model = loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        Program::compile(&model).sources[SourceId(0)].expected_arrivals()
    }

    #[test]
    fn weekdays_shape_a_week_and_keep_its_total() {
        let close = |found: f64, right: f64| assert!((found - right).abs() < 1e-9, "{found}");
        close(a_week("", "rate: 300/week, season: {sat: 0.3, sun: 0.2}"), 300.0);
        close(a_week("", "rate: 700/week, season: {mon: 3}"), 700.0);
        let month = 300.0 * 7.0 / 30.4375;
        close(a_week("", "rate: 300/month, season: {sat: 0, sun: 0}"), month);
        // Month factors change the total.
        close(a_week("", "rate: 300/week, season: {jan: 0.5, sun: 0}"), 150.0);
        // Factors multiply a daily rate as written.
        close(a_week("", "rate: 10/day, season: {sat: 0.5, sun: 0}"), 55.0);
        close(a_week("", "rate: 1/hour, season: {sat: 0, sun: 0}"), 120.0);
        // With a calendar, all arrivals come in open hours, even if these differ by day.
        let open = "calendars: {c: {hours: {mon-fri: \"09:00-18:00\", sat: \"10:00-14:00\"}}}\n";
        close(a_week(open, "rate: 300/week, calendar: c, season: {sat: 0.3}"), 300.0);
        let night = "calendars: {c: {hours: {mon-sat: \"22:00-06:00\"}}}\n";
        close(a_week(night, "rate: 300/week, calendar: c, season: {sat: 4}"), 300.0);
    }

    #[test]
    fn the_last_arrival_follows_from_the_expected_count() {
        let close = |source: &str, days: f64| {
            let found = last_arrival(source);
            assert!((found - days).abs() < 1e-3, "{source}: {found}");
        };
        close("rate: 10/day, until: 2026-01-25", 20.0);
        close("rate: 10/day, count: 50", 5.0);
        // The rate counts deals, not batches.
        close("rate: 10/day, batch: 5, count: 100", 10.0);
        // From the third day on, half the rate.
        close(
            "rate: [{from: 2026-01-05, rate: 10/day}, {from: 2026-01-07, rate: 5/day}], count: 30",
            4.0,
        );
        close("every: 2h, count: 24", 2.0);
        close("every: 2h, until: 2026-01-06", 1.0);
    }
}
