//! Tables from outside: for now one column of numbers from a CSV file beside the model.
//!
//! A model may name files of its own folder only: no absolute paths, no way up, no link that
//! leads out; so a model from a stranger cannot read what its folder does not hold.

use std::path::{Component, Path, PathBuf};

use thiserror::Error;

use crate::quantity::{DAY_MICROS, Length, MINOR_UNITS, parse_number};

/// Files beyond this size are refused.
const LARGEST: u64 = 16 << 20;

/// Why a column could not be read.
#[derive(Debug, Error)]
pub enum BadColumn {
    /// The path is absolute, goes up, or leads out of the model's folder.
    #[error("data files are read only from the model's own folder, by a relative path")]
    Outside,
    /// No such file, no permission, too large.
    #[error("{0}")]
    Unreadable(String),
    /// No column of this name.
    #[error("no column {column:?}; the file has {found:?}")]
    NoColumn {
        /// What was asked for.
        column: String,
        /// What is there.
        found: Vec<String>,
    },
    /// A row that is not CSV, or a cell that is not a number of this kind.
    #[error("row {row}: {what}")]
    BadRow {
        /// Row in the file, the header being 1.
        row: usize,
        /// What is wrong with it.
        what: String,
    },
}

/// Reads one column of numbers; durations may be written with a unit, a bare number is days.
///
/// Returns microseconds for durations and hundredths of the currency for money.
pub fn column(
    folder: Option<&Path>,
    path: &str,
    column: &str,
    time: bool,
) -> Result<Vec<f64>, BadColumn> {
    let path = inside(folder, path)?;
    let unreadable = |error: std::io::Error| BadColumn::Unreadable(error.to_string());
    let size = std::fs::metadata(&path).map_err(unreadable)?;
    if !size.is_file() || size.len() > LARGEST {
        return Err(BadColumn::Unreadable("not a file of at most 16 MiB".into()));
    }
    let text = std::fs::read_to_string(&path).map_err(unreadable)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let bad = |row: usize, what: String| BadColumn::BadRow { row, what };
    let header = reader.headers().map_err(|e| bad(1, e.to_string()))?.clone();
    let Some(at) = header.iter().position(|name| name.trim() == column) else {
        let found = header.iter().map(str::to_owned).collect();
        return Err(BadColumn::NoColumn { column: column.to_owned(), found });
    };
    let mut values = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let row = index + 2;
        let record = record.map_err(|e| bad(row, e.to_string()))?;
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
            Ok(_) => return Err(bad(row, "a negative duration".into())),
            Err(fault) => return Err(bad(row, format!("{cell:?}: {fault}"))),
        }
    }
    Ok(values)
}

fn inside(folder: Option<&Path>, path: &str) -> Result<PathBuf, BadColumn> {
    let relative = Path::new(path);
    if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(BadColumn::Outside);
    }
    let folder = folder.ok_or(BadColumn::Outside)?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let unreadable = |error: std::io::Error| BadColumn::Unreadable(error.to_string());
    let folder = folder.canonicalize().map_err(unreadable)?;
    let full = folder.join(relative).canonicalize().map_err(unreadable)?;
    if full.starts_with(&folder) { Ok(full) } else { Err(BadColumn::Outside) }
}
