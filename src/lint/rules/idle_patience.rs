//! Patience without effect: where no deal waits for people, or far too short to wait for them.

use crate::diagnostic::{Findings, Warning};
use crate::model::{Action, Model, Plan, Stage, Work};

/// If one of the people becomes free less often than this many times the patience, fewer than one
/// in twenty of those who wait is served.
const SHORT: f64 = 20.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for stage in &model.stages {
        for plan in stage.plans() {
            let Some(patience) = &plan.patience else { continue };
            // The stage's own patience also holds for its variants.
            let is_own = std::ptr::eq(plan, &raw const stage.plan);
            let plans: Vec<&Plan> = if is_own { stage.plans().collect() } else { vec![plan] };
            let mut queues =
                plans.into_iter().flat_map(|plan| queues(model, stage, plan)).peekable();
            let stage = stage.name.clone();
            let most = patience.time.time.maximum();
            let problem = if queues.peek().is_none() {
                Warning::IdlePatience { stage }
            } else if most > 0.0
                && queues.all(|(work, people)| most * SHORT * people as f64 <= work.time.mean())
            {
                Warning::ShortPatience { stage }
            } else {
                continue;
            };
            findings.report(problem, patience.spot.place, patience.spot.path.clone());
        }
    }
}

/// The work of a plan for which a deal may wait, with the number of people who do it.
fn queues<'m>(
    model: &'m Model,
    stage: &'m Stage,
    plan: &'m Plan,
) -> impl Iterator<Item = (&'m Work, u64)> {
    plan.steps_over(&stage.plan).into_iter().filter_map(|step| {
        let Action::Work(work) = &step.action else { return None };
        let people = model.role(&work.role.0).people.as_ref()?;
        Some((work, people.iter().map(|group| group.count).sum()))
    })
}
