//! Simulation and theory held against each other: where both answer, they must agree.
//!
//! A simulator that is wrong is wrong quietly. So whoever runs a model whose answers are known gets them compared,
//! figure by figure, with what mathematics says of the same window; a difference that chance does not explain is an
//! error of the program, and is shouted.

use std::collections::{HashMap, HashSet};

use super::simulate::Simulation;
use super::solve::comparable;
use crate::kpi::{Figure, Row, Unit};
use crate::stats::{normal_quantile, t_quantile};

/// Chance that a run whose figures are all right is called wrong.
pub const FALSE_ALARM: f64 = 1e-6;
/// Fewer than so many, and the interval is not one of the normal law.
const ENOUGH: f64 = 100.0;
/// Draws are right to this share, times to a microsecond, money to a hundredth.
const ROUNDING: f64 = 1e-6;

/// How a run and theory compare.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossCheck {
    /// Figures that both have.
    pub compared: usize,
    /// The greatest difference, in standard errors.
    pub greatest: f64,
    /// How many standard errors chance allows.
    pub critical: f64,
    /// Figures that disagree beyond chance.
    pub apart: Vec<Apart>,
}

/// A figure on which a run and theory disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// As `win_rate share`, with its scope and group.
    pub figure: String,
    /// What the run found.
    pub found: f64,
    /// What theory says.
    pub exact: f64,
    /// The difference in standard errors.
    pub errors: f64,
}

/// A row by what it is about.
fn key(row: &Row) -> (&str, &str, &str, &str, &str) {
    (row.kpi, row.scope, &row.name, &row.by, &row.stat)
}

/// What theory says of the deals of a run.
pub fn theory(simulation: &Simulation) -> Vec<Row> {
    comparable(&simulation.program, &simulation.options.by)
}

/// Whether theory knows each of these figures exactly: then simulation adds nothing to them.
pub fn knows(theory: &[Row], rows: &[&Row]) -> bool {
    let exact = |row: &Row| matches!(row.figure, Figure::Exact(_));
    let known: HashSet<_> = theory.iter().filter(|row| exact(row)).map(key).collect();
    !rows.is_empty() && rows.iter().all(|row| known.contains(&key(row)))
}

/// Compares a run, by plain means, without its control, with these rows of theory; `None` where they have nothing
/// in common.
pub fn compare(simulation: &Simulation, theory: &[Row]) -> Option<CrossCheck> {
    let known: HashMap<_, &Row> = theory.iter().map(|row| (key(row), row)).collect();
    let pairs: Vec<(&Row, &Row)> = simulation
        .rows
        .iter()
        .filter_map(|row| Some((row, *known.get(&key(row))?)))
        .filter(|(row, exact)| is_fit(row, exact))
        .collect();
    let freedom = simulation.options.replications as f64 - 1.0;
    if pairs.is_empty() || freedom < 1.0 {
        return None;
    }
    let tail = FALSE_ALARM / pairs.len() as f64 / 2.0;
    let critical = t_quantile(1.0 - tail, freedom);
    let level = simulation.options.figures.level;
    let per_error = t_quantile(0.5 + level / 2.0, freedom);
    let normal = normal_quantile(0.5 + level / 2.0);
    let mut check =
        CrossCheck { compared: pairs.len(), greatest: 0.0, critical, apart: Vec::new() };
    for (row, exact) in pairs {
        let (Some(estimate), Some(value)) = (row.raw(), exact.figure.value()) else { continue };
        let (Some(found), Some(half)) = (estimate.value, estimate.half_width) else { continue };
        // Intervals of quantiles are of the normal law, all others Student's.
        let error = half / if row.stat.starts_with('p') { normal } else { per_error };
        let known = exact.figure.half_width().unwrap_or(0.0) + ROUNDING * value.abs();
        let known = known + if row.stat.starts_with('p') { 0.004 * value.abs() } else { 0.0 };
        let beyond = ((found - value).abs() - known).max(0.0);
        let errors = if beyond > 0.0 { beyond / error } else { 0.0 };
        check.greatest = check.greatest.max(errors);
        if errors > critical {
            let parts = [row.kpi, row.stat.as_str(), row.scope, &row.name, &row.by];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            check.apart.push(Apart { figure: parts.join(" "), found, exact: value, errors });
        }
    }
    Some(check)
}

/// Whether the interval of an estimate says enough to be judged: of many deals, and no spread.
fn is_fit(row: &Row, exact: &Row) -> bool {
    let known = row.raw().and_then(|estimate| estimate.half_width);
    let (Some(value), Some(_)) = (exact.figure.value(), known) else { return false };
    let n = row.n as f64;
    let enough = match row.unit {
        Unit::Share => {
            n * value >= ENOUGH && n * (1.0 - value) >= ENOUGH || value == 0.0 || value == 1.0
        }
        _ => n >= ENOUGH,
    };
    enough && row.stat != "sd"
}
