//! Why a command stops without a result: typed reasons.

use super::{Language, en, ru};
use crate::report::phrase::{ExportRefusal, Mismatch, NoValue, Stopped};

/// Why a command cannot do what was asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Refusal<'a> {
    /// A simulation gave no result.
    Stopped(&'a Stopped),
    /// A simulation ended without a result or a reason.
    Unexpected,
    /// The replications need more memory than is free, both in bytes.
    Memory {
        /// How many replications.
        replications: u64,
        /// What they need.
        needed: f64,
        /// What is free.
        free: f64,
    },
    /// A signal came.
    Interrupted,
    /// A signal came during a sweep.
    SweepInterrupted {
        /// Points that are done.
        done: usize,
        /// Of how many.
        of: usize,
        /// The folder that keeps them, if one was named.
        folder: Option<&'a str>,
    },
    /// A path that is varied twice.
    VariedTwice(&'a str),
    /// A search has no targets.
    NoTargets(&'a str),
    /// A search has too many plans.
    TooManyPlans(usize, usize),
    /// Less of a figure is not better.
    NotMinimised(&'a str),
    /// A path that is varied has one value only.
    OneValue(&'a str),
    /// A point of a study has no result.
    NoPoint(NoValue),
    /// A folder is needed and something else is there.
    NotAFolder,
    /// A file is needed and a folder is there.
    IsAFolder,
    /// A device or a pipe is there.
    NotAFile,
    /// The output would replace the model that is read.
    IsTheModel(&'a str),
    /// A file is there already.
    Exists,
    /// A file cannot be written.
    ReadOnly,
    /// A path that ends without the name of a file.
    NoFileName(&'a str),
    /// A folder is needed and this is the name of a file; a folder could have the second name.
    NamesAFile(&'a str, &'a str),
    /// The extension of an event log says nothing of its format.
    EventFormat,
    /// The extension of a map says nothing of its format.
    MapFormat,
    /// Amounts of two currencies, which may be empty.
    OtherCurrency(&'a str, &'a str),
    /// One model without scenarios.
    NothingToCompare(&'a str),
    /// `--scenario` with several models.
    ScenarioOfSeveral,
    /// `--within` stands too often.
    ManyTimes,
    /// An option of CSV without anything written as CSV; the second one tells what would be.
    NothingAsCsv(&'a str, &'a str),
    /// A value of `VORONKA_LANG` that names no language.
    UnknownLanguage(&'a str),
    /// No template is named, and nobody can be asked.
    NobodyToAsk,
    /// There is no such template; the nearest one, if any.
    NoTemplate(&'a str, Option<&'a str>),
    /// Standard input ended before the answers.
    InputEnded,
    /// An export has no such column that divides deals; the second one lists those that it has.
    NoColumn(&'a str, &'a str),
    /// A model has no `terms`.
    NoTerms(&'a str),
    /// The cases of the `terms` of a model depend on what only a run knows.
    TermsOfRuns(&'a str),
    /// The cases of the `terms` of a model depend on an attribute that a file does not have.
    TermsOfColumn(&'a str, &'a str),
    /// A file has no deal with a date.
    NothingToFit,
    /// No deal of a file was won: where its deals stood last, and how many of them.
    NothingWon(&'a [(&'a str, usize)]),
    /// A file does not say who worked, or when.
    NobodyNamed,
    /// A report in a format while standard output holds the model.
    FormatOfModel,
    /// An export cannot be read.
    Export {
        /// The file.
        file: &'a str,
        /// Why.
        refusal: &'a ExportRefusal,
    },
    /// The open deals of a file do not fit a model.
    Pipeline {
        /// The file.
        file: &'a str,
        /// Why.
        mismatch: &'a Mismatch,
    },
    /// Standard output is closed.
    Closed,
}

impl Language {
    /// Says why a command stops, without a line break.
    ///
    /// ```
    /// use voronka::render::words::{Language, Refusal};
    /// assert_eq!(Language::English.refuse(Refusal::IsAFolder), "is a folder");
    /// ```
    pub fn refuse(self, refusal: Refusal<'_>) -> String {
        match self {
            Language::English => en::refusal::refusal(refusal),
            Language::Russian => ru::refusal::refusal(refusal),
        }
    }

    /// What a bar of progress says after the count of replications, with gaps for speed and time left.
    pub fn progress(self) -> &'static str {
        match self {
            Language::English => "replications, {msg} M deals/s, {eta} left",
            Language::Russian => "прогонов, {msg} млн сделок/с, осталось {eta}",
        }
    }
}
