//! What is said of an export: headings, titles of columns, words of cells, remarks.

use jiff::civil::Date;

use super::{
    DateOrder, DealOutcome, DecimalMark, FileFormat, KnownBy, Odd, Preset, Role, Shape, Use,
    WhyUsed,
};

/// Something that is said of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum Inspected {
    /// The first line.
    Title {
        /// The file.
        file: String,
        /// What its rows are.
        shape: Shape,
        /// How many rows it has.
        rows: u64,
    },
    /// How the file is written.
    File {
        /// Its format.
        format: FileFormat,
        /// Whether it is packed.
        packed: bool,
        /// The encoding of its text.
        encoding: Option<&'static str>,
        /// What separates its cells.
        delimiter: Option<char>,
        /// The decimal sign of its numbers.
        decimal: Option<DecimalMark>,
        /// The sheet.
        sheet: Option<String>,
    },
    /// The system that it comes from.
    System(Preset),
    /// Its headings are those of no known system.
    NoSystem,
    /// From when to when its facts are.
    Facts {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// How many events a log has.
    Events {
        /// Events.
        events: u64,
        /// Deals.
        deals: u64,
        /// Different activities or stages.
        stages: usize,
        /// Different people.
        people: usize,
    },
    /// Heading: the columns.
    ColumnsHeading,
    /// Heading: deals by their outcome.
    DealsHeading,
    /// Heading: words that say how deals ended.
    WordsHeading,
    /// Heading: deals of each funnel.
    FunnelsHeading,
    /// Heading: deals by month.
    MonthsHeading,
    /// Heading: what looks wrong, or was left out.
    OddHeading,
    /// Title: the heading of a column.
    ColumnTitle,
    /// Title: what a column is used for.
    UsedTitle,
    /// Title: why.
    WhyTitle,
    /// Title: cells that are filled.
    FilledTitle,
    /// Title: how many different words.
    WordsTitle,
    /// Title: how deals stand.
    OutcomeTitle,
    /// Title: a number of deals.
    DealsTitle,
    /// Title: deals with a known amount.
    WithAmountTitle,
    /// Title: the sum of the amounts.
    SumTitle,
    /// Title: a word.
    WordTitle,
    /// Title: the role of the column of a word.
    WhereTitle,
    /// Title: what a word means.
    MeansTitle,
    /// Title: how that is known.
    KnownTitle,
    /// Title: a number of rows.
    RowsTitle,
    /// Title: a funnel.
    FunnelTitle,
    /// Title: a month.
    MonthTitle,
    /// Title: deals that were created.
    CreatedTitle,
    /// Title: deals that were won.
    WonTitle,
    /// Title: the sum of their amounts.
    WonSumTitle,
    /// Title: deals that were lost.
    LostTitle,
    /// Title: what looks wrong.
    OddTitle,
    /// Title: the first rows.
    FirstRowsTitle,
    /// A cell: what a column is used for, and the order of its dates.
    Used(Use, Option<DateOrder>),
    /// A cell: why a column is used so.
    Why(WhyUsed),
    /// A cell: a role.
    Role(Role),
    /// A cell: how deals stand.
    Outcome(DealOutcome),
    /// A cell: how a word is known.
    Known(KnownBy),
    /// A cell: what looks wrong.
    Odd(Odd),
    /// More words that are not shown.
    MoreWords(usize),
    /// Months before the shown ones.
    MoreMonths(usize),
    /// Words that are not known count as open.
    UnknownWords,
    /// Nothing looks wrong.
    NothingOdd,
    /// A log does not say which of its activities end a deal.
    NoEnds,
    /// The file has no deals.
    NoDeals,
    /// No deal of the file has ended, so nothing can be learned from it.
    NoneEnded,
}
