//! `run --events`: the event log of one replication, for process mining.
//!
//! A row is a work step, from its start to its end, with the person. A visit without work is a row
//! from entry to exit without a person. Rows begin inside the window: those of the warm-up are left out.
//! What goes on at the end of the window has no end, and work that nobody has begun has no start either:
//! so the log says which work or visit an open deal is in. A wait after work is no row here either.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use super::failure::Failure;
use super::options::Options;
use crate::engine::{
    Deal, Guard, Observer, Opening, Replication, Setup, Stop, Task, Token, Visit, Visited,
    replicate,
};
use crate::model::Model;
use crate::program::{End, PersonId, Program, SourceId, StageId, Table, TaskId};
use crate::quantity::{Instant, Money};
use crate::random::key::DealKey;

/// The events of a replication, deal by deal.
#[derive(Debug)]
#[must_use]
pub struct EventLog {
    /// The compiled model.
    pub program: Program,
    /// The deals, in the order of their arrival.
    pub cases: Vec<Case>,
    /// The events, by deal and start.
    pub events: Vec<Event>,
}

/// A deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its source.
    pub source: SourceId,
    /// Its number in the source, from 1; an open deal has its number among the open deals.
    pub number: u64,
    /// Whether it was open when the simulation started.
    pub is_open: bool,
    /// How it ended, if it did.
    pub end: Option<End>,
    /// Whether it had a sale.
    pub won: bool,
    /// Its last value.
    pub value: Money,
    /// Its last attributes, packed.
    pub attributes: u64,
    /// The instant of its arrival.
    arrived: Instant,
    /// Whether its current visit has had work.
    worked: bool,
}

/// A work step, or a visit without work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Index of the deal.
    pub case: u32,
    /// The stage.
    pub stage: StageId,
    /// The kind of work; `None` for a visit without work.
    pub task: Option<TaskId>,
    /// The person; `None` for a visit without work, and for work that nobody has begun.
    pub person: Option<PersonId>,
    /// The instant at which the deal was ready for it; for work that comes after a wait that goes on, the entry.
    pub ready: Instant,
    /// The instant of its start; `None` if it has not begun when the window ends.
    pub start: Option<Instant>,
    /// The instant of its end; `None` if it goes on when the window ends.
    pub end: Option<Instant>,
}

impl Event {
    /// Its place among the events of its deal.
    fn order(&self) -> (Instant, Instant) {
        (self.start.unwrap_or(self.ready), self.end.unwrap_or(Instant::NEVER))
    }
}

/// Records the first replication of a run that starts with these open deals.
pub fn record(model: &Model, options: &Options, openings: &[Opening]) -> Result<EventLog, Failure> {
    let program = Program::compile(model);
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: options.most_visits, cancel: &cancel };
    let replication = Replication { seed: options.seed, number: options.first };
    let mut recorder = Recorder {
        program: &program,
        known: HashMap::new(),
        numbers: vec![0; program.sources.len()].into(),
        open: 0,
        cases: Vec::new(),
        events: Vec::new(),
    };
    let setup = Setup { program: &program, walk: options.walk, openings, guard };
    let stop = replicate(&setup, replication, &mut recorder);
    if let Stop::EventLimit(overrun) = stop {
        let (number, limit) = (options.first, options.most_visits);
        return Err(Failure::event_limit(&program, number, limit, overrun));
    }
    let Recorder { cases, mut events, .. } = recorder;
    // Deals of one source are grouped.
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|at| (cases[*at].arrived, cases[*at].source));
    let mut place = vec![0; cases.len()];
    order.iter().enumerate().for_each(|(now, before)| place[*before] = now as u32);
    events.iter_mut().for_each(|event| event.case = place[event.case as usize]);
    events.sort_by_key(|event| (event.case, event.order()));
    let cases = order.into_iter().map(|at| cases[at].clone()).collect();
    Ok(EventLog { program, cases, events })
}

struct Recorder<'p> {
    program: &'p Program,
    known: HashMap<DealKey, u32>,
    /// The number of deals so far, by source, and of open deals.
    numbers: Table<SourceId, u64>,
    open: u64,
    cases: Vec<Case>,
    events: Vec<Event>,
}

impl Recorder<'_> {
    fn add(&mut self, event: Event) {
        if event.order().0 >= self.program.window.start {
            self.events.push(event);
        }
    }

    /// Work that nobody has begun when the window ends.
    fn add_before(&mut self, case: u32, task: TaskId, ready: Instant) {
        let stage = self.program.tasks[task].stage;
        let task = Some(task);
        self.add(Event { case, stage, task, person: None, ready, start: None, end: None });
    }

    fn add_case(&mut self, deal: &Deal, number: u64, is_open: bool) {
        self.known.insert(deal.key, self.cases.len() as u32);
        self.cases.push(Case {
            source: deal.source,
            number,
            is_open,
            end: None,
            won: false,
            value: deal.value,
            attributes: deal.attributes,
            arrived: deal.arrived,
            worked: false,
        });
    }

    /// The index of the deal's case, updated to the deal's current state.
    fn case(&mut self, deal: &Deal) -> u32 {
        let at = self.known.get(&deal.key);
        let at = *at.expect("a deal arrives or goes on before anything else happens to it");
        let case = &mut self.cases[at as usize];
        case.value = deal.value;
        case.attributes = deal.attributes;
        at
    }
}

impl Observer for Recorder<'_> {
    fn arrives(&mut self, deal: &Deal, _: Money) {
        let number = &mut self.numbers[deal.source];
        *number += 1;
        let number = *number;
        self.add_case(deal, number, false);
    }

    fn resumes(&mut self, deal: &Deal, _: StageId, _: Instant) {
        self.open += 1;
        self.add_case(deal, self.open, true);
    }

    fn works(&mut self, deal: &Deal, task: &Task) {
        let case = self.case(deal);
        self.cases[case as usize].worked = true;
        self.add(Event {
            case,
            stage: self.program.tasks[task.task].stage,
            task: Some(task.task),
            person: Some(task.person),
            ready: task.asked,
            start: Some(task.started),
            end: (task.ended <= self.program.window.end).then_some(task.ended),
        });
    }

    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        let case = self.case(deal);
        if !std::mem::take(&mut self.cases[case as usize].worked) {
            let (ready, stage) = (visit.entered, visit.stage);
            let (start, end) = (Some(visit.entered), Some(visit.left));
            self.add(Event { case, stage, task: None, person: None, ready, start, end });
        }
    }

    fn waits(&mut self, deal: &Deal, task: TaskId, asked: Instant) {
        let case = self.case(deal);
        self.cases[case as usize].worked = true;
        self.add_before(case, task, asked);
    }

    fn stays(&mut self, deal: &Deal, visit: &Visit, _: &Visited<'_>) {
        let case = self.case(deal);
        if self.cases[case as usize].worked {
            return;
        }
        let (ready, stage) = (visit.entered, visit.stage);
        let mut tasks = self.program.tasks.entries();
        match tasks.find(|(_, task)| task.stage == stage) {
            Some((task, _)) => self.add_before(case, task, ready),
            None => {
                let start = Some(ready);
                self.add(Event { case, stage, task: None, person: None, ready, start, end: None });
            }
        }
    }

    fn sells(&mut self, deal: &Deal, _: &Token, _: Money, _: &Visited<'_>) {
        let case = self.case(deal);
        self.cases[case as usize].won = true;
    }

    fn ends(&mut self, deal: &Deal, _: &Token, end: usize, _: &Visited<'_>) {
        let case = self.case(deal);
        self.cases[case as usize].end = Some(self.program.ends[end]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    /// One person works three hours on each deal, from 4 and from 8 o'clock; one more deal comes at 9.
    #[test]
    fn what_goes_on_at_the_end_of_the_window_has_no_end() {
        let text = "start: 2026-01-05\nhorizon: 10h\ncalendars: {always: {hours: \"00:00-24:00\"}}\n\
                    roles: {seller: {people: 1, calendar: always}}\n\
                    sources: {site: {every: 4h, count: 2}, fair: {every: 9h, count: 1}}\n\
                    stages:\n  call: {work: {role: seller, time: 3h}, next: offer}\n  \
                    offer: {wait: 20h, next: 50%}\n";
        let model = load("m", text, &[], None).model.expect("the model is sound");
        let log = record(&model, &Options::default(), &[]).expect("it ends");
        let hour = |at: Instant| at.0 / crate::quantity::HOUR_MICROS;
        let rows: Vec<_> = log
            .events
            .iter()
            .map(|event| {
                let (start, end) = (event.start.map(hour), event.end.map(hour));
                let stage = log.program.stages[event.stage].name.as_str();
                (event.case, stage, hour(event.ready), start, end, event.person.is_some())
            })
            .collect();
        let expected = [
            (0, "call", 4, Some(4), Some(7), true),
            (0, "offer", 7, Some(7), None, false),
            (1, "call", 8, Some(8), None, true),
            (2, "call", 9, None, None, false),
        ];
        assert_eq!(rows, expected);
    }
}
