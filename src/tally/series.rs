//! Day by day: what came, was won, was lost, left, and was booked.
//!
//! Weeks and months begin at midnights, so both are sums of days. Only they are kept of a replication, so
//! that many replications of a long window fit into memory.

use std::ops::AddAssign;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::learning::{Learning, Learnt};
use crate::program::Program;
use crate::quantity::Instant;

/// What happened in a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Flow {
    /// Leads that arrived.
    pub intake: i64,
    /// Clients from before who came.
    pub clients: i64,
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

impl Flow {
    /// How many more deals are in progress at its end than at its start.
    pub fn growth(&self) -> i64 {
        self.intake + self.clients - self.lost - self.left
    }
}

impl AddAssign<&Flow> for Flow {
    fn add_assign(&mut self, other: &Flow) {
        self.intake += other.intake;
        self.clients += other.clients;
        self.won += other.won;
        self.lost += other.lost;
        self.left += other.left;
        self.sales += other.sales;
        self.bookings += other.bookings;
    }
}

/// What is kept of the days of a replication.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Series {
    /// Days of its window, the first and the last perhaps in part.
    pub days: usize,
    /// Deals in progress when the window begins.
    pub open_at_start: i64,
    /// By week, in the order of [`periods`].
    pub weeks: Vec<Flow>,
    /// By month.
    pub months: Vec<Flow>,
    /// How the process is learnt, by week and by month; empty without a roll-out.
    pub learnt: [Vec<Learnt>; 2],
}

impl Series {
    /// How the process is learnt, by week or by month; empty without a roll-out.
    pub fn learnt_by(&self, period: Period) -> &[Learnt] {
        &self.learnt[period as usize]
    }

    /// By week or by month.
    pub fn by(&self, period: Period) -> &[Flow] {
        match period {
            Period::Week => &self.weeks,
            Period::Month => &self.months,
        }
    }
}

/// Longer windows than this are cut: 1,000 years.
pub(super) const MOST_DAYS: usize = 366_000;

/// The days of a replication while it runs, and what is gathered of those that ended.
#[derive(Debug)]
pub(super) struct Days {
    of_day: Vec<Flow>,
    /// Deals in progress when the window begins.
    pub(super) open_at_start: i64,
    first_day: i64,
    /// The periods of the longest window so far.
    weeks: Vec<PeriodDays>,
    months: Vec<PeriodDays>,
    /// Deals in progress at the end of each day, of all replications together.
    open: Vec<i64>,
    /// How a prescribed process is learnt.
    pub(super) learning: Learning,
}

impl Days {
    /// The days of a window in which nothing happened yet.
    pub(super) fn new(program: &Program, classes: usize) -> Days {
        let count = days_of(program);
        Days {
            of_day: vec![Flow::default(); count],
            open_at_start: 0,
            first_day: first_day(program),
            weeks: periods(program, count, Period::Week),
            months: periods(program, count, Period::Month),
            open: Vec::new(),
            learning: Learning::new(program, classes),
        }
    }

    /// The day of an instant inside the window.
    #[inline(always)]
    pub(super) fn at(&mut self, program: &Program, at: Instant) -> &mut Flow {
        let day = (program.calendar.day(at) - self.first_day) as usize;
        if day >= self.of_day.len() {
            return self.later(day);
        }
        &mut self.of_day[day]
    }

    #[cold]
    fn later(&mut self, day: usize) -> &mut Flow {
        let last = day.min(MOST_DAYS - 1);
        if last >= self.of_day.len() {
            self.of_day.resize(last + 1, Flow::default());
        }
        &mut self.of_day[last]
    }

    /// Ends a replication at this time: what is kept of it. The next one may begin.
    pub(super) fn close(&mut self, program: &Program, end: Instant) -> Series {
        if program.window.until_empty() {
            let days = program.calendar.day(end) - self.first_day + 1;
            self.of_day.resize((days.max(0) as usize).min(MOST_DAYS), Flow::default());
        }
        let days = self.of_day.len();
        if days > self.weeks.last().map_or(0, |week| week.end) {
            self.weeks = periods(program, days, Period::Week);
            self.months = periods(program, days, Period::Month);
        }
        let gather = |periods: &[PeriodDays]| -> Vec<Flow> {
            let known = periods.iter().take_while(|period| period.first < days);
            let sum = |period: &PeriodDays| {
                let mut sum = Flow::default();
                self.of_day[period.first..period.end.min(days)].iter().for_each(|day| sum += day);
                sum
            };
            known.map(sum).collect()
        };
        let (weeks, months) = (gather(&self.weeks), gather(&self.months));
        let learnt = [
            self.learning.by(&self.weeks, weeks.len()),
            self.learning.by(&self.months, months.len()),
        ];
        self.learning.clear();
        self.open.resize(days.max(self.open.len()), 0);
        let mut open = self.open_at_start;
        for (sum, day) in self.open.iter_mut().zip(&self.of_day) {
            open += day.growth();
            *sum += open;
        }
        self.of_day.clear();
        self.of_day.resize(days_of(program), Flow::default());
        let open_at_start = std::mem::take(&mut self.open_at_start);
        Series { days, open_at_start, weeks, months, learnt }
    }

    /// Deals in progress at the end of each day, of all replications together.
    pub(super) fn into_open(self) -> Vec<i64> {
        self.open
    }
}

/// The first day of a window, as the calendar counts days.
pub fn first_day(program: &Program) -> i64 {
    program.calendar.day(program.window.start)
}

/// How many days a window has; 0 where it ends by itself.
pub fn days_of(program: &Program) -> usize {
    if program.window.until_empty() {
        return 0;
    }
    let last = program.calendar.day(Instant(program.window.end.0 - 1));
    ((last - first_day(program) + 1).max(0) as usize).min(MOST_DAYS)
}

/// The weeks and months of a window that is as long as the longest of a run.
#[derive(Debug)]
pub struct Window {
    weeks: Vec<PeriodDays>,
    months: Vec<PeriodDays>,
}

impl Window {
    /// The window of a program with so many days.
    pub fn new(program: &Program, days: usize) -> Window {
        let [weeks, months] = [Period::Week, Period::Month]
            .map(|period| periods(program, days.min(MOST_DAYS), period));
        Window { weeks, months }
    }

    /// Whether a series has all weeks and months of its days, and no others.
    pub fn fits(&self, series: &Series) -> bool {
        let known = |periods: &[PeriodDays]| {
            periods.iter().take_while(|period| period.first < series.days).count()
        };
        let of_learnt = [&series.weeks, &series.months].into_iter().zip(&series.learnt);
        (series.weeks.len(), series.months.len()) == (known(&self.weeks), known(&self.months))
            && of_learnt.into_iter().all(|(of, learnt)| [0, of.len()].contains(&learnt.len()))
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

/// The weeks or months of so many days from the start of the window on, in order.
pub fn periods(program: &Program, days: usize, period: Period) -> Vec<PeriodDays> {
    let first_day = first_day(program);
    let date = |day: usize| program.calendar.date(first_day + day as i64);
    let begins = |day: usize| match period {
        Period::Week => date(day).weekday() == Weekday::Monday,
        Period::Month => date(day).day() == 1,
    };
    let window = program.window;
    let starts_at_midnight = program.calendar.day_start(first_day) == window.start;
    let mut periods: Vec<PeriodDays> = Vec::new();
    for day in 0..days {
        if day == 0 || begins(day) {
            let full = begins(day) && (day > 0 || starts_at_midnight);
            periods.push(PeriodDays { date: date(day), first: day, end: day, full });
        }
        if let Some(last) = periods.last_mut() {
            last.end = day + 1;
        }
    }
    let ends_at_midnight = program.calendar.day_start(first_day + days as i64) == window.end;
    if let Some(last) = periods.last_mut() {
        last.full &= ends_at_midnight && begins(days);
    }
    periods
}
