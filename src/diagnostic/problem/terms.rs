//! Faults of the terms of sales.

/// Why the terms of sales cannot be used: codes `V341` to `V349`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum TermsFault {
    NoCaseForAll,
    MarginOfSomeCases,
    CommissionOfNoMargin,
    WaitsForUnpaid,
    ShareOfNoValue { text: String },
    NothingIsSold,
    NothingIsOwed,
}

impl TermsFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            TermsFault::NoCaseForAll => "V341",
            TermsFault::MarginOfSomeCases => "V342",
            TermsFault::CommissionOfNoMargin => "V343",
            TermsFault::WaitsForUnpaid => "V344",
            TermsFault::ShareOfNoValue { .. } => "V345",
            TermsFault::NothingIsSold => "V346",
            TermsFault::NothingIsOwed => "V347",
        }
    }
}
