//! What is certain about the deals that conditions look at: bounds of their properties.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::ages::{self, Ages};
use super::durations::Bounds;
use super::region::{Axis, Region, Set, joined, matched, numbers, seconds, without};
use super::ways::Ways;
use crate::calendar::shift;
use crate::model::transitions::Transitions;
use crate::model::{FULL_SCORE, Horizon, Measured, Model, Plan, Range, Test};

/// Values outside all but this share of the draws, on either side, do not occur.
const RARE: f64 = 1e-6;

/// Bounds of the properties that the conditions of a model test.
pub(super) struct Deals<'m> {
    model: &'m Model,
    ways: BTreeMap<Axis<'m>, Ways<'m>>,
    pub(super) transitions: Transitions,
    /// Month, weekday and date in the simulated time.
    time: Region<'m>,
    /// The values that all but very few deals have, in hundredths; `None` if the model draws none.
    values: Option<Set>,
    /// The ages of deals in each stage; `None` if no condition asks for them, or they are not known.
    ages: Option<Vec<Ages>>,
    /// Whether a deal can come to each stage before its first sale.
    unsold: BTreeSet<usize>,
}

/// When a condition of a stage is looked at: on entry for what is done there, on exit for its branches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    Entry,
    Exit,
    Either,
}

impl<'m> Deals<'m> {
    /// The bounds; `None` if the model has no conditions.
    pub(super) fn of(model: &'m Model) -> Option<Deals<'m>> {
        let of_stages = model.stages.iter().flat_map(|stage| &stage.variants).map(|v| &v.when);
        let whens = of_stages.chain(model.value.iter().map(|case| &case.when));
        let whens = whens.chain(model.terms.iter().map(|term| &term.when));
        let tests: Vec<&Test> = whens.flat_map(|when| &when.tests).collect();
        if tests.is_empty() {
            return None;
        }
        let asks_age = tests.iter().any(|test| matches!(test, Test::Number(Measured::Age, _)));
        let axes: BTreeSet<Axis> = tests
            .into_iter()
            .filter_map(|test| match test {
                Test::Attribute { name, .. } => Some(Axis::Attribute(name)),
                Test::Source(_) => Some(Axis::Source),
                _ => None,
            })
            .collect();
        let ways = axes.into_iter().map(|axis| (axis, Ways::of(model, axis))).collect();
        let (transitions, time, values) = (model.transitions(), time(model), values(model));
        let known = if asks_age { ages::of(model) } else { None };
        let unsold = BTreeSet::new();
        let mut deals = Deals { model, ways, transitions, time, values, ages: known, unsold };
        let leads = model.sources.iter().filter(|source| !source.clients);
        let entered = leads
            .map(|source| source.enters.as_ref().map_or(0, |(name, _)| model.stage_index(name)));
        let sells = |at: usize| model.stages[at].sale.is_some();
        deals.unsold = deals.ahead(entered, |at| !sells(at));
        Some(deals)
    }

    /// The deals in a stage, from entry to exit.
    pub(super) fn in_stage(&self, at: usize) -> Region<'m> {
        self.at(at, Moment::Either)
    }

    /// The deals for which the condition of a variant with this plan is looked at.
    pub(super) fn in_variant(&self, at: usize, plan: &Plan) -> Region<'m> {
        let moment = match (plan.changes_entry(), plan.next.is_some()) {
            (true, false) if plan.patience.is_none() => Moment::Entry,
            (false, true) => Moment::Exit,
            _ => Moment::Either,
        };
        self.at(at, moment)
    }

    fn at(&self, at: usize, moment: Moment) -> Region<'m> {
        let mut bounds = self.time.clone();
        for (axis, ways) in &self.ways {
            bounds.insert(*axis, numbers(ways.values_in(at)));
        }
        let score = Range { low: 0, high: FULL_SCORE.into() };
        bounds.insert(Axis::Number(Measured::Satisfaction), vec![score]);
        // A sale begins a new round on entry, so a stage that sells is on its first visit always.
        let sells = |at: usize| self.model.stages[at].sale.is_some();
        let next = self.transitions.to[at].iter().copied();
        let again = !sells(at) && self.ahead(next, |at| !sells(at)).contains(&at);
        let limit =
            self.model.stages[at].max_visits.as_ref().map_or(i64::MAX, |limit| limit.count as i64);
        let most = if again { limit } else { 1 };
        bounds.insert(Axis::Number(Measured::Visit), vec![Range { low: 1, high: most }]);
        // A sale is booked after what is done on entry is chosen, and before a branch is.
        if !self.unsold.contains(&at) || sells(at) && moment == Moment::Exit {
            let sold = Range { low: 1, high: i64::MAX };
            bounds.insert(Axis::Number(Measured::Bookings), vec![sold]);
        } else if !sells(at) {
            let sales = (0..self.model.stages.len()).filter(|at| sells(*at));
            let before = self.model.sources.iter().any(|source| source.clients);
            if !before && !self.ahead(sales, |_| true).contains(&at) {
                bounds.insert(Axis::Number(Measured::Bookings), numbers([0]));
            }
        }
        let values = self.values.iter().map(|set| (Axis::Number(Measured::Value), set.clone()));
        bounds.extend(values);
        bounds.extend(self.age(at, moment).map(|age| (Axis::Number(Measured::Age), age)));
        bounds.insert(Axis::Followed, numbers([0, 1]));
        // Nobody waits for a role with any number of people.
        let free = self.model.roles.iter().filter(|role| role.people.is_none());
        bounds.extend(free.map(|role| (Axis::Queue(&role.name), numbers([0]))));
        bounds
    }

    /// The ages of deals in a stage.
    fn age(&self, at: usize, moment: Moment) -> Option<Set> {
        let Ages { on_entry, on_exit } = self.ages.as_ref()?.get(at)?;
        let Bounds { least, most } = match moment {
            Moment::Entry => *on_entry,
            Moment::Exit => *on_exit,
            Moment::Either => Bounds {
                least: on_entry.least.min(on_exit.least),
                most: on_entry.most.max(on_exit.most),
            },
        };
        // Casts keep infinity as the greatest number.
        least
            .is_finite()
            .then(|| vec![Range { low: least.floor() as i64, high: most.ceil() as i64 }])
    }

    /// Whether some deal in a stage meets none of its variants, so that the stage's own plan is used.
    pub(super) fn use_own_plan(&self, at: usize) -> bool {
        let mut left = vec![self.in_stage(at)];
        for variant in &self.model.stages[at].variants {
            match without(left, &matched(self.model, &variant.when)) {
                Some(rest) => left = rest,
                None => return true,
            }
        }
        !left.is_empty()
    }

    /// The deals that values are drawn for: on arrival, and later with attributes of any stage.
    pub(super) fn anywhere(&self) -> Region<'m> {
        let of_ways = self.ways.iter().map(|(axis, ways)| (*axis, numbers(ways.all_values())));
        self.time.clone().into_iter().chain(of_ways).collect()
    }

    /// The deals of each source on arrival.
    pub(super) fn arriving(&self) -> Vec<Region<'m>> {
        let of_source = |at: usize| {
            let starts = |(axis, ways): (&Axis<'m>, &Ways<'m>)| (*axis, numbers(ways.drawn(at)));
            let sets = self.ways.iter().map(starts);
            self.time.clone().into_iter().chain(sets).collect()
        };
        (0..self.model.sources.len()).map(of_source).collect()
    }

    /// The stages that may come at or after these, on ways through stages of one kind.
    fn ahead(
        &self,
        stages: impl Iterator<Item = usize>,
        through: impl Fn(usize) -> bool,
    ) -> BTreeSet<usize> {
        let (mut open, mut ahead) = (stages.collect::<Vec<_>>(), BTreeSet::new());
        while let Some(stage) = open.pop() {
            if ahead.insert(stage) && through(stage) {
                open.extend(&self.transitions.to[stage]);
            }
        }
        ahead
    }
}

/// The values that all but very few deals have, in hundredths; `None` if the model draws none.
fn values(model: &Model) -> Option<Set> {
    let set = model.plans().filter_map(|plan| plan.set.as_ref()?.value.as_ref());
    let drawn = model.value.iter().map(|case| &case.amount).chain(set);
    let usual = drawn.map(|amount| Range {
        low: amount.quantile(RARE).floor() as i64,
        high: amount.quantile_upper(RARE).ceil() as i64,
    });
    let mut ranges: Vec<Range> = usual.collect();
    if ranges.is_empty() {
        return None;
    }
    // Deals that no case holds for have no value.
    if model.value.iter().all(|case| !case.when.tests.is_empty()) {
        ranges.push(Range { low: 0, high: 0 });
    }
    Some(joined(ranges))
}

/// Month, weekday and date in the simulated time, with the warm-up.
fn time(model: &Model) -> Region<'static> {
    let start = model.warmup.map_or(model.start, |warmup| shift(model.start, warmup, -1));
    let low = seconds(model, start);
    let Horizon::Length(length) = model.horizon else {
        return [(Axis::Date, vec![Range { low, high: i64::MAX }])].into();
    };
    let end = shift(model.start, length, 1);
    let mut time: Region<'static> =
        [(Axis::Date, vec![Range { low, high: seconds(model, end) - 1 }])].into();
    // A year has every month and weekday.
    let days: Vec<_> =
        start.date().series(1.day()).take(366).take_while(|day| *day <= end.date()).collect();
    if days.len() < 366 {
        time.insert(Axis::Month, numbers(days.iter().map(|day| day.month().into())));
        let weekday = |day: &jiff::civil::Date| day.weekday().to_monday_one_offset().into();
        time.insert(Axis::Weekday, numbers(days.iter().map(weekday)));
    }
    time
}
