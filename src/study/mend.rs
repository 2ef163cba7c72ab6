//! Mends a model file: applies the mends of its findings, as long as that leaves fewer of them.
//!
//! A mend is tried on the text and judged by what is found afterwards: it stays only if the model has fewer errors, or as
//! many and fewer warnings. So a mend never does harm, and mending twice changes nothing.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Edit, Mend, Severity};
use crate::lint::examine;
use crate::model::{Loaded, Override};

/// Rounds after which nothing new is tried; each round mends at least one finding.
const MOST_ROUNDS: usize = 200;

/// A text after mending.
#[derive(Debug)]
#[must_use]
pub struct Mended {
    /// The text.
    pub text: String,
    /// How many findings were mended.
    pub count: usize,
    /// What is still found in it.
    pub loaded: Loaded,
}

/// What is read, beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// Changes of the command line.
    pub changes: &'a [Override],
    /// Where data files are read from.
    pub folder: Option<&'a Path>,
}

/// Mends a text; guesses are applied too where they are asked for.
pub fn mend(text: &str, origin: Origin<'_>, guesses: bool) -> Mended {
    let read = |text: &str| examine(origin.name, text, origin.changes, origin.folder);
    let (mark, text) = match text.strip_prefix('\u{FEFF}') {
        Some(text) => ("\u{FEFF}", text),
        None => ("", text),
    };
    let mut mended = Mended { text: text.to_owned(), count: 0, loaded: read(text) };
    let severities = [Severity::Unreadable, Severity::Error, Severity::Warning];
    for _ in 0..MOST_ROUNDS {
        let better = severities.iter().find_map(|severity| {
            let mends = candidates(&mended.loaded.diagnostics, *severity, guesses);
            // All at once where each of them does good, else the first that does.
            let tries = std::iter::once(apart(&mends)).chain(mends.iter().map(|mend| vec![*mend]));
            tries.filter(|mends| !mends.is_empty()).find_map(|mends| {
                let text = applied(&mended.text, mends.iter().flat_map(|mend| &mend.edits));
                let loaded = read(&text);
                let (before, after) = (&mended.loaded.diagnostics, &loaded.diagnostics);
                let gone = count(before, *severity).checked_sub(count(after, *severity));
                let is_better = gone >= Some(mends.len())
                    && severities.map(|worst| count(after, worst))
                        < severities.map(|worst| count(before, worst));
                is_better.then(|| Mended { text, count: mended.count + mends.len(), loaded })
            })
        });
        match better {
            Some(better) => mended = better,
            None => break,
        }
    }
    Mended { text: mark.to_owned() + &mended.text, ..mended }
}

fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|found| found.severity() == severity).count()
}

/// The mends of findings of one severity.
fn candidates(found: &[Diagnostic], severity: Severity, guesses: bool) -> Vec<&Mend> {
    let mends = found.iter().filter(|found| found.severity() == severity);
    let mends = mends.filter_map(|found| found.mend.as_ref());
    mends.filter(|mend| mend.certain || guesses).collect()
}

/// Those that do not touch each other, the first first.
fn apart<'m>(mends: &[&'m Mend]) -> Vec<&'m Mend> {
    let mut chosen: Vec<&Mend> = Vec::new();
    for mend in mends {
        let touches = |other: &Edit, edit: &Edit| {
            edit.place.start <= other.place.end && other.place.start <= edit.place.end
        };
        let is_free = chosen.iter().all(|other| {
            !other.edits.iter().any(|other| mend.edits.iter().any(|edit| touches(other, edit)))
        });
        if is_free {
            chosen.push(mend);
        }
    }
    chosen
}

/// The text with these edits, none of which overlaps another.
fn applied<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut edits: Vec<&Edit> = edits.collect();
    edits.sort_by_key(|edit| edit.place.start);
    let mut result = String::new();
    let mut from = 0;
    for edit in edits {
        let (start, end) = (edit.place.start as usize, edit.place.end as usize);
        result.push_str(&text[from..start]);
        result.push_str(&edit.text);
        from = end;
    }
    result.push_str(&text[from..]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str, guesses: bool) -> Mended {
        mend(text, Origin { name: "m.yaml", changes: &[], folder: None }, guesses)
    }

    #[test]
    fn certain_mends_touch_nothing_else() {
        let bad = "# Воронка  \nstages:\n    offer: {wiat: 2d, next: {demo: 45, lost: rest}}   # 45?\n    \
                   demo:\n        wait: \"3 дня\"\n        next: {won: 0,4, lsot: rest}\n";
        let good = "# Воронка  \nstages:\n    offer: {wait: 2d, next: {demo: 45%, lost: rest}}   # 45?\n    \
                    demo:\n        wait: \"3d\"\n        next: {won: 0,4, lsot: rest}\n";
        let found = mended(bad, false);
        assert_eq!(found.text, good);
        assert_eq!(found.count, 3);
    }

    #[test]
    fn shares_are_completed_by_rest() {
        for (bad, good) in [
            ("next: {b: 33%, lost: 66%}", "next: {b: 33%, lost: rest}"),
            ("next: {b: 33%, won: 33%}", "next: {b: 33%, won: 33%, lost: rest}"),
            ("next: {b: 50%, lost: {x: 25%, y: 24%}}", "next: {b: 50%, lost: {x: 25%, y: rest}}"),
            ("next:\n      b: 33%  # some\n", "next:\n      b: 33%  # some\n      lost: rest\n"),
        ] {
            let text = |next: &str| {
                format!("stages:\n  a:\n    wait: 1d\n    {next}\n  b: {{wait: 1d, next: 50%}}\n")
            };
            assert_eq!(mended(&text(bad), false).text, text(good));
        }
        // What is far from a whole is not surely meant.
        let far = "stages:\n  a: {wait: 1d, next: {won: 30%, lost: 30%}}\n";
        assert_eq!(mended(far, false).text, far);
        assert!(mended(far, true).text.contains("lost: rest"));
    }
}
