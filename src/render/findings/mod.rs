//! Findings of checked files: for people, for editors, and for the platforms that run checks.
//!
//! One file per format. `text` and `line` speak the language of their reader; all other formats are
//! read by programs, and their words are English. Names are data in each of them: escaped as the
//! format asks, and harmless on a terminal where the format has no escapes.

mod github;
mod gitlab;
mod json;
mod junit;
mod line;
mod sarif;
mod text;

use std::collections::HashMap;
use std::path::{Component, Path};

pub use github::github;
pub use gitlab::gitlab;
pub use json::json;
pub use junit::junit;
pub use line::line;
pub use sarif::sarif;
pub use text::{Style, draw, inert_lines};

use super::visible;
use super::words::{self, Language, Written, message};
use crate::diagnostic::{
    Diagnostic, ExpectationFault, FileId, Judged, Place, Problem, Severity, Sources, Tested,
};
use crate::random::key::Fnv;

/// A file that was checked, with all that was found.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// The texts that places point into; the file's own is the first, under its path.
    pub sources: &'a Sources,
    /// The name of the model, where there is one.
    pub label: Option<&'a str>,
    /// What was found.
    pub diagnostics: &'a [Diagnostic],
    /// Its expectations, where they were judged.
    pub judged: &'a [Judged],
    /// The tests that were run, if it is a file of tests.
    pub tested: &'a [Tested],
    /// Warnings count as errors.
    pub strict: bool,
}

impl Checked<'_> {
    /// The path of the file, as the user gave it.
    fn path(&self) -> &str {
        &self.sources.file(FileId::default()).name
    }

    /// The path from the folder `root` on, with `/` between its parts.
    fn relative_path(&self, root: &Path) -> String {
        relative(Path::new(self.path()), root)
    }

    /// Whether a finding makes the check fail.
    fn fails(&self, found: &Diagnostic) -> bool {
        match found.problem {
            Problem::Expectation(ExpectationFault::Undecided { allowed: true, .. }) => false,
            _ => self.strict || found.severity() > Severity::Warning,
        }
    }
}

/// The source of a place; a change of the command line is named beside its model.
fn name(sources: &Sources, place: Place) -> String {
    let of = |id| visible(&sources.file(id).name, 200);
    let model = FileId::default();
    if place.file == model { of(model) } else { format!("{} ({})", of(place.file), of(model)) }
}

/// The marked bytes: within the text, on letter boundaries, on one line.
fn span(text: &str, place: Place) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary((place.start as usize).min(text.len()));
    let end = text.floor_char_boundary((place.end as usize).min(text.len())).max(start);
    let line = text[start..end].find(['\n', '\r']).map_or(end, |at| start + at);
    start..line
}

/// Where a finding stands in the file that was checked: within one line, columns from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Region {
    line: usize,
    column: usize,
    /// One past the last column.
    end: usize,
}

/// The region of a place, its columns counted by `width`; none where the place is in another
/// source, as `--set`, or the file has no text.
fn region(sources: &Sources, place: Place, width: fn(char) -> usize) -> Option<Region> {
    let text = &sources.file(place.file).text;
    if place.file != FileId::default() || text.is_empty() {
        return None;
    }
    let marked = span(text, place);
    let begins = text[..marked.start].rfind('\n').map_or(0, |at| at + 1);
    let columns = |text: &str| text.chars().map(width).sum::<usize>();
    let column = columns(&text[begins..marked.start]) + 1;
    let line = text[..begins].matches('\n').count() + 1;
    Some(Region { line, column, end: column + columns(&text[marked]) })
}

/// What a finding says, in one line of English; one of another source names it first.
fn sentence(sources: &Sources, found: &Diagnostic) -> String {
    let words = message(&found.problem, Language::English);
    let source = match found.place.file {
        file if file == FileId::default() => String::new(),
        file => format!("{}: ", visible(&sources.file(file).name, 200)),
    };
    let help = help(found, Language::English);
    let help = help.map_or_else(String::new, |help| format!("; {help}"));
    format!("{source}{}{help}", words.title)
}

/// How a finding is mended: what its message says, and the text of the mend where the message does not show it.
fn help(found: &Diagnostic, language: Language) -> Option<String> {
    let help = message(&found.problem, language).help;
    let Some(mend) = &found.mend else { return help };
    let [edit] = &mend.edits[..] else { return help };
    let text = edit.text.trim_matches([',', ' ', '\n']);
    let bare = text.trim_matches(['"', '\'']);
    let shows = |help: &String| help.contains(bare) && (!mend.certain || stands_out(help, bare));
    if bare.is_empty() || help.as_ref().is_some_and(shows) {
        return help;
    }
    // A guess elsewhere would be taken for one of what is marked.
    let is_there = edit.place.start <= found.place.end && found.place.start <= edit.place.end;
    if !mend.certain && !is_there {
        return help;
    }
    let how = match (edit.place.start == edit.place.end, mend.certain) {
        (true, _) => Written::Inserted,
        (false, true) => Written::Replaced,
        (false, false) => Written::Perhaps,
    };
    let mend = words::mend(text, how, language);
    Some(help.map_or_else(|| mend.clone(), |help| format!("{help}; {mend}")))
}

/// Whether a help shows a text first, or last and not as one of a list: among several words it does
/// not show which one is meant.
fn stands_out(help: &str, text: &str) -> bool {
    let parts: Vec<&str> = help.split('`').collect();
    let is_first = parts.get(1).is_some_and(|first| first.contains(text));
    let [.., before, last, _] = parts.as_slice() else { return is_first };
    let is_of_list = [", ", " or ", " и ", " или "].iter().any(|end| before.ends_with(end));
    is_first || !is_of_list && last.contains(text)
}

/// A path from `root` on, with `/` between its parts; a path elsewhere stays as it is.
fn relative(path: &Path, root: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").replacen("//", "/", 1)
}

/// Names of findings that stay the same when lines move: a hash of the path, the code and the
/// field, and a number where several have all of these.
#[derive(Debug, Default)]
struct Fingerprints(HashMap<u64, u64>);

impl Fingerprints {
    fn next(&mut self, path: &str, found: &Diagnostic) -> String {
        let mut hash = Fnv::default();
        for part in [path, found.problem.code(), &found.path] {
            hash.add(part.as_bytes());
            hash.add(&[0]);
        }
        let before = self.0.entry(hash.value()).or_default();
        hash.add(&before.to_le_bytes());
        *before += 1;
        format!("{:016x}", hash.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_of_a_list_does_not_stand_out() {
        let reason = "a reason belongs under `lost`: write `lost: {price: 5%}`";
        assert!(stands_out(reason, "lost: {price: 5%}"));
        assert!(stands_out("did you mean `60%` or `0.6`?", "60%"));
        assert!(stands_out("write `a`; in quotes: `\"*0.5\"`", "*0.5"));
        assert!(!stands_out("use one of `mon`, `fri`", "fri"));
        assert!(!stands_out("use `mon`, `fri` or `sun`", "fri"));
    }

    #[test]
    fn paths_begin_at_the_root() {
        let of = |path: &str| relative(Path::new(path), Path::new("/repo"));
        assert_eq!(of("./models/a.yaml"), "models/a.yaml");
        assert_eq!(of("/repo/models/a.yaml"), "models/a.yaml");
        assert_eq!(of("/else/a.yaml"), "/else/a.yaml");
        assert_eq!(of("../a.yaml"), "../a.yaml");
    }

    #[test]
    fn regions_count_columns_as_they_are_asked_to() {
        let mut sources = Sources::default();
        let file = sources.add("m.yaml", "a: 1\n\u{1F680}x: ёж\nb: 2\n");
        let start = 5;
        let place = Place { file, start: start + 4, end: start + 20 };
        let region = |width| region(&sources, place, width).unwrap();
        assert_eq!(region(|_| 1), Region { line: 2, column: 2, end: 7 });
        assert_eq!(region(char::len_utf16), Region { line: 2, column: 3, end: 8 });
    }
}
