//! A `rollout` of a process that no variant asks for, or that is followed less and less.

use crate::diagnostic::{Doubt, Findings, Warning};
use crate::model::{Model, Stage};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Some(rollout) = &model.rollout else { return };
    if !model.stages.iter().any(Stage::asks_followed) {
        let spot = &rollout.spot;
        findings.report(Warning::NothingLearnt, spot.place, spot.path.clone());
    }
    if rollout.from > rollout.to {
        let spot = &rollout.spot;
        let problem = Doubt::Unlearning { from: rollout.from, to: rollout.to };
        findings.report(problem, spot.place, spot.path.clone());
    }
}
