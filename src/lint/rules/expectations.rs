//! Expectations that cannot fail, that cannot hold, or that exclude each other.

use crate::diagnostic::{Doubt, Findings, Related, Relation, Warning};
use crate::kpi::{Kpi, Scope, Span, Stat, Unit};
use crate::lint::durations::of_visit;
use crate::model::{Expectation, Model, Spot};
use crate::quantity::DAY_MICROS;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for (at, expectation) in model.expectations.iter().enumerate() {
        let spot = &expectation.spot;
        if is_vacuous(expectation) {
            findings.report(Warning::VacuousExpectation, spot.place, spot.path.clone());
        }
        if let Some(problem) = out_of_reach(model, expectation) {
            findings.report(problem, spot.place, spot.path.clone());
        }
        if let Some(twin) = model.expectations[..at].iter().find(|twin| is_same(twin, expectation))
        {
            let related = Related { place: twin.spot.place, relation: Relation::First };
            let problem = Doubt::ExpectedTwice;
            findings.report_beside(problem, spot.place, spot.path.clone(), related);
        }
        let mut earlier = model.expectations[..at].iter();
        if let Some(other) = earlier.find(|other| exclude(other, expectation)) {
            let related = Related { place: other.spot.place, relation: Relation::First };
            let problem = Warning::OpposedExpectations;
            findings.report_beside(problem, spot.place, spot.path.clone(), related);
        }
    }
}

/// Whether two expectations have the same figure and limits.
fn is_same(one: &Expectation, other: &Expectation) -> bool {
    let bare = |expectation: &Expectation| {
        let mut bare = expectation.clone();
        bare.stat = bare.statistic();
        bare.spot = Spot::default();
        bare.subjects.iter_mut().for_each(|subject| subject.spot = Spot::default());
        bare
    };
    bare(one) == bare(other)
}

/// Whether every value of the figure lies within the limits.
fn is_vacuous(expectation: &Expectation) -> bool {
    let Some(unit) = figure(expectation) else { return false };
    let least = match unit {
        Unit::Share | Unit::Count | Unit::Days | Unit::Work => 0.0,
        Unit::Money => f64::NEG_INFINITY,
    };
    let most = if unit == Unit::Share && !expectation.is_open() { 1.0 } else { f64::INFINITY };
    let limits = expectation.limits;
    let given = limits.at_least.is_some() || limits.at_most.is_some();
    given
        && limits.at_least.is_none_or(|limit| limit <= least)
        && limits.at_most.is_none_or(|limit| limit >= most)
}

/// The unit of the figure.
fn figure(expectation: &Expectation) -> Option<Unit> {
    if expectation.within.is_some() {
        return Some(Unit::Share);
    }
    if expectation.calendar_period().is_some() {
        return Some(expectation.kpi.unit_of(Span::Whole, &Stat::Mean));
    }
    let (span, stat) = expectation.statistic()?;
    Some(expectation.kpi.statistic(span, &stat)?.unit)
}

/// The warning, if no visit of the stage takes a time within the limits.
fn out_of_reach(model: &Model, expectation: &Expectation) -> Option<Warning> {
    let (span, stat) = expectation.statistic()?;
    let is_of_visits = matches!(stat, Stat::Mean | Stat::Quantile(_)) && span == Span::Whole;
    if expectation.kpi != Kpi::TimeInStage || !is_of_visits || expectation.within.is_some() {
        return None;
    }
    let name = expectation.thing(Scope::Stage)?;
    let visit = of_visit(&model.stages[model.stage_index(name)], false);
    let (least, most) = (visit.least / DAY_MICROS as f64, visit.most / DAY_MICROS as f64);
    let too_short = expectation.limits.at_most.is_some_and(|limit| limit < least * 0.999);
    let too_long = expectation.limits.at_least.is_some_and(|limit| limit > most * 1.001);
    let problem = Warning::OutOfReach { stage: name.to_owned(), short: too_short };
    (too_short || too_long).then_some(problem)
}

/// Whether no result meets both: limits of one figure that do not meet, or of two quantiles of
/// which the higher one would have to be the lower number.
fn exclude(one: &Expectation, other: &Expectation) -> bool {
    let subjects = |expectation: &Expectation| {
        let subjects = expectation.subjects.iter();
        subjects.map(|subject| (subject.of.clone(), subject.name.clone())).collect::<Vec<_>>()
    };
    let alike = one.kpi == other.kpi
        && one.within == other.within
        && one.per == other.per
        && one.chance == other.chance
        // Two outcomes can both have a chance of 40 %.
        && one.chance.is_none_or(|chance| chance > 0.5)
        && subjects(one) == subjects(other);
    let (Some((span, stat)), Some((other_span, other_stat))) = (one.statistic(), other.statistic())
    else {
        return false;
    };
    if !alike || span != other_span {
        return false;
    }
    let apart = |low: &Expectation, high: &Expectation| {
        low.limits.at_least.zip(high.limits.at_most).is_some_and(|(least, most)| least > most)
    };
    match (&stat, &other_stat) {
        (Stat::Quantile(p), Stat::Quantile(q)) => {
            (p <= q && apart(one, other)) || (q <= p && apart(other, one))
        }
        _ => stat == other_stat && (apart(one, other) || apart(other, one)),
    }
}
