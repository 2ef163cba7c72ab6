//! One thread of a deal: where it is, when, and what it does next.

use crate::program::StageId;
use crate::quantity::Instant;

/// What a deal does when it is walked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) enum Resume {
    /// Enters the stage that it stands before.
    Enter,
    /// Asks at the single-task stage that it came to.
    SingleTask,
    /// Goes on with its next step.
    Step,
    /// Waits in a line for the person of its next step.
    Wait,
    /// Leaves the stage.
    Leave,
}

/// Where a deal is, and its clock.
///
/// Kept apart from the facts of the deal: a deal that is in several places at once will have a token for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// The token's own time; when an observer is told of an event, the time of the event.
    pub now: Instant,
    /// The stage that it is in, or was in last.
    pub stage: StageId,
    /// The next step of the visit.
    pub(in crate::engine) step: u16,
    /// What it does next.
    pub(in crate::engine) resume: Resume,
    /// Whether its visit follows the prescribed process, where the stage asks. It stands here because a token has room for it.
    pub(in crate::engine) followed: bool,
}

impl Token {
    /// The content of an unused slot.
    pub(in crate::engine) const NOWHERE: Token = Token::before(StageId(0), Instant::ZERO);

    /// A token that is about to enter a stage.
    #[inline(always)]
    pub(in crate::engine) const fn before(stage: StageId, now: Instant) -> Token {
        Token { now, stage, step: 0, resume: Resume::Enter, followed: false }
    }

    /// Resets it as [`Token::before`] does, except the step, which every visit sets.
    #[inline(always)]
    pub(in crate::engine) fn restart(&mut self, stage: StageId, now: Instant) {
        self.now = now;
        self.stage = stage;
        self.resume = Resume::Enter;
    }
}
