//! What a table from outside says of deals, whatever its format was: names instead of words,
//! moments instead of dates.
//!
//! Times are the clock of the file: no time zone is applied, unless the cells name one.

use std::collections::HashMap;

/// Microseconds since 1970-01-01 00:00 by the clock of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

impl Moment {
    /// The midnight that opens day `days` since 1970-01-01.
    pub const fn of_day(days: i64) -> Self {
        Self(days * DAY)
    }

    /// Whole days since 1970-01-01.
    pub const fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// Days since 1970-01-01 with their fraction.
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }
}

/// One of the [`Names`] of a column.
pub type NameId = u32;

/// The different words of a column, in the order in which the file has them first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    words: Vec<String>,
    ids: HashMap<String, NameId>,
    /// The ids of words in small letters with single spaces.
    alike: HashMap<String, NameId>,
}

/// What words that differ only in capital letters or spaces have in common.
pub fn alike(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Names {
    /// The id of a word, which is new or known. Words that differ only in capital letters or spaces are one; it is spelled
    /// as it was first.
    ///
    /// ```
    /// use voronka::records::deals::Names;
    /// let mut stages = Names::default();
    /// assert_eq!(stages.id("First  call"), stages.id("first call"));
    /// assert_eq!((stages.words(), stages.spellings()), (&["First  call".to_owned()][..], 1));
    /// ```
    pub fn id(&mut self, word: &str) -> NameId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = *self.alike.entry(alike(word)).or_insert(self.words.len() as NameId);
        if id as usize == self.words.len() {
            self.words.push(word.to_owned());
        }
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// The number of further spellings.
    pub fn spellings(&self) -> usize {
        self.ids.len() - self.words.len()
    }

    /// The id of a word that the file has.
    pub fn find(&self, word: &str) -> Option<NameId> {
        self.ids.get(word).copied()
    }

    /// The word of an id that this column gave.
    pub fn word(&self, id: NameId) -> &str {
        self.words.get(id as usize).map_or("", String::as_str)
    }

    /// All words in the order of their ids.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The number of different words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether the column has no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// How a deal stood when the file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not ended yet: all that is known of its end is that it came later.
    Open,
    /// Ended with a sale.
    Won,
    /// Ended without one.
    Lost,
}

/// One deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    /// Its id as the file has it.
    pub id: String,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it ended; a planned date of an open deal is [`expected`](Self::expected).
    pub closed: Option<Moment>,
    /// How it stood.
    pub outcome: Outcome,
    /// Its last stage, in [`Deals::stages`].
    pub stage: Option<NameId>,
    /// When it entered that stage.
    pub since: Option<Moment>,
    /// Its value in the currency of the file; 0 of a deal that was not won means unknown and is none.
    pub amount: Option<f64>,
    /// Why it was lost, in [`Deals::reasons`].
    pub reason: Option<NameId>,
    /// Where it came from, in [`Deals::sources`].
    pub source: Option<NameId>,
    /// Who has it, in [`Deals::owners`].
    pub owner: Option<NameId>,
    /// Its funnel, in [`Deals::funnels`].
    pub funnel: Option<NameId>,
    /// The planned end of an open deal.
    pub expected: Option<Moment>,
    /// The chance that somebody typed, from 0 to 1.
    pub typed_chance: Option<f64>,
    /// The value that was asked for, where the file has it beside the one that was agreed.
    pub asked: Option<f64>,
    /// When somebody plans to speak with the client of an open deal next.
    pub next: Option<Moment>,
}

/// One stay of a deal in a stage, or one task that was done for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The index of the deal in [`Deals::deals`].
    pub deal: u32,
    /// The stage, in [`Deals::stages`].
    pub stage: NameId,
    /// When the deal came to it; in a log of tasks the end of the task before.
    pub entered: Moment,
    /// When work began, where the file says so.
    pub started: Option<Moment>,
    /// When the deal left it; none while it is there.
    pub left: Option<Moment>,
    /// Who worked, in [`Deals::owners`].
    pub owner: Option<NameId>,
}

/// A further column that may divide deals into segments: product, region, kind of client.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The heading of the column.
    pub name: String,
    /// Its words.
    pub levels: Names,
    /// The word of each deal, in the order of [`Deals::deals`]; none where the cell is empty.
    pub of_deal: Vec<Option<NameId>>,
}

/// All that a file says of deals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deals {
    /// The deals, in the order in which the file has them first.
    pub deals: Vec<Deal>,
    /// Stays in stages by deal and time; empty where the file has one row per deal.
    pub visits: Vec<Visit>,
    /// Names of stages.
    pub stages: Names,
    /// Reasons for which deals were lost.
    pub reasons: Names,
    /// Where deals came from.
    pub sources: Names,
    /// People.
    pub owners: Names,
    /// Funnels of a file that holds several.
    pub funnels: Names,
    /// Further columns that divide deals.
    pub segments: Vec<Segment>,
    /// The currency, where the file has one.
    pub currency: Option<String>,
    /// The latest fact of the file: what it does not say had not happened by then.
    pub until: Option<Moment>,
}
