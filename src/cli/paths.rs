//! From paths to the files that are checked: files, folders, patterns, standard input.
//!
//! A file that is named, or matched by a pattern, is always checked. Of a folder those files are
//! that git does not ignore, that no setting excludes, and that are models, or that a setting
//! includes. The order is that of the paths, and each file comes once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use ignore::gitignore::Gitignore;

use super::failure::{Failure, reason};
use super::settings::{self, Settings, matches};
use crate::diagnostic::FileFault;

/// Which files of folders are checked.
#[derive(Debug, clap::Args)]
pub(super) struct Filter {
    /// Checks files of folders that match, whatever they hold, and no others; patterns as in
    /// .gitignore; may be repeated
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leaves out files of folders that match; patterns as in .gitignore; may be repeated
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
}

/// A file that may have to be checked.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The path as people know it; `-` is standard input.
    pub(super) name: String,
    /// Whether it is checked only if it is a model.
    pub(super) if_model: bool,
    /// Why it cannot be read, where that is known already.
    pub(super) fault: Option<FileFault>,
    /// The number of its settings.
    pub(super) settings: Option<usize>,
    /// Its path as the system names it.
    pub(super) real: PathBuf,
}

/// The files that may have to be checked, with their settings.
#[derive(Debug)]
pub(super) struct Found {
    /// In the order of their paths.
    pub(super) files: Vec<Candidate>,
    pub(super) settings: Vec<Settings>,
    /// Folders that were looked through as a whole, as the system names them.
    pub(super) folders: Vec<PathBuf>,
    /// The working folder, as the system names it.
    pub(super) here: PathBuf,
}

/// Finds the files.
pub(super) fn find(paths: &[String], filter: &Filter) -> Result<Found, Failure> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let here =
        here.map_err(|error| Failure::Usage(format!("the working folder: {}", reason(&error))))?;
    let of_option = |option: &str, globs: &[String]| {
        settings::patterns(&here, globs.iter().map(String::as_str))
            .map_err(|(glob, why)| Failure::Usage(format!("{option} {glob}: {why}")))
    };
    let exclude = of_option("--exclude", &filter.exclude)?;
    let include = match filter.include.as_slice() {
        [] => None,
        globs => Some(of_option("--include", globs)?),
    };
    let mut search = Search {
        here,
        include,
        exclude,
        settings: settings::Found::default(),
        found: BTreeMap::new(),
        folders: Vec::new(),
    };
    for path in paths {
        search.argument(path)?;
    }
    if !filter.include.is_empty() || !filter.exclude.is_empty() {
        search.folders.clear();
    }
    let Search { here, settings, found, folders, .. } = search;
    Ok(Found { files: found.into_values().collect(), settings: settings.list, folders, here })
}

struct Search {
    here: PathBuf,
    include: Option<Gitignore>,
    exclude: Gitignore,
    settings: settings::Found,
    found: BTreeMap<PathBuf, Candidate>,
    folders: Vec<PathBuf>,
}

impl Search {
    fn argument(&mut self, path: &str) -> Result<(), Failure> {
        if path == "-" {
            self.add(Path::new("-"), false, None);
        } else if Path::new(path).is_dir() {
            self.folder(Path::new(path));
        } else if !Path::new(path).exists() && path.contains(['*', '?', '[', '{']) {
            self.pattern(path)?;
        } else {
            self.add(Path::new(path), false, None);
        }
        Ok(())
    }

    /// All models of a folder.
    fn folder(&mut self, folder: &Path) {
        self.folders.extend(folder.canonicalize());
        for (path, fault) in walk(folder) {
            if fault.is_some() {
                self.add(&path, false, fault);
                continue;
            }
            let real = self.real(&path);
            let settings = self.settings_of(&real);
            let settings = settings.map(|at| &self.settings.list[at]);
            let from_here = real.strip_prefix(&self.here).unwrap_or(&path);
            let from_settings = settings.and_then(|s| real.strip_prefix(&s.folder).ok());
            let of_settings =
                |patterns: &Gitignore| from_settings.is_some_and(|path| matches(patterns, path));
            let excluded = matches(&self.exclude, from_here)
                || settings.is_some_and(|settings| of_settings(&settings.exclude));
            let included = match (&self.include, settings.and_then(|s| s.include.as_ref())) {
                (Some(include), _) => Some(matches(include, from_here)),
                (None, Some(include)) => Some(of_settings(include)),
                (None, None) => None,
            };
            if !excluded && included.unwrap_or_else(|| is_yaml(&path)) {
                self.add(&path, included.is_none(), None);
            }
        }
    }

    /// All files that a pattern matches, where no shell has replaced it by them.
    fn pattern(&mut self, pattern: &str) -> Result<(), Failure> {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        let glob: GlobMatcher = glob
            .map_err(|error| Failure::Usage(format!("{pattern}: {}", error.kind())))?
            .compile_matcher();
        let parts = Path::new(pattern).components();
        let base: PathBuf = parts
            .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
            .collect();
        let base = if base.as_os_str().is_empty() { Path::new(".") } else { &base };
        let matched = walk(base).filter(|(path, fault)| fault.is_none() && glob.is_match(path));
        let matched: Vec<PathBuf> = matched.map(|(path, _)| path).collect();
        if matched.is_empty() {
            let fault = FileFault::NoSuchFile { nearest: Vec::new() };
            self.add(Path::new(pattern), false, Some(fault));
        }
        for path in matched {
            self.add(&path, false, None);
        }
        Ok(())
    }

    /// Adds a file, once.
    fn add(&mut self, path: &Path, if_model: bool, fault: Option<FileFault>) {
        let unnamed = path.to_str().is_none();
        let unnamed = unnamed.then(|| "its name is not UTF-8".to_owned());
        let fault = fault.or_else(|| unnamed.map(|reason| FileFault::CannotRead { reason }));
        let real = self.real(path);
        let settings = self.settings_of(&real);
        let name = path.to_string_lossy().into_owned();
        let candidate = Candidate { name, if_model, fault, settings, real };
        let known = self.found.entry(plain(path).to_path_buf()).or_insert(candidate);
        known.if_model &= if_model;
    }

    /// The path as the system names it; links to folders are followed, one to the file is not.
    fn real(&self, path: &Path) -> PathBuf {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let real = folder.map_or(Ok(self.here.clone()), Path::canonicalize);
        let real = real.unwrap_or_else(|_| self.here.clone());
        path.file_name().map_or(real.clone(), |name| real.join(name))
    }

    fn settings_of(&mut self, real: &Path) -> Option<usize> {
        self.settings.of_folder(real.parent().unwrap_or(real), &self.here)
    }
}

/// A path without `./` before it.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").ok().filter(|rest| !rest.as_os_str().is_empty()).unwrap_or(path)
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|word| word == "yaml" || word == "yml")
}

/// The files below a folder that are neither hidden nor ignored by git, and folders that cannot be
/// read with the reason; the same on every machine, whatever its user's own ignores are.
fn walk(folder: &Path) -> impl Iterator<Item = (PathBuf, Option<FileFault>)> {
    let mut builder = WalkBuilder::new(folder);
    builder.ignore(false).git_global(false).require_git(false);
    let folder = folder.to_path_buf();
    builder.build().filter_map(move |entry| match entry {
        // A link to a file is a file; one to a folder could lead round in a circle.
        Ok(entry) => entry.path().is_file().then(|| (plain(entry.path()).to_path_buf(), None)),
        Err(error) => {
            let path = path_of(&error).map_or_else(|| folder.clone(), Path::to_path_buf);
            let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            Some((plain(&path).to_path_buf(), Some(FileFault::CannotRead { reason })))
        }
    })
}

/// The path that could not be read.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}
