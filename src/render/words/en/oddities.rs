//! What looks wrong with an export, in English.

use crate::report::phrase::Odd;

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(super) fn odd(odd: Odd) -> &'static str {
    match odd {
        Odd::BadRow => "rows that could not be read; left out",
        Odd::Footer => "rows of a footer; left out",
        Odd::Total => "rows of totals; left out",
        Odd::RepeatedHeadings => "rows that repeat the headings; left out",
        Odd::EmptyRow => "empty rows; left out",
        Odd::SpoiltLetters => "rows with letters that are spoilt in the file (shown as \u{fffd})",
        Odd::NoId => "rows without an id; left out",
        Odd::OtherFunnel => "rows of other pipelines; left out",
        Odd::NotADeal => "rows that are not deals, by --not-a-deal; left out",
        Odd::PerhapsNotADeal => {
            "lost deals with a reason such as duplicate or test; --not-a-deal leaves them out"
        }
        Odd::Deleted => "deleted deals; left out",
        Odd::Duplicate => "rows with an id that an earlier row has; the later state counts",
        Odd::ProductRow => "rows of further products of a deal; amounts are added",
        Odd::NoCreated => "deals without a date of creation",
        Odd::NoClosed => "ended deals without a date of their end",
        Odd::Contradiction => {
            "deals whose columns say different ends: columns of yes and no count first, then the status"
        }
        Odd::EndedUnknown => {
            "deals that ended, but not whether won or lost; left out: say --won and --lost"
        }
        Odd::ClosedBeforeCreated => {
            "deals that ended before they were created; they count as ended, but this date is not used"
        }
        Odd::ClosedLater => "deals that ended in the future; this end is not used",
        Odd::CreatedLater => "deals that were created in the future; this date is not used",
        Odd::CreatedFarBefore => {
            "deals that were created over ten years before nearly all others; this date is not used"
        }
        Odd::TooLong => {
            "deals that ended more than 27 years after they were created; this end is not used"
        }
        Odd::ClosedByPlan => "ended deals whose only date of an end is the planned one; it is used",
        Odd::MonthEnds => {
            "planned dates that are the last day of a month, which nobody typed; not used"
        }
        Odd::ZeroAmount => "open or lost deals with an amount of 0; it counts as unknown",
        Odd::NoAmount => "won deals without an amount",
        Odd::NegativeAmount => "amounts below 0; they count as unknown",
        Odd::OtherCurrency => "amounts in other currencies; they count as unknown",
        Odd::FormerOwner => "deals whose owner has left; the owner is (former)",
        Odd::RoundedId => "ids that a spreadsheet has rounded; export them as text",
        Odd::RepeatedColumn => {
            "columns with a heading that an earlier column has; used where that one is empty"
        }
        Odd::RoundCount => {
            "a number of rows at which exports are cut; check that the export is complete"
        }
        Odd::AllOpen => "all deals are open; say --won and --lost, or export all deals",
        Odd::AllEnded => "all deals have ended; export the open ones too",
        Odd::SeveralFunnels => "several pipelines are read as one; --pipeline reads one of them",
        Odd::Reopened => "ends after which a deal was opened again; the last end counts",
        Odd::SameStage => "rows in which the stage does not change; left out",
        Odd::Spellings => {
            "spellings that differ from an earlier one only in capitals or spaces; read as one name"
        }
        Odd::OtherSheets => "other sheets with rows, which are not read; --sheet names one",
        Odd::NoneLost => {
            "won deals, but none that was lost; if a word of the file means lost, say --lost WORD"
        }
        Odd::NoneWon => {
            "lost deals, but none that was won; if a word of the file means won, say --won WORD"
        }
        Odd::NoActivity => "events without an activity; left out",
        Odd::NoTime => "events without a time; left out",
        Odd::EndBeforeStart => "events that end before they begin; they take no time",
        Odd::EventLater => "events in the future; left out",
        Odd::Unsorted => "events that come after a later one of the same deal; sorted",
        Odd::Unpaired => "activities of which only the begin or only the end is known",
        Odd::OtherEvent => {
            "events that are neither a begin nor an end, or not of a stage; left out"
        }
    }
}
