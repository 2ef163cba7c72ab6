//! The code quality report of GitLab: a JSON array. GitLab compares the reports of a merge request.

use std::path::Path;

use serde_json::{Value, json};

use super::{Checked, Fingerprints, region, sentence};
use crate::diagnostic::Severity;
use crate::render::json as document;

/// The findings as a code quality report; paths begin at `root`, the folder of the repository.
///
/// A fingerprint does not change when lines move, so that a merge request shows new findings only.
pub fn gitlab(files: &[Checked<'_>], root: &Path) -> String {
    let mut fingerprints = Fingerprints::default();
    let mut findings = Vec::new();
    for file in files {
        let path = file.relative_path(root);
        for found in file.diagnostics {
            let line = region(file.sources, found.place, |_| 1).map_or(1, |at| at.line);
            findings.push(json!({
                "description": sentence(file.sources, found),
                "check_name": found.problem.code(),
                "fingerprint": fingerprints.next(&path, found),
                "severity": match found.severity() {
                    Severity::Warning => "minor",
                    Severity::Error => "major",
                    Severity::Unreadable => "critical",
                },
                "location": { "path": path, "lines": { "begin": line } },
            }));
        }
    }
    document::text(&Value::Array(findings))
}
