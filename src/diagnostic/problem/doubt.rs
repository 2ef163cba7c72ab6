//! Figures of a model that do not go together, and texts that YAML reads in another way than they are meant.

use super::super::figure::Measure;

/// Why nobody learns anything from a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdlePromise {
    /// It goes from a stage to the same stage.
    Itself,
    /// No way leads from the first stage to the second.
    Apart,
    /// Every way from the first stage to the second takes longer.
    Broken,
    /// Every deal gets to the second stage, and no way takes longer.
    Kept,
}

/// A probable mistake that shows only when two parts of a model, or the model and its text, are compared.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum Doubt {
    CutText {
        text: String,
        rest: String,
    },
    PointOfThousands {
        text: String,
        meant: String,
    },
    TinyShare {
        text: String,
        meant: String,
    },
    TinyMargin {
        text: String,
        meant: String,
    },
    LessThanBatch {
        source: String,
        count: u64,
        batch: u64,
    },
    RefusesAll {
        limit: f64,
        least: f64,
    },
    CommissionAboveMargin {
        commission: f64,
        margin: f64,
    },
    NeverDue {
        key: &'static str,
        stage: String,
    },
    Promise {
        promise: String,
        why: IdlePromise,
    },
    NobodyThere {
        source: String,
        stage: String,
        role: String,
        share: f64,
    },
    SmallPay {
        role: String,
        text: String,
    },
    LargePay {
        role: String,
        text: String,
    },
    UnequalPay {
        role: String,
        other: String,
        times: f64,
    },
    Unlearning {
        from: f64,
        to: f64,
    },
    PlanOutOfReach {
        what: &'static str,
        times: f64,
    },
    LeadsBack {
        stage: String,
        through: String,
    },
    AlwaysHolds {
        stage: String,
    },
    NothingCancelled,
    IdleScenario {
        scenario: String,
    },
    SourceTwice {
        source: String,
        other: String,
    },
    ExpectedTwice,
    RestAsReason {
        text: String,
    },
    /// `met`: whether every average of values meets the expectation, or none does.
    DecidedByValues {
        kpi: String,
        met: bool,
        least: f64,
        most: f64,
    },
    NeverMet {
        kpi: String,
        key: &'static str,
    },
    BeyondBounds {
        kpi: String,
        short: bool,
        bound: f64,
        measure: Measure,
    },
    /// `bound`: what all arrivals bring at best, in the unit of the figure.
    BeyondArrivals {
        kpi: String,
        bound: f64,
    },
    /// `bound`: the time of the fastest deal, in days.
    NoneWithin {
        kpi: String,
        bound: f64,
    },
    SlaBeyondWindow {
        stage: String,
    },
    IdleVariant {
        stage: String,
    },
    /// `days`: the time from a sale to the first payment.
    NothingPaid {
        days: f64,
    },
    IdleSeason {
        source: String,
    },
    RefusedReturn {
        stage: String,
    },
    IdlePeople {
        role: String,
        people: u64,
        share: f64,
    },
    WildGrowth {
        source: String,
        grows: bool,
    },
    /// `times`: what one draw in ten exceeds, in medians.
    WideSpread {
        times: f64,
    },
    FarStart {
        year: i16,
    },
    /// `least`: the time of the fastest sale; `window`: that of the window with its warm-up, if it has one; both in days.
    NoSaleInWindow {
        least: f64,
        window: f64,
        warms_up: bool,
    },
    UnusedCalendar {
        calendar: String,
    },
    WildSeason {
        factor: f64,
    },
    OftenNegative {
        share: f64,
    },
    IdleVisitLimit {
        stage: String,
        key: &'static str,
    },
    LostSaleDisqualified {
        reason: String,
    },
    PersonTwice {
        person: String,
        role: String,
    },
    /// `cost` and `largest`, the mean of the largest sales, in the currency.
    CostsMore {
        name: String,
        of_lead: bool,
        cost: f64,
        largest: f64,
    },
}

impl Doubt {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Doubt::OftenNegative { .. } => "V610",
            Doubt::LeadsBack { .. } => "V636",
            Doubt::TinyShare { .. } | Doubt::TinyMargin { .. } => "V644",
            Doubt::DecidedByValues { met: true, .. } => "V637",
            Doubt::SlaBeyondWindow { .. } => "V639",
            Doubt::BeyondBounds { .. }
            | Doubt::BeyondArrivals { .. }
            | Doubt::NoneWithin { .. }
            | Doubt::NeverMet { .. }
            | Doubt::DecidedByValues { met: false, .. } => "V648",
            Doubt::CutText { .. } => "V651",
            Doubt::PointOfThousands { .. } => "V652",
            Doubt::LessThanBatch { .. } => "V653",
            Doubt::RefusesAll { .. } => "V654",
            Doubt::CommissionAboveMargin { .. } => "V655",
            Doubt::NeverDue { .. } => "V656",
            Doubt::Promise { .. } => "V657",
            Doubt::NobodyThere { .. } => "V658",
            Doubt::SmallPay { .. } | Doubt::LargePay { .. } | Doubt::UnequalPay { .. } => "V659",
            Doubt::Unlearning { .. } => "V660",
            Doubt::PlanOutOfReach { .. } => "V661",
            Doubt::AlwaysHolds { .. } => "V662",
            Doubt::NothingCancelled => "V663",
            Doubt::IdleScenario { .. } => "V664",
            Doubt::SourceTwice { .. } => "V665",
            Doubt::ExpectedTwice => "V666",
            Doubt::RestAsReason { .. } => "V667",
            Doubt::IdleVariant { .. } => "V668",
            Doubt::NothingPaid { .. } => "V669",
            Doubt::IdleSeason { .. } => "V670",
            Doubt::RefusedReturn { .. } => "V671",
            Doubt::IdlePeople { .. } => "V672",
            Doubt::WildGrowth { .. } => "V673",
            Doubt::WideSpread { .. } => "V674",
            Doubt::CostsMore { .. } => "V675",
            Doubt::FarStart { .. } => "V676",
            Doubt::NoSaleInWindow { .. } => "V677",
            Doubt::UnusedCalendar { .. } => "V678",
            Doubt::WildSeason { .. } => "V679",
            Doubt::IdleVisitLimit { .. } => "V680",
            Doubt::LostSaleDisqualified { .. } => "V681",
            Doubt::PersonTwice { .. } => "V682",
        }
    }
}
