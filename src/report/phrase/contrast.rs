//! What the charts of a comparison say.

use super::FigureName;
use crate::report::block::Number;
use crate::study::difference::Verdict;

/// What a chart sums up since the start of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sum {
    /// Value booked.
    Bookings,
    /// Margin less cost, investments included.
    Profit,
}

/// A title, label or line of a chart that compares models.
#[derive(Debug, Clone, PartialEq)]
pub enum Contrast {
    /// A title: which figures differ beyond chance, by verdict.
    Differences(Vec<Changes>),
    /// A title: no figure differs beyond chance.
    NoDifference,
    /// Below a title: whose figures are compared, and what bars and colours mean.
    Relative {
        /// The base.
        base: String,
        /// The alternative.
        other: String,
        /// The level of the intervals and of all verdicts together.
        level: Number,
        /// How many figures the verdicts hold for.
        compared: usize,
        /// Replications of each model.
        replications: u64,
    },
    /// So many figures are not drawn: their relative difference is not known.
    NotDrawn(usize),
    /// A title: a sum since the start at the end of the window.
    Gathered {
        /// Of what.
        of: Sum,
        /// The alternative; `None` where it is the only one.
        other: Option<String>,
        /// How much more or less it comes to: above zero.
        amount: Number,
        /// Whether it comes to more.
        more: bool,
    },
    /// A title: at the end of the window, such sums do not differ beyond chance.
    GatheredAlike(Sum),
    /// Below a title: what lines and their intervals are.
    Since {
        /// What is summed.
        of: Sum,
        /// The base.
        base: String,
        /// The alternative, where it is the only one.
        other: Option<String>,
        /// The level of the intervals.
        level: Number,
        /// Replications of each model.
        replications: u64,
    },
    /// A title: where the funnels differ most.
    Reached {
        /// The stage; `None` for won deals.
        stage: Option<String>,
        /// The share in the base.
        base: Number,
        /// The share in the alternative.
        share: Number,
        /// The alternative; `None` where it is the only one.
        other: Option<String>,
    },
    /// A title: the greatest difference between the funnels.
    FunnelsAlike(Number),
    /// The row of won deals.
    Won,
    /// Below a title: what bars are.
    SharesOfArrived,
    /// A title: the stage at which the idle time of a visit changes most.
    IdleMoved {
        /// The stage.
        stage: String,
        /// In the base.
        before: Number,
        /// In the alternative.
        after: Number,
    },
    /// A title: where deals lie idle longest, in the base and in the alternative.
    Idle([(String, Number); 2]),
    /// A title: the share of the deals that left which was won, in the base and in the alternative.
    LeftWon([Number; 2]),
    /// A title: the names of both models.
    Both([String; 2]),
    /// The name of the base.
    Base(String),
    /// The name of an alternative.
    Alternative(String),
}

/// Figures with the same verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The verdict.
    pub verdict: Verdict,
    /// The first of them, each with its difference.
    pub first: Vec<(FigureName, Number)>,
    /// How many more there are.
    pub more: usize,
}
