//! A loss reason with the name of another stage: a branch that is indented too deeply.

use crate::diagnostic::{Findings, Warning};
use crate::model::{Branch, Model, Stage, Target};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    for (stage, reached) in model.stages.iter().zip(transitions.reached) {
        for branch in named_as(model, stage) {
            let problem = Warning::ReasonLikeStage { reason: stage.name.clone(), reached };
            findings.report(problem, branch.spot.place, branch.spot.path.clone());
        }
    }
}

/// The branches of other stages to a loss for a reason of this name.
pub(super) fn named_as<'m>(model: &'m Model, stage: &'m Stage) -> impl Iterator<Item = &'m Branch> {
    let others = model.stages.iter().filter(|other| other.name != stage.name);
    let plans = others.flat_map(Stage::plans);
    plans.filter_map(|plan| plan.next.as_ref()).flatten().filter(
        |branch| matches!(&branch.target, Target::Lost(Some(reason)) if *reason == stage.name),
    )
}
