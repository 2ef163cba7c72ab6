//! `when`: the condition of a variant or a case.

use jiff::civil::{DateTime, Time};

use super::forms;
use super::reader::{Field, Reader, Section, Spot};
use super::satisfaction::POINT;
use super::yaml::Kind;
use crate::diagnostic::meant;
use crate::diagnostic::{ExpectationFault, StructureFault, ValueFault, Wanted};
use crate::quantity::{MINOR_UNITS, parse_number};

/// A condition: all its tests must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct When {
    /// The tests, in the order of the file.
    pub tests: Vec<Test>,
    /// The place of each test.
    pub spots: Vec<Spot>,
    /// Where the condition is written.
    pub spot: Spot,
}

/// One test of a deal or of the date.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The deal's attribute has one of these values.
    Attribute {
        /// Name of the attribute.
        name: String,
        /// Where the name stands.
        spot: Spot,
        /// The values, each with its place.
        values: Vec<(String, Spot)>,
    },
    /// The deal came from one of these sources.
    Source(Vec<(String, Spot)>),
    /// A number of the deal lies in one of these ranges.
    Number(Measured, Vec<Range>),
    /// The queue of each role, without this deal, lies in one of these ranges.
    Queue(Vec<(String, Spot, Vec<Range>)>),
    /// The month is one of these, from 1.
    Month(Vec<i8>),
    /// The weekday is one of these, Monday being 1.
    Weekday(Vec<i8>),
    /// The instant lies in one of these half-open spans.
    Date(Vec<(Option<DateTime>, Option<DateTime>)>),
    /// Whether the prescribed process is followed in this visit.
    Followed(bool),
}

/// The quantity that a number test compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measured {
    /// The number of this visit to the stage in this round, from 1.
    Visit,
    /// Sales that the deal has booked so far.
    Bookings,
    /// The value of the deal now, in hundredths of the currency.
    Value,
    /// Time since arrival or the last sale, in microseconds.
    Age,
    /// Waiting time in this round, in microseconds.
    Waited,
    /// The score of the client's satisfaction, in hundredths of a point.
    Satisfaction,
}

/// A range with both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Least.
    pub low: i64,
    /// Greatest.
    pub high: i64,
}

/// Words of the condition language; they cannot name an attribute.
pub const RESERVED: [&str; 13] = [
    "source",
    "stage",
    "visit",
    "bookings",
    "value",
    "age",
    "waited",
    "satisfaction",
    "queue",
    "month",
    "weekday",
    "date",
    "followed",
];

pub(super) const MONTHS: [(&str, i8); 12] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("may", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

pub(super) const WEEKDAYS: [(&str, i8); 7] =
    [("mon", 1), ("tue", 2), ("wed", 3), ("thu", 4), ("fri", 5), ("sat", 6), ("sun", 7)];

impl Field<'_> {
    pub(super) fn when(&self, r: &mut Reader<'_>) -> Option<When> {
        if let Some(form) = forms::condition(self.node.scalar_text()) {
            self.report_form(r, form);
            return None;
        }
        if !self.is_map() {
            let found = self.node.found();
            self.report(r, StructureFault::WrongKind { wanted: Wanted::Map, found });
            return None;
        }
        if self.entries().is_empty() {
            self.report(r, ValueFault::EmptyCondition);
            return None;
        }
        let tests = self.entries().into_iter();
        let tests = tests.filter_map(|(key, field)| Some((field.test(r, key)?, field.key())));
        let (tests, spots) = tests.unzip();
        Some(When { tests, spots, spot: self.key() })
    }

    fn test(&self, r: &mut Reader<'_>, key: &str) -> Option<Test> {
        let count = |field: &Field<'_>, r: &mut Reader<'_>| field.count(r).map(|n| n as f64);
        let money = |field: &Field<'_>, r: &mut Reader<'_>| Some(field.money(r)? * MINOR_UNITS);
        let time = |field: &Field<'_>, r: &mut Reader<'_>| field.micros(r);
        let score = |field: &Field<'_>, r: &mut Reader<'_>| Some(field.number(r)? * POINT);
        // A role may be called `is`.
        if key != "queue"
            && let Some(form) = forms::equal(self.node)
        {
            self.report_form(r, form);
            return None;
        }
        Some(match key {
            "source" => Test::Source(self.words(r)),
            "visit" => Test::Number(Measured::Visit, self.ranges(r, count)?),
            "bookings" => Test::Number(Measured::Bookings, self.ranges(r, count)?),
            "value" => Test::Number(Measured::Value, self.ranges(r, money)?),
            "age" => Test::Number(Measured::Age, self.ranges(r, time)?),
            "waited" => Test::Number(Measured::Waited, self.ranges(r, time)?),
            "month" => Test::Month(self.several(r, Wanted::Month, &MONTHS)),
            "weekday" => Test::Weekday(self.several(r, Wanted::Weekday, &WEEKDAYS)),
            "date" => Test::Date(self.dates(r)?),
            "queue" => Test::Queue(self.queues(r)),
            "satisfaction" => Test::Number(Measured::Satisfaction, self.ranges(r, score)?),
            "followed" => Test::Followed(self.truth(r)?),
            _ => {
                let values = self.words(r);
                Test::Attribute { name: key.to_owned(), spot: self.key(), values }
            }
        })
    }

    /// `{manager: {at_least: 30}}`; all roles must match.
    fn queues(&self, r: &mut Reader<'_>) -> Vec<(String, Spot, Vec<Range>)> {
        let count = |field: &Field<'_>, r: &mut Reader<'_>| field.count(r).map(|n| n as f64);
        let fields = self.names(r).unwrap_or_default();
        self.refuse_empty(r);
        let mut queues = Vec::new();
        for field in &fields {
            if let Some(ranges) = field.ranges(r, count) {
                queues.push((field.name().to_owned(), field.key(), ranges));
            }
        }
        queues
    }

    fn several(&self, r: &mut Reader<'_>, wanted: Wanted, words: &[(&str, i8)]) -> Vec<i8> {
        if self.is_list() {
            self.refuse_empty(r);
            let items = self.items(r).unwrap_or_default();
            return items.iter().filter_map(|item| item.word(r, wanted, words)).collect();
        }
        self.word(r, wanted, words).into_iter().collect()
    }

    /// The limits of a condition; at least one must be given.
    fn limits(&self, r: &mut Reader<'_>) -> Option<Section<'_>> {
        let section = self.section(r, &["at_least", "at_most", "above", "below"], &[])?;
        self.refuse_empty(r);
        Some(section)
    }

    /// A condition without values would always hold, or never: it is refused.
    fn refuse_empty(&self, r: &mut Reader<'_>) {
        let is_empty = match &self.node.kind {
            Kind::Map(entries) => entries.is_empty(),
            Kind::List(items) => items.is_empty(),
            Kind::Scalar(_) | Kind::Null => false,
        };
        if is_empty {
            self.report(r, ValueFault::EmptyCondition);
        }
    }

    /// A value, a list of values, or `{at_least, at_most, above, below}`.
    fn ranges(
        &self,
        r: &mut Reader<'_>,
        read: fn(&Field<'_>, &mut Reader<'_>) -> Option<f64>,
    ) -> Option<Vec<Range>> {
        if self.is_map() {
            let section = self.limits(r)?;
            let mut limit = |key: &str| section.get(key).map(|field| read(&field, r));
            let mut range = Range { low: i64::MIN, high: i64::MAX };
            // The quantities are integers, so `above 3` equals `at least 4`.
            if let Some(value) = limit("at_least") {
                range.low = value?.ceil() as i64;
            }
            if let Some(value) = limit("above") {
                range.low = range.low.max(value?.floor() as i64 + 1);
            }
            if let Some(value) = limit("at_most") {
                range.high = value?.floor() as i64;
            }
            if let Some(value) = limit("below") {
                range.high = range.high.min(value?.ceil() as i64 - 1);
            }
            if range.low > range.high {
                self.report(r, ExpectationFault::Contradiction);
                return None;
            }
            return Some(vec![range]);
        }
        let exact = |value: f64| Range { low: value.round() as i64, high: value.round() as i64 };
        if self.is_list() {
            self.refuse_empty(r);
            let items = self.items(r)?;
            let values: Vec<Option<f64>> = items.iter().map(|item| read(item, r)).collect();
            return values.into_iter().map(|value| value.map(exact)).collect();
        }
        let text = self.scalar(r, Wanted::Condition)?;
        if parse_number(text).is_err()
            && let Some(written) = meant::condition(text)
        {
            let (text, wanted) = (text.to_owned(), Wanted::Condition);
            self.report(r, StructureFault::Rewritten { text, written, wanted });
            return None;
        }
        if parse_number(text).is_err() && text.starts_with(['<', '>', '=']) {
            let found = self.node.found();
            self.report(r, StructureFault::WrongKind { wanted: Wanted::Condition, found });
            return None;
        }
        Some(vec![exact(read(self, r)?)])
    }

    /// A date means that day; limits compare with its midnight.
    fn dates(&self, r: &mut Reader<'_>) -> Option<Vec<(Option<DateTime>, Option<DateTime>)>> {
        let day_after = |date: DateTime| {
            if date.time() == Time::midnight() {
                date.saturating_add(jiff::Span::new().days(1))
            } else {
                date
            }
        };
        if self.is_map() {
            let section = self.limits(r)?;
            let mut limit = |key: &str| section.get(key).map(|field| field.date(r));
            let mut span = (None, None);
            if let Some(date) = limit("at_least") {
                span.0 = Some(date?);
            }
            if let Some(date) = limit("above") {
                span.0 = Some(day_after(date?));
            }
            if let Some(date) = limit("at_most") {
                span.1 = Some(day_after(date?));
            }
            if let Some(date) = limit("below") {
                span.1 = Some(date?);
            }
            if span.0.zip(span.1).is_some_and(|(from, until)| from >= until) {
                self.report(r, ExpectationFault::Contradiction);
                return None;
            }
            return Some(vec![span]);
        }
        let text = self.node.scalar_text();
        let limits =
            meant::span(text).map(|[from, to]| format!("{{at_least: {from}, at_most: {to}}}"));
        if let Some(written) = limits.or_else(|| meant::condition(text)) {
            let (text, wanted) = (text.to_owned(), Wanted::Condition);
            self.report(r, StructureFault::Rewritten { text, written, wanted });
            return None;
        }
        let day = |date: DateTime| (Some(date), Some(day_after(date)));
        if self.is_list() {
            self.refuse_empty(r);
            let dates: Vec<_> = self.items(r)?.iter().map(|item| item.date(r)).collect();
            return dates.into_iter().map(|date| date.map(day)).collect();
        }
        Some(vec![day(self.date(r)?)])
    }
}
