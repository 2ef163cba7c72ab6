//! What a message holds in every language alike: names, codes, lists, numbers of faults.

use super::number::Kind;
use super::{Language, Message};
use crate::diagnostic::{Bounds, Change, Measure, Measured};
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::render::visible;

pub(super) fn message(title: impl Into<String>, help: impl Into<String>) -> Message {
    Message { title: title.into(), help: Some(help.into()) }
}

pub(super) fn plain(title: impl Into<String>) -> Message {
    Message { title: title.into(), help: None }
}

/// A text of the user or of the language, in backticks.
pub(super) fn show(text: &str) -> String {
    format!("`{}`", visible(text, 60))
}

/// At most twelve names.
pub(super) fn list(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(12).map(|name| show(name)).collect();
    let more = if names.len() > 12 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// How a key stands inside the section that it belongs to, with these words in place of names.
pub(super) fn inside(section: &str, key: &str, name: &str, stage: &str) -> String {
    match section {
        "work" => "work: {role: …, time: …}".to_owned(),
        "stages" => format!("stages: {{{stage}: {{{key}: …}}}}"),
        "calendars" => format!("calendars: {{{name}: {{{key}: …}}}}"),
        "variants" => "variants: [{when: …, …}]".to_owned(),
        "next" => format!("next: {{{stage}: {{share: 40%, after: 2d}}, lost: rest}}"),
        _ => format!("{section}: {{{key}: …}}"),
    }
}

/// Keys with their values.
pub(super) fn pairs(pairs: &[(String, String)]) -> String {
    let shown: Vec<String> =
        pairs.iter().map(|(key, value)| show(&format!("{key}: {value}"))).collect();
    shown.join(", ")
}

/// All names.
pub(super) fn all<T: AsRef<str>>(names: &[T]) -> String {
    let shown: Vec<String> = names.iter().map(|name| show(name.as_ref())).collect();
    shown.join(", ")
}

/// A character by its number.
pub(super) fn code_point(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// The first character of a key that nobody sees, with its position from 1.
pub(super) fn hidden(key: &str) -> Option<(usize, char)> {
    let is_hidden = |letter: char| {
        (letter.is_whitespace() && letter != ' ')
            || matches!(letter, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{AD}')
    };
    (1..).zip(key.chars()).find(|(_, letter)| is_hidden(*letter))
}

/// The first three pairs of letters in which two names of one look differ.
pub(super) fn differing<'n>(
    name: &'n str,
    other: &'n str,
) -> impl Iterator<Item = (char, char)> + use<'n> {
    name.chars().zip(other.chars()).filter(|(one, two)| one != two).take(3)
}

/// A file's name as a shell takes it.
pub(super) fn as_argument(file: &str) -> String {
    let shown = visible(file, 200);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '-' | '+');
    match shown.as_str() {
        "-" => "model.yaml".to_owned(),
        _ if shown.chars().all(is_plain) => shown,
        _ => format!("'{}'", shown.replace('\'', "'\\''")),
    }
}

/// `stage`, `role` as keys that a reader can add, with a word in place of their names.
pub(super) fn keys(known: &[String], or: &str, name: &str) -> String {
    let keys: Vec<String> = known.iter().map(|key| format!("`{key}: {name}`")).collect();
    keys.join(or)
}

/// The parameter of a distribution: shapes have no unit; all else is in the model's smallest units,
/// which nobody wrote.
pub(super) fn parameter(language: Language, name: &str, value: f64, of_time: bool) -> String {
    match name {
        "shape" | "sigma" | "alpha" | "beta" | "k" => language.exact(value),
        _ if of_time => language.duration(value / DAY_MICROS as f64),
        _ => language.exact(value / MINOR_UNITS),
    }
}

/// What was measured, with its half-width; empty where nothing was observed.
pub(super) fn number(language: Language, measured: &Measured) -> String {
    let Measured { value, half_width, bounds, .. } = measured;
    let shown = |value| language.estimate(value, half_width.unwrap_or(0.0), kind(&bounds.measure));
    value.map_or_else(String::new, shown)
}

/// A change of a figure: before, now, and the difference with its interval.
pub(super) fn change(language: Language, change: &Change) -> [String; 3] {
    let kind = kind(&change.measure);
    let one =
        |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |x| language.value(x, kind));
    let half_width = change.half_width.unwrap_or(f64::NAN);
    let difference = change.difference.unwrap_or(f64::NAN);
    [one(change.old), one(change.new), language.estimate(difference, half_width, kind)]
}

/// Which limit was missed.
pub(super) enum Missed {
    Below(String),
    Above(String),
}

pub(super) fn missed(language: Language, measured: &Measured) -> Option<Missed> {
    let Bounds { at_least, at_most, measure } = &measured.bounds;
    let limit = |x: f64| language.limit(x, kind(measure));
    match (at_least, at_most) {
        (Some(least), _) if measured.value < Some(*least) => Some(Missed::Below(limit(*least))),
        (_, Some(most)) => Some(Missed::Above(limit(*most))),
        (_, None) => None,
    }
}

/// Both limits, as they were written.
pub(super) fn limits(language: Language, bounds: &Bounds) -> (Option<String>, Option<String>) {
    let limit = |x: f64| language.limit(x, kind(&bounds.measure));
    (bounds.at_least.map(limit), bounds.at_most.map(limit))
}

fn kind(measure: &Measure) -> Kind<'_> {
    match measure {
        Measure::Count => Kind::Count,
        Measure::Share => Kind::Share,
        Measure::Days => Kind::Days,
        Measure::Money(currency) => Kind::Money(currency),
    }
}
