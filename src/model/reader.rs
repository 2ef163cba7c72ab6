//! From nodes to values: the reading steps that all sections share.
//!
//! A [`Field`] is a node with the path that leads to it. Each step reports a fault at its place and
//! returns `None`, so that the caller can go on with the rest of the file.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use super::clock::Clock;
use super::date::parse_date;
use super::home::home;
use super::near::{is_slip, nearest};
use super::words::{self, Later, synonym};
use super::yaml::{Entry, Kind, Node};
use crate::diagnostic::meant::drawn;
use crate::diagnostic::{
    FileId, Findings, Home, NameFault, Place, Problem, StructureFault, ValueFault, Wanted,
};
use crate::quantity::is_hidden;

/// A place in the text and the path of the field there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// As `stages.offer.next`.
    pub path: String,
}

/// The state of reading besides the nodes.
pub(super) struct Reader<'a> {
    /// The diagnostics so far.
    pub(super) findings: Findings,
    /// The folder that data files may be read from.
    pub(super) folder: Option<&'a Path>,
    /// The same for each other file that belongs to the model.
    pub(super) folders: Vec<(FileId, PathBuf)>,
    /// The clock that the value being read is measured in.
    pub(super) clock: Clock,
    /// The length of a working day at this point, in microseconds.
    pub(super) working_day: f64,
    /// The working day in microseconds of each role whose calendar is known.
    pub(super) role_days: Vec<(String, f64)>,
}

impl Reader<'_> {
    /// The folder that data files named at a place are read from.
    pub(super) fn folder_of(&self, place: Place) -> Option<&Path> {
        let other = self.folders.iter().find(|(file, _)| *file == place.file);
        other.map(|(_, folder)| folder.as_path()).or(self.folder)
    }

    /// The length of a role's working day, in microseconds.
    pub(super) fn day_of(&self, role: &str) -> Option<f64> {
        self.role_days.iter().find(|(name, _)| name == role).map(|(_, day)| *day)
    }
}

/// The key that a word stands for, if it is given as well.
fn doubled(node: &Node, key: &str, known: &[&str]) -> Option<String> {
    let other = synonym(key, known).filter(|other| node.get(other).is_some())?;
    (nearest(key, known.iter().copied()).is_none()).then(|| other.to_owned())
}

/// A node, its key and its path.
#[derive(Clone)]
pub(super) struct Field<'n> {
    pub(super) node: &'n Node,
    pub(super) path: String,
    name: &'n str,
    key: Place,
}

impl<'n> Field<'n> {
    /// The whole document.
    pub(super) fn root(node: &'n Node) -> Field<'n> {
        let key = Place { end: node.place.start, ..node.place };
        Field { node, path: String::new(), name: "", key }
    }

    fn child(&self, entry: &'n Entry) -> Field<'n> {
        let path = if self.path.is_empty() {
            entry.key.clone()
        } else {
            format!("{}.{}", self.path, entry.key)
        };
        Field { node: &entry.value, path, name: &entry.key, key: entry.place }
    }

    /// The place to point at: the value if it is one word or one line, else its key.
    pub(super) fn place(&self) -> Place {
        match self.node.kind {
            Kind::Scalar(_) => self.node.place,
            _ if self.key.start == self.key.end => self.node.place,
            _ => self.key,
        }
    }

    /// The place of the key.
    pub(super) fn key(&self) -> Spot {
        Spot { place: self.key, path: self.path.clone() }
    }

    /// The name that the key gives.
    pub(super) fn name(&self) -> &'n str {
        self.name
    }

    pub(super) fn spot(&self) -> Spot {
        Spot { place: self.place(), path: self.path.clone() }
    }

    pub(super) fn report(&self, r: &mut Reader<'_>, problem: impl Into<Problem>) {
        r.findings.report(problem, self.place(), self.path.clone());
    }

    pub(super) fn is_null(&self) -> bool {
        self.node.kind == Kind::Null
    }

    pub(super) fn is_map(&self) -> bool {
        matches!(self.node.kind, Kind::Map(_))
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.node.kind, Kind::List(_))
    }

    fn wrong<T>(&self, r: &mut Reader<'_>, wanted: Wanted) -> Option<T> {
        self.report(r, StructureFault::WrongKind { wanted, found: self.node.found() });
        None
    }

    /// A map with fixed keys: `known` are read, `later` are not supported yet.
    pub(super) fn section(
        &self,
        r: &mut Reader<'_>,
        known: &[&str],
        later: &[&str],
    ) -> Option<Section<'n>> {
        self.section_of(r, Wanted::Map, known, later)
    }

    /// A [`section`](Self::section) whose diagnostics name it by `wanted` instead of "a map".
    pub(super) fn section_of(
        &self,
        r: &mut Reader<'_>,
        what: Wanted,
        known: &[&str],
        later: &[&str],
    ) -> Option<Section<'n>> {
        let Kind::Map(entries) = &self.node.kind else {
            return self.wrong(r, what);
        };
        let (mut meant, mut unknown) = (Vec::new(), Vec::new());
        let mut homes = Vec::new();
        // In braces, a comma tears a call such as `normal(5, 2)`; its value is reported.
        let mut torn = false;
        for entry in entries {
            let key = entry.key.as_str();
            if known.contains(&key) {
                let text = entry.value.scalar_text();
                torn = text.contains('(') && !text.contains(')');
                continue;
            }
            if torn && entry.value.kind == Kind::Null {
                continue;
            }
            let child = self.child(entry);
            // A key that is there already was hardly meant.
            let is_free = |near: &&str| self.node.get(near).is_none();
            let all = known.iter().chain(later).copied().filter(is_free);
            // Beside `sigma`, `mu` is that of a lognormal distribution.
            let is_log = key == "mu" && self.node.get("sigma").is_some();
            let logs = if is_log { known } else { &[] };
            let median = logs.iter().find(|key| **key == "median").copied();
            let free = median.or_else(|| synonym(key, known)).filter(is_free);
            // `lane` is no slip of `sale`.
            let is_drawn = known.contains(&"max_visits") && drawn(key).is_some();
            let likely = |near: &String| !is_drawn || is_slip(key, near);
            let near = free.map(str::to_owned).or_else(|| nearest(key, all).filter(likely));
            let problem = if later.contains(&key) {
                StructureFault::NotYet { key: entry.key.clone() }
            } else if let (None, Some(later)) = (&near, words::later(key)) {
                let key = entry.key.clone();
                match later {
                    Later::Key(example) => StructureFault::LaterKey { key, example },
                    Later::Command => StructureFault::LaterCommand { key },
                }
            } else if let Some(home) = home(key, known) {
                // `role` and `time` of one `work` are one slip.
                if homes.contains(&home) && matches!(home, Home::Inside(_)) {
                    continue;
                }
                homes.push(home);
                StructureFault::MisplacedKey { key: entry.key.clone(), home }
            } else if let Some(other) = doubled(self.node, key, known) {
                StructureFault::SaysTwice { key: entry.key.clone(), other }
            } else {
                // Read the value under the key that is probably meant, so that one slip gives one
                // report.
                let sure = synonym(key, known).is_some();
                let free = near
                    .clone()
                    .filter(|near| self.node.get(near).is_none() && (sure || is_slip(key, near)));
                if free.is_none() {
                    unknown.push((entry, near.clone()));
                }
                meant.extend(free.map(|near| (near, entry)));
                // `people:2` between braces is a key without a value.
                let joined = entry.key.split_once(':').filter(|(key, _)| known.contains(key));
                let joined = joined.map(|(key, value)| format!("{key}: {value}"));
                StructureFault::UnknownKey {
                    key: entry.key.clone(),
                    nearest: joined.or(near),
                    known: known.iter().map(|k| (*k).to_owned()).collect(),
                }
            };
            r.findings.report(problem, entry.place, child.path);
        }
        Some(Section { field: self.clone(), meant, unknown })
    }

    /// The entries of a map whose keys are names that the modeller chose.
    pub(super) fn names(&self, r: &mut Reader<'_>) -> Option<Vec<Field<'n>>> {
        let Kind::Map(entries) = &self.node.kind else {
            return self.wrong(r, Wanted::Map);
        };
        let fields: Vec<_> = entries.iter().map(|entry| self.child(entry)).collect();
        for (field, entry) in fields.iter().zip(entries) {
            check_name(r, &entry.key, &field.key());
        }
        Some(fields)
    }

    /// The entries of a map, with their keys unchecked.
    pub(super) fn entries(&self) -> Vec<(&'n str, Field<'n>)> {
        match &self.node.kind {
            Kind::Map(entries) => {
                entries.iter().map(|entry| (entry.key.as_str(), self.child(entry))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The items of a list; paths count from 1.
    pub(super) fn items(&self, r: &mut Reader<'_>) -> Option<Vec<Field<'n>>> {
        let Kind::List(list) = &self.node.kind else {
            return self.wrong(r, Wanted::List);
        };
        let item = |(at, node): (usize, &'n Node)| Field {
            node,
            path: format!("{}[{}]", self.path, at + 1),
            name: self.name,
            key: Place { end: node.place.start, ..node.place },
        };
        Some(list.iter().enumerate().map(item).collect())
    }

    /// One value.
    pub(super) fn scalar(&self, r: &mut Reader<'_>, wanted: Wanted) -> Option<&'n str> {
        match &self.node.kind {
            Kind::Scalar(text) => Some(text),
            _ => self.wrong(r, wanted),
        }
    }

    /// Free text: a title, a description.
    pub(super) fn text(&self, r: &mut Reader<'_>) -> Option<String> {
        if self.is_null() {
            return Some(String::new());
        }
        let text = self.scalar(r, Wanted::Scalar)?;
        if text.chars().any(|c| is_hidden(c) && !matches!(c, '\n' | '\t')) {
            let name = text.to_owned();
            self.report(r, StructureFault::BadName { name, fault: NameFault::Control });
        }
        Some(text.to_owned())
    }

    /// One name, or several in a list.
    pub(super) fn words(&self, r: &mut Reader<'_>) -> Vec<(String, Spot)> {
        if self.is_list() {
            let items = self.items(r).unwrap_or_default();
            if items.is_empty() {
                self.report(r, ValueFault::EmptyList);
            }
            return items.iter().flat_map(|item| item.words(r)).collect();
        }
        match self.scalar(r, Wanted::Scalar) {
            Some(text) => vec![(text.to_owned(), self.spot())],
            None => Vec::new(),
        }
    }

    pub(super) fn truth(&self, r: &mut Reader<'_>) -> Option<bool> {
        match self.scalar(r, Wanted::Truth)? {
            "true" => Some(true),
            "false" => Some(false),
            text => {
                let known = vec!["true".to_owned(), "false".to_owned()];
                let problem = ValueFault::UnknownWord {
                    text: text.to_owned(),
                    wanted: Wanted::Truth,
                    nearest: words::truth(text).map(str::to_owned),
                    known,
                };
                self.report(r, problem);
                None
            }
        }
    }

    /// A date, with an optional time of day.
    pub(super) fn date(&self, r: &mut Reader<'_>) -> Option<DateTime> {
        let text = self.scalar(r, Wanted::Date)?;
        let date = parse_date(text);
        if date.is_none() {
            self.report(r, ValueFault::BadDate { text: text.to_owned() });
        }
        date
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &self,
        r: &mut Reader<'_>,
        wanted: Wanted,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.scalar(r, wanted)?;
        let found = words.iter().find(|(word, _)| *word == text.to_lowercase());
        if found.is_none() {
            let problem = ValueFault::UnknownWord {
                text: text.to_owned(),
                wanted,
                nearest: synonym(text, &words.iter().map(|w| w.0).collect::<Vec<_>>())
                    .map(str::to_owned)
                    .or_else(|| nearest(text, words.iter().map(|w| w.0))),
                known: words.iter().map(|w| w.0.to_owned()).collect(),
            };
            self.report(r, problem);
        }
        found.map(|(_, value)| *value)
    }
}

/// A map whose keys have been checked.
#[derive(Clone)]
pub(super) struct Section<'n> {
    pub(super) field: Field<'n>,
    /// Misspelt keys, each with the key that is probably meant.
    meant: Vec<(String, &'n Entry)>,
    /// Other unknown keys, each with its nearest key.
    pub(super) unknown: Vec<(&'n Entry, Option<String>)>,
}

impl<'n> Section<'n> {
    /// The field of a key, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<Field<'n>> {
        let meant = || self.meant.iter().find(|(meant, _)| meant == key).map(|(_, entry)| *entry);
        self.field.node.entry(key).or_else(meant).map(|entry| self.field.child(entry))
    }
}

fn check_name(r: &mut Reader<'_>, name: &str, spot: &Spot) {
    if name.trim().is_empty() {
        let problem = StructureFault::BadName { name: name.to_owned(), fault: NameFault::Empty };
        r.findings.report(problem, spot.place, spot.path.clone());
    } else if name.chars().any(is_hidden) {
        let problem = StructureFault::BadName { name: name.to_owned(), fault: NameFault::Control };
        r.findings.report(problem, spot.place, spot.path.clone());
    }
}
