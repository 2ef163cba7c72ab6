//! Numbers, shares, durations, dates and parameters that are not what they should be.

use super::{LANGUAGE, meaning};
use crate::diagnostic::Wanted;
use crate::diagnostic::meant::english_unit;
use crate::diagnostic::meant::{
    Computed, computed, meant_by, one_number, share_with_point, with_point,
};
use crate::quantity::{NumberFault, parse_number};
use crate::random::distribution::BadDistribution;
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{message, parameter, plain, show};

pub(super) fn wanted(wanted: Wanted) -> (&'static str, &'static str) {
    match wanted {
        Wanted::Map => ("a map of keys", "write `key: value` lines below it, or `{key: value}`"),
        Wanted::Work => {
            ("work, which is a role and a time,", "write `work: {role: seller, time: 2h}`")
        }
        Wanted::Role => ("a role with its people", "write `{people: 3}`"),
        Wanted::List => ("a list", "write `[a, b]`"),
        Wanted::Scalar => ("a single value", "write one word or text"),
        Wanted::Share => ("a share", "write `45%`, `0.45` or `rest`"),
        Wanted::ShareLimit => ("a share", "this figure is a share: write `45%` or `0.45`"),
        Wanted::Duration => {
            ("a duration", "write `20 min`, `2h`, `1d 4h`, `3 weeks` or `2 months`")
        }
        Wanted::Money => {
            ("an amount of money", "write a plain number without a currency, as `1200` or `99.50`")
        }
        Wanted::Rate => ("a rate", "write `40/week` or `3.5/day`"),
        Wanted::Growth => ("a growth", "write `1%/month`"),
        Wanted::Number => ("a number", "write `12` or `0.5`"),
        Wanted::Count => ("a whole number", "write a whole number, as `2`"),
        Wanted::Truth => ("`true` or `false`", "write `true` or `false`"),
        Wanted::Date => ("a date", "write `2026-01-31` or `2026-01-31 09:00`"),
        Wanted::Distribution => (
            "a value or one distribution",
            "write `2d`, or one key such as `{lognormal: {median: 7d, p90: 30d}}`",
        ),
        Wanted::Next => (
            "a stage, a share, or a map of branches",
            "write `next: 30%`, `next: demo` or `next: {demo: 30%, lost: rest}`",
        ),
        Wanted::Condition => (
            "a value, a list, or limits",
            "write `3`, `[1, 2]` or `{at_least: 2}` (also at_most, above, below)",
        ),
        Wanted::Month => ("a month", "write jan, feb, …, dec"),
        Wanted::Weekday => ("a weekday", "write mon, tue, …, sun, or a range as `mon-fri`"),
        Wanted::Hours => ("hours of a day", "write `09:00-18:00`, or several in a list"),
        Wanted::Visit => ("one stage", "write `- offer`, or `- offer: {wait: 2d}`"),
        Wanted::End => ("an end", "write `won`, `done`, `lost` or `{lost: price}`"),
        Wanted::Moment => ("a time", "write `thu 14:00`, `14:00` or `thu`"),
        Wanted::Pay => {
            ("a rate of pay", "write `900/hour` of work done, or `180000/month` for each person")
        }
        Wanted::People => (
            "a number of people",
            "write a whole number, or `unlimited`; who works half the day has a `calendar` of its own",
        ),
    }
}

/// What to write instead of a value that another tool computes.
fn instead(computed: &Computed, how: &str) -> String {
    match computed {
        Computed::Formula => format!("a model has no formulas; {how}"),
        Computed::Placeholder => {
            format!(
                "nothing is filled in here, so give the value itself and vary it with `--set`; {how}"
            )
        }
        Computed::Nothing => {
            "a model leaves out what is not there: remove the key, or give it a value".to_owned()
        }
        Computed::Call(Some(written)) => format!("a distribution is written `{written}`"),
        Computed::Call(None) => format!("there are no functions here; {how}"),
    }
}

pub(super) fn bad_number(text: &str, what: Wanted, fault: &NumberFault) -> Message {
    let (kind, how) = wanted(what);
    let title = format!("{} is not {kind}", show(text));
    if let Some(meant) = meant_by(text, what, fault) {
        return message(title, meaning(&meant));
    }
    if let Some(computed) = computed(text, what) {
        return message(title, instead(&computed, how));
    }
    match fault {
        NumberFault::DecimalComma => comma((text, what), title, how),
        NumberFault::Grouped => {
            message(title, format!("write the digits without gaps: {}", show(&one_number(text))))
        }
        NumberFault::PercentMissing { value } => message(
            format!("{} lies outside 0 to 1", show(text)),
            format!("did you mean `{value}%` or `{}`?", value / 100.0),
        ),
        NumberFault::ShareOutOfRange if what == Wanted::ShareLimit => message(
            format!("{} lies outside 0 to 100 %", show(text)),
            "this figure is a share and lies between: write a limit such as `85%`",
        ),
        NumberFault::ShareOutOfRange => {
            message(format!("{} lies outside 0 to 100 %", show(text)), how)
        }
        NumberFault::TooLarge { most } => message(
            format!("{} is too large", show(text)),
            format!("it may be at most {}", LANGUAGE.exact(*most)),
        ),
        NumberFault::ShrinksToNothing => message(
            format!("{} leaves nothing", show(text)),
            "a growth lies above -100 %, as `-5%/month`",
        ),
        NumberFault::NotFinite => message(format!("{} is not a finite number", show(text)), how),
        NumberFault::Negative => message(format!("{} is negative", show(text)), how),
        NumberFault::NotWhole => message(format!("{} is not a whole number", show(text)), how),
        NumberFault::UnitMissing if what == Wanted::Rate => message(
            format!("{} has no unit of time", show(text)),
            format!("write `{}/week`, or per day, hour, month", visible(text, 20)),
        ),
        NumberFault::UnitMissing if parse_number(text).is_ok() => message(
            format!("{} has no unit", show(text)),
            format!("write `{0}d`, `{0}h` or `{0} min`", visible(text.trim(), 20)),
        ),

        NumberFault::UnknownUnit { unit } if unit == "m" => {
            let number = text.trim().trim_end_matches('m').trim();
            message(
                format!("{} is not a unit of time", show(unit)),
                format!(
                    "it may be minutes or months: write {} or {}",
                    show(&format!("{number} min")),
                    show(&format!("{number} months"))
                ),
            )
        }
        NumberFault::UnknownUnit { unit } => message(
            format!("{} is not a unit of time", show(unit)),
            match english_unit(unit) {
                Some(english) => format!("units are written in English: `{english}`"),
                None => "units are s, min, h, d, weeks, months, quarters, years, working hours, working days"
                    .to_owned(),
            },
        ),
        NumberFault::WorkingTime => message(
            format!("{} is working time, but here a length by the clock is needed", show(text)),
            "write a length by the clock, as `2d`",
        ),
        NumberFault::MixedTime => message(
            format!("{} mixes working time and time by the clock", show(text)),
            "use one of the two: `2 working days` or `2d`",
        ),
        NumberFault::TooLong => message(format!("{} is too long to be simulated", show(text)), how),
        NumberFault::Empty
        | NumberFault::UnitMissing
        | NumberFault::NotANumber
        | NumberFault::NotARate
        | NumberFault::NotAPay => message(title, how),
    }
}

/// A decimal comma.
fn comma((text, what): (&str, Wanted), title: String, how: &str) -> Message {
    let is_share = matches!(what, Wanted::Share | Wanted::ShareLimit);
    let written = if is_share { share_with_point(text) } else { Some(with_point(text)) };
    match written {
        Some(written) => message(title, format!("use a point: {}", show(&written))),
        None => message(title, how),
    }
}

pub(super) fn parameters(fault: &BadDistribution, of_time: bool) -> Message {
    let written = |name: &str, value: f64| parameter(LANGUAGE, name, value, of_time);
    match fault {
        BadDistribution::OutOfOrder { low, low_value, high, high_value } => message(
            format!(
                "`{low}` ({}) does not lie below `{high}` ({})",
                written(low, *low_value),
                written(high, *high_value)
            ),
            format!("`{low}` must lie below `{high}`"),
        ),
        BadDistribution::NotPositive { parameter, value } => {
            plain(format!("`{parameter}` is {} and must be above 0", written(parameter, *value)))
        }
        BadDistribution::Negative { parameter, value } => plain(format!(
            "`{parameter}` is {} and must not be negative",
            written(parameter, *value)
        )),
        BadDistribution::SharesSum { .. } => {
            message(fault.to_string(), "use `rest` for the last one")
        }
        BadDistribution::NotFinite { .. }
        | BadDistribution::MeanNotFinite
        | BadDistribution::SpreadNotFinite
        | BadDistribution::LengthsDiffer { .. }
        | BadDistribution::Empty { .. } => plain(fault.to_string()),
    }
}
