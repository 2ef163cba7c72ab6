//! Repairs keys that belong below a section but were not indented.
//!
//! YAML reads them as keys beside the section. They are moved below it and reported once, so that
//! their contents are still read.

use super::yaml::{Entry, Kind, Node};
use super::{load, role, source, stage};
use crate::diagnostic::{Findings, StructureFault};

/// Sections whose keys are names that the modeller chose.
const NAMED: [&str; 6] = ["stages", "sources", "attributes", "roles", "calendars", "reasons"];

/// Moves names below their section, and keys of a stage, source or role below its name.
pub(super) fn repair(root: &mut Node, findings: &mut Findings) {
    let Kind::Map(entries) = &mut root.kind else { return };
    let is_known = |key: &str| load::KNOWN.contains(&key);
    move_below(entries, findings, false, |parent| NAMED.contains(&parent), |key| !is_known(key));
    for entry in entries {
        let keys: Vec<&str> = match entry.key.as_str() {
            "stages" => stage::PLAN.into_iter().chain(stage::FIXED).collect(),
            "sources" => source::KNOWN.to_vec(),
            "roles" => role::KNOWN.to_vec(),
            _ => continue,
        };
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
