//! Probable mistakes in a model that runs.

use super::super::figure::Change;

/// What a KPI needs and a model lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// A `value` of deals.
    Value,
    /// Costs.
    Cost,
    /// Roles with work.
    People,
    /// `targets`.
    Targets,
    /// An `sla` of a stage.
    Sla,
    /// `patience` of a stage.
    Patience,
    /// A limited number of people.
    Limit,
}

/// A probable mistake in a model that runs: codes `V601` to `V699`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum Warning {
    UnreachableStage { stage: String },
    NoEndLoop { stages: Vec<String> },
    NoLossBranch { stages: Vec<String> },
    ManyVisits { stage: String, visits: f64 },
    LookAlike { name: String, other: String },
    CommaInReason { reason: String },
    AbsurdDuration { years: f64 },
    CumulativeShares { shares: Vec<f64> },
    OftenRedrawn { share: f64 },
    NegativeMoney { text: String },
    BooksTwice { stage: String },
    NoArrivals { source: String },
    KpiNotProduced { kpi: String, missing: Needed },
    UnusedReason { reason: String },
    OverlappingHours,
    UnusedRole { role: String },
    Overload { role: String, share: f64, people: u64, enough: u64, patient: bool },
    DayOfWork,
    NothingPromised,
    Worse { change: Box<Change>, compared: usize },
    NoClass { reason: String, nearest: Option<String> },
    UnaskedAttribute { name: String, nearest: String },
    LonelyValue { attribute: String, value: String, nearest: String },
    NeverOpen { role: String, person: Option<String> },
    EntersBehindSale { source: String, stage: String },
    NothingVaries,
    HiddenCase,
    FixedZone { name: String, place: &'static str },
}

impl Warning {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Warning::UnreachableStage { .. } => "V601",
            Warning::NoEndLoop { .. } => "V602",
            Warning::NoLossBranch { .. } => "V603",
            Warning::ManyVisits { .. } => "V604",
            Warning::LookAlike { .. } => "V605",
            Warning::CommaInReason { .. } => "V606",
            Warning::AbsurdDuration { .. } => "V607",
            Warning::CumulativeShares { .. } => "V608",
            Warning::OftenRedrawn { .. } => "V609",
            Warning::NegativeMoney { .. } => "V610",
            Warning::BooksTwice { .. } => "V611",
            Warning::NoArrivals { .. } => "V612",
            Warning::KpiNotProduced { .. } => "V613",
            Warning::UnusedReason { .. } => "V614",
            Warning::OverlappingHours => "V616",
            Warning::UnusedRole { .. } => "V617",
            Warning::Overload { .. } => "V618",
            Warning::DayOfWork => "V619",
            Warning::NothingPromised => "V621",
            Warning::Worse { .. } => "V630",
            Warning::NoClass { .. } => "V622",
            Warning::UnaskedAttribute { .. } => "V623",
            Warning::LonelyValue { .. } => "V624",
            Warning::NeverOpen { .. } => "V625",
            Warning::EntersBehindSale { .. } => "V626",
            Warning::FixedZone { .. } => "V627",
            Warning::NothingVaries => "V628",
            Warning::HiddenCase => "V629",
        }
    }
}
