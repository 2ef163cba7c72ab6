//! Elasticities: by how many percent a figure changes if a parameter is one percent greater.

use super::parameter::{Parameter, Shift};
use super::{Bar, Change, Effect, Known, theory};
use crate::kpi::{Figure, Key, Row};
use crate::model::Model;
use crate::program::Program;
use crate::stats::Estimate;
use crate::study::solve;

/// The longest step of a derivative, relative to the parameter.
const LONGEST: f64 = 0.1;
/// How often it is halved.
const HALVED: usize = 2;

/// The elasticity of a figure with respect to a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Elasticity {
    /// Its value. Simulated, it is the mean over the bar, with an interval that is at least as wide
    /// as it must be.
    pub value: Estimate,
    /// How it is known.
    pub source: Source,
}

/// How an elasticity is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// As the derivative of the exact figure of the window.
    Window,
    /// As the derivative of the exact figure in the long run.
    LongRun,
    /// From simulated changes.
    Simulated,
}

/// The elasticities of the figures; `None` where a figure or the parameter has none.
pub(super) fn of(
    model: &Model,
    bar: &Bar,
    keys: &[Key],
    (window, long): (&[Option<Known>], &[Option<Known>]),
) -> Vec<Option<Elasticity>> {
    let in_window = |model: &Model| theory(model, keys);
    let in_long_run = |model: &Model| long_run(model, keys);
    let mut found = vec![None; keys.len()];
    if window.iter().any(Option::is_some) {
        found = derivative(model, &bar.parameter, Source::Window, &in_window);
    }
    let is_missing =
        |(found, long): (&Option<Elasticity>, &Option<Known>)| found.is_none() && long.is_some();
    if found.iter().zip(long).any(is_missing) {
        let others = derivative(model, &bar.parameter, Source::LongRun, &in_long_run);
        found = found.into_iter().zip(others).map(|(one, other)| one.or(other)).collect();
    }
    let each = found.into_iter().enumerate();
    each.map(|(at, exact)| exact.or_else(|| over_the_bar(bar, at))).collect()
}

/// The figures of the long run that theory knows of a model, by key.
pub(super) fn long_run(model: &Model, keys: &[Key]) -> Vec<Option<Known>> {
    let rows = solve::in_long_run(&Program::outline(model));
    let figure = |key: &Key| match Row::find(&rows, key)?.figure {
        Figure::Exact(value) => Some(Known { value, error: 0.0 }),
        _ => None,
    };
    keys.iter().map(figure).collect()
}

/// The logarithmic derivative of what theory knows: central differences at steps that are halved,
/// extrapolated to none (Richardson). The half-width bounds the error: what the last extrapolation
/// changed, and the errors of the figures.
fn derivative(
    model: &Model,
    parameter: &Parameter,
    source: Source,
    figures: &dyn Fn(&Model) -> Vec<Option<Known>>,
) -> Vec<Option<Elasticity>> {
    let at = |factor: f64| {
        let changed = parameter.changed(model, &Shift::Times(factor));
        changed.map(|model| figures(&model))
    };
    let step = |halved: usize| {
        let step = LONGEST.min(parameter.room(model) / 2.0) / 2_f64.powi(halved as i32);
        let run = (1.0 + step).ln() - (1.0 - step).ln();
        Some(Step { less: at(1.0 - step)?, more: at(1.0 + step)?, run })
    };
    let Some(steps) = (0..=HALVED).map(step).collect::<Option<Vec<Step>>>() else {
        return vec![None; figures(model).len()];
    };
    let elasticity = |at: usize| {
        let slopes = steps.iter().map(|step| step.slope(at)).collect::<Option<Vec<_>>>()?;
        let error = slopes.last()?.1;
        let mut values: Vec<f64> = slopes.into_iter().map(|(slope, _)| slope).collect();
        let mut change = 0.0;
        for order in 1..=HALVED {
            let gain = 4_f64.powi(order as i32);
            let finer = |pair: &[f64]| (gain * pair[1] - pair[0]) / (gain - 1.0);
            let next: Vec<f64> = values.windows(2).map(finer).collect();
            change = (next[next.len() - 1] - values[values.len() - 1]).abs();
            values = next;
        }
        // Extrapolation can double the errors of the slopes.
        let half_width = Some(change + 2.0 * error);
        let value = Estimate { value: values.last().copied(), half_width, level: 1.0 };
        Some(Elasticity { value, source })
    };
    (0..steps[0].less.len()).map(elasticity).collect()
}

/// The figures at two ends of a step, and how far they are apart in the logarithm of the parameter.
struct Step {
    less: Vec<Option<Known>>,
    more: Vec<Option<Known>>,
    run: f64,
}

impl Step {
    /// The logarithmic slope of a figure, and a bound of its error.
    fn slope(&self, at: usize) -> Option<(f64, f64)> {
        let (less, more) = (self.less[at]?, self.more[at]?);
        let slope = (more.value / less.value).ln() / self.run;
        let error = (more.error / more.value.abs() + less.error / less.value.abs()) / self.run;
        (slope.is_finite() && error.is_finite()).then_some((slope, error))
    }
}

/// The slope between the ends of a bar, or from the base to its only end.
fn over_the_bar(bar: &Bar, at: usize) -> Option<Elasticity> {
    let mut rise = (0.0, 0.0);
    let mut run = 0.0;
    let mut level = 0.0;
    for (effect, sign) in bar.ends.iter().zip([-1.0, 1.0]) {
        let Some(Effect { shift: Shift::Times(factor), changes, .. }) = effect else { continue };
        let Change { relative, .. } = (*changes.get(at)?)?;
        let grown = 1.0 + relative.value?;
        (grown > 0.0).then_some(())?;
        rise = (rise.0 + sign * grown.ln(), rise.1 + relative.half_width? / grown);
        run += sign * factor.ln();
        level = relative.level;
    }
    (run > 0.0).then(|| Elasticity {
        value: Estimate { value: Some(rise.0 / run), half_width: Some(rise.1 / run), level },
        source: Source::Simulated,
    })
}
