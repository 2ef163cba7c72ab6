//! Single-task stages: one work step and an optional wait. Most stages of models with people are
//! such.

use super::{Action, Choice, Draw, Feature, Features, Next, Patience, RoleId, Stage, TaskId};
use crate::quantity::Money;
use crate::random::key::Address;

/// A single-task stage. It has one entry without draws, sales, limits or conditions.
///
/// It repeats data of its [`Stage`] in one place, so that the engine need not check the features
/// that the stage does not use.
#[derive(Debug, Clone)]
pub struct SingleTask {
    /// The role.
    pub role: RoleId,
    /// The kind of work.
    pub task: TaskId,
    /// The counter of its visits; `None` if it lies on no loop.
    pub counter: Option<u16>,
    /// Whether deals in it are of phase `deal` or later.
    pub is_deal: bool,
    /// Cost of the visit.
    pub cost: Money,
    /// Working time, in microseconds.
    pub time: Draw,
    /// The wait after the work, in microseconds.
    pub wait: Option<Draw>,
    /// How long the deal waits in the queue before it leaves.
    pub patience: Option<Patience>,
    /// The branches, chosen when the deal leaves.
    pub next: Choice<Next>,
    /// The branches, if they never vary and take no time.
    pub exit: Option<Next>,
    /// Address of the draw of the branch.
    pub next_address: Address,
}

impl SingleTask {
    /// The features that a single-task stage may use.
    const SUPPORTED: Features = Stage::OF_STEPS.without(&[
        Feature::Work,
        Feature::WatchedWork,
        Feature::WorkingWait,
        Feature::WaitUntil,
        Feature::StepCost,
    ]);

    /// The stage as a single task; `None` if it is not one.
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
