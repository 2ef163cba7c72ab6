//! The process map: where deals come from, where they go, and with what probability.

use super::phrase::{Phrase, Term};
use crate::model::{Action, Branch, Model, Phase, Plan, Role, Stage, Target};

mod condition;
mod notes;

pub use condition::{Asked, Bounds, Condition};
pub use notes::Note;

/// A map of a model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    /// What the model is called.
    pub title: String,
    /// What the model says of its process: a description, then owner, goal, input and the like.
    pub about: Vec<(String, String)>,
    /// Sources, stages, then ends.
    pub nodes: Vec<Node>,
    /// Ways between them.
    pub transitions: Vec<Transition>,
    /// What people are told about stages and their steps.
    pub stage_notes: Vec<Note>,
    /// What people are told about roles.
    pub role_notes: Vec<Note>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Deals come from here.
    Source,
    /// Deals pass through here.
    Stage,
    /// A stage at which a sale is made.
    Sale,
    /// The end of a sale.
    Won,
    /// The end without a sale of its own.
    Done,
    /// The end of lost deals.
    Lost,
    /// The end of sales that are taken back.
    Cancelled,
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Its name or title.
    pub label: String,
    /// Who works there.
    pub roles: Vec<String>,
    /// The department of those who work there first.
    pub department: Option<String>,
    /// Its phase; none where it is no stage.
    pub phase: Option<Phase>,
}

/// What the stages of a map are grouped by, each group in a lane of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lanes {
    /// By who works there first.
    Role,
    /// By the department of who works there first.
    Department,
    /// By phase.
    Phase,
}

impl Node {
    /// A place of which no more is known than its name.
    pub fn bare(kind: NodeKind, label: String) -> Node {
        Node { kind, label, roles: vec![], department: None, phase: None }
    }

    /// The name of the lane of a stage; none where nobody works there.
    pub fn lane(&self, by: Lanes) -> Option<Phrase> {
        match by {
            Lanes::Role => self.roles.first().cloned().map(Phrase::Name),
            Lanes::Department => self.department.clone().map(Phrase::Name),
            Lanes::Phase => self.phase.map(|phase| Term::OfPhase(phase).into()),
        }
    }
}

/// The probability of a way under one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The condition of a variant; empty for deals that no variant is for.
    pub when: Vec<Condition>,
    /// Between 0 and 1.
    pub probability: f64,
}

/// A way from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// Number of the node from which it leads.
    pub from: usize,
    /// Number of the node to which it leads.
    pub to: usize,
    /// Its least and greatest probability over the variants of the stage; none for ways of sources and
    /// for those that are taken instead.
    pub probability: Option<(f64, f64)>,
    /// Where variants of the stage have other branches: the probability for deals that no variant is for, then that
    /// of each variant that differs from it. Else empty.
    pub cases: Vec<Case>,
    /// What makes deals take it.
    pub cause: Cause,
    /// The loss reasons of those that take it; an empty one is a loss without a reason.
    pub reasons: Vec<String>,
}

/// What makes deals take a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cause {
    /// They arrive from a source.
    Arrival,
    /// A branch of the stage's plan.
    Branch,
    /// They lost patience in the queue; this is the share of such deals that takes this transition.
    Patience(f64),
    /// They have been there as often as they may.
    Limit(u64),
    /// The order alone exceeds the credit limit of its terms.
    Credit,
}

const ENDS: [(NodeKind, &str); 4] = [
    (NodeKind::Won, "won"),
    (NodeKind::Done, "done"),
    (NodeKind::Lost, "lost"),
    (NodeKind::Cancelled, "cancelled"),
];

/// Draws the map of a model; ends that nothing leads to are left out.
pub fn map(model: &Model) -> Map {
    let mut nodes: Vec<Node> = Vec::new();
    for source in &model.sources {
        let label = source.title.clone().unwrap_or_else(|| source.name.clone());
        nodes.push(Node::bare(NodeKind::Source, label));
    }
    for stage in &model.stages {
        let kind = if stage.sale.is_some() { NodeKind::Sale } else { NodeKind::Stage };
        let label = stage.title.clone().unwrap_or_else(|| stage.name.clone());
        let roles = roles(model, stage);
        nodes.push(Node {
            kind,
            label,
            department: roles.first().and_then(|role| role.department.clone()),
            roles: roles.into_iter().map(title).collect(),
            phase: Some(stage.phase),
        });
    }
    for (kind, label) in ENDS {
        nodes.push(Node::bare(kind, label.to_owned()));
    }
    let places = Places { model, first_stage: model.sources.len() };
    let mut transitions = Vec::new();
    for (at, source) in model.sources.iter().enumerate() {
        let to = source.enters.as_ref().map_or(places.first_stage, |(name, _)| places.stage(name));
        transitions.push(Transition {
            from: at,
            to,
            probability: None,
            cases: vec![],
            cause: Cause::Arrival,
            reasons: vec![],
        });
    }
    for (at, stage) in model.stages.iter().enumerate() {
        transitions.extend(places.ways(at, stage));
    }
    let mut map = Map {
        title: model.label.clone(),
        about: about(model),
        nodes,
        transitions,
        stage_notes: notes::of_stages(model),
        role_notes: notes::of_roles(model),
    };
    map.drop_unreached(places.first_stage + model.stages.len());
    map
}

/// What a model says of its process: its description, then owner, goal, input and the like.
pub fn about(model: &Model) -> Vec<(String, String)> {
    let description = model.header.description.iter().filter(|text| !text.trim().is_empty());
    // One line, however it was folded in the file.
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let description = description.map(|text| ("description".to_owned(), line(text)));
    let process = model.header.process.iter().map(|(key, text)| (key.clone(), line(text)));
    description.chain(process).collect()
}

impl Map {
    /// Leaves out the ends, which begin at this number, to which no way leads.
    fn drop_unreached(&mut self, ends: usize) {
        for node in (ends..self.nodes.len()).rev() {
            if self.transitions.iter().all(|transition| transition.to != node) {
                self.nodes.remove(node);
                self.transitions
                    .iter_mut()
                    .filter(|transition| transition.to > node)
                    .for_each(|transition| transition.to -= 1);
            }
        }
    }
}

/// The reason of a loss or a cancelling; empty where none is given.
fn reason(target: &Target) -> Option<String> {
    match target {
        Target::Lost(reason) | Target::Cancelled(reason) => {
            Some(reason.clone().unwrap_or_default())
        }
        _ => None,
    }
}

fn title(role: &Role) -> String {
    role.title.as_ref().unwrap_or(&role.name).clone()
}

/// Who works at a stage, each once.
fn roles<'m>(model: &'m Model, stage: &Stage) -> Vec<&'m Role> {
    let mut roles: Vec<&Role> = Vec::new();
    for step in stage.plans().flat_map(Plan::given_steps) {
        if let Action::Work(work) = &step.action {
            let role = model.role(&work.role.0);
            if roles.iter().all(|known| known.name != role.name) {
                roles.push(role);
            }
        }
    }
    roles
}

struct Places<'m> {
    model: &'m Model,
    first_stage: usize,
}

impl Places<'_> {
    fn stage(&self, name: &str) -> usize {
        self.first_stage + self.model.stage_index(name)
    }

    /// The node to which a branch of a stage leads.
    fn target(&self, stage: usize, target: &Target) -> usize {
        let ends = self.first_stage + self.model.stages.len();
        match target {
            Target::Stage(name) => self.stage(name),
            // After the last stage comes the first end, a sale.
            Target::Following => self.first_stage + stage + 1,
            Target::Won => ends,
            Target::Done => ends + 1,
            Target::Lost(_) => ends + 2,
            Target::Cancelled(_) => ends + 3,
        }
    }

    /// The reasons of orders that the credit limits of terms refuse, each once.
    fn refusals(&self) -> Vec<&str> {
        let limits = self.model.terms.iter().filter_map(|terms| terms.credit_limit.as_ref());
        let mut reasons: Vec<&str> = limits.map(|limit| limit.reason.as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        reasons
    }

    /// The transitions out of a stage: those of its plans, then those of patience, visit limits and
    /// credit limits.
    fn ways(&self, at: usize, stage: &Stage) -> Vec<Transition> {
        let mut ways: Vec<Transition> = Vec::new();
        let plans: Vec<&[Branch]> = stage.plans().filter_map(|plan| plan.next.as_deref()).collect();
        for branches in &plans {
            for branch in *branches {
                let to = self.target(at, &branch.target);
                let way = match ways.iter().position(|way| way.to == to) {
                    Some(known) => &mut ways[known],
                    None => {
                        ways.push(Transition {
                            from: self.first_stage + at,
                            to,
                            probability: None,
                            cases: vec![],
                            cause: Cause::Branch,
                            reasons: vec![],
                        });
                        let last = ways.len() - 1;
                        &mut ways[last]
                    }
                };
                if let Some(reason) = reason(&branch.target)
                    && !way.reasons.contains(&reason)
                {
                    way.reasons.push(reason);
                }
            }
        }
        for way in &mut ways {
            let probability = |branches: &[Branch]| -> f64 {
                let here = branches.iter().filter(|b| self.target(at, &b.target) == way.to);
                here.map(|branch| branch.probability).sum()
            };
            let probabilities = plans.iter().map(|branches| probability(branches));
            let ends = (f64::INFINITY, f64::NEG_INFINITY);
            way.probability =
                Some(probabilities.fold(ends, |(low, high), p| (low.min(p), high.max(p))));
            let usual = stage.plan.next.as_deref().map_or(0.0, probability);
            let variants = stage.variants.iter().filter_map(|variant| {
                let probability = probability(variant.plan.next.as_deref()?);
                Some(Case { when: condition::conditions(&variant.when), probability })
            });
            way.cases = variants.filter(|case| case.probability != usual).collect();
            if !way.cases.is_empty() {
                way.cases.insert(0, Case { when: Vec::new(), probability: usual });
            }
        }
        // What is left of 100 % may be nothing.
        ways.retain(|way| way.probability.is_none_or(|(_, most)| most > 0.0));
        let patience = stage.plans().filter_map(|plan| plan.patience.as_ref());
        let patience = patience.flat_map(|patience| &patience.next);
        let mut instead: Vec<(&Branch, Cause)> =
            patience.map(|branch| (branch, Cause::Patience(branch.probability))).collect();
        if let Some(limit) = &stage.max_visits {
            instead.extend(limit.next.iter().map(|branch| (branch, Cause::Limit(limit.count))));
        }
        for (branch, cause) in instead {
            let transition = Transition {
                from: self.first_stage + at,
                to: self.target(at, &branch.target),
                probability: None,
                cases: vec![],
                cause,
                reasons: reason(&branch.target).into_iter().collect(),
            };
            if !ways.contains(&transition) {
                ways.push(transition);
            }
        }
        let sells =
            stage.sale.is_some() || ways.iter().any(|way| way.to == self.target(at, &Target::Won));
        let refused = self.refusals().into_iter().filter(|_| sells).map(|reason| Transition {
            from: self.first_stage + at,
            to: self.target(at, &Target::Lost(None)),
            probability: None,
            cases: vec![],
            cause: Cause::Credit,
            reasons: vec![reason.to_owned()],
        });
        ways.extend(refused);
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    fn of(text: &str) -> Map {
        map(&load("model.yaml", text, &[], None).model.unwrap())
    }

    #[test]
    fn every_way_out_of_a_stage_is_there_once_and_sums_to_one() {
        let map = of(
            "stages:\n  a: {max_visits: {count: 2, lost: slow}, next: {b: 50%, lost: {price: 20%, silence: rest}}}\n  \
                      b: {next: {a: 30%, won: rest}}\n",
        );
        let ways: Vec<(usize, usize)> = map.transitions.iter().map(|e| (e.from, e.to)).collect();
        let (source, a, b, won, lost) = (0, 1, 2, 3, 4);
        assert_eq!(ways, [(source, a), (a, b), (a, lost), (a, lost), (b, a), (b, won)]);
        assert_eq!(map.transitions[2].probability, Some((0.5, 0.5)));
        assert_eq!(map.transitions[2].reasons, ["price", "silence"]);
        assert_eq!(
            (map.transitions[3].probability, map.transitions[3].cause),
            (None, Cause::Limit(2))
        );
        assert_eq!(map.transitions[3].reasons, ["slow"]);
        assert_eq!(map.nodes.len(), 5, "nothing is done, so there is no such end");
    }

    #[test]
    fn orders_above_a_credit_limit_leave_where_they_would_be_booked() {
        let map = of("value: {uniform: {min: 1, max: 9}}\nterms: {payment: {after: 30d}, \
             credit_limit: {amount: 5, reason: too large}}\n\
             stages:\n  offer: {next: 40%}\n  order: {sale: true, next: done}\n");
        let refused = map.transitions.iter().filter(|way| way.cause == Cause::Credit);
        let refused: Vec<(usize, usize)> = refused.map(|way| (way.from, way.to)).collect();
        let (order, lost) = (2, 4);
        assert_eq!(map.nodes[lost].kind, NodeKind::Lost);
        assert_eq!(refused, [(order, lost)]);
    }

    #[test]
    fn variants_give_a_range_of_chances() {
        let map = of("attributes: {size: {big: 30%, small: rest}}\nstages:\n  \
                      a: {next: 40%, variants: [{when: {size: big}, next: 60%}]}\n");
        let way = &map.transitions[1];
        assert_eq!(way.probability, Some((0.4, 0.6)));
        let cases: Vec<f64> = way.cases.iter().map(|case| case.probability).collect();
        assert_eq!(cases, [0.4, 0.6]);
        assert_eq!(
            way.cases[1].when,
            [Condition::Attribute("size".to_owned(), vec!["big".to_owned()])]
        );
    }
}
