//! What of a replication is needed for a KPI.
//!
//! A question about one number need not pay for the others. What is not collected stays nothing, so
//! the rows of other KPIs are not made either.

use serde::{Deserialize, Serialize};

use super::Kpi;

/// What is listened to, beside arrivals and sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // each is listened to or not
pub struct Needed {
    /// Visits of stages, work and queues.
    pub stages: bool,
    /// Deals that leave the process, or are open at the end of the window.
    pub ends: bool,
    /// What happens on each day, and when the window ends.
    pub days: bool,
    /// What deals are worth.
    pub values: bool,
}

impl Needed {
    /// Everything.
    pub const ALL: Needed = Needed { stages: true, ends: true, days: true, values: true };
    /// Arrivals and sales only.
    pub const SALES: Needed = Needed { stages: false, ends: false, days: false, values: false };
    /// Sales, and what they are worth.
    pub(super) const VALUES: Needed = Needed { values: true, ..Needed::SALES };
    /// Arrivals and sales, day by day.
    pub(super) const DAYS: Needed = Needed { days: true, ..Needed::SALES };
    /// Sales and ends.
    pub(super) const ENDS: Needed = Needed { ends: true, ..Needed::SALES };

    /// What these KPIs need; everything where none is named.
    pub fn of(kpis: &[Kpi]) -> Needed {
        if kpis.is_empty() {
            return Needed::ALL;
        }
        kpis.iter().map(|kpi| kpi.needed()).fold(Needed::SALES, Needed::and)
    }

    /// What either needs.
    pub(super) const fn and(self, other: Needed) -> Needed {
        Needed {
            stages: self.stages | other.stages,
            ends: self.ends | other.ends,
            days: self.days | other.days,
            values: self.values | other.values,
        }
    }

    /// Whether all of another is listened to.
    pub fn covers(self, other: Needed) -> bool {
        self.and(other) == self
    }

    /// Whether deals that are never sold are of no interest.
    pub fn only_sales(self) -> bool {
        !(self.stages || self.ends || self.days)
    }
}
