//! Exports, event logs and histories of stages: what is understood of them.

mod real;
mod systems;

use std::path::PathBuf;

use tempfile::TempDir;
use voronka::records::options::Options;
use voronka::records::refusal::Refusal;
use voronka::records::{Reading, read};

/// Reads bytes as a file of this name.
fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Result<Reading, Refusal> {
    let folder = TempDir::new().unwrap();
    let path: PathBuf = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&path, options)
}

/// Reads a text that must be sound.
fn sound(text: &str) -> Reading {
    read_bytes("deals.csv", text.as_bytes(), &Options::default()).unwrap()
}

/// Reads a text that must be refused.
fn refused(text: &str) -> Refusal {
    read_bytes("deals.csv", text.as_bytes(), &Options::default()).unwrap_err()
}
