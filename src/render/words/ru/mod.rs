//! Russian.

mod charts;
mod codes;
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
mod kpis;
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

use jiff::civil::{Date, DateTime, Time};

pub(super) use fitting::remark;

use super::Language;
use super::language::Unit;
use super::piece::{Piece, name, pieces};
use crate::report::phrase::{Defaulted, Dimension, Phrase};

/// Months as axes and conditions name them.
const MONTHS: [&str; 12] =
    ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];

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
        Phrase::By(Dimension::Source) => pieces!["По источникам"],
        Phrase::By(Dimension::Attribute(dimension)) => pieces!["По признаку", name(dimension)],
        Phrase::Bad(p) => pieces![format!("плохо ({})", chance(*p))],
        Phrase::Good(p) => pieces![format!("хорошо ({})", chance(*p))],
        Phrase::Low(p) => pieces![format!("мало ({})", chance(*p))],
        Phrase::High(p) => pieces![format!("много ({})", chance(*p))],
        Phrase::Within(time) => pieces![rows::within(time)],
        Phrase::Quantile(quantile) => pieces![rows::quantile(quantile)],
        Phrase::Default(used) => pieces![default(*used)],
        Phrase::Problem(problem) => pieces![super::message(problem, Language::Russian).title],
        Phrase::Lacking(figures) => pieces![theory::lacking(*figures)],
        Phrase::Why(why) => pieces![theory::why(why)],
        Phrase::Kpi(part, kpi) => explained::kpi(*part, *kpi),
        Phrase::Swept(swept) => sweep::swept(swept),
        Phrase::Sensing(sensing) => sensing::sensing(sensing),
        Phrase::Forecasting(line) => forecasting::line(line),
        Phrase::Inspected(line) => inspected::line(line),
        Phrase::Fitting(line) => likeness::line(line),
        Phrase::Planning(line) => planning::planning(line),
        Phrase::Code(code) => pieces![codes::meaning(code)],
        Phrase::Reason(code) => pieces![codes::reason(code)],
        Phrase::Example => pieces!["Например:"],
        Phrase::GoodExample => pieces!["Лучше:"],
        Phrase::Comparing(line) => comparing::line(line),
        Phrase::Contrast(contrast) => contrast::contrast(contrast),
        Phrase::About(key, text) => {
            pieces![format!("{}:", about(key)), name(about_text(key, text))]
        }
    }
}

/// The unit as it stands after a number.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::One => "",
        Unit::Percent => " %",
        Unit::Points => " п. п.",
        Unit::PerDay => " в день",
        Unit::Second => " с",
        Unit::Minute => " мин",
        Unit::Hour => " ч",
        Unit::Day => " дн.",
        Unit::Thousand => " тыс.",
        Unit::Million => " млн",
        Unit::Billion => " млрд",
        Unit::Trillion => " трлн",
    }
}

/// A moment, to the minute; a date alone where it is a midnight.
fn instant(at: DateTime) -> String {
    if at.time() == Time::midnight() {
        date(at.date())
    } else {
        at.strftime("%d.%m.%Y %H:%M").to_string()
    }
}

fn date(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

/// A default as the model file would say it.
fn default(used: Defaulted) -> &'static str {
    match used {
        Defaulted::Start => "start: 2024-01-01",
        Defaulted::Horizon => "horizon: 12 months",
        Defaulted::Calendars => "calendars — с понедельника по пятницу, с 9 до 18",
        Defaulted::Sources => "sources — 100 лидов в неделю, пуассоновский поток",
    }
}

/// How often something happens: `1 из 10`, `3 из 10`, `2,5 %`.
fn chance(p: f64) -> String {
    match super::one_in(p) {
        Some((some, of)) => format!("{some} из {of}"),
        None => Language::Russian.percent(p),
    }
}

/// What a key of the process card is called.
fn about_text<'t>(key: &str, text: &'t str) -> &'t str {
    match (key, text) {
        ("category", "main") => "основной",
        ("category", "supporting") => "обеспечивающий",
        ("category", "management") => "управляющий",
        _ => text,
    }
}

fn about(key: &str) -> &str {
    match key {
        "instruction" => "инструкция",
        "department" => "отдел",
        "description" => "описание",
        "owner" => "владелец",
        "goal" => "цель",
        "input" => "вход",
        "output" => "выход",
        "suppliers" => "поставщики",
        "consumers" => "потребители",
        "category" => "категория",
        "resources" => "ресурсы",
        other => other,
    }
}
