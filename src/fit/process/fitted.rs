//! The fitted process: what a model of it says, with the numbers behind.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::leaf::{Visited, leaf, leave_out};
use super::order::order;
use super::periods::periods;
use super::traces::{End, Step, Trace, Traces};
use super::tree::{Case, Detail, Seen, cases};
use crate::fit::durations::{Lasted, Law, choose};
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
    /// The share of all that leave; it differs from count ÷ of where ways take different times and deals were still there.
    pub part: f64,
}

impl Share {
    /// The share of those that were seen to leave.
    pub(in crate::fit) fn seen(to: Ending, count: u64, of: u64) -> Share {
        Share { to, count, of, part: count as f64 / of as f64 }
    }

    /// The share.
    pub fn value(&self) -> f64 {
        self.part
    }

    /// The standard deviation of the share, given the deals that were seen: that of a beta distribution
    /// with as many deals.
    pub fn sd(&self) -> f64 {
        (self.part * (1.0 - self.part) / (self.of as f64 + 1.0)).max(0.0).sqrt()
    }

    /// Wilson's interval of the share at 95 %.
    pub fn interval(&self) -> (f64, f64) {
        wilson(self.value(), self.of)
    }
}

/// Wilson's interval (1927) of a share of so many at 95 %.
pub fn wilson(share: f64, of: u64) -> (f64, f64) {
    let (n, z) = (of as f64, 1.959_963_984_540_054_f64);
    let center = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let spread = share * (1.0 - share) / n + z * z / (4.0 * n * n);
    let reach = z / (1.0 + z * z / n) * spread.sqrt();
    ((center - reach).max(0.0), (center + reach).min(1.0))
}

/// A way out of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// How often deals go it.
    pub share: Share,
    /// How long it takes, where waits depend on the way.
    pub after: Option<Law>,
}

/// Ways that a model leaves out because hardly any deal went them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rare {
    /// How many ways.
    pub ways: u64,
    /// How many deals went them.
    pub count: u64,
    /// Of how many.
    pub of: u64,
}

/// What a stage does in a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// The visits that it covers.
    pub case: Case,
    /// How many visits it covers.
    pub visits: u64,
    /// How long deals wait, whatever comes next; `None` where waits depend on the way, and where no wait has ended.
    pub wait: Option<Law>,
    /// The number of waits, and how many of them had not ended.
    pub waits: (u64, u64),
    /// Where deals go, the most frequent way first; empty where nobody left.
    pub ways: Vec<Way>,
    /// Ways that are left out.
    pub rare: Option<Rare>,
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

/// A stage.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedStage {
    /// Its name in the file; `None` for the only stay of a deal without a history.
    pub name: Option<NameId>,
    /// How many deals came to it.
    pub deals: u64,
    /// How long the work takes, and how many tasks say so.
    pub work: Option<(Law, u64)>,
    /// Whether waits depend on where deals go.
    pub by_way: bool,
    /// Its cases, the one for all other visits last.
    pub leaves: Vec<Leaf>,
}

impl FittedStage {
    /// The case of a visit at an age and a date.
    pub fn leaf(&self, visit: u32, age: f64, date: f64) -> &Leaf {
        let (base, others) = self.leaves.split_last().unwrap_or((&self.leaves[0], &[]));
        others.iter().find(|leaf| leaf.case.covers(visit, age, date)).unwrap_or(base)
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
        let seen = visited(trace, &place, traces);
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
    let stage = |(at, visits): (usize, Vec<Visited>)| {
        let deals = visits.iter().filter(|visit| visit.number == 1).count() as u64;
        let works: Vec<Lasted> = visits.iter().filter_map(|visit| visit.work).collect();
        // Whoever is still at work says nothing of the time after it, nor of the way.
        let is_done = |visit: &Visited| visit.work.is_none_or(|work| work.ended);
        let visits: Vec<Visited> = visits.into_iter().filter(is_done).collect();
        let worked = works.iter().any(|work| work.days > 0.0);
        let finished = works.iter().filter(|work| work.ended).count() as u64;
        let Best { by_way, cases } = best(&visits, detail);
        let watch = Some(traces.quiet).filter(|quiet| by_way && quiet.is_finite());
        let apart = |case: Case| {
            let within = watch.map_or(Vec::new(), |watch| {
                periods(&visits, case, (watch, (traces.until.day() + 1) as f64), detail)
            });
            within.into_iter().chain([case])
        };
        let cases = cases.into_iter().flat_map(apart);
        FittedStage {
            name: named.then_some(order[at] as NameId),
            deals,
            work: choose(&works).filter(|_| worked).map(|law| (law, finished)),
            by_way,
            leaves: cases.map(|case| leaf(&visits, case, by_way)).collect(),
        }
    };
    let mut starts: Vec<(usize, u64)> = starts.into_iter().collect();
    starts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut stages: Vec<FittedStage> = visits.into_par_iter().enumerate().map(stage).collect();
    if detail == Detail::Readable {
        leave_out(&mut stages, &starts);
    }
    Fitted {
        stages,
        starts,
        deals: list.len() as u64,
        open: list.iter().filter(|trace| trace.end == End::Open).count() as u64,
    }
}

/// The visits of a deal with the places of their stages.
fn visited(trace: &Trace, place: &[usize], traces: &Traces) -> Vec<(usize, Visited)> {
    let known = traces.until.days() - trace.arrived.days();
    let next =
        trace.steps.iter().skip(1).map(|step| Some(Ending::Stage(place[step.stage as usize])));
    let end = (trace.end != End::Open).then_some(Ending::End(trace.end));
    let ways = next.chain([end]);
    let steps = trace.steps.iter().zip(ways);
    let one = |(step, to): (&Step, Option<Ending>)| {
        let visit = Visited {
            number: 0,
            entered: step.entered,
            worked: step.worked(),
            left: step.left(),
            wait: Lasted { days: step.wait - step.queued, ended: step.ended },
            work: traces.has_work.then_some(Lasted { days: step.work, ended: !is_at_work(step) }),
            date: trace.arrived.days() + step.worked(),
            silent: (known - step.worked()).max(0.0),
            to: to.filter(|_| step.ended),
        };
        (place[step.stage as usize], visit)
    };
    steps.map(one).collect()
}

/// Whether the work of a step is cut off by the end of the file: its wait is nothing and has not ended.
fn is_at_work(step: &Step) -> bool {
    !step.ended && step.wait == 0.0
}

/// Cases with the form of waits that describes a stage best.
struct Best {
    by_way: bool,
    cases: Vec<Case>,
}

fn best(visits: &[Visited], detail: Detail) -> Best {
    let mut exits: Vec<Ending> = visits.iter().filter_map(|visit| visit.to).collect();
    exits.sort_unstable();
    exits.dedup();
    let exit = |to: Ending| exits.binary_search(&to).map_or(0, |at| at as u16);
    let group = |to: Ending| exits.iter().position(|one| group_of(*one) == group_of(to));
    let seen = |by_way: bool| -> Vec<Seen> {
        let one = |visit: &Visited| Seen {
            visit: visit.number,
            ages: if by_way { (visit.worked, visit.worked) } else { (visit.entered, visit.left) },
            wait: visit.wait.ended.then_some(visit.wait.days),
            exit: visit.to.map(exit),
            group: visit.to.filter(|_| by_way).and_then(group).unwrap_or(0) as u16,
        };
        visits.iter().map(one).collect()
    };
    let [whatever, by_way] = [false, true].map(|by_way| cases(&seen(by_way), detail));
    // Where only a long silence shows that deals ended, the end takes no time and all other ways do.
    let is_silent = visits.iter().any(|visit| visit.to == Some(Ending::End(End::Done)));
    if is_silent || by_way.score > whatever.score {
        Best { by_way: true, cases: by_way.cases }
    } else {
        Best { by_way: false, cases: whatever.cases }
    }
}

/// Ways of one group have the same waits: lost deals, whatever the reason.
pub(super) fn group_of(to: Ending) -> Ending {
    match to {
        Ending::End(End::Lost(_)) => Ending::End(End::Lost(None)),
        to => to,
    }
}
