//! SARIF 2.1.0, the OASIS standard for findings: code scanning of GitHub, editors, dashboards.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::{Checked, Fingerprints, region, sentence};
use crate::diagnostic::codes::{Code, find};
use crate::diagnostic::{Diagnostic, Mend, Place, Problem, Severity, Sources};
use crate::render::json as document;
use crate::render::words::{Language, related};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The findings as a log with one run; addresses of files are relative to `root`.
///
/// Columns count UTF-16 units, which is what most readers of the format expect. The rules are those
/// that found something.
pub fn sarif(files: &[Checked<'_>], root: &Path) -> String {
    let mut rules: Vec<(&Problem, &'static str)> = Vec::new();
    for found in files.iter().flat_map(|file| file.diagnostics) {
        rules.push((&found.problem, found.problem.code()));
    }
    rules.sort_by_key(|(_, code)| *code);
    rules.dedup_by_key(|(_, code)| *code);
    let mut fingerprints = Fingerprints::default();
    let mut results = Vec::new();
    for file in files {
        let path = file.relative_path(root);
        let uri = uri(&path);
        for found in file.diagnostics {
            let code = found.problem.code();
            let rule = rules.iter().position(|(_, rule)| *rule == code);
            let mut result = json!({
                "ruleId": code,
                "ruleIndex": rule,
                "level": level(&found.problem),
                "message": { "text": sentence(file.sources, found) },
                "locations": [location(file.sources, found, &uri)],
                "relatedLocations": related_locations(file.sources, found, &uri),
                "partialFingerprints": { "voronka/v1": fingerprints.next(&path, found) },
            });
            if let Some(mend) = &found.mend {
                result["fixes"] = json!([fix(file.sources, mend, &uri)]);
            }
            results.push(result);
        }
    }
    document::text(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "voronka",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|(problem, code)| rule(problem, code)).collect::<Value>(),
            }},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    }))
}

/// A mend as a fix, which a reader of the log may apply.
fn fix(sources: &Sources, mend: &Mend, uri: &str) -> Value {
    let replacements = mend.edits.iter().map(|edit| {
        let end = Place { start: edit.place.end, ..edit.place };
        let position = |place| utf16(sources, place);
        let ((line, column), (end_line, end_column)) = (position(edit.place), position(end));
        json!({
            "deletedRegion": {
                "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            },
            "insertedContent": { "text": edit.text },
        })
    });
    let text = if mend.certain { "the certain mend" } else { "a likely mend" };
    json!({
        "description": { "text": text },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri },
            "replacements": replacements.collect::<Value>(),
        }],
    })
}

/// Line and column of the start of a place, the column in UTF-16 units.
fn utf16(sources: &Sources, place: Place) -> (usize, usize) {
    let text = &sources.file(place.file).text;
    let before = &text[..text.floor_char_boundary((place.start as usize).min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[line_start..].chars().map(char::len_utf16).sum::<usize>() + 1;
    (before.matches('\n').count() + 1, column)
}

fn level(problem: &Problem) -> &'static str {
    match problem.severity() {
        Severity::Warning => "warning",
        Severity::Error | Severity::Unreadable => "error",
    }
}

fn rule(problem: &Problem, code: &str) -> Value {
    let Code { meaning, example, .. } = find(code).expect("every code has an entry in the manual");
    let first = meaning.split_inclusive(". ").next().unwrap_or(meaning).trim_end();
    let example = match *example {
        "" => String::new(),
        example => format!("\n\nA model that gets it:\n\n{example}"),
    };
    json!({
        "id": code,
        "shortDescription": { "text": first },
        "fullDescription": { "text": meaning },
        "help": { "text": format!("{meaning}{example}") },
        "defaultConfiguration": { "level": level(problem) },
    })
}

fn location(sources: &Sources, found: &Diagnostic, uri: &str) -> Value {
    let mut location = physical(sources, found.place, uri);
    if !found.path.is_empty() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": found.path }]);
    }
    location
}

fn physical(sources: &Sources, place: Place, uri: &str) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(at) = region(sources, place, char::len_utf16) {
        physical["region"] = json!({
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.line,
            "endColumn": at.end,
        });
    }
    json!({ "physicalLocation": physical })
}

fn related_locations(sources: &Sources, found: &Diagnostic, uri: &str) -> Value {
    let here = found.related.iter().filter(|related| related.place.file == found.place.file);
    let locations = here.map(|other| {
        let mut location = physical(sources, other.place, uri);
        location["message"] = json!({ "text": related(other.relation, Language::English) });
        location
    });
    locations.collect()
}

/// A path as a URI reference (RFC 3986): a relative one is relative to the root of the sources.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("a string takes all text");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_addresses() {
        assert_eq!(uri("models/a b%.yaml"), "models/a%20b%25.yaml");
        assert_eq!(uri("модель:1.yaml"), "%D0%BC%D0%BE%D0%B4%D0%B5%D0%BB%D1%8C%3A1.yaml");
        assert_eq!(uri("/tmp/a.yaml"), "file:///tmp/a.yaml");
    }
}
