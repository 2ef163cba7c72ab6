//! What the cells of each column are like: read once over all rows before anything is built from them.
//!
//! Only a bounded number of words is kept for each column, so memory does not grow with the rows.

use std::collections::HashMap;

use super::roles::Layout;
use crate::records::cells::amount::{self, Tells};
use crate::records::cells::{date, is_blank};
use crate::records::options::{DateOrder, DecimalMark, Options, Role};
use crate::records::refusal::{Place, Refusal};
use crate::records::source::Row;
use crate::records::understood::{Use, Why};

/// The most words of a column that divides deals.
pub(in crate::records) const MOST_WORDS: usize = 50;

/// The mean number of letters from which cells are texts.
const LONG: u64 = 60;

/// Cells of unused columns whose numbers are looked at.
const LOOKED_AT: u64 = 2000;

/// What was seen of a column.
#[derive(Debug, Default)]
pub(in crate::records) struct Seen {
    /// Cells that are not empty.
    pub(in crate::records) filled: u64,
    /// Its words with their counts, while they are few.
    pub(in crate::records) words: HashMap<String, u64>,
    /// Whether it has more words than are kept.
    pub(in crate::records) many: bool,
    letters: u64,
    numbers: u64,
    dates: u64,
    day_first: Option<Place>,
    month_first: Option<Place>,
    either: Option<String>,
    point: Option<Place>,
    comma: Option<Place>,
    point_or_comma: Option<String>,
    /// The first zone that a cell names, in seconds.
    offset: Option<i32>,
    /// Currencies that stand beside amounts.
    pub(in crate::records) currencies: HashMap<String, u64>,
}

/// What was seen of all columns.
#[derive(Debug)]
pub(in crate::records) struct Profile {
    /// The columns in their order.
    pub(in crate::records) columns: Vec<Seen>,
}

/// What the cells of a file were found to mean.
#[derive(Debug)]
pub(in crate::records) struct Meanings {
    /// The order of dates of each column.
    pub(in crate::records) orders: Vec<Option<DateOrder>>,
    /// The decimal sign of amounts.
    pub(in crate::records) mark: Option<DecimalMark>,
    /// The clock of the file, in seconds east of Greenwich, where its cells name zones.
    pub(in crate::records) clock: Option<i32>,
}

impl Profile {
    /// A profile of so many columns without rows.
    pub(in crate::records) fn new(columns: usize) -> Profile {
        Profile { columns: (0..columns).map(|_| Seen::default()).collect() }
    }

    /// Looks at a row.
    pub(in crate::records) fn see(&mut self, row: &Row, layout: &Layout) {
        for (at, seen) in self.columns.iter_mut().enumerate() {
            let cell = row.cells.get(at).unwrap_or_default();
            if is_blank(cell) {
                continue;
            }
            seen.filled += 1;
            match layout.used[at].0 {
                Use::Role(role) if role.is_date() && role != Role::Next => {
                    seen.see_date(cell, row.place);
                }
                Use::StageDate => seen.see_date(cell, row.place),
                Use::Role(Role::Amount | Role::Asked) => seen.see_amount(cell, row.place),
                Use::Role(Role::IsClosed | Role::IsWon | Role::IsLost | Role::Next) => {
                    seen.dates += u64::from(date::parse(cell, None).is_some());
                    seen.see_date(cell, row.place);
                }
                Use::Role(Role::Product | Role::Currency | Role::Funnel) => seen.see_word(cell),
                Use::Unused => seen.see_other(cell, row.place),
                _ => {}
            }
        }
    }
}

impl Seen {
    fn see_word(&mut self, cell: &str) {
        if self.many {
            return;
        }
        let cell = cell.trim();
        if let Some(count) = self.words.get_mut(cell) {
            *count += 1;
        } else if self.words.len() < MOST_WORDS {
            self.words.insert(cell.to_owned(), 1);
        } else {
            self.many = true;
        }
    }

    fn see_other(&mut self, cell: &str, place: Place) {
        if self.filled <= LOOKED_AT {
            if is_written_date(cell) {
                self.dates += 1;
            } else if amount::parse(cell, DecimalMark::Point)
                .or_else(|| amount::parse(cell, DecimalMark::Comma))
                .is_some_and(|amount| amount.currency.is_empty())
            {
                self.numbers += 1;
                self.see_mark(cell, place);
            } else if date::parse(cell, None).is_some() {
                self.dates += 1;
            }
        }
        self.letters += cell.len() as u64;
        self.see_word(cell);
    }

    fn see_date(&mut self, cell: &str, place: Place) {
        if let Some(numeric) = date::numeric(cell) {
            match numeric.order() {
                Some(DateOrder::Dmy) => _ = self.day_first.get_or_insert(place),
                Some(_) => _ = self.month_first.get_or_insert(place),
                None if numeric.is_same() => {}
                None if self.either.is_none() => self.either = Some(cell.trim().to_owned()),
                None => {}
            }
        }
        if self.offset.is_none()
            && let Some(stamp) = date::parse(cell, None)
        {
            self.offset = stamp.offset;
        }
    }

    fn see_mark(&mut self, cell: &str, place: Place) {
        match amount::tells(cell) {
            Tells::Mark(DecimalMark::Point) => _ = self.point.get_or_insert(place),
            Tells::Mark(DecimalMark::Comma) => _ = self.comma.get_or_insert(place),
            Tells::Either if self.point_or_comma.is_none() => {
                self.point_or_comma = Some(cell.trim().to_owned());
            }
            _ => {}
        }
    }

    fn see_amount(&mut self, cell: &str, place: Place) {
        self.see_mark(cell, place);
        let found = amount::parse(cell, DecimalMark::Point)
            .or_else(|| amount::parse(cell, DecimalMark::Comma));
        if let Some(found) = found
            && !found.currency.is_empty()
            && self.currencies.len() < MOST_WORDS
        {
            *self.currencies.entry(amount::currency_code(&found.currency)).or_default() += 1;
        }
    }

    fn mark(&self) -> Option<DecimalMark> {
        match (self.point, self.comma) {
            (Some(_), None) => Some(DecimalMark::Point),
            (None, Some(_)) => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    /// Whether an unused column divides deals, and why not.
    pub(in crate::records) fn as_segment(&self) -> (Use, Why) {
        let looked_at = self.filled.min(LOOKED_AT);
        let why = if self.filled == 0 {
            Why::Empty
        } else if self.numbers == looked_at {
            Why::Numbers
        } else if self.dates * 10 > looked_at * 9 {
            Why::Dates
        } else if self.letters > LONG * self.filled {
            Why::Texts
        } else if self.many || self.words.len() as u64 * 2 > self.filled.max(4) {
            Why::ManyWords
        } else if self.words.len() < 2 {
            Why::OneWord
        } else {
            return (Use::Segment, Why::Words);
        };
        (Use::Unused, why)
    }
}

impl Profile {
    /// Columns as `Closed` and `Won` hold a date in one system and yes or no in another; the next step of a deal is a date
    /// in one and a text in another, which is not used.
    pub(in crate::records) fn tell_dates_from_others(&self, layout: &mut Layout) {
        for (at, seen) in self.columns.iter().enumerate() {
            let is_date = seen.dates * 2 > seen.filled;
            let role = match layout.used[at].0 {
                Use::Role(Role::Next) if !is_date && layout.used[at].1 != Why::Told => {
                    layout.take(at, if seen.filled == 0 { Why::Empty } else { Why::Texts });
                    continue;
                }
                Use::Role(Role::IsClosed) => Role::Closed,
                Use::Role(Role::IsWon) => Role::WonAt,
                Use::Role(Role::IsLost) => Role::LostAt,
                _ => continue,
            };
            if is_date {
                layout.change(at, role);
            }
        }
    }

    /// What dates and numbers of the file mean; refuses those that may mean two things.
    pub(in crate::records) fn meanings(
        &self,
        layout: &Layout,
        options: &Options,
    ) -> Result<Meanings, Refusal> {
        let mut orders = vec![None; self.columns.len()];
        let mut clock = None;
        for (at, seen) in self.columns.iter().enumerate() {
            let is_date = match layout.used[at].0 {
                Use::Role(role) => role.is_date(),
                Use::StageDate => true,
                _ => false,
            };
            if is_date {
                orders[at] = order(seen, &layout.headings[at], options)?;
                clock = clock.or(seen.offset);
            }
        }
        Ok(Meanings { orders, mark: self.mark(layout, options)?, clock })
    }

    fn mark(&self, layout: &Layout, options: &Options) -> Result<Option<DecimalMark>, Refusal> {
        if options.decimal.is_some() {
            return Ok(options.decimal);
        }
        let column = |at: usize| layout.headings[at].clone();
        let amounts = [layout.columns(Role::Amount), layout.columns(Role::Asked)].concat();
        for at in &amounts {
            let seen = &self.columns[*at];
            if let (Some(point), Some(comma)) = (seen.point, seen.comma) {
                return Err(Refusal::MixedNumbers { column: column(*at), point, comma });
            }
            if seen.mark().is_some() {
                return Ok(seen.mark());
            }
        }
        let others: Vec<DecimalMark> = self.columns.iter().filter_map(Seen::mark).collect();
        if let Some(first) = others.first()
            && others.iter().all(|other| other == first)
        {
            return Ok(Some(*first));
        }
        for at in &amounts {
            if let Some(cell) = &self.columns[*at].point_or_comma {
                return Err(Refusal::AmbiguousNumbers { column: column(*at), cell: cell.clone() });
            }
        }
        Ok(None)
    }
}

/// Whether a cell is a date in numbers with signs between: `04.03.2026` is no amount of 4,032,026.
fn is_written_date(cell: &str) -> bool {
    let signs = cell.matches(['.', '-', '/', ':']).count();
    signs >= 2 && date::parse(cell, None).is_some()
}

/// The order of dates of a column.
fn order(seen: &Seen, heading: &str, options: &Options) -> Result<Option<DateOrder>, Refusal> {
    if options.dates.is_some() {
        return Ok(options.dates);
    }
    let column = heading.to_owned();
    match (seen.day_first, seen.month_first, &seen.either) {
        (Some(day_first), Some(month_first), _) => {
            Err(Refusal::MixedDates { column, day_first, month_first })
        }
        (Some(_), None, _) => Ok(Some(DateOrder::Dmy)),
        (None, Some(_), _) => Ok(Some(DateOrder::Mdy)),
        (None, None, Some(cell)) => Err(Refusal::AmbiguousDates { column, cell: cell.clone() }),
        (None, None, None) => Ok(None),
    }
}
