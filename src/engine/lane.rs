//! Where deals of a block wait: a fixed room for each stage and each end.
//!
//! No more deals are under way than a block has, so a room never overflows, and putting a deal into
//! one needs no growth, whose mere possibility would cost the hot loop its registers.

use super::Deal;

/// Deals walked together: 20 KiB of them, read several times from the nearest caches.
pub(super) const BLOCK: usize = 256;

/// Deals that wait at one place.
#[derive(Debug)]
pub(super) struct Lane {
    deals: Box<[Deal; BLOCK]>,
    len: usize,
}

impl Lane {
    pub(super) fn new() -> Lane {
        let room = vec![Deal::NOBODY; BLOCK].into_boxed_slice();
        Lane { deals: room.try_into().expect("the room has the length of a block"), len: 0 }
    }

    #[inline]
    pub(super) fn push(&mut self, deal: Deal) {
        self.deals[self.len] = deal;
        self.len += 1;
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    pub(super) fn deals(&self) -> &[Deal] {
        &self.deals[..self.len]
    }

    pub(super) fn deals_mut(&mut self) -> &mut [Deal] {
        &mut self.deals[..self.len]
    }
}
