//! Compiles what deals are worth, terms of sales, and costs that no deal causes.

use super::compile::{Compiler, thresholds};
use super::terms::{
    Commission, Costs, Credit, Demand, Item, Once, Part, Promise, Running, Term, Terms,
};
use super::{Action, Choice, Draw, Exit, Sla, Stage, StageId, Step, Target};
use crate::model::{self, Model, SaleAmount, Spending};
use crate::quantity::{DAY_MICROS, Instant, Length, Money, nearest};
use crate::random::distribution::Distribution;
use crate::random::key::Address;

impl Compiler<'_> {
    /// What deals are worth; `None` if nothing has an amount.
    pub(super) fn value(&self) -> Option<Choice<Draw>> {
        let worth = |amount: &Distribution| self.draw(amount, "", 0, "value");
        let cases = &self.model.value;
        if cases.is_empty() {
            let amounts = self
                .model
                .stages
                .iter()
                .any(|stage| matches!(stage.sale, Some(SaleAmount::Own(_))));
            let set =
                self.model.plans().any(|p| p.set.as_ref().is_some_and(|set| set.value.is_some()));
            let zero = worth(&Distribution::Constant(0.0));
            return (amounts || set).then(|| Choice::new(Vec::new(), zero));
        }
        let always = cases.iter().position(|case| case.when.tests.is_empty());
        let otherwise = always.map_or(Distribution::Constant(0.0), |at| cases[at].amount.clone());
        let conditional = cases.iter().take(always.unwrap_or(cases.len()));
        let conditional = conditional.map(|case| (self.condition(&case.when), worth(&case.amount)));
        Some(Choice::new(conditional.collect(), worth(&otherwise)))
    }

    /// The terms of sales; `None` if no books need be kept.
    pub(super) fn terms(&self) -> Option<Terms> {
        let given = &self.model.terms;
        if given.is_empty() && self.names.cancellations.is_empty() {
            return None;
        }
        let items = items(self.model);
        let term = |term: &model::Term| self.term(term, &items);
        let always = given.iter().position(|term| term.when.tests.is_empty());
        let conditional = given.iter().take(always.unwrap_or(given.len()));
        let cases = conditional.map(|case| (self.condition(&case.when), term(case)));
        Some(Terms {
            cases: Choice::new(cases.collect(), always.map_or_else(at_once, |at| term(&given[at]))),
            given: !given.is_empty(),
            has_margin: !given.is_empty() && given.iter().all(|term| term.margin.is_some()),
            limits_credit: given.iter().any(|term| term.credit_limit.is_some()),
            items,
            discount: self.model.discount,
        })
    }

    fn term(&self, term: &model::Term, items: &[Item]) -> Term {
        let margin = term.margin.unwrap_or(0.0);
        let commission = term.commission.map_or(
            Commission { share: 0.0, on_payment: false },
            |model::Commission { share, of_margin, on_payment }| Commission {
                share: if of_margin { share * margin } else { share },
                on_payment,
            },
        );
        let mut parts = Vec::new();
        let mut upto = 0.0;
        for (at, payment) in term.payment.iter().enumerate() {
            self.parts(payment, at as u64, upto, &mut parts);
            upto += payment.share;
        }
        let demand = term.demand.iter().map(|demand| {
            let purpose = format!("demand {}", demand.item);
            Demand {
                item: items.iter().position(|item| item.name == demand.item).unwrap_or(0),
                amount: self.draw(&demand.amount, "", 0, &purpose),
                after: demand.after.as_ref().map(|after| self.delay(after, "", 1, &purpose)),
            }
        });
        Term {
            margin,
            commission,
            parts: if parts.is_empty() { at_once().parts } else { parts },
            demand: demand.collect(),
            keeps: term.keeps,
            credit: term.credit_limit.as_ref().map(|credit| Credit {
                limit: Money::from_units(credit.amount),
                counted: term.payment.iter().filter(|p| !p.is_prepayment()).map(|p| p.share).sum(),
                refusal: self.lost(&credit.reason),
            }),
        }
    }

    /// A payment as one part, or one for each instalment; the parts before it make up the share `from`.
    fn parts(&self, payment: &model::Payment, at: u64, from: f64, parts: &mut Vec<Part>) {
        let stage = |name: &Option<(String, model::Spot)>| {
            name.as_ref().map(|(name, _)| self.names.stage(name))
        };
        let delay = |delay: &Option<model::Delay>, purpose: &str| {
            delay.as_ref().map(|delay| self.delay(delay, "", at, purpose))
        };
        let (count, every) = payment.instalments.unwrap_or((1, Length::default()));
        let months = every.months.trunc() as i64;
        let rest = Length { months: every.months.fract(), ..every };
        let rest = nearest(rest.nominal_days() * DAY_MICROS as f64);
        let limit = thresholds([payment.unpaid, 1.0 - payment.unpaid].into_iter());
        for number in 0..count {
            let purpose = format!("unpaid {number}");
            let unpaid = limit.first().filter(|_| payment.unpaid > 0.0);
            parts.push(Part {
                upto: from + payment.share * (number + 1) as f64 / count as f64,
                at: stage(&payment.at),
                before: stage(&payment.before),
                after: delay(&payment.after, "payment"),
                months: months * number as i64,
                offset: rest * number as i64,
                late: delay(&payment.late, "late payment"),
                unpaid: unpaid.map(|limit| (*limit, Address::new("", at, &purpose))),
            });
        }
    }

    /// Times that clients are promised.
    pub(super) fn promises(&self) -> Vec<Promise> {
        let promise = |promise: &model::Promise| {
            let clock = promise.working.then_some(self.default);
            Promise {
                name: promise.name.clone(),
                from: self.names.stage(&promise.from.0),
                to: self.names.stage(&promise.to.0),
                within: Sla { micros: promise.within, clock },
            }
        };
        self.model.promises.iter().map(promise).collect()
    }

    /// Costs that no deal causes.
    pub(super) fn costs(&self) -> Costs {
        let at = |date: Option<jiff::civil::DateTime>, otherwise: Instant| {
            date.map_or(otherwise, |date| self.calendar.instant(date))
        };
        let start = self.calendar.instant(self.model.start);
        let mut costs = Costs::default();
        for cost in &self.model.costs {
            let name = cost.name.clone();
            match cost.spending {
                Spending::Running { rate, from, until } => costs.running.push(Running {
                    name,
                    rate: Target::of(rate),
                    from: at(from, Instant(i64::MIN / 4)),
                    until: at(until, Instant::NEVER),
                }),
                Spending::Once { amount, on } => {
                    let on = at(on, start);
                    costs.once.push(Once { name, amount: Money::from_units(amount), on });
                }
            }
        }
        costs
    }

    /// Marks the stages that make payments due, and those that wait for payments.
    pub(super) fn mark_payments(&self, stages: &mut [Stage]) {
        let step = |action: Action| Step { action, cost: Money::ZERO };
        let payments = || self.model.terms.iter().flat_map(|term| &term.payment);
        let is = |name: &Option<(String, model::Spot)>, at: usize| {
            name.as_ref().is_some_and(|(name, _)| self.names.stage(name) == StageId(at as u16))
        };
        for (at, stage) in stages.iter_mut().enumerate() {
            stage.collects = payments().any(|payment| is(&payment.at, at));
            if payments().any(|payment| is(&payment.before, at)) {
                for entry in stage.entry.iter_mut() {
                    entry.steps.insert(0, step(Action::AwaitPayment));
                }
            }
        }
        let limits = self.model.terms.iter().filter_map(|term| term.credit_limit.as_ref());
        let mut refusals: Vec<Exit> = limits.map(|limit| self.lost(&limit.reason)).collect();
        refusals.sort_unstable();
        refusals.dedup();
        if refusals.is_empty() {
            return;
        }
        let won = self.exit(StageId(0), &model::Target::Won);
        for stage in stages.iter_mut() {
            if stage.sale.is_some() {
                // Before a wait for a payment: that may be the first of this sale.
                stage.entry.iter_mut().for_each(|entry| entry.steps.insert(0, step(Action::Sell)));
            }
            if stage.sale.is_some() || stage.ways().any(|branch| branch.exit == won) {
                stage.refusals.clone_from(&refusals);
            }
        }
    }
}

/// A sale without stated terms is paid at once.
fn at_once() -> Term {
    let part = Part {
        upto: 1.0,
        at: None,
        before: None,
        after: None,
        months: 0,
        offset: 0,
        late: None,
        unpaid: None,
    };
    Term {
        margin: 0.0,
        commission: Commission { share: 0.0, on_payment: false },
        parts: vec![part],
        demand: Vec::new(),
        keeps: 0.0,
        credit: None,
    }
}

/// The items that any case calls for, then those that only have a capacity.
fn items(model: &Model) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for demand in model.terms.iter().flat_map(|term| &term.demand) {
        if items.iter().all(|item| item.name != demand.item) {
            let capacity = model.capacity.iter().find(|capacity| capacity.item == demand.item);
            items.push(Item {
                name: demand.item.clone(),
                lot_months: demand.lot_months,
                capacity: capacity.map(|capacity| Target::of(capacity.rate)),
            });
        }
    }
    items
}

/// Whether sales or the department cost something by themselves.
pub(super) fn costs(model: &Model) -> bool {
    let for_pay = |term: &model::Term| term.commission.is_some_and(|c| c.share > 0.0);
    model.terms.iter().any(for_pay) || !model.costs.is_empty() || model.investment() > 0.0
}
