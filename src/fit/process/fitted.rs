//! The fitted process: what a model of it says, with the numbers behind.

use std::collections::BTreeMap;

use super::order::order;
use super::traces::{End, Trace, Traces};
use super::tree::{Case, Detail, Seen, cases};
use crate::fit::durations::{Lasted, Law, Survival, choose};
use crate::records::deals::NameId;

/// Where a deal goes from a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// To the stage at this place of [`Fitted::stages`].
    Stage(usize),
    /// Out of the process.
    End(End),
}

/// How often deals went a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The way.
    pub to: Ending,
    /// How many went it.
    pub count: u64,
    /// How many left the stage in this case.
    pub of: u64,
}

impl Share {
    /// The share.
    pub fn value(&self) -> f64 {
        self.count as f64 / self.of as f64
    }

    /// Wilson's interval of the share (1927) at 95 %.
    pub fn interval(&self) -> (f64, f64) {
        let (n, p, z) = (self.of as f64, self.value(), 1.959_963_984_540_054);
        let center = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let reach = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        ((center - reach).max(0.0), (center + reach).min(1.0))
    }
}

/// What a stage does in a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The visits that it covers.
    pub case: Case,
    /// How many visits it covers.
    pub visits: u64,
    /// How long deals wait; `None` where no wait has ended.
    pub wait: Option<Law>,
    /// The number of waits, and how many of them had not ended.
    pub waits: (u64, u64),
    /// How long the work takes.
    pub work: Option<Law>,
    /// The number of tasks.
    pub works: u64,
    /// Where deals go, the most frequent way first; empty where nobody left.
    pub ways: Vec<Share>,
    /// Deals that never leave as far as anybody saw.
    pub never: Option<Never>,
}

/// Deals that never leave a stage as far as anybody saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Never {
    /// Their share of all visits.
    pub share: f64,
    /// The longest time that was seen, in days.
    pub days: f64,
}

/// A smaller share of visits without an end is left to chance.
const LEAST_NEVER: f64 = 0.02;
/// Fewer visits without an end say nothing of the share that never ends.
const FEWEST_OPEN: u64 = 10;

/// A stage.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedStage {
    /// Its name in the file; `None` for the only stay of a deal without a history.
    pub name: Option<NameId>,
    /// How many deals came to it.
    pub deals: u64,
    /// Its cases, the one for all other visits last.
    pub leaves: Vec<Leaf>,
}

impl FittedStage {
    /// The case of a visit at an age.
    pub fn leaf(&self, visit: u32, age: f64) -> &Leaf {
        let (base, others) = self.leaves.split_last().unwrap_or((&self.leaves[0], &[]));
        others.iter().find(|leaf| leaf.case.covers(visit, age)).unwrap_or(base)
    }
}

/// A fitted process.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// Its stages in funnel order.
    pub stages: Vec<FittedStage>,
    /// Where deals begin: how many in which stage.
    pub starts: Vec<(usize, u64)>,
    /// Deals it was fitted to.
    pub deals: u64,
    /// … of them open at the end of the file.
    pub open: u64,
}

/// Fits a process to histories.
pub fn fit(traces: &Traces, detail: Detail) -> Fitted {
    let list = &traces.list;
    let steps = list.iter().flat_map(|trace| &trace.steps);
    let count = steps.map(|step| step.stage as usize + 1).max().unwrap_or(0);
    let order = order(list, count);
    let mut place = vec![usize::MAX; count];
    order.iter().enumerate().for_each(|(at, stage)| place[*stage] = at);
    let mut visits: Vec<Vec<Visited>> = vec![Vec::new(); order.len()];
    let mut starts: BTreeMap<usize, u64> = BTreeMap::new();
    for trace in list {
        let mut numbers = vec![0_u32; order.len()];
        let seen = visited(trace, &place);
        if let Some((first, _)) = seen.first() {
            *starts.entry(*first).or_default() += 1;
        }
        for (at, mut visit) in seen {
            numbers[at] += 1;
            visit.number = numbers[at];
            visits[at].push(visit);
        }
    }
    let named = !traces.list.is_empty() && order.len() + usize::from(traces.has_work) > 1;
    let stage = |(at, visits): (usize, Vec<Visited>)| FittedStage {
        name: named.then_some(order[at] as NameId),
        deals: visits.iter().filter(|visit| visit.number == 1).count() as u64,
        leaves: leaves(&visits, detail),
    };
    let mut starts: Vec<(usize, u64)> = starts.into_iter().collect();
    starts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    Fitted {
        stages: visits.into_iter().enumerate().map(stage).collect(),
        starts,
        deals: list.len() as u64,
        open: list.iter().filter(|trace| trace.end == End::Open).count() as u64,
    }
}

/// A visit of a stage.
#[derive(Debug, Clone, Copy)]
struct Visited {
    number: u32,
    entered: f64,
    wait: Lasted,
    work: Option<f64>,
    left: f64,
    to: Option<Ending>,
}

/// The visits of a deal with the places of their stages.
fn visited(trace: &Trace, place: &[usize]) -> Vec<(usize, Visited)> {
    let next =
        trace.steps.iter().skip(1).map(|step| Some(Ending::Stage(place[step.stage as usize])));
    let end = (trace.end != End::Open).then_some(Ending::End(trace.end));
    let ways = next.chain([end]);
    let steps = trace.steps.iter().zip(ways);
    let one = |(step, to): (&super::traces::Step, Option<Ending>)| {
        let worked = step.work > 0.0;
        // A task that is under way has ended its wait.
        let waited = step.ended || worked;
        let wait = Lasted { days: step.wait, ended: waited };
        let work = (step.ended && (worked || step.wait == 0.0)).then_some(step.work);
        let to = to.filter(|_| step.ended);
        let (entered, left) = (step.entered, step.left());
        (place[step.stage as usize], Visited { number: 0, entered, wait, work, left, to })
    };
    steps.map(one).collect()
}

fn leaves(visits: &[Visited], detail: Detail) -> Vec<Leaf> {
    let mut exits: Vec<Ending> = visits.iter().filter_map(|visit| visit.to).collect();
    exits.sort_unstable();
    exits.dedup();
    let exit = |to: Ending| exits.binary_search(&to).map_or(0, |at| at as u16);
    let seen: Vec<Seen> = visits
        .iter()
        .map(|visit| Seen {
            visit: visit.number,
            ages: (visit.entered, visit.left),
            wait: visit.wait.ended.then_some(visit.wait.days),
            exit: visit.to.map(exit),
        })
        .collect();
    cases(&seen, detail).into_iter().map(|case| leaf(visits, case)).collect()
}

fn leaf(visits: &[Visited], case: Case) -> Leaf {
    let entered = || visits.iter().filter(|visit| case.covers(visit.number, visit.entered));
    let left = visits.iter().filter(|visit| case.covers(visit.number, visit.left));
    let waits: Vec<Lasted> = entered().map(|visit| visit.wait).collect();
    let works: Vec<Lasted> = entered().filter_map(|visit| visit.work).map(Lasted::ended).collect();
    let mut taken: BTreeMap<Ending, u64> = BTreeMap::new();
    left.filter_map(|visit| visit.to).for_each(|to| *taken.entry(to).or_default() += 1);
    let of = taken.values().sum();
    let mut ways: Vec<Share> =
        taken.into_iter().map(|(to, count)| Share { to, count, of }).collect();
    ways.sort_by(|a, b| b.count.cmp(&a.count).then(a.to.cmp(&b.to)));
    let open = waits.iter().filter(|wait| !wait.ended).count() as u64;
    let worked = works.iter().any(|work| work.days > 0.0);
    let longest = waits.iter().map(|wait| wait.days).fold(0.0, f64::max);
    let share = Survival::of(&waits).map_or(0.0, |survival| survival.left_over());
    let never =
        (open >= FEWEST_OPEN && share >= LEAST_NEVER).then_some(Never { share, days: longest });
    Leaf {
        case,
        visits: waits.len() as u64,
        wait: choose(&waits).filter(|law| *law != Law::Constant(0.0)),
        waits: (waits.len() as u64, open),
        work: if worked { choose(&works) } else { None },
        works: works.len() as u64,
        ways,
        never,
    }
}
