//! The open windows of a calendar as a sorted list, and what closed spans leave of them.

use super::Calendar;
use super::hours::{DAY_MINUTES, Hours};
use crate::quantity::{DAY_MICROS, Instant, MINUTE_MICROS};

/// All windows: those of the listed days, and two normal weeks before and after, because a window
/// may extend into the next day.
pub(super) fn windows(
    hours: &Hours,
    calendar: &Calendar,
    first: i64,
    last: i64,
) -> Vec<(i64, i64)> {
    let mut windows = Vec::with_capacity((last - first + 28).max(0) as usize);
    let mut date = calendar.date(first - 14);
    let mut midnight = calendar.day_start(first - 14);
    for day in first - 14..last + 14 {
        let next = calendar.day_start(day + 1);
        if (first..last).contains(&day) {
            let has_change = next.0 - midnight.0 != DAY_MICROS;
            let instant = |minute: i64| {
                if has_change || minute >= DAY_MINUTES {
                    calendar.clock_reaches(day, minute).0
                } else {
                    midnight.0 + minute * MINUTE_MICROS
                }
            };
            let spans = hours.on(date).iter();
            windows.extend(spans.map(|span| (instant(span.from), instant(span.until))));
        } else {
            let seam = if day < first { first } else { last };
            let start = calendar.day_start(seam).0 + (day - seam) * DAY_MICROS;
            let instant = |minute: i64| start + minute * MINUTE_MICROS;
            let spans = hours.on_weekday(date).iter();
            windows.extend(spans.map(|span| (instant(span.from), instant(span.until))));
        }
        // Far cheaper than to count from the first day of the calendar each time.
        (date, midnight) = (date.tomorrow().unwrap_or(date), next);
    }
    windows
}

/// The windows sorted and cut to a range; touching or overlapping ones are merged.
pub(super) fn merged(mut windows: Vec<(i64, i64)>, start: i64, end: i64) -> Vec<(i64, i64)> {
    windows.sort_unstable();
    let mut open: Vec<(i64, i64)> = Vec::new();
    for (opens, closes) in windows {
        let (opens, closes) = (opens.max(start), closes.min(end));
        if opens >= closes {
            continue; // outside the range, or skipped by a clock change
        }
        match open.last_mut() {
            Some(before) if opens <= before.1 => before.1 = before.1.max(closes),
            _ => open.push((opens, closes)),
        }
    }
    open
}

/// What some spans leave of open windows; both are sorted and do not overlap.
pub(super) fn cut(open: Vec<(i64, i64)>, closed: &[(Instant, Instant)]) -> Vec<(i64, i64)> {
    let mut left = Vec::with_capacity(open.len() + closed.len());
    let mut rest = closed;
    for (mut opens, closes) in open {
        while rest.first().is_some_and(|span| span.1.0 <= opens) {
            rest = &rest[1..];
        }
        for (from, until) in rest.iter().take_while(|span| span.0.0 < closes) {
            left.push((opens, from.0));
            opens = until.0;
        }
        left.push((opens, closes));
    }
    left.retain(|(opens, closes)| opens < closes);
    left
}

/// The time of some windows that lies in a range.
pub(super) fn work_within(open: &[(i64, i64)], start: i64, end: i64) -> i64 {
    open.iter().map(|(opens, closes)| (*closes.min(&end) - *opens.max(&start)).max(0)).sum()
}
