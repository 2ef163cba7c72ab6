//! External tables: currently one column of numbers from a CSV file beside the model.
//!
//! A model may name only files inside its own folder: no absolute paths, no parent folders, no
//! links that lead outside. So a model from an unknown source cannot read other files.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::ColumnFault;
use crate::quantity::{DAY_MICROS, Length, MINOR_UNITS, parse_number};

/// Files larger than this, in MiB, are refused.
const LARGEST_MIB: u64 = 16;

/// Reads one column of numbers; durations may have a unit, and a bare number means days.
///
/// Returns microseconds for durations and hundredths of the currency for money.
pub fn column(
    folder: Option<&Path>,
    path: &str,
    column: &str,
    time: bool,
) -> Result<Vec<f64>, ColumnFault> {
    let path = inside(folder, path)?;
    let size = std::fs::metadata(&path).map_err(|error| unreadable(&error))?;
    if !size.is_file() || size.len() > LARGEST_MIB << 20 {
        return Err(ColumnFault::NotAFile { most_mib: LARGEST_MIB });
    }
    let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&error))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let bad =
        |row: usize, error: &csv::Error| ColumnFault::BadRow { row, reason: error.to_string() };
    let header = reader.headers().map_err(|error| bad(1, &error))?.clone();
    let Some(at) = header.iter().position(|name| name.trim() == column) else {
        let found = header.iter().map(str::to_owned).collect();
        return Err(ColumnFault::NoColumn { column: column.to_owned(), found });
    };
    let mut values = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let row = index + 2;
        let record = record.map_err(|error| bad(row, &error))?;
        let cell = record.get(at).unwrap_or_default();
        let value = if time {
            let days =
                parse_number(cell).or_else(|_| Length::parse(cell).map(Length::nominal_days));
            days.map(|days| days * DAY_MICROS as f64)
        } else {
            parse_number(cell).map(|amount| amount * MINOR_UNITS)
        };
        match value {
            Ok(value) if !time || value >= 0.0 => values.push(value),
            Ok(_) => return Err(ColumnFault::NegativeTime { row }),
            Err(fault) => return Err(ColumnFault::BadCell { row, cell: cell.to_owned(), fault }),
        }
    }
    Ok(values)
}

fn unreadable(error: &std::io::Error) -> ColumnFault {
    ColumnFault::Unreadable { reason: error.to_string() }
}

fn inside(folder: Option<&Path>, path: &str) -> Result<PathBuf, ColumnFault> {
    let relative = Path::new(path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(ColumnFault::Outside);
    }
    let folder = folder.ok_or(ColumnFault::Outside)?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = folder.canonicalize().map_err(|error| unreadable(&error))?;
    let full = folder.join(relative).canonicalize().map_err(|error| unreadable(&error))?;
    if full.starts_with(&folder) { Ok(full) } else { Err(ColumnFault::Outside) }
}
