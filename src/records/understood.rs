//! What was understood of a file before anything is computed from it.

use super::deals::Outcome;
pub use super::oddity::{Odd, Oddity};
use super::options::{DateOrder, DecimalMark, Preset, Role};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Cells that are separated by a character.
    Csv,
    /// A workbook of a spreadsheet.
    Workbook,
    /// A web page with a table, which some systems name `.xls`.
    Html,
    /// An event log in XES.
    Xes,
}

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One row a deal.
    Deals,
    /// One row for each stage that a deal entered.
    StageHistory,
    /// One row for each thing that was done.
    EventLog,
}

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It has a role.
    Role(Role),
    /// It divides deals into segments.
    Segment,
    /// It says when deals entered a stage, or left it.
    StageDate,
    /// It is not used.
    Unused,
}

/// Why a column is used so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The user says so.
    Told,
    /// By its heading, as this system calls it.
    Known(Preset),
    /// By its heading.
    Heading,
    /// An earlier column of the same name is used; this one where it is empty.
    Repeated,
    /// It has few different words.
    Words,
    /// It is empty.
    Empty,
    /// It has one word only.
    OneWord,
    /// It has too many different words.
    ManyWords,
    /// Its cells are numbers.
    Numbers,
    /// Its cells are dates.
    Dates,
    /// Its cells are long texts.
    Texts,
    /// It is filled at the end of a deal: these shares of cells of open and of ended deals are empty.
    Leak {
        /// Of open deals, in percent.
        open: u8,
        /// Of deals that ended, in percent.
        ended: u8,
    },
    /// It says of people or firms, not of deals.
    OfAnother,
    /// It says of events, not of deals.
    OfEvents,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnFound {
    /// Its heading.
    pub name: String,
    /// What it is used for.
    pub used: Use,
    /// Why.
    pub why: Why,
    /// Cells that are not empty.
    pub filled: u64,
    /// Its different words, where they are few.
    pub words: Option<usize>,
    /// The order of its dates, where they are of numbers.
    pub order: Option<DateOrder>,
}

/// How the meaning of a word is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// The user says so.
    Told,
    /// It is a usual word for it.
    Usual,
    /// It is not known: its deals are taken for open.
    Unknown,
}

/// A word of a status, a stage or an activity, with what it says of the outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeWord {
    /// The word.
    pub word: String,
    /// The role of its column.
    pub role: Role,
    /// The outcome of its deals; none where other columns say it.
    pub outcome: Outcome,
    /// How that is known.
    pub known: KnownBy,
    /// How many rows have it.
    pub count: u64,
}

/// Deals of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Kind {
    /// How many.
    pub count: u64,
    /// The sum of their known values, in the currency of the file.
    pub sum: f64,
    /// How many have a known value.
    pub with_amount: u64,
}

/// Deals by their outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Kinds {
    /// Open deals.
    pub open: Kind,
    /// Won deals.
    pub won: Kind,
    /// Lost deals.
    pub lost: Kind,
}

/// What happened in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// The month from 1 to 12.
    pub month: i8,
    /// Deals that were created.
    pub created: u64,
    /// Deals that were won.
    pub won: u64,
    /// The sum of their known values.
    pub won_sum: f64,
    /// Deals that were lost.
    pub lost: u64,
}

/// What was understood of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// Its format.
    pub format: Format,
    /// Whether it is packed with gzip.
    pub packed: bool,
    /// The encoding of its text.
    pub encoding: Option<&'static str>,
    /// What separates cells.
    pub delimiter: Option<char>,
    /// The sheet that was read.
    pub sheet: Option<String>,
    /// The decimal sign, where numbers show one.
    pub decimal: Option<DecimalMark>,
    /// The system that it comes from.
    pub preset: Option<Preset>,
    /// What its rows are.
    pub shape: Shape,
    /// Rows of data.
    pub rows: u64,
    /// Its columns.
    pub columns: Vec<ColumnFound>,
    /// Words that say how deals ended, and words that may.
    pub words: Vec<OutcomeWord>,
    /// Rows of each funnel.
    pub funnels: Vec<(String, u64)>,
    /// Deals by their outcome.
    pub kinds: Kinds,
    /// The currency of amounts.
    pub currency: Option<String>,
    /// What happened in each month, in their order.
    pub months: Vec<Month>,
    /// What looks wrong.
    pub oddities: Vec<Oddity>,
    /// Events of a log or a history.
    pub events: u64,
    /// Different stages or activities.
    pub stages: usize,
    /// Different people.
    pub people: usize,
    /// The first fact of the file, as a day since 1970-01-01.
    pub first_day: Option<i64>,
    /// Its last fact.
    pub last_day: Option<i64>,
}

impl Understood {
    /// How often this was seen.
    pub fn count(&self, odd: Odd) -> u64 {
        self.oddities.iter().find(|oddity| oddity.what == odd).map_or(0, |oddity| oddity.count)
    }

    /// The first column with this role.
    pub fn column(&self, role: Role) -> Option<&ColumnFound> {
        self.columns.iter().find(|column| column.used == Use::Role(role))
    }

    /// Words that are not known to say how deals ended.
    pub fn has_unknown_words(&self) -> bool {
        self.words.iter().any(|word| word.known == KnownBy::Unknown)
    }

    /// Whether anything can be learned from the file: it has deals, and some of them have ended.
    pub fn is_useful(&self) -> bool {
        let ended = self.kinds.won.count + self.kinds.lost.count;
        ended > 0 || (self.shape == Shape::EventLog && self.kinds.open.count > 0)
    }
}
