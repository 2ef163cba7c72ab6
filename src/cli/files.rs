//! Files whole or not at all.
//!
//! A [`Place`] is made and tried before the simulation, so that no time is lost if its results cannot be
//! written. Everything is written to temporary files in the target folder first and renamed at the end. So a
//! full disk, a panic or a signal leaves the old files unchanged, and a folder that was made in vain is removed.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::content::Content;
use super::failure::Failure;
use super::manifest;
use crate::render::words::Refusal;
use crate::report::Written;

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
        std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        temporary(folder, &vec![b' '; TRIED]).map_err(|error| failed(folder, &error))?;
        Ok(place)
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes all files under temporary names.
    pub(super) fn stage(&self, contents: &[Content]) -> Result<Staged<'_>, Failure> {
        let stage = |content: &Content| {
            let path = self.folder.join(&content.name);
            match temporary(&self.folder, &content.bytes) {
                Ok(file) => Ok((file, path)),
                Err(error) => Err(failed(&path, &error)),
            }
        };
        let files = contents.iter().map(stage).collect::<Result<_, Failure>>()?;
        Ok(Staged { place: self, files, replaced: Vec::new() })
    }

    /// Writes the files of a run under temporary names, to stand in place of those that an earlier run wrote there; the file
    /// `list` has their list.
    pub(super) fn stage_run(
        &self,
        contents: &[Content],
        list: &str,
    ) -> Result<Staged<'_>, Failure> {
        let mut replaced = manifest::read(&self.folder, list);
        replaced.retain(|old| contents.iter().all(|content| content.name != old.name));
        Ok(Staged { replaced, ..self.stage(contents)? })
    }
}

/// Files that are written, but not yet under their names. They are removed unless they are kept.
#[must_use]
pub(super) struct Staged<'a> {
    place: &'a Place,
    /// Closed, for a run may have more of them than a process may have open.
    files: Vec<(TempPath, PathBuf)>,
    /// Files of an earlier run that go.
    replaced: Vec<Written>,
}

impl Staged<'_> {
    /// Gives all files their names. If one cannot have its name, those that stand where there was nothing go again.
    pub(super) fn keep(self) -> Result<(), Failure> {
        let mut new: Vec<PathBuf> = Vec::new();
        for (file, path) in self.files {
            let is_new = path.symlink_metadata().is_err();
            let kept = if self.place.force {
                file.persist(&path).map_err(|error| error.error)
            } else {
                file.persist_noclobber(&path).map_err(|error| error.error)
            };
            if let Err(error) = kept {
                for path in &new {
                    std::fs::remove_file(path).ok();
                }
                return Err(failed(&path, &error));
            }
            if is_new {
                new.push(path);
            }
        }
        for old in &self.replaced {
            manifest::remove(old, &self.place.folder);
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
        // A device or a pipe would be replaced by a file; a link is, but only by one to a file.
        match path.metadata() {
            Ok(found) if found.is_dir() => return Err(Failure::place(&path, Refusal::IsAFolder)),
            Ok(found) if !found.is_file() => return Err(Failure::place(&path, Refusal::NotAFile)),
            _ if force || path.symlink_metadata().is_err() => {}
            _ => return Err(Failure::place(&path, Refusal::Exists)),
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
    place.stage(&[Content { name: name.to_owned(), bytes }])?.keep()
}

/// Refuses to write over the model that was read.
pub(super) fn refuse_input(output: &Path, model: &str) -> Result<(), Failure> {
    let same = matches!((output.canonicalize(), Path::new(model).canonicalize()), (Ok(one), Ok(other)) if one == other);
    let path = output.display().to_string();
    if same { Err(Failure::usage(Refusal::IsTheModel(&path))) } else { Ok(()) }
}

/// Writes another text into a file that is there: whole or not at all, with the permissions that it has. A link stays
/// one, and the file that it leads to is written.
pub(super) fn rewrite(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| failed(path, error);
    let real = path.canonicalize().map_err(|error| failed(&error))?;
    let permissions = real.metadata().map_err(|error| failed(&error))?.permissions();
    if permissions.readonly() {
        return Err(Failure::place(path, Refusal::ReadOnly));
    }
    let file = temporary(folder_of(&real), bytes).map_err(|error| failed(&error))?;
    std::fs::set_permissions(&file, permissions).map_err(|error| failed(&error))?;
    file.persist(&real).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// The folder in which a file lies.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::output(path.display().to_string(), error)
}

fn temporary(folder: &Path, bytes: &[u8]) -> std::io::Result<TempPath> {
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
    Ok(file.into_temp_path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_meanwhile_leaves_none_of_the_other_files() {
        let folder = tempfile::TempDir::new().unwrap();
        let content = |name: &str| Content { name: name.to_owned(), bytes: b"ours".to_vec() };
        let place = Place::prepare(folder.path(), &["a", "b", "c"], false).unwrap();
        let staged = place.stage(&["a", "b", "c"].map(content)).unwrap();
        std::fs::write(folder.path().join("b"), "theirs").unwrap();
        assert!(matches!(staged.keep(), Err(Failure::Output { .. })));
        let left =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(left.collect::<Vec<_>>(), ["b"]);
        assert_eq!(std::fs::read_to_string(folder.path().join("b")).unwrap(), "theirs");
    }
}
