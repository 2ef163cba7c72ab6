//! A time zone: its local midnights as instants.
//!
//! With clock changes a day may have 23 or 25 hours, so the day of an instant cannot be found by
//! division alone. The midnights of a run are listed once. A day is guessed by division and
//! corrected from the list, by at most one step. Days before and after the list have 24 hours.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::micros_between;
use crate::quantity::{DAY_MICROS, Instant};

/// Days listed before the origin: earlier work is rare.
const DAYS_BEFORE: i64 = 32;
/// Days listed after the end of a run; working time is listed for a year after it.
const DAYS_AFTER: i64 = 400;
/// Longer lists are cut, because clock changes in 60 years are unknown.
pub(super) const MOST_DAYS: i64 = 60 * 366;

/// The local midnights of a time zone.
#[derive(Debug, PartialEq)]
pub(super) struct Zone {
    rules: TimeZone,
    /// The date of day 0.
    date: Date,
    /// The real time of [`Instant::ZERO`], in microseconds since 1970 in UTC.
    zero: i64,
    /// Midnights from [`DAYS_BEFORE`] on, in model time; never empty and never decreasing.
    midnights: Vec<i64>,
}

impl Zone {
    pub(super) fn new(zone: &TimeZone, origin: DateTime, until: DateTime) -> Zone {
        let zero = real_micros(zone, origin);
        let date = origin.date();
        let days = days_between(date, until.date()).max(0) + DAYS_AFTER;
        let midnights = (-DAYS_BEFORE..=days.min(MOST_DAYS))
            .map(|day| first_shown(zone, midnight(date.saturating_add(day.days()))) - zero)
            .collect();
        Zone { rules: zone.clone(), date, zero, midnights }
    }

    #[inline]
    pub(super) fn day(&self, at: Instant) -> i64 {
        let past = at.0 - self.midnights[0];
        if past < 0 {
            return past.div_euclid(DAY_MICROS) - DAYS_BEFORE;
        }
        let last = self.midnights.len() - 1;
        let mut index = ((past as u64 / DAY_MICROS as u64) as usize).min(last);
        while self.midnights[index] > at.0 {
            index -= 1;
        }
        while index < last && self.midnights[index + 1] <= at.0 {
            index += 1;
        }
        let later = if index == last { (at.0 - self.midnights[last]) / DAY_MICROS } else { 0 };
        index as i64 + later - DAYS_BEFORE
    }

    #[inline]
    pub(super) fn day_start(&self, day: i64) -> Instant {
        let index = day + DAYS_BEFORE;
        let listed = index.clamp(0, self.midnights.len() as i64 - 1);
        Instant(self.midnights[listed as usize] + (index - listed) * DAY_MICROS)
    }

    /// The instant of a local time: after the gap if a change skips it, the first if it occurs
    /// twice.
    pub(super) fn instant(&self, local: DateTime) -> Instant {
        let day = days_between(self.date, local.date());
        if self.lists(day) {
            Instant(real_micros(&self.rules, local) - self.zero)
        } else {
            Instant(self.day_start(day).0 + micros_between(midnight(local.date()), local))
        }
    }

    /// The first instant at which the local time is this or later.
    pub(super) fn reaches(&self, local: DateTime) -> Instant {
        let day = days_between(self.date, local.date());
        if self.lists(day) {
            Instant(first_shown(&self.rules, local) - self.zero)
        } else {
            self.instant(local)
        }
    }

    /// The local date and time, to the second.
    pub(super) fn date_time(&self, at: Instant) -> DateTime {
        let day = self.day(at);
        if self.lists(day)
            && let Ok(real) = Timestamp::from_second((self.zero + at.0).div_euclid(1_000_000))
        {
            return self.rules.to_datetime(real);
        }
        let date = self.date.saturating_add(day.clamp(-3_000_000, 3_000_000).days());
        let seconds = (at.0 - self.day_start(day).0) / 1_000_000;
        midnight(date).saturating_add(seconds.seconds())
    }

    /// The offset of local time from UTC, in microseconds.
    pub(super) fn offset(&self, at: Instant) -> i64 {
        let epoch = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        let whole = Instant(at.0 - (self.zero + at.0).rem_euclid(1_000_000));
        micros_between(epoch, self.date_time(whole)) - (self.zero + whole.0)
    }

    /// Whether both midnights of a day are listed.
    fn lists(&self, day: i64) -> bool {
        (0..self.midnights.len() as i64 - 1).contains(&(day + DAYS_BEFORE))
    }
}

fn midnight(date: Date) -> DateTime {
    date.to_datetime(Time::midnight())
}

fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The first moment at which local time is this or later: the moment of the change if that skips
/// it. In microseconds since 1970 in UTC.
fn first_shown(zone: &TimeZone, local: DateTime) -> i64 {
    let AmbiguousOffset::Gap { after, .. } = zone.to_ambiguous_timestamp(local).offset() else {
        return real_micros(zone, local);
    };
    // With the offset after the change, a skipped time lies before the change.
    let change = after
        .to_timestamp(local)
        .ok()
        .and_then(|before| zone.following(before).find(|transition| transition.offset() == after));
    change.map_or_else(|| real_micros(zone, local), |change| change.timestamp().as_microsecond())
}

/// Microseconds since 1970 in UTC; at the ends of the calendar, local time is used instead.
fn real_micros(zone: &TimeZone, local: DateTime) -> i64 {
    zone.to_timestamp(local).map_or_else(
        |_| micros_between(DateTime::constant(1970, 1, 1, 0, 0, 0, 0), local),
        Timestamp::as_microsecond,
    )
}
