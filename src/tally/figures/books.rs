//! What the books say: margin, commission, payments, profit, what sales call for.

use super::every::Every;
use super::sheet::{Sheet, units};
use crate::engine::Posting;
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::program::{Item, Program, Terms};
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::stats::order_statistic;
use crate::tally::series::{Period, periods};
use crate::tally::{BookCells, Books, Cells, MoneyFlow, Outcome};

/// The chance with which a lot is enough.
const LOT_CHANCE: f64 = 0.9;

/// The books of each replication, where all kept some.
fn kept(outcomes: &[Outcome]) -> Option<Vec<&Books>> {
    outcomes.iter().map(|outcome| outcome.books.as_ref()).collect()
}

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let Some(books) = kept(sheet.outcomes) else { return };
    let program = sheet.program;
    if let Some(terms) = &program.terms {
        let sales = sheet.cells.iter().map(Cells::sales).sum();
        if terms.has_margin {
            posted(sheet, Kpi::Margin, sales, |cells| cells.posted(Posting::Margin));
        }
        if terms.pays_commission() {
            posted(sheet, Kpi::Commission, sales, |cells| cells.posted(Posting::Commission));
        }
        if !program.cancellations.is_empty() {
            cancelled(sheet);
        }
        if terms.given {
            payments(sheet, sales);
        }
        if terms.limits_credit {
            let n = sheet.books.iter().map(|cells| cells.blocked).sum();
            posted(sheet, Kpi::Blocked, n, |cells| cells.posted(Posting::Blocked));
            sheet.book_total(Key::new(Kpi::Blocked, Stat::Count), n, |cells| cells.blocked as f64);
        }
        if terms.has_margin {
            let key = Key::new(Kpi::LifetimeValue, Stat::Mean);
            sheet.book_moments(&key, |cells| cells.lifetime);
        }
        demand(sheet, &terms.items);
    }
    if sheet.whole {
        by_period(sheet, &books);
        profit(sheet, &books);
    }
}

/// An amount posted in the window.
fn posted(sheet: &mut Sheet<'_>, kpi: Kpi, n: u64, of: impl Fn(&BookCells) -> i128) {
    sheet.book_total(Key::new(kpi, Stat::Total), n, |cells| units(of(cells)));
}

/// Sales that were taken back.
fn cancelled(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    let first = program.cancelled_ends().start;
    let count = |cells: &Cells| -> u64 { cells.ends[first..].iter().map(|e| e.time.n).sum() };
    let n = sheet.cells.iter().map(count).sum();
    posted(sheet, Kpi::Cancelled, n, |cells| cells.posted(Posting::Cancelled));
    sheet.count(Key::new(Kpi::Cancelled, Stat::Count), count);
    for (at, reason) in program.cancellations.iter().enumerate() {
        let key = Key::new(Kpi::Cancelled, Stat::Count).of(Scope::Reason, reason.label());
        sheet.count(key, |cells| cells.ends[first + at].time.n);
    }
}

fn payments(sheet: &mut Sheet<'_>, sales: u64) {
    sheet.book_total(Key::new(Kpi::CashIn, Stat::Total), sales, |cells| units(cells.cash_in()));
    let micros: Vec<f64> = sheet.outcomes.iter().map(|o| o.length.0 as f64).collect();
    let level = |at: usize, area: i128| {
        if micros[at] > 0.0 { units(area) / micros[at] } else { 0.0 }
    };
    let values: Vec<f64> =
        sheet.books.iter().enumerate().map(|(at, cells)| level(at, cells.owed.area)).collect();
    sheet.level(Key::new(Kpi::Receivables, Stat::Mean), sales, values);
    sheet.book_total(Key::new(Kpi::Receivables, Stat::AtEnd), sales, |cells| {
        units(cells.owed.at_end)
    });
    let pairs = |of: fn(&BookCells) -> i128| -> Vec<(f64, f64)> {
        let pair = |cells: &BookCells| (units(of(cells)), units(cells.owed.area));
        sheet.books.iter().map(pair).collect()
    };
    let overdue = pairs(|cells| cells.overdue.area);
    sheet.shares(Key::new(Kpi::Overdue, Stat::Share), sales, overdue);
    posted(sheet, Kpi::Unpaid, sales, |cells| cells.posted(Posting::Unpaid));
    let outstanding = sheet.books.iter().zip(&sheet.cells).map(|(books, cells)| {
        (units(books.owed.area) / DAY_MICROS as f64, units(cells.bookings()))
    });
    let outstanding = outstanding.collect();
    sheet.pairs(Key::new(Kpi::Dso, Stat::Mean), sales, outstanding);
    let to_cash = Key::new(Kpi::TimeToCash, Stat::Mean);
    sheet.book_moments(&to_cash, |cells| cells.to_cash);
    let from_sale = to_cash.span(crate::kpi::Span::FromSale);
    sheet.book_moments(&from_sale, |cells| cells.sale_to_cash);
}

/// What sales call for, by item.
fn demand(sheet: &mut Sheet<'_>, items: &[Item]) {
    let sales = sheet.cells.iter().map(Cells::sales).sum();
    let program = sheet.program;
    for (at, item) in items.iter().enumerate() {
        let key = |stat| Key::new(Kpi::Demand, stat).of(Scope::Item, &item.name);
        sheet.book_total(key(Stat::Total), sales, |cells| units(cells.demand[at]));
        let Some(books) = kept(sheet.outcomes).filter(|_| sheet.whole) else { continue };
        let longest = sheet.longest();
        for every in sheet.every() {
            let values = demand_of(program, every, longest, sheet.outcomes, at);
            sheet.periods(&key(Stat::Mean).per(every.per()), &values, sales);
        }
        if let Some(every) = Every::of_months(item.lot_months) {
            let values = demand_of(program, every, longest, sheet.outcomes, at);
            let mut all = values.concat();
            all.sort_by(f64::total_cmp);
            sheet.point(key(Stat::Lot), sales, order_statistic(&all, LOT_CHANCE));
        }
        if let Some(capacity) = &item.capacity {
            let start = program.window.start;
            let there = sheet.outcomes.iter();
            let there: Vec<f64> =
                there.map(|o| capacity.over(&program.calendar, start, o.end)).collect();
            let loads = sheet.books.iter().zip(there).map(|(books, there)| {
                if there > 0.0 { units(books.demand[at]) / there } else { 0.0 }
            });
            let loads = loads.collect();
            sheet.level(key(Stat::Load), sales, loads);
            let pairs = above(program, capacity, &books, at);
            sheet.shares(key(Stat::AboveCapacity), sales, pairs);
        }
    }
}

/// What is called for of an item in each full period of each replication.
fn demand_of(
    program: &Program,
    every: Every,
    longest: usize,
    outcomes: &[Outcome],
    item: usize,
) -> Vec<Vec<f64>> {
    every.values(program, longest, outcomes, |outcome, period| {
        let books = outcome.books.as_ref();
        let all = books.map(|books| &books.demand(period)[item]);
        all.into_iter().flatten().map(|amount| *amount as f64 / MINOR_UNITS).collect()
    })
}

/// Full weeks in which an item is short, and full weeks, by replication.
fn above(
    program: &Program,
    capacity: &crate::program::Target,
    books: &[&Books],
    item: usize,
) -> Vec<(f64, f64)> {
    let of = |books: &&Books| {
        let weeks = &books.weekly_demand[item];
        let days = crate::tally::series::days_of(program).max(7 * weeks.len());
        let parts = periods(program, days, Period::Week);
        let full = parts.iter().zip(weeks).filter(|(part, _)| part.full);
        let first_day = crate::tally::series::first_day(program);
        let day = |day: usize| program.calendar.day_start(first_day + day as i64);
        let mut pair = (0.0, 0.0);
        for (part, amount) in full {
            let days = part.days();
            let there = capacity.over(&program.calendar, day(days.start), day(days.end));
            let is_short = Item::is_short(*amount as f64 / MINOR_UNITS, there);
            pair.0 += f64::from(u8::from(is_short));
            pair.1 += 1.0;
        }
        pair
    };
    books.iter().map(of).collect()
}

/// A number of a week or a month, of its money and its costs that no deal causes, in the currency.
type OfPeriod = fn(&MoneyFlow, f64) -> f64;

/// Money in each full calendar period, of all deals.
fn by_period(sheet: &mut Sheet<'_>, books: &[&Books]) {
    let program = sheet.program;
    let sales = sheet.cells.iter().map(Cells::sales).sum();
    let arrivals = sheet.cells.iter().map(|cells| cells.arrivals).sum();
    let of_terms = program.terms.as_ref().filter(|terms| terms.given);
    let has_margin = program.has_margin();
    let commission = of_terms.is_some_and(Terms::pays_commission);
    let all: [(Kpi, u64, bool, OfPeriod); 6] = [
        (Kpi::Margin, sales, has_margin, |flow, _| units(flow.posted(Posting::Margin).into())),
        (Kpi::Commission, sales, commission, |flow, _| {
            units(flow.posted(Posting::Commission).into())
        }),
        (Kpi::CashIn, sales, of_terms.is_some(), |flow, _| units(flow.cash_in().into())),
        (Kpi::Unpaid, sales, of_terms.is_some(), |flow, _| {
            units(flow.posted(Posting::Unpaid).into())
        }),
        (Kpi::Cost, arrivals, program.has_cost, |flow, standing| {
            units(flow.cost().into()) + standing
        }),
        (Kpi::Profit, sales, has_margin, |flow, standing| {
            units(flow.contribution().into()) - standing
        }),
    ];
    debug_assert_eq!(books.len(), sheet.outcomes.len());
    let longest = sheet.longest();
    for every in sheet.every() {
        for (kpi, n, is_known, of) in all {
            if is_known {
                let values = money_of(program, every, longest, sheet.outcomes, of);
                sheet.periods(&Key::new(kpi, Stat::Mean).per(every.per()), &values, n);
            }
        }
    }
}

/// A number of money for each full period of each replication.
fn money_of(
    program: &Program,
    every: Every,
    longest: usize,
    outcomes: &[Outcome],
    of: OfPeriod,
) -> Vec<Vec<f64>> {
    let [weeks, months] =
        [Period::Week, Period::Month].map(|period| standing(program, longest, period));
    every.values(program, longest, outcomes, |outcome, period| {
        let standing = if period == Period::Week { &weeks } else { &months };
        let flows = outcome.books.as_ref().map(|books| books.money(period));
        flows.into_iter().flatten().zip(standing).map(|(flow, cost)| of(flow, *cost)).collect()
    })
}

/// What each week or month of a window of so many days costs besides its deals, in the currency.
pub fn standing(program: &Program, days: usize, period: Period) -> Vec<f64> {
    let first_day = crate::tally::series::first_day(program);
    let window = program.window;
    let day = |day: usize| program.calendar.day_start(first_day + day as i64);
    let parts = periods(program, days, period);
    let cost = |part: &crate::tally::series::PeriodDays| {
        let days = part.days();
        program.standing_cost(day(days.start).max(window.start), day(days.end).min(window.end))
    };
    parts.iter().map(cost).collect()
}

/// Margin less all cost, and when it turns positive for good.
fn profit(sheet: &mut Sheet<'_>, books: &[&Books]) {
    let program = sheet.program;
    if !program.has_margin() {
        return;
    }
    let sales = sheet.cells.iter().map(Cells::sales).sum();
    let margin = sheet.books.iter().map(|cells| cells.posted(Posting::Margin));
    let profit = margin.zip(&sheet.cells).map(|(margin, cells)| units(margin - cells.cost()));
    let profit = profit.collect();
    sheet.level(Key::new(Kpi::Profit, Stat::Total), sales, profit);
    let reached =
        |books: &&Books| books.break_even.map_or((0.0, 0.0), |days| (f64::from(days), 1.0));
    let pairs: Vec<(f64, f64)> = books.iter().map(reached).collect();
    let windows = pairs.iter().filter(|(_, reached)| *reached > 0.0).count() as u64;
    let shares = pairs.iter().map(|(_, reached)| (*reached, 1.0)).collect();
    sheet.pairs(Key::new(Kpi::BreakEven, Stat::Mean), windows, pairs);
    sheet.shares(Key::new(Kpi::BreakEven, Stat::Share), books.len() as u64, shares);
}
