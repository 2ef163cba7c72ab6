//! A loss reason with the name of another stage: a branch that is indented too deeply.

use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Target};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for stage in &model.stages {
        let branches = stage.plans().filter_map(|plan| plan.next.as_ref()).flatten();
        for branch in branches {
            let Target::Lost(Some(reason)) = &branch.target else { continue };
            let mut others = model.stages.iter().filter(|other| other.name != stage.name);
            if others.any(|other| other.name == *reason) {
                let problem = Warning::ReasonLikeStage { reason: reason.clone() };
                findings.report(problem, branch.spot.place, branch.spot.path.clone());
            }
        }
    }
}
