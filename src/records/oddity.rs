//! What looks wrong with a file, or was left out of it, as data.

/// Something that looks wrong, or that was left out or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Odd {
    /// Rows that could not be read and were left out.
    BadRow,
    /// Rows below the table, as a footer.
    Footer,
    /// Rows of totals among the rows of data.
    Total,
    /// Rows that repeat the headings.
    RepeatedHeadings,
    /// Rows without anything.
    EmptyRow,
    /// Rows with letters that an earlier program has spoilt.
    SpoiltLetters,
    /// Rows without an id, which were left out.
    NoId,
    /// Rows of other funnels, which were left out.
    OtherFunnel,
    /// Rows that are no deals by the words of the user.
    NotADeal,
    /// Rows with reasons as `duplicate` or `test`, which are taken for lost deals.
    PerhapsNotADeal,
    /// Deals that the system has deleted, which were left out.
    Deleted,
    /// Rows with an id that another row has: the later state counts.
    Duplicate,
    /// Rows of further products of a deal: their amounts are added.
    ProductRow,
    /// Deals without a date of creation.
    NoCreated,
    /// Deals that ended on an unknown date.
    NoClosed,
    /// Deals of which columns say different ends.
    Contradiction,
    /// Deals that ended, but nobody says how: left out.
    EndedUnknown,
    /// Deals that ended before they were created: their end is not used.
    ClosedBeforeCreated,
    /// Deals that ended in the future: their end is not used.
    ClosedLater,
    /// Deals that were created in the future: their creation is not used.
    CreatedLater,
    /// Deals that were created ten years before nearly all others: this date is not used.
    CreatedFarBefore,
    /// Deals that ended more than 27 years after they were created.
    TooLong,
    /// Deals whose end is a planned date, for the file has no other.
    ClosedByPlan,
    /// Planned dates that are ends of months, so often that they are not used.
    MonthEnds,
    /// Open or lost deals with an amount of zero, which is unknown.
    ZeroAmount,
    /// Won deals without an amount.
    NoAmount,
    /// Amounts below zero, which are unknown.
    NegativeAmount,
    /// Amounts in other currencies, which are unknown.
    OtherCurrency,
    /// Deals whose owner has left.
    FormerOwner,
    /// Ids that a spreadsheet has rounded.
    RoundedId,
    /// Columns whose heading another one has.
    RepeatedColumn,
    /// A number of rows at which systems cut exports.
    RoundCount,
    /// All deals are open.
    AllOpen,
    /// All deals have ended.
    AllEnded,
    /// Several funnels that are read as one.
    SeveralFunnels,
    /// Deals that were open again after an end.
    Reopened,
    /// Rows of a history in which the stage does not change.
    SameStage,
    /// Spellings of names that differ from an earlier one only in capital letters or spaces: read as one.
    Spellings,
    /// Sheets with rows that are not read.
    OtherSheets,
    /// No deal was lost, though some were won and some are open.
    NoneLost,
    /// No deal was won, though some were lost.
    NoneWon,
    /// Events without an activity or a stage, which were left out.
    NoActivity,
    /// Events without a time, which were left out.
    NoTime,
    /// Events that end before they begin: the end is taken for both.
    EndBeforeStart,
    /// Events in the future.
    EventLater,
    /// Rows that are not in the order of time.
    Unsorted,
    /// Events that begin or end alone.
    Unpaired,
    /// Events that are neither a begin nor an end.
    OtherEvent,
}

impl Odd {
    /// All of them.
    pub const ALL: [Odd; 48] = [
        Odd::BadRow,
        Odd::Footer,
        Odd::Total,
        Odd::RepeatedHeadings,
        Odd::EmptyRow,
        Odd::SpoiltLetters,
        Odd::NoId,
        Odd::OtherFunnel,
        Odd::NotADeal,
        Odd::PerhapsNotADeal,
        Odd::Deleted,
        Odd::Duplicate,
        Odd::ProductRow,
        Odd::NoCreated,
        Odd::NoClosed,
        Odd::Contradiction,
        Odd::EndedUnknown,
        Odd::ClosedBeforeCreated,
        Odd::ClosedLater,
        Odd::CreatedLater,
        Odd::CreatedFarBefore,
        Odd::TooLong,
        Odd::ClosedByPlan,
        Odd::MonthEnds,
        Odd::ZeroAmount,
        Odd::NoAmount,
        Odd::NegativeAmount,
        Odd::OtherCurrency,
        Odd::FormerOwner,
        Odd::RoundedId,
        Odd::RepeatedColumn,
        Odd::RoundCount,
        Odd::AllOpen,
        Odd::AllEnded,
        Odd::SeveralFunnels,
        Odd::Reopened,
        Odd::SameStage,
        Odd::Spellings,
        Odd::OtherSheets,
        Odd::NoneLost,
        Odd::NoneWon,
        Odd::NoActivity,
        Odd::NoTime,
        Odd::EndBeforeStart,
        Odd::EventLater,
        Odd::Unsorted,
        Odd::Unpaired,
        Odd::OtherEvent,
    ];

    /// Whether figures may be wrong because of it, so that it is told wherever the file is read.
    pub fn is_doubtful(self) -> bool {
        matches!(
            self,
            Odd::BadRow
                | Odd::PerhapsNotADeal
                | Odd::Duplicate
                | Odd::NoCreated
                | Odd::NoClosed
                | Odd::Contradiction
                | Odd::EndedUnknown
                | Odd::ClosedBeforeCreated
                | Odd::ClosedLater
                | Odd::CreatedLater
                | Odd::CreatedFarBefore
                | Odd::TooLong
                | Odd::NegativeAmount
                | Odd::OtherCurrency
                | Odd::RoundedId
                | Odd::RoundCount
                | Odd::SeveralFunnels
                | Odd::OtherSheets
                | Odd::NoneLost
                | Odd::NoneWon
                | Odd::EventLater
                | Odd::NoTime
                | Odd::EndBeforeStart
        )
    }

    /// Its key, for other programs.
    pub fn word(self) -> &'static str {
        match self {
            Odd::BadRow => "bad_row",
            Odd::Footer => "footer",
            Odd::Total => "total",
            Odd::RepeatedHeadings => "repeated_headings",
            Odd::EmptyRow => "empty_row",
            Odd::SpoiltLetters => "spoilt_letters",
            Odd::NoId => "no_id",
            Odd::OtherFunnel => "other_funnel",
            Odd::NotADeal => "not_a_deal",
            Odd::PerhapsNotADeal => "perhaps_not_a_deal",
            Odd::Deleted => "deleted",
            Odd::Duplicate => "duplicate",
            Odd::ProductRow => "product_row",
            Odd::NoCreated => "no_created",
            Odd::NoClosed => "no_closed",
            Odd::Contradiction => "contradiction",
            Odd::EndedUnknown => "ended_unknown",
            Odd::ClosedBeforeCreated => "closed_before_created",
            Odd::ClosedLater => "closed_later",
            Odd::CreatedLater => "created_later",
            Odd::CreatedFarBefore => "created_far_before",
            Odd::TooLong => "too_long",
            Odd::ClosedByPlan => "closed_by_plan",
            Odd::MonthEnds => "month_ends",
            Odd::ZeroAmount => "zero_amount",
            Odd::NoAmount => "no_amount",
            Odd::NegativeAmount => "negative_amount",
            Odd::OtherCurrency => "other_currency",
            Odd::FormerOwner => "former_owner",
            Odd::RoundedId => "rounded_id",
            Odd::RepeatedColumn => "repeated_column",
            Odd::RoundCount => "round_count",
            Odd::AllOpen => "all_open",
            Odd::AllEnded => "all_ended",
            Odd::SeveralFunnels => "several_funnels",
            Odd::Reopened => "reopened",
            Odd::SameStage => "same_stage",
            Odd::Spellings => "spellings",
            Odd::OtherSheets => "other_sheets",
            Odd::NoneLost => "none_lost",
            Odd::NoneWon => "none_won",
            Odd::NoActivity => "no_activity",
            Odd::NoTime => "no_time",
            Odd::EndBeforeStart => "end_before_start",
            Odd::EventLater => "event_later",
            Odd::Unsorted => "unsorted",
            Odd::Unpaired => "unpaired",
            Odd::OtherEvent => "other_event",
        }
    }
}

/// How often something odd was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// What.
    pub what: Odd,
    /// How many rows or deals.
    pub count: u64,
    /// The first of these rows, at most five.
    pub rows: Vec<u64>,
}
