//! `run --events`: one replication told event by event, as process-mining tools read it.
//!
//! A row is a work step, from its start to its end, with who did it; a visit without work is a row
//! from entry to exit with nobody. An event lies in the window: what began in the warm-up is left out, and what has not
//! ended when the window does is no event yet.

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
    /// What was simulated.
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
    /// Its number in the source, from 1; among open deals where it is one.
    pub number: u64,
    /// Whether it was in process when the simulation started.
    pub is_open: bool,
    /// How it ended, if it did.
    pub end: Option<End>,
    /// Whether it was sold.
    pub won: bool,
    /// What it was worth last.
    pub value: Money,
    /// Its attributes as they were last, packed.
    pub attributes: u64,
    /// When it arrived.
    arrived: Instant,
    /// Whether somebody worked in the visit that it makes now.
    worked: bool,
}

/// Something that took time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Index of the deal.
    pub case: u32,
    /// The stage.
    pub stage: StageId,
    /// Which work, if it was work.
    pub task: Option<TaskId>,
    /// Who worked, if it was work.
    pub person: Option<PersonId>,
    /// When the deal was ready for it.
    pub ready: Instant,
    /// When it started.
    pub start: Instant,
    /// When it ended.
    pub end: Instant,
}

/// Records the first replication of a run that starts with these deals in process.
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
    // Deals of one source are told of together.
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|at| (cases[*at].arrived, cases[*at].source));
    let mut place = vec![0; cases.len()];
    order.iter().enumerate().for_each(|(now, before)| place[*before] = now as u32);
    events.iter_mut().for_each(|event| event.case = place[event.case as usize]);
    events.sort_by_key(|event| (event.case, event.start, event.end));
    let cases = order.into_iter().map(|at| cases[at].clone()).collect();
    Ok(EventLog { program, cases, events })
}

struct Recorder<'p> {
    program: &'p Program,
    known: HashMap<DealKey, u32>,
    /// Deals so far, by source, and open ones.
    numbers: Table<SourceId, u64>,
    open: u64,
    cases: Vec<Case>,
    events: Vec<Event>,
}

impl Recorder<'_> {
    fn add(&mut self, event: Event) {
        let window = self.program.window;
        if event.start >= window.start && event.end <= window.end {
            self.events.push(event);
        }
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

    /// The deal's case, with what is known of it now.
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
            start: task.started,
            end: task.ended,
        });
    }

    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        let case = self.case(deal);
        if !std::mem::take(&mut self.cases[case as usize].worked) {
            let (ready, start, end) = (visit.entered, visit.entered, visit.left);
            let stage = visit.stage;
            self.add(Event { case, stage, task: None, person: None, ready, start, end });
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
