//! A variant, or a case of `value` or `terms`, that is left no deal: those that match it match an earlier one.

use crate::diagnostic::{Findings, Warning};
use crate::lint::deals::Deals;
use crate::lint::region::{Region, both, matched, without};
use crate::model::{Model, When};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Some(deals) = Deals::of(model) else { return };
    for (at, stage) in model.stages.iter().enumerate() {
        if deals.transitions.reached[at] {
            let whens = stage.variants.iter().map(|variant| &variant.when);
            look(model, &whens.collect::<Vec<_>>(), &deals.in_stage(at), findings);
        }
    }
    // Reading reports the cases behind one that always holds.
    let whens = model.value.iter().map(|case| &case.when);
    let whens = whens.take_while(|when| !when.tests.is_empty());
    look(model, &whens.collect::<Vec<_>>(), &deals.anywhere(), findings);
    // The last case of `terms` must be there, even if no deal is left for it.
    let whens = model.terms.iter().map(|term| &term.when);
    let whens = whens.take_while(|when| !when.tests.is_empty());
    look(model, &whens.collect::<Vec<_>>(), &deals.anywhere(), findings);
}

/// Reports the conditions whose deals, within these bounds, all match earlier ones.
fn look<'m>(model: &Model, whens: &[&'m When], bounds: &Region<'m>, findings: &mut Findings) {
    let regions: Vec<Region> = whens.iter().map(|when| matched(model, when)).collect();
    let mut left = vec![bounds.clone()];
    for (at, (when, region)) in whens.iter().zip(&regions).enumerate() {
        // Another rule reports conditions that never hold.
        let Some(own) = both(bounds, region) else { continue };
        if left.iter().all(|part| both(part, region).is_none()) {
            let alone = |earlier: &Region<'m>| {
                without(vec![own.clone()], earlier).is_some_and(|left| left.is_empty())
            };
            let earlier = whens.iter().zip(&regions[..at]).find(|(_, earlier)| alone(earlier));
            let path = |(when, _): (&&When, _)| when.spot.path.trim_end_matches(".when").to_owned();
            let problem = Warning::CoveredCase { earlier: earlier.map(path) };
            findings.report(problem, when.spot.place, when.spot.path.clone());
        }
        let Some(rest) = without(left, region) else { return };
        left = rest;
    }
}
