//! Which deals or visits a number is about.

use std::fmt;

/// The deals, visits or events that a number is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// What happens in the window.
    Period,
    /// Deals that are decided in the window.
    Decided,
    /// Of these, the won ones.
    Won,
    /// Deals that arrived in the window.
    Cohort,
    /// Deals that left the process in the window.
    Ended,
    /// Deals in progress.
    Open,
    /// Of theory: all deals of a process that runs for ever.
    LongRun,
    /// Of theory: expected values for the window of the model.
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
