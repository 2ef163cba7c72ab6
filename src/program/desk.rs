//! Stages that are one person's work and perhaps a wait: most stages of most models with people.

use super::{Action, Choice, Draw, Next, Patience, Role, Stage, Step};
use crate::quantity::Money;
use crate::random::key::Address;

/// All that a visit of such a stage is: one entry, nothing that is drawn, sold, limited or looked at.
///
/// The same as its [`Stage`] says, at one place and without the questions that it answers with no.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Index of the role.
    pub role: u16,
    /// Index of the task.
    pub task: u16,
    /// Where its visits are counted, if it lies on a loop.
    pub counter: Option<u16>,
    /// Whether deals in it are of phase `deal` or later.
    pub is_deal: bool,
    /// Cost of the visit.
    pub cost: i64,
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

impl Desk {
    /// The desk that a stage is, if it is one.
    pub(super) fn of(stage: &Stage, roles: &[Role]) -> Option<Desk> {
        let entry = stage.entry.only().filter(|_| stage.plain)?;
        let (work, wait) = match entry.steps.as_slice() {
            [work] => (work, None),
            [work, wait] => (work, Some(wait)),
            _ => return None,
        };
        let Action::Work(work) = free(work)? else { return None };
        let wait = match wait.map(free) {
            None => None,
            Some(Some(Action::Wait(wait))) => Some(wait.clone()),
            _ => return None,
        };
        let role = &roles[usize::from(work.role)];
        let at_once = |next: &&Next| next.branches.iter().all(|branch| branch.after.is_none());
        (role.limited && !role.looked_at).then(|| Desk {
            role: work.role,
            task: work.task,
            counter: stage.counter,
            is_deal: stage.is_deal(),
            cost: entry.cost.0,
            time: work.time.clone(),
            wait,
            patience: entry.patience.clone(),
            next: stage.next.clone(),
            exit: stage.next.only().filter(at_once).cloned(),
            next_address: stage.next_address,
        })
    }
}

/// The action of a step that costs nothing by itself.
fn free(step: &Step) -> Option<&Action> {
    (step.cost == Money::ZERO).then_some(&step.action)
}
