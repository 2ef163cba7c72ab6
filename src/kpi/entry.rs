//! What the catalogue says of a KPI: population, requirements on the model, good direction, statistics.

use super::{Needed, Over, Population, Scope, Stat, Statistic, Unit};

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
    /// Terms of sales.
    Terms,
    /// Terms of sales with a margin.
    Margin,
    /// Terms of sales with a commission.
    Commission,
    /// Terms of sales with a demand.
    Demand,
    /// A promise.
    Promise,
    /// A roll-out that some stage asks for.
    Rollout,
    /// A stage that changes satisfaction.
    Satisfaction,
    /// Terms of sales with a credit limit.
    CreditLimit,
    /// Sales that can be cancelled.
    Cancelled,
    /// A part of the language of a later version.
    Later,
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
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) definition: &'static str,
    pub(super) facts: Facts,
}

/// The entry without its texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) population: Population,
    pub(super) needs: Need,
    pub(super) good: Direction,
    pub(super) statistics: &'static [Statistic],
    pub(super) periods: bool,
    pub(super) needed: Needed,
}

pub(super) const fn kpi(
    population: Population,
    needs: Need,
    good: Direction,
    statistics: &'static [Statistic],
) -> Facts {
    Facts { population, needs, good, statistics, periods: false, needed: Needed::ALL }
}

impl Facts {
    /// Sets the data that a run must collect.
    pub(super) const fn needed(self, needed: Needed) -> Facts {
        Facts { needed, ..self }
    }

    /// Marks a KPI with a value for each full calendar period.
    pub(super) const fn of_periods(self) -> Facts {
        Facts { periods: true, ..self }
    }
}

pub(super) const fn shares(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
    Statistic::of(stats, Unit::Share, scopes, Over::Deals)
}

pub(super) const fn attained(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
    Statistic::of(stats, Unit::Share, scopes, Over::Plan)
}

pub(super) const fn counts(
    stats: &'static [Stat],
    scopes: &'static [Scope],
    over: Over,
) -> Statistic {
    Statistic::of(stats, Unit::Count, scopes, over)
}

pub(super) const fn money(
    stats: &'static [Stat],
    scopes: &'static [Scope],
    over: Over,
) -> Statistic {
    Statistic::of(stats, Unit::Money, scopes, over)
}

pub(super) const fn days(
    stats: &'static [Stat],
    scopes: &'static [Scope],
    over: Over,
) -> Statistic {
    Statistic::of(stats, Unit::Days, scopes, over)
}

pub(super) const fn work(
    stats: &'static [Stat],
    scopes: &'static [Scope],
    over: Over,
) -> Statistic {
    Statistic::of(stats, Unit::Work, scopes, over)
}

pub(super) const fn times(stats: &'static [Stat], scopes: &'static [Scope]) -> Statistic {
    Statistic::times(stats, scopes)
}

// The `BY_…` lists include the whole.
pub(super) const WHOLE: &[Scope] = &[Scope::Whole];
pub(super) const STAGE: &[Scope] = &[Scope::Stage];
pub(super) const BY_STAGE: &[Scope] = &[Scope::Whole, Scope::Stage];
pub(super) const BY_PHASE: &[Scope] = &[Scope::Whole, Scope::Stage, Scope::Phase];
pub(super) const BY_QUEUE: &[Scope] = &[Scope::Whole, Scope::Role, Scope::Department, Scope::Stage];
pub(super) const BUSY: &[Scope] = &[Scope::Role, Scope::Department, Scope::Person];
pub(super) const ROLES: &[Scope] = &[Scope::Role, Scope::Department];
pub(super) const ACTIVITY: &[Scope] = &[Scope::Activity];
pub(super) const REASON: &[Scope] = &[Scope::Reason];
pub(super) const BY_END: &[Scope] = &[Scope::Whole, Scope::End];
pub(super) const BY_REASON: &[Scope] = &[Scope::Whole, Scope::Reason, Scope::End];
pub(super) const BY_COST: &[Scope] =
    &[Scope::Whole, Scope::Stage, Scope::Role, Scope::Department, Scope::Kind, Scope::Category];
pub(super) const PLANNED: &[Scope] = &[Scope::Stage, Scope::Activity, Scope::Role];
pub(super) const WEEK: &[Scope] = &[Scope::Week];
pub(super) const PROMISE: &[Scope] = &[Scope::Promise];
pub(super) const ITEM: &[Scope] = &[Scope::Item];
pub(super) const WHOLE_BY_REASON: &[Scope] = &[Scope::Whole, Scope::Reason];
