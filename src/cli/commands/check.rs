//! `voronka check`: what is wrong with these files?

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use crate::cli::failure::Failure;
use crate::cli::terminal::{diagnostic_style, print, tell};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::lint;
use crate::model::{Loaded, Override, load, read_file};
use crate::render::diagnostics;
use crate::render::messages::english;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Arguments {
    /// Model files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Drawn, with the line and the place
    Text,
    /// One line each: <FILE:LINE:COLUMN>: …
    Line,
    /// An array of objects
    Json,
}

/// Reads a model file; all findings of the file and of the rules are in the result.
pub(in crate::cli) fn read(path: &str, changes: &[Override]) -> Loaded {
    match read_file(path) {
        Err(problem) => Loaded::unreadable(path, problem),
        Ok(text) => {
            let folder = if path == "-" { None } else { Path::new(path).parent() };
            let mut loaded = load(path, &text, changes, folder);
            if let Some(model) = &loaded.model {
                loaded.diagnostics.extend(lint(model));
                loaded.diagnostics.sort_by_key(|d| (d.place.file, d.place.start, d.severity()));
            }
            loaded
        }
    }
}

pub(in crate::cli) fn check(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (mut errors, mut warnings, mut unreadable) = (0, 0, 0);
    let mut findings = String::new();
    let mut objects = Vec::new();
    for path in &arguments.files {
        let loaded = read(path, &[]);
        for diagnostic in &loaded.diagnostics {
            match diagnostic.severity() {
                Severity::Warning => warnings += 1,
                Severity::Error => errors += 1,
                Severity::Unreadable => unreadable += 1,
            }
            if diagnostic.severity() == Severity::Unreadable {
                // Not a finding about a model: there is none.
                let drawn = diagnostics::draw(
                    &loaded.sources,
                    std::slice::from_ref(diagnostic),
                    diagnostic_style(false),
                );
                tell(&drawn);
                continue;
            }
            match arguments.format {
                Format::Text => findings.push_str(&diagnostics::draw(
                    &loaded.sources,
                    std::slice::from_ref(diagnostic),
                    diagnostic_style(true),
                )),
                Format::Line => {
                    findings.push_str(&diagnostics::line(&loaded.sources, diagnostic));
                    findings.push('\n');
                }
                Format::Json => objects.push(object(&loaded, diagnostic)),
            }
        }
    }
    if arguments.format == Format::Json && unreadable == 0 {
        findings = format!("{:#}\n", serde_json::Value::Array(objects));
    }
    if !findings.is_empty() {
        print(&findings)?;
    }
    if unreadable == 0 {
        tell(&summary(arguments.files.len(), errors, warnings));
    }
    let found = errors > 0 || (arguments.strict && warnings > 0);
    Ok(ExitCode::from(if unreadable > 0 { 2 } else { u8::from(found) }))
}

fn summary(files: usize, errors: usize, warnings: usize) -> String {
    let count = |n: usize, one: &str| match n {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    format!(
        "{}: {}, {}\n",
        count(files, "file"),
        count(errors, "error"),
        count(warnings, "warning")
    )
}

fn object(loaded: &Loaded, diagnostic: &Diagnostic) -> serde_json::Value {
    let message = english(&diagnostic.problem);
    let position = loaded.sources.position(diagnostic.place);
    let severity = if diagnostic.severity() == Severity::Warning { "warning" } else { "error" };
    json!({
        "file": loaded.sources.file(diagnostic.place.file).name,
        "line": position.line,
        "column": position.column,
        "path": diagnostic.path,
        "severity": severity,
        "code": diagnostic.problem.code(),
        "message": message.title,
        "help": message.help,
    })
}
