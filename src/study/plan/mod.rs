//! `plan`: the cheapest plan, people above all, that meets its targets.
//!
//! The targets are the expectations of the model. A plan is judged with more and more replications
//! until each target is decided; the level holds for all decisions together, whichever plans are
//! tried. So with that probability the plan that is found is the cheapest one that meets the targets,
//! as far as costs follow the salaries. Plans so near to a limit that the difference does not matter
//! are an exception: they lie in an indifference zone (Bechhofer 1954; Kim and Nelson 2006, *Handbooks in Operations
//! Research and Management Science* 13; Andradóttir and Kim 2010, *Naval Research Logistics* 57,
//! for limits).

mod judge;
mod ranges;
mod search;
mod target;

pub use judge::{Certainty, Judged};
pub use ranges::{Choice, Range, count, ranges};
pub use target::{TargetFault, expectation};

use std::collections::HashMap;

use search::Search;

use super::expectations::{Judgement, unseen};
use super::simulate::Simulation;
use super::sweep::{Objective, changes};
use crate::model::{Model, Override};
use crate::program::Program;
use crate::stats::Estimate;

/// More plans are not considered.
pub const MOST_PLANS: usize = 100_000;

/// The options of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The options of each run, with the level of all decisions together.
    pub base: super::simulate::Options,
    /// The replications of the first look.
    pub first: u64,
    /// The most replications of a plan.
    pub budget: u64,
    /// The half-width of the zone around a limit in which a plan may be judged either way: percentage
    /// points for shares and chances, else a part of the limit.
    pub zone: f64,
    /// What should be as low as possible; a total over the window is taken per month.
    pub aim: Objective,
    /// Whether every plan that could be cheaper is tried, without assuming that more people never make a target worse.
    pub every: bool,
}

/// A plan that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Its values, in the order of the ranges.
    pub values: Vec<String>,
    /// The same as indices.
    pub choice: Choice,
    /// How many people the ranges give it.
    pub people: f64,
    /// Its cost for a month, or the other aim; without a value if the model has none.
    pub cost: Estimate,
    /// Its targets; empty if it is no valid model.
    pub judged: Vec<Judged>,
    /// How many replications it took.
    pub replications: u64,
    /// Whether it was given up because it costs more than the best plan so far.
    pub dearer: bool,
    /// The share of their time that the people of each role work.
    pub load: HashMap<String, f64>,
}

impl Tried {
    /// Whether it meets all targets.
    pub fn accepted(&self) -> bool {
        !self.dearer && !self.judged.is_empty() && self.judged.iter().all(|judged| judged.met)
    }
}

/// The result of a search.
#[derive(Debug)]
#[must_use]
pub struct Plan<'m> {
    /// The model, compiled.
    pub program: Program,
    /// What could vary.
    pub ranges: Vec<Range>,
    /// The plans that were tried, in that order.
    pub tried: Vec<Tried>,
    /// The best one.
    pub best: Option<usize>,
    /// A run of it, with all KPIs.
    pub run: Option<Simulation>,
    /// How many plans there are.
    pub plans: usize,
    /// The targets, as expectations without a result.
    pub targets: Vec<Judgement<'m>>,
    /// The options.
    pub options: Options,
}

/// Searches the cheapest plan that meets the expectations of a model. `load` makes a changed model,
/// and `simulate` runs one with options.
///
/// # Errors
/// Those of `simulate`.
pub fn plan<'m, E>(
    model: &'m Model,
    ranges: Vec<Range>,
    options: &Options,
    load: &dyn Fn(&[Override]) -> Option<Model>,
    mut simulate: impl FnMut(&Model, &super::simulate::Options) -> Result<Simulation, E>,
) -> Result<Plan<'m>, E> {
    let aims = (options, model.expectations.len());
    let mut search = Search::new(&ranges, load, &mut simulate, aims);
    let best = search.run()?;
    let tried = std::mem::take(&mut search.tried);
    let axes: Vec<_> = ranges.iter().map(|range| range.axis.clone()).collect();
    let chosen = best.and_then(|best| load(&changes(&axes, &tried[best].values)));
    let mut full = super::simulate::Options { kpis: Vec::new(), ..options.base.clone() };
    full.figures.keep_replications = true;
    let run = chosen.map(|model| simulate(&model, &full)).transpose()?;
    let targets = model.expectations.iter().enumerate().map(|(at, expectation)| {
        let unit = tried.iter().find_map(|tried| Some(tried.judged.get(at)?.unit));
        let none = unseen(expectation, options.base.figures.level);
        Judgement { unit: unit.unwrap_or(none.unit), ..none }
    });
    let targets = targets.collect();
    Ok(Plan {
        targets,
        program: Program::compile(model),
        plans: count(&ranges),
        ranges,
        tried,
        best,
        run,
        options: options.clone(),
    })
}

#[cfg(test)]
mod tests;
