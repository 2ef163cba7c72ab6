//! What findings say of promises about KPIs: why one cannot be judged, and what was found.

use super::place::Place;

/// Why no simulation can judge an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureFault {
    /// The KPI has no statistic that could be meant.
    NoStatistic,
    /// The statistic is not known of this kind of thing; it is of these.
    Scope {
        /// The statistic.
        statistic: String,
        /// As `role`; none for the whole process.
        scope: Option<String>,
        /// Kinds that it is known of.
        known: Vec<String>,
    },
    /// Two stages, roles or the like, or two properties of deals at once.
    SeveralScopes,
    /// The KPI is not told apart by source or attribute.
    NotDivided {
        /// The source or attribute.
        scope: String,
    },
    /// A chance needs one number per replication.
    NoChance {
        /// The statistic, which is one number of all deals.
        statistic: String,
        /// KPIs of which each window has a number.
        known: Vec<String>,
    },
    /// A chance of calendar periods needs a KPI that is known of each.
    ChanceOfPeriod {
        /// As `month`.
        per: String,
        /// KPIs that are.
        known: Vec<String>,
    },
    /// A chance is over periods, and so is a quantile: one is enough.
    ChanceOfQuantile,
    /// Only totals can be spread over a period.
    NotATotal {
        /// The statistic.
        statistic: String,
        /// As `month`.
        per: String,
    },
    /// A share within a time, of a KPI that is no duration.
    NotATime {
        /// KPIs that are durations.
        known: Vec<String>,
    },
    /// A share within working time, of a KPI that counts by the clock.
    WorkingTime {
        /// KPIs that count in working time too.
        known: Vec<String>,
    },
    /// More different times than one run can count.
    TooManyTimes {
        /// How many it can.
        most: usize,
    },
    /// The window holds no full period of this kind.
    NoFullPeriod {
        /// As `quarter`.
        per: String,
    },
}

/// What a simulation found of a promise about a KPI.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// What it is about: a KPI with its statistic and scope.
    pub subject: String,
    /// The estimate; `None` where nothing was observed.
    pub value: Option<f64>,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
    /// What was promised.
    pub bounds: Bounds,
    /// Where `bounds` are on the chance that the KPI itself keeps to these: a share.
    pub chance_of: Option<Bounds>,
}

/// What became of a promise about a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval lies within the limits.
    Kept,
    /// The whole interval lies outside of them.
    Broken,
    /// A limit lies inside the interval.
    Undecided {
        /// About how many replications would decide, where a number can be named.
        needed: Option<u64>,
    },
    /// Nothing was observed.
    Nothing,
    /// The model makes no such figure.
    NoFigure,
}

/// A promise about a KPI with what a simulation says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// What was found, and the limits.
    pub measured: Measured,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Replications of the simulation.
    pub replications: u64,
    /// The level of the interval, between 0 and 1.
    pub level: f64,
    /// Where the promise stands.
    pub place: Place,
    /// The path of its field, as `expect[1]`.
    pub path: String,
}

/// Limits, both included.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Least.
    pub at_least: Option<f64>,
    /// Greatest.
    pub at_most: Option<f64>,
    /// What both measure.
    pub measure: Measure,
}

/// A kind of number.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Deals, visits, people.
    Count,
    /// Between 0 and 1.
    Share,
    /// Days of 24 hours.
    Days,
    /// This currency.
    Money(String),
}
