//! Terms of sales that do not go together: a commission above the margin, a credit limit below every order, a payment that
//! is due where nothing is sold yet, a share that is kept where nothing is cancelled.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::rules::missing_money::cancels;
use crate::model::{Model, Payment, SaleAmount, Term};
use crate::quantity::MINOR_UNITS;

/// If fewer orders than this fit into a credit limit, it was meant otherwise.
const FEW: f64 = 0.05;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let behind = behind_sales(model);
    let cancels = cancels(model);
    for term in &model.terms {
        let spot = &term.spot;
        if let Some(spot) = term.keeps_spot.as_ref().filter(|_| term.keeps > 0.0 && !cancels) {
            findings.report(Doubt::NothingCancelled, spot.place, spot.path.clone());
        }
        if let (Some(commission), Some(margin)) = (term.commission, term.margin)
            && !commission.of_margin
            && commission.share > margin
        {
            let commission = commission.share;
            let spot = term.commission_spot.as_ref().unwrap_or(spot);
            let problem = Doubt::CommissionAboveMargin { commission, margin };
            findings.report(problem, spot.place, spot.path.clone());
        }
        if let Some(problem) = refuses_all(model, term) {
            let spot = term.credit_limit.as_ref().map_or(spot, |limit| &limit.spot);
            findings.report(problem, spot.place, spot.path.clone());
        }
        for part in &term.payment {
            let sells = |name: &str| model.stages[model.stage_index(name)].sale.is_some();
            let named = part.at.iter().map(|at| ("at", at));
            for (key, (name, spot)) in named.chain(part.before.iter().map(|at| ("before", at))) {
                // A deal that comes to a stage of a sale is sold there first.
                if !behind[model.stage_index(name)] && !sells(name) {
                    let problem = Doubt::NeverDue { key, stage: name.clone() };
                    findings.report(problem, spot.place, spot.path.clone());
                }
            }
        }
    }
}

/// Which stages a deal can be in after a sale.
fn behind_sales(model: &Model) -> Vec<bool> {
    let transitions = model.transitions();
    let sells = (0..model.stages.len()).filter(|at| model.stages[*at].sale.is_some());
    let mut open: Vec<usize> = sells.flat_map(|at| transitions.to[at].clone()).collect();
    let clients = model.sources.iter().filter(|source| source.clients);
    open.extend(
        clients.map(|source| source.enters.as_ref().map_or(0, |(name, _)| model.stage_index(name))),
    );
    let mut behind = vec![false; model.stages.len()];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut behind[at], true) {
            open.extend(&transitions.to[at]);
        }
    }
    behind
}

/// The warning, if nearly every order by itself exceeds the credit limit.
fn refuses_all(model: &Model, term: &Term) -> Option<Doubt> {
    let limit = term.credit_limit.as_ref()?.amount;
    let paid: f64 = term.payment.iter().filter(|part| part.is_prepayment()).map(share).sum();
    let own = model.stages.iter().filter_map(|stage| match &stage.sale {
        Some(SaleAmount::Own(own)) => Some(own),
        _ => None,
    });
    let set = model.plans().filter_map(|plan| plan.set.as_ref()?.value.as_ref());
    let cases = model.value.iter().map(|case| &case.amount);
    let amounts = cases.chain(set).chain(own).map(|amount| amount.quantile(FEW) / MINOR_UNITS);
    let least = amounts.map(|amount| amount * (1.0 - paid)).reduce(f64::min)?;
    (limit < least).then_some(Doubt::RefusesAll { limit, least })
}

fn share(part: &Payment) -> f64 {
    part.share
}
