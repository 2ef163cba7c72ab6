//! Finds the figure of a result that an expectation refers to.

use super::time_label;
use crate::kpi::{Figure, Key, Kpi, Per, Row, Scope, Span, Stat};
use crate::model::{Expectation, Limits, Of, Subject};
use crate::quantity::MONTH_DAYS;
use crate::stats::{Estimate, Sample, order_statistic};
use crate::study::simulate::Simulation;
use crate::study::solve::Comparable;

/// The row of an expectation and its value; `None` if the model makes no such row.
pub(super) fn find<'s>(
    expectation: &Expectation,
    simulation: &'s Simulation,
) -> Option<(&'s Row, Estimate)> {
    let key = |stat| key_of(expectation, stat);
    if let Some(per) = expectation.calendar_period() {
        let row = simulation.find(&key(Stat::Mean).per(per))?;
        return Some((row, of_periods(expectation, row)?));
    }
    let (span, stat) = statistic(expectation)?;
    let key = key(stat).span(span);
    // If only one stage has an SLA, there is no separate row for the whole process.
    let only = || {
        let is_of_whole = key.kpi == Kpi::SlaKept && key.scope == Scope::Whole;
        let mut rows = simulation.rows.iter().filter(|_| is_of_whole);
        rows.find(|row| row.key.kpi == key.kpi && row.key.by == key.by)
    };
    let row = simulation.find(&key).or_else(only)?;
    Some((row, of_window(expectation, row, simulation)?))
}

/// The figure of theory that an expectation is about, with its value and the bound of its error; none of chances, of
/// periods, and of what theory does not know.
pub(super) fn known<'t>(
    expectation: &Expectation,
    theory: &'t [Comparable],
) -> Option<(&'t Row, f64, f64)> {
    if expectation.chance.is_some() || expectation.calendar_period().is_some() {
        return None;
    }
    let (span, stat) = statistic(expectation)?;
    let key = key_of(expectation, stat).span(span);
    let row = theory.iter().map(|known| &known.row).find(|row| row.key == key)?;
    if expectation.per.is_some_and(|per| Some(per) != row.key.per) {
        return None;
    }
    match row.figure {
        Figure::Exact(value) => Some((row, value, 0.0)),
        Figure::Numerical { value, error } => Some((row, value, error)),
        _ => None,
    }
}

fn key_of(expectation: &Expectation, stat: Stat) -> Key {
    let whole = Key::new(expectation.kpi, stat);
    expectation.subjects.iter().fold(whole, |key, Subject { of, name, .. }| match of {
        Of::Thing(scope) => key.of(*scope, name),
        Of::Deals(dimension) => key.by(&format!("{dimension}={name}")),
    })
}

fn statistic(expectation: &Expectation) -> Option<(Span, Stat)> {
    match expectation.within {
        Some((days, true)) => Some((Span::Open, Stat::Within(time_label(days)))),
        Some((days, false)) => Some((Span::Whole, Stat::Within(time_label(days)))),
        None => expectation.statistic(),
    }
}

/// The value of a row for the whole window.
fn of_window(expectation: &Expectation, row: &Row, simulation: &Simulation) -> Option<Estimate> {
    let Figure::Estimate(estimate) = &row.figure else { return None };
    if expectation.chance.is_some() {
        let each: Vec<Vec<f64>> =
            row.replications.iter().map(|x| x.iter().copied().collect()).collect();
        return chance(&each, expectation.limits, estimate.level);
    }
    let per = expectation.per.filter(|per| Some(*per) != row.key.per);
    let Some(per) = per else { return Some(*estimate) };
    let days = days_of(per, simulation.days);
    // A total of the window, or a rate per month, is spread evenly.
    let whole = row.key.per.map_or(simulation.days, |per| days_of(per, simulation.days));
    Some(estimate.scaled(days / whole))
}

/// The value of a row of calendar periods: a probability, a quantile, or the mean.
fn of_periods(expectation: &Expectation, row: &Row) -> Option<Estimate> {
    let Figure::Estimate(estimate) = &row.figure else { return None };
    if expectation.chance.is_some() {
        return chance(&row.periods, expectation.limits, estimate.level);
    }
    match &expectation.stat {
        Some((_, Stat::Quantile(of))) => quantile(&row.periods, of.share(), estimate.level),
        _ => Some(*estimate),
    }
}

/// The share of all values, over all replications, within the limits.
fn chance(values: &[Vec<f64>], limits: Limits, level: f64) -> Option<Estimate> {
    let Limits { at_least, at_most } = limits;
    share(values, level, |x| {
        at_least.is_none_or(|least| x >= least) && at_most.is_none_or(|most| x <= most)
    })
}

fn share(values: &[Vec<f64>], level: f64, counts: impl Fn(f64) -> bool) -> Option<Estimate> {
    let count = |values: &Vec<f64>| {
        (values.iter().filter(|x| counts(**x)).count() as f64, values.len() as f64)
    };
    let pairs: Vec<(f64, f64)> = values.iter().map(count).collect();
    (!pairs.is_empty()).then(|| Sample::plain(pairs.len()).proportion(&pairs, level))
}

/// A quantile over all periods. Its interval follows from that of the share below it (Woodruff
/// 1952), because periods of one replication may be dependent.
fn quantile(values: &[Vec<f64>], p: f64, level: f64) -> Option<Estimate> {
    let mut all: Vec<f64> = values.concat();
    all.sort_by(f64::total_cmp);
    let value = order_statistic(&all, p)?;
    let reach = share(values, level, |x| x <= value)?.half_width;
    let at = |p: f64| order_statistic(&all, p.clamp(0.0, 1.0));
    let half_width = reach.and_then(|reach| Some((at(p + reach)? - at(p - reach)?) / 2.0));
    Some(Estimate { value: Some(value), half_width, level })
}

/// The mean number of days of a period; `window` is that of the window.
fn days_of(per: Per, window: f64) -> f64 {
    match per {
        Per::Day => 1.0,
        Per::Week => 7.0,
        Per::Month => MONTH_DAYS,
        Per::Quarter => 3.0 * MONTH_DAYS,
        Per::Year => 12.0 * MONTH_DAYS,
        Per::Window => window,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_over_periods_has_an_interval() {
        let values: Vec<Vec<f64>> =
            (0..50).map(|k| vec![f64::from(k), f64::from(k) + 0.5]).collect();
        let found = quantile(&values, 0.5, 0.95).expect("there are values");
        let (value, half) = (found.value.unwrap_or(0.0), found.half_width.unwrap_or(0.0));
        assert!((value - 24.5).abs() < 1.0 && (4.0..10.0).contains(&half), "{value} {half}");
    }

    #[test]
    fn a_chance_from_one_replication_has_no_interval() {
        let found = chance(&[vec![1.0]], Limits { at_least: Some(0.0), at_most: None }, 0.95);
        assert_eq!(found.and_then(|found| found.half_width), None);
    }
}
