//! What happened to each deal: its steps in time, and how it ended.

use crate::records::deals::{Deals, Moment, NameId, Outcome, Visit};

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

/// One stay, or one task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The stage.
    pub stage: NameId,
    /// Days from the arrival of the deal to the stay.
    pub entered: f64,
    /// Days of waiting in it, before work where there is work.
    pub wait: f64,
    /// Days of work.
    pub work: f64,
    /// Whether it had ended.
    pub ended: bool,
}

impl Step {
    /// Days from the arrival of the deal to the end of the stay.
    pub fn left(&self) -> f64 {
        self.entered + self.wait + self.work
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
    /// Whether the file says when work on a task began.
    pub has_work: bool,
}

/// A deal of a file that does not say how deals end is taken as ended when it has been quiet for longer than this share of all
/// gaps between two events.
const QUIET: f64 = 0.95;

/// The histories of the deals of a file; deals without a history are one stay from their creation to their end.
pub fn traces(deals: &Deals) -> Traces {
    let until = deals.until.unwrap_or(Moment(0));
    let has_work = deals.visits.iter().any(|visit| visit.started.is_some());
    let says_ends = deals.deals.iter().any(|deal| deal.outcome != Outcome::Open);
    let quiet = if says_ends { f64::INFINITY } else { quiet(deals) };
    let mut found = Traces { list: Vec::new(), left_out: 0, until, has_work };
    let mut visits = deals.visits.as_slice();
    for (at, deal) in deals.deals.iter().enumerate() {
        let count = visits.iter().take_while(|visit| visit.deal as usize == at).count();
        let (own, rest) = visits.split_at(count);
        visits = rest;
        // A stage that stands for the end is not left, and no stay.
        let own = match own {
            [before @ .., last] if last.left.is_none() && deal.outcome != Outcome::Open => before,
            own => own,
        };
        let arrived = own.first().map(|visit| visit.entered).or(deal.created);
        let Some(arrived) = arrived.filter(|_| !own.is_empty() || deals.visits.is_empty()) else {
            found.left_out += 1;
            continue;
        };
        let steps = match own {
            [] => whole(deal.closed, arrived, until),
            own => steps(own, arrived, until),
        };
        let last = steps.last().map_or(0.0, Step::left);
        let end = match deal.outcome {
            Outcome::Won => End::Won,
            Outcome::Lost => End::Lost(deal.reason),
            Outcome::Open if until.days() - arrived.days() - last > quiet => End::Done,
            Outcome::Open => End::Open,
        };
        found.list.push(Trace { deal: at, arrived, steps, end });
    }
    found.list.sort_by_key(|trace| trace.arrived);
    found
}

/// The only stay of a deal without a history.
fn whole(closed: Option<Moment>, arrived: Moment, until: Moment) -> Vec<Step> {
    let ends = closed.unwrap_or(until);
    let wait = (ends.days() - arrived.days()).max(0.0);
    vec![Step { stage: 0, entered: 0.0, wait, work: 0.0, ended: closed.is_some() }]
}

fn steps(visits: &[Visit], arrived: Moment, until: Moment) -> Vec<Step> {
    let since = |moment: Moment| moment.days() - arrived.days();
    let mut ready = 0.0_f64;
    let mut steps = Vec::with_capacity(visits.len());
    for visit in visits {
        // Tasks that overlap follow each other: the language has no parallel steps.
        let ends = since(visit.left.unwrap_or(until)).max(ready);
        let started = visit.started.map_or(ends, |started| since(started).clamp(ready, ends));
        steps.push(Step {
            stage: visit.stage,
            entered: ready,
            wait: started - ready,
            work: ends - started,
            ended: visit.left.is_some(),
        });
        ready = ends;
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
    /// after that time is known.
    pub fn split(&self, at: Moment) -> (Traces, Traces) {
        let (before, after): (Vec<Trace>, Vec<Trace>) =
            self.list.iter().cloned().partition(|trace| trace.arrived < at);
        let part = |list, until| Traces { list, left_out: 0, until, has_work: self.has_work };
        let cut = before.into_iter().map(|trace| trace.until(at)).collect();
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
        if self.steps.last().is_none_or(|step| step.left() <= known) {
            return self;
        }
        self.end = End::Open;
        self.steps.retain(|step| step.entered < known);
        if let Some(last) = self.steps.last_mut()
            && last.left() > known
        {
            let lasted = known - last.entered;
            last.wait = last.wait.min(lasted);
            last.work = lasted - last.wait;
            last.ended = false;
        }
        self
    }

    /// Days from its arrival to the last thing that happened.
    pub fn lasted(&self) -> f64 {
        self.steps.last().map_or(0.0, Step::left)
    }
}
