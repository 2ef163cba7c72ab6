//! A variant that gives what its stage gives anyway.
//!
//! It may be an exception from a later variant, or differ in a scenario; then it is no slip.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::region::{both, matched};
use crate::model::{Action, Branch, Model, Plan, Spot, Stage, Step, Target, Variant};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    if !model.scenarios.is_empty() || model.scenario.is_some() {
        return;
    }
    for (at, stage) in model.stages.iter().enumerate() {
        if stage.variants.is_empty() {
            continue;
        }
        let following = model.stages.get(at + 1);
        let own = bare(&stage.plan, following);
        for (number, variant) in stage.variants.iter().enumerate() {
            if !is_same(&bare(&variant.plan, following), &own) {
                continue;
            }
            let region = matched(model, &variant.when);
            let meets = |later: &Variant| both(&region, &matched(model, &later.when)).is_some();
            if !stage.variants[number + 1..].iter().any(meets) {
                let problem = Doubt::IdleVariant { stage: stage.name.clone() };
                findings.report(problem, variant.spot.place, variant.spot.path.clone());
            }
        }
    }
}

/// Whether a plan gives something, and nothing that the stage's own does not give.
fn is_same(plan: &Plan, own: &Plan) -> bool {
    // Another rule reports a variant that gives nothing.
    let gives = plan.changes_entry() || plan.next.is_some();
    gives
        && plan.steps_over(own) == own.steps_over(own)
        && same(plan.patience.as_ref(), own.patience.as_ref())
        && same(plan.cost.as_ref(), own.cost.as_ref())
        && same(plan.cost_share.as_ref(), own.cost_share.as_ref())
        && same(plan.set.as_ref(), own.set.as_ref())
        && same(plan.next.as_ref(), own.next.as_ref())
}

/// Whether a part of a plan is not given, or is the stage's own.
fn same<T: PartialEq>(given: Option<&T>, own: Option<&T>) -> bool {
    given.is_none() || given == own
}

/// A plan without its places in the file, and with the following stage by its name.
fn bare(plan: &Plan, following: Option<&Stage>) -> Plan {
    let mut bare = plan.clone();
    let steps = bare.steps.iter_mut().flatten().chain(&mut bare.work).chain(&mut bare.wait);
    steps.for_each(|step: &mut Step| {
        if let Action::Work(work) = &mut step.action {
            work.role.1 = Spot::default();
        }
    });
    let set = bare.set.iter_mut().flat_map(|set| &mut set.attributes);
    set.for_each(|attribute| attribute.spot = Spot::default());
    let branch = |branch: &mut Branch| {
        branch.spot = Spot::default();
        if branch.target == Target::Following {
            branch.target =
                following.map_or(Target::Won, |stage| Target::Stage(stage.name.clone()));
        }
    };
    if let Some(patience) = &mut bare.patience {
        patience.spot = Spot::default();
        patience.next.iter_mut().for_each(branch);
    }
    if let Some(next) = &mut bare.next {
        next.iter_mut().for_each(branch);
        next.retain(|branch| branch.probability > 0.0);
        next.sort_by_cached_key(|branch| format!("{:?}", branch.target));
    }
    bare
}

#[cfg(test)]
mod tests {
    fn codes(variants: &str, more: &str) -> Vec<&'static str> {
        let text = format!(
            "attributes: {{size: {{small: 60%, large: rest}}}}\nroles: {{seller: {{people: 2}}}}\n\
             stages:\n  lead: {{work: {{role: seller, time: 1h}}, wait: 1d, next: 40%, variants: [{variants}]}}\n  \
             offer: {{wait: 2d, next: {{won: 30%, lost: rest}}}}\n{more}"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        let idle = found.iter().map(|found| found.problem.code()).filter(|code| *code == "V668");
        idle.collect()
    }

    #[test]
    fn a_variant_like_its_stage_is_found() {
        for same in [
            "wait: 1d",
            "next: 40%",
            "next: {lost: rest, offer: 40%}",
            "work: {role: seller, time: 60 min}, next: 40%",
            "steps: [{role: seller, time: 1h}, {wait: 1d}]",
            "cost: 0",
        ] {
            assert_eq!(
                codes(&format!("{{when: {{size: large}}, {same}}}"), ""),
                ["V668"],
                "{same}"
            );
        }
    }

    #[test]
    fn a_variant_with_an_effect_is_not() {
        for other in [
            "wait: 2d",
            "next: {offer: 40%, lost: price}",
            "work: {role: seller, time: 1h, activity: call}",
            "steps: [{wait: 1d}, {role: seller, time: 1h}]",
            "wait: 1d, cost: 5",
        ] {
            assert_eq!(
                codes(&format!("{{when: {{size: large}}, {other}}}"), ""),
                [""; 0],
                "{other}"
            );
        }
        // An exception from the next variant, and a place for a scenario to change.
        let exception = "{when: {size: large}, next: 40%}, {when: {month: jul}, next: 20%}";
        assert_eq!(codes(exception, ""), [""; 0]);
        let scenario = "scenarios: {better: {stages: {lead: {next: 50%}}}}\n";
        assert_eq!(codes("{when: {size: large}, next: 40%}", scenario), [""; 0]);
    }
}
