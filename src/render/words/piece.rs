//! A phrase in words: text, names, code and numbers in their order.

use crate::report::Number;

/// A part of a phrase that is put into words.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words of ours.
    Text(String),
    /// A name that the modeller chose: never to be taken for markup.
    Name(String),
    /// What is typed at a prompt or into a model, letter by letter.
    Code(String),
    /// A number, unrounded.
    Number(Number),
}

impl From<&str> for Piece {
    fn from(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Piece {
        Piece::Text(text)
    }
}

impl From<&Number> for Piece {
    fn from(number: &Number) -> Piece {
        Piece::Number(number.clone())
    }
}

/// A name that the modeller chose.
pub(super) fn name(name: &str) -> Piece {
    Piece::Name(name.to_owned())
}

/// What is typed at a prompt or into a model.
pub(super) fn code(code: &str) -> Piece {
    Piece::Code(code.to_owned())
}

/// Pieces in their order.
macro_rules! pieces {
    ($($piece:expr),* $(,)?) => { vec![$($crate::render::words::Piece::from($piece)),*] };
}
pub(super) use pieces;

/// Pieces whose first letter is a capital one, as sentences begin.
pub(super) fn capital(mut words: Vec<Piece>) -> Vec<Piece> {
    if let Some(Piece::Text(text)) = words.first_mut() {
        let mut letters = text.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        *text = first.collect::<String>() + letters.as_str();
    }
    words
}

/// Joins pieces that are put into text by spaces, none before a comma, semicolon, full stop or closing
/// bracket. A full stop is not doubled behind an abbreviation.
pub fn join(words: impl IntoIterator<Item = String>) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() && !word.starts_with([',', ';', '.', ')']) {
            line.push(' ');
        }
        let ends_twice = line.ends_with('.') && (word == "." || word.starts_with(". "));
        line.push_str(if ends_twice { &word[1..] } else { &word });
    }
    line
}
