//! The clock in which a duration is measured.

/// The clock in which a duration is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Elapsed (wall-clock) time; units of working time are refused.
    Wall,
    /// Not decided yet: the first duration decides, and all others must agree.
    Either,
    /// Working time. Wall-clock durations are also taken as working time if they describe work.
    Working {
        /// Whether wall-clock durations are accepted too.
        any: bool,
    },
}
