//! Wrong keys and kinds of values.

use super::Wanted;

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// An empty name.
    Empty,
    /// Control characters or direction overrides, which could falsify the output.
    Control,
    /// A word of the language, as a stage called `won`.
    Reserved,
}

/// The kind of value found at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No value.
    Nothing,
    /// One value, not a map or list.
    Scalar,
    /// A list.
    List,
    /// Keys with values.
    Map,
}

/// Why a model that is extended cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExtendsFault {
    /// There is no such file; the name of a similar file, if there is one.
    NoSuchFile {
        /// Its name.
        nearest: Option<String>,
    },
    /// The path leads out of the folder of the file that names it.
    Outside,
    /// The text comes from standard input, which has no folder.
    NoFolder,
    /// The models extend each other.
    Circle,
    /// The file cannot be read.
    Unreadable,
}

/// Where a key belongs that stands one level too deep or too shallow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// In the value of this key.
    Inside(&'static str),
    /// In the stage, on the level of this key.
    Beside(&'static str),
}

/// What is wrong with the keys of a model: codes `V101` to `V199`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum StructureFault {
    DuplicateKey {
        key: String,
    },
    MergeKey,
    UndefinedAnchor {
        name: String,
    },
    UnsupportedTag {
        tag: String,
    },
    MisplacedKey {
        key: String,
        home: Home,
    },
    UnknownKey {
        key: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    NotYet {
        key: String,
    },
    LaterKey {
        key: String,
        example: &'static str,
    },
    LaterCommand {
        key: String,
    },
    NotIndented {
        key: String,
        parent: String,
    },
    TooDeep {
        key: String,
        parent: String,
    },
    MissingKey {
        key: &'static str,
        owner: String,
    },
    WrongKind {
        wanted: Wanted,
        found: Found,
    },
    NamesInList {
        section: String,
        name: String,
    },
    /// One value where a list is needed, or one text where limits are, and how it is written.
    Rewritten {
        text: String,
        written: String,
        wanted: Wanted,
    },
    /// A value in a form of another language or tool, and how it is written; `…` stands for what is not known.
    OtherForm {
        text: String,
        written: String,
        certain: bool,
    },
    NoColon {
        key: String,
        value: String,
    },
    /// A map in quotes, which make a text of it.
    QuotedMap {
        text: String,
    },
    /// A word for a key that is given as well.
    SaysTwice {
        key: String,
        other: String,
    },
    Conflict {
        key: &'static str,
        other: &'static str,
    },
    CannotVary {
        key: String,
    },
    BadName {
        name: String,
        fault: NameFault,
    },
    UnknownPath {
        path: String,
        nearest: Option<String>,
    },
    BadOverride {
        text: String,
    },
    Extends {
        file: String,
        fault: ExtendsFault,
    },
    NothingToChange {
        text: String,
    },
    /// A relative value in another form, and how it is written.
    Factor {
        text: String,
        written: String,
    },
    UnknownScenario {
        name: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    NotInScenario {
        key: String,
    },
    OutsideVisit {
        key: &'static str,
    },
}

impl StructureFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            StructureFault::DuplicateKey { .. } => "V101",
            StructureFault::MergeKey => "V102",
            StructureFault::UndefinedAnchor { .. } => "V103",
            StructureFault::UnsupportedTag { .. } => "V104",
            StructureFault::UnknownKey { .. } | StructureFault::MisplacedKey { .. } => "V105",
            StructureFault::NotYet { .. }
            | StructureFault::LaterKey { .. }
            | StructureFault::LaterCommand { .. } => "V106",
            StructureFault::MissingKey { .. } => "V107",
            StructureFault::WrongKind { .. }
            | StructureFault::NamesInList { .. }
            | StructureFault::Rewritten { .. }
            | StructureFault::OtherForm { .. }
            | StructureFault::QuotedMap { .. }
            | StructureFault::NoColon { .. } => "V108",
            StructureFault::Conflict { .. } | StructureFault::SaysTwice { .. } => "V109",
            StructureFault::CannotVary { .. } => "V110",
            StructureFault::BadName { .. } => "V111",
            StructureFault::UnknownPath { .. } => "V112",
            StructureFault::BadOverride { .. } => "V113",
            StructureFault::NotIndented { .. } | StructureFault::TooDeep { .. } => "V114",
            StructureFault::Extends { .. } => "V115",
            StructureFault::NothingToChange { .. } | StructureFault::Factor { .. } => "V116",
            StructureFault::UnknownScenario { .. } => "V117",
            StructureFault::NotInScenario { .. } => "V118",
            StructureFault::OutsideVisit { .. } => "V119",
        }
    }
}
