//! The language as a JSON Schema, for editors: completion, hints, and red lines while typing.
//!
//! It is built from the same lists of keys that the reader accepts, so the two cannot differ: a key
//! without a description fails a test. `voronka check` covers what a schema cannot express: shares
//! that sum to 1, stages that exist, deals that can end.

mod sections;

use serde_json::{Map, Value, json};

use sections::{calendars, expectations, roles, sources, stage_object, step, work};

use super::distribution::{EMPIRICAL, FAMILIES, parameter_sets};
use super::header::ReasonClass;
use super::when::{MONTHS, WEEKDAYS};
use super::{calendar, header, load, role, source, step, targets};

/// The schema's name.
const ID: &str = "urn:voronka:model:1";

/// A key, the schema of its value, and its description.
type Entry = (&'static str, Value, &'static str);

/// The schema of a model file, draft 2020-12.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "voronka model, version 1",
        "description": "A sales process: stages with branch probabilities, durations, costs and people.",
        "type": "object",
        "required": ["stages"],
        "properties": properties(&load::KNOWN, top()),
        "additionalProperties": false,
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
        (
            "start",
            of("date"),
            "First day of the reported window; 2024-01-01 where nothing is said.",
        ),
        ("horizon", of("duration"), "Length of the window, as 12 months, or `until empty`."),
        ("warmup", of("duration"), "Simulated before `start` and not reported."),
        ("attributes", names_of(&of("shares")), "What deals are told apart by, drawn on arrival."),
        ("value", any(&[of("distribution"), list(&of("value_case"))]), "What a deal is worth."),
        (
            "sources",
            names_of(&of("source")),
            "Where deals come from; 100 a week where nothing is said.",
        ),
        ("stages", names_of(&of("stage")), "The funnel, in its order."),
        (
            "reasons",
            names_of(&word(&ReasonClass::WORDS.map(|(word, _)| word))),
            "Who can mend a loss reason.",
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
                ],
            ),
            "The plan.",
        ),
        ("timezone", text(), "A name of the IANA list; clock changes then count."),
        ("calendars", names_of(&of("calendar")), "When people work; the first is the default."),
        ("roles", names_of(&of("role")), "Who works."),
    ]
}

fn process() -> Vec<Entry> {
    header::PROCESS.iter().map(|key| (*key, texts(), "")).collect()
}

fn definitions() -> Value {
    let number = "[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?";
    json!({
        "share": any(&[
            json!({"type": "number", "minimum": 0, "maximum": 1}),
            json!({"type": "string", "pattern": format!("^ *(rest|\\+?{number} *%?) *$")}),
        ]),
        "duration": any(&[
            json!({"const": 0}),
            json!({"type": "string", "pattern": "^ *(until empty|[+-]?\\.?[0-9].*) *$"}),
        ]),
        "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:]+)?$"},
        "money": {"type": ["number", "string"]},
        "shares": any(&[text(), names_of(&of("share"))]),
        "distribution": distribution(),
        "wait": any(&[
            of("distribution"),
            object(&["until"], &["until"], vec![("until", text(), "A time of day, as \"thu 14:00\".")]),
        ]),
        "when": when(),
        "next": next(),
        "value_case": object(&["when", "amount"], &["amount"], vec![
            ("when", of("when"), "The first case that holds counts."),
            ("amount", of("distribution"), "The amount."),
        ]),
        "source": object(&source::KNOWN, &[], sources()),
        "rate": any(&[
            text(),
            list(&object(&["from", "rate"], &["from", "rate"], vec![
                ("from", of("date"), "From this date on."),
                ("rate", text(), "As 20/week."),
            ])),
        ]),
        "calendar": object(&calendar::KNOWN, &["hours"], calendars()),
        "hours": any(&[
            text(),
            list(&text()),
            json!({"type": "object", "additionalProperties": texts()}),
        ]),
        "role": object(&role::KNOWN, &[], roles()),
        "work": object(&step::WORK, &["role", "time"], work()),
        "step": step(),
        "patience": any(&[of("distribution"), object(&["time", "lost", "next"], &["time"], vec![
            ("time", of("distribution"), "How long the deal stays in the queue."),
            ("lost", text(), "Why it is lost then."),
            ("next", of("next"), "Where it goes instead."),
        ])]),
        "stage": stage_object(&["next"], false),
        "variant": stage_object(&["when"], true),
        "expectation": expectations(),
    })
}

fn distribution() -> Value {
    let amount = || json!({"type": ["number", "string"]});
    let family = |name: &str| -> Value {
        let sets = parameter_sets(name);
        match name {
            "hyperexponential" => object(
                &["shares", "means"],
                &["shares", "means"],
                vec![("shares", list(&of("share")), ""), ("means", list(&amount()), "")],
            ),
            "empirical" => object(
                &EMPIRICAL,
                &[],
                vec![
                    ("values", list(&amount()), "Values, as often as they were seen."),
                    ("weights", list(&amount()), "How often each value was seen."),
                    ("file", text(), "A CSV file in the model's folder."),
                    ("column", text(), "Its column."),
                ],
            ),
            "mixture" => list(&json!({"type": "object", "required": ["share"]})),
            _ => {
                let keys = sets.concat();
                let properties: Map<String, Value> =
                    keys.iter().map(|key| ((*key).to_owned(), amount())).collect();
                let required: Vec<Value> =
                    sets.iter().map(|set| json!({"required": set})).collect();
                json!({
                    "type": "object", "properties": properties, "additionalProperties": false, "anyOf": required,
                })
            }
        }
    };
    let properties: Map<String, Value> =
        FAMILIES.iter().map(|name| ((*name).to_owned(), family(name))).collect();
    any(&[
        amount(),
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
            "age": number, "waited": number,
            "queue": {"type": "object", "additionalProperties": number},
            "month": words(MONTHS.iter().map(|(word, _)| *word).collect()),
            "weekday": words(WEEKDAYS.iter().map(|(word, _)| *word).collect()),
        },
        "additionalProperties": true,
    })
}

fn next() -> Value {
    let after = object(
        &["share", "after"],
        &["share"],
        vec![
            ("share", of("share"), "The branch's probability."),
            ("after", of("distribution"), "The client's time before it is taken."),
        ],
    );
    let branch = any(&[of("share"), after]);
    any(&[
        json!({"type": "string"}),
        of("share"),
        json!({
            "type": "object",
            "minProperties": 1,
            "description": "Branches with their probabilities: names of stages, won, done, lost.",
            "properties": {"lost": any(&[text(), json!({"type": "object"})])},
            "additionalProperties": branch,
        }),
    ])
}
