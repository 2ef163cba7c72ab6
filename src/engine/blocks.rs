//! Stage by stage over blocks of deals: the same visits as the plain walk, in another order.
//!
//! All deals of a block wait before a stage, are walked through it in one tight loop and wait before
//! the next. The stage's tables stay in the nearest cache, the draws of neighbouring deals overlap,
//! and where a deal goes is an index and not a jump that the processor must guess.

use super::arrivals::Stream;
use super::deal::Room;
use super::lane::{BLOCK, Lane};
use super::plain::{Scratch, pass_together};
use super::visit::{Visit, end, visit};
use super::{Deal, Guard, Observer, Replication, Stop, Visited};
use crate::program::Program;
use crate::quantity::{Duration, Instant};
use crate::random::key::StreamKey;

pub(super) fn walk<O: Observer>(
    program: &Program,
    order: &[u16],
    replication: Replication,
    guard: Guard<'_>,
    observer: &mut O,
) -> Result<Instant, Stop> {
    let mut waiting: Vec<Lane> = (0..program.exits()).map(|_| Lane::new()).collect();
    let mut spare = Lane::new();
    let mut scratch = Scratch::default();
    let mut room = Room::default();
    let mut last = Instant::ZERO;
    let mut visits_left = guard.most_visits;
    for (index, source) in program.sources.iter().enumerate() {
        let key = StreamKey::new(replication.seed, replication.number, &source.name);
        let mut stream = Stream::new(source, key);
        let mut arrivals = Vec::with_capacity(BLOCK);
        loop {
            stream.fill(BLOCK, &mut room, &mut arrivals);
            if arrivals.is_empty() {
                break;
            }
            let entry = &mut waiting[usize::from(source.entry)];
            Deal::arrive_together(program, source, index as u16, &arrivals, &mut room, entry);
            observer.arrive_together(entry.deals(), source.cost.0);
            for stage in order {
                let block = std::mem::replace(&mut waiting[usize::from(*stage)], spare);
                visits_left = visits_left.saturating_sub(block.len() as u64);
                spare = pass(program, *stage, block, &mut waiting, &mut scratch, observer);
            }
            last = last.max(finish(program, &mut waiting, observer));
            if visits_left == 0 {
                return Err(Stop::EventLimit);
            }
            if guard.cancelled() {
                return Err(Stop::Cancelled);
            }
        }
    }
    Ok(last)
}

/// Walks a block through a stage; returns the emptied block, to be filled again.
fn pass<O: Observer>(
    program: &Program,
    index: u16,
    mut block: Lane,
    waiting: &mut [Lane],
    scratch: &mut Scratch,
    observer: &mut O,
) -> Lane {
    if !pass_together(program, index, block.deals(), waiting, scratch, observer) {
        let stage = &program.stages[usize::from(index)];
        for deal in block.deals_mut() {
            deal.visited |= 1 << index;
            let visited = Visited::Mask(deal.visited);
            let only = Visit { index, number: 1, first: true, visited, spent: Duration::ZERO };
            if let Some(exit) = visit(program, stage, only, deal, observer) {
                waiting[usize::from(exit)].push(*deal);
            }
        }
    }
    block.clear();
    block
}

/// Ends the deals that wait before an end; returns the last exit.
fn finish<O: Observer>(program: &Program, waiting: &mut [Lane], observer: &mut O) -> Instant {
    let mut last = Instant::ZERO;
    let ends = &mut waiting[program.stages.len()..];
    for (number, lane) in ends.iter_mut().enumerate() {
        let block = lane.deals_mut();
        for deal in block.iter() {
            last = last.max(deal.now);
        }
        if number > 0 && block.iter().all(|deal| deal.sales == 0) {
            observer.end_together(block, number);
        } else {
            for deal in block.iter_mut() {
                let visited = Visited::Mask(deal.visited);
                end(program, number, &visited, deal, observer);
            }
        }
        lane.clear();
    }
    last
}
