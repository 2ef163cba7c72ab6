//! A sale outside of a simulation: what the terms of a program make of an amount that is won on a
//! day that something else knows, as a forecast from past deals does.
//!
//! The books are those of a simulated deal. Parts that a later stage makes due are never due here,
//! for there are no stages; who asks says so.

use super::deal::{Deal, Token, Trails};
use super::event::Observer;
use super::steps::books;
use super::walker::{VisitState, Walker};
use crate::program::{Id, Program, SourceId, StageId, Terms};
use crate::quantity::{Instant, Money};
use crate::random::key::DealKey;

/// A sale.
#[derive(Debug, Clone, Copy)]
pub struct Sale {
    /// The key of its draws.
    pub key: DealKey,
    /// When it is won.
    pub at: Instant,
    /// What is booked.
    pub amount: Money,
    /// The attributes of the deal, packed; those that are not known are zero.
    pub attributes: u64,
    /// The source of the deal.
    pub source: SourceId,
}

/// Books a sale by the terms of a program and tells the observer its postings and what it calls
/// for, also where they lie ahead. The case of the terms must not depend on a stage or a queue: there
/// are none. Returns the number of the case; 0 without terms.
pub fn book_sale<O: Observer>(program: &Program, sale: Sale, observer: &mut O) -> usize {
    let mut trails = Trails::new(program);
    trails.add();
    let Sale { key, at, amount, attributes, source } = sale;
    let deal = Deal { key, arrived: at, value: amount, attributes, source, ..Deal::NOBODY };
    let token = Token::before(StageId::new(0), sale.at);
    let walker = Walker { deal, token, visit: VisitState::new() };
    books::book(program, sale.amount, trails.of(0), &walker, observer);
    let case = |terms: &Terms| terms.cases.position(&program.calendar, || walker.facts(&[]));
    program.terms.as_ref().map_or(0, case)
}
