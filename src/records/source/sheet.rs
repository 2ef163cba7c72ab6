//! Workbooks: the cells of one sheet as text.

use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Range, Reader, SheetVisible, Xls, Xlsx, XlsxError};
use csv::StringRecord;
use flate2::read::MultiGzDecoder;

use super::{Refusal, unreadable};

/// What is read of a workbook.
pub(super) struct Sheet {
    /// The name of the sheet.
    pub(super) name: String,
    /// Its rows with their numbers.
    pub(super) rows: Vec<(u64, StringRecord)>,
    /// How many other sheets have rows below their first one, where nobody said which sheet to read.
    pub(super) others: u64,
}

/// What stands behind the first heading of a ZIP archive that LibreOffice wrote.
const OPEN_DOCUMENT: &[u8] = b"mimetypeapplication/vnd.oasis";

/// Whether a file is a workbook: a ZIP archive, or the binary format before it.
pub(super) fn is_workbook(sample: &[u8]) -> bool {
    sample.starts_with(b"PK\x03\x04") || sample.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// Reads the named sheet, or of those that are not hidden the one with the most cells.
pub(super) fn read(path: &Path, packed: bool, wanted: Option<&str>) -> Result<Sheet, Refusal> {
    let mut bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    if packed {
        let mut unpacked = Vec::new();
        let read = MultiGzDecoder::new(&bytes[..]).read_to_end(&mut unpacked);
        read.map_err(|error| unreadable(&error))?;
        bytes = unpacked;
    }
    let is_old = bytes.starts_with(&[0xd0, 0xcf]);
    let is_open_document = bytes.get(30..).is_some_and(|rest| rest.starts_with(OPEN_DOCUMENT));
    let bytes = Cursor::new(bytes);
    if is_old {
        let mut book = Xls::new(bytes).map_err(|error| bad(&error))?;
        let names = (book.sheet_names(), visible(book.sheets_metadata()));
        return sheet((&names.0, &names.1), wanted, |name| {
            book.worksheet_range(name).map_err(|error| bad(&error))
        });
    }
    let mut book = Xlsx::new(bytes).map_err(|error| match error {
        XlsxError::FileNotFound(part) if part == "_rels/.rels" && !is_open_document => {
            Refusal::IsAnArchive
        }
        error => bad(&error),
    })?;
    let names = (book.sheet_names(), visible(book.sheets_metadata()));
    sheet((&names.0, &names.1), wanted, |name| {
        book.worksheet_range(name).map_err(|error| bad(&error))
    })
}

fn bad(error: &impl ToString) -> Refusal {
    Refusal::BadWorkbook { reason: error.to_string() }
}

/// The names of sheets that are not hidden.
fn visible(sheets: &[calamine::Sheet]) -> Vec<String> {
    let visible = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    visible.map(|sheet| sheet.name.clone()).collect()
}

/// The named one of all sheets, or the one with the most cells of those that are visible, the first one of equals: a cover
/// has few.
fn sheet(
    (names, visible): (&[String], &[String]),
    wanted: Option<&str>,
    mut range: impl FnMut(&str) -> Result<Range<Data>, Refusal>,
) -> Result<Sheet, Refusal> {
    let mut others = 0;
    let name = match wanted {
        Some(wanted) if names.iter().any(|name| name == wanted) => wanted.to_owned(),
        Some(wanted) => {
            return Err(Refusal::NoSuchSheet { sheet: wanted.to_owned(), found: names.to_vec() });
        }
        None => {
            let mut largest: Option<(usize, &String)> = None;
            for name in visible {
                let Ok(range) = range(name) else { continue };
                let cells = range.used_cells().count();
                others += u64::from(range.height() > 1);
                if largest.is_none_or(|(most, _)| cells > most) {
                    largest = Some((cells, name));
                }
            }
            others = others.saturating_sub(1);
            largest.map(|(_, name)| name).or(names.first()).cloned().ok_or(Refusal::Empty)?
        }
    };
    let range = range(&name)?;
    let first = range.start().map_or(0, |(row, _)| row);
    let rows = range.rows().enumerate().map(|(at, cells)| {
        let row = u64::from(first) + at as u64 + 1;
        (row, cells.iter().map(text).collect::<Vec<String>>().into())
    });
    Ok(Sheet { rows: rows.collect(), name, others })
}

/// A cell as it would stand in CSV.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        // A whole number beyond 2^53 has lost digits, which the exponent shows.
        Data::Float(number) if number.abs() >= 9e15 => format!("{number:E}"),
        // With an exponent, the point is a decimal sign whatever the text cells of the column have.
        Data::Float(number) if number.fract() != 0.0 => format!("{number:E}"),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        Data::Error(error) => error.to_string(),
    }
}
