//! Totals of the window as people read them: per month.

use super::phrase::{FigureName, Statistic, Thing};
use crate::kpi::{Key, Per};
use crate::program::Program;
use crate::quantity::MONTH_DAYS;
use crate::stats::Estimate;

/// The name of a figure; a total of the window is told per month.
pub(super) fn name(program: &Program, key: &Key) -> FigureName {
    let monthly = months(program, key).map(|_| key.clone().per(Per::Month));
    let key = monthly.as_ref().unwrap_or(key);
    FigureName { statistic: Statistic::of(key, program), thing: Thing::of(key, program) }
}

/// The months of the window, for a total over it that has an end.
pub(super) fn months(program: &Program, key: &Key) -> Option<f64> {
    let is_total = key.per == Some(Per::Window) && !program.window.until_empty();
    let window = &program.window;
    let days = (window.end - window.start).days();
    (is_total && days > 0.0).then_some(days / MONTH_DAYS)
}

/// A figure or its change; a total of the window is told per month.
pub(super) fn told(program: &Program, key: &Key, estimate: &Estimate) -> Estimate {
    months(program, key).map_or(*estimate, |months| estimate.scaled(1.0 / months))
}
