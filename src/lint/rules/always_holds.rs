//! A variant that every deal of its stage meets: what it gives is never taken from the stage itself.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::deals::Deals;
use crate::lint::region::{matched, without};
use crate::model::{Measured, Model, Test, Variant};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Some(deals) = Deals::of(model) else { return };
    for (at, stage) in model.stages.iter().enumerate() {
        // Another rule reports the variants behind one that takes all deals.
        let Some(variant) = stage.variants.last().filter(|_| deals.transitions.reached[at]) else {
            continue;
        };
        let is_lasting = variant.when.tests.iter().all(lasts);
        let bounds = vec![deals.in_variant(at, &variant.plan)];
        let all =
            without(bounds, &matched(model, &variant.when)).is_some_and(|left| left.is_empty());
        if is_lasting && all && gives_something(variant) {
            let problem = Doubt::AlwaysHolds { stage: stage.name.clone() };
            let spot = &variant.when.spot;
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

/// Whether a test holds for the same deals in another window and with other queues.
fn lasts(test: &Test) -> bool {
    let is_of_way = |measured: &Measured| {
        matches!(measured, Measured::Visit | Measured::Age | Measured::Bookings)
    };
    matches!(test, Test::Attribute { .. })
        || matches!(test, Test::Number(measured, _) if is_of_way(measured))
}

fn gives_something(variant: &Variant) -> bool {
    let plan = &variant.plan;
    plan.next.is_some() || plan.steps.is_some() || plan.work.is_some() || plan.wait.is_some()
}

#[cfg(test)]
mod tests {
    fn codes(variants: &str) -> Vec<&'static str> {
        let text = format!(
            "attributes: {{size: {{small: 60%, big: rest}}}}\nstages:\n  lead:\n    wait: 1d\n    sla: 2d\n    \
             next: 50%\n    variants: [{variants}]\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_variant_with_all_values_always_holds() {
        assert_eq!(
            codes("{when: {size: [small, big]}, wait: {uniform: {min: 1d, max: 3d}}}"),
            ["V662"]
        );
        assert_eq!(
            codes("{when: {visit: {at_least: 1}}, wait: {uniform: {min: 1d, max: 3d}}}"),
            ["V662"]
        );
        assert_eq!(codes("{when: {size: small}, wait: {uniform: {min: 1d, max: 3d}}}"), [""; 0]);
        let two = "{when: {size: small}, wait: {uniform: {min: 1d, max: 3d}}}, {when: {size: big}, next: 40%}";
        assert_eq!(codes(two), [""; 0]);
    }

    #[test]
    fn an_sla_is_compared_with_the_waits_of_variants_that_take_all_deals() {
        let two = "{when: {size: small}, wait: 3d}, {when: {size: big}, wait: 5d}";
        assert_eq!(codes(two), ["V639"]);
        assert_eq!(codes("{when: {size: small}, wait: 3d}"), [""; 0]);
    }
}
