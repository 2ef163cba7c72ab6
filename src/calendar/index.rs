//! Constant-time search in a sorted list of times, because calendars are queried at every step of a
//! deal.

/// Where to begin a search: the position in the list for each of equal pieces of its range.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Index {
    pub(super) start: i64,
    length: u64,
    /// The length of a piece is 2 to the power of this.
    shift: u32,
    places: Vec<u32>,
}

impl Index {
    /// The index of a list that starts at the start of its range and ends with an unreachable
    /// bound.
    pub(super) fn new(keys: &[i64], end: i64) -> Index {
        let start = keys[0];
        let length = (end - start) as u64;
        // At least two pieces per key, so that nearly always at most one step remains.
        let shift = (length / (2 * keys.len() as u64)).max(1).ilog2();
        let mut place = 0;
        let place_at = |piece: u64| {
            while keys[place + 1] <= start + (piece << shift) as i64 {
                place += 1;
            }
            place as u32
        };
        let places = (0..=length >> shift).map(place_at).collect();
        Index { start, length, shift, places }
    }

    #[inline]
    pub(super) fn guess(&self, key: i64) -> Option<usize> {
        let past = key.wrapping_sub(self.start) as u64;
        (past < self.length).then(|| self.places[(past >> self.shift) as usize] as usize)
    }

    /// The number of periods that move a key outside the range to the nearest period inside it.
    pub(super) fn periods_outside(&self, key: i64, period: i64) -> i64 {
        let end = self.start + self.length as i64;
        if key >= end {
            (key - end) / period + 1
        } else {
            -((self.start - 1).saturating_sub(key) / period + 1)
        }
    }
}
