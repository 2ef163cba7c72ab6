//! Questions about several versions of a model at once.

mod compare;
mod plan;
mod sensitivity;
mod sweep;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

fn voronka(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_voronka")).args(arguments).output().unwrap()
}

/// What a command that must succeed prints.
fn printed(arguments: &[&str]) -> String {
    let output = voronka(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// A model in a file.
fn model_in(folder: &TempDir, text: &str) -> String {
    let path = folder.path().join("model.yaml");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// A shipped model or example.
fn shipped(name: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    path.display().to_string()
}

/// The rows of a CSV text, each as its cells; the first one has the titles.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A column by its title.
fn column(rows: &[Vec<String>], title: &str) -> usize {
    rows[0].iter().position(|other| other == title).unwrap_or_else(|| panic!("{title}"))
}

/// The files of a folder with their names, in the order of these.
fn files_in(folder: &str) -> Vec<(String, Vec<u8>)> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let mut files: Vec<(String, Vec<u8>)> =
        paths.map(|path| (name(&path), std::fs::read(&path).unwrap())).collect();
    files.sort();
    files
}
