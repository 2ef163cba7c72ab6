//! The catalogue of KPIs: name, definition, population, requirements on the model, good direction,
//! statistics, and the data that a run must collect.
//!
//! The language page, the KPI reference, the check of `expect`, the observers of a run and the rows
//! of a result all use this table. It is the only list of KPIs.

use std::fmt;

#[allow(clippy::wildcard_imports)] // the table is easier to read without prefixes
use super::entry::*;
use super::{Needed, Over, Population, Span, Stat, Statistic};
use Direction::{Down, Neither, Up};
use Over::{Deals, Level, Month, Window};
#[allow(clippy::enum_glob_use)] // the table is easier to read without prefixes
use Stat::*;

macro_rules! catalogue {
    ($($kpi:ident = $name:literal: $definition:literal, $facts:expr;)+) => {
        /// A KPI, as a type. Its name is used only in model files, on the command line and in
        /// output.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kpi { $(#[doc = concat!("`", $name, "`: ", $definition)] $kpi,)+ }

        impl Kpi {
            /// All KPIs, in the order of reports.
            pub const ALL: &'static [Kpi] = &[$(Kpi::$kpi,)+];
        }

        /// One entry for each KPI, in the same order.
        const ENTRIES: &[Entry] =
            &[$(Entry { name: $name, definition: $definition, facts: $facts },)+];
    };
}

catalogue! {
    Intake = "intake": "leads that arrived in the window; clients from before are not leads",
        kpi(Population::Period, Need::Nothing, Neither, &[counts(&[Total], WHOLE, Window)]).needed(Needed::DAYS).of_periods();
    WinRate = "win_rate": "won / (won + lost) among deals that reached a stage of phase `deal` or later and whose status became won or lost in the window; losses for a `disqualified` reason are left out",
        kpi(Population::Decided, Need::Nothing, Up, &[shares(&[Share], WHOLE)]).needed(Needed::ENDS);
    LeadToDeal = "lead_to_deal": "deals that reached a stage of phase `deal` or later / arrived, among deals that arrived in the window",
        kpi(Population::Cohort, Need::Nothing, Up, &[shares(&[Share], WHOLE)]).needed(Needed::ENDS);
    LeadToWin = "lead_to_win": "won / arrived, among deals that arrived in the window; the share still undecided at its end stands beside it; `within`: won within this time / arrived, of deals that arrived at least that long before its end (of all deals, if it ends with its last deal); if these are fewer than 30 over all replications, there is no figure",
        kpi(Population::Cohort, Need::Nothing, Up, &[shares(&[Share, Undecided], WHOLE).with_times()]).needed(Needed::ENDS);
    ValueWinRate = "value_win_rate": "won value / (won + lost value), among the deals of win_rate",
        kpi(Population::Decided, Need::Value, Up, &[shares(&[Share], WHOLE)]).needed(Needed::ENDS.and(Needed::VALUES));
    AverageDeal = "average_deal": "booked value / sales, in the window",
        kpi(Population::Period, Need::Value, Up, &[money(&[Mean], WHOLE, Deals)]).needed(Needed::VALUES);
    StageConversion = "stage_conversion": "`to` rows: visits that left stage i for j / visits that left i in the window; `on`: the share of these that did not end in a loss; `next` rows: deals that ever reached the next stage of the funnel / deals that entered stage i, among deals that arrived in the window",
        kpi(Population::Cohort, Need::Nothing, Neither, &[shares(&[Next, On], STAGE)]);
    WinChance = "win_chance": "won / decided, among deals that arrived in the window and ever entered the stage before a sale",
        kpi(Population::Cohort, Need::Nothing, Up, &[shares(&[Share], STAGE)]);
    SalesCycle = "sales_cycle": "first sale − arrival, of deals first won in the window; `from_deal` counts from the first entry to a stage of phase `deal` or later",
        kpi(Population::Won, Need::Nothing, Down, &[
            times(&[Mean, Sd], WHOLE),
            times(&[Mean, Sd], WHOLE).of_span(Span::FromDeal),
        ]).needed(Needed::SALES);
    CycleTime = "cycle_time": "end − arrival, of deals that left the process in the window; by end and by loss reason",
        kpi(Population::Ended, Need::Nothing, Down, &[times(&[Mean, Sd], BY_REASON)]).needed(Needed::ENDS);
    Visits = "visits": "entries to a stage in the window, in all and per arrived deal; `left`: visits that ended in the window; `first`: entries that are the first of a round; rework: the other entries, with the days that they took and their cost",
        kpi(Population::Period, Need::Nothing, Neither, &[
            counts(&[Total, First, Rework, Left], STAGE, Window),
            counts(&[PerDeal], STAGE, Deals),
            shares(&[ReworkShare], STAGE),
            days(&[ReworkDays], STAGE, Window),
            money(&[ReworkCost], STAGE, Window),
        ]);
    TimeInStage = "time_in_stage": "exit − entry, of visits that ended in the window; per visit, and summed per deal that entered the stage; `processing`, `queue`, `off_hours`, `client`: where the time went, per visit, and for the whole per deal that left",
        kpi(Population::Period, Need::Nothing, Down, &[
            times(&[Mean, Sd], STAGE),
            days(&[PerDeal], STAGE, Deals),
            work(&[Processing], BY_STAGE, Deals),
            days(&[Queue, OffHours, Client], BY_STAGE, Deals),
        ]);
    LeadResponseTime = "lead_response_time": "first start of work − arrival, of deals that arrived in the window; those that nobody worked on in the window count as late in quantiles and shares, but not in the mean; `open` rows count the open hours of the person who started",
        kpi(Population::Cohort, Need::People, Down, &[
            times(&[Mean], WHOLE),
            times(&[Mean], WHOLE).of_span(Span::Open),
            shares(&[Unanswered], WHOLE),
        ]);
    QueueTime = "queue_time": "start of work − ready, of work items that started in the window, by role and stage; `open`: its part in open hours; `waited`: the share that did not start at once, of work items that started and deals that left the queue; `with reneged`: includes the deals that left the queue, with the time until they left",
        kpi(Population::Period, Need::People, Down, &[
            times(&[Mean, Sd], BY_QUEUE),
            work(&[Open], BY_QUEUE, Deals),
            days(&[WithReneged], BY_QUEUE, Deals),
            shares(&[Waited], BY_QUEUE),
        ]);
    QueueLength = "queue_length": "time average of deals that wait for work to start, in the window, by role and stage; `at end`: how many at its end",
        kpi(Population::Period, Need::People, Down, &[counts(&[Mean, AtEnd], BY_QUEUE, Level)]);
    Reneged = "reneged": "deals that lost patience and left a queue / deals that asked for work, in the window, by role and stage",
        kpi(Population::Period, Need::Patience, Down, &[
            shares(&[Share], BY_QUEUE),
            counts(&[Count], BY_QUEUE, Window),
        ]);
    SlaKept = "sla_kept": "visits within the stage's sla / visits, of visits that ended in the window",
        kpi(Population::Period, Need::Sla, Up, &[shares(&[Share], BY_STAGE)]);
    PromiseKept = "promise_kept": "deals that reached the second stage of a promise within its time / deals that reached its first stage in the window and have reached the second or are past the time; by promise",
        kpi(Population::Period, Need::Promise, Up, &[shares(&[Share], PROMISE).undivided()]);
    TimeBetween = "time_between": "time from the first entry of a promise's first stage to the second, of deals that reached it; by promise",
        kpi(Population::Period, Need::Promise, Down, &[days(&[Mean, Sd], PROMISE, Deals).undivided()]);
    Throughput = "throughput": "sales in the window, per month of 30.4375 days; `first` counts first sales only",
        kpi(Population::Period, Need::Nothing, Up, &[counts(&[Sales, First], WHOLE, Month)]).needed(Needed::DAYS).of_periods();
    OpenDeals = "open_deals": "time average of deals in progress in the window; by stage and phase",
        kpi(Population::Period, Need::Nothing, Neither, &[
            counts(&[Mean], BY_PHASE, Level),
            counts(&[AtEnd], WEEK, Level).solved(),
        ]);
    OpenAtEnd = "open_at_end": "deals in progress at the end of the window; by stage and phase",
        kpi(Population::Period, Need::Nothing, Neither, &[counts(&[Count], BY_PHASE, Level)]);
    OpenValue = "open_value": "amount of the deals in phases lead and deal at the end of the window; by stage",
        kpi(Population::Period, Need::Value, Neither, &[money(&[Total], BY_PHASE, Level)]);
    OpenAge = "open_age": "age of the deals in progress at the end of the window: the time since their arrival or their last sale, as `when: {age: …}` counts it; for a deal that was there at the start, the time since it entered its stage; by stage and phase",
        kpi(Population::Open, Need::Nothing, Down, &[times(&[Mean, Sd], BY_PHASE)]);
    Utilization = "utilization": "working time spent / working time that people have by their calendars, in the window, by role, department and person; `asked`: the working time of all requested work, whether it was done, waits at the end or was dropped when a deal left the queue / working time that people have; `missing people`: how many more people this work would need",
        kpi(Population::Period, Need::Limit, Neither, &[
            shares(&[Share, Asked], BUSY).undivided(),
            counts(&[MissingPeople], ROLES, Level).undivided(),
        ]);
    Activities = "activities": "work steps that ended in the window, by name; per sale, per person and working day, and the working time they took",
        kpi(Population::Period, Need::People, Neither, &[
            counts(&[Done], ACTIVITY, Window),
            counts(&[PerSale], ACTIVITY, Deals),
            counts(&[PerPersonDay], ACTIVITY, Deals).undivided(),
            work(&[Work], ACTIVITY, Window),
        ]);
    FlowEfficiency = "flow_efficiency": "processing time / cycle time, of deals that left the process in the window",
        kpi(Population::Ended, Need::People, Up, &[shares(&[Share], WHOLE)]).needed(Needed::ENDS);
    Bookings = "bookings": "value booked by sales in the window",
        kpi(Population::Period, Need::Value, Up, &[money(&[Total], WHOLE, Window)]).needed(Needed::DAYS.and(Needed::VALUES)).of_periods();
    NewBookings = "new_bookings": "value booked by first sales in the window",
        kpi(Population::Period, Need::Value, Up, &[money(&[Total], WHOLE, Window)]).needed(Needed::VALUES);
    RepeatBookings = "repeat_bookings": "value booked by later sales in the window; all sales to clients from before are later ones",
        kpi(Population::Period, Need::Value, Up, &[money(&[Total], WHOLE, Window)]).needed(Needed::VALUES);
    Cancelled = "cancelled": "value of sales that were cancelled in the window, by the date on which they were cancelled; `count`: how many sales",
        kpi(Population::Period, Need::Cancelled, Down, &[
            money(&[Total], WHOLE, Window),
            counts(&[Count], WHOLE_BY_REASON, Window),
        ]).needed(Needed::BOOKS.and(Needed::ENDS));
    Margin = "margin": "margin of the sales of the window by their terms, less that of sales cancelled in it; what is kept of a cancelled sale is margin",
        kpi(Population::Period, Need::Margin, Up, &[money(&[Total], WHOLE, Window)]).needed(Needed::BOOKS).of_periods();
    Commission = "commission": "commission due in the window, on booking or on payment, less what is taken back for sales cancelled in it",
        kpi(Population::Period, Need::Commission, Neither, &[money(&[Total], WHOLE, Window)]).needed(Needed::BOOKS).of_periods();
    Cost = "cost": "marketing cost of arrivals, cost of stages and their steps, of work by the hour and salaries, commission, overheads, one-off costs, the roll-out and the investment of the scenario, in the window; by kind, stage, category and role",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Total], BY_COST, Window)]).of_periods();
    DealCost = "deal_cost": "all cost of a deal except salaries, of deals that left the process in the window; by end",
        kpi(Population::Ended, Need::Cost, Down, &[money(&[Mean, Sd], BY_END, Deals)]);
    CostPerLead = "cost_per_lead": "all cost / arrivals",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Mean], WHOLE, Deals)]);
    CostPerWon = "cost_per_won": "all cost, lost deals' included / first sales; `without overheads`: without overheads, one-off costs and the investment",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Mean, WithoutOverheads], WHOLE, Deals)]);
    Cac = "cac": "(marketing cost + people's cost in phases lead and deal) / first sales; salaries count with the share of the work that is done in these phases; without the cost of clients from before",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Mean], WHOLE, Deals)]);
    Profit = "profit": "margin − cost, in the window",
        kpi(Population::Period, Need::Margin, Up, &[money(&[Total], WHOLE, Window).undivided()]).of_periods();
    BreakEven = "break_even": "days from the start of the window to the end of the first day from which the cumulative profit stays positive, of the windows that have such a day; `share`: the share of windows that have one",
        kpi(Population::Period, Need::Margin, Down, &[
            days(&[Mean], WHOLE, Deals).undivided(),
            shares(&[Share], WHOLE).undivided(),
        ]);
    CashIn = "cash_in": "money received in the window by the terms of sales, less what goes back to clients",
        kpi(Population::Period, Need::Terms, Up, &[money(&[Total], WHOLE, Window)]).needed(Needed::BOOKS).of_periods();
    Receivables = "receivables": "booked and neither paid nor written off: time average in the window; `at end`: at its end",
        kpi(Population::Period, Need::Terms, Down, &[money(&[Mean, AtEnd], WHOLE, Level)]).needed(Needed::BOOKS);
    Overdue = "overdue": "receivables past their due date / receivables, both as time averages in the window",
        kpi(Population::Period, Need::Terms, Down, &[shares(&[Share], WHOLE)]).needed(Needed::BOOKS);
    Unpaid = "unpaid": "parts of sales that are never paid, written off in the window on their due date",
        kpi(Population::Period, Need::Terms, Down, &[money(&[Total], WHOLE, Window)]).needed(Needed::BOOKS).of_periods();
    Dso = "dso": "days sales outstanding: time average of receivables / bookings per day",
        kpi(Population::Period, Need::Terms, Down, &[days(&[Mean], WHOLE, Deals)]).needed(Needed::BOOKS);
    TimeToCash = "time_to_cash": "last payment − arrival, of sales that were paid in full in the window; `from_sale` counts from the sale",
        kpi(Population::Period, Need::Terms, Down, &[
            days(&[Mean, Sd], WHOLE, Deals),
            days(&[Mean, Sd], WHOLE, Deals).of_span(Span::FromSale),
        ]).needed(Needed::BOOKS);
    Blocked = "blocked": "value of orders that a credit limit delayed or refused in the window, on the day on which they would have been booked; `count`: how many orders",
        kpi(Population::Period, Need::CreditLimit, Down, &[
            money(&[Total], WHOLE, Window),
            counts(&[Count], WHOLE, Window),
        ]).needed(Needed::BOOKS);
    Demand = "demand": "amount of an item that sales need in the window; per calendar period; `lot`: the amount that is enough for a month with a chance of 90 %, or for a quarter or a year if the item says so; `load`: demand / capacity; `above capacity`: the share of full weeks in which demand exceeds capacity",
        kpi(Population::Period, Need::Demand, Neither, &[
            counts(&[Total], ITEM, Window),
            counts(&[Lot], ITEM, Level).undivided(),
            attained(&[Load], ITEM).undivided(),
            shares(&[AboveCapacity], ITEM).undivided(),
        ]).needed(Needed::BOOKS).of_periods();
    BookingsPerPerson = "bookings_per_person": "value booked in the window / people at work: those of the roles with a number of people that work in a stage",
        kpi(Population::Period, Need::Limit, Up, &[money(&[Mean], WHOLE, Window).undivided()]).needed(Needed::VALUES);
    LossTable = "loss_table": "losses in the window before any sale, by reason and stage: count, share, value lost, cost sunk",
        kpi(Population::Decided, Need::Nothing, Down, &[
            shares(&[Share], REASON),
            counts(&[Count], REASON, Window),
            money(&[Value, Sunk], REASON, Window),
            shares(&[PerDeal], REASON).solved(),
        ]);
    ChurnTable = "churn_table": "losses in the window after a sale, and of clients from before, by reason: count, share, value lost, cost sunk",
        kpi(Population::Ended, Need::Nothing, Down, &[
            shares(&[Share], REASON),
            counts(&[Count], REASON, Window),
            money(&[Value, Sunk], REASON, Window),
        ]);
    RepeatRate = "repeat_rate": "deals with a second sale / deals with a sale, of deals that left the process in the window, without clients from before",
        kpi(Population::Ended, Need::Nothing, Up, &[shares(&[Share], WHOLE)]).needed(Needed::ENDS);
    SalesPerClient = "sales_per_client": "sales / deals with a sale, of deals that left the process in the window, without clients from before",
        kpi(Population::Ended, Need::Nothing, Up, &[counts(&[Mean], WHOLE, Deals)]).needed(Needed::ENDS);
    LifetimeValue = "lifetime_value": "margin − cost from the first sale on, discounted to it, of won deals that left the process in the window",
        kpi(Population::Ended, Need::Margin, Up, &[money(&[Mean, Sd], WHOLE, Deals)]).needed(Needed::BOOKS.and(Needed::ENDS));
    Satisfaction = "satisfaction": "mean final score, from 0 to 100, of deals that left the process in the window; `of won`: of those that were sold; `under 60`: the share with a lower score",
        kpi(Population::Ended, Need::Satisfaction, Up, &[
            counts(&[Mean, OfWon], WHOLE, Deals),
            shares(&[Under60], WHOLE),
        ]).needed(Needed::ENDS);
    Followed = "followed": "visits in which the prescribed process is followed / visits of stages that ask for it, of visits entered in the window; by stage",
        kpi(Population::Period, Need::Rollout, Up, &[shares(&[Share], BY_STAGE)]);
    Attainment = "attainment": "`bookings`: value booked in the window / target; `wins`: first sales / target; `reached`: entries of a stage / target, work done of an activity / target, people planned for a role / people that all its work needs; `chance`: share of windows that reach it",
        kpi(Population::Period, Need::Target, Up, &[
            attained(&[Bookings, BookingsChance, Wins, WinsChance], WHOLE).undivided(),
            attained(&[Reached, ReachedChance], PLANNED).undivided(),
        ]);
    WeightedPipeline = "weighted_pipeline": "Σ amount × P(win)",
        kpi(Population::Open, Need::Command, Up, &[]);
    Coverage = "coverage": "open value / remaining target",
        kpi(Population::Open, Need::Command, Up, &[]);
    PWin = "p_win": "chance to win of an open deal",
        kpi(Population::Open, Need::Command, Up, &[]);
    ExpectedClose = "expected_close": "expected date of the end of an open deal",
        kpi(Population::Open, Need::Command, Neither, &[]);
    AtRisk = "at_risk": "open deals that stay longer than is good",
        kpi(Population::Open, Need::Command, Down, &[]);
}

impl Kpi {
    /// The KPI with this name.
    pub fn find(name: &str) -> Option<Kpi> {
        Kpi::ALL.iter().copied().find(|kpi| kpi.name() == name)
    }

    fn entry(self) -> &'static Entry {
        &ENTRIES[self as usize]
    }

    /// Its name in tables and files.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Its definition.
    pub fn definition(self) -> &'static str {
        self.entry().definition
    }

    /// The deals or visits it covers.
    pub fn population(self) -> Population {
        self.entry().facts.population
    }

    /// What a model needs for it.
    pub fn needs(self) -> Need {
        self.entry().facts.needs
    }

    /// Whether this version can simulate it.
    pub fn is_supported(self) -> bool {
        !matches!(self.needs(), Need::Later | Need::Command)
    }

    /// Its good direction.
    pub fn good(self) -> Direction {
        self.entry().facts.good
    }

    /// Its statistics, the main one first.
    pub fn statistics(self) -> &'static [Statistic] {
        self.entry().facts.statistics
    }

    /// Whether each full calendar period of the window has a value.
    pub fn has_periods(self) -> bool {
        self.entry().facts.periods
    }

    /// The data that a run must collect for it.
    pub fn needed(self) -> Needed {
        self.entry().facts.needed
    }
}

impl fmt::Display for Kpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_unique() {
        for kpi in Kpi::ALL {
            assert_eq!(Kpi::find(kpi.name()), Some(*kpi));
        }
    }

    #[test]
    fn every_simulated_kpi_has_statistics() {
        for kpi in Kpi::ALL {
            assert_eq!(kpi.is_supported(), !kpi.statistics().is_empty(), "{kpi}");
        }
    }
}
