//! English.

mod ahead;
mod by_model;
mod charts;
pub(super) mod command;
mod comparing;
mod contrast;
pub(super) mod drawn;
pub(super) mod explained;
mod exports;
pub(super) mod findings;
mod fitting;
mod forecasting;
mod inspected;
mod likeness;
mod oddities;
mod planning;
pub(super) mod refusal;
mod rows;
mod screen;
mod sensing;
mod sweep;
mod terms;
mod theory;

use jiff::civil::{DateTime, Time};

pub(super) use fitting::remark;

use super::Language;
use super::language::Unit;
use super::piece::{Piece, name, pieces};
use crate::report::phrase::{Defaulted, Dimension, Phrase};

/// Months as axes and conditions name them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A phrase in words.
pub(super) fn say(phrase: &Phrase) -> Vec<Piece> {
    match phrase {
        Phrase::Term(term) => pieces![terms::term(*term)],
        Phrase::Remark(remark) => screen::remark(remark),
        Phrase::Finding(finding) => charts::finding(finding),
        Phrase::Caption(caption) => charts::caption(caption),
        Phrase::Name(text) => pieces![name(text)],
        Phrase::Number(number) => pieces![number],
        Phrase::Thing(thing) => rows::thing(thing),
        Phrase::Group(dimension, value) => rows::group(dimension, value),
        Phrase::Statistic(statistic) => rows::statistic(statistic),
        Phrase::By(Dimension::Source) => pieces!["By source"],
        Phrase::By(Dimension::Attribute(dimension)) => pieces!["By", name(dimension)],
        Phrase::Bad(p) => pieces![format!("bad ({})", chance(*p))],
        Phrase::Good(p) => pieces![format!("good ({})", chance(*p))],
        Phrase::Low(p) => pieces![format!("low ({})", chance(*p))],
        Phrase::High(p) => pieces![format!("high ({})", chance(*p))],
        Phrase::Within(time) => pieces![format!("within {time}")],
        Phrase::Quantile(quantile) => pieces![quantile.as_str()],
        Phrase::Default(used) => pieces![default(*used)],
        Phrase::Problem(problem) => pieces![findings::message_of(problem).title],
        Phrase::Lacking(figures) => pieces![theory::lacking(*figures)],
        Phrase::Why(why) => pieces![theory::why(why)],
        Phrase::Kpi(part, kpi) => explained::kpi(*part, *kpi),
        Phrase::Swept(swept) => sweep::swept(swept),
        Phrase::Sensing(sensing) => sensing::sensing(sensing),
        Phrase::Forecasting(line) => forecasting::line(line),
        Phrase::Ahead(line) => ahead::line(line),
        Phrase::Inspected(line) => inspected::line(line),
        Phrase::Fitting(line) => likeness::line(line),
        Phrase::Planning(line) => planning::planning(line),
        Phrase::Code(code) => pieces![code.meaning],
        Phrase::Reason(code) => pieces![code.reason],
        Phrase::Example => pieces!["For example:"],
        Phrase::GoodExample => pieces!["Better:"],
        Phrase::Comparing(line) => comparing::line(line),
        Phrase::Contrast(contrast) => contrast::contrast(contrast),
        Phrase::About(key, text) => pieces![format!("{key}:"), name(text)],
    }
}

/// The unit as it stands after a number.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::One => "",
        Unit::Percent => " %",
        Unit::Points => " pp",
        Unit::PerDay => " per day",
        Unit::Second => " s",
        Unit::Minute => " min",
        Unit::Hour => " h",
        Unit::Day => " d",
        Unit::Thousand => " k",
        Unit::Million => " M",
        Unit::Billion => " bn",
        Unit::Trillion => " tn",
    }
}

/// A moment, to the minute; a date alone where it is a midnight.
fn instant(at: DateTime) -> String {
    if at.time() == Time::midnight() {
        at.date().to_string()
    } else {
        at.strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// A default as the model file would say it.
fn default(used: Defaulted) -> &'static str {
    match used {
        Defaulted::Start => "start: 2024-01-01",
        Defaulted::Horizon => "horizon: 12 months",
        Defaulted::Calendars => "calendars: Monday to Friday, 9 to 18",
        Defaulted::Sources => "sources: 100 leads a week, Poisson",
    }
}

/// How often something happens: `1 in 10`, `3 in 10`, `2.5 %`.
fn chance(p: f64) -> String {
    match super::one_in(p) {
        Some((some, of)) => format!("{some} in {of}"),
        None => Language::English.percent(p),
    }
}
