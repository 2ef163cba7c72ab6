//! What is wrong with a file of the user, and where: data, never text.
//!
//! A fault in a model is not an error of the program: it is collected, many at once, and drawn
//! later. So a [`Diagnostic`] holds a typed [`Problem`], the [`Place`] in the source and the path
//! of the field; how it reads, and in which language, is the renderer's business.

pub mod codes;
mod figure;
mod pattern;
mod place;
mod problem;

pub use figure::{Bounds, FigureFault, Judged, Measure, Measured, Verdict};
pub use pattern::{Pattern, PatternFault};
pub use place::{FileId, Place, Position, SourceFile, Sources};
pub use problem::{
    ColumnFault, Encoding, ExpectationFault, FileFault, Found, IgnoreFault, NameFault, NameKind,
    Needed, Problem, ProcessFault, SettingKind, SettingsFault, Severity, StructureFault,
    SyntaxFault, ValueFault, Wanted, Warning,
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
    /// Other places that matter.
    pub related: Vec<Related>,
    /// The change of the text that mends it, where one is known.
    pub fix: Option<Edit>,
}

/// A place that explains a finding at another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub place: Place,
    /// What it has to do with the finding.
    pub relation: Relation,
}

/// What a related place has to do with a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The first of two that should be one.
    First,
}

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; where it is empty, the new text is inserted there.
    pub place: Place,
    /// The new text.
    pub text: String,
}

impl Diagnostic {
    /// A finding at a place, without related places and without a fix.
    pub fn new(problem: impl Into<Problem>, place: Place, path: impl Into<String>) -> Diagnostic {
        Diagnostic {
            problem: problem.into(),
            place,
            path: path.into(),
            related: Vec::new(),
            fix: None,
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }
}

/// The collector that every reading step reports to: nothing is thrown, all is kept.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
}

impl Findings {
    /// Adds a problem at a place.
    pub fn report(&mut self, problem: impl Into<Problem>, place: Place, path: impl Into<String>) {
        self.list.push(Diagnostic::new(problem, place, path));
    }

    /// Adds a problem at a place, pointing at a second one too.
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

    /// Adds diagnostics found elsewhere.
    pub fn extend(&mut self, more: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(more);
    }

    /// Whether something was found that keeps a model from being run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity() >= Severity::Error)
    }

    /// How many findings there are so far.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Whether an error was found since there were `before` findings.
    pub fn has_errors_since(&self, before: usize) -> bool {
        self.list[before..].iter().any(|d| d.severity() >= Severity::Error)
    }

    /// All findings, in the order of their places.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|d| (d.place.file, d.place.start, d.severity()));
        self.list.dedup();
        self.list
    }
}
