//! The funnels of a base and its alternatives, on one scale.

use super::{name_of, other_window, short_name};
use crate::kpi::{Key, Kpi, Stat};
use crate::report::block::{Kind, Number};
use crate::report::chart::{Chart, FunnelsChart, FunnelsRow};
use crate::report::charts::seen;
use crate::report::phrase::{Contrast, Finding, Phrase, share};
use crate::study::compare::Comparison;
use crate::study::simulate::Simulation;

/// Funnels that differ by less are called alike: half a percentage point.
const HARDLY: f64 = 0.005;

pub(super) fn funnels(comparison: &Comparison, simulations: &[Simulation]) -> Option<Chart> {
    let (base, others) = simulations.split_first()?;
    let pairs = comparison.alternatives.iter().zip(others);
    let pairs = pairs.filter(|(_, other)| shares_stages(base, other));
    let (alternatives, others): (Vec<_>, Vec<&Simulation>) = pairs.unzip();
    if others.is_empty() {
        return None;
    }
    let all: Vec<&Simulation> = std::iter::once(base).chain(others).collect();
    let stage = |(name, title): (String, String)| FunnelsRow {
        label: Phrase::Name(title),
        shares: all.iter().map(|one| reached(one, &name)).collect(),
    };
    let mut rows: Vec<FunnelsRow> = stages(&all).into_iter().map(stage).collect();
    let won = |one: &&Simulation| one.value(&Key::new(Kpi::LeadToWin, Stat::Share));
    rows.push(FunnelsRow { label: Contrast::Won.into(), shares: all.iter().map(won).collect() });
    let names: Vec<Option<String>> =
        alternatives.iter().map(|one| name_of(comparison, one)).collect();
    let alone = alternatives.iter().map(|one| short_name(comparison, one));
    let called = std::iter::once(comparison.base.name.clone()).chain(alone);
    let counted = [Contrast::SharesOfArrived.into(), seen(base)];
    let subtitle = other_window(&alternatives).into_iter().chain(counted).collect();
    Some(Chart::Funnels(FunnelsChart {
        title: title(&rows, &names),
        subtitle,
        names: called.map(Phrase::Name).collect(),
        rows,
    }))
}

/// Whether at least half of the stages of two models are in both.
fn shares_stages(base: &Simulation, other: &Simulation) -> bool {
    let (base, other) = (&base.program.stages, &other.program.stages);
    let is_there = |name: &str| other.iter().any(|stage| stage.name == name);
    let shared = base.iter().filter(|stage| is_there(&stage.name)).count();
    2 * shared >= base.len() + other.len() - shared
}

/// The names and titles of the stages of all models: those of the base, and each other one behind the stage that it
/// follows in its model.
fn stages(all: &[&Simulation]) -> Vec<(String, String)> {
    let mut stages: Vec<(String, String)> = Vec::new();
    for simulation in all {
        let mut next = 0;
        for stage in &simulation.program.stages {
            let known = stages.iter().position(|(name, _)| *name == stage.name);
            if known.is_none() {
                stages.insert(next, (stage.name.clone(), stage.title.clone()));
            }
            next = known.unwrap_or(next) + 1;
        }
    }
    stages
}

/// Deals that came to a stage for each one that arrived, without their later visits.
fn reached(simulation: &Simulation, stage: &str) -> Option<f64> {
    let visits = |stat| simulation.value(&Key::new(Kpi::Visits, stat).stage(stage));
    let arrived = simulation.value(&Key::new(Kpi::Intake, Stat::Total)).filter(|all| *all > 0.0)?;
    Some(visits(Stat::First).or_else(|| visits(Stat::Total))? / arrived)
}

/// The greatest difference between the base and an alternative.
fn title(rows: &[FunnelsRow], names: &[Option<String>]) -> Finding {
    let mut widest: Option<(&FunnelsRow, usize, [f64; 2])> = None;
    let size = |[base, other]: [f64; 2]| (other - base).abs();
    for row in rows {
        for (at, other) in row.shares[1..].iter().enumerate() {
            let (Some(base), Some(other)) = (row.shares[0], *other) else { continue };
            if widest.is_none_or(|(_, _, pair)| size([base, other]) > size(pair)) {
                widest = Some((row, at, [base, other]));
            }
        }
    }
    let found = match widest {
        Some((row, at, pair)) if size(pair) >= HARDLY => Contrast::Reached {
            stage: match &row.label {
                Phrase::Name(stage) => Some(stage.clone()),
                _ => None,
            },
            base: share(pair[0]),
            share: share(pair[1]),
            other: names[at].clone(),
        },
        widest => {
            let most = widest.map_or(0.0, |(_, _, pair)| size(pair));
            Contrast::FunnelsAlike(Number::new(most, Kind::Points))
        }
    };
    Finding::Contrast(Box::new(found))
}
