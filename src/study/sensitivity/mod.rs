//! `sensitivity`: which parameters of a model matter, how much, and what one more of something is worth.
//!
//! Each parameter is changed on its own, down and up, and the change of a figure is that of paired
//! replications with the same random numbers ([`super::difference`]). Where theory knows the figure
//! of both models, the change is exact and nothing is simulated for it. A change counts only if it
//! is beyond chance for all changes of all figures together (Bonferroni).
//!
//! A change of one parameter at a time shows no interactions. [`global`] changes all of them over
//! their ranges: Morris' screening and Sobol's indices.

mod elasticity;
pub mod global;
mod indices;
mod morris;
mod parameter;
mod ranking;
mod trials;

pub use elasticity::{Elasticity, Source};
pub use indices::{Index, sobol};
pub use morris::{Screened, morris};
pub use parameter::{Parameter, Shift};
pub use trials::{End, Purpose, Trial, between, one_more, tornado};

use rayon::prelude::*;

use super::conclude::conclude as results;
use super::difference::{self, Side, Verdict};
use super::failure::Failure;
use super::observations::Observations;
use super::options::Options;
use super::solve::of_window;
use super::sweep::Objective;
use crate::kpi::{Figure, Key, Kpi, Row};
use crate::model::Model;
use crate::program::Program;
use crate::stats::Estimate;

/// Exact figures this close, relative to them, are the same: the rest is rounding.
const ROUNDING: f64 = 1e-9;

/// What the figures of a model depend on.
#[derive(Debug)]
#[must_use]
pub struct Sensitivity {
    /// The model, compiled.
    pub program: Program,
    /// The figures: those that were asked for, then the cost if the model has one.
    pub figures: Vec<Base>,
    /// How many of the figures were asked for.
    pub objectives: usize,
    /// The parameters that were changed, in the order of the model.
    pub bars: Vec<Bar>,
    /// What one more of something does.
    pub one_more: Vec<Effect>,
    /// How many changes of figures were judged together.
    pub compared: usize,
    /// Whether anything was simulated.
    pub simulated: bool,
    /// The options of all runs.
    pub options: Options,
}

/// A figure of the model itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// The figure.
    pub key: Key,
    /// Its value, with an interval if it is simulated.
    pub value: Estimate,
    /// Whether theory knows it.
    pub exact: bool,
}

/// A parameter with its changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The parameter.
    pub parameter: Parameter,
    /// What less of it does, and what more does; `None` where it cannot be less or more.
    pub ends: [Option<Effect>; 2],
    /// The elasticity of each figure; `None` where it has none.
    pub elasticities: Vec<Option<Elasticity>>,
}

/// What a change does to each figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// The parameter.
    pub parameter: Parameter,
    /// How it changed.
    pub shift: Shift,
    /// The change of each figure; `None` where it has no value.
    pub changes: Vec<Option<Change>>,
}

/// The change of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Changed − base, in the unit of the figure.
    pub absolute: Estimate,
    /// Changed / base − 1.
    pub relative: Estimate,
    /// What it means, with all changes of all figures in mind.
    pub verdict: Verdict,
    /// Whether theory knows it.
    pub exact: bool,
}

/// The KPIs of a study that names none: orders in money or number, the time and the cost of one.
pub fn usual(model: &Model) -> Vec<Objective> {
    let has_value = !model.value.is_empty();
    let orders = if has_value { Kpi::Bookings } else { Kpi::Throughput };
    [orders, Kpi::SalesCycle, Kpi::CostPerWon].into_iter().filter_map(Objective::of).collect()
}

/// The options with which each model is observed: the KPIs of the objectives and the cost.
pub fn options(base: Options, objectives: &[Objective]) -> Options {
    let cost = std::iter::once(Kpi::Cost);
    let mut kpis: Vec<Kpi> = objectives.iter().map(|one| one.kpi()).chain(cost).collect();
    kpis.sort_unstable();
    kpis.dedup();
    let figures = crate::tally::figures::Options { every: Vec::new(), ..base.figures };
    Options { kpis, figures, ..base }
}

/// Tries each change on its own; `observe` simulates a model with options.
///
/// # Errors
/// Those of `observe`, and of runs that cannot be compared.
pub fn sensitivity<E: From<Failure>>(
    model: &Model,
    trials: &[Trial],
    objectives: &[Objective],
    options: &Options,
    mut observe: impl FnMut(&Model, &Options) -> Result<Observations, E>,
) -> Result<Sensitivity, E> {
    let mut keys = keys(objectives);
    let mut known = theory(model, &keys);
    // Nothing is simulated for the cost alone.
    if known.len() > objectives.len() && known[..objectives.len()].iter().all(Option::is_some) {
        let needed = known.last().is_some_and(Option::is_some);
        let count = objectives.len() + usize::from(needed);
        keys.truncate(count);
        known.truncate(count);
    }
    let mut judge = Judge { model, known, observed: None, compared: 1, options, keys };
    let base = judge.base(&mut observe)?;
    // A KPI that the model does not have has no figure.
    let has: Vec<bool> = base.iter().map(|one| one.value.value.is_some()).collect();
    let kept = |at: &usize| has[*at];
    judge.keys = (0..has.len()).filter(kept).map(|at| judge.keys[at].clone()).collect();
    judge.known = (0..has.len()).filter(kept).map(|at| judge.known[at]).collect();
    judge.compared = (judge.keys.len() * trials.len()).max(1);
    let mut bars: Vec<Bar> = Vec::new();
    let mut one_more = Vec::new();
    let is_known = judge.known.iter().any(Option::is_some);
    let theory = |trial: &Trial| {
        if is_known { theory(&trial.model, &judge.keys) } else { vec![None; judge.keys.len()] }
    };
    let known: Vec<Vec<Option<Known>>> = trials.par_iter().map(theory).collect();
    for (trial, known) in trials.iter().zip(known) {
        let effect = judge.effect(trial, known, &mut observe)?;
        match trial.purpose {
            Purpose::OneMore => one_more.push(effect),
            Purpose::Bar(end) => {
                let at = bars.iter().position(|bar| bar.parameter == trial.parameter);
                let at = at.unwrap_or_else(|| {
                    let parameter = trial.parameter.clone();
                    bars.push(Bar { parameter, ends: [None, None], elasticities: Vec::new() });
                    bars.len() - 1
                });
                bars[at].ends[end as usize] = Some(effect);
            }
        }
    }
    let long_run = elasticity::long_run(model, &judge.keys);
    bars.par_iter_mut().for_each(|bar| {
        bar.elasticities = elasticity::of(model, bar, &judge.keys, (&judge.known, &long_run));
    });
    let wanted = has.iter().take(objectives.len()).filter(|has| **has).count();
    Ok(Sensitivity {
        program: Program::compile(model),
        figures: base.into_iter().filter(|one| one.value.value.is_some()).collect(),
        objectives: wanted,
        bars,
        one_more,
        compared: judge.compared,
        simulated: judge.observed.is_some(),
        options: options.clone(),
    })
}

/// The main figures of the objectives, and the cost.
fn keys(objectives: &[Objective]) -> Vec<Key> {
    let mut keys: Vec<Key> = objectives.iter().filter_map(|objective| objective.key()).collect();
    let cost = Objective::of(Kpi::Cost).and_then(Objective::key);
    keys.extend(cost.filter(|cost| !keys.contains(cost)));
    keys
}

/// A figure that theory knows.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Known {
    value: f64,
    /// A bound of its error.
    error: f64,
}

/// The figures of the window that theory knows of a model, by key.
fn theory(model: &Model, keys: &[Key]) -> Vec<Option<Known>> {
    let known = of_window(&Program::outline(model));
    let figure = |key: &Key| match Row::find(&known, key)?.figure {
        Figure::Exact(value) => Some(Known { value, error: 0.0 }),
        Figure::Numerical { value, error } => Some(Known { value, error }),
        _ => None,
    };
    keys.iter().map(figure).collect()
}

/// Compares changed models with one.
struct Judge<'a> {
    model: &'a Model,
    keys: Vec<Key>,
    /// What theory knows of it.
    known: Vec<Option<Known>>,
    observed: Option<Observations>,
    compared: usize,
    options: &'a Options,
}

impl Judge<'_> {
    /// The figures of the model itself.
    fn base<E: From<Failure>>(
        &mut self,
        observe: &mut impl FnMut(&Model, &Options) -> Result<Observations, E>,
    ) -> Result<Vec<Base>, E> {
        let mut rows = Vec::new();
        if self.known.iter().any(Option::is_none) {
            let observations = observe(self.model, self.options)?;
            rows = results(self.model, &observations, self.options)?.rows;
            self.observed = Some(observations);
        }
        let level = self.options.figures.level;
        let figure = |(key, known): (&Key, &Option<Known>)| {
            let simulated = || match Row::find(&rows, key)?.figure {
                Figure::Estimate(estimate) => Some(estimate),
                _ => None,
            };
            let exact = known.map(|known| Estimate {
                value: Some(known.value),
                half_width: Some(known.error),
                level,
            });
            let value = exact.or_else(simulated).unwrap_or(Estimate::none(level));
            Base { key: key.clone(), value, exact: known.is_some() }
        };
        Ok(self.keys.iter().zip(&self.known).map(figure).collect())
    }

    fn effect<E: From<Failure>>(
        &mut self,
        trial: &Trial,
        known: Vec<Option<Known>>,
        observe: &mut impl FnMut(&Model, &Options) -> Result<Observations, E>,
    ) -> Result<Effect, E> {
        let both: Vec<Option<(Known, Known)>> =
            self.known.iter().zip(known).map(|(old, new)| (*old).zip(new)).collect();
        let mut simulated = Vec::new();
        if both.iter().any(Option::is_none) {
            let old = match self.observed.take() {
                Some(observed) => observed,
                None => observe(self.model, self.options)?,
            };
            let new = observe(&trial.model, self.options)?;
            simulated = self.simulated(&old, Side { model: &trial.model, observations: &new })?;
            self.observed = Some(old);
        }
        let change = |(at, both): (usize, &Option<(Known, Known)>)| match both {
            Some((old, new)) => Some(self.certain(&self.keys[at], *old, *new)),
            None => simulated.get(at).copied().flatten(),
        };
        let changes = both.iter().enumerate().map(change).collect();
        let Trial { parameter, shift, .. } = trial;
        Ok(Effect { parameter: parameter.clone(), shift: shift.clone(), changes })
    }

    /// The change between two figures that theory knows.
    fn certain(&self, key: &Key, old: Known, new: Known) -> Change {
        let level = self.options.figures.level;
        let (old_size, largest) = (old.value.abs(), old.value.abs().max(new.value.abs()));
        let error = old.error + new.error + ROUNDING * largest;
        let of =
            |value: Option<f64>, error: f64| Estimate { value, half_width: Some(error), level };
        let absolute = of(Some(new.value - old.value), error);
        let relative = (old_size > 0.0).then(|| new.value / old.value - 1.0);
        Change {
            absolute,
            relative: of(relative, error / old_size),
            verdict: Verdict::of(&absolute, key.good(), largest),
            exact: true,
        }
    }

    /// The changes of all figures between two runs.
    fn simulated(&self, old: &Observations, new: Side<'_>) -> Result<Vec<Option<Change>>, Failure> {
        let base = Side { model: self.model, observations: old };
        let alone = difference::of(base, new, self.options)?.both;
        let mut strict = self.options.clone();
        strict.figures.level = 1.0 - (1.0 - self.options.figures.level) / self.compared as f64;
        let strict = difference::of(base, new, &strict)?.both;
        let change = |key: &Key| {
            let at = alone.iter().position(|one| one.key == *key)?;
            let (absolute, relative) = (alone[at].absolute, alone[at].relative);
            absolute.value?;
            Some(Change { absolute, relative, verdict: strict[at].verdict, exact: false })
        };
        Ok(self.keys.iter().map(change).collect())
    }
}

#[cfg(test)]
mod tests;
