//! The ways of deals by the value of one property: which stages a value reaches, and whether a sale
//! lies ahead.
//!
//! The property is an attribute or the source. Tests of anything else may hold or not, so a way
//! that is missing here does not exist.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::region::{Axis, Set, common, numbers, tested, values};
use crate::model::{Branch, Model, Plan, Stage, Target, Variant};

/// A stage and the number of a value, as in [`tested`].
pub(super) type Node = (usize, i64);

/// The ways of one property.
pub(super) struct Ways<'m> {
    model: &'m Model,
    axis: Axis<'m>,
    /// The values of the attribute, as [`values`] lists them.
    known: Vec<&'m str>,
    stages: HashMap<&'m str, usize>,
    /// What each variant of each stage asks of the property.
    asked: Vec<Vec<Asked>>,
    /// The nodes that deals of each source begin at.
    starts: BTreeSet<Node>,
    /// The nodes that values given in a stage begin at.
    given: BTreeSet<Node>,
    /// Each node that deals reach, with the values that its deals have when they leave.
    after: BTreeMap<Node, BTreeSet<i64>>,
    /// Each node that deals reach, with the nodes that follow; a sale is `None`.
    next: BTreeMap<Node, BTreeSet<Option<Node>>>,
}

/// What a variant asks of the property.
struct Asked {
    /// The values for which it may hold; `None`: all.
    allowed: Option<Set>,
    /// Whether it asks for nothing else, so that it holds for all of them.
    alone: bool,
}

impl Asked {
    fn of(model: &Model, variant: &Variant, axis: Axis<'_>) -> Asked {
        let mut limits: Vec<_> = variant.when.tests.iter().map(|t| tested(model, t)).collect();
        let alone = limits.iter().all(|limit| limit.contains_key(&axis));
        // A condition names each property once.
        Asked { allowed: limits.iter_mut().find_map(|limit| limit.remove(&axis)), alone }
    }
}

impl<'m> Ways<'m> {
    pub(super) fn of(model: &'m Model, axis: Axis<'m>) -> Ways<'m> {
        let name = if let Axis::Attribute(name) = axis { name } else { "" };
        let asked = |stage: &'m Stage| {
            stage.variants.iter().map(|variant| Asked::of(model, variant, axis)).collect()
        };
        let mut ways = Ways {
            model,
            axis,
            known: values(model, name),
            stages: (0..).zip(&model.stages).map(|(at, stage)| (stage.name.as_str(), at)).collect(),
            asked: model.stages.iter().map(asked).collect(),
            starts: BTreeSet::new(),
            given: BTreeSet::new(),
            after: BTreeMap::new(),
            next: BTreeMap::new(),
        };
        for (at, source) in model.sources.iter().enumerate() {
            let stage = source.enters.as_ref().map_or(0, |(name, _)| ways.stages[name.as_str()]);
            let drawn = ways.drawn(at);
            ways.starts.extend(drawn.into_iter().map(|value| (stage, value)));
        }
        let mut open: Vec<Node> = ways.starts.iter().copied().collect();
        while let Some(node) = open.pop() {
            if !ways.next.contains_key(&node) {
                let to = ways.follow(node);
                open.extend(to.iter().flatten());
                ways.next.insert(node, to);
            }
        }
        ways
    }

    /// The values that deals of a source arrive with.
    pub(super) fn drawn(&self, source: usize) -> Vec<i64> {
        let Axis::Attribute(name) = self.axis else { return vec![source as i64] };
        let mut drawn = self.model.sources[source].attributes.iter().chain(&self.model.attributes);
        let drawn = drawn.find(|attribute| attribute.name == name);
        drawn.map_or_else(|| vec![0], |attribute| self.codes(&attribute.shares))
    }

    /// The numbers of the values with a share.
    fn codes(&self, shares: &[(String, f64)]) -> Vec<i64> {
        let drawn = shares.iter().filter(|(_, share)| *share > 0.0);
        let number = |value: &str| self.known.iter().position(|other| *other == value);
        drawn.filter_map(|(value, _)| Some(number(value)? as i64 + 1)).collect()
    }

    /// The plans that may hold for a value, the stage's own last.
    fn plans(&self, at: usize, value: i64) -> Vec<&'m Plan> {
        let stage = &self.model.stages[at];
        let own = numbers([value]);
        let mut plans = Vec::new();
        for (variant, asked) in stage.variants.iter().zip(&self.asked[at]) {
            if asked.allowed.as_ref().is_none_or(|allowed| !common(&own, allowed).is_empty()) {
                plans.push(&variant.plan);
                if asked.alone {
                    return plans;
                }
            }
        }
        plans.push(&stage.plan);
        plans
    }

    /// What follows a node; notes the values that are given in it.
    fn follow(&mut self, node: Node) -> BTreeSet<Option<Node>> {
        let (at, value) = node;
        let stage = &self.model.stages[at];
        let mut to = BTreeSet::new();
        let limit = stage.max_visits.iter().flat_map(|limit| &limit.next);
        limit.for_each(|branch| to.extend(self.target(at, branch, value)));
        let mut after = BTreeSet::new();
        for plan in self.plans(at, value) {
            let set = [plan, &stage.plan].into_iter().filter_map(|plan| plan.set.as_ref());
            let mut set = set.flat_map(|set| &set.attributes);
            let set = match self.axis {
                Axis::Attribute(name) => set.find(|attribute| attribute.name == name),
                _ => None,
            };
            let values = match set {
                Some(attribute) => {
                    let drawn = self.codes(&attribute.shares);
                    self.given.extend(drawn.iter().map(|drawn| (at, *drawn)));
                    drawn
                }
                None => vec![value],
            };
            let patience = plan.patience.as_ref().or(stage.plan.patience.as_ref());
            for value in &values {
                let reneged = patience.iter().flat_map(|patience| &patience.next);
                reneged.for_each(|branch| to.extend(self.target(at, branch, *value)));
            }
            after.extend(values);
        }
        for value in &after {
            for plan in self.plans(at, *value) {
                let branches = plan.next.as_ref().or(stage.plan.next.as_ref());
                let branches = branches.into_iter().flatten();
                branches.for_each(|branch| to.extend(self.target(at, branch, *value)));
            }
        }
        if stage.sale.is_some() {
            to.insert(None);
        }
        self.after.insert(node, after);
        to
    }

    /// The node of a branch, `Some(None)` for a sale, `None` for another end.
    fn target(&self, at: usize, branch: &Branch, value: i64) -> Option<Option<Node>> {
        if branch.probability <= 0.0 {
            return None;
        }
        match &branch.target {
            Target::Stage(name) => Some(Some((self.stages[name.as_str()], value))),
            Target::Following if at + 1 < self.model.stages.len() => Some(Some((at + 1, value))),
            Target::Following | Target::Won => Some(None),
            Target::Done | Target::Lost(_) | Target::Cancelled(_) => None,
        }
    }

    /// The values that deals may have on entry to a stage, or when they leave it.
    pub(super) fn values_in(&self, stage: usize) -> BTreeSet<i64> {
        let here = self.after.range((stage, i64::MIN)..=(stage, i64::MAX));
        here.flat_map(|((_, value), after)| after.iter().chain([value])).copied().collect()
    }

    /// The values that deals may have anywhere.
    pub(super) fn all_values(&self) -> BTreeSet<i64> {
        (0..self.model.stages.len()).flat_map(|stage| self.values_in(stage)).collect()
    }

    /// The values that never lead to a sale, wherever deals get them.
    pub(super) fn without_sale(&self) -> BTreeSet<i64> {
        let mut winning: BTreeSet<Node> = BTreeSet::new();
        loop {
            let wins = |to: &Option<Node>| to.is_none_or(|to| winning.contains(&to));
            let more: Vec<Node> = self
                .next
                .iter()
                .filter(|(node, to)| !winning.contains(*node) && to.iter().any(wins))
                .map(|(node, _)| *node)
                .collect();
            if more.is_empty() {
                break;
            }
            winning.extend(more);
        }
        let sells = |stage: usize| winning.iter().any(|(at, _)| *at == stage);
        let begun = || self.starts.iter().chain(&self.given);
        // A value that is given behind the last sale, or on a way that loses every deal, is no slip.
        let hopeful = begun().filter(|(stage, _)| sells(*stage)).map(|(_, value)| *value);
        let won = begun().filter(|node| winning.contains(node) || !self.next.contains_key(node));
        let won: BTreeSet<i64> = won.map(|(_, value)| *value).collect();
        hopeful.filter(|value| *value != 0 && !won.contains(value)).collect()
    }
}
