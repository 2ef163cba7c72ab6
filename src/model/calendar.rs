//! `timezone` and `calendars`: when people work.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::forms;
use super::near::nearest;
use super::reader::{Field, Reader, Spot};
use super::when::WEEKDAYS;
use super::zones;
use crate::calendar::{Hours, Span};
use crate::diagnostic::meant;
use crate::diagnostic::{ProcessFault, StructureFault, ValueFault, Wanted, Warning};

/// A named calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Weekly hours, holidays and special days.
    pub hours: Hours,
    /// Where it is written.
    pub spot: Spot,
}

/// In minutes: a window over midnight of this length probably has its ends exchanged.
const LONG_NIGHT: i64 = 20 * 60 + 1;
/// In minutes: nobody comes to work for less.
const SHORT: i64 = 15;
const DAY_MINUTES: i64 = 24 * 60;

pub(super) const KNOWN: [&str; 4] = ["hours", "holidays", "special", "title"];

impl Field<'_> {
    /// The name of an IANA time zone.
    pub(super) fn timezone(&self, r: &mut Reader<'_>) -> Option<TimeZone> {
        let name = self.scalar(r, Wanted::Scalar)?;
        if let Ok(zone) = TimeZone::get(name) {
            if let Some(place) = zones::place_of_fixed(name) {
                self.report(r, Warning::FixedZone { name: name.to_owned(), place });
            }
            return Some(zone);
        }
        let place = zones::place(name);
        let known: Vec<String> = jiff::tz::db().available().map(|n| n.to_string()).collect();
        let town = name.trim().replace(' ', "_");
        let of_town = |zone: &&String| {
            zone.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&town))
        };
        let of_town = known.iter().find(of_town).cloned();
        let nearest = of_town.or_else(|| nearest(name, known.iter().map(String::as_str)));
        self.report(r, ValueFault::UnknownZone { name: name.to_owned(), nearest, place });
        None
    }

    pub(super) fn calendars(&self, r: &mut Reader<'_>) -> Vec<Calendar> {
        let fields = self.names(r).unwrap_or_default();
        fields.iter().filter_map(|field| field.calendar(r)).collect()
    }

    fn calendar(&self, r: &mut Reader<'_>) -> Option<Calendar> {
        let section = self.section(r, &KNOWN, &[])?;
        let name = self.name().to_owned();
        let before = r.findings.count();
        let week = section.need(r, "hours", &name).map(|field| field.week(r));
        let holidays = section.get("holidays").map(|field| field.holidays(r));
        let special = section.get("special").map(|field| field.special_days(r));
        let hours = Hours {
            week: week?,
            holidays: holidays.unwrap_or_default(),
            special: special.unwrap_or_default(),
        };
        if !hours.has_time() && !r.findings.has_errors_since(before) {
            self.report(r, ProcessFault::NoWorkingTime { calendar: name.clone() });
        }
        Some(Calendar { name, hours, spot: self.key() })
    }

    /// `{mon-thu: "09:00-18:00", fri: […]}`; a text alone applies to every day.
    fn week(&self, r: &mut Reader<'_>) -> [Vec<Span>; 7] {
        let mut week: [Vec<Span>; 7] = std::array::from_fn(|_| Vec::new());
        if !self.is_map() {
            let spans = self.spans(r);
            week.iter_mut().for_each(|day| day.clone_from(&spans));
            return week;
        }
        let mut named = [false; 7];
        for (key, field) in self.entries() {
            let Some(days) = days_of(key) else {
                let problem = ValueFault::UnknownWord {
                    text: key.to_owned(),
                    wanted: Wanted::Weekday,
                    nearest: nearest(key, WEEKDAYS.iter().map(|day| day.0)),
                    known: WEEKDAYS.iter().map(|day| day.0.to_owned()).collect(),
                };
                r.findings.report(problem, field.key().place, field.path.clone());
                continue;
            };
            let spans = field.spans(r);
            for day in days {
                if std::mem::replace(&mut named[day], true) {
                    let problem = StructureFault::DuplicateKey { key: WEEKDAYS[day].0.to_owned() };
                    r.findings.report(problem, field.key().place, field.path.clone());
                }
                week[day].clone_from(&spans);
            }
        }
        week
    }

    /// `"09:00-18:00"`, a list of such spans, or `closed`.
    fn spans(&self, r: &mut Reader<'_>) -> Vec<Span> {
        let mut spans = Vec::new();
        if self.is_list() {
            for item in self.items(r).unwrap_or_default() {
                spans.extend(item.one_span(r));
            }
        } else if let Some(form) = forms::windows(self.node.scalar_text()) {
            self.report_form(r, form);
        } else if self.node.scalar_text() != "closed" {
            spans.extend(self.one_span(r));
        }
        if Hours::overlaps(&spans) {
            self.report(r, Warning::OverlappingHours);
        }
        spans
    }

    fn one_span(&self, r: &mut Reader<'_>) -> Option<Span> {
        let text = self.scalar(r, Wanted::Hours)?;
        match Span::parse(text) {
            Ok(span) => {
                let minutes = span.until - span.from;
                let over_midnight = span.until > DAY_MINUTES;
                let whole = text.replace('–', "-").replace(' ', "") == "00:00-00:00";
                let long = over_midnight && (LONG_NIGHT..DAY_MINUTES).contains(&minutes);
                if long || whole || (0..SHORT).contains(&minutes) {
                    self.report(r, Warning::OddHours { text: text.to_owned(), minutes, whole });
                }
                Some(span)
            }
            Err(fault) => {
                let problem = ValueFault::BadHours { text: text.to_owned(), fault };
                self.report(r, problem);
                None
            }
        }
    }

    /// Dates, and `{from, to}` ranges with both days included.
    fn holidays(&self, r: &mut Reader<'_>) -> Vec<(Date, Date)> {
        let mut holidays = Vec::new();
        for item in self.items(r).unwrap_or_default() {
            let text = item.node.scalar_text();
            if let Some([from, to]) = meant::span(text) {
                let written = format!("{{from: {from}, to: {to}}}");
                let text = text.to_owned();
                item.report(r, ValueFault::DateSpan { text, written });
                continue;
            }
            if !item.is_map() {
                holidays.extend(item.day(r).map(|day| (day, day)));
                continue;
            }
            let Some(section) = item.section(r, &["from", "to"], &[]) else { continue };
            let mut limit = |key| section.need(r, key, "holidays").and_then(|field| field.day(r));
            let (Some(from), Some(to)) = (limit("from"), limit("to")) else { continue };
            if to < from {
                item.report(r, ValueFault::DateOrder { earlier: "from", later: "to" });
            }
            holidays.push((from, to));
        }
        holidays
    }

    /// `{2026-02-28: "09:00-16:00"}`.
    fn special_days(&self, r: &mut Reader<'_>) -> Vec<(Date, Vec<Span>)> {
        if let Some(form) = forms::special_days(self.node) {
            self.report_form(r, form);
            return Vec::new();
        }
        if !self.is_map() {
            let found = self.node.found();
            self.report(r, StructureFault::WrongKind { wanted: Wanted::Map, found });
        }
        let mut days = Vec::new();
        for (key, field) in self.entries() {
            match super::date::parse_date(key) {
                Some(date) => days.push((date.date(), field.spans(r))),
                None => {
                    let problem = ValueFault::BadDate { text: key.to_owned() };
                    r.findings.report(problem, field.key().place, field.path.clone());
                }
            }
        }
        days
    }

    fn day(&self, r: &mut Reader<'_>) -> Option<Date> {
        self.date(r).map(jiff::civil::DateTime::date)
    }
}

/// The days of `fri`, `mon-thu` or `sat-mon`, Monday being 0.
fn days_of(key: &str) -> Option<Vec<usize>> {
    let day = |word: &str| {
        let word = word.trim().to_lowercase();
        WEEKDAYS.iter().find(|day| day.0 == word).map(|day| day.1 as usize - 1)
    };
    let Some((first, last)) = key.split_once(['-', '–']) else {
        return day(key).map(|day| vec![day]);
    };
    let (first, last) = (day(first)?, day(last)?);
    Some((0..=(last + 7 - first) % 7).map(|at| (first + at) % 7).collect())
}

#[cfg(test)]
mod tests {
    use super::days_of;

    #[test]
    fn ranges_of_weekdays_may_go_over_the_weekend() {
        assert_eq!(days_of("mon-thu"), Some(vec![0, 1, 2, 3]));
        assert_eq!(days_of("Sat-Mon"), Some(vec![5, 6, 0]));
        assert_eq!(days_of("fri"), Some(vec![4]));
        assert_eq!(days_of("someday"), None);
    }
}
