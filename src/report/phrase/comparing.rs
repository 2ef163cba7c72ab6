//! The lines of a comparison.

use jiff::civil::Date;

use crate::kpi::Kpi;
use crate::report::block::Number;
use crate::study::difference::Verdict;

/// A KPI with a verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The KPI.
    pub kpi: Kpi,
    /// The things and groups that the verdict is about; none if it is about the whole process.
    pub of: Vec<String>,
}

/// A line about two models.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparing {
    /// Which models are compared.
    Models {
        /// The first one.
        base: String,
        /// The other one.
        other: String,
    },
    /// The models have different windows, or windows without a fixed end.
    OtherWindow,
    /// So many figures are in one of the models only, as those of a role that the other one lacks.
    OnlyInOne(usize),
    /// Which KPIs differ beyond chance.
    Verdicts {
        /// KPIs that are better in the other model.
        better: Vec<Judged>,
        /// KPIs that are worse.
        worse: Vec<Judged>,
        /// KPIs that differ and have no good direction.
        changed: Vec<Judged>,
        /// Figures without a difference beyond chance.
        same: usize,
    },
    /// A figure's difference in a word.
    Verdict(Verdict),
    /// What the other model costs once.
    Investment(Number),
    /// When the other model has paid for itself.
    Payback {
        /// The share of windows in which it does.
        share: Number,
        /// How long that takes on average, in those.
        days: Number,
        /// The day that lies so far from the start.
        date: Date,
    },
    /// In no window does the other model pay for itself.
    NoPayback,
    /// Whether it does is not known: a margin is missing.
    PaybackUnknown,
    /// What verdicts and intervals hold for.
    Together {
        /// Their level.
        level: Number,
        /// How many figures are compared.
        compared: usize,
        /// Replications of each model.
        replications: u64,
        /// The seed.
        seed: u64,
    },
    /// By which factor the common random numbers cut the variance of a difference.
    Reduction(Number),
    /// The models say the same.
    NothingDiffers,
    /// So many more values differ.
    MoreDiffers(usize),
}
