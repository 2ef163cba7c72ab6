//! Tests of a model: a file beside it that sets everything that is drawn for some deals, and claims what becomes of them.
//!
//! A test draws nothing: it gives the arrivals, values and paths of its deals, and the model answers with dates, people and
//! costs, exact to the microsecond.

mod given;
mod then;

use std::path::{Component, Path};

use super::clock::Clock;
use super::compose::tree;
use super::reader::{Field, Reader, Spot};
use super::{Model, Override, load, mend, read_file};
use crate::diagnostic::{
    Diagnostic, Findings, Severity, Sources, StructureFault, TestFault, ValueFault, Wanted,
};

pub use given::{Fixed, GivenDeal, GivenEnd, GivenVisit, Times};
pub use then::{Claim, Claims, Value};

/// One test of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelTest {
    /// What it shows.
    pub name: String,
    /// The deals that it follows; the model gets no others.
    pub deals: Vec<GivenDeal>,
    /// What it claims of them.
    pub claims: Vec<Claims>,
    /// Where it is written.
    pub spot: Spot,
}

/// A file of tests as it was read.
#[derive(Debug, Clone)]
#[must_use]
pub struct TestFile {
    /// The texts that places point into; the first is the file's own.
    pub sources: Sources,
    /// The model under test; `None` if it cannot be used.
    pub model: Option<Model>,
    /// The tests that could be read.
    pub tests: Vec<ModelTest>,
    /// Everything wrong with the file, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// The end of the names of files with tests, before `.yaml`.
const MARK: &str = ".test";

/// Whether a file with this name and text in YAML is meant as a file of tests.
///
/// ```
/// use voronka::model::is_meant_as_tests;
/// assert!(is_meant_as_tests("all.yaml", "model: a.yaml\ntests:\n  - given: {}\n"));
/// assert!(is_meant_as_tests("a.test.yaml", "tests: 5\n"));
/// assert!(!is_meant_as_tests("a.yaml", "stages: {lead: {next: won}}\n"));
/// ```
pub fn is_meant_as_tests(name: &str, text: &str) -> bool {
    if [".test.yaml", ".test.yml"].iter().any(|end| name.ends_with(end)) {
        return true;
    }
    let mut lines = text.trim_start_matches('\u{FEFF}').lines();
    let given = |line: &str| line.trim_start_matches([' ', '-', '{']).starts_with("given:");
    lines.clone().any(|line| line.starts_with("tests:")) && lines.any(given)
}

/// Reads a file of tests, and the model that it names in its own folder, with overrides applied to the model.
pub fn load_tests(name: &str, text: &str, changes: &[Override], folder: Option<&Path>) -> TestFile {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let mut findings = Findings::default();
    let (mut model, mut tests) = (None, Vec::new());
    if let Some(root) = tree(text, file, &mut findings) {
        let root = Field::root(&root);
        let named = model_name(&root, name);
        model = model_of(&named, changes, folder, &mut findings);
        if let Some(model) = &model {
            tests = read(&root, model, &mut findings);
        }
    }
    let mut diagnostics = findings.into_sorted();
    if diagnostics.iter().any(|found| found.severity() == Severity::Unreadable) {
        diagnostics.retain(|found| found.severity() == Severity::Unreadable);
    }
    mend::attach(&mut diagnostics, &sources);
    TestFile { sources, model, tests, diagnostics }
}

/// The model's path from the folder of the tests on, and where it is given.
fn model_name(root: &Field<'_>, name: &str) -> (String, Spot) {
    match root.entries().iter().find(|(key, _)| *key == "model") {
        Some((_, field)) => (field.node.scalar_text().to_owned(), field.spot()),
        None => {
            let file = Path::new(name).file_name().unwrap_or_default().to_string_lossy();
            (file.replacen(&format!("{MARK}."), ".", 1), root.spot())
        }
    }
}

fn model_of(
    (file, spot): &(String, Spot),
    changes: &[Override],
    folder: Option<&Path>,
    findings: &mut Findings,
) -> Option<Model> {
    let mut fault = |fault: TestFault| findings.report(fault, spot.place, spot.path.clone());
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    let file = file.clone();
    if !Path::new(&file).components().all(inside) {
        fault(TestFault::OutsideModel { file });
        return None;
    }
    let path = folder.unwrap_or(Path::new("")).join(&file);
    let Ok(text) = read_file(&path.to_string_lossy()) else {
        fault(TestFault::NoModel { file });
        return None;
    };
    let loaded = load(&file, &text, changes, path.parent());
    if loaded.model.is_none() {
        let is_error = |found: &&Diagnostic| found.severity() >= Severity::Error;
        let errors = loaded.diagnostics.iter().filter(is_error).count();
        fault(TestFault::WrongModel { file, errors });
    }
    loaded.model
}

fn read(root: &Field<'_>, model: &Model, findings: &mut Findings) -> Vec<ModelTest> {
    let day = |name: Option<&str>| model.hours(name).day_micros() as f64;
    let of_role = |role: &super::Role| {
        (role.name.clone(), day(role.calendar.as_ref().map(|(name, _)| name.as_str())))
    };
    let mut r = Reader {
        findings: std::mem::take(findings),
        folder: None,
        folders: Vec::new(),
        clock: Clock::Wall,
        working_day: day(None),
        role_days: model.roles.iter().map(of_role).collect(),
    };
    let tests = root.tests(&mut r, model);
    *findings = r.findings;
    tests.unwrap_or_default()
}

impl Field<'_> {
    fn tests(&self, r: &mut Reader<'_>, model: &Model) -> Option<Vec<ModelTest>> {
        let section = self.section(r, &["model", "tests"], &[])?;
        let field = section.need(r, "tests", "")?;
        let tests = field.items(r)?;
        field.is_not_empty(r, tests.len());
        Some(tests.iter().filter_map(|test| test.model_test(r, model)).collect())
    }

    fn model_test(&self, r: &mut Reader<'_>, model: &Model) -> Option<ModelTest> {
        let section = self.section(r, &["name", "given", "then"], &[])?;
        let name = section.get("name").and_then(|field| field.text(r));
        let given = section.need(r, "given", "tests");
        let deals = given.and_then(|given| given.deals(r, model));
        let then = section.need(r, "then", "tests");
        let known: Vec<&str> =
            deals.iter().flatten().map(|deal: &GivenDeal| deal.name.as_str()).collect();
        let before = r.findings.count();
        let claims = then?.claims(r, model, &known);
        if r.findings.has_errors_since(before) {
            return None;
        }
        Some(ModelTest {
            name: name.unwrap_or_default(),
            deals: deals?,
            claims,
            spot: section.get("name").map_or_else(|| self.spot(), |field| field.spot()),
        })
    }

    /// Reports a list or map without entries: it could not fail.
    fn is_not_empty(&self, r: &mut Reader<'_>, count: usize) {
        if count == 0 {
            self.report(r, ValueFault::EmptyList);
        }
    }

    /// The single entry of a map, as `{offer: {wait: 2d}}`, or a name alone.
    fn named(&self, r: &mut Reader<'_>) -> Option<(String, Option<Self>, Spot)> {
        if !self.is_map() {
            let name = self.scalar(r, Wanted::Scalar)?;
            return Some((name.to_owned(), None, self.spot()));
        }
        let mut entries = self.entries();
        if entries.len() == 1 {
            let (name, field) = entries.remove(0);
            let spot = field.key();
            return Some((name.to_owned(), Some(field), spot));
        }
        let found = self.node.found();
        self.report(r, StructureFault::WrongKind { wanted: Wanted::Visit, found });
        None
    }
}
