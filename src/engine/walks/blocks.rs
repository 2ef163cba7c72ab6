//! Walks blocks of deals stage by stage: the same visits as one by one, in another order.
//!
//! All deals of a block go through a stage in one tight loop before any goes through the next. The tables of the stage stay in
//! the nearest cache, the draws of neighbouring deals overlap, and the next stage of a deal is an index instead of a branch
//! that the processor would have to predict.

use super::waits::{Scratch, branches};
use crate::engine::arrivals::Times;
use crate::engine::deal::{BLOCK, Deal, Deals, Lane, Part, Room, Token, Trails};
use crate::engine::event::Observer;
use crate::engine::run::{Overrun, Replication, Setup, Stop};
use crate::engine::steps::visit::{At, Progress, end, walk_through};
use crate::engine::walker::{VisitState, Walker};
use crate::program::{Feature, Features, Id, Program, Stage, StageId};
use crate::quantity::Instant;
use crate::random::key::{DealKey, StreamKey};

/// The features that blocks support: no work, and no visit that depends on the number of earlier ones.
const SUPPORTED: Features = Features::WAITS
    .union(Features::LONG_BRANCHES)
    .union(Features::BY_STATE)
    .union(Features::BY_HISTORY)
    .union(Features::ARRIVALS)
    .with(&[
        Feature::StepCost,
        Feature::KnownInStage,
        Feature::NewValue,
        Feature::Sale,
        Feature::Sla,
    ]);
/// The stages that a deal has visited are bits of one word.
const MOST_STAGES: usize = 64;

/// Whether blocks support every feature of a program.
pub(in crate::engine) fn can_walk(program: &Program) -> bool {
    program.stages.len() <= MOST_STAGES && SUPPORTED.support(program.features)
}

pub(in crate::engine) fn walk<O: Observer>(
    setup: &Setup<'_>,
    order: &[StageId],
    replication: Replication,
    observer: &mut O,
) -> Result<Instant, Stop> {
    let Setup { program, guard, .. } = *setup;
    let mut blocks = Blocks::new(program, order);
    let mut room = Room::new();
    let mut last = Instant::ZERO;
    let mut visits_left = guard.most_visits;
    let sieves = O::ONLY_SALES && is_foreseeable(program);
    for (id, source) in program.sources.entries() {
        let key = StreamKey::new(replication.seed, replication.number, &source.name);
        let mut times = Times::new(program, source, key);
        let mut arrivals = Vec::with_capacity(BLOCK);
        loop {
            times.fill(BLOCK, &mut room, &mut arrivals);
            if arrivals.is_empty() {
                break;
            }
            let came = &mut blocks.deals.facts[..arrivals.len()];
            Deal::arrive_together(program, id, &arrivals, &mut room, came);
            observer.arrive_together(came, source.cost);
            for (token, arrival) in blocks.deals.tokens.iter_mut().zip(&arrivals) {
                *token = Token::before(source.entry, arrival.at);
            }
            blocks.waiting[source.entry.index()].fill(arrivals.len());
            if sieves {
                blocks.sieve(source.entry);
            }
            for stage in order {
                let waiting = blocks.waiting[stage.index()].len() as u64;
                visits_left = visits_left.saturating_sub(waiting);
                blocks.pass(*stage, observer);
                blocks.waiting[stage.index()].clear();
            }
            last = last.max(blocks.finish(observer));
            if visits_left == 0 {
                return Err(Stop::EventLimit(Overrun { stage: None, of_one_deal: false }));
            }
            if guard.cancelled() {
                return Err(Stop::Cancelled);
            }
        }
    }
    Ok(last)
}

/// Whether the path of a deal depends on its draws alone, not on time or on other deals.
fn is_foreseeable(program: &Program) -> bool {
    let waits = |stage: &Stage| branches(stage).is_some() && stage.only_wait().is_some();
    program.stages.iter().all(waits)
}

/// One block after another on its way through the stages.
struct Blocks<'p> {
    program: &'p Program,
    /// The stages, each behind all that lead to it.
    order: &'p [StageId],
    deals: Deals,
    /// Which of them wait before each stage and end.
    waiting: Vec<Lane>,
    scratch: Scratch,
    /// At most 64 stages: where a deal has been stands in the deal.
    trails: Trails,
}

impl<'p> Blocks<'p> {
    fn new(program: &'p Program, order: &'p [StageId]) -> Blocks<'p> {
        Blocks {
            program,
            order,
            deals: Deals::nobody(),
            waiting: vec![Lane::new(); program.exits()],
            scratch: Scratch::new(),
            trails: Trails::new(program),
        }
    }

    /// Keeps only the deals that will be won.
    ///
    /// Each branch has a draw of its own, so the path of a deal is known before its times are drawn.
    fn sieve(&mut self, entry: StageId) {
        let Blocks { program, order, deals, waiting, scratch, .. } = self;
        for id in *order {
            let stage = &program.stages[*id];
            if let Some(next) = branches(stage) {
                scratch.foresee(deals, stage, *id, next, waiting);
            }
            waiting[id.index()].clear();
        }
        waiting[entry.index()] = waiting[program.end_exit(0).index()].clone();
        waiting[program.stages.len()..].iter_mut().for_each(Lane::clear);
    }

    /// Walks the deals that wait before a stage through it.
    fn pass<O: Observer>(&mut self, id: StageId, observer: &mut O) {
        let Blocks { program, deals, waiting, scratch, trails, .. } = self;
        if waiting[id.index()].len() == 0
            || scratch.pass_together(program, id, deals, waiting, observer)
        {
            return;
        }
        let stage = &program.stages[id];
        // No stage follows itself, so nothing is added to this lane during the loop.
        let lane = waiting[id.index()].clone();
        for place in lane.places() {
            let at = usize::from(*place);
            let (deal, token) = (deals.facts[at], Token::before(id, deals.tokens[at].now));
            let mut walker = Walker { deal, token, visit: VisitState::new() };
            walker.deal.visited |= 1 << id.index();
            let here =
                At { program, stage, trail: trails.of(0), queues: &[], run: DealKey::NOBODY };
            let left = walk_through(here, &mut walker, observer);
            (deals.facts[at], deals.tokens[at]) = (walker.deal, walker.token);
            if let Progress::Left(exit) = left {
                waiting[exit.index()].push(*place);
            }
        }
    }

    /// Ends the deals that wait before an end; returns the last exit.
    fn finish<O: Observer>(&mut self, observer: &mut O) -> Instant {
        let Blocks { program, deals, waiting, trails, .. } = self;
        let mut last = Instant::ZERO;
        for (number, lane) in waiting[program.stages.len()..].iter_mut().enumerate() {
            let part = Part::new(deals, lane);
            if program.window.until_empty() {
                last = part.iter().fold(last, |last, (_, token)| last.max(token.now));
            }
            let unsold = !program.sells_on_the_way || part.iter().all(|(deal, _)| deal.sales == 0);
            if number > 0 && unsold {
                observer.end_together(part, number);
            } else {
                for place in lane.places() {
                    let at = usize::from(*place);
                    let (deal, token) = (deals.facts[at], deals.tokens[at]);
                    let mut walker = Walker { deal, token, visit: VisitState::new() };
                    end(program, number, trails.of(0), &mut walker, observer);
                }
            }
            lane.clear();
        }
        last
    }
}
