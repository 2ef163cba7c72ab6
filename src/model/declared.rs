//! The names that a file gives to things, whether or not their definitions can be read.
//!
//! A thing whose definition has an error is left out of the model. Its name still counts as known, so
//! that references to it are no further errors.

use std::collections::{BTreeMap, BTreeSet};

use super::next::{BRANCH, LOST};
use super::yaml::{Entry, Kind, Node};
use crate::quantity::parse_share;

/// Names as they are written, by what they name.
#[derive(Debug, Default)]
pub(super) struct Declared<'n> {
    /// Attributes of the header and of `set`.
    pub(super) given: BTreeSet<&'n str>,
    /// The values of attributes, also those that only a source has.
    pub(super) attributes: BTreeMap<&'n str, BTreeSet<&'n str>>,
    pub(super) sources: BTreeSet<&'n str>,
    /// Loss reasons of stages.
    pub(super) reasons: BTreeSet<&'n str>,
    /// Loss reasons with a class.
    pub(super) classified: BTreeSet<&'n str>,
    pub(super) activities: BTreeSet<&'n str>,
    pub(super) promises: BTreeSet<&'n str>,
    pub(super) items: BTreeSet<&'n str>,
    /// What some `next`, `to` or `enters` leads to.
    pub(super) targets: BTreeSet<&'n str>,
}

impl<'n> Declared<'n> {
    pub(super) fn of(root: &'n Node) -> Declared<'n> {
        let mut declared = Declared::default();
        let section = |key| root.get(key).map(entries).unwrap_or_default();
        declared.given.extend(section("attributes").iter().map(|entry| entry.key.as_str()));
        declared.add_attributes(section("attributes"));
        for source in section("sources") {
            declared.sources.insert(&source.key);
            declared.targets.extend(source.value.get("enters").map(Node::scalar_text));
            let own = source.value.get("attributes").map(entries).unwrap_or_default();
            declared.add_attributes(own);
        }
        declared.classified.extend(section("reasons").iter().map(|entry| entry.key.as_str()));
        for stage in section("stages") {
            declared.add_activities(stage);
            entries(&stage.value).iter().for_each(|entry| declared.visit(entry));
        }
        for promise in root.get("promises").map(items).unwrap_or_default() {
            declared.promises.extend(promise.get("name").map(Node::scalar_text));
        }
        for term in root.get("terms").map(items).unwrap_or_default() {
            let demand = term.get("demand").map(entries).unwrap_or_default();
            declared.items.extend(demand.iter().map(|entry| entry.key.as_str()));
        }
        declared
    }

    fn add_attributes(&mut self, written: &'n [Entry]) {
        for attribute in written {
            let values = self.attributes.entry(&attribute.key).or_default();
            match &attribute.value.kind {
                Kind::Map(shares) => values.extend(shares.iter().map(|entry| entry.key.as_str())),
                Kind::List(list) => values.extend(list.iter().map(Node::scalar_text)),
                Kind::Scalar(value) => values.extend([value.as_str()]),
                Kind::Null => {}
            }
        }
    }

    /// The activities of a stage and its variants; a work without one has the stage's name.
    fn add_activities(&mut self, stage: &'n Entry) {
        let variants = stage.value.get("variants").map(items).unwrap_or_default();
        for plan in std::iter::once(&stage.value).chain(variants) {
            let steps = plan.get("steps").map(items).unwrap_or_default();
            for work in plan.get("work").into_iter().chain(steps) {
                let activity = work.get("activity").map_or(stage.key.as_str(), Node::scalar_text);
                self.activities.insert(activity);
            }
        }
    }

    /// Reasons, attributes and targets in a key of a stage and below it.
    fn visit(&mut self, entry: &'n Entry) {
        match entry.key.as_str() {
            "lost" => {
                let of_lost = entry.value.get("reasons").unwrap_or(&entry.value);
                self.reasons.extend(reason(&entry.value));
                let keys = entries(of_lost).iter().map(|entry| entry.key.as_str());
                self.reasons.extend(keys.filter(|key| !LOST.contains(key)));
            }
            "set" => {
                let given = entries(&entry.value);
                self.given.extend(given.iter().map(|entry| entry.key.as_str()));
                self.given.remove("value");
                self.add_attributes(given);
                self.attributes.remove("value");
            }
            "next" => {
                self.targets.extend(reason(&entry.value));
                let keys = entries(&entry.value).iter().map(|entry| entry.key.as_str());
                self.targets.extend(keys.filter(|key| !BRANCH.contains(key)));
            }
            _ => {}
        }
        for inner in entries(&entry.value) {
            self.visit(inner);
        }
        for inner in items(&entry.value).iter().flat_map(entries) {
            self.visit(inner);
        }
    }
}

/// A word that is no share.
fn reason(node: &Node) -> Option<&str> {
    let text = node.scalar_text();
    (!text.is_empty() && parse_share(text).is_err()).then_some(text)
}

fn entries(node: &Node) -> &[Entry] {
    if let Kind::Map(entries) = &node.kind { entries } else { &[] }
}

fn items(node: &Node) -> &[Node] {
    if let Kind::List(items) = &node.kind { items } else { &[] }
}

/// The value that is written behind the key at a byte of the first file.
pub(super) fn written_at(node: &Node, start: u32) -> Option<&Node> {
    match &node.kind {
        Kind::Map(entries) => entries.iter().find_map(|entry| {
            let is_here = entry.place.start == start && entry.place.file.0 == 0;
            if is_here { Some(&entry.value) } else { written_at(&entry.value, start) }
        }),
        Kind::List(items) => items.iter().find_map(|item| written_at(item, start)),
        Kind::Null | Kind::Scalar(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Problem;

    /// The codes found in a model with these lines.
    fn codes(lines: &str) -> Vec<&'static str> {
        let loaded = crate::model::load("", lines, &[], None);
        loaded.diagnostics.iter().map(|found| found.problem.code()).collect()
    }

    fn only(lines: &str, code: &str) {
        assert_eq!(codes(lines), [code], "{lines}");
    }

    #[test]
    fn a_faulty_definition_still_gives_its_name() {
        let variant =
            "stages: {a: {wait: 1d, next: 30%, variants: [{when: {size: big}, next: 20%}]}}\n";
        only(&format!("attributes: {{size: {{small: 60, big: rest}}}}\n{variant}"), "V201");
        only(&format!("attributes: {{size: [small, big]}}\n{variant}"), "V108");
        let set = "stages:\n  a: {wait: 1d, set: {size: {small: 60, big: rest}}, next: b}\n  \
                   b: {wait: 1d, next: 30%, variants: [{when: {size: big}, next: 20%}]}\n";
        only(set, "V201");
        let source =
            "stages: {a: {wait: 1d, next: 30%, variants: [{when: {source: s}, next: 2%}]}}\n";
        only(&format!("sources: {{s: {{rate: 20}}}}\n{source}"), "V201");
        let reason = "stages: {a: {wait: 1d, next: {won: 30%, lost: {price: 30%, time: 30%}}}}\n\
                      expect: [{kpi: loss_table, reason: price, stat: share, below: 60%}]\n";
        only(reason, "V311");
        let item = "value: 9\nterms: [{margin: 18, demand: {hours: 3}}]\ncapacity: {hours: 9/day}\n\
                    stages: {a: {wait: 1d, next: 30%}}\n";
        only(item, "V201");
    }

    #[test]
    fn a_reason_between_stages_belongs_under_lost() {
        let text = "stages:\n  a: {wait: 1d, next: {b: 40%, no need: rest}}\n  \
                    b: {wait: 1d, next: {c: 140%, lost: {no need: rest}}}\n  c: {wait: 1d, next: 9%}\n";
        let loaded = crate::model::load("", text, &[], None);
        let found = loaded.diagnostics.iter().find(|found| found.problem.code() == "V301").unwrap();
        let Problem::Value(crate::diagnostic::ValueFault::UnknownStage {
            unreached,
            as_reason,
            ..
        }) = &found.problem
        else {
            panic!("{found:?}");
        };
        assert_eq!(unreached.as_deref(), None);
        assert_eq!(as_reason.as_deref(), Some("lost: {no need: rest}"));
    }
}
