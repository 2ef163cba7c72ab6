//! Workflow commands of GitHub: each finding stands at its line in a merge request.
//!
//! The form and its escapes are those of GitHub's toolkit, `packages/core/src/command.ts`.

use std::fmt::Write;
use std::path::Path;

use super::{Checked, region, sentence};
use crate::diagnostic::Severity;
use crate::render::visible;

/// A command for each finding; paths begin at `root`, the folder of the checkout.
pub fn github(files: &[Checked<'_>], root: &Path) -> String {
    let mut text = String::new();
    for file in files {
        let path = property(&visible(&file.relative_path(root), usize::MAX));
        for found in file.diagnostics {
            let command = match found.severity() {
                Severity::Warning => "warning",
                Severity::Error | Severity::Unreadable => "error",
            };
            let place = region(file.sources, found.place, |_| 1).map_or_else(String::new, |at| {
                format!(",line={0},endLine={0},col={1},endColumn={2}", at.line, at.column, at.end)
            });
            let (title, message) = (found.problem.code(), data(&sentence(file.sources, found)));
            writeln!(text, "::{command} file={path}{place},title={title}::{message}")
                .expect("a string takes all text");
        }
    }
    text
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_commands_are_escaped() {
        assert_eq!(property("100%, a:b\r\n"), "100%25%2C a%3Ab%0D%0A");
        assert_eq!(data("100%, a:b\n"), "100%25, a:b%0A");
    }
}
