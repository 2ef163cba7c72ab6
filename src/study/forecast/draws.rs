//! Draws of what comes after a cut-off: a correction from past forecasts, or else parameters from
//! their posteriors; the rest of each open deal, and new deals.

use libm::exp;
use rayon::prelude::*;

use super::books::{Booking, DrawBooks, Won};
use super::choice::Choice;
use super::fitted::{Fitted, Responses};
use crate::fit::amounts::Amounts;
use crate::fit::chance::{normal, unit};
use crate::fit::log::Log;
use crate::fit::rates::Rates;
use crate::fit::segments::{Column, level};
use crate::fit::walk::{End, State, Walks};
use crate::random::key::{Address, DealKey, StreamKey};
use crate::records::deals::Deals;

/// What a draw needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The deals of the file.
    pub deals: &'a Deals,
    /// The same in days.
    pub log: &'a Log,
    /// What was learnt.
    pub fitted: &'a Fitted,
    /// What past forecasts say.
    pub choice: &'a Choice,
    /// How wins respond to their rates.
    pub responses: &'a Responses,
    /// Amounts of wins.
    pub amounts: &'a Amounts,
    /// Days of the horizon.
    pub days: usize,
    /// The column whose levels are counted apart.
    pub by: Option<Column>,
    /// How sales are booked, where terms are given.
    pub booking: Option<&'a Booking<'a>>,
}

/// Orders and bookings of a draw.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draw {
    /// Of the deals that are open.
    pub open: Flow,
    /// Of those that arrive.
    pub new: Flow,
    /// Orders and bookings of both by level of the column, the last one for deals without a level.
    pub levels: Vec<Sum>,
    /// Cash and demand of its sales, where terms are given.
    pub books: Option<DrawBooks>,
}

/// Orders and bookings by day.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flow {
    /// Orders of each day.
    pub orders: Vec<u32>,
    /// Bookings of each day, in the currency of the file.
    pub bookings: Vec<f64>,
}

/// A number of orders and their bookings.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sum {
    /// Orders.
    pub orders: f64,
    /// Bookings.
    pub bookings: f64,
}

impl Flow {
    /// Nothing, on so many days.
    pub(super) fn of(days: usize) -> Flow {
        Flow { orders: vec![0; days], bookings: vec![0.0; days] }
    }

    /// Orders and bookings of some days.
    pub fn sum(&self, days: std::ops::Range<usize>) -> Sum {
        let orders = self.orders[days.clone()].iter().sum::<u32>();
        Sum { orders: f64::from(orders), bookings: self.bookings[days].iter().sum() }
    }
}

/// The draws of a forecast, in order.
pub fn draws(setting: &Setting, count: usize, seed: u64) -> Vec<Draw> {
    (0..count as u64).into_par_iter().map(|number| draw(setting, seed, number)).collect()
}

/// One draw under construction.
struct Sketch<'a> {
    setting: &'a Setting<'a>,
    draw: Draw,
    amount: Address,
}

fn draw(setting: &Setting, seed: u64, number: u64) -> Draw {
    let stream = |name| StreamKey::new(seed, number, name);
    let parameters = stream("parameters").deal(0);
    let fitted = setting.fitted;
    // Past errors contain those of past parameters: where they set the spread, drawing parameters
    // too would count the same uncertainty twice.
    let is_measured = setting.choice.open.is_calibrated();
    let drawn = (!is_measured).then(|| Rates::draw(&fitted.hazards, parameters));
    let rates = drawn.as_ref().unwrap_or(&fitted.mean);
    let until = fitted.cut + setting.days as f64;
    let walks = Walks::new(rates, &fitted.classes, until);
    let error = Address::new("calibration", 0, "error");
    let times = |calibration: &crate::fit::calibration::Calibration, at| {
        exp(calibration.bias + calibration.spread * normal(parameters, error, at))
    };
    let levels = setting.by.and_then(|by| crate::fit::segments::levels(setting.deals, by));
    let levels = levels.map_or(0, |names| names.len() + 1);
    let mut sketch = Sketch {
        setting,
        draw: Draw {
            open: Flow::of(setting.days),
            new: Flow::of(setting.days),
            levels: vec![Sum::default(); levels],
            books: setting.booking.map(Booking::blank),
        },
        amount: Address::new("won", 0, "amount"),
    };
    let factor = setting.responses.open.factor(times(&setting.choice.open, 0));
    let open = stream("open");
    for deal in setting.log.deals.iter().filter(|deal| deal.is_open(fitted.cut)) {
        let key = open.deal(deal.row as u64);
        let factor = factor * fitted.multiple(deal.row, false);
        sketch.follow((&walks, factor), fitted.state(deal), key, (deal.row, true));
    }
    let factor = setting.responses.new.factor(times(&setting.choice.new, 1));
    let (new, like) = (stream("new"), Address::new("arrival", 0, "like"));
    let mix = &fitted.arrivals.mix;
    let days = fitted.arrivals.draw(fitted.cut, until, parameters);
    for (ordinal, day) in days.into_iter().enumerate() {
        let key = new.deal(ordinal as u64);
        let chosen = mix[(unit(key.word(like.visit(0))) * mix.len() as f64) as usize];
        let like = &setting.log.deals[chosen];
        let factor = factor * fitted.multiple(like.row, true);
        sketch.follow((&walks, factor), fitted.start(like, day), key, (like.row, false));
    }
    sketch.draw
}

impl Sketch<'_> {
    /// Walks a deal and books it if it is won.
    fn follow(&mut self, walks: (&Walks, f64), state: State, key: DealKey, of: (usize, bool)) {
        let Setting { deals, fitted, amounts, days, by, booking, .. } = *self.setting;
        let End::Won(day) = walks.0.end(state, walks.1, key) else { return };
        let (row, is_open) = of;
        let own = if is_open { amounts.of_open(deals, row) } else { None };
        let drawn =
            || amounts.draw(amounts.level(deals, row), unit(key.word(self.amount.visit(0))));
        let amount = own.unwrap_or_else(drawn);
        let flow = if is_open { &mut self.draw.open } else { &mut self.draw.new };
        let index = ((day - fitted.cut) as usize).min(days - 1);
        flow.orders[index] += 1;
        flow.bookings[index] += amount;
        if let (Some(booking), Some(books)) = (booking, &mut self.draw.books) {
            booking.book(books, Won { row, is_new: !is_open, key, day, amount });
        }
        if let Some(by) = by {
            let last = self.draw.levels.len() - 1;
            let level = level(deals, by, row).map_or(last, |level| level as usize);
            self.draw.levels[level].orders += 1.0;
            self.draw.levels[level].bookings += amount;
        }
    }
}
