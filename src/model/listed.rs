//! Sections that are lists of things with names, where each name should be a key.
//!
//! Other tools write `- name: Lead`. Such a list is reported once and read as if the names were keys, so that what is
//! in it is checked as well.

use super::yaml::{Entry, Kind, Node};
use crate::diagnostic::{Findings, StructureFault};

/// Sections whose keys are names.
const SECTIONS: [&str; 5] = ["stages", "sources", "roles", "calendars", "scenarios"];

/// Keys that give an item its name.
pub(super) const NAMES: [&str; 12] = [
    "name",
    "stage",
    "source",
    "role",
    "calendar",
    "scenario",
    "название",
    "имя",
    "этап",
    "стадия",
    "источник",
    "роль",
];

/// Turns the lists of named things at the top of a model into maps, and reports each.
pub(super) fn repair(root: &mut Node, findings: &mut Findings) {
    let Kind::Map(sections) = &mut root.kind else { return };
    for section in sections.iter_mut().filter(|entry| SECTIONS.contains(&entry.key.as_str())) {
        let Kind::List(items) = &section.value.kind else { continue };
        let Some(named) = items.iter().map(named).collect::<Option<Vec<Entry>>>() else { continue };
        let Some(first) = named.first() else { continue };
        let (key, name) = (section.key.clone(), first.key.clone());
        let problem = StructureFault::NamesInList { section: key.clone(), name };
        findings.report(problem, section.place, key);
        let mut entries: Vec<Entry> = Vec::new();
        for entry in named {
            if entries.iter().any(|known| known.key == entry.key) {
                let problem = StructureFault::DuplicateKey { key: entry.key };
                findings.report(problem, entry.place, "");
            } else {
                entries.push(entry);
            }
        }
        section.value.kind = Kind::Map(entries);
    }
}

/// An item with its name as the key.
fn named(item: &Node) -> Option<Entry> {
    let Kind::Map(entries) = &item.kind else { return None };
    let known = |name: &&str| entries.iter().find(|entry| entry.key == **name);
    if let Some(name) = NAMES.iter().find_map(known) {
        let Kind::Scalar(key) = &name.value.kind else { return None };
        let others = entries.iter().filter(|entry| entry.place != name.place).cloned().collect();
        let value = Node { place: item.place, kind: Kind::Map(others) };
        return Some(Entry { key: key.clone(), place: name.value.place, value });
    }
    match entries.as_slice() {
        [only] if matches!(only.value.kind, Kind::Map(_)) => Some(only.clone()),
        _ => None,
    }
}
