//! A sale outside of a simulation: what the terms of a program make of an amount that is won on a
//! day that something else knows, as a forecast from past deals does.
//!
//! The books are those of a simulated deal. Parts that a later stage makes due are never due here,
//! for there are no stages; who asks says so.

use super::deal::{Deal, Token, Trails};
use super::event::Observer;
use super::steps::books;
use super::walker::{VisitState, Walker};
use crate::program::{Id, Program, StageId};
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
}

/// Books a sale by the terms of a program and tells the observer its postings and what it calls
/// for, also where they lie ahead. Terms must be the same for all sales: attributes are not known.
pub fn book_sale<O: Observer>(program: &Program, sale: Sale, observer: &mut O) {
    let mut trails = Trails::new(program);
    trails.add();
    let deal = Deal { key: sale.key, arrived: sale.at, value: sale.amount, ..Deal::NOBODY };
    let token = Token::before(StageId::new(0), sale.at);
    let walker = Walker { deal, token, visit: VisitState::new() };
    books::book(program, sale.amount, trails.of(0), &walker, observer);
}
