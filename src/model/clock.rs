//! By which clock a length of time runs.

/// By which clock a time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// Everybody's; working time has no meaning.
    Wall,
    /// Not said yet: the first length decides, and all others must agree.
    Either,
    /// Working time. Lengths by the clock are taken as working time too where work is meant.
    Working {
        /// Whether they are.
        any: bool,
    },
}
