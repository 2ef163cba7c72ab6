//! The calendar: which date a point of model time falls on.
//!
//! Local time without zones: a day has 24 hours. Dates are counted from the simulation's start,
//! which lies a warm-up before the window's.

use jiff::Span;
use jiff::civil::{Date, DateTime};

use crate::quantity::{DAY_MICROS, Instant, Length};

/// Dates of model time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calendar {
    /// The date and time of [`Instant::ZERO`].
    origin: DateTime,
    /// Microseconds from the midnight before the origin to the origin.
    since_midnight: i64,
}

impl Calendar {
    /// A calendar whose clock starts at `origin`.
    pub fn new(origin: DateTime) -> Calendar {
        let midnight = origin.date().to_datetime(jiff::civil::Time::midnight());
        Calendar { origin, since_midnight: micros_between(midnight, origin) }
    }

    /// The point of model time of a date; negative before the simulation's start.
    pub fn instant(&self, date: DateTime) -> Instant {
        Instant(micros_between(self.origin, date))
    }

    /// The day of an instant, counted from the day of the simulation's start.
    #[inline]
    pub fn day(&self, at: Instant) -> i64 {
        let micros = at.0 + self.since_midnight;
        // Nearly always positive, where an unsigned division by a constant is two instructions.
        if micros >= 0 {
            (micros as u64 / DAY_MICROS as u64) as i64
        } else {
            micros.div_euclid(DAY_MICROS)
        }
    }

    /// The midnight at which a day begins.
    pub fn day_start(&self, day: i64) -> Instant {
        Instant(day * DAY_MICROS - self.since_midnight)
    }

    /// The date of a day.
    pub fn date(&self, day: i64) -> Date {
        self.origin.date().saturating_add(Span::new().days(day.clamp(-3_000_000, 3_000_000)))
    }

    /// The date and time of an instant, to the second.
    pub fn date_time(&self, at: Instant) -> DateTime {
        let seconds = (at.0 / 1_000_000).clamp(-100_000_000_000, 100_000_000_000);
        self.origin.saturating_add(Span::new().seconds(seconds))
    }

    /// The month of an instant, from 1.
    pub fn month(&self, at: Instant) -> i8 {
        self.date(self.day(at)).month()
    }

    /// The weekday of an instant, Monday being 1.
    pub fn weekday(&self, at: Instant) -> i8 {
        self.date(self.day(at)).weekday().to_monday_one_offset()
    }
}

/// A date moved by a length: whole months by the calendar, the rest by the clock.
///
/// A fraction of a month counts 30.4375 days.
pub fn shift(date: DateTime, length: Length, sign: i64) -> DateTime {
    let whole = length.months.trunc();
    let days = Length { months: length.months.fract(), ..length }.nominal_days();
    let moved = date.saturating_add(Span::new().months(sign * whole as i64));
    let micros = (days * DAY_MICROS as f64).round() as i64;
    let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
    moved.saturating_add(Span::new().seconds(sign * seconds).microseconds(sign * rest))
}

fn micros_between(from: DateTime, to: DateTime) -> i64 {
    let gap = to.duration_since(from);
    gap.as_secs() * 1_000_000 + i64::from(gap.subsec_micros())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_begin_at_midnight_whenever_the_clock_started() {
        let calendar = Calendar::new(date(2026, 1, 12).at(18, 0, 0, 0));
        assert_eq!(calendar.day(Instant(5 * DAY_MICROS / 24)), 0);
        assert_eq!(calendar.day(Instant(6 * DAY_MICROS / 24)), 1);
        assert_eq!(calendar.date(1), date(2026, 1, 13));
        assert_eq!(calendar.weekday(Instant::ZERO), 1);
        assert_eq!(calendar.day_start(1), Instant(DAY_MICROS / 4));
    }

    #[test]
    fn a_year_of_months_ends_on_the_same_date() {
        let start = date(2026, 1, 31).at(0, 0, 0, 0);
        let month = Length { months: 1.0, micros: 0.0 };
        assert_eq!(shift(start, month, 1), date(2026, 2, 28).at(0, 0, 0, 0));
        let year = Length { months: 12.0, micros: 0.0 };
        assert_eq!(shift(start, year, 1), date(2027, 1, 31).at(0, 0, 0, 0));
        let weeks = Length { months: 0.0, micros: 84.0 * DAY_MICROS as f64 };
        assert_eq!(shift(start, weeks, -1), date(2025, 11, 8).at(0, 0, 0, 0));
    }
}
