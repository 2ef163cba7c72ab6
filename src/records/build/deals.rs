//! Deals from a file with one row a deal.

use super::index::Index;
use super::segments::Segments;
use super::wide::Wide;
use super::{Cells, Said};
use crate::records::cells::amount::currency_code;
use crate::records::columns::words::{Codes, Words, is_perhaps_no_deal};
use crate::records::deals::{Deal, Deals, Moment, Outcome, alike};
use crate::records::options::{Preset, Role};
use crate::records::refusal::Refusal;
use crate::records::source::Row;
use crate::records::table::Oddities;
use crate::records::understood::{KnownBy, Odd};

/// The level of people who have left.
pub(in crate::records) const FORMER: &str = "(former)";

/// Days after which an end is a slip of the pen: 10,000.
const LONGEST: i64 = 10_000;

/// Deals of a file, while it is read.
pub(in crate::records) struct Builder<'a> {
    pub(in crate::records) cells: Cells<'a>,
    pub(in crate::records) words: &'a Words,
    pub(in crate::records) currency: Option<String>,
    pub(in crate::records) odd: Oddities,
    pub(in crate::records) said: Said,
    pub(in crate::records) deals: Deals,
    pub(in crate::records) segments: Segments,
    pub(in crate::records) wide: Wide,
    index: Index,
    /// When each deal was changed last, where the file says so.
    modified: Vec<Option<Moment>>,
    /// The deal of the row before, and its product.
    before: Option<(u32, String)>,
    /// The latest fact.
    pub(in crate::records) until: Option<Moment>,
}

/// What a row says of the end of its deal.
enum End {
    Is(Outcome),
    Deleted,
    /// It has ended, and nobody says how.
    Unknown,
}

impl<'a> Builder<'a> {
    /// Nothing is read yet; amounts in other currencies than this one are unknown.
    pub(in crate::records) fn new(
        cells: Cells<'a>,
        words: &'a Words,
        currency: Option<String>,
        segments: Segments,
    ) -> Builder<'a> {
        let wide = Wide::new(&cells.layout.stages, words);
        Builder {
            cells,
            words,
            currency,
            odd: Oddities::default(),
            said: Said::default(),
            deals: Deals::default(),
            segments,
            wide,
            index: Index::default(),
            modified: Vec::new(),
            before: None,
            until: None,
        }
    }

    /// Reads a row; a row with a cell that cannot be read changes nothing.
    pub(in crate::records) fn row(&mut self, row: &Row) -> Result<(), Refusal> {
        let Some(id) = self.cells.text(row, Role::Id) else {
            self.odd.add(Odd::NoId, row.place);
            return Ok(());
        };
        let pipeline = self.cells.options.pipeline.as_deref().map(alike);
        if pipeline.is_some() && self.cells.text(row, Role::Funnel).map(alike) != pipeline {
            self.odd.add(Odd::OtherFunnel, row.place);
            return Ok(());
        }
        if self.cells.is_no_deal(row) {
            self.odd.add(Odd::NotADeal, row.place);
            return Ok(());
        }
        let outcome = match self.end(row)? {
            End::Is(outcome) => outcome,
            End::Deleted => {
                self.odd.add(Odd::Deleted, row.place);
                return Ok(());
            }
            End::Unknown => {
                self.odd.add(Odd::EndedUnknown, row.place);
                return Ok(());
            }
        };
        let passed = self.wide.read(&self.cells, row)?;
        let deal = self.deal(row, id, (outcome, self.wide.ended(&passed, outcome)))?;
        let modified = self.cells.date(row, Role::Modified)?;
        self.keep(row, deal, modified);
        let at = self.before.as_ref().map_or(0, |(at, _)| *at);
        self.wide.keep(at, passed);
        Ok(())
    }

    /// How a deal stands: by the words of the user, then by columns of yes and no, then by the status, then by the
    /// stage, then by the dates of an end.
    fn end(&mut self, row: &Row) -> Result<End, Refusal> {
        let codes = self.words.codes();
        let mut meaning = |role: Role| {
            let word = self.cells.text(row, role)?;
            let is_status = role == Role::Status;
            let codes = if is_status { letters(self.cells.layout.preset, codes) } else { codes };
            Some(self.said.meaning(self.words, role, word, codes))
        };
        let (status, stage) = (meaning(Role::Status), meaning(Role::Stage));
        let said = || [status, stage].into_iter().flatten();
        if said().any(|meaning| meaning.deleted) {
            return Ok(End::Deleted);
        }
        if let Some(told) = said().find(|meaning| meaning.known == KnownBy::Told) {
            return Ok(End::Is(told.outcome));
        }
        let won = self.cells.truth(row, Role::IsWon)?;
        let lost = self.cells.truth(row, Role::IsLost)?;
        let closed = self.cells.truth(row, Role::IsClosed)?;
        let status = status.filter(|meaning| meaning.known == KnownBy::Usual);
        let stage = stage.filter(|meaning| meaning.outcome != Outcome::Open);
        let filled = |role| self.cells.text(row, role).is_some();
        let end = match (won, lost, status.or(stage)) {
            (Some(true), ..) => End::Is(Outcome::Won),
            (_, Some(true), _) => End::Is(Outcome::Lost),
            (_, _, Some(meaning)) => End::Is(meaning.outcome),
            (Some(false), ..) if closed == Some(true) => End::Is(Outcome::Lost),
            _ if closed == Some(true) => End::Unknown,
            _ if filled(Role::WonAt) => End::Is(Outcome::Won),
            _ if filled(Role::LostAt) => End::Is(Outcome::Lost),
            _ => End::Is(Outcome::Open),
        };
        let says = |wanted: Outcome| {
            let flag = if wanted == Outcome::Won { won } else { lost };
            let words = [status, stage].into_iter().flatten();
            flag == Some(true) || words.into_iter().any(|meaning| meaning.outcome == wanted)
        };
        let (is_won, is_lost) = (says(Outcome::Won), says(Outcome::Lost));
        let denies = |role, flag: Option<bool>| filled(role) && flag == Some(false);
        if is_won && (is_lost || denies(Role::IsWon, won))
            || (is_won || is_lost) && denies(Role::IsClosed, closed)
        {
            self.odd.add(Odd::Contradiction, row.place);
        }
        Ok(end)
    }

    /// A deal of a row; `reached` is when it came to a stage of its end, where the file has a date of each stage.
    fn deal(
        &mut self,
        row: &Row,
        id: &str,
        (outcome, reached): (Outcome, Option<Moment>),
    ) -> Result<Deal, Refusal> {
        let is_open = outcome == Outcome::Open;
        let (created, since) =
            (self.cells.date(row, Role::Created)?, self.cells.date(row, Role::Since)?);
        let (closed, expected) =
            (self.cells.date(row, Role::Closed)?, self.cells.date(row, Role::Expected)?);
        let ended = match outcome {
            Outcome::Open => None,
            Outcome::Won => self.cells.date(row, Role::WonAt)?,
            Outcome::Lost => self.cells.date(row, Role::LostAt)?,
        };
        let mut end = if is_open { None } else { ended.or(closed).or(reached).or(since) };
        if !is_open && end.is_none() {
            let by_plan = if expected.is_some() { Odd::ClosedByPlan } else { Odd::NoClosed };
            self.odd.add(by_plan, row.place);
            end = expected;
        }
        let amount = self.amount(row, outcome)?;
        let (typed_chance, asked) = (self.cells.chance(row)?, self.asked(row)?);
        let name = |role: Role| self.cells.text(row, role).map(str::to_owned);
        let (stage, reason, source) = (name(Role::Stage), name(Role::Reason), name(Role::Source));
        let (funnel, owner) = (name(Role::Funnel), name(Role::Owner));
        if outcome == Outcome::Lost && reason.as_deref().is_some_and(is_perhaps_no_deal) {
            self.odd.add(Odd::PerhapsNotADeal, row.place);
        }
        let owner = owner.map(|owner| {
            if is_former(&owner) {
                self.odd.add(Odd::FormerOwner, row.place);
                return FORMER.to_owned();
            }
            owner
        });
        if is_rounded(id) {
            self.odd.add(Odd::RoundedId, row.place);
        }
        let deals = &mut self.deals;
        Ok(Deal {
            id: id.to_owned(),
            created: self_checked(&mut self.odd, row, created, self.cells.options.now),
            closed: end,
            outcome,
            stage: stage.map(|word| deals.stages.id(&word)),
            since,
            amount,
            reason: reason.map(|word| deals.reasons.id(&word)),
            source: source.map(|word| deals.sources.id(&word)),
            owner: owner.map(|word| deals.owners.id(&word)),
            funnel: funnel.map(|word| deals.funnels.id(&word)),
            expected: if is_open { expected.or(closed) } else { None },
            typed_chance,
            asked,
            next: self.cells.date(row, Role::Next)?.filter(|_| is_open),
        })
    }

    /// The amount above zero that was asked for, in the currency of the file; others are unknown, as the agreed ones.
    fn asked(&mut self, row: &Row) -> Result<Option<f64>, Refusal> {
        let Some(asked) = self.cells.asked(row)? else { return Ok(None) };
        let code = currency_code(&asked.currency);
        let is_other = |of_file: &String| !code.is_empty() && *of_file != code;
        let is_known = asked.value > 0.0 && !self.currency.as_ref().is_some_and(is_other);
        Ok(is_known.then_some(asked.value))
    }

    /// The amount in the currency of the file.
    pub(in crate::records) fn amount(
        &mut self,
        row: &Row,
        outcome: Outcome,
    ) -> Result<Option<f64>, Refusal> {
        let Some(amount) = self.cells.amount(row)? else {
            if outcome == Outcome::Won && self.cells.layout.has(Role::Amount) {
                self.odd.add(Odd::NoAmount, row.place);
            }
            return Ok(None);
        };
        let currency = currency_code(&amount.currency);
        let odd = if amount.value == 0.0 && outcome != Outcome::Won {
            Odd::ZeroAmount
        } else if amount.value < 0.0 {
            Odd::NegativeAmount
        } else if !currency.is_empty()
            && self.currency.as_ref().is_some_and(|of_file| *of_file != currency)
        {
            Odd::OtherCurrency
        } else {
            return Ok(Some(amount.value));
        };
        self.odd.add(odd, row.place);
        Ok(None)
    }

    /// Keeps a deal, or what its row adds to one that is known.
    fn keep(&mut self, row: &Row, mut deal: Deal, modified: Option<Moment>) {
        self.dates(row, &mut deal);
        self.fact(modified);
        let product = self.cells.text(row, Role::Product).unwrap_or_default().to_owned();
        let Some(at) = self.index.find(&deal.id, &self.deals.deals) else {
            let at = self.deals.deals.len() as u32;
            self.index.add(&deal.id, at);
            self.deals.deals.push(deal);
            self.modified.push(modified);
            self.segments.push(row);
            self.before = Some((at, product));
            return;
        };
        let place = at as usize;
        let is_product = self.before.as_ref().is_some_and(|(before, other)| {
            *before == at && *other != product && !product.is_empty() && !other.is_empty()
        });
        if is_product {
            self.odd.add(Odd::ProductRow, row.place);
            let known = &mut self.deals.deals[place];
            known.amount = match (known.amount, deal.amount) {
                (Some(one), Some(other)) => Some(one + other),
                (one, other) => one.or(other),
            };
        } else {
            self.odd.add(Odd::Duplicate, row.place);
            let is_later = match (modified, self.modified[place]) {
                (Some(new), Some(old)) => new >= old,
                (None, Some(_)) => false,
                _ => true,
            };
            if is_later {
                self.deals.deals[place] = deal;
                self.modified[place] = modified;
                self.segments.replace(place, row);
            }
        }
        self.before = Some((at, product));
    }

    /// Removes dates that cannot be true, and takes note of the latest fact.
    fn dates(&mut self, row: &Row, deal: &mut Deal) {
        let now = self.cells.options.now;
        let is_later = |moment: Moment| now.is_some_and(|now| moment > now);
        if deal.created.is_none() {
            self.odd.add(Odd::NoCreated, row.place);
        }
        deal.since = deal.since.filter(|since| !is_later(*since));
        if let Some(closed) = deal.closed {
            let days = deal.created.map(|created| closed.day() - created.day());
            // A date without a time may stand for any moment of its day.
            let is_before = deal.created.is_some_and(|created| {
                closed < created && !(is_midnight(closed) && closed.day() == created.day())
            });
            let odd = if is_later(closed) {
                Some(Odd::ClosedLater)
            } else if is_before {
                Some(Odd::ClosedBeforeCreated)
            } else if days > Some(LONGEST) {
                Some(Odd::TooLong)
            } else {
                None
            };
            if let Some(odd) = odd {
                self.odd.add(odd, row.place);
                deal.closed = None;
            } else if deal.created.is_some_and(|created| closed < created) {
                deal.closed = deal.created;
            }
        }
        for fact in [deal.created, deal.closed, deal.since] {
            self.fact(fact);
        }
    }

    /// Takes note of a fact.
    pub(in crate::records) fn fact(&mut self, moment: Option<Moment>) {
        let now = self.cells.options.now;
        let known = moment.filter(|moment| now.is_none_or(|now| *moment <= now));
        self.until = self.until.max(known);
    }
}

/// A date of creation that is not in the future.
pub(in crate::records) fn self_checked(
    odd: &mut Oddities,
    row: &Row,
    created: Option<Moment>,
    now: Option<Moment>,
) -> Option<Moment> {
    let is_later = created.is_some_and(|created| now.is_some_and(|now| created > now));
    if is_later {
        odd.add(Odd::CreatedLater, row.place);
        return None;
    }
    created
}

fn is_midnight(moment: Moment) -> bool {
    moment == Moment::of_day(moment.day())
}

/// Whether the name of an owner says that the person has left.
fn is_former(owner: &str) -> bool {
    let owner = owner.to_lowercase();
    [
        "deactivated",
        "deleted user",
        "deleted owner",
        "(inactive)",
        "(former)",
        "уволен",
        "удалён",
        "удален",
    ]
    .iter()
    .any(|part| owner.contains(part))
}

/// Whether a spreadsheet has rounded an id of more than 15 digits.
fn is_rounded(id: &str) -> bool {
    let bytes = id.as_bytes();
    let is_scientific = id.contains(['E', 'e'])
        && bytes.first().is_some_and(u8::is_ascii_digit)
        && id.parse::<f64>().is_ok_and(|number| number >= 1e15);
    let is_long = bytes.len() > 15 && bytes.iter().all(u8::is_ascii_digit);
    is_scientific || (is_long && id[15..].bytes().all(|digit| digit == b'0'))
}

/// The codes of statuses that Bitrix24 writes as letters.
pub(in crate::records) fn letters(preset: Option<Preset>, codes: Codes) -> Codes {
    if preset == Some(Preset::Bitrix24) { Codes::Letters } else { codes }
}
