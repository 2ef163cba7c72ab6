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
    /// `terms`.
    Terms,
    /// `promises`.
    Promise,
    /// A `margin` of terms.
    Margin,
    /// A `commission` of terms.
    Commission,
    /// A `demand` of terms.
    Demand,
    /// Terms with a credit limit.
    CreditLimit,
    /// A branch `cancelled`.
    Cancelled,
    /// An `sla` of a stage.
    Sla,
    /// `patience` of a stage.
    Patience,
    /// A limited number of people.
    Limit,
    /// A `rollout` that a variant asks for.
    Rollout,
    /// A stage with `satisfaction`.
    Satisfaction,
    /// A second sale of a deal, or a source of clients.
    Repeat,
    /// A loss after a sale, or a source of clients.
    Churn,
    /// A second visit of a stage.
    Rework,
}

/// Why no deal can meet a test of a condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Never {
    /// Visits count from 1 to this number.
    Visits {
        /// `i64::MAX` where there is no limit.
        most: i64,
    },
    /// The stage is a sale, which begins a new round: visits count from 1 again.
    NewRound,
    /// Values of all but very few deals lie between these.
    Value {
        /// In the currency.
        least: f64,
        /// In the currency.
        most: f64,
    },
    /// No sale comes before the stage.
    NoSale,
    /// A sale was booked on every way to this point.
    Sold,
    /// Deals are between these ages here.
    Age {
        /// In days.
        least: f64,
        /// In days; may be infinite.
        most: f64,
    },
    /// The role has no queue.
    NoQueue {
        /// Its name.
        role: String,
    },
    /// Scores go from 0 to 100 points.
    NoScore,
    /// The month, weekday or date lies outside the simulated time.
    Outside,
    /// The deals here have other values.
    Values {
        /// Their values; empty where no stage on the way gives one.
        known: Vec<String>,
    },
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
    NearReasons { name: String, other: String },
    CommaInReason { reason: String },
    AbsurdDuration { years: f64 },
    CumulativeShares { shares: Vec<f64> },
    OftenRedrawn { share: f64 },
    NegativeMoney { text: String },
    BooksTwice { stage: String },
    NoArrivals { source: String },
    KpiNotProduced { kpi: String, missing: Needed },
    UnusedReason { reason: String, nearest: Option<String> },
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
    ShortPatience { stage: String },
    NothingLearnt,
    VacuousExpectation,
    OpposedExpectations,
    IdleSla { stage: String, kept: bool },
    IdlePatience { stage: String },
    OddHours { text: String, minutes: i64, whole: bool },
    DatesOutside { calendar: String },
    FarDate { date: String },
    OutsideWindow { date: String },
    PlainShare { text: String, share: f64 },
    RoundedAway { share: f64 },
    ReasonLikeStage { reason: String, reached: bool },
    FewArrivals { source: String, deals: f64 },
    OutOfReach { stage: String, short: bool },
    CoveredCase { earlier: Option<String> },
    NeverHolds { test: String, why: Never },
    MissingCase { which: Vec<(String, String)> },
    NoSaleFor { attribute: String, value: String },
    BackToItself { stage: String, key: &'static str },
}

impl Warning {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Warning::UnreachableStage { .. } => "V601",
            Warning::NoEndLoop { .. } => "V602",
            Warning::NoLossBranch { .. } => "V603",
            Warning::ManyVisits { .. } => "V604",
            Warning::LookAlike { .. } | Warning::NearReasons { .. } => "V605",
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
            Warning::CoveredCase { .. } => "V632",
            Warning::NeverHolds { .. } => "V633",
            Warning::MissingCase { .. } => "V634",
            Warning::NoSaleFor { .. } => "V635",
            Warning::BackToItself { .. } => "V636",
            Warning::VacuousExpectation => "V637",
            Warning::OpposedExpectations => "V638",
            Warning::IdleSla { .. } => "V639",
            Warning::IdlePatience { .. } => "V640",
            Warning::OddHours { .. } => "V641",
            Warning::DatesOutside { .. } => "V642",
            Warning::FarDate { .. } | Warning::OutsideWindow { .. } => "V643",
            Warning::PlainShare { .. } => "V644",
            Warning::RoundedAway { .. } => "V645",
            Warning::ReasonLikeStage { .. } => "V646",
            Warning::FewArrivals { .. } => "V647",
            Warning::OutOfReach { .. } => "V648",
            Warning::ShortPatience { .. } => "V649",
            Warning::NothingLearnt => "V650",
        }
    }
}
