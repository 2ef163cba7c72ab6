//! The cash that the sales of a forecast bring and the demand that they cause, by the terms of a model.
//!
//! Each sale of a draw is booked by the engine, with the payment parts, delays, defaults and demand
//! that the model states. Sales before the cut-off are not included, because the export does not say
//! which of them are paid. Parts that are due at a later stage are left out too, because the export
//! does not say when deals reach the stages of the model.

use super::PeriodKind;
use super::draws::Draw;
use super::matched::{Matched, Word};
use super::outlook::Spread;
use crate::engine::{Deal, DealKey, Observer, Posting, Sale, book_sale};
use crate::fit::log::Day;
use crate::fit::season::{date, period_of};
use crate::program::{Attribute, Look, Program, Term, Terms};
use crate::quantity::{DAY_MICROS, Instant, Money};
use crate::records::deals::Deals;

/// Why the terms of a model cannot be used for the deals of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermsFault {
    /// It has none.
    Missing,
    /// Their cases depend on something that only a run of the model knows, as a queue.
    OnlyInRuns,
    /// Their cases depend on an attribute of this name, or on the source, and the file has no such
    /// column with words of the model.
    NoColumn(String),
}

/// Whether a forecast of the deals of a file can use the terms of a program.
///
/// # Errors
///
/// A [`TermsFault`] says why it cannot.
pub fn usable(program: &Program, deals: &Deals) -> Result<(), TermsFault> {
    let terms = program.terms.as_ref().filter(|terms| terms.given).ok_or(TermsFault::Missing)?;
    let matched = Matched::new(program, deals);
    for look in terms.cases.looks() {
        match look {
            Look::Attribute { bits } => {
                let is_asked = |one: &&Attribute| one.mask << one.shift & bits != 0;
                let is_known = |name: &str| {
                    let mut of_file = matched.attributes.iter();
                    of_file.any(|one| one.name == name && one.has_word())
                };
                let mut asked = program.attributes.iter().filter(is_asked);
                if let Some(missing) = asked.find(|one| !is_known(&one.name)) {
                    return Err(TermsFault::NoColumn(missing.name.clone()));
                }
            }
            Look::Source if !matched.has_sources() => {
                return Err(TermsFault::NoColumn("source".to_owned()));
            }
            Look::Source
            | Look::Value
            | Look::Bookings { .. }
            | Look::Month
            | Look::Weekday
            | Look::Date => {}
            Look::Visit { .. }
            | Look::Age
            | Look::Waited
            | Look::Queue
            | Look::Satisfaction
            | Look::Followed => return Err(TermsFault::OnlyInRuns),
        }
    }
    Ok(())
}

/// What the cases of terms ask of a deal that its row does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsaid {
    /// The attribute; none for the source, in whose place the largest one of the model counts.
    pub attribute: Option<String>,
    /// How many deals of the file.
    pub deals: u64,
}

/// A deal that is won in a draw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Won {
    /// The row of the file of the deal, or of the one that a new deal is like.
    pub(super) row: usize,
    /// Whether it is a new deal.
    pub(super) is_new: bool,
    /// The key of its draws.
    pub(super) key: DealKey,
    /// When it is won.
    pub(super) day: Day,
    /// What is booked.
    pub(super) amount: f64,
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
    /// The share of all bookings that is due at a later stage, which is left out.
    pub at_stages: f64,
    /// What the terms ask and the file does not say of some deals.
    pub unsaid: Vec<Unsaid>,
    /// The number of draws.
    pub draws: usize,
}

/// How sales are booked.
#[derive(Debug)]
pub struct Booking<'a> {
    program: &'a Program,
    matched: Matched<'a>,
    /// The share of the amount that is due at a later stage, by case.
    at_stages: Vec<f64>,
    unsaid: Vec<Unsaid>,
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
    /// All that was booked, and the part of it that a later stage makes due.
    booked: [f64; 2],
}

impl<'a> Booking<'a> {
    /// Books sales of the deals of a file, of the days from a cut-off on, by the terms of a program.
    pub fn new(program: &'a Program, deals: &'a Deals, cut: Day, days: usize) -> Booking<'a> {
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
        let matched = Matched::new(program, deals);
        let terms = program.terms.as_ref();
        Booking {
            program,
            at_stages: terms
                .map_or_else(Vec::new, |terms| terms.cases.all().map(at_stages).collect()),
            unsaid: terms.map_or_else(Vec::new, |terms| unsaid(program, terms, &matched)),
            matched,
            cut,
            spans,
            weeks,
            midnights: (0..=days).map(midnight).collect(),
        }
    }

    /// Empty books.
    pub(super) fn blank(&self) -> DrawBooks {
        let spans = || vec![0.0; self.spans.len()];
        let items = || vec![0.0; self.spans.len() * self.program.items().len()];
        DrawBooks { cash: [spans(), spans()], demand: [items(), items()], ..DrawBooks::default() }
    }

    /// Books a sale of an open or a new deal.
    pub(super) fn book(&self, books: &mut DrawBooks, won: Won) {
        let Won { row, is_new, key, day, amount } = won;
        let whole = (day - self.cut).floor().max(0.0);
        let midnight = self.midnights[(whole as usize).min(self.midnights.len() - 1)];
        let at = midnight.later(((day - self.cut - whole) * DAY_MICROS as f64) as i64);
        let attributes = self.matched.bits(row);
        let source = self.matched.source(row).unwrap_or(self.matched.usual);
        let sale = Sale { key, at, amount: Money::from_units(amount), attributes, source };
        let mut entry = Entry { booking: self, books, part: usize::from(is_new) };
        let case = book_sale(self.program, sale, &mut entry);
        books.booked[0] += amount;
        books.booked[1] += amount * self.at_stages.get(case).unwrap_or(&0.0);
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
        let booked = |at: usize| books().map(|books| books.booked[at]).sum::<f64>();
        Books {
            cash: spans.iter().enumerate().map(cash).collect(),
            whole: parts(&|books, part| books.cash[part][weeks.clone()].iter().sum()),
            later: parts(&|books, part| books.later[part]),
            unpaid: parts(&|books, part| books.unpaid[part]),
            demand: demand.map(called).collect(),
            at_stages: if booked(0) > 0.0 { booked(1) / booked(0) } else { 0.0 },
            unsaid: booking.unsaid.clone(),
            draws: draws.len(),
        }
    }
}

/// The share of an amount that a later stage makes due.
fn at_stages(term: &Term) -> f64 {
    let mut before = 0.0;
    let share = |part: &crate::program::Part| {
        let share = part.upto - std::mem::replace(&mut before, part.upto);
        if part.at.is_some() { share } else { 0.0 }
    };
    term.parts.iter().map(share).sum()
}

/// What the cases of terms ask and the file does not say.
fn unsaid(program: &Program, terms: &Terms, matched: &Matched) -> Vec<Unsaid> {
    let asked = |one: &Attribute| {
        let bits = one.mask << one.shift;
        terms
            .cases
            .looks()
            .any(|look| matches!(look, Look::Attribute { bits: all } if all & bits != 0))
    };
    let asked = program.attributes.iter().filter(|one| asked(one));
    let columns = asked.filter_map(|one| matched.attributes.iter().find(|of| of.name == one.name));
    let mut found: Vec<Unsaid> = columns
        .map(|column| Unsaid {
            attribute: Some(column.name.clone()),
            deals: matched.rows().filter(|row| matched.word(column, *row) != Word::Known).count()
                as u64,
        })
        .collect();
    if terms.cases.looks().any(|look| look == Look::Source) {
        let deals = matched.rows().filter(|row| matched.source(*row).is_none()).count() as u64;
        found.push(Unsaid { attribute: None, deals });
    }
    found.retain(|unsaid| unsaid.deals > 0);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::season::day_of;
    use crate::model::load;
    use crate::random::key::StreamKey;
    use crate::records::options::Options;
    use crate::records::read;

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

    /// The deals of an export, one of which is won.
    fn deals(rows: &str) -> Deals {
        let name = format!("voronka-terms-{}-{}.csv", std::process::id(), rows.len());
        let path = std::env::temp_dir().join(name);
        let head = "id,created,closed,stage,amount,size,source\n0,2026-01-05,2026-02-01,Won,9,large,site\n";
        std::fs::write(&path, format!("{head}{rows}"))
            .expect("the folder of the system can be written");
        let reading = read(&path, &Options::default()).expect("the file is sound");
        std::fs::remove_file(&path).expect("it was written");
        reading.deals
    }

    /// The books of one open deal of 1,000 that is won on the 20th of November at noon.
    fn booked(program: &Program) -> Books {
        books_of(program, &deals("1,2026-11-01,,Offer,1000,small,site\n"), 1)
    }

    fn books_of(program: &Program, deals: &Deals, row: usize) -> Books {
        let booking = Booking::new(program, deals, day(11, 11), 60);
        let mut books = booking.blank();
        let key = StreamKey::new(1, 0, "open").deal(7);
        let day = day(11, 20) + 0.5;
        booking.book(&mut books, Won { row, is_new: false, key, day, amount: 1000.0 });
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

    fn model(text: &str) -> Program {
        Program::compile(&load("m", text, &[], None).model.expect("the model is sound"))
    }

    /// Terms by case, for sales of both sources.
    fn by_case(terms: &str) -> Program {
        model(&format!(
            "start: 2026-11-11\nhorizon: 60d\nattributes: {{size: {{large: 20%, small: rest}}}}\nvalue: 1000\n\
             sources: {{site: {{rate: 1/week}}, fair: {{rate: 2/week}}}}\nroles: {{a: {{people: 1}}}}\n\
             stages: {{offer: {{work: {{role: a, time: 1h}}, next: won}}}}\nterms: {terms}\n"
        ))
    }

    #[test]
    fn terms_by_case_are_those_of_the_attributes_of_the_deal() {
        let program =
            by_case("[{when: {size: large}, payment: {after: 40d}}, {payment: {after: 1d}}]");
        let row = |id: u32| format!("{id},2026-11-01,,Offer,9,small,fair\n");
        let further: String = (4..10).map(row).collect();
        let deals = deals(&format!(
            "1,2026-11-01,,Offer,1000,small,site\n2,2026-11-01,,Offer,1000,Large,\n\
             3,2026-11-01,,Offer,1000,,\n{further}"
        ));
        assert_eq!(usable(&program, &deals), Ok(()));
        let month = |row: usize| {
            let found = books_of(&program, &deals, row);
            let paid = found.cash.iter().filter(|(span, _)| span.kind == PeriodKind::Month);
            paid.filter(|(_, parts)| parts.open.p50 > 0.0)
                .map(|(span, _)| span.from)
                .collect::<Vec<_>>()
        };
        assert_eq!([month(1), month(2), month(3)], [[day(11, 11)], [day(12, 1)], [day(11, 11)]]);
        let unsaid = books_of(&program, &deals, 1).unsaid;
        assert_eq!(unsaid, [Unsaid { attribute: Some("size".to_owned()), deals: 1 }]);
        // The value and the source are known too; the largest source stands for those without one.
        let program = by_case(
            "[{when: {value: {above: 900}, source: fair}, payment: {after: 40d}}, {payment: {after: 1d}}]",
        );
        assert_eq!(usable(&program, &deals), Ok(()));
        let late = |row: usize| {
            books_of(&program, &deals, row)
                .cash
                .iter()
                .any(|one| one.0.from == day(12, 1) && one.1.open.p50 > 0.0)
        };
        assert_eq!([late(1), late(2)], [false, true]);
    }

    #[test]
    fn terms_that_a_file_does_not_know_cannot_be_used() {
        let plain = model("sources: {site: {rate: 1/week}}\nstages: {offer: {next: won}}\n");
        let known = deals("1,2026-11-01,,Offer,1000,small,site\n");
        assert_eq!(usable(&plain, &known), Err(TermsFault::Missing));
        let by_size =
            by_case("[{when: {size: large}, payment: {after: 9d}}, {payment: {after: 1d}}]");
        let mut other = known.clone();
        other.segments.clear();
        assert_eq!(usable(&by_size, &other), Err(TermsFault::NoColumn("size".to_owned())));
        let by_queue = by_case(
            "[{when: {queue: {a: {above: 2}}}, payment: {after: 9d}}, {payment: {after: 1d}}]",
        );
        assert_eq!(usable(&by_queue, &known), Err(TermsFault::OnlyInRuns));
    }
}
