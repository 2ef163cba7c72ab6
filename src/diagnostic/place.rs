//! Places: spans of bytes in a source text.

use std::fmt;

/// The number of a source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u16);

/// A span of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The source.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// Line and column, both from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A text that places point into: a file, or a value of the command line.
#[derive(Debug, Clone, Default)]
pub struct SourceFile {
    /// The name to print: a path as given by the user, or `--set`.
    pub name: String,
    /// The text.
    pub text: String,
}

/// All texts that a model came from; places refer to them by number.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text and returns its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push(SourceFile { name: name.into(), text: text.into() });
        FileId((self.files.len() - 1) as u16)
    }

    /// The text of a place.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[usize::from(id.0)]
    }

    /// All texts, the model first.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// Line and column of the start of a place.
    pub fn position(&self, place: Place) -> Position {
        let text = &self.file(place.file).text;
        let start = text.floor_char_boundary((place.start as usize).min(text.len()));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_of_any_script() {
        let mut sources = Sources::default();
        let file = sources.add("m.yaml", "a: 1\nотказ: много\n");
        let start = sources.file(file).text.find("много").unwrap() as u32;
        let place = Place { file, start, end: start + 10 };
        assert_eq!(sources.position(place), Position { line: 2, column: 8 });
    }
}
