//! Turns names into indices and attribute values into bits.

use std::collections::HashMap;

use super::{Attribute, Reason, RoleId, StageId};
use crate::model::{Model, Target};

/// The index of everything that has a name.
pub(super) struct Names {
    pub(super) reasons: Vec<Reason>,
    pub(super) cancellations: Vec<Reason>,
    pub(super) attributes: Vec<Attribute>,
    stages: HashMap<String, StageId>,
    roles: HashMap<String, RoleId>,
}

impl Names {
    pub(super) fn of(model: &Model) -> Names {
        let stages = model.stages.iter().map(|stage| stage.name.clone());
        let roles = model.roles.iter().map(|role| role.name.clone());
        let mut names = Names {
            reasons: Vec::new(),
            cancellations: Vec::new(),
            attributes: Vec::new(),
            stages: stages.zip((0..).map(StageId)).collect(),
            roles: roles.zip((0..).map(RoleId)).collect(),
        };
        let classes: HashMap<&str, _> =
            model.reasons.iter().map(|(name, class, _)| (name.as_str(), *class)).collect();
        for branch in model.branches() {
            let (reason, known) = match &branch.target {
                Target::Lost(reason) => (reason, &mut names.reasons),
                Target::Cancelled(reason) => (reason, &mut names.cancellations),
                _ => continue,
            };
            let name = reason.clone().unwrap_or_default();
            let used = branch.probability > 0.0 || reason.is_some();
            if used && known.iter().all(|known| known.name != name) {
                let class = classes.get(name.as_str()).copied();
                known.push(Reason { name, class });
            }
        }
        for limit in model.terms.iter().filter_map(|term| term.credit_limit.as_ref()) {
            if names.reasons.iter().all(|known| known.name != limit.reason) {
                let class = classes.get(limit.reason.as_str()).copied();
                names.reasons.push(Reason { name: limit.reason.clone(), class });
            }
        }
        let of_sources = model.sources.iter().flat_map(|source| &source.attributes);
        let set =
            model.plans().filter_map(|plan| plan.set.as_ref()).flat_map(|set| &set.attributes);
        for declared in model.attributes.iter().chain(of_sources).chain(set) {
            let at = names.attributes.iter().position(|known| known.name == declared.name);
            let at = at.unwrap_or_else(|| {
                let name = declared.name.clone();
                names.attributes.push(Attribute { name, values: Vec::new(), shift: 0, mask: 0 });
                names.attributes.len() - 1
            });
            for (value, _) in &declared.shares {
                let values = &mut names.attributes[at].values;
                if !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
        let mut shift = 0;
        for attribute in &mut names.attributes {
            let bits = usize::BITS - attribute.values.len().leading_zeros();
            attribute.shift = shift;
            attribute.mask = (1 << bits) - 1;
            shift += bits;
        }
        names
    }

    pub(super) fn stage(&self, name: &str) -> StageId {
        *self.stages.get(name).expect("the check refuses a model that names an unknown stage")
    }

    pub(super) fn role(&self, name: &str) -> RoleId {
        *self.roles.get(name).expect("the check refuses a model that names an unknown role")
    }

    /// The index of a loss reason of a branch with a positive probability; the empty name is a loss
    /// without a reason.
    pub(super) fn reason(&self, name: &str) -> usize {
        let at = self.reasons.iter().position(|known| known.name == name);
        at.expect("the reasons of all branches that can be taken were collected")
    }

    /// The index of a reason of cancelling, as [`Names::reason`].
    pub(super) fn cancellation(&self, name: &str) -> usize {
        let at = self.cancellations.iter().position(|known| known.name == name);
        at.expect("the reasons of all branches that can be taken were collected")
    }

    /// The index of an attribute.
    pub(super) fn attribute(&self, name: &str) -> usize {
        let at = self.attributes.iter().position(|known| known.name == name);
        at.expect(
            "all draws were collected, and the check refuses a test of an attribute without one",
        )
    }
}

impl Attribute {
    /// The code of a value that some draw of the attribute can give.
    pub(super) fn code(&self, value: &str) -> u64 {
        let at = self.values.iter().position(|known| known == value);
        at.expect("the values of all draws of the attribute were collected") as u64 + 1
    }
}
