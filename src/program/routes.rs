//! Which stages can follow which, and an order of the stages without loops.

use super::features::{Surroundings, stage_uses};
use super::{Exit, Id, Stage, StageId};
use crate::model::Phase;

/// An order of the stages in which every branch leads to a later one; `None` if there is a loop.
pub(super) fn straight_order(stages: &[Stage]) -> Option<Vec<StageId>> {
    let count = stages.len();
    let follows: Vec<Vec<usize>> = stages.iter().map(|stage| followers(stage, count)).collect();
    let mut before = vec![0; count];
    for next in follows.iter().flatten() {
        before[*next] += 1;
    }
    let mut ready: Vec<usize> = (0..count).rev().filter(|stage| before[*stage] == 0).collect();
    let mut order = Vec::new();
    while let Some(stage) = ready.pop() {
        order.push(StageId::new(stage));
        for next in &follows[stage] {
            before[*next] -= 1;
            if before[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    (order.len() == count).then_some(order)
}

/// Up to this many stages, all get a counter if any does.
const FEW_STAGES: usize = 16;

/// Numbers the stages that a deal can return to; returns how many counters there are.
pub(super) fn count_visits(stages: &mut [Stage]) -> usize {
    let count = stages.len();
    let follows: Vec<Vec<usize>> = stages.iter().map(|stage| followers(stage, count)).collect();
    let mut counters = 0;
    // With few stages, either all or none are counted, so that no walk has to check.
    let mut loops = vec![false; count];
    for at in 0..count {
        let mut seen = vec![false; count];
        let mut open = follows[at].clone();
        while let Some(next) = open.pop() {
            if !std::mem::replace(&mut seen[next], true) && next != at {
                open.extend(&follows[next]);
            }
        }
        loops[at] = seen[at];
    }
    let all = count <= FEW_STAGES && loops.contains(&true);
    for (stage, in_loop) in stages.iter_mut().zip(loops) {
        if in_loop || all {
            stage.counter = Some(counters);
            counters += 1;
        }
    }
    usize::from(counters)
}

/// Sets the derived fields of each stage: exits, features, `plain` and `qualifies`.
pub(super) fn mark(
    stages: &mut [Stage],
    entries: impl Iterator<Item = StageId>,
    around: Surroundings<'_>,
) {
    for stage in stages.iter_mut() {
        stage.exits = exits(stage);
        stage.features = stage_uses(stage, around).into_iter().map(|one| one.feature).collect();
        stage.plain = Stage::OF_STEPS.support(stage.features);
    }
    let mut open: Vec<usize> = entries.map(StageId::index).collect();
    let mut seen = vec![false; stages.len()];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut seen[at], true) {
            stages[at].qualifies = stages[at].phase >= Phase::Deal;
            if !stages[at].qualifies {
                open.extend(followers(&stages[at], stages.len()));
            }
        }
    }
}

/// The exits of a stage's visits; a visit limit at the next stage may redirect the deal later.
fn exits(stage: &Stage) -> Vec<Exit> {
    let ways = stage.ways().map(|branch| branch.exit);
    let mut exits: Vec<Exit> = ways.chain(stage.refusals.iter().copied()).collect();
    exits.sort_unstable();
    exits.dedup();
    exits
}

fn followers(stage: &Stage, count: usize) -> Vec<usize> {
    let limit = stage.limit.iter().map(|(_, next)| next);
    let branches = stage.ways().chain(limit.flat_map(|next| &next.branches));
    branches.map(|branch| branch.exit.index()).filter(|exit| *exit < count).collect()
}
