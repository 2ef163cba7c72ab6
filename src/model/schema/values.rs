//! The texts of values: numbers with units, dates, times of day. Each pattern accepts what the reader accepts, as far as a
//! regular expression can.

use serde_json::{Value, json};

use super::any;
use crate::model::when::WEEKDAYS;
use crate::quantity::MOST_MONEY;

/// Digits with a point and an exponent.
const NUMBER: &str = r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?";

/// Units of time.
const UNITS: &str =
    "s|sec|seconds?|mins?|minutes?|h|hours?|d|days?|w|weeks?|months?|quarters?|years?";

/// Units that working time has.
const WORKING: &str = "s|sec|seconds?|mins?|minutes?|h|hours?|d|days?";

const DAY_OF_YEAR: &str = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))";

const TIME: &str = "([01]?[0-9]|2[0-3]):[0-5][0-9]";

/// Letters of a pattern in either case.
fn any_case(pattern: &str) -> String {
    let either = |letter: char| match letter {
        'a'..='z' => format!("[{letter}{}]", letter.to_ascii_uppercase()),
        other => other.to_string(),
    };
    pattern.chars().map(either).collect()
}

fn text_of(pattern: &str) -> Value {
    json!({"type": "string", "pattern": format!("^ *({pattern}) *$")})
}

fn weekdays() -> String {
    any_case(&WEEKDAYS.map(|(word, _)| word).join("|"))
}

/// A number, or its text.
pub(super) fn number() -> Value {
    let most = MOST_MONEY;
    any(&[
        json!({"type": "number", "minimum": -most, "maximum": most}),
        text_of(&format!("[+-]?{NUMBER}")),
    ])
}

/// A number that is not negative, or its text.
pub(super) fn price() -> Value {
    any(&[
        json!({"type": "number", "minimum": 0, "maximum": MOST_MONEY}),
        text_of(&format!(r"\+?{NUMBER}")),
    ])
}

/// A whole number from `least` on, or its text.
pub(super) fn count(least: u64) -> Value {
    any(&[json!({"type": "integer", "minimum": least}), text_of(&format!(r"\+?{NUMBER}"))])
}

/// A number from 0 to 1, a percentage, or `rest` where it may stand.
pub(super) fn share(rest: bool) -> Value {
    let percent = r"\+?(0*(100(\.0*)?|[0-9]{1,2}(\.[0-9]*)?|\.[0-9]+)|[0-9.]+[eE]-[0-9]+) *%";
    let decimal = r"\+?(0+(\.[0-9]*)?|\.[0-9]+|0*1(\.0*)?|[0-9.]+[eE]-[0-9]+)";
    let rest = if rest { "rest|" } else { "" };
    let written = text_of(&format!("{rest}{percent}|{decimal}"));
    any(&[json!({"type": "number", "minimum": 0, "maximum": 1}), written])
}

/// Numbers with units, one after another; only zero needs none.
fn lengths(units: &str) -> String {
    format!("({NUMBER} *({units}) *)+|0+(\\.0*)?")
}

/// A duration by the clock.
pub(super) fn length() -> Value {
    any(&[json!({"const": 0}), text_of(&lengths(&any_case(UNITS)))])
}

/// A duration by the clock, or of working time.
pub(super) fn duration() -> Value {
    let units = any_case(&format!("{UNITS}|working *({WORKING})"));
    any(&[json!({"const": 0}), text_of(&lengths(&units))])
}

/// A duration by the clock, or `until empty`.
pub(super) fn horizon() -> Value {
    text_of(&format!("until empty|{}", lengths(&any_case(UNITS))))
}

/// A number for each unit of time.
pub(super) fn rate() -> Value {
    text_of(&format!(r"\+?{NUMBER} */ *(1 +)*({})", any_case(UNITS)))
}

/// A share of growth for each unit of time.
pub(super) fn growth() -> Value {
    text_of(&format!("[+-]?{NUMBER} *%? */ *({})", any_case(UNITS)))
}

/// What a person costs.
pub(super) fn pay() -> Value {
    text_of(&format!(r"\+?{NUMBER} */ *({})", any_case("h|hour|month|year")))
}

/// The text of a date, with a time of day if one is meant.
pub(super) fn date_pattern() -> String {
    let time = format!("{}(:[0-5][0-9]([.][0-9]+)?)?", TIME.replace("[01]?", "[01]"));
    format!("^ *[0-9]{{4}}-{DAY_OF_YEAR}([ T]({time}))? *$")
}

/// One window of a day, or `closed`.
pub(super) fn window() -> Value {
    let end = format!("({TIME}|24:00)");
    text_of(&format!("{TIME} *[-–] *{end}|closed"))
}

/// Weekdays, and ranges of them.
pub(super) fn days_pattern() -> String {
    let day = weekdays();
    format!("^ *({day}) *([-–] *({day}) *)?$")
}

/// A name as those of the IANA list; none of them is a distance from UTC.
pub(super) fn timezone() -> Value {
    text_of("GMT[+-]0|[A-Za-z0-9_]+(-[A-Za-z]+)?(/[A-Za-z0-9_+-]+)*")
}

/// A weekday, a time of day, or both.
pub(super) fn moment() -> Value {
    let (day, time) = (weekdays(), "([01]?[0-9]|2[0-3]):[0-5]?[0-9]");
    text_of(&format!("({day})( +{time})?|{time}"))
}
