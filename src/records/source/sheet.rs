//! Workbooks: the cells of one sheet as text.

use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use csv::StringRecord;
use flate2::read::MultiGzDecoder;

use super::{Refusal, unreadable};

/// What is read of a workbook.
pub(super) struct Sheet {
    /// The name of the sheet.
    pub(super) name: String,
    /// Its rows with their numbers.
    pub(super) rows: Vec<(u64, StringRecord)>,
}

/// Whether a file is a workbook: a ZIP archive, or the binary format before it.
pub(super) fn is_workbook(sample: &[u8]) -> bool {
    sample.starts_with(b"PK\x03\x04") || sample.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// Reads the named sheet, or the first one that has at least two rows.
pub(super) fn read(path: &Path, packed: bool, wanted: Option<&str>) -> Result<Sheet, Refusal> {
    let mut bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    if packed {
        let mut unpacked = Vec::new();
        let read = MultiGzDecoder::new(&bytes[..]).read_to_end(&mut unpacked);
        read.map_err(|error| unreadable(&error))?;
        bytes = unpacked;
    }
    let bad = |error: calamine::Error| Refusal::BadWorkbook { reason: error.to_string() };
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(bad)?;
    let names = book.sheet_names();
    let name = match wanted {
        Some(wanted) if names.iter().any(|name| name == wanted) => wanted.to_owned(),
        Some(wanted) => {
            return Err(Refusal::NoSuchSheet { sheet: wanted.to_owned(), found: names });
        }
        None => {
            let has_rows =
                |name: &&String| book.worksheet_range(name).is_ok_and(|range| range.height() > 1);
            names.iter().find(has_rows).or(names.first()).cloned().ok_or(Refusal::Empty)?
        }
    };
    let range = book.worksheet_range(&name).map_err(bad)?;
    let first = range.start().map_or(0, |(row, _)| row);
    let rows = range.rows().enumerate().map(|(at, cells)| {
        let row = u64::from(first) + at as u64 + 1;
        (row, cells.iter().map(text).collect::<Vec<String>>().into())
    });
    Ok(Sheet { name, rows: rows.collect() })
}

/// A cell as it would stand in CSV.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        // A whole number beyond 2^53 has lost digits, which the exponent shows.
        Data::Float(number) if number.abs() >= 9e15 => format!("{number:E}"),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        Data::Error(error) => error.to_string(),
    }
}
