//! What of a replication must be heard for a KPI.
//!
//! A question about one number need not pay for the others. What is not heard stays nothing, so
//! the rows of other KPIs are not made either.

use serde::{Deserialize, Serialize};

use super::Kpi;

/// What is listened to, beside arrivals and sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // each is listened to or not
pub struct Hears {
    /// Visits of stages, work and queues.
    pub stages: bool,
    /// Deals that leave the process, or are open at the end of the window.
    pub ends: bool,
    /// What happens on each day, and when the window ends.
    pub days: bool,
    /// What deals are worth.
    pub values: bool,
}

impl Hears {
    /// Everything.
    pub const ALL: Hears = Hears { stages: true, ends: true, days: true, values: true };
    /// Arrivals and sales only.
    pub const SALES: Hears = Hears { stages: false, ends: false, days: false, values: false };
    /// Sales, and what they are worth.
    pub(super) const VALUES: Hears = Hears { values: true, ..Hears::SALES };
    /// Arrivals and sales, day by day.
    pub(super) const DAYS: Hears = Hears { days: true, ..Hears::SALES };
    /// Sales and ends.
    pub(super) const ENDS: Hears = Hears { ends: true, ..Hears::SALES };

    /// What these KPIs need; everything where none is named.
    pub fn of(kpis: &[Kpi]) -> Hears {
        if kpis.is_empty() {
            return Hears::ALL;
        }
        kpis.iter().map(|kpi| kpi.hears()).fold(Hears::SALES, Hears::and)
    }

    /// What either needs.
    pub(super) const fn and(self, other: Hears) -> Hears {
        Hears {
            stages: self.stages | other.stages,
            ends: self.ends | other.ends,
            days: self.days | other.days,
            values: self.values | other.values,
        }
    }

    /// Whether all of another is listened to.
    pub fn covers(self, other: Hears) -> bool {
        self.and(other) == self
    }

    /// Whether deals that are never sold are of no interest.
    pub fn only_sales(self) -> bool {
        !(self.stages || self.ends || self.days)
    }
}
