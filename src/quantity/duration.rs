//! Durations and instants of model time, in whole microseconds.
//!
//! `Duration` and [`Instant`] are not those of `std`, because the simulation has its own clock that
//! starts at zero. A [`Length`] is a duration as written. It may hold calendar months, whose length
//! depends on a date.

use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

use super::{NumberFault, parse_number};

/// Microseconds in a minute.
pub const MINUTE_MICROS: i64 = 60_000_000;
/// Microseconds in an hour.
pub const HOUR_MICROS: i64 = 60 * MINUTE_MICROS;
/// Microseconds in a day of 24 hours.
pub const DAY_MICROS: i64 = 24 * HOUR_MICROS;
/// Days in a month if no date is known: a twelfth of 365.25 days.
pub const MONTH_DAYS: f64 = 30.4375;
/// Longer durations must be a mistake: 100,000 years, in days.
pub const LONGEST_DAYS: f64 = 36_525_000.0;

/// A duration, in microseconds.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Duration(pub i64);

impl Duration {
    /// Zero.
    pub const ZERO: Duration = Duration(0);

    /// The duration in days of 24 hours.
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY_MICROS as f64
    }

    /// The nearest duration to a number of days.
    pub fn from_days(days: f64) -> Duration {
        Duration((days * DAY_MICROS as f64).round() as i64)
    }
}

impl Add for Duration {
    type Output = Duration;
    fn add(self, other: Duration) -> Duration {
        Duration(self.0 + other.0)
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, other: Duration) {
        self.0 += other.0;
    }
}

/// A point of model time, in microseconds since the simulation's start.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Instant(pub i64);

impl Instant {
    /// The simulation's start.
    pub const ZERO: Instant = Instant(0);
    /// Later than any event.
    pub const NEVER: Instant = Instant(i64::MAX / 4);
}

impl Instant {
    /// The instant some microseconds later, at most [`Instant::NEVER`]; `micros` must be within the
    /// limits of [`nearest`](super::nearest).
    #[inline]
    #[must_use]
    pub fn later(self, micros: i64) -> Instant {
        Instant((self.0 + micros).min(Instant::NEVER.0))
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;
    fn add(self, length: Duration) -> Instant {
        Instant(self.0 + length.0)
    }
}

impl Sub for Instant {
    type Output = Duration;
    fn sub(self, earlier: Instant) -> Duration {
        Duration(self.0 - earlier.0)
    }
}

/// A duration as written: months and an exact part.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Length {
    /// Calendar months; a year is twelve.
    pub months: f64,
    /// Microseconds in addition to the months; an integer, so that `20 min` is exact.
    pub micros: f64,
    /// Microseconds of working time; never together with elapsed time.
    pub working: f64,
    /// Working days, whose length depends on the calendar.
    pub working_days: f64,
}

impl Length {
    /// Reads `20 min`, `2h`, `1d 4h`, `0.5d`, `3 weeks`, `2 months`.
    ///
    /// ```
    /// use voronka::quantity::Length;
    /// assert_eq!(Length::parse("1d 12h").unwrap().nominal_days(), 1.5);
    /// ```
    pub fn parse(text: &str) -> Result<Length, NumberFault> {
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(NumberFault::Empty);
        }
        if rest.starts_with('-') {
            return Err(NumberFault::Negative);
        }
        if parse_number(rest) == Err(NumberFault::NotFinite) {
            return Err(NumberFault::NotFinite);
        }
        let mut total = Length::default();
        while !rest.is_empty() {
            let digits = rest
                .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
                .unwrap_or(rest.len());
            if digits == 0 {
                // `.nan`, `inf`, or a word
                return Err(parse_number(rest).err().unwrap_or(NumberFault::NotANumber));
            }
            let (number, after) = split_exponent(rest, digits);
            let number = parse_number(number)?;
            let after = after.trim_start();
            let unit_end = after
                .find(|c: char| c.is_ascii_digit() || c == '-' || c == '+' || c == '.')
                .unwrap_or(after.len());
            let unit = after[..unit_end].trim();
            if unit.is_empty() {
                // A zero needs no unit, because it is the same in all units.
                let zero = number == 0.0 && total == Length::default() && after.is_empty();
                return if zero { Ok(total) } else { Err(NumberFault::UnitMissing) };
            }
            let unit = unit_length(unit)?;
            total.months += number * unit.months;
            total.micros += number * unit.micros;
            total.working += number * unit.working;
            total.working_days += number * unit.working_days;
            rest = after[unit_end..].trim_start();
        }
        if total.is_working() && (total.months != 0.0 || total.micros != 0.0) {
            return Err(NumberFault::MixedTime);
        }
        let days = total.nominal_days() + total.working_days + total.working / DAY_MICROS as f64;
        if days.is_finite() && days <= LONGEST_DAYS { Ok(total) } else { Err(NumberFault::TooLong) }
    }

    /// Whether it is greater than zero but below the resolution of the clock.
    pub fn is_below_resolution(self) -> bool {
        let micros = self.nominal_days() * DAY_MICROS as f64 + self.working;
        micros > 0.0 && micros < 1.0 && self.working_days == 0.0
    }

    /// Whether it is working time.
    pub fn is_working(self) -> bool {
        self.working != 0.0 || self.working_days != 0.0
    }

    /// Microseconds of working time, for working days of `day` microseconds.
    pub fn working_micros(self, day: f64) -> f64 {
        self.working + self.working_days * day
    }

    /// The length in days if no date is known: a month counts 30.4375 days.
    pub fn nominal_days(self) -> f64 {
        self.months * MONTH_DAYS + self.micros / DAY_MICROS as f64
    }
}

/// Splits a number with an optional exponent (`1e3`) from the text after it.
fn split_exponent(text: &str, digits: usize) -> (&str, &str) {
    let after = &text[digits..];
    if let Some(exponent) = after.strip_prefix(['e', 'E']) {
        let signed = exponent.trim_start_matches(['+', '-']);
        let length = signed.len() - signed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if length > 0 {
            let end = text.len() - signed.len() + length;
            return (&text[..end], &text[end..]);
        }
    }
    (&text[..digits], after)
}

/// The length of one unit.
pub(super) fn unit_length(unit: &str) -> Result<Length, NumberFault> {
    let exact = |micros: i64| Ok(Length { micros: micros as f64, ..Length::default() });
    let months = |months: f64| Ok(Length { months, ..Length::default() });
    let lower = unit.to_lowercase();
    if let Some(working) = lower.strip_prefix("working") {
        let Length { micros, .. } = unit_length(working.trim_start())?;
        return match working.trim_start() {
            "d" | "day" | "days" => Ok(Length { working_days: 1.0, ..Length::default() }),
            _ if micros > 0.0 && micros <= HOUR_MICROS as f64 => {
                Ok(Length { working: micros, ..Length::default() })
            }
            _ => Err(NumberFault::UnknownUnit { unit: unit.to_owned() }),
        };
    }
    match lower.as_str() {
        "s" | "sec" | "second" | "seconds" => exact(1_000_000),
        "min" | "mins" | "minute" | "minutes" => exact(MINUTE_MICROS),
        "h" | "hour" | "hours" => exact(HOUR_MICROS),
        "d" | "day" | "days" => exact(DAY_MICROS),
        "w" | "week" | "weeks" => exact(7 * DAY_MICROS),
        "month" | "months" => months(1.0),
        "quarter" | "quarters" => months(3.0),
        "year" | "years" => months(12.0),
        "" => Err(NumberFault::UnitMissing),
        "%" => Err(NumberFault::NotANumber),
        _ => Err(NumberFault::UnknownUnit { unit: unit.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_every_form_of_the_language() {
        for (text, days) in [
            ("20 min", 20.0 / 1440.0),
            ("2h", 2.0 / 24.0),
            ("1d 4h", 1.0 + 4.0 / 24.0),
            ("0.5d", 0.5),
            ("3 weeks", 21.0),
            ("2 months", 60.875),
            ("0", 0.0),
            ("1e1 d", 10.0),
        ] {
            assert_eq!(Length::parse(text).map(Length::nominal_days), Ok(days), "{text}");
        }
    }

    #[test]
    fn working_and_elapsed_time_do_not_mix() {
        let length = Length::parse("2 working days 30 working minutes").unwrap();
        let hour = HOUR_MICROS as f64;
        assert!(length.is_working());
        assert_eq!(length.working_micros(9.0 * hour), 18.5 * hour);
        assert_eq!(length.nominal_days(), 0.0);
    }

    #[test]
    fn texts_that_are_not_durations_give_a_reason() {
        assert_eq!(Length::parse("5"), Err(NumberFault::UnitMissing));
        assert_eq!(Length::parse("-3h"), Err(NumberFault::Negative));
        assert_eq!(Length::parse("1,5h"), Err(NumberFault::DecimalComma));
        assert_eq!(
            Length::parse("2 fortnights"),
            Err(NumberFault::UnknownUnit { unit: "fortnights".into() })
        );
        assert_eq!(Length::parse("4 working hours 1d"), Err(NumberFault::MixedTime));
        assert_eq!(
            Length::parse("2 working weeks"),
            Err(NumberFault::UnknownUnit { unit: "working weeks".into() })
        );
        assert_eq!(Length::parse("1e300 d"), Err(NumberFault::TooLong));
        assert_eq!(Length::parse(".nan"), Err(NumberFault::NotFinite));
        assert_eq!(Length::parse("soon"), Err(NumberFault::NotANumber));
    }
}
