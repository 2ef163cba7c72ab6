//! The catalogue of KPIs: name, definition, population, requirements on the model, good direction,
//! statistics, and the data that a run must collect.
//!
//! The language page, the KPI reference, the check of `expect`, the observers of a run and the rows
//! of a result all use this table. It is the only list of KPIs.

use std::fmt;

use super::{Needed, Over, Population, Scope, Span, Stat, Statistic, Unit};
use Direction::{Down, Neither, Up};
use Over::{Deals, Level, Month, Plan, Window};
#[allow(clippy::enum_glob_use)] // the table is easier to read without prefixes
use Stat::*;

/// What a model needs before a KPI can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing.
    Nothing,
    /// A `value`, or a sale with an amount.
    Value,
    /// A cost of a source, stage or step.
    Cost,
    /// Roles that work in a stage.
    People,
    /// Roles that work in a stage where deals wait with patience.
    Patience,
    /// Roles that work in a stage and have a limited number of people.
    Limit,
    /// A stage with an SLA.
    Sla,
    /// A target.
    Target,
    /// Terms of payment or overheads, in a later version.
    Terms,
    /// Another command.
    Command,
}

/// The good direction of a KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Higher is better.
    Up,
    /// Lower is better.
    Down,
    /// Neither.
    Neither,
}

/// The catalogue entry of a KPI.
#[derive(Debug, Clone, Copy)]
struct Entry {
    name: &'static str,
    definition: &'static str,
    facts: Facts,
}

/// The entry without its texts.
#[derive(Debug, Clone, Copy)]
struct Facts {
    population: Population,
    needs: Need,
    good: Direction,
    statistics: &'static [Statistic],
    periods: bool,
    needed: Needed,
}

const fn kpi(
    population: Population,
    needs: Need,
    good: Direction,
    statistics: &'static [Statistic],
) -> Facts {
    Facts { population, needs, good, statistics, periods: false, needed: Needed::ALL }
}

impl Facts {
    /// Sets the data that a run must collect.
    const fn needed(self, needed: Needed) -> Facts {
        Facts { needed, ..self }
    }

    /// Marks a KPI with a value for each full calendar period.
    const fn of_periods(self) -> Facts {
        Facts { periods: true, ..self }
    }
}

const fn shares(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
    Statistic::of(stats, Unit::Share, scopes, Deals)
}

const fn attained(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
    Statistic::of(stats, Unit::Share, scopes, Plan)
}

const fn counts(stats: &'static [Stat], scopes: &'static [Scope], over: Over) -> Statistic {
    Statistic::of(stats, Unit::Count, scopes, over)
}

const fn money(stats: &'static [Stat], scopes: &'static [Scope], over: Over) -> Statistic {
    Statistic::of(stats, Unit::Money, scopes, over)
}

const fn days(stats: &'static [Stat], scopes: &'static [Scope], over: Over) -> Statistic {
    Statistic::of(stats, Unit::Days, scopes, over)
}

const fn work(stats: &'static [Stat], scopes: &'static [Scope], over: Over) -> Statistic {
    Statistic::of(stats, Unit::Work, scopes, over)
}

const fn times(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
    Statistic::times(stats, scopes)
}

// The `BY_…` lists include the whole.
const WHOLE: &[Scope] = &[Scope::Whole];
const STAGE: &[Scope] = &[Scope::Stage];
const BY_STAGE: &[Scope] = &[Scope::Whole, Scope::Stage];
const BY_PHASE: &[Scope] = &[Scope::Whole, Scope::Stage, Scope::Phase];
const BY_QUEUE: &[Scope] = &[Scope::Whole, Scope::Role, Scope::Department, Scope::Stage];
const BUSY: &[Scope] = &[Scope::Role, Scope::Department, Scope::Person];
const ROLES: &[Scope] = &[Scope::Role, Scope::Department];
const ACTIVITY: &[Scope] = &[Scope::Activity];
const REASON: &[Scope] = &[Scope::Reason];
const BY_END: &[Scope] = &[Scope::Whole, Scope::End];
const BY_REASON: &[Scope] = &[Scope::Whole, Scope::Reason, Scope::End];
const BY_COST: &[Scope] =
    &[Scope::Whole, Scope::Stage, Scope::Role, Scope::Department, Scope::Kind, Scope::Category];
const PLANNED: &[Scope] = &[Scope::Stage, Scope::Activity, Scope::Role];
const WEEK: &[Scope] = &[Scope::Week];

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
    Intake = "intake": "leads that arrived in the window; clients from before are none",
        kpi(Population::Period, Need::Nothing, Neither, &[counts(&[Total], WHOLE, Window)]).needed(Needed::DAYS).of_periods();
    WinRate = "win_rate": "won / (won + lost) among deals that reached a stage of phase `deal` or later and whose status became won or lost in the window; losses for a `disqualified` reason are left out",
        kpi(Population::Decided, Need::Nothing, Up, &[shares(&[Share], WHOLE)]).needed(Needed::ENDS);
    LeadToDeal = "lead_to_deal": "deals that reached a stage of phase `deal` or later / arrived, among deals that arrived in the window",
        kpi(Population::Cohort, Need::Nothing, Up, &[shares(&[Share], WHOLE)]).needed(Needed::ENDS);
    LeadToWin = "lead_to_win": "won / arrived, among deals that arrived in the window; the share still undecided at its end stands beside it; `within`: won within this time / arrived, of deals that arrived at least so long before its end (all, if it ends with its last deal); with fewer than 30 of them over all replications there is no figure",
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
    Visits = "visits": "entries to a stage in the window, per window, per arrived deal; `left`: visits that ended in the window; `first`: entries that are the first of a round; rework: the others, with the days they took and what they cost",
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
    LeadResponseTime = "lead_response_time": "first start of work − arrival, of deals that arrived in the window; those that nobody worked on in it count as late: in quantiles and shares, not in the mean; `open` rows count the open hours of the person who started",
        kpi(Population::Cohort, Need::People, Down, &[
            times(&[Mean], WHOLE),
            times(&[Mean], WHOLE).of_span(Span::Open),
            shares(&[Unanswered], WHOLE),
        ]);
    QueueTime = "queue_time": "start of work − ready, of works that started in the window, by role and stage; `open`: its part in open hours; `waited`: the share that did not start at once, of works that started and deals that left the queue; `with reneged`: those that left the queue included, with the time until they left",
        kpi(Population::Period, Need::People, Down, &[
            times(&[Mean, Sd], BY_QUEUE),
            work(&[Open], BY_QUEUE, Deals),
            days(&[WithReneged], BY_QUEUE, Deals),
            shares(&[Waited], BY_QUEUE),
        ]);
    QueueLength = "queue_length": "time average of deals that wait for work to start, in the window, by role and stage; `at end`: how many at its end",
        kpi(Population::Period, Need::People, Down, &[counts(&[Mean, AtEnd], BY_QUEUE, Level)]);
    Reneged = "reneged": "deals that left a queue for patience / deals that asked for work, in the window, by role and stage",
        kpi(Population::Period, Need::Patience, Down, &[
            shares(&[Share], BY_QUEUE),
            counts(&[Count], BY_QUEUE, Window),
        ]);
    SlaKept = "sla_kept": "visits within the stage's sla / visits, of visits that ended in the window",
        kpi(Population::Period, Need::Sla, Up, &[shares(&[Share], BY_STAGE)]);
    PromiseKept = "promise_kept": "deals within a promise / deals that it covers",
        kpi(Population::Period, Need::Terms, Up, &[]);
    TimeBetween = "time_between": "time between the two points of a promise",
        kpi(Population::Period, Need::Terms, Down, &[]);
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
    OpenAge = "open_age": "age of the deals in progress at the end of the window: the time since their arrival or their last sale, as `when: {age: …}` counts it; of a deal that was there at the start, since it entered its stage; by stage and phase",
        kpi(Population::Open, Need::Nothing, Down, &[times(&[Mean, Sd], BY_PHASE)]);
    Utilization = "utilization": "working time spent / working time that people have by their calendars, in the window, by role, department and person; `asked`: the working time of all work that was asked for, whether it was done, waits at the end or was given up with a queue / working time that people have; `missing people`: how many more would be needed for it",
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
    RepeatBookings = "repeat_bookings": "value booked by later sales in the window; all sales of clients from before are later ones",
        kpi(Population::Period, Need::Value, Up, &[money(&[Total], WHOLE, Window)]).needed(Needed::VALUES);
    Cancelled = "cancelled": "value taken back",
        kpi(Population::Period, Need::Terms, Down, &[]);
    Margin = "margin": "margin of the sales",
        kpi(Population::Period, Need::Terms, Up, &[]);
    Commission = "commission": "commission of the sales",
        kpi(Population::Period, Need::Terms, Neither, &[]);
    Cost = "cost": "marketing cost of arrivals, cost of stages and their steps, of work by the hour and salaries, spent in the window; by kind, stage, category and role",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Total], BY_COST, Window)]);
    DealCost = "deal_cost": "all cost of a deal but salaries, of deals that left the process in the window; by end",
        kpi(Population::Ended, Need::Cost, Down, &[money(&[Mean, Sd], BY_END, Deals)]);
    CostPerLead = "cost_per_lead": "all cost / arrivals",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Mean], WHOLE, Deals)]);
    CostPerWon = "cost_per_won": "all cost, lost deals' included / first sales",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Mean], WHOLE, Deals)]);
    Cac = "cac": "(marketing cost + people's cost in phases lead and deal) / first sales; of salaries the share of the work that is done in these phases; without what clients from before cost",
        kpi(Population::Period, Need::Cost, Down, &[money(&[Mean], WHOLE, Deals)]);
    Profit = "profit": "margin − cost",
        kpi(Population::Period, Need::Terms, Up, &[]);
    BreakEven = "break_even": "first day from which the cumulative profit stays positive",
        kpi(Population::Period, Need::Terms, Down, &[]);
    CashIn = "cash_in": "receipts by terms",
        kpi(Population::Period, Need::Terms, Up, &[]);
    Receivables = "receivables": "booked and not yet paid",
        kpi(Population::Period, Need::Terms, Down, &[]);
    Unpaid = "unpaid": "never paid",
        kpi(Population::Period, Need::Terms, Down, &[]);
    Dso = "dso": "receivables / bookings per day",
        kpi(Population::Period, Need::Terms, Down, &[]);
    Demand = "demand": "amount of an item that sales call for",
        kpi(Population::Period, Need::Terms, Neither, &[]);
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
    LifetimeValue = "lifetime_value": "discounted margin − cost of a won deal over its life",
        kpi(Population::Ended, Need::Terms, Up, &[]);
    Satisfaction = "satisfaction": "mean final score",
        kpi(Population::Ended, Need::Terms, Up, &[]);
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
        !matches!(self.needs(), Need::Terms | Need::Command)
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
