//! Distributions of durations: quantiles, and shares within a time.
//!
//! A duration with a single distribution is answered by that distribution. Others are computed on
//! two lattices, one with half the step. The stated error is three times their difference, plus the
//! uncertainty inside the cells.

use super::cumulative::Cumulative;
use super::sheet::Sheet;
use super::window::SAFETY;
use super::{Limit, Options};
use crate::analytic::chain::{Chain, To, Transition};
use crate::analytic::flows::{Flow, Flows};
use crate::analytic::lattice::Lattice;
use crate::analytic::law::Law;
use crate::analytic::passage::{self, Question};
use crate::analytic::{Blocker, blocked};
use crate::kpi::{Figure, Kpi, Population, Row, Scope, Stat};
use crate::program::{End, Program};
use crate::quantity::DAY_MICROS;
use crate::random::distribution::Distribution;

/// Points of the finer lattice.
const POINTS: usize = 4096;
/// The lattice extends to this many standard deviations above the mean.
const REACH: f64 = 8.0;
/// If the standard deviation exceeds this many means, a lattice of that reach is too coarse.
const WIDE: f64 = 3.0;
/// The greatest reach, in microseconds: 10 million years.
const FARTHEST: f64 = 3e20;

/// A KPI of ages, and the transitions at which they are taken.
struct Group<'p> {
    kpi: Kpi,
    scope: (Scope, &'p str),
    transitions: Vec<usize>,
    flow: Flow,
}

/// The rows of distributions, for all deals in the long run.
pub(super) fn rows<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    flows: &Flows,
    by: &str,
    options: &Options,
) -> Result<Vec<Row>, Blocker> {
    blocked::times(program)?;
    let groups = groups(program, chain, flows);
    let reach = reach(program, chain, &groups, options)?;
    if reach <= 0.0 {
        return Ok(Vec::new());
    }
    let jumps = passage::jumps(program, chain);
    let fine = Lattice::new(1.02 * reach, POINTS, &jumps);
    let exact = fine.aligned && passage::only_jumps(program, chain);
    let sets: Vec<Vec<usize>> = groups.iter().map(|group| group.transitions.clone()).collect();
    let question = Question { weights: &[], groups: &sets };
    let coarse = fine.coarser();
    // If a density jumps inside a cell, a quantile may be off by the shift of the cell.
    let moved = |_, law: &Law<'_>| law.moved(&fine);
    let shift = passage::over_times(program, chain, &flows.visits, moved) * fine.step;
    let found = passage::ages(program, chain, &fine, &question)?.groups;
    let rough = passage::ages(program, chain, &coarse, &question)?.groups;
    let mut sheet = Sheet::new(by, Population::LongRun);
    for (group, (masses, rough)) in groups.iter().zip(found.iter().zip(&rough)) {
        if let Some(law) = passage::only_law(program, chain, &group.transitions) {
            write_law(&mut sheet, group, law, options);
            continue;
        }
        let fine = Cumulative::new(masses, group.flow.n, fine.step, exact);
        let rough = Cumulative::new(rough, group.flow.n, coarse.step, false);
        let jumps = !jumps.is_empty();
        write(&mut sheet, group, [&fine, &rough], (jumps, shift), options);
    }
    Ok(sheet.rows)
}

/// The reach of the lattice for these groups and options, in microseconds.
///
/// If a standard deviation is infinite or large, the reach ends slightly above the last wanted
/// quantile or time.
fn reach<'p>(
    program: &'p Program,
    chain: &Chain<'p>,
    groups: &[Group<'p>],
    options: &Options,
) -> Result<f64, Blocker> {
    let moments = |group: &Group<'_>| {
        let (mean, squares) =
            (group.flow.age / group.flow.n, group.flow.age_squares / group.flow.n);
        (mean, (squares - mean * mean).max(0.0).sqrt())
    };
    let moments = groups.iter().map(moments);
    let guess = moments.clone().map(|(mean, sd)| mean + REACH * sd).fold(0.0, f64::max);
    if moments.clone().all(|(mean, sd)| sd <= WIDE * mean) {
        return Ok(guess);
    }
    let last = options.quantiles.iter().copied().fold(0.5, f64::max);
    let limits = options.within.iter().map(|limit| 1.1 * limit.days * DAY_MICROS as f64);
    let start = moments.map(|(mean, _)| 2.0 * mean).fold(0.0, f64::max);
    let start = limits.fold(start, f64::max).max(1e6);
    let groups: Vec<_> =
        groups.iter().map(|group| (group.transitions.clone(), group.flow.n)).collect();
    let most = if guess.is_finite() { guess } else { FARTHEST };
    passage::reach(program, chain, &groups, (1.0 - last) / 4.0, (start, most))
}

/// Answers from the distribution itself.
fn write_law(sheet: &mut Sheet, group: &Group<'_>, law: &Distribution, options: &Options) {
    let day = DAY_MICROS as f64;
    for p in &options.quantiles {
        let figure = Figure::Exact(law.quantile(*p) / day);
        sheet.of(group.kpi, group.scope, Stat::quantile(*p), figure);
    }
    for Limit { label, days } in &options.within {
        let figure = Figure::Exact(law.cdf(days * day));
        sheet.of(group.kpi, group.scope, Stat::Within(label.clone()), figure);
    }
}

fn write(
    sheet: &mut Sheet,
    group: &Group<'_>,
    [fine, rough]: [&Cumulative; 2],
    (jumps, shift): (bool, f64),
    options: &Options,
) {
    let day = DAY_MICROS as f64;
    for p in &options.quantiles {
        let (Some(value), Some(other)) = (fine.quantile(*p), rough.quantile(*p)) else { continue };
        let error = if fine.exact {
            1e-9 * fine.step
        } else {
            let jump = if jumps { 0.5 * fine.step } else { 0.0 };
            SAFETY * (value - other).abs() + fine.bend_of_quantile(value) + jump + shift
        };
        let figure = Figure::Numerical { value: value / day, error: error / day };
        sheet.of(group.kpi, group.scope, Stat::quantile(*p), figure);
    }
    for Limit { label, days } in &options.within {
        let (value, other) = (fine.share(days * day), rough.share(days * day));
        let near = fine.share((days * day) + fine.step) - fine.share(days * day - fine.step);
        let error = if fine.exact {
            1e-9
        } else {
            let jump = if jumps { near } else { 1e-9 };
            let moved = shift / fine.step * (near / 2.0 + fine.bend(days * day));
            let known = SAFETY * (value - other).abs() + fine.bend(days * day);
            known + jump + moved + fine.beyond(days * day)
        };
        let figure = Figure::Numerical { value, error };
        sheet.of(group.kpi, group.scope, Stat::Within(label.clone()), figure);
    }
}

fn groups<'p>(program: &'p Program, chain: &Chain<'p>, flows: &Flows) -> Vec<Group<'p>> {
    let group = |kpi, scope, of: &dyn Fn(&Transition<'p>) -> bool| {
        let transitions =
            chain.transitions.iter().enumerate().filter(|(_, transition)| of(transition));
        let transitions: Vec<usize> = transitions.map(|(at, _)| at).collect();
        let flow: Flow = transitions.iter().map(|transition| flows.transitions[*transition]).sum();
        Group { kpi, scope, transitions, flow }
    };
    let ended = |of: &dyn Fn(End) -> bool, transition: &Transition<'p>| match transition.to {
        To::End(end) => of(program.ends[end]),
        To::State(_) => false,
    };
    let first = |transition: &Transition<'p>| transition.sale.is_some_and(|sale| sale.first);
    let mut groups = vec![
        group(Kpi::SalesCycle, (Scope::Whole, ""), &first),
        group(Kpi::CycleTime, (Scope::Whole, ""), &|transition| ended(&|_| true, transition)),
        group(Kpi::CycleTime, (Scope::End, "won"), &|transition| {
            ended(&|end| end == End::Won, transition)
        }),
        group(Kpi::CycleTime, (Scope::End, "done"), &|transition| {
            ended(&|end| end == End::Done, transition)
        }),
        group(Kpi::CycleTime, (Scope::End, "lost"), &|transition| {
            ended(&|end| matches!(end, End::Lost(_)), transition)
        }),
    ];
    for (at, reason) in program.reasons.iter().enumerate() {
        let scope = (Scope::Reason, reason.label());
        groups.push(group(Kpi::CycleTime, scope, &|transition| {
            ended(&|end| end == End::Lost(at), transition)
        }));
    }
    groups.retain(|group| group.flow.n > 0.0);
    groups
}
