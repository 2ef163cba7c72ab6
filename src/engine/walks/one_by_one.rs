//! Walks one deal until it needs something that it shares with others.
//!
//! Where nothing is shared, each deal is walked from its arrival to its end, one after another. This walk is the oracle of the
//! blocks. Where people are limited it pauses at each request, and `shared` continues it.

use crate::engine::arrivals::{InStock, Times, in_stock};
use crate::engine::deal::{Deal, Opening, Resume, Token, Trails};
use crate::engine::event::Observer;
use crate::engine::run::{Guard, MOST_VISITS_OF_DEAL, Overrun, Replication, Setup, Stop};
use crate::engine::steps::place::place;
use crate::engine::steps::resume::{in_order, resume_entered};
use crate::engine::steps::visit::{At, Progress, end, enter, leave, steps};
use crate::engine::walker::{VisitState, Walker};
use crate::program::{Destination, Exit, Id, Program, SingleTask, StageId};
use crate::quantity::Instant;
use crate::random::key::{DealKey, StreamKey};

/// The cancel token is read once in so many visits.
const LOOK_EVERY: u64 = 1024;

pub(in crate::engine) fn walk<O: Observer>(
    setup: &Setup<'_>,
    replication: Replication,
    observer: &mut O,
) -> Result<Instant, Stop> {
    let Setup { program, openings, guard, .. } = *setup;
    let mut journey = Journey::new(program, guard, replication);
    journey.trails.add();
    let open = open_deals(replication);
    for (ordinal, opening) in in_order(openings) {
        let mut walker = journey.open(opening, 0, (open, ordinal as u64), observer);
        journey.alone(&mut walker, observer)?;
    }
    for deal in in_stock(program, replication) {
        let mut walker = journey.open_in_stock(&deal, 0, observer);
        journey.alone(&mut walker, observer)?;
    }
    for (id, source) in program.sources.entries() {
        let key = StreamKey::new(replication.seed, replication.number, &source.name);
        let mut times = Times::new(program, source, key);
        while let Some(arrival) = times.next() {
            let deal = Deal::arrive(program, source, id, arrival);
            observer.arrives(&deal, source.cost);
            let token = Token::before(source.entry, deal.arrived);
            journey.trails.clear(0);
            journey.alone(&mut Walker { deal, token, visit: VisitState::new() }, observer)?;
        }
    }
    Ok(journey.last)
}

/// The stream of open deals, whatever their sources. No source has such a name: a model's names hold no hidden letters.
pub(in crate::engine) fn open_deals(replication: Replication) -> StreamKey {
    StreamKey::new(replication.seed, replication.number, "\0open deals")
}

/// Why a walk pauses.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) enum Pause<'a> {
    /// The deal has left, or the window ends.
    Gone,
    /// It asks for a person at `token.now`.
    Asks,
    /// It must look at queues at `token.now`.
    Looks,
    /// It comes to a single-task stage at `token.now`.
    SingleTask(&'a SingleTask),
    /// The replication stops.
    Stops(Stop),
}

/// What a walk may read of other deals.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct SharedState<'q, 'a> {
    /// The length of each role's queue now. A stage that reads them is entered and left at its own time only.
    pub(in crate::engine) queues: &'q [u64],
    /// Whether now is that time.
    pub(in crate::engine) looked: bool,
    /// Single-task stages, which `single_task` walks from entry to exit.
    pub(in crate::engine) single_tasks: &'a [Option<SingleTask>],
}

impl<'a> SharedState<'_, 'a> {
    /// The single task that a stage is, if the deal comes there only now.
    fn single(&self, stage: StageId) -> Option<&'a SingleTask> {
        self.single_tasks.get(stage.index())?.as_ref().filter(|_| !self.looked)
    }

    /// The deal goes to another stage.
    fn walks_on(&mut self) {
        self.looked = false;
    }
}

/// What all walks of a replication share.
pub(in crate::engine) struct Journey<'p> {
    program: &'p Program,
    /// Addresses the draws that hold for the whole replication.
    pub(in crate::engine) run: DealKey,
    pub(in crate::engine) trails: Trails,
    guard: Guard<'p>,
    /// Visits until the next look at the guard.
    granted: u64,
    /// Visits left beyond those.
    visits_left: u64,
    /// The last exit from the process.
    pub(in crate::engine) last: Instant,
}

impl<'p> Journey<'p> {
    pub(in crate::engine) fn new(
        program: &'p Program,
        guard: Guard<'p>,
        replication: Replication,
    ) -> Journey<'p> {
        Journey {
            program,
            run: replication.key(),
            trails: Trails::new(program),
            guard,
            granted: 0,
            visits_left: guard.most_visits,
            last: Instant::ZERO,
        }
    }

    /// A deal that is in process when the simulation starts.
    pub(in crate::engine) fn open<O: Observer>(
        &mut self,
        opening: &Opening,
        slot: usize,
        (stream, ordinal): (StreamKey, u64),
        observer: &mut O,
    ) -> Walker {
        let mut walker = place(self.program, opening, (stream, ordinal), self.run);
        self.mark_open(opening, slot, &mut walker.deal);
        observer.resumes(&walker.deal, opening.stage, walker.visit.entered);
        walker
    }

    /// A deal that its source has in the process when the simulation starts.
    pub(in crate::engine) fn open_in_stock<O: Observer>(
        &mut self,
        one: &InStock,
        slot: usize,
        observer: &mut O,
    ) -> Walker {
        let InStock { opening, entered, mut deal } = *one;
        self.mark_open(&opening, slot, &mut deal);
        let walker = resume_entered(self.program, &opening, entered, deal);
        observer.resumes(&walker.deal, opening.stage, walker.visit.entered);
        walker
    }

    fn mark_open(&mut self, opening: &Opening, slot: usize, deal: &mut Deal) {
        let counter = self.program.stages[opening.stage].counter;
        self.trails.clear(slot);
        self.trails.set_visits(slot, counter, opening.visit as u32);
        self.trails.mark(slot, opening.stage, deal);
    }

    /// Counts a visit against the limit.
    #[inline(always)]
    pub(in crate::engine) fn count_visit(&mut self) -> Result<(), Stop> {
        match self.granted.checked_sub(1) {
            Some(left) => self.granted = left,
            None => self.grant()?,
        }
        Ok(())
    }

    #[cold]
    fn grant(&mut self) -> Result<(), Stop> {
        if self.guard.cancelled() {
            return Err(Stop::Cancelled);
        }
        if self.visits_left == 0 {
            return Err(Stop::EventLimit(Overrun { stage: None, of_one_deal: false }));
        }
        let granted = self.visits_left.min(LOOK_EVERY);
        self.visits_left -= granted;
        // One of them is used now.
        self.granted = granted - 1;
        Ok(())
    }

    /// Walks a deal that shares nothing to its end.
    #[inline]
    fn alone<O: Observer>(&mut self, walker: &mut Walker, observer: &mut O) -> Result<(), Stop> {
        match self.run(0, walker, None, observer) {
            Pause::Stops(stop) => Err(stop),
            _ => Ok(()),
        }
    }

    /// Walks a deal until it shares something, leaves, or the window ends.
    #[inline(always)]
    pub(in crate::engine) fn run<'a, O: Observer>(
        &mut self,
        slot: usize,
        walker: &mut Walker,
        mut others: Option<SharedState<'_, 'a>>,
        observer: &mut O,
    ) -> Pause<'a> {
        let queues = others.as_ref().map_or(&[][..], |others| others.queues);
        let (program, run) = (self.program, self.run);
        let mut of_deal = 0;
        loop {
            let Walker { deal, token, visit } = &mut *walker;
            if token.resume == Resume::Enter {
                let stage = &program.stages[token.stage];
                if let Some(others) = &mut others {
                    if let Some(single) = others.single(token.stage) {
                        return Pause::SingleTask(single);
                    }
                    if !stage.plain && stage.watches && !std::mem::take(&mut others.looked) {
                        return Pause::Looks;
                    }
                }
                of_deal += 1;
                if of_deal > MOST_VISITS_OF_DEAL {
                    let overrun = Overrun { stage: Some(token.stage), of_one_deal: true };
                    return Pause::Stops(Stop::EventLimit(overrun));
                }
                if let Err(stop) = self.count_visit() {
                    return Pause::Stops(stop.at(token.stage));
                }
                if !stage.plain {
                    if let Some((most, instead)) = &stage.limit {
                        let before = u64::from(self.trails.visits(slot, stage.counter));
                        if before >= *most {
                            let number = deal.visit_number(before + 1);
                            let word = deal.key.word(stage.next_address.visit(number));
                            let exit = instead.choose_for(word, run, deal.key).exit;
                            if self.arrive_at(slot, exit, walker, observer) {
                                return Pause::Gone;
                            }
                            others.iter_mut().for_each(SharedState::walks_on);
                            continue;
                        }
                    }
                    if stage.sale.is_some() {
                        self.trails.new_round(slot);
                    }
                }
                let nth = self.trails.visit(slot, token.stage, stage.counter, deal);
                visit.number = nth.of_round;
                visit.first = nth.first;
                let at = At { program, stage, trail: self.trails.of(slot), queues, run };
                enter(at, walker, observer);
            }
            let stage = &program.stages[walker.token.stage];
            let at = At { program, stage, trail: self.trails.of(slot), queues, run };
            let mut left = None;
            if walker.token.resume == Resume::Step {
                left = steps(at, walker, observer);
                match left {
                    Some(Progress::Asks) => return Pause::Asks,
                    Some(Progress::Stays) => return Pause::Gone,
                    Some(Progress::Left(_)) => {}
                    None => {
                        walker.token.resume = Resume::Leave;
                        if !stage.plain && stage.watches && others.is_some() {
                            return Pause::Looks;
                        }
                    }
                }
            }
            let left = left.unwrap_or_else(|| leave(at, walker, observer));
            let Progress::Left(exit) = left else { return Pause::Gone };
            if self.arrive_at(slot, exit, walker, observer) {
                return Pause::Gone;
            }
            others.iter_mut().for_each(SharedState::walks_on);
        }
    }

    /// A deal comes to where an exit leads; `true` where that is an end.
    #[inline(always)]
    pub(in crate::engine) fn arrive_at<O: Observer>(
        &mut self,
        slot: usize,
        exit: Exit,
        walker: &mut Walker,
        observer: &mut O,
    ) -> bool {
        match exit.destination(self.program.stages.len()) {
            Destination::Stage(stage) => {
                walker.token.stage = stage;
                false
            }
            Destination::End(number) => {
                self.last = self.last.max(walker.token.now);
                end(self.program, number, self.trails.of(slot), walker, observer);
                true
            }
        }
    }
}
