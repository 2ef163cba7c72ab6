//! In which order deals are walked through their steps; results do not depend on it.

pub(in crate::engine) mod blocks;
pub(in crate::engine) mod one_by_one;
pub(in crate::engine) mod shared;
mod waits;
