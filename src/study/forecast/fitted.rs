//! What is learnt at a cut-off, and the wins that it expects.

use rayon::prelude::*;

use crate::fit::arrivals::Arrivals;
use crate::fit::cohorts::Cohorts;
use crate::fit::hazards::Hazards;
use crate::fit::log::{Dated, Day, Log};
use crate::fit::multiples::{Expecting, Multiples, Split, expected_wins};
use crate::fit::rates::Rates;
use crate::fit::season::{Classes, Season};
use crate::fit::segments::Column;
use crate::fit::walk::{End, State, Walks};
use crate::random::key::StreamKey;
use crate::records::deals::Deals;

/// Walks of each deal for an expected number of wins: with 500 wins its standard error is 0.8 %.
const WALKS: u64 = 32;

/// Walks of new deals for an expected number of wins, about.
const NEW_WALKS: usize = 20_000;

/// Factors at which the response of wins to the rates of wins is known.
const FACTORS: [f64; 9] = [0.15, 0.3, 0.5, 0.75, 1.0, 1.35, 2.0, 3.5, 7.0];

/// The seed of expected numbers: they are estimates, the same for every seed of a forecast.
const SEED: u64 = 1;

/// What is learnt from a log at a cut-off.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The cut-off.
    pub cut: Day,
    /// The classes of all days of the log and of the horizon.
    pub classes: Classes,
    /// The hazards.
    pub hazards: Hazards,
    /// Their means.
    pub mean: Rates,
    /// The paces of cohorts.
    pub cohorts: Cohorts,
    /// New deals.
    pub arrivals: Arrivals,
    /// How often deals of each level of a column are won beside the others, where that is used.
    pub segment: Option<Segment>,
}

/// The multiples of a column. They tell which deals are won, not how many: scaled so that the
/// expected wins of the open deals, and of the mix of new ones, stay what they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    split: Split,
    /// By level, for open and for new deals.
    factors: [Vec<f64>; 2],
}

/// Expected wins by day of the horizon, as running sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// Of the deals that are open at the cut-off.
    pub open: Vec<f64>,
    /// Of those that arrive later.
    pub new: Vec<f64>,
}

/// How an expected number is computed.
#[derive(Debug, Clone, Copy)]
struct Effort {
    /// Days of the horizon.
    days: usize,
    /// Walks of each open deal.
    walks: u64,
    /// A factor on all rates of wins.
    factor: f64,
}

/// Wins at each of the `FACTORS`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Response {
    wins: [f64; FACTORS.len()],
}

/// The responses of open and of new deals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Responses {
    /// Of open deals.
    pub open: Response,
    /// Of new deals.
    pub new: Response,
}

impl Response {
    /// The factor on the rates of wins that multiplies the expected wins by `times`: a chance stays
    /// at most 1. Between the known factors wins are linear; beyond them the last factor is taken.
    pub fn factor(&self, times: f64) -> f64 {
        let wanted = times * self.wins[FACTORS.len() / 2];
        let above = self.wins.partition_point(|wins| *wins < wanted);
        if above == 0 {
            return if self.wins[0] > 0.0 { FACTORS[0] * wanted / self.wins[0] } else { 1.0 };
        }
        if above == FACTORS.len() {
            return FACTORS[above - 1];
        }
        let (low, high) = (self.wins[above - 1], self.wins[above]);
        let part = (wanted - low) / (high - low);
        FACTORS[above - 1] + part * (FACTORS[above] - FACTORS[above - 1])
    }
}

impl Fitted {
    /// Learns from what a log knows before a cut-off; `horizon` in days.
    pub fn new(log: &Log, cut: Day, season: Season, horizon: f64) -> Fitted {
        let first = log.first_close.min(cut) - 1.0;
        let classes = Classes::new(season, first, cut + horizon + 1.0);
        let hazards = Hazards::fit(log, cut, &classes);
        let mean = Rates::mean(&hazards);
        let is_few = hazards.is_few();
        let cohorts = if is_few { Cohorts::NONE } else { Cohorts::fit(log, cut, &mean, &classes) };
        let arrivals = Arrivals::fit(log, cut);
        Fitted { cut, classes, mean, hazards, cohorts, arrivals, segment: None }
    }

    /// The same with the multiples of a column; `days` of the horizon.
    #[must_use]
    pub fn with(self, deals: &Deals, log: &Log, (column, days): (Column, usize)) -> Fitted {
        let split = Split::new(deals, column);
        let Some(multiples) = self.multiples(log, std::slice::from_ref(&split)).pop() else {
            return self;
        };
        let open = self.expected_by(log, days, std::slice::from_ref(&split));
        let open = open.iter().flat_map(|sums| sums.until(days.div_ceil(7))).collect::<Vec<_>>();
        let mut new = vec![0.0; split.levels];
        for at in &self.arrivals.mix {
            new[split.level(log.deals[*at].row)] += 1.0;
        }
        let scaled = |weights: &[f64]| {
            let sums = weights.iter().zip(&multiples.factors);
            let sums = sums.fold((0.0, 0.0), |sum, (weight, factor)| {
                (sum.0 + weight, sum.1 + weight * factor)
            });
            let scale = if sums.1 > 0.0 { sums.0 / sums.1 } else { 1.0 };
            multiples.factors.iter().map(|factor| factor * scale).collect()
        };
        let factors = [scaled(&open), scaled(&new)];
        Fitted { segment: Some(Segment { split, factors }), ..self }
    }

    /// The multiples of columns.
    pub fn multiples(&self, log: &Log, splits: &[Split]) -> Vec<Multiples> {
        if splits.is_empty() {
            return Vec::new();
        }
        let Fitted { cut, mean: rates, cohorts, classes, .. } = self;
        let expected = expected_wins(log, &Expecting { cut: *cut, rates, cohorts, classes });
        splits.iter().map(|split| Multiples::fit(split, log, *cut, &expected)).collect()
    }

    /// The factor on the rates of wins of an open or a new deal that is as this row; 1 where segments
    /// are not used.
    pub fn multiple(&self, row: usize, is_new: bool) -> f64 {
        let of = |one: &Segment| one.factors[usize::from(is_new)][one.split.level(row)];
        self.segment.as_ref().map_or(1.0, of)
    }

    /// Where an open deal is at the cut-off.
    pub fn state(&self, deal: &Dated) -> State {
        let stay = deal.stay_at(self.cut);
        State {
            stage: stay.stage,
            entered: stay.entered,
            now: self.cut,
            pace: self.cohorts.pace(deal.created),
        }
    }

    /// Where a new deal that is like this one begins.
    pub fn start(&self, like: &Dated, day: Day) -> State {
        State { stage: like.stays[0].stage, entered: day, now: day, pace: 1.0 }
    }

    /// The wins that are expected in each day of the next `days`.
    pub fn expected(&self, log: &Log, days: usize) -> Expected {
        let effort = Effort { days, walks: WALKS, factor: 1.0 };
        Expected { open: self.of_open(log, effort), new: self.of_new(log, effort) }
    }

    /// The wins of open deals that are expected until the end of each week of the next `days`, by
    /// column, level and week.
    pub fn expected_by(&self, log: &Log, days: usize, splits: &[Split]) -> Vec<ByLevel> {
        let open: Vec<&Dated> = log.deals.iter().filter(|deal| deal.is_open(self.cut)).collect();
        let walks = Walks::new(&self.mean, &self.classes, self.cut + days as f64);
        let none = || splits.iter().map(|split| ByLevel::new(split, days)).collect::<Vec<_>>();
        let mut found = open
            .par_chunks(64)
            .map(|deals| {
                let mut sums = none();
                for deal in deals {
                    let state = self.state(deal);
                    for walk in 0..WALKS {
                        let key = StreamKey::new(SEED, walk, "open").deal(deal.row as u64);
                        if let End::Won(day) = walks.end(state, 1.0, key) {
                            for (sum, split) in sums.iter_mut().zip(splits) {
                                sum.add(split.level(deal.row), day - self.cut);
                            }
                        }
                    }
                }
                sums
            })
            .reduce(none, |mut sum, other| {
                sum.iter_mut().zip(other).for_each(|(sum, other)| sum.merge(&other));
                sum
            });
        found.iter_mut().for_each(|sum| sum.scale(1.0 / WALKS as f64));
        found
    }

    /// How the wins of the next `days` respond to a factor on all rates of wins.
    pub fn responses(&self, log: &Log, days: usize) -> Responses {
        let effort = |factor| Effort { days, walks: WALKS / 4, factor };
        let last = |sums: Vec<f64>| sums.last().copied().unwrap_or(0.0);
        let response = |wins: &(dyn Fn(Effort) -> Vec<f64> + Sync)| {
            let wins = FACTORS.map(|factor| last(wins(effort(factor))));
            Response { wins }
        };
        Responses {
            open: response(&|effort| self.of_open(log, effort)),
            new: response(&|effort| self.of_new(log, effort)),
        }
    }

    /// Expected wins of open deals.
    fn of_open(&self, log: &Log, effort: Effort) -> Vec<f64> {
        let Effort { days, walks: count, factor } = effort;
        let walks = Walks::new(&self.mean, &self.classes, self.cut + days as f64);
        let open: Vec<&Dated> = log.deals.iter().filter(|deal| deal.is_open(self.cut)).collect();
        let counts = open
            .par_chunks(64)
            .map(|deals| {
                let mut counts = vec![0u64; days];
                for deal in deals {
                    let (state, factor) =
                        (self.state(deal), factor * self.multiple(deal.row, false));
                    for walk in 0..count {
                        let key = StreamKey::new(SEED, walk, "open").deal(deal.row as u64);
                        self.count(walks.end(state, factor, key), &mut counts);
                    }
                }
                counts
            })
            .reduce(|| vec![0; days], add);
        running(&counts, 1.0 / count as f64)
    }

    /// Expected wins of new deals: as many starts as there are deals in the mix, spread evenly.
    fn of_new(&self, log: &Log, effort: Effort) -> Vec<f64> {
        let Effort { days, walks: count, factor } = effort;
        let mix = &self.arrivals.mix;
        let walks = Walks::new(&self.mean, &self.classes, self.cut + days as f64);
        let rounds = ((NEW_WALKS / mix.len().max(1)) as u64).clamp(1, WALKS) * count / WALKS;
        let rounds = rounds.max(1);
        let counts = mix
            .par_chunks(64)
            .enumerate()
            .map(|(chunk, deals)| {
                let mut counts = vec![0u64; days];
                for (at, index) in deals.iter().enumerate() {
                    let number = (chunk * 64 + at) as u64;
                    for round in 0..rounds {
                        // Multiples of the golden ratio: even, whatever the order of the mix.
                        let place =
                            ((number * rounds + round) as f64 * 0.618_033_988_749_895).fract();
                        let day = self.cut + place * days as f64;
                        let key = StreamKey::new(SEED, round, "new").deal(number);
                        let like = &log.deals[*index];
                        let (state, factor) =
                            (self.start(like, day), factor * self.multiple(like.row, true));
                        self.count(walks.end(state, factor, key), &mut counts);
                    }
                }
                counts
            })
            .reduce(|| vec![0; days], add);
        let starts = mix.len().max(1) as f64 * rounds as f64;
        running(&counts, self.arrivals.mean / 7.0 * days as f64 / starts)
    }

    fn count(&self, end: End, counts: &mut [u64]) {
        if let End::Won(day) = end {
            let last = counts.len() - 1;
            counts[((day - self.cut) as usize).min(last)] += 1;
        }
    }
}

/// A number of wins by level and week, as running sums over whole weeks.
#[derive(Debug, Clone, PartialEq)]
pub struct ByLevel {
    levels: usize,
    weeks: usize,
    /// By level and week.
    sums: Vec<f64>,
}

impl ByLevel {
    /// No wins.
    pub fn new(split: &Split, days: usize) -> ByLevel {
        let weeks = days.div_ceil(7);
        ByLevel { levels: split.levels, weeks, sums: vec![0.0; split.levels * weeks] }
    }

    /// Adds a win so many days after the cut-off.
    pub fn add(&mut self, level: usize, day: Day) {
        let week = ((day / 7.0) as usize).min(self.weeks - 1);
        self.sums[level * self.weeks + week] += 1.0;
    }

    /// The wins of each level in so many whole weeks.
    pub fn until(&self, weeks: usize) -> impl Iterator<Item = f64> + '_ {
        (0..self.levels).map(move |level| {
            let start = level * self.weeks;
            self.sums[start..start + weeks.min(self.weeks)].iter().sum()
        })
    }

    fn merge(&mut self, other: &ByLevel) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, other)| *sum += other);
    }

    fn scale(&mut self, by: f64) {
        self.sums.iter_mut().for_each(|sum| *sum *= by);
    }
}

fn add(mut sum: Vec<u64>, other: Vec<u64>) -> Vec<u64> {
    sum.iter_mut().zip(other).for_each(|(sum, other)| *sum += other);
    sum
}

/// Running sums of counts, scaled.
fn running(counts: &[u64], scale: f64) -> Vec<f64> {
    let mut sum = 0;
    counts
        .iter()
        .map(|count| {
            sum += count;
            sum as f64 * scale
        })
        .collect()
}
