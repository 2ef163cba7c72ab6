//! How long deals take, as a whole distribution: quantiles, and shares within a time.
//!
//! Numbers are found on two lattices, one twice as fine; the error stated is what the finer one changed, which is
//! more than what is left.

use super::cumulative::Cumulative;
use super::long_run::POPULATION;
use super::sheet::Sheet;
use super::{Limit, Options};
use crate::analytic::chain::{Chain, To, Way};
use crate::analytic::flows::{Flow, Flows};
use crate::analytic::lattice::Lattice;
use crate::analytic::passage::{self, Question};
use crate::analytic::{Blocker, blocked};
use crate::kpi::{Figure, Row, Unit, quantile_name};
use crate::program::{End, Program};
use crate::quantity::DAY_MICROS;

/// Points of the finer lattice.
const POINTS: usize = 4096;
/// How far it reaches: so many standard deviations beyond the mean.
const REACH: f64 = 8.0;

/// A KPI of ages, and the ways on which they are looked at.
struct Group<'p> {
    kpi: &'static str,
    scope: (&'static str, &'p str),
    ways: Vec<usize>,
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
    let reach = |group: &Group<'_>| {
        let (mean, squares) =
            (group.flow.age / group.flow.n, group.flow.age_squares / group.flow.n);
        mean + REACH * (squares - mean * mean).max(0.0).sqrt()
    };
    let reach = groups.iter().map(reach).fold(0.0, f64::max);
    if reach <= 0.0 {
        return Ok(Vec::new());
    }
    let jumps = passage::jumps(program, chain);
    let fine = Lattice::new(1.02 * reach, POINTS, &jumps);
    let exact = fine.aligned && passage::only_jumps(program, chain);
    let sets: Vec<Vec<usize>> = groups.iter().map(|group| group.ways.clone()).collect();
    let question = Question { weights: &[], groups: &sets };
    let coarse = fine.coarser();
    let found = passage::ages(program, chain, &fine, &question)?.groups;
    let rough = passage::ages(program, chain, &coarse, &question)?.groups;
    let mut sheet = Sheet::new(by, POPULATION);
    for (group, (masses, rough)) in groups.iter().zip(found.iter().zip(&rough)) {
        let fine = Cumulative::new(masses, group.flow.n, fine.step, exact);
        let rough = Cumulative::new(rough, group.flow.n, coarse.step, false);
        let jumps = !jumps.is_empty();
        write(&mut sheet, group, [&fine, &rough], jumps, options);
    }
    Ok(sheet.rows)
}

fn write(
    sheet: &mut Sheet,
    group: &Group<'_>,
    [fine, rough]: [&Cumulative; 2],
    jumps: bool,
    options: &Options,
) {
    let day = DAY_MICROS as f64;
    for p in &options.quantiles {
        let (Some(value), Some(other)) = (fine.quantile(*p), rough.quantile(*p)) else { continue };
        let error = if fine.exact {
            1e-9 * fine.step
        } else {
            let jump = if jumps { 0.5 * fine.step } else { 0.0 };
            (value - other).abs() + fine.bend_of_quantile(value) + jump
        };
        let figure = Figure::Numerical { value: value / day, error: error / day };
        sheet.of(group.kpi, group.scope, &quantile_name(*p), Unit::Days, figure);
    }
    for Limit { label, days } in &options.within {
        let (value, other) = (fine.share(days * day), rough.share(days * day));
        let near = fine.share((days * day) + fine.step) - fine.share(days * day - fine.step);
        let error = if fine.exact {
            1e-9
        } else {
            let jump = if jumps { near } else { 1e-9 };
            (value - other).abs() + fine.bend(days * day) + jump + fine.beyond(days * day)
        };
        let figure = Figure::Numerical { value, error };
        sheet.of(group.kpi, group.scope, &format!("within {label}"), Unit::Share, figure);
    }
}

fn groups<'p>(program: &'p Program, chain: &Chain<'p>, flows: &Flows) -> Vec<Group<'p>> {
    let group = |kpi, scope, of: &dyn Fn(&Way<'p>) -> bool| {
        let ways = chain.ways.iter().enumerate().filter(|(_, way)| of(way));
        let ways: Vec<usize> = ways.map(|(at, _)| at).collect();
        let flow: Flow = ways.iter().map(|way| flows.ways[*way]).sum();
        Group { kpi, scope, ways, flow }
    };
    let ended = |of: &dyn Fn(End) -> bool, way: &Way<'p>| match way.to {
        To::End { end, .. } => of(program.ends[end]),
        To::State(_) => false,
    };
    let first = |way: &Way<'p>| way.sale.is_some_and(|sale| sale.first);
    let mut groups = vec![
        group("sales_cycle", ("", ""), &first),
        group("cycle_time", ("", ""), &|way| ended(&|_| true, way)),
        group("cycle_time", ("end", "won"), &|way| ended(&|end| end == End::Won, way)),
        group("cycle_time", ("end", "done"), &|way| ended(&|end| end == End::Done, way)),
        group("cycle_time", ("end", "lost"), &|way| ended(&|end| matches!(end, End::Lost(_)), way)),
    ];
    for (at, reason) in program.reasons.iter().enumerate() {
        let scope = ("reason", reason.label());
        groups.push(group("cycle_time", scope, &|way| ended(&|end| end == End::Lost(at), way)));
    }
    groups.retain(|group| group.flow.n > 0.0);
    groups
}
