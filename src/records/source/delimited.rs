//! CSV and its relatives: the separator is found, and rows know their lines.

use std::io::Read;

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};

use super::{Place, Refusal, Row, TITLES, unreadable};
use crate::records::refusal::RowFault;

/// Rows by which a separator is found.
const ROWS: usize = 100;

/// The separator under which the first rows have the same number of cells most often, and more than one.
pub(super) fn delimiter(text: &str) -> u8 {
    // As Excel writes it for itself.
    if let Some(sign) = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        return sign;
    }
    let score = |delimiter: u8| {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        let mut reader = builder.from_reader(text.as_bytes());
        let rows = reader.records().take(ROWS).map_while(Result::ok);
        let cells: Vec<usize> = rows.map(|row| row.len()).collect();
        let columns = cells.first().copied().unwrap_or(0);
        let alike = cells.iter().filter(|count| **count == columns).count();
        if columns < 2 { (0, 0) } else { (alike, columns) }
    };
    let signs = [b',', b';', b'\t', b'|'];
    // Of equal scores the first sign counts.
    signs.into_iter().rev().max_by_key(|sign| score(*sign)).unwrap_or(b',')
}

/// Rows of separated cells.
pub(in crate::records) struct Delimited {
    reader: Reader<Box<dyn Read>>,
    row: u64,
    delimiter: char,
    /// Whether lines end with two signs.
    is_crlf: bool,
    /// Cells of the widest of the first rows.
    columns: usize,
    /// The row that was read ahead, to know whether the one before it was the last.
    ahead: Option<(Place, StringRecord)>,
    is_open: bool,
}

impl Delimited {
    /// The rows of this text.
    pub(super) fn new(text: Box<dyn Read>, delimiter: u8, is_crlf: bool) -> Delimited {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        let reader = builder.buffer_capacity(1 << 18).from_reader(text);
        Delimited {
            reader,
            row: 0,
            delimiter: char::from(delimiter),
            is_crlf,
            columns: 0,
            ahead: None,
            is_open: true,
        }
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Refusal> {
        if self.row == 0 {
            self.ahead = self.read(StringRecord::new())?;
            if self.ahead.as_ref().is_some_and(|(_, cells)| is_note_of_excel(cells)) {
                self.ahead = self.read(StringRecord::new())?;
            }
        }
        let Some((place, cells)) = self.ahead.take() else { return Ok(false) };
        let spare = std::mem::replace(&mut row.cells, cells);
        row.place = place;
        if self.is_open {
            self.ahead = self.read(spare)?;
        }
        // The last cell of the last row goes to the end of the file: its quote was never closed.
        let last = row.cells.get(row.cells.len().saturating_sub(1)).unwrap_or_default();
        if self.ahead.is_none() && last.ends_with(['\n', '\r']) {
            return Err(Refusal::BadRow { place, fault: RowFault::OpenQuote });
        }
        // A title above the heading may have several cells, too.
        if place.row <= TITLES as u64 + 1 {
            self.columns = self.columns.max(row.cells.len());
        }
        if self.swallows_rows(&row.cells) {
            return Err(Refusal::BadRow { place, fault: RowFault::SwallowsRows });
        }
        Ok(true)
    }

    /// Whether a cell holds whole rows: a quote was never closed, and the next one in the same column
    /// ended the cell. Such a cell has the separators of the rest of its row, of the rows between, and
    /// of the last row before the same column.
    fn swallows_rows(&self, cells: &StringRecord) -> bool {
        let has_rows = |(at, cell): (usize, &str)| {
            let separators = |line: &str| line.matches(self.delimiter).count();
            let mut lines = cell.split('\n');
            let (Some(first), Some(last)) = (lines.next(), lines.next_back()) else { return false };
            separators(first) + at + 1 == self.columns
                && separators(last) == at
                && lines.all(|line| separators(line) + 1 == self.columns)
        };
        self.columns > 2
            && cells.as_slice().contains('\n')
            && cells.iter().enumerate().any(has_rows)
    }

    /// The line on which a row begins that was just read. The reader says on which one it stands: behind the row and the sign
    /// that ended it, before the second sign of a line that ends with two. Before the row there may have been empty lines.
    fn first_line(&self, cells: &StringRecord) -> u64 {
        let inside = cells.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
        let behind = self.reader.position().line();
        behind.saturating_sub(inside + u64::from(!self.is_crlf))
    }

    fn read(&mut self, mut cells: StringRecord) -> Result<Option<(Place, StringRecord)>, Refusal> {
        let before = self.reader.position().line();
        match self.reader.read_record(&mut cells) {
            Ok(true) => {
                self.row += 1;
                let line = self.first_line(&cells).max(before);
                Ok(Some((Place { row: self.row, line: Some(line) }, cells)))
            }
            Ok(false) => {
                self.is_open = false;
                Ok(None)
            }
            Err(error) => {
                let place = Place { row: self.row + 1, line: Some(before) };
                Err(match error.into_kind() {
                    ErrorKind::Io(error) => unreadable(&error),
                    _ => Refusal::BadRow { place, fault: RowFault::Undecodable },
                })
            }
        }
    }
}

/// The line `sep=;` that Excel writes for itself.
fn is_note_of_excel(cells: &StringRecord) -> bool {
    cells.get(0).is_some_and(|cell| cell.starts_with("sep="))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_makes_a_table() {
        assert_eq!(delimiter("id;sum\n1;1,5\n2;2,5\n"), b';');
        assert_eq!(delimiter("id,name\n1,\"a;b;c\"\n"), b',');
        assert_eq!(delimiter("id\tname\n1\ta, b\n"), b'\t');
        assert_eq!(delimiter("sep=;\nid;a\n"), b';');
        assert_eq!(delimiter("id|a|b\n1|2|3\n"), b'|');
    }
}
