//! Stages that are one person's work and perhaps a wait: most stages of most models with people.

use super::{Action, Draw, Exit, Next, Patience, Role, Stage, Step};
use crate::quantity::Money;
use crate::random::key::Address;

/// All that a visit of such a stage is: no variants, nothing that is drawn, sold, limited or looked at.
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
    next: Next,
    /// Purpose of the draw of the branch.
    pub next_address: Address,
}

impl Desk {
    /// The desk that a stage is, if it is one.
    pub(super) fn of(stage: &Stage, roles: &[Role]) -> Option<Desk> {
        let only = stage.plain.then(|| stage.entry.only().zip(stage.next.only()));
        let (entry, next) = only.flatten()?;
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
        let instant = next.branches.iter().all(|branch| branch.after.is_none());
        (role.limited && !role.looked_at && instant).then(|| Desk {
            role: work.role,
            task: work.task,
            counter: stage.counter,
            is_deal: stage.is_deal(),
            cost: entry.cost.0,
            time: work.time.clone(),
            wait,
            patience: entry.patience.clone(),
            next: next.clone(),
            next_address: stage.next_address,
        })
    }

    /// Where a word leads.
    #[inline]
    pub fn exit(&self, word: u64) -> Exit {
        self.next.choose(word).exit
    }
}

/// The action of a step that costs nothing by itself.
fn free(step: &Step) -> Option<&Action> {
    (step.cost == Money::ZERO).then_some(&step.action)
}
