//! Invalid values, names, shares and distributions.

use thiserror::Error;

use super::Wanted;
use crate::calendar::HoursFault;
use crate::quantity::NumberFault;
use crate::random::distribution::BadDistribution;

/// What a name refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A stage.
    Stage,
    /// A stage or an end.
    StageOrEnd,
    /// A source of deals.
    Source,
    /// A loss reason.
    Reason,
    /// A role.
    Role,
    /// A department of roles.
    Department,
    /// A person of a role.
    Person,
    /// An activity of a stage.
    Activity,
    /// A thing that sales call for.
    Item,
    /// A promise.
    Promise,
    /// A calendar.
    Calendar,
    /// An attribute of deals.
    Attribute,
    /// A value of an attribute.
    Value,
    /// A deal of a test.
    Deal,
}

/// Why a column of a data file could not be read.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ColumnFault {
    /// The path is absolute, leads to a parent folder, or leaves the model's folder.
    #[error("data files are read only from the model's own folder, by a relative path")]
    Outside,
    /// A folder, a device, or a file that is too large.
    #[error("not a file of at most {most_mib} MiB")]
    NotAFile {
        /// The greatest size, in MiB.
        most_mib: u64,
    },
    /// A system error, such as a missing file, a missing permission, or a text that is not UTF-8.
    #[error("{reason}")]
    Unreadable {
        /// The system's message.
        reason: String,
    },
    /// No column of this name.
    #[error("no column {column:?}; the file has {found:?}")]
    NoColumn {
        /// The wanted column.
        column: String,
        /// The columns of the file.
        found: Vec<String>,
    },
    /// Two columns have this name.
    #[error("two columns are called {column:?}")]
    TwoColumns {
        /// The wanted column.
        column: String,
    },
    /// A row that is not CSV, in the parser's words.
    #[error("row {row}: {reason}")]
    BadRow {
        /// Row in the file; the header is row 1.
        row: usize,
        /// The parser's message.
        reason: String,
    },
    /// A duration below zero.
    #[error("row {row}: a negative duration")]
    NegativeTime {
        /// Row in the file.
        row: usize,
    },
    /// A cell that is not a number of this kind.
    #[error("row {row}: {cell:?}: {fault}")]
    BadCell {
        /// Row in the file.
        row: usize,
        /// The text of the cell.
        cell: String,
        /// The reason.
        fault: NumberFault,
    },
}

/// What is wrong with one value: codes `V201` to `V399`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum ValueFault {
    Number {
        text: String,
        wanted: Wanted,
        fault: NumberFault,
    },
    /// A share per period without its sign.
    PercentOfRate {
        text: String,
        written: String,
    },
    /// The parameters of a distribution without their names, and how to write them.
    Unnamed {
        family: String,
        written: String,
        certain: bool,
    },
    BadDate {
        text: String,
    },
    /// Days from one to another in one text, and how they are written.
    DateSpan {
        text: String,
        written: String,
    },
    UnknownWord {
        text: String,
        wanted: Wanted,
        nearest: Option<String>,
        known: Vec<String>,
    },
    Below {
        text: String,
        least: f64,
    },
    Above {
        text: String,
        most: f64,
    },
    EmptyList,
    EmptyCondition,
    TooShort {
        text: String,
    },
    BeyondCalendar {
        key: &'static str,
    },
    DataFile {
        fault: ColumnFault,
    },
    BadHours {
        text: String,
        fault: HoursFault,
    },
    BadMoment {
        text: String,
    },
    UnknownZone {
        name: String,
        nearest: Option<String>,
        place: Option<&'static str>,
    },
    UnsortedSteps,
    DateOrder {
        earlier: &'static str,
        later: &'static str,
    },
    /// `known`: the names to choose from, where they are few.
    UnknownName {
        kind: NameKind,
        name: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    /// `as_reason`: how to write it if it is a loss reason.
    UnknownStage {
        name: String,
        nearest: Option<String>,
        unreached: Option<String>,
        as_reason: Option<String>,
    },
    ReservedAttribute {
        name: String,
    },
    /// `of_lost`: how the reasons are written as shares of the lost, where these are too much; `apart`: the differences of
    /// shares that rise to 100 %.
    SharesSum {
        sum: f64,
        of_lost: Option<String>,
        apart: Option<String>,
    },
    SeveralRests,
    SeveralVarying,
    UnknownFamily {
        name: String,
        nearest: Option<String>,
        known: &'static [&'static str],
    },
    BadParameters {
        fault: BadDistribution,
        of_time: bool,
    },
    NegativeTime,
}

impl ValueFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            ValueFault::Number { .. } | ValueFault::PercentOfRate { .. } => "V201",
            ValueFault::BadDate { .. } | ValueFault::DateSpan { .. } => "V202",
            ValueFault::UnknownWord { .. } => "V203",
            ValueFault::Below { .. } => "V204",
            ValueFault::EmptyList => "V205",
            ValueFault::UnsortedSteps | ValueFault::DateOrder { .. } => "V206",
            ValueFault::DataFile { .. } => "V207",
            ValueFault::BadHours { .. } => "V208",
            ValueFault::BadMoment { .. } => "V209",
            ValueFault::UnknownZone { .. } => "V210",
            ValueFault::TooShort { .. } => "V211",
            ValueFault::BeyondCalendar { .. } => "V212",
            ValueFault::EmptyCondition => "V213",
            ValueFault::Above { .. } => "V214",
            ValueFault::UnknownName { .. } | ValueFault::UnknownStage { .. } => "V301",
            ValueFault::ReservedAttribute { .. } => "V303",
            ValueFault::SharesSum { .. } => "V311",
            ValueFault::SeveralRests => "V312",
            ValueFault::SeveralVarying => "V313",
            ValueFault::Unnamed { .. } => "V108",
            ValueFault::UnknownFamily { .. } => "V321",
            ValueFault::BadParameters { .. } => "V322",
            ValueFault::NegativeTime => "V323",
        }
    }
}
