//! `expect`: what must hold of the result.

use super::reader::{Field, Reader, Spot, nearest};
use super::yaml::Kind;
use crate::diagnostic::{Problem, Wanted};
use crate::kpi::{Missing, catalogue};
use crate::quantity::{DAY_MICROS, Length, NumberFault, Share, parse_number, parse_share};

/// One expectation.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Name of the KPI.
    pub kpi: String,
    /// Statistic: `mean`, `p90`, …; the KPI's own where none is given.
    pub stat: Option<String>,
    /// The limits, in the KPI's unit: days, the currency, shares.
    pub limits: Limits,
    /// The share of deals within this time is meant, in days; whether of working time.
    pub within: Option<(f64, bool)>,
    /// `month`, `week`, ….
    pub per: Option<String>,
    /// The limit must hold with this chance over replications.
    pub chance: Option<f64>,
    /// Which stage, reason, source or attribute value it is about.
    pub scopes: Vec<(String, String, Spot)>,
    /// Where it is written.
    pub spot: Spot,
}

/// Least and greatest value, both included.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// Least.
    pub at_least: Option<f64>,
    /// Greatest.
    pub at_most: Option<f64>,
}

pub(super) const KNOWN: [&str; 15] = [
    "kpi", "stat", "at_least", "at_most", "above", "below", "between", "within", "per", "chance",
    "stage", "reason", "source", "role", "person",
];
const LATER: [&str; 2] = ["promise", "item"];

/// KPIs between 0 and 1.
const SHARES: [&str; 10] = [
    "win_rate",
    "lead_to_deal",
    "lead_to_win",
    "value_win_rate",
    "stage_conversion",
    "win_chance",
    "repeat_rate",
    "utilization",
    "flow_efficiency",
    "attainment",
];

/// KPIs that are durations.
const TIMES: [&str; 5] =
    ["sales_cycle", "cycle_time", "time_in_stage", "lead_response_time", "queue_time"];

/// Statistics beside quantiles.
const STATS: [&str; 22] = [
    "mean",
    "sd",
    "share",
    "total",
    "count",
    "per_deal",
    "next",
    "first",
    "sales",
    "undecided",
    "unanswered",
    "waited",
    "processing",
    "queue",
    "off_hours",
    "client",
    "at end",
    "rework share",
    "bookings",
    "bookings chance",
    "wins",
    "wins chance",
];

impl Field<'_> {
    pub(super) fn expectation(
        &self,
        r: &mut Reader<'_>,
        attributes: &[&str],
    ) -> Option<Expectation> {
        let known: Vec<&str> = KNOWN.iter().chain(attributes).copied().collect();
        let section = self.section(r, &known, &LATER)?;
        let kpi = section.need(r, "kpi", "expect")?;
        let name = kpi.scalar(r, Wanted::Scalar)?;
        match catalogue::find(name) {
            None => {
                let nearest = nearest(name, catalogue::ALL.iter().map(|kpi| kpi.name));
                kpi.report(r, Problem::UnknownKpi { name: name.to_owned(), nearest });
            }
            Some(known) => {
                let missing = match known.needs {
                    Missing::Terms => Some("terms"),
                    Missing::Command => Some("command"),
                    _ => None,
                };
                if let Some(missing) = missing {
                    kpi.report(r, Problem::KpiNotProduced { kpi: name.to_owned(), missing });
                }
            }
        }
        let stat = section.get("stat").and_then(|field| field.stat(r));
        let mut limits = Limits::default();
        for key in ["at_least", "above"] {
            if let Some(field) = section.get(key) {
                limits.at_least = field.limit(r);
            }
        }
        for key in ["at_most", "below"] {
            if let Some(field) = section.get(key) {
                limits.at_most = field.limit(r);
            }
        }
        if let Some(field) = section.get("between") {
            match field.items(r)?.as_slice() {
                [low, high] => {
                    limits = Limits { at_least: low.limit(r), at_most: high.limit(r) };
                }
                _ => field.report(r, Problem::NoLimit),
            }
        }
        let has_limit = ["at_least", "at_most", "above", "below", "between"]
            .iter()
            .any(|k| section.get(k).is_some());
        if !has_limit {
            self.report(r, Problem::NoLimit);
        }
        let contradict = |limits: Limits| {
            limits.at_least.zip(limits.at_most).is_some_and(|(least, most)| least > most)
        };
        if contradict(limits) {
            self.report(r, Problem::Contradiction);
        }
        if let Some(reason) =
            self.wrong_unit(name, stat.as_deref(), section.get("within").is_some())
        {
            self.report(r, reason);
        }
        let within = section.get("within").and_then(|field| {
            let (micros, working) = field.by_any_clock(r, Field::micros)?;
            Some((micros / DAY_MICROS as f64, working))
        });
        let per = section.get("per").and_then(|field| {
            let words =
                ["day", "week", "month", "quarter", "year", "window"].map(|word| (word, word));
            field.word(r, Wanted::Scalar, &words).map(str::to_owned)
        });
        let chance = section.get("chance").and_then(|field| field.plain_share(r));
        let scopes = self.entries().into_iter().filter(|(key, _)| {
            matches!(*key, "stage" | "reason" | "source" | "role" | "person")
                || attributes.contains(key)
        });
        let scopes = scopes
            .filter_map(|(key, field)| {
                let value = field.scalar(r, Wanted::Scalar)?.to_owned();
                Some((key.to_owned(), value, field.spot()))
            })
            .collect();
        let spot = self.spot();
        Some(Expectation { kpi: name.to_owned(), stat, limits, within, per, chance, scopes, spot })
    }

    /// A limit whose unit is not the KPI's: a duration for a share, a share for a duration.
    fn wrong_unit(&self, kpi: &str, stat: Option<&str>, within: bool) -> Option<Problem> {
        let limits = ["at_least", "at_most", "above", "below", "between"];
        let is_share = SHARES.contains(&kpi) || within || stat == Some("share");
        let is_time = TIMES.contains(&kpi) && !within && stat != Some("share");
        let mut texts = Vec::new();
        for field in limits.iter().filter_map(|key| self.node.get(key)) {
            match &field.kind {
                Kind::Scalar(text) => texts.push(text.as_str()),
                Kind::List(items) => texts.extend(items.iter().filter_map(|item| {
                    if let Kind::Scalar(text) = &item.kind { Some(text.as_str()) } else { None }
                })),
                _ => {}
            }
        }
        let is_percent = |text: &str| text.trim_end().ends_with('%');
        let wrong = texts.into_iter().find(|text| {
            let beyond = is_share && !matches!(parse_share(text), Ok(Share::Of(_)));
            beyond || (is_time && is_percent(text))
        })?;
        let wanted = if is_share { Wanted::Share } else { Wanted::Duration };
        let fault = if is_share {
            parse_share(wrong).err().unwrap_or(NumberFault::NotANumber)
        } else {
            NumberFault::NotANumber
        };
        Some(Problem::Number { text: wrong.to_owned(), wanted, fault })
    }

    fn stat(&self, r: &mut Reader<'_>) -> Option<String> {
        let text = self.scalar(r, Wanted::Scalar)?;
        let quantile = text
            .strip_prefix('p')
            .is_some_and(|digits| digits.parse::<f64>().is_ok_and(|p| p > 0.0 && p < 100.0));
        if !quantile && !STATS.contains(&text) {
            let nearest = nearest(text, STATS);
            self.report(r, Problem::UnknownStat { name: text.to_owned(), nearest });
            return None;
        }
        Some(text.to_owned())
    }

    /// A share, a duration in days, or a plain number.
    fn limit(&self, r: &mut Reader<'_>) -> Option<f64> {
        let text = self.scalar(r, Wanted::Number)?;
        if text.trim_end().ends_with('%') {
            // Limits may lie above 100 %, as for attainment.
            return match parse_number(text.trim_end().trim_end_matches('%')) {
                Ok(percent) => Some(percent / 100.0),
                Err(fault) => {
                    let wanted = Wanted::Share;
                    self.report(r, Problem::Number { text: text.to_owned(), wanted, fault });
                    None
                }
            };
        }
        if let Ok(Share::Of(share)) = parse_share(text) {
            return Some(share);
        }
        if text.chars().any(char::is_alphabetic) && parse_number(text).is_err() {
            return self.length(r).map(Length::nominal_days);
        }
        self.number(r)
    }
}
