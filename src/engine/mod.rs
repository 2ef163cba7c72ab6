//! One replication of one program: deals arrive, walk and end.
//!
//! The engine emits events and knows no KPI; an [`Observer`] adds up what it is asked for and is
//! compiled into the walk. A deal walks alone until it touches something shared (`journey`). Where
//! people are limited their queues say when it goes on (`queues`, with the people in `pool`, what is
//! to come in `events` and who arrives in `doors`), and stages that are one person's work are walked
//! without questions (`desks`). Where nothing is shared and the stages form no loop, deals are walked
//! stage by stage in blocks (`blocks`). Both give the same results faster: every draw is addressed,
//! and every sum is of integers.

mod arrivals;
mod blocks;
mod course;
mod deal;
mod desks;
mod doors;
mod events;
mod journey;
mod lane;
mod observer;
mod opening;
mod plain;
mod pool;
mod queues;
mod trail;
mod visit;
mod work;

pub use course::Split;
pub use deal::Deal;
pub use lane::Part;
pub use observer::{Attended, Block, Both, Observer, Passage, Renege, Task};
pub use opening::Opening;
pub use trail::Visited;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::program::Program;
use crate::quantity::Instant;

/// Which replication of which run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replication {
    /// The run's seed.
    pub seed: u64,
    /// Number of the replication, from 0.
    pub number: u64,
}

/// How deals are walked; results do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Walk {
    /// In blocks where the program allows it.
    #[default]
    Fastest,
    /// One after another.
    OneByOne,
}

/// Why a replication stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// At the end of the window.
    End,
    /// When nobody was left in process; the window ends with the last exit.
    Empty(Instant),
    /// Too many stage visits.
    EventLimit(Overrun),
    /// The token was set.
    Cancelled,
}

impl Stop {
    /// The same, at a stage.
    fn at(self, stage: u16) -> Stop {
        match self {
            Stop::EventLimit(overrun) => {
                Stop::EventLimit(Overrun { stage: Some(stage), ..overrun })
            }
            stop => stop,
        }
    }
}

/// Where a limit of visits was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrun {
    /// The stage that was entered last, by index, where one walk alone knows.
    pub stage: Option<u16>,
    /// Whether one deal alone made so many visits.
    pub of_one_deal: bool,
}

/// Visits of one deal after which it is taken to be in a loop without end: a second's work.
pub const MOST_VISITS_OF_DEAL: u64 = 10_000_000;

/// Limits and interruption of a replication.
#[derive(Debug, Clone, Copy)]
pub struct Guard<'a> {
    /// Stage visits after which the replication stops.
    pub most_visits: u64,
    /// Set from outside to stop.
    pub cancel: &'a AtomicBool,
}

impl Guard<'_> {
    fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// Simulates one replication and tells the observer all that happens.
///
/// `openings` are deals that are in process when the simulation starts.
pub fn replicate<O: Observer>(
    program: &Program,
    replication: Replication,
    walk: Walk,
    openings: &[Opening],
    guard: Guard<'_>,
    observer: &mut O,
) -> Stop {
    let end = match &program.order {
        _ if program.shares => queues::walk(program, replication, walk, openings, guard, observer),
        Some(order)
            if walk == Walk::Fastest && openings.is_empty() && blocks::can_walk(program) =>
        {
            blocks::walk(program, order, replication, guard, observer)
        }
        _ => journey::walk(program, replication, openings, guard, observer),
    };
    match end {
        Ok(last) if program.window.until_empty() => Stop::Empty(last),
        Ok(_) => Stop::End,
        Err(stop) => stop,
    }
}
