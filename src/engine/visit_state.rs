//! Where a deal stands inside a visit, so that it can be left waiting and walked on later.

use super::event::Split;
use crate::quantity::{Duration, Instant};

/// What a deal does when it is walked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Resume {
    /// Enters the stage that it stands before.
    Enter,
    /// Asks at the single-task stage that it came to.
    SingleTask,
    /// Goes on with its next step.
    Step,
    /// Leaves the stage.
    Leave,
}

/// What of the step that a deal stands in came before the simulation started.
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

/// The state of a visit, and what of the deal's past only its walk needs.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct VisitState {
    /// Which visit of the round it is.
    pub(in crate::engine) number: u32,
    /// What the deal does next.
    pub(in crate::engine) resume: Resume,
    /// Whether the deal was never here before.
    pub(in crate::engine) first: bool,
    /// Whether anybody ever worked on the deal.
    pub(in crate::engine) answered: bool,
    /// When the stage was entered.
    pub(in crate::engine) entered: Instant,
    /// What entering cost.
    pub(in crate::engine) cost: i64,
    /// The visit's time so far.
    pub(in crate::engine) split: Split,
    /// Processing time of the rounds before.
    pub(in crate::engine) earlier: i64,
    /// What came before the simulation of the next step.
    pub(in crate::engine) before: Before,
    /// The case of the stage's entry that was chosen.
    pub(in crate::engine) case: u16,
    /// The next step.
    pub(in crate::engine) step: u16,
}

impl VisitState {
    /// A deal that is about to enter its first stage.
    pub(in crate::engine) fn new() -> VisitState {
        VisitState {
            resume: Resume::Enter,
            case: 0,
            step: 0,
            number: 1,
            first: true,
            answered: false,
            entered: Instant::ZERO,
            cost: 0,
            split: Split::default(),
            earlier: 0,
            before: Before::Nothing,
        }
    }

    /// Begins anew, as [`VisitState::new`] but for what every visit sets itself.
    #[inline(always)]
    pub(in crate::engine) fn restart(&mut self) {
        self.resume = Resume::Enter;
        (self.number, self.first, self.answered) = (1, true, false);
        self.earlier = 0;
        self.before = Before::Nothing;
    }
}
