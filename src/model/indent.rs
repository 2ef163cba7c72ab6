//! Repairs keys that belong below a section but were not indented, and sections that were indented into another one.
//!
//! YAML reads the former as keys beside the section, and the latter as names in it. They are moved where they belong and
//! reported once, so that their contents are still read.

use super::yaml::{Entry, Kind, Node};
use super::{calendar, listed, load, role, source, stage};
use crate::diagnostic::{Findings, Home, StructureFault};

/// Sections whose keys are names that the modeller chose.
const NAMED: [&str; 6] = ["stages", "sources", "attributes", "roles", "calendars", "reasons"];

/// Sections whose contents no stage, source or role has.
const SECTIONS: [&str; 11] = [
    "stages",
    "sources",
    "roles",
    "calendars",
    "attributes",
    "reasons",
    "expect",
    "targets",
    "terms",
    "promises",
    "scenarios",
];

/// The keys of what a section names; none if it names no maps of keys.
fn keys_of(section: &str) -> Option<Vec<&'static str>> {
    match section {
        "stages" => Some(stage::PLAN.into_iter().chain(stage::FIXED).collect()),
        "sources" => Some(source::KNOWN.to_vec()),
        "roles" => Some(role::KNOWN.to_vec()),
        "calendars" => Some(calendar::KNOWN.to_vec()),
        _ => None,
    }
}

/// The words below `next`, some of which name stages.
fn branches(node: &Node, found: &mut Vec<String>) {
    let Kind::Map(entries) = &node.kind else { return };
    for entry in entries {
        match (&entry.value.kind, entry.key.as_str()) {
            (Kind::Scalar(goal), "next") => found.push(goal.clone()),
            (Kind::Map(goals), "next") => {
                found.extend(goals.iter().map(|goal| goal.key.clone()));
            }
            _ => branches(&entry.value, found),
        }
    }
}

/// Moves sections that stand inside another one to the top. Read as names, each of their parts would be a fault.
fn lift(root: &mut Node, findings: &mut Findings) {
    let Kind::Map(entries) = &mut root.kind else { return };
    let given: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let is_missing = |key: &str| SECTIONS.contains(&key) && !given.iter().any(|own| own == key);
    let mut lifted: Vec<Entry> = Vec::new();
    for section in entries.iter_mut() {
        let Some(keys) = keys_of(&section.key) else { continue };
        let Kind::Map(named) = &mut section.value.kind else { continue };
        let mut goals = Vec::new();
        named.iter().for_each(|entry| branches(&entry.value, &mut goals));
        let mut lift = |entry: Entry, parent: &str| {
            let (key, parent) = (entry.key.clone(), parent.to_owned());
            findings.report(StructureFault::TooDeep { key, parent }, entry.place, "");
            lifted.push(entry);
        };
        let holds_parts = |entry: &Entry| match &entry.value.kind {
            Kind::Map(parts) => !parts.is_empty(),
            Kind::List(_) => true,
            Kind::Null | Kind::Scalar(_) => false,
        };
        // A thing may have the name of a section; then it has keys of its kind.
        let is_thing = |entry: &Entry| {
            keys.iter().any(|key| entry.value.get(key).is_some()) || goals.contains(&entry.key)
        };
        let is_section =
            |entry: &Entry| is_missing(&entry.key) && holds_parts(entry) && !is_thing(entry);
        for entry in extract(named, is_section) {
            lift(entry, &section.key);
        }
        for thing in named {
            let Kind::Map(own) = &mut thing.value.kind else { continue };
            let is_section = |entry: &Entry| {
                let is_own = keys.contains(&entry.key.as_str());
                is_missing(&entry.key) && holds_parts(entry) && !is_own
            };
            for entry in extract(own, is_section) {
                lift(entry, &thing.key);
            }
        }
    }
    entries.extend(lifted);
}

/// Moves `next` out of the `work` of a stage that has none: it was indented too deeply.
fn release(root: &mut Node, findings: &mut Findings) {
    let Kind::Map(sections) = &mut root.kind else { return };
    let stages = sections.iter_mut().filter(|section| section.key == "stages");
    let stages = stages.filter_map(|section| match &mut section.value.kind {
        Kind::Map(stages) => Some(stages),
        _ => None,
    });
    for stage in stages.flatten() {
        let Kind::Map(own) = &mut stage.value.kind else { continue };
        if own.iter().any(|entry| entry.key == "next") {
            continue;
        }
        let Some(work) = own.iter_mut().find(|entry| entry.key == "work") else { continue };
        let Kind::Map(inside) = &mut work.value.kind else { continue };
        let next = extract(inside, |entry| entry.key == "next");
        for entry in &next {
            let home = Home::Beside("work");
            let problem = StructureFault::MisplacedKey { key: entry.key.clone(), home };
            let path = format!("stages.{}.work.next", stage.key);
            findings.report(problem, entry.place, path);
        }
        own.extend(next);
    }
}

/// Takes the entries of one kind out.
fn extract(entries: &mut Vec<Entry>, is_one: impl Fn(&Entry) -> bool) -> Vec<Entry> {
    let (out, rest) = std::mem::take(entries).into_iter().partition(is_one);
    *entries = rest;
    out
}

/// Moves names below their section, and keys of a stage, source or role below its name.
pub(super) fn repair(root: &mut Node, findings: &mut Findings) {
    listed::repair(root, findings);
    lift(root, findings);
    release(root, findings);
    let Kind::Map(entries) = &mut root.kind else { return };
    let is_known = |key: &str| load::KNOWN.contains(&key);
    move_below(entries, findings, false, |parent| NAMED.contains(&parent), |key| !is_known(key));
    for entry in entries {
        let Some(keys) = keys_of(&entry.key).filter(|_| entry.key != "calendars") else { continue };
        if let Kind::Map(named) = &mut entry.value.kind {
            move_below(named, findings, true, |_| true, |key| keys.contains(&key));
        }
    }
}

/// Moves keys below the empty key before them, or into the map before them if names hold maps.
fn move_below(
    entries: &mut Vec<Entry>,
    findings: &mut Findings,
    below_maps: bool,
    is_parent: impl Fn(&str) -> bool,
    is_child: impl Fn(&str) -> bool,
) {
    let mut at = 0;
    while at < entries.len() {
        let is_empty = entries[at].value.kind == Kind::Null && is_parent(&entries[at].key);
        // Into a map, move only keys that cannot be names: a stage is a map itself.
        let belongs = |entry: &Entry| {
            let is_name =
                !is_empty && matches!(entry.value.kind, Kind::Map(_)) && entry.key != "next";
            is_child(&entry.key) && !is_name
        };
        let children = entries[at + 1..].iter().take_while(|entry| belongs(entry)).count();
        let may_hold = is_empty || (below_maps && matches!(entries[at].value.kind, Kind::Map(_)));
        if may_hold && children > 0 && !is_child(&entries[at].key) {
            let moved: Vec<Entry> = entries.drain(at + 1..=at + children).collect();
            let (key, parent) = (moved[0].key.clone(), entries[at].key.clone());
            findings.report(StructureFault::NotIndented { key, parent }, moved[0].place, "");
            match &mut entries[at].value.kind {
                Kind::Map(own) => own.extend(moved),
                kind => *kind = Kind::Map(moved),
            }
        }
        at += 1;
    }
}
