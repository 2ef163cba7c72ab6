//! Exact figures that a run can be compared with, and what the comparison needs.
//!
//! The mean of few skewed values is not normal in its tails. By Edgeworth's expansion, the
//! probability of a deviation of five or six standard errors is close to the normal one while the
//! skewness of the mean is a few hundredths. So the number of observations needed grows with the
//! square of the skewness (Hall, *The Bootstrap and Edgeworth Expansion*, 2.3).

use std::collections::HashMap;

use super::main::is_long_run;
use super::moments::skewness;
use super::passages::{Asked, passages};
use super::reach::POINTS;
use super::{Group, Options, changes_on_the_way, long_run, values};
use super::{moments, timeline, window};
use crate::analytic::blocked::times;
use crate::analytic::chain::{Chain, Only};
use crate::analytic::flows::Flows;
use crate::analytic::inflow::weight;
use crate::analytic::reneging::Reneging;
use crate::kpi::{Key, Kpi, Row, Scope, Stat, Unit};
use crate::program::Program;
use crate::random::distribution::Distribution;

/// The normal distribution is used up to this skewness of a mean.
const MOST_SKEW: f64 = 0.05;
/// A number of independent events above this is nearly normal.
const EVENTS: f64 = 400.0;
/// The quantiles that are compared.
const QUANTILES: [f64; 2] = [0.5, 0.9];

/// An exact figure that a run also estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparable {
    /// The figure.
    pub row: Row,
    /// The number of observations a run needs for the comparison.
    pub needed: f64,
    /// Its spread.
    pub standard: Standard,
}

/// The known spread of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Standard {
    /// Unknown: the standard error of the sample is used.
    Sample,
    /// The standard deviation of one observation, or a lower bound, in the unit of the row.
    Deviation(f64),
    /// Each replication or deal gives an integer, so the figure varies if its mean is not an
    /// integer.
    Whole {
        /// Whether the integers are per deal rather than per replication.
        of_deals: bool,
    },
    /// Pairs of quantiles around the one compared, the nearest first.
    Quantiles(Vec<Band>),
}

/// The quantiles at p − apart and p + apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The probability of the quantile compared.
    pub p: f64,
    /// The distance in probability.
    pub apart: f64,
    /// The lower quantile, minus its error.
    pub low: f64,
    /// The upper quantile, plus its error.
    pub high: f64,
}

impl Band {
    /// The ratio of the widths of two successive bands.
    pub const STEP: f64 = 1.25;

    /// The distances of the bands around a probability, in millionths.
    fn distances(p: f64) -> Vec<f64> {
        let mut distances = Vec::new();
        let mut apart: f64 = 2e-6;
        while apart < 0.9 * p.min(1.0 - p) {
            distances.push((apart * 1e6).round() / 1e6);
            apart *= Band::STEP;
        }
        distances.dedup();
        distances
    }
}

/// The exact figures that a run of the model estimates: those of its window, or of all deals if it
/// runs until empty. Empty if there are none.
pub fn comparable(program: &Program, by: &[String]) -> Vec<Comparable> {
    if times(program).is_err() {
        return Vec::new();
    }
    let mut quantiles = QUANTILES.to_vec();
    for p in QUANTILES {
        quantiles.extend(Band::distances(p).iter().flat_map(|apart| [p - apart, p + apart]));
    }
    let options = Options { quantiles, ..Options::default() };
    let weights: Vec<f64> = program.sources.iter().map(|source| weight(program, source)).collect();
    let known = by.iter().filter(|name| changes_on_the_way(program, name).is_none());
    let groups = known.filter_map(|name| values(program, name).ok()).flatten();
    let mut found = Vec::new();
    for (label, only) in std::iter::once((String::new(), Only::All)).chain(groups) {
        let patience = &Reneging::Nobody;
        let group = Group { program, options: &options, label: &label, only, patience };
        let Ok(Some((chain, flows))) = group.chain(&weights) else { continue };
        let (rows, all);
        if program.window.until_empty() {
            if !is_long_run(program) {
                continue;
            }
            all = group.long_run(&chain, &flows, &weights, &mut Vec::new());
            rows = all.clone();
        } else {
            let times = long_run::Times::Known;
            all = long_run::rows(program, &chain, &flows, times, &label);
            let Ok(passages) = passages(program, only, Asked::of(only), POINTS) else { continue };
            let mut of_window = window::rows(program, &passages, &label);
            if only == Only::All {
                let monthly =
                    |row: &Row| row.key.kpi == Kpi::Bookings && row.key.stat == Stat::Mean;
                let timeline = timeline::rows(program, &passages);
                of_window.extend(timeline.into_iter().filter(monthly));
            }
            rows = of_window;
        }
        let facts = Facts::new(program, &chain, &flows, &all);
        let figures: Figures<'_> = rows.iter().map(|row| (&row.key, row)).collect();
        for row in &rows {
            let needed = facts.needed(row);
            if let Some(standard) = facts.standard(row, &figures) {
                found.push(Comparable { row: row.clone(), needed, standard });
            }
        }
    }
    found
}

/// Rows by key.
type Figures<'r> = HashMap<&'r Key, &'r Row>;

/// The bands around a quantile; `None` for quantiles that are only used as bands.
fn quantiles(row: &Row, figures: &Figures<'_>) -> Option<Standard> {
    let Stat::Quantile(quantile) = &row.key.stat else { return Some(Standard::Sample) };
    let p = quantile.share();
    if !QUANTILES.contains(&p) {
        return None;
    }
    let bands = Band::distances(p).into_iter().filter_map(|apart| {
        let figure = |p: f64| {
            let figure = &figures.get(&row.key.with(Stat::quantile(p)))?.figure;
            Some((figure.value()?, figure.half_width().unwrap_or(0.0)))
        };
        let ((low, below), (high, above)) = (figure(p - apart)?, figure(p + apart)?);
        Some(Band { p, apart, low: low - below, high: high + above })
    });
    Some(Standard::Quantiles(bands.collect()))
}

/// The skewness of a Poisson sum of amounts, times the square root of the Poisson mean: E[X³] /
/// E[X²]^1.5.
pub(in crate::study) fn skewness_of_sums(amount: &Distribution) -> f64 {
    let mean = amount.mean();
    let square = amount.variance() + mean * mean;
    if square > 0.0 { amount.third_moment().abs() / square.powf(1.5) } else { 0.0 }
}

/// Sums of powers 0 to 3 of the number of visits of one deal to a stage. A share `ever` of the
/// deals visits it, `again` times on average, and each visit is followed by another with the same
/// probability.
fn visits_of_one(again: f64, ever: f64) -> [f64; 4] {
    let returns = (1.0 - again.recip()).max(0.0);
    let cubes = again.powi(3) * (1.0 + returns * (4.0 + returns));
    [1.0, ever * again, ever * again * again * (1.0 + returns), ever * cubes]
}

/// The facts that determine how many observations a figure needs.
struct Facts<'a> {
    /// Skewness of durations and costs of one deal or visit, by KPI, scope and name.
    skews: HashMap<(Kpi, Scope, &'a str), f64>,
    /// Standard deviations of one observation that are not KPIs themselves, by KPI, and that of the
    /// cost of a deal.
    spreads: HashMap<Kpi, f64>,
    /// The share of deals with a sale.
    wins: f64,
    /// Skewness of a Poisson sum of amounts, times the square root of the number of sales.
    value: f64,
    /// By stage: mean visits of the deals that visit it, and the share of deals that do.
    stages: HashMap<&'a str, (f64, f64)>,
    /// The largest batch of a source.
    batch: f64,
    /// Whether some deals are clients from before.
    clients: bool,
}

impl<'a> Facts<'a> {
    fn new(program: &'a Program, chain: &Chain<'a>, flows: &Flows, rows: &'a [Row]) -> Facts<'a> {
        let skews = rows.iter().filter(|row| row.key.stat == Stat::Skewness).filter_map(
            |Row { key, figure, .. }| {
                Some(((key.kpi, key.scope, key.name.as_str()), figure.value()?))
            },
        );
        let spreads = rows
            .iter()
            .filter(|Row { key, .. }| {
                let is_of_whole = key.kpi == Kpi::DealCost && key.scope == Scope::Whole;
                key.stat == Stat::Spread || is_of_whole && key.stat == Stat::Sd
            })
            .filter_map(|row| Some((row.key.kpi, row.figure.value()?)));
        let wins = rows.iter().find(|row| row.key.kpi == Kpi::LeadToWin);
        let sold = chain
            .transitions
            .iter()
            .filter_map(|transition| transition.sale.map(|sale| sale.amount));
        let value = (0..chain.states.len()).map(|state| chain.value(state));
        let stages = program.stages.entries().filter_map(|(at, stage)| {
            let here = |state: &usize| {
                chain.states[*state].stage == Some(at) && flows.visits[*state] > 0.0
            };
            let here: Vec<usize> = (0..chain.states.len()).filter(here).collect();
            let visits: f64 = here.iter().map(|state| flows.visits[*state]).sum();
            let ever: f64 = flows.first_visits(&here)?.iter().sum();
            (ever > 0.0).then_some((stage.name.as_str(), (visits / ever, ever)))
        });
        Facts {
            skews: skews.collect(),
            spreads: spreads.collect(),
            wins: wins.and_then(|row| row.figure.value()).unwrap_or(1.0),
            value: sold.chain(value).map(skewness_of_sums).fold(0.0, f64::max),
            stages: stages.collect(),
            batch: program.sources.iter().map(|source| source.batch as f64).fold(1.0, f64::max),
            clients: program.sources.iter().any(|source| source.clients),
        }
    }

    /// The spread of a row; `None` for rows that are only used by others.
    fn standard(&self, row: &Row, figures: &Figures<'_>) -> Option<Standard> {
        if moments::is_hidden(row) {
            return None;
        }
        let deviation = match (row.key.kpi, row.unit()) {
            (kpi @ (Kpi::AverageDeal | Kpi::CostPerWon), _) => self.spreads.get(&kpi).copied(),
            (Kpi::CostPerLead, _) => self.spreads.get(&Kpi::DealCost).copied(),
            (Kpi::Cost, _) => None,
            // Clients from before have other chances than leads.
            (
                Kpi::Bookings
                | Kpi::NewBookings
                | Kpi::RepeatBookings
                | Kpi::Margin
                | Kpi::Commission,
                _,
            ) if self.clients => None,
            // A sum of amounts varies at least as much as the number of sales, which is binomial.
            (
                Kpi::Bookings
                | Kpi::NewBookings
                | Kpi::RepeatBookings
                | Kpi::Margin
                | Kpi::Commission,
                _,
            ) => row.figure.value().map(|sum| sum * (1.0 - self.wins).max(0.0).sqrt()),
            (_, Unit::Days | Unit::Money) if row.key.stat == Stat::Mean => {
                let sd = figures.get(&row.key.with(Stat::Sd));
                sd.and_then(|row| row.figure.value())
            }
            (_, Unit::Count) => {
                let of_deals = matches!(row.key.stat, Stat::PerDeal | Stat::Mean);
                let of_deals = of_deals && row.key.kpi != Kpi::OpenDeals;
                return Some(Standard::Whole { of_deals });
            }
            _ => return quantiles(row, figures),
        };
        Some(deviation.map_or(Standard::Sample, Standard::Deviation))
    }

    /// The number of observations a row needs.
    fn needed(&self, row: &Row) -> f64 {
        let of = |kpi: Kpi, scope: Scope, name: &str| {
            let skew = self.skews.get(&(kpi, scope, name)).copied().unwrap_or(0.0);
            (skew / MOST_SKEW).powi(2)
        };
        let (again, ever) = self.stages.get(row.key.name.as_str()).copied().unwrap_or((1.0, 1.0));
        // The visits of one deal are taken as zero or geometric. The visits of all deals are a sum
        // of positive numbers with a skewness slightly above two.
        let visits = (skewness(visits_of_one(again, ever)) / MOST_SKEW).powi(2).max(EVENTS);
        let clumps = if again > 1.0 + 1e-9 { (2.5 / MOST_SKEW).powi(2) } else { EVENTS };
        let amounts = (self.value / MOST_SKEW).powi(2).max(EVENTS);
        let whole = |kpi| of(kpi, Scope::Whole, "");
        let Key { kpi, scope, name, stat, .. } = &row.key;
        match kpi {
            Kpi::OpenDeals | Kpi::OpenAtEnd if *scope == Scope::Whole => {
                whole(Kpi::CycleTime).max(EVENTS) * self.batch
            }
            Kpi::OpenDeals | Kpi::OpenAtEnd => {
                of(Kpi::TimeInStage, *scope, name).max(clumps) * again * self.batch
            }
            Kpi::Visits if *stat == Stat::PerDeal => visits,
            Kpi::Visits => clumps * again * self.batch,
            Kpi::Bookings
            | Kpi::NewBookings
            | Kpi::RepeatBookings
            | Kpi::Margin
            | Kpi::Commission => amounts * self.batch,
            Kpi::AverageDeal | Kpi::ValueWinRate => amounts,
            Kpi::CostPerWon if self.spreads.contains_key(&Kpi::CostPerWon) => {
                whole(Kpi::CostPerWon).max(EVENTS)
            }
            // Won and lost deals both count.
            Kpi::CostPerWon => whole(Kpi::DealCost).max(EVENTS) / (1.0 - self.wins).max(1e-12),
            Kpi::CostPerLead | Kpi::Cost => whole(Kpi::DealCost).max(EVENTS) * self.batch,
            _ if row.unit() == Unit::Count => EVENTS * self.batch,
            _ => of(*kpi, *scope, name),
        }
    }
}
