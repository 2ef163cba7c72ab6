//! Mends a model file, or a file of tests: applies the mends of its findings, as long as that leaves fewer of them.
//!
//! A mend is tried on the text and judged by what is found afterwards: it stays only if its finding is gone and the model
//! has no more findings than before. So a mend never does harm, and mending twice changes nothing.

use std::path::Path;

use super::testing::{Examined, examine};
use crate::diagnostic::{Diagnostic, Edit, Mend, Severity, applied};
use crate::model::Override;

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
    pub examined: Examined,
}

/// What is needed to read the text.
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
    let mut mended = Mended { text: text.to_owned(), count: 0, examined: read(text) };
    for _ in 0..MOST_ROUNDS {
        let better = SEVERITIES.iter().find_map(|severity| {
            let found = candidates(&mended.examined.loaded.diagnostics, *severity, guesses);
            // All at once where each of them does good, else the first that does.
            let tries = std::iter::once(apart(&found)).chain(found.iter().map(|one| vec![*one]));
            tries.filter(|chosen| !chosen.is_empty()).find_map(|chosen| {
                let edits = chosen.iter().flat_map(|(_, mend)| &mend.edits);
                let text = applied(&mended.text, edits);
                let examined = read(&text);
                let before = &mended.examined.loaded.diagnostics;
                let does_good = does_good(&chosen, before, &examined.loaded.diagnostics);
                does_good.then(|| Mended { text, count: mended.count + chosen.len(), examined })
            })
        });
        match better {
            Some(better) => mended = better,
            None => break,
        }
    }
    Mended { text: mark.to_owned() + &mended.text, ..mended }
}

/// The worst first.
const SEVERITIES: [Severity; 3] = [Severity::Unreadable, Severity::Error, Severity::Warning];

/// Whether all findings that were mended are gone, and no more are left than before: fewer, if one of the mends is a
/// guess. What a mended finding hid may be found now.
fn does_good(chosen: &[Candidate<'_>], before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let is_gone = |(found, _): &Candidate<'_>| {
        let same = |other: &&Diagnostic| other.path == found.path && other.problem == found.problem;
        before.iter().filter(same).count() > after.iter().filter(same).count()
    };
    let count = |all: &[Diagnostic]| {
        SEVERITIES.map(|severity| all.iter().filter(|found| found.severity() == severity).count())
    };
    let (before, after) = (count(before), count(after));
    let is_certain = chosen.iter().all(|(_, mend)| mend.certain);
    chosen.iter().all(is_gone) && (after < before || is_certain && after == before)
}

/// A finding with its mend.
type Candidate<'m> = (&'m Diagnostic, &'m Mend);

/// The findings of one severity that can be mended.
fn candidates(found: &[Diagnostic], severity: Severity, guesses: bool) -> Vec<Candidate<'_>> {
    let found = found.iter().filter(|found| found.severity() == severity);
    let mends = found.filter_map(|found| Some((found, found.mend.as_ref()?)));
    mends.filter(|(_, mend)| mend.certain || guesses).collect()
}

/// Mends whose edits neither overlap nor touch; of two that do, the earlier one is kept.
fn apart<'m>(all: &[Candidate<'m>]) -> Vec<Candidate<'m>> {
    let mut chosen: Vec<Candidate<'_>> = Vec::new();
    for (found, mend) in all {
        let touches = |other: &Edit, edit: &Edit| {
            edit.place.start <= other.place.end && other.place.start <= edit.place.end
        };
        let is_free = chosen.iter().all(|(_, other)| {
            !other.edits.iter().any(|other| mend.edits.iter().any(|edit| touches(other, edit)))
        });
        if is_free {
            chosen.push((found, mend));
        }
    }
    chosen
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
                    demo:\n        wait: \"3d\"\n        next: {won: 0.4, lost: rest}\n";
        let found = mended(bad, false);
        assert_eq!(found.text, good);
        assert_eq!(found.count, 5);
    }

    #[test]
    fn what_a_mended_finding_hid_is_mended_too() {
        let text = |hours: &str, rest: &str| {
            format!(
                "calendars: {{office: {{hours: {{{hours}}}}}}}\nroles: {{seller: {{people: 9}}}}\nstages:\n  \
                 a: {{work: {{{rest}, next: 50%}}\n"
            )
        };
        let bad = text("пн-пт: \"9-18\"", "role: selelr, time: 30 мин}, wait: 2,5 дня");
        let good = text("mon-fri: \"09:00-18:00\"", "role: seller, time: 30 min}, wait: 2.5d");
        let bad = bad.replace("2,5 дня", "\"2,5 дня\"");
        let good = good.replace("2.5d", "\"2.5d\"");
        let found = mended(&bad, false);
        assert_eq!(
            (found.text.as_str(), found.examined.loaded.diagnostics.len()),
            (good.as_str(), 0)
        );
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
