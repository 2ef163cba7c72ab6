//! The clock in which a duration is measured.

/// The clock in which a duration is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Elapsed time; units of working time are refused.
    Wall,
    /// Not decided yet: the first duration decides, and all others must agree.
    Either,
    /// Working time. Work accepts durations in elapsed time too, and reads them as working time.
    Working {
        /// Whether durations in elapsed time are accepted.
        any: bool,
    },
}
