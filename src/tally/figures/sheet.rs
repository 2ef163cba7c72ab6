//! The moves that turn cells of replications into rows.

use super::every::Every;
use super::options::Options;
use super::pay::salary;
use crate::kpi::{Axis, Figure, Key, Row, Stat, Unit};
use crate::program::Program;
use crate::quantity::{DAY_MICROS, MINOR_UNITS};
use crate::stats::{
    Estimate, Histogram, Moments, Sample, design_effect, order_statistic, quantile_of, share_of,
};
use crate::tally::{Cells, Group, Outcome, Spreads};

/// The cells of one group of deals, replication by replication, and the rows made of them.
pub struct Sheet<'a> {
    pub(super) program: &'a Program,
    pub(super) cells: Vec<Cells>,
    pub(super) days: Vec<f64>,
    pub(super) outcomes: &'a [Outcome],
    pub(super) spreads: &'a Spreads,
    pub(super) whole: bool,
    by: String,
    sample: &'a Sample,
    options: &'a Options,
    rows: Vec<Row>,
}

/// A number with its interval, and what it is without a control where there is one.
struct Known {
    best: Estimate,
    plain: Option<Estimate>,
}

impl From<Estimate> for Known {
    fn from(best: Estimate) -> Known {
        Known { best, plain: None }
    }
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
    /// The sheet of a group of classes.
    pub fn new(
        program: &'a Program,
        group: &Group,
        outcomes: &'a [Outcome],
        spreads: &'a Spreads,
        sample: &'a Sample,
        options: &'a Options,
    ) -> Sheet<'a> {
        let sum = |outcome: &Outcome| {
            let mut classes = group.classes.iter().map(|class| &outcome.cells[*class]);
            let mut total = classes.next().cloned().unwrap_or_else(|| Cells::new(program));
            classes.for_each(|cells| total.merge(cells));
            total
        };
        let mut cells: Vec<Cells> = outcomes.iter().map(sum).collect();
        let whole = group.label.is_empty();
        for (cells, outcome) in cells.iter_mut().zip(outcomes) {
            let roles = 0..program.roles.len();
            let all: f64 = roles.map(|role| salary(program, role, outcome, cells, whole)).sum();
            cells.salaries = (all * MINOR_UNITS).round() as i128;
        }
        Sheet {
            program,
            cells,
            days: outcomes.iter().map(|outcome| outcome.length.days()).collect(),
            outcomes,
            spreads,
            whole: group.label.is_empty(),
            by: group.label.clone(),
            sample,
            options,
            rows: Vec::new(),
        }
    }

    /// Whether no deal of this group was seen.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|c| {
            c.arrivals + c.won + c.lost + c.done + c.undecided_at_end == 0
                && c.stages.iter().all(|stage| stage.entries + stage.time.n == 0)
        })
    }

    pub(super) fn into_rows(self) -> Vec<Row> {
        self.rows
    }

    /// What the replications say of a number, at the level asked for.
    fn know(&self, of: impl Fn(&Sample, f64) -> Estimate) -> Known {
        let level = self.options.level;
        let plain = || of(&Sample::plain(self.cells.len()), level);
        Known { best: of(self.sample, level), plain: self.sample.is_controlled().then(plain) }
    }

    fn push(
        &mut self,
        key: Key,
        axis: Axis,
        known: impl Into<Known>,
        n: u64,
        each: Vec<Option<f64>>,
    ) {
        let Known { best, plain } = known.into();
        let mut values: Vec<f64> = each.iter().flatten().copied().collect();
        values.sort_by(f64::total_cmp);
        let at = |p: f64| order_statistic(&values, p).unwrap_or(f64::NAN);
        let risk = (values.len() > 1).then(|| self.options.outlook().map(at));
        self.rows.push(Row {
            population: key.kpi.population(),
            key: key.by(&self.by),
            axis,
            figure: Figure::Estimate(best),
            plain,
            risk,
            n,
            replications: if self.options.keep_replications { each } else { Vec::new() },
            periods: Vec::new(),
        });
    }

    /// One number per replication: its mean, and how the window may turn out.
    pub(super) fn total(&mut self, key: Key, n: u64, mut of: impl FnMut(&Cells, f64) -> f64) {
        let values: Vec<f64> =
            self.cells.iter().zip(&self.days).map(|(cells, days)| of(cells, *days)).collect();
        let money = key.unit() == Unit::Money;
        let estimate = self.know(|sample, level| match sample.mean(&values, level) {
            estimate if money => estimate.of_few_amounts(n),
            estimate => estimate,
        });
        let each = values.into_iter().map(Some).collect();
        self.push(key, Axis::Replications, estimate, n, each);
    }

    /// A count per replication; its n is the count itself.
    pub(super) fn count(&mut self, key: Key, of: impl Fn(&Cells) -> u64) {
        let counts: Vec<f64> = self.cells.iter().map(|cells| of(cells) as f64).collect();
        let n = self.cells.iter().map(&of).sum();
        let few = |estimate: Estimate| estimate.of_few(n, counts.len());
        let estimate = self.know(|sample, level| few(sample.mean(&counts, level)));
        let each = counts.iter().copied().map(Some).collect();
        self.push(key, Axis::Replications, estimate, n, each);
    }

    /// The share of windows in which something holds.
    pub(super) fn windows(&mut self, key: Key, mut holds: impl FnMut(&Cells, f64) -> bool) {
        let both = self.cells.iter().zip(&self.days);
        let pairs: Vec<(f64, f64)> =
            both.map(|(cells, days)| (f64::from(u8::from(holds(cells, *days))), 1.0)).collect();
        let each = pairs.iter().map(|(held, _)| Some(*held)).collect();
        let estimate = self.know(|sample, level| sample.proportion(&pairs, level));
        self.push(key, Axis::Replications, estimate, pairs.len() as u64, each);
    }

    /// A ratio of sums; `n` counts what is below.
    pub(super) fn ratio(
        &mut self,
        key: Key,
        n: u64,
        above: impl Fn(&Cells) -> f64,
        below: impl Fn(&Cells) -> f64,
    ) {
        self.ratio_by(key, n, above, below, Sample::ratio);
    }

    /// A ratio of sums that are given, replication by replication.
    pub(super) fn pairs(&mut self, key: Key, n: u64, pairs: &[(f64, f64)]) {
        let each = pairs.iter().map(|(x, y)| (*y != 0.0).then(|| x / y)).collect();
        let estimate = self.know(|sample, level| sample.ratio(pairs, level));
        self.push(key, Axis::Deals, estimate, n, each);
    }

    /// Statistics of a duration that not all deals of a population have: the others count as late,
    /// so quantiles and shares are those of all, the mean of those that have it.
    pub(super) fn answered(
        &mut self,
        key: &Key,
        of: impl Fn(&Cells) -> Moments,
        among: impl Fn(&Cells) -> u64,
        histogram: &Histogram,
    ) {
        let all: Vec<Moments> = self.cells.iter().map(of).collect();
        let of_all: Vec<f64> = self.cells.iter().map(|c| among(c) as f64).collect();
        let (n, total) = (all.iter().map(|m| m.n).sum(), of_all.iter().sum::<f64>());
        let level = self.options.level;
        let scale = DAY_MICROS as f64;
        let sums: Vec<(f64, f64)> =
            all.iter().map(|m| (m.sum as f64 / scale, m.n as f64)).collect();
        let each = all.iter().map(|m| m.mean(scale)).collect();
        let mean = self.know(|sample, level| sample.ratio(&sums, level));
        self.push(key.with(Stat::Mean), Axis::Deals, mean, n, each);
        let effect = self.effect(&all);
        for p in self.options.quantiles.clone() {
            // The rank among all is a rank among those that have it, or beyond them.
            let rank = p * total / n.max(1) as f64;
            let estimate = if rank <= 1.0 && n > 0 {
                quantile_of(histogram, rank, level, self.cells.len(), effect).scaled(1.0 / scale)
            } else {
                Estimate { value: None, half_width: None, level }
            };
            self.push(key.with(Stat::quantile(p)), Axis::Deals, estimate, total as u64, Vec::new());
        }
        for (at, limit) in self.options.within.clone().into_iter().enumerate() {
            let pairs = all.iter().zip(&of_all).map(|(m, all)| (m.within[at] as f64, *all));
            let pairs: Vec<(f64, f64)> = pairs.collect();
            self.shares(key.with(Stat::Within(limit.label)), total as u64, &pairs);
        }
        let usual = [("5 min", 5.0 / 1440.0), ("1 h", 1.0 / 24.0), ("24 h", 1.0)];
        for (name, days) in usual {
            let within = histogram.share_within(days * scale).unwrap_or(0.0);
            let share = within * n as f64 / total.max(1.0);
            let known = self.options.within.iter().any(|limit| (limit.days - days).abs() < 1e-9);
            if !known && total > 0.0 {
                let estimate = share_of(share, total, effect, level);
                let key = key.with(Stat::Within(name.to_owned()));
                self.push(key, Axis::Deals, estimate, total as u64, Vec::new());
            }
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

    fn shares(&mut self, key: Key, n: u64, pairs: &[(f64, f64)]) {
        let each = pairs.iter().map(|(x, y)| (*y != 0.0).then(|| x / y)).collect();
        let share = self.know(|sample, level| sample.proportion(pairs, level));
        self.push(key, Axis::Deals, share, n, each);
    }

    /// A part of a count.
    pub(super) fn share(
        &mut self,
        key: Key,
        part: impl Fn(&Cells) -> u64,
        of: impl Fn(&Cells) -> u64,
    ) {
        let n = self.cells.iter().map(&of).sum();
        self.ratio_by(key, n, |c| part(c) as f64, |c| of(c) as f64, Sample::proportion);
    }

    fn ratio_by(
        &mut self,
        key: Key,
        n: u64,
        above: impl Fn(&Cells) -> f64,
        below: impl Fn(&Cells) -> f64,
        estimate: fn(&Sample, &[(f64, f64)], f64) -> Estimate,
    ) {
        let pairs: Vec<(f64, f64)> = self.cells.iter().map(|c| (above(c), below(c))).collect();
        let each = pairs.iter().map(|(x, y)| (*y != 0.0).then(|| x / y)).collect();
        let estimate = self.know(|sample, level| estimate(sample, &pairs, level));
        self.push(key, Axis::Deals, estimate, n, each);
    }

    /// Mean, standard deviation and, of durations, quantiles and shares within the limits.
    pub(super) fn moments(
        &mut self,
        key: &Key,
        of: impl Fn(&Cells) -> Moments,
        histogram: Option<&Histogram>,
    ) {
        let scale = if matches!(key.unit(), Unit::Days | Unit::Work) {
            DAY_MICROS as f64
        } else {
            MINOR_UNITS
        };
        let all: Vec<Moments> = self.cells.iter().map(of).collect();
        let n = all.iter().map(|m| m.n).sum();
        let level = self.options.level;
        let sums: Vec<(f64, f64)> =
            all.iter().map(|m| (m.sum as f64 / scale, m.n as f64)).collect();
        let each = all.iter().map(|m| m.mean(scale)).collect();
        let mean = self.know(|sample, level| sample.ratio(&sums, level));
        self.push(key.with(Stat::Mean), Axis::Deals, mean, n, each);
        let squares = about_their_mean(&all, scale);
        let sd = self.know(|sample, level| sample.spread(&squares, level));
        self.push(key.with(Stat::Sd), Axis::Deals, sd, n, Vec::new());
        let Some(histogram) = histogram else { return };
        let effect = self.effect(&all);
        for p in self.options.quantiles.clone() {
            let estimate =
                quantile_of(histogram, p, level, self.cells.len(), effect).scaled(1.0 / scale);
            self.push(key.with(Stat::quantile(p)), Axis::Deals, estimate, n, Vec::new());
        }
        for (at, limit) in self.options.within.clone().into_iter().enumerate() {
            let pairs: Vec<(f64, f64)> =
                all.iter().map(|m| (m.within[at] as f64, m.n as f64)).collect();
            self.shares(key.with(Stat::Within(limit.label)), n, &pairs);
        }
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
        let each = pairs.iter().map(|(x, y)| (*y != 0.0).then(|| x / y)).collect();
        let estimate = self.know(|sample, level| sample.ratio(&pairs, level));
        self.push(key.clone(), Axis::Periods, estimate, n, each);
        if self.options.keep_replications
            && let Some(row) = self.rows.last_mut()
        {
            row.periods = values.to_vec();
        }
        let mut all: Vec<f64> = values.concat();
        all.sort_by(f64::total_cmp);
        for p in [0.1, 0.5, 0.9] {
            let value = order_statistic(&all, p);
            let estimate = Estimate { value, half_width: None, level: self.options.level };
            self.push(key.with(Stat::quantile(p)), Axis::Periods, estimate, n, Vec::new());
        }
    }
}

/// Count, sum and sum of squares of each replication, about the mean of all.
fn about_their_mean(all: &[Moments], scale: f64) -> Vec<(f64, f64, f64)> {
    let center = Moments::center(all);
    all.iter().map(|m| m.about(center, scale)).collect()
}
