//! An expectation or a target on money, people or SLAs in a model that has none.

use crate::diagnostic::{Findings, Needed, Warning};
use crate::kpi::{Kpi, Need, Scope, Stat};
use crate::model::transitions::{End, Transitions};
use crate::model::{Expectation, Model, Stage, Target, Targets};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let has_value = model.has_value();
    let paid = |plan: &crate::model::Plan| {
        plan.cost.is_some_and(|cost| cost != 0.0)
            || plan.cost_share.is_some_and(|share| share != 0.0)
            || plan.given_steps().any(|step| step.cost != 0.0)
    };
    let groups = || model.roles.iter().flat_map(|role| role.people.iter().flatten());
    let pays =
        model.roles.iter().any(|role| role.pay.is_some()) || groups().any(|g| g.pay.is_some());
    let has_cost = pays
        || !model.costs.is_empty()
        || model.terms.iter().any(|term| term.commission.is_some())
        || model.plans().any(paid)
        || model.sources.iter().any(|s| s.cost != 0.0)
        || model.rollout.as_ref().is_some_and(|rollout| rollout.cost != 0.0);
    let further = Further { model, transitions: model.transitions() };
    for expectation in &model.expectations {
        let missing = match expectation.kpi.needs() {
            Need::Value if !has_value => Needed::Value,
            Need::Cost if !has_cost => Needed::Cost,
            Need::People | Need::Patience | Need::Limit if model.works().next().is_none() => {
                Needed::People
            }
            Need::Terms if model.terms.is_empty() => Needed::Terms,
            Need::Margin if !model.terms.iter().any(|term| term.margin.is_some()) => Needed::Margin,
            Need::Commission if !model.terms.iter().any(|term| term.commission.is_some()) => {
                Needed::Commission
            }
            Need::Demand if model.terms.iter().all(|term| term.demand.is_empty()) => Needed::Demand,
            Need::CreditLimit if model.terms.iter().all(|term| term.credit_limit.is_none()) => {
                Needed::CreditLimit
            }
            Need::Cancelled if !cancels(model) => Needed::Cancelled,
            Need::Target if model.targets == Targets::default() => Needed::Targets,
            Need::Sla if !promised(model, expectation) => Needed::Sla,
            Need::Promise if model.promises.is_empty() => Needed::Promise,
            Need::Rollout if !is_learnt(model, expectation) => Needed::Rollout,
            Need::Satisfaction if model.stages.iter().all(|s| s.satisfaction.is_none()) => {
                Needed::Satisfaction
            }
            Need::Patience if !is_patient(model) => Needed::Patience,
            _ if let Some(missing) = further.missing(expectation) => missing,
            Need::Limit if is_unlimited(model, expectation) => Needed::Limit,
            _ => continue,
        };
        let name = expectation.kpi.name();
        let kpi = match &expectation.stat {
            Some((_, stat)) if missing == Needed::Rework => format!("{name}: {stat}"),
            _ => name.to_owned(),
        };
        let problem = Warning::KpiNotProduced { kpi, missing };
        findings.report(problem, expectation.spot.place, expectation.spot.path.clone());
    }
    if let Some((_, spot)) = model.targets.bookings.as_ref().filter(|_| !has_value) {
        let problem = Warning::KpiNotProduced {
            kpi: Kpi::Attainment.name().to_owned(),
            missing: Needed::Value,
        };
        findings.report(problem, spot.place, spot.path.clone());
    }
}

/// What lies beyond a first sale or a first visit.
struct Further<'m> {
    model: &'m Model,
    transitions: Transitions,
}

impl Further<'_> {
    /// What a KPI of repeat sales, of churn or of rework lacks.
    fn missing(&self, expectation: &Expectation) -> Option<Needed> {
        let stat = expectation.stat.as_ref().map(|(_, stat)| stat);
        match expectation.kpi {
            Kpi::RepeatBookings | Kpi::RepeatRate | Kpi::SalesPerClient if !self.repeats() => {
                Some(Needed::Repeat)
            }
            Kpi::ChurnTable if !self.churns() => Some(Needed::Churn),
            Kpi::Visits
                if matches!(
                    stat,
                    Some(Stat::Rework | Stat::ReworkShare | Stat::ReworkDays | Stat::ReworkCost)
                ) && !self.comes_back(expectation.thing(Scope::Stage)) =>
            {
                Some(Needed::Rework)
            }
            _ => None,
        }
    }

    /// Reached stages behind a sale. Deals of clients from before have all their stages behind one.
    fn behind_sales(&self) -> Vec<usize> {
        let stages = 0..self.model.stages.len();
        let sells = stages
            .filter(|at| self.transitions.reached[*at] && self.model.stages[*at].sale.is_some());
        let next = sells.flat_map(|at| self.transitions.to[at].iter().copied());
        let clients = self.model.sources.iter().filter(|source| source.clients);
        let entered = clients.map(|source| {
            source.enters.as_ref().map_or(0, |(name, _)| self.model.stage_index(name))
        });
        self.ahead(next.chain(entered).collect(), |_| true)
    }

    fn ahead(&self, mut open: Vec<usize>, through: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut ahead = Vec::new();
        while let Some(at) = open.pop() {
            if !ahead.contains(&at) {
                ahead.push(at);
                if through(at) {
                    open.extend(&self.transitions.to[at]);
                }
            }
        }
        ahead
    }

    /// Whether a deal can be sold to twice. A stage that sells and ends in `won` sells twice by itself.
    fn repeats(&self) -> bool {
        let sells = |at: usize| self.model.stages[at].sale.is_some();
        let wins = |at: usize| self.transitions.ends[at].contains(&End::Won);
        let twice = |at: usize| self.transitions.reached[at] && sells(at) && wins(at);
        self.behind_sales().into_iter().any(|at| sells(at) || wins(at))
            || (0..self.model.stages.len()).any(twice)
    }

    /// Whether a deal can be lost after a sale.
    fn churns(&self) -> bool {
        let loses = |at: usize| self.transitions.ends[at].contains(&End::Lost);
        let selling = |at: usize| {
            self.transitions.reached[at] && self.model.stages[at].sale.is_some() && loses(at)
        };
        self.behind_sales().into_iter().any(loses) || (0..self.model.stages.len()).any(selling)
    }

    /// Whether the named stage, or any stage, can be visited twice in a round.
    fn comes_back(&self, named: Option<&str>) -> bool {
        let stages = self.model.stages.iter().enumerate();
        let mut meant = stages.filter(|(_, stage)| named.is_none_or(|name| name == stage.name));
        meant.any(|(at, stage)| {
            let sells = |at: usize| self.model.stages[at].sale.is_some();
            let next = self.transitions.to[at].iter().copied().collect();
            stage.sale.is_none() && self.ahead(next, |at| !sells(at)).contains(&at)
        })
    }
}

/// Whether some sale can be taken back.
pub(in crate::lint) fn cancels(model: &Model) -> bool {
    model.branches().any(|branch| matches!(branch.target, Target::Cancelled(_)))
}

/// Whether the named stage has an SLA; any stage if none is named.
fn promised(model: &Model, expectation: &Expectation) -> bool {
    let named = expectation.thing(Scope::Stage);
    let meant = |stage: &&Stage| named.is_none_or(|name| *name == stage.name);
    model.stages.iter().filter(meant).any(|stage| stage.sla.is_some())
}

/// Whether the named stage asks if the process is followed; any stage if none is named.
fn is_learnt(model: &Model, expectation: &Expectation) -> bool {
    let named = expectation.thing(Scope::Stage);
    let meant = |stage: &&Stage| named.is_none_or(|name| *name == stage.name);
    model.stages.iter().filter(meant).any(Stage::asks_followed)
}

/// Whether some deal can leave a queue.
fn is_patient(model: &Model) -> bool {
    model.plans().any(|plan| plan.patience.is_some())
}

/// Whether the named role is unlimited, so that it has no utilization.
fn is_unlimited(model: &Model, expectation: &Expectation) -> bool {
    let named = expectation.thing(Scope::Role);
    let role = named.and_then(|name| model.roles.iter().find(|role| role.name == *name));
    role.is_some_and(|role| role.people.is_none())
}
