//! The process map, bare or with what a run found on it.

use super::funnel::took;
use super::seen;
use crate::kpi::{Key, Kpi, Stat};
use crate::model::Model;
use crate::report::chart::{Chart, MapChart};
use crate::report::map::{Cause, Lanes, Map, NodeKind, Transition, map};
use crate::report::phrase::{Caption, Finding, Phrase, days, share};
use crate::study::simulate::Simulation;

/// The map of a model that has not run, with its stages in their order or in lanes.
pub fn bare_map(model: &Model, lanes: Option<Lanes>) -> Chart {
    let map = map(model);
    let description = map.about.iter().find(|(key, _)| key == "description");
    let subtitle = match description {
        Some((_, text)) => vec![Phrase::Name(text.clone())],
        None => vec![Caption::BareMap.into()],
    };
    Chart::Map(MapChart {
        title: Finding::Model(map.title.clone()),
        subtitle,
        map,
        flows: Vec::new(),
        shares: Vec::new(),
        waits: Vec::new(),
        lanes,
    })
}

/// The map of a model with what a run found.
pub(in crate::report) fn map_of_run(model: &Model, simulation: &Simulation) -> MapChart {
    let map = map(model);
    let names = Names { model, map: &map };
    let flows = Flows { simulation, names: &names }.all();
    let shares = shares(&map, &flows);
    let value = |kpi, stage: &str, stat| simulation.value(&Key::new(kpi, stat).stage(stage));
    // All that a visit waits for people, also while they are at home.
    let wait = |node: usize| {
        let stage = names.stage(node)?;
        value(Kpi::QueueTime, stage, Stat::Mean)?;
        let time = |stat| value(Kpi::TimeInStage, stage, stat);
        Some(time(Stat::Queue)? + time(Stat::OffHours)?)
    };
    let waits: Vec<Option<f64>> = (0..map.nodes.len()).map(wait).collect();
    let has_waits = waits.iter().any(Option::is_some);
    let subtitle = vec![Caption::MapOfRun { has_waits }.into(), seen(simulation)];
    MapChart {
        title: title(&map, &flows, &waits),
        subtitle,
        map,
        flows,
        shares,
        waits,
        lanes: None,
    }
}

/// The finding: where deals lie idle longest; where nobody waits for people, how many of those that left were won.
fn title(map: &Map, flows: &[Option<f64>], waits: &[Option<f64>]) -> Finding {
    let worst = waits.iter().enumerate().filter_map(|(node, wait)| Some((node, (*wait)?)));
    let worst = worst.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, wait)| *wait > 0.0);
    if let Some((node, wait)) = worst {
        let stage = map.nodes[node].label.clone();
        return Finding::IdleLongest { stage, wait: days(wait) };
    }
    let ended = |of: &dyn Fn(NodeKind) -> bool| -> Option<f64> {
        let ways = map.transitions.iter().zip(flows);
        ways.filter(|(way, _)| of(map.nodes[way.to].kind)).map(|(_, flow)| *flow).sum()
    };
    let is_end = |kind: NodeKind| {
        let others = matches!(kind, NodeKind::Done | NodeKind::Cancelled);
        others || matches!(kind, NodeKind::Won | NodeKind::Lost)
    };
    let has_won = map.nodes.iter().any(|node| node.kind == NodeKind::Won);
    let kind = if has_won { NodeKind::Won } else { NodeKind::Lost };
    match (ended(&|other| other == kind), ended(&is_end)) {
        (Some(of_kind), Some(all)) if all > 0.0 && has_won => {
            Finding::LeftWon(share(of_kind / all))
        }
        (Some(of_kind), Some(all)) if all > 0.0 => Finding::LeftLost(share(of_kind / all)),
        (Some(_), Some(_)) => Finding::NoneLeft,
        _ => Finding::Model(map.title.clone()),
    }
}

/// Of the visits of each stage that ended, the share that took each way. None where not all ways of a stage are known,
/// and for limits of visits, which turn deals away before a visit begins; zero where nobody left.
fn shares(map: &Map, flows: &[Option<f64>]) -> Vec<Option<f64>> {
    let is_limit = |way: &Transition| matches!(way.cause, Cause::Limit(_));
    let ended = |from: usize| {
        let ways = map.transitions.iter().zip(flows);
        let ways = ways.filter(|(way, _)| way.from == from && !is_limit(way));
        ways.map(|(_, flow)| *flow).sum::<Option<f64>>()
    };
    let share = |(way, flow): (&Transition, &Option<f64>)| {
        let all = ended(way.from).filter(|_| !is_limit(way))?;
        Some(if all > 0.0 { (*flow)? / all } else { 0.0 })
    };
    map.transitions.iter().zip(flows).map(share).collect()
}

/// How many deals took each way of a map in a run.
struct Flows<'a> {
    simulation: &'a Simulation,
    names: &'a Names<'a>,
}

impl Flows<'_> {
    fn all(&self) -> Vec<Option<f64>> {
        let ways = &self.names.map.transitions;
        let mut flows: Vec<Option<f64>> = ways.iter().map(|way| self.without_limits(way)).collect();
        // A limit turns deals away before a visit begins: its count is that of deals that came and did not enter.
        for (at, way) in ways.iter().enumerate() {
            if matches!(way.cause, Cause::Limit(_)) {
                flows[at] = self.turned_away(way.from, &flows);
            }
        }
        // The branches of one limit cannot be told apart.
        for (at, way) in ways.iter().enumerate() {
            let is_limit = |other: &&Transition| {
                other.from == way.from && matches!(other.cause, Cause::Limit(_))
            };
            if matches!(way.cause, Cause::Limit(_)) && ways.iter().filter(is_limit).count() > 1 {
                flows[at] = None;
            }
        }
        flows
    }

    /// The deals that took a transition out of a visit, or from the source if there is only one.
    fn without_limits(&self, way: &Transition) -> Option<f64> {
        if way.cause == Cause::Arrival {
            let only = self.names.model.sources.len() == 1;
            return self.simulation.value(&Key::new(Kpi::Intake, Stat::Total)).filter(|_| only);
        }
        let stage = self.names.stage(way.from)?;
        let left = self.of_stage(Kpi::Reneged, stage, Stat::Count).unwrap_or(0.0);
        match way.cause {
            Cause::Arrival | Cause::Limit(_) => None,
            Cause::Patience(share) => Some(left * share / self.patience(way.from)),
            // A branch and a refusal for the same reason cannot be told apart.
            Cause::Credit | Cause::Branch if self.shares_a_reason(way) => None,
            Cause::Credit => {
                Some(self.exits(way).iter().map(|exit| took(self.simulation, stage, exit)).sum())
            }
            Cause::Branch => {
                let took: f64 =
                    self.exits(way).iter().map(|exit| took(self.simulation, stage, exit)).sum();
                let lost = left * self.lost_to_patience(way) / self.patience(way.from).max(1.0);
                Some((took - lost).max(0.0))
            }
        }
    }

    /// Whether a branch and a refusal at the same stage lead to a loss for the same reason.
    fn shares_a_reason(&self, way: &Transition) -> bool {
        self.names.map.transitions.iter().any(|other| {
            let differ = (other.cause == Cause::Credit) != (way.cause == Cause::Credit);
            let branches = matches!(other.cause, Cause::Branch | Cause::Credit);
            let same = other.reasons.iter().any(|reason| way.reasons.contains(reason));
            other.from == way.from && branches && differ && same
        })
    }

    /// Of the deals that lose patience at a branch's stage, the share that takes an exit of the branch.
    fn lost_to_patience(&self, branch: &Transition) -> f64 {
        let exits = self.exits(branch);
        let ways = self.names.map.transitions.iter().filter(|way| way.from == branch.from);
        let share = |way: &Transition| match way.cause {
            Cause::Patience(share) if self.exits(way).iter().any(|exit| exits.contains(exit)) => {
                share
            }
            _ => 0.0,
        };
        ways.map(share).sum()
    }

    /// The sum of the shares of the transitions out of a queue: above 1 if variants have transitions of their own.
    fn patience(&self, from: usize) -> f64 {
        let ways = self.names.map.transitions.iter().filter(|way| way.from == from);
        let share = |way: &Transition| match way.cause {
            Cause::Patience(share) => share,
            _ => 0.0,
        };
        ways.map(share).sum()
    }

    /// The exits of a way, as the rows of a run name them.
    fn exits(&self, way: &Transition) -> Vec<String> {
        let node = &self.names.map.nodes[way.to];
        match (self.names.stage(way.to), node.kind) {
            (Some(stage), _) => vec![stage.to_owned()],
            (None, NodeKind::Lost) => {
                let exit = |reason: &String| match reason.as_str() {
                    "" => "lost".to_owned(),
                    reason => format!("lost: {reason}"),
                };
                way.reasons.iter().map(exit).collect()
            }
            (None, _) => vec![node.label.clone()],
        }
    }

    /// Deals that came to a stage and did not enter it; none if some of those that came are unknown.
    fn turned_away(&self, node: usize, flows: &[Option<f64>]) -> Option<f64> {
        let ways = self.names.map.transitions.iter().zip(flows);
        let came: Option<f64> = ways.filter(|(way, _)| way.to == node).map(|(_, flow)| *flow).sum();
        let entered = self.of_stage(Kpi::Visits, self.names.stage(node)?, Stat::Total)?;
        Some((came? - entered).max(0.0))
    }

    fn of_stage(&self, kpi: Kpi, stage: &str, stat: Stat) -> Option<f64> {
        self.simulation.value(&Key::new(kpi, stat).stage(stage))
    }
}

/// Which stage a node is.
struct Names<'a> {
    model: &'a Model,
    map: &'a Map,
}

impl<'a> Names<'a> {
    fn stage(&self, node: usize) -> Option<&'a str> {
        let is_stage = matches!(self.map.nodes[node].kind, NodeKind::Stage | NodeKind::Sale);
        let first = self.model.sources.len();
        let stage = self.model.stages.get(node.checked_sub(first)?)?;
        is_stage.then_some(stage.name.as_str())
    }
}
