//! How long something lasts, from times that ended and times that had not ended when the file was
//! written.

mod families;
mod law;
mod survival;

pub use families::{Candidate, Family, candidates};
pub use law::{Law, choose, choose_weighted};
pub use survival::Survival;

/// A time that was observed, in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lasted {
    /// How long it has lasted.
    pub days: f64,
    /// Whether it ended then; else all that is known is that it lasted longer.
    pub ended: bool,
}

impl Lasted {
    /// A time that ended.
    pub fn ended(days: f64) -> Lasted {
        Lasted { days, ended: true }
    }

    /// A time that went on.
    pub fn so_far(days: f64) -> Lasted {
        Lasted { days, ended: false }
    }
}
