//! `voronka.toml`: what a team has agreed on for the models of a folder.
//!
//! The nearest one counts, from the folder of a model up to the root of its repository. All problems
//! of it are found in one go, each with its place; what cannot be used is left out.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::diagnostic::{
    Diagnostic, FileId, Findings, IgnoreFault, Pattern, PatternFault, Place, SettingKind,
    SettingsFault, Sources,
};
use crate::model::{nearest, read_file};

/// The name of the file.
const NAME: &str = "voronka.toml";
/// Its keys.
const KNOWN: [&str; 7] = ["include", "exclude", "strict", "budget", "select", "ignore", "per-path"];

/// The settings of a folder and of all below it that have none of their own.
#[derive(Debug)]
pub(super) struct Settings {
    /// The folder, as the system names it.
    pub(super) folder: PathBuf,
    /// The text, under the name that people know.
    pub(super) sources: Sources,
    /// What is wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What of folders is checked, whatever it holds; nothing where that is not said.
    pub(super) include: Option<Gitignore>,
    /// What of folders is not checked.
    pub(super) exclude: Gitignore,
    /// Warnings count as errors.
    pub(super) strict: bool,
    /// The most replications of a simulation that judges.
    pub(super) budget: Option<u64>,
    /// Only these codes.
    pub(super) select: Option<Vec<Pattern>>,
    /// Codes that are ignored.
    pub(super) ignore: Vec<Ignore>,
}

/// A code that is ignored.
#[derive(Debug, Clone)]
pub(super) struct Ignore {
    pub(super) pattern: Pattern,
    /// Where it stands.
    place: Place,
    /// In which files; in all where that is not said.
    paths: Option<Gitignore>,
}

impl Ignore {
    /// Whether it is meant for a file, whose path is that from the folder of the settings on.
    pub(super) fn is_for(&self, path: &Path) -> bool {
        self.paths.as_ref().is_none_or(|paths| matches(paths, path))
    }

    /// That nothing was found that it could have hidden.
    pub(super) fn hides_nothing(&self) -> Diagnostic {
        let code = self.pattern.text().to_owned();
        Diagnostic::new(IgnoreFault::HidesNothing { code }, self.place, "")
    }
}

/// Whether patterns match a path below their folder, or a folder of it.
pub(super) fn matches(patterns: &Gitignore, path: &Path) -> bool {
    !path.has_root() && patterns.matched_path_or_any_parents(path, false).is_ignore()
}

/// Patterns as in `.gitignore`, for paths below a folder; on failure, the pattern and why.
pub(super) fn patterns<'p>(
    folder: &Path,
    patterns: impl IntoIterator<Item = &'p str>,
) -> Result<Gitignore, (&'p str, String)> {
    let mut builder = GitignoreBuilder::new(folder);
    builder.allow_unclosed_class(false);
    for pattern in patterns {
        builder.add_line(None, pattern).map_err(|error| (pattern, why(&error)))?;
    }
    builder.build().map_err(|error| ("", why(&error)))
}

/// What is wrong with a pattern, without the pattern itself.
fn why(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        other => other.to_string(),
    }
}

/// All settings that were found, each read once.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) list: Vec<Settings>,
    /// The settings of a folder, by their number.
    by_folder: HashMap<PathBuf, Option<usize>>,
}

impl Found {
    /// The number of the settings that count for the files of a folder, which is named as the system
    /// names it; `here` is the working folder.
    pub(super) fn of_folder(&mut self, folder: &Path, here: &Path) -> Option<usize> {
        if let Some(known) = self.by_folder.get(folder) {
            return *known;
        }
        let path = folder.join(NAME);
        let found = if path.is_file() {
            self.list.push(read(&path, folder, here));
            Some(self.list.len() - 1)
        } else if folder.join(".git").exists() {
            None
        } else {
            folder.parent().and_then(|parent| self.of_folder(parent, here))
        };
        self.by_folder.insert(folder.to_path_buf(), found);
        found
    }
}

fn read(path: &Path, folder: &Path, here: &Path) -> Settings {
    let mut settings = Settings {
        folder: folder.to_path_buf(),
        sources: Sources::default(),
        diagnostics: Vec::new(),
        include: None,
        exclude: Gitignore::empty(),
        strict: false,
        budget: None,
        select: None,
        ignore: Vec::new(),
    };
    let name = path.strip_prefix(here).unwrap_or(path).to_string_lossy().into_owned();
    let text = read_file(&path.to_string_lossy());
    let file = settings.sources.add(name, text.as_deref().unwrap_or_default());
    let mut findings = Findings::default();
    match text {
        Err(fault) => findings.report(fault, Place { file, start: 0, end: 0 }, ""),
        Ok(text) => {
            let (table, errors) = DeTable::parse_recoverable(&text);
            for error in errors {
                let place = place(file, error.span().unwrap_or(0..0));
                let message = error.message().to_owned();
                findings.report(SettingsFault::NotToml { message }, place, "");
            }
            let mut reader = Reader { file, folder, findings: &mut findings };
            reader.settings(table.get_ref(), &mut settings);
        }
    }
    settings.diagnostics = findings.into_sorted();
    settings
}

fn place(file: FileId, span: std::ops::Range<usize>) -> Place {
    Place { file, start: span.start as u32, end: span.end as u32 }
}

/// A number of replications: whole, and at least 1.
fn whole(value: &DeValue<'_>) -> Option<u64> {
    let DeValue::Integer(number) = value else { return None };
    let number = u64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok();
    number.filter(|number| (1..=100_000_000).contains(number))
}

struct Reader<'a> {
    file: FileId,
    folder: &'a Path,
    findings: &'a mut Findings,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn settings(&mut self, table: &DeTable<'_>, settings: &mut Settings) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "include" => settings.include = self.paths(value),
                "exclude" => settings.exclude = self.paths(value).unwrap_or_else(Gitignore::empty),
                "strict" => match value.get_ref() {
                    DeValue::Boolean(strict) => settings.strict = *strict,
                    _ => self.wrong(value, SettingKind::Truth),
                },
                "budget" => match whole(value.get_ref()) {
                    Some(budget) => settings.budget = Some(budget),
                    None => self.wrong(value, SettingKind::Count),
                },
                "select" => {
                    let codes = self.codes(value, Pattern::parse);
                    settings.select = Some(codes.into_iter().map(|(code, _)| code).collect());
                }
                "ignore" => settings.ignore.extend(self.ignores(value, None)),
                "per-path" => match value.get_ref() {
                    DeValue::Table(table) => {
                        for (path, codes) in table {
                            let paths = self.pattern(path.get_ref(), path.span());
                            let ignores = self.ignores(codes, paths.as_ref());
                            // Without its pattern it would hide too much.
                            settings.ignore.extend(paths.and(Some(ignores)).unwrap_or_default());
                        }
                    }
                    _ => self.wrong(value, SettingKind::PerPath),
                },
                word => self.unknown(word, key),
            }
        }
    }

    fn unknown(&mut self, word: &str, key: &Spanned<DeString<'_>>) {
        let key_text = word.to_owned();
        let known = KNOWN.iter().map(|&known| known.to_owned()).collect();
        let near = nearest(word, KNOWN);
        let fault = SettingsFault::UnknownKey { key: key_text, nearest: near, known };
        self.report(fault, key.span());
    }

    fn ignores(&mut self, value: &Value<'_>, paths: Option<&Gitignore>) -> Vec<Ignore> {
        let codes = self.codes(value, Pattern::ignored);
        codes
            .into_iter()
            .map(|(pattern, place)| Ignore { pattern, place, paths: paths.cloned() })
            .collect()
    }

    fn codes(
        &mut self,
        value: &Value<'_>,
        parse: fn(&str) -> Result<Pattern, PatternFault>,
    ) -> Vec<(Pattern, Place)> {
        let mut codes = Vec::new();
        for (code, span) in self.texts(value, SettingKind::Codes) {
            let place = place(self.file, span.clone());
            match parse(&code) {
                Ok(pattern) => codes.push((pattern, place)),
                Err(fault) => self.report(SettingsFault::BadCode { code, fault }, span),
            }
        }
        codes
    }

    fn paths(&mut self, value: &Value<'_>) -> Option<Gitignore> {
        let texts = self.texts(value, SettingKind::Paths);
        let good = texts.iter().filter(|(text, span)| self.pattern(text, span.clone()).is_some());
        let good: Vec<&str> = good.map(|(text, _)| text.as_str()).collect();
        // None that can be used are as none that were written.
        patterns(self.folder, good).ok().filter(|patterns| !patterns.is_empty())
    }

    /// A single pattern, or a finding at its place.
    fn pattern(&mut self, text: &str, span: std::ops::Range<usize>) -> Option<Gitignore> {
        match patterns(self.folder, [text]) {
            Ok(pattern) => Some(pattern),
            Err((_, reason)) => {
                self.report(SettingsFault::BadPath { reason }, span);
                None
            }
        }
    }

    /// The texts of a list.
    fn texts(
        &mut self,
        value: &Value<'_>,
        wanted: SettingKind,
    ) -> Vec<(String, std::ops::Range<usize>)> {
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong(value, wanted);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in list {
            match entry.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), entry.span())),
                _ => self.wrong(entry, wanted),
            }
        }
        texts
    }

    fn wrong(&mut self, value: &Value<'_>, wanted: SettingKind) {
        self.report(SettingsFault::WrongKind { wanted }, value.span());
    }

    fn report(&mut self, fault: SettingsFault, span: std::ops::Range<usize>) {
        self.findings.report(fault, place(self.file, span), "");
    }
}
