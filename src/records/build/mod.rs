//! Deals from rows: the second reading of a file, when the meaning of its columns is known.

pub(super) mod deals;
pub(super) mod history;
pub(super) mod index;
pub(super) mod log;
pub(super) mod segments;
pub(super) mod summary;
pub(super) mod wide;

use std::collections::HashMap;

use super::cells::{amount, date, is_blank, truth};
use super::columns::profile::Meanings;
use super::columns::roles::Layout;
use super::columns::words::{Codes, Meaning, Words};
use super::deals::Moment;
use super::options::{DecimalMark, Options, Role};
use super::refusal::{CellFault, Refusal};
use super::source::Row;
use super::table::Oddities;
use super::understood::{Odd, OutcomeWord};

/// Words of which a file may have more without that they are listed.
const LISTED: usize = 1000;

/// What a word says, remembered with how many rows have it.
#[derive(Debug, Default)]
pub(super) struct Said {
    of_role: HashMap<Role, HashMap<String, (usize, Meaning, u64)>>,
    count: usize,
}

impl Said {
    /// The meaning of a word of a role; it is counted.
    pub(super) fn meaning(
        &mut self,
        words: &Words,
        role: Role,
        word: &str,
        codes: Codes,
    ) -> Meaning {
        let of_role = self.of_role.entry(role).or_default();
        if let Some((_, meaning, count)) = of_role.get_mut(word) {
            *count += 1;
            return *meaning;
        }
        let meaning = words.meaning(word, codes);
        of_role.insert(word.to_owned(), (self.count, meaning, 1));
        self.count += 1;
        meaning
    }

    /// The words in the order in which the file has them.
    pub(super) fn into_list(self) -> Vec<OutcomeWord> {
        let of_role = self.of_role.into_iter();
        let mut list: Vec<_> = of_role
            .flat_map(|(role, words)| {
                words.into_iter().map(move |(word, said)| ((role, word), said))
            })
            .collect();
        list.sort_by_key(|(_, (order, ..))| *order);
        list.truncate(LISTED);
        list.into_iter()
            .map(|((role, word), (_, meaning, count))| OutcomeWord {
                word,
                role,
                outcome: meaning.outcome,
                known: meaning.known,
                count,
            })
            .collect()
    }
}

/// Counts a row whose cell cannot be read, where that is allowed; other faults stay.
pub(super) fn add_bad(odd: &mut Oddities, refusal: Refusal) -> Result<(), Refusal> {
    match refusal {
        Refusal::BadCell { place, .. } => {
            odd.add(Odd::BadRow, place);
            Ok(())
        }
        other => Err(other),
    }
}

/// How cells of a file are read.
pub(super) struct Cells<'a> {
    pub(super) layout: &'a Layout,
    pub(super) meanings: &'a Meanings,
    pub(super) options: &'a Options,
}

impl Cells<'_> {
    /// The cell of a role: that of its first column that is not empty.
    pub(super) fn text<'r>(&self, row: &'r Row, role: Role) -> Option<&'r str> {
        self.at(row, role).map(|(_, cell)| cell)
    }

    fn at<'r>(&self, row: &'r Row, role: Role) -> Option<(usize, &'r str)> {
        let cell = |at: &usize| Some((*at, row.cells.get(*at)?.trim()));
        let cells = self.layout.columns(role).iter().filter_map(cell);
        cells.into_iter().find(|(_, cell)| !is_blank(cell))
    }

    fn bad(&self, row: &Row, at: usize, fault: CellFault) -> Refusal {
        let cell = row.cells.get(at).unwrap_or_default().to_owned();
        Refusal::BadCell { place: row.place, column: self.layout.headings[at].clone(), cell, fault }
    }

    /// The date of a column, by the clock of the file.
    pub(super) fn date_at(&self, row: &Row, at: usize) -> Result<Option<Moment>, Refusal> {
        let cell = row.cells.get(at).unwrap_or_default();
        if is_blank(cell) {
            return Ok(None);
        }
        let stamp = date::parse(cell, self.meanings.orders[at])
            .ok_or_else(|| self.bad(row, at, CellFault::NotADate))?;
        let shift = match (self.meanings.clock, stamp.offset) {
            (Some(clock), Some(offset)) => i64::from(clock - offset) * 1_000_000,
            _ => 0,
        };
        Ok(Some(Moment(stamp.moment.0 + shift)))
    }

    /// The date of a role.
    pub(super) fn date(&self, row: &Row, role: Role) -> Result<Option<Moment>, Refusal> {
        match self.at(row, role) {
            Some((at, _)) => self.date_at(row, at),
            None => Ok(None),
        }
    }

    /// The amount and its currency, as the cell or the column beside it has it.
    pub(super) fn amount(&self, row: &Row) -> Result<Option<amount::Amount>, Refusal> {
        self.money(row, Role::Amount)
    }

    /// The amount that was asked for.
    pub(super) fn asked(&self, row: &Row) -> Result<Option<amount::Amount>, Refusal> {
        self.money(row, Role::Asked)
    }

    fn money(&self, row: &Row, role: Role) -> Result<Option<amount::Amount>, Refusal> {
        let Some((at, cell)) = self.at(row, role) else { return Ok(None) };
        let mark = self.meanings.mark.unwrap_or(DecimalMark::Point);
        let found = amount::parse(cell, mark);
        let mut found = found.ok_or_else(|| self.bad(row, at, CellFault::NotANumber))?;
        if let Some(currency) = self.text(row, Role::Currency) {
            currency.clone_into(&mut found.currency);
        }
        Ok(Some(found))
    }

    /// The chance that somebody typed.
    pub(super) fn chance(&self, row: &Row) -> Result<Option<f64>, Refusal> {
        let Some((at, cell)) = self.at(row, Role::Chance) else { return Ok(None) };
        let share = amount::share(cell);
        share.map(Some).ok_or_else(|| self.bad(row, at, CellFault::NotAShare))
    }

    /// Yes or no; none where the file has no such column or the cell is empty.
    pub(super) fn truth(&self, row: &Row, role: Role) -> Result<Option<bool>, Refusal> {
        let Some((at, cell)) = self.at(row, role) else {
            return Ok(self.layout.has(role).then_some(false));
        };
        truth(cell).map(Some).ok_or_else(|| self.bad(row, at, CellFault::NotATruth))
    }

    /// Whether the user says that rows with these words are no deals.
    pub(super) fn is_no_deal(&self, row: &Row) -> bool {
        let has = |role: Role| {
            self.text(row, role).is_some_and(|cell| {
                let cell = cell.to_lowercase();
                self.options.not_a_deal.iter().any(|part| cell.contains(&part.to_lowercase()))
            })
        };
        !self.options.not_a_deal.is_empty()
            && [Role::Reason, Role::Stage, Role::Status].into_iter().any(has)
    }
}
