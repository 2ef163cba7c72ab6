//! `sources`: where deals come from, how often, and what they cost.

use jiff::civil::DateTime;

use super::attribute::Attribute;
use super::reader::{Field, Reader, Section, Spot};
use super::when::{MONTHS, WEEKDAYS};
use crate::diagnostic::{Doubt, StructureFault, ValueFault, Wanted};
use crate::quantity::{NumberFault, Rate, RateUnit};
use crate::random::distribution::Distribution;

/// A source of arriving deals.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// What to print instead of the name.
    pub title: Option<String>,
    /// When deals arrive.
    pub arrivals: Arrivals,
    /// Deals per arrival.
    pub batch: u64,
    /// The source ends after this many deals.
    pub count: Option<u64>,
    /// No arrivals before this instant.
    pub from: Option<DateTime>,
    /// No arrivals from this instant on.
    pub until: Option<DateTime>,
    /// Marketing cost per deal, in the currency.
    pub cost: f64,
    /// The stage that deals enter; `None`: the first.
    pub enters: Option<(String, Spot)>,
    /// Attributes whose probabilities differ for deals of this source.
    pub attributes: Vec<Attribute>,
    /// Deals arrive only while this calendar is open, and gaps run in its open time.
    pub calendar: Option<(String, Spot)>,
    /// Whether its deals are clients who were won before.
    pub clients: bool,
    /// Deals that are in the stage that it enters when the simulation starts.
    pub at_start: Option<u64>,
    /// Where it is written.
    pub spot: Spot,
}

/// When deals arrive.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// A Poisson process with a rate that may change.
    Rate {
        /// Each step holds until the next one begins.
        steps: Vec<RateStep>,
        /// Factors by month, January first.
        months: [f64; 12],
        /// Factors by weekday, Monday first.
        weekdays: [f64; 7],
        /// Factor per day, compounded from the model's start.
        growth: f64,
    },
    /// Independent gaps, in microseconds; the first arrival comes after one gap.
    Every(Distribution),
}

/// A rate that holds from a date on.
#[derive(Debug, Clone, PartialEq)]
pub struct RateStep {
    /// `None`: from the beginning.
    pub from: Option<DateTime>,
    /// Deals per day.
    pub rate: Rate,
}

impl Source {
    /// The source of a model without `sources`: 100 deals a week, Poisson.
    pub(super) fn by_default() -> Source {
        let steps = vec![RateStep {
            from: None,
            rate: Rate { per_day: 100.0 / 7.0, unit: RateUnit::Week },
        }];
        Source {
            name: "leads".to_owned(),
            title: None,
            arrivals: Arrivals::steady(steps),
            batch: 1,
            count: None,
            from: None,
            until: None,
            cost: 0.0,
            enters: None,
            attributes: Vec::new(),
            calendar: None,
            clients: false,
            at_start: None,
            spot: Spot::default(),
        }
    }

    /// Whether no deal ever arrives: it has only those that are there at the start.
    pub fn has_no_arrivals(&self) -> bool {
        matches!(&self.arrivals, Arrivals::Rate { steps, .. } if steps.is_empty())
    }
}

impl Arrivals {
    fn steady(steps: Vec<RateStep>) -> Arrivals {
        Arrivals::Rate { steps, months: [1.0; 12], weekdays: [1.0; 7], growth: 1.0 }
    }
}

pub(super) const KNOWN: [&str; 16] = [
    "rate",
    "steps",
    "every",
    "season",
    "growth",
    "batch",
    "count",
    "from",
    "until",
    "cost",
    "enters",
    "attributes",
    "title",
    "calendar",
    "clients",
    "at_start",
];
const LATER: [&str; 5] = ["dispersion", "priority", "schedule", "limit", "per"];
/// No month brings so many times the usual arrivals.
const WILD_SEASON: f64 = 20.0;
/// The most deals of a source at the start.
const MOST_AT_START: u64 = 1_000_000;

impl Field<'_> {
    pub(super) fn source(&self, r: &mut Reader<'_>) -> Option<Source> {
        let section = self.section(r, &KNOWN, &LATER)?;
        let waits_for_later = LATER.iter().any(|key| section.get(key).is_some());
        let arrivals = section.arrivals(r, waits_for_later);
        let name = self.name().to_owned();
        let batch = section.get("batch").map_or(Some(1), |field| field.at_least_one(r));
        let count = section.get("count").and_then(|field| field.count(r));
        let from = section.get("from").and_then(|field| field.date(r));
        let until = section.get("until").and_then(|field| field.date(r));
        if let (Some(from), Some(until), Some(field)) = (from, until, section.get("until"))
            && until <= from
        {
            field.report(r, ValueFault::DateOrder { earlier: "from", later: "until" });
        }
        let cost = section.get("cost").map_or(Some(0.0), |field| field.price(r));
        let enters = section
            .get("enters")
            .and_then(|field| Some((field.scalar(r, Wanted::Scalar)?.to_owned(), field.spot())));
        let attributes = section.get("attributes").map(|field| field.attributes(r));
        let calendar = section
            .get("calendar")
            .and_then(|field| Some((field.scalar(r, Wanted::Scalar)?.to_owned(), field.spot())));
        let title = section.get("title").and_then(|field| field.text(r));
        let clients = section.get("clients").and_then(|field| field.truth(r));
        let at_start = section.get("at_start").and_then(|field| field.stock(r));
        Some(Source {
            name,
            title,
            arrivals: arrivals?,
            batch: batch?,
            count,
            from,
            until,
            cost: cost?,
            enters,
            attributes: attributes.unwrap_or_default(),
            calendar,
            clients: clients.unwrap_or(false),
            at_start,
            spot: self.key(),
        })
    }

    pub(super) fn at_least_one(&self, r: &mut Reader<'_>) -> Option<u64> {
        let count = self.count(r)?;
        if count == 0 {
            let text = self.scalar(r, Wanted::Count)?.to_owned();
            self.report(r, ValueFault::Below { text, least: 1.0 });
            return None;
        }
        Some(count)
    }

    /// How many deals are there at the start.
    fn stock(&self, r: &mut Reader<'_>) -> Option<u64> {
        let count = self.at_least_one(r)?;
        if count > MOST_AT_START {
            let text = self.scalar(r, Wanted::Count)?.to_owned();
            self.report(r, ValueFault::Above { text, most: MOST_AT_START as f64 });
            return None;
        }
        Some(count)
    }

    /// `[{from: 2026-01-12, rate: 20/week}, …]`, sorted by time.
    fn rate_steps(&self, r: &mut Reader<'_>) -> Option<Vec<RateStep>> {
        let items = self.items(r)?;
        if items.is_empty() {
            self.report(r, ValueFault::EmptyList);
            return None;
        }
        let mut steps: Vec<RateStep> = Vec::new();
        for item in &items {
            let section = item.section(r, &["from", "rate"], &[])?;
            let from = section.need(r, "from", "step")?.date(r);
            let rate = section.need(r, "rate", "step")?.rate(r);
            let step = RateStep { from: Some(from?), rate: rate? };
            if steps.last().is_some_and(|last| last.from >= step.from) {
                item.report(r, ValueFault::UnsortedSteps);
                return None;
            }
            steps.push(step);
        }
        Some(steps)
    }

    /// Factors by month or weekday; those not named are 1.
    fn season(&self, r: &mut Reader<'_>) -> Option<([f64; 12], [f64; 7])> {
        let words: Vec<&str> = MONTHS.iter().chain(&WEEKDAYS).map(|word| word.0).collect();
        self.section(r, &words, &[])?;
        let (mut months, mut weekdays) = ([1.0; 12], [1.0; 7]);
        for (word, field) in self.entries() {
            let Some(factor) = field.number(r) else { continue };
            if factor < 0.0 {
                let text = field.scalar(r, Wanted::Number)?.to_owned();
                let (wanted, fault) = (Wanted::Number, NumberFault::Negative);
                field.report(r, ValueFault::Number { text, wanted, fault });
            } else if factor >= WILD_SEASON {
                field.report(r, Doubt::WildSeason { factor });
            }
            let lower = word.to_lowercase();
            if let Some((_, month)) = MONTHS.iter().find(|m| m.0 == lower) {
                months[*month as usize - 1] = factor;
            } else if let Some((_, day)) = WEEKDAYS.iter().find(|d| d.0 == lower) {
                weekdays[*day as usize - 1] = factor;
            }
        }
        Some((months, weekdays))
    }
}

impl Section<'_> {
    fn arrivals(&self, r: &mut Reader<'_>, waits_for_later: bool) -> Option<Arrivals> {
        if let Some(every) = self.get("every") {
            for key in ["rate", "steps", "season", "growth"] {
                if let Some(field) = self.get(key) {
                    let problem = StructureFault::Conflict { key, other: "every" };
                    r.findings.report(problem, field.key().place, field.path.clone());
                }
            }
            if Rate::parse(every.node.scalar_text()).is_ok() {
                every.report_key(r, "rate");
                return None;
            }
            let (gap, working) = every.by_any_clock(r, Field::time)?;
            if working && self.get("calendar").is_none() {
                self.need(r, "calendar", self.field.name());
                return None;
            }
            if gap.mean() <= 0.0 {
                let text = "every".to_owned();
                every.report(r, ValueFault::Below { text, least: 0.0 });
                return None;
            }
            return Some(Arrivals::Every(gap));
        }
        let steps = match (self.get("rate"), self.get("steps")) {
            (Some(_), Some(steps)) => {
                let problem = StructureFault::Conflict { key: "steps", other: "rate" };
                r.findings.report(problem, steps.key().place, steps.path.clone());
                return None;
            }
            (Some(rate), None) if rate.is_list() => rate.rate_steps(r)?,
            (Some(rate), None) if rate.is_map() => {
                let section = rate.section(r, &["steps"], &[])?;
                section.need(r, "steps", "rate")?.rate_steps(r)?
            }
            (Some(rate), None) => vec![RateStep { from: None, rate: rate.rate(r)? }],
            (None, Some(steps)) => steps.rate_steps(r)?,
            (None, None) => {
                let of_arrivals =
                    ["season", "growth", "batch", "count", "from", "until", "calendar"];
                let says_nothing = of_arrivals.iter().all(|key| self.get(key).is_none());
                if self.get("at_start").is_some() && says_nothing {
                    return Some(Arrivals::steady(Vec::new()));
                }
                if !waits_for_later {
                    self.need(r, "rate", self.field.name());
                }
                return None;
            }
        };
        let (months, weekdays) = match self.get("season") {
            Some(field) => field.season(r)?,
            None => ([1.0; 12], [1.0; 7]),
        };
        let growth = match self.get("growth") {
            Some(field) => field.growth(r)?,
            None => 1.0,
        };
        Some(Arrivals::Rate { steps, months, weekdays, growth })
    }
}
