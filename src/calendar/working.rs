//! Working time: how much of it has passed at an instant, and when a given amount will have passed.
//!
//! Work that pauses while a calendar is closed is elapsed time on a clock that stops in closed
//! hours. So all questions reduce to two functions: from instants to working time and back. Both
//! read one list of open stretches with running sums, which an index searches in constant time.

use super::Calendar;
use super::hours::Hours;
use super::index::Index;
use super::windows::{cut, merged, windows, work_within};
use super::zone::MOST_DAYS;
use crate::quantity::{DAY_MICROS, Instant};

const WEEK_MICROS: i64 = 7 * DAY_MICROS;
/// Days listed before the simulation's start.
const DAYS_BEFORE: i64 = 9;
/// Days listed after the end of a run.
const DAYS_AFTER: i64 = 370;

/// The working time of a calendar: a clock that runs only in open hours.
///
/// Windows are in local time and work is in real time: a night shift during the change to summer
/// time is an hour shorter. A window opens and closes when the local time first reaches its limit:
/// at the change if that skips the time, and at the first occurrence if the time occurs twice. A
/// window is half open: it is closed at its end.
///
/// Hours are listed from nine days before the simulation's start to a year after the end of a run,
/// but for at most 60 years. Before and after, the normal week repeats forever, in days of 24
/// hours, without holidays, special days and clock changes.
///
/// ```
/// use jiff::civil::date;
/// use voronka::calendar::{Calendar, Hours, WorkingTime};
/// use voronka::quantity::{HOUR_MICROS, Instant};
/// // Friday, 16:00. Ten hours of work are two on Friday and eight on Monday.
/// let calendar = Calendar::new(date(2026, 6, 5).at(16, 0, 0, 0));
/// let office = WorkingTime::new(&Hours::office(), &calendar, Instant::ZERO);
/// let done = office.add(Instant::ZERO, 10 * HOUR_MICROS);
/// assert_eq!(calendar.date_time(done), date(2026, 6, 8).at(17, 0, 0, 0));
/// assert_eq!(office.between(Instant::ZERO, done), 10 * HOUR_MICROS);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingTime {
    always: bool,
    day_work: i64,
    /// Working time of a normal week.
    week_work: i64,
    /// The stretches, between two bounds: an empty one at the start and one that never opens.
    stretches: Vec<Stretch>,
    by_time: Index,
    by_work: Index,
}

/// An instant on the working clock, with the stretches around it. Work from there on that has no
/// pause, or only a few, needs no further search in the calendar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot<'c> {
    /// Working time from [`Instant::ZERO`] to the instant.
    pub work: i64,
    here: &'c Stretch,
    /// The next stretch, or [`NONE`].
    next: &'c Stretch,
    /// The index of the first stretch after the one around the instant.
    then: usize,
}

impl Spot<'_> {
    /// [`WorkingTime::opens`] of the same calendar, for working times not before the spot's.
    #[inline(always)]
    pub fn opens(&self, clock: &WorkingTime, work: i64) -> Instant {
        if work < self.here.until {
            Instant(work + self.here.shift)
        } else if work < self.next.until {
            Instant(work + self.next.shift)
        } else {
            clock.opens_after(self.then, work)
        }
    }

    /// [`WorkingTime::closes`] of the same calendar, for working times after the spot's.
    #[inline(always)]
    pub fn closes(&self, clock: &WorkingTime, work: i64) -> Instant {
        if work <= self.here.until {
            Instant(work + self.here.shift)
        } else if work <= self.next.until {
            Instant(work + self.next.shift)
        } else {
            clock.closes_after(self.then, work)
        }
    }
}

/// The number of stretches after a spot that are searched one by one.
const SOON: usize = 4;

/// An open stretch without a pause.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    opens: i64,
    /// Working time from [`Instant::ZERO`] to its end.
    until: i64,
    /// The difference between an instant in it and its working time.
    shift: i64,
}

/// A stretch of all time.
const ALWAYS: Stretch = Stretch { opens: i64::MIN, until: i64::MAX, shift: 0 };
/// An empty stretch.
const NONE: Stretch = Stretch { opens: i64::MIN, until: i64::MIN, shift: 0 };

impl Stretch {
    fn closes(&self) -> i64 {
        self.until + self.shift
    }
}

impl WorkingTime {
    /// Lists the working time of a run that ends at `until`.
    pub fn new(hours: &Hours, calendar: &Calendar, until: Instant) -> WorkingTime {
        WorkingTime::without(hours, calendar, until, &[])
    }

    /// The same, closed in these spans of time, which are sorted and do not overlap.
    pub fn without(
        hours: &Hours,
        calendar: &Calendar,
        until: Instant,
        closed: &[(Instant, Instant)],
    ) -> WorkingTime {
        let first = calendar.day(Instant::ZERO) - DAYS_BEFORE;
        let last = (calendar.day(until).max(0) + DAYS_AFTER).min(first + MOST_DAYS);
        // A normal week on either side, which is the one that repeats.
        let start = calendar.day_start(first).0 - WEEK_MICROS;
        let end = calendar.day_start(last).0 + 2 * WEEK_MICROS;
        let always = hours.is_always();
        let open = if always {
            vec![(start, end)]
        } else {
            merged(windows(hours, calendar, first, last), start, end)
        };
        let week_work = work_within(&open, end - WEEK_MICROS, end);
        let open = cut(open, closed);
        let before = work_within(&open, start, 0);

        let mut done = -before;
        let mut stretches = vec![Stretch { opens: start, until: done, shift: start - done }];
        for (opens, closes) in open {
            let shift = opens - done;
            done += closes - opens;
            stretches.push(Stretch { opens, until: done, shift });
        }
        stretches.push(Stretch { opens: i64::MAX, until: i64::MAX, shift: 0 });
        let times: Vec<i64> = stretches.iter().map(|stretch| stretch.opens).collect();
        // The working time at the start of each stretch is that at the end of the one before.
        let closings = stretches.iter().map(|stretch| stretch.until);
        let mut works = vec![-before];
        works.extend(closings.take(stretches.len() - 2));
        works.push(i64::MAX);
        WorkingTime {
            always: always && closed.is_empty(),
            day_work: week_work.checked_div(hours.weekdays() as i64).unwrap_or(0),
            week_work,
            by_time: Index::new(&times, end),
            by_work: Index::new(&works, done),
            stretches,
        }
    }

    /// Whether it is open around the clock without exceptions; work is then elapsed time.
    #[inline]
    pub fn is_always(&self) -> bool {
        self.always
    }

    /// The length of a working day in microseconds: the hours of a normal week divided by the
    /// number of weekdays that have any. Zero if none has.
    pub fn day_work(&self) -> i64 {
        self.day_work
    }

    /// Working time from [`Instant::ZERO`] to an instant, in microseconds; negative before.
    #[inline]
    pub fn work(&self, at: Instant) -> i64 {
        if self.always {
            return at.0;
        }
        match self.at_time(at.0) {
            Some((_, stretch)) => (at.0 - stretch.shift).min(stretch.until),
            None => self.work_outside(at.0),
        }
    }

    /// The position of an instant.
    #[inline(always)]
    pub fn spot(&self, at: Instant) -> Spot<'_> {
        if self.always {
            return Spot { work: at.0, here: &ALWAYS, next: &NONE, then: usize::MAX };
        }
        let Some((index, stretch)) = self.at_time(at.0) else {
            let work = self.work_outside(at.0);
            return Spot { work, here: &NONE, next: &NONE, then: usize::MAX };
        };
        let work = (at.0 - stretch.shift).min(stretch.until);
        // The last one only bounds the list.
        let next = self.stretches.get(index + 1..).and_then(<[_]>::first_chunk);
        let next = next.map_or(&NONE, |[next, _]| next);
        Spot { work, here: stretch, next, then: index + 1 }
    }

    /// [`WorkingTime::spot`] for repeated queries: `near` is the index of the last answer, where
    /// the next one usually is.
    #[inline(always)]
    pub fn spot_near(&self, at: Instant, near: &mut usize) -> Spot<'_> {
        if self.always {
            return self.spot(at);
        }
        if let Some([here, next, _]) = self.stretches.get(*near..).and_then(<[_]>::first_chunk)
            && here.opens <= at.0
            && at.0 < next.opens
        {
            let work = (at.0 - here.shift).min(here.until);
            return Spot { work, here, next, then: *near + 1 };
        }
        self.spot_far(at, near)
    }

    #[inline(never)]
    fn spot_far(&self, at: Instant, near: &mut usize) -> Spot<'_> {
        let spot = self.spot(at);
        *near = spot.then - 1;
        spot
    }

    /// A few stretches from this index on.
    fn soon_after(&self, then: usize) -> impl Iterator<Item = &Stretch> {
        // The last one only bounds the list.
        let listed = &self.stretches[..self.stretches.len() - 1];
        listed.get(then..).unwrap_or_default().iter().take(SOON)
    }

    /// [`WorkingTime::opens`], for working times not before this index.
    #[inline(never)]
    fn opens_after(&self, then: usize, work: i64) -> Instant {
        let stretch = self.soon_after(then).find(|stretch| work < stretch.until);
        stretch.map_or_else(|| self.opens(work), |stretch| Instant(work + stretch.shift))
    }

    /// [`WorkingTime::closes`], for working times after this index.
    #[inline(never)]
    fn closes_after(&self, then: usize, work: i64) -> Instant {
        let stretch = self.soon_after(then).find(|stretch| work <= stretch.until);
        stretch.map_or_else(|| self.closes(work), |stretch| Instant(work + stretch.shift))
    }

    /// The instant after which more than `work` is done: at a boundary the next opening;
    /// [`Instant::NEVER`] if there is none.
    #[inline]
    pub fn opens(&self, work: i64) -> Instant {
        if self.always {
            return Instant(work);
        }
        match self.at_work(work) {
            Some(stretch) => Instant(work + stretch.shift),
            None => self.opens_outside(work),
        }
    }

    /// The first instant at which `work` is done: at a boundary the closing.
    #[inline]
    pub fn closes(&self, work: i64) -> Instant {
        if self.always {
            return Instant(work);
        }
        // The end of its last microsecond.
        let last = self.opens(work.saturating_sub(1));
        if last == Instant::NEVER { last } else { Instant(last.0 + 1) }
    }

    /// The next open instant; `at` itself if it is open.
    #[inline]
    pub fn next_open(&self, at: Instant) -> Instant {
        self.opens(self.work(at))
    }

    /// The instant at which work that starts at `at` is done. Zero work is done immediately, even
    /// in closed hours.
    #[inline]
    pub fn add(&self, at: Instant, work: i64) -> Instant {
        if work <= 0 {
            return if work == 0 { at } else { self.closes(self.work(at).saturating_add(work)) };
        }
        let spot = self.spot(at);
        spot.closes(self, spot.work.saturating_add(work))
    }

    /// Working time between two instants.
    #[inline]
    pub fn between(&self, from: Instant, to: Instant) -> i64 {
        self.work(to) - self.work(from)
    }

    /// The open stretches between two instants.
    pub fn stretches(
        &self,
        from: Instant,
        until: Instant,
    ) -> impl Iterator<Item = (Instant, Instant)> {
        let mut at = from;
        std::iter::from_fn(move || {
            let opens = self.next_open(at);
            if opens >= until {
                return None;
            }
            let closes = if self.always { until } else { self.closing(opens).min(until) };
            at = closes;
            Some((opens, closes))
        })
    }

    /// The end of the stretch that is open at an instant.
    fn closing(&self, open: Instant) -> Instant {
        match self.at_time(open.0) {
            Some((_, stretch)) => Instant(stretch.closes()),
            None => {
                let weeks = self.by_time.periods_outside(open.0, WEEK_MICROS);
                let listed = Instant(open.0 - weeks * WEEK_MICROS);
                Instant(self.closing(listed).0 + weeks * WEEK_MICROS)
            }
        }
    }

    /// The last stretch that opens at or before `at`, with its index, if the list covers it.
    #[inline]
    fn at_time(&self, at: i64) -> Option<(usize, &Stretch)> {
        let mut index = self.by_time.guess(at)?;
        // Nearly always at most one step, which needs no branch.
        index += usize::from(self.stretches[index + 1].opens <= at);
        while self.stretches[index + 1].opens <= at {
            index += 1;
        }
        Some((index, &self.stretches[index]))
    }

    /// The first stretch at whose end more than `work` is done, if the list covers it.
    #[inline]
    fn at_work(&self, work: i64) -> Option<&Stretch> {
        let mut index = self.by_work.guess(work)?;
        index += usize::from(self.stretches[index].until <= work);
        while self.stretches[index].until <= work {
            index += 1;
        }
        Some(&self.stretches[index])
    }

    #[cold]
    fn work_outside(&self, at: i64) -> i64 {
        let weeks = self.by_time.periods_outside(at, WEEK_MICROS);
        self.work(Instant(at - weeks * WEEK_MICROS)) + weeks * self.week_work
    }

    #[cold]
    fn opens_outside(&self, work: i64) -> Instant {
        let never = Instant::NEVER.0;
        if self.week_work == 0 {
            return Instant(if work < self.by_work.start { -never } else { never });
        }
        let weeks = self.by_work.periods_outside(work, self.week_work);
        let listed = self.opens(work - weeks * self.week_work).0;
        Instant(listed.saturating_add(weeks.saturating_mul(WEEK_MICROS)).clamp(-never, never))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Span, micros_between};
    use super::*;
    use crate::quantity::MINUTE_MICROS;
    use jiff::civil::{Date, DateTime, date};
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    const HOUR: i64 = 60 * MINUTE_MICROS;

    struct Facts {
        calendar: Calendar,
        working: WorkingTime,
    }

    impl Facts {
        fn new(zone: &str, hours: &Hours) -> Facts {
            let zone = TimeZone::get(zone).unwrap();
            let (start, end) = (date(2026, 1, 1).at(0, 0, 0, 0), date(2027, 1, 1).at(0, 0, 0, 0));
            let calendar = Calendar::in_zone(start, &zone, end);
            let working = WorkingTime::new(hours, &calendar, calendar.instant(end));
            Facts { calendar, working }
        }

        fn at(&self, local: &str) -> Instant {
            self.calendar.instant(local.parse().unwrap())
        }

        fn local(&self, at: Instant) -> DateTime {
            self.calendar.date_time(at)
        }

        fn check_sums(&self, table: &[(&str, f64, &str)]) {
            for (start, hours, expected) in table {
                let done = self.working.add(self.at(start), (hours * HOUR as f64) as i64);
                let expected: DateTime = expected.parse().unwrap();
                assert_eq!(self.local(done), expected, "{start} and {hours} hours");
            }
        }

        fn check_differences(&self, table: &[(&str, &str, f64)]) {
            for (from, to, hours) in table {
                let between = self.working.between(self.at(from), self.at(to));
                assert_eq!(between as f64 / HOUR as f64, *hours, "{from} to {to}");
            }
        }

        fn check_openings(&self, table: &[(&str, &str)]) {
            for (at, expected) in table {
                let expected: DateTime = expected.parse().unwrap();
                assert_eq!(self.local(self.working.next_open(self.at(at))), expected, "{at}");
            }
        }
    }

    fn days(dates: &[Date]) -> Vec<(Date, Date)> {
        dates.iter().map(|date| (*date, *date)).collect()
    }

    fn spans(texts: &[&str]) -> Vec<Span> {
        texts.iter().map(|text| Span::parse(text).unwrap()).collect()
    }

    fn workdays(texts: &[&str]) -> [Vec<Span>; 7] {
        std::array::from_fn(|day| if day < 5 { spans(texts) } else { Vec::new() })
    }

    #[test]
    fn office_hours_with_holidays() {
        let holidays = days(&[date(2026, 6, 12), date(2026, 11, 4)]);
        let facts = Facts::new("Europe/Moscow", &Hours { holidays, ..Hours::office() });
        facts.check_sums(&[
            ("2026-06-05T16:30", 10.0, "2026-06-08T17:30"),
            ("2026-06-11T16:30", 10.0, "2026-06-15T17:30"),
            ("2026-06-11T17:59", 0.5, "2026-06-15T09:29"),
            ("2026-06-12T12:00", 1.0, "2026-06-15T10:00"),
            ("2026-06-06T03:00", 9.0, "2026-06-08T18:00"),
            ("2026-06-08T09:00", 45.0, "2026-06-15T18:00"),
            ("2026-06-08T08:59", 9.0, "2026-06-08T18:00"),
            ("2026-06-08T18:00", 0.25, "2026-06-09T09:15"),
            ("2026-11-03T13:15", 13.75, "2026-11-05T18:00"),
            ("2026-12-31T15:00", 100.0, "2027-01-15T16:00"),
            ("2026-06-10T10:10", 0.0, "2026-06-10T10:10"),
            ("2026-06-13T11:00", 0.0, "2026-06-13T11:00"),
        ]);
        facts.check_differences(&[
            ("2026-06-05T16:30", "2026-06-08T10:00", 2.5),
            ("2026-06-11T00:00", "2026-06-16T00:00", 18.0),
            ("2026-06-13T10:00", "2026-06-14T20:00", 0.0),
            ("2026-01-01T00:00", "2026-12-31T23:59", 2331.0),
        ]);
        facts.check_openings(&[
            ("2026-06-05T18:00", "2026-06-08T09:00"),
            ("2026-06-11T18:30", "2026-06-15T09:00"),
            ("2026-06-10T12:00", "2026-06-10T12:00"),
        ]);
        assert_eq!(facts.working.day_work(), 9 * HOUR);
    }

    #[test]
    fn office_hours_with_a_lunch_break_and_a_short_day() {
        let hours = Hours {
            week: workdays(&["09:00-13:00", "14:00-18:00"]),
            holidays: days(&[date(2026, 5, 1), date(2026, 5, 11), date(2026, 6, 12)]),
            special: vec![(date(2026, 4, 30), spans(&["09:00-13:00", "14:00-17:00"]))],
        };
        let facts = Facts::new("Europe/Moscow", &hours);
        facts.check_sums(&[
            ("2026-04-29T12:30", 10.0, "2026-04-30T15:30"),
            ("2026-04-30T12:59", 4.0, "2026-05-04T09:59"),
            ("2026-05-08T13:30", 4.5, "2026-05-12T09:30"),
            ("2026-05-08T17:45", 8.0, "2026-05-12T17:45"),
            ("2026-06-11T13:00", 16.0, "2026-06-16T13:00"),
        ]);
        facts.check_differences(&[("2026-04-30T12:30", "2026-05-04T14:30", 8.0)]);
        facts.check_openings(&[("2026-06-10T13:10", "2026-06-10T14:00")]);
        assert_eq!(facts.working.day_work(), 8 * HOUR);
    }

    #[test]
    fn night_shifts_over_clock_changes() {
        let week = std::array::from_fn(|_| spans(&["22:00-06:00"]));
        let facts = Facts::new("America/New_York", &Hours { week, ..Hours::office() });
        facts.check_sums(&[
            ("2026-03-07T21:00", 8.0, "2026-03-08T23:00"),
            ("2026-03-07T23:00", 5.0, "2026-03-08T05:00"),
            ("2026-10-31T22:00", 9.0, "2026-11-01T06:00"),
            ("2026-10-31T23:30", 8.0, "2026-11-01T22:30"),
        ]);
        facts.check_differences(&[
            ("2026-03-07T12:00", "2026-03-08T12:00", 7.0),
            ("2026-10-31T12:00", "2026-11-01T12:00", 9.0),
        ]);
        facts.check_openings(&[("2026-03-08T06:00", "2026-03-08T22:00")]);
        assert_eq!(facts.working.day_work(), 8 * HOUR);

        let week = std::array::from_fn(|_| spans(&["22:00-06:00"]));
        let facts = Facts::new("Europe/Berlin", &Hours { week, ..Hours::office() });
        facts.check_differences(&[
            ("2026-03-28T12:00", "2026-03-29T12:00", 7.0),
            ("2026-10-24T12:00", "2026-10-25T12:00", 9.0),
            ("2026-10-25T12:00", "2026-10-26T12:00", 8.0),
        ]);
    }

    fn daily(texts: &[&str]) -> Hours {
        Hours { week: std::array::from_fn(|_| spans(texts)), ..Hours::office() }
    }

    /// In Berlin the clock goes from 02:00 to 03:00 on 29 March 2026.
    #[test]
    fn hours_with_a_skipped_end_close_at_the_clock_change() {
        let facts = Facts::new("Europe/Berlin", &daily(&["00:00-02:30"]));
        facts.check_sums(&[
            ("2026-03-29T01:30", 0.5, "2026-03-29T03:00"),
            ("2026-03-29T01:30", 1.0, "2026-03-30T00:30"),
            ("2026-03-28T01:30", 3.0, "2026-03-29T03:00"),
            ("2026-03-29T03:00", 0.25, "2026-03-30T00:15"),
        ]);
        facts.check_differences(&[
            ("2026-03-28T12:00", "2026-03-29T12:00", 2.0),
            ("2026-03-29T01:45", "2026-03-29T03:30", 0.25),
            ("2026-03-29T03:00", "2026-03-30T00:00", 0.0),
        ]);
        facts.check_openings(&[
            ("2026-03-29T01:59", "2026-03-29T01:59"),
            ("2026-03-29T03:00", "2026-03-30T00:00"),
            ("2026-03-29T03:15", "2026-03-30T00:00"),
        ]);
    }

    #[test]
    fn hours_with_a_skipped_start_open_at_the_clock_change() {
        let facts = Facts::new("Europe/Berlin", &daily(&["02:30-06:00"]));
        facts.check_sums(&[
            ("2026-03-29T01:30", 1.0, "2026-03-29T04:00"),
            ("2026-03-29T00:00", 4.0, "2026-03-30T03:30"),
            ("2026-03-28T05:30", 1.0, "2026-03-29T03:30"),
        ]);
        facts.check_differences(&[
            ("2026-03-29T00:00", "2026-03-29T12:00", 3.0),
            ("2026-03-29T03:00", "2026-03-29T03:30", 0.5),
        ]);
        facts.check_openings(&[
            ("2026-03-29T01:59", "2026-03-29T03:00"),
            ("2026-03-29T03:00", "2026-03-29T03:00"),
            ("2026-03-29T06:00", "2026-03-30T02:30"),
        ]);
    }

    #[test]
    fn skipped_hours_do_not_open() {
        let facts = Facts::new("Europe/Berlin", &daily(&["02:00-02:20", "02:30-03:00"]));
        facts.check_openings(&[
            ("2026-03-28T02:30", "2026-03-28T02:30"),
            ("2026-03-29T00:00", "2026-03-30T02:00"),
        ]);
        facts.check_differences(&[("2026-03-29T00:00", "2026-03-30T00:00", 0.0)]);
        // Around the jump, and with an end inside it: the second window is empty.
        let facts =
            Facts::new("Europe/Berlin", &daily(&["01:00-02:10", "02:20-02:40", "02:50-04:00"]));
        facts.check_differences(&[("2026-03-29T00:00", "2026-03-30T00:00", 2.0)]);
        facts.check_sums(&[("2026-03-29T01:00", 1.5, "2026-03-29T03:30")]);
        // Hours that end before the jump or begin after it keep their length.
        let facts = Facts::new("Europe/Berlin", &daily(&["00:30-02:00", "03:00-04:00"]));
        facts.check_differences(&[
            ("2026-03-29T00:00", "2026-03-29T03:00", 1.5),
            ("2026-03-29T03:00", "2026-03-30T00:00", 1.0),
        ]);
        facts.check_sums(&[("2026-03-29T00:00", 2.5, "2026-03-29T04:00")]);
    }

    /// Samoa left out 30 December 2011; in Cairo the clock goes from 00:00 to 01:00 on 24 April 2026.
    #[test]
    fn a_skipped_day_and_a_skipped_midnight_have_no_hours() {
        let (start, end) = (date(2011, 12, 28).at(0, 0, 0, 0), date(2012, 2, 1).at(0, 0, 0, 0));
        let samoa = TimeZone::get("Pacific/Apia").unwrap();
        let calendar = Calendar::in_zone(start, &samoa, end);
        let special = vec![(date(2011, 12, 30), spans(&["08:00-20:00"]))];
        let hours = Hours { special, ..Hours::office() };
        let working = WorkingTime::new(&hours, &calendar, calendar.instant(end));
        let facts = Facts { calendar, working };
        facts.check_sums(&[("2011-12-29T17:00", 2.0, "2012-01-02T10:00")]);
        facts.check_openings(&[("2011-12-31T00:00", "2012-01-02T09:00")]);

        let facts = Facts::new("Africa/Cairo", &daily(&["22:00-00:30"]));
        facts.check_sums(&[("2026-04-23T22:00", 2.5, "2026-04-24T22:30")]);
        let facts = Facts::new("Africa/Cairo", &daily(&["00:30-02:00"]));
        facts.check_openings(&[("2026-04-23T12:00", "2026-04-24T01:00")]);
        facts.check_differences(&[("2026-04-23T12:00", "2026-04-24T12:00", 1.0)]);
    }

    #[test]
    fn holidays_and_special_days_keep_to_a_clock_that_jumps() {
        let special = |text| vec![(date(2026, 3, 29), spans(&[text]))];
        let hours = Hours { special: special("01:00-02:30"), ..Hours::office() };
        let facts = Facts::new("Europe/Berlin", &hours);
        facts.check_sums(&[("2026-03-28T12:00", 2.0, "2026-03-30T10:00")]);
        let hours = Hours { special: special("02:15-03:30"), ..Hours::office() };
        let facts = Facts::new("Europe/Berlin", &hours);
        facts.check_openings(&[("2026-03-28T12:00", "2026-03-29T03:00")]);
        facts.check_differences(&[("2026-03-29T00:00", "2026-03-30T00:00", 0.5)]);
        // Saturday's shift extends into the jump; that of the holiday does not begin.
        let holidays = days(&[date(2026, 3, 29)]);
        let facts = Facts::new("Europe/Berlin", &Hours { holidays, ..daily(&["22:00-02:30"]) });
        facts.check_sums(&[("2026-03-28T22:00", 5.0, "2026-03-30T23:00")]);
        facts.check_differences(&[("2026-03-28T12:00", "2026-03-30T12:00", 4.0)]);
    }

    /// In Berlin the clock goes back from 03:00 to 02:00 on 25 October 2026.
    #[test]
    fn hours_open_and_close_at_the_first_of_two_equal_times() {
        for (hours, worked) in [
            ("00:00-02:30", 2.5), // closed at the second occurrence
            ("02:30-06:00", 4.5), // open from the first 02:30 on
            ("01:00-03:00", 3.0), // both occurrences
            ("02:00-03:00", 2.0),
            ("02:10-02:50", 2.0 / 3.0),
            ("03:00-04:00", 1.0),
            ("00:30-02:00", 1.5),
        ] {
            let facts = Facts::new("Europe/Berlin", &daily(&[hours]));
            let sunday = [facts.at("2026-10-25T00:00"), facts.at("2026-10-26T00:00")];
            let between = facts.working.between(sunday[0], sunday[1]);
            assert_eq!(between, (worked * HOUR as f64) as i64, "{hours}");
        }
        let facts = Facts::new("Europe/Berlin", &daily(&["00:00-02:30"]));
        facts.check_sums(&[("2026-10-25T01:30", 2.0, "2026-10-26T01:00")]);
        facts.check_openings(&[("2026-10-25T03:00", "2026-10-26T00:00")]);
        let midnight = facts.at("2026-10-25T00:00").0;
        let second_pass = Instant(midnight + 3 * HOUR);
        assert_eq!(facts.local(second_pass), date(2026, 10, 25).at(2, 0, 0, 0));
        assert_eq!(facts.working.next_open(second_pass), facts.at("2026-10-26T00:00"));
        let facts = Facts::new("Europe/Berlin", &daily(&["02:30-06:00"]));
        assert_eq!(facts.working.next_open(Instant(midnight)).0, midnight + 5 * HOUR / 2);
        assert_eq!(facts.working.add(Instant(midnight), HOUR).0, midnight + 7 * HOUR / 2);
        facts.check_sums(&[("2026-10-25T01:30", 4.5, "2026-10-25T06:00")]);
    }

    #[test]
    fn office_hours_keep_to_the_clock_on_the_wall() {
        let facts = Facts::new("Europe/Berlin", &Hours::office());
        facts.check_sums(&[
            ("2026-03-27T17:00", 2.0, "2026-03-30T10:00"),
            ("2026-10-23T17:00", 2.0, "2026-10-26T10:00"),
        ]);
        facts.check_differences(&[("2026-01-01T00:00", "2027-01-01T00:00", 261.0 * 9.0)]);
        let weekend = |from: &str, to: &str| facts.at(to).0 - facts.at(from).0;
        assert_eq!(weekend("2026-03-27T18:00", "2026-03-30T09:00"), 62 * HOUR);
        assert_eq!(weekend("2026-10-23T18:00", "2026-10-26T09:00"), 64 * HOUR);
    }

    #[test]
    fn windows_that_touch_at_midnight_or_overlap_are_one() {
        let touching = Hours { week: workdays(&["20:00-24:00", "00:00-04:00"]), ..Hours::office() };
        let facts = Facts::new("UTC", &touching);
        facts.check_sums(&[
            ("2026-06-08T20:00", 8.0, "2026-06-09T04:00"),
            ("2026-06-05T20:00", 8.0, "2026-06-08T04:00"),
        ]);
        let last = facts.at("2026-06-09T00:00");
        assert_eq!(facts.working.closes(facts.working.work(last)), last);
        assert_eq!(facts.working.opens(facts.working.work(last)), last);

        let overlapping = ["12:00-18:00", "09:00-13:00", "10:00-11:00"];
        let hours = Hours { week: workdays(&overlapping), ..Hours::office() };
        assert_eq!(
            Facts::new("UTC", &hours).working.stretches,
            Facts::new("UTC", &Hours::office()).working.stretches
        );
    }

    #[test]
    fn around_the_clock_work_is_elapsed_time() {
        let facts = Facts::new("Europe/Berlin", &Hours::always());
        assert!(facts.working.is_always());
        let noon = facts.at("2026-06-08T12:00");
        assert_eq!(facts.working.work(noon), noon.0);
        assert_eq!((facts.working.opens(noon.0), facts.working.closes(noon.0)), (noon, noon));
        assert_eq!((facts.working.next_open(noon), facts.working.add(noon, 0)), (noon, noon));
        assert_eq!(facts.working.day_work(), DAY_MICROS);
    }

    #[test]
    fn a_boundary_closes_for_done_work_and_opens_for_new_work() {
        let facts = Facts::new("UTC", &Hours::office());
        let friday = facts.working.work(facts.at("2026-06-05T18:00"));
        assert_eq!(facts.working.closes(friday), facts.at("2026-06-05T18:00"));
        assert_eq!(facts.working.opens(friday), facts.at("2026-06-08T09:00"));
        assert_eq!(facts.working.work(Instant::ZERO), 0);
        assert_eq!(facts.working.work(facts.at("2025-12-30T12:00")), -15 * HOUR);
    }

    #[test]
    fn the_normal_week_repeats_beyond_the_listed_days() {
        // The last listed days are all holidays, but the week that repeats is not.
        let holidays = vec![(date(2027, 6, 1), date(2300, 1, 1))];
        let facts = Facts::new("Europe/Berlin", &Hours { holidays, ..Hours::office() });
        let working = &facts.working;
        for (from, to) in
            [("2040-01-02T00:00", "2041-01-07T00:00"), ("2019-01-07T00:00", "2020-01-13T00:00")]
        {
            let between = working.between(facts.at(from), facts.at(to));
            assert_eq!(between, 53 * 45 * HOUR, "{from}");
        }
        let start = facts.at("2050-06-08T10:00");
        assert_eq!(working.add(start, 450 * HOUR).0 - start.0, 10 * WEEK_MICROS);
        let evening = working.next_open(facts.at("2050-06-10T18:00"));
        assert_eq!(facts.local(evening), date(2050, 6, 13).at(9, 0, 0, 0));
    }

    #[test]
    fn without_a_normal_week_work_may_never_end() {
        let special = vec![(date(2026, 6, 6), spans(&["10:00-12:00"]))];
        let hours = Hours { week: Default::default(), special, ..Hours::office() };
        let facts = Facts::new("UTC", &hours);
        facts.check_sums(&[("2026-01-01T00:00", 2.0, "2026-06-06T12:00")]);
        let working = &facts.working;
        assert_eq!(working.add(Instant::ZERO, 2 * HOUR + 1), Instant::NEVER);
        assert_eq!(working.next_open(facts.at("2026-06-06T12:00")), Instant::NEVER);
        assert_eq!(working.work(Instant::NEVER), 2 * HOUR);
        assert_eq!(working.day_work(), 0);
        let none = Hours { week: Default::default(), ..Hours::office() };
        assert_eq!(Facts::new("UTC", &none).working.next_open(Instant::ZERO), Instant::NEVER);
    }

    #[test]
    fn a_run_without_an_end_is_listed_for_sixty_years() {
        let calendar = Calendar::new(date(2026, 1, 1).at(0, 0, 0, 0));
        let working = WorkingTime::new(&Hours::office(), &calendar, Instant::NEVER);
        let at = Instant(1_000 * 365 * DAY_MICROS);
        assert_eq!(working.work(working.opens(working.work(at))), working.work(at));
        assert_eq!(working.add(Instant::ZERO, i64::MAX), Instant::NEVER);
    }

    /// Days within two months before the clock changes of the zones below.
    const NEAR_CHANGES: [Date; 2] = [date(2026, 3, 6), date(2026, 10, 2)];
    const ZONES: [&str; 5] = [
        "",
        "Europe/Berlin",
        "America/New_York",    // changes on the 8th of March
        "Australia/Lord_Howe", // by half an hour
        "Africa/Cairo",        // at midnight
    ];

    fn any_date() -> impl Strategy<Value = Date> {
        (prop::sample::select(NEAR_CHANGES.to_vec()), 0i64..60)
            .prop_map(|(first, day)| first.saturating_add(jiff::ToSpan::days(day)))
    }

    /// Windows of whole minutes, many of which begin or end in the hours of the clock changes.
    fn any_spans() -> impl Strategy<Value = Vec<Span>> {
        let minute = || prop_oneof![0..1440i64, 0..240i64];
        let span = (minute(), minute()).prop_map(|(from, until)| Span {
            from,
            until: if until > from { until } else { until + 1440 },
        });
        prop::collection::vec(span, 0..3)
    }

    fn any_hours() -> impl Strategy<Value = Hours> {
        let week = prop::array::uniform7(any_spans())
            .prop_filter("some time", |week| week.iter().any(|day| !day.is_empty()));
        let holidays = prop::collection::vec((any_date(), 0i64..9), 0..3);
        let special = prop::collection::vec((any_date(), any_spans()), 0..3);
        (week, holidays, special).prop_map(|(week, holidays, special)| {
            let long =
                |(day, more): (Date, i64)| (day, day.saturating_add(jiff::ToSpan::days(more)));
            let holidays = holidays.into_iter().map(long).collect();
            Hours { week, holidays, special }
        })
    }

    /// Calendars that start shortly before clocks change in spring or in autumn.
    fn any_calendar() -> impl Strategy<Value = Calendar> {
        let start = prop::sample::select(NEAR_CHANGES.to_vec());
        (prop::sample::select(ZONES.to_vec()), start).prop_map(|(zone, start)| {
            let (start, end) = (start.at(5, 17, 0, 0), date(2026, 12, 1).at(0, 0, 0, 0));
            match zone {
                "" => Calendar::new(start),
                _ => Calendar::in_zone(start, &TimeZone::get(zone).unwrap(), end),
            }
        })
    }

    /// Whether a window is open, given the latest local minute so far, without using the instants
    /// of openings and closings.
    fn is_open(hours: &Hours, latest: DateTime) -> bool {
        (0..3).any(|days_ago| {
            let date = latest.date().saturating_sub(jiff::ToSpan::days(days_ago));
            let minute = micros_between(date.at(0, 0, 0, 0), latest) / MINUTE_MICROS;
            hours.on(date).iter().any(|span| (span.from..span.until).contains(&minute))
        })
    }

    #[test]
    fn a_spot_answers_as_its_calendar_does() {
        let office = Facts::new("Europe/Moscow", &Hours::office()).working;
        let mut near = 0;
        for at in (-40..9000_i64).map(|step| Instant(step * HOUR - 1 + step % 3)) {
            let spot = office.spot(at);
            assert_eq!(spot, office.spot_near(at, &mut near));
            assert_eq!(spot.work, office.work(at));
            for more in [0, 1, HOUR, 9 * HOUR - 1, 9 * HOUR, 9 * HOUR + 1, 50 * HOUR] {
                let work = spot.work + more;
                assert_eq!(spot.opens(&office, work), office.opens(work), "{at:?} {more}");
                assert_eq!(spot.closes(&office, work), office.closes(work), "{at:?} {more}");
            }
        }
    }

    proptest! {
        #[test]
        fn instants_and_work_agree_both_ways(
            hours in any_hours(),
            calendar in any_calendar(),
            near in prop::collection::vec(-8 * DAY_MICROS..60 * DAY_MICROS, 20),
            far in prop::collection::vec(-30_000 * DAY_MICROS..30_000 * DAY_MICROS, 20),
        ) {
            let working = WorkingTime::new(&hours, &calendar, Instant(50 * DAY_MICROS));
            prop_assert_eq!(working.work(Instant::ZERO), 0);
            for at in near.into_iter().chain(far).map(Instant) {
                let work = working.work(at);
                let (opens, closes) = (working.opens(work), working.closes(work));
                prop_assert!(closes <= at && closes <= opens);
                prop_assert_eq!((working.work(opens), working.work(closes)), (work, work));
                prop_assert_eq!(working.work(Instant(opens.0 + 1)), work + 1);
                prop_assert_eq!(working.work(Instant(closes.0 - 1)), work - 1);
                let next = working.next_open(at);
                prop_assert!(next >= at && (next == at || next == opens));
                prop_assert_eq!(working.between(at, next), 0);
                let done = working.add(at, HOUR);
                prop_assert_eq!(working.between(at, done), HOUR);
                prop_assert_eq!(working.add(at, 0), at);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn sums_agree_with_a_walk_from_minute_to_minute(
            hours in any_hours(),
            calendar in any_calendar(),
            start in -1440i64..80_000,
            minutes in 1i64..1500,
        ) {
            let working = WorkingTime::new(&hours, &calendar, Instant(50 * DAY_MICROS));
            let start = Instant(start * MINUTE_MICROS);
            let (mut at, mut left) = (start, minutes);
            // Clocks go back by an hour at most.
            let before = |minutes: i64| Instant(start.0 - minutes * MINUTE_MICROS);
            let mut latest = (0..=60).map(|n| calendar.date_time(before(n))).max().unwrap();
            while left > 0 && at.0 < 100 * DAY_MICROS {
                latest = latest.max(calendar.date_time(at));
                left -= i64::from(is_open(&hours, latest));
                at.0 += MINUTE_MICROS;
            }
            let walked = minutes - left;
            prop_assert_eq!(working.between(start, at), walked * MINUTE_MICROS);
            if left == 0 {
                prop_assert_eq!(working.add(start, minutes * MINUTE_MICROS), at);
            }
        }
    }
}
