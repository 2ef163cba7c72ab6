//! Which distribution to write: a named family where it is near enough, else the times themselves.

use super::{Candidate, Family, Lasted, Survival, candidates};
use crate::random::distribution::Distribution;

/// A named family is written where the area between it and the observed distribution is at most this share of the mean.
const NEAR: f64 = 0.05;
/// What lasts less than this is written as nothing, in days: half a second.
const AT_ONCE: f64 = 0.5 / 86_400.0;
/// An empirical distribution is written with up to so many values, …
const POINTS: usize = 25;
/// … one for so many observations, …
const EACH: u64 = 4;
/// … but with so many in any case.
const FEWEST: usize = 5;
/// Few times of different weights are replaced by up to so many of equal weight, so that little is lost.
const MOST_EQUAL: usize = 400;

/// A distribution as a model writes it; times in days.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Always the same.
    Constant(f64),
    /// A named family.
    Named(Family),
    /// Nothing at all in this share, else a named family.
    OrAtOnce(f64, Family),
    /// Equally likely values.
    Values(Vec<f64>),
}

impl Law {
    /// The distribution in days.
    pub fn distribution(&self) -> Option<Distribution> {
        match self {
            Law::Constant(days) => Distribution::constant(*days).ok(),
            Law::Named(family) => family.distribution(),
            Law::OrAtOnce(share, family) => {
                let parts = vec![
                    (*share, Distribution::constant(0.0).ok()?),
                    (1.0 - share, family.distribution()?),
                ];
                Distribution::mixture(parts).ok()
            }
            Law::Values(values) => Distribution::empirical(values, None).ok(),
        }
    }
}

/// The law of some times; `None` if none of them ended.
pub fn choose(lasted: &[Lasted]) -> Option<Law> {
    let survival = Survival::of(lasted)?;
    let mean = survival.mean();
    if mean < AT_ONCE {
        return Some(Law::Constant(0.0));
    }
    let later: Vec<Lasted> = lasted.iter().filter(|one| one.days > AT_ONCE).copied().collect();
    let at_once = survival.cdf(AT_ONCE);
    let with = |family: Family| {
        if at_once > 0.0 { Law::OrAtOnce(at_once, family) } else { Law::Named(family) }
    };
    let near = |Candidate { family, .. }: Candidate| {
        let law = with(family);
        let distribution = law.distribution()?;
        let apart = survival.distance(|days| distribution.cdf(days));
        (apart <= NEAR * mean).then_some(law)
    };
    Some(candidates(&later).into_iter().find_map(near).unwrap_or_else(|| values(&survival)))
}

/// The law of times with weights, all of which ended; `None` if there are none.
///
/// Times of different weights are replaced by as many of equal weight, at the middles of equal shares.
pub fn choose_weighted(times: &[(f64, f64)]) -> Option<Law> {
    let first = times.first()?;
    if times.iter().all(|(_, weight)| *weight == first.1) {
        return choose(&times.iter().map(|(days, _)| Lasted::ended(*days)).collect::<Vec<_>>());
    }
    let mut sorted = times.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: f64 = sorted.iter().map(|(_, weight)| weight).sum();
    let n = sorted.len().max(MOST_EQUAL.min(4 * sorted.len()));
    let (mut at, mut below) = (0, sorted[0].1);
    let middle = |k: usize| all * (k as f64 + 0.5) / n as f64;
    let equal = (0..n).map(|k| {
        while below < middle(k) && at + 1 < sorted.len() {
            at += 1;
            below += sorted[at].1;
        }
        Lasted::ended(sorted[at].0)
    });
    choose(&equal.collect::<Vec<_>>())
}

/// The middles of equal shares; each value once where there are few. A mean of such values would be too small where the last
/// share reaches far, so each stands for the mean of its share.
fn values(survival: &Survival) -> Law {
    let steps: Vec<(f64, f64)> = survival.steps().collect();
    if let [(only, _)] = steps.as_slice() {
        return Law::Constant(*only);
    }
    let count =
        POINTS.min((survival.n / EACH) as usize).max(FEWEST.min(survival.n as usize).max(2));
    let mut values = Vec::with_capacity(count);
    let each = 1.0 / count as f64;
    let mut steps = steps.into_iter();
    let (mut time, mut left) = steps.next().unwrap_or((0.0, 1.0));
    for _ in 0..count {
        let (mut wanted, mut sum) = (each, 0.0);
        while wanted > 1e-12 {
            let taken = left.min(wanted);
            sum += time * taken;
            (wanted, left) = (wanted - taken, left - taken);
            if left <= 1e-12 {
                match steps.next() {
                    Some(next) => (time, left) = next,
                    None => left = 1.0,
                }
            }
        }
        values.push(sum / each);
    }
    Law::Values(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_named_where_it_is_near() {
        let law = Distribution::exponential(3.0).unwrap();
        let times: Vec<Lasted> = (0..2_000)
            .map(|k| Lasted::ended(law.quantile((f64::from(k) + 0.5) / 2_000.0)))
            .collect();
        assert!(matches!(choose(&times), Some(Law::Named(_))));
    }

    #[test]
    fn two_heaps_are_no_family_and_keep_their_mean() {
        let times: Vec<Lasted> =
            (0..100).map(|k| Lasted::ended(if k < 30 { 1.0 } else { 100.0 })).collect();
        let Some(Law::Values(values)) = choose(&times) else { panic!() };
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean - 70.3).abs() < 1e-6, "{mean}");
    }

    #[test]
    fn what_is_always_at_once_is_nothing() {
        assert_eq!(choose(&[Lasted::ended(0.0); 5]), Some(Law::Constant(0.0)));
        assert_eq!(choose(&[Lasted::so_far(3.0)]), None);
    }
}
