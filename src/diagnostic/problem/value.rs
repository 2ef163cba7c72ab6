//! Values, names, shares and distributions that cannot be.

use super::Wanted;
use crate::quantity::NumberFault;
use crate::random::distribution::BadDistribution;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// A stage.
    Stage,
    /// A stage, or how a deal ends.
    StageOrEnd,
    /// A source of deals.
    Source,
    /// A loss reason.
    Reason,
    /// A role.
    Role,
    /// A person of a role.
    Person,
    /// An activity of a stage.
    Activity,
    /// A calendar.
    Calendar,
    /// An attribute of deals.
    Attribute,
    /// A value of an attribute.
    Value,
}

/// What is wrong with one value: codes `V201` to `V399`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum ValueFault {
    Number { text: String, wanted: Wanted, fault: NumberFault },
    BadDate { text: String },
    UnknownWord { text: String, wanted: Wanted, nearest: Option<String>, known: Vec<String> },
    Below { text: String, least: f64 },
    EmptyList,
    EmptyCondition,
    TooShort { text: String },
    BeyondCalendar { key: &'static str },
    DataFile { reason: String },
    BadHours { text: String, why: String },
    BadMoment { text: String },
    UnknownZone { name: String, nearest: Option<String>, place: Option<&'static str> },
    UnsortedSteps,
    DateOrder { earlier: &'static str, later: &'static str },
    UnknownName { kind: NameKind, name: String, nearest: Option<String> },
    UnknownStage { name: String, nearest: Option<String>, unreached: Option<String> },
    ReservedAttribute { name: String },
    SharesSum { sum: f64, of_lost: bool },
    SeveralRests,
    UnknownFamily { name: String, nearest: Option<String> },
    BadParameters { fault: BadDistribution, of_time: bool },
    NegativeTime,
}

impl ValueFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            ValueFault::Number { .. } => "V201",
            ValueFault::BadDate { .. } => "V202",
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
            ValueFault::UnknownName { .. } | ValueFault::UnknownStage { .. } => "V301",
            ValueFault::ReservedAttribute { .. } => "V303",
            ValueFault::SharesSum { .. } => "V311",
            ValueFault::SeveralRests => "V312",
            ValueFault::UnknownFamily { .. } => "V321",
            ValueFault::BadParameters { .. } => "V322",
            ValueFault::NegativeTime => "V323",
        }
    }
}
