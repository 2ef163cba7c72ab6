//! Classes of reasons that no deal is lost for, and reasons without a class although others have
//! one.

use std::collections::BTreeSet;

use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Target, nearest};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for (reason, _, spot) in &model.reasons {
        let used = model
            .branches()
            .any(|branch| matches!(&branch.target, Target::Lost(Some(name)) if name == reason));
        if !used {
            let problem = Warning::UnusedReason { reason: reason.clone() };
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
        if classified().all(|other| other != reason) && reported.insert(reason) {
            let nearest = nearest(reason, classified());
            let problem = Warning::NoClass { reason: reason.clone(), nearest };
            findings.report(problem, branch.spot.place, branch.spot.path.clone());
        }
    }
}
