//! Loads a file as a checked model, or collects everything wrong with it.

use std::fmt::{self, Display, Formatter};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::clock::Clock;
use super::compose::compose;
use super::declared::Declared;
use super::header::{Defaulted, default_horizon, default_start};
use super::near::nearest;
use super::reader::{Field, Reader};
use super::yaml::{self, Kind, Node};
use super::{
    Calendar, Horizon, Model, Phase, Source, Stage, check, cut, indent, layout, mend, slight,
};
use crate::calendar::Hours;
use crate::diagnostic::{
    Diagnostic, Encoding, FileFault, Findings, Place, ProcessFault, Severity, Sources, ValueFault,
};
use crate::random::key::hash_name;

/// Files larger than this (MiB) are refused before they are read.
const LARGEST_MIB: u64 = 16;

/// A change of a model that is asked for when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Override {
    /// A scenario of the model, by name; it comes before all other changes.
    Scenario(String),
    /// One value.
    Set {
        /// As `stages.offer.cost`.
        path: String,
        /// YAML text; relative if it begins with `*` or `+`.
        value: String,
    },
}

impl Override {
    /// A change of one value.
    pub fn set(path: impl Into<String>, value: impl Into<String>) -> Override {
        Override::Set { path: path.into(), value: value.into() }
    }
}

/// As on the command line: `stages.offer.cost=200`, `scenario=to-be`.
impl Display for Override {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Override::Scenario(name) => write!(f, "scenario={name}"),
            Override::Set { path, value } => write!(f, "{path}={value}"),
        }
    }
}

/// The result of loading a text: a model unless there are errors, and all diagnostics.
#[derive(Debug, Clone)]
#[must_use]
pub struct Loaded {
    /// The texts that places point into; the first is the model's own.
    pub sources: Sources,
    /// The model, if it has no errors.
    pub model: Option<Model>,
    /// Errors and warnings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// The highest severity among the diagnostics.
    pub fn severity(&self) -> Option<Severity> {
        self.diagnostics.iter().map(Diagnostic::severity).max()
    }

    /// A hash of all texts; equal texts give equal hashes.
    pub fn hash(&self) -> u64 {
        let texts: Vec<&str> = self.sources.iter().map(|source| source.text.as_str()).collect();
        hash_name(&texts.join("\0"))
    }

    /// The result of loading a file that cannot be read.
    pub fn unreadable(name: &str, fault: FileFault) -> Loaded {
        let mut sources = Sources::default();
        let file = sources.add(name, "");
        let mut findings = Findings::default();
        findings.report(fault, Place { file, start: 0, end: 0 }, "");
        Loaded { sources, model: None, diagnostics: findings.into_sorted() }
    }
}

/// Reads a text as a model with overrides applied; data files are read from `folder`.
pub fn load(name: &str, text: &str, changes: &[Override], folder: Option<&Path>) -> Loaded {
    let mut loaded = read(name, text, changes, folder);
    mend::attach(&mut loaded.diagnostics, &loaded.sources);
    loaded
}

fn read(name: &str, text: &str, changes: &[Override], folder: Option<&Path>) -> Loaded {
    let mut sources = Sources::default();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let file = sources.add(name, text);
    let mut findings = Findings::default();
    if let Some(found) = layout::invisible_indentation(text) {
        let (start, end) = (found.start as u32, (found.start + found.length) as u32);
        let problem = FileFault::Syntax { fault: found.fault };
        findings.report(problem, Place { file, start, end }, "");
        return Loaded { sources, model: None, diagnostics: findings.into_sorted() };
    }
    let root = yaml::parse(text, file, &mut findings);
    let is_map = root.as_ref().is_some_and(|root| matches!(root.kind, Kind::Map(_)));
    if !is_map && looks_like_table(text) {
        let mut findings = Findings::default();
        findings.report(FileFault::LooksLikeTable, Place { file, start: 0, end: 1 }, "");
        return Loaded { sources, model: None, diagnostics: findings.into_sorted() };
    }
    let Some(mut root) = root else {
        if !findings.has_errors() {
            findings.report(FileFault::EmptyModel, Place { file, start: 0, end: 0 }, "");
        }
        return Loaded { sources, model: None, diagnostics: decisive(findings) };
    };
    cut::check(&root, text, &mut findings);
    indent::repair(&mut root, &mut findings);
    let composed = compose(root, changes, folder, &mut sources, &mut findings);
    let Some((root, folders)) = composed else {
        return Loaded { sources, model: None, diagnostics: findings.into_sorted() };
    };
    let (clock, working_day) = (Clock::Wall, 0.0);
    let mut reader =
        Reader { findings, folder, folders, clock, working_day, role_days: Vec::new() };
    let mut model = read_model(&root, &mut reader);
    let scenario = changes.iter().find_map(|change| match change {
        Override::Scenario(name) => Some(name.clone()),
        Override::Set { .. } => None,
    });
    if let Some(model) = model.as_mut().filter(|model| model.label.is_empty()) {
        let stem = Path::new(name).file_stem();
        model.label = stem.map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into());
    }
    if let Some(model) = &mut model {
        let known = model.scenarios.iter().find(|known| Some(&known.name) == scenario.as_ref());
        if let Some(known) = known {
            model.label = format!("{}: {}", model.label, known.label());
        }
        model.scenario = scenario;
        check::check(model, &root, &mut reader.findings);
    }
    let valid = !reader.findings.has_errors();
    Loaded { sources, model: model.filter(|_| valid), diagnostics: decisive(reader.findings) }
}

/// All findings; if the text cannot be read at all, only those that say so.
fn decisive(findings: Findings) -> Vec<Diagnostic> {
    let mut diagnostics = findings.into_sorted();
    if diagnostics.iter().any(|d| d.severity() == Severity::Unreadable) {
        diagnostics.retain(|d| d.severity() == Severity::Unreadable);
    }
    diagnostics
}

/// Whether the first lines look like a table: equal counts of commas, semicolons or tabs.
fn looks_like_table(text: &str) -> bool {
    let rows: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
    [',', ';', '\t'].into_iter().any(|separator| {
        let mut counts = rows.iter().map(|row| row.matches(separator).count());
        let first = counts.next().unwrap_or(0);
        first > 0 && counts.all(|count| count == first) && !rows[0].contains(": ")
    })
}

pub(super) const KNOWN: [&str; 26] = [
    "voronka",
    "name",
    "description",
    "process",
    "currency",
    "start",
    "horizon",
    "warmup",
    "attributes",
    "value",
    "sources",
    "stages",
    "reasons",
    "expect",
    "timezone",
    "calendars",
    "roles",
    "targets",
    "rollout",
    "extends",
    "scenarios",
    "terms",
    "costs",
    "discount",
    "capacity",
    "promises",
];

fn read_model(root: &Node, r: &mut Reader<'_>) -> Option<Model> {
    let root = Field::root(root);
    let section = root.section(r, &KNOWN, &[])?;
    section.version(r);
    let header = section.header(r);
    let mut defaults = Vec::new();
    let start = section.get("start").map(|field| field.date(r));
    if start.is_none() {
        defaults.push(Defaulted::Start);
    }
    let horizon = section.get("horizon").map(|field| field.horizon(r));
    if horizon.is_none() {
        defaults.push(Defaulted::Horizon);
    }
    let warmup = section.get("warmup").map(|field| field.length(r));
    section.fits_calendar(r, start.flatten(), horizon.flatten(), warmup.flatten());
    let timezone = section.get("timezone").and_then(|field| field.timezone(r));
    let calendars = section.get("calendars").map(|f| f.calendars(r)).unwrap_or_default();
    let day = |calendars: &[Calendar], name: Option<&str>| {
        let named = name.and_then(|name| calendars.iter().find(|c| c.name == name));
        let hours = named.or(calendars.first()).map(|c| c.hours.clone());
        hours.unwrap_or_else(Hours::office).day_micros() as f64
    };
    r.working_day = day(&calendars, None);
    let roles = section.get("roles").map(|f| f.roles(r)).unwrap_or_default();
    r.role_days = roles
        .iter()
        .map(|role| {
            let own = role.calendar.as_ref().map(|(name, _)| name.as_str());
            (role.name.clone(), day(&calendars, own))
        })
        .collect();
    if !roles.is_empty() && calendars.is_empty() {
        defaults.push(Defaulted::Calendars);
    }
    let attributes = section.get("attributes").map(|f| f.attributes(r)).unwrap_or_default();
    let value = section.get("value").map(|f| f.value_cases(r)).unwrap_or_default();
    let mut sources = Vec::new();
    match section.get("sources") {
        Some(field) => {
            let fields = field.names(r).unwrap_or_default();
            if fields.is_empty() && field.is_map() {
                field.report(r, ValueFault::EmptyList);
            }
            sources.extend(fields.iter().filter_map(|source| source.source(r)));
        }
        None => {
            defaults.push(Defaulted::Sources);
            sources.push(Source::by_default());
        }
    }
    let mut stages = Vec::new();
    match section.get("stages") {
        Some(field) if field.is_null() => field.report(r, ProcessFault::NoStages),
        Some(field) => {
            let fields = field.names(r);
            if fields.as_ref().is_some_and(Vec::is_empty) {
                field.report(r, ProcessFault::NoStages);
            }
            stages.extend(fields.unwrap_or_default().iter().filter_map(|stage| stage.stage(r)));
        }
        None => root.report(r, ProcessFault::NoStages),
    }
    default_phases(&mut stages);
    let reasons = section.get("reasons").map(|field| field.reasons(r)).unwrap_or_default();
    let targets = section.get("targets").and_then(|field| field.targets(r)).unwrap_or_default();
    let names: Vec<&str> = Declared::of(root.node).given.into_iter().collect();
    let expectations = section.get("expect").map(|field| field.expectations(r, &names));
    slight::check(root.node, &mut r.findings);
    Some(Model {
        label: header.name.clone().unwrap_or_default(),
        header,
        start: start.flatten().unwrap_or_else(default_start),
        horizon: horizon.flatten().unwrap_or_else(|| Horizon::Length(default_horizon())),
        window: section
            .get("horizon")
            .or_else(|| section.get("stages"))
            .map(|field| field.key())
            .unwrap_or_default(),
        warmup: warmup.flatten(),
        timezone,
        calendars,
        roles,
        attributes,
        value,
        terms: section.get("terms").map(|field| field.terms(r)).unwrap_or_default(),
        capacity: section.get("capacity").map(|f| f.capacities(r)).unwrap_or_default(),
        costs: section.get("costs").map(|field| field.costs(r)).unwrap_or_default(),
        discount: section.get("discount").and_then(|f| f.discount(r)).unwrap_or(1.0),
        sources,
        stages,
        reasons,
        promises: section.get("promises").map(|field| field.promises(r)).unwrap_or_default(),
        targets,
        rollout: section.get("rollout").and_then(|field| field.rollout(r)),
        expectations: expectations.unwrap_or_default(),
        scenarios: section.get("scenarios").map(|field| field.scenarios(r)).unwrap_or_default(),
        scenario: None,
        defaults,
    })
}

/// Default phases: `deal`, and `order` from the first sale on.
fn default_phases(stages: &mut [Stage]) {
    let mut sold = false;
    for stage in stages {
        sold = sold || stage.sale.is_some();
        if sold && !stage.phase_given {
            stage.phase = Phase::Order;
        }
    }
}

/// Reads the text of a model file, or says why it cannot be read.
///
/// Only regular files and standard input are read: a pipe without a writer would block.
pub fn read_file(path: &str) -> Result<String, FileFault> {
    let is_stdin = path == "-" || path == "/dev/stdin" || path.starts_with("/dev/fd/");
    let bytes = if path == "-" {
        read_limited(std::io::stdin().lock())?
    } else {
        let meta = std::fs::metadata(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                FileFault::NoSuchFile { nearest: near_files(Path::new(path)) }
            }
            _ => cannot_read(&error),
        })?;
        if meta.is_dir() || (!meta.is_file() && !is_stdin) {
            return Err(FileFault::NotAFile);
        }
        if meta.len() > LARGEST_MIB << 20 {
            return Err(FileFault::TooLarge { limit_mib: LARGEST_MIB });
        }
        read_limited(File::open(path).map_err(|error| cannot_read(&error))?)?
    };
    let zeros = bytes.iter().take(4096).filter(|byte| **byte == 0).count();
    if bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || zeros * 4 > bytes.len().min(4096)
    {
        return Err(FileFault::NotUtf8 { likely: Encoding::Utf16, file: path.to_owned() });
    }
    if zeros > 0 {
        return Err(FileFault::NotText);
    }
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        // Cyrillic letters of Windows-1251 lie above 0xC0; control bytes mean a binary file.
        let cyrillic = bytes.iter().filter(|byte| **byte >= 0xC0).count();
        let control = bytes.iter().filter(|b| **b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t'));
        if control.count() > 0 {
            FileFault::NotText
        } else if cyrillic * 20 > bytes.len() {
            FileFault::NotUtf8 { likely: Encoding::Windows1251, file: path.to_owned() }
        } else {
            FileFault::NotUtf8 { likely: Encoding::Unknown, file: path.to_owned() }
        }
    })
}

fn read_limited(reader: impl Read) -> Result<Vec<u8>, FileFault> {
    let mut bytes = Vec::new();
    let limit = LARGEST_MIB << 20;
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    if bytes.len() as u64 > limit {
        return Err(FileFault::TooLarge { limit_mib: LARGEST_MIB });
    }
    Ok(bytes)
}

fn cannot_read(error: &std::io::Error) -> FileFault {
    FileFault::CannotRead { reason: error.to_string() }
}

/// Files of the same folder with similar names.
fn near_files(path: &Path) -> Vec<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let Ok(entries) = std::fs::read_dir(folder.unwrap_or(Path::new("."))) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .take(1000)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.ends_with(".yaml") || name.ends_with(".yml"))
        .collect();
    names.sort();
    let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let near = wanted.and_then(|wanted| nearest(&wanted, names.iter().map(String::as_str)));
    let shown = |name: String| match folder {
        Some(folder) => folder.join(name).display().to_string(),
        None => name,
    };
    match near {
        Some(name) => vec![shown(name)],
        None => names.into_iter().take(3).map(shown).collect(),
    }
}
