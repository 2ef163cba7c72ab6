//! One deal after another, from arrival to end: the plain walk, and the oracle of the blocks.

use super::arrivals::Stream;
use super::visit::{Visit, end, visit};
use super::{Deal, Guard, Observer, Opening, Replication, Stop, Visited};
use crate::program::{Exit, Program};
use crate::quantity::{Duration, Instant};
use crate::random::key::StreamKey;

/// Deals between two looks at the cancel token.
const LOOK_EVERY: u64 = 1024;

/// Visits of one deal after which it is taken to be in a loop without end: a second's work.
const MOST_OF_DEAL: u64 = 10_000_000;

pub(super) fn walk<O: Observer>(
    program: &Program,
    replication: Replication,
    openings: &[Opening],
    guard: Guard<'_>,
    observer: &mut O,
) -> Result<Instant, Stop> {
    let mut trail = Trail::new(program, guard.most_visits);
    let open = StreamKey::new(replication.seed, replication.number, "open deals");
    for (ordinal, opening) in openings.iter().enumerate() {
        let deal = opening.deal(program, open, ordinal as u64);
        if !trail.follow(program, deal, Some(opening), observer) {
            return Err(Stop::EventLimit);
        }
    }
    for (index, source) in program.sources.iter().enumerate() {
        let key = StreamKey::new(replication.seed, replication.number, &source.name);
        let mut stream = Stream::new(source, key);
        while let Some(arrival) = stream.next() {
            if arrival.ordinal % LOOK_EVERY == 0 && guard.cancelled() {
                return Err(Stop::Cancelled);
            }
            let deal = Deal::arrive(program, source, index as u16, arrival.key, arrival.at);
            observer.arrives(&deal, source.cost.0);
            if !trail.follow(program, deal, None, observer) {
                return Err(Stop::EventLimit);
            }
        }
    }
    Ok(trail.last)
}

/// Where the current deal has been; cleared by the list of what was touched.
struct Trail {
    /// Visits of each stage in this round.
    visits: Vec<u64>,
    /// Stages visited in this round.
    round: Vec<u16>,
    /// Whether each stage was ever entered, and the list of those.
    ever: Vec<bool>,
    list: Vec<u16>,
    visits_left: u64,
    /// The last exit from the process.
    last: Instant,
}

impl Trail {
    fn new(program: &Program, visits_left: u64) -> Trail {
        let count = program.stages.len();
        Trail {
            visits: vec![0; count],
            round: Vec::new(),
            ever: vec![false; count],
            list: Vec::new(),
            visits_left,
            last: Instant::ZERO,
        }
    }

    /// Walks a deal to its end or the window's; `false` where the limit of visits is reached.
    fn follow<O: Observer>(
        &mut self,
        program: &Program,
        mut deal: Deal,
        opening: Option<&Opening>,
        observer: &mut O,
    ) -> bool {
        let stages = program.stages.len();
        let mut spent = Duration::ZERO;
        if let Some(opening) = opening {
            self.visits[usize::from(opening.stage)] = opening.visit - 1;
            spent = opening.spent;
        }
        let mut exit: Exit = deal.stage;
        let mut of_deal = 0;
        while usize::from(exit) < stages {
            of_deal += 1;
            if self.visits_left == 0 || of_deal > MOST_OF_DEAL {
                self.clear();
                return false;
            }
            self.visits_left -= 1;
            match self.step(program, exit, spent, &mut deal, observer) {
                Some(next) => exit = next,
                None => {
                    self.clear();
                    return true;
                }
            }
            spent = Duration::ZERO;
        }
        let visited = visited(&self.list, deal.visited, stages);
        self.last = self.last.max(deal.now);
        end(program, usize::from(exit) - stages, &visited, &mut deal, observer);
        self.clear();
        true
    }

    /// One visit, or the way that a limit of visits gives instead.
    fn step<O: Observer>(
        &mut self,
        program: &Program,
        index: Exit,
        spent: Duration,
        deal: &mut Deal,
        observer: &mut O,
    ) -> Option<Exit> {
        let at = usize::from(index);
        let stage = &program.stages[at];
        if let Some((most, instead)) = &stage.limit
            && self.visits[at] >= *most
        {
            let number = deal.visit_number(self.visits[at] + 1);
            deal.stage = index;
            let word = deal.key.word(stage.next_address.visit(number));
            return Some(instead.choose(word).exit);
        }
        if stage.sale.is_some() {
            self.new_round();
        }
        if self.visits[at] == 0 {
            self.round.push(index);
        }
        self.visits[at] += 1;
        let first = !self.ever[at];
        if first {
            self.ever[at] = true;
            self.list.push(index);
        }
        deal.visited |= 1u64.checked_shl(u32::from(index)).unwrap_or(0);
        let visited = visited(&self.list, deal.visited, program.stages.len());
        let visit_of = Visit { index, number: self.visits[at], first, visited, spent };
        visit(program, stage, visit_of, deal, observer)
    }

    fn new_round(&mut self) {
        for stage in self.round.drain(..) {
            self.visits[usize::from(stage)] = 0;
        }
    }

    fn clear(&mut self) {
        self.new_round();
        for stage in self.list.drain(..) {
            self.ever[usize::from(stage)] = false;
            self.visits[usize::from(stage)] = 0;
        }
    }
}

fn visited(list: &[u16], mask: u64, stages: usize) -> Visited<'_> {
    if stages <= 64 { Visited::Mask(mask) } else { Visited::List(list) }
}
