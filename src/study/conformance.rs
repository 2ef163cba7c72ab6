//! How a log and a model differ: transitions that the model lacks, shares of transitions, times in stages.
//!
//! Stages are matched by their names, exactly or as look-alikes. A stage of the model that the log does not have is passed
//! through. The share of a transition in the model is its mean over the deals that left the stage, each in its variant. It
//! differs from that of the log if the number of deals lies beyond chance at 99 % (a normal approximation for independent deals).
//! Facts that the log does not have, such as a queue, match no variant. A log that says how deals end has won and lost deals, so
//! transitions to `done` are left out of the comparison.

use std::collections::{BTreeMap, BTreeSet};

use super::stage_names::{Matched, matched, word};
use super::stage_times::{Stay, mean_time};
use crate::fit::durations::Lasted;
use crate::fit::process::{End, Step, Traces, wilson};
use crate::fit::season::date;
use crate::model::{Branch, Measured, Model, Plan, Stage, Target, Test};
use crate::quantity::DAY_MICROS;
use crate::records::deals::{Deal, Deals, NameId, Outcome};

/// The quantile of the standard normal distribution that 0.5 % exceed.
pub(super) const BEYOND: f64 = 2.575_829_303_548_901;

/// Where a deal comes from or goes to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The arrival.
    Start,
    /// A stage, by its name in the log.
    Stage(String),
    /// A sale.
    Won,
    /// A loss.
    Lost,
    /// Another end, or an end of a log that does not say how deals end.
    Done,
}

/// A transition of the log that the model lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Lacking {
    /// From where.
    pub from: Spot,
    /// To where.
    pub to: Spot,
    /// How often deals made it.
    pub count: u64,
    /// How many transitions the log has from there.
    pub of: u64,
}

/// A transition in the log and in the model.
#[derive(Debug, Clone, PartialEq)]
pub struct WayAgainst {
    /// The stage.
    pub stage: String,
    /// Where it leads.
    pub to: Spot,
    /// How many deals made it.
    pub count: u64,
    /// How many left the stage.
    pub of: u64,
    /// Wilson's interval of the share at 95 %.
    pub between: (f64, f64),
    /// The share of the model.
    pub model: f64,
    /// Whether they differ beyond chance at 99 %.
    pub differs: bool,
}

/// The mean time in a stage in the log and in the model, in days.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeAgainst {
    /// The stage.
    pub stage: String,
    /// How many stays ended.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// The half-width of its interval at 95 %; none of a single stay.
    pub reach: Option<f64>,
    /// The mean of the model, without queues and closed hours.
    pub model: f64,
    /// Whether they differ beyond chance at 99 %.
    pub differs: bool,
}

/// How a log and a model differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Conformance {
    /// Deals of the log.
    pub deals: u64,
    /// Deals with at least one transition that the model lacks.
    pub deviating: u64,
    /// Transitions of the log that the model lacks, the most frequent first.
    pub lacking: Vec<Lacking>,
    /// Stages of the log without a counterpart, with their deals.
    pub only_in_log: Vec<(String, u64)>,
    /// Stages of the model without a counterpart.
    pub only_in_model: Vec<String>,
    /// Names that were matched as look-alikes: in the log and in the model.
    pub alike: Vec<(String, String)>,
    /// Shares of transitions.
    pub ways: Vec<WayAgainst>,
    /// Times in stages.
    pub times: Vec<TimeAgainst>,
}

/// Compares a log with a model.
pub fn conformance(deals: &Deals, traces: &Traces, model: &Model) -> Conformance {
    let says_ends = deals.deals.iter().any(|deal| deal.outcome != Outcome::Open);
    let matched = matched(deals, traces, model);
    let side = Side { deals, model, matched: &matched, says_ends };
    let mut counts: BTreeMap<(Spot, Spot), u64> = BTreeMap::new();
    let mut stays: BTreeMap<usize, Vec<Stay>> = BTreeMap::new();
    let mut expected: BTreeMap<(usize, Spot), Expected> = BTreeMap::new();
    let mut in_log: BTreeMap<NameId, u64> = BTreeMap::new();
    let mut deviating = 0;
    let allowed = side.allowed();
    let lacks = |from: &Spot, to: &Spot| {
        !allowed.get(from).is_some_and(|ways: &BTreeSet<Spot>| ways.contains(to))
    };
    for trace in &traces.list {
        let mut numbers: BTreeMap<NameId, i64> = BTreeMap::new();
        let (mut from, mut deviates) = (Spot::Start, false);
        let end = match trace.end {
            End::Won if says_ends => Some(Spot::Won),
            End::Lost(_) if says_ends => Some(Spot::Lost),
            End::Open => None,
            _ => Some(Spot::Done),
        };
        let nexts = trace.steps.iter().skip(1).map(|step| Some(side.spot(step.stage)));
        for (step, to) in trace.steps.iter().zip(nexts.chain([end])) {
            let here = side.spot(step.stage);
            deviates |= lacks(&from, &here);
            *counts.entry((from, here.clone())).or_default() += 1;
            let number = numbers.entry(step.stage).or_default();
            *number += 1;
            if *number == 1 {
                *in_log.entry(step.stage).or_default() += 1;
            }
            from = here;
            let visit = Seen { row: trace.deal, arrived: trace.arrived.days(), number: *number };
            if let Some(at) = matched.of_log.get(&step.stage) {
                let lasted = Lasted { days: step.left() - step.entered, ended: step.ended };
                let model = side.mean_time(*at, (&visit, step), traces.has_tasks);
                stays.entry(*at).or_default().push(Stay { lasted, model });
            }
            let (Some(to), true) = (to, step.ended) else { continue };
            if let Some(at) = matched.of_log.get(&step.stage) {
                side.expect(*at, (&visit, step), traces.has_tasks, &mut expected);
                expected.entry((*at, to.clone())).or_default().count += 1;
            }
            if !matches!(to, Spot::Stage(_)) {
                deviates |= lacks(&from, &to);
                *counts.entry((from.clone(), to)).or_default() += 1;
            }
        }
        deviating += u64::from(deviates);
    }
    let of = |from: &Spot| counts.iter().filter(|one| one.0.0 == *from).map(|one| *one.1).sum();
    let lacking = counts.iter().filter(|((from, to), _)| lacks(from, to));
    let mut lacking: Vec<Lacking> = lacking
        .map(|((from, to), count)| Lacking {
            from: from.clone(),
            to: to.clone(),
            count: *count,
            of: of(from),
        })
        .collect();
    lacking.sort_by_key(|one| std::cmp::Reverse(one.count));
    let is_hidden = |at: &usize| !matched.of_model.contains_key(at);
    let hidden = (0..model.stages.len()).filter(is_hidden);
    let strangers = in_log.iter().filter(|(id, _)| !matched.of_log.contains_key(id));
    Conformance {
        deals: traces.list.len() as u64,
        deviating,
        lacking,
        only_in_log: strangers.map(|(id, n)| (side.word(*id).to_owned(), *n)).collect(),
        only_in_model: hidden.map(|at| model.stages[at].name.clone()).collect(),
        ways: side.ways(&expected),
        times: stays.iter().filter_map(|(at, of)| side.time(*at, of)).collect(),
        alike: matched.alike,
    }
}

/// A transition of the log beside what the model expects.
#[derive(Debug, Clone, Copy, Default)]
struct Expected {
    count: u64,
    mean: f64,
    variance: f64,
}

/// A visit that a condition is asked of.
#[derive(Debug, Clone, Copy)]
struct Seen {
    row: usize,
    arrived: f64,
    number: i64,
}

/// Both sides of a comparison.
struct Side<'a> {
    deals: &'a Deals,
    model: &'a Model,
    matched: &'a Matched,
    says_ends: bool,
}

impl Side<'_> {
    fn word(&self, id: NameId) -> &str {
        word(self.deals, id)
    }

    fn spot(&self, id: NameId) -> Spot {
        Spot::Stage(self.word(id).to_owned())
    }

    /// A branch of a stage as the log would show it, or the stage that it leads to.
    fn target(&self, at: usize, branch: &Branch) -> Result<usize, Spot> {
        let end = |spot: Spot| Err(if self.says_ends { spot } else { Spot::Done });
        match &branch.target {
            Target::Stage(name) => Ok(self.model.stage_index(name)),
            Target::Following if at + 1 < self.model.stages.len() => Ok(at + 1),
            Target::Following | Target::Won => end(Spot::Won),
            Target::Lost(_) => end(Spot::Lost),
            Target::Done | Target::Cancelled(_) => end(Spot::Done),
        }
    }

    /// Adds where a branch leads with its probability; stages that the log does not have are passed through.
    fn lead(&self, at: usize, plan: &Plan, chance: (f64, u32), into: &mut BTreeMap<Spot, f64>) {
        let base = &self.model.stages[at].plan;
        let branches = plan.next.as_ref().or(base.next.as_ref());
        for branch in branches.into_iter().flatten().filter(|one| one.probability > 0.0) {
            let p = chance.0 * branch.probability;
            match self.target(at, branch) {
                Err(spot) => *into.entry(spot).or_default() += p,
                Ok(next) => match self.matched.of_model.get(&next) {
                    Some(id) => *into.entry(self.spot(*id)).or_default() += p,
                    // Circles of stages that the log does not have are left after a while.
                    None if chance.1 > 0 && p > 1e-9 => {
                        self.lead(next, &self.model.stages[next].plan, (p, chance.1 - 1), into);
                    }
                    None => {}
                },
            }
        }
    }

    /// Where deals may go from each place of the log.
    fn allowed(&self) -> BTreeMap<Spot, BTreeSet<Spot>> {
        let mut allowed: BTreeMap<Spot, BTreeSet<Spot>> = BTreeMap::new();
        for (at, id) in &self.matched.of_model {
            let mut ways = BTreeMap::new();
            for plan in self.model.stages[*at].plans() {
                self.lead(*at, plan, (1.0, 12), &mut ways);
            }
            allowed.insert(self.spot(*id), ways.into_keys().collect());
        }
        let mut starts = BTreeMap::new();
        for source in &self.model.sources {
            let at = source.enters.as_ref().map_or(0, |(name, _)| self.model.stage_index(name));
            match self.matched.of_model.get(&at) {
                Some(id) => *starts.entry(self.spot(*id)).or_default() += 1.0,
                None => self.lead(at, &self.model.stages[at].plan, (1.0, 12), &mut starts),
            }
        }
        allowed.insert(Spot::Start, starts.into_keys().collect());
        allowed
    }

    /// Adds what the model expects of a visit.
    fn expect(
        &self,
        at: usize,
        (visit, step): (&Seen, &Step),
        has_tasks: bool,
        into: &mut BTreeMap<(usize, Spot), Expected>,
    ) {
        let plan = self.plan(&self.model.stages[at], visit, exit_age(step, has_tasks));
        let mut ways = BTreeMap::new();
        self.lead(at, plan, (1.0, 12), &mut ways);
        if self.says_ends {
            ways.remove(&Spot::Done);
        }
        let all: f64 = ways.values().sum();
        for (spot, p) in ways {
            let p = p / all;
            let expected = into.entry((at, spot)).or_default();
            expected.mean += p;
            expected.variance += p * (1.0 - p).max(0.0);
        }
    }

    fn mean_time(&self, at: usize, (visit, step): (&Seen, &Step), has_tasks: bool) -> Option<f64> {
        let stage = &self.model.stages[at];
        let entry = self.plan(stage, visit, step.entered);
        let exit = self.plan(stage, visit, exit_age(step, has_tasks));
        mean_time(stage, (entry, exit), !self.says_ends)
    }

    /// The plan of the first variant that is known to match, else that of the stage.
    fn plan<'s>(&self, stage: &'s Stage, visit: &Seen, age: f64) -> &'s Plan {
        let holds = |test: &Test| self.holds(test, visit, age);
        let matching = stage.variants.iter().find(|variant| variant.when.tests.iter().all(holds));
        matching.map_or(&stage.plan, |variant| &variant.plan)
    }

    fn holds(&self, test: &Test, visit: &Seen, age: f64) -> bool {
        let now = date((visit.arrived + age).floor() as i64);
        match test {
            Test::Number(Measured::Visit, ranges) => {
                ranges.iter().any(|range| (range.low..=range.high).contains(&visit.number))
            }
            Test::Number(Measured::Age, ranges) => {
                let age = (age * DAY_MICROS as f64).round() as i64;
                ranges.iter().any(|range| (range.low..=range.high).contains(&age))
            }
            Test::Month(months) => now.is_some_and(|now| months.contains(&now.month())),
            Test::Weekday(days) => {
                now.is_some_and(|now| days.contains(&now.weekday().to_monday_one_offset()))
            }
            Test::Source(names) => {
                let source = self.deals.deals.get(visit.row).and_then(|deal: &Deal| deal.source);
                source.is_some_and(|id| {
                    names.iter().any(|(name, _)| name == self.deals.sources.word(id))
                })
            }
            Test::Attribute { name, values, .. } => {
                let column = self.deals.segments.iter().find(|column| column.name == *name);
                let level = column.and_then(|column| {
                    let id = column.of_deal.get(visit.row).copied().flatten()?;
                    Some(column.levels.word(id))
                });
                level.is_some_and(|level| values.iter().any(|(value, _)| value == level))
            }
            _ => false,
        }
    }

    fn ways(&self, expected: &BTreeMap<(usize, Spot), Expected>) -> Vec<WayAgainst> {
        let of = |at: usize| -> u64 {
            expected.iter().filter(|one| one.0.0 == at).map(|one| one.1.count).sum()
        };
        let way = |((at, to), Expected { count, mean, variance }): (&(usize, Spot), &Expected)| {
            let of = of(*at);
            let apart = (*count as f64 - mean).abs();
            WayAgainst {
                stage: self.model.stages[*at].name.clone(),
                to: to.clone(),
                count: *count,
                of,
                between: wilson(*count as f64 / of as f64, of),
                model: mean / of as f64,
                // Half a deal for the step of a count.
                differs: apart > BEYOND * variance.sqrt() + 0.5,
            }
        };
        expected.iter().filter(|one| of(one.0.0) > 0).map(way).collect()
    }

    fn time(&self, at: usize, stays: &[Stay]) -> Option<TimeAgainst> {
        super::stage_times::against(&self.model.stages[at].name, stays)
    }
}

/// The age at which the transition is chosen: in a log of tasks at the end of the task, before the delay of the
/// transition.
fn exit_age(step: &Step, has_tasks: bool) -> f64 {
    if has_tasks { step.worked() } else { step.left() }
}
