//! What the books of a replication say: totals by class, and figures by week and month.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::series::Period;
use crate::engine::Posting;
use crate::stats::Moments;

/// The books of a replication.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Books {
    /// Totals of the window, one per class.
    pub cells: Vec<BookCells>,
    /// Money by week, in the order of [`super::series::periods`].
    pub weeks: Vec<MoneyFlow>,
    /// Money by month.
    pub months: Vec<MoneyFlow>,
    /// By item: what was called for by week, in hundredths of its unit.
    pub weekly_demand: Vec<Vec<i64>>,
    /// By item: what was called for by month.
    pub monthly_demand: Vec<Vec<i64>>,
    /// Days from the start of the window to the end of the first day from which the cumulative profit stays positive.
    pub break_even: Option<u32>,
}

/// What the deals of a class add up to in the books. Money is in hundredths, time in microseconds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BookCells {
    /// What was posted in the window, by [`Posting`].
    posted: [i128; Posting::ALL.len()],
    /// What clients owe.
    pub owed: Level,
    /// What they owe past its due date.
    pub overdue: Level,
    /// Orders that a credit limit held or refused in the window.
    pub blocked: u64,
    /// By item: what was called for in the window, in hundredths of its unit.
    pub demand: Vec<i128>,
    /// Arrival to last payment, of sales that were paid in full in the window.
    pub to_cash: Moments,
    /// Sale to last payment, of these.
    pub sale_to_cash: Moments,
    /// Discounted margin less cost, of won deals that left in the window.
    pub lifetime: Moments,
}

/// An amount that changes with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Level {
    /// At the start of the window.
    pub at_start: i128,
    /// At its end.
    pub at_end: i128,
    /// Its integral over the window.
    pub area: i128,
}

impl Level {
    /// A change before the end of the window; the window begins and ends so many microseconds after it.
    pub(super) fn change(&mut self, amount: i64, to_start: i64, to_end: i64) {
        let amount = i128::from(amount);
        self.at_end += amount;
        if to_start > 0 {
            self.at_start += amount;
        }
        self.area += amount * i128::from(to_end - to_start.max(0));
    }

    fn merge(&mut self, other: &Level) {
        self.at_start += other.at_start;
        self.at_end += other.at_end;
        self.area += other.area;
    }
}

impl Books {
    /// Money by week or by month.
    pub fn money(&self, period: Period) -> &[MoneyFlow] {
        match period {
            Period::Week => &self.weeks,
            Period::Month => &self.months,
        }
    }

    /// What was called for by week or by month, item by item.
    pub fn demand(&self, period: Period) -> &[Vec<i64>] {
        match period {
            Period::Week => &self.weekly_demand,
            Period::Month => &self.monthly_demand,
        }
    }
}

impl BookCells {
    /// The cells of a class without sales.
    pub fn new(items: usize) -> BookCells {
        BookCells { demand: vec![0; items], ..BookCells::default() }
    }

    /// What was posted in the window.
    pub fn posted(&self, posting: Posting) -> i128 {
        self.posted[posting as usize]
    }

    pub(super) fn post(&mut self, posting: Posting, amount: i64) {
        self.posted[posting as usize] += i128::from(amount);
        self.blocked += u64::from(posting == Posting::Blocked);
    }

    /// Receipts less refunds.
    pub fn cash_in(&self) -> i128 {
        self.posted(Posting::Received) - self.posted(Posting::Refunded)
    }

    /// Adds the cells of another class of the same replication.
    pub fn merge(&mut self, other: &BookCells) {
        self.posted.iter_mut().zip(&other.posted).for_each(|(mine, others)| *mine += others);
        self.blocked += other.blocked;
        self.owed.merge(&other.owed);
        self.overdue.merge(&other.overdue);
        self.demand.iter_mut().zip(&other.demand).for_each(|(mine, others)| *mine += others);
        self.to_cash += &other.to_cash;
        self.sale_to_cash += &other.sale_to_cash;
        self.lifetime += &other.lifetime;
    }
}

/// Money that moved in a span of time, in hundredths of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MoneyFlow {
    /// Marketing cost of arrivals.
    pub marketing: i64,
    /// Cost of stages and steps.
    pub stages: i64,
    /// Cost of work by the hour, on the day on which it started.
    pub work: i64,
    posted: [i64; Posting::ALL.len()],
}

impl MoneyFlow {
    /// What was posted.
    pub fn posted(&self, posting: Posting) -> i64 {
        self.posted[posting as usize]
    }

    pub(super) fn post(&mut self, posting: Posting, amount: i64) {
        self.posted[posting as usize] += amount;
    }

    /// Receipts less refunds.
    pub fn cash_in(&self) -> i64 {
        self.posted(Posting::Received) - self.posted(Posting::Refunded)
    }

    /// Costs that deals cause, commission included.
    pub fn cost(&self) -> i64 {
        self.marketing + self.stages + self.work + self.posted(Posting::Commission)
    }

    /// Margin less costs that deals cause.
    pub fn contribution(&self) -> i64 {
        self.posted(Posting::Margin) - self.cost()
    }
}

impl AddAssign<&MoneyFlow> for MoneyFlow {
    fn add_assign(&mut self, other: &MoneyFlow) {
        self.marketing += other.marketing;
        self.stages += other.stages;
        self.work += other.work;
        self.posted.iter_mut().zip(&other.posted).for_each(|(mine, others)| *mine += others);
    }
}
