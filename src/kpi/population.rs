//! The deals or visits that a figure covers.

use std::fmt;

/// The deals, visits or events that a figure covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// Events in the window.
    Period,
    /// Deals that were won or lost in the window.
    Decided,
    /// Deals that were won in the window.
    Won,
    /// Deals that arrived in the window.
    Cohort,
    /// Deals that left the process in the window.
    Ended,
    /// Open deals.
    Open,
    /// Exact: all deals of a process that runs forever.
    LongRun,
    /// Exact: expected values for the window of the model.
    Window,
}

impl Population {
    /// The words in tables.
    pub fn words(self) -> &'static str {
        match self {
            Population::Period => "period",
            Population::Decided => "decided",
            Population::Won => "decided, won",
            Population::Cohort => "cohort",
            Population::Ended => "ended",
            Population::Open => "open deals",
            Population::LongRun => "long run",
            Population::Window => "this window",
        }
    }
}

impl fmt::Display for Population {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
