//! Rules for all work of people, tested on random models and on event logs worked out by hand.
//!
//! They are exact (whole microseconds), so a failure is a fault and never chance.

mod by_hand;
mod invariants;
mod lines;
mod order;
mod overload;

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use voronka::engine::{
    Deal, Guard, Observer, Opening, Renege, Replication, Setup, Split, Stop, Task, Token, Visit,
    Visited, Walk, replicate,
};
use voronka::model::{Model, load};
use voronka::program::{Program, StageId, TaskId};
use voronka::quantity::{Instant, Money};
use voronka::random::key::DealKey;
use voronka::study::simulate::{Options, Progress, Simulation, run};

/// Records all events about people, in order.
#[derive(Default)]
struct Diary {
    works: Vec<Task>,
    reneged: u64,
    waiting: u64,
    /// By deal: arrival, the sum of its visits, and of their parts.
    lives: HashMap<DealKey, (Instant, i64, Split)>,
    ended: Vec<(DealKey, Instant, i64)>,
    /// Whether the run ended by itself, not at its limit of visits.
    whole: bool,
}

impl Observer for Diary {
    fn arrives(&mut self, deal: &Deal, _: Money) {
        self.lives.insert(deal.key, (deal.arrived, 0, Split::default()));
    }
    fn resumes(&mut self, deal: &Deal, _: StageId, entered: Instant) {
        self.lives.insert(deal.key, (entered, 0, Split::default()));
    }
    fn works(&mut self, _: &Deal, task: &Task) {
        self.works.push(*task);
    }
    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        let life = self.lives.get_mut(&deal.key).unwrap();
        let time = (visit.left - visit.entered).0;
        let Split { processing, queue, off_hours } = visit.split;
        assert!(processing >= 0 && queue >= 0 && off_hours >= 0, "{visit:?}");
        assert!(processing + queue + off_hours <= time, "the client's time is not negative");
        life.1 += time;
        life.2 += visit.split;
    }
    fn ends(&mut self, deal: &Deal, token: &Token, _: usize, _: &Visited<'_>) {
        self.ended.push((deal.key, token.now, deal.worked));
    }
    fn reneges(&mut self, _: &Deal, renege: &Renege) {
        assert!(renege.left >= renege.asked);
        self.reneged += 1;
    }
    fn waits(&mut self, _: &Deal, _: TaskId, _: Instant) {
        self.waiting += 1;
    }
}

fn model(text: &str) -> Model {
    let loaded = load("people.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics))
}

fn keep(program: &Program, seed: u64) -> Diary {
    keep_walked(program, seed, Walk::Fastest, &[])
}

fn keep_walked(program: &Program, seed: u64, walk: Walk, openings: &[Opening]) -> Diary {
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 1_000_000, cancel: &cancel };
    let mut diary = Diary::default();
    let replication = Replication { seed, number: 0 };
    let stop = replicate(&Setup { program, walk, openings, guard }, replication, &mut diary);
    diary.whole = !matches!(stop, Stop::EventLimit(_));
    diary
}

fn simulate(text: &str, replications: u64, threads: usize) -> Simulation {
    let options = Options { replications, threads, ..Options::default() };
    run(&model(text), &options, &Progress::default()).unwrap()
}
