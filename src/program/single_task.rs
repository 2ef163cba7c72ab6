//! Stages that are one person's work and perhaps a wait: most stages of most models with people.

use super::{Action, Choice, Draw, Feature, Features, Next, Patience, RoleId, Stage, TaskId};
use crate::quantity::Money;
use crate::random::key::Address;

/// All that a visit of such a stage is: one entry, nothing that is drawn, sold, limited or looked at.
///
/// The same as its [`Stage`] says, at one place and without the questions that it answers with no.
#[derive(Debug, Clone)]
pub struct SingleTask {
    /// Who works.
    pub role: RoleId,
    /// What the work is.
    pub task: TaskId,
    /// Where its visits are counted, if it lies on a loop.
    pub counter: Option<u16>,
    /// Whether deals in it are of phase `deal` or later.
    pub is_deal: bool,
    /// Cost of the visit.
    pub cost: Money,
    /// Working time, in microseconds.
    pub time: Draw,
    /// The wait after the work, in microseconds.
    pub wait: Option<Draw>,
    /// How long the deal stays in the queue.
    pub patience: Option<Patience>,
    /// The branches, chosen when the deal leaves.
    pub next: Choice<Next>,
    /// The same, if they never vary and take no time.
    pub exit: Option<Next>,
    /// Purpose of the draw of the branch.
    pub next_address: Address,
}

impl SingleTask {
    /// What such a stage may use.
    const SUPPORTED: Features = Stage::OF_STEPS.without(&[
        Feature::Work,
        Feature::WatchedWork,
        Feature::WorkingWait,
        Feature::WaitUntil,
        Feature::StepCost,
    ]);

    /// The single task that a stage is, if it is one.
    pub(super) fn of(stage: &Stage) -> Option<SingleTask> {
        let entry = stage.entry.only().filter(|_| SingleTask::SUPPORTED.support(stage.features))?;
        let actions: Vec<&Action> = entry.steps.iter().map(|step| &step.action).collect();
        let (work, wait) = match actions.as_slice() {
            [Action::Work(work)] => (work, None),
            [Action::Work(work), Action::Wait(wait)] => (work, Some(wait.clone())),
            _ => return None,
        };
        let at_once = |next: &&Next| next.branches.iter().all(|branch| branch.after.is_none());
        Some(SingleTask {
            role: work.role,
            task: work.task,
            counter: stage.counter,
            is_deal: stage.is_deal(),
            cost: entry.cost,
            time: work.time.clone(),
            wait,
            patience: entry.patience.clone(),
            next: stage.next.clone(),
            exit: stage.next.only().filter(at_once).cloned(),
            next_address: stage.next_address,
        })
    }
}
