//! `rollout`: a prescribed process that is learnt over some time and costs money and working time.

use jiff::civil::DateTime;

use super::clock::Clock;
use super::header::default_start;
use super::reader::{Field, Reader, Spot};
use super::step::{LONG_WORK, is_in_days};
use crate::calendar::{holds, shift};
use crate::diagnostic::{ValueFault, Wanted, Warning};
use crate::quantity::{DAY_MICROS, Length};

/// How a prescribed process is introduced.
#[derive(Debug, Clone, PartialEq)]
pub struct Rollout {
    /// When it begins.
    pub start: DateTime,
    /// How long it takes.
    pub duration: Length,
    /// Share of the visits in which the process is followed before the start.
    pub from: f64,
    /// The same share after the end.
    pub to: f64,
    /// How the share rises in between.
    pub curve: Curve,
    /// One-off cost at the start, in the currency.
    pub cost: f64,
    /// Working time that it takes of a role's people.
    pub work: Option<Briefing>,
    /// Where it is written.
    pub spot: Spot,
}

/// How a share rises with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Curve {
    /// Slowly, fast, slowly: the logistic function from -6 to 6.
    #[default]
    Logistic,
    /// Evenly.
    Linear,
}

impl Curve {
    /// All curves with their words.
    pub const WORDS: [(&'static str, Curve); 2] =
        [("logistic", Curve::Logistic), ("linear", Curve::Linear)];
}

/// Working time that each person of a role spends on the roll-out, again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct Briefing {
    /// The role.
    pub role: (String, Spot),
    /// Working time each time, in microseconds.
    pub micros: i64,
    /// From the date of one briefing to the date of the next.
    pub every: Length,
}

impl Rollout {
    /// When it ends.
    pub fn end(&self) -> DateTime {
        shift(self.start, self.duration, 1)
    }

    /// The dates from which on a briefing is due: the start, and then one each period while the
    /// roll-out lasts.
    pub fn dates(&self) -> impl Iterator<Item = DateTime> {
        let (start, end) = (self.start, self.end());
        let every = self.work.as_ref().map(|work| work.every);
        let nth = move |n: u32| {
            let Length { months, micros, .. } = every?;
            let (months, micros) = (months * f64::from(n), micros * f64::from(n));
            let date = shift(start, Length { months, micros, ..Length::default() }, 1);
            (date < end).then_some(date)
        };
        (0..).map_while(nth)
    }
}

pub(super) const KNOWN: [&str; 7] = ["start", "duration", "from", "to", "curve", "cost", "work"];
pub(super) const BRIEFING: [&str; 3] = ["role", "time", "every"];

const fn months(months: f64) -> Length {
    Length { months, micros: 0.0, working: 0.0, working_days: 0.0 }
}

const fn days(days: i64) -> Length {
    Length { months: 0.0, micros: (days * DAY_MICROS) as f64, working: 0.0, working_days: 0.0 }
}

/// Periods that have a word.
pub(super) const PERIODS: [(&str, Length); 5] = [
    ("day", days(1)),
    ("week", days(7)),
    ("month", months(1.0)),
    ("quarter", months(3.0)),
    ("year", months(12.0)),
];

impl Field<'_> {
    pub(super) fn rollout(&self, r: &mut Reader<'_>) -> Option<Rollout> {
        let section = self.section(r, &KNOWN, &[])?;
        let start = section.need(r, "start", "rollout").and_then(|field| field.date(r));
        let duration = section.need(r, "duration", "rollout").and_then(|field| field.span(r, 0.0));
        let from = section.need(r, "from", "rollout").and_then(|field| field.plain_share(r));
        let to = section.need(r, "to", "rollout").and_then(|field| field.plain_share(r));
        let curve = section.get("curve");
        let curve = curve.and_then(|field| field.word(r, Wanted::Scalar, &Curve::WORDS));
        let cost = section.get("cost").and_then(|field| field.price(r));
        let work = section.get("work").and_then(|field| field.briefing(r));
        // A roll-out that could not be read still counts as one: one report is enough.
        let start = start.unwrap_or_else(default_start);
        let mut duration = duration.unwrap_or(days(1));
        if !holds(start, duration, 1) {
            self.report(r, ValueFault::BeyondCalendar { key: "duration" });
            duration = days(1);
        }
        Some(Rollout {
            start,
            duration,
            from: from.unwrap_or_default(),
            to: to.unwrap_or_default(),
            curve: curve.unwrap_or_default(),
            cost: cost.unwrap_or(0.0),
            work,
            spot: self.key(),
        })
    }

    /// A length of more than `least` days (or of at least that many, where it is above 0).
    fn span(&self, r: &mut Reader<'_>, least: f64) -> Option<Length> {
        let length = self.length(r)?;
        let days = length.nominal_days();
        if days <= 0.0 || days < least {
            let text = self.node.scalar_text().to_owned();
            self.report(r, ValueFault::Below { text, least });
            return None;
        }
        Some(length)
    }

    /// `{role: manager, time: 2 hours, every: week}`.
    fn briefing(&self, r: &mut Reader<'_>) -> Option<Briefing> {
        let section = self.section(r, &BRIEFING, &[])?;
        let role = section.need(r, "role", "work");
        let role = role.and_then(|field| {
            let name = field.scalar(r, Wanted::Scalar)?.to_owned();
            Some((name, field.spot()))
        });
        let day = role.as_ref().and_then(|(name, _)| r.day_of(name)).unwrap_or(r.working_day);
        let before = (r.clock, r.working_day);
        (r.clock, r.working_day) = (Clock::Working { any: true }, day);
        let time = section.need(r, "time", "work").and_then(|field| field.working_micros(r));
        (r.clock, r.working_day) = before;
        let every = section.need(r, "every", "work").and_then(|field| field.period(r));
        Some(Briefing { role: role?, micros: time?, every: every? })
    }

    /// Working time above 0, in microseconds; it may be written as elapsed time.
    fn working_micros(&self, r: &mut Reader<'_>) -> Option<i64> {
        let micros = self.micros(r)?;
        let text = self.scalar(r, Wanted::Duration)?.to_owned();
        if micros > 0.0 {
            if micros >= LONG_WORK && is_in_days(&text) {
                self.report(r, Warning::DayOfWork);
            }
            return Some(micros as i64);
        }
        self.report(r, ValueFault::Below { text, least: 0.0 });
        None
    }

    /// `week`, or a length of a day or more.
    fn period(&self, r: &mut Reader<'_>) -> Option<Length> {
        let text = self.scalar(r, Wanted::Duration)?;
        let known = PERIODS.iter().find(|(word, _)| *word == text);
        known.map(|(_, length)| *length).or_else(|| self.span(r, 1.0))
    }
}
