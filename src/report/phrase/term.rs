//! Words without numbers: headings, titles of columns, labels of rows.

use crate::model::{Phase, ReasonClass};

/// A word or two of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    // Headings of sections.
    /// How the window may turn out.
    Outlook,
    /// Stages in their order, with how many get how far.
    Funnel,
    /// How many are won, and how long it takes.
    SuccessAndDuration,
    /// What is spent.
    CostSection,
    /// Roles, how busy they are, and their queues.
    PeopleSection,
    /// Losses before a sale, by reason.
    WhyLost,
    /// Losses after a sale, by reason.
    WhyChurned,
    /// Figures of each stage.
    ByStage,
    /// Figures of each department.
    ByDepartment,
    /// What people are told about stages.
    AboutStages,
    /// What people are told about roles.
    AboutRoles,
    /// What becomes of all deals in the long run.
    LongRun,
    /// What the window sees.
    WindowSees,
    /// All deals in the long run, if a process was learnt.
    AfterRollout,
    /// Figures that cannot be had without a simulation.
    OnlyRun,
    /// Quantiles of a distribution.
    Quantiles,
    /// The drawing of a distribution.
    Shape,
    // Titles of columns.
    /// The middle of the windows.
    Typical,
    /// The mean.
    Mean,
    /// The standard deviation.
    Sd,
    /// A stage.
    Stage,
    /// A phase.
    Phase,
    /// Visits of a stage.
    Visits,
    /// The share of the visits that are not lost.
    GoesOn,
    /// Where most of them go, if not to the next row.
    MainlyTo,
    /// The chance to win from here.
    WinChance,
    /// The median of the time in a stage.
    TimeMedian,
    /// The quantile that nine in ten do not exceed.
    P90,
    /// The most frequent loss reason.
    MainLoss,
    /// A loss reason.
    Reason,
    /// Whose fault a loss is.
    Class,
    /// A number of deals.
    Deals,
    /// A share of the whole.
    Share,
    /// The value of lost deals.
    ValueLost,
    /// An amount of money.
    Value,
    /// The time of a deal in a stage, all visits together.
    TimePerDeal,
    /// Deals in progress on average.
    Open,
    /// Deals in progress at the end.
    OpenAtEnd,
    /// What is spent.
    Cost,
    /// Deals lost.
    Lost,
    /// Arrivals.
    Leads,
    /// Won of those decided.
    WinRate,
    /// Won of all that arrived.
    LeadToWin,
    /// The mean amount of a sale.
    AverageDeal,
    /// The median of the time from arrival to the first sale.
    SalesCycleMedian,
    /// Cost of a won deal.
    CostPerWon,
    /// A role.
    Role,
    /// How many people.
    People,
    /// The share of the working time that is work.
    Busy,
    /// Deals that wait for a person.
    WaitingDeals,
    /// A step in which nobody works.
    WaitStep,
    /// A step of a stage.
    Step,
    /// A department.
    Department,
    /// A source of deals.
    Source,
    /// What something is.
    Description,
    /// How something is done.
    Instruction,
    /// The mean wait.
    WaitMean,
    /// The part of the wait within open hours.
    InOpenHours,
    /// The share of deals that leave the queue.
    Reneged,
    /// People who would be needed more.
    PeopleMissing,
    /// The name of a KPI.
    Kpi,
    /// What a row is about.
    Of,
    /// The group of a row.
    Group,
    /// The statistic of a row.
    Stat,
    /// How many observations.
    N,
    /// How a number is known.
    Known,
    /// The share that lies below.
    ShareBelow,
    /// The lower end of an interval.
    From,
    /// Its upper end.
    To,
    // Labels of rows and words of cells.
    /// Value of sales.
    Bookings,
    /// The part of the bookings that comes from later sales.
    RepeatBookings,
    /// The margin of sales.
    Margin,
    /// Margin less cost.
    Profit,
    /// Receipts less refunds.
    CashIn,
    /// What sales call for.
    Demand,
    /// A thing that sales call for.
    Item,
    /// How much of it.
    CalledFor,
    /// … as a share of the capacity.
    OfCapacity,
    /// The share of weeks in which the capacity is too small.
    WeeksAbove,
    /// The lot that is enough nine times in ten.
    Lot,
    /// For how long it is enough.
    LotPeriod,
    /// For so many months.
    LotMonths(i8),
    /// Sales a month, on average.
    MonthlySales,
    /// First sales a month, on average.
    MonthlyFirstSales,
    /// From arrival to the first sale.
    LeadToFirstSale,
    /// The title of a column: the value of open deals.
    OpenValue,
    /// The title of a column: the mean age of open deals at the end.
    OpenAge,
    /// The title of a column: what is planned for.
    PlanOf,
    /// The title of a column: the plan of the window.
    Planned,
    /// The title of a column: what came of a plan.
    Fact,
    /// The title of a column: the part of a plan that is reached.
    Attained,
    /// The title of a column: the chance to reach a plan.
    ChanceToAttain,
    /// The share of leads that are won.
    LeadsWon,
    /// From arrival to a loss.
    LeadToLoss,
    /// From a lead to a loss or, after a sale, to churn.
    LeadToLossOrChurn,
    /// From arrival to any end.
    LeadToEnd,
    /// A loss without a reason.
    NoReason,
    /// A role without a number of people.
    Unlimited,
    /// The end of a sale.
    Won,
    /// The end without a sale of its own.
    Done,
    /// Without an upper end.
    Beyond,
    /// A phase of the process.
    OfPhase(Phase),
    /// A class of reasons.
    OfClass(ReasonClass),
    /// From simulation.
    Simulated,
    /// From theory.
    Exact,
    /// From theory, by a numerical method.
    Numerical,
    /// From a formula that holds nearly.
    Approximate,
    /// A queue that never settles.
    Unstable,
    // Comparisons.
    /// The figure of the first model.
    Before,
    /// The figure of the other model.
    After,
    /// The other one less the first.
    Difference,
    /// The difference over the first.
    Relative,
    /// What a difference means.
    Verdict,
    /// A month.
    Month,
    /// Bookings since the start, as a difference.
    GatheredBookings,
    /// What two models have otherwise.
    WhatDiffers,
}
