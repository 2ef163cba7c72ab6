//! The process map, bare or with what a run found on it.

use super::{length, window};
use crate::model::Model;
use crate::report::chart::{Chart, MapChart};
use crate::report::map::{Map, NodeKind, map};
use crate::study::simulate::Simulation;

/// The map of a model that has not run.
pub fn bare_map(model: &Model) -> Chart {
    let map = map(model);
    let subtitle = "The process map: ways with their probabilities".to_owned();
    let title = map.title.clone();
    Chart::Map(MapChart { title, subtitle, map, flows: Vec::new(), waits: Vec::new() })
}

#[allow(clippy::unnecessary_wraps)] // the signature of all charts
pub(super) fn map_of_run(model: &Model, simulation: &Simulation) -> Option<Chart> {
    let map = map(model);
    let names = Names { model, map: &map };
    let value = |kpi: &str, stage: &str, stat: &str| {
        simulation.find(kpi, "stage", stage, stat).and_then(|row| row.figure.value())
    };
    let mut flows = Vec::new();
    for way in &map.transitions {
        let flow = names.stage(way.from).and_then(|stage| {
            // Ways that are taken instead of others are counted with those to the same place.
            way.probability?;
            let visits = value("visits", stage, "total")?;
            let to = |exit: &str| value("stage_conversion", stage, &format!("to {exit}"));
            let share = match names.stage(way.to) {
                Some(next) => to(next)?,
                None => match map.nodes[way.to].kind {
                    NodeKind::Lost => losses(simulation, stage),
                    _ => to(&map.nodes[way.to].label)?,
                },
            };
            Some(visits * share)
        });
        flows.push(flow);
    }
    // All that a visit waits for people, also while they are at home.
    let wait = |node: usize| {
        let stage = names.stage(node)?;
        value("queue_time", stage, "mean")?;
        Some(value("time_in_stage", stage, "queue")? + value("time_in_stage", stage, "off_hours")?)
    };
    let waits: Vec<Option<f64>> = (0..map.nodes.len()).map(wait).collect();
    let worst = waits.iter().enumerate().filter_map(|(node, wait)| Some((node, (*wait)?)));
    let worst = worst.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, wait)| *wait > 0.0);
    let title = match worst {
        Some((node, wait)) => {
            format!(
                "Deals lie idle longest at {}: {} on average",
                map.nodes[node].label,
                length(wait)
            )
        }
        None => map.title.clone(),
    };
    let subtitle = format!(
        "Lines as wide as the flow of deals; idle is in a queue or outside working hours; {}",
        window(simulation)
    );
    Some(Chart::Map(MapChart { title, subtitle, map, flows, waits }))
}

/// The share of a stage's visits that end in a loss.
fn losses(simulation: &Simulation, stage: &str) -> f64 {
    let rows = simulation.rows.iter().filter(|row| {
        row.kpi == "stage_conversion"
            && row.name == stage
            && row.by.is_empty()
            && row.stat.starts_with("to lost")
    });
    rows.filter_map(|row| row.figure.value()).sum()
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
