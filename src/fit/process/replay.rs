//! Whether the fitted process is like the deals: it is played for deals that came at given times, and compared with what these
//! did.

use std::collections::HashMap;

use super::arrivals::Arrivals;
use super::fitted::{Ending, Fitted, FittedStage, Leaf};
use super::likeness::{Likeness, Side, together};
use super::traces::{End, Traces};
use crate::fit::chance::unit;
use crate::fit::durations::Law;
use crate::random::distribution::Distribution;
use crate::random::key::{Address, DealKey, StreamKey};

/// A deal that visits more stages than this is cut off.
const MOST_VISITS: usize = 1_000;
/// So many deals are played at least, …
const PLAYED: usize = 200_000;
/// … and each deal at least so often.
const TIMES: u64 = 10;

/// What a comparison found.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Deals that were compared.
    pub deals: u64,
    /// Their mean time from arrival to the last event that the file could see, in days.
    pub observed: f64,
    /// The same as played.
    pub played: f64,
    /// The area between both distributions of that time (the earth mover's distance), in days.
    pub distance: f64,
    /// The share of sequences of three stages that differ, from 0 to 1.
    pub sequences: f64,
    /// More figures of both.
    pub likeness: Likeness,
}

/// Draws in units between 0 and 1.
struct Draws {
    key: DealKey,
    address: Address,
    number: u64,
}

impl Draws {
    fn next(&mut self) -> f64 {
        self.number += 1;
        unit(self.key.word(self.address.visit(self.number)))
    }
}

/// The distributions of a stage, case by case.
struct Laws {
    work: Option<Distribution>,
    waits: Vec<Option<Distribution>>,
    after: Vec<Vec<Option<Distribution>>>,
}

impl Laws {
    fn of(stage: &FittedStage) -> Laws {
        let law = |law: Option<&Law>| law?.distribution();
        let after = |leaf: &Leaf| leaf.ways.iter().map(|way| law(way.after.as_ref())).collect();
        Laws {
            work: law(stage.work.as_ref().map(|work| &work.0)),
            waits: stage.leaves.iter().map(|leaf| law(leaf.wait.as_ref())).collect(),
            after: stage.leaves.iter().map(after).collect(),
        }
    }
}

/// Plays the process for the deals of a file, with nothing after its end, and compares.
///
/// Both sides are cut at the end of the file: an observed deal that is open then is compared with played ones that are.
///
/// With arrivals it also tells how many deals their rates expect in each week.
pub fn compare(
    fitted: &Fitted,
    traces: &Traces,
    arrivals: Option<&Arrivals>,
    seed: u64,
) -> Option<Replay> {
    let laws: Vec<Laws> = fitted.stages.iter().map(Laws::of).collect();
    let names: HashMap<u32, usize> =
        fitted.stages.iter().enumerate().map(|(at, stage)| (stage.name.unwrap_or(0), at)).collect();
    let starts: u64 = fitted.starts.iter().map(|(_, count)| count).sum();
    let (mut known, mut played) = (Vec::new(), Vec::new());
    let (mut seen_sequences, mut played_sequences) = (HashMap::new(), HashMap::new());
    // A file of stays shows how long the last one has lasted; one of tasks, when the last one ended.
    let shows_open = !traces.has_tasks;
    let times = TIMES.max((PLAYED / traces.list.len().max(1)) as u64);
    let (first, until) = (traces.list.first()?.arrived.days(), traces.until.days());
    let mut sides = [(); 2].map(|()| Side::new(fitted.stages.len(), first, until));
    let stream = StreamKey::new(seed, 0, "replay");
    let address = Address::new("replay", 0, "draw");
    for (at, trace) in traces.list.iter().enumerate() {
        let limit = (traces.until.days() - trace.arrived.days()).max(0.0);
        let is_open = trace.end == End::Open && shows_open;
        known.push(if is_open { limit } else { trace.lasted(traces.has_tasks).min(limit) });
        let known = trace.steps.iter().filter(|step| step.ended || traces.has_tasks);
        let path = known.map(|step| names.get(&step.stage).copied().unwrap_or(usize::MAX));
        let path: Vec<usize> = path.collect();
        let ended = |is_open: bool, lasted: f64| if is_open { f64::INFINITY } else { lasted };
        let day = trace.arrived.days();
        let lasted = trace.lasted(traces.has_tasks);
        sides[0].add(day, ended(trace.end == End::Open, lasted), &path);
        count(&mut seen_sequences, path);
        for time in 0..times {
            let key = stream.deal(at as u64 * times + time);
            let mut draws = Draws { key, address, number: 0 };
            let first = fitted.starts.iter().map(|(at, count)| (*at, *count as f64));
            let first = pick(first, starts as f64, draws.next())?;
            let first = (first, day, traces.has_tasks);
            let (lasted, is_open, path) = play(fitted, &laws, first, (limit, &mut draws));
            played.push(if is_open && shows_open { limit } else { lasted });
            sides[1].add(day, ended(is_open, lasted), &path);
            count(&mut played_sequences, path);
        }
    }
    let mean = |times: &[f64]| times.iter().sum::<f64>() / times.len() as f64;
    let (observed, mean_played) = (mean(&known), mean(&played));
    let distance = distance(&mut known, &mut played);
    Some(Replay {
        deals: known.len() as u64,
        observed,
        played: mean_played,
        distance,
        sequences: apart(&seen_sequences, &played_sequences),
        likeness: together((&sides[0], &sides[1]), times as f64, (&known, &played), arrivals),
    })
}

/// One deal that came to a stage on a day: when it did what was last seen, whether it was open then, and where it had been.
///
/// In a file of tasks a task is seen when it ends; in one of stays, a stay is seen when it ends.
fn play(
    fitted: &Fitted,
    laws: &[Laws],
    (first, day, has_tasks): (usize, f64, bool),
    (limit, draws): (f64, &mut Draws),
) -> (f64, bool, Vec<usize>) {
    let (mut at, mut now, mut last) = (first, 0.0, 0.0);
    let mut visits = vec![0_u32; fitted.stages.len()];
    let mut path = Vec::new();
    while path.len() < MOST_VISITS {
        let stage = &fitted.stages[at];
        visits[at] += 1;
        let place = |age: f64| {
            let leaf = stage.leaf(visits[at], age, day + age);
            stage.leaves.iter().position(|one| std::ptr::eq(one, leaf)).unwrap_or(0)
        };
        let mut draw = |law: &Option<Distribution>| match law {
            Some(law) => law.quantile(draws.next()),
            None => 0.0,
        };
        let entered = place(now);
        now += draw(&laws[at].work);
        if has_tasks {
            if now > limit {
                return (last, true, path);
            }
            last = now;
            path.push(at);
        }
        now += draw(&laws[at].waits[entered]);
        let case = place(now);
        let leaf = &stage.leaves[case];
        let never = leaf.never.map_or(0.0, |never| never.share);
        if now > limit || draws.next() < never {
            return (last, true, path);
        }
        let all = leaf.ways.iter().map(|way| way.share.part).sum();
        let ways = leaf.ways.iter().enumerate().map(|(at, way)| (at, way.share.part));
        let Some(way) = pick(ways, all, draws.next()) else { break };
        now += laws[at].after[case][way].as_ref().map_or(0.0, |law| law.quantile(draws.next()));
        if now > limit {
            return (last, true, path);
        }
        if !has_tasks {
            path.push(at);
        }
        last = now;
        match leaf.ways[way].share.to {
            Ending::Stage(next) => at = next,
            Ending::End(_) => break,
        }
    }
    (last, false, path)
}

/// One of several by its weight.
fn pick<T>(ways: impl Iterator<Item = (T, f64)>, all: f64, at: f64) -> Option<T> {
    let mut left = at * all;
    let mut last = None;
    for (way, part) in ways {
        left -= part;
        last = Some(way);
        if left < 0.0 {
            break;
        }
    }
    last
}

/// The area between the distribution functions of two samples.
fn distance(one: &mut [f64], other: &mut [f64]) -> f64 {
    one.sort_by(f64::total_cmp);
    other.sort_by(f64::total_cmp);
    let mut edges: Vec<f64> = one.iter().chain(other.iter()).copied().collect();
    edges.sort_by(f64::total_cmp);
    let below = |sample: &[f64], x: f64| {
        sample.partition_point(|value| *value <= x) as f64 / sample.len() as f64
    };
    let area =
        |pair: &[f64]| (pair[1] - pair[0]) * (below(one, pair[0]) - below(other, pair[0])).abs();
    edges.windows(2).map(area).sum()
}

/// No stage: before the first and after the last.
const NOWHERE: usize = usize::MAX - 1;

/// Adds all sequences of three stages of a deal.
fn count(sequences: &mut HashMap<[usize; 3], f64>, path: Vec<usize>) {
    let padded: Vec<usize> =
        [NOWHERE, NOWHERE].into_iter().chain(path).chain([NOWHERE, NOWHERE]).collect();
    for three in padded.windows(3) {
        *sequences.entry([three[0], three[1], three[2]]).or_default() += 1.0;
    }
}

/// Half the sum of the differences of shares.
fn apart(one: &HashMap<[usize; 3], f64>, other: &HashMap<[usize; 3], f64>) -> f64 {
    // Sums of counts are exact in any order; the differences are added in the order of the sequences.
    let (all, others): (f64, f64) = (one.values().sum(), other.values().sum());
    let mut keys: Vec<&[usize; 3]> = one.keys().chain(other.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let share =
        |of: &HashMap<[usize; 3], f64>, key, all: f64| of.get(key).copied().unwrap_or(0.0) / all;
    keys.iter().map(|key| (share(one, *key, all) - share(other, *key, others)).abs()).sum::<f64>()
        / 2.0
}
