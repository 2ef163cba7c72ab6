//! Deals by their ids, without a second copy of the ids.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::records::deals::Deal;

/// The deals of a file by their ids.
#[derive(Debug, Default)]
pub(in crate::records) struct Index {
    of_hash: HashMap<u64, u32>,
    /// Ids whose hash another id has.
    others: HashMap<String, u32>,
}

fn hash(id: &str) -> u64 {
    // Its keys are fixed, so that every run does the same.
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

impl Index {
    /// The place of a deal with this id.
    pub(in crate::records) fn find(&self, id: &str, deals: &[Deal]) -> Option<u32> {
        let at = *self.of_hash.get(&hash(id))?;
        let is_it = deals.get(at as usize).is_some_and(|deal| deal.id == id);
        if is_it { Some(at) } else { self.others.get(id).copied() }
    }

    /// Keeps the place of a deal that was not found.
    pub(in crate::records) fn add(&mut self, id: &str, at: u32) {
        let hash = hash(id);
        match self.of_hash.entry(hash) {
            Entry::Occupied(_) => _ = self.others.insert(id.to_owned(), at),
            Entry::Vacant(free) => _ = free.insert(at),
        }
    }
}
