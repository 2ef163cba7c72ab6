//! Which stages decided and closed deals had entered, counted by pattern.
//!
//! Most deals share a few patterns of stages, so they are counted per pattern in a small
//! direct-mapped table, and spread over the stages when a slot is needed or the replication ends.

use super::Cells;
use crate::engine::Visited;
use crate::program::{Id, StageId};

const SLOTS: usize = 64;

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    mask: u64,
    decided: u64,
    won: u64,
    closed: u64,
    closed_won: u64,
    /// Decided and closed at once, without a sale: most deals.
    fell: u64,
}

/// Counts by pattern of stages.
#[derive(Debug, Clone)]
pub(super) struct Paths {
    slots: [Slot; SLOTS],
}

impl Default for Paths {
    fn default() -> Paths {
        Paths { slots: [Slot::default(); SLOTS] }
    }
}

impl Paths {
    #[inline]
    fn slot(&mut self, mask: u64, cells: &mut Cells) -> &mut Slot {
        let at = (mask.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58) as usize;
        if self.slots[at].mask != mask {
            flush(&mut self.slots[at], cells);
            self.slots[at].mask = mask;
        }
        &mut self.slots[at]
    }

    /// A deal was decided that had entered these stages.
    #[inline]
    pub(super) fn decided(&mut self, visited: &Visited<'_>, won: bool, cells: &mut Cells) {
        match visited {
            Visited::Mask(mask) => {
                let slot = self.slot(*mask, cells);
                slot.decided += 1;
                slot.won += u64::from(won);
            }
            Visited::Set(_) => {
                for (at, stage) in cells.stages.iter_mut().enumerate() {
                    if visited.contains(StageId::new(at)) {
                        stage.decided += 1;
                        stage.decided_won += u64::from(won);
                    }
                }
            }
        }
    }

    /// A deal left the process, or is open at the end, that had entered these stages.
    #[inline]
    pub(super) fn closed(&mut self, visited: &Visited<'_>, won: bool, cells: &mut Cells) {
        match visited {
            Visited::Mask(mask) => {
                let slot = self.slot(*mask, cells);
                slot.closed += 1;
                slot.closed_won += u64::from(won);
            }
            Visited::Set(_) => {
                let final_stage = cells.stages.len() - 1;
                for (at, stage) in cells.stages.iter_mut().enumerate() {
                    if visited.contains(StageId::new(at)) {
                        let next = if at == final_stage {
                            won
                        } else {
                            visited.contains(StageId::new(at + 1))
                        };
                        stage.entered += 1;
                        stage.reached_next += u64::from(next);
                    }
                }
            }
        }
    }

    /// `n` deals with these stages left the process undecided before and without a sale.
    #[inline]
    pub(super) fn fell(&mut self, visited: &Visited<'_>, n: u64, cells: &mut Cells) {
        if let Visited::Mask(mask) = visited {
            self.slot(*mask, cells).fell += n;
        } else {
            for _ in 0..n {
                self.decided(visited, false, cells);
                self.closed(visited, false, cells);
            }
        }
    }

    pub(super) fn flush_all(&mut self, cells: &mut Cells) {
        for slot in &mut self.slots {
            flush(slot, cells);
        }
    }
}

#[cold]
fn flush(slot: &mut Slot, cells: &mut Cells) {
    slot.decided += slot.fell;
    slot.closed += slot.fell;
    let last = cells.stages.len() - 1;
    let mut left = slot.mask;
    while left != 0 {
        let at = left.trailing_zeros() as usize;
        left &= left - 1;
        let stage = &mut cells.stages[StageId::new(at)];
        stage.decided += slot.decided;
        stage.decided_won += slot.won;
        stage.entered += slot.closed;
        if at == last {
            stage.reached_next += slot.closed_won;
        } else if slot.mask >> (at + 1) & 1 == 1 {
            stage.reached_next += slot.closed;
        }
    }
    *slot = Slot::default();
}
