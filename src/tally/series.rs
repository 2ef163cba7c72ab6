//! Day by day: what came, was won, was lost, left, and was booked.
//!
//! Weeks and months begin at midnights, so both are sums of days.

use jiff::civil::{Date, Weekday};

use crate::program::Program;
use crate::quantity::Instant;

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// Arrivals.
    pub intake: i64,
    /// First sales.
    pub won: i64,
    /// Losses before a sale.
    pub lost: i64,
    /// Other exits from the process: done, or after a sale.
    pub left: i64,
    /// Sales.
    pub sales: i64,
    /// Value booked, in hundredths of the currency.
    pub bookings: i64,
}

/// The days of a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    /// Days from the window's first one on.
    pub days: Vec<Day>,
    /// Deals in progress when the window begins.
    pub open_at_start: i64,
    /// The first of them, as the calendar counts days.
    pub first_day: i64,
}

/// Longer windows than this are cut: 1,000 years.
const MOST_DAYS: usize = 366_000;

impl Series {
    /// The days of a window in which nothing happened yet.
    pub fn new(program: &Program) -> Series {
        let first_day = program.calendar.day(program.window.start);
        let count = if program.window.until_empty() {
            0
        } else {
            program.calendar.day(Instant(program.window.end.0 - 1)) - first_day + 1
        };
        let count = (count.max(0) as usize).min(MOST_DAYS);
        Series { days: vec![Day::default(); count], open_at_start: 0, first_day }
    }

    /// The day of an instant inside the window.
    #[inline(always)]
    pub(super) fn day(&mut self, program: &Program, at: Instant) -> &mut Day {
        let day = (program.calendar.day(at) - self.first_day) as usize;
        if day >= self.days.len() {
            return self.later_day(day);
        }
        &mut self.days[day]
    }

    #[cold]
    fn later_day(&mut self, day: usize) -> &mut Day {
        let last = day.min(MOST_DAYS - 1);
        if last >= self.days.len() {
            self.days.resize(last + 1, Day::default());
        }
        &mut self.days[last]
    }

    pub(super) fn closed(mut self, program: &Program, end: Instant) -> Series {
        if program.window.until_empty() {
            let days = program.calendar.day(end) - self.first_day + 1;
            self.days.resize((days.max(0) as usize).min(MOST_DAYS), Day::default());
        }
        self
    }
}

/// How days are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

impl Period {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Period::Week => "week",
            Period::Month => "month",
        }
    }
}

/// A period of a window: some of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodDays {
    /// The date of its first day in the window.
    pub date: Date,
    first: usize,
    end: usize,
    /// Whether all of its days lie in the window.
    pub full: bool,
}

impl PeriodDays {
    /// Its days.
    pub fn days(&self) -> std::ops::Range<usize> {
        self.first..self.end
    }
}

impl Series {
    /// The weeks or months of the window, in order.
    pub fn periods(&self, program: &Program, period: Period) -> Vec<PeriodDays> {
        let date = |day: usize| program.calendar.date(self.first_day + day as i64);
        let begins = |day: usize| match period {
            Period::Week => date(day).weekday() == Weekday::Monday,
            Period::Month => date(day).day() == 1,
        };
        let window = program.window;
        let starts_at_midnight = program.calendar.day_start(self.first_day) == window.start;
        let mut periods: Vec<PeriodDays> = Vec::new();
        for day in 0..self.days.len() {
            if day == 0 || begins(day) {
                let full = begins(day) && (day > 0 || starts_at_midnight);
                periods.push(PeriodDays { date: date(day), first: day, end: day, full });
            }
            if let Some(last) = periods.last_mut() {
                last.end = day + 1;
            }
        }
        let days = self.days.len();
        let ends_at_midnight =
            program.calendar.day_start(self.first_day + days as i64) == window.end;
        if let Some(last) = periods.last_mut() {
            last.full &= ends_at_midnight && begins(days);
        }
        periods
    }
}
