//! The names that a model knows: those of its parts, and those of parts with an error.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{Declared, written_at};
use super::reader::Spot;
use super::yaml::Node;
use super::{Attribute, Model, Stage, Target};

/// Names by what they name.
pub(super) struct Names<'m> {
    pub(super) stages: Vec<&'m str>,
    /// Stages that no deal can reach.
    pub(super) unreached: Vec<&'m str>,
    pub(super) sources: BTreeSet<&'m str>,
    pub(super) reasons: BTreeSet<&'m str>,
    pub(super) roles: Vec<&'m str>,
    pub(super) departments: BTreeSet<&'m str>,
    pub(super) people: Vec<&'m str>,
    pub(super) activities: BTreeSet<&'m str>,
    pub(super) promises: BTreeSet<&'m str>,
    /// The items of `demand`.
    pub(super) items: BTreeSet<&'m str>,
    /// Attributes of the header and of `set`, with all their values.
    pub(super) values: BTreeMap<&'m str, BTreeSet<&'m str>>,
    pub(super) known_attributes: BTreeSet<&'m str>,
    /// Reasons with a class.
    classified: BTreeSet<&'m str>,
    /// The text of the model as a tree.
    root: &'m Node,
}

impl<'m> Names<'m> {
    pub(super) fn of(model: &'m Model, root: &'m Node) -> Names<'m> {
        let written = Declared::of(root);
        let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut reasons = written.reasons.clone();
        let set =
            model.plans().filter_map(|plan| plan.set.as_ref()).flat_map(|set| &set.attributes);
        let declared: Vec<&Attribute> = model.attributes.iter().chain(set).collect();
        let mut known_attributes: BTreeSet<&str> =
            declared.iter().map(|a| a.name.as_str()).collect();
        let of_sources = model.sources.iter().flat_map(|source| &source.attributes);
        for attribute in declared.into_iter().chain(of_sources) {
            let known = values.entry(&attribute.name).or_default();
            known.extend(attribute.shares.iter().map(|(value, _)| value.as_str()));
        }
        known_attributes.extend(&written.given);
        for (name, of_attribute) in &written.attributes {
            values.entry(name).or_default().extend(of_attribute);
        }
        for branch in model.branches() {
            if let Target::Lost(Some(reason)) = &branch.target {
                reasons.insert(reason.as_str());
            }
        }
        let transitions = model.transitions();
        // A branch that could not be read may lead to a stage as well.
        let unread = |stage: &Stage| stage.plan.next.as_ref().is_none_or(Vec::is_empty);
        let follows = |at: usize| at > 0 && unread(&model.stages[at - 1]);
        let unreached = model.stages.iter().enumerate().filter(|(at, stage)| {
            let is_target = written.targets.contains(stage.name.as_str());
            // A source that could not be read may enter the first one.
            *at > 0 && !transitions.reached[*at] && !is_target && !follows(*at)
        });
        Names {
            unreached: unreached.map(|(_, stage)| stage.name.as_str()).collect(),
            stages: model.stages.iter().map(|stage| stage.name.as_str()).collect(),
            sources: with(written.sources, model.sources.iter().map(|s| s.name.as_str())),
            reasons,
            roles: model.roles.iter().map(|role| role.name.as_str()).collect(),
            departments: model.roles.iter().filter_map(|role| role.department.as_deref()).collect(),
            people: model
                .roles
                .iter()
                .flat_map(|role| role.people.iter().flatten())
                .filter_map(|group| group.name.as_deref())
                .collect(),
            activities: with(
                written.activities,
                model
                    .works()
                    .map(|(stage, work)| work.activity.as_ref().unwrap_or(&stage.name).as_str()),
            ),
            promises: with(written.promises, model.promises.iter().map(|p| p.name.as_str())),
            items: with(
                written.items,
                model.terms.iter().flat_map(|term| &term.demand).map(|demand| demand.item.as_str()),
            ),
            values,
            known_attributes,
            classified: written.classified,
            root,
        }
    }

    /// How a loss reason that stands where a stage is needed should be written.
    pub(super) fn as_reason(&self, name: &str, spot: &Spot) -> Option<String> {
        if !self.reasons.contains(name) && !self.classified.contains(name) {
            return None;
        }
        let share = written_at(self.root, spot.place.start).map(Node::scalar_text);
        Some(match share.filter(|share| !share.is_empty()) {
            Some(share) => format!("lost: {{{name}: {share}}}"),
            None => format!("lost: {name}"),
        })
    }
}

/// The names of a file, and those of the model, which may have others by default.
fn with<'m>(
    mut names: BTreeSet<&'m str>,
    others: impl Iterator<Item = &'m str>,
) -> BTreeSet<&'m str> {
    names.extend(others);
    names
}
