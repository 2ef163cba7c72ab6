//! Everything that people read, in each language.
//!
//! The other layers hold phrases with typed values; only this room puts them into words. Each
//! language matches the enums of phrases exhaustively, so a phrase that one of them lacks does not
//! compile. Words that other programs read (CSV titles, JSON, keys, codes) are the same in every
//! language and do not come from here.

mod command;
mod en;
mod language;
mod meant;
pub mod number;
mod plural;
mod ru;
mod shown;
mod units;

pub use command::{Kept, Phrase, Summary};
pub use language::Language;
use language::Unit;

use crate::diagnostic::{Problem, Relation, Severity};

/// A diagnostic in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What is wrong.
    pub title: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// The message of a problem.
pub fn message(problem: &Problem, language: Language) -> Message {
    match language {
        Language::English => en::findings::message_of(problem),
        Language::Russian => ru::findings::message_of(problem),
    }
}

/// What a related place has to do with a finding.
pub fn related(relation: Relation, language: Language) -> &'static str {
    match language {
        Language::English => en::findings::related(relation),
        Language::Russian => ru::findings::related(relation),
    }
}

/// The word before a finding: `error`.
pub fn severity(severity: Severity, language: Language) -> &'static str {
    match language {
        Language::English => en::findings::severity(severity),
        Language::Russian => ru::findings::severity(severity),
    }
}

/// The word before how a finding is mended: `help`.
pub fn help(language: Language) -> &'static str {
    match language {
        Language::English => en::findings::HELP,
        Language::Russian => ru::findings::HELP,
    }
}
