//! Keys, names and shares that do not make a model.

use super::values::wanted;
use super::{Message, did_you_mean, hidden, list, message, plain, round, show};
use crate::diagnostic::{Problem, Wanted};

#[allow(clippy::too_many_lines)] // one arm per problem: a table
pub(super) fn structure(problem: &Problem) -> Message {
    match problem {
        Problem::DuplicateKey { key } => message(
            format!("{} is given twice", show(key)),
            "keep one of them; the first is marked too",
        ),
        Problem::MergeKey => {
            message("`<<` is not part of the language", "repeat the keys, or use `variants`")
        }
        Problem::UndefinedAnchor { name } => message(
            format!("the anchor {} is not defined before this", show(name)),
            "define it with `&name`",
        ),
        Problem::UnsupportedTag { tag } => {
            message(format!("the tag {} is not part of the language", show(tag)), "remove it")
        }
        Problem::UnknownKey { key, known, .. }
            if key == "value" && known.iter().any(|key| key == "enters") =>
        {
            message(
                format!("unknown key {}", show(key)),
                "what deals of a source are worth stands at the top: `value: [{when: {source: NAME}, amount: 900}, \
                 {amount: 500}]`",
            )
        }
        Problem::UnknownKey { key, nearest, known } => message(
            format!("unknown key {}{}", show(key), hidden(key)),
            did_you_mean(nearest.as_ref(), format!("known here: {}", list(known))),
        ),
        Problem::LaterWord { key, place } => message(
            format!("{} is not supported yet", show(key)),
            if place.starts_with("a command") {
                format!("it will be {place}: remove it to run the rest")
            } else {
                format!(
                    "the language has it as `{place}`, but this version cannot simulate it: remove it to run the rest"
                )
            },
        ),
        Problem::NotIndented { key, parent } => message(
            format!("{} stands beside {} and not below it", show(key), show(parent)),
            format!("indent what belongs to {} by two spaces", show(parent)),
        ),
        Problem::NotYet { key } => message(
            format!("{} is not supported yet", show(key)),
            "the key belongs to the language, but this version cannot simulate it: remove it to run the rest",
        ),
        Problem::MissingKey { key, owner } => {
            message(format!("{} has no `{key}`", show(owner)), missing_help(key))
        }
        Problem::WrongKind { wanted: what, found } => {
            let (kind, how) = wanted(*what);
            message(format!("{kind} is needed here, not {found}"), how)
        }
        Problem::Conflict { key, other } => message(
            format!("`{key}` cannot stand beside `{other}`"),
            format!("keep either `{key}` or `{other}`"),
        ),
        Problem::CannotVary { key } => message(
            format!("{} cannot differ in a variant", show(key)),
            "variants may change wait, steps, cost, set and next",
        ),
        Problem::UnknownPath { path, nearest } => message(
            format!("the model has nothing at {}", show(path)),
            did_you_mean(
                nearest.as_ref(),
                "a path is written as `stages.offer.cost`; items of lists count from 1",
            ),
        ),
        Problem::BadOverride { text } => message(
            format!("{} is not PATH=VALUE", show(text)),
            "write `--set stages.offer.cost=200`; `null` removes a value",
        ),
        Problem::BadDate { text } => message(
            format!("{} is not a date", show(text)),
            "write year, month, day: `2026-01-31`, with a time `2026-01-31 09:00`",
        ),
        Problem::UnknownWord { text, wanted: what, nearest, known } => message(
            match what {
                Wanted::Month => format!("{} is not a month", show(text)),
                Wanted::Weekday => format!("{} is not a weekday", show(text)),
                _ => format!("{} is not a word that is known here", show(text)),
            },
            did_you_mean(nearest.as_ref(), format!("there are {}", list(known))),
        ),
        Problem::Below { text, least } if *least <= 0.0 => {
            message(format!("{} is too small", show(text)), "it must be above 0")
        }
        Problem::Below { text, least } => {
            message(format!("{} is too small", show(text)), format!("it must be at least {least}"))
        }
        Problem::BadHours { text, why } => message(
            format!("{} are not hours of a day: {why}", show(text)),
            "write `09:00-18:00`, `22:00-06:00` over midnight, or several in a list",
        ),
        Problem::BadMoment { text } => message(
            format!("{} is not a time to wait for", show(text)),
            "write `thu 14:00`, `14:00` or `thu`",
        ),
        Problem::UnknownZone { name, nearest, place } => message(
            format!("there is no time zone {}", show(name)),
            match place {
                Some(place) => format!("name a place whose clocks show it, as {}", show(place)),
                None => did_you_mean(
                    nearest.as_ref(),
                    "write its name in the IANA list, as `Europe/Moscow`",
                ),
            },
        ),
        Problem::NoWorkingTime { calendar } => message(
            format!("the calendar {} has no working time at all", show(calendar)),
            "give at least one weekday hours, as `mon-fri: \"09:00-18:00\"`",
        ),
        Problem::NobodyWorks { role } => message(
            format!("the role {} has no people, and this work would wait for ever", show(role)),
            "give the role people, or take the work away",
        ),
        Problem::DataFile { reason } => {
            plain(format!("the data file cannot be used: {}", crate::render::visible(reason, 200)))
        }
        Problem::EmptyList => {
            message("nothing is given here", "give at least one, or remove the key")
        }
        Problem::EmptyCondition => message(
            "this condition names nothing",
            "name what must hold, as `{segment: smb}` or `{visit: {at_least: 2}}`, or remove it",
        ),
        Problem::TooShort { text } => message(
            format!("{} is shorter than the clock of a simulation can tell", show(text)),
            "the shortest time is a microsecond; write 0 for no time at all",
        ),
        Problem::BeyondCalendar { key } => message(
            format!("`{key}` leads beyond the calendar, which ends with the year 9999"),
            "start earlier, or shorten it",
        ),
        Problem::TimelessLoop { stages } => message(
            format!("deals in {} move for ever without any time passing", list(stages)),
            "give one of these stages a branch to won, lost, done or a stage outside the loop, or a `wait`",
        ),
        Problem::DateOrder { earlier, later } if earlier == later => {
            message("the steps are not in the order of time", "sort them by `from`")
        }
        Problem::DateOrder { earlier, later } => {
            message(format!("`{later}` is not after `{earlier}`"), "swap or mend the dates")
        }
        Problem::SharesSum { sum, of_lost } => {
            let percent = |share: f64| format!("{} %", round(share * 100.0));
            let gap = (sum - 1.0).abs();
            let help = if *sum < 1.0 {
                format!("{} is missing: use `rest` for one of them", percent(gap))
            } else if *of_lost {
                format!(
                    "{} is too much: reasons under `lost` are shares of all deals; for shares of the lost write \
                     `lost: {{share: 10%, reasons: {{price: 60%, silence: rest}}}}`",
                    percent(gap)
                )
            } else {
                format!("{} is too much", percent(gap))
            };
            message(format!("the shares sum to {} and not to 100 %", percent(*sum)), help)
        }
        Problem::SeveralRests => message(
            "`rest` is used twice in one group",
            "give all but one of them a share; `lost: REASON` counts as `rest` too",
        ),
        Problem::NegativeTime => {
            message("this time could be negative", "give a distribution that begins at 0 or later")
        }
        Problem::NoStages => message(
            "the model has no stages",
            "the smallest useful one is `stages: {lead: {wait: 1d, next: 30%}}`",
        ),
        Problem::NoWayToSale => message(
            "no deal can ever be won",
            "let a branch lead to `won`, or mark a stage with `sale: true`",
        ),
        Problem::NoEndUntilEmpty { stages } => message(
            format!("deals never leave {}, so `until empty` never comes", list(stages)),
            "give one of these stages a branch to won, lost or done, or a horizon of a fixed length",
        ),
        Problem::SourceNeverEnds { source } => message(
            format!("the source {} never ends, so `until empty` never comes", show(source)),
            "give it `count` or `until`, or the model a horizon of a fixed length",
        ),
        Problem::Contradiction => {
            message("no number can hold this: the least is above the most", "swap the limits")
        }
        Problem::NoLimit => message(
            "the expectation says nothing",
            "add at_least, at_most or between: `{kpi: win_rate, at_least: 20%}`",
        ),
        _ => plain("something is wrong here"),
    }
}

fn missing_help(key: &str) -> &'static str {
    match key {
        "next" => {
            "say where deals go: `next: 30%`, `next: won` or `next: {offer: 30%, lost: rest}`"
        }
        "rate" => "say how many come: `rate: 20/week`, or `every: {exponential: {mean: 6h}}`",
        "when" => "say when the variant holds: `when: {segment: smb}`",
        "share" => "add `share: 40%`",
        "kpi" => "name the KPI: `kpi: win_rate`",
        "wait" => "a step is work or a wait: `{role: manager, time: 1h}` or `{wait: 2d}`",
        _ => "add it",
    }
}
