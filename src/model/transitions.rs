//! The transitions of a model: which stages lead where, and whether a deal can leave.

use std::collections::{BTreeSet, HashMap};

use super::{Action, Branch, Model, Role, Stage, Step, Target, Wait};
use crate::random::distribution::Distribution;

/// How a deal may end when it leaves a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// By a sale.
    Won,
    /// Without a sale at this point.
    Done,
    /// Lost.
    Lost,
    /// By taking the last sale back.
    Cancelled,
}

/// The transitions of a model with a probability above zero.
#[derive(Debug, Clone)]
pub struct Transitions {
    /// The stages that each stage may lead to.
    pub to: Vec<BTreeSet<usize>>,
    /// The ends that each stage may lead to directly.
    pub ends: Vec<BTreeSet<End>>,
    /// Whether deals of some source can reach each stage.
    pub reached: Vec<bool>,
}

impl Transitions {
    /// Reached stages from which no end can be reached.
    pub fn without_end(&self) -> Vec<usize> {
        let count = self.to.len();
        let mut ending: Vec<bool> = self.ends.iter().map(|ends| !ends.is_empty()).collect();
        // Stages lead to later ones as a rule, so that one round backwards settles nearly all of them.
        for _ in 0..count {
            let before = ending.clone();
            for stage in (0..count).rev() {
                ending[stage] = ending[stage] || self.to[stage].iter().any(|next| ending[*next]);
            }
            if ending == before {
                break;
            }
        }
        (0..count).filter(|stage| self.reached[*stage] && !ending[*stage]).collect()
    }
}

/// Whether a duration is always zero or not given.
fn is_zero(time: Option<&Distribution>) -> bool {
    time.is_none_or(|time| matches!(time, Distribution::Constant(micros) if *micros == 0.0))
}

impl Stage {
    /// Whether a visit takes no time under any variant: no work, no wait, no delay of a branch.
    fn is_timeless(&self) -> bool {
        let idle = |step: &Step| match &step.action {
            Action::Wait(Wait::Time(delay)) => is_zero(Some(&delay.time)),
            Action::Wait(Wait::Until(_)) => false,
            Action::Work(work) => is_zero(Some(&work.time)),
        };
        let at_once = |branch: &Branch| is_zero(branch.after.as_ref().map(|after| &after.time));
        self.plans()
            .all(|plan| plan.given_steps().all(idle) && plan.next.iter().flatten().all(at_once))
    }
}

impl Model {
    /// Stages in which a deal would move forever without time passing: none of them takes time, and
    /// none leads out of the group.
    pub fn timeless_loop(&self, transitions: &Transitions) -> Vec<usize> {
        let mut stuck: Vec<usize> = transitions.without_end();
        stuck.retain(|stage| self.stages[*stage].is_timeless());
        loop {
            let before = stuck.len();
            let inside = stuck.clone();
            stuck.retain(|stage| transitions.to[*stage].iter().all(|next| inside.contains(next)));
            if stuck.len() == before {
                return stuck;
            }
        }
    }

    /// The index of a stage.
    ///
    /// # Panics
    ///
    /// If there is no stage of this name; a checked model names only stages that exist.
    pub fn stage_index(&self, name: &str) -> usize {
        self.stages
            .iter()
            .position(|stage| stage.name == name)
            .expect("a checked model names only stages that it has")
    }

    /// A role.
    ///
    /// # Panics
    ///
    /// If there is no role of this name; a checked model names only roles that exist.
    pub fn role(&self, name: &str) -> &Role {
        let role = self.roles.iter().find(|role| role.name == name);
        role.expect("a checked model names only roles that it has")
    }

    /// The transitions of the model, over all variants.
    pub fn transitions(&self) -> Transitions {
        let count = self.stages.len();
        let index: HashMap<&str, usize> =
            self.stages.iter().enumerate().map(|(at, s)| (s.name.as_str(), at)).collect();
        let mut transitions = Transitions {
            to: vec![BTreeSet::new(); count],
            ends: vec![BTreeSet::new(); count],
            reached: vec![false; count],
        };
        for (at, stage) in self.stages.iter().enumerate() {
            let limit = stage.max_visits.iter().flat_map(|limit| &limit.next);
            let reneging = stage.plans().filter_map(|plan| plan.patience.as_ref());
            let limit = limit.chain(reneging.flat_map(|patience| &patience.next));
            let branches = stage.plans().filter_map(|plan| plan.next.as_ref()).flatten();
            for branch in branches.chain(limit).filter(|branch| branch.probability > 0.0) {
                match &branch.target {
                    Target::Stage(name) => {
                        transitions.to[at].extend(index.get(name.as_str()).copied());
                    }
                    Target::Following if at + 1 < count => {
                        transitions.to[at].insert(at + 1);
                    }
                    Target::Following | Target::Won => {
                        transitions.ends[at].insert(End::Won);
                    }
                    Target::Done => {
                        transitions.ends[at].insert(End::Done);
                    }
                    Target::Lost(_) => {
                        transitions.ends[at].insert(End::Lost);
                    }
                    Target::Cancelled(_) => {
                        transitions.ends[at].insert(End::Cancelled);
                    }
                }
            }
        }
        let mut open: Vec<usize> = self
            .sources
            .iter()
            .map(|source| source.enters.as_ref().and_then(|(name, _)| index.get(name.as_str())))
            .map(|entry| entry.copied().unwrap_or(0))
            .collect();
        while let Some(stage) = open.pop() {
            if transitions.reached.get(stage) == Some(&false) {
                transitions.reached[stage] = true;
                open.extend(&transitions.to[stage]);
            }
        }
        transitions
    }
}
