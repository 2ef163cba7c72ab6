//! Working hours as written: a week, holidays and special days.
//!
//! A window belongs to the date on which it starts, even if it continues past midnight. So a
//! holiday removes a whole night shift, and never half of one.

use jiff::civil::Date;
use thiserror::Error;

/// Minutes in a day of local time.
pub(super) const DAY_MINUTES: i64 = 24 * 60;

/// A window of working time, in minutes after the local midnight of its day.
///
/// `from` lies within the day; `until` comes later and may lie in the next day.
///
/// ```
/// use voronka::calendar::Span;
/// assert_eq!(Span::parse("9:00-18:00"), Ok(Span { from: 540, until: 1080 }));
/// assert_eq!(Span::parse("22:00-06:00"), Ok(Span { from: 1320, until: 1800 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first minute.
    pub from: i64,
    /// One past the last minute.
    pub until: i64,
}

/// Why a text is not a window of working time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HoursFault {
    /// Not two times separated by a dash.
    #[error("working hours are written as two times, like 09:00-18:00")]
    NotASpan,
    /// A part that is not `HH:MM`.
    #[error("a time is written as hours and minutes, like 09:00")]
    NotATime,
    /// An hour above 24, or a time after 24:00.
    #[error("a day ends at 24:00")]
    HourTooLarge,
    /// A minute above 59.
    #[error("an hour has 60 minutes")]
    MinuteTooLarge,
    /// A start at 24:00.
    #[error("a window starts before 24:00; the next day starts at 00:00")]
    StartsAtTheEnd,
}

impl Span {
    /// Reads `09:00-18:00`, with a hyphen or an en dash. An end that is not after the start lies in
    /// the next day, so `08:00-08:00` lasts 24 hours.
    pub fn parse(text: &str) -> Result<Span, HoursFault> {
        let (from, until) = text.split_once(['-', '–']).ok_or(HoursFault::NotASpan)?;
        let (from, until) = (time(from.trim())?, time(until.trim())?);
        if from == DAY_MINUTES {
            return Err(HoursFault::StartsAtTheEnd);
        }
        let over_midnight = if until <= from { DAY_MINUTES } else { 0 };
        Ok(Span { from, until: until + over_midnight })
    }

    /// Its length in minutes of local time.
    fn minutes(self) -> i64 {
        (self.until - self.from).max(0)
    }
}

/// Minutes after midnight.
fn time(text: &str) -> Result<i64, HoursFault> {
    let (hours, minutes) = text.split_once(':').ok_or(HoursFault::NotATime)?;
    let number = |digits: &str, fewest: usize| {
        let short = (fewest..=2).contains(&digits.len());
        let digits = digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits);
        digits.filter(|_| short).and_then(|digits| digits.parse().ok()).ok_or(HoursFault::NotATime)
    };
    let (hours, minutes): (i64, i64) = (number(hours, 1)?, number(minutes, 2)?);
    if minutes > 59 {
        return Err(HoursFault::MinuteTooLarge);
    }
    let total = hours * 60 + minutes;
    if total > DAY_MINUTES { Err(HoursFault::HourTooLarge) } else { Ok(total) }
}

/// Working hours: a week and its exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The windows that start on each weekday, Monday first.
    pub week: [Vec<Span>; 7],
    /// First and last days of holidays: no window starts on them.
    pub holidays: Vec<(Date, Date)>,
    /// Days with their own windows instead of those of the week; they take precedence over
    /// holidays.
    pub special: Vec<(Date, Vec<Span>)>,
}

impl Hours {
    /// Monday to Friday, 9 to 18.
    pub fn office() -> Hours {
        let day = Span { from: 9 * 60, until: 18 * 60 };
        let week = std::array::from_fn(|weekday| if weekday < 5 { vec![day] } else { Vec::new() });
        Hours { week, holidays: Vec::new(), special: Vec::new() }
    }

    /// Around the clock.
    pub fn always() -> Hours {
        let day = Span { from: 0, until: DAY_MINUTES };
        let week = std::array::from_fn(|_| vec![day]);
        Hours { week, holidays: Vec::new(), special: Vec::new() }
    }

    /// Whether the week has no gap and there are no exceptions.
    pub fn is_always(&self) -> bool {
        self.holidays.is_empty() && self.special.is_empty() && self.week_has_no_gap()
    }

    /// Whether there is any working time at all.
    pub fn has_time(&self) -> bool {
        let special = self.special.iter().map(|(_, spans)| spans);
        self.week.iter().chain(special).flatten().any(|span| span.minutes() > 0)
    }

    /// The windows that start on a date.
    pub fn on(&self, date: Date) -> &[Span] {
        if let Some((_, spans)) = self.special.iter().find(|(day, _)| *day == date) {
            return spans;
        }
        if self.holidays.iter().any(|(first, last)| (*first..=*last).contains(&date)) {
            return &[];
        }
        self.on_weekday(date)
    }

    /// The windows that start on the weekday of a date, without exceptions.
    pub(super) fn on_weekday(&self, date: Date) -> &[Span] {
        &self.week[date.weekday().to_monday_zero_offset() as usize]
    }

    /// The number of weekdays on which a window starts.
    pub(super) fn weekdays(&self) -> usize {
        self.week.iter().filter(|day| day.iter().any(|span| span.minutes() > 0)).count()
    }

    /// Minutes of working time in a normal week.
    pub fn week_minutes(&self) -> i64 {
        self.week.iter().flatten().map(|span| span.minutes()).sum()
    }

    /// The share of the minutes of a normal week on each weekday, Monday first.
    pub fn weekday_shares(&self) -> [f64; 7] {
        let mut minutes = [0; 7];
        for (weekday, spans) in self.week.iter().enumerate() {
            for span in spans {
                let today = span.until.min(DAY_MINUTES) - span.from.min(DAY_MINUTES);
                minutes[weekday] += today;
                minutes[(weekday + 1) % 7] += span.minutes() - today;
            }
        }
        let all = self.week_minutes().max(1) as f64;
        minutes.map(|minutes| minutes as f64 / all)
    }

    /// The length of a working day in microseconds: the hours of a normal week divided by the
    /// number of weekdays that have any.
    pub fn day_micros(&self) -> i64 {
        let minutes = self.week_minutes().checked_div(self.weekdays() as i64).unwrap_or(0);
        minutes * crate::quantity::MINUTE_MICROS
    }

    /// Whether two windows of a day overlap; touching windows do not.
    pub fn overlaps(spans: &[Span]) -> bool {
        let meet = |a: &Span, b: &Span| a.from < b.until && b.from < a.until;
        spans.iter().enumerate().any(|(at, span)| spans[..at].iter().any(|other| meet(span, other)))
    }

    /// Whether the windows of a week, repeated, cover every minute.
    fn week_has_no_gap(&self) -> bool {
        let mut windows: Vec<Span> = Vec::new();
        // Windows of the week before may reach into this one.
        for (day, spans) in (-7..).zip(self.week.iter().chain(&self.week)) {
            let midnight = day * DAY_MINUTES;
            let placed =
                |span: &Span| Span { from: midnight + span.from, until: midnight + span.until };
            windows.extend(spans.iter().map(placed));
        }
        windows.sort_unstable_by_key(|span| span.from);
        let mut covered = 0;
        for window in windows {
            if window.from <= covered {
                covered = covered.max(window.until);
            }
        }
        covered >= 7 * DAY_MINUTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn windows_are_read_in_every_form() {
        for (text, from, until) in [
            ("09:00-18:00", 540, 1080),
            ("9:00-18:00", 540, 1080),
            ("09:00–18:30", 540, 1110),
            (" 09:05 - 18:00 ", 545, 1080),
            ("22:00-06:00", 1320, 1800),
            ("22:00-24:00", 1320, 1440),
            ("22:00-00:00", 1320, 1440),
            ("00:00-24:00", 0, 1440),
            ("08:00-08:00", 480, 1920),
        ] {
            assert_eq!(Span::parse(text), Ok(Span { from, until }), "{text}");
        }
    }

    #[test]
    fn texts_that_are_not_windows_give_a_reason() {
        for (text, fault) in [
            ("", HoursFault::NotASpan),
            ("09:00", HoursFault::NotASpan),
            ("9-18", HoursFault::NotATime),
            ("09:0-18:00", HoursFault::NotATime),
            ("09:00-18:000", HoursFault::NotATime),
            ("+9:00-18:00", HoursFault::NotATime),
            ("09:00-18:00-20:00", HoursFault::NotATime),
            ("09:00-25:00", HoursFault::HourTooLarge),
            ("09:00-24:01", HoursFault::HourTooLarge),
            ("09:60-18:00", HoursFault::MinuteTooLarge),
            ("24:00-06:00", HoursFault::StartsAtTheEnd),
        ] {
            assert_eq!(Span::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn special_days_beat_holidays_and_holidays_beat_the_week() {
        let short = vec![Span { from: 540, until: 720 }];
        let hours = Hours {
            holidays: vec![(date(2026, 1, 1), date(2026, 1, 8))],
            special: vec![(date(2026, 1, 3), short.clone()), (date(2026, 1, 12), Vec::new())],
            ..Hours::office()
        };
        assert_eq!(hours.on(date(2026, 1, 1)), []);
        assert_eq!(hours.on(date(2026, 1, 3)), short);
        assert_eq!(hours.on(date(2026, 1, 8)), []);
        assert_eq!(hours.on(date(2026, 1, 9)), [Span { from: 540, until: 1080 }]);
        assert_eq!(hours.on(date(2026, 1, 10)), []);
        assert_eq!(hours.on(date(2026, 1, 12)), []);
    }

    #[test]
    fn hours_around_the_clock_are_recognized_in_any_form() {
        assert!(Hours::always().is_always());
        assert!(!Hours::office().is_always());
        let shifts = ["22:00-06:00", "06:00-14:00", "14:00-22:00"].map(|s| Span::parse(s).unwrap());
        let mut hours = Hours { week: std::array::from_fn(|_| shifts.to_vec()), ..Hours::always() };
        assert!(hours.is_always());
        hours.week[6].pop();
        assert!(!hours.is_always());
        let new_year = vec![(date(2026, 1, 1), date(2026, 1, 1))];
        assert!(!Hours { holidays: new_year, ..Hours::always() }.is_always());
    }

    #[test]
    fn hours_without_any_window_have_no_time() {
        let mut hours = Hours { week: Default::default(), ..Hours::office() };
        assert!(!hours.has_time());
        hours.special.push((date(2026, 1, 3), vec![Span { from: 0, until: 1 }]));
        assert!(hours.has_time());
        assert!(Hours::office().has_time());
    }

    #[test]
    fn touching_windows_do_not_overlap() {
        let spans = |texts: [&str; 2]| texts.map(|text| Span::parse(text).unwrap());
        assert!(!Hours::overlaps(&spans(["13:00-18:00", "09:00-13:00"])));
        assert!(Hours::overlaps(&spans(["09:00-13:01", "13:00-18:00"])));
        assert!(Hours::overlaps(&spans(["09:00-18:00", "12:00-13:00"])));
        assert!(!Hours::overlaps(&[]));
    }
}
