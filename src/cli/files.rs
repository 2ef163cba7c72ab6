//! Files whole or not at all.
//!
//! Everything is written to temporary files in the target folder first and renamed at the end; so a
//! full disk, a panic or a signal leaves what was there.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;

/// A file to be written.
pub(super) struct Content {
    /// Its name in the folder.
    pub(super) name: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// Refuses a folder that holds one of the files already, unless `force`.
pub(super) fn refuse_overwriting(
    folder: &Path,
    names: &[&str],
    force: bool,
) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        let reason = "is not a folder".to_owned();
        return Err(Failure::Output { path: folder.display().to_string(), reason });
    }
    let there = names.iter().map(|name| folder.join(name)).find(|path| path.exists());
    match there {
        Some(path) if !force => Err(Failure::Output {
            path: path.display().to_string(),
            reason: "is there already: --force writes over it".to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Writes all files into a folder, which is made if it is missing.
pub(super) fn write(folder: &Path, contents: &[Content], force: bool) -> Result<(), Failure> {
    let failed =
        |path: &Path, error: &std::io::Error| Failure::output(path.display().to_string(), error);
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::new();
    for content in contents {
        let path = folder.join(&content.name);
        let file = temporary(folder, &content.bytes).map_err(|error| failed(&path, &error))?;
        written.push((file, path));
    }
    for (file, path) in written {
        let kept = if force {
            file.persist(&path).map_err(|error| error.error)
        } else {
            file.persist_noclobber(&path).map_err(|error| error.error)
        };
        kept.map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// Writes one file; its folder is made if it is missing.
pub(super) fn write_one(path: &Path, bytes: Vec<u8>, force: bool) -> Result<(), Failure> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return Err(Failure::Usage(format!("{}: is not the name of a file", path.display())));
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    refuse_overwriting(folder, &[name], force)?;
    write(folder, &[Content { name: name.to_owned(), bytes }], force)
}

fn temporary(folder: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".voronka-");
    #[cfg(unix)]
    {
        // As any new file: the user's umask takes what it takes.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}
