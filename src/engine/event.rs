//! The events of which an observer is told. Those of one deal come in their own order.
//!
//! Events of different deals come in any order of time, so an observer adds up intervals and counts.

use super::deal::{Deal, Part, Token, Visited};
use crate::program::{Branch, Exit, PersonId, StageId, TaskId};
use crate::quantity::{Instant, Money};

/// The parts of a time; the rest is the client's.
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

/// A visit of a stage, from entry to exit or to the end of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The stage.
    pub stage: StageId,
    /// When it was entered.
    pub entered: Instant,
    /// When it was left; the end of the window if it was not.
    pub left: Instant,
    /// Where to; meaningless if it was not left.
    pub exit: Exit,
    /// What entering cost.
    pub cost: Money,
    /// Whether the visit was not the first of its round.
    pub rework: bool,
    /// Whether it was the deal's first visit ever.
    pub first: bool,
    /// The parts of its time.
    pub split: Split,
}

/// Work that was begun inside the window or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// The work.
    pub task: TaskId,
    /// Who works.
    pub person: PersonId,
    /// When the deal asked.
    pub asked: Instant,
    /// When work started.
    pub started: Instant,
    /// When it ends, perhaps after the window.
    pub ended: Instant,
    /// Open time between the request and the start.
    pub queue: i64,
    /// Working time that it takes.
    pub time: i64,
    /// … of it in the window.
    pub inside: i64,
    /// What the working time in the window costs.
    pub cost: Money,
    /// Open time from the deal's arrival on, if this is the first work on it.
    pub answer: Option<i64>,
    /// Whether the visit was not the first of its round.
    pub rework: bool,
}

impl Task {
    /// The parts of the time from the request to the end of work.
    #[inline(always)]
    pub(super) fn split(&self) -> Split {
        let off_hours = (self.ended - self.asked).0 - self.time - self.queue;
        Split { processing: self.time, queue: self.queue, off_hours }
    }
}

/// A visit of a stage that is one person's work and perhaps a wait: all of it lies in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attended {
    /// The stage.
    pub stage: StageId,
    /// The work.
    pub task: TaskId,
    /// Who works.
    pub person: PersonId,
    /// When the deal came, and asked.
    pub asked: Instant,
    /// When work started.
    pub started: Instant,
    /// When it ended.
    pub ended: Instant,
    /// When the deal left.
    pub left: Instant,
    /// Open time between the request and the start.
    pub queue: i64,
    /// Working time that it took.
    pub time: i64,
    /// What the working time cost.
    pub pay: Money,
    /// What entering cost.
    pub cost: Money,
    /// Where to.
    pub exit: Exit,
    /// Open time from the deal's arrival on, if this is the first work on it.
    pub answer: Option<i64>,
    /// Whether the visit was not the first of its round.
    pub rework: bool,
    /// Whether it was the deal's first visit ever.
    pub first: bool,
}

impl Attended {
    /// The work.
    pub fn task(&self) -> Task {
        Task {
            task: self.task,
            person: self.person,
            asked: self.asked,
            started: self.started,
            ended: self.ended,
            queue: self.queue,
            time: self.time,
            inside: self.time,
            cost: self.pay,
            answer: self.answer,
            rework: self.rework,
        }
    }

    /// The visit.
    pub fn visit(&self) -> Visit {
        Visit {
            stage: self.stage,
            entered: self.asked,
            left: self.left,
            exit: self.exit,
            cost: self.cost,
            rework: self.rework,
            first: self.first,
            split: self.task().split(),
        }
    }
}

/// A deal that left a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renege {
    /// The work.
    pub task: TaskId,
    /// When the deal had asked.
    pub asked: Instant,
    /// When it left.
    pub left: Instant,
}

/// What is written in the books, each with an amount in hundredths of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posting {
    /// Margin of a sale; less where it is cancelled.
    Margin,
    /// Commission due; less where it is taken back.
    Commission,
    /// A change of what clients owe.
    Owed,
    /// A change of what they owe past its due date.
    Overdue,
    /// Money that comes in.
    Received,
    /// Money that goes back to the client.
    Refunded,
    /// Received money that stays although the sale is cancelled.
    Kept,
    /// A part that will never be paid; less where its sale is cancelled.
    Unpaid,
    /// A sale that is taken back.
    Cancelled,
    /// An order that the credit limit of its client holds or refuses.
    Blocked,
}

impl Posting {
    /// All of them.
    pub const ALL: [Posting; 10] = [
        Posting::Margin,
        Posting::Commission,
        Posting::Owed,
        Posting::Overdue,
        Posting::Received,
        Posting::Refunded,
        Posting::Kept,
        Posting::Unpaid,
        Posting::Cancelled,
        Posting::Blocked,
    ];
}

/// Listens to the events of a replication; each method has an empty default. `token.now` is the time of the event.
#[allow(unused_variables)] // the names say what an event tells
pub trait Observer {
    /// Whether it listens to arrivals and sales only. Then deals that will not be sold need not be walked, and costs and visited
    /// stages need not be kept.
    const ONLY_SALES: bool = false;

    /// A deal arrives; its source cost this much.
    fn arrives(&mut self, deal: &Deal, cost: Money) {}
    /// A deal is in process when the simulation starts: in this stage, which it entered at that time.
    fn resumes(&mut self, deal: &Deal, stage: StageId, entered: Instant) {}
    /// A visit of a stage whose variants ask for it follows the prescribed process, or does not.
    fn follows(&mut self, deal: &Deal, token: &Token, followed: bool) {}
    /// A deal has entered a stage by a case of its entry. Only walks of one step after another tell this.
    fn enters(&mut self, deal: &Deal, token: &Token, case: usize) {}
    /// A step of a visit costs something.
    fn spends(&mut self, deal: &Deal, token: &Token, amount: Money, rework: bool) {}
    /// Somebody starts to work on a deal, which has asked before.
    fn works(&mut self, deal: &Deal, task: &Task) {}
    /// A deal leaves a queue because nobody came in time.
    fn reneges(&mut self, deal: &Deal, renege: &Renege) {}
    /// A deal asked for work that does not start before the window ends.
    fn waits(&mut self, deal: &Deal, task: TaskId, asked: Instant) {}
    /// A deal leaves a stage inside the window.
    fn leaves(&mut self, deal: &Deal, visit: &Visit) {}
    /// A deal is still in a stage at the end of the window.
    fn stays(&mut self, deal: &Deal, visit: &Visit, visited: &Visited<'_>) {}
    /// A deal is sold; `deal.sales` counts its earlier sales.
    fn sells(&mut self, deal: &Deal, token: &Token, amount: Money, visited: &Visited<'_>) {}
    /// Something is written in the books for a date, perhaps ahead.
    fn posts(&mut self, deal: &Deal, at: Instant, posting: Posting, amount: Money) {}
    /// A sale calls for so many hundredths of an item at a time, perhaps ahead.
    fn calls_for(&mut self, deal: &Deal, at: Instant, item: usize, amount: i64) {}
    /// A sale is or will be paid in full.
    fn settles(&mut self, deal: &Deal, sold: Instant, paid: Instant) {}
    /// A deal that was won leaves: what it has brought since then, discounted to that time.
    fn matures(&mut self, deal: &Deal, lifetime: Money) {}
    /// A deal leaves the process.
    fn ends(&mut self, deal: &Deal, token: &Token, end: usize, visited: &Visited<'_>) {}

    /// Somebody works on a deal, which then leaves the stage.
    #[inline(always)]
    fn attends(&mut self, deal: &Deal, visit: &Attended) {
        self.works(deal, &visit.task());
        self.leaves(deal, &visit.visit());
    }

    /// Deals of one source arrive, one after another.
    fn arrive_together(&mut self, deals: &[Deal], cost: Money) {
        deals.iter().for_each(|deal| self.arrives(deal, cost));
    }

    /// Deals leave a stage at which they only waited; all leave inside the window.
    fn leave_together(&mut self, block: &Block<'_>) {
        block.visits().for_each(|(deal, visit)| self.leaves(deal, &visit));
    }

    /// Deals leave the process by the same end, none of them ever sold.
    fn end_together(&mut self, deals: Part<'_>, end: usize) {
        for (deal, token) in deals.iter() {
            self.ends(deal, token, end, &Visited::Mask(deal.visited));
        }
    }
}

/// Deals that leave a stage together, as parallel arrays.
#[derive(Debug, Clone, Copy)]
pub struct Block<'a> {
    /// The stage.
    pub stage: StageId,
    /// What entering cost each of them.
    pub cost: Money,
    /// The deals, as they entered.
    pub deals: Part<'a>,
    /// How long each was there, in microseconds.
    pub waits: &'a [i64],
    /// The number of the branch that each takes.
    pub numbers: &'a [u8],
    /// The branches of the stage.
    pub branches: &'a [Branch],
    /// How many take each of them.
    pub taken: &'a [u64],
}

impl Block<'_> {
    /// When each of the deals entered.
    pub fn entered(&self) -> impl Iterator<Item = Instant> {
        self.deals.iter().map(|(_, token)| token.now)
    }

    /// The visits one by one, with their deals.
    pub fn visits(&self) -> impl Iterator<Item = (&Deal, Visit)> {
        let (stage, cost) = (self.stage, self.cost);
        let (ways, branches) = (self.waits.iter().zip(self.numbers), self.branches);
        self.deals.iter().zip(ways).map(move |((deal, token), (wait, number))| {
            let (entered, left) = (token.now, Instant(token.now.0 + wait));
            let exit = branches[usize::from(*number)].exit;
            let (rework, first, split) = (false, true, Split::default());
            let visit = Visit { stage, entered, left, exit, cost, rework, first, split };
            (deal, visit)
        })
    }
}

/// Listens to nothing: for measuring the bare engine.
impl Observer for () {}
