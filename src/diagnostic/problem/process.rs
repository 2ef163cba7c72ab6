//! Faults of the process as a whole.

/// Why the process as a whole cannot be simulated: codes `V401` to `V499`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum ProcessFault {
    NoStages,
    NoWayToSale,
    NoEndUntilEmpty { stages: Vec<String> },
    SourceNeverEnds { source: String },
    NoWorkingTime { calendar: String },
    NobodyWorks { role: String },
    TimelessLoop { stages: Vec<String> },
    NoWaitForStock { source: String, stage: String },
    NobodyLearns { role: String },
}

impl ProcessFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            ProcessFault::NoStages => "V401",
            ProcessFault::NoWayToSale => "V402",
            ProcessFault::NoEndUntilEmpty { .. } => "V403",
            ProcessFault::SourceNeverEnds { .. } => "V404",
            ProcessFault::NoWorkingTime { .. } => "V405",
            ProcessFault::NobodyWorks { .. } => "V406",
            ProcessFault::TimelessLoop { .. } => "V407",
            ProcessFault::NoWaitForStock { .. } => "V408",
            ProcessFault::NobodyLearns { .. } => "V409",
        }
    }
}
