//! A role's people as those see them who need one: a request is answered at once, now or later.

use super::line::Line;
use super::pool::{Offer, Pool};
use crate::engine::run::Walk;
use crate::program::{PersonId, Program, RoleId, Table};
use crate::quantity::Instant;

/// The people of a role.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant)] // there are few, and nearly all are pools
pub(in crate::engine) enum Station<'p> {
    /// First come, first served: the start is known at the request.
    Pool(Pool<'p>),
    /// Who is first in the line is known when somebody is free.
    Line(Line<'p>),
}

/// What a station says to a request.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) enum Answer<'p> {
    /// Somebody starts: now, or at a time that is known.
    Started(Offer<'p>),
    /// The deal loses patience at this time, before anybody can start.
    Left(Instant),
    /// The deal waits in the line, until this time at most.
    Waiting(Option<Instant>),
}

impl<'p> Station<'p> {
    /// The stations of all roles.
    pub(in crate::engine) fn all(program: &'p Program, walk: Walk) -> Table<RoleId, Station<'p>> {
        if walk == Walk::Lines {
            let line = |role| Station::Line(Line::new(program, role));
            return program.roles.iter().map(line).collect();
        }
        Pool::all(program).into_iter().map(Station::Pool).collect()
    }

    /// Answers a request. `patience` tells until when the deal would wait, and is asked only where it must.
    #[inline(always)]
    pub(in crate::engine) fn ask(
        &mut self,
        asked: Instant,
        patience: impl FnOnce() -> Option<Instant>,
    ) -> Answer<'p> {
        match self {
            Station::Pool(pool) => {
                let offer = pool.first(asked);
                if offer.start > asked
                    && let Some(until) = patience()
                    && until < offer.start
                {
                    return Answer::Left(until);
                }
                Answer::Started(offer)
            }
            Station::Line(line) => match line.at_once(asked) {
                Some(offer) => Answer::Started(offer),
                None => Answer::Waiting(patience()),
            },
        }
    }

    /// The line that has let a deal wait.
    pub(in crate::engine) fn line(&mut self) -> &mut Line<'p> {
        match self {
            Station::Line(line) => line,
            Station::Pool(_) => unreachable!("a pool lets nobody wait"),
        }
    }

    /// Takes the offer for work of this length; returns the person and the end of the work.
    #[inline(always)]
    pub(in crate::engine) fn take(&mut self, offer: &Offer<'p>, time: i64) -> (PersonId, Instant) {
        match self {
            Station::Pool(pool) => pool.take(offer, time),
            Station::Line(line) => line.take(offer, time),
        }
    }
}
