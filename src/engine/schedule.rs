//! The event list, in the order of time, first in first out among equals.
//!
//! A ring of buckets by time, each about half as wide as the time between two events, with a bit that
//! says whether it is empty (Brown 1988, without the resizing). A bucket holds a short sorted chain. Later
//! events wait in a heap and move to the ring as soon as it reaches their bucket, before anything else can
//! be put there; so chains keep the order of insertion.
//!
//! Each event belongs to a slot: a deal that goes on or loses patience, or a line for which somebody is free again. A slot
//! has at most one event, so chains are linked by slots, and an event is cancelled by its slot. A ticket is a place among
//! events of one time; drawn early, it keeps that place for an event whose time is not known yet.
//!
//! The next event is popped one event ahead, so that fetching it overlaps with the current one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::quantity::Instant;

/// Buckets of the ring, a power of two.
const BUCKETS: usize = 8192;
/// The slot of nobody.
const NOBODY: u32 = u32::MAX;

/// A place among events of one time: the lower comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) struct Ticket(u64);

impl Ticket {
    /// Before all others.
    pub(in crate::engine) const FIRST: Ticket = Ticket(0);
}

/// The event of a slot.
#[derive(Debug, Clone, Copy)]
struct Event {
    at: i64,
    ticket: Ticket,
    /// The slot of the next event of the bucket.
    next: u32,
}

/// The events that are to come.
#[derive(Debug)]
pub(in crate::engine) struct Schedule {
    of_slot: Vec<Event>,
    /// The first slot of each bucket; [`NOBODY`] where it is empty, and its bit is not set.
    first: Box<[u32; BUCKETS]>,
    bits: [u64; BUCKETS / 64],
    /// Events in the ring.
    near: usize,
    /// The first event; [`NOBODY`], and no time, if the ring is empty.
    next_at: i64,
    next_slot: u32,
    next_ticket: Ticket,
    /// Those beyond.
    far: BinaryHeap<Reverse<(i64, Ticket, u32)>>,
    /// Those of them that are cancelled, and how often: they stay in the heap until their time comes.
    cancelled: BTreeMap<(i64, Ticket, u32), u32>,
    /// The ticket that was drawn last.
    drawn: Ticket,
    /// The bucket of time of the first of them.
    first_far: i64,
    /// The bucket of time from which the ring begins.
    begin: i64,
    /// A bucket is a power of two of microseconds long.
    shift: u32,
}

impl Schedule {
    /// An empty list for events that follow each other after this many microseconds on average.
    pub(in crate::engine) fn new(gap: f64) -> Schedule {
        let first = vec![NOBODY; BUCKETS].into_boxed_slice();
        Schedule {
            of_slot: Vec::new(),
            first: first.try_into().expect("there is a slot for each bucket"),
            bits: [0; BUCKETS / 64],
            near: 0,
            next_at: i64::MAX,
            next_slot: NOBODY,
            next_ticket: Ticket::FIRST,
            far: BinaryHeap::new(),
            cancelled: BTreeMap::new(),
            drawn: Ticket::FIRST,
            first_far: i64::MAX,
            begin: 0,
            // From half a millisecond to half a month.
            shift: (gap.clamp(1e3, 2.6e12) / 2.0).log2() as u32,
        }
    }

    /// Makes room for a slot; slots are numbered without gaps.
    pub(in crate::engine) fn add_slot(&mut self) {
        self.of_slot.push(Event { at: 0, ticket: Ticket::FIRST, next: NOBODY });
    }

    /// Schedules a slot, which must have no event, behind all others of the same time.
    #[inline(always)]
    pub(in crate::engine) fn push(&mut self, at: Instant, slot: u32) {
        debug_assert!(at >= Instant::ZERO);
        let ticket = self.ticket();
        if (at.0 >> self.shift) - self.begin >= BUCKETS as i64 {
            self.push_far(at.0, ticket, slot);
        } else if at.0 < self.next_at {
            self.push_next(at.0, ticket, slot);
        } else {
            self.insert(at.0, ticket, slot);
        }
    }

    /// The place among equals of an event that would be scheduled now.
    #[inline(always)]
    pub(in crate::engine) fn ticket(&mut self) -> Ticket {
        self.drawn.0 += 1;
        self.drawn
    }

    /// Schedules a slot, which must have no event, at its place among those of the same time.
    pub(in crate::engine) fn push_with(&mut self, at: Instant, ticket: Ticket, slot: u32) {
        debug_assert!(at >= Instant::ZERO);
        if (at.0 >> self.shift) - self.begin >= BUCKETS as i64 {
            self.push_far(at.0, ticket, slot);
        } else if (at.0, ticket) < (self.next_at, self.next_ticket) {
            self.push_next(at.0, ticket, slot);
        } else {
            self.insert(at.0, ticket, slot);
        }
    }

    /// Takes back the event of a slot, which must have one that has not come.
    pub(in crate::engine) fn cancel(&mut self, slot: u32) {
        if slot == self.next_slot {
            self.look_ahead();
            return;
        }
        let Event { at, ticket, next } = self.of_slot[slot as usize];
        if (at >> self.shift) - self.begin >= BUCKETS as i64 {
            *self.cancelled.entry((at, ticket, slot)).or_default() += 1;
            return;
        }
        let bucket = self.bucket(at);
        let mut before = self.first[bucket];
        if before == slot {
            self.first[bucket] = next;
            self.bits[bucket / 64] ^= u64::from(next == NOBODY) << (bucket % 64);
        } else {
            while self.of_slot[before as usize].next != slot {
                before = self.of_slot[before as usize].next;
            }
            self.of_slot[before as usize].next = next;
        }
        self.near -= 1;
    }

    #[inline(never)]
    fn push_far(&mut self, at: i64, ticket: Ticket, slot: u32) {
        self.of_slot[slot as usize] = Event { at, ticket, next: NOBODY };
        self.far.push(Reverse((at, ticket, slot)));
        self.first_far = self.first_far.min(at >> self.shift);
    }

    /// Schedules an event before all others.
    #[inline(never)]
    fn push_next(&mut self, at: i64, ticket: Ticket, slot: u32) {
        if self.next_slot != NOBODY {
            // Back to where it was: nothing of its bucket is earlier.
            let bucket = self.bucket(self.next_at);
            self.put_first(bucket, self.next_at, self.next_ticket, self.next_slot);
        }
        (self.next_at, self.next_ticket, self.next_slot) = (at, ticket, slot);
    }

    /// The bucket of a time in the ring.
    #[inline(always)]
    fn bucket(&self, at: i64) -> usize {
        debug_assert!((0..BUCKETS as i64).contains(&((at >> self.shift) - self.begin)));
        (at >> self.shift) as usize % BUCKETS
    }

    /// Puts an event in front of its bucket.
    #[inline(always)]
    fn put_first(&mut self, bucket: usize, at: i64, ticket: Ticket, slot: u32) {
        self.of_slot[slot as usize] = Event { at, ticket, next: self.first[bucket] };
        self.first[bucket] = slot;
        self.bits[bucket / 64] |= 1 << (bucket % 64);
        self.near += 1;
    }

    /// Puts an event into its bucket, at its place among those of the same time.
    #[inline(always)]
    fn insert(&mut self, at: i64, ticket: Ticket, slot: u32) {
        let bucket = self.bucket(at);
        let is_later = |other: &Event| other.at > at || (other.at == at && other.ticket > ticket);
        let mut next = self.first[bucket];
        if next == NOBODY || is_later(&self.of_slot[next as usize]) {
            self.put_first(bucket, at, ticket, slot);
            return;
        }
        loop {
            let before = next as usize;
            next = self.of_slot[before].next;
            if next == NOBODY || is_later(&self.of_slot[next as usize]) {
                self.of_slot[before].next = slot;
                break;
            }
        }
        self.of_slot[slot as usize] = Event { at, ticket, next };
        self.near += 1;
    }

    /// Takes the next event, unless it is later than this: when it is, and whose. Nothing may be scheduled
    /// before it any more.
    #[inline(always)]
    pub(in crate::engine) fn next_until(&mut self, until: Instant) -> Option<(Instant, u32)> {
        let (at, slot) = (self.next_at, self.next_slot);
        if slot == NOBODY {
            // The ring stays where it is while something earlier may still be scheduled.
            return self.next_far(until);
        }
        if at > until.0 {
            return None;
        }
        self.begin = at >> self.shift;
        self.look_ahead();
        Some((Instant(at), slot))
    }

    #[inline(never)]
    fn next_far(&mut self, until: Instant) -> Option<(Instant, u32)> {
        let (at, _, slot) = self.peek_far().filter(|(at, ..)| *at <= until.0)?;
        self.far.pop();
        self.begin = at >> self.shift;
        self.look_ahead();
        Some((Instant(at), slot))
    }

    /// Takes the first event out of the ring, which begins where it shall.
    #[inline(always)]
    fn look_ahead(&mut self) {
        if self.first_far < self.begin + BUCKETS as i64 {
            self.come_near();
        }
        if self.near == 0 {
            (self.next_at, self.next_ticket, self.next_slot) = (i64::MAX, Ticket::FIRST, NOBODY);
            return;
        }
        let bucket = self.first_bucket();
        let slot = self.first[bucket];
        let Event { at, ticket, next } = self.of_slot[slot as usize];
        self.first[bucket] = next;
        self.bits[bucket / 64] ^= u64::from(next == NOBODY) << (bucket % 64);
        self.near -= 1;
        (self.next_at, self.next_ticket, self.next_slot) = (at, ticket, slot);
    }

    /// The first bucket that holds anything; there is one.
    #[inline(always)]
    fn first_bucket(&self) -> usize {
        let begin = self.begin as usize % BUCKETS;
        let (mut word, mut bits) = (begin / 64, self.bits[begin / 64] & (!0 << (begin % 64)));
        while bits == 0 {
            word = (word + 1) % (BUCKETS / 64);
            bits = self.bits[word];
        }
        word * 64 + bits.trailing_zeros() as usize
    }

    /// Brings what the ring reaches now out of the heap.
    #[inline(never)]
    fn come_near(&mut self) {
        let end = self.begin + BUCKETS as i64;
        while let Some((at, ticket, slot)) = self.peek_far()
            && at >> self.shift < end
        {
            self.far.pop();
            self.insert(at, ticket, slot);
        }
        self.first_far = self.peek_far().map_or(i64::MAX, |(at, ..)| at >> self.shift);
    }

    /// The first event of the heap that is not cancelled.
    fn peek_far(&mut self) -> Option<(i64, Ticket, u32)> {
        loop {
            let Reverse(event) = self.far.peek().copied()?;
            let Some(times) = self.cancelled.get_mut(&event) else { return Some(event) };
            *times -= 1;
            if *times == 0 {
                self.cancelled.remove(&event);
            }
            self.far.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Times never go back below the last one taken, as in a simulation.
        #[test]
        fn events_come_in_time_order_and_first_in_first_out_among_equals(
            gap in 1.0f64..1e6,
            steps in prop::collection::vec((prop_oneof![0i64..9, 0i64..40_000_000], 0u8..3), 1..400),
        ) {
            let mut events = Schedule::new(gap);
            let mut expected: Vec<(i64, usize, u32)> = Vec::new();
            let (mut now, mut spare, mut slots) = (0, Vec::new(), 0);
            for (number, (wait, pushes)) in steps.into_iter().enumerate() {
                for push in 0..=pushes {
                    let slot = spare.pop().unwrap_or_else(|| {
                        events.add_slot();
                        slots += 1;
                        slots - 1
                    });
                    let at = now + wait / (1 + i64::from(push) * 7);
                    events.push(Instant(at), slot);
                    expected.push((at, number * 4 + usize::from(push), slot));
                }
                expected.sort_unstable();
                let (at, _, slot) = expected[0];
                if number % 3 == 0 {
                    // Something new comes before what was looked at.
                    prop_assert_eq!(events.next_until(Instant(at - 1)), None);
                    now += (at - now) / 2;
                    continue;
                }
                prop_assert_eq!(events.next_until(Instant(at)), Some((Instant(at), slot)));
                expected.remove(0);
                spare.push(slot);
                now = at;
            }
            for (at, _, slot) in expected {
                prop_assert_eq!(events.next_until(Instant(at)), Some((Instant(at), slot)));
            }
            prop_assert_eq!(events.next_until(Instant::NEVER), None);
        }

        /// What is cancelled never comes; a ticket drawn earlier keeps its place among equals, and the first one is
        /// before all.
        #[test]
        fn cancelled_events_never_come_and_tickets_keep_their_place(
            gap in 1.0f64..1e6,
            steps in prop::collection::vec((prop_oneof![0i64..4, 0i64..40_000_000], 0u8..8), 1..400),
        ) {
            let mut events = Schedule::new(gap);
            let mut expected: Vec<(i64, Ticket, u32)> = Vec::new();
            let (mut now, mut spare, mut slots, mut drawn) = (0, Vec::new(), 0, Vec::new());
            for (wait, kind) in steps {
                let at = now + wait;
                let slot = spare.pop().unwrap_or_else(|| {
                    events.add_slot();
                    slots += 1;
                    slots - 1
                });
                expected.sort_unstable();
                match (kind, drawn.pop()) {
                    (0, _) if !expected.is_empty() => {
                        spare.push(slot);
                        let (.., slot) = expected.remove(wait as usize % expected.len());
                        events.cancel(slot);
                        spare.push(slot);
                    }
                    (1, _) if !expected.is_empty() => {
                        spare.push(slot);
                        let (at, _, slot) = expected.remove(0);
                        prop_assert_eq!(events.next_until(Instant(at - 1)), None);
                        prop_assert_eq!(events.next_until(Instant(at)), Some((Instant(at), slot)));
                        spare.push(slot);
                        now = at;
                    }
                    (2, _) => {
                        spare.push(slot);
                        drawn.push(events.ticket());
                    }
                    (3, Some(ticket)) => {
                        events.push_with(Instant(at), ticket, slot);
                        expected.push((at, ticket, slot));
                    }
                    (4, _) if expected.iter().all(|other| (other.0, other.1) != (at, Ticket::FIRST)) => {
                        events.push_with(Instant(at), Ticket::FIRST, slot);
                        expected.push((at, Ticket::FIRST, slot));
                    }
                    _ => {
                        events.push(Instant(at), slot);
                        expected.push((at, events.drawn, slot));
                    }
                }
            }
            expected.sort_unstable();
            for (at, _, slot) in expected {
                prop_assert_eq!(events.next_until(Instant::NEVER), Some((Instant(at), slot)));
            }
            prop_assert_eq!(events.next_until(Instant::NEVER), None);
        }
    }
}
