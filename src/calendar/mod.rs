//! The calendar: the date of an instant, and working hours.
//!
//! Without a time zone, time is local and every day has 24 hours. With one, model time is real
//! elapsed time, and days with a clock change are shorter or longer. Days are counted from the
//! simulation's start, which is before the window's start by the warm-up.

mod hours;
mod index;
mod windows;
mod working;
mod zone;

pub use hours::{Hours, HoursFault, Span};
pub use working::{Spot, WorkingTime};

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::quantity::{DAY_MICROS, Instant, Length, MINUTE_MICROS};
use hours::DAY_MINUTES;
use zone::Zone;

/// Converts between instants and dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// The date and time of [`Instant::ZERO`].
    origin: DateTime,
    /// Microseconds from the midnight before the origin to the origin, in days of 24 hours.
    since_midnight: i64,
    /// Local midnights, if not all days have 24 hours.
    zone: Option<Arc<Zone>>,
}

impl Calendar {
    /// A calendar that starts at the local time `origin` and has days of 24 hours.
    pub fn new(origin: DateTime) -> Calendar {
        let midnight = origin.date().to_datetime(jiff::civil::Time::midnight());
        Calendar { origin, since_midnight: micros_between(midnight, origin), zone: None }
    }

    /// A calendar that starts at the local time `origin` and counts real time.
    ///
    /// Clock changes are known up to more than a year after `until`, but for at most 60 years;
    /// later days have 24 hours.
    ///
    /// ```
    /// use jiff::{civil::date, tz::TimeZone};
    /// use voronka::calendar::Calendar;
    /// use voronka::quantity::HOUR_MICROS;
    /// let (start, end) = (date(2026, 3, 29).at(0, 0, 0, 0), date(2027, 1, 1).at(0, 0, 0, 0));
    /// let berlin = Calendar::in_zone(start, &TimeZone::get("Europe/Berlin")?, end);
    /// assert_eq!(berlin.day_start(1).0, 23 * HOUR_MICROS);
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn in_zone(origin: DateTime, zone: &TimeZone, until: DateTime) -> Calendar {
        let zone = Some(Arc::new(Zone::new(zone, origin, until)));
        Calendar { zone, ..Calendar::new(origin) }
    }

    /// The instant of a date; negative before the simulation's start.
    ///
    /// A local time that a clock change skips counts as if the clock had not been changed. A local
    /// time that occurs twice means the first occurrence.
    pub fn instant(&self, date: DateTime) -> Instant {
        match &self.zone {
            None => Instant(micros_between(self.origin, date)),
            Some(zone) => zone.instant(date),
        }
    }

    /// The instant so many whole months after another; after the end of a shorter month its last day.
    pub fn months_later(&self, at: Instant, months: i64) -> Instant {
        let length = Length { months: months as f64, ..Length::default() };
        self.instant(shift(self.date_time(at), length, 1))
    }

    /// The day of an instant, counted from the day of the simulation's start.
    #[inline]
    pub fn day(&self, at: Instant) -> i64 {
        if let Some(zone) = &self.zone {
            return zone.day(at);
        }
        let micros = at.0 + self.since_midnight;
        // Nearly always positive, and then unsigned division by a constant takes two instructions.
        if micros >= 0 {
            (micros as u64 / DAY_MICROS as u64) as i64
        } else {
            micros.div_euclid(DAY_MICROS)
        }
    }

    /// The midnight at which a day begins.
    #[inline]
    pub fn day_start(&self, day: i64) -> Instant {
        match &self.zone {
            None => Instant(day * DAY_MICROS - self.since_midnight),
            Some(zone) => zone.day_start(day),
        }
    }

    /// The instant of a local minute of a day, as [`Self::instant`] for a date; minutes from 1,440
    /// on lie in later days.
    pub fn wall_minute(&self, day: i64, minute: i64) -> Instant {
        self.at_minute(day, minute, Zone::instant)
    }

    /// The first instant at which the local time is a minute of a day or later; minutes from 1,440
    /// on lie in later days.
    ///
    /// Working hours open and close there: at the clock change if that skips the minute, and at the
    /// first occurrence if the minute occurs twice.
    pub fn clock_reaches(&self, day: i64, minute: i64) -> Instant {
        self.at_minute(day, minute, Zone::reaches)
    }

    /// The instant of a minute of a day; `find` is used on days with a clock change.
    fn at_minute(&self, day: i64, minute: i64, find: fn(&Zone, DateTime) -> Instant) -> Instant {
        let day = day + minute.div_euclid(DAY_MINUTES);
        let minute = minute.rem_euclid(DAY_MINUTES);
        let start = self.day_start(day);
        match &self.zone {
            Some(zone) if self.day_start(day + 1).0 - start.0 != DAY_MICROS => {
                find(zone, self.date(day).at((minute / 60) as i8, (minute % 60) as i8, 0, 0))
            }
            _ => Instant(start.0 + minute * MINUTE_MICROS),
        }
    }

    /// The first instant from `at` on with this local time, in microseconds since midnight, on any
    /// day or on a weekday (1 is Monday).
    pub fn next(&self, at: Instant, weekday: Option<i8>, time: i64) -> Instant {
        let today = self.day(at);
        let monday_one = |day: i64| self.date(day).weekday().to_monday_one_offset();
        let days = (today..today + 9).filter(|day| weekday.is_none_or(|w| w == monday_one(*day)));
        let moments = days.map(|day| self.wall_minute(day, time / MINUTE_MICROS));
        // Nine days contain every weekday at an instant that is not past.
        moments.filter(|moment| *moment >= at).min().unwrap_or(at)
    }

    /// The number of calendar months between two instants; part of a month counts as its share.
    pub fn months(&self, from: Instant, until: Instant) -> f64 {
        self.periods(from, until, 1)
    }

    /// The number of calendar periods of this many months between two instants, 3 for quarters and
    /// 12 for years; part of a period counts by its days.
    pub fn periods(&self, from: Instant, until: Instant, months: i8) -> f64 {
        let mut periods = 0.0;
        let mut at = from;
        while at < until {
            let month = self.date_time(at).date().first_of_month();
            let first = month.saturating_sub(((month.month() - 1) % months).months());
            let next = first.saturating_add(months.months());
            let (start, end) = (self.midnight(first), self.midnight(next));
            if end <= at {
                break; // the calendar ends
            }
            let part = end.min(until) - at;
            periods += part.0 as f64 / (end - start).0 as f64;
            at = end;
        }
        periods
    }

    fn midnight(&self, date: Date) -> Instant {
        self.instant(date.to_datetime(jiff::civil::Time::midnight()))
    }

    /// The date of a day.
    pub fn date(&self, day: i64) -> Date {
        self.origin.date().saturating_add(day.clamp(-3_000_000, 3_000_000).days())
    }

    /// The local date of an instant as text, with the time unless it is midnight.
    pub fn words(&self, at: Instant) -> String {
        let local = self.date_time(at);
        if local.time() == jiff::civil::Time::midnight() {
            return local.date().to_string();
        }
        local.strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The local date and time of an instant, to the second.
    pub fn date_time(&self, at: Instant) -> DateTime {
        if let Some(zone) = &self.zone {
            return zone.date_time(at);
        }
        let seconds = (at.0 / 1_000_000).clamp(-100_000_000_000, 100_000_000_000);
        self.origin.saturating_add(seconds.seconds())
    }

    /// The local date and time of an instant, to the microsecond and with its offset from UTC:
    /// `2026-01-12T09:00:00.000000+03:00`. Without a zone, local time counts as UTC.
    pub fn stamp(&self, at: Instant) -> String {
        // The origin is a whole second, so the fraction of a second is that of the instant.
        let fraction = at.0.rem_euclid(1_000_000);
        let second = self.date_time(Instant(at.0 - fraction));
        let offset = self.zone.as_ref().map_or(0, |zone| zone.offset(at)) / 60_000_000;
        let (sign, offset) = (if offset < 0 { '-' } else { '+' }, offset.abs());
        let time = second.strftime("%Y-%m-%dT%H:%M:%S");
        format!("{time}.{fraction:06}{sign}{:02}:{:02}", offset / 60, offset % 60)
    }

    /// The month of an instant, from 1.
    pub fn month(&self, at: Instant) -> i8 {
        self.date(self.day(at)).month()
    }

    /// The weekday of an instant; 1 is Monday.
    pub fn weekday(&self, at: Instant) -> i8 {
        self.date(self.day(at)).weekday().to_monday_one_offset()
    }
}

/// Longer shifts leave the calendar from any date: 20,000 years each.
const MOST_MONTHS: i64 = 239_976;
const MOST_DAYS: f64 = 7_300_000.0;

/// Whether a date shifted by a length lies in the calendar, which ends with the year 9999.
pub fn holds(date: DateTime, length: Length, sign: i64) -> bool {
    let moved = shift(date, length, sign);
    let (first, last) = (DateTime::MIN, DateTime::MAX);
    // A date beyond the end is limited to the last instant.
    let margin = 1.day();
    moved > first.saturating_add(margin) && moved < last.saturating_sub(margin)
}

/// A date shifted by a length: whole months by the calendar, the rest by elapsed time.
///
/// A fraction of a month counts 30.4375 days per month.
pub fn shift(date: DateTime, length: Length, sign: i64) -> DateTime {
    let whole = (length.months.trunc() as i64).min(MOST_MONTHS);
    let days = Length { months: length.months.fract(), ..length }.nominal_days();
    let moved = date.saturating_add((sign * whole).months());
    let micros = (days.min(MOST_DAYS) * DAY_MICROS as f64).round() as i64;
    let (seconds, rest) = (micros / 1_000_000, micros % 1_000_000);
    moved.saturating_add((sign * seconds).seconds().microseconds(sign * rest))
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
    fn months_are_counted_by_the_calendar() {
        let calendar = Calendar::new(date(2026, 1, 16).at(12, 0, 0, 0));
        let instant = |y, m, d| calendar.instant(date(y, m, d).at(0, 0, 0, 0));
        assert!((calendar.months(instant(2026, 2, 1), instant(2027, 2, 1)) - 12.0).abs() < 1e-12);
        assert!((calendar.months(instant(2026, 2, 15), instant(2026, 3, 1)) - 0.5).abs() < 1e-12);
        assert_eq!(calendar.months(instant(2026, 3, 1), instant(2026, 2, 1)), 0.0);
    }

    #[test]
    fn a_wait_for_a_weekday_ends_at_its_hour() {
        let calendar = Calendar::new(date(2026, 1, 12).at(0, 0, 0, 0)); // a Monday
        let at = |days: i64, hours: i64| Instant(days * DAY_MICROS + hours * 60 * MINUTE_MICROS);
        let two = 14 * 60 * MINUTE_MICROS;
        assert_eq!(calendar.next(at(0, 9), Some(4), two), at(3, 14));
        assert_eq!(calendar.next(at(3, 14), Some(4), two), at(3, 14));
        assert_eq!(calendar.next(at(3, 15), Some(4), two), at(10, 14));
        assert_eq!(calendar.next(at(3, 15), None, two), at(4, 14));
    }

    #[test]
    fn the_calendar_holds_ten_thousand_years_and_no_more() {
        let start = date(2026, 1, 1).at(0, 0, 0, 0);
        let years = |years: f64| Length { months: 12.0 * years, ..Length::default() };
        assert!(holds(start, years(7_900.0), 1) && !holds(start, years(7_974.0), 1));
        assert!(!holds(start, years(90_000.0), 1) && !holds(start, years(90_000.0), -1));
        let days = |days: f64| Length { micros: days * DAY_MICROS as f64, ..Length::default() };
        assert!(holds(start, days(2_000_000.0), 1) && !holds(start, days(30_000_000.0), 1));
    }

    #[test]
    fn a_year_of_months_ends_on_the_same_date() {
        let start = date(2026, 1, 31).at(0, 0, 0, 0);
        let month = Length { months: 1.0, ..Length::default() };
        assert_eq!(shift(start, month, 1), date(2026, 2, 28).at(0, 0, 0, 0));
        let year = Length { months: 12.0, ..Length::default() };
        assert_eq!(shift(start, year, 1), date(2027, 1, 31).at(0, 0, 0, 0));
        let weeks = Length { micros: 84.0 * DAY_MICROS as f64, ..Length::default() };
        assert_eq!(shift(start, weeks, -1), date(2025, 11, 8).at(0, 0, 0, 0));
    }

    fn in_berlin(origin: DateTime) -> Calendar {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Calendar::in_zone(origin, &zone, date(2027, 1, 1).at(0, 0, 0, 0))
    }

    #[test]
    fn days_with_clock_changes_are_shorter_or_longer() {
        let calendar = in_berlin(date(2026, 1, 1).at(12, 0, 0, 0));
        let hours = |day: i64| {
            (calendar.day_start(day + 1).0 - calendar.day_start(day).0) / (DAY_MICROS / 24)
        };
        for day in -5..400 {
            let expected = match calendar.date(day) {
                spring if spring == date(2026, 3, 29) => 23,
                autumn if autumn == date(2026, 10, 25) => 25,
                _ => 24,
            };
            assert_eq!(hours(day), expected, "{}", calendar.date(day));
            assert_eq!(calendar.day(calendar.day_start(day)), day);
            assert_eq!(calendar.day(Instant(calendar.day_start(day).0 - 1)), day - 1);
        }
        let evening = calendar.instant(date(2026, 7, 3).at(23, 30, 0, 0));
        assert_eq!(calendar.date_time(evening), date(2026, 7, 3).at(23, 30, 0, 0));
        assert_eq!((calendar.month(evening), calendar.weekday(evening)), (7, 5));
    }

    #[test]
    fn a_skipped_time_comes_after_the_gap_and_a_repeated_one_is_the_first() {
        let calendar = in_berlin(date(2026, 3, 29).at(0, 0, 0, 0));
        let hour = DAY_MICROS / 24;
        let half_past_two = date(2026, 3, 29).at(2, 30, 0, 0);
        assert_eq!(calendar.instant(half_past_two), Instant(5 * hour / 2));
        assert_eq!(calendar.wall_minute(0, 150), Instant(5 * hour / 2));
        assert_eq!(calendar.date_time(Instant(5 * hour / 2)), date(2026, 3, 29).at(3, 30, 0, 0));
        let autumn = in_berlin(date(2026, 10, 25).at(0, 0, 0, 0));
        let twice = date(2026, 10, 25).at(2, 30, 0, 0);
        assert_eq!(autumn.instant(twice), Instant(5 * hour / 2));
        assert_eq!(autumn.date_time(Instant(5 * hour / 2)), twice);
        assert_eq!(autumn.date_time(Instant(7 * hour / 2)), twice);
        assert_eq!(autumn.wall_minute(0, 180), Instant(4 * hour));
        assert_eq!(autumn.wall_minute(-1, 1440 + 180), Instant(4 * hour));
    }

    #[test]
    fn a_skipped_midnight_moves_to_the_next_hour() {
        let cairo = TimeZone::get("Africa/Cairo").unwrap();
        let start = date(2026, 4, 23).at(0, 0, 0, 0);
        let calendar = Calendar::in_zone(start, &cairo, date(2026, 5, 1).at(0, 0, 0, 0));
        let friday = calendar.day_start(1);
        assert_eq!(friday, Instant(DAY_MICROS));
        assert_eq!(calendar.date_time(friday), date(2026, 4, 24).at(1, 0, 0, 0));
        assert_eq!(calendar.day_start(2).0 - friday.0, 23 * DAY_MICROS / 24);
    }

    #[test]
    fn days_outside_the_list_of_midnights_have_24_hours() {
        let calendar = in_berlin(date(2026, 1, 1).at(6, 0, 0, 0));
        for day in [-1_000_000, -40, -33, -32, 760, 800, 1_000_000] {
            let start = calendar.day_start(day);
            assert_eq!(calendar.day(start), day);
            assert_eq!(calendar.day(Instant(start.0 - 1)), day - 1);
            let midnight = calendar.date(day).at(0, 0, 0, 0);
            assert_eq!((calendar.date_time(start), calendar.instant(midnight)), (midnight, start));
        }
        assert_eq!(calendar.day_start(900).0 - calendar.day_start(800).0, 100 * DAY_MICROS);
        let for_ever = DateTime::MAX;
        let utc = Calendar::in_zone(DateTime::MIN, &TimeZone::UTC, for_ever);
        assert_eq!(utc.day(Instant(40_000 * DAY_MICROS)), 40_000);
    }

    #[test]
    fn a_zone_without_changes_counts_as_no_zone() {
        let origin = date(2026, 1, 12).at(18, 0, 0, 0);
        let moscow = TimeZone::get("Europe/Moscow").unwrap();
        let zoned = Calendar::in_zone(origin, &moscow, date(2027, 1, 1).at(0, 0, 0, 0));
        let plain = Calendar::new(origin);
        for hour in -24_000..24_000 {
            let at = Instant(hour * DAY_MICROS / 24 + 1);
            assert_eq!(zoned.day(at), plain.day(at));
            assert_eq!(zoned.day_start(hour), plain.day_start(hour));
        }
    }
}
