//! Merges a change into a tree: `extends`, a scenario, `--set`.
//!
//! Maps merge by key, `null` removes, and everything else replaces: shares, distributions, branches and lists are changed
//! whole. A relative value, as `*1.2` or `+2`, changes the value that is there.

use super::near::nearest;
use super::relative;
use super::yaml::{Entry, Kind, Node};
use crate::diagnostic::{Findings, Place, StructureFault};
use crate::quantity::twins;

/// Keys whose maps are replaced whole instead of merged.
const WHOLE: [&str; 9] =
    ["next", "steps", "work", "wait", "value", "amount", "after", "every", "when"];

/// Keys whose values are names, so that `x2` is one.
const NAMES: [&str; 6] = ["next", "role", "enters", "calendar", "name", "title"];

/// Merges a change into the value at a path; faults are reported at the change.
pub(super) fn merge(old: &mut Node, new: Node, keys: &[String], findings: &mut Findings) {
    let is_scenario = keys.first().is_some_and(|key| key == "scenarios");
    if let Kind::Scalar(text) = &new.kind
        && let Some(change) = relative::parse(text).filter(|_| !is_scenario)
    {
        match change.apply(old) {
            Some(kind) => {
                *old = Node { place: new.place, kind };
                return;
            }
            None if relative::meant(text, old).is_some() => {}
            None => {
                let problem = StructureFault::NothingToChange { text: text.clone() };
                findings.report(problem, new.place, keys.join("."));
                return;
            }
        }
    }
    let last = keys.last().map_or("", String::as_str);
    // A stage may have such a name.
    let is_value = !is_scenario && !NAMES.contains(&last);
    if let Kind::Scalar(text) = &new.kind
        && let Some(written) = relative::meant(text, old).filter(|_| is_value)
    {
        let problem = StructureFault::Factor { text: text.clone(), written: written.clone() };
        findings.report(problem, new.place, keys.join("."));
        // What follows is judged as it was meant.
        if let Some(kind) = relative::parse(&written).and_then(|change| change.apply(old)) {
            *old = Node { place: new.place, kind };
        }
        return;
    }
    let shares = keys.len() >= 2 && matches!(keys[keys.len() - 2].as_str(), "attributes" | "set");
    let inside = keys.iter().any(|key| WHOLE.contains(&key.as_str()));
    let whole = inside || shares || WHOLE.contains(&last);
    match (&mut old.kind, new.kind) {
        (Kind::Map(entries), Kind::Map(changes)) if !whole => {
            for change in changes {
                let mut path = keys.to_vec();
                path.push(change.key.clone());
                match entries.iter().position(|entry| entry.key == change.key) {
                    Some(at) if change.value.kind == Kind::Null => {
                        entries.remove(at);
                    }
                    Some(at) => merge(&mut entries[at].value, change.value, &path, findings),
                    None => add(entries, change, &path, findings),
                }
            }
        }
        (_, kind) => *old = Node { place: new.place, kind },
    }
}

/// Adds what was not there; nothing in it can be relative.
fn add(entries: &mut Vec<Entry>, new: Entry, path: &[String], findings: &mut Findings) {
    // Scenarios change the values of a later merge.
    let is_scenario = path.first().is_some_and(|key| key == "scenarios");
    if let Some(meant) = misspelt(entries, &new, path) {
        let problem = StructureFault::UnknownPath { path: path.join("."), nearest: Some(meant) };
        findings.report(problem, new.place, path.join("."));
    } else if let Some((text, place)) = first_relative(&new.value).filter(|_| !is_scenario) {
        let problem = StructureFault::NothingToChange { text: text.to_owned() };
        findings.report(problem, place, path.join("."));
    } else if new.value.kind != Kind::Null {
        entries.push(new);
    }
}

/// The name that a change probably means: it says only a part of a stage, source or role, and one that is there has nearly
/// its name.
fn misspelt(entries: &[Entry], new: &Entry, path: &[String]) -> Option<String> {
    let [section, name] = path else { return None };
    let needed: &[&str] = match section.as_str() {
        "stages" => &["next"],
        "sources" => &["rate", "every", "steps", "at_start", "schedule"],
        "roles" => &["people"],
        _ => return None,
    };
    let is_whole = needed.iter().any(|key| new.value.get(key).is_some());
    let is_part = matches!(new.value.kind, Kind::Map(_)) && !is_whole;
    let is_change = is_part || first_relative(&new.value).is_some();
    let near = || nearest(name, entries.iter().map(|entry| entry.key.as_str()));
    // A new thing may have a name much like that of another one; as a whole, it is no slip of it.
    let letters = || {
        near()
            .filter(|near| twins(name, near).is_some() || without_dots(name) == without_dots(near))
    };
    if is_change { near() } else { letters() }
}

/// With е for ё, which many write.
fn without_dots(name: &str) -> String {
    name.to_lowercase().replace('ё', "е")
}

/// The first relative value in a value that is new.
pub(super) fn first_relative(value: &Node) -> Option<(&str, Place)> {
    match &value.kind {
        Kind::Scalar(text) => relative::parse(text).map(|_| (text.as_str(), value.place)),
        Kind::Map(entries) => entries.iter().find_map(|entry| first_relative(&entry.value)),
        Kind::List(items) => items.iter().find_map(first_relative),
        Kind::Null => None,
    }
}
