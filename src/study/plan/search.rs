//! Finds the cheapest plan that meets all targets, with few runs.
//!
//! One more person is assumed never to make a target worse. So the fewest people of each role are
//! found by bisection, with as many as allowed in all other roles, beginning near the observed load;
//! with fewer people no plan is possible. The remaining plans are tried from the cheapest on, and a
//! plan that has no more of anything than one that failed is not tried. Paths that are not people are
//! not assumed to have a direction, so each of their values has a search of its own.

use std::collections::HashMap;

use super::judge::{Certainty, Judged, decide, is_within};
use super::ranges::{Choice, Range, between, count};
use super::{Options, Tried};
use crate::kpi::{Figure, Key, Kpi, Row, Stat};
use crate::model::{Model, Override};
use crate::quantity::MONTH_DAYS;
use crate::stats::Estimate;
use crate::study::expectations::{by_theory, judge, limits_of, looks, options};
use crate::study::simulate::Simulation;
use crate::study::sweep::changes;

/// The most costlier plans that are tried beside the best one, and how many of them are wanted.
const BESIDE: (usize, usize) = (6, 2);
/// People may be busy all the time at most; the first guess leaves some room.
const BUSY: f64 = 0.95;

/// A search with what it has tried.
pub(super) struct Search<'a, E> {
    pub(super) ranges: &'a [Range],
    pub(super) load: &'a dyn Fn(&[Override]) -> Option<Model>,
    pub(super) simulate:
        &'a mut dyn FnMut(&Model, &crate::study::simulate::Options) -> Result<Simulation, E>,
    pub(super) options: &'a Options,
    pub(super) tried: Vec<Tried>,
    places: HashMap<Choice, usize>,
    /// The cost of the best plan so far.
    least: Option<f64>,
    /// The level of one decision.
    level: f64,
}

impl<'a, E> Search<'a, E> {
    /// Prepares a search. The level of one decision follows from Bonferroni over plans, targets and
    /// looks, so that the wanted level holds for all decisions, whichever plans are tried.
    pub(super) fn new(
        ranges: &'a [Range],
        load: &'a dyn Fn(&[Override]) -> Option<Model>,
        simulate: &'a mut dyn FnMut(
            &Model,
            &crate::study::simulate::Options,
        ) -> Result<Simulation, E>,
        (options, targets): (&'a Options, usize),
    ) -> Search<'a, E> {
        let looks = looks(options.first, options.budget).len();
        let decisions = (count(ranges) * targets.max(1) * looks) as f64;
        let level = 1.0 - (1.0 - options.base.figures.level) / decisions;
        Search {
            ranges,
            load,
            simulate,
            options,
            tried: Vec::new(),
            places: HashMap::new(),
            least: None,
            level,
        }
    }

    /// The best plan of all, by its place among those that were tried.
    pub(super) fn run(&mut self) -> Result<Option<usize>, E> {
        let ends: Vec<usize> = self.ranges.iter().map(|range| range.count() - 1).collect();
        let of_setting = |last: bool| -> Choice {
            let each = self.ranges.iter().zip(&ends);
            each.map(|(range, end)| if range.role.is_none() && last { *end } else { 0 }).collect()
        };
        let settings = between(&of_setting(false), &of_setting(true));
        let mut best = None;
        for setting in settings {
            best = self.of_setting(&setting, best)?;
        }
        // Beside the best one, dearer plans are of interest too.
        self.least = None;
        if let Some(best) = best {
            self.beside(best)?;
        }
        Ok(best)
    }

    /// The best plan with these values of everything but people, or the best one so far.
    fn of_setting(
        &mut self,
        setting: &[usize],
        mut best: Option<usize>,
    ) -> Result<Option<usize>, E> {
        let is_of_people: Vec<bool> =
            self.ranges.iter().map(|range| range.role.is_some()).collect();
        let with = |people: &dyn Fn(usize) -> usize| -> Choice {
            (0..setting.len())
                .map(|at| if is_of_people[at] { people(at) } else { setting[at] })
                .collect()
        };
        let counts: Vec<usize> = self.ranges.iter().map(Range::count).collect();
        let top = with(&|at| counts[at] - 1);
        // As many people as allowed may cost more than the best plan so far, and fewer of them less.
        let least = self.least.take();
        self.least = least.filter(|_| !is_of_people.contains(&true));
        let first = self.judge(&top)?;
        let mut low = with(&|_| 0);
        if !self.options.every {
            if !self.tried[first].accepted() {
                self.least = least;
                return Ok(best);
            }
            for at in (0..top.len()).filter(|at| is_of_people[*at]) {
                low[at] = self.fewest(&top, at, first)?;
            }
        }
        self.least = least;
        let mut plans = between(&low, &top);
        let mut base = first;
        plans.sort_by(|a, b| self.predicted(base, a).total_cmp(&self.predicted(base, b)));
        let mut failed: Vec<Choice> = Vec::new();
        for plan in plans {
            if best.is_some_and(|best: usize| self.seems_dearer(base, &plan, best)) {
                continue;
            }
            if !self.options.every && failed.iter().any(|one| is_below(&plan, one)) {
                continue;
            }
            let tried = self.judge(&plan)?;
            if !self.tried[tried].accepted() {
                // A plan that only costs too much says nothing of plans with fewer people.
                if !self.tried[tried].dearer {
                    failed.push(plan);
                }
            } else if best.is_none_or(|best| self.is_better(tried, best)) {
                best = Some(tried);
                base = tried;
                self.least = self.tried[tried].cost.value;
            }
        }
        Ok(best)
    }

    /// The fewest people of an axis with which the targets are met, with all others at their most.
    fn fewest(&mut self, top: &[usize], at: usize, seen: usize) -> Result<usize, E> {
        let range = &self.ranges[at];
        let busy = range.role.as_ref().and_then(|role| self.tried[seen].load.get(role));
        let guess = busy.map(|busy| range.at_least(busy * range.people(top[at]) / BUSY));
        let (mut low, mut high) = (0, top[at]);
        let mut next = guess.filter(|guess| *guess < high);
        let mut beside = true;
        while low < high {
            let middle = next.take().unwrap_or(usize::midpoint(low, high).min(high - 1));
            let mut plan = top.to_vec();
            plan[at] = middle;
            let tried = self.judge(&plan)?;
            let met = self.tried[tried].accepted();
            if met {
                high = middle;
            } else {
                low = middle + 1;
            }
            // The fewest are near to the load: one step beside it, before halving.
            if beside && low < high {
                next = Some(if met { high - 1 } else { low });
            }
            beside = false;
        }
        Ok(low)
    }

    /// Plans that show how close others are: one person fewer in each role, and the next dearer ones.
    fn beside(&mut self, best: usize) -> Result<(), E> {
        let plan = self.tried[best].choice.clone();
        for at in 0..plan.len() {
            if self.ranges[at].role.is_some() && plan[at] > 0 {
                let mut fewer = plan.clone();
                fewer[at] -= 1;
                self.judge(&fewer)?;
            }
        }
        let counts: Vec<usize> = self.ranges.iter().map(Range::count).collect();
        let mut next: Vec<Choice> = Vec::new();
        for at in 0..plan.len() {
            for other in 0..plan.len() {
                let mut near = plan.clone();
                near[at] += 1;
                if other != at && self.ranges[other].role.is_some() && near[other] > 0 {
                    near[other] -= 1;
                }
                if near[at] < counts[at] && self.ranges[at].role.is_some() && !next.contains(&near)
                {
                    next.push(near);
                }
            }
        }
        next.sort_by(|a, b| self.predicted(best, a).total_cmp(&self.predicted(best, b)));
        let (most, wanted) = BESIDE;
        let mut found = 0;
        for near in next.into_iter().take(most) {
            let tried = self.judge(&near)?;
            found += usize::from(self.tried[tried].accepted());
            if found >= wanted {
                break;
            }
        }
        Ok(())
    }

    /// What a plan would cost for a month, from that of another one and the salaries.
    fn predicted(&self, base: usize, plan: &[usize]) -> f64 {
        let base = &self.tried[base];
        let more =
            self.ranges.iter().zip(plan.iter().zip(&base.choice)).map(|(range, (new, old))| {
                // Without salaries the number of people decides; it weighs next to nothing beside money.
                let people = range.people(*new) - range.people(*old);
                people * if base.cost.value.is_some() { range.salary.max(1e-6) } else { 1.0 }
            });
        base.cost.value.unwrap_or(base.people) + more.sum::<f64>()
    }

    /// Whether a plan is predicted to cost at least as much as the best one.
    fn seems_dearer(&self, base: usize, plan: &[usize], best: usize) -> bool {
        let found = &self.tried[best];
        let cost = found.cost.value.unwrap_or(found.people);
        self.predicted(base, plan) >= cost
    }

    fn is_better(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.tried[one], &self.tried[other]);
        let key = |tried: &Tried| (tried.cost.value.unwrap_or(tried.people), tried.people);
        key(one) < key(other)
    }

    /// Judges a plan; the same plan only once.
    fn judge(&mut self, plan: &[usize]) -> Result<usize, E> {
        if let Some(at) = self.places.get(plan) {
            return Ok(*at);
        }
        let values: Vec<String> = self
            .ranges
            .iter()
            .zip(plan)
            .map(|(range, at)| range.axis.values[*at].clone())
            .collect();
        let axes: Vec<_> = self.ranges.iter().map(|range| range.axis.clone()).collect();
        let people = self.ranges.iter().zip(plan).map(|(range, at)| range.people(*at)).sum();
        let mut tried = Tried {
            values: values.clone(),
            choice: plan.to_vec(),
            people,
            cost: Estimate::none(self.options.base.figures.level),
            judged: Vec::new(),
            replications: 0,
            dearer: false,
            load: HashMap::new(),
        };
        if let Some(model) = (self.load)(&changes(&axes, &values)) {
            self.decide(&model, &mut tried)?;
        }
        self.tried.push(tried);
        self.places.insert(plan.to_vec(), self.tried.len() - 1);
        Ok(self.tried.len() - 1)
    }

    /// Simulates a model until all of its targets are decided, or one of them is missed.
    fn decide(&mut self, model: &Model, tried: &mut Tried) -> Result<(), E> {
        let exact = by_theory(model, self.level);
        let mut judged: Vec<Option<Judged>> = exact
            .into_iter()
            .map(|known| {
                let known = known?;
                let met = is_within(known.found.value?, limits_of(known.expectation));
                let certainty = Certainty::Exact;
                Some(Judged { found: known.found, unit: known.unit, met, certainty })
            })
            .collect();
        let looks = looks(self.options.first, self.options.budget);
        let last = looks.last().copied().unwrap_or(self.options.first);
        for replications in looks {
            let base =
                crate::study::simulate::Options { replications, ..self.options.base.clone() };
            let mut options = options(model, base);
            options.figures.level = self.level;
            options.kpis = model.expectations.iter().map(|expectation| expectation.kpi).collect();
            options.kpis.extend([self.options.aim.kpi(), Kpi::Utilization]);
            options.kpis.sort_unstable();
            options.kpis.dedup();
            let simulation = (self.simulate)(model, &options)?;
            tried.replications = replications;
            tried.cost = self.cost(&simulation);
            tried.load = load(&simulation);
            for (judged, now) in judged.iter_mut().zip(judge(model, &simulation)) {
                let is_open = |one: &Judged| one.certainty == Certainty::Open;
                if judged.as_ref().is_some_and(|one| !is_open(one)) {
                    continue;
                }
                let figure = (&now.found, now.unit);
                let (met, certainty) = decide(now.expectation, figure, self.options.zone)
                    .unwrap_or_else(|| {
                        let value = now.found.value.unwrap_or(f64::NAN);
                        (is_within(value, limits_of(now.expectation)), Certainty::Open)
                    });
                *judged = Some(Judged { found: now.found, unit: now.unit, met, certainty });
            }
            let is_missed = |one: &Judged| !one.met && one.certainty != Certainty::Open;
            let is_decided = |one: &Judged| one.certainty != Certainty::Open;
            let all = || judged.iter().flatten();
            let is_dearer = |least: f64| {
                let cost = tried.cost.value.zip(tried.cost.half_width);
                cost.is_some_and(|(cost, half)| cost - half > least)
            };
            tried.dearer = self.least.is_some_and(is_dearer);
            if tried.dearer || all().any(is_missed) || all().all(is_decided) || replications == last
            {
                break;
            }
        }
        tried.judged = judged.into_iter().flatten().collect();
        Ok(())
    }

    /// The cost of a plan for a month of the window, at the level of one decision.
    fn cost(&self, simulation: &Simulation) -> Estimate {
        let none = Estimate::none(self.options.base.figures.level);
        let Some(key) = self.options.aim.key() else { return none };
        let Some(Figure::Estimate(found)) = simulation.find(&key).map(|row| &row.figure) else {
            return none;
        };
        let is_total = key.per == Some(crate::kpi::Per::Window) && simulation.days > 0.0;
        if is_total { found.scaled(MONTH_DAYS / simulation.days) } else { *found }
    }
}

/// The share of their time that the people of each role work.
fn load(simulation: &Simulation) -> HashMap<String, f64> {
    let roles = simulation.program.roles.iter();
    let of = |name: &String| {
        let key = Key::new(Kpi::Utilization, Stat::Share).role(name);
        let row: &Row = simulation.find(&key)?;
        Some((name.clone(), row.figure.value()?))
    };
    roles.filter_map(|role| of(&role.name)).collect()
}

/// Whether a plan has no more of anything than another one.
fn is_below(plan: &[usize], other: &[usize]) -> bool {
    plan.iter().zip(other).all(|(a, b)| a <= b)
}
