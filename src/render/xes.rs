//! A table of events as XES (IEEE 1849-2016): what process-mining tools exchange.
//!
//! Rows of one `case:concept:name` are a trace; columns that begin with `case:` are its attributes,
//! all others those of its events. An event without an end is one of the start, or, where there is no
//! start either, of the schedule. Names are data: the writer escapes them, and characters that XML
//! cannot hold are shown as they are shown on a terminal.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesStart, Event};

use super::visible;
use crate::report::{Cell, Column, Table, Title};

/// Longer names are cut.
const LONGEST: usize = 10_000;

/// Writes a log; rows of one deal must follow each other.
pub fn write(table: &Table) -> Result<Vec<u8>, std::io::Error> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut log = BytesStart::new("log");
    log.push_attribute(("xes.version", "1849-2016"));
    log.push_attribute(("xes.features", ""));
    log.push_attribute(("xmlns", "http://www.xes-standard.org/"));
    writer.write_event(Event::Start(log.borrow()))?;
    for (name, prefix) in [
        ("Concept", "concept"),
        ("Time", "time"),
        ("Organizational", "org"),
        ("Lifecycle", "lifecycle"),
    ] {
        let mut extension = BytesStart::new("extension");
        extension.push_attribute(("name", name));
        extension.push_attribute(("prefix", prefix));
        let uri = format!("http://www.xes-standard.org/{prefix}.xesext");
        extension.push_attribute(("uri", uri.as_str()));
        writer.write_event(Event::Empty(extension))?;
    }
    for rows in table.rows.chunk_by(|a, b| a[0] == b[0]) {
        trace(&mut writer, table, rows)?;
    }
    writer.write_event(Event::End(log.to_end()))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn trace(
    writer: &mut Writer<Vec<u8>>,
    table: &Table,
    rows: &[Vec<Cell>],
) -> Result<(), std::io::Error> {
    let trace = BytesStart::new("trace");
    writer.write_event(Event::Start(trace.borrow()))?;
    for (column, cell) in table.columns.iter().zip(&rows[0]) {
        if let Some(key) = key(column).strip_prefix("case:") {
            attribute(writer, key, cell)?;
        }
    }
    for row in rows {
        let event = BytesStart::new("event");
        writer.write_event(Event::Start(event.borrow()))?;
        let (transition, moment) = last_known(table, row);
        for (column, cell) in table.columns.iter().zip(row) {
            let cell = if key(column) == LAST { moment } else { cell };
            if !key(column).starts_with("case:") {
                attribute(writer, key(column), cell)?;
            }
        }
        attribute(writer, "lifecycle:transition", &Cell::text(transition))?;
        writer.write_event(Event::End(event.to_end()))?;
    }
    writer.write_event(Event::End(trace.to_end()))
}

/// The column of the end of an event.
const LAST: &str = "time:timestamp";

/// How far an event has come, and since when.
fn last_known<'a>(table: &Table, row: &'a [Cell]) -> (&'static str, &'a Cell) {
    let cell =
        |name: &str| table.columns.iter().position(|one| key(one) == name).map(|at| &row[at]);
    let steps = [(LAST, "complete"), ("start_timestamp", "start"), ("ready_timestamp", "schedule")];
    let known = steps.into_iter().filter_map(|(name, step)| Some((step, cell(name)?)));
    known.into_iter().find(|(_, cell)| **cell != Cell::Empty).unwrap_or(("complete", &Cell::Empty))
}

/// The key of a column; a column for people has none.
fn key(column: &Column) -> &str {
    match &column.title {
        Title::Word(word) => word,
        Title::Empty | Title::Phrase(_) => "",
    }
}

/// One attribute; an empty name is none.
fn attribute(writer: &mut Writer<Vec<u8>>, key: &str, cell: &Cell) -> Result<(), std::io::Error> {
    let (kind, value) = match cell {
        Cell::Text(text) if key.ends_with("timestamp") => ("date", text.clone()),
        Cell::Text(text) | Cell::Name(text) if !text.is_empty() => {
            ("string", visible(text, LONGEST))
        }
        Cell::Plain(number) => ("float", number.to_string()),
        Cell::Whole(number) => ("int", number.to_string()),
        _ => return Ok(()),
    };
    let mut element = BytesStart::new(kind);
    element.push_attribute(("key", visible(key, LONGEST).as_str()));
    element.push_attribute(("value", value.as_str()));
    writer.write_event(Event::Empty(element))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_are_data() {
        let mut table = Table::new(&["case:concept:name", "concept:name", "time:timestamp"]);
        let name = "\"><script>\u{1b}[31m&\u{fffe}\u{ffff}\u{2028}";
        table.rows.push(vec![
            Cell::Name("site 1".to_owned()),
            Cell::Name(name.to_owned()),
            Cell::text("2026-01-12T09:00:00.000000+00:00"),
        ]);
        let text = String::from_utf8(write(&table).unwrap()).unwrap();
        assert!(!text.contains("<script>") && !text.contains('\u{1b}'), "{text}");
        assert!(!text.contains(['\u{fffe}', '\u{ffff}', '\u{2028}']), "{text}");
        assert!(text.contains("<date key=\"time:timestamp\""), "{text}");
        assert_eq!(text.matches("<trace>").count(), 1);
    }

    #[test]
    fn what_goes_on_has_started_or_waits() {
        let mut table = Table::new(&[
            "case:concept:name",
            "start_timestamp",
            "time:timestamp",
            "ready_timestamp",
        ]);
        let (case, at) = (Cell::Name("site 1".to_owned()), |hour| {
            Cell::text(format!("2026-01-12T0{hour}:00:00.000000+00:00"))
        });
        table.rows.push(vec![case.clone(), at(2), at(3), at(1)]);
        table.rows.push(vec![case.clone(), at(5), Cell::Empty, at(4)]);
        table.rows.push(vec![case, Cell::Empty, Cell::Empty, at(6)]);
        let text = String::from_utf8(write(&table).unwrap()).unwrap();
        let values = |key: &str| -> Vec<String> {
            let before = format!("key=\"{key}\" value=\"");
            let found = text.split(&before).skip(1);
            found.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
        };
        assert_eq!(values("lifecycle:transition"), ["complete", "start", "schedule"]);
        let hours: Vec<String> =
            values("time:timestamp").iter().map(|time| time[11..13].to_owned()).collect();
        assert_eq!(hours, ["03", "05", "06"]);
    }
}
