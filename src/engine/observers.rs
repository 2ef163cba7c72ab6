//! Several observers of the same events, some of which may be missing.

use super::deal::{Deal, Part, Token, Visited};
use super::event::{Attended, Block, Observer, Posting, Renege, Task, Visit};
use crate::program::{StageId, TaskId};
use crate::quantity::{Instant, Money};

/// Two observers of the same events.
#[derive(Debug)]
pub struct Both<'a, A, B> {
    /// Is told first.
    pub first: &'a mut A,
    /// Is told second.
    pub second: &'a mut B,
}

/// Calls a macro with all events.
macro_rules! each_event {
    ($call:ident) => {
        $call! {
            arrives(deal: &Deal, cost: Money);
            resumes(deal: &Deal, stage: StageId, entered: Instant);
            follows(deal: &Deal, token: &Token, followed: bool);
            enters(deal: &Deal, token: &Token, case: usize);
            spends(deal: &Deal, token: &Token, amount: Money, rework: bool);
            works(deal: &Deal, task: &Task);
            reneges(deal: &Deal, renege: &Renege);
            waits(deal: &Deal, task: TaskId, asked: Instant);
            leaves(deal: &Deal, visit: &Visit);
            attends(deal: &Deal, visit: &Attended);
            stays(deal: &Deal, visit: &Visit, visited: &Visited<'_>);
            sells(deal: &Deal, token: &Token, amount: Money, visited: &Visited<'_>);
            posts(deal: &Deal, at: Instant, posting: Posting, amount: Money);
            calls_for(deal: &Deal, at: Instant, item: usize, amount: i64);
            settles(deal: &Deal, sold: Instant, paid: Instant);
            matures(deal: &Deal, lifetime: Money);
            ends(deal: &Deal, token: &Token, end: usize, visited: &Visited<'_>);
            arrive_together(deals: &[Deal], cost: Money);
            leave_together(block: &Block<'_>);
            end_together(deals: Part<'_>, end: usize);
        }
    };
}

macro_rules! tell_both {
    ($($event:ident($($name:ident: $kind:ty),*);)*) => {
        $(
            fn $event(&mut self, $($name: $kind),*) {
                self.first.$event($($name),*);
                self.second.$event($($name),*);
            }
        )*
    };
}

macro_rules! tell_who_is_there {
    ($($event:ident($($name:ident: $kind:ty),*);)*) => {
        $(
            fn $event(&mut self, $($name: $kind),*) {
                if let Some(observer) = self {
                    observer.$event($($name),*);
                }
            }
        )*
    };
}

impl<A: Observer, B: Observer> Observer for Both<'_, A, B> {
    const ONLY_SALES: bool = A::ONLY_SALES && B::ONLY_SALES;

    each_event!(tell_both);
}

/// An observer that may be missing.
impl<A: Observer> Observer for Option<A> {
    const ONLY_SALES: bool = A::ONLY_SALES;

    each_event!(tell_who_is_there);
}
