//! `check --simulate`: whether the expectations of the model hold.
//!
//! An expectation is judged by the interval of its KPI, not by the estimate alone. It is kept if
//! the whole interval lies within the limits, and broken if it lies outside. Otherwise it is
//! undecided and needs more replications.

mod decide;
mod figure;

pub use decide::decide;
pub(in crate::study) use decide::{by_theory, looks, unseen};

use super::simulate::{Options, Simulation};
pub use crate::diagnostic::Verdict;
use crate::diagnostic::{Bounds, Diagnostic, ExpectationFault, Judged, Measure, Measured};
use crate::kpi::{FEWEST_DUE, Kpi, Stat, Unit};
use crate::model::{Expectation, Limits, Model, Subject};
use crate::stats::Estimate;
use crate::tally::figures::{Every, Limit};

/// The judgement of one expectation.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Judgement<'m> {
    /// The expectation.
    pub expectation: &'m Expectation,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What it refers to, such as `sales_cycle p90 of stage offer`.
    pub subject: String,
    /// The simulated KPI, or the probability that it lies within the limits.
    pub found: Estimate,
    /// The KPI's unit.
    pub unit: Unit,
    /// How the figure is known.
    pub known: Known,
}

/// How a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// From theory, without simulation.
    Theory,
    /// From so many replications.
    Replications(u64),
}

impl Judgement<'_> {
    /// The simulated value with its unit; `currency` is that of money.
    pub fn measured(&self, currency: &str) -> Measured {
        Measured {
            subject: self.subject.clone(),
            value: self.found.value,
            half_width: self.found.half_width,
            bounds: match self.expectation.chance {
                None => bounds(self.expectation.limits, self.unit, currency),
                Some(chance) => {
                    let limits = Limits { at_least: Some(chance), at_most: None };
                    bounds(limits, Unit::Share, currency)
                }
            },
            chance_of: self
                .expectation
                .chance
                .map(|_| bounds(self.expectation.limits, self.unit, currency)),
        }
    }

    /// The whole judgement, as data for other programs.
    pub fn judged(&self, currency: &str) -> Judged {
        let spot = &self.expectation.spot;
        Judged {
            measured: self.measured(currency),
            verdict: self.verdict,
            replications: match self.known {
                Known::Theory => 0,
                Known::Replications(count) => count,
            },
            exact: self.known == Known::Theory,
            level: self.found.level,
            place: spot.place,
            path: spot.path.clone(),
            scenario: None,
        }
    }

    /// A diagnostic at the expectation's place in the file; `None` if it is kept.
    pub fn diagnostic(&self, currency: &str) -> Option<Diagnostic> {
        let (subject, expectation) = (self.subject.clone(), self.expectation);
        let problem = match &self.verdict {
            Verdict::Kept => return None,
            Verdict::Broken => ExpectationFault::Fails(Box::new(self.measured(currency))),
            Verdict::Undecided { needed } => {
                let measured = Box::new(self.measured(currency));
                ExpectationFault::Undecided { measured, needed: *needed, allowed: false }
            }
            Verdict::Nothing => {
                let of_due = expectation.kpi == Kpi::LeadToWin && expectation.within.is_some();
                let fewest = of_due.then_some(FEWEST_DUE);
                ExpectationFault::NothingObserved { subject, fewest }
            }
            Verdict::NoFigure => ExpectationFault::NoFigure { subject },
        };
        let spot = &self.expectation.spot;
        Some(Diagnostic::new(problem, spot.place, spot.path.clone()))
    }
}

/// The kind of number of a unit; `currency` names money.
pub(super) fn measure(unit: Unit, currency: &str) -> Measure {
    match unit {
        Unit::Count => Measure::Count,
        Unit::Share => Measure::Share,
        Unit::Days | Unit::Work => Measure::Days,
        Unit::Money => Measure::Money(currency.to_owned()),
    }
}

fn bounds(limits: Limits, unit: Unit, currency: &str) -> Bounds {
    let measure = measure(unit, currency);
    Bounds { at_least: limits.at_least, at_most: limits.at_most, measure }
}

/// Larger numbers of replications are not suggested: they would take days.
const MOST_REPLICATIONS: f64 = 1e8;

/// The options of a run that can judge all expectations of a model.
pub fn options(model: &Model, mut options: Options) -> Options {
    for expectation in &model.expectations {
        for (dimension, _) in expectation.parts() {
            if options.by.iter().all(|known| known != dimension) {
                options.by.push(dimension.to_owned());
            }
        }
        if let Some((_, Stat::Quantile(quantile))) = &expectation.stat {
            let (quantiles, p) = (&mut options.figures.quantiles, quantile.share());
            quantiles.extend(Some(p).filter(|p| !quantiles.contains(p)));
        }
        let within = &mut options.figures.within;
        if let Some((days, _)) = expectation.within
            && within.iter().all(|limit| limit.days != days)
        {
            within.push(Limit { label: time_label(days), days });
        }
        let every = expectation.calendar_period().and_then(Every::of);
        let known = &mut options.figures.every;
        known.extend(every.filter(|every| !known.contains(every)));
    }
    options.figures.keep_replications = true;
    options
}

/// Judges all expectations of a model, in order, from a run with [`options`].
pub fn judge<'m>(model: &'m Model, simulation: &Simulation) -> Vec<Judgement<'m>> {
    model.expectations.iter().map(|expectation| one(expectation, simulation)).collect()
}

/// The limits of the figure that is judged: of the KPI, or of the chance that it keeps to its limits.
pub(in crate::study) fn limits_of(expectation: &Expectation) -> Limits {
    match expectation.chance {
        Some(chance) => Limits { at_least: Some(chance), at_most: None },
        None => expectation.limits,
    }
}

fn one<'m>(expectation: &'m Expectation, simulation: &Simulation) -> Judgement<'m> {
    let figures = &simulation.options.figures;
    let found = figure::find(expectation, simulation);
    let unit = found.as_ref().map_or(Unit::Count, |(row, _)| row.unit());
    let limits = limits_of(expectation);
    let (estimate, verdict) = match found {
        None => (Estimate::none(figures.level), Verdict::NoFigure),
        Some((_, estimate)) => {
            (estimate, verdict(&estimate, limits, simulation.options.replications))
        }
    };
    let known = Known::Replications(simulation.options.replications);
    Judgement { expectation, verdict, subject: subject(expectation), found: estimate, unit, known }
}

/// Compares an interval with the limits. One replication has no interval and is undecided.
fn verdict(found: &Estimate, limits: Limits, replications: u64) -> Verdict {
    let Some(value) = found.value else { return Verdict::Nothing };
    let Some(half) = found.half_width else { return Verdict::Undecided { needed: None } };
    let (least, most) = (limits.at_least, limits.at_most);
    if least.is_some_and(|least| value + half < least)
        || most.is_some_and(|most| value - half > most)
    {
        Verdict::Broken
    } else if least.is_none_or(|least| value - half >= least)
        && most.is_none_or(|most| value + half <= most)
    {
        Verdict::Kept
    } else {
        let inside = |limit: &f64| (value - limit).abs() <= half;
        let limits = [least, most].into_iter().flatten().filter(inside);
        let distance = limits.map(|limit| (value - limit).abs()).fold(f64::INFINITY, f64::min);
        Verdict::Undecided { needed: replications_to_decide(replications, half / distance) }
    }
}

/// The number of replications that would bring the half-width below the distance to the limit; the
/// half-width is now `ratio` times that distance. Half-widths shrink with the square root of the
/// number of replications. The result is doubled, because the estimate will change too.
fn replications_to_decide(replications: u64, ratio: f64) -> Option<u64> {
    let needed = 2.0 * replications as f64 * ratio * ratio;
    let digits = libm::pow(10.0, (libm::log10(needed).floor() - 1.0).max(0.0));
    // A rounding error above a round number does not count.
    let rounded = (needed / digits - 1e-6).ceil() * digits;
    (rounded <= MOST_REPLICATIONS).then_some(rounded as u64)
}

/// What an expectation refers to, in words.
fn subject(expectation: &Expectation) -> String {
    let Expectation { kpi, stat, within, per, subjects, .. } = expectation;
    let mut words = vec![kpi.name().to_owned()];
    if let Some((days, working)) = within {
        let clock = if *working { " of working time" } else { "" };
        words.push(format!("within {}{clock}", time_label(*days)));
    } else if let Some((span, stat)) = stat {
        words.push(span.text(stat));
    }
    words.extend(per.iter().map(|per| format!("per {}", per.word())));
    let of = subjects.iter().map(|Subject { of, name, .. }| format!(", {} {name}", of.key()));
    words.join(" ") + &of.collect::<String>()
}

/// A duration in the largest unit that gives an integer.
fn time_label(days: f64) -> String {
    let minutes = days * 1440.0;
    if (minutes % 1440.0).abs() < 1e-9 {
        format!("{} d", minutes / 1440.0)
    } else if (minutes % 60.0).abs() < 1e-9 {
        format!("{} h", (minutes / 60.0).round())
    } else {
        format!("{} min", (minutes * 1e6).round() / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: f64, half_width: f64) -> Estimate {
        Estimate { value: Some(value), half_width: Some(half_width), level: 0.95 }
    }

    #[test]
    fn the_whole_interval_decides() {
        let at_least = Limits { at_least: Some(0.2), at_most: None };
        let of = |value, half_width, limits| verdict(&found(value, half_width), limits, 200);
        assert_eq!(of(0.25, 0.04, at_least), Verdict::Kept);
        assert!(matches!(of(0.15, 0.06, at_least), Verdict::Undecided { .. }));
        assert_eq!(of(0.15, 0.04, at_least), Verdict::Broken);
        let between = Limits { at_least: Some(1.0), at_most: Some(2.0) };
        assert_eq!(of(1.5, 0.5, between), Verdict::Kept);
        assert!(matches!(of(1.9, 0.2, between), Verdict::Undecided { .. }));
        assert_eq!(of(2.3, 0.2, between), Verdict::Broken);
        assert_eq!(verdict(&Estimate::none(0.95), between, 200), Verdict::Nothing);
    }

    #[test]
    fn the_replications_that_would_decide_follow_from_half_width_and_distance() {
        let at_least = Limits { at_least: Some(0.2), at_most: None };
        // The half-width is four times the distance: 2 × 16 times as many.
        let needed = |value, half| verdict(&found(value, half), at_least, 200);
        assert_eq!(needed(0.21, 0.04), Verdict::Undecided { needed: Some(6_400) });
        assert_eq!(needed(0.2, 0.04), Verdict::Undecided { needed: None });
    }

    #[test]
    fn one_replication_decides_nothing() {
        let at_least = Limits { at_least: Some(0.2), at_most: None };
        let one = Estimate { value: Some(0.9), half_width: None, level: 0.95 };
        assert_eq!(verdict(&one, at_least, 1), Verdict::Undecided { needed: None });
    }

    #[test]
    fn times_are_named_in_the_largest_round_unit() {
        assert_eq!(time_label(1.0 / 24.0), "1 h");
        assert_eq!(time_label(2.0), "2 d");
        assert_eq!(time_label(5.0 / 1440.0), "5 min");
        assert_eq!(time_label(1.5), "36 h");
    }
}
