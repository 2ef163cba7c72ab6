//! A random duration and the clock that measures it.

use super::reader::{Field, Reader};
use crate::random::distribution::Distribution;

/// A random duration in elapsed or working time.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    /// In microseconds.
    pub time: Distribution,
    /// Whether it counts only the open time of the first calendar.
    pub working: bool,
}

impl Field<'_> {
    /// A random duration in elapsed or working time.
    pub(super) fn delay(&self, r: &mut Reader<'_>) -> Option<Delay> {
        let (time, working) = self.by_any_clock(r, Field::time)?;
        Some(Delay { time, working })
    }
}
