//! The catalogue of what can be wrong: one variant each, with its code and severity.
//!
//! Codes are stable: `V0xx` cannot be read at all, `V1xx` to `V5xx` are errors in a model,
//! `V6xx` warnings. The words are in the renderer.

use super::figure::{FigureFault, Measured};
use crate::quantity::NumberFault;
use crate::random::distribution::BadDistribution;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Probably not what was meant; the model runs.
    Warning,
    /// The model cannot be run.
    Error,
    /// The input cannot be read at all.
    Unreadable,
}

/// What kind of value was wanted at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Keys with values.
    Map,
    /// Work: a role and a time.
    Work,
    /// A role: its people and more.
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
}

/// Why the text is not YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxFault {
    /// A tab where spaces indent.
    Tab,
    /// A bracket or quote that is never closed; the place is where it opened.
    Unclosed {
        /// The opening character.
        opener: char,
    },
    /// A second document after `---`.
    SeveralDocuments,
    /// A colon inside a plain text, as in `Offer: late: no`.
    ColonInText,
    /// A character that looks like a space, or like nothing, indents a line.
    Invisible {
        /// The character.
        letter: char,
    },
    /// A line is indented as no line before it.
    Indentation {
        /// Its spaces.
        found: usize,
        /// Spaces of the lines that it probably stands beside.
        siblings: usize,
    },
    /// ` #` begins a comment inside a name.
    CommentInName,
    /// Too many levels, or too many values after aliases are followed.
    TooComplex,
    /// Anything else, in the parser's words.
    Other {
        /// What the parser says.
        message: String,
    },
}

/// What encoding a text that is not UTF-8 seems to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a letter.
    Utf16,
    /// The Cyrillic code page of Windows.
    Windows1251,
    /// Something else.
    Unknown,
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// No letters at all.
    Empty,
    /// Control characters or direction overrides, which could fake what is printed.
    Control,
    /// A word of the language, as a stage called `won`.
    Reserved,
}

/// Everything that can be wrong.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum Problem {
    // Cannot be read.
    NoSuchFile { nearest: Vec<String> },
    NotAFile,
    CannotRead { reason: String },
    TooLarge { limit_mib: u64 },
    EmptyModel,
    NotText,
    NotUtf8 { likely: Encoding, file: String },
    LooksLikeTable,
    Syntax { fault: SyntaxFault },
    NewerVersion { found: String },
    // Structure.
    DuplicateKey { key: String },
    MergeKey,
    UndefinedAnchor { name: String },
    UnsupportedTag { tag: String },
    UnknownKey { key: String, nearest: Option<String>, known: Vec<String> },
    NotYet { key: String },
    LaterWord { key: String, place: &'static str },
    NotIndented { key: String, parent: String },
    MissingKey { key: &'static str, owner: String },
    WrongKind { wanted: Wanted, found: &'static str },
    Conflict { key: &'static str, other: &'static str },
    CannotVary { key: String },
    BadName { name: String, fault: NameFault },
    UnknownPath { path: String, nearest: Option<String> },
    BadOverride { text: String },
    // Values.
    Number { text: String, wanted: Wanted, fault: NumberFault },
    BadDate { text: String },
    UnknownWord { text: String, wanted: Wanted, nearest: Option<String>, known: Vec<String> },
    Below { text: String, least: f64 },
    EmptyList,
    EmptyCondition,
    TooShort { text: String },
    BeyondCalendar { key: &'static str },
    DataFile { reason: String },
    BadHours { text: String, why: String },
    BadMoment { text: String },
    UnknownZone { name: String, nearest: Option<String>, place: Option<&'static str> },
    DateOrder { earlier: &'static str, later: &'static str },
    // Names and shares.
    UnknownName { kind: &'static str, name: String, nearest: Option<String> },
    UnknownStage { name: String, nearest: Option<String>, unreached: Option<String> },
    SharesSum { sum: f64, of_lost: bool },
    SeveralRests,
    // Distributions.
    UnknownFamily { name: String, nearest: Option<String> },
    BadParameters { fault: BadDistribution, of_time: bool },
    NegativeTime,
    // Meaning of the whole.
    NoStages,
    NoWayToSale,
    NoEndUntilEmpty { stages: Vec<String> },
    SourceNeverEnds { source: String },
    ReservedAttribute { name: String },
    NoWorkingTime { calendar: String },
    NobodyWorks { role: String },
    TimelessLoop { stages: Vec<String> },
    // Expectations.
    UnknownKpi { name: String, nearest: Option<String> },
    UnknownStat { name: String, kpi: String, nearest: Option<String>, known: Vec<String> },
    NoLimit,
    Contradiction,
    NoSuchFigure { kpi: String, fault: FigureFault },
    CertainChance { text: String },
    ExpectationFails(Box<Measured>),
    NothingObserved { subject: String },
    NoFigure { subject: String },
    Undecided { measured: Box<Measured>, needed: Option<u64>, allowed: bool },
    // Warnings.
    UnreachableStage { stage: String },
    NoEndLoop { stages: Vec<String> },
    NoLossBranch { stages: Vec<String> },
    ManyVisits { stage: String, visits: f64 },
    LookAlike { name: String, other: String },
    CommaInReason { reason: String },
    AbsurdDuration { years: f64 },
    CumulativeShares { shares: Vec<f64> },
    OftenRedrawn { share: f64 },
    NegativeMoney { text: String },
    BooksTwice { stage: String },
    NoArrivals { source: String },
    KpiNotProduced { kpi: String, missing: &'static str },
    UnusedReason { reason: String },
    OverlappingHours,
    UnusedRole { role: String },
    Overload { role: String, share: f64, people: u64, enough: u64, patient: bool },
    DayOfWork,
    NothingPromised,
    NoClass { reason: String, nearest: Option<String> },
    UnaskedAttribute { name: String, nearest: String },
    LonelyValue { attribute: String, value: String, nearest: String },
    NeverOpen { role: String, person: Option<String> },
    EntersBehindSale { source: String, stage: String },
    NothingVaries,
    HiddenCase,
    FixedZone { name: String, place: &'static str },
}

impl Problem {
    /// The stable code and the severity.
    #[rustfmt::skip]
    fn class(&self) -> (&'static str, Severity) {
        use Severity::{Error, Unreadable, Warning};
        match self {
            Problem::NoSuchFile { .. } => ("V001", Unreadable),
            Problem::NotAFile => ("V002", Unreadable),
            Problem::CannotRead { .. } => ("V003", Unreadable),
            Problem::TooLarge { .. } => ("V004", Unreadable),
            Problem::EmptyModel => ("V005", Unreadable),
            Problem::NotText => ("V006", Unreadable),
            Problem::NotUtf8 { .. } => ("V007", Unreadable),
            Problem::Syntax { .. } => ("V008", Unreadable),
            Problem::NewerVersion { .. } => ("V009", Unreadable),
            Problem::LooksLikeTable => ("V010", Unreadable),
            Problem::DuplicateKey { .. } => ("V101", Error),
            Problem::MergeKey => ("V102", Error),
            Problem::UndefinedAnchor { .. } => ("V103", Error),
            Problem::UnsupportedTag { .. } => ("V104", Error),
            Problem::UnknownKey { .. } => ("V105", Error),
            Problem::NotYet { .. } | Problem::LaterWord { .. } => ("V106", Error),
            Problem::MissingKey { .. } => ("V107", Error),
            Problem::WrongKind { .. } => ("V108", Error),
            Problem::Conflict { .. } => ("V109", Error),
            Problem::CannotVary { .. } => ("V110", Error),
            Problem::BadName { .. } => ("V111", Error),
            Problem::UnknownPath { .. } => ("V112", Error),
            Problem::BadOverride { .. } => ("V113", Error),
            Problem::NotIndented { .. } => ("V114", Error),
            Problem::Number { .. } => ("V201", Error),
            Problem::BadDate { .. } => ("V202", Error),
            Problem::UnknownWord { .. } => ("V203", Error),
            Problem::Below { .. } => ("V204", Error),
            Problem::EmptyList => ("V205", Error),
            Problem::TooShort { .. } => ("V211", Error),
            Problem::BeyondCalendar { .. } => ("V212", Error),
            Problem::EmptyCondition => ("V213", Error),
            Problem::DateOrder { .. } => ("V206", Error),
            Problem::DataFile { .. } => ("V207", Error),
            Problem::BadHours { .. } => ("V208", Error),
            Problem::BadMoment { .. } => ("V209", Error),
            Problem::UnknownZone { .. } => ("V210", Error),
            Problem::UnknownName { .. } | Problem::UnknownStage { .. } => ("V301", Error),
            Problem::ReservedAttribute { .. } => ("V303", Error),
            Problem::SharesSum { .. } => ("V311", Error),
            Problem::SeveralRests => ("V312", Error),
            Problem::UnknownFamily { .. } => ("V321", Error),
            Problem::BadParameters { .. } => ("V322", Error),
            Problem::NegativeTime => ("V323", Error),
            Problem::NoStages => ("V401", Error),
            Problem::NoWayToSale => ("V402", Error),
            Problem::NoEndUntilEmpty { .. } => ("V403", Error),
            Problem::SourceNeverEnds { .. } => ("V404", Error),
            Problem::NoWorkingTime { .. } => ("V405", Error),
            Problem::NobodyWorks { .. } => ("V406", Error),
            Problem::TimelessLoop { .. } => ("V407", Error),
            Problem::UnknownKpi { .. } => ("V501", Error),
            Problem::UnknownStat { .. } => ("V502", Error),
            Problem::NoLimit => ("V503", Error),
            Problem::Contradiction => ("V504", Error),
            Problem::NoSuchFigure { .. } => ("V505", Error),
            Problem::CertainChance { .. } => ("V506", Error),
            Problem::ExpectationFails(_) => ("V511", Error),
            Problem::NothingObserved { .. } => ("V512", Error),
            Problem::NoFigure { .. } => ("V513", Error),
            Problem::Undecided { allowed, .. } => {
                ("V514", if *allowed { Warning } else { Error })
            }
            Problem::UnreachableStage { .. } => ("V601", Warning),
            Problem::NoEndLoop { .. } => ("V602", Warning),
            Problem::NoLossBranch { .. } => ("V603", Warning),
            Problem::ManyVisits { .. } => ("V604", Warning),
            Problem::LookAlike { .. } => ("V605", Warning),
            Problem::CommaInReason { .. } => ("V606", Warning),
            Problem::AbsurdDuration { .. } => ("V607", Warning),
            Problem::CumulativeShares { .. } => ("V608", Warning),
            Problem::OftenRedrawn { .. } => ("V609", Warning),
            Problem::NegativeMoney { .. } => ("V610", Warning),
            Problem::BooksTwice { .. } => ("V611", Warning),
            Problem::NoArrivals { .. } => ("V612", Warning),
            Problem::KpiNotProduced { .. } => ("V613", Warning),
            Problem::UnusedReason { .. } => ("V614", Warning),
            Problem::OverlappingHours => ("V616", Warning),
            Problem::UnusedRole { .. } => ("V617", Warning),
            Problem::Overload { .. } => ("V618", Warning),
            Problem::DayOfWork => ("V619", Warning),
            Problem::NothingPromised => ("V621", Warning),
            Problem::NoClass { .. } => ("V622", Warning),
            Problem::UnaskedAttribute { .. } => ("V623", Warning),
            Problem::LonelyValue { .. } => ("V624", Warning),
            Problem::NeverOpen { .. } => ("V625", Warning),
            Problem::EntersBehindSale { .. } => ("V626", Warning),
            Problem::FixedZone { .. } => ("V627", Warning),
            Problem::NothingVaries => ("V628", Warning),
            Problem::HiddenCase => ("V629", Warning),
        }
    }

    /// The stable code, as `V105`.
    pub fn code(&self) -> &'static str {
        self.class().0
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.class().1
    }
}
