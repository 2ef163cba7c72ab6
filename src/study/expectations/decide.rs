//! Judges expectations until they are decided: exactly where theory knows the figure, else by simulation, with more and
//! more replications up to a budget.
//!
//! The intervals are looked at only after n, 2n, 4n … replications. Each look has its share of the error (Bonferroni), so
//! the level holds for all looks together.

use super::{Judgement, Known, Verdict, figure, limits_of, one, options, subject};
use crate::model::{Expectation, Model};
use crate::program::Program;
use crate::stats::Estimate;
use crate::study::simulate::{Options, Simulation};
use crate::study::solve::{Comparable, comparable};

/// A figure of theory this close to a limit, relative to it, is the limit: the rest is rounding.
const ROUNDING: f64 = 1e-9;

/// Judges all expectations of a model, in their order. Simulations begin with the replications of the options and end at
/// the budget; `simulate` returns none where there is no time left, and what is not decided then stays so.
///
/// # Errors
/// Those of `simulate`.
pub fn decide<'m, E>(
    model: &'m Model,
    base: &Options,
    budget: u64,
    mut simulate: impl FnMut(&Options) -> Result<Option<Simulation>, E>,
) -> Result<Vec<Judgement<'m>>, E> {
    let level = base.figures.level;
    let mut judgements: Vec<Option<Judgement<'m>>> = by_theory(model, level);
    let looks = looks(base.replications, budget);
    for replications in &looks {
        let is_open = |judgement: &Option<Judgement<'_>>| {
            judgement.as_ref().is_none_or(|one| matches!(one.verdict, Verdict::Undecided { .. }))
        };
        let open: Vec<usize> =
            (0..judgements.len()).filter(|at| is_open(&judgements[*at])).collect();
        if open.is_empty() {
            break;
        }
        let mut options = options(model, Options { replications: *replications, ..base.clone() });
        if looks.len() > 1 {
            options.figures.level = 1.0 - (1.0 - level) / looks.len() as f64;
        }
        options.kpis = open.iter().map(|at| model.expectations[*at].kpi).collect();
        options.kpis.sort_unstable();
        options.kpis.dedup();
        let Some(simulation) = simulate(&options)? else { break };
        for at in open {
            judgements[at] = Some(one(&model.expectations[at], &simulation));
        }
    }
    let all = model.expectations.iter().zip(judgements);
    Ok(all
        .map(|(expectation, judged)| judged.unwrap_or_else(|| unseen(expectation, level)))
        .collect())
}

/// The replications of each look: doubled up to the budget.
pub(in crate::study) fn looks(first: u64, budget: u64) -> Vec<u64> {
    let first = first.max(1);
    let doubled = std::iter::successors(Some(first), |count| count.checked_mul(2));
    let mut looks: Vec<u64> = doubled.take_while(|count| *count <= budget.max(first)).collect();
    // The last one is the budget itself, unless that is hardly more.
    if looks.last().is_some_and(|last| *last + last / 4 <= budget) {
        looks.push(budget);
    }
    looks
}

/// The judgement of each expectation whose figure of this window theory knows well enough to decide it.
pub(in crate::study) fn by_theory(model: &Model, level: f64) -> Vec<Option<Judgement<'_>>> {
    let by: Vec<String> = model
        .expectations
        .iter()
        .flat_map(Expectation::parts)
        .map(|(by, _)| by.to_owned())
        .collect();
    let theory = if model.expectations.is_empty() {
        Vec::new()
    } else {
        comparable(&Program::outline(model), &by)
    };
    model.expectations.iter().map(|expectation| exact(expectation, &theory, level)).collect()
}

fn exact<'m>(
    expectation: &'m Expectation,
    theory: &[Comparable],
    level: f64,
) -> Option<Judgement<'m>> {
    let (row, value, error) = figure::known(expectation, theory)?;
    let limits = limits_of(expectation);
    // `None` where the error of the method reaches over the limit.
    let side = |limit: Option<f64>, beyond: fn(f64, f64) -> bool| match limit {
        None => Some(true),
        Some(limit) if (value - limit).abs() <= ROUNDING * limit.abs() => Some(true),
        Some(limit) if (value - limit).abs() <= error => None,
        Some(limit) => Some(beyond(value, limit)),
    };
    let above = side(limits.at_least, |value, limit| value > limit)?;
    let below = side(limits.at_most, |value, limit| value < limit)?;
    Some(Judgement {
        expectation,
        verdict: if above && below { Verdict::Kept } else { Verdict::Broken },
        subject: subject(expectation),
        found: Estimate { value: Some(value), half_width: Some(error), level },
        unit: row.unit(),
        known: Known::Theory,
    })
}

/// An expectation for which there was no time.
pub(in crate::study) fn unseen(expectation: &Expectation, level: f64) -> Judgement<'_> {
    Judgement {
        expectation,
        verdict: Verdict::Undecided { needed: None },
        subject: subject(expectation),
        found: Estimate::none(level),
        unit: crate::kpi::Unit::Count,
        known: Known::Replications(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_double_up_to_the_budget() {
        assert_eq!(looks(200, 200), [200]);
        assert_eq!(looks(200, 1000), [200, 400, 800, 1000]);
        assert_eq!(looks(200, 900), [200, 400, 800]);
        assert_eq!(looks(200, 10_000), [200, 400, 800, 1600, 3200, 6400, 10_000]);
        assert_eq!(looks(500, 200), [500]);
    }
}
