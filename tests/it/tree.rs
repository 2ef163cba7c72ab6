//! A folder as it is: its paths, and the bytes of its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Larger files are compared by their length alone.
const LARGEST: u64 = 16 << 20;

/// What is known of a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text(Vec<u8>),
    Large(u64),
    /// A folder, a link, or a pipe.
    Other,
}

/// Everything below a folder.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Kind> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let meta = path.symlink_metadata().unwrap();
        let kind = if meta.is_file() && meta.len() > LARGEST {
            Kind::Large(meta.len())
        } else if meta.is_file() {
            fs::read(&path).map_or(Kind::Large(meta.len()), Kind::Text)
        } else {
            Kind::Other
        };
        if meta.is_dir() {
            found.extend(tree(&path));
        }
        found.insert(path, kind);
    }
    found
}
