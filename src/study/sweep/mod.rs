//! `sweep`: the figures of a model at many points, and what they say together.
//!
//! If theory knows the main figures of all points, none is simulated ([`solved`]). Else every point
//! is simulated with the same seed and replication numbers, so two points are compared in pairs of
//! replications ([`super::difference`]). Where theory knows a figure it stands in place of the
//! estimate. All comparisons of all pairs of points together are wrong no more often than the
//! level says (Bonferroni).

mod axis;
mod compare;
mod design;
mod pareto;
mod sobol;
mod solved;

pub use axis::{Axis, AxisFault, MOST_VALUES};
pub use compare::{Best, Compared, Settles};
pub use design::{Design, DesignFault, MOST_POINTS, changes, points};
pub use pareto::{Objective, Pareto};
pub use sobol::MOST_DIMENSIONS;
pub use solved::{shown, solved};

use std::collections::HashMap;

use compare::Comparison;
use rayon::prelude::*;

use super::compare::is_main;
use super::conclude::conclude as results;
use super::cross_check::{Apart, compare as check, theory};
use super::failure::Failure;
use super::observations::{Frame, Observations};
use super::options::Options;
use crate::diagnostic::Problem;
use crate::kpi::{Figure, Key, Kpi, Row, Scope};
use crate::model::Model;
use crate::program::Program;

/// The KPIs of a sweep that names none.
pub const USUAL: [Kpi; 7] = [
    Kpi::WinRate,
    Kpi::SalesCycle,
    Kpi::QueueTime,
    Kpi::Throughput,
    Kpi::Utilization,
    Kpi::Bookings,
    Kpi::CostPerWon,
];

/// A point that was tried. All points of a sweep are simulated, or none is.
#[derive(Debug)]
pub struct Tried {
    /// Its values, in the order of the axes.
    pub values: Vec<String>,
    /// The model there.
    pub model: Model,
    /// What was found.
    pub found: Found,
}

/// What was found at a point.
#[derive(Debug)]
pub enum Found {
    /// The observations of a simulation.
    Observed(Box<Observations>),
    /// The figures that theory knows.
    Solved(Vec<Row>),
}

impl Found {
    /// What was observed, if the point was simulated.
    pub fn observations(&self) -> Option<&Observations> {
        match self {
            Found::Observed(observations) => Some(observations),
            Found::Solved(_) => None,
        }
    }
}

/// A point that is no valid model.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Its values, in the order of the axes.
    pub values: Vec<String>,
    /// What is wrong with it.
    pub problem: Problem,
}

/// The figures of a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its values, in the order of the axes.
    pub values: Vec<String>,
    /// Its figures, of the whole process and of each role.
    pub rows: Vec<Row>,
    /// Figures on which simulation and theory disagree.
    pub apart: Vec<Apart>,
}

impl Point {
    /// The figure at a key.
    pub fn find(&self, key: &Key) -> Option<&Row> {
        Row::find(&self.rows, key)
    }

    /// The value at a key.
    pub fn value(&self, key: &Key) -> Option<f64> {
        self.find(key)?.figure.value()
    }
}

/// The result of a sweep.
#[derive(Debug)]
#[must_use]
pub struct Sweep {
    /// The model at the first point: for its names and its window.
    pub program: Program,
    /// What varies.
    pub axes: Vec<Axis>,
    /// The points, in the order in which they were tried.
    pub points: Vec<Point>,
    /// Points that are no valid models.
    pub left_out: Vec<LeftOut>,
    /// The main figures, and what their comparison over the points says.
    pub compared: Vec<Compared>,
    /// Whether the points were simulated.
    pub simulated: bool,
    /// The points that no other one dominates, if objectives were named.
    pub pareto: Option<Pareto>,
    /// The options of all runs.
    pub options: Options,
}

/// The options with which each point is observed: the usual KPIs if none are named, and those of
/// the objectives; no figures of single periods.
pub fn options(base: Options, objectives: &[Objective]) -> Options {
    let mut kpis = if base.kpis.is_empty() { USUAL.to_vec() } else { base.kpis };
    kpis.extend(objectives.iter().map(|objective| objective.kpi()));
    kpis.sort_unstable();
    kpis.dedup();
    let figures = crate::tally::figures::Options { every: Vec::new(), ..base.figures };
    Options { kpis, figures, ..base }
}

/// Whether these are all observations that a run of the model with these options makes.
pub fn is_of(observations: &Observations, model: &Model, options: &Options) -> bool {
    let Ok(frame) = Frame::kept(model, options) else { return false };
    let first = observations.outcomes.first().map(|outcome| outcome.number);
    observations.check(&frame).is_ok()
        && observations.replications() == options.replications
        && first == Some(options.first)
}

/// What the points say; there must be at least one.
///
/// # Errors
/// Those of observations that do not fit their model.
pub fn conclude(
    axes: Vec<Axis>,
    tried: &[Tried],
    left_out: Vec<LeftOut>,
    objectives: &[Objective],
    options: &Options,
) -> Result<Option<Sweep>, Failure> {
    let points = tried.par_iter().map(|one| point(one, options)).collect::<Result<Vec<_>, _>>()?;
    let Some(program) = tried.first().map(|one| Program::compile(&one.model)) else {
        return Ok(None);
    };
    let keys = main_keys(&points);
    let comparison = Comparison::new(tried, &points, &keys, options)?;
    let compared = keys.iter().map(|key| comparison.of(key, &axes)).collect();
    let pareto = (!objectives.is_empty()).then(|| pareto::front(objectives, &comparison));
    let simulated = tried.iter().any(|one| one.found.observations().is_some());
    let options = options.clone();
    Ok(Some(Sweep { program, axes, points, left_out, compared, simulated, pareto, options }))
}

/// The figures of a point: exact where theory knows them.
fn point(one: &Tried, options: &Options) -> Result<Point, Failure> {
    let observations = match &one.found {
        Found::Observed(observations) => observations,
        Found::Solved(rows) => {
            return Ok(Point { values: one.values.clone(), rows: rows.clone(), apart: Vec::new() });
        }
    };
    let simulation = results(&one.model, observations, options)?;
    let known = theory(&simulation);
    let apart = check(&simulation, &known).map(|check| check.apart).unwrap_or_default();
    let exact: HashMap<&Key, &Figure> =
        known.iter().map(|known| (&known.row.key, &known.row.figure)).collect();
    let mut rows = simulation.rows;
    rows.retain(|row| row.is_of_all() || row.key.scope == Scope::Role);
    for row in &mut rows {
        if let Some(figure) = exact.get(&row.key) {
            row.figure = (*figure).clone();
        }
    }
    Ok(Point { values: one.values.clone(), rows, apart })
}

/// The main figures that any point has, in the order of its rows.
fn main_keys(points: &[Point]) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for row in points.iter().flat_map(|point| &point.rows) {
        if is_main(&row.key) && !keys.contains(&row.key) {
            keys.push(row.key.clone());
        }
    }
    keys
}
