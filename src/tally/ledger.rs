//! Keeps the books of replications: an observer beside the tally, for models and outputs that need them.

use super::books::{BookCells, Books, MoneyFlow};
use super::class::Classes;
use super::series::{Period, PeriodDays, days_of, first_day, periods};
use crate::engine::{Deal, Observer, Posting, Stop, Task, Token, Visit, Visited};
use crate::program::Program;
use crate::quantity::{Instant, MINOR_UNITS, Money};

/// The observer of a worker, which keeps the books of one replication after another.
#[derive(Debug)]
pub struct Ledger<'p> {
    program: &'p Program,
    classes: &'p Classes,
    cells: Vec<BookCells>,
    days: Vec<MoneyFlow>,
    /// By item and day.
    demand: Vec<Vec<i64>>,
    first_day: i64,
    /// Where the end of the window is not known, what was written for a date: it may lie beyond.
    ahead: Vec<(usize, Instant, Written)>,
    /// Costs of each day that no deal causes, as far as computed, in the currency.
    standing: Vec<f64>,
}

/// What is written in the books for a date.
#[derive(Debug, Clone, Copy)]
enum Written {
    Posting(Posting, i64),
    Demand(usize, i64),
    /// A sale paid in full: arrival to payment, sale to payment.
    Settled(i64, i64),
}

impl<'p> Ledger<'p> {
    /// Books in which nothing is written.
    pub fn new(program: &'p Program, classes: &'p Classes) -> Ledger<'p> {
        let items = program.items().len();
        Ledger {
            program,
            classes,
            cells: vec![BookCells::new(items); classes.count()],
            days: Vec::new(),
            demand: vec![Vec::new(); items],
            first_day: first_day(program),
            ahead: Vec::new(),
            standing: Vec::new(),
        }
    }

    /// The number of the day of an instant in the window.
    fn day_number(&self, at: Instant) -> usize {
        (self.program.calendar.day(at) - self.first_day).max(0) as usize
    }

    /// The day of an instant in the window.
    fn day(&mut self, at: Instant) -> &mut MoneyFlow {
        let day = self.day_number(at);
        if day >= self.days.len() {
            self.days.resize(day + 1, MoneyFlow::default());
        }
        &mut self.days[day]
    }

    /// Writes something for a date.
    fn write(&mut self, class: usize, at: Instant, written: Written) {
        let window = self.program.window;
        if window.until_empty() {
            self.ahead.push((class, at, written));
        } else if at < window.end {
            self.enter(class, at, written, window.end);
        }
    }

    /// Enters what happens before the window ends.
    fn enter(&mut self, class: usize, at: Instant, written: Written, end: Instant) {
        let start = self.program.window.start;
        let inside = at >= start;
        match written {
            Written::Posting(posting, amount) => {
                let cells = &mut self.cells[class];
                let (to_start, to_end) = ((start - at).0, (end - at).0);
                match posting {
                    Posting::Owed => cells.owed.change(amount, to_start, to_end),
                    Posting::Overdue => cells.overdue.change(amount, to_start, to_end),
                    _ => {}
                }
                if inside {
                    cells.post(posting, amount);
                    self.day(at).post(posting, amount);
                }
            }
            Written::Demand(item, amount) if inside => {
                self.cells[class].demand[item] += i128::from(amount);
                let day = self.day_number(at);
                let days = &mut self.demand[item];
                days.resize(days.len().max(day + 1), 0);
                days[day] += amount;
            }
            Written::Settled(from_arrival, from_sale) if inside => {
                self.cells[class].to_cash.add(from_arrival, &[]);
                self.cells[class].sale_to_cash.add(from_sale, &[]);
            }
            Written::Demand(..) | Written::Settled(..) => {}
        }
    }

    /// Closes the books of a replication; those of the next may be opened.
    pub fn close(&mut self, stop: Stop) -> Books {
        let window = self.program.window;
        let end = match stop {
            Stop::Empty(last) => last.max(window.start),
            _ => window.end,
        };
        for (class, at, written) in std::mem::take(&mut self.ahead) {
            // The last exit belongs to a window that ends with it.
            if at <= end {
                self.enter(class, at, written, end);
            }
        }
        let calendar = &self.program.calendar;
        let count = match stop {
            Stop::Empty(_) => (calendar.day(end) - self.first_day + 1).max(0) as usize,
            _ => days_of(self.program),
        };
        self.days.resize(count, MoneyFlow::default());
        self.demand.iter_mut().for_each(|days| days.resize(count, 0));
        let (weeks, monthly) =
            (self.ranges(count, Period::Week), self.ranges(count, Period::Month));
        let break_even = self.break_even(end);
        let items = self.demand.len();
        let books = Books {
            weeks: self.money(&weeks),
            months: self.money(&monthly),
            weekly_demand: self.demand.iter().map(|days| sums(days, &weeks)).collect(),
            monthly_demand: self.demand.iter().map(|days| sums(days, &monthly)).collect(),
            break_even,
            cells: std::mem::replace(
                &mut self.cells,
                vec![BookCells::new(items); self.classes.count()],
            ),
        };
        self.days.clear();
        self.demand.iter_mut().for_each(Vec::clear);
        books
    }

    fn ranges(&self, days: usize, period: Period) -> Vec<std::ops::Range<usize>> {
        periods(self.program, days, period).iter().map(PeriodDays::days).collect()
    }

    fn money(&self, ranges: &[std::ops::Range<usize>]) -> Vec<MoneyFlow> {
        let sum = |range: &std::ops::Range<usize>| {
            let mut sum = MoneyFlow::default();
            self.days[range.clone()].iter().for_each(|day| sum += day);
            sum
        };
        ranges.iter().map(sum).collect()
    }

    /// Days to the end of the first day from which the cumulative profit stays positive.
    fn break_even(&mut self, end: Instant) -> Option<u32> {
        let terms = self.program.terms.as_ref().filter(|terms| terms.has_margin)?;
        debug_assert!(terms.given);
        let mut total = 0.0;
        let mut since = None;
        for day in 0..self.days.len() {
            total += self.days[day].contribution() as f64 / MINOR_UNITS - self.standing(day, end);
            since = if total > 0.0 { since.or(Some(day as u32 + 1)) } else { None };
        }
        since
    }

    /// What a day costs besides its deals, in the currency.
    fn standing(&mut self, day: usize, end: Instant) -> f64 {
        let program = self.program;
        while self.standing.len() <= day {
            let first = self.first_day + self.standing.len() as i64;
            let from = program.calendar.day_start(first).max(program.window.start);
            let until = program.calendar.day_start(first + 1);
            let until = if program.window.until_empty() { until } else { until.min(end) };
            self.standing.push(program.standing_cost(from, until));
        }
        self.standing[day]
    }
}

fn sums(days: &[i64], ranges: &[std::ops::Range<usize>]) -> Vec<i64> {
    ranges.iter().map(|range| days[range.clone()].iter().sum()).collect()
}

impl Ledger<'_> {
    /// What entering a stage cost.
    fn visit(&mut self, visit: &Visit) {
        if visit.entered >= self.program.window.start && visit.cost != Money::ZERO {
            self.day(visit.entered).stages += visit.cost.0;
        }
    }
}

impl Observer for Ledger<'_> {
    fn arrives(&mut self, deal: &Deal, cost: Money) {
        if deal.arrived >= self.program.window.start && cost != Money::ZERO {
            self.day(deal.arrived).marketing += cost.0;
        }
    }

    fn spends(&mut self, _: &Deal, token: &Token, amount: Money, _: bool) {
        if token.now >= self.program.window.start {
            self.day(token.now).stages += amount.0;
        }
    }

    fn works(&mut self, _: &Deal, task: &Task) {
        if task.cost != Money::ZERO {
            let start = task.started.max(self.program.window.start);
            self.day(start).work += task.cost.0;
        }
    }

    fn leaves(&mut self, _: &Deal, visit: &Visit) {
        self.visit(visit);
    }

    fn stays(&mut self, _: &Deal, visit: &Visit, _: &Visited<'_>) {
        self.visit(visit);
    }

    fn posts(&mut self, deal: &Deal, at: Instant, posting: Posting, amount: Money) {
        self.write(self.classes.of(deal), at, Written::Posting(posting, amount.0));
    }

    fn calls_for(&mut self, deal: &Deal, at: Instant, item: usize, amount: i64) {
        self.write(self.classes.of(deal), at, Written::Demand(item, amount));
    }

    fn settles(&mut self, deal: &Deal, sold: Instant, paid: Instant) {
        let times = Written::Settled((paid - deal.arrived).0, (paid - sold).0);
        self.write(self.classes.of(deal), paid, times);
    }

    fn matures(&mut self, deal: &Deal, lifetime: Money) {
        self.cells[self.classes.of(deal)].lifetime.add(lifetime.0, &[]);
    }
}
