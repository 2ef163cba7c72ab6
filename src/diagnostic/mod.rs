//! What is wrong with a file of the user, and where: data, never text.
//!
//! A fault in a model is not an error of the program: it is collected, many at once, and drawn
//! later. So a [`Diagnostic`] holds a typed [`Problem`], the [`Place`] in the source and the path
//! of the field; how it reads, and in which language, is the renderer's business.

pub mod codes;
mod figure;
mod place;
mod problem;

pub use figure::{Bounds, FigureFault, Measure, Measured};
pub use place::{FileId, Place, Position, SourceFile, Sources};
pub use problem::{Encoding, NameFault, Problem, Severity, SyntaxFault, Wanted};

/// One thing that is wrong, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// Where, in which source.
    pub place: Place,
    /// The path of the field, as `stages.offer.next`; empty for the whole file.
    pub path: String,
    /// Another place that matters: the first of two equal keys, say.
    pub related: Option<Place>,
}

impl Diagnostic {
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
    pub fn report(&mut self, problem: Problem, place: Place, path: impl Into<String>) {
        self.list.push(Diagnostic { problem, place, path: path.into(), related: None });
    }

    /// Adds a problem at a place, pointing at a second one too.
    pub fn report_beside(
        &mut self,
        problem: Problem,
        place: Place,
        path: impl Into<String>,
        related: Place,
    ) {
        self.list.push(Diagnostic { problem, place, path: path.into(), related: Some(related) });
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
