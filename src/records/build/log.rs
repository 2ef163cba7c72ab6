//! Deals from an event log: one row for each thing that was done.

use std::collections::{HashMap, HashSet, VecDeque};

use super::deals::Builder;
use super::index::Index;
use crate::records::deals::{Deal, Moment, NameId, Outcome, Visit};
use crate::records::options::Role;
use crate::records::refusal::Refusal;
use crate::records::source::Row;
use crate::records::understood::{KnownBy, Odd};

/// Something that was done for a deal.
#[derive(Clone, Copy, Debug)]
struct Event {
    deal: u32,
    activity: NameId,
    start: Option<Moment>,
    end: Option<Moment>,
    ready: Option<Moment>,
    owner: Option<NameId>,
}

impl Event {
    /// When it is in the order of its deal.
    fn at(&self) -> Moment {
        self.start.or(self.end).or(self.ready).unwrap_or(Moment(0))
    }
}

/// What is known of a deal beside its events.
#[derive(Clone, Copy, Debug)]
struct Case {
    last: Moment,
    /// Start and time of the row before.
    before: (Moment, Moment),
    /// Its last end, and when that was.
    end: Option<(Outcome, Moment)>,
    /// How its own column says that it stands.
    status: Option<Outcome>,
}

/// A log, while it is read.
pub(in crate::records) struct Log<'a> {
    pub(in crate::records) common: Builder<'a>,
    keep_visits: bool,
    index: Index,
    cases: Vec<Case>,
    events: Vec<Event>,
    /// Activities that were begun and not ended, in their order.
    begun: HashMap<(u32, NameId), VecDeque<Event>>,
    /// Activities that wait to be begun, in their order: since when.
    waiting: HashMap<(u32, NameId), VecDeque<Event>>,
    /// Activities that are ever begun.
    with_begin: HashSet<NameId>,
    /// Events that were read.
    pub(in crate::records) count: u64,
}

/// What an event of a life cycle says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It can be begun.
    Ready,
    Begin,
    End,
    Other,
}

fn phase(word: &str) -> Phase {
    match word.to_lowercase().as_str() {
        "schedule" | "scheduled" => Phase::Ready,
        "start" | "started" | "begin" => Phase::Begin,
        "complete" | "completed" | "end" => Phase::End,
        _ => Phase::Other,
    }
}

impl<'a> Log<'a> {
    /// Nothing is read yet; without visits, only sums over the events of each deal are kept.
    pub(in crate::records) fn new(common: Builder<'a>, keep_visits: bool) -> Log<'a> {
        Log {
            common,
            keep_visits,
            index: Index::default(),
            cases: Vec::new(),
            events: Vec::new(),
            begun: HashMap::new(),
            waiting: HashMap::new(),
            with_begin: HashSet::new(),
            count: 0,
        }
    }

    /// Reads a row.
    pub(in crate::records) fn row(&mut self, row: &Row) -> Result<(), Refusal> {
        let cells = &self.common.cells;
        let lifecycle = cells.text(row, Role::Lifecycle).map_or(Phase::End, phase);
        let (mut start, mut end) = (cells.date(row, Role::Start)?, cells.date(row, Role::End)?);
        let mut ready = cells.date(row, Role::Ready)?;
        let odd = &mut self.common.odd;
        let Some(id) = cells.text(row, Role::Case) else {
            odd.add(Odd::NoId, row.place);
            return Ok(());
        };
        let Some(activity) = cells.text(row, Role::Activity) else {
            odd.add(Odd::NoActivity, row.place);
            return Ok(());
        };
        let Some(time) = end.or(start).or(ready) else {
            odd.add(Odd::NoTime, row.place);
            return Ok(());
        };
        if cells.options.now.is_some_and(|now| time > now) {
            odd.add(Odd::EventLater, row.place);
            return Ok(());
        }
        if lifecycle == Phase::Other {
            odd.add(Odd::OtherEvent, row.place);
        }
        if start.is_some() && end.is_some() && start > end {
            odd.add(Odd::EndBeforeStart, row.place);
            end = start;
        }
        match lifecycle {
            Phase::Ready => (ready, start, end) = (Some(time), None, None),
            Phase::Begin => (start, end) = (Some(time), None),
            Phase::End | Phase::Other => {}
        }
        let owner = cells.text(row, Role::Resource).or_else(|| cells.text(row, Role::Owner));
        let owner = owner.map(|owner| self.common.deals.owners.id(owner));
        let (id, activity) = (id.to_owned(), activity.to_owned());
        let deal = self.case(row, &id, start.unwrap_or(time))?;
        self.count += 1;
        let name = self.common.deals.stages.id(&activity);
        let event = Event { deal, activity: name, start, end, ready, owner };
        self.outcome(row, deal, &activity, time);
        let case = &mut self.cases[deal as usize];
        // Logs are sorted by the start or by the end: only a row that breaks both orders is out of order.
        if event.at() < case.before.0 && time < case.before.1 {
            self.common.odd.add(Odd::Unsorted, row.place);
        }
        case.before = (event.at(), time);
        case.last = case.last.max(time);
        let known = &mut self.common.deals.deals[deal as usize];
        if known.since.is_none_or(|since| since <= time) {
            (known.stage, known.since) = (Some(name), Some(time));
            known.owner = owner.or(known.owner);
        }
        known.created = known.created.min(Some(event.at())).or(known.created);
        self.common.fact(Some(time));
        self.keep(lifecycle, event, row);
        Ok(())
    }

    /// The deal of a row, which is new or known.
    fn case(&mut self, row: &Row, id: &str, at: Moment) -> Result<u32, Refusal> {
        let place = self.index.find(id, &self.common.deals.deals);
        let place = place.unwrap_or_else(|| {
            let place = self.common.deals.deals.len() as u32;
            self.index.add(id, place);
            self.common.deals.deals.push(empty(id, at));
            self.common.segments.push(row);
            self.cases.push(Case { last: at, before: (at, at), end: None, status: None });
            place
        });
        if self.common.cells.layout.has(Role::Amount) {
            let amount = self.common.cells.amount(row)?.map(|amount| amount.value);
            let known = &mut self.common.deals.deals[place as usize].amount;
            *known = amount.or(*known);
        }
        if let Some(source) = self.common.cells.text(row, Role::Source) {
            let source = self.common.deals.sources.id(source);
            self.common.deals.deals[place as usize].source = Some(source);
        }
        Ok(place)
    }

    /// Takes note of an activity or a status by which a deal ends.
    fn outcome(&mut self, row: &Row, deal: u32, activity: &str, time: Moment) {
        let common = &mut self.common;
        let codes = common.words.codes();
        let meaning = common.said.meaning(common.words, Role::Activity, activity, codes);
        let case = &mut self.cases[deal as usize];
        let is_last = case.end.is_none_or(|(_, at)| at <= time);
        if meaning.outcome != Outcome::Open && is_last {
            case.end = Some((meaning.outcome, time));
        }
        if let Some(status) = common.cells.text(row, Role::Status) {
            let meaning = common.said.meaning(common.words, Role::Status, status, codes);
            if meaning.known != KnownBy::Unknown {
                case.status = Some(meaning.outcome);
            }
            if let Some((_, reason)) = status.split_once(": ")
                && meaning.outcome == Outcome::Lost
            {
                let reason = common.deals.reasons.id(reason);
                common.deals.deals[deal as usize].reason = Some(reason);
            }
        }
    }

    fn keep(&mut self, phase: Phase, mut event: Event, row: &Row) {
        let key = (event.deal, event.activity);
        if matches!(phase, Phase::Begin | Phase::End) {
            event.ready = take(&mut self.waiting, key).and_then(|one| one.ready).or(event.ready);
        }
        match phase {
            Phase::Other => {}
            Phase::Ready => self.waiting.entry(key).or_default().push_back(event),
            Phase::Begin => {
                self.with_begin.insert(event.activity);
                self.begun.entry(key).or_default().push_back(event);
            }
            Phase::End => {
                if event.start.is_none() && self.with_begin.contains(&event.activity) {
                    match take(&mut self.begun, key) {
                        Some(begun) => {
                            event.start = begun.start;
                            event.owner = begun.owner.or(event.owner);
                            event.ready = begun.ready.or(event.ready);
                        }
                        None => self.common.odd.add(Odd::Unpaired, row.place),
                    }
                }
                if self.keep_visits {
                    self.events.push(event);
                }
            }
        }
    }

    /// Ends the deals, and makes visits of events.
    pub(in crate::records) fn finish(mut self) -> Builder<'a> {
        // What was begun and never ended has no end: the work goes on.
        let mut begun: Vec<Event> = self.begun.into_values().flatten().collect();
        begun.sort_by_key(|event| (event.deal, event.at(), event.activity));
        let unpaired = begun.len() as u64 + self.common.odd.count(Odd::Unpaired);
        if !begun.is_empty() {
            self.common.odd.raise(Odd::Unpaired, unpaired);
        }
        if self.keep_visits {
            self.events.extend(begun);
        }
        for (deal, case) in self.common.deals.deals.iter_mut().zip(&self.cases) {
            let (outcome, closed) = match (case.end, case.status) {
                (Some((outcome, at)), None) => (outcome, Some(at)),
                (Some((ended, at)), Some(outcome)) if ended == outcome => (outcome, Some(at)),
                (_, Some(outcome)) => (outcome, (outcome != Outcome::Open).then_some(case.last)),
                (None, None) => (Outcome::Open, None),
            };
            (deal.outcome, deal.closed) = (outcome, closed);
            if outcome != Outcome::Won && deal.amount == Some(0.0) {
                deal.amount = None;
            }
        }
        if self.keep_visits {
            // What was never begun waits, unless the deal has ended.
            let deals = &self.common.deals.deals;
            let is_open = |event: &Event| deals[event.deal as usize].outcome == Outcome::Open;
            let mut waiting: Vec<Event> = self.waiting.into_values().flatten().collect();
            waiting.sort_by_key(|event| (event.deal, event.at(), event.activity));
            self.events.extend(waiting.into_iter().filter(is_open));
        }
        // A stable sort: events of one moment stay in the order of the file.
        self.events.sort_by_key(|event| (event.deal, event.at()));
        let only_starts = !self.common.cells.layout.has(Role::End);
        for of_one in self.events.chunk_by(|one, other| one.deal == other.deal) {
            visits(of_one, only_starts, &mut self.common.deals.visits);
        }
        self.common
    }
}

/// Takes the first event of those of a deal and an activity.
fn take(events: &mut HashMap<(u32, NameId), VecDeque<Event>>, key: (u32, NameId)) -> Option<Event> {
    let queue = events.get_mut(&key)?;
    let first = queue.pop_front();
    if queue.is_empty() {
        events.remove(&key);
    }
    first
}

/// Makes visits of the events of one deal: each was entered when the latest of the tasks before it ended.
fn visits(events: &[Event], only_starts: bool, visits: &mut Vec<Visit>) {
    let first = events[0].at();
    let (mut free, mut pending) = (first, Vec::<Moment>::new());
    for (order, event) in events.iter().enumerate() {
        let at = event.at();
        pending.retain(|end| {
            let is_past = *end <= at;
            if is_past {
                free = free.max(*end);
            }
            !is_past
        });
        let next = events.get(order + 1).map(Event::at);
        let left = if only_starts { next } else { event.end };
        let entered = event.ready.unwrap_or(free).min(at);
        visits.push(Visit {
            deal: event.deal,
            stage: event.activity,
            entered,
            started: event.start,
            left,
            owner: event.owner,
        });
        pending.extend(event.end.or(event.start).or(event.ready));
    }
}

/// A deal of which only its id and its first event are known.
pub(in crate::records) fn empty(id: &str, at: Moment) -> Deal {
    Deal {
        id: id.to_owned(),
        created: Some(at),
        closed: None,
        outcome: Outcome::Open,
        stage: None,
        since: None,
        amount: None,
        reason: None,
        source: None,
        owner: None,
        funnel: None,
        expected: None,
        typed_chance: None,
        asked: None,
        next: None,
    }
}
