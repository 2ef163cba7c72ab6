//! Expectations that cannot be judged, and those that do not hold.

use super::super::figure::{FigureFault, Measured};

/// What is wrong with an expectation: codes `V501` to `V599`.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum ExpectationFault {
    UnknownKpi {
        name: String,
        nearest: Option<String>,
    },
    UnknownStat {
        name: String,
        kpi: String,
        nearest: Option<String>,
        known: Vec<String>,
    },
    NoLimit,
    /// `written`: the same with the keys of the language; `certain`: whether there is no other reading.
    Shorthand {
        text: String,
        written: String,
        certain: bool,
    },
    Contradiction,
    NoSuchFigure {
        kpi: String,
        fault: FigureFault,
    },
    CertainChance {
        text: String,
    },
    Fails(Box<Measured>),
    NothingObserved {
        subject: String,
        fewest: Option<u64>,
    },
    NoFigure {
        subject: String,
    },
    Undecided {
        measured: Box<Measured>,
        needed: Option<u64>,
        allowed: bool,
    },
}

impl ExpectationFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            ExpectationFault::UnknownKpi { .. } => "V501",
            ExpectationFault::UnknownStat { .. } => "V502",
            ExpectationFault::NoLimit => "V503",
            ExpectationFault::Shorthand { .. } => "V108",
            ExpectationFault::Contradiction => "V504",
            ExpectationFault::NoSuchFigure { .. } => "V505",
            ExpectationFault::CertainChance { .. } => "V506",
            ExpectationFault::Fails(_) => "V511",
            ExpectationFault::NothingObserved { .. } => "V512",
            ExpectationFault::NoFigure { .. } => "V513",
            ExpectationFault::Undecided { .. } => "V514",
        }
    }
}
