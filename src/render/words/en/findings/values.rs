//! Values, names, shares and distributions that cannot be.

use super::numbers::{bad_number, parameters};
use super::{LANGUAGE, alike, did_you_mean, did_you_mean_by};
use crate::diagnostic::meant::{self, NoSuchDay};
use crate::diagnostic::{NameKind, ValueFault, Wanted};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{list, message, plain, show};

#[allow(clippy::too_many_lines)] // one arm per fault: a table
pub(super) fn value(fault: &ValueFault) -> Message {
    match fault {
        ValueFault::Number { text, wanted, fault } => bad_number(text, *wanted, fault),
        ValueFault::PercentOfRate { text, written } => message(
            format!("{} has no percent sign", show(text)),
            format!("write {}", show(written)),
        ),
        ValueFault::Unnamed { family, written, .. } => message(
            format!("the parameters of {} need names", show(family)),
            format!("write {}", show(&format!("{family}: {written}"))),
        ),
        ValueFault::BadDate { text } if let Some(fault) = meant::no_such_day(text) => message(
            match &fault {
                NoSuchDay::Month(month) => {
                    format!("{} is not a date: there is no month {month}", show(text))
                }
                NoSuchDay::Day { month, days } => {
                    format!("{} is not a date: {month} has {days} days", show(text))
                }
            },
            match &fault {
                NoSuchDay::Month(_) => "write year, month, day: `2026-01-31`".to_owned(),
                NoSuchDay::Day { month, days } => {
                    format!(
                        "write year, month, day: `{month}-{days}` is the last day of that month"
                    )
                }
            },
        ),
        ValueFault::BadDate { text } if let Some(date) = meant::date_in_words(text) => message(
            format!("{} is not a date", show(text)),
            format!("write year, month, day: `{date}`"),
        ),
        ValueFault::DateSpan { text, written } => message(
            format!("{} is more than one day", show(text)),
            format!("write the first and the last day: {}", show(written)),
        ),
        ValueFault::BadDate { text } if let Some(both) = meant::two_dates(text) => message(
            format!("{} is not a date", show(text)),
            if both[0] == both[1] {
                format!("write year, month, day: `{}`", both[0])
            } else {
                format!("write year, month, day: `{}` or `{}`", both[0], both[1])
            },
        ),
        ValueFault::BadDate { text } => message(
            format!("{} is not a date", show(text)),
            "write year, month, day: `2026-01-31`, with a time `2026-01-31 09:00`",
        ),
        ValueFault::UnknownWord { text, wanted: what, nearest, known } => message(
            match what {
                Wanted::Month => format!("{} is not a month", show(text)),
                Wanted::Weekday => format!("{} is not a weekday", show(text)),
                Wanted::Truth => format!("{} is neither `true` nor `false`", show(text)),
                _ => format!("{} is not a word that is known here", show(text)),
            },
            did_you_mean_by(text, nearest.as_ref(), format!("there are {}", list(known))),
        ),
        ValueFault::Below { text, least } if *least <= 0.0 => {
            message(format!("{} is too small", show(text)), "it must be above 0")
        }
        ValueFault::Below { text, least } => {
            message(format!("{} is too small", show(text)), format!("it must be at least {least}"))
        }
        ValueFault::Above { text, most } => {
            message(format!("{} is too large", show(text)), format!("it must be at most {most}"))
        }
        ValueFault::EmptyList => {
            message("nothing is given here", "give at least one, or remove the key")
        }
        ValueFault::EmptyCondition => message(
            "this condition is empty",
            "say what must hold, such as `{segment: smb}` or `{visit: {at_least: 2}}`, or remove it",
        ),
        ValueFault::TooShort { text } => message(
            format!("{} is shorter than the clock of a simulation can tell", show(text)),
            "the shortest time is a microsecond; write 0 for no time at all",
        ),
        ValueFault::BeyondCalendar { key } => message(
            format!("`{key}` leads beyond the year 9999, the end of the calendar"),
            "shorten it, or choose another start",
        ),
        ValueFault::DataFile { fault } => {
            let why = visible(&fault.to_string(), 200);
            plain(format!("the data file cannot be used: {why}"))
        }
        ValueFault::BadHours { text, fault } => message(
            format!("{} are not hours of a day: {fault}", show(text)),
            match meant::hours(text) {
                Some(written) => format!("write {}", show(&written)),
                None => "write `09:00-18:00`, `22:00-06:00` over midnight, or several in a list"
                    .to_owned(),
            },
        ),
        ValueFault::BadMoment { text } => message(
            format!("{} is not a time to wait for", show(text)),
            "write `thu 14:00`, `14:00` or `thu`",
        ),
        ValueFault::UnknownZone { name, nearest, place } => message(
            format!("there is no time zone {}", show(name)),
            match place {
                Some(place) => format!("name a place whose clocks show it, as {}", show(place)),
                None => did_you_mean(
                    nearest.as_ref(),
                    "write its name in the IANA list, as `Europe/Moscow`",
                ),
            },
        ),
        ValueFault::UnsortedSteps => {
            message("the steps are not in the order of time", "sort them by `from`")
        }
        ValueFault::DateOrder { earlier, later } => {
            message(format!("`{later}` is not after `{earlier}`"), "swap or correct the dates")
        }
        ValueFault::UnknownName { kind: NameKind::Attribute, name, nearest, .. } => message(
            format!("there is no attribute {}", show(name)),
            did_you_mean_by(
                name,
                nearest.as_ref(),
                format!(
                    "declare it, as `attributes: {{{}: {{small: 60%, large: rest}}}}`, or `set` it in a stage",
                    visible(name, 40)
                ),
            ),
        ),
        ValueFault::UnknownName { kind, name, nearest, known } => {
            let help = match kind {
                NameKind::Value => format!("there are {}", list(known)),
                _ if known.is_empty() => how_to_define(*kind, name),
                _ => format!("known here: {}; {}", list(known), how_to_define(*kind, name)),
            };
            let kind = noun(*kind);
            message(
                format!("there is no {kind} {}", show(name)),
                did_you_mean_by(name, nearest.as_ref(), help),
            )
        }
        ValueFault::UnknownStage { name, as_reason: Some(written), .. } => {
            reason_as_stage(name, written)
        }
        ValueFault::UnknownStage { name, nearest, unreached, .. } => {
            unknown_stage(name, nearest.as_deref(), unreached.as_deref())
        }
        ValueFault::ReservedAttribute { name } => message(
            format!("{} is a word of conditions and cannot name an attribute", show(name)),
            "choose another name",
        ),
        ValueFault::SharesSum { sum, of_lost, apart } => {
            let percent = |share: f64| LANGUAGE.rough_percent(share);
            let gap = (sum - 1.0).abs();
            let help = if *sum < 1.0 {
                format!("{} is missing: use `rest` for one of them", percent(gap))
            } else if let Some(written) = apart {
                format!(
                    "they rise to 100 %: if each includes those before it, write `{}`",
                    visible(written, 120)
                )
            } else if let Some(written) = of_lost {
                format!(
                    "{} is too much: reasons under `lost` are shares of all deals; for shares of the lost write \
                     `{}`",
                    percent(gap),
                    visible(written, 120)
                )
            } else {
                format!("{} is too much", percent(gap))
            };
            message(format!("the shares sum to {} and not to 100 %", percent(*sum)), help)
        }
        ValueFault::SeveralRests => message(
            "`rest` is used twice in one group",
            "give all but one of them a share; `lost: REASON` counts as `rest` too",
        ),
        ValueFault::SeveralVarying => message(
            "only one share of a group can vary",
            "give the others fixed shares: they take what it leaves, in proportion",
        ),
        ValueFault::UnknownFamily { name, nearest, known } => message(
            format!("there is no distribution {}", show(name)),
            did_you_mean(nearest.as_ref(), format!("there are {}", known.join(", "))),
        ),
        ValueFault::BadParameters { fault, of_time } => parameters(fault, *of_time),
        ValueFault::NegativeTime => {
            message("this time could be negative", "give a distribution that begins at 0 or later")
        }
    }
}

/// A loss reason where a stage is needed.
fn reason_as_stage(name: &str, written: &str) -> Message {
    message(
        format!("{} is a loss reason and no stage", show(name)),
        format!("a reason belongs under `lost`: write {}", show(written)),
    )
}

fn unknown_stage(name: &str, nearest: Option<&str>, unreached: Option<&str>) -> Message {
    let title = format!("there is no stage {}", show(name));
    if let Some(share) = meant::share(name) {
        return message(title, format!("did you mean {}?", show(&share)));
    }
    let help = match (nearest, unreached) {
        (Some(near), Some(unreached)) if near == unreached => {
            format!("did you mean {}? Nothing else leads to it", show(near))
        }
        (Some(near), Some(unreached)) => {
            format!("did you mean {}? And nothing leads to {}", show(near), show(unreached))
        }
        (Some(near), None) => format!("did you mean {}?", show(near)),
        (None, Some(unreached)) => {
            format!("and nothing leads to {}: was that stage renamed?", show(unreached))
        }
        (None, None) => {
            let define = how_to_define(NameKind::Stage, name);
            format!("{define}. An end is `won`, `done` or `lost`, with the reason under `lost`")
        }
    };
    let alike = nearest.map_or_else(String::new, |near| alike(name, near));
    let stop = if alike.is_empty() || help.ends_with('?') { "" } else { "." };
    message(title, help + stop + &alike)
}

/// Where such a name is defined, and what to write there for a new one.
fn how_to_define(kind: NameKind, name: &str) -> String {
    let name = visible(name, 40);
    let written = match kind {
        NameKind::Stage | NameKind::StageOrEnd => {
            format!("stages: {{{name}: {{wait: 2d, next: 50%}}}}")
        }
        NameKind::Source => format!("sources: {{{name}: {{rate: 20/week}}}}"),
        NameKind::Reason => format!("next: {{lost: {{{name}: 10%}}}}"),
        NameKind::Role => format!("roles: {{{name}: {{people: 2}}}}"),
        NameKind::Department => format!("roles: {{seller: {{people: 2, department: {name}}}}}"),
        NameKind::Person => format!("people: [{{name: {name}}}]"),
        NameKind::Activity => format!("work: {{role: seller, time: 1h, activity: {name}}}"),
        NameKind::Promise => {
            format!("promises: [{{name: {name}, from: lead, to: offer, within: 2d}}]")
        }
        NameKind::Item => format!("terms: {{demand: {{{name}: 90}}}}"),
        NameKind::Calendar => {
            format!("calendars: {{{name}: {{hours: {{mon-fri: \"09:00-18:00\"}}}}}}")
        }
        NameKind::Attribute | NameKind::Value => {
            format!("attributes: {{{name}: {{small: 60%, large: rest}}}}")
        }
        NameKind::Deal => {
            return "names are written exactly as where the deal is defined".to_owned();
        }
    };
    format!(
        "names are written exactly as where they are defined; a new one is defined as `{written}`"
    )
}

fn noun(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Stage => "stage",
        NameKind::StageOrEnd => "stage or end",
        NameKind::Source => "source",
        NameKind::Reason => "reason",
        NameKind::Role => "role",
        NameKind::Department => "department",
        NameKind::Person => "person",
        NameKind::Activity => "activity",
        NameKind::Promise => "promise",
        NameKind::Item => "item of `demand`",
        NameKind::Calendar => "calendar",
        NameKind::Attribute => "attribute",
        NameKind::Value => "value",
        NameKind::Deal => "deal",
    }
}
