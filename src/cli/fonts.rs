//! Fonts of the machine, for the PNG of names in scripts that the embedded font lacks.
//!
//! They are searched only if a letter is missing, always in the same order, so one machine always draws the same
//! bytes. Two machines may draw such letters differently; in an SVG the viewer chooses the font.

use std::path::{Path, PathBuf};

use super::terminal::tell;
use crate::render::chart::{ChartError, StandIns, missing_letters};

/// Folders below a folder of fonts that are looked into.
const DEEPEST: usize = 6;
/// Font files that are looked at.
const MOST_FILES: usize = 3_000;
/// Larger files are left alone.
const MOST_BYTES: u64 = 60_000_000;
/// Letters that a warning names.
const NAMED: usize = 12;

/// Fonts for the letters of charts, as SVG documents, that the embedded font lacks; says on standard error which ones no
/// font has.
pub(super) fn stand_ins<'s>(
    documents: impl Iterator<Item = &'s str>,
) -> Result<StandIns, ChartError> {
    let mut missing = missing_letters(documents)?;
    let mut found = StandIns::default();
    if missing.is_empty() {
        return Ok(found);
    }
    for path in font_files() {
        if missing.is_empty() {
            break;
        }
        let small = path.metadata().is_ok_and(|data| data.len() <= MOST_BYTES);
        if let Some(bytes) = small.then(|| std::fs::read(&path).ok()).flatten() {
            found.take(bytes, &mut missing);
        }
    }
    if !missing.is_empty() {
        let letters: String = missing.iter().take(NAMED).collect();
        let more = if missing.len() > NAMED { " and others" } else { "" };
        tell(&format!(
            "warning: the PNG pictures show boxes for {letters}{more}, which no font that was found can draw; the \
             SVG pictures keep the text\n"
        ));
    }
    Ok(found)
}

/// The font files of the machine: upright ones of regular weight first, then in the order of their paths.
fn font_files() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"]
            .map(PathBuf::from)
            .into();
    folders.extend(std::env::var_os("WINDIR").map(|folder| Path::new(&folder).join("Fonts")));
    if let Some(home) = std::env::var_os("HOME") {
        let home = Path::new(&home);
        folders.extend([".local/share/fonts", ".fonts", "Library/Fonts"].map(|f| home.join(f)));
    }
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(folder, DEEPEST, &mut files));
    files.sort();
    let is_special = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        let special = ["bold", "italic", "oblique", "mono", "light", "thin", "black", "serif"];
        special.iter().any(|word| name.contains(word))
    };
    files.sort_by_key(is_special);
    files
}

fn collect(folder: &Path, deep: usize, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_dir() && deep > 0 {
            collect(&path, deep - 1, files);
        } else if matches!(extension.as_str(), "ttf" | "otf" | "ttc") && files.len() < MOST_FILES {
            files.push(path);
        }
    }
}
