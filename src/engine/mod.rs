//! One replication of one program: deals arrive, walk and end.
//!
//! The engine emits events and knows no KPI. An [`Observer`] collects what is needed and is compiled into the walk. The
//! modules, each of which imports only those above it:
//!
//! - `deal`: the facts of a deal; `run`: which replication, and why it stops; `event` and `observers`: what observers receive;
//! - `arrivals`: how deals arrive; `schedule`: scheduled events, in the order of time;
//! - `walker`: a deal, where it is, and the state of its visit; `steps`: what happens in a visit;
//! - `people`: who works, and when they are free;
//! - `sale`: a sale that is won outside of a simulation;
//! - `walks`: the order in which deals are walked: one after another where nothing is shared; in the order of time where people
//!   are shared, with a fast path for single-task stages; stage by stage in blocks where nothing is shared and stages form no
//!   loop. All give the same results, because every draw is computed from its address and all sums are sums of integers.

mod arrivals;
mod deal;
mod event;
mod observers;
mod people;
mod run;
mod sale;
mod schedule;
mod steps;
mod walker;
mod walks;

pub use crate::random::key::DealKey;
pub use deal::{Deal, Opening, Part, Standing, Token, Visited};
pub use event::{Attended, Block, Observer, Posting, Renege, Split, Task, Visit};
pub use observers::Both;
pub use run::{Guard, MOST_VISITS_OF_DEAL, Overrun, Replication, Setup, Stop, Walk};
pub use sale::{Sale, book_sale};
pub use steps::visit_lengths;

use walks::{blocks, one_by_one, shared};

/// Simulates one replication and passes every event to the observer.
pub fn replicate<O: Observer>(
    setup: &Setup<'_>,
    replication: Replication,
    observer: &mut O,
) -> Stop {
    let Setup { program, walk, openings, .. } = *setup;
    let end = match &program.order {
        _ if program.shares => shared::walk(setup, replication, observer),
        Some(order)
            if walk == Walk::Fastest && openings.is_empty() && blocks::can_walk(program) =>
        {
            blocks::walk(setup, order, replication, observer)
        }
        _ => one_by_one::walk(setup, replication, observer),
    };
    match end {
        Ok(last) if program.window.until_empty() => Stop::Empty(last),
        Ok(_) => Stop::End,
        Err(stop) => stop,
    }
}
