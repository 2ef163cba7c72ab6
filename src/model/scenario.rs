//! `scenarios`: variants of the process beside the one that the file describes.

use super::compose::{ABOUT, FIXED};
use super::load::KNOWN;
use super::reader::{Field, Reader, Spot};
use super::yaml::{self, Entry, Kind};
use crate::diagnostic::{FileId, Findings, Place, StructureFault};

/// Another version of the process.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// What to print instead of the name.
    pub title: Option<String>,
    /// What it changes, in a sentence.
    pub description: Option<String>,
    /// What it costs once, in the currency.
    pub investment: f64,
    /// The keys of the model that it changes.
    pub changes: Vec<String>,
    /// Where it is written.
    pub spot: Spot,
}

impl Scenario {
    /// The label to print.
    pub fn label(&self) -> &str {
        self.title.as_ref().unwrap_or(&self.name)
    }
}

/// The scenarios that a text names, each with the places of its name and of what it changes.
pub fn places_of_scenarios(text: &str) -> Vec<(String, [Place; 2])> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let root = yaml::parse(text, FileId::default(), &mut Findings::default());
    let scenarios = root.as_ref().and_then(|root| root.get("scenarios")).map(|node| &node.kind);
    let Some(Kind::Map(entries)) = scenarios else { return Vec::new() };
    let places = |entry: &Entry| [entry.place, entry.value.place];
    entries.iter().map(|entry| (entry.key.clone(), places(entry))).collect()
}

impl Field<'_> {
    pub(super) fn scenarios(&self, r: &mut Reader<'_>) -> Vec<Scenario> {
        let fields = self.names(r).unwrap_or_default();
        fields.iter().filter_map(|field| field.scenario(r)).collect()
    }

    /// The values that it changes are read only where the scenario is chosen.
    fn scenario(&self, r: &mut Reader<'_>) -> Option<Scenario> {
        for (key, field) in self.entries() {
            if FIXED.contains(&key) {
                let problem = StructureFault::NotInScenario { key: key.to_owned() };
                r.findings.report(problem, field.key().place, field.path.clone());
            }
        }
        let known: Vec<&str> = KNOWN.iter().chain(&ABOUT).copied().collect();
        let section = self.section(r, &known, &[])?;
        let entries = self.entries();
        let others = entries.iter().map(|(key, _)| *key).filter(|key| !ABOUT.contains(key));
        let changes = others.map(str::to_owned).collect();
        let investment = section.get("investment").and_then(|field| field.price(r));
        Some(Scenario {
            name: self.name().to_owned(),
            title: section.get("title").and_then(|field| field.text(r)),
            description: section.get("description").and_then(|field| field.text(r)),
            investment: investment.unwrap_or(0.0),
            changes,
            spot: self.key(),
        })
    }
}
