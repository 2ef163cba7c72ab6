//! Files whole or not at all.
//!
//! A [`Place`] is made and tried before the simulation, so that no time is lost if its results cannot be
//! written. Everything is written to temporary files in the target folder first and renamed at the end. So a
//! full disk, a panic or a signal leaves the old files unchanged, and a folder that was made in vain is removed.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::content::Content;
use super::failure::Failure;
use super::manifest;
use crate::render::words::Refusal;

/// Bytes that a place must have room for; the files of a run take more.
const TRIED: usize = 32 * 1024;

/// A folder to which files can be written.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    force: bool,
    /// Folders that were made for it, the outermost first.
    made: Vec<PathBuf>,
}

impl Place {
    /// Makes the folder, refuses to write over files unless `force`, and tries to write.
    pub(super) fn prepare(folder: &Path, names: &[&str], force: bool) -> Result<Place, Failure> {
        refuse_overwriting(folder, names, force)?;
        let missing = folder.ancestors().take_while(|path| !path.as_os_str().is_empty());
        let mut made: Vec<PathBuf> =
            missing.take_while(|path| !path.exists()).map(Path::to_path_buf).collect();
        made.reverse();
        let place = Place { folder: folder.to_path_buf(), force, made };
        let failed = |error: &std::io::Error| Failure::output(folder.display().to_string(), error);
        std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        temporary(folder, &vec![b' '; TRIED]).map_err(|error| failed(&error))?;
        Ok(place)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes all files.
    pub(super) fn write(&self, contents: &[Content]) -> Result<(), Failure> {
        let failed = |path: &Path, error: &std::io::Error| {
            Failure::output(path.display().to_string(), error)
        };
        let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::new();
        for content in contents {
            let path = self.folder.join(&content.name);
            let file =
                temporary(&self.folder, &content.bytes).map_err(|error| failed(&path, &error))?;
            written.push((file, path));
        }
        for (file, path) in written {
            let kept = if self.force {
                file.persist(&path).map_err(|error| error.error)
            } else {
                file.persist_noclobber(&path).map_err(|error| error.error)
            };
            kept.map_err(|error| failed(&path, &error))?;
        }
        Ok(())
    }

    /// Writes the files of a run in place of those that an earlier run wrote there; the file `list`
    /// has their list.
    pub(super) fn replace(&self, contents: &[Content], list: &str) -> Result<(), Failure> {
        let before = manifest::read(&self.folder, list);
        self.write(contents)?;
        let stays = |name: &str| contents.iter().any(|content| content.name == name);
        for old in before.iter().filter(|old| !stays(&old.name)) {
            manifest::remove(old, &self.folder);
        }
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Only a folder in which nothing lies can be removed.
        for folder in self.made.iter().rev() {
            std::fs::remove_dir(folder).ok();
        }
    }
}

/// Refuses a folder that holds one of the files already, unless `force`.
fn refuse_overwriting(folder: &Path, names: &[&str], force: bool) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::place(folder, Refusal::NotAFolder));
    }
    for path in names.iter().map(|name| folder.join(name)) {
        match path.symlink_metadata() {
            Ok(found) if found.is_dir() => return Err(Failure::place(&path, Refusal::IsAFolder)),
            Ok(_) if !force => return Err(Failure::place(&path, Refusal::Exists)),
            _ => {}
        }
    }
    Ok(())
}

/// Writes one file; its folder is made if it is missing.
pub(super) fn write_one(path: &Path, bytes: Vec<u8>, force: bool) -> Result<(), Failure> {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
        return Err(Failure::usage(Refusal::NoFileName(&path.display().to_string())));
    };
    let place = Place::prepare(folder_of(path), &[name], force)?;
    place.write(&[Content { name: name.to_owned(), bytes }])
}

/// Writes another text into a file that is there: whole or not at all, with the permissions that it has. A link stays
/// one, and the file that it leads to is written.
pub(super) fn rewrite(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| Failure::output(path.display().to_string(), error);
    let real = path.canonicalize().map_err(|error| failed(&error))?;
    let permissions = real.metadata().map_err(|error| failed(&error))?.permissions();
    if permissions.readonly() {
        return Err(Failure::place(path, Refusal::ReadOnly));
    }
    let file = temporary(folder_of(&real), bytes).map_err(|error| failed(&error))?;
    file.as_file().set_permissions(permissions).map_err(|error| failed(&error))?;
    file.persist(&real).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// The folder in which a file lies.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
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
