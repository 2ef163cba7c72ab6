//! Every KPI once: its name, its unit, its population and its definition.
//!
//! The language page, the reference of the KPIs, the check of `expect` and the rows of a result
//! all read this table.

/// What a model must have before a KPI can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Any model has it.
    Nothing,
    /// A `value`, or a sale with an amount.
    Value,
    /// A cost of a source, stage or step.
    Cost,
    /// Roles that work in a stage.
    People,
    /// A stage with a promised time.
    Promise,
    /// A plan.
    Target,
    /// Terms of payment, overheads: a later version.
    Terms,
    /// Another command answers it.
    Command,
}

/// One KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kpi {
    /// Its name, in every table and file.
    pub name: &'static str,
    /// Which deals or visits it is about.
    pub population: &'static str,
    /// What it is.
    pub definition: &'static str,
    /// What a model needs for it.
    pub needs: Missing,
}

const fn kpi(
    name: &'static str,
    population: &'static str,
    needs: Missing,
    definition: &'static str,
) -> Kpi {
    Kpi { name, population, definition, needs }
}

use Missing::{Command, Cost, Nothing, People, Promise, Target, Terms, Value};

/// All KPIs, in the order of reports.
#[rustfmt::skip]
pub const ALL: &[Kpi] = &[
    kpi("intake", "period", Nothing, "arrivals in the window"),
    kpi("win_rate", "decided", Nothing, "won / (won + lost) among deals that reached a stage of phase `deal` or later and whose status became won or lost in the window; losses for a `disqualified` reason are left out"),
    kpi("lead_to_deal", "cohort", Nothing, "deals that reached a stage of phase `deal` or later / arrived, among deals that arrived in the window"),
    kpi("lead_to_win", "cohort", Nothing, "won / arrived, among deals that arrived in the window; the share still undecided at its end stands beside it"),
    kpi("value_win_rate", "decided", Value, "won value / (won + lost value), among the deals of win_rate"),
    kpi("average_deal", "period", Value, "booked value / sales, in the window"),
    kpi("stage_conversion", "cohort", Nothing, "`to` rows: visits that left stage i for j / visits that left i in the window; `on`: the share of these that did not end in a loss; `next` rows: deals that ever reached the next stage of the funnel / deals that entered stage i, among deals that arrived in the window"),
    kpi("win_chance", "cohort", Nothing, "won / decided, among deals that arrived in the window and ever entered the stage before a sale"),
    kpi("sales_cycle", "decided, won", Nothing, "first sale − arrival, of deals first won in the window; `from_deal` counts from the first entry to a stage of phase `deal` or later"),
    kpi("cycle_time", "ended", Nothing, "end − arrival, of deals that left the process in the window; by end and by loss reason"),
    kpi("visits", "period", Nothing, "entries to a stage in the window, per window, per arrived deal; `left`: visits that ended in the window; `first`: entries that are the first of a round; rework: the others, with the days they took and what they cost"),
    kpi("time_in_stage", "period", Nothing, "exit − entry, of visits that ended in the window; per visit, and summed per deal that entered the stage; `processing`, `queue`, `off_hours`, `client`: where the time went, per visit, and for the whole per deal that left"),
    kpi("lead_response_time", "cohort", People, "first start of work − arrival, of deals that arrived in the window; those that nobody worked on in it count as late: in quantiles and shares, not in the mean; `open` rows count the open hours of the person who started"),
    kpi("queue_time", "period", People, "start of work − ready, of works that started in the window, by role and stage; `open`: its part in open hours; `waited`: the share that did not start at once, of works that started and deals that left the queue; `with reneged`: those that left the queue included, with the time until they left"),
    kpi("queue_length", "period", People, "time average of deals that wait for work to start, in the window, by role and stage; `at end`: how many at its end"),
    kpi("reneged", "period", People, "deals that left a queue for patience / deals that asked for work, in the window, by role and stage"),
    kpi("sla_kept", "period", Promise, "visits within the stage's sla / visits, of visits that ended in the window"),
    kpi("promise_kept", "period", Terms, "deals within a promise / deals that it covers"),
    kpi("time_between", "period", Terms, "time between the two points of a promise"),
    kpi("throughput", "period", Nothing, "sales in the window, per month of 30.4375 days; `first` counts first sales only"),
    kpi("open_deals", "period", Nothing, "time average of deals in progress in the window; by stage and phase"),
    kpi("open_at_end", "period", Nothing, "deals in progress at the end of the window; by stage and phase"),
    kpi("open_value", "period", Value, "amount of the deals in phases lead and deal at the end of the window; by stage"),
    kpi("utilization", "period", People, "working time spent / working time that people have by their calendars, in the window, by role and person; `asked`: the working time of all work that was asked for, whether it was done, waits at the end or was given up with a queue / working time that people have; `missing people`: how many more would be needed for it"),
    kpi("activities", "period", People, "work steps that ended in the window, by name; per sale, per person and working day, and the working time they took"),
    kpi("flow_efficiency", "ended", People, "processing time / cycle time, of deals that left the process in the window"),
    kpi("bookings", "period", Value, "value booked by sales in the window"),
    kpi("new_bookings", "period", Value, "value booked by first sales in the window"),
    kpi("repeat_bookings", "period", Value, "value booked by later sales in the window"),
    kpi("cancelled", "period", Terms, "value taken back"),
    kpi("margin", "period", Terms, "margin of the sales"),
    kpi("commission", "period", Terms, "commission of the sales"),
    kpi("cost", "period", Cost, "marketing cost of arrivals, cost of stages and their steps, of work by the hour and salaries, spent in the window; by kind, stage, category and role"),
    kpi("deal_cost", "ended", Cost, "all cost of a deal but salaries, of deals that left the process in the window; by end"),
    kpi("cost_per_lead", "period", Cost, "all cost / arrivals"),
    kpi("cost_per_won", "period", Cost, "all cost, lost deals' included / first sales"),
    kpi("cac", "period", Cost, "(marketing cost + people's cost in phases lead and deal) / first sales; of salaries the share of the work that is done in these phases"),
    kpi("profit", "period", Terms, "margin − cost"),
    kpi("break_even", "period", Terms, "first day from which the cumulative profit stays positive"),
    kpi("cash_in", "period", Terms, "receipts by terms"),
    kpi("receivables", "period", Terms, "booked and not yet paid"),
    kpi("unpaid", "period", Terms, "never paid"),
    kpi("dso", "period", Terms, "receivables / bookings per day"),
    kpi("demand", "period", Terms, "amount of an item that sales call for"),
    kpi("loss_table", "decided", Nothing, "losses in the window before any sale, by reason and stage: count, share, value lost, cost sunk"),
    kpi("churn_table", "ended", Nothing, "losses in the window after a sale, by reason: count, share, value lost, cost sunk"),
    kpi("repeat_rate", "ended", Nothing, "deals with a second sale / deals with a sale, of deals that left the process in the window"),
    kpi("sales_per_client", "ended", Nothing, "sales / deals with a sale, of deals that left the process in the window"),
    kpi("lifetime_value", "ended", Terms, "discounted margin − cost of a won deal over its life"),
    kpi("satisfaction", "ended", Terms, "mean final score"),
    kpi("attainment", "period", Target, "`bookings`: value booked in the window / target; `wins`: first sales / target; `chance`: share of windows that reach it"),
    kpi("weighted_pipeline", "open deals", Command, "Σ amount × P(win)"),
    kpi("coverage", "open deals", Command, "open value / remaining target"),
    kpi("p_win", "open deals", Command, "chance to win of an open deal"),
    kpi("expected_close", "open deals", Command, "expected date of the end of an open deal"),
    kpi("at_risk", "open deals", Command, "open deals that stay longer than is good"),
];

/// The KPI of a name.
pub fn find(name: &str) -> Option<&'static Kpi> {
    ALL.iter().find(|kpi| kpi.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_there_once() {
        for (at, kpi) in ALL.iter().enumerate() {
            assert!(ALL[at + 1..].iter().all(|other| other.name != kpi.name), "{}", kpi.name);
        }
    }
}
