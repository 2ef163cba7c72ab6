//! Which figures each KPI has: its statistics with their units, about whom they are, and over which
//! time.
//!
//! The reader of `expect` refuses what is not here, so that no promise fails for a figure that no
//! simulation makes. A test compares the table with the rows of every shipped model.

use super::Unit;
use Over::{Deals, Level, Month, Window};

/// Statistics of one KPI that share a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statistic {
    /// Name of the KPI.
    pub kpi: &'static str,
    /// Names of the statistics. The first name of a KPI is the one that the KPI is named for.
    pub names: &'static [&'static str],
    /// What they count.
    pub unit: Unit,
    /// `stage`, `role` and the like; the empty word is the whole process.
    pub scopes: &'static [&'static str],
    /// What one number stands for.
    pub over: Over,
    /// Whether there are quantiles and shares within a time beside these.
    pub spread: bool,
    /// Whether deals of one source or attribute value can be told apart.
    pub by: bool,
}

/// What one number of a statistic stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// All deals, visits or hours of a run: a mean or a share.
    Deals,
    /// A total of the window.
    Window,
    /// A total of the window, as a rate per month.
    Month,
    /// A level in the window or at its end, one number per replication.
    Level,
}

impl Over {
    /// Whether every replication has its own number, so that a chance over replications is known.
    pub fn is_per_replication(self) -> bool {
        self != Deals
    }

    /// Whether the number may be spread over a shorter period.
    pub fn is_total(self) -> bool {
        matches!(self, Window | Month)
    }
}

const WHOLE: &[&str] = &[""];
const STAGE: &[&str] = &["stage"];
const QUEUES: &[&str] = &["", "role", "stage"];
const OPEN: &[&str] = &["", "stage"];

#[rustfmt::skip]
const fn of(kpi: &'static str, names: &'static [&'static str], unit: Unit, scopes: &'static [&'static str], over: Over) -> Statistic {
    Statistic { kpi, names, unit, scopes, over, spread: false, by: true }
}

/// Durations of deals, with quantiles and shares within a time.
#[rustfmt::skip]
const fn times(kpi: &'static str, names: &'static [&'static str], scopes: &'static [&'static str]) -> Statistic {
    Statistic { spread: true, ..of(kpi, names, Unit::Days, scopes, Deals) }
}

/// Durations in working time.
const fn working(statistic: Statistic) -> Statistic {
    Statistic { unit: Unit::Work, ..statistic }
}

/// Figures of the whole process only, which are not told apart by source or attribute.
const fn undivided(statistic: Statistic) -> Statistic {
    Statistic { by: false, ..statistic }
}

/// All statistics, in the order of the catalogue.
#[rustfmt::skip]
pub const ALL: &[Statistic] = &[
    of("intake", &["total"], Unit::Count, WHOLE, Window),
    of("win_rate", &["share"], Unit::Share, WHOLE, Deals),
    of("lead_to_deal", &["share"], Unit::Share, WHOLE, Deals),
    of("lead_to_win", &["share", "undecided"], Unit::Share, WHOLE, Deals),
    of("value_win_rate", &["share"], Unit::Share, WHOLE, Deals),
    of("average_deal", &["mean"], Unit::Money, WHOLE, Deals),
    of("stage_conversion", &["next", "on"], Unit::Share, STAGE, Deals),
    of("win_chance", &["share"], Unit::Share, STAGE, Deals),
    times("sales_cycle", &["mean", "sd", "from_deal mean", "from_deal sd"], WHOLE),
    times("cycle_time", &["mean", "sd"], &["", "reason"]),
    of("visits", &["total", "first", "rework", "left"], Unit::Count, STAGE, Window),
    of("visits", &["per_deal"], Unit::Count, STAGE, Deals),
    of("visits", &["rework share"], Unit::Share, STAGE, Deals),
    of("visits", &["rework days"], Unit::Days, STAGE, Window),
    of("visits", &["rework cost"], Unit::Money, STAGE, Window),
    times("time_in_stage", &["mean", "sd"], STAGE),
    of("time_in_stage", &["per_deal"], Unit::Days, STAGE, Deals),
    of("time_in_stage", &["processing"], Unit::Work, OPEN, Deals),
    of("time_in_stage", &["queue", "off_hours", "client"], Unit::Days, OPEN, Deals),
    times("lead_response_time", &["mean"], WHOLE),
    working(times("lead_response_time", &["open mean"], WHOLE)),
    of("lead_response_time", &["unanswered"], Unit::Share, WHOLE, Deals),
    times("queue_time", &["mean", "sd"], QUEUES),
    of("queue_time", &["open"], Unit::Work, QUEUES, Deals),
    of("queue_time", &["with reneged"], Unit::Days, QUEUES, Deals),
    of("queue_time", &["waited"], Unit::Share, QUEUES, Deals),
    of("queue_length", &["mean", "at end"], Unit::Count, QUEUES, Level),
    of("reneged", &["share"], Unit::Share, QUEUES, Deals),
    of("reneged", &["count"], Unit::Count, QUEUES, Window),
    of("sla_kept", &["share"], Unit::Share, OPEN, Deals),
    of("throughput", &["sales", "first"], Unit::Count, WHOLE, Month),
    of("open_deals", &["mean"], Unit::Count, OPEN, Level),
    of("open_at_end", &["count"], Unit::Count, OPEN, Level),
    of("open_value", &["total"], Unit::Money, OPEN, Level),
    undivided(of("utilization", &["share", "asked"], Unit::Share, &["role", "person"], Deals)),
    undivided(of("utilization", &["missing people"], Unit::Count, &["role"], Level)),
    of("activities", &["done"], Unit::Count, &["activity"], Window),
    of("activities", &["per_sale"], Unit::Count, &["activity"], Deals),
    undivided(of("activities", &["per_person_day"], Unit::Count, &["activity"], Deals)),
    of("activities", &["work"], Unit::Work, &["activity"], Window),
    of("flow_efficiency", &["share"], Unit::Share, WHOLE, Deals),
    of("bookings", &["total"], Unit::Money, WHOLE, Window),
    of("new_bookings", &["total"], Unit::Money, WHOLE, Window),
    of("repeat_bookings", &["total"], Unit::Money, WHOLE, Window),
    of("cost", &["total"], Unit::Money, &["", "stage", "role"], Window),
    of("deal_cost", &["mean", "sd"], Unit::Money, WHOLE, Deals),
    of("cost_per_lead", &["mean"], Unit::Money, WHOLE, Deals),
    of("cost_per_won", &["mean"], Unit::Money, WHOLE, Deals),
    of("cac", &["mean"], Unit::Money, WHOLE, Deals),
    of("loss_table", &["share"], Unit::Share, &["reason"], Deals),
    of("loss_table", &["count"], Unit::Count, &["reason"], Window),
    of("loss_table", &["value", "sunk"], Unit::Money, &["reason"], Window),
    of("churn_table", &["share"], Unit::Share, &["reason"], Deals),
    of("churn_table", &["count"], Unit::Count, &["reason"], Window),
    of("churn_table", &["value", "sunk"], Unit::Money, &["reason"], Window),
    of("repeat_rate", &["share"], Unit::Share, WHOLE, Deals),
    of("sales_per_client", &["mean"], Unit::Count, WHOLE, Deals),
    undivided(of("attainment", &["bookings", "bookings chance", "wins", "wins chance"], Unit::Share, WHOLE, Level)),
];

/// So many different durations can be asked for in one run.
pub const MOST_TIMES: usize = 4;

/// KPIs that are also known of each full calendar period of a window.
const BY_PERIOD: [(&str, Unit); 3] =
    [("intake", Unit::Count), ("throughput", Unit::Count), ("bookings", Unit::Money)];

/// The calendar periods that figures are known of.
pub const CALENDAR_PERIODS: [&str; 4] = ["week", "month", "quarter", "year"];

/// The unit of a KPI that is known of each calendar period.
pub fn of_periods(kpi: &str) -> Option<Unit> {
    BY_PERIOD.iter().find(|(name, _)| *name == kpi).map(|(_, unit)| *unit)
}

/// Whether a text names a quantile: `p90`.
pub fn is_quantile(text: &str) -> bool {
    let percent = text.strip_prefix('p').and_then(|digits| digits.parse::<f64>().ok());
    percent.is_some_and(|p| p > 0.0 && p < 100.0)
}

impl Statistic {
    /// Whether a statistic of this name is one of these.
    pub fn has(&self, name: &str) -> bool {
        if self.names.contains(&name) || (self.names.contains(&"next") && name.starts_with("to ")) {
            return true;
        }
        // `p90` beside `mean`, `open p90` beside `open mean`.
        let (prefix, last) =
            name.rsplit_once(' ').map_or(("", name), |(prefix, last)| (prefix, last));
        let mean = if prefix.is_empty() { "mean".to_owned() } else { format!("{prefix} mean") };
        self.spread && is_quantile(last) && self.names.contains(&mean.as_str())
    }
}

/// The statistics of a KPI.
pub fn of_kpi(kpi: &str) -> impl Iterator<Item = &'static Statistic> {
    ALL.iter().filter(move |statistic| statistic.kpi == kpi)
}

/// Whether a KPI counts its times in working time too.
pub fn in_working_time(kpi: &str) -> bool {
    of_kpi(kpi).any(|statistic| statistic.names.contains(&"open mean"))
}

/// The names of a KPI's statistics, the one that it is named for first.
pub fn names(kpi: &str) -> Vec<String> {
    let mut names: Vec<String> =
        of_kpi(kpi).flat_map(|s| s.names).map(|s| (*s).to_owned()).collect();
    if of_kpi(kpi).any(|statistic| statistic.spread) {
        names.push("p90".to_owned());
    }
    if kpi == "stage_conversion" {
        names.push("to STAGE".to_owned());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_stand_beside_the_means_of_durations() {
        let find = |kpi, name: &str| of_kpi(kpi).any(|statistic| statistic.has(name));
        assert!(find("sales_cycle", "p99.5") && find("sales_cycle", "from_deal p50"));
        assert!(!find("sales_cycle", "p100") && !find("sales_cycle", "open p50"));
        assert!(!find("win_rate", "p50") && !find("deal_cost", "p90"));
        assert!(find("stage_conversion", "to offer") && find("lead_response_time", "open p90"));
    }
}
