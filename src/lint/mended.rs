//! What is hidden behind errors that are certainly mended: the findings of the model after its mends.
//!
//! Rules read whole models, and a part with an error is left out, so an error of form would hide other faults until it is
//! mended. Where it is clear what was meant, the mended text is read as well, and what is found there is told at its place in
//! the text as it is. Warnings need a model without errors, so they are told if every error has a certain mend; nothing is
//! told of values that are not known.

use std::path::Path;

use super::lint;
use crate::diagnostic::{
    Diagnostic, Edit, FileId, Problem, ProcessFault, Severity, StructureFault, applied,
    before_edits,
};
use crate::model::{Loaded, Override, load};

/// So many faults of form are looked behind, one after the other.
const MOST_ROUNDS: usize = 20;

/// What is found behind faults of form that keep a text from being read at all: each of them hides all others. If one has no
/// certain mend, it is told, and nothing behind it.
pub(super) fn behind(
    loaded: &Loaded,
    (name, text): (&str, &str),
    (changes, folder): (&[Override], Option<&Path>),
) -> Vec<Diagnostic> {
    let mut text = text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned();
    let mut rounds: Vec<Vec<Edit>> = Vec::new();
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut found = loaded.diagnostics.clone();
    while found.iter().any(|found| found.severity() == Severity::Unreadable) {
        let Some(edits) = edits_of(&found).filter(|_| rounds.len() < MOST_ROUNDS) else { break };
        text = applied(&text, edits.iter());
        rounds.push(edits);
        let next = load(name, &text, changes, folder);
        found = next.diagnostics;
        let of_file = found.iter().filter(|found| found.place.file == FileId::default());
        told.extend(of_file.map(|found| {
            let place = rounds.iter().rev().fold(found.place, |at, edits| before_edits(at, edits));
            Diagnostic { place, related: Vec::new(), mend: None, ..found.clone() }
        }));
    }
    // Where the parts of the text are not where they belong, what they say follows from that.
    let is_apart = |found: &Diagnostic| {
        use StructureFault as Fault;
        let Problem::Structure(fault) = &found.problem else { return false };
        !matches!(
            fault,
            Fault::UnknownKey { nearest: Some(_), .. }
                | Fault::OtherForm { .. }
                | Fault::QuotedMap { .. }
                | Fault::SaysTwice { .. }
                | Fault::MissingKey { .. }
                | Fault::DuplicateKey { .. }
                | Fault::BadName { .. }
        )
    };
    if told.iter().any(is_apart) { Vec::new() } else { told }
}

/// The edits of the certain mends of all errors, in their order; `None` if one of them has none, or they overlap.
fn edits_of(found: &[Diagnostic]) -> Option<Vec<Edit>> {
    let errors = found.iter().filter(|found| found.severity() > Severity::Warning);
    let mut edits: Vec<Edit> = Vec::new();
    for error in errors {
        edits.extend(error.mend.as_ref().filter(|mend| mend.certain)?.edits.iter().cloned());
    }
    in_order(edits)
}

/// Edits in the order of their places; `None` if there are none, or they overlap.
fn in_order(mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    edits.sort_by_key(|edit| edit.place.start);
    edits.dedup();
    let overlap = edits.windows(2).any(|two| two[1].place.start < two[0].place.end);
    (!edits.is_empty() && !overlap).then_some(edits)
}

/// What is found in the mended text and not in the text as it is. Where an error is left, no rule of meaning speaks.
pub(super) fn hidden(
    loaded: &Loaded,
    (name, text): (&str, &str),
    (changes, folder): (&[Override], Option<&Path>),
) -> Vec<Diagnostic> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let errors = || loaded.diagnostics.iter().filter(|d| d.severity() > Severity::Warning);
    let mut edits: Vec<Edit> = Vec::new();
    for found in errors() {
        // A text that cannot be read has no other findings.
        if found.severity() == Severity::Unreadable {
            return Vec::new();
        }
        let certain = found.mend.as_ref().filter(|mend| mend.certain);
        edits.extend(certain.iter().flat_map(|mend| mend.edits.iter().cloned()));
    }
    let Some(edits) = in_order(edits) else { return Vec::new() };
    let mended = load(name, &applied(text, edits.iter()), changes, folder);
    if mended.severity() == Some(Severity::Unreadable) {
        return Vec::new();
    }
    let found = mended.diagnostics.iter().cloned().chain(mended.model.iter().flat_map(lint));
    let of_file = found.filter(|found| found.place.file == FileId::default());
    let told = of_file.map(|found| {
        let related = found.related.into_iter().map(|mut related| {
            related.place = before_edits(related.place, &edits);
            related
        });
        let related = related.collect();
        Diagnostic { place: before_edits(found.place, &edits), related, mend: None, ..found }
    });
    let is_new = |found: &Diagnostic| {
        // What is wrong with a model as a whole may be told at another of its parts.
        let is_of_all = matches!(found.problem, Problem::Terms(_) | Problem::Process(_));
        let is_same = |known: &Diagnostic| {
            known.place == found.place && known.problem.code() == found.problem.code()
                || is_of_all && known.problem == found.problem
        };
        // A way to a sale may be part of what is still wrong.
        let is_open = found.problem == Problem::Process(ProcessFault::NoWayToSale)
            && errors().any(|known| known.path.starts_with("stages"));
        !is_open && !loaded.diagnostics.iter().any(is_same)
    };
    let hidden: Vec<Diagnostic> = told.filter(is_new).collect();
    // If the parts of the text are not where they belong, the rest follows from that.
    let is_of_form = |found: &Diagnostic| matches!(found.problem, Problem::Structure(_));
    if hidden.iter().any(is_of_form) { Vec::new() } else { hidden }
}

#[cfg(test)]
mod tests {
    use crate::lint::examine;

    fn found(text: &str) -> Vec<(&'static str, String)> {
        let loaded = examine("", text, &[], None);
        assert!(loaded.model.is_none());
        let at = |place: crate::diagnostic::Place| {
            text[place.start as usize..place.end as usize].to_owned()
        };
        loaded.diagnostics.iter().map(|found| (found.problem.code(), at(found.place))).collect()
    }

    #[test]
    fn an_error_that_is_certainly_mended_hides_no_warning() {
        let text = "roles: {clerk: {people: 2}}\nstages:\n  lead: {wait: 2 business days, next: 60}\n  \
                    offer: {wait: 1d, sla: 5d, next: 40%}\n";
        let told: Vec<_> = found(text);
        let of = |code: &'static str, at: &str| (code, at.to_owned());
        let all = [
            of("V617", "clerk"),
            of("V201", "2 business days"),
            of("V201", "60"),
            of("V639", "sla"),
        ];
        assert_eq!(told, all);
        let text = "stages:\n  lead: {wait: 1d, next: {offr: 30%, lost: 70}}\n  offer: {wait: 1d, next: 40%}\n";
        assert_eq!(found(text), [of("V301", "offr"), of("V201", "70")]);
    }

    #[test]
    fn a_fault_that_keeps_a_text_from_being_read_hides_no_other() {
        let of = |code: &'static str, at: &str| (code, at.to_owned());
        let text = "warmup 2 weeks\nsources: {web: {rate:5/week}}\nstages:\n  lead: {wiat: 1d, next: 60}\n  \
                    offer: {wait: 1d, sla: 5d, next: 40%}\n";
        let all =
            [of("V008", "warmup"), of("V105", "rate:5/week"), of("V105", "wiat"), of("V201", "60")];
        let told = found(text);
        assert_eq!(told.first(), all.first());
        assert!(all.iter().all(|one| told.contains(one)), "{told:?}");
        // What stands in the wrong place is not told of a text that was mended for it.
        let text = "stages:\n  lead:\n\twait: 1d\n    next: 60%\n";
        assert!(found(text).iter().all(|(code, _)| *code == "V008"), "{:?}", found(text));
    }

    #[test]
    fn what_is_wrong_with_all_terms_is_told_once() {
        let text = "stages: {lead: {wait: 1d, next: 50%}}\nterms:\n  - {when: {source: leads}, margin: 10 percent}\n  \
                    - {margin: 20%}\n";
        let told: Vec<_> = found(text).into_iter().map(|(code, _)| code).collect();
        assert_eq!(told, ["V201", "V346"]);
    }

    #[test]
    fn an_error_without_a_certain_mend_hides_the_warnings() {
        let text =
            "stages:\n  lead: {wait: soon, next: 60%}\n  offer: {wait: 1d, sla: 5d, next: 40%}\n";
        assert_eq!(found(text), [("V201", "soon".to_owned())]);
        let text = "stages:\n  lead: {wait: soon, next: 60%}\n  offer: {wait: 1d, next: {mars: 30%, lost: 70}}\n";
        let of = |code: &'static str, at: &str| (code, at.to_owned());
        assert_eq!(found(text), [of("V201", "soon"), of("V301", "mars"), of("V201", "70")]);
    }
}
