//! The language as a JSON Schema, for editors: completion, hints, and red lines while typing.
//!
//! It is built from the same lists of keys that the reader accepts, so the two cannot differ: a key
//! without a description fails a test. `voronka check` covers what a schema cannot express: shares
//! that sum to 1, stages that exist, deals that can end.

mod money;
mod sections;
mod values;

use serde_json::{Map, Value, json};

use sections::{calendars, expectations, learning, roles, sources, stage_object, step, work};

use super::compose::{ABOUT, FIXED};
use super::families::{EMPIRICAL, FAMILIES, parameter_sets};
use super::header::ReasonClass;
use super::next::BRANCH;
use super::when::{MONTHS, WEEKDAYS};
use super::{Per, calendar, header, load, promise, role, rollout, source, step, targets};

/// The schema's name.
const ID: &str = "urn:voronka:model:1";

/// A key, the schema of its value, and its description.
type Entry = (&'static str, Value, &'static str);

/// The schema of a model file, draft 2020-12.
pub fn schema() -> Value {
    // What extends another model may hold a part of a section, `null` and relative values.
    let parts = load::KNOWN.map(|key| (key.to_owned(), json!(true)));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "voronka model, version 1",
        "description": "A sales process: stages with branch probabilities, durations, costs and people.",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"properties": Map::from_iter(parts), "additionalProperties": false},
        "else": {
            "required": ["stages"],
            "properties": properties(&load::KNOWN, top()),
            "additionalProperties": false,
        },
        "$defs": definitions(),
    })
}

/// The properties of these keys; a debug build checks that exactly these keys are described.
fn properties(known: &[&str], entries: Vec<Entry>) -> Value {
    debug_assert!(
        known.len() == entries.len() && entries.iter().all(|(key, ..)| known.contains(key)),
        "{known:?} and {:?}",
        entries.iter().map(|(key, ..)| key).collect::<Vec<_>>()
    );
    let mut map = Map::new();
    for (key, mut value, what) in entries {
        if let (Some(object), false) = (value.as_object_mut(), what.is_empty()) {
            object.insert("description".to_owned(), json!(what));
        }
        map.insert(key.to_owned(), value);
    }
    Value::Object(map)
}

fn object(known: &[&str], required: &[&str], entries: Vec<Entry>) -> Value {
    let properties = properties(known, entries);
    json!({
        "type": "object", "required": required, "properties": properties, "additionalProperties": false,
    })
}

fn of(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn any(of: &[Value]) -> Value {
    json!({"anyOf": of})
}

fn list(item: &Value) -> Value {
    json!({"type": "array", "minItems": 1, "items": item})
}

fn names_of(item: &Value) -> Value {
    json!({"type": "object", "minProperties": 1, "additionalProperties": item})
}

fn word(words: &[&str]) -> Value {
    json!({"enum": words})
}

fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

fn texts() -> Value {
    any(&[text(), list(&text())])
}

fn top() -> Vec<Entry> {
    vec![
        ("voronka", json!({"const": 1}), "Version of the language."),
        ("name", text(), "What the model is called."),
        ("description", text(), "What it is about."),
        (
            "process",
            object(&header::PROCESS, &[], process()),
            "Owner, goal and neighbours of the process.",
        ),
        ("currency", text(), "Printed beside money."),
        ("start", of("date"), "First day of the reported window; 2024-01-01 by default."),
        ("horizon", values::horizon(), "Length of the window, as 12 months, or `until empty`."),
        ("warmup", values::length(), "Time simulated before `start` and not reported."),
        ("attributes", names_of(&of("shares")), "Properties of deals, drawn on arrival."),
        ("value", any(&[of("amount"), list(&of("value_case"))]), "The value of a deal."),
        ("sources", names_of(&of("source")), "Where deals come from; by default 100 a week."),
        ("stages", names_of(&of("stage")), "The funnel, in its order."),
        (
            "reasons",
            names_of(&word(&ReasonClass::WORDS.map(|(word, _)| word))),
            "The class of each loss reason: who can act on it.",
        ),
        (
            "expect",
            list(&of("expectation")),
            "What must hold; `voronka check --simulate` judges it.",
        ),
        (
            "targets",
            object(
                &targets::KNOWN,
                &[],
                vec![
                    ("bookings", of("rate"), "Value to be booked, as 55000000/month."),
                    ("wins", of("rate"), "First sales, as 40/month."),
                    ("stages", names_of(&of("rate")), "Entries of stages, as 60/month."),
                    ("activities", names_of(&of("rate")), "Work done, as 900/month."),
                    ("people", names_of(&of("number")), "People by role."),
                ],
            ),
            "The plan.",
        ),
        (
            "rollout",
            object(&rollout::KNOWN, &["start", "duration", "from", "to"], learning()),
            "A prescribed process is learnt: `when: {followed: false}` says what happens otherwise.",
        ),
        ("extends", text(), "The model that this one changes, in the same folder or below it."),
        (
            "scenarios",
            names_of(&scenario()),
            "Other versions of the process, each with what it changes.",
        ),
        (
            "timezone",
            values::timezone(),
            "A name of the IANA list; model time then follows clock changes.",
        ),
        ("calendars", names_of(&of("calendar")), "When people work; the first is the default."),
        ("roles", names_of(&of("role")), "Who works."),
        (
            "terms",
            any(&[of("term"), list(&of("term"))]),
            "What a sale means in money: margin, commission, payment, demand.",
        ),
        (
            "promises",
            list(&object(
                &promise::KNOWN,
                &promise::KNOWN,
                vec![
                    ("name", text(), "What is promised."),
                    ("from", text(), "The stage whose first entry it counts from."),
                    ("to", text(), "The stage that a deal should have entered by then."),
                    ("within", of("duration"), "As 3 working days."),
                ],
            )),
            "Times that clients are promised from one stage to another.",
        ),
        ("costs", money::costs(), "Overheads, as 400000/month, and one-off costs."),
        (
            "discount",
            values::growth(),
            "The rate by which later money is worth less, such as 15%/year.",
        ),
        ("capacity", names_of(&of("rate")), "How much of an item there is, as 1600/month."),
    ]
}

/// A scenario may hold a part of a section, `null` and relative values, so its values are not described.
fn scenario() -> Value {
    let mut about = properties(
        &ABOUT,
        vec![
            ("title", text(), "What to print instead of the name."),
            ("description", text(), "What it changes."),
            ("investment", of("price"), "What it costs once."),
        ],
    );
    let changed = load::KNOWN.iter().filter(|key| !FIXED.contains(key));
    changed.for_each(|key| {
        about.as_object_mut().into_iter().for_each(|map| {
            map.entry(*key).or_insert(json!(true));
        });
    });
    json!({"type": "object", "properties": about, "additionalProperties": false})
}

fn process() -> Vec<Entry> {
    header::PROCESS.iter().map(|key| (*key, texts(), "")).collect()
}

fn definitions() -> Value {
    json!({
        "share": values::share(true),
        "duration": values::duration(),
        "date": {"type": "string", "pattern": values::date_pattern()},
        "number": values::number(),
        "price": values::price(),
        "amount": distribution(&of("number")),
        "time": distribution(&of("duration")),
        "shares": any(&[text(), names_of(&of("share"))]),
        "wait": any(&[
            of("time"),
            object(&["until"], &["until"], vec![("until", values::moment(), "A time of day, as \"thu 14:00\".")]),
        ]),
        "when": when(),
        "next": next(),
        "value_case": object(&["when", "amount"], &["amount"], vec![
            ("when", of("when"), "The first case that holds counts."),
            ("amount", of("amount"), "The amount."),
        ]),
        "term": money::term(),
        "payment": money::payment(),
        "source": apart(object(&source::KNOWN, &[], sources()), &[
            ("rate", "steps"), ("every", "rate"), ("every", "steps"), ("every", "season"), ("every", "growth"),
        ]),
        "rate": values::rate(),
        "rates": any(&[
            of("rate"),
            list(&object(&["from", "rate"], &["from", "rate"], vec![
                ("from", of("date"), "From this date on."),
                ("rate", of("rate"), "As 20/week."),
            ])),
        ]),
        "calendar": object(&calendar::KNOWN, &["hours"], calendars()),
        "windows": any(&[values::window(), list(&values::window())]),
        "hours": any(&[of("windows"), json!({
            "type": "object", "propertyNames": {"pattern": values::days_pattern()},
            "additionalProperties": of("windows"),
        })]),
        "role": object(&role::KNOWN, &[], roles()),
        "work": object(&step::WORK, &["role", "time"], work()),
        "step": step(),
        "patience": any(&[of("time"), apart(object(&["time", "lost", "next"], &["time"], vec![
            ("time", of("time"), "How long the deal stays in the queue."),
            ("lost", text(), "Why it is lost then."),
            ("next", of("next"), "Where it goes instead."),
        ]), &[("lost", "next")])]),
        "stage": stage_object(&["next"], false),
        "variant": stage_object(&["when"], true),
        "expectation": expectations(),
    })
}

/// An object that has at most one of each pair of keys.
fn apart(mut object: Value, pairs: &[(&str, &str)]) -> Value {
    let never_both = |(one, other): &(&str, &str)| json!({"not": {"required": [one, other]}});
    object["allOf"] = pairs.iter().map(never_both).collect();
    object
}

/// A constant or a family of distributions, whose parameters are measured in `unit`.
fn distribution(unit: &Value) -> Value {
    let parameter = |key: &str| match key {
        "shape" | "sigma" | "alpha" | "beta" => of("number"),
        "k" => values::count(1),
        _ => unit.clone(),
    };
    let family = |name: &str| -> Value {
        match name {
            "hyperexponential" => object(
                &["shares", "means"],
                &["shares", "means"],
                vec![("shares", list(&of("share")), ""), ("means", list(unit), "")],
            ),
            "empirical" => json!({
                "type": "object",
                "properties": properties(
                    &EMPIRICAL,
                    vec![
                        ("values", list(unit), "Values, as often as they were seen."),
                        ("weights", list(&of("number")), "How often each value was seen."),
                        ("file", text(), "A CSV file in the model's folder."),
                        ("column", text(), "Its column."),
                    ],
                ),
                "additionalProperties": false,
                "anyOf": [{"required": ["values"]}, {"required": ["file", "column"]}],
            }),
            "mixture" => list(&json!({"type": "object", "required": ["share"]})),
            _ => {
                let set = |keys: &&[&'static str]| {
                    object(keys, keys, keys.iter().map(|key| (*key, parameter(key), "")).collect())
                };
                any(&parameter_sets(name).iter().map(set).collect::<Vec<_>>())
            }
        }
    };
    let properties: Map<String, Value> =
        FAMILIES.iter().map(|name| ((*name).to_owned(), family(name))).collect();
    any(&[
        unit.clone(),
        json!({
            "type": "object", "properties": properties, "additionalProperties": false,
            "minProperties": 1, "maxProperties": 1,
        }),
    ])
}

fn when() -> Value {
    let limits = ["at_least", "at_most", "above", "below"];
    let range = object(&limits, &[], limits.map(|key| (key, text(), "")).to_vec());
    let number = any(&[text(), list(&text()), range]);
    let words = |names: Vec<&str>| {
        let word = json!({"enum": names});
        any(&[word.clone(), list(&word)])
    };
    json!({
        "type": "object",
        "description": "All named fields must match; any other key is an attribute.",
        "properties": {
            "source": texts(), "visit": number, "bookings": number, "value": number,
            "age": number, "waited": number, "satisfaction": number,
            "followed": {"type": "boolean"},
            "queue": {"type": "object", "additionalProperties": number},
            "month": words(MONTHS.iter().map(|(word, _)| *word).collect()),
            "weekday": words(WEEKDAYS.iter().map(|(word, _)| *word).collect()),
        },
        "additionalProperties": true,
    })
}

fn next() -> Value {
    let beta = object(
        &["mean", "sd"],
        &["mean", "sd"],
        vec![
            ("mean", values::share(false), "The mean of a chance that varies."),
            ("sd", values::share(false), "Its standard deviation."),
        ],
    );
    let varying = object(&["beta"], &["beta"], vec![("beta", beta, "A chance that varies.")]);
    let per = word(&Per::WORDS.map(|(word, _)| word));
    let after = object(
        BRANCH,
        &["share"],
        vec![
            ("share", any(&[of("share"), varying]), "The branch's probability."),
            ("per", per, "For how long a chance that varies is drawn: a replication or a deal."),
            ("after", of("time"), "Delay before the transition: the client's time."),
        ],
    );
    let branch = any(&[of("share"), after]);
    any(&[
        json!({"type": "string"}),
        of("share"),
        json!({
            "type": "object",
            "minProperties": 1,
            "description": "Branches with their probabilities: names of stages, won, done, lost, cancelled.",
            "properties": {
                "lost": any(&[text(), json!({"type": "object"})]),
                "cancelled": any(&[text(), json!({"type": "object"})]),
            },
            "additionalProperties": branch,
        }),
    ])
}
