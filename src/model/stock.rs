//! `at_start`: deals of a source that are in the process when the simulation starts.

use super::{Action, Model, Source, Stage, Wait};
use crate::diagnostic::{Findings, ProcessFault};

/// Reports a stage in which the deals of a source cannot stand at the start: nobody knows how far work
/// or a queue would be.
pub(super) fn check(model: &Model, findings: &mut Findings) {
    for source in model.sources.iter().filter(|source| source.at_start.is_some()) {
        let Some(stage) = entered(model, source) else { continue };
        // A wait that could not be read has been reported.
        let path = format!("{}.", stage.spot.path);
        let is_unread = findings.has_errors_at(|at| at.starts_with(&path));
        if !is_unread && !stage.plans().all(|plan| begins_with_wait(stage, plan)) {
            let (source_name, stage_name) = (source.name.clone(), stage.name.clone());
            let problem = ProcessFault::NoWaitForStock { source: source_name, stage: stage_name };
            let spot = source.enters.as_ref().map_or(&source.spot, |(_, spot)| spot);
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

/// The stage that a source enters, if there is one of this name.
fn entered<'m>(model: &'m Model, source: &Source) -> Option<&'m Stage> {
    match &source.enters {
        None => model.stages.first(),
        Some((name, _)) => model.stages.iter().find(|stage| stage.name == *name),
    }
}

/// Whether the first step is a wait in elapsed time that takes time.
fn begins_with_wait(stage: &Stage, plan: &super::Plan) -> bool {
    let first = plan.steps_over(&stage.plan).into_iter().next();
    first.is_some_and(|step| match &step.action {
        Action::Wait(Wait::Time(delay)) => !delay.working && delay.time.mean() > 0.0,
        Action::Wait(Wait::Until(_)) | Action::Work(_) => false,
    })
}
