//! The steps of a stage: work and waits, in any order.

use super::clock::Clock;
use super::delay::Delay;
use super::forms::{self, Form};
use super::next::{Branch, Target};
use super::notes::Notes;
use super::reader::{Field, Reader, Section, Spot};
use super::when::WEEKDAYS;
use crate::diagnostic::{StructureFault, ValueFault, Wanted, Warning};
use crate::quantity::{DAY_MICROS, MINUTE_MICROS};
use crate::random::distribution::Distribution;

/// Work or a wait, with the cost of starting it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What happens.
    pub action: Action,
    /// In the currency.
    pub cost: f64,
    /// What people are told about it.
    pub notes: Notes,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A wait; it keeps nobody of the company busy.
    Wait(Wait),
    /// Work of one person.
    Work(Work),
}

/// How long a wait lasts.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// For a duration, in microseconds.
    Time(Delay),
    /// Until a time of day.
    Until(Moment),
}

/// A time of day, optionally on a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// 1 is Monday; `None`: any day.
    pub weekday: Option<i8>,
    /// Microseconds since midnight.
    pub time: i64,
}

/// Work that one person does.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// The role that does it.
    pub role: (String, Spot),
    /// The working time that it takes, in microseconds.
    pub time: Distribution,
    /// Its name; the default is the stage's name.
    pub activity: Option<String>,
}

/// How long a deal waits in a queue, and where it goes then.
#[derive(Debug, Clone, PartialEq)]
pub struct Patience {
    /// The longest time in the queue.
    pub time: Delay,
    /// Where the deal goes.
    pub next: Vec<Branch>,
    /// Where it is written.
    pub spot: Spot,
}

/// `1d` is 24 hours: for work, the author may have meant a working day.
pub(super) const LONG_WORK: f64 = DAY_MICROS as f64;

pub(super) const KNOWN: [&str; 7] =
    ["wait", "role", "time", "activity", "cost", "description", "instruction"];
pub(super) const WORK: [&str; 6] =
    ["role", "time", "activity", "cost", "description", "instruction"];

impl Field<'_> {
    pub(super) fn steps(&self, r: &mut Reader<'_>) -> Vec<Step> {
        let items = self.items(r).unwrap_or_default();
        items.iter().filter_map(|item| item.step(r)).collect()
    }

    fn step(&self, r: &mut Reader<'_>) -> Option<Step> {
        if let [(key @ ("work" | "работа"), work)] = self.entries().as_slice()
            && (work.is_map() || work.work_in_words(r).is_some())
        {
            let written = match work.work_in_words(r) {
                Some(form) => form.written,
                None => forms::in_braces(self.node.get(key)?),
            };
            let certain = !written.contains('…');
            self.report_form(r, Form { written, certain });
            return None;
        }
        let later = ["parallel", "patience", "holds"];
        let section = self.section(r, &KNOWN, &later)?;
        if later.iter().any(|key| section.get(key).is_some()) {
            return None;
        }
        let cost = section.get("cost").map_or(Some(0.0), |field| field.money(r));
        let action = match (section.get("wait"), section.get("role")) {
            (Some(wait), Some(_)) => {
                let problem = StructureFault::Conflict { key: "wait", other: "role" };
                r.findings.report(problem, wait.key().place, wait.path.clone());
                return None;
            }
            (Some(wait), None) => {
                for key in ["time", "activity"] {
                    if let Some(field) = section.get(key) {
                        let problem = StructureFault::Conflict { key, other: "wait" };
                        r.findings.report(problem, field.key().place, field.path.clone());
                    }
                }
                Action::Wait(wait.wait(r)?)
            }
            (None, Some(_)) => Action::Work(section.work(r)?),
            (None, None) => {
                let key = if section.get("time").is_some() { "role" } else { "wait" };
                section.need(r, key, "step");
                return None;
            }
        };
        Some(Step { action, cost: cost?, notes: section.notes(r) })
    }

    /// `{role: manager, time: 2h, activity: call}` as the stage's `work`.
    pub(super) fn work(&self, r: &mut Reader<'_>) -> Option<Step> {
        if let Some(form) = self.work_in_words(r) {
            self.report_form(r, form);
            return None;
        }
        let section = self.section_of(r, Wanted::Work, &WORK, &[])?;
        let cost = section.get("cost").map_or(Some(0.0), |field| field.money(r));
        let action = Action::Work(section.work(r)?);
        Some(Step { action, cost: cost?, notes: section.notes(r) })
    }

    /// A text such as `seller, 2h` with its keys.
    fn work_in_words(&self, r: &Reader<'_>) -> Option<Form> {
        let roles: Vec<&str> = r.role_days.iter().map(|(name, _)| name.as_str()).collect();
        forms::work(self.node.scalar_text(), &roles)
    }

    /// A duration, or `{until: "thu 14:00"}`.
    pub(super) fn wait(&self, r: &mut Reader<'_>) -> Option<Wait> {
        if self.node.entry("until").is_none() {
            return self.delay(r).map(Wait::Time);
        }
        let section = self.section(r, &["until"], &[])?;
        let until = section.get("until")?;
        let text = until.scalar(r, Wanted::Moment)?;
        let moment = Moment::parse(text);
        if moment.is_none() {
            until.report(r, ValueFault::BadMoment { text: text.to_owned() });
        }
        moment.map(Wait::Until)
    }

    /// `{time: …, lost: REASON}`, `{time: …, next: …}`, or a time alone.
    pub(super) fn patience(&self, r: &mut Reader<'_>) -> Option<Patience> {
        let lost = |reason: Option<String>, spot: Spot| {
            vec![Branch {
                target: Target::Lost(reason),
                probability: 1.0,
                varies: None,
                after: None,
                spot,
            }]
        };
        if self.node.entry("time").is_none() {
            if self.is_map() && ["lost", "next"].iter().any(|key| self.node.get(key).is_some()) {
                self.section(r, &["time", "lost", "next"], &[])?.need(r, "time", "patience");
                return None;
            }
            let next = lost(None, self.spot());
            return Some(Patience { time: self.delay(r)?, next, spot: self.key() });
        }
        let section = self.section(r, &["time", "lost", "next"], &[])?;
        let time = section.get("time").and_then(|field| field.delay(r));
        let next = match (section.get("lost"), section.get("next")) {
            (Some(_), Some(next)) => {
                let problem = StructureFault::Conflict { key: "next", other: "lost" };
                r.findings.report(problem, next.key().place, next.path.clone());
                return None;
            }
            (Some(reason), None) => {
                lost(Some(reason.scalar(r, Wanted::Scalar)?.to_owned()), reason.spot())
            }
            (None, Some(next)) => next.next(r)?,
            (None, None) => lost(None, self.spot()),
        };
        Some(Patience { time: time?, next, spot: self.key() })
    }
}

impl Section<'_> {
    fn work(&self, r: &mut Reader<'_>) -> Option<Work> {
        let role = self.need(r, "role", "work");
        let role = role.and_then(|field| {
            if field.is_list() {
                field.report(r, StructureFault::NotYet { key: "role: [several]".to_owned() });
                return None;
            }
            Some((field.scalar(r, Wanted::Scalar)?.to_owned(), field.spot()))
        });
        let activity = self.get("activity").and_then(|field| field.text(r));
        let time = self.need(r, "time", "work").and_then(|field| {
            let day = role.as_ref().and_then(|(name, _)| r.day_of(name));
            let before = (r.clock, r.working_day);
            r.clock = Clock::Working { any: true };
            r.working_day = day.unwrap_or(r.working_day);
            let time = field.time(r);
            (r.clock, r.working_day) = before;
            let constant =
                matches!(time, Some(Distribution::Constant(micros)) if micros >= LONG_WORK);
            if constant && is_in_days(field.node.scalar_text()) {
                field.report(r, Warning::DayOfWork);
            }
            time
        });
        Some(Work { role: role?, time: time?, activity })
    }
}

/// Whether a length has a unit of elapsed days or longer: hours of work are hours of work.
pub(super) fn is_in_days(text: &str) -> bool {
    let units = text.split(|c: char| !c.is_alphabetic()).filter(|unit| !unit.is_empty());
    let is_of_hours = |unit: &str| matches!(unit, "h" | "hour" | "hours" | "min" | "s");
    !text.contains("working") && !units.into_iter().all(is_of_hours)
}

impl Moment {
    /// Reads `thu 14:00`, `14:00` or `thu`.
    fn parse(text: &str) -> Option<Moment> {
        let lower = text.trim().to_lowercase();
        let (day, time) = match lower.split_once(' ') {
            Some((day, time)) => (Some(day), Some(time.trim())),
            None if lower.contains(':') => (None, Some(lower.as_str())),
            None => (Some(lower.as_str()), None),
        };
        let weekday = match day {
            Some(day) => Some(WEEKDAYS.iter().find(|known| known.0 == day)?.1),
            None => None,
        };
        let time = match time {
            None => 0,
            Some(time) => {
                let (hours, minutes) = time.split_once(':')?;
                let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
                let fits = (0..24).contains(&hours) && (0..60).contains(&minutes);
                fits.then_some((hours * 60 + minutes) * MINUTE_MICROS)?
            }
        };
        Some(Moment { weekday, time })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_and_without_a_day() {
        let moment =
            |weekday, hours: i64| Some(Moment { weekday, time: hours * 60 * MINUTE_MICROS });
        assert_eq!(Moment::parse("thu 14:00"), moment(Some(4), 14));
        assert_eq!(Moment::parse("9:00"), moment(None, 9));
        assert_eq!(Moment::parse("Mon"), moment(Some(1), 0));
        assert_eq!(Moment::parse("thu 25:00"), None);
        assert_eq!(Moment::parse("soon"), None);
    }
}
