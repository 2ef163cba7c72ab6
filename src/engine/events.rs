//! The event list: what is scheduled, in the order of time, first in first out among equals.
//!
//! A heap with four children to a node: half as deep as one with two, and the four keys that are
//! compared lie side by side. A key is one number: the time, then the number of the insertion, then
//! the slot of the deal.

use crate::quantity::Instant;

/// Bits of a key that hold the slot.
const SLOT_BITS: u32 = 28;
/// Bits that hold the number of the insertion.
const NUMBER_BITS: u32 = 36;

/// The events that are to come.
#[derive(Debug, Default)]
pub(super) struct Events {
    heap: Vec<u128>,
    inserted: u64,
}

impl Events {
    /// Schedules a deal; `false` where the list can hold no more.
    #[inline]
    pub(super) fn push(&mut self, at: Instant, slot: u32) -> bool {
        if self.inserted >> NUMBER_BITS != 0 || slot >> SLOT_BITS != 0 {
            return false;
        }
        let key = key(at, self.inserted, slot);
        self.inserted += 1;
        self.heap.push(key);
        let mut at = self.heap.len() - 1;
        while at > 0 {
            let parent = (at - 1) / 4;
            if self.heap[parent] <= key {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = key;
        true
    }

    /// When the next event is.
    #[inline]
    pub(super) fn first(&self) -> Option<Instant> {
        self.heap.first().map(|key| Instant((key >> 64) as i64))
    }

    /// Takes the next event.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<(Instant, u32)> {
        let first = *self.heap.first()?;
        let last = self.heap.pop()?;
        if !self.heap.is_empty() {
            self.sink(last);
        }
        Some((Instant((first >> 64) as i64), first as u32 & ((1 << SLOT_BITS) - 1)))
    }

    /// Puts a key at the top and lets it sink to its place.
    #[inline]
    fn sink(&mut self, key: u128) {
        let heap = self.heap.as_mut_slice();
        let mut at = 0;
        loop {
            let first = 4 * at + 1;
            let child = if let Some(four) = heap.get(first..first + 4) {
                let (a, b) = (usize::from(four[1] < four[0]), 2 + usize::from(four[3] < four[2]));
                first + if four[b] < four[a] { b } else { a }
            } else {
                let rest = heap.get(first..).unwrap_or_default();
                let Some((child, _)) = rest.iter().enumerate().min_by_key(|(_, key)| **key) else {
                    break;
                };
                first + child
            };
            if heap[child] >= key {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }
}

/// Times are never before the simulation's start, so their order as numbers is their order.
#[inline]
fn key(at: Instant, number: u64, slot: u32) -> u128 {
    u128::from(at.0.max(0) as u64) << 64 | u128::from(number << SLOT_BITS | u64::from(slot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_in_time_order_and_first_in_first_out_among_equals() {
        let mut events = Events::default();
        for slot in 0..1000u32 {
            events.push(Instant(i64::from(slot * 7919 % 101)), slot);
        }
        let mut before = (Instant(-1), 0);
        let mut count = 0;
        while let Some((at, slot)) = events.pop() {
            assert!(at > before.0 || (at == before.0 && slot > before.1), "{at:?} {slot}");
            before = (at, slot);
            count += 1;
        }
        assert_eq!(count, 1000);
    }
}
