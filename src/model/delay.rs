//! A random length of time, and the clock that it runs by.

use super::reader::{Field, Reader};
use crate::random::distribution::Distribution;

/// A random length of time by one of two clocks.
#[derive(Debug, Clone, PartialEq)]
pub struct Delay {
    /// In microseconds.
    pub time: Distribution,
    /// Whether only time in which the first calendar is open counts.
    pub working: bool,
}

impl Field<'_> {
    /// A length of time by the clock or of working time.
    pub(super) fn delay(&self, r: &mut Reader<'_>) -> Option<Delay> {
        let (time, working) = self.by_any_clock(r, Field::time)?;
        Some(Delay { time, working })
    }
}
