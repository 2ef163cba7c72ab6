//! What happened to each deal: its steps in time, and how it ended.

use std::collections::BTreeMap;

use super::people::free;
use crate::records::deals::{Deal, Deals, Moment, NameId, Outcome, Visit};

/// How a deal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// With a sale.
    Won,
    /// Without one, for a reason if one is known.
    Lost(Option<NameId>),
    /// The file does not say how.
    Done,
    /// It had not ended.
    Open,
}

/// One stay in a stage: its work, where the file knows work, then the time until the deal goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The stage.
    pub stage: NameId,
    /// Days from the arrival of the deal to the stay; in a log of tasks, to the start of the task.
    pub entered: f64,
    /// Days of work.
    pub work: f64,
    /// Days from the end of the work until the deal went on, or until nothing more is known.
    pub wait: f64,
    /// The part of the wait in which the person who took the next task was busy with others; 0 where that was not asked.
    pub queued: f64,
    /// Whether the deal had gone on, or had ended.
    pub ended: bool,
}

impl Step {
    /// Days from the arrival of the deal to the end of the work.
    pub fn worked(&self) -> f64 {
        self.entered + self.work
    }

    /// Days from the arrival of the deal to the end of the stay.
    pub fn left(&self) -> f64 {
        self.entered + self.work + self.wait
    }
}

/// What happened to a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Its index in the deals of the file.
    pub deal: usize,
    /// When it came.
    pub arrived: Moment,
    /// What happened, in time.
    pub steps: Vec<Step>,
    /// How it ended.
    pub end: End,
}

/// All deals of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Traces {
    /// Those with a history, by arrival.
    pub list: Vec<Trace>,
    /// Deals without a date or a stay.
    pub left_out: u64,
    /// When the file was written: its latest fact.
    pub until: Moment,
    /// Whether the file says how long the work on tasks took.
    pub has_work: bool,
    /// Whether the file has tasks: then nothing shows where a deal is after its last one. Else it has stays.
    pub has_tasks: bool,
    /// A deal of a file that does not say how deals end has ended when nothing happened for more days than this.
    pub quiet: f64,
}

/// A deal of a file that does not say how deals end is taken as ended when it has been quiet for longer than this share of all
/// gaps between two events.
const QUIET: f64 = 0.95;

/// The histories of the deals of a file; deals without a history are one stay from their creation to their end.
pub fn traces(deals: &Deals) -> Traces {
    with_free(deals, &[])
}

/// The histories with the part of each wait in which the person who took the next task was busy.
pub fn traces_of_people(deals: &Deals) -> Traces {
    with_free(deals, &free(&deals.visits))
}

/// `free`: when the person of each visit ended the task before.
fn with_free(deals: &Deals, mut free: &[Option<Moment>]) -> Traces {
    let until = deals.until.unwrap_or(Moment(0));
    let (has_tasks, has_work) = kind(&deals.visits);
    let says_ends = deals.deals.iter().any(|deal| deal.outcome != Outcome::Open);
    let quiet = if says_ends { f64::INFINITY } else { quiet(deals) };
    let mut found = Traces { list: Vec::new(), left_out: 0, until, has_work, has_tasks, quiet };
    let mut visits = deals.visits.as_slice();
    let mut unknown = UnknownEnds::new(deals);
    for (at, deal) in deals.deals.iter().enumerate() {
        let count = visits.iter().take_while(|visit| visit.deal as usize == at).count();
        let (own, rest) = visits.split_at(count);
        visits = rest;
        let (own_free, rest) = free.split_at(count.min(free.len()));
        free = rest;
        let is_closed = deal.outcome != Outcome::Open;
        // A stage that stands for the end is not left, and no stay.
        let own = match own {
            [before @ .., last] if last.left.is_none() && is_closed => before,
            own => own,
        };
        let came = |visit: &Visit| {
            if has_tasks { visit.started.or(visit.left) } else { None }.unwrap_or(visit.entered)
        };
        let arrived = own.first().map(came).or(deal.created);
        let Some(arrived) = arrived.filter(|_| !own.is_empty() || deals.visits.is_empty()) else {
            found.left_out += 1;
            continue;
        };
        let end = match deal.outcome {
            Outcome::Won => End::Won,
            Outcome::Lost => End::Lost(deal.reason),
            Outcome::Open => End::Open,
        };
        let closed = deal.closed.filter(|_| is_closed);
        let steps = match own {
            [] => whole(deal.closed.or_else(|| unknown.end(deal, arrived, until)), arrived, until),
            own if has_tasks => tasks((own, own_free), arrived, closed, until),
            own => stays(own, arrived, until),
        };
        let trace = Trace { deal: at, arrived, steps, end };
        found.list.push(trace.if_quiet(until, quiet));
    }
    if !has_tasks {
        add_last_stays(&mut found.list, until);
    }
    found.list.sort_by_key(|trace| trace.arrived);
    found
}

/// Adds the stays that open deals are in, where the file shows only stays that ended. In which stage such a deal is, is not known:
/// they are divided like the deals that went on from the same stage.
fn add_last_stays(traces: &mut [Trace], until: Moment) {
    let mut went: BTreeMap<NameId, BTreeMap<NameId, f64>> = BTreeMap::new();
    for pair in traces.iter().flat_map(|trace| trace.steps.windows(2)) {
        *went.entry(pair[0].stage).or_default().entry(pair[1].stage).or_default() += 1.0;
    }
    let mut given: BTreeMap<(NameId, NameId), f64> = BTreeMap::new();
    let mut seen: BTreeMap<NameId, f64> = BTreeMap::new();
    let open = traces.iter_mut().filter(|trace| trace.end == End::Open);
    for trace in open {
        let Some(last) = trace.steps.last().filter(|step| step.ended).copied() else { continue };
        let Some(ways) = went.get(&last.stage) else { continue };
        let all: f64 = ways.values().sum();
        let number = seen.entry(last.stage).or_default();
        *number += 1.0;
        // The way that has the least of its share so far.
        let lacks = |stage: NameId, count: f64| {
            count / all * *number - given.get(&(last.stage, stage)).copied().unwrap_or(0.0)
        };
        let most = ways.iter().max_by(|a, b| lacks(*a.0, *a.1).total_cmp(&lacks(*b.0, *b.1)));
        let Some((stage, _)) = most else { continue };
        *given.entry((last.stage, *stage)).or_default() += 1.0;
        let entered = last.left();
        let wait = (until.days() - trace.arrived.days() - entered).max(0.0);
        let step = Step { stage: *stage, entered, work: 0.0, wait, queued: 0.0, ended: false };
        trace.steps.push(step);
    }
}

/// Whether visits are tasks, and whether it is known how long the work on them took.
///
/// In a log with one time per task the first task of each deal takes no time: its stay is as long as the time since the task
/// before. Where each task lasts until the next one begins, and nobody is named or the last ones have no end, the times are
/// those of stays.
fn kind(visits: &[Visit]) -> (bool, bool) {
    let has_starts = visits.iter().any(|visit| visit.started.is_some());
    let of_deals = || visits.chunk_by(|one, other| one.deal == other.deal);
    let mut pairs = of_deals().flat_map(|own| own.windows(2)).peekable();
    let is_gapless = pairs.peek().is_some() && pairs.all(|pair| pair[0].left == pair[1].started);
    let nobody = visits.iter().all(|visit| visit.owner.is_none());
    let no_ends = of_deals().all(|own| own.last().is_none_or(|last| last.left.is_none()));
    let has_work = has_starts && !(is_gapless && (nobody || no_ends));
    let only_ends = of_deals().all(|own| own[0].left == Some(own[0].entered));
    (has_work || (!visits.is_empty() && only_ends && !has_starts), has_work)
}

/// Ends of deals of which only the way of their end is known: left out, they would make that way too rare. They are given the
/// times that other deals took which ended so, spread evenly over all of these.
struct UnknownEnds {
    /// Lost, then won: times of those that are known, sorted.
    known: [Vec<i64>; 2],
    /// How many are unknown, and how many of these have been given a time.
    unknown: [usize; 2],
    given: [usize; 2],
}

impl UnknownEnds {
    fn new(deals: &Deals) -> UnknownEnds {
        let (mut known, mut unknown) = ([Vec::new(), Vec::new()], [0, 0]);
        for deal in deals.deals.iter().filter(|deal| deal.outcome != Outcome::Open) {
            let way = usize::from(deal.outcome == Outcome::Won);
            match (deal.created, deal.closed) {
                (Some(created), Some(closed)) => known[way].push((closed.0 - created.0).max(0)),
                (Some(_), None) => unknown[way] += 1,
                // Without an arrival it has no history.
                (None, _) => {}
            }
        }
        known.iter_mut().for_each(|times| times.sort_unstable());
        UnknownEnds { known, unknown, given: [0, 0] }
    }

    /// An end for a deal that has ended; none where no time of such deals is known.
    fn end(&mut self, deal: &Deal, arrived: Moment, until: Moment) -> Option<Moment> {
        if deal.outcome == Outcome::Open {
            return None;
        }
        let way = usize::from(deal.outcome == Outcome::Won);
        let known = &self.known[way];
        let at = (2 * self.given[way] + 1) * known.len() / (2 * self.unknown[way]).max(1);
        self.given[way] += 1;
        let time = known.get(at.min(known.len().saturating_sub(1)))?;
        Some(Moment((arrived.0 + time).min(until.0.max(arrived.0))))
    }
}

/// The only stay of a deal without a history.
fn whole(closed: Option<Moment>, arrived: Moment, until: Moment) -> Vec<Step> {
    let ends = closed.unwrap_or(until);
    let wait = (ends.days() - arrived.days()).max(0.0);
    vec![Step { stage: 0, entered: 0.0, work: 0.0, wait, queued: 0.0, ended: closed.is_some() }]
}

/// Stays from a history of stages.
fn stays(visits: &[Visit], arrived: Moment, until: Moment) -> Vec<Step> {
    let mut entered = 0.0_f64;
    let mut steps = Vec::with_capacity(visits.len());
    for visit in visits {
        let left = (visit.left.unwrap_or(until).days() - arrived.days()).max(entered);
        let (wait, ended) = (left - entered, visit.left.is_some());
        steps.push(Step { stage: visit.stage, entered, work: 0.0, wait, queued: 0.0, ended });
        entered = left;
    }
    steps
}

/// Tasks; the time after a task belongs to it, up to the start of the next one, the end of the deal, or the end of the file.
fn tasks(
    (visits, free): (&[Visit], &[Option<Moment>]),
    arrived: Moment,
    closed: Option<Moment>,
    until: Moment,
) -> Vec<Step> {
    let since = |moment: Moment| moment.days() - arrived.days();
    let mut ready = 0.0_f64;
    let mut steps: Vec<Step> = Vec::with_capacity(visits.len());
    for (at, visit) in visits.iter().enumerate() {
        // Tasks that overlap follow each other: the language has no parallel steps.
        let ends = since(visit.left.unwrap_or(until)).max(ready);
        let started = visit.started.map_or(ends, |started| since(started).clamp(ready, ends));
        if let Some(before) = steps.last_mut() {
            (before.wait, before.ended) = (started - ready, true);
            let busy_until = free.get(at).copied().flatten().map_or(ready, since);
            before.queued = (busy_until - ready).clamp(0.0, before.wait);
        }
        let (entered, work) = (started, ends - started);
        steps.push(Step {
            stage: visit.stage,
            entered,
            work,
            wait: 0.0,
            queued: 0.0,
            ended: false,
        });
        ready = ends;
    }
    if let (Some(last), Some(visit)) = (steps.last_mut(), visits.last()) {
        let worked = visit.left.is_some();
        last.ended = closed.is_some() && worked;
        let ends = closed.unwrap_or(until);
        last.wait = if worked { (since(ends) - ready).max(0.0) } else { 0.0 };
    }
    steps
}

/// The gap between two events of a deal that few gaps exceed, in days.
fn quiet(deals: &Deals) -> f64 {
    let pairs = deals.visits.windows(2).filter(|pair| pair[0].deal == pair[1].deal);
    let mut gaps: Vec<f64> = pairs
        .map(|pair| {
            let before = pair[0].left.unwrap_or(pair[0].entered);
            pair[1].left.unwrap_or(pair[1].entered).days() - before.days()
        })
        .collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get((gaps.len() as f64 * QUIET) as usize).copied().unwrap_or(0.0)
}

impl Traces {
    /// The deals that came before, and those that came from then on, as the file would have had them: of the first, nothing
    /// after that time is known, nor whether a quiet deal stayed quiet.
    pub fn split(&self, at: Moment) -> (Traces, Traces) {
        let (before, after): (Vec<Trace>, Vec<Trace>) =
            self.list.iter().cloned().partition(|trace| trace.arrived < at);
        let part = |list, until| Traces { list, left_out: 0, until, ..*self };
        let cut = |trace: Trace| trace.until(at).if_quiet(at, self.quiet);
        let cut = before.into_iter().map(cut).collect();
        (part(cut, at), part(after, self.until))
    }

    /// The time by which this share of the deals had come.
    pub fn time_of(&self, share: f64) -> Option<Moment> {
        let at = (self.list.len() as f64 * share) as usize;
        self.list.get(at).map(|trace| trace.arrived)
    }
}

impl Trace {
    /// What was known of it at a time.
    fn until(mut self, at: Moment) -> Trace {
        let known = at.days() - self.arrived.days();
        let is_known =
            self.end != End::Done && self.steps.last().is_none_or(|step| step.left() <= known);
        if is_known {
            return self;
        }
        self.end = End::Open;
        let kept = self.steps.iter().take_while(|step| step.entered < known).count().max(1);
        self.steps.truncate(kept);
        if let Some(last) = self.steps.last_mut() {
            last.work = last.work.min(known - last.entered);
            (last.wait, last.queued) = (known - last.worked(), 0.0);
            last.ended = false;
        }
        self
    }

    /// A deal of which the file does not say how it ended has ended if it has been quiet for longer than this.
    fn if_quiet(mut self, until: Moment, quiet: f64) -> Trace {
        let known = until.days() - self.arrived.days();
        if let (End::Open, Some(last)) = (self.end, self.steps.last_mut())
            && known - last.worked() > quiet
        {
            (last.wait, last.ended, self.end) = (0.0, true, End::Done);
        }
        self
    }

    /// Days from its arrival to the last thing that happened in a file of tasks, else to the end of its last stay.
    pub fn lasted(&self, has_tasks: bool) -> f64 {
        let last = self.steps.last();
        last.map_or(0.0, |last| {
            if has_tasks && self.end == End::Open { last.worked() } else { last.left() }
        })
    }
}
