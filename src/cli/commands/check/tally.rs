//! What all checked files together have, and the exit code of that.

use super::Entry;
use super::judge::is_kept;
use crate::diagnostic::{Diagnostic, ExpectationFault, Problem, Severity};
use crate::render::words::{Kept, Summary};

/// What all files together have.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) files: usize,
    /// YAML files of folders that are no models.
    pub(super) others: usize,
    pub(super) judged: bool,
    errors: usize,
    warnings: usize,
    undecided: usize,
    /// Files that cannot be read.
    unreadable: usize,
    /// Faults that keep a file from being read, besides the first one of each file.
    further: usize,
    /// Settings that cannot be used.
    settings: usize,
    kept: usize,
    /// Tests that passed, and that failed.
    tests: [usize; 2],
    /// A warning counts as an error.
    strict: bool,
    /// Findings that `--fix` would mend.
    pub(super) mendable: usize,
    /// Whether a difference was shown.
    pub(super) differs: bool,
}

impl Tally {
    pub(super) fn add(&mut self, entry: &Entry) {
        self.kept += entry.judged.iter().filter(|judged| is_kept(judged)).count();
        entry.tested.iter().for_each(|tested| self.tests[usize::from(!tested.passed)] += 1);
        let is_unreadable = |found: &Diagnostic| found.severity() == Severity::Unreadable;
        let unreadable = entry.diagnostics.iter().any(is_unreadable);
        let faults = entry.diagnostics.iter().filter(|found| is_unreadable(found)).count();
        self.further += faults.saturating_sub(1);
        self.unreadable += usize::from(unreadable && !entry.of_settings);
        self.settings += usize::from(unreadable && entry.of_settings);
        for found in entry.diagnostics.iter().filter(|found| !is_unreadable(found)) {
            *self.counter(found) += 1;
            let is_warning = found.severity() == Severity::Warning && !is_allowed(found);
            self.strict |= entry.strict && is_warning;
        }
    }

    fn counter(&mut self, found: &Diagnostic) -> &mut usize {
        match found.severity() {
            _ if is_allowed(found) => &mut self.undecided,
            Severity::Warning => &mut self.warnings,
            Severity::Error | Severity::Unreadable => &mut self.errors,
        }
    }

    /// 0, 1 for findings, 2 for what cannot be read.
    pub(super) fn code(&self) -> u8 {
        let found = self.errors > 0 || self.strict || self.differs;
        if self.unreadable + self.settings > 0 { 2 } else { u8::from(found) }
    }

    pub(super) fn summary(&self, simulate: bool) -> Summary {
        let kept = if self.judged { Kept::Hold(self.kept) } else { Kept::NotJudged };
        Summary {
            files: self.files,
            others: self.others,
            unreadable: self.unreadable,
            further: self.further,
            settings: self.settings,
            errors: self.errors,
            warnings: self.warnings,
            kept: simulate.then_some(kept),
            tests: self.tests,
            undecided: self.undecided,
            strict: self.strict,
            mendable: self.mendable,
        }
    }
}

/// An expectation that is not decided, which was allowed.
fn is_allowed(found: &Diagnostic) -> bool {
    let undecided = &found.problem;
    matches!(undecided, Problem::Expectation(ExpectationFault::Undecided { allowed: true, .. }))
}
