//! A stage that no deal can reach.

use crate::diagnostic::{Findings, Warning};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    for (stage, _) in
        model.stages.iter().zip(&transitions.reached).filter(|(_, reached)| !**reached)
    {
        let problem = Warning::UnreachableStage { stage: stage.name.clone() };
        findings.report(problem, stage.spot.place, stage.spot.path.clone());
    }
}
