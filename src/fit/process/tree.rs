//! Cases of a stage: visits and ages for which deals wait differently or go elsewhere, found by splitting where it pays.
//!
//! A split pays if it raises the log-likelihood of waits and ways by more than the parameters that it adds cost: by Schwarz's
//! criterion (1978) half the logarithm of the number of visits each, in full detail by Akaike's (1974) one each. Waits count by the tenth of all waits in which they
//! lie, of each way where waits depend on the way. The age at the entry decides on the wait of a stage, and the age at the exit
//! on the way and on the time that it takes, as in the language.

use std::collections::BTreeMap;

/// How many cases a stage may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Few, for a model that people read.
    #[default]
    Readable,
    /// As many as pay.
    Full,
}

impl Detail {
    fn most(self) -> usize {
        match self {
            Detail::Readable => 4,
            Detail::Full => 18,
        }
    }

    /// Fewer visits make no case of their own.
    pub(super) fn fewest(self) -> usize {
        match self {
            Detail::Readable => 30,
            Detail::Full => 10,
        }
    }

    /// What a further parameter costs in log-likelihood, for so many visits.
    pub(super) fn cost(self, visits: f64) -> f64 {
        match self {
            Detail::Readable => visits.ln() / 2.0,
            Detail::Full => 1.0,
        }
    }
}

/// Waits are compared in so many equally likely ranges.
const RANGES: usize = 10;
/// Ages are split at this many places between equally many visits.
const PLACES: usize = 6;

/// The visits that a case covers; both ranges include the lower end and leave out the upper one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// Numbers of visits.
    pub visits: (u32, u32),
    /// Ages, in days.
    pub ages: (f64, f64),
    /// Dates, in days since 1970-01-01; infinite where the case holds at all times.
    pub dates: (f64, f64),
}

impl Case {
    /// All visits.
    pub const ALL: Case = Case {
        visits: (1, u32::MAX),
        ages: (0.0, f64::INFINITY),
        dates: (f64::NEG_INFINITY, f64::INFINITY),
    };

    /// Whether it covers a visit at an age and a date.
    pub fn covers(&self, visit: u32, age: f64, date: f64) -> bool {
        self.covers_at(visit, age) && self.dates.0 <= date && date < self.dates.1
    }

    /// Whether it covers a visit at an age, whatever the date.
    fn covers_at(&self, visit: u32, age: f64) -> bool {
        (self.visits.0..self.visits.1).contains(&visit) && self.ages.0 <= age && age < self.ages.1
    }

    /// Whether it holds in a period only.
    pub fn is_period(&self) -> bool {
        self.dates != Case::ALL.dates
    }

    fn halves(&self, split: Split) -> [Case; 2] {
        let (mut low, mut high) = (*self, *self);
        match split {
            Split::Visit(at) => (low.visits.1, high.visits.0) = (at, at),
            Split::Age(at) => (low.ages.1, high.ages.0) = (at, at),
        }
        [low, high]
    }
}

#[derive(Debug, Clone, Copy)]
enum Split {
    Visit(u32),
    Age(f64),
}

/// A visit of a stage as the splitting sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Its number in the deal.
    pub(super) visit: u32,
    /// The ages, in days, that decide on the wait and on the way.
    pub(super) ages: (f64, f64),
    /// The wait in days; `None` where it is not known to have ended.
    pub(super) wait: Option<f64>,
    /// The way out by number; `None` if it was not left.
    pub(super) exit: Option<u16>,
    /// What the ways have in common that have one distribution of waits.
    pub(super) group: u16,
}

/// What counts in a case.
#[derive(Debug, Clone)]
pub(super) struct Counts<Way> {
    /// Waits by range, of each group of ways; all are in one group where waits do not depend on the way.
    waits: BTreeMap<Way, [u64; RANGES]>,
    exits: BTreeMap<Way, u64>,
}

impl<Way> Default for Counts<Way> {
    fn default() -> Counts<Way> {
        Counts { waits: BTreeMap::new(), exits: BTreeMap::new() }
    }
}

impl<Way: Ord> Counts<Way> {
    /// Adds a visit: its way, the group of that way, and its wait with the ends of the ranges.
    pub(super) fn add(&mut self, exit: Way, group: Way, wait: Option<(f64, &[f64])>) {
        if let Some((wait, edges)) = wait {
            let range = edges.partition_point(|edge| *edge <= wait);
            self.waits.entry(group).or_default()[range] += 1;
        }
        *self.exits.entry(exit).or_default() += 1;
    }

    fn left(&self) -> u64 {
        self.exits.values().sum()
    }

    fn waited(&self) -> u64 {
        self.waits.values().flatten().sum()
    }

    fn log_likelihood(&self) -> f64 {
        let waits: f64 = self.waits.values().map(log_likelihood).sum();
        waits + log_likelihood(self.exits.values())
    }

    /// Its free parameters.
    fn parameters(&self) -> f64 {
        let ranges = |of: &[u64; RANGES]| of.iter().filter(|n| **n > 0).count().saturating_sub(1);
        let waits: usize = self.waits.values().map(ranges).sum();
        (waits + self.exits.len().saturating_sub(1)) as f64
    }

    pub(super) fn score(&self, cost: f64) -> f64 {
        self.log_likelihood() - self.parameters() * cost
    }
}

/// Of counts of one multinomial draw, at its most likely parameters.
fn log_likelihood<'a>(counts: impl IntoIterator<Item = &'a u64> + Clone) -> f64 {
    let all: u64 = counts.clone().into_iter().sum();
    let used = counts.into_iter().filter(|count| **count > 0);
    used.map(|count| *count as f64 * (*count as f64 / all as f64).ln()).sum()
}

/// The ends of ten equally likely ranges of waits, but for the last.
pub(super) fn tenths(mut waits: Vec<f64>) -> Vec<f64> {
    waits.sort_by(f64::total_cmp);
    (1..RANGES).filter_map(|k| waits.get(k * waits.len() / RANGES).copied()).collect()
}

struct Tree<'s> {
    seen: &'s [Seen],
    detail: Detail,
    edges: Vec<f64>,
}

impl Tree<'_> {
    fn counts(&self, case: &Case) -> Counts<u16> {
        let mut counts = Counts::default();
        for one in self.seen {
            if let Some(wait) = one.wait
                && case.covers_at(one.visit, one.ages.0)
            {
                let range = self.edges.partition_point(|edge| *edge <= wait);
                counts.waits.entry(one.group).or_default()[range] += 1;
            }
            if let Some(exit) = one.exit
                && case.covers_at(one.visit, one.ages.1)
            {
                *counts.exits.entry(exit).or_default() += 1;
            }
        }
        counts
    }

    fn splits(&self, case: &Case) -> Vec<Split> {
        let visits = [2, 3].into_iter().filter(|at| case.visits.0 < *at && *at < case.visits.1);
        let covered = self.seen.iter().filter(|one| case.covers_at(one.visit, one.ages.1));
        let mut ages: Vec<f64> = covered.map(|one| one.ages.1).collect();
        ages.sort_by(f64::total_cmp);
        let places = (1..PLACES).filter_map(|k| ages.get(k * ages.len() / PLACES));
        let mut places: Vec<f64> = places.map(|age| rounded(*age)).collect();
        places.dedup();
        let inside = places.into_iter().filter(|at| case.ages.0 < *at && *at < case.ages.1);
        visits.map(Split::Visit).chain(inside.map(Split::Age)).collect()
    }

    /// The best split of a case that pays: its gain and both halves.
    fn best(&self, case: &Case) -> Option<(f64, [Case; 2])> {
        let cost = self.detail.cost(self.seen.len() as f64);
        let fewest = self.detail.fewest();
        let whole = self.counts(case);
        if (whole.left() as usize) < 2 * fewest {
            return None;
        }
        let before = whole.score(cost);
        let one = |split: Split| {
            let halves = case.halves(split);
            let counts = halves.map(|half| self.counts(&half));
            let enough = |count: &Counts<u16>| {
                count.left() as usize >= fewest && count.waited() as usize >= fewest
            };
            let gain = counts.iter().map(|count| count.score(cost)).sum::<f64>() - before;
            counts.iter().all(enough).then_some((gain, halves))
        };
        let splits = self.splits(case).into_iter().filter_map(one);
        splits.filter(|(gain, _)| *gain > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

/// An age that is easily read: two digits, in days.
fn rounded(days: f64) -> f64 {
    if days <= 0.0 {
        return 0.0;
    }
    let unit = 10.0_f64.powf(days.log10().floor() - 1.0);
    (days / unit).round() * unit
}

/// The cases of a stage with how well they describe it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cases {
    /// The cases, the one with the most visits last.
    pub(super) cases: Vec<Case>,
    /// The log-likelihood less the cost of the parameters.
    pub(super) score: f64,
}

/// The cases of a stage.
pub(super) fn cases(seen: &[Seen], detail: Detail) -> Cases {
    let tree =
        Tree { seen, detail, edges: tenths(seen.iter().filter_map(|one| one.wait).collect()) };
    let mut leaves = vec![(Case::ALL, tree.best(&Case::ALL))];
    while leaves.len() < detail.most() {
        let gain = |leaf: &(Case, Option<(f64, [Case; 2])>)| leaf.1.map_or(0.0, |best| best.0);
        let best = (0..leaves.len()).max_by(|a, b| gain(&leaves[*a]).total_cmp(&gain(&leaves[*b])));
        let Some((at, (_, halves))) = best.and_then(|at| Some((at, leaves[at].1?))) else { break };
        leaves.remove(at);
        leaves.extend(halves.map(|half| (half, tree.best(&half))));
    }
    let cost = detail.cost(seen.len() as f64);
    let score = leaves.iter().map(|(case, _)| tree.counts(case).score(cost)).sum();
    let mut cases: Vec<Case> = leaves.into_iter().map(|(case, _)| case).collect();
    cases.sort_by(|a, b| {
        (a.visits.0, a.ages.0)
            .partial_cmp(&(b.visits.0, b.ages.0))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let visits =
        |case: &Case| seen.iter().filter(|one| case.covers_at(one.visit, one.ages.0)).count();
    if let Some(most) = (0..cases.len()).max_by_key(|at| visits(&cases[*at])) {
        let base = cases.remove(most);
        cases.push(base);
    }
    Cases { cases, score }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(visit: u32, exit: u16) -> Seen {
        Seen {
            visit,
            ages: (f64::from(visit), f64::from(visit)),
            wait: Some(1.0),
            exit: Some(exit),
            group: 0,
        }
    }

    #[test]
    fn a_split_is_made_where_ways_differ_and_nowhere_else() {
        let same: Vec<Seen> =
            (0..400).map(|k| seen(1 + k % 2, u16::from(k / 2 % 4 == 0))).collect();
        assert_eq!(cases(&same, Detail::Readable).cases, [Case::ALL]);
        let differ: Vec<Seen> =
            (0..400).map(|k| seen(1 + k % 2, u16::from(k % 2 == 0 || k % 8 == 1))).collect();
        let found = cases(&differ, Detail::Readable).cases;
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
