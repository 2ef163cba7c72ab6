//! The finished points of a sweep that may be interrupted.
//!
//! Each point is a line of one file: a checksum, then its name and what was observed, as JSON. A
//! line that was cut short or changed fails its checksum, and its point is simulated again. Whether
//! a point is that of the present model and options is for the study to say; its name has the
//! version of the program.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::model::Override;
use crate::random::key::Fnv;
use crate::study::observations::Observations;

/// The file, beside the results.
const FILE: &str = "sweep.partial";

/// The points of an earlier start that are done, and the file to which further ones are added.
pub(super) struct Kept {
    path: PathBuf,
    file: File,
    found: HashMap<String, Observations>,
}

/// The name of a point.
pub(super) fn name(changes: &[Override]) -> String {
    let change = |change: &Override| format!(" {change}");
    let changes: String = changes.iter().map(change).collect();
    format!("{}{changes}", env!("CARGO_PKG_VERSION"))
}

impl Kept {
    /// Reads the points that the folder keeps.
    pub(super) fn open(folder: &Path) -> Result<Kept, Failure> {
        let path = folder.join(FILE);
        let text = std::fs::read(&path).unwrap_or_default();
        let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        let read: Vec<_> = lines.iter().filter_map(|line| Some((*line, read(line)?))).collect();
        if read.len() < lines.len() {
            // Without the damaged lines, or the next one would be added to a torn one.
            let whole: Vec<u8> = read.iter().flat_map(|(line, _)| *line).copied().collect();
            files::rewrite(&path, &whole)?;
        }
        let found = read.into_iter().map(|(_, point)| point).collect();
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.map_err(|error| Failure::output(path.display().to_string(), &error))?;
        Ok(Kept { path, file, found })
    }

    /// The folder.
    pub(super) fn folder(&self) -> String {
        files::folder_of(&self.path).display().to_string()
    }

    /// What was observed at a point, if it is kept.
    pub(super) fn take(&mut self, name: &str) -> Option<Observations> {
        self.found.remove(name)
    }

    /// Keeps a point.
    pub(super) fn add(&mut self, name: &str, observations: &Observations) -> Result<(), Failure> {
        let failed =
            |error: &std::io::Error| Failure::output(self.path.display().to_string(), error);
        let json = serde_json::to_string(&(name, observations))
            .map_err(|error| failed(&std::io::Error::from(error)))?;
        let line = format!("{:016x} {json}\n", Fnv::of(json.as_bytes()));
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(|error| failed(&error))
    }

    /// Removes the file: the results are written.
    pub(super) fn remove(&self) {
        std::fs::remove_file(&self.path).ok();
    }
}

/// A line; `None` if it is not as it was written.
fn read(line: &[u8]) -> Option<(String, Observations)> {
    let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (checksum, json) = text.split_once(' ')?;
    let is_whole = format!("{:016x}", Fnv::of(json.as_bytes())) == checksum;
    is_whole.then(|| serde_json::from_str(json).ok()).flatten()
}
