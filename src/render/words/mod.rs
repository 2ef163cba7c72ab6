//! Everything that people read, in each language.
//!
//! The other layers hold phrases with typed values; only this room puts them into words. Each
//! language matches the enums of phrases exhaustively, so a phrase that one of them lacks does not
//! compile. Words that other programs read (CSV titles, JSON, keys, codes) are the same in every
//! language and do not come from here.

mod command;
pub(super) mod drawn;
mod en;
mod fitting;
mod language;
pub mod number;
mod piece;
mod plural;
mod refusal;
mod ru;
mod shown;

pub use command::{Kept, Summary, Told};
pub use language::Language;
use language::Unit;
pub use piece::{Piece, join};
pub use refusal::Refusal;

use super::visible;
use crate::diagnostic::{Measured, Problem, Relation, Severity};
use crate::report::phrase::Phrase;

/// Letters of a name that are shown at all.
const LONGEST: usize = 10_000;

/// A phrase in words.
pub fn say(phrase: &Phrase, language: Language) -> Vec<Piece> {
    match language {
        Language::English => en::say(phrase),
        Language::Russian => ru::say(phrase),
    }
}

/// A phrase as plain text, its numbers rounded; names are made harmless.
///
/// ```
/// use voronka::render::words::{Language, text};
/// use voronka::report::phrase::{Finding, share};
/// let finding = Finding::LosesMost { stage: "Звонок".to_owned(), share: share(0.415), before_sale: false };
/// let text = |language| text(&finding.clone().into(), language);
/// assert_eq!(text(Language::English), "Звонок loses 42 % of all lost deals");
/// assert_eq!(text(Language::Russian), "На этапе Звонок теряется 42 % всех проигранных сделок");
/// ```
pub fn text(phrase: &Phrase, language: Language) -> String {
    join(say(phrase, language).iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Name(name) => visible(name, LONGEST),
        Piece::Code(code) => format!("`{}`", visible(code, LONGEST)),
        Piece::Number(number) => language.number(number),
    }))
}

/// A chance as small whole numbers: 1 in 10, 3 in 10.
fn one_in(p: f64) -> Option<(u64, u64)> {
    let whole = |x: f64| (x - x.round()).abs() < 1e-6;
    if whole(1.0 / p) {
        Some((1, (1.0 / p).round() as u64))
    } else {
        whole(p * 10.0).then(|| ((p * 10.0).round() as u64, 10))
    }
}

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

/// How the text of a mend comes into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Instead of what stands there.
    Replaced,
    /// Between what stands there.
    Inserted,
    /// Instead of what stands there, if the guess is right.
    Perhaps,
}

/// How a finding is mended by a text.
pub fn mend(text: &str, how: Written, language: Language) -> String {
    let text = shown::show(text);
    match (language, how) {
        (Language::English, Written::Replaced) => format!("here: {text}"),
        (Language::English, Written::Inserted) => format!("here: add {text}"),
        (Language::English, Written::Perhaps) => format!("perhaps here: {text}"),
        (Language::Russian, Written::Replaced) => format!("здесь: {text}"),
        (Language::Russian, Written::Inserted) => format!("здесь: добавьте {text}"),
        (Language::Russian, Written::Perhaps) => format!("возможно, здесь: {text}"),
    }
}

/// That a promise about a KPI holds, with what was found.
pub fn holds(measured: &Measured, language: Language) -> String {
    match language {
        Language::English => en::findings::holds(measured),
        Language::Russian => ru::findings::holds(measured),
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
