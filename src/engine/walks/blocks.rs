//! Stage by stage over blocks of deals: the same visits as the plain walk, in another order.
//!
//! All deals of a block wait before a stage, are walked through it in one tight loop and wait before
//! the next. The stage's tables stay in the nearest cache, the draws of neighbouring deals overlap,
//! and where a deal goes is an index and not a jump that the processor must guess.

use super::waits::{Scratch, branches, pass_together};
use crate::engine::arrivals::Times;
use crate::engine::deal::{BLOCK, Deal, Deals, Lane, Part, Room, Token, Trails};
use crate::engine::event::Observer;
use crate::engine::run::{Overrun, Replication, Setup, Stop};
use crate::engine::steps::visit::{At, Progress, end, walk_through};
use crate::engine::walker::{VisitState, Walker};
use crate::program::{Feature, Features, Id, Program, Stage, StageId};
use crate::quantity::Instant;
use crate::random::key::StreamKey;

/// What a program may use that is walked in blocks: nobody works, and no visit depends on how many there were.
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
/// Where a deal has been is a bit each in a word of the deal.
const MOST_STAGES: usize = 64;

/// Whether blocks know all that a program uses.
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
    let mut block = Deals::nobody();
    let mut waiting = vec![Lane::new(); program.exits()];
    let mut scratch = Scratch::new();
    // At most 64 stages: where a deal has been stands in the deal.
    let trails = Trails::new(program);
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
            let came = &mut block.deals[..arrivals.len()];
            Deal::arrive_together(program, source, id, &arrivals, &mut room, came);
            observer.arrive_together(came, source.cost);
            for (token, arrival) in block.tokens.iter_mut().zip(&arrivals) {
                *token = Token::before(source.entry, arrival.at);
            }
            waiting[source.entry.index()].fill(arrivals.len());
            if sieves {
                sieve(program, order, source.entry, &block, &mut waiting, &mut scratch);
            }
            for stage in order {
                let at = stage.index();
                visits_left = visits_left.saturating_sub(waiting[at].len() as u64);
                pass(program, *stage, &mut block, &mut waiting, &mut scratch, &trails, observer);
                waiting[at].clear();
            }
            last = last.max(finish(program, &mut block, &mut waiting, &trails, observer));
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

/// Whether the ways of deals hang on nothing but their draws: on no time, and no other deal.
fn is_foreseeable(program: &Program) -> bool {
    let waits = |stage: &Stage| branches(stage).is_some() && stage.only_wait().is_some();
    program.stages.iter().all(waits)
}

/// Leaves only those deals of a block before their first stage that will be won.
///
/// A branch has a draw of its own, so it can be known before the times on the way to it are.
fn sieve(
    program: &Program,
    order: &[StageId],
    entry: StageId,
    block: &Deals,
    waiting: &mut [Lane],
    scratch: &mut Scratch,
) {
    for stage in order {
        if let Some(next) = branches(&program.stages[*stage]) {
            scratch.foresee(block, &program.stages[*stage], *stage, next, waiting);
        }
        waiting[stage.index()].clear();
    }
    let won = program.end_exit(0).index();
    waiting[entry.index()] = waiting[won].clone();
    waiting[program.stages.len()..].iter_mut().for_each(Lane::clear);
}

/// Walks the deals that wait before a stage through it.
fn pass<O: Observer>(
    program: &Program,
    id: StageId,
    block: &mut Deals,
    waiting: &mut [Lane],
    scratch: &mut Scratch,
    trails: &Trails,
    observer: &mut O,
) {
    if waiting[id.index()].len() == 0
        || pass_together(program, id, block, waiting, scratch, observer)
    {
        return;
    }
    let stage = &program.stages[id];
    // No stage follows itself, so the lane stays as it is meanwhile.
    let lane = waiting[id.index()].clone();
    for place in lane.places() {
        let at = usize::from(*place);
        let (deal, token) = (block.deals[at], Token::before(id, block.tokens[at].now));
        let mut walker = Walker { deal, token, visit: VisitState::new() };
        walker.deal.visited |= 1 << id.index();
        let here = At { program, stage, trail: trails.of(0), queues: &[] };
        let left = walk_through(here, &mut walker, observer);
        (block.deals[at], block.tokens[at]) = (walker.deal, walker.token);
        if let Progress::Left(exit) = left {
            waiting[exit.index()].push(*place);
        }
    }
}

/// Ends the deals that wait before an end; returns the last exit.
fn finish<O: Observer>(
    program: &Program,
    block: &mut Deals,
    waiting: &mut [Lane],
    trails: &Trails,
    observer: &mut O,
) -> Instant {
    let mut last = Instant::ZERO;
    let ends = &mut waiting[program.stages.len()..];
    for (number, lane) in ends.iter_mut().enumerate() {
        let part = Part::new(block, lane);
        if program.window.until_empty() {
            last = part.iter().fold(last, |last, (_, token)| last.max(token.now));
        }
        let unsold = !program.sells_on_the_way || part.iter().all(|(deal, _)| deal.sales == 0);
        if number > 0 && unsold {
            observer.end_together(part, number);
        } else {
            for place in lane.places() {
                let at = usize::from(*place);
                let (deal, token) = (block.deals[at], block.tokens[at]);
                let mut walker = Walker { deal, token, visit: VisitState::new() };
                end(program, number, trails.of(0), &mut walker, observer);
            }
        }
        lane.clear();
    }
    last
}
