//! Where a deal stands inside a visit, so that it can be left waiting and walked on later.

use crate::quantity::{Duration, Instant};

/// A time taken apart; the client's time is what is left of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    /// Somebody worked on the deal.
    pub processing: i64,
    /// The calendar was open and nobody was free.
    pub queue: i64,
    /// The calendar was closed while the deal waited for work or work paused.
    pub off_hours: i64,
}

impl std::ops::AddAssign for Split {
    fn add_assign(&mut self, other: Split) {
        self.processing += other.processing;
        self.queue += other.queue;
        self.off_hours += other.off_hours;
    }
}

/// What a deal does when it is walked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resume {
    /// Enters the stage that it stands before.
    Enter,
    /// Asks at the desk that it came to.
    Desk,
    /// Goes on with its next step.
    Step,
    /// Leaves the stage.
    Leave,
}

/// The state of a visit, and what of the deal's past only its walk needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    /// Which visit of the round it is.
    pub(super) number: u32,
    /// What the deal does next.
    pub(super) resume: Resume,
    /// Whether the deal was never here before.
    pub(super) first: bool,
    /// Whether anybody ever worked on the deal.
    pub(super) answered: bool,
    /// When the stage was entered.
    pub(super) entered: Instant,
    /// What entering cost.
    pub(super) cost: i64,
    /// The visit's time so far.
    pub(super) split: Split,
    /// Processing time of the rounds before.
    pub(super) earlier: i64,
    /// Time already spent in the stage when the simulation starts; the rest of the first wait is
    /// drawn given that.
    pub(super) spent: Duration,
    /// The case of the stage's entry that was chosen.
    pub(super) case: u16,
    /// The next step.
    pub(super) step: u16,
}

impl Course {
    /// A deal that is about to enter its first stage.
    pub(super) fn new() -> Course {
        Course {
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
            spent: Duration::ZERO,
        }
    }

    /// Begins anew, as [`Course::new`] but for what every visit sets itself.
    #[inline(always)]
    pub(super) fn restart(&mut self) {
        self.resume = Resume::Enter;
        (self.number, self.first, self.answered) = (1, true, false);
        (self.earlier, self.spent) = (0, Duration::ZERO);
    }
}
