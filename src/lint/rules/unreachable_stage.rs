//! A stage that no deal can reach.

use super::reason_like_stage::named_as;
use crate::diagnostic::{Findings, Warning};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    for (stage, _) in
        model.stages.iter().zip(&transitions.reached).filter(|(_, reached)| !**reached)
    {
        // The other rule says so, with the branch that is probably meant.
        if named_as(model, stage).next().is_some() {
            continue;
        }
        let problem = Warning::UnreachableStage { stage: stage.name.clone() };
        findings.report(problem, stage.spot.place, stage.spot.path.clone());
    }
}
