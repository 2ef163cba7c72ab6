//! Why an export cannot be read, in English.

use crate::render::visible;
use crate::report::phrase::{CellFault, ExportRefusal, Place, Role, RowFault};

/// Letters of a cell that are quoted.
const LONGEST: usize = 60;

/// Headings that are listed.
const LISTED: usize = 40;

pub(super) fn refusal(refusal: &ExportRefusal) -> String {
    match refusal {
        ExportRefusal::CannotRead { reason } => format!("cannot be read: {reason}"),
        ExportRefusal::IsAFolder => "is a folder: name a file".to_owned(),
        ExportRefusal::CannotReread => {
            "is a pipe or a device, and a table is read several times: save it as a file".to_owned()
        }
        ExportRefusal::IsAnArchive => "is an archive: unpack it, and name the table".to_owned(),
        ExportRefusal::Empty => "is empty: it has not even headings".to_owned(),
        ExportRefusal::NotATable => {
            "is not a table that can be read: export it as CSV, xlsx or XES".to_owned()
        }
        ExportRefusal::BadWorkbook { reason } => {
            format!("is not a workbook that can be read ({reason}): export it as CSV")
        }
        ExportRefusal::BadLog { reason } => format!("is not an XES log that can be read: {reason}"),
        ExportRefusal::NoSuchSheet { sheet, found } => {
            format!("has no sheet {}: --sheet is one of {}", quoted(sheet), list(found))
        }
        ExportRefusal::NoHeadings { found } => format!(
            "the first row must have the headings of the columns, but it contains data: {}",
            list(found)
        ),
        ExportRefusal::NoColumn { role, column, found } => format!(
            "--map {}={}: there is no such column; the columns are {}",
            role.word(),
            quoted(column),
            list(found)
        ),
        ExportRefusal::NoRoles { needed, found } => no_roles(needed, found),
        ExportRefusal::NotAPlan { found } => format!(
            "a plan has two columns, a month and an amount, but here the columns are {}",
            list(found)
        ),
        ExportRefusal::BadRow { place, fault } => {
            format!("{}: {}", self::place(*place), row_fault(*fault))
        }
        ExportRefusal::BadCell { place, column, cell, fault } => format!(
            "{}, column {}: {} is {}; {}",
            self::place(*place),
            quoted(column),
            quoted(cell),
            cell_fault(*fault),
            if fault.can_be_skipped() {
                "correct it, or leave such rows out with --skip-bad-rows"
            } else {
                "correct it"
            }
        ),
        ExportRefusal::AmbiguousDates { column, cell } => format!(
            "column {}: {} may be day first or month first, and no date of the column tells: say --dates dmy or --dates mdy",
            quoted(column),
            quoted(cell)
        ),
        ExportRefusal::MixedDates { column, day_first, month_first } => format!(
            "column {}: dates are day first in {} and month first in {}: write all of them in one order, or say --dates \
             with --skip-bad-rows",
            quoted(column),
            self::place(*day_first),
            self::place(*month_first)
        ),
        ExportRefusal::AmbiguousNumbers { column, cell } => format!(
            "column {}: {} may have decimals or thousands, and no number of the file tells: say --decimal point or \
             --decimal comma",
            quoted(column),
            quoted(cell)
        ),
        ExportRefusal::MixedNumbers { column, point, comma } => format!(
            "column {}: the decimal sign is a point in {} and a comma in {}: write all numbers alike, or say --decimal \
             with --skip-bad-rows",
            quoted(column),
            self::place(*point),
            self::place(*comma)
        ),
        ExportRefusal::NoSuchWord { word, found } => format!(
            "no row has the word {} of --won or --lost; the words of the file are {}",
            quoted(word),
            list(found)
        ),
        ExportRefusal::RoundedIds { rounded, repeated } => format!(
            "a spreadsheet has rounded ids ({rounded}), and rows have an id that an earlier row has ({repeated}): \
             different deals may have become one; export the ids as text"
        ),
        ExportRefusal::NoSuchPipeline { pipeline, found } if found.is_empty() => format!(
            "--pipeline {}: the file has no column of pipelines; --map funnel=COLUMN names one",
            quoted(pipeline)
        ),
        ExportRefusal::NoSuchPipeline { pipeline, found } => {
            format!("--pipeline {}: the pipelines are {}", quoted(pipeline), list(found))
        }
    }
}

fn quoted(text: &str) -> String {
    format!("`{}`", visible(text.trim(), LONGEST))
}

fn list(names: &[String]) -> String {
    let shown = names.iter().take(LISTED).map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(LISTED);
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

fn place(place: Place) -> String {
    match place.line {
        Some(line) if line != place.row => format!("row {} (line {line})", place.row),
        _ => format!("row {}", place.row),
    }
}

fn no_roles(needed: &[Vec<Role>], found: &[String]) -> String {
    let one = |roles: &Vec<Role>| {
        roles.iter().map(|role| format!("`{}`", role.word())).collect::<Vec<_>>().join(" or ")
    };
    let roles: Vec<String> = needed.iter().map(one).collect();
    let example = needed.first().and_then(|roles| roles.first()).map_or("id", |role| role.word());
    let mut text = format!(
        "no column was found for {}; the columns are {}: say --map {example}=COLUMN",
        roles.join(", "),
        list(found)
    );
    if ExportRefusal::lacks_results(needed) {
        text.push_str(
            ". A client base without stages tells only how many clients come. What share of deals is won, how long \
             they take, why they are lost and what will be sold cannot be learnt from it: that takes the stage or the \
             result of each deal",
        );
    }
    text
}

fn row_fault(fault: RowFault) -> String {
    match fault {
        RowFault::Cells { found, needed } => format!(
            "it has {found} cells where there are {needed} headings; correct it, or leave such rows out with \
             --skip-bad-rows"
        ),
        RowFault::OpenQuote => "a quoted cell begins in it and never ends".to_owned(),
        RowFault::SwallowsRows => {
            "a quote in it is not closed, so that a cell holds the rows up to the next quote"
                .to_owned()
        }
        RowFault::Nul => {
            "it has a NUL character; the file may be damaged, or --encoding is another one"
                .to_owned()
        }
        RowFault::Undecodable => "it is not in the encoding of the file: say --encoding".to_owned(),
    }
}

fn cell_fault(fault: CellFault) -> &'static str {
    match fault {
        CellFault::NotADate => "not a date",
        CellFault::NotANumber => "not an amount",
        CellFault::NotAShare => "not a probability",
        CellFault::NotATruth => "neither yes nor no",
        CellFault::NotAMonth => "not a month, as 2026-11",
        CellFault::MonthTwice => "a month that an earlier row has",
        CellFault::NotPlanned => {
            "not an amount above zero, or can be read in two ways (--decimal sets the decimal sign)"
        }
    }
}
