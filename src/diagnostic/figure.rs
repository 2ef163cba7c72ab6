//! Faults of expectations, and the figures that they are compared with.

use super::place::Place;

/// Why no simulation can judge an expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureFault {
    /// The KPI has no default statistic.
    NoStatistic,
    /// The statistic does not exist for this scope.
    Scope {
        /// The statistic.
        statistic: String,
        /// The scope, such as `role`; `None` for the whole process.
        scope: Option<String>,
        /// Scopes for which it exists.
        known: Vec<String>,
    },
    /// Two scopes or two groups at once, such as a stage and a role.
    SeveralScopes,
    /// The KPI cannot be split by source or attribute.
    NotDivided {
        /// The source or attribute.
        scope: String,
    },
    /// A chance needs a KPI with one value per replication.
    NoChance {
        /// The statistic, which is one value over all deals.
        statistic: String,
        /// KPIs with one value per window.
        known: Vec<String>,
    },
    /// A chance over calendar periods needs a KPI with one value per period.
    ChanceOfPeriod {
        /// As `month`.
        per: String,
        /// KPIs that have one.
        known: Vec<String>,
    },
    /// A chance and a quantile are both over periods: only one is possible.
    ChanceOfQuantile,
    /// Only totals can be spread over a period.
    NotATotal {
        /// The statistic.
        statistic: String,
        /// As `month`.
        per: String,
    },
    /// A share within a time, for a KPI that is not a duration.
    NotATime {
        /// KPIs that are durations.
        known: Vec<String>,
    },
    /// A share within working time, for a KPI that is measured only in elapsed time.
    WorkingTime {
        /// KPIs that are also measured in working time.
        known: Vec<String>,
    },
    /// More different times than one run can count.
    TooManyTimes {
        /// The greatest number of times.
        most: usize,
    },
    /// The window contains no full period of this kind.
    NoFullPeriod {
        /// As `quarter`.
        per: String,
    },
}

/// A simulated figure compared with its expected limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The figure: a KPI with its statistic and scope.
    pub subject: String,
    /// The estimate; `None` without observations.
    pub value: Option<f64>,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
    /// The limits.
    pub bounds: Bounds,
    /// If `bounds` limit the probability that the KPI itself lies within limits: these limits.
    pub chance_of: Option<Bounds>,
}

/// A figure of two versions of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The figure: a KPI with its statistic and scope.
    pub subject: String,
    /// In the old version.
    pub old: Option<f64>,
    /// In the new one.
    pub new: Option<f64>,
    /// New − old.
    pub difference: Option<f64>,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
    /// The kind of number.
    pub measure: Measure,
}

/// What became of a promise about a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval lies within the limits.
    Kept,
    /// The whole interval lies outside the limits.
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
    /// Replications of the simulation; 0 where there was none.
    pub replications: u64,
    /// Whether theory knows the figure, and no simulation was needed.
    pub exact: bool,
    /// The level of the interval, between 0 and 1.
    pub level: f64,
    /// Where the promise stands.
    pub place: Place,
    /// The path of its field, as `expect[1]`.
    pub path: String,
    /// The scenario of which it is judged; `None` for the process that the file describes first.
    pub scenario: Option<JudgedScenario>,
}

/// The scenario of a judgement.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedScenario {
    /// Its name.
    pub name: String,
    /// Where it is written.
    pub place: Place,
}

/// Limits, both inclusive.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Least.
    pub at_least: Option<f64>,
    /// Greatest.
    pub at_most: Option<f64>,
    /// The kind of number that they limit.
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
    /// Money in this currency.
    Money(String),
}

/// A test of a model with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// What it shows.
    pub name: String,
    /// Whether all its claims hold.
    pub passed: bool,
    /// Where it stands.
    pub place: Place,
    /// The path of its field, as `tests[1]`.
    pub path: String,
}
