//! Why a file cannot be read, as data: what is wrong, where, and what would mend it.

use super::options::Role;

/// Where in a file: rows as a spreadsheet counts them, lines as an editor does; both begin with 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The row; the headings are the first one.
    pub row: u64,
    /// The line of a text file at which the row begins.
    pub line: Option<u64>,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// It has fewer or more cells than there are headings.
    Cells {
        /// How many it has.
        found: usize,
        /// How many there should be.
        needed: usize,
    },
    /// A quoted cell does not end.
    OpenQuote,
    /// A quote is not closed, and the cell goes on to the quote of a later row.
    SwallowsRows,
    /// It has a NUL character.
    Nul,
    /// It is not in the encoding of the file.
    Undecodable,
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFault {
    /// It is no date.
    NotADate,
    /// It is no number.
    NotANumber,
    /// It is no share.
    NotAShare,
    /// It is neither yes nor no.
    NotATruth,
    /// It is no month of a year.
    NotAMonth,
    /// It is a month that an earlier row has.
    MonthTwice,
    /// It is no amount above zero that can be read in one way only.
    NotPlanned,
}

impl CellFault {
    /// Whether the row may be left out instead: every row of a plan counts.
    pub fn can_be_skipped(self) -> bool {
        !matches!(self, CellFault::NotAMonth | CellFault::MonthTwice | CellFault::NotPlanned)
    }
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The system does not let it be read.
    CannotRead {
        /// What the system says.
        reason: String,
    },
    /// It is a folder.
    IsAFolder,
    /// It is a pipe or a device, which cannot be read twice.
    CannotReread,
    /// It is a ZIP archive, but no workbook.
    IsAnArchive,
    /// It has no rows, not even headings.
    Empty,
    /// It is no table of a format that can be read.
    NotATable,
    /// It is a workbook that is damaged or of a kind that cannot be read.
    BadWorkbook {
        /// What is wrong with it.
        reason: String,
    },
    /// It is no event log, although it is XML.
    BadLog {
        /// What is wrong with it.
        reason: String,
    },
    /// A workbook has no sheet of this name.
    NoSuchSheet {
        /// The name.
        sheet: String,
        /// The sheets that it has.
        found: Vec<String>,
    },
    /// The first row holds data, not headings.
    NoHeadings {
        /// What it holds.
        found: Vec<String>,
    },
    /// A column that the user named is not there.
    NoColumn {
        /// What it should say.
        role: Role,
        /// Its heading.
        column: String,
        /// The headings of the file.
        found: Vec<String>,
    },
    /// No column has a role that is needed; one of the roles of each entry is enough.
    NoRoles {
        /// The roles.
        needed: Vec<Vec<Role>>,
        /// The headings of the file.
        found: Vec<String>,
    },
    /// A plan has other columns than a month and an amount.
    NotAPlan {
        /// The headings of the file.
        found: Vec<String>,
    },
    /// A row cannot be read.
    BadRow {
        /// Where.
        place: Place,
        /// Why.
        fault: RowFault,
    },
    /// A cell cannot be read.
    BadCell {
        /// Where.
        place: Place,
        /// The heading of its column.
        column: String,
        /// What it holds.
        cell: String,
        /// Why.
        fault: CellFault,
    },
    /// Dates of a column may be day first or month first.
    AmbiguousDates {
        /// The heading.
        column: String,
        /// One of them.
        cell: String,
    },
    /// Dates of a column are day first in one row and month first in another.
    MixedDates {
        /// The heading.
        column: String,
        /// A row with the day first.
        day_first: Place,
        /// A row with the month first.
        month_first: Place,
    },
    /// A comma or a point in numbers of a column may be a decimal sign or may separate thousands.
    AmbiguousNumbers {
        /// The heading.
        column: String,
        /// One of them.
        cell: String,
    },
    /// Some numbers of a column have a decimal comma and some a decimal point.
    MixedNumbers {
        /// The heading.
        column: String,
        /// A row with a point.
        point: Place,
        /// A row with a comma.
        comma: Place,
    },
    /// No row has a word that is said to mean won or lost.
    NoSuchWord {
        /// The word.
        word: String,
        /// Words of the columns that say how deals stand.
        found: Vec<String>,
    },
    /// A spreadsheet has rounded ids, so that different deals have the same one.
    RoundedIds {
        /// How many ids.
        rounded: u64,
        /// How many rows have an id that an earlier one has.
        repeated: u64,
    },
    /// The file has no funnel of this name.
    NoSuchPipeline {
        /// The name.
        pipeline: String,
        /// The funnels of the file.
        found: Vec<String>,
    },
}

impl Refusal {
    /// Whether what is missing is how far each deal came, as in a client base without stages.
    pub fn lacks_results(needed: &[Vec<Role>]) -> bool {
        needed.iter().any(|roles| roles.contains(&Role::Status))
    }
}
