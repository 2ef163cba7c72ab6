//! Model files as every command reads them: with the changes of the command line, and with all findings.

use std::path::Path;
use std::process::ExitCode;

use super::terminal::{diagnostic_style, tell};
use crate::diagnostic::{FileFault, Severity};
use crate::lint::examine;
use crate::model::{Loaded, Model, Override, read_file};
use crate::render::findings;
use crate::study::testing::{self, Examined};

/// Reads a model file; all findings of the file and of the rules are in the result.
pub(super) fn read(path: &str, changes: &[Override]) -> Loaded {
    loaded(path, read_file(path), changes)
}

/// What comes of the text of a file of models or tests, or of the reason why it cannot be read.
pub(super) fn examined(
    path: &str,
    text: Result<String, FileFault>,
    changes: &[Override],
) -> Examined {
    match text {
        Err(problem) => Examined { loaded: Loaded::unreadable(path, problem), tested: Vec::new() },
        Ok(text) => testing::examine(path, &text, changes, folder(path)),
    }
}

/// The folder from which data files of a file are read.
pub(super) fn folder(path: &str) -> Option<&Path> {
    if path == "-" { None } else { Path::new(path).parent() }
}

/// What comes of the text of a model, or of the reason why it cannot be read.
pub(super) fn loaded(path: &str, text: Result<String, FileFault>, changes: &[Override]) -> Loaded {
    match text {
        Err(problem) => Loaded::unreadable(path, problem),
        Ok(text) => examine(path, &text, changes, folder(path)),
    }
}

/// Tells the findings; returns the model, or the exit code where there is none.
pub(super) fn model_of(loaded: &Loaded) -> Result<&Model, ExitCode> {
    tell(&findings::draw(&loaded.sources, &loaded.diagnostics, diagnostic_style(false)));
    loaded.model.as_ref().ok_or_else(|| {
        let unreadable = loaded.severity() == Some(Severity::Unreadable);
        ExitCode::from(if unreadable { 2 } else { 1 })
    })
}
