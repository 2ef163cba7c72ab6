//! Diagnostics: what is wrong with a user's file, and where, as data without text.
//!
//! A fault in a model is not an error of the program: faults are collected and printed later. So a
//! [`Diagnostic`] holds a typed [`Problem`], the [`Place`] in the source and the path of the field.
//! The renderer decides on wording and language.

pub mod codes;
mod edits;
mod figure;
pub mod meant;
mod pattern;
mod place;
mod problem;

pub use edits::{applied, before_edits};
pub use figure::{
    Bounds, Change, FigureFault, Judged, JudgedScenario, Measure, Measured, Tested, Verdict,
};
pub use pattern::{Pattern, PatternFault};
pub use place::{FileId, Place, Position, SourceFile, Sources};
pub use problem::{
    Chance, Claimed, ColumnFault, Doubt, Encoding, ExpectationFault, ExtendsFault, FileFault,
    Found, Home, IdlePromise, IgnoreFault, NameFault, NameKind, Needed, Never, Problem,
    ProcessFault, SettingKind, SettingsFault, Severity, Slip, StructureFault, SyntaxFault,
    TermsFault, TestFault, ValueFault, Wanted, Warning,
};

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// Where, in which source.
    pub place: Place,
    /// The path of the field, as `stages.offer.next`; empty for the whole file.
    pub path: String,
    /// Other relevant places.
    pub related: Vec<Related>,
    /// Edits of the text that mend it, if known.
    pub mend: Option<Mend>,
}

/// A second place that explains a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub place: Place,
    /// Its relation to the diagnostic.
    pub relation: Relation,
}

/// The relation of a second place to a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The first of two occurrences.
    First,
    /// The scenario in which it is found.
    Scenario,
}

/// An edit of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The place replaced; if it is empty, the new text is inserted there.
    pub place: Place,
    /// The new text.
    pub text: String,
}

/// Changes of a text that mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The changes, in the order of their places; none overlaps another.
    pub edits: Vec<Edit>,
    /// Whether there is no other reading; else it is a guess.
    pub certain: bool,
}

impl Mend {
    /// A mend of one change.
    pub fn new(place: Place, text: String, certain: bool) -> Mend {
        Mend { edits: vec![Edit { place, text }], certain }
    }
}

impl Diagnostic {
    /// A diagnostic without related places or a fix.
    pub fn new(problem: impl Into<Problem>, place: Place, path: impl Into<String>) -> Diagnostic {
        Diagnostic {
            problem: problem.into(),
            place,
            path: path.into(),
            related: Vec::new(),
            mend: None,
        }
    }

    /// Its severity.
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }
}

/// Collects the diagnostics of all reading steps.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a diagnostic at a place.
    pub fn report(&mut self, problem: impl Into<Problem>, place: Place, path: impl Into<String>) {
        self.list.push(Diagnostic::new(problem, place, path));
    }

    /// Adds a diagnostic with a second place.
    pub fn report_beside(
        &mut self,
        problem: impl Into<Problem>,
        place: Place,
        path: impl Into<String>,
        related: Related,
    ) {
        let found = Diagnostic::new(problem, place, path);
        self.list.push(Diagnostic { related: vec![related], ..found });
    }

    /// Lets the diagnostic of an unknown key propose a known one.
    pub fn propose(&mut self, place: Place, known: &str) {
        for found in self.list.iter_mut().filter(|found| found.place == place) {
            if let Problem::Structure(StructureFault::UnknownKey { nearest, .. }) =
                &mut found.problem
            {
                nearest.get_or_insert_with(|| known.to_owned());
            }
        }
    }

    /// Adds diagnostics found elsewhere.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(more);
    }

    /// Whether there is a diagnostic that prevents the model from running.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity() >= Severity::Error)
    }

    /// The number of diagnostics so far.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Whether an error was added after the first `before` diagnostics.
    pub fn has_errors_since(&self, before: usize) -> bool {
        self.list[before..].iter().any(|d| d.severity() >= Severity::Error)
    }

    /// Whether there is an error at a path of this kind.
    pub fn has_errors_at(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.list.iter().any(|d| d.severity() >= Severity::Error && is_meant(&d.path))
    }

    /// All diagnostics, sorted by place. A value with an anchor is read wherever its name stands, and reported once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|d| (d.place.file, d.place.start, d.severity()));
        let mut sorted: Vec<Diagnostic> = Vec::with_capacity(self.list.len());
        for found in self.list {
            let at_place = sorted.iter().rev().take_while(|known| {
                (known.place.file, known.place.start) == (found.place.file, found.place.start)
            });
            let is_same = |known: &Diagnostic| {
                let is_somewhere = found.place.start < found.place.end;
                known.place == found.place
                    && known.problem == found.problem
                    && (is_somewhere || known.path == found.path)
            };
            if !at_place.into_iter().any(is_same) {
                sorted.push(found);
            }
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_value_that_is_read_at_several_places_is_reported_once() {
        let text = "stages:\n  a: {wait: &usual {exponential: {mean: soon}}, next: 50%}\n  \
                    b: {wait: *usual, next: 50%}\n  c: {wait: *usual, next: 50%}\n";
        let found = crate::model::load("", text, &[], None).diagnostics;
        let codes: Vec<_> = found.iter().map(|found| found.problem.code()).collect();
        assert_eq!(codes, ["V201"]);
    }
}
