//! Exports, event logs and histories of stages: what is understood of them.

mod bad_files;
mod command;
mod formats;
mod histories;
mod hostile;
mod real;
mod systems;
mod traps;
mod words;

use std::path::PathBuf;

use tempfile::TempDir;
use voronka::records::deals::{Deal, Moment};
use voronka::records::options::{Options, Role};
use voronka::records::refusal::Refusal;
use voronka::records::understood::{Understood, Use};
use voronka::records::{Reading, moment, read};

/// Reads bytes as a file of this name.
fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    let folder = TempDir::new().unwrap();
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&path, options)
}

/// Reads a text with options; it must be sound.
fn with(text: &str, options: &Options) -> Reading {
    read_bytes("deals.csv", text.as_bytes(), options).unwrap()
}

/// Reads a text that must be sound.
fn sound(text: &str) -> Reading {
    with(text, &Options::default())
}

/// Reads a text that must be refused.
fn refused(text: &str) -> Refusal {
    read_bytes("deals.csv", text.as_bytes(), &Options::default()).unwrap_err()
}

/// A moment as ISO writes it, as deals hold it.
#[allow(clippy::unnecessary_wraps)] // fields of deals are options
fn at(text: &str) -> Option<Moment> {
    Some(moment(text).unwrap())
}

/// The deal with this id.
fn deal<'r>(reading: &'r Reading, id: &str) -> &'r Deal {
    reading.deals.deals.iter().find(|deal| deal.id == id).unwrap()
}

/// The name of the column with a role.
fn column(understood: &Understood, role: Role) -> Option<&str> {
    let column = understood.columns.iter().find(|column| column.used == Use::Role(role));
    column.map(|column| column.name.as_str())
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}
