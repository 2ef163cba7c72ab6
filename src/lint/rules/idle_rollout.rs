//! A `rollout` of a process that no variant asks for.

use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Stage};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Some(rollout) = &model.rollout else { return };
    if !model.stages.iter().any(Stage::asks_followed) {
        let spot = &rollout.spot;
        findings.report(Warning::NothingLearnt, spot.place, spot.path.clone());
    }
}
