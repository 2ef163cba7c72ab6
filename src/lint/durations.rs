//! How long a visit of a stage takes at least and at most, whatever happens.

use crate::model::{Action, Branch, Stage, Wait};

/// The least and the greatest time of a visit, in microseconds; the greatest may be infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub(super) least: f64,
    pub(super) most: f64,
}

/// The bounds of the visits of a stage, in elapsed time or in working time of the first calendar.
pub(super) fn of_visit(stage: &Stage, working: bool) -> Bounds {
    bounds(stage, working, 0).0
}

/// The same; `own` says whether the stage's own plan is used, or only those of its variants.
pub(super) fn of_used_visit(stage: &Stage, working: bool, own: bool) -> Bounds {
    let skipped = usize::from(!own);
    bounds(stage, working, skipped).0
}

/// The least time of a visit whose deal does not lose patience.
pub(super) fn of_served(stage: &Stage, working: bool) -> f64 {
    bounds(stage, working, 0).1
}

/// The bounds of the plans after the first `skipped` ones; the stage's own plan is the first of all.
fn bounds(stage: &Stage, working: bool, skipped: usize) -> (Bounds, f64) {
    let mut visit = Bounds { least: f64::INFINITY, most: 0.0 };
    let mut served = f64::INFINITY;
    for plan in stage.plans().skip(skipped) {
        let mut steps = Bounds { least: 0.0, most: 0.0 };
        let mut queues = false;
        for step in plan.steps_over(&stage.plan) {
            match &step.action {
                // Elapsed time is at least as long as the working time in it.
                Action::Wait(Wait::Time(delay)) => {
                    let counts = !working || delay.working;
                    steps.least += if counts { delay.time.minimum() } else { 0.0 };
                    let bounded = working || !delay.working;
                    steps.most += if bounded { delay.time.maximum() } else { f64::INFINITY };
                }
                Action::Wait(Wait::Until(_)) => steps.most = f64::INFINITY,
                // People may work outside the first calendar, and be late.
                Action::Work(work) => {
                    steps.least += if working { 0.0 } else { work.time.minimum() };
                    steps.most = f64::INFINITY;
                    queues = true;
                }
            }
        }
        served = served.min(steps.least);
        let impatient = plan.patience.is_some() || stage.plan.patience.is_some();
        let least = if queues && impatient { 0.0 } else { steps.least };
        visit = Bounds { least: visit.least.min(least), most: visit.most.max(steps.most) };
    }
    let after = |branch: &Branch| {
        branch.after.as_ref().map_or(0.0, |after| {
            if working || !after.working { after.time.maximum() } else { f64::INFINITY }
        })
    };
    let branches = stage.plans().filter_map(|plan| plan.next.as_ref()).flatten();
    let visit = Bounds { most: visit.most + branches.map(after).fold(0.0, f64::max), ..visit };
    (visit, served)
}
