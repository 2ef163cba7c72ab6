//! The data of a replication that a KPI needs.
//!
//! A run for a single KPI need not pay for the others. Data that is not collected stays empty, and
//! the rows that need it are not made.

use serde::{Deserialize, Serialize};

use super::Kpi;

/// The data to collect, in addition to arrivals and sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // each is collected or not
pub struct Needed {
    /// Visits of stages, work and queues.
    pub stages: bool,
    /// Deals that leave the process or are open at the end of the window.
    pub ends: bool,
    /// Figures by day, and the end of the window.
    pub days: bool,
    /// Values of deals.
    pub values: bool,
    /// The books: margin, payments, and costs by period.
    pub books: bool,
}

impl Needed {
    /// Everything.
    pub const ALL: Needed =
        Needed { stages: true, ends: true, days: true, values: true, books: true };
    /// Arrivals and sales only.
    pub const SALES: Needed =
        Needed { stages: false, ends: false, days: false, values: false, books: false };
    /// Arrivals and sales with their values.
    pub(super) const VALUES: Needed = Needed { values: true, ..Needed::SALES };
    /// The books by day, with the values that they are about.
    pub(super) const BOOKS: Needed = Needed { books: true, days: true, ..Needed::VALUES };
    /// Arrivals and sales by day.
    pub(super) const DAYS: Needed = Needed { days: true, ..Needed::SALES };
    /// Sales and ends.
    pub(super) const ENDS: Needed = Needed { ends: true, ..Needed::SALES };

    /// The data that these KPIs need; everything if the list is empty.
    pub fn of(kpis: &[Kpi]) -> Needed {
        if kpis.is_empty() {
            return Needed::ALL;
        }
        kpis.iter().map(|kpi| kpi.needed()).fold(Needed::SALES, Needed::and)
    }

    /// The data that either needs.
    pub(super) const fn and(self, other: Needed) -> Needed {
        Needed {
            stages: self.stages | other.stages,
            ends: self.ends | other.ends,
            days: self.days | other.days,
            values: self.values | other.values,
            books: self.books | other.books,
        }
    }

    /// Whether all data of another one is collected.
    pub fn covers(self, other: Needed) -> bool {
        self.and(other) == self
    }

    /// Whether deals without a sale are not needed.
    pub fn only_sales(self) -> bool {
        !(self.stages || self.ends || self.days || self.books)
    }
}
