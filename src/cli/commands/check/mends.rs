//! Mends of the files of a check: written back to them, or shown as a difference.

use std::io::IsTerminal;
use std::path::Path;

use similar::TextDiff;

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::reading::folder;
use crate::cli::terminal::{language, print, tell};
use crate::diagnostic::Diagnostic;
use crate::model::Override;
use crate::render::findings::inert_lines;
use crate::render::words::Told;
use crate::study::mend::{Origin, mend};
use crate::study::testing::Examined;

/// More mends in one file are counted and not tried: each round of tries reads the file again.
const MOST_TRIED: usize = 100;

/// What becomes of findings that can be mended.
#[derive(Debug, clap::Args)]
pub(super) struct MendArguments {
    /// Corrects mistakes in the files if it is clear what was meant, such as `60` for `60%`; the rest of a file stays as it is
    #[arg(long)]
    fix: bool,
    /// Shows what --fix would change, as a unified diff, and changes nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// Also makes likely corrections, which may be wrong
    #[arg(long)]
    unsafe_fixes: bool,
}

/// A file that was mended.
pub(super) struct Change {
    before: String,
    after: String,
    count: usize,
}

impl MendArguments {
    /// Whether a file is mended at all.
    fn is_asked(&self) -> bool {
        self.fix || self.diff
    }

    /// Whether only differences are shown.
    pub(super) fn shows(&self) -> bool {
        self.diff
    }

    /// Refuses guesses without a mend, and a mend of what has no file.
    pub(super) fn check_usage(&self, paths: &[String]) -> Result<(), Failure> {
        let refuse = |text: &str| Err(Failure::Usage(text.to_owned()));
        if self.unsafe_fixes && !self.is_asked() {
            return refuse("--unsafe-fixes: add --fix, or --diff to see them first");
        }
        if self.fix && paths.iter().any(|path| path == "-") {
            return refuse("--fix: standard input cannot be written back: --diff shows the mends");
        }
        Ok(())
    }

    /// What is left to find in a file after mending, and the change; nothing where no mend does good.
    pub(super) fn mended(
        &self,
        path: &str,
        text: &str,
        examined: &Examined,
        changes: &[Override],
    ) -> Option<(Examined, Change)> {
        let found = &examined.loaded.diagnostics;
        if !self.is_asked() || found.iter().all(|found| found.mend.is_none()) {
            return None;
        }
        let mended =
            mend(text, Origin { name: path, changes, folder: folder(path) }, self.unsafe_fixes);
        let change = Change { before: text.to_owned(), after: mended.text, count: mended.count };
        (change.count > 0).then_some((mended.examined, change))
    }

    /// How many findings of a file `--fix` would mend: the mends are tried, because one may stand in the way of another, and
    /// a mend may bring to light what it hid. None where files are mended anyway.
    pub(super) fn possible(
        &self,
        path: &str,
        text: &str,
        examined: &Examined,
        changes: &[Override],
    ) -> usize {
        let found = &examined.loaded.diagnostics;
        let is_certain = |found: &&Diagnostic| found.mend.as_ref().is_some_and(|mend| mend.certain);
        match found.iter().filter(is_certain).count() {
            0 => 0,
            _ if self.is_asked() => 0,
            many if many > MOST_TRIED => many,
            _ => mend(text, Origin { name: path, changes, folder: folder(path) }, false).count,
        }
    }

    /// Writes a change to its file, or shows it.
    pub(super) fn apply(&self, path: &str, change: &Change) -> Result<(), Failure> {
        let Change { before, after, count } = change;
        let (file, count) = (path, *count);
        if self.fix {
            files::rewrite(Path::new(path), after.as_bytes())?;
            tell(&language().tell(Told::Mended { file, count }));
            return Ok(());
        }
        let diff = TextDiff::from_lines(before.as_str(), after.as_str());
        let shown = diff.unified_diff().header(path, path).to_string();
        tell(&language().tell(Told::WouldMend { file, count }));
        // Whoever pipes a difference wants to apply it, so that its bytes must be those of the file.
        let is_seen = std::io::stdout().is_terminal();
        let shown = if is_seen { inert_lines(&shown) } else { shown };
        match print(&shown) {
            Ok(()) | Err(Failure::ClosedPipe) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}
