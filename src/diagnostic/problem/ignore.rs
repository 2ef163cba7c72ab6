//! Comments and settings that hide warnings, and do not do what they say.

/// What is wrong with an ignore: codes `V691` to `V699`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum IgnoreFault {
    /// There is nothing to hide.
    HidesNothing { code: String },
    /// Errors cannot be ignored.
    OfError { code: String },
    /// No code is or begins so.
    UnknownCode { code: String, nearest: Option<String> },
    /// A comment for the checker that is no `ignore` with a code.
    NotUnderstood,
}

impl IgnoreFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            IgnoreFault::HidesNothing { .. } => "V691",
            IgnoreFault::OfError { .. } => "V692",
            IgnoreFault::UnknownCode { .. } => "V693",
            IgnoreFault::NotUnderstood => "V694",
        }
    }
}
