//! Which findings are shown: warnings can be chosen by code, and ignored by a comment at their line.
//!
//! A comment hides warnings of its line, or, alone in a line, of the next one. A
//! comment that hides nothing is a warning of its own. Errors cannot be ignored, because a model with
//! errors cannot be run.

use crate::diagnostic::{
    Diagnostic, FileId, IgnoreFault, Pattern, PatternFault, Place, Problem, Severity, Sources,
};
use crate::model::yaml::{Comment, comments};

/// Begins a comment for the checker.
const ADDRESS: &str = "voronka:";

/// Which warnings are shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// Only warnings of these codes; without it, of all codes.
    pub select: Option<&'a [Pattern]>,
    /// No warnings of these codes.
    pub ignore: &'a [Pattern],
    /// Whether the model was judged too, so that all warnings that it can get were looked for.
    pub simulated: bool,
    /// Whether ignores that hide nothing are warned of: not where changes of the command line or
    /// errors of the model may be why.
    pub unused: bool,
}

/// The findings that are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    /// In the order of their places.
    pub shown: Vec<Diagnostic>,
    /// For each ignored code, whether it hid a finding.
    pub used: Vec<bool>,
}

/// Leaves out what is not chosen or is ignored, and adds what is wrong with the ignores.
pub fn review(sources: &Sources, found: Vec<Diagnostic>, choice: &Choice<'_>) -> Reviewed {
    let mut ignores = Vec::new();
    let mut faults = Vec::new();
    let text = &sources.file(FileId::default()).text;
    if text.contains(ADDRESS) {
        for comment in comments(text, FileId::default()) {
            let line = target(text, &comment);
            read(&comment, line, &mut ignores, &mut faults);
        }
    }
    let mut used = vec![false; choice.ignore.len()];
    let mut shown: Vec<Diagnostic> = Vec::new();
    for found in found {
        let mut is_hidden = false;
        // All of them, so that none of two seems to hide nothing.
        for ignore in ignores.iter_mut().filter(|ignore| ignore.hides(text, &found)) {
            (ignore.used, is_hidden) = (true, true);
        }
        if !is_hidden {
            shown.push(found);
        }
    }
    if choice.unused {
        let unused = ignores.iter().filter(|ignore| !ignore.used);
        // Only a simulation gets this one.
        let unused = unused.filter(|ignore| choice.simulated || !ignore.pattern.matches("V621"));
        faults.extend(unused.map(|ignore| {
            let code = ignore.pattern.text().to_owned();
            Diagnostic::new(IgnoreFault::HidesNothing { code }, ignore.place, "")
        }));
    }
    shown.extend(faults);
    for found in &shown {
        let matches =
            |pattern: &Pattern| is_ignorable(found) && pattern.matches(found.problem.code());
        let patterns = choice.ignore.iter().zip(&mut used);
        patterns.for_each(|(pattern, used)| *used |= matches(pattern));
    }
    shown.retain(|found| choice.shows(found));
    shown.sort_by_key(|found| (found.place.file, found.place.start, found.severity()));
    Reviewed { shown, used }
}

impl Choice<'_> {
    /// Whether a finding is shown, wherever it stands: all but warnings are.
    pub fn shows(&self, found: &Diagnostic) -> bool {
        let is_in = |codes: &[Pattern]| codes.iter().any(|one| one.matches(found.problem.code()));
        !is_ignorable(found) || (self.select.is_none_or(is_in) && !is_in(self.ignore))
    }
}

/// Whether a finding can be ignored: an expectation that is not decided cannot, also where it passes.
fn is_ignorable(found: &Diagnostic) -> bool {
    found.severity() == Severity::Warning && !matches!(found.problem, Problem::Expectation(_))
}

/// A code that is ignored in a line.
#[derive(Debug)]
struct Ignore {
    pattern: Pattern,
    /// The number of the line, from 0.
    line: usize,
    /// Where the code stands in the comment.
    place: Place,
    used: bool,
}

impl Ignore {
    fn hides(&self, text: &str, found: &Diagnostic) -> bool {
        found.place.file == FileId::default()
            && is_ignorable(found)
            && self.pattern.matches(found.problem.code())
            && line_of_finding(text, found.place) == self.line
    }
}

fn line_of(text: &str, at: u32) -> usize {
    text[..(at as usize).min(text.len())].matches('\n').count()
}

/// The line that a comment refers to: its own, or the next one that is not a comment.
fn target(text: &str, comment: &Comment) -> usize {
    let own = line_of(text, comment.place.start);
    if comment.alone { content_from(text, own + 1).unwrap_or(own) } else { own }
}

/// The first line from a number on that is neither empty nor a comment.
fn content_from(text: &str, first: usize) -> Option<usize> {
    let mut lines = text.lines().map(str::trim_start).enumerate().skip(first);
    lines.find(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(at, _)| at)
}

/// The line of a finding; a finding about the whole file belongs to its first line of content.
fn line_of_finding(text: &str, place: Place) -> usize {
    match (place.start, place.end) {
        (0, 0) => content_from(text, 0).unwrap_or(0),
        (start, _) => line_of(text, start),
    }
}

/// The codes of a comment for the checker; other comments have none.
fn read(comment: &Comment, line: usize, ignores: &mut Vec<Ignore>, faults: &mut Vec<Diagnostic>) {
    let Some(order) = comment.text.trim_start().strip_prefix(ADDRESS) else { return };
    let fault = |fault: IgnoreFault, place| Diagnostic::new(fault, place, "");
    let codes = order.trim_start().strip_prefix("ignore").filter(|codes| codes.starts_with(' '));
    let codes = codes.map(codes_of).unwrap_or_default();
    if codes.is_empty() {
        faults.push(fault(IgnoreFault::NotUnderstood, comment.place));
    }
    for code in codes {
        let offset = code.as_ptr().addr() - comment.text.as_ptr().addr();
        let start = comment.place.start + 1 + offset as u32;
        let place = Place { start, end: start + code.len() as u32, ..comment.place };
        let text = code.to_owned();
        match Pattern::ignored(code) {
            Ok(pattern) => ignores.push(Ignore { pattern, line, place, used: false }),
            Err(PatternFault::OnlyErrors) => {
                faults.push(fault(IgnoreFault::OfError { code: text }, place));
            }
            Err(PatternFault::Unknown { nearest }) => {
                faults.push(fault(IgnoreFault::UnknownCode { code: text, nearest }, place));
            }
        }
    }
}

/// The codes at the beginning of a text, with commas between; what follows is a reason.
fn codes_of(text: &str) -> Vec<&str> {
    let mut codes = Vec::new();
    let mut rest = text.trim_start();
    loop {
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let digits = word.trim_start_matches(['V', 'v']);
        let is_code = digits.len() + 1 == word.len() && digits.bytes().all(|b| b.is_ascii_digit());
        if !is_code {
            return codes;
        }
        codes.push(word);
        let Some(next) = after.trim_start().strip_prefix(',') else { return codes };
        rest = next.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::lint;
    use crate::model::load;

    /// The codes that are shown of a model in which nobody asks for the role `boss`.
    fn shown(head: &str, after: &str, choice: Choice<'_>) -> Vec<&'static str> {
        let text = format!(
            "roles:\n  {head}boss: {{people: 1}}{after}\nstages: {{lead: {{next: 50%}}}}\n"
        );
        let loaded = load("m.yaml", &text, &[], None);
        let mut found = loaded.diagnostics;
        found.extend(loaded.model.iter().flat_map(lint));
        let reviewed = review(&loaded.sources, found, &Choice { unused: true, ..choice });
        reviewed.shown.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_comment_hides_warnings_of_its_line_or_of_the_next_one() {
        let of = |head: &str, after: &str| shown(head, after, Choice::default());
        assert_eq!(of("", ""), ["V617"]);
        let none: [&str; 0] = [];
        for after in [
            " # voronka: ignore V617",
            " # voronka: ignore V617 he comes in May, V619",
            " # voronka: ignore v61",
            " #voronka: ignore V617: later",
        ] {
            assert_eq!(of("", after), none, "{after}");
        }
        for head in
            ["# voronka: ignore V617\n  ", "# voronka: ignore V617 as we know\n\n  # about him\n  "]
        {
            assert_eq!(of(head, ""), none, "{head}");
        }
    }

    #[test]
    fn an_ignore_that_does_not_do_what_it_says_is_a_finding() {
        let of = |after: &str| shown("", after, Choice::default());
        assert_eq!(of(" # voronka: ignore V617, V619"), ["V691"]);
        assert_eq!(of(" # voronka: ignore V301"), ["V617", "V692"]);
        assert_eq!(of(" # voronka: ignore V999"), ["V617", "V693"]);
        assert_eq!(of(" # voronka: ignore"), ["V617", "V694"]);
        assert_eq!(of(" # voronka: ignroe V617"), ["V617", "V694"]);
        // Only a simulation looks for it.
        assert_eq!(of(" # voronka: ignore V617, V621"), [""; 0]);
    }

    #[test]
    fn codes_are_chosen_by_their_beginning() {
        let patterns = |codes: &[&str]| {
            codes.iter().map(|code| Pattern::parse(code).unwrap()).collect::<Vec<_>>()
        };
        let (role, others) = (patterns(&["V61"]), patterns(&["V60", "V62"]));
        let none: [&str; 0] = [];
        assert_eq!(shown("", "", Choice { ignore: &role, ..Choice::default() }), none);
        assert_eq!(shown("", "", Choice { ignore: &others, ..Choice::default() }), ["V617"]);
        assert_eq!(shown("", "", Choice { select: Some(&others), ..Choice::default() }), none);
        assert_eq!(shown("", "", Choice { select: Some(&role), ..Choice::default() }), ["V617"]);
    }
}
