//! All parameters of a model changed at once, each over its range.

use super::indices::{Index, sobol};
use super::morris::{Screened, morris};
use super::parameter::{Parameter, Shift};
use super::{keys, results, theory};
use crate::kpi::{Figure, Key, Row};
use crate::model::Model;
use crate::program::Program;
use crate::study::failure::Failure;
use crate::study::observations::Observations;
use crate::study::options::Options;
use crate::study::sweep::{Axis, Objective, changes};

/// The method of a global study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// So many trajectories.
    Morris(usize),
    /// So many samples.
    Sobol(usize),
}

impl Method {
    /// The number of models that it tries.
    pub fn points(self, parameters: usize) -> usize {
        match self {
            Method::Morris(trajectories) => trajectories * (parameters + 1),
            Method::Sobol(samples) => samples * (parameters + 2),
        }
    }
}

/// What a global study says.
#[derive(Debug)]
#[must_use]
pub struct Global {
    /// The model, compiled.
    pub program: Program,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The figures.
    pub keys: Vec<Key>,
    /// For each figure and parameter.
    pub scores: Scores,
    /// The number of models that were tried.
    pub points: usize,
    /// Whether anything was simulated.
    pub simulated: bool,
    /// The options of all runs.
    pub options: Options,
}

/// The results of a method, for each figure and parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Scores {
    /// Of Morris' screening.
    Morris(Vec<Vec<Screened>>),
    /// Sobol's indices.
    Sobol(Vec<Vec<Index>>),
}

/// The parameters and their ranges.
pub enum Space<'a> {
    /// All parameters of the model, each less and more by this share; people by one.
    Around(&'a Model, f64),
    /// Values of paths; the function loads the model at a point.
    Axes(&'a [Axis], &'a dyn Fn(&[crate::model::Override]) -> Option<Model>),
}

impl Space<'_> {
    /// The parameters that can be less and more.
    pub fn parameters(&self) -> Vec<Parameter> {
        match self {
            Space::Axes(axes, _) => {
                axes.iter().map(|axis| Parameter::Path(axis.path.clone())).collect()
            }
            Space::Around(model, by) => {
                let all = Parameter::all(model).into_iter();
                let moves = |one: &Parameter| {
                    let shift = shift(one, 1.0, *by).unwrap_or(Shift::People(1));
                    one.changed(model, &shift).is_some()
                };
                all.filter(moves).collect()
            }
        }
    }

    /// The model at a point of the unit cube; `None` if it is no valid one.
    fn at(&self, parameters: &[Parameter], point: &[f64]) -> Option<Model> {
        match self {
            Space::Axes(axes, load) => {
                let values: Vec<String> =
                    axes.iter().zip(point).map(|(axis, share)| axis.at(*share)).collect();
                load(&changes(axes, &values))
            }
            Space::Around(model, by) => {
                let mut model = (*model).clone();
                for (parameter, share) in parameters.iter().zip(point) {
                    // Where nothing changes, the model stays as it is.
                    let changed = shift(parameter, *share, *by)
                        .and_then(|shift| parameter.changed(&model, &shift));
                    model = changed.unwrap_or(model);
                }
                Some(model)
            }
        }
    }
}

/// The change of a parameter at a share of its range; `None` at the place of the base.
fn shift(parameter: &Parameter, share: f64, by: f64) -> Option<Shift> {
    if parameter.is_of_people() {
        // Three values, equally likely.
        let more = ((share * 3.0).floor() as i64).min(2) - 1;
        return (more != 0).then_some(Shift::People(more));
    }
    Some(Shift::Times(1.0 + by * (2.0 * share - 1.0)))
}

/// Studies all parameters at once; `observe` simulates a model with options.
///
/// # Errors
/// Those of `observe`; a point without a valid model, or with a figure that has no value there.
pub fn study<E: From<Failure> + From<NoValue>>(
    model: &Model,
    space: &Space<'_>,
    method: Method,
    (objectives, options): (&[Objective], &Options),
    mut observe: impl FnMut(&Model, &Options) -> Result<Observations, E>,
) -> Result<Global, E> {
    let parameters = space.parameters();
    let keys = &keys(objectives)[..objectives.len()];
    let mut simulated = false;
    let mut figures = |model: &Model| -> Result<Vec<Option<f64>>, E> {
        let mut values: Vec<Option<f64>> =
            theory(model, keys).iter().map(|known| known.map(|known| known.value)).collect();
        if values.iter().any(Option::is_none) {
            simulated = true;
            let observations = observe(model, options)?;
            let rows = results(model, &observations, options)?.rows;
            for (value, key) in values.iter_mut().zip(keys) {
                let row = Row::find(&rows, key).map(|row| &row.figure);
                *value = value.or(row.and_then(Figure::value));
            }
        }
        Ok(values)
    };
    // A KPI that the model does not have has no figure.
    let has: Vec<bool> = figures(model)?.iter().map(Option::is_some).collect();
    let mut evaluate = |point: &[f64]| -> Result<Vec<f64>, E> {
        let model = space.at(&parameters, point).ok_or(NoValue::NoModel)?;
        let values = figures(&model)?.into_iter().zip(&has).filter(|(_, has)| **has);
        let value = |(value, _): (Option<f64>, _)| value.filter(|value: &f64| value.is_finite());
        Ok(values.map(value).collect::<Option<Vec<f64>>>().ok_or(NoValue::NoFigure)?)
    };
    let by = (options.seed, options.figures.level);
    let count = parameters.len();
    let scores = match method {
        Method::Morris(trajectories) => {
            Scores::Morris(morris(count, trajectories, by, &mut evaluate)?)
        }
        Method::Sobol(samples) => Scores::Sobol(sobol(count, samples, by, &mut evaluate)?),
    };
    let kept = keys.iter().zip(&has).filter(|(_, has)| **has).map(|(key, _)| key.clone());
    Ok(Global {
        program: Program::compile(model),
        keys: kept.collect(),
        points: method.points(count),
        parameters,
        scores,
        simulated,
        options: options.clone(),
    })
}

/// Why a point has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoValue {
    /// It is no valid model.
    NoModel,
    /// A figure has no value there.
    NoFigure,
}
