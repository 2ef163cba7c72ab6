//! Deals from a history of stages: one row for each stage that a deal entered.
//!
//! The last row of a deal says how it stands. An end before it is a visit like others: the deal was opened again.

use std::collections::HashMap;

use super::deals::{Builder, letters};
use super::index::Index;
use super::log::empty;
use crate::records::deals::{Moment, NameId, Outcome, Visit, alike};
use crate::records::options::Role;
use crate::records::refusal::{Place, Refusal};
use crate::records::source::Row;
use crate::records::understood::Odd;

/// A stage that a deal entered.
#[derive(Clone, Copy, Debug)]
struct Entry {
    deal: u32,
    at: Moment,
    stage: NameId,
    owner: Option<NameId>,
    place: Place,
}

/// A history of stages, while it is read.
pub(in crate::records) struct History<'a> {
    pub(in crate::records) common: Builder<'a>,
    index: Index,
    entries: Vec<Entry>,
    last: HashMap<u32, Moment>,
}

impl<'a> History<'a> {
    /// Nothing is read yet.
    pub(in crate::records) fn new(common: Builder<'a>) -> History<'a> {
        History { common, index: Index::default(), entries: Vec::new(), last: HashMap::new() }
    }

    /// Entries that were read.
    pub(in crate::records) fn count(&self) -> u64 {
        self.entries.len() as u64
    }

    /// Reads a row.
    pub(in crate::records) fn row(&mut self, row: &Row) -> Result<(), Refusal> {
        let common = &mut self.common;
        let cells = &common.cells;
        let (at, expected) = (cells.date(row, Role::Since)?, cells.date(row, Role::Expected)?);
        let (amount, chance) = (cells.amount(row)?, cells.chance(row)?);
        let odd = &mut common.odd;
        let pipeline = cells.options.pipeline.as_deref().map(alike);
        if pipeline.is_some() && cells.text(row, Role::Funnel).map(alike) != pipeline {
            odd.add(Odd::OtherFunnel, row.place);
            return Ok(());
        }
        let field = cells.text(row, Role::Lifecycle).map(str::to_lowercase);
        let is_of_stage =
            |field: &String| ["stage", "стади", "этап"].iter().any(|part| field.contains(part));
        if field.is_some_and(|field| !is_of_stage(&field)) {
            odd.add(Odd::OtherEvent, row.place);
            return Ok(());
        }
        let Some(id) = cells.text(row, Role::Id) else {
            odd.add(Odd::NoId, row.place);
            return Ok(());
        };
        let Some(stage) = cells.text(row, Role::Stage) else {
            odd.add(Odd::NoActivity, row.place);
            return Ok(());
        };
        let Some(at) = at else {
            odd.add(Odd::NoTime, row.place);
            return Ok(());
        };
        if cells.options.now.is_some_and(|now| at > now) {
            odd.add(Odd::EventLater, row.place);
            return Ok(());
        }
        if cells.text(row, Role::Before) == Some(stage) {
            odd.add(Odd::SameStage, row.place);
            return Ok(());
        }
        let deal = match self.index.find(id, &common.deals.deals) {
            Some(deal) => deal,
            None => {
                let deal = common.deals.deals.len() as u32;
                self.index.add(id, deal);
                common.deals.deals.push(empty(id, at));
                common.segments.push(row);
                deal
            }
        };
        let known = &mut common.deals.deals[deal as usize];
        known.amount = amount.map(|amount| amount.value).or(known.amount);
        known.typed_chance = chance.or(known.typed_chance);
        known.expected = expected.or(known.expected);
        let owner = cells.text(row, Role::Owner).map(|owner| common.deals.owners.id(owner));
        let funnel = cells.text(row, Role::Funnel).map(|funnel| common.deals.funnels.id(funnel));
        let source = cells.text(row, Role::Source).map(|source| common.deals.sources.id(source));
        let reason = cells.text(row, Role::Reason).map(|reason| common.deals.reasons.id(reason));
        (known.funnel, known.source) = (funnel.or(known.funnel), source.or(known.source));
        known.reason = reason.or(known.reason);
        let (stage, last) = (common.deals.stages.id(stage), self.last.entry(deal).or_insert(at));
        if at < *last {
            common.odd.add(Odd::Unsorted, row.place);
        }
        *last = at.max(*last);
        self.entries.push(Entry { deal, at, stage, owner, place: row.place });
        common.fact(Some(at));
        Ok(())
    }

    /// Makes visits of the entries, in the order of time.
    pub(in crate::records) fn finish(mut self) -> Builder<'a> {
        self.entries.sort_by_key(|entry| (entry.deal, entry.at));
        let common = &mut self.common;
        let codes = letters(None, common.words.codes());
        for of_one in self.entries.chunk_by(|one, other| one.deal == other.deal) {
            let mut kept: Vec<&Entry> = Vec::with_capacity(of_one.len());
            for entry in of_one {
                if kept.last().is_some_and(|last| last.stage == entry.stage) {
                    common.odd.add(Odd::SameStage, entry.place);
                } else {
                    kept.push(entry);
                }
            }
            let deal = &mut common.deals.deals[of_one[0].deal as usize];
            deal.created = Some(kept[0].at);
            for (order, entry) in kept.iter().enumerate() {
                let word = common.deals.stages.word(entry.stage);
                let meaning = common.said.meaning(common.words, Role::Stage, word, codes);
                let next = kept.get(order + 1).map(|next| next.at);
                let is_end = meaning.outcome != Outcome::Open;
                if next.is_none() {
                    (deal.stage, deal.since) = (Some(entry.stage), Some(entry.at));
                    (deal.outcome, deal.closed) = (meaning.outcome, is_end.then_some(entry.at));
                    deal.owner = entry.owner.or(deal.owner);
                }
                if is_end && next.is_none() {
                    continue;
                }
                if is_end {
                    common.odd.add(Odd::Reopened, entry.place);
                }
                let (entered, owner) = (entry.at, entry.owner);
                let (deal, stage) = (entry.deal, entry.stage);
                let visit = Visit { deal, stage, entered, started: None, left: next, owner };
                common.deals.visits.push(visit);
            }
            if deal.outcome != Outcome::Won && deal.amount == Some(0.0) {
                deal.amount = None;
            }
            if deal.outcome != Outcome::Open {
                deal.expected = None;
            }
        }
        self.common
    }
}
