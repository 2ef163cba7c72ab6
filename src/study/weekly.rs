//! Stages and roles by week, for charts over time.

use jiff::civil::Date;

use crate::program::{Program, RoleId, StageId, Table};
use crate::tally::Weeks;

/// Means over replications, by week.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weekly {
    /// The Monday of each week; the first and the last may lie partly outside the window.
    pub dates: Vec<Date>,
    /// Whether all days of the week lie in the window.
    pub full: Vec<bool>,
    /// By stage: open deals at the end of each week, or of the window.
    pub open: Table<StageId, Vec<f64>>,
    /// For each limited role, by week: the share of its working time spent on work; `None` without
    /// working time.
    pub load: Vec<(RoleId, Vec<Option<f64>>)>,
}

impl Weekly {
    /// The means over this many replications.
    pub(super) fn new(program: &Program, weeks: &Weeks<'_>, replications: u64) -> Weekly {
        let n = replications.max(1) as f64;
        let count = weeks.count();
        let mean = |sums: Vec<i64>| sums.into_iter().map(|sum| sum as f64 / n).collect();
        let load = |role: RoleId| {
            let share = |week: usize| {
                let capacity = weeks.capacity(role, week) as f64;
                (capacity > 0.0).then(|| weeks.worked(role, week) as f64 / n / capacity)
            };
            (role, (0..count).map(share).collect())
        };
        let limited = program.roles.ids().filter(|role| program.roles[*role].limited);
        Weekly {
            dates: (0..count).map(|week| weeks.date(week)).collect(),
            full: (0..count).map(|week| weeks.is_full(week)).collect(),
            open: program.stages.ids().map(|stage| mean(weeks.open(stage))).collect(),
            load: limited.map(load).collect(),
        }
    }
}
