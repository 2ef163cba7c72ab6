//! A fitted process as the text of a model, each number with its evidence.
//!
//! The text is in the language of models. What stands beside it for people is a [`Remark`]; others put it into words.

mod kinds;
mod laws;
mod stages;
mod ways;

pub use self::stages::{ONLY_STAGE, stage_name};

use self::laws::{number, percent};
use super::process::{Arrivals, Attributes, Fitted, Growth, People, Rare, Traces};
use crate::records::deals::{Deals, Names, Outcome};

/// What stands beside a line, for people.
#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// What the model was learnt from: deals, and those of them that were open at the end.
    Learnt {
        /// How many deals.
        deals: u64,
        /// How many of them were open.
        open: u64,
        /// First and last day, in days since 1970-01-01.
        days: (i64, i64),
    },
    /// Deals that could not be used.
    LeftOut(u64),
    /// Arrivals in full weeks.
    Rate {
        /// How many deals came.
        count: u64,
        /// In how many full weeks.
        weeks: u64,
        /// The half-width of the weekly rate at 95 %.
        reach: Option<f64>,
    },
    /// Arrivals vary more from week to week than independent ones: so many times the variance.
    Varies(f64),
    /// Arrivals grow: the interval at 95 %, and the full months that say so.
    Grows {
        /// Growth of a month.
        growth: Growth,
        /// How many full months.
        months: u64,
    },
    /// Months of the year differ beyond chance in so many full months.
    Months(u64),
    /// Too few full months to say whether months of the year differ.
    NoMonths(u64),
    /// Some variants are periods of the file.
    Periods,
    /// A period, which runs after the file never meet: `check` shall not warn of it.
    Period,
    /// A stage in which no deal was lost.
    LosesNothing,
    /// A share with its evidence.
    Share {
        /// How many took the way.
        count: u64,
        /// Of how many.
        of: u64,
        /// The interval at 95 %.
        between: (f64, f64),
    },
    /// The share that is left.
    Rest {
        /// How much that is.
        share: f64,
        /// How many took the way.
        count: u64,
        /// Of how many.
        of: u64,
    },
    /// Ways that are left out because hardly any deal went them.
    Rare(Rare),
    /// Waits, and those that had not ended.
    Waits {
        /// All of them.
        n: u64,
        /// Not ended.
        open: u64,
    },
    /// Tasks.
    Tasks(u64),
    /// Deals that came to a stage.
    Deals(u64),
    /// Visits of a case.
    Visits(u64),
    /// Deals that had not left after the longest time that was seen.
    Never,
    /// Nobody left the stage, so it is not known where deals go.
    NobodyLeft,
    /// Amounts of won deals; of all deals if none was won.
    Amounts {
        /// How many.
        n: u64,
        /// Whether of won deals only.
        won: bool,
    },
    /// Deals that have a word in a column.
    Known {
        /// How many have one.
        n: u64,
        /// How many have none: they are divided like the others.
        empty: u64,
    },
    /// Deals of a kind that left a stage.
    Kind(u64),
    /// A column that tells whether a deal is closed, so it was not used.
    Leak(String),
    /// Columns on which nothing depends beyond chance.
    Idle(Vec<String>),
    /// People who do four fifths of the work of a role, and how many of them work on a usual day.
    People {
        /// All of them.
        people: u64,
        /// On a usual day.
        a_day: f64,
        /// Their tasks.
        tasks: u64,
    },
    /// The hours that hold nine of ten starts of work.
    Hours {
        /// How many hours of the week.
        hours: u64,
        /// Starts of work.
        starts: u64,
        /// The share of starts in these hours.
        share: f64,
    },
    /// Starts of work are spread over so many hours that no calendar is written.
    NoHours(u64),
    /// Waits are what is left when the time is taken away in which the person worked on other tasks.
    WaitsLeft,
    /// Where deals begin.
    Starts,
    /// Waits hold all queues, so people are not limited.
    NoQueues,
    /// The process starts empty, and nine of ten deals last shorter than this.
    WarmUp,
    /// The file does not say how deals end.
    NoOutcomes,
    /// Without a history of stages.
    NoStages,
}

/// A line of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What the model reads; empty for a line of remarks.
    pub text: String,
    /// What people read.
    pub remarks: Vec<Remark>,
}

/// A text under way.
#[derive(Debug, Default)]
pub(in crate::fit) struct Text {
    lines: Vec<Line>,
}

impl Text {
    fn add(&mut self, indent: usize, text: &str, remarks: Vec<Remark>) {
        self.lines.push(Line { text: format!("{}{text}", "  ".repeat(indent)), remarks });
    }

    fn plain(&mut self, indent: usize, text: &str) {
        self.add(indent, text, Vec::new());
    }
}

/// What a model is written from.
#[derive(Debug, Clone, Copy)]
pub struct Learnt<'a> {
    /// The deals of the file.
    pub deals: &'a Deals,
    /// Their histories.
    pub traces: &'a Traces,
    /// The process.
    pub fitted: &'a Fitted,
    /// Arrivals.
    pub arrivals: &'a Arrivals,
    /// Attributes of deals.
    pub attributes: &'a Attributes,
    /// People and their hours, where they were asked for.
    pub people: Option<&'a People>,
    /// The name of the model.
    pub name: &'a str,
    /// Whether a share that is not known well is to vary from run to run.
    pub uncertain: bool,
}

/// The text of a model.
pub fn write(learnt: &Learnt<'_>) -> Vec<Line> {
    let Learnt { deals, traces, fitted, arrivals, name, .. } = *learnt;
    let mut text = Text::default();
    let last = traces.until.day();
    let about =
        Remark::Learnt { deals: fitted.deals, open: fitted.open, days: (arrivals.days.0, last) };
    text.add(0, "", vec![about]);
    if traces.left_out > 0 {
        text.add(0, "", vec![Remark::LeftOut(traces.left_out)]);
    }
    if deals.deals.iter().all(|deal| deal.outcome == Outcome::Open) {
        text.add(0, "", vec![Remark::NoOutcomes]);
    }
    if deals.visits.is_empty() {
        text.add(0, "", vec![Remark::NoStages]);
    }
    if arrivals.year.months < 24 {
        text.add(0, "", vec![Remark::NoMonths(arrivals.year.months as u64)]);
    }
    if fitted.stages.iter().flat_map(|stage| &stage.leaves).any(|leaf| leaf.case.is_period()) {
        text.add(0, "", vec![Remark::Periods]);
    }
    text.plain(0, "voronka: 1");
    text.plain(0, &format!("name: {}", quoted(name)));
    if let Some(currency) = &deals.currency {
        text.plain(0, &format!("currency: {}", quoted(currency)));
    }
    let (monday, long) = begins(traces);
    text.plain(0, &format!("start: {}", date(monday)));
    text.add(0, &format!("warmup: {long}d"), vec![Remark::WarmUp]);
    match learnt.people {
        Some(people) => kinds::people(&mut text, learnt, people),
        None if traces.has_work => {
            let (calendar, role) = (kinds::always(learnt), kinds::role(learnt, 0));
            let hours = "{hours: {mon-sun: \"00:00-24:00\"}}";
            text.plain(0, &format!("calendars: {{{calendar}: {hours}}}"));
            let role = format!("roles: {{{role}: {{people: unlimited, calendar: {calendar}}}}}");
            text.add(0, &role, vec![Remark::NoQueues]);
        }
        None => {}
    }
    kinds::attributes(&mut text, learnt);
    sources(&mut text, learnt);
    kinds::value(&mut text, learnt);
    stages::write(&mut text, learnt);
    text.lines
}

fn sources(text: &mut Text, Learnt { deals, fitted, arrivals, .. }: &Learnt<'_>) {
    text.plain(0, "sources:");
    let enters = stages::first(fitted);
    let season = season(arrivals);
    let months = arrivals.year.months as u64;
    for inflow in &arrivals.inflows {
        let only = arrivals.inflows.len() == 1;
        let unnamed = || unused(if only { "leads" } else { "all others" }, &deals.sources);
        let name = inflow.source.map_or_else(unnamed, |id| deals.sources.word(id).to_owned());
        let mut keys = vec![format!("rate: {}/week", number(inflow.rate * arrivals.year.level))];
        keys.extend(season.clone());
        if let Some(growth) = arrivals.year.growth {
            keys.push(format!("growth: {}/month", percent(growth.per_month)));
        }
        if let Some(at) = enters {
            keys.push(format!("enters: {}", stages::key(deals, fitted, at)));
        }
        let mut remarks =
            vec![Remark::Rate { count: inflow.count, weeks: arrivals.weeks, reach: inflow.reach }];
        remarks.extend(arrivals.year.growth.map(|growth| Remark::Grows { growth, months }));
        remarks.extend(arrivals.year.season.map(|_| Remark::Months(months)));
        remarks.extend(inflow.dispersion.filter(|times| *times > 2.0).map(Remark::Varies));
        text.add(1, &format!("{}: {{{}}}", quoted(&name), keys.join(", ")), remarks);
    }
}

/// Factors of months and of days of the week.
fn season(arrivals: &Arrivals) -> Option<String> {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let months = months.iter().zip(arrivals.year.season.iter().flatten());
    let days = days.iter().zip(arrivals.weekdays.iter().flatten());
    let factors: Vec<String> =
        months.chain(days).map(|(name, factor)| format!("{name}: {}", number(*factor))).collect();
    (!factors.is_empty()).then(|| format!("season: {{{}}}", factors.join(", ")))
}

/// The Monday after the last fact, in days since 1970-01-01, and the days before it in which the process fills.
fn begins(traces: &Traces) -> (i64, f64) {
    let last = traces.until.day();
    // 1970-01-01 was a Thursday.
    let monday = last + 7 - (last + 3).rem_euclid(7);
    let mut lasted: Vec<f64> =
        traces.list.iter().map(|trace| trace.lasted(traces.has_tasks)).collect();
    lasted.sort_by(f64::total_cmp);
    let long = lasted.get(lasted.len() * 9 / 10).map_or(1.0, |days| days.ceil().max(1.0));
    (monday, long)
}

/// A day as the language writes it.
fn date(day: i64) -> String {
    let first = jiff::civil::date(1970, 1, 1);
    let span = jiff::Span::new().try_days(day);
    span.ok().and_then(|span| first.checked_add(span).ok()).unwrap_or(first).to_string()
}

/// A name that no word of a column has: the name itself, or with a number.
fn unused(name: &str, words: &Names) -> String {
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let mut all = std::iter::once(name.to_owned()).chain(numbered);
    all.find(|name| words.find(name).is_none()).unwrap_or_default()
}

/// A name as the language writes it, in quotes if it could be read as something else.
pub(in crate::fit) fn quoted(name: &str) -> String {
    let plain = name.starts_with(char::is_alphabetic)
        && !name.ends_with(' ')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let is_word = matches!(
        name.to_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    );
    // YAML reads JSON strings.
    if plain && !is_word { name.to_owned() } else { serde_json::Value::from(name).to_string() }
}
