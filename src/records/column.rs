//! One column of numbers from a CSV file beside the model.
//!
//! A model may name only files inside its own folder: no absolute paths, no parent folders, no
//! links that lead outside. So a model from an unknown source cannot read other files.

use std::path::{Component, Path, PathBuf};

use crate::diagnostic::ColumnFault;
use crate::quantity::{
    DAY_MICROS, LONGEST_DAYS, Length, MINOR_UNITS, MOST_MONEY, NumberFault, parse_number,
};

/// Files larger than this, in MiB, are refused.
const LARGEST_MIB: u64 = 16;

/// Reads one column of numbers of a file inside `folder`; see [`values`].
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
    values(&text, column, time)
}

/// Reads one column of numbers from CSV text; durations may have a unit, and a bare number means days.
///
/// Returns microseconds for durations and hundredths of the currency for money.
pub fn values(text: &str, column: &str, time: bool) -> Result<Vec<f64>, ColumnFault> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let bad =
        |row: usize, error: &csv::Error| ColumnFault::BadRow { row, reason: error.to_string() };
    let header = reader.headers().map_err(|error| bad(1, &error))?.clone();
    let mut named = (0..header.len()).filter(|at| header[*at].trim() == column);
    let (at, other) = (named.next(), named.next());
    let (column, found) = (column.to_owned(), || header.iter().map(str::to_owned).collect());
    let at = at.ok_or_else(|| ColumnFault::NoColumn { column: column.clone(), found: found() })?;
    if other.is_some() {
        return Err(ColumnFault::TwoColumns { column });
    }
    let mut values = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let row = index + 2;
        let record = record.map_err(|error| bad(row, &error))?;
        let cell = record.get(at).unwrap_or_default();
        let value = if time { micros(cell) } else { hundredths(cell) };
        match value {
            Ok(value) if !time || value >= 0.0 => values.push(value),
            Ok(_) => return Err(ColumnFault::NegativeTime { row }),
            Err(fault) => return Err(ColumnFault::BadCell { row, cell: cell.to_owned(), fault }),
        }
    }
    Ok(values)
}

/// A duration in microseconds, within the limits of durations of a model; below zero, if it is so.
fn micros(cell: &str) -> Result<f64, NumberFault> {
    let days = parse_number(cell).or_else(|_| {
        let length = Length::parse(cell)?;
        if length.is_working() { Err(NumberFault::WorkingTime) } else { Ok(length.nominal_days()) }
    })?;
    if days > LONGEST_DAYS { Err(NumberFault::TooLong) } else { Ok(days * DAY_MICROS as f64) }
}

/// An amount in hundredths of the currency, within the limits of amounts of a model.
fn hundredths(cell: &str) -> Result<f64, NumberFault> {
    let amount = parse_number(cell)?;
    if amount.abs() > MOST_MONEY {
        return Err(NumberFault::TooLarge { most: MOST_MONEY });
    }
    Ok(amount * MINOR_UNITS)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_the_limits_of_a_model() {
        let of = |cell: &str, time| values(&format!("x\n{cell}\n"), "x", time);
        let fault = |fault| move |found: &Result<Vec<f64>, ColumnFault>| matches!(found, Err(ColumnFault::BadCell { fault: found, .. }) if *found == fault);
        assert_eq!(of("1d 12h", true), Ok(vec![1.5 * DAY_MICROS as f64]));
        assert_eq!(of("-3.5", false), Ok(vec![-350.0]));
        assert!(fault(NumberFault::WorkingTime)(&of("3 working days", true)));
        assert!(fault(NumberFault::TooLong)(&of("1e9", true)));
        assert!(fault(NumberFault::TooLarge { most: MOST_MONEY })(&of("1e16", false)));
        assert!(matches!(of("-1", true), Err(ColumnFault::NegativeTime { row: 2 })));
    }

    #[test]
    fn a_column_whose_name_stands_twice_is_refused() {
        let column = "x".to_owned();
        assert_eq!(values("x,y,x\n1,2,3\n", "x", false), Err(ColumnFault::TwoColumns { column }));
        assert_eq!(values("x,y,y\n1,2,3\n", "x", false), Ok(vec![100.0]));
    }
}
