//! The earlier versions that models are checked against: files, or what git keeps.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::failure::Failure;
use crate::cli::reading::loaded;
use crate::diagnostic::FileFault;
use crate::model::{Loaded, Override, read_file};

/// What models are checked against.
#[derive(Debug, clap::Args)]
pub(super) struct VersionArguments {
    /// Compares with an earlier version, a file or a folder of files with the same paths: shows findings that are new,
    /// and warns of KPIs that became worse beyond chance
    #[arg(long, value_name = "OLD")]
    against: Option<PathBuf>,
    /// The same with a revision of git, such as main or HEAD~1
    #[arg(long, value_name = "REV", conflicts_with = "against")]
    against_git: Option<String>,
}

impl VersionArguments {
    /// Whether there is something to compare with.
    pub(super) fn is_asked(&self) -> bool {
        self.against.is_some() || self.against_git.is_some()
    }

    /// The earlier version of a file; none where it is new.
    pub(super) fn of(&self, name: &str, changes: &[Override]) -> Result<Option<Loaded>, Failure> {
        if let Some(old) = &self.against {
            let old = if old.is_dir() { old.join(name) } else { old.clone() };
            let shown = old.to_string_lossy();
            return match read_file(&shown) {
                Err(FileFault::NoSuchFile { .. }) if self.is_folder() => Ok(None),
                Err(_) => Err(Failure::Usage(format!("--against: {shown} cannot be read"))),
                text => Ok(Some(loaded(&shown, text, changes))),
            };
        }
        let Some(revision) = &self.against_git else { return Ok(None) };
        let path = Path::new(name);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let git = |arguments: &[&str]| {
            let mut command = Command::new("git");
            command.arg("-C").arg(folder.unwrap_or(Path::new("."))).args(arguments);
            command.output().map_err(|error| Failure::Usage(format!("--against-git: git: {error}")))
        };
        let known = git(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
        if revision.starts_with('-') || !known.status.success() {
            return Err(Failure::Usage(format!("--against-git: git knows no revision {revision}")));
        }
        let shown = git(&["show", &format!("{revision}:./{file}")])?;
        if !shown.status.success() {
            return Ok(None);
        }
        let text = String::from_utf8(shown.stdout).map_err(|_| FileFault::NotText);
        Ok(Some(loaded(&format!("{name}@{revision}"), text, changes)))
    }

    fn is_folder(&self) -> bool {
        self.against.as_ref().is_some_and(|old| old.is_dir())
    }
}
