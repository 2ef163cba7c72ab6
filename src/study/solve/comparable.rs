//! What a run can be compared with: figures of theory, and what it takes to compare them.
//!
//! A mean of few and skewed values is not normal far out. By Edgeworth's expansion the chance of a deviation of five or six
//! standard errors stays near that of the normal law while the skewness of the mean is a few hundredths; so a figure whose
//! values are skewed needs the square of that many observations (Hall, *The Bootstrap and Edgeworth Expansion*, 2.3).

use std::collections::HashMap;

use super::moments::skewness;
use super::{Group, Options, changes_on_the_way, long_run, values};
use super::{moments, timeline, window};
use crate::analytic::blocked::times;
use crate::analytic::chain::{Chain, Only};
use crate::analytic::flows::Flows;
use crate::analytic::inflow::{Reneging, weight};
use crate::kpi::{Key, Kpi, Row, Scope, Stat, Unit};
use crate::program::Program;
use crate::random::distribution::Distribution;

/// The skewness of a mean up to which the normal law is taken to hold.
const MOST_SKEW: f64 = 0.05;
/// So many events or more are nearly normal in number: of one kind, each alone.
const EVENTS: f64 = 400.0;
/// The quantiles with which those of a run are compared.
const QUANTILES: [f64; 2] = [0.5, 0.9];

/// A figure of theory that a run estimates too.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparable {
    /// The figure.
    pub row: Row,
    /// How many observations a run needs before it can be compared.
    pub needed: f64,
    /// What is known of its spread.
    pub standard: Standard,
}

/// What theory knows of the spread of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Standard {
    /// Nothing: the sample tells.
    Sample,
    /// The standard deviation of one observation, in the unit of the row, or less.
    Deviation(f64),
    /// Each replication, or each deal, gives a whole number: as its mean is none, it varies.
    Whole {
        /// Whether the numbers are those of deals.
        of_deals: bool,
    },
    /// Pairs of quantiles around the one asked for, the nearest first.
    Quantiles(Vec<Band>),
}

/// Two quantiles, of p − apart and of p + apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The probability in the middle.
    pub p: f64,
    /// The distance of the other two.
    pub apart: f64,
    /// The lower quantile, less its error.
    pub low: f64,
    /// The upper quantile, with its error.
    pub high: f64,
}

impl Band {
    /// Each band is so many times as wide as the one before.
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

/// What theory says of that which a run of the model estimates: of its window, or of all deals where it runs until
/// all have left. Nothing where theory cannot answer.
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
            all = group.long_run(&chain, &flows, &weights, &mut Vec::new());
            rows = all.clone();
        } else {
            let times = long_run::Times::Known;
            all = long_run::rows(program, &chain, &flows, times, &label);
            let mut of_window = window::rows(program, only, &label).unwrap_or_default();
            if only == Only::All {
                let monthly =
                    |row: &Row| row.key.kpi == Kpi::Bookings && row.key.stat == Stat::Mean;
                let timeline = timeline::rows(program).unwrap_or_default();
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

/// Rows by what they are about.
type Figures<'r> = HashMap<&'r Key, &'r Row>;

/// The bands around a quantile; none of quantiles that only serve others.
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

/// The skewness of a sum of a Poisson number of amounts, times the root of the mean of that number: the mean of the cube
/// over that of the square to the power of 1.5.
pub(in crate::study) fn skewness_of_sums(amount: &Distribution) -> f64 {
    let mean = amount.mean();
    let square = amount.variance() + mean * mean;
    if square > 0.0 { amount.third_moment().abs() / square.powf(1.5) } else { 0.0 }
}

/// Sums of powers 0 to 3 of the visits of one deal to a stage to which a share `ever` of the deals come, each `again`
/// times on average, where each visit is followed by another with the same chance.
fn visits_of_one(again: f64, ever: f64) -> [f64; 4] {
    let returns = (1.0 - again.recip()).max(0.0);
    let cubes = again.powi(3) * (1.0 + returns * (4.0 + returns));
    [1.0, ever * again, ever * again * again * (1.0 + returns), ever * cubes]
}

/// What tells how many observations a figure needs.
struct Facts<'a> {
    /// Skewness of times and costs of one deal or visit, by KPI, scope and name.
    skews: HashMap<(Kpi, Scope, &'a str), f64>,
    /// Standard deviations that are no KPIs, of one observation, by KPI; and that of the cost of a deal.
    spreads: HashMap<Kpi, f64>,
    /// The share of deals that are ever sold.
    wins: f64,
    /// Skewness of the sum of so many amounts as deals are sold, times the root of their number.
    value: f64,
    /// Visits of a stage by the deals that ever come there, and how many of all do.
    stages: HashMap<&'a str, (f64, f64)>,
    /// Most deals that come at once.
    batch: f64,
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
        }
    }

    /// What is known of the spread of a row; none of rows that only serve others.
    fn standard(&self, row: &Row, figures: &Figures<'_>) -> Option<Standard> {
        if moments::is_hidden(row) {
            return None;
        }
        let deviation = match (row.key.kpi, row.unit()) {
            (kpi @ (Kpi::AverageDeal | Kpi::CostPerWon), _) => self.spreads.get(&kpi).copied(),
            (Kpi::CostPerLead, _) => self.spreads.get(&Kpi::DealCost).copied(),
            // A sum of amounts varies at least as much as the number of sales, and that as a binomial number does.
            (Kpi::Bookings | Kpi::NewBookings | Kpi::RepeatBookings, _) => {
                row.figure.value().map(|sum| sum * (1.0 - self.wins).max(0.0).sqrt())
            }
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

    /// How many observations a row needs.
    fn needed(&self, row: &Row) -> f64 {
        let of = |kpi: Kpi, scope: Scope, name: &str| {
            let skew = self.skews.get(&(kpi, scope, name)).copied().unwrap_or(0.0);
            (skew / MOST_SKEW).powi(2)
        };
        let (again, ever) = self.stages.get(row.key.name.as_str()).copied().unwrap_or((1.0, 1.0));
        // How often one deal comes is taken to be geometric, or nought; what all come together is a sum of numbers that
        // are not nought, with a skewness of little over two.
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
            Kpi::Bookings | Kpi::NewBookings | Kpi::RepeatBookings => amounts * self.batch,
            Kpi::AverageDeal | Kpi::ValueWinRate => amounts,
            Kpi::CostPerWon if self.spreads.contains_key(&Kpi::CostPerWon) => {
                whole(Kpi::CostPerWon).max(EVENTS)
            }
            // Won and lost deals are both counted.
            Kpi::CostPerWon => whole(Kpi::DealCost).max(EVENTS) / (1.0 - self.wins).max(1e-12),
            Kpi::CostPerLead => whole(Kpi::DealCost).max(EVENTS),
            _ if row.unit() == Unit::Count => EVENTS * self.batch,
            _ => of(*kpi, *scope, name),
        }
    }
}
