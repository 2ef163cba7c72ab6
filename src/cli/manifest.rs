//! Which files of a folder are ours: the list that `run.json` or `sweep.json` keeps, with a checksum of each.
//!
//! A later run replaces what an earlier one wrote as a set. Only a file that is on the list and still holds
//! what was written is ever removed: what a user put in its place, or edited, stays.

use std::path::Path;

use serde_json::Value;

use super::content::Content;
use crate::random::key::Fnv;
use crate::report::Written;

/// The file that keeps the list of a run.
pub(super) const FILE: &str = "run.json";

/// Removes a file that an earlier run wrote if it is still what was written.
pub(super) fn remove(written: &Written, folder: &Path) {
    let path = folder.join(&written.name);
    let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
    let is_ours = || std::fs::read(&path).is_ok_and(|bytes| checksum(&bytes) == written.checksum);
    if is_file && is_ours() {
        std::fs::remove_file(&path).ok();
    }
}

/// The list, as the file holds it.
pub(super) fn list(contents: &[Content]) -> Vec<Written> {
    let entry = |content: &Content| Written {
        name: content.name.clone(),
        checksum: checksum(&content.bytes),
    };
    contents.iter().map(entry).collect()
}

/// What an earlier run wrote into a folder by the list in this file; nothing where none says so.
pub(super) fn read(folder: &Path, list: &str) -> Vec<Written> {
    let text = std::fs::read(folder.join(list)).unwrap_or_default();
    let value: Value = serde_json::from_slice(&text).unwrap_or_default();
    if value.get("voronka").is_none() {
        return Vec::new();
    }
    let files = value.get("files").and_then(Value::as_array).into_iter().flatten();
    let written = files.filter_map(|entry| {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Written { name: text("name")?, checksum: text("checksum")? })
    });
    // A name is that of a file in this folder, not a path out of it.
    let is_name = |name: &str| Path::new(name).file_name().is_some_and(|file| file == name);
    written.filter(|written| is_name(&written.name)).collect()
}

/// Enough to see that somebody edited a file.
fn checksum(bytes: &[u8]) -> String {
    format!("{:016x}", Fnv::of(bytes))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_files_of_this_folder_that_are_as_written_are_removed() {
        let folder = tempfile::TempDir::new().unwrap();
        let outside = folder.path().join("outside.csv");
        let inner = folder.path().join("out");
        std::fs::create_dir(&inner).unwrap();
        for path in [&outside, &inner.join("a.csv"), &inner.join("b.csv"), &inner.join("c.csv")] {
            std::fs::write(path, "x").unwrap();
        }
        let content = |name: &str| Content { name: name.to_owned(), bytes: b"x".to_vec() };
        let files = list(&[content("a.csv"), content("b.csv"), content("../outside.csv")]);
        let entry = |file: &Written| json!({"name": file.name, "checksum": file.checksum});
        let files: Vec<Value> = files.iter().map(entry).collect();
        let text = json!({"voronka": "0", "files": files}).to_string();
        std::fs::write(inner.join(FILE), text).unwrap();
        std::fs::write(inner.join("b.csv"), "edited").unwrap();
        read(&inner, FILE).iter().for_each(|written| remove(written, &inner));
        let is_there = |path: &Path| path.exists();
        assert!(is_there(&outside) && is_there(&inner.join("b.csv")));
        assert!(is_there(&inner.join("c.csv")) && !is_there(&inner.join("a.csv")));
    }

    #[test]
    fn a_folder_without_a_list_has_nothing_of_ours() {
        let folder = tempfile::TempDir::new().unwrap();
        assert_eq!(read(folder.path(), FILE), []);
        std::fs::write(folder.path().join(FILE), "{\"files\": [{\"name\": \"a\"}]}").unwrap();
        assert_eq!(read(folder.path(), FILE), []);
    }
}
