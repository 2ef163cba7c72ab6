//! Keys and kinds of values that do not make a model.

use super::habits::instead;
use super::numbers::wanted;
use super::{code_point, did_you_mean, did_you_mean_by};
use crate::diagnostic::meant::drawn;
use crate::diagnostic::{ExtendsFault, Found, Home, NameFault, StructureFault, Wanted};
use crate::render::visible;
use crate::render::words::Message;
use crate::render::words::shown::{self, inside, list, message, show};

#[allow(clippy::too_many_lines)] // one arm per fault: a table
pub(super) fn structure(fault: &StructureFault) -> Message {
    match fault {
        StructureFault::DuplicateKey { key } => message(
            format!("{} is given twice", show(key)),
            "keep one of them; the first is marked too",
        ),
        StructureFault::MergeKey => {
            message("`<<` is not part of the language", "repeat the keys, or use `variants`")
        }
        StructureFault::UndefinedAnchor { name } => message(
            format!("the anchor {} is not defined before this", show(name)),
            match name.parse::<f64>() {
                Ok(_) => format!("to multiply a value, write it in quotes: `\"*{name}\"`"),
                Err(_) => "define it with `&name`".to_owned(),
            },
        ),
        StructureFault::UnsupportedTag { tag } => {
            message(format!("the tag {} is not part of the language", show(tag)), "remove it")
        }
        StructureFault::UnknownKey { key, known, .. }
            if key == "value" && known.iter().any(|key| key == "enters") =>
        {
            message(
                format!("unknown key {}", show(key)),
                "what deals of a source are worth stands at the top: `value: [{when: {source: NAME}, amount: 900}, \
                 {amount: 500}]`",
            )
        }
        StructureFault::MisplacedKey { key, home } => match home {
            Home::Inside(section) => message(
                format!("{} does not belong on this level", show(key)),
                format!(
                    "it belongs inside {}: {}",
                    show(section),
                    show(&inside(section, key, "NAME", "STAGE"))
                ),
            ),
            Home::Beside(section) => message(
                format!("{} does not belong inside {}", show(key), show(section)),
                format!("it belongs to the stage: write it on the level of {}", show(section)),
            ),
        },
        StructureFault::UnknownKey { key, .. } if key.starts_with("//") => {
            message(format!("unknown key {}", show(key)), "a comment begins with `#`")
        }
        StructureFault::UnknownKey { key, nearest: None, known }
            if known.iter().any(|key| key == "max_visits")
                && let Some(drawn) = drawn(key) =>
        {
            message(format!("unknown key {}", show(key)), instead(drawn))
        }
        StructureFault::UnknownKey { key, nearest, known } => message(
            format!("unknown key {}{}", show(key), hidden(key)),
            did_you_mean_by(key, nearest.as_ref(), format!("known here: {}", list(known))),
        ),
        StructureFault::NotYet { key } => message(
            format!("{} is not supported yet", show(key)),
            "the key belongs to the language, but this version cannot simulate it: remove it to run the rest",
        ),
        StructureFault::LaterKey { key, example } => message(
            format!("{} is not supported yet", show(key)),
            format!(
                "the language has it as `{example}`, but this version cannot simulate it: remove it to run the rest"
            ),
        ),
        StructureFault::LaterCommand { key } => message(
            format!("{} is not supported yet", show(key)),
            "it will be a command of a later version: remove it to run the rest",
        ),
        StructureFault::NotIndented { key, parent } => message(
            format!("{} stands beside {} and not below it", show(key), show(parent)),
            format!("indent what belongs to {} by two spaces", show(parent)),
        ),
        StructureFault::TooDeep { key, parent } => message(
            format!(
                "{} stands inside {} and belongs to the top of the model",
                show(key),
                show(parent)
            ),
            "write it at the beginning of a line, and what belongs to it two spaces deeper",
        ),
        StructureFault::MissingKey { key: "rollout", .. } => message(
            "`followed` asks whether a prescribed process is followed, and the model has no `rollout`",
            "say how it is learnt: `rollout: {start: 2026-03-02, duration: 100 days, from: 20%, to: 95%}`",
        ),
        StructureFault::MissingKey { key, owner } => {
            message(format!("{} has no `{key}`", show(owner)), missing_help(key))
        }
        StructureFault::WrongKind { wanted: what, found } => {
            let (kind, how) = wanted(*what);
            let is_of_shares = matches!((what, found), (Wanted::Share | Wanted::Next, Found::List));
            let names = "names are keys with their shares: write `{price: 30%, silence: rest}`, or `price: 30%` in a line without `-`";
            let how = if is_of_shares { names } else { how };
            message(format!("{kind} is needed here, not {}", noun(*found)), how)
        }
        StructureFault::Rewritten { text, written, wanted: what } => message(
            match what {
                Wanted::List => {
                    format!("{} is one value, and two limits are needed here", show(text))
                }
                _ => format!("{} is a text, and limits are written with keys", show(text)),
            },
            format!("write {}", show(written)),
        ),
        StructureFault::OtherForm { text, written, .. } => message(
            if written.starts_with(&format!("{text}: ")) {
                format!("{} has no share", show(text))
            } else {
                format!("{} cannot be read in this form", show(text))
            },
            format!("write `{}`", visible(written, 160)),
        ),
        StructureFault::NamesInList { section, name } => message(
            format!("{} is a list, and its names must be keys", show(section)),
            format!(
                "write {} and below it what belongs to it, without `-` and `name`",
                show(&format!("{name}:"))
            ),
        ),
        StructureFault::NoColon { key, value } => message(
            format!("there is no colon after {}", show(key)),
            format!("write {}", show(&format!("{key}: {value}"))),
        ),
        StructureFault::QuotedMap { text } => message(
            "the quotes make a text of the distribution",
            format!("remove them: `{}`", visible(text, 160)),
        ),
        StructureFault::SaysTwice { key, other } => message(
            format!("{} is said by {}, which is given already", show(key), show(other)),
            format!("keep {}, and write there what it should say", show(other)),
        ),
        StructureFault::Conflict { key, other } => message(
            format!("`{key}` cannot stand beside `{other}`"),
            format!("keep either `{key}` or `{other}`"),
        ),
        StructureFault::CannotVary { key } => message(
            format!("{} cannot differ in a variant", show(key)),
            "variants may change wait, steps, cost, set and next",
        ),
        StructureFault::BadName { name, fault } => match fault {
            NameFault::Empty => message("a name is empty", "give it at least one letter"),
            NameFault::Control => message(
                format!("{} contains control characters", show(name)),
                "remove them: they could fake what is printed",
            ),
            NameFault::Reserved => message(
                format!("{} is how a deal ends and cannot name a stage", show(name)),
                "won, lost, done, cancelled and rest are words of `next`: rename the stage",
            ),
        },
        StructureFault::UnknownPath { path, nearest } => message(
            format!("the model has nothing at {}", show(path)),
            did_you_mean(
                nearest.as_ref(),
                "a path is written as `stages.offer.cost`; items of lists count from 1",
            ),
        ),
        StructureFault::BadOverride { text } => message(
            format!("{} is not PATH=VALUE", show(text)),
            "write `--set stages.offer.cost=200`; `null` removes a value",
        ),
        StructureFault::Extends { file, fault } => extends(file, fault),
        StructureFault::NothingToChange { text } => message(
            format!("{} changes a value, and there is none here that it could change", show(text)),
            "`*1.2` multiplies a number with its unit, `+2` adds one of the same unit",
        ),
        StructureFault::Factor { text, written } => message(
            format!("{} is no value and no factor", show(text)),
            format!(
                "to multiply the value of the model, write a factor in quotes: `\"{written}\"`"
            ),
        ),
        StructureFault::UnknownScenario { name, nearest, known } => message(
            format!("there is no scenario {}", show(name)),
            did_you_mean(
                nearest.as_ref(),
                match known.as_slice() {
                    [] => "the model has no `scenarios`".to_owned(),
                    known => format!("the model has {}", list(known)),
                },
            ),
        ),
        StructureFault::NotInScenario { key } => {
            message(format!("a scenario cannot change {}", show(key)), "remove it here")
        }
        StructureFault::OutsideVisit { key } => message(
            format!("`{key}` can be asked only in a visit of a stage"),
            "move the condition to the `variants` of a stage",
        ),
    }
}

fn extends(file: &str, fault: &ExtendsFault) -> Message {
    match fault {
        ExtendsFault::NoSuchFile { nearest } => message(
            format!("there is no model {} to extend", show(file)),
            did_you_mean(nearest.as_ref(), "the path begins in the folder of this file"),
        ),
        ExtendsFault::Outside => message(
            format!("{} is not in the folder of this file", show(file)),
            "a model extends only models of its own folder or of folders in it",
        ),
        ExtendsFault::NoFolder => message(
            format!("{} cannot be found from standard input", show(file)),
            "save the model to a file in the folder of the other one",
        ),
        ExtendsFault::Circle => message(
            format!("{} is extended twice", show(file)),
            "models extend each other in a circle, or more than eight deep",
        ),
        ExtendsFault::Unreadable => message(
            format!("{} cannot be read", show(file)),
            format!("`voronka check {file}` says why"),
        ),
    }
}

fn noun(found: Found) -> &'static str {
    match found {
        Found::Nothing => "nothing",
        Found::Scalar => "a single value",
        Found::List => "a list",
        Found::Map => "a map",
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
        "sla" => "late visits need a promised time: `sla: 40d`",
        "late" => "say what a visit does to the score: `satisfaction: {late: -15, revisit: -5}`",
        "count" => "say how many people: `people: [{count: 2, cost: 900/hour}]`",
        "time" => "add the time, as `time: 1h`",
        "role" => "add the role, as `role: manager`",
        "p90" => "give a second figure, as `{lognormal: {median: 5d, p90: 15d}}`",
        "median" => "give both, as `{lognormal: {median: 5d, p90: 15d}}`",
        "kpi" => "name the KPI: `kpi: win_rate`",
        "wait" => "a step is work or a wait: `{role: manager, time: 1h}` or `{wait: 2d}`",
        _ => "add it",
    }
}

/// Which character of a key nobody sees, if there is one.
fn hidden(key: &str) -> String {
    shown::hidden(key).map_or_else(String::new, |(at, letter)| {
        format!(", whose character {at} is {}", code_point(letter))
    })
}
