//! The moves that turn cells of replications into measures.

use super::Tallied;
use super::every::Every;
use super::measure::Measure;
use super::options::{Limit, Options};
use super::pay::salary;
use crate::engine::Posting;
use crate::kpi::{Axis, Key, Stat, Unit};
use crate::program::Program;
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::stats::{
    Coarse, Counted, Estimator, Moments, OverDeals, design_effect, order_statistic,
};
use crate::tally::{BookCells, Cells, Group, Lapse, Outcome, Spreads};

/// The cells of one group of deals, replication by replication, and the measures made of them.
pub struct Sheet<'a> {
    pub(super) program: &'a Program,
    pub(super) cells: Vec<Cells>,
    /// What the books say, replication by replication; empty books where none were kept.
    pub(super) books: Vec<BookCells>,
    pub(super) days: Vec<f64>,
    pub(super) outcomes: &'a [Outcome],
    pub(super) whole: bool,
    classes: Vec<usize>,
    spreads: &'a Spreads,
    by: String,
    options: &'a Options,
    /// Who takes each measure: it holds numbers of every replication, so it is not kept here.
    take: &'a mut dyn FnMut(Measure<'_>),
}

/// Hundredths of the currency as units of it.
pub(super) fn units(hundredths: i128) -> f64 {
    hundredths as f64 / MINOR_UNITS
}

/// Microseconds as days.
pub(super) fn days(micros: i128) -> f64 {
    micros as f64 / DAY_MICROS as f64
}

impl<'a> Sheet<'a> {
    /// The sheet of a group of classes, with their distributions together.
    pub fn new(
        tallied: &Tallied<'a>,
        group: &Group,
        spreads: &'a Spreads,
        take: &'a mut dyn FnMut(Measure<'_>),
    ) -> Sheet<'a> {
        let Tallied { program, outcomes, options, .. } = *tallied;
        let sum = |outcome: &Outcome| {
            let mut classes = group.classes.iter().map(|class| &outcome.cells[*class]);
            let mut total = classes.next().cloned().unwrap_or_else(|| Cells::new(program));
            classes.for_each(|cells| total.merge(cells));
            total
        };
        let mut cells: Vec<Cells> = outcomes.iter().map(sum).collect();
        let whole = group.label.is_empty();
        for (cells, outcome) in cells.iter_mut().zip(outcomes) {
            let roles = program.roles.ids();
            let all: f64 = roles.map(|role| salary(program, role, outcome, cells, whole)).sum();
            cells.salaries = (all * MINOR_UNITS).round() as i128;
            if whole {
                let (start, end) = (program.window.start, outcome.end);
                let overheads = program.costs.overheads(&program.calendar, start, end);
                cells.overheads = (overheads * MINOR_UNITS).round() as i128;
                let rollout = program.rollout_cost(start, end);
                cells.rollout = (rollout * MINOR_UNITS).round() as i128;
                cells.one_off = (program.one_off_cost(start, end) * MINOR_UNITS).round() as i128;
            }
        }
        let books: Vec<BookCells> = outcomes.iter().map(|o| books_of(program, o, group)).collect();
        for (cells, books) in cells.iter_mut().zip(&books) {
            cells.commission = books.posted(Posting::Commission);
            cells.cancelled = books.posted(Posting::Cancelled);
        }
        Sheet {
            program,
            cells,
            books,
            days: outcomes.iter().map(|outcome| outcome.length.days()).collect(),
            outcomes,
            whole,
            classes: group.classes.clone(),
            spreads,
            by: group.label.clone(),
            options,
            take,
        }
    }

    /// Whether no deal of this group was seen.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|c| {
            let of_leads = c.arrivals + c.won + c.lost + c.done + c.undecided_at_end;
            of_leads + c.client_arrivals + c.later_sales == 0
                && c.stages.iter().all(|stage| stage.entries + stage.time.n == 0)
        })
    }

    /// Hands on a measure of so many deals, with each replication's value where there is one.
    fn push(
        &mut self,
        key: Key,
        axis: Axis,
        n: u64,
        estimator: Estimator<'_>,
        each: Vec<Option<f64>>,
    ) {
        let key = key.by(&self.by);
        (self.take)(Measure { key, axis, n, estimator, each, periods: &[] });
    }

    /// One number per replication: its mean, and how the window may turn out.
    pub(super) fn total(&mut self, key: Key, n: u64, mut of: impl FnMut(&Cells, f64) -> f64) {
        let values: Vec<f64> =
            self.cells.iter().zip(&self.days).map(|(cells, days)| of(cells, *days)).collect();
        let counted = if key.unit() == Unit::Money { Counted::Amounts(n) } else { Counted::Level };
        self.mean(key, n, values, counted);
    }

    /// One number per replication that is given: its mean, and how the window may turn out.
    pub(super) fn level(&mut self, key: Key, n: u64, values: Vec<f64>) {
        let counted = if key.unit() == Unit::Money { Counted::Amounts(n) } else { Counted::Level };
        self.mean(key, n, values, counted);
    }

    /// One number per replication of the books.
    pub(super) fn book_total(&mut self, key: Key, n: u64, of: impl Fn(&BookCells) -> f64) {
        let values = self.books.iter().map(of).collect();
        self.level(key, n, values);
    }

    /// Mean and standard deviation of something that the books know of each sale or client.
    pub(super) fn book_moments(&mut self, key: &Key, of: impl Fn(&BookCells) -> Moments) {
        let all: Vec<Moments> = self.books.iter().map(of).collect();
        self.moments_of(key, &all, &[]);
    }

    /// A number of all periods of all windows together; no interval is known.
    pub(super) fn point(&mut self, key: Key, n: u64, value: Option<f64>) {
        self.push(key, Axis::Periods, n, Estimator::Point(value), Vec::new());
    }

    /// The most days that a window has.
    pub(super) fn longest(&self) -> usize {
        self.outcomes.iter().map(|outcome| outcome.series.days).max().unwrap_or(0)
    }

    /// A count per replication; its n is the count itself.
    pub(super) fn count(&mut self, key: Key, of: impl Fn(&Cells) -> u64) {
        let values = self.cells.iter().map(|cells| of(cells) as f64).collect();
        let n = self.cells.iter().map(&of).sum();
        self.mean(key, n, values, Counted::Events(n));
    }

    fn mean(&mut self, key: Key, n: u64, values: Vec<f64>, counted: Counted) {
        let each = values.iter().copied().map(Some).collect();
        self.push(key, Axis::Replications, n, Estimator::Mean { values, counted }, each);
    }

    /// The share of windows in which something holds.
    pub(super) fn windows(&mut self, key: Key, mut holds: impl FnMut(&Cells, f64) -> bool) {
        let both = self.cells.iter().zip(&self.days);
        let pairs: Vec<(f64, f64)> =
            both.map(|(cells, days)| (f64::from(u8::from(holds(cells, *days))), 1.0)).collect();
        let (n, each) = (pairs.len() as u64, each(&pairs));
        self.push(key, Axis::Replications, n, Estimator::Share(pairs), each);
    }

    /// A ratio of sums; `n` counts what is below.
    pub(super) fn ratio(
        &mut self,
        key: Key,
        n: u64,
        above: impl Fn(&Cells) -> f64,
        below: impl Fn(&Cells) -> f64,
    ) {
        self.pairs(key, n, self.cells.iter().map(|c| (above(c), below(c))).collect());
    }

    /// A ratio of sums that are given, replication by replication.
    pub(super) fn pairs(&mut self, key: Key, n: u64, pairs: Vec<(f64, f64)>) {
        let each = each(&pairs);
        self.push(key, Axis::Deals, n, Estimator::Ratio(pairs), each);
    }

    /// A part of a count.
    pub(super) fn share(
        &mut self,
        key: Key,
        part: impl Fn(&Cells) -> u64,
        of: impl Fn(&Cells) -> u64,
    ) {
        let n = self.cells.iter().map(&of).sum();
        self.shares(key, n, self.cells.iter().map(|c| (part(c) as f64, of(c) as f64)).collect());
    }

    /// Parts of counts that are given, replication by replication.
    pub(super) fn shares(&mut self, key: Key, n: u64, pairs: Vec<(f64, f64)>) {
        let each = each(&pairs);
        self.push(key, Axis::Deals, n, Estimator::Share(pairs), each);
    }

    /// Statistics of a duration that not all deals of a population have: the others count as late,
    /// so quantiles and shares are those of all, the mean of those that have it.
    pub(super) fn answered(
        &mut self,
        key: &Key,
        of: fn(&Cells) -> Moments,
        among: fn(&Cells) -> u64,
        lapse: Lapse,
    ) {
        let all: Vec<Moments> = self.cells.iter().map(of).collect();
        let of_all: Vec<f64> = self.cells.iter().map(|c| among(c) as f64).collect();
        let (n, total) = (all.iter().map(|m| m.n).sum::<u64>(), of_all.iter().sum::<f64>());
        let scale = DAY_MICROS as f64;
        self.mean_of_deals(key, n, &all, scale);
        let spreads = self.spreads;
        let (histogram, kept) = (spreads.together(&[lapse]), self.of_each(&[lapse]));
        let (among, effect) = (of_all.clone(), self.effect(&all));
        let of = OverDeals { histogram: &histogram, among, effect, each: kept.as_deref() };
        for p in self.options.quantiles.clone() {
            // The rank among all is a rank among those that have it, or beyond them.
            let rank = if n > 0 { p * total / n as f64 } else { f64::INFINITY };
            let quantile = Estimator::Quantile { of: of.clone(), p, rank, scale };
            self.push(key.with(Stat::quantile(p)), Axis::Deals, total as u64, quantile, Vec::new());
        }
        self.within(key, total as u64, &all, &of_all);
        let usual = [("5 min", 5.0 / 1440.0), ("1 h", 1.0 / 24.0), ("24 h", 1.0)];
        for (name, days) in usual {
            let known = self.options.within.iter().any(|limit| (limit.days - days).abs() < 1e-9);
            if !known && total > 0.0 {
                let within = Estimator::Within { of: of.clone(), limit: days * scale };
                let key = key.with(Stat::Within(name.to_owned()));
                self.push(key, Axis::Deals, total as u64, within, Vec::new());
            }
        }
    }

    /// The distribution of some durations in each replication, where it was kept.
    fn of_each(&self, lapses: &[Lapse]) -> Option<Vec<Coarse>> {
        let sum = |outcome: &Outcome| {
            let mut sum = Coarse::default();
            for class in &self.classes {
                outcome.spreads.get(*class)?.add_to(&mut sum, lapses);
            }
            Some(sum)
        };
        self.outcomes.iter().map(sum).collect()
    }

    fn mean_of_deals(&mut self, key: &Key, n: u64, all: &[Moments], scale: f64) {
        let sums = all.iter().map(|m| (m.sum as f64 / scale, m.n as f64)).collect();
        let each = all.iter().map(|m| m.mean(scale)).collect();
        self.push(key.with(Stat::Mean), Axis::Deals, n, Estimator::Ratio(sums), each);
    }

    /// The shares within the limits that are asked for.
    fn within(&mut self, key: &Key, n: u64, all: &[Moments], among: &[f64]) {
        for (at, limit) in self.options.within.clone().into_iter().enumerate() {
            let pairs = all.iter().zip(among).map(|(m, among)| (m.within[at] as f64, *among));
            self.shares(key.with(Stat::Within(limit.label)), n, pairs.collect());
        }
    }

    /// What dependence within replications does to the intervals of quantiles; deals that share
    /// nobody are independent.
    fn effect(&self, all: &[Moments]) -> f64 {
        if !self.program.shares {
            return 1.0;
        }
        design_effect(&about_their_mean(all, 1.0))
    }

    /// Mean, standard deviation and, of durations, quantiles and shares within the limits.
    pub(super) fn moments(&mut self, key: &Key, of: impl Fn(&Cells) -> Moments, lapses: &[Lapse]) {
        let all: Vec<Moments> = self.cells.iter().map(of).collect();
        self.moments_of(key, &all, lapses);
    }

    pub(super) fn moments_of(&mut self, key: &Key, all: &[Moments], lapses: &[Lapse]) {
        let scale = if matches!(key.unit(), Unit::Days | Unit::Work) {
            DAY_MICROS as f64
        } else {
            MINOR_UNITS
        };
        let n = all.iter().map(|m| m.n).sum();
        self.mean_of_deals(key, n, all, scale);
        let squares = Estimator::Spread(about_their_mean(all, scale));
        self.push(key.with(Stat::Sd), Axis::Deals, n, squares, Vec::new());
        if lapses.is_empty() {
            return;
        }
        let spreads = self.spreads;
        let (histogram, kept) = (spreads.together(lapses), self.of_each(lapses));
        let among: Vec<f64> = all.iter().map(|m| m.n as f64).collect();
        let effect = self.effect(all);
        for p in self.options.quantiles.clone() {
            let (among, each) = (among.clone(), kept.as_deref());
            let of = OverDeals { histogram: &histogram, among, effect, each };
            let quantile = Estimator::Quantile { of, p, rank: p, scale };
            self.push(key.with(Stat::quantile(p)), Axis::Deals, n, quantile, Vec::new());
        }
        self.within(key, n, all, &among);
    }

    /// The durations that shares are asked for.
    pub(super) fn limits(&self) -> Vec<Limit> {
        self.options.within.clone()
    }

    /// The calendar periods that are asked for.
    pub(super) fn every(&self) -> Vec<Every> {
        self.options.every.clone()
    }

    /// Values of the full periods of all windows: their mean and quantiles.
    pub(super) fn periods(&mut self, key: &Key, values: &[Vec<f64>], n: u64) {
        if values.iter().all(Vec::is_empty) {
            return;
        }
        let pairs: Vec<(f64, f64)> =
            values.iter().map(|v| (v.iter().sum(), v.len() as f64)).collect();
        let each = each(&pairs);
        let (key_of_all, estimator) = (key.clone().by(&self.by), Estimator::Ratio(pairs));
        let (key, axis) = (key_of_all, Axis::Periods);
        (self.take)(Measure { key: key.clone(), axis, n, estimator, each, periods: values });
        let mut all: Vec<f64> = values.concat();
        all.sort_by(f64::total_cmp);
        for p in self.options.risk {
            let point = Estimator::Point(order_statistic(&all, p));
            self.push(key.with(Stat::quantile(p)), Axis::Periods, n, point, Vec::new());
        }
    }
}

/// The books of the deals of a group; empty if none were kept.
fn books_of(program: &Program, outcome: &Outcome, group: &Group) -> BookCells {
    let mut total = BookCells::new(program.items().len());
    if let Some(books) = &outcome.books {
        group.classes.iter().for_each(|class| total.merge(&books.cells[*class]));
    }
    total
}

/// The ratio of each replication, where it has one.
fn each(pairs: &[(f64, f64)]) -> Vec<Option<f64>> {
    pairs.iter().map(|(x, y)| (*y != 0.0).then(|| x / y)).collect()
}

/// Count, sum and sum of squares of each replication, about the mean of all.
fn about_their_mean(all: &[Moments], scale: f64) -> Vec<(f64, f64, f64)> {
    let center = Moments::center(all);
    all.iter().map(|m| m.about(center, scale)).collect()
}
