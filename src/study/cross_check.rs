//! Compares simulation with the exact solver: where both have a figure, they must agree.
//!
//! An error in a simulator does not show by itself. So each simulated figure is compared with the
//! exact figure of the same window, if there is one. A difference beyond chance is an error of the
//! program and is reported as one.
//!
//! A sample that lacks a rare event understates its own spread. So the standard error is the
//! greater of two: that of the sample and the exact one. A figure is compared only if the sample is
//! large enough for its skewness (the solver gives the number of observations needed). A quantile
//! is compared by the share of deals below it: the simulated quantile must lie between two exact
//! quantiles that chance allows.

use std::collections::{HashMap, HashSet};

use super::simulate::Simulation;
use super::solve::{Band, Comparable, Standard, comparable};
use crate::kpi::{Figure, Key, Row, Stat, Unit};
use crate::stats::{normal_quantile, t_quantile};

/// Probability of reporting an error in a run whose figures are all correct.
pub const FALSE_ALARM: f64 = 1e-6;
/// With fewer observations than this, or fewer on either side of a share, the tails are not normal.
const ENOUGH: f64 = 400.0;
/// Relative error of draws; times are exact to a microsecond, money to a hundredth.
const ROUNDING: f64 = 1e-6;
/// Relative error of a quantile from a histogram.
const GRAIN: f64 = 0.005;
/// A microsecond in days: the rounding error of a duration.
const MICROSECOND: f64 = 1.2e-11;

/// The comparison of a run with the exact solver.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossCheck {
    /// The number of figures compared.
    pub compared: usize,
    /// The greatest difference, in standard errors.
    pub greatest: f64,
    /// The critical value, in standard errors.
    pub critical: f64,
    /// Figures that differ beyond chance.
    pub apart: Vec<Apart>,
}

/// A figure on which simulation and solver disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    /// As `win_rate share`, with its scope and group.
    pub figure: String,
    /// The simulated value.
    pub found: f64,
    /// The exact value.
    pub exact: f64,
    /// The difference in standard errors; infinite if the figure has no randomness.
    pub errors: f64,
}

/// The exact figures for the deals of a run.
pub fn theory(simulation: &Simulation) -> Vec<Comparable> {
    comparable(&simulation.program, &simulation.options.by)
}

/// Whether the solver knows all these figures exactly, so that a simulation adds nothing.
pub fn knows(theory: &[Comparable], rows: &[&Row]) -> bool {
    let exact = |known: &&Comparable| matches!(known.row.figure, Figure::Exact(_));
    let known: HashSet<&Key> = theory.iter().filter(exact).map(|known| &known.row.key).collect();
    !rows.is_empty() && rows.iter().all(|row| known.contains(&row.key))
}

/// Compares the plain means of a run, without control variates, with the exact figures; `None` if
/// no figure can be compared.
pub fn compare(simulation: &Simulation, theory: &[Comparable]) -> Option<CrossCheck> {
    let known: HashMap<&Key, &Comparable> =
        theory.iter().map(|known| (&known.row.key, known)).collect();
    let replications = simulation.options.replications as f64;
    let freedom = replications - 1.0;
    let pairs: Vec<(&Row, &Comparable)> = simulation
        .rows
        .iter()
        .filter_map(|row| Some((row, *known.get(&row.key)?)))
        .filter(|(row, known)| is_large_enough(row, known))
        .collect();
    if pairs.is_empty() || freedom < 1.0 {
        return None;
    }
    let tail = FALSE_ALARM / pairs.len() as f64 / 2.0;
    let judge = Judge {
        critical: t_quantile(1.0 - tail, freedom),
        normal: normal_quantile(1.0 - tail),
        per_error: t_quantile(0.5 + simulation.options.figures.level / 2.0, freedom),
        replications,
    };
    let mut check = CrossCheck {
        compared: pairs.len(),
        greatest: 0.0,
        critical: judge.critical,
        apart: Vec::new(),
    };
    for (row, known) in pairs {
        let Some((found, errors)) = judge.errors(row, known) else { continue };
        check.greatest = check.greatest.max(errors);
        if errors > judge.critical {
            let Key { kpi, scope, name, by, .. } = &row.key;
            let parts = [kpi.name(), &row.key.stat_text(), scope.word(), name, by];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let exact = known.row.figure.value().unwrap_or(f64::NAN);
            check.apart.push(Apart { figure: parts.join(" "), found, exact, errors });
        }
    }
    Some(check)
}

/// The critical values that apply to all figures of a run.
struct Judge {
    /// The critical value in standard errors, by Student's t.
    critical: f64,
    normal: f64,
    /// Standard errors per half-width.
    per_error: f64,
    replications: f64,
}

impl Judge {
    /// The simulated value and its distance from the exact one, in standard errors.
    fn errors(&self, row: &Row, known: &Comparable) -> Option<(f64, f64)> {
        let estimate = row.raw()?;
        let (found, half) = (estimate.value?, estimate.half_width?);
        let exact = known.row.figure.value()?;
        let rounding =
            ROUNDING * exact.abs() + if row.unit() == Unit::Days { MICROSECOND } else { 0.0 };
        let allowed = known.row.figure.half_width().unwrap_or(0.0) + rounding;
        if let Standard::Quantiles(quantiles) = &known.standard {
            return Some((found, self.of_quantile(row, found, quantiles, rounding)));
        }
        let n = row.n as f64;
        let theory = match (&known.standard, row.unit()) {
            (Standard::Deviation(sd), _) => sd / n.sqrt(),
            (Standard::Whole { of_deals: true }, _) => least_integer_sd(exact) / n.sqrt(),
            (_, Unit::Share) => (exact * (1.0 - exact)).max(0.0).sqrt() / n.sqrt(),
            // Counts in a window vary at least as much as Poisson counts.
            (_, Unit::Count) if row.key.per.is_some() => (exact / self.replications).sqrt(),
            (Standard::Whole { .. }, _) => least_integer_sd(exact) / self.replications.sqrt(),
            _ => 0.0,
        };
        let error = (half / self.per_error).max(theory);
        let beyond = ((found - exact).abs() - allowed).max(0.0);
        Some((found, if beyond > 0.0 { beyond / error } else { 0.0 }))
    }

    /// The distance of a quantile from the exact one, in standard errors, given bands of exact
    /// quantiles around p.
    fn of_quantile(&self, row: &Row, found: f64, quantiles: &[Band], rounding: f64) -> f64 {
        let n = row.n as f64;
        let grain = GRAIN * found.abs() + rounding;
        let inside = |band: &&Band| (band.low - grain..=band.high + grain).contains(&found);
        let Some(band) = quantiles.iter().find(inside) else { return f64::INFINITY };
        // The position between two bands is unknown, so the inner band is taken.
        let apart = band.apart * Band::STEP.recip();
        let errors = apart / (band.p * (1.0 - band.p) / n).sqrt();
        errors * self.critical / self.normal
    }
}

/// The least standard deviation of an integer with this mean.
fn least_integer_sd(mean: f64) -> f64 {
    let part = mean - mean.floor();
    (part * (1.0 - part)).sqrt()
}

/// Whether a sample is large enough for a comparison by standard errors.
fn is_large_enough(row: &Row, known: &Comparable) -> bool {
    let half = row.raw().and_then(|estimate| estimate.half_width);
    let (Some(value), Some(_)) = (known.row.figure.value(), half) else { return false };
    let n = row.n as f64;
    let enough = match row.unit() {
        Unit::Share if matches!(known.standard, Standard::Quantiles(_)) => true,
        Unit::Share => {
            n * value >= ENOUGH && n * (1.0 - value) >= ENOUGH || value == 0.0 || value == 1.0
        }
        _ => n >= ENOUGH,
    };
    enough && value.is_finite() && n >= known.needed && row.key.stat != Stat::Sd
}
