//! Documents and tables as JSON: numbers as numbers, `null` where there is none. Its words are English.

use serde_json::{Map, Number, Value};

use super::number::without_noise;
use super::terminal::title;
use super::words::{self, Language};
use crate::report::{self, Cell, Field, Table};

/// A document as an indented text.
pub fn document(document: &Field) -> String {
    text(&field(document))
}

/// A value as an indented text that ends with its line.
pub(super) fn text(value: &Value) -> String {
    format!("{value:#}\n")
}

fn field(document: &Field) -> Value {
    match document {
        Field::Missing => Value::Null,
        Field::Text(text) => Value::from(text.as_str()),
        Field::Phrase(phrase) => Value::from(words::text(phrase, Language::English)),
        Field::Whole(count) => Value::from(*count),
        Field::Number(number) => Value::from(*number),
        Field::List(fields) => Value::Array(fields.iter().map(field).collect()),
        Field::Map(entries) => {
            let entry = |(key, value): &(String, Field)| (key.clone(), field(value));
            Value::Object(entries.iter().map(entry).collect())
        }
        Field::Rows(table) => rows(table),
    }
}

/// The rows as objects.
fn rows(table: &Table) -> Value {
    let object = |row: &Vec<Cell>| {
        let titles = table.columns.iter().map(|column| title(&column.title, Language::English));
        Value::Object(titles.zip(row.iter().map(value)).collect::<Map<_, _>>())
    };
    Value::Array(table.rows.iter().map(object).collect())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) | Cell::Name(text) => Value::String(text.clone()),
        Cell::Phrase(phrase) => Value::String(words::text(phrase, Language::English)),
        Cell::Number(report::Number { value, .. }) | Cell::Plain(value) | Cell::Bar(value) => {
            // JSON has no number for it.
            let infinite = Some(Value::from("inf")).filter(|_| *value == f64::INFINITY);
            let number = || Number::from_f64(without_noise(*value)).map(Value::Number);
            infinite.or_else(number).unwrap_or(Value::Null)
        }
        Cell::Whole(value) => Value::Number((*value).into()),
    }
}
