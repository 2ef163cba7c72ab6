//! The loads of roles in the long run, without the parts of a model that change money only.
//!
//! Costs that are shares of values, terms of sales and chances that vary around their mean change no
//! load, but theory has no answer for a model with them.

use crate::analytic::overload::{Load, long_run_loads};
use crate::model::{Branch, Model, Plan, Variant};
use crate::program::Program;

/// The load of each limited role; none if theory does not know it.
pub(super) fn of(model: &Model, program: &Program) -> Vec<Load> {
    if program.window.until_empty() || !program.roles.iter().any(|role| role.limited) {
        return Vec::new();
    }
    long_run_loads(program, None)
        .or_else(|| long_run_loads(&Program::outline(&without_money(model)), None))
        .unwrap_or_default()
}

/// The model without what changes money only, and with the means of chances.
fn without_money(model: &Model) -> Model {
    let mut plain = model.clone();
    plain.terms.clear();
    for stage in &mut plain.stages {
        let plans = stage.variants.iter_mut().map(|variant| &mut variant.plan);
        for plan in std::iter::once(&mut stage.plan).chain(plans) {
            let Plan { cost, cost_share, next, .. } = plan;
            (*cost, *cost_share) = (None, None);
            next.iter_mut().flatten().for_each(|branch: &mut Branch| branch.varies = None);
        }
        // The last variants are not missed if nothing is left of them.
        let is_idle =
            |variant: &Variant| !variant.plan.changes_entry() && variant.plan.next.is_none();
        while stage.variants.last().is_some_and(is_idle) {
            stage.variants.pop();
        }
    }
    plain
}
