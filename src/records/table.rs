//! The rows of a source below its headings, without footers, repeated headings and empty rows.

use super::cells::date;
use super::options::Options;
use super::refusal::{Place, Refusal, RowFault};
use super::source::{Row, Rows, Source, TITLES};
use super::understood::{Odd, Oddity};
use std::collections::{BTreeMap, VecDeque};

/// Rows of an oddity that are kept.
const KEPT: usize = 5;

/// What was seen that looks wrong, with the first rows.
#[derive(Debug, Default)]
pub(super) struct Oddities(BTreeMap<Odd, Oddity>);

impl Oddities {
    /// Counts one.
    pub(super) fn add(&mut self, what: Odd, place: Place) {
        let oddity = self.0.entry(what).or_insert(Oddity { what, count: 0, rows: Vec::new() });
        oddity.count += 1;
        if oddity.rows.len() < KEPT {
            oddity.rows.push(place.line.unwrap_or(place.row));
        }
    }

    /// Raises a count to this one, which has no rows of its own.
    pub(super) fn raise(&mut self, what: Odd, count: u64) {
        if count > 0 {
            let oddity = self.0.entry(what).or_insert(Oddity { what, count, rows: Vec::new() });
            oddity.count = oddity.count.max(count);
        }
    }

    /// How often something was seen.
    pub(super) fn count(&self, what: Odd) -> u64 {
        self.0.get(&what).map_or(0, |oddity| oddity.count)
    }

    /// Adds what was seen elsewhere.
    pub(super) fn merge(&mut self, others: Oddities) {
        for (what, other) in others.0 {
            match self.0.get_mut(&what) {
                None => _ = self.0.insert(what, other),
                Some(own) => {
                    own.count += other.count;
                    own.rows.extend(other.rows);
                    own.rows.sort_unstable();
                    own.rows.truncate(KEPT);
                }
            }
        }
    }

    /// All that was seen.
    pub(super) fn into_list(self) -> Vec<Oddity> {
        self.0.into_values().collect()
    }
}

/// Rows under headings.
pub(super) struct Table<'s> {
    rows: Rows<'s>,
    headings: Vec<String>,
    skip_bad_rows: bool,
    /// Whether the user says the encoding, so that letters that it does not have are a fault.
    told_encoding: bool,
    /// Rows behind the headings that were read to find these.
    ahead: VecDeque<Result<Row, Refusal>>,
    /// Rows with one cell that are a footer if no data follow.
    tail: Option<Vec<Place>>,
    /// What was seen.
    pub(super) odd: Oddities,
    /// Rows of data.
    pub(super) count: u64,
}

/// Whether a cell begins a row of totals or of the small print.
fn is_total(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    ["grand total", "total", "итого", "всего", "confidential information", "copyright"].iter().any(
        |word| cell.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)),
    )
}

/// How many cells of a row say something.
fn filled(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// The first rows of a source, as many as can stand above the headings and one more, up to the first
/// one that cannot be read.
fn first_rows(rows: &mut Rows<'_>) -> VecDeque<Result<Row, Refusal>> {
    let mut first = VecDeque::new();
    while first.len() <= TITLES && !matches!(first.back(), Some(Err(_))) {
        let mut row = Row::new();
        match rows.next(&mut row) {
            Ok(false) => break,
            found => first.push_back(found.map(|_| row)),
        }
    }
    first
}

/// The cells of a row as headings.
fn headings_of(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Whether a row holds headings: more cells than the row above, all different, none a number or a
/// date.
fn are_headings(row: &Row, above: &[String]) -> bool {
    let cells: Vec<&str> =
        row.cells.iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let is_word = |cell: &&str| {
        date::parse(cell, None).is_none() && !cell.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut different = cells.clone();
    different.sort_unstable();
    different.dedup();
    let filled = above.iter().filter(|heading| !heading.is_empty()).count();
    cells.len() > filled && different.len() == cells.len() && cells.iter().all(is_word)
}

impl<'s> Table<'s> {
    /// Reads the headings of a source.
    pub(super) fn open(source: &'s Source, options: &Options) -> Result<Table<'s>, Refusal> {
        let told_encoding = options.encoding.is_some();
        let mut rows = source.rows()?;
        let mut ahead = first_rows(&mut rows);
        let widest = ahead.iter().flatten().map(filled).max().unwrap_or(0);
        let mut headings: Option<Vec<String>> = None;
        for _ in 0..TITLES {
            let Some(row) = ahead.pop_front().transpose()? else { break };
            refuse_bytes(&row, told_encoding)?;
            let filled = filled(&row);
            if filled >= 2 && filled * 2 >= widest {
                headings = Some(headings_of(&row));
                break;
            }
            headings.get_or_insert_with(|| row.cells.iter().map(str::to_owned).collect());
        }
        let is_filled =
            |headings: &Vec<String>| headings.iter().any(|text| !text.trim().is_empty());
        let mut headings = headings.filter(is_filled).ok_or(Refusal::Empty)?;
        // A title or groups of headings stand above the headings.
        if let Some(Ok(below)) = ahead.front()
            && are_headings(below, &headings)
        {
            refuse_bytes(below, told_encoding)?;
            headings = headings_of(below);
            ahead.pop_front();
        }
        // A year may be a heading; a date is none, and numbers in a third of the columns are data.
        let has_date = headings.iter().any(|text| date::parse(text, None).is_some());
        let numbers = headings.iter().filter(|text| text.parse::<f64>().is_ok()).count();
        if has_date || numbers * 3 >= headings.len() {
            return Err(Refusal::NoHeadings { found: headings });
        }
        // A separator at the end of each line makes a last column without a heading.
        while headings.len() > 1 && headings.last().is_some_and(String::is_empty) {
            headings.pop();
        }
        let skip_bad_rows = options.skip_bad_rows;
        let odd = Oddities::default();
        let tail = None;
        Ok(Table { rows, headings, skip_bad_rows, told_encoding, ahead, tail, odd, count: 0 })
    }

    /// The headings.
    pub(super) fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Reads the next row of data; says whether there was one.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, Refusal> {
        let needed = self.headings.len();
        loop {
            let read = match self.ahead.pop_front() {
                Some(ahead) => ahead.map(|ahead| {
                    *row = ahead;
                    true
                }),
                None => self.rows.next(row),
            };
            match read {
                Ok(true) => {}
                Ok(false) => {
                    if let Some(places) = self.tail.take() {
                        places.iter().for_each(|place| self.odd.add(Odd::Footer, *place));
                    }
                    return Ok(false);
                }
                Err(refusal) => {
                    self.bad(refusal)?;
                    continue;
                }
            }
            if let Err(refusal) = refuse_bytes(row, self.told_encoding) {
                self.bad(refusal)?;
                continue;
            }
            let filled = filled(row);
            let first = row.cells.get(0).unwrap_or_default();
            if filled == 0 {
                self.odd.add(Odd::EmptyRow, row.place);
                continue;
            }
            let is_whole = row.cells.len() >= needed;
            if needed > 3 && filled == 1 && is_whole && first.trim().contains(' ') {
                // A sentence that a program has filled up with empty cells is no deal.
                self.odd.add(Odd::Footer, row.place);
                continue;
            }
            let is_alone = filled == 1 && (!is_whole || self.tail.is_some());
            let is_total = is_total(first) && filled * 2 <= needed;
            if needed > 2 && is_total && !is_alone {
                self.odd.add(Odd::Total, row.place);
                continue;
            }
            if needed > 2 && !first.trim().is_empty() && (is_alone || is_total) {
                self.tail.get_or_insert_default().push(row.place);
                continue;
            }
            if row.cells.as_slice().contains(char::REPLACEMENT_CHARACTER) {
                self.odd.add(Odd::SpoiltLetters, row.place);
            }
            if let Some(places) = self.tail.take() {
                // Data go on behind it, so it was no footer.
                for place in places {
                    self.bad(Refusal::BadRow {
                        place,
                        fault: RowFault::Cells { found: 1, needed },
                    })?;
                }
            }
            let is_heading = |(at, heading): (usize, &String)| {
                row.cells.get(at).is_some_and(|cell| cell.trim() == heading)
            };
            if self.headings.iter().enumerate().all(is_heading) {
                self.odd.add(Odd::RepeatedHeadings, row.place);
                continue;
            }
            let found = row.cells.len();
            let surplus = row.cells.iter().skip(needed).any(|cell| !cell.trim().is_empty());
            if found < needed || surplus {
                let fault = RowFault::Cells { found, needed };
                self.bad(Refusal::BadRow { place: row.place, fault })?;
                continue;
            }
            self.count += 1;
            return Ok(true);
        }
    }

    /// Counts a row that cannot be read, or refuses the file for it.
    fn bad(&mut self, refusal: Refusal) -> Result<(), Refusal> {
        match refusal {
            Refusal::BadRow { place, .. } if self.skip_bad_rows => {
                self.odd.add(Odd::BadRow, place);
                Ok(())
            }
            other => Err(other),
        }
    }
}

/// Refuses a row with a NUL character, and one that is not in the encoding that the user says.
fn refuse_bytes(row: &Row, told_encoding: bool) -> Result<(), Refusal> {
    let (text, place) = (row.cells.as_slice(), row.place);
    if text.contains('\0') {
        return Err(Refusal::BadRow { place, fault: RowFault::Nul });
    }
    if told_encoding && text.contains(char::REPLACEMENT_CHARACTER) {
        return Err(Refusal::BadRow { place, fault: RowFault::Undecodable });
    }
    Ok(())
}
