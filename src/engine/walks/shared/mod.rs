//! Walks deals that share people: only requests, and reads of queue lengths, are events.
//!
//! Between two events a deal is walked alone. Requests are handled in the order of time, so a pool knows at once when work
//! starts and ends, and whether the deal loses patience. At one instant, deals in process come before new ones, and otherwise
//! in the order in which they were scheduled.

mod requests;
mod single_task;
mod state;

use crate::engine::arrivals::{Streams, in_stock};
use crate::engine::event::Observer;
use crate::engine::run::{Guard, Replication, Setup, Stop, Walk};
use crate::engine::steps::resume::in_order;
use crate::engine::walker::Walker;
use crate::engine::walks::one_by_one::open_deals;
use crate::program::{Id, Program, RoleId};
use crate::quantity::Instant;
use state::{DueEvent, Shared};

pub(in crate::engine) fn walk<O: Observer>(
    setup: &Setup<'_>,
    replication: Replication,
    observer: &mut O,
) -> Result<Instant, Stop> {
    let Setup { program, walk, openings, guard } = *setup;
    let mut queues = Queues::new(program, walk, (guard, replication));
    let open = open_deals(replication);
    for (ordinal, opening) in in_order(openings) {
        let slot = queues.slot();
        let walker = queues.shared.journey.open(opening, slot, (open, ordinal as u64), observer);
        queues.shared.schedule.push(walker.token.now.max(Instant::ZERO), slot as u32);
        queues.walkers[slot] = walker;
    }
    for deal in in_stock(program, replication) {
        let slot = queues.slot();
        let walker = queues.shared.journey.open_in_stock(&deal, slot, observer);
        queues.shared.schedule.push(walker.token.now, slot as u32);
        queues.walkers[slot] = walker;
    }
    let mut streams = Streams::new(program, replication, observer);
    loop {
        let due = match queues.shared.schedule.next_until(streams.next_at) {
            Some((now, slot)) if slot < queues.lines => {
                queues.call_next(RoleId::new(slot as usize), now, observer)?;
                continue;
            }
            // An event after the end of the window changes nothing, but observers are told of the deal.
            Some((now, slot)) => DueEvent { now, slot, arrives: false },
            None => {
                let Some(deal) = streams.first() else { return Ok(queues.shared.journey.last) };
                let slot = queues.slot();
                // Field by field: copying the whole would stall on the store that has just been made.
                let walker = &mut queues.walkers[slot];
                walker.visit.restart();
                walker.deal = *deal;
                walker.token.restart(streams.entry(), deal.arrived);
                queues.shared.journey.trails.clear(slot);
                let due = DueEvent { now: deal.arrived, slot: slot as u32, arrives: true };
                streams.take(observer);
                due
            }
        };
        queues.walk(due, observer)?;
    }
}

/// The deals in process by slot, and what they share.
struct Queues<'p> {
    shared: Shared<'p>,
    /// Roles with lines, which have the first slots.
    lines: u32,
    walkers: Vec<Walker>,
    spare: Vec<u32>,
}

impl<'p> Queues<'p> {
    fn new(program: &'p Program, walk: Walk, guard: (Guard<'p>, Replication)) -> Queues<'p> {
        let shared = Shared::new(program, walk, guard);
        let lines = if walk == Walk::Lines { program.roles.len() as u32 } else { 0 };
        let mut queues = Queues { shared, lines, walkers: Vec::new(), spare: Vec::new() };
        for _ in 0..lines {
            queues.add_slot();
        }
        queues
    }

    /// A free slot.
    #[inline(always)]
    fn slot(&mut self) -> usize {
        if let Some(slot) = self.spare.pop() { slot as usize } else { self.add_slot() }
    }

    #[cold]
    fn add_slot(&mut self) -> usize {
        self.walkers.push(Walker::nobody());
        self.shared.journey.trails.add();
        self.shared.schedule.add_slot();
        self.walkers.len() - 1
    }

    /// Somebody of a role is free: starts work on the first in the line, as far as people suffice.
    fn call_next<O: Observer>(
        &mut self,
        role: RoleId,
        now: Instant,
        observer: &mut O,
    ) -> Result<(), Stop> {
        while let Some(next) = self.shared.next_in_line(role, now) {
            let slot = next.0.slot;
            if self.shared.end_wait(next, &mut self.walkers[slot as usize], observer)? {
                self.spare.push(slot);
            }
        }
        Ok(())
    }

    /// Walks a deal on; its slot is free again where it leaves.
    #[inline(always)]
    fn walk<O: Observer>(&mut self, due: DueEvent, observer: &mut O) -> Result<(), Stop> {
        let walker = &mut self.walkers[due.slot as usize];
        if single_task::walk(&mut self.shared, due, walker, observer)? {
            self.spare.push(due.slot);
        }
        Ok(())
    }
}
