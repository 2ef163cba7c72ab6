//! The catalogue of faults: one variant each, with its code and severity.
//!
//! Codes are stable: `V0xx` are inputs that cannot be read, `V1xx` to `V5xx` errors in a model,
//! `V6xx` warnings, `V7xx` tests that fail. Each group is an enum of its own, so that the renderer cannot miss a message: a
//! variant without one does not compile.

mod doubt;
mod expectation;
mod file;
mod ignore;
mod process;
mod settings;
mod structure;
mod terms;
mod testing;
mod value;
mod warning;

pub use doubt::{Doubt, IdlePromise};
pub use expectation::ExpectationFault;
pub use file::{Encoding, FileFault, Slip, SyntaxFault};
pub use ignore::IgnoreFault;
pub use process::ProcessFault;
pub use settings::{SettingKind, SettingsFault};
pub use structure::{ExtendsFault, Found, Home, NameFault, StructureFault};
pub use terms::TermsFault;
pub use testing::{Chance, Claimed, TestFault};
pub use value::{ColumnFault, NameKind, ValueFault};
pub use warning::{Needed, Never, Warning};

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Probably a mistake, but the model runs.
    Warning,
    /// The model cannot be run.
    Error,
    /// The input cannot be read at all.
    Unreadable,
}

/// The kind of value expected at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Keys with values.
    Map,
    /// Work: a role and a time.
    Work,
    /// A role: its people and other settings.
    Role,
    /// A list.
    List,
    /// One value, not a map or list.
    Scalar,
    /// A share, as `45%`.
    Share,
    /// A duration, as `2h`.
    Duration,
    /// An amount of money.
    Money,
    /// A rate, as `40/week`.
    Rate,
    /// A growth, as `1%/month`.
    Growth,
    /// A plain number.
    Number,
    /// A whole number.
    Count,
    /// `true` or `false`.
    Truth,
    /// A date, as `2026-01-12`.
    Date,
    /// A distribution or a constant.
    Distribution,
    /// A stage, a share, or a map of branches.
    Next,
    /// A number, a list, or limits such as `at_least`.
    Condition,
    /// A name of a month.
    Month,
    /// A name of a weekday.
    Weekday,
    /// Hours of a day, as `09:00-18:00`.
    Hours,
    /// A time of day, as `thu 14:00`.
    Moment,
    /// What a person costs, as `900/hour`.
    Pay,
    /// A number of people.
    People,
    /// A limit of a share: `45%`, never `rest`.
    ShareLimit,
    /// One stage with what happens there, as `offer: {wait: 2d}`.
    Visit,
    /// How a deal ends.
    End,
}

/// Any fault.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// A file that cannot be read as a model.
    File(FileFault),
    /// Wrong keys or kinds of values.
    Structure(StructureFault),
    /// Invalid values, names, shares and distributions.
    Value(ValueFault),
    /// Terms of sales that cannot be used.
    Terms(TermsFault),
    /// Faults of the process as a whole.
    Process(ProcessFault),
    /// Expectations that cannot be judged or do not hold.
    Expectation(ExpectationFault),
    /// Probable mistakes.
    Warning(Warning),
    /// Parts of a model that do not go together.
    Doubt(Doubt),
    /// Comments that hide findings, and hide nothing.
    Ignore(IgnoreFault),
    /// Settings of the checker that cannot be used.
    Settings(SettingsFault),
    /// Tests that fail, or that cannot be run.
    Test(TestFault),
}

impl Problem {
    /// The stable code, as `V105`.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::File(fault) => fault.code(),
            Problem::Structure(fault) => fault.code(),
            Problem::Value(fault) => fault.code(),
            Problem::Terms(fault) => fault.code(),
            Problem::Process(fault) => fault.code(),
            Problem::Expectation(fault) => fault.code(),
            Problem::Warning(warning) => warning.code(),
            Problem::Doubt(doubt) => doubt.code(),
            Problem::Ignore(fault) => fault.code(),
            Problem::Settings(fault) => fault.code(),
            Problem::Test(fault) => fault.code(),
        }
    }

    /// Its severity.
    pub fn severity(&self) -> Severity {
        match self {
            Problem::File(_) | Problem::Settings(_) => Severity::Unreadable,
            Problem::Expectation(ExpectationFault::Undecided { allowed: true, .. })
            | Problem::Warning(_)
            | Problem::Doubt(_)
            | Problem::Ignore(_) => Severity::Warning,
            Problem::Structure(_)
            | Problem::Value(_)
            | Problem::Terms(_)
            | Problem::Process(_)
            | Problem::Expectation(_)
            | Problem::Test(_) => Severity::Error,
        }
    }
}

impl From<FileFault> for Problem {
    fn from(fault: FileFault) -> Problem {
        Problem::File(fault)
    }
}

impl From<StructureFault> for Problem {
    fn from(fault: StructureFault) -> Problem {
        Problem::Structure(fault)
    }
}

impl From<ValueFault> for Problem {
    fn from(fault: ValueFault) -> Problem {
        Problem::Value(fault)
    }
}

impl From<TermsFault> for Problem {
    fn from(fault: TermsFault) -> Problem {
        Problem::Terms(fault)
    }
}

impl From<ProcessFault> for Problem {
    fn from(fault: ProcessFault) -> Problem {
        Problem::Process(fault)
    }
}

impl From<ExpectationFault> for Problem {
    fn from(fault: ExpectationFault) -> Problem {
        Problem::Expectation(fault)
    }
}

impl From<Warning> for Problem {
    fn from(warning: Warning) -> Problem {
        Problem::Warning(warning)
    }
}

impl From<Doubt> for Problem {
    fn from(doubt: Doubt) -> Problem {
        Problem::Doubt(doubt)
    }
}

impl From<IgnoreFault> for Problem {
    fn from(fault: IgnoreFault) -> Problem {
        Problem::Ignore(fault)
    }
}

impl From<SettingsFault> for Problem {
    fn from(fault: SettingsFault) -> Problem {
        Problem::Settings(fault)
    }
}

impl From<TestFault> for Problem {
    fn from(fault: TestFault) -> Problem {
        Problem::Test(fault)
    }
}
