//! Which stages can follow which: an order without loops, if there is one.

use super::Stage;

/// An order of the stages in which every branch leads to a later one; `None` where a loop, a limit
/// of visits or more than 64 stages make deals walk one by one.
pub(super) fn straight_order(stages: &[Stage]) -> Option<Vec<u16>> {
    let count = stages.len();
    if count > 64 || stages.iter().any(|stage| stage.limit.is_some()) {
        return None;
    }
    let follows: Vec<Vec<usize>> = stages.iter().map(|stage| followers(stage, count)).collect();
    let mut before = vec![0; count];
    for next in follows.iter().flatten() {
        before[*next] += 1;
    }
    let mut ready: Vec<usize> = (0..count).rev().filter(|stage| before[*stage] == 0).collect();
    let mut order = Vec::new();
    while let Some(stage) = ready.pop() {
        order.push(stage as u16);
        for next in &follows[stage] {
            before[*next] -= 1;
            if before[*next] == 0 {
                ready.push(*next);
            }
        }
    }
    (order.len() == count).then_some(order)
}

fn followers(stage: &Stage, count: usize) -> Vec<usize> {
    let branches = stage.next.iter().flat_map(|next| &next.branches);
    branches.map(|branch| usize::from(branch.exit)).filter(|exit| *exit < count).collect()
}
