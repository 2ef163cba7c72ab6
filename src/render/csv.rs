//! Tables as CSV: plain numbers, and text that no spreadsheet takes for a formula.

use super::number::{plain, without_noise};
use crate::report::{Cell, Table};

/// The table as CSV with a header line.
///
/// Text that begins with a character that starts a formula gets an apostrophe in front (CWE-1236),
/// unless `raw` is asked for.
pub fn write(table: &Table, raw: bool) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    let written = writer.write_record(&header);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| text(cell, raw)).collect();
        let written = writer.write_record(&cells);
        debug_assert!(written.is_ok(), "rows are as long as the header");
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn text(cell: &Cell, raw: bool) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Name(text) | Cell::Code(text) if raw => text.clone(),
        Cell::Text(text) | Cell::Name(text) | Cell::Code(text) => inert(text),
        Cell::Number { value, .. } | Cell::Plain(value) | Cell::Bar(value) => {
            plain(without_noise(*value))
        }
        Cell::Whole(value) => value.to_string(),
    }
}

fn inert(text: &str) -> String {
    let starts_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
    if starts_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_start_a_formula_and_numbers_stay_numbers() {
        let mut table = Table::new(&["name", "#value"]);
        table.rows.push(vec![Cell::Name("=cmd()".into()), Cell::Plain(-1.5)]);
        table.rows.push(vec![Cell::Name("a, \"b\"".into()), Cell::Empty]);
        assert_eq!(write(&table, false), "name,value\n'=cmd(),-1.5\n\"a, \"\"b\"\"\",\n");
        assert!(write(&table, true).contains("\n=cmd(),"));
    }
}
