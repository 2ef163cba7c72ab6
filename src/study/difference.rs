//! The differences between two runs, with an interval for each KPI that both have.
//!
//! Runs with the same seed and replication numbers draw the same random numbers where their models
//! agree, so they are compared in pairs of replications ([`crate::stats::Difference`]). Other runs
//! are compared as independent ones.

use std::collections::HashMap;

use super::failure::Failure;
use super::observations::{Frame, Observations};
use super::options::Options;
use crate::kpi::{Direction, Key, Kpi, Population, Stat, Unit};
use crate::model::Model;
use crate::stats::{Difference as Interval, Estimate, Linear, Pairing, Sample};
use crate::tally::figures::{self, Measure, Tallied};

/// One of the two runs.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its observations.
    pub observations: &'a Observations,
}

/// The differences between two runs.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Differences {
    /// Figures that both runs have, in the order of the new run's rows.
    pub both: Vec<Difference>,
    /// Figures that only the old run has, in the order of its rows.
    pub only_old: Vec<Key>,
    /// Figures that only the new run has.
    pub only_new: Vec<Key>,
}

/// A figure of both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The key of the figure.
    pub key: Key,
    /// Its unit.
    pub unit: Unit,
    /// The deals it covers.
    pub population: Population,
    /// In the old run.
    pub old: Known,
    /// In the new run.
    pub new: Known,
    /// New − old.
    pub absolute: Estimate,
    /// New / old − 1.
    pub relative: Estimate,
    /// Whether the runs were compared in pairs.
    pub how: Pairing,
    /// The meaning of the difference.
    pub verdict: Verdict,
}

/// A figure of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// The estimate with its own interval.
    pub estimate: Estimate,
    /// The number of deals behind it, over all replications.
    pub n: u64,
}

/// The meaning of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Better, and significant.
    Better,
    /// Worse, and significant.
    Worse,
    /// Significant, for a figure without a good direction.
    Changed,
    /// Not significant: the interval contains zero, or there is none.
    NotBeyondChance,
}

/// The relative rounding error of sums.
const NOISE: f64 = 1e-12;

impl Verdict {
    /// The verdict on a difference, given the good direction and the larger of the two figures.
    pub(super) fn of(difference: &Estimate, good: Direction, largest: f64) -> Verdict {
        let (Some(value), Some(half_width)) = (difference.value, difference.half_width) else {
            return Verdict::NotBeyondChance;
        };
        // Two sums of the same numbers in another order are not a difference.
        if value.abs() <= half_width.max(NOISE * largest) {
            return Verdict::NotBeyondChance;
        }
        match good {
            Direction::Neither => Verdict::Changed,
            Direction::Up if value > 0.0 => Verdict::Better,
            Direction::Down if value < 0.0 => Verdict::Better,
            Direction::Up | Direction::Down => Verdict::Worse,
        }
    }
}

/// The differences between two runs, at the level and for the KPIs of `options`.
///
/// Both runs must have been observed with these options; seed and replication numbers may differ.
/// During the comparison, one number for each row and replication of the old run is held in memory.
///
/// ```
/// use voronka::{kpi::{Key, Kpi, Stat}, model, study::{difference::{self, Side, Verdict}, simulate}};
/// let load = |text| model::load("m.yaml", text, &[], None).model.unwrap();
/// let (old, new) = (load("stages: {a: {next: 40%}}"), load("stages: {a: {next: 50%}}"));
/// let options = simulate::Options { replications: 10, by_replication: true, ..Default::default() };
/// let observe = |model| simulate::observe(model, &options, &Default::default()).unwrap();
/// let (before, after) = (observe(&old), observe(&new));
/// let side = |model, observations| Side { model, observations };
/// let found = difference::of(side(&old, &before), side(&new, &after), &options).unwrap();
/// let of = |difference: &&difference::Difference| difference.key == Key::new(Kpi::WinRate, Stat::Share);
/// assert_eq!(found.both.iter().find(of).unwrap().verdict, Verdict::Better);
/// ```
pub fn of(old: Side<'_>, new: Side<'_>, options: &Options) -> Result<Differences, Failure> {
    let (old, new) = (Run::new(old, options)?, Run::new(new, options)?);
    let alike = old.pairing(&new);
    let mut known: HashMap<Key, (Linear<'_>, u64)> = HashMap::new();
    let mut order = Vec::new();
    old.measures(options, &mut |measure| {
        let linear = measure.estimator.linear(&old.sample, options.figures.level);
        order.push(measure.key.clone());
        known.insert(measure.key, (linear, measure.n));
    });
    let (mut both, mut only_new) = (Vec::new(), Vec::new());
    new.measures(options, &mut |measure| match known.remove(&measure.key) {
        None => only_new.push(measure.key),
        Some((linear, n)) => {
            let later = measure.estimator.linear(&new.sample, options.figures.level);
            let Interval { absolute, relative, how } = linear.to(&later, alike);
            let sizes = [linear.estimate.value, later.estimate.value];
            let largest = sizes.into_iter().flatten().fold(0.0, |most: f64, x| most.max(x.abs()));
            both.push(Difference {
                unit: measure.unit(),
                population: measure.population(),
                old: Known { estimate: linear.estimate, n },
                new: Known { estimate: later.estimate, n: measure.n },
                absolute,
                relative,
                how,
                verdict: Verdict::of(&absolute, measure.key.good(), largest),
                key: measure.key,
            });
        }
    });
    leave_open(&mut both);
    let only_old = order.into_iter().filter(|key| known.contains_key(key)).collect();
    Ok(Differences { both, only_old, only_new })
}

/// Gives no verdict on a share of won deals where the deals without an outcome yet could reverse it.
///
/// If all of those are won, the share is its value and that of the undecided together. A difference
/// is better or worse only if both have its sign; a process that is slower alone has fewer wins and
/// more undecided deals, which is different but not worse.
fn leave_open(both: &mut [Difference]) {
    let undecided: HashMap<Key, f64> = both
        .iter()
        .filter(|one| one.key.kpi == Kpi::LeadToWin && one.key.stat == Stat::Undecided)
        .filter_map(|one| Some((one.key.with(Stat::Share), one.absolute.value?)))
        .collect();
    for one in both {
        let (Some(won), Some(open)) = (one.absolute.value, undecided.get(&one.key)) else {
            continue;
        };
        let is_judged = matches!(one.verdict, Verdict::Better | Verdict::Worse);
        if is_judged && won * (won + open) <= 0.0 {
            one.verdict = Verdict::Changed;
        }
    }
}

/// A run prepared for comparison.
pub(super) struct Run<'a> {
    frame: Frame,
    observations: &'a Observations,
    sample: Sample,
}

impl<'a> Run<'a> {
    pub(super) fn new(side: Side<'a>, options: &Options) -> Result<Run<'a>, Failure> {
        let observations = side.observations;
        let options = Options { seed: observations.setting.seed, ..options.clone() };
        let frame = Frame::kept(side.model, &options)?;
        observations.check(&frame)?;
        let sample = figures::sample(&frame.program, &observations.outcomes, &options.figures);
        Ok(Run { frame, observations, sample })
    }

    /// Paired if the other run has the same replications.
    pub(super) fn pairing(&self, other: &Run<'_>) -> Pairing {
        let numbers = |run: &Run<'_>| -> Vec<u64> {
            run.observations.outcomes.iter().map(|outcome| outcome.number).collect()
        };
        let [mine, others] = [self, other].map(|run| &run.observations.setting);
        match (
            mine.seed == others.seed && numbers(self) == numbers(other),
            mine.model == others.model,
        ) {
            (true, true) => Pairing::Same,
            (true, false) => Pairing::Paired,
            (false, _) => Pairing::Independent,
        }
    }

    /// The figures at these keys, each with the influence of every replication on it.
    pub(super) fn linears(&self, options: &Options, keys: &[Key]) -> HashMap<Key, Linear<'static>> {
        let mut found = HashMap::new();
        self.measures(options, &mut |measure| {
            if keys.contains(&measure.key) {
                let linear = measure.estimator.linear(&self.sample, options.figures.level);
                found.insert(measure.key, linear.owned());
            }
        });
        found
    }

    /// Passes on the measures of the wanted KPIs.
    fn measures(&self, options: &Options, take: &mut dyn FnMut(Measure<'_>)) {
        let Frame { program, classes, .. } = &self.frame;
        let Observations { outcomes, spreads, .. } = self.observations;
        let tallied = Tallied { program, classes, outcomes, spreads, options: &options.figures };
        figures::measures(&tallied, &mut |measure| {
            if options.kpis.is_empty() || options.kpis.contains(&measure.key.kpi) {
                take(measure);
            }
        });
    }
}
