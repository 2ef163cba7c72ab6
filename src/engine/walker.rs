//! The state of a deal in process: its facts, its token and its visit, so that a walk can pause and go on later.

use super::deal::{Deal, Token};
use super::event::{Split, Visit};
use crate::program::{Exit, Facts};
use crate::quantity::{Duration, Instant, Money};

/// A deal in process.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub(in crate::engine) struct Walker {
    /// What is known of it.
    pub(in crate::engine) deal: Deal,
    /// Where it is.
    pub(in crate::engine) token: Token,
    /// How its visit stands.
    pub(in crate::engine) visit: VisitState,
}

/// The part of the current step that came before the simulation started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::engine) enum Before {
    /// Nothing.
    #[default]
    Nothing,
    /// It waited for a person so long.
    Queued(Duration),
    /// A person worked on it for so much working time.
    Worked(Duration),
}

/// The state of a visit, and those facts of the deal's past that only its walk reads.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct VisitState {
    /// Which visit of the round it is.
    pub(in crate::engine) number: u32,
    /// Whether the deal was never here before.
    pub(in crate::engine) first: bool,
    /// Whether anybody ever worked on the deal.
    pub(in crate::engine) answered: bool,
    /// When the stage was entered.
    pub(in crate::engine) entered: Instant,
    /// What entering cost.
    pub(in crate::engine) cost: Money,
    /// The visit's time so far.
    pub(in crate::engine) split: Split,
    /// Working time of the rounds before, in microseconds.
    pub(in crate::engine) earlier: i64,
    /// The part of the next step that came before the simulation.
    pub(in crate::engine) before: Before,
    /// The case of the stage's entry that was chosen.
    pub(in crate::engine) case: u16,
}

impl Walker {
    /// The content of an unused slot.
    pub(in crate::engine) fn nobody() -> Walker {
        Walker { deal: Deal::NOBODY, token: Token::NOWHERE, visit: VisitState::new() }
    }

    /// The number of the visit in addresses of draws.
    #[inline(always)]
    pub(in crate::engine) fn visit_number(&self) -> u64 {
        self.deal.visit_number(self.visit.number.into())
    }

    /// The facts that conditions can test now.
    #[inline(always)]
    pub(in crate::engine) fn facts<'q>(&self, queues: &'q [u64]) -> Facts<'q> {
        let Walker { deal, token, visit } = self;
        let facts = deal.facts(token.now, visit.number.into(), visit.earlier, queues);
        Facts { followed: token.followed, ..facts }
    }

    /// The visit as observers are told of it.
    pub(in crate::engine) fn told(&self, exit: Exit) -> Visit {
        let Walker { token, visit, .. } = self;
        Visit {
            stage: token.stage,
            entered: visit.entered,
            left: token.now,
            exit,
            cost: visit.cost,
            rework: visit.number > 1,
            first: visit.first,
            split: visit.split,
        }
    }
}

impl VisitState {
    /// A deal that is about to enter its first stage.
    pub(in crate::engine) fn new() -> VisitState {
        VisitState {
            case: 0,
            number: 1,
            first: true,
            answered: false,
            entered: Instant::ZERO,
            cost: Money::ZERO,
            split: Split::default(),
            earlier: 0,
            before: Before::Nothing,
        }
    }

    /// Resets it as [`VisitState::new`] does, except what every visit sets.
    #[inline(always)]
    pub(in crate::engine) fn restart(&mut self) {
        (self.number, self.first, self.answered) = (1, true, false);
        self.earlier = 0;
        self.before = Before::Nothing;
    }
}
