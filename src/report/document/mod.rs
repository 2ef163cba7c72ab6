//! A result as one document for other programs: values under keys, in a fixed order.
//!
//! It says what a document holds and not how it is written; `render::json` writes it.

mod run;
mod solve;

pub(super) use run::files;
pub use run::{Beside, RunDocument, Written};
pub use solve::solve_document;

use super::block::Table;
use super::phrase::Phrase;

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// There is none.
    Missing,
    /// A text.
    Text(String),
    /// Words, which are English in every document.
    Phrase(Phrase),
    /// A whole number.
    Whole(u64),
    /// A number, with all its digits.
    Number(f64),
    /// Values in their order.
    List(Vec<Field>),
    /// Values under keys, in their order.
    Map(Vec<(String, Field)>),
    /// The rows of a table, with its titles as keys.
    Rows(Table),
}

impl From<&str> for Field {
    fn from(text: &str) -> Field {
        Field::Text(text.to_owned())
    }
}

impl From<String> for Field {
    fn from(text: String) -> Field {
        Field::Text(text)
    }
}

impl From<Phrase> for Field {
    fn from(phrase: Phrase) -> Field {
        Field::Phrase(phrase)
    }
}

impl From<u64> for Field {
    fn from(count: u64) -> Field {
        Field::Whole(count)
    }
}

impl From<usize> for Field {
    fn from(count: usize) -> Field {
        Field::Whole(count as u64)
    }
}

impl From<f64> for Field {
    fn from(number: f64) -> Field {
        Field::Number(number)
    }
}

impl From<Table> for Field {
    fn from(table: Table) -> Field {
        Field::Rows(table)
    }
}

impl<T: Into<Field>> From<Option<T>> for Field {
    fn from(value: Option<T>) -> Field {
        value.map_or(Field::Missing, Into::into)
    }
}

impl<T: Into<Field>> FromIterator<T> for Field {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Field {
        Field::List(values.into_iter().map(Into::into).collect())
    }
}

/// Values under keys.
pub(in crate::report) fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Field)>) -> Field {
    Field::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}
