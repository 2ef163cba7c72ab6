//! The order in which deals are walked through their steps. Results do not depend on it.

pub(in crate::engine) mod blocks;
pub(in crate::engine) mod one_by_one;
pub(in crate::engine) mod shared;
mod waits;
