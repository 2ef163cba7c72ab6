//! Visits of single-task stages inside the window: most of what happens in most models with people.
//!
//! What a visit took is both the visit's and the work's, and nothing of it is cut. So a few columns
//! are set down and added up together when there are some: the sums stay in registers, and what all
//! visits have in common is not counted at all.

use super::gauge::{BATCH, Gauge};
use crate::engine::Attended;
use crate::program::{Program, SingleTask};

/// Bits of a time of which a column's sum fits a word.
const SHORT: u32 = i64::BITS - 1 - BATCH.ilog2();

/// Visits of one single-task stage by deals of one class.
#[derive(Debug, Clone, Default)]
pub(super) struct Attendance {
    /// Whether everybody there works around the clock: then all waiting is in open time, work is never
    /// interrupted, and two columns say nothing new.
    always: bool,
    columns: Columns,
    sums: Sums,
}

/// Visits that are set down.
#[derive(Debug, Clone, Default)]
struct Columns {
    len: usize,
    /// Exit − entry.
    times: [i64; BATCH],
    /// Start of work − entry.
    waits: [i64; BATCH],
    /// The open time of it.
    queues: [i64; BATCH],
    /// Working time.
    works: [i64; BATCH],
    /// End of work − entry.
    to_ends: [i64; BATCH],
}

/// What visits add up to that neither gauge tells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// How many.
    pub(super) n: u64,
    /// Those whose work did not start at once.
    pub(super) waited: u64,
    /// Open time before the work.
    pub(super) queue: i128,
    /// Working time.
    pub(super) work: i128,
    /// End of work − entry.
    pub(super) to_end: i128,
}

impl Attendance {
    pub(super) fn new(program: &Program, single: Option<&SingleTask>) -> Attendance {
        let always = single.is_some_and(|single| {
            let mut people = program.people_of(single.role).iter();
            people.all(|person| program.clocks[person.clock].is_always())
        });
        Attendance { always, ..Attendance::default() }
    }

    /// Sets a visit down; whether there are enough to be added up.
    #[inline(always)]
    pub(super) fn add(&mut self, visit: &Attended) -> bool {
        let columns = &mut self.columns;
        let at = columns.len % BATCH;
        columns.times[at] = (visit.left - visit.asked).0;
        columns.waits[at] = (visit.started - visit.asked).0;
        columns.works[at] = visit.time;
        if !self.always {
            columns.queues[at] = visit.queue;
            columns.to_ends[at] = (visit.ended - visit.asked).0;
        }
        columns.len = at + 1;
        columns.len == BATCH
    }

    /// Adds up what was set down.
    pub(super) fn flush(&mut self, times: &mut Gauge, waits: &mut Gauge, limits: &[i64]) {
        let Attendance { always, columns, sums } = self;
        let len = std::mem::take(&mut columns.len);
        times.add_each(&columns.times[..len], limits);
        waits.add_each(&columns.waits[..len], limits);
        columns.clear_from(len);
        sums.n += len as u64;
        sums.waited += columns.waits.iter().map(|wait| u64::from(*wait > 0)).sum::<u64>();
        // No part of a visit is longer than the visit.
        let add = if columns.times.iter().fold(0, |bits, x| bits | x) >> SHORT == 0 {
            |column: &[i64; BATCH]| i128::from(column.iter().sum::<i64>())
        } else {
            |column: &[i64; BATCH]| column.iter().map(|x| i128::from(*x)).sum()
        };
        let work = add(&columns.works);
        sums.work += work;
        if *always {
            let wait = add(&columns.waits);
            sums.queue += wait;
            sums.to_end += wait + work;
        } else {
            sums.queue += add(&columns.queues);
            sums.to_end += add(&columns.to_ends);
        }
    }

    /// Whether nothing is set down.
    pub(super) fn is_flushed(&self) -> bool {
        self.columns.len == 0
    }

    /// Ends a replication: its sums.
    pub(super) fn close(&mut self) -> Sums {
        std::mem::take(&mut self.sums)
    }
}

impl Columns {
    /// Columns are added up whole.
    fn clear_from(&mut self, len: usize) {
        let Columns { times, waits, queues, works, to_ends, .. } = self;
        for column in [times, waits, queues, works, to_ends] {
            column[len..].fill(0);
        }
    }
}
