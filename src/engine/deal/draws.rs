//! Many draws of one kind at once: their words first, then their values.

use crate::quantity::nearest_each;
use crate::random::inverse::Inverse;

/// Deals of a block: 20 KiB, read several times from the nearest caches.
pub(in crate::engine) const BLOCK: usize = 256;

/// Buffers for the words and values of a block of draws, which are reused.
#[derive(Debug)]
pub(in crate::engine) struct Room {
    words: [u64; BLOCK],
    values: [f64; BLOCK],
    wholes: [i64; BLOCK],
}

impl Room {
    pub(in crate::engine) fn new() -> Room {
        Room { words: [0; BLOCK], values: [0.0; BLOCK], wholes: [0; BLOCK] }
    }

    /// Draws one value for each word.
    #[inline]
    pub(in crate::engine) fn draw(
        &mut self,
        inverse: &Inverse,
        words: impl Iterator<Item = u64>,
    ) -> &[f64] {
        let mut count = 0;
        for (place, word) in self.words.iter_mut().zip(words) {
            *place = word;
            count += 1;
        }
        let values = &mut self.values[..count];
        inverse.at_each(&self.words[..count], values);
        values
    }

    /// Draws one whole number for each word.
    #[inline]
    pub(in crate::engine) fn wholes(
        &mut self,
        inverse: &Inverse,
        words: impl Iterator<Item = u64>,
    ) -> &[i64] {
        let count = self.draw(inverse, words).len();
        let wholes = &mut self.wholes[..count];
        nearest_each(&self.values[..count], wholes);
        wholes
    }
}
