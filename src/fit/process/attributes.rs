//! Attributes of deals: columns with few words that are known for open and closed deals alike, and what depends on them.
//!
//! A column that is filled when a deal closes tells its end, so it is refused (see [`segments`](crate::fit::segments)). What depends on an attribute
//! is decided by Schwarz's criterion (1978): a parameter must raise the log-likelihood by half the logarithm of the number of
//! observations. An attribute is written only if something depends on it.

use std::collections::BTreeMap;

use super::fitted::{Ending, Fitted, Share};
use super::traces::{End, Traces};
use crate::fit::log::Log;
use crate::fit::segments::{Column, columns, empty, level};
use crate::records::deals::{Deals, NameId, Outcome};

/// Columns with more words are names, not kinds.
const MOST_WORDS: usize = 8;
/// Words with fewer deals have no ways and no values of their own.
const FEWEST: u64 = 30;

/// The ways of deals of one kind out of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct KindWays {
    /// The stage, by its place in the process.
    pub stage: usize,
    /// The kind.
    pub word: NameId,
    /// Where its deals go, in the order of the ways of the stage; ways without a deal are left out.
    pub ways: Vec<Share>,
}

/// An attribute that something depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// The column.
    pub column: Column,
    /// Its words with their deals.
    pub words: Vec<(NameId, u64)>,
    /// Deals without a word.
    pub empty: u64,
    /// Kinds with amounts of their own; empty where amounts do not depend on it.
    pub values: Vec<NameId>,
    /// Kinds with ways of their own.
    pub ways: Vec<KindWays>,
}

/// What attributes say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes {
    /// Those that something depends on.
    pub used: Vec<Attribute>,
    /// Columns that tell whether a deal is closed.
    pub leaks: Vec<Column>,
    /// Columns on which nothing depends beyond chance.
    pub idle: Vec<Column>,
}

/// Finds attributes and what depends on them. Of several columns the one that explains most decides.
pub fn attributes(deals: &Deals, traces: &Traces, fitted: &Fitted) -> Attributes {
    let mut found = Attributes::default();
    let few = |column: &Column| {
        let words = words(deals, *column).len();
        *column != Column::Source && (2..=MOST_WORDS).contains(&words)
    };
    let log = Log::new(deals);
    let mut known = Vec::new();
    for column in columns(deals).into_iter().filter(few) {
        if empty(&log, log.until, |row| level(deals, column, row).is_none()).is_leak() {
            found.leaks.push(column);
        } else {
            known.push(column);
        }
    }
    let deciding = best(&known, |column| value_gain(deals, column));
    let exits = exits(traces, fitted);
    let stages: Vec<Option<Column>> =
        exits.iter().map(|exits| best(&known, |column| ways_gain(deals, column, exits))).collect();
    for column in known {
        let values =
            if deciding == Some(column) { kinds_with_values(deals, column) } else { Vec::new() };
        let mut ways = Vec::new();
        for (stage, exits) in exits.iter().enumerate() {
            if stages[stage] == Some(column) {
                ways.extend(kind_ways(deals, column, stage, exits));
            }
        }
        if values.is_empty() && ways.is_empty() {
            found.idle.push(column);
            continue;
        }
        let words = words(deals, column);
        let filled: u64 = words.iter().map(|(_, count)| count).sum();
        let empty = deals.deals.len() as u64 - filled;
        found.used.push(Attribute { column, words, empty, values, ways });
    }
    found
}

/// The words of a column with their deals, the most frequent first.
fn words(deals: &Deals, column: Column) -> Vec<(NameId, u64)> {
    let mut counts: BTreeMap<NameId, u64> = BTreeMap::new();
    for row in 0..deals.deals.len() {
        if let Some(word) = level(deals, column, row) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut words: Vec<(NameId, u64)> = counts.into_iter().collect();
    words.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
    words
}

/// The column with the greatest gain above nothing.
fn best(columns: &[Column], gain: impl Fn(Column) -> f64) -> Option<Column> {
    let gains = columns.iter().map(|column| (gain(*column), *column));
    let best = gains.filter(|(gain, _)| *gain > 0.0).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|best| best.1)
}

/// Logarithms of the amounts of won deals by kind; kinds with few of them are taken together.
fn amounts(deals: &Deals, column: Column) -> Vec<Vec<f64>> {
    let kinds = kinds_with_values(deals, column);
    let mut groups = vec![Vec::new(); kinds.len() + 1];
    for (row, deal) in deals.deals.iter().enumerate() {
        if let Some(amount) = deal.amount.filter(|x| *x > 0.0 && deal.outcome == Outcome::Won) {
            let word = level(deals, column, row);
            let own = kinds.iter().position(|kind| Some(*kind) == word).unwrap_or(kinds.len());
            groups[own].push(libm::log(amount));
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

fn kinds_with_values(deals: &Deals, column: Column) -> Vec<NameId> {
    let mut counts: BTreeMap<NameId, u64> = BTreeMap::new();
    for (row, deal) in deals.deals.iter().enumerate() {
        let is_valued = deal.outcome == Outcome::Won && deal.amount.is_some_and(|x| x > 0.0);
        if let Some(word) = level(deals, column, row).filter(|_| is_valued) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count >= FEWEST).map(|(word, _)| word).collect()
}

/// The gain of normal distributions of the logarithms of amounts, one for each kind, over one for all.
fn value_gain(deals: &Deals, column: Column) -> f64 {
    let groups = amounts(deals, column);
    let all: Vec<f64> = groups.iter().flatten().copied().collect();
    let likelihood = |group: &[f64]| {
        let n = group.len() as f64;
        let mean = group.iter().sum::<f64>() / n;
        let variance = group.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        -n / 2.0 * libm::log(variance.max(1e-6))
    };
    let further = 2.0 * groups.len().saturating_sub(1) as f64;
    let gain = groups.iter().map(|group| likelihood(group)).sum::<f64>();
    if further == 0.0 {
        return 0.0;
    }
    gain - likelihood(&all) - further * libm::log(all.len() as f64) / 2.0
}

/// The exits of each stage that has no cases: deals with the way that they went.
fn exits(traces: &Traces, fitted: &Fitted) -> Vec<Vec<(usize, Ending)>> {
    let mut exits = vec![Vec::new(); fitted.stages.len()];
    let place = |stage| fitted.stages.iter().position(|one| one.name.unwrap_or(0) == stage);
    for trace in &traces.list {
        let next = trace.steps.iter().skip(1).map(|step| place(step.stage).map(Ending::Stage));
        let end = (trace.end != End::Open).then_some(Ending::End(trace.end));
        for (step, to) in trace.steps.iter().zip(next.chain([end])) {
            if let (Some(stage), Some(to)) = (place(step.stage), to.filter(|_| step.ended)) {
                exits[stage].push((trace.deal, to));
            }
        }
    }
    for (stage, exits) in fitted.stages.iter().zip(&mut exits) {
        if stage.leaves.len() > 1 {
            exits.clear();
        }
    }
    exits
}

/// Counts of ways by kind; kinds with few exits are taken together under no word.
fn by_kind(
    deals: &Deals,
    column: Column,
    exits: &[(usize, Ending)],
) -> BTreeMap<Option<NameId>, BTreeMap<Ending, u64>> {
    let mut counts: BTreeMap<Option<NameId>, u64> = BTreeMap::new();
    exits.iter().for_each(|(row, _)| *counts.entry(level(deals, column, *row)).or_default() += 1);
    let mut found: BTreeMap<Option<NameId>, BTreeMap<Ending, u64>> = BTreeMap::new();
    for (row, to) in exits {
        let word = level(deals, column, *row);
        let word = word.filter(|_| counts[&word] >= FEWEST);
        *found.entry(word).or_default().entry(*to).or_default() += 1;
    }
    found
}

/// The gain of ways by kind over the same ways for all.
fn ways_gain(deals: &Deals, column: Column, exits: &[(usize, Ending)]) -> f64 {
    let kinds = by_kind(deals, column, exits);
    let mut all: BTreeMap<Ending, u64> = BTreeMap::new();
    exits.iter().for_each(|(_, to)| *all.entry(*to).or_default() += 1);
    let likelihood = |counts: &BTreeMap<Ending, u64>| {
        let n = counts.values().sum::<u64>() as f64;
        counts.values().map(|count| *count as f64 * libm::log(*count as f64 / n)).sum::<f64>()
    };
    let parameters = |counts: &BTreeMap<Ending, u64>| counts.len().saturating_sub(1) as f64;
    let further = kinds.values().map(parameters).sum::<f64>() - parameters(&all);
    let gain = kinds.values().map(likelihood).sum::<f64>() - likelihood(&all);
    gain - further * libm::log((exits.len() as f64).max(1.0)) / 2.0
}

fn kind_ways(
    deals: &Deals,
    column: Column,
    stage: usize,
    exits: &[(usize, Ending)],
) -> Vec<KindWays> {
    let kinds = by_kind(deals, column, exits);
    let one = |(word, counts): (Option<NameId>, BTreeMap<Ending, u64>)| {
        let of = counts.values().sum();
        let mut ways: Vec<Share> =
            counts.into_iter().map(|(to, count)| Share::seen(to, count, of)).collect();
        ways.sort_by(|a, b| b.count.cmp(&a.count).then(a.to.cmp(&b.to)));
        Some(KindWays { stage, word: word?, ways })
    };
    kinds.into_iter().filter_map(one).collect()
}
