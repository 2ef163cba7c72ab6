//! Who works, and when they are free: a role's people are a station, which answers requests.

mod line;
mod pool;
mod station;

pub(in crate::engine) use line::Waiting;
pub(in crate::engine) use pool::Offer;
pub(in crate::engine) use station::{Answer, Station};
