//! The header: name, window and classes of loss reasons.

use jiff::civil::{DateTime, date};

use super::reader::{Field, Reader, Section, Spot};
use crate::calendar::holds;
use crate::diagnostic::{Doubt, FileFault, ValueFault, Wanted};
use crate::quantity::Length;

/// Name, process and currency.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// As `Equipment sales, B2B`.
    pub name: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Owner, goal, input and the like, in the order of the file.
    pub process: Vec<(String, String)>,
    /// As `RUB`; empty where none is given.
    pub currency: String,
}

/// How long the reported window is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Horizon {
    /// As `12 months`.
    Length(Length),
    /// Until every deal has left; every source must end.
    UntilEmpty,
}

/// The party or cause that a loss is attributed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReasonClass {
    /// The sales department's.
    Sales,
    /// Marketing's.
    Marketing,
    /// The product's.
    Product,
    /// The client's.
    Client,
    /// Never was a real deal; excluded from the win rate.
    Disqualified,
    /// Anything else.
    Other,
}

impl ReasonClass {
    /// All classes with their words.
    pub const WORDS: [(&'static str, ReasonClass); 6] = [
        ("sales", ReasonClass::Sales),
        ("marketing", ReasonClass::Marketing),
        ("product", ReasonClass::Product),
        ("client", ReasonClass::Client),
        ("disqualified", ReasonClass::Disqualified),
        ("other", ReasonClass::Other),
    ];

    /// The word of the language.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, class)| *class == self).map_or("other", |(word, _)| word)
    }
}

/// Parts of a model that have a default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defaulted {
    /// `start: 2024-01-01`.
    Start,
    /// `horizon: 12 months`.
    Horizon,
    /// `calendars`: Monday to Friday, 9 to 18.
    Calendars,
    /// `sources`: 100 leads a week, Poisson.
    Sources,
}

/// The years of processes that somebody plans or has records of.
const YEARS: std::ops::RangeInclusive<i16> = 1980..=2100;

/// The default start of the window, a Monday.
pub(super) fn default_start() -> DateTime {
    date(2024, 1, 1).at(0, 0, 0, 0)
}

/// The default length of the window.
pub(super) fn default_horizon() -> Length {
    Length { months: 12.0, ..Length::default() }
}

pub(super) const PROCESS: [&str; 8] =
    ["owner", "goal", "input", "output", "suppliers", "consumers", "category", "resources"];

impl Section<'_> {
    pub(super) fn header(&self, r: &mut Reader<'_>) -> Header {
        let mut text = |key: &str| self.get(key).and_then(|field| field.text(r));
        let (name, description, currency) = (text("name"), text("description"), text("currency"));
        let process = self.get("process").map(|field| field.process(r)).unwrap_or_default();
        Header { name, description, process, currency: currency.unwrap_or_default() }
    }

    /// Reports a window or warm-up that lies outside the supported dates.
    pub(super) fn fits_calendar(
        &self,
        r: &mut Reader<'_>,
        start: Option<DateTime>,
        horizon: Option<Horizon>,
        warmup: Option<Length>,
    ) {
        let start = start.unwrap_or_else(default_start);
        if let Some(field) = self.get("start").filter(|_| !YEARS.contains(&start.year())) {
            field.report(r, Doubt::FarStart { year: start.year() });
        }
        let length = match horizon {
            Some(Horizon::Length(length)) => Some(length),
            Some(Horizon::UntilEmpty) => None,
            None => Some(default_horizon()),
        };
        for (key, length, sign) in [("horizon", length, 1), ("warmup", warmup, -1)] {
            if length.is_some_and(|length| !holds(start, length, sign)) {
                let place = self.get(key).or_else(|| self.get("start"));
                let at = place.unwrap_or_else(|| self.field.clone());
                at.report(r, ValueFault::BeyondCalendar { key });
            }
        }
    }

    /// Reports a version that this program does not read.
    pub(super) fn version(&self, r: &mut Reader<'_>) {
        // A version of the model itself, under another key, is none of the language.
        let own = self.get("voronka").filter(|field| field.name() == "voronka");
        let Some(field) = own else { return };
        match field.scalar(r, Wanted::Count) {
            None => {}
            Some(text) => match field.count(r).filter(|version| *version != 1) {
                Some(0) => field.report(r, ValueFault::Below { text: text.to_owned(), least: 1.0 }),
                Some(_) => field.report(r, FileFault::NewerVersion { found: text.to_owned() }),
                None => {}
            },
        }
    }
}

impl Field<'_> {
    fn process(&self, r: &mut Reader<'_>) -> Vec<(String, String)> {
        self.section(r, &PROCESS, &[]);
        let mut entries = Vec::new();
        for (key, field) in self.entries() {
            let words: Vec<String> = field.words(r).into_iter().map(|(word, _)| word).collect();
            entries.push((key.to_owned(), words.join(", ")));
        }
        entries
    }

    pub(super) fn horizon(&self, r: &mut Reader<'_>) -> Option<Horizon> {
        if self.scalar(r, Wanted::Duration)? == "until empty" {
            return Some(Horizon::UntilEmpty);
        }
        let length = self.length(r)?;
        if length.nominal_days() <= 0.0 {
            let text = self.scalar(r, Wanted::Duration)?.to_owned();
            self.report(r, ValueFault::Below { text, least: 0.0 });
            return None;
        }
        Some(Horizon::Length(length))
    }

    pub(super) fn reasons(&self, r: &mut Reader<'_>) -> Vec<(String, ReasonClass, Spot)> {
        let fields = self.names(r).unwrap_or_default();
        fields
            .iter()
            .filter_map(|field| {
                let class = field.word(r, Wanted::Scalar, &ReasonClass::WORDS)?;
                Some((field.name().to_owned(), class, field.key()))
            })
            .collect()
    }
}
