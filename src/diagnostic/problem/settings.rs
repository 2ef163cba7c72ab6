//! A `voronka.toml` that cannot be used.

use super::super::pattern::PatternFault;

/// The kind of value that a setting needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKind {
    /// `true` or `false`.
    Truth,
    /// A whole number, at least 1.
    Count,
    /// A list of patterns of paths.
    Paths,
    /// A list of codes.
    Codes,
    /// A table of patterns with their codes.
    PerPath,
}

/// What is wrong with the settings of the checker: codes `V011` to `V015`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum SettingsFault {
    /// The parser's words.
    NotToml {
        message: String,
    },
    UnknownKey {
        key: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    WrongKind {
        wanted: SettingKind,
    },
    BadPath {
        reason: String,
    },
    BadCode {
        code: String,
        fault: PatternFault,
    },
}

impl SettingsFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            SettingsFault::NotToml { .. } => "V011",
            SettingsFault::UnknownKey { .. } => "V012",
            SettingsFault::WrongKind { .. } => "V013",
            SettingsFault::BadPath { .. } => "V014",
            SettingsFault::BadCode { .. } => "V015",
        }
    }
}
