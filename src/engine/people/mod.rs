//! Who works, and when they are free.

mod pool;

pub(in crate::engine) use pool::{Offer, Pool};
