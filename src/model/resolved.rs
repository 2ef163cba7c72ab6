//! A model as it was understood: overrides applied, anchors followed, defaults written out.
//!
//! The printed text is itself a model that gives the same numbers. It shows how the file was read,
//! and two models can be compared line by line.

use std::path::Path;

use super::compose::compose;
use super::yaml::{self, Entry, Kind, Node};
use super::{Model, Override};
use crate::diagnostic::{Findings, Place, Sources};

/// Lines longer than this are broken.
const WIDTH: usize = 100;

/// The resolved text of a model that was read without errors from `text` with these overrides.
pub fn resolved(
    model: &Model,
    text: &str,
    changes: &[Override],
    folder: Option<&Path>,
) -> Option<String> {
    let (mut sources, mut findings) = (Sources::default(), Findings::default());
    let file = sources.add("model", text.to_owned());
    let root = yaml::parse(text, file, &mut findings)?;
    let (mut root, _) = compose(root, changes, folder, &mut sources, &mut findings)?;
    if let Kind::Map(entries) = &mut root.kind {
        entries.retain(|entry| entry.key != "scenarios");
    }
    fill(&mut root, model);
    let mut out = String::new();
    let Kind::Map(entries) = &root.kind else { return None };
    for entry in entries {
        write_entry(&mut out, entry, 0);
    }
    Some(out)
}

/// Writes out the defaults that the model uses.
fn fill(root: &mut Node, model: &Model) {
    let nowhere = root.place;
    let mut at = 0;
    let mut default = |key: &str, value: Node| {
        let Kind::Map(entries) = &mut root.kind else { return };
        match entries.iter().position(|entry| entry.key == key) {
            Some(there) => at = there + 1,
            None => {
                entries.insert(at, Entry { key: key.to_owned(), place: nowhere, value });
                at += 1;
            }
        }
    };
    default("voronka", scalar("1", nowhere));
    default("start", scalar("2024-01-01", nowhere));
    default("horizon", scalar("12 months", nowhere));
    if !model.roles.is_empty() {
        let hours = map([("mon-fri", scalar("09:00-18:00", nowhere))], nowhere);
        let office = map([("hours", hours)], nowhere);
        default("calendars", map([("office", office)], nowhere));
    }
    let rate = map([("rate", scalar("100/week", nowhere))], nowhere);
    default("sources", map([("leads", rate)], nowhere));
    let Some(stages) = entry_mut(root, "stages") else { return };
    let Kind::Map(stages) = &mut stages.kind else { return };
    let names: Vec<String> = stages.iter().map(|stage| stage.key.clone()).collect();
    for (at, stage) in stages.iter_mut().enumerate() {
        let following = names.get(at + 1).map_or("won", String::as_str);
        spell_out(&mut stage.value, following);
        if let Some(Kind::List(variants)) =
            entry_mut(&mut stage.value, "variants").map(|node| &mut node.kind)
        {
            variants.iter_mut().for_each(|variant| spell_out(variant, following));
        }
        if stage.value.get("phase").is_none()
            && let (Kind::Map(entries), Some(read)) = (&mut stage.value.kind, model.stages.get(at))
        {
            let value = scalar(read.phase.word(), nowhere);
            entries.insert(0, Entry { key: "phase".to_owned(), place: nowhere, value });
        }
    }
}

/// Expands `next: 30%` to both targets.
fn spell_out(plan: &mut Node, following: &str) {
    let place = plan.place;
    if let Some(next) = entry_mut(plan, "next")
        && let Kind::Scalar(text) = &next.kind
        && crate::quantity::parse_share(text).is_ok()
        && text != "rest"
    {
        let share = scalar(&text.clone(), place);
        *next = map([(following, share), ("lost", scalar("rest", place))], place);
    }
}

fn entry_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Kind::Map(entries) = &mut node.kind else { return None };
    entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value)
}

fn scalar(text: &str, place: Place) -> Node {
    Node { place, kind: Kind::Scalar(text.to_owned()) }
}

fn map<const N: usize>(entries: [(&str, Node); N], place: Place) -> Node {
    let entries = entries.map(|(key, value)| Entry { key: key.to_owned(), place, value });
    Node { place, kind: Kind::Map(entries.into()) }
}

fn write_entry(out: &mut String, entry: &Entry, depth: usize) {
    let key = quoted(&entry.key);
    let line = format!("{}{key}:", "  ".repeat(depth));
    write_value(out, &line, &entry.value, depth);
}

/// Writes a value after the start of its line: in the same line if it fits, else below.
fn write_value(out: &mut String, line: &str, value: &Node, depth: usize) {
    let flow = flow(value);
    // Each stage and each source gets its own lines.
    let top = depth == 0 && matches!(value.kind, Kind::Map(_));
    let fits = line.chars().count() + 1 + flow.chars().count() <= WIDTH;
    match &value.kind {
        Kind::Map(entries) if !entries.is_empty() && (top || !fits) => {
            out.push_str(line);
            out.push('\n');
            entries.iter().for_each(|entry| write_entry(out, entry, depth + 1));
        }
        Kind::List(items) if !items.is_empty() && !fits => {
            out.push_str(line);
            out.push('\n');
            let dash = format!("{}-", "  ".repeat(depth + 1));
            items.iter().for_each(|item| write_item(out, &dash, item, depth + 1));
        }
        _ => {
            out.push_str(format!("{line} {flow}").trim_end());
            out.push('\n');
        }
    }
}

/// An item of a list; a map that does not fit in the line begins after the dash.
fn write_item(out: &mut String, dash: &str, item: &Node, depth: usize) {
    let flow = flow(item);
    let fits = dash.len() + 1 + flow.chars().count() <= WIDTH;
    match &item.kind {
        Kind::Map(entries) if !fits => {
            for (at, entry) in entries.iter().enumerate() {
                let mut text = String::new();
                write_entry(&mut text, entry, depth + 1);
                if at == 0 {
                    text.replace_range(..=dash.len(), &format!("{dash} "));
                }
                out.push_str(&text);
            }
        }
        _ => out.extend([dash, " ", &flow, "\n"]),
    }
}

/// A value in one line.
pub(super) fn flow(value: &Node) -> String {
    match &value.kind {
        Kind::Null => String::new(),
        Kind::Scalar(text) => quoted(text),
        Kind::List(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|e| format!("{}: {}", quoted(&e.key), flow(&e.value)).trim_end().to_owned())
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A text as YAML, in quotes if it could be read as something else.
fn quoted(text: &str) -> String {
    let first = text.chars().next();
    let plain = first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '_' | '/'))
        || (first == Some('-') && text.len() > 1 && !text.starts_with("- "));
    // YAML 1.1 reads 09:00 as a number, so a colon is quoted.
    let inside = text.contains(':')
        || text.contains(" #")
        || text.ends_with(' ')
        || text.chars().any(|c| matches!(c, ',' | '[' | ']' | '{' | '}' | '"') || c.is_control());
    if !text.is_empty() && plain && !inside {
        text.to_owned()
    } else {
        // YAML reads JSON strings.
        serde_json::Value::from(text).to_string()
    }
}
