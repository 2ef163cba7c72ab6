//! What a forecast from a model leaves out or assumes.

/// What was left out or assumed; counts are of open deals.
#[derive(Debug, Clone, PartialEq)]
pub enum Assumed {
    /// The model is assumed to be right.
    Model,
    /// Deals without a stage are left out; the sum of their amounts, 0 if none is known.
    Stageless(u64, f64),
    /// Deals without a date of entry to their stage are assumed to be there for half of their age.
    HalfOfAge(u64),
    /// Deals that have been sold before are not listed.
    AlreadySold(u64),
    /// Deals whose word for an attribute the model does not have: the attribute is drawn.
    OtherWord(String, u64),
    /// Deals from a source that the model does not have, or without one: they count for its largest source.
    OtherSource(u64),
    /// Deals that are in their stage longer than any simulated visit: they leave it at once, or stand in its queue.
    Overdue(u64),
    /// The file has no ended deals, so no sale before the cut-off counts.
    NoFacts,
    /// Payments of sales before the cut-off are not known.
    EarlierPayments,
}
