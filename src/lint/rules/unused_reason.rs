//! Classes of reasons that no deal is lost for, and reasons without a class although others have
//! one.

use std::collections::BTreeSet;

use crate::diagnostic::{Findings, Warning};
use crate::model::{Branch, Model, Target, is_slip, nearest};

pub(in crate::lint) fn check<'m>(model: &'m Model, findings: &mut Findings) {
    let lost = |branch: &'m Branch| match &branch.target {
        Target::Lost(Some(name)) => Some(name.as_str()),
        _ => None,
    };
    let of_losses: BTreeSet<&str> = model.branches().filter_map(lost).collect();
    let cancelled = |branch: &Branch, name: &str| matches!(&branch.target, Target::Cancelled(Some(reason)) if reason == name);
    let mut meant: BTreeSet<String> = BTreeSet::new();
    // One class without losses and one loss without a class belong together, even if they are not that near.
    let has_class = |reason: &&str| model.reasons.iter().any(|(other, ..)| other == reason);
    let unclassified = of_losses.iter().filter(|reason| !has_class(reason)).count();
    for (reason, _, spot) in &model.reasons {
        // Cancelled sales have reasons too, whose classes nobody asks for.
        let is_of_cancelled = model.branches().any(|branch| cancelled(branch, reason));
        if !of_losses.contains(reason.as_str()) && !is_of_cancelled {
            // One slip in the class gives a class without losses and losses without a class.
            let known = |name: &&str| model.reasons.iter().all(|(other, ..)| other != name);
            let nearest = nearest(reason, of_losses.iter().copied().filter(known));
            let nearest = nearest.filter(|near| unclassified == 1 || is_slip(reason, near));
            meant.extend(nearest.clone());
            let problem = Warning::UnusedReason { reason: reason.clone(), nearest };
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
    if model.reasons.is_empty() {
        return;
    }
    let classified = || model.reasons.iter().map(|(reason, ..)| reason.as_str());
    let mut reported: BTreeSet<&str> = BTreeSet::new();
    for branch in model.branches() {
        let Target::Lost(Some(reason)) = &branch.target else { continue };
        let is_known = meant.contains(reason) || classified().any(|other| other == reason);
        if !is_known && reported.insert(reason) {
            let nearest = nearest(reason, classified());
            let problem = Warning::NoClass { reason: reason.clone(), nearest };
            findings.report(problem, branch.spot.place, branch.spot.path.clone());
        }
    }
}
