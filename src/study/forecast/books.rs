//! The cash that the sales of a forecast bring and the demand that they cause, by the terms of a model.
//!
//! Each sale of a draw is booked by the engine, with the payment parts, delays, defaults and demand
//! that the model states. Sales before the cut-off are not included, because the export does not say
//! which of them are paid. Parts that are due at a later stage are left out too, because the export
//! does not say when deals reach the stages of the model.

use super::PeriodKind;
use super::draws::Draw;
use super::outlook::Spread;
use crate::engine::{Deal, DealKey, Observer, Posting, Sale, book_sale};
use crate::fit::log::Day;
use crate::fit::season::{date, period_of};
use crate::program::{Program, Term};
use crate::quantity::{DAY_MICROS, Instant, Money};

/// Why the terms of a model cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsFault {
    /// It has none.
    Missing,
    /// They differ by case, and attributes of deals are not those of the model.
    ByCase,
}

/// The terms of a program as far as a forecast can use them.
///
/// # Errors
///
/// A [`TermsFault`] says why it cannot.
pub fn usable(program: &Program) -> Result<&Term, TermsFault> {
    let terms = program.terms.as_ref().filter(|terms| terms.given).ok_or(TermsFault::Missing)?;
    terms.cases.only().ok_or(TermsFault::ByCase)
}

/// A stretch of the horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Its kind.
    pub kind: PeriodKind,
    /// Its first day.
    pub from: Day,
    /// The day after its last.
    pub until: Day,
}

/// Three outlooks: of open deals, of new deals, and of both with the factor of the total.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Parts {
    /// Of open deals.
    pub open: Spread,
    /// Of new deals.
    pub new: Spread,
    /// Of both.
    pub total: Spread,
}

/// The demand for an item in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Called {
    /// The item.
    pub item: String,
    /// The month.
    pub span: Span,
    /// How much, in the unit of the item.
    pub parts: Parts,
    /// How much there is.
    pub capacity: Option<f64>,
    /// The share of draws in which demand exceeds capacity.
    pub short: Option<f64>,
}

/// Cash and demand of the sales of a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Books {
    /// Cash by week and month of the horizon.
    pub cash: Vec<(Span, Parts)>,
    /// Cash within the horizon.
    pub whole: Parts,
    /// Cash of these sales that comes after it.
    pub later: Parts,
    /// What is never paid of them.
    pub unpaid: Parts,
    /// Demand by item and month.
    pub demand: Vec<Called>,
    /// The share of each amount that is due at a later stage, which is left out.
    pub at_stages: f64,
    /// The number of draws.
    pub draws: usize,
}

/// How sales are booked.
#[derive(Debug)]
pub struct Booking<'a> {
    program: &'a Program,
    /// The first day.
    cut: Day,
    /// Weeks, then months.
    spans: Vec<Span>,
    weeks: usize,
    /// The midnights from the cut-off to the end of the horizon.
    midnights: Vec<Instant>,
}

/// The books of one draw: open deals first, then new ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DrawBooks {
    cash: [Vec<f64>; 2],
    later: [f64; 2],
    unpaid: [f64; 2],
    /// By item and span.
    demand: [Vec<f64>; 2],
}

impl<'a> Booking<'a> {
    /// Books sales of the days from a cut-off on by the terms of a program.
    pub fn new(program: &'a Program, cut: Day, days: usize) -> Booking<'a> {
        let end = cut + days as f64;
        let week = |from: usize| {
            let from = cut + from as f64;
            Span { kind: PeriodKind::Week, from, until: (from + 7.0).min(end) }
        };
        let mut spans: Vec<Span> = (0..days).step_by(7).map(week).collect();
        let weeks = spans.len();
        let mut from = cut;
        while from < end {
            let until = period_of(from, 1)[1].min(end);
            spans.push(Span { kind: PeriodKind::Month, from, until });
            from = until;
        }
        let midnight = |day: usize| {
            let day = date((cut + day as f64) as i64).map(|date| date.at(0, 0, 0, 0));
            day.map_or(Instant::NEVER, |day| program.calendar.instant(day))
        };
        Booking { program, cut, spans, weeks, midnights: (0..=days).map(midnight).collect() }
    }

    /// Empty books.
    pub(super) fn blank(&self) -> DrawBooks {
        let spans = || vec![0.0; self.spans.len()];
        let items = || vec![0.0; self.spans.len() * self.program.items().len()];
        DrawBooks { cash: [spans(), spans()], demand: [items(), items()], ..DrawBooks::default() }
    }

    /// Books a sale of an open or a new deal.
    pub(super) fn book(
        &self,
        books: &mut DrawBooks,
        is_new: bool,
        (key, day, amount): (DealKey, Day, f64),
    ) {
        let whole = (day - self.cut).floor().max(0.0);
        let midnight = self.midnights[(whole as usize).min(self.midnights.len() - 1)];
        let at = midnight.later(((day - self.cut - whole) * DAY_MICROS as f64) as i64);
        let mut entry = Entry { booking: self, books, part: usize::from(is_new) };
        book_sale(self.program, Sale { key, at, amount: Money::from_units(amount) }, &mut entry);
    }

    /// The spans that an instant lies in: its week and its month; none after the horizon.
    fn places(&self, at: Instant) -> Option<[usize; 2]> {
        let day = self.midnights.partition_point(|midnight| *midnight <= at).saturating_sub(1);
        if day + 1 == self.midnights.len() {
            return None;
        }
        let day = self.cut + day as f64;
        let months = &self.spans[self.weeks..];
        let month = months.partition_point(|span| span.until <= day);
        Some([((day - self.cut) / 7.0) as usize, self.weeks + month])
    }
}

/// The observer of a sale.
struct Entry<'a> {
    booking: &'a Booking<'a>,
    books: &'a mut DrawBooks,
    part: usize,
}

impl Observer for Entry<'_> {
    fn posts(&mut self, _: &Deal, at: Instant, posting: Posting, amount: Money) {
        match (posting, self.booking.places(at)) {
            (Posting::Received, Some(places)) => {
                let cash = &mut self.books.cash[self.part];
                places.iter().for_each(|place| cash[*place] += amount.units());
            }
            (Posting::Received, None) => self.books.later[self.part] += amount.units(),
            (Posting::Unpaid, _) => self.books.unpaid[self.part] += amount.units(),
            _ => {}
        }
    }

    fn calls_for(&mut self, _: &Deal, at: Instant, item: usize, amount: i64) {
        if let Some(places) = self.booking.places(at) {
            let spans = self.booking.spans.len();
            let demand = &mut self.books.demand[self.part];
            places.iter().for_each(|place| demand[item * spans + place] += Money(amount).units());
        }
    }
}

impl Books {
    /// The books of all draws; `factor` multiplies the total.
    pub(super) fn of(booking: &Booking, draws: &[Draw], factor: f64) -> Books {
        let books = || draws.iter().filter_map(|draw| draw.books.as_ref());
        let parts = |of: &dyn Fn(&DrawBooks, usize) -> f64| Parts {
            open: Spread::of(books().map(|books| of(books, 0)).collect()),
            new: Spread::of(books().map(|books| of(books, 1)).collect()),
            total: Spread::of(
                books().map(|books| factor * (of(books, 0) + of(books, 1))).collect(),
            ),
        };
        let spans = &booking.spans;
        let is_month = |(_, span): &(usize, &Span)| span.kind == PeriodKind::Month;
        let cash = |(at, span): (usize, &Span)| (*span, parts(&|books, part| books.cash[part][at]));
        let weeks = 0..booking.weeks;
        let items = booking.program.items().iter().enumerate();
        let demand = items.flat_map(|(item, of)| {
            spans.iter().enumerate().filter(is_month).map(move |(at, span)| (item, of, at, span))
        });
        let called = |(item, of, at, span): (usize, &crate::program::Item, usize, &Span)| {
            let place = item * spans.len() + at;
            let sums = |books: &DrawBooks, part: usize| books.demand[part][place];
            let instant = |day: Day| booking.midnights[(day - booking.cut) as usize];
            let of_span = |there: &crate::program::Target| {
                there.over(&booking.program.calendar, instant(span.from), instant(span.until))
            };
            let capacity = of.capacity.as_ref().map(of_span);
            let is_short = |there: f64| {
                let all = books().map(|books| factor * (sums(books, 0) + sums(books, 1)));
                let short = all.filter(|sum| crate::program::Item::is_short(*sum, there)).count();
                short as f64 / draws.len().max(1) as f64
            };
            Called {
                item: of.name.clone(),
                span: *span,
                parts: parts(&sums),
                capacity,
                short: capacity.map(is_short),
            }
        };
        let stages = usable(booking.program).map_or(0.0, |term| {
            let mut before = 0.0;
            let share = |part: &crate::program::Part| {
                let share = part.upto - std::mem::replace(&mut before, part.upto);
                if part.at.is_some() { share } else { 0.0 }
            };
            term.parts.iter().map(share).sum()
        });
        Books {
            cash: spans.iter().enumerate().map(cash).collect(),
            whole: parts(&|books, part| books.cash[part][weeks.clone()].iter().sum()),
            later: parts(&|books, part| books.later[part]),
            unpaid: parts(&|books, part| books.unpaid[part]),
            demand: demand.map(called).collect(),
            at_stages: stages,
            draws: draws.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::season::day_of;
    use crate::model::load;
    use crate::random::key::StreamKey;

    fn program(terms: &str) -> Program {
        let text = format!(
            "start: 2026-11-11\nhorizon: 60d\nvalue: 1000\nsources: {{site: {{rate: 1/week}}}}\nterms: {terms}\n\
             stages: {{offer: {{next: won}}}}\n"
        );
        Program::compile(&load("m", &text, &[], None).model.expect("the model is sound"))
    }

    fn day(month: i8, day: i8) -> Day {
        day_of(jiff::civil::date(2026, month, day)) as f64
    }

    /// The books of one open deal of 1,000 that is won on the 20th of November at noon.
    fn booked(program: &Program) -> Books {
        let booking = Booking::new(program, day(11, 11), 60);
        let mut books = booking.blank();
        let key = StreamKey::new(1, 0, "open").deal(7);
        booking.book(&mut books, false, (key, day(11, 20) + 0.5, 1000.0));
        let draw = Draw { books: Some(books), ..Draw::default() };
        Books::of(&booking, &[draw], 2.0)
    }

    #[test]
    fn parts_come_in_the_week_and_month_in_which_they_are_paid() {
        let program = program(
            "{payment: [{share: 30%, after: 3d}, {share: 50%, after: 14d}, {share: rest, after: 90d}], \
             demand: {hours: {amount: 8, after: 12d}}}",
        );
        let found = booked(&program);
        let paid = |span: &(Span, Parts)| (span.0.from, span.1.open.p50);
        let has = |span: &&(Span, Parts)| span.1.open.p50 > 0.0;
        let cash: Vec<(Day, f64)> = found.cash.iter().filter(has).map(paid).collect();
        // The weeks of the 23rd of November and of the 4th of December, and the months.
        let weeks = [(day(11, 18), 300.0), (day(12, 2), 500.0)];
        let months = [(day(11, 11), 300.0), (day(12, 1), 500.0)];
        assert_eq!(cash, [weeks, months].concat());
        assert_eq!((found.whole.open.p50, found.whole.total.p50), (800.0, 1600.0));
        assert_eq!((found.later.open.p50, found.whole.new.p50), (200.0, 0.0));
        let called = found.demand.iter().find(|one| one.parts.open.p50 > 0.0).unwrap();
        assert_eq!((called.item.as_str(), called.span.from), ("hours", day(12, 1)));
        assert_eq!((called.parts.open.p50, found.at_stages), (8.0, 0.0));
    }

    #[test]
    fn what_is_never_paid_and_what_a_stage_makes_due_is_no_cash() {
        let found = booked(&program("{payment: {unpaid: 100%}}"));
        assert_eq!((found.unpaid.open.p50, found.whole.open.p50), (1000.0, 0.0));
        let found =
            booked(&program("{payment: [{share: 40%}, {share: rest, at: offer, after: 1d}]}"));
        assert!((found.at_stages - 0.6).abs() < 1e-12);
        assert_eq!(found.whole.open.p50, 400.0);
    }

    #[test]
    fn terms_by_case_and_no_terms_cannot_be_used() {
        let text = "sources: {site: {rate: 1/week}}\nstages: {offer: {next: won}}\n";
        let plain = Program::compile(&load("m", text, &[], None).model.expect("sound"));
        assert_eq!(usable(&plain).err(), Some(TermsFault::Missing));
        let text = "attributes: {size: {large: 20%, small: rest}}\nvalue: 1000\n\
             sources: {site: {rate: 1/week}}\nstages: {offer: {next: won}}\n\
             terms: [{when: {size: large}, payment: {after: 9d}}, {payment: {after: 1d}}]\n";
        let by_case = Program::compile(&load("m", text, &[], None).model.expect("sound"));
        assert_eq!(usable(&by_case).err(), Some(TermsFault::ByCase));
    }
}
