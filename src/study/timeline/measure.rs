//! What a timeline tells of each period.

use crate::engine::Posting;
use crate::kpi::Unit;
use crate::program::{Program, Terms};
use crate::quantity::MINOR_UNITS;
use crate::tally::series::{Flow, Period};
use crate::tally::{MoneyFlow, Outcome};

/// A measure of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimelineMeasure {
    /// Arrivals.
    Intake,
    /// Deals that are won.
    Won,
    /// Deals that are lost.
    Lost,
    /// Open deals at the end of the period.
    InProgress,
    /// Share of the visits in which the prescribed process is followed; only with a roll-out.
    Followed,
    /// Won / (won + lost), as in the KPI; only with a roll-out.
    WinRate,
    /// Value booked.
    Bookings,
    /// Value booked from the start of the window to the end of the period.
    BookingsToDate,
    /// Value taken back.
    Cancelled,
    /// Margin of sales.
    Margin,
    /// All cost.
    Cost,
    /// Marketing cost of arrivals.
    CostMarketing,
    /// Cost of stages and steps.
    CostStages,
    /// Cost of work by the hour, on the day on which it started.
    CostWork,
    /// Commission.
    CostCommission,
    /// Salaries, overheads, one-off costs and the investment.
    CostStanding,
    /// Margin − cost.
    Profit,
    /// Margin − cost from the start of the window to the end of the period.
    ProfitToDate,
    /// Receipts less refunds.
    CashIn,
    /// Receipts less refunds from the start of the window to the end of the period.
    CashToDate,
    /// Written off.
    Unpaid,
    /// Owed by clients at the end of the period.
    Receivables,
}

/// What a week or a month of a replication adds up to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    flow: &'a Flow,
    money: Option<&'a MoneyFlow>,
    /// Costs that no deal causes, in the currency.
    standing: f64,
}

/// The weeks or months of a replication.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flows<'a> {
    deals: &'a [Flow],
    money: Option<&'a [MoneyFlow]>,
    standing: &'a [f64],
}

impl<'a> Flows<'a> {
    pub(super) fn of(outcome: &'a Outcome, period: Period, standing: &'a [f64]) -> Flows<'a> {
        let money = outcome.books.as_ref().map(|books| books.money(period));
        Flows { deals: outcome.series.by(period), money, standing }
    }

    /// The week or month at a position, if the replication has it.
    pub(super) fn part(&self, at: usize) -> Option<Part<'a>> {
        let money = self.money.and_then(|money| money.get(at));
        let standing = self.standing.get(at).copied().unwrap_or(0.0);
        Some(Part { flow: self.deals.get(at)?, money, standing })
    }
}

impl TimelineMeasure {
    /// The measures that every run knows.
    fn of_deals(program: &Program) -> Vec<TimelineMeasure> {
        let mut all = vec![
            TimelineMeasure::Intake,
            TimelineMeasure::Won,
            TimelineMeasure::Lost,
            TimelineMeasure::InProgress,
        ];
        if program.value.is_some() {
            all.extend([TimelineMeasure::Bookings, TimelineMeasure::BookingsToDate]);
        }
        all
    }

    /// The measures that a run knows, with those of its books if it kept some.
    pub(super) fn of(program: &Program, books: bool) -> Vec<TimelineMeasure> {
        let mut all = TimelineMeasure::of_deals(program);
        if !books {
            return all;
        }
        if !program.cancellations.is_empty() {
            all.push(TimelineMeasure::Cancelled);
        }
        let terms = program.terms.as_ref().filter(|terms| terms.given);
        let has_margin = program.has_margin();
        if has_margin {
            all.push(TimelineMeasure::Margin);
        }
        if program.has_cost {
            all.extend([
                TimelineMeasure::Cost,
                TimelineMeasure::CostMarketing,
                TimelineMeasure::CostStages,
                TimelineMeasure::CostWork,
                TimelineMeasure::CostStanding,
            ]);
        }
        if terms.is_some_and(Terms::pays_commission) {
            all.push(TimelineMeasure::CostCommission);
        }
        if has_margin {
            all.extend([TimelineMeasure::Profit, TimelineMeasure::ProfitToDate]);
        }
        if terms.is_some() {
            all.extend([
                TimelineMeasure::CashIn,
                TimelineMeasure::CashToDate,
                TimelineMeasure::Unpaid,
                TimelineMeasure::Receivables,
            ]);
        }
        all
    }

    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            TimelineMeasure::Intake => "intake",
            TimelineMeasure::Won => "won",
            TimelineMeasure::Lost => "lost",
            TimelineMeasure::InProgress => "in_progress",
            TimelineMeasure::Followed => "followed",
            TimelineMeasure::WinRate => "win_rate",
            TimelineMeasure::Bookings => "bookings",
            TimelineMeasure::BookingsToDate => "bookings_to_date",
            TimelineMeasure::Cancelled => "cancelled",
            TimelineMeasure::Margin => "margin",
            TimelineMeasure::Cost => "cost",
            TimelineMeasure::CostMarketing => "cost_marketing",
            TimelineMeasure::CostStages => "cost_stages",
            TimelineMeasure::CostWork => "cost_work",
            TimelineMeasure::CostCommission => "cost_commission",
            TimelineMeasure::CostStanding => "cost_standing",
            TimelineMeasure::Profit => "profit",
            TimelineMeasure::ProfitToDate => "profit_to_date",
            TimelineMeasure::CashIn => "cash_in",
            TimelineMeasure::CashToDate => "cash_to_date",
            TimelineMeasure::Unpaid => "unpaid",
            TimelineMeasure::Receivables => "receivables",
        }
    }

    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            TimelineMeasure::Intake
            | TimelineMeasure::Won
            | TimelineMeasure::Lost
            | TimelineMeasure::InProgress => Unit::Count,
            TimelineMeasure::Followed | TimelineMeasure::WinRate => Unit::Share,
            _ => Unit::Money,
        }
    }

    /// Whether it is about payments: the finance department's part of the timeline.
    pub fn is_of_cash(self) -> bool {
        matches!(
            self,
            TimelineMeasure::Bookings
                | TimelineMeasure::BookingsToDate
                | TimelineMeasure::Cancelled
                | TimelineMeasure::CashIn
                | TimelineMeasure::CashToDate
                | TimelineMeasure::Unpaid
                | TimelineMeasure::Receivables
        )
    }

    /// Whether it is a level at the end of the period, not what the period adds.
    pub(super) fn is_level(self) -> bool {
        matches!(
            self,
            TimelineMeasure::InProgress
                | TimelineMeasure::BookingsToDate
                | TimelineMeasure::ProfitToDate
                | TimelineMeasure::CashToDate
                | TimelineMeasure::Receivables
        )
    }

    /// Its level when the window begins.
    pub(super) fn at_start(self, outcome: &Outcome) -> f64 {
        match self {
            TimelineMeasure::InProgress => outcome.series.open_at_start as f64,
            TimelineMeasure::Receivables => {
                let cells = outcome.books.iter().flat_map(|books| &books.cells);
                cells.map(|cells| cells.owed.at_start as f64 / MINOR_UNITS).sum()
            }
            _ => 0.0,
        }
    }

    /// What a part adds to it, in the currency or in deals.
    pub(super) fn of_part(self, part: &Part<'_>) -> f64 {
        let Part { flow, money, standing } = *part;
        let units = |hundredths: i64| hundredths as f64 / MINOR_UNITS;
        let posted = |posting| money.map_or(0.0, |money| units(money.posted(posting)));
        let paid = |of: fn(&MoneyFlow) -> i64| money.map_or(0.0, |money| units(of(money)));
        match self {
            TimelineMeasure::Intake => flow.intake as f64,
            TimelineMeasure::Won => flow.won as f64,
            TimelineMeasure::Lost => flow.lost as f64,
            TimelineMeasure::InProgress => flow.growth() as f64,
            TimelineMeasure::Bookings | TimelineMeasure::BookingsToDate => units(flow.bookings),
            TimelineMeasure::Cancelled => posted(Posting::Cancelled),
            TimelineMeasure::Margin => posted(Posting::Margin),
            TimelineMeasure::Cost => paid(MoneyFlow::cost) + standing,
            TimelineMeasure::CostMarketing => paid(|money| money.marketing),
            TimelineMeasure::CostStages => paid(|money| money.stages),
            TimelineMeasure::CostWork => paid(|money| money.work),
            TimelineMeasure::CostCommission => posted(Posting::Commission),
            TimelineMeasure::CostStanding => standing,
            TimelineMeasure::Profit | TimelineMeasure::ProfitToDate => {
                paid(MoneyFlow::contribution) - standing
            }
            TimelineMeasure::CashIn | TimelineMeasure::CashToDate => paid(MoneyFlow::cash_in),
            TimelineMeasure::Unpaid => posted(Posting::Unpaid),
            TimelineMeasure::Receivables => posted(Posting::Owed),
            TimelineMeasure::Followed | TimelineMeasure::WinRate => 0.0,
        }
    }
}
