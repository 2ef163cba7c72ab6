//! Values as a file of tests writes them, to the microsecond.

use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::calendar::Calendar;
use crate::quantity::{DAY_MICROS, HOUR_MICROS, Instant, MINUTE_MICROS, Money};

const SECOND_MICROS: i64 = 1_000_000;

/// A local date and time to the microsecond.
pub(super) fn date_time(calendar: &Calendar, at: Instant) -> DateTime {
    let fraction = at.0.rem_euclid(SECOND_MICROS);
    let second = calendar.date_time(Instant(at.0 - fraction));
    second.saturating_add(fraction.microseconds())
}

/// A local date and time, as `2026-01-12 09:30` or `2026-01-12 09:30:15.25`.
pub(super) fn date(calendar: &Calendar, at: Instant) -> String {
    let local = date_time(calendar, at);
    let form = match (local.second(), local.subsec_nanosecond()) {
        (0, 0) => "%Y-%m-%d %H:%M",
        (_, 0) => "%Y-%m-%d %H:%M:%S",
        _ => "%Y-%m-%d %H:%M:%S%.f",
    };
    local.strftime(form).to_string()
}

/// A duration, as `1d 2h 30 min` or `12.5 s`.
pub(super) fn span(micros: i64) -> String {
    let mut left = micros;
    let mut parts = Vec::new();
    for (unit, size) in [("d", DAY_MICROS), ("h", HOUR_MICROS), (" min", MINUTE_MICROS)] {
        if left >= size {
            parts.push(format!("{}{unit}", left / size));
            left %= size;
        }
    }
    if left > 0 || parts.is_empty() {
        parts.push(format!("{} s", left as f64 / SECOND_MICROS as f64));
    }
    parts.join(" ")
}

/// An amount in the currency, as `1200` or `12.5`.
pub(super) fn money(money: Money) -> String {
    let (sign, minor) = (if money.0 < 0 { "-" } else { "" }, money.0.unsigned_abs());
    let text = format!("{sign}{}.{:02}", minor / 100, minor % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Length;

    #[test]
    fn what_is_written_reads_back() {
        for micros in [0, 1, 1_500_000, 60_000_000, 90_061_000_001, 12 * DAY_MICROS] {
            let text = span(micros);
            let read = Length::parse(&text).unwrap().micros;
            assert_eq!(read.round() as i64, micros, "{text}");
        }
        assert_eq!(span(DAY_MICROS + 2 * HOUR_MICROS + 30 * MINUTE_MICROS), "1d 2h 30 min");
        assert_eq!(money(Money(120_050)), "1200.5");
        assert_eq!(money(Money(-5)), "-0.05");
        assert_eq!(money(Money(1000)), "10");
        let calendar = Calendar::new(jiff::civil::date(2026, 1, 12).at(0, 0, 0, 0));
        assert_eq!(date(&calendar, Instant(34_200_000_000)), "2026-01-12 09:30");
        assert_eq!(date(&calendar, Instant(34_200_250_000)), "2026-01-12 09:30:00.25");
    }
}
