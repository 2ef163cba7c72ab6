//! What a forecast says that follows a model.

use super::super::block::Number;
pub use crate::study::forecast::by_model::Mismatch;

/// A limit of a forecast that follows a model; counts are of open deals.
#[derive(Debug, Clone, PartialEq)]
pub enum ByModel {
    /// The model is taken to be right.
    Trusted,
    /// Deals without a stage, and the sum of their amounts where any is known.
    Stageless(u64, Option<Number>),
    /// Deals that do not say when they came to their stage.
    HalfOfAge(u64),
    /// Deals that have been sold before.
    AlreadySold(u64),
    /// Deals whose word for an attribute the model does not have.
    OtherWord(String, u64),
    /// Deals from a source that the model does not have.
    OtherSource(u64),
    /// Deals that are in their stage longer than the model lets any be.
    Overdue(u64),
    /// The file has no ended deals.
    NoFacts,
    /// Payments of earlier sales are not known.
    EarlierPayments,
    /// Why clients refuse, as the model runs.
    Refusing {
        /// The most frequent reasons with their shares of all losses.
        reasons: Vec<(String, Number)>,
        /// The share of losses without a reason.
        silent: Option<Number>,
    },
    /// Draws and seed.
    Draws(usize, u64),
    /// The heading of what comes in by month.
    CashHeading,
    /// The heading of what sales call for by month.
    DemandHeading,
}
