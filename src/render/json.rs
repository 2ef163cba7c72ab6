//! Tables as JSON: an array of objects, numbers as numbers, `null` where there is none.

use serde_json::{Map, Number, Value};

use super::number::without_noise;
use crate::report::{Cell, Table};

/// The rows as objects.
pub fn rows(table: &Table) -> Value {
    let object = |row: &Vec<Cell>| {
        let titles = table.columns.iter().map(|column| column.title.clone());
        Value::Object(titles.zip(row.iter().map(value)).collect::<Map<_, _>>())
    };
    Value::Array(table.rows.iter().map(object).collect())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) | Cell::Name(text) | Cell::Code(text) => Value::String(text.clone()),
        Cell::Number { value, .. } | Cell::Plain(value) | Cell::Bar(value) => {
            // JSON has no number for it.
            let infinite = Some(Value::from("inf")).filter(|_| *value == f64::INFINITY);
            let number = || Number::from_f64(without_noise(*value)).map(Value::Number);
            infinite.or_else(number).unwrap_or(Value::Null)
        }
        Cell::Whole(value) => Value::Number((*value).into()),
    }
}
