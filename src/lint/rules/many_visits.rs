//! A loop that a deal is expected to walk more than 20 times in a round.

use crate::analytic::dense;
use crate::diagnostic::{Findings, Problem};
use crate::model::{Model, Target};

/// Above this, a share of the loop is more likely mistyped than meant.
const MANY: f64 = 20.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let count = model.stages.len();
    // Without a way back no stage is visited twice.
    if !has_way_back(model) {
        return;
    }
    let mut transitions = vec![vec![0.0; count]; count];
    for (at, stage) in model.stages.iter().enumerate() {
        for branch in stage.plan.next.iter().flatten() {
            let to = match &branch.target {
                Target::Stage(name) => model.stage_index(name),
                Target::Following if at + 1 < count => at + 1,
                _ => continue,
            };
            // A sale begins a new round.
            if model.stages[to].sale.is_none() {
                transitions[at][to] += branch.probability;
            }
        }
    }
    for at in 0..count {
        let mut start = vec![0.0; count];
        start[at] = 1.0;
        if at > 0 && transitions[at][at] == 0.0 && count > 200 {
            continue;
        }
        let stage = &model.stages[at];
        let Some(visits) = dense::visits(&transitions, &start) else { return };
        let limited = stage.max_visits.as_ref().is_some_and(|limit| limit.count as f64 <= MANY);
        if visits[at] > MANY && !limited {
            let problem = Problem::ManyVisits { stage: stage.name.clone(), visits: visits[at] };
            findings.report(problem, stage.spot.place, stage.spot.path.clone());
        }
    }
}

fn has_way_back(model: &Model) -> bool {
    let ways = model.ways();
    ways.to.iter().enumerate().any(|(at, to)| to.iter().any(|next| *next <= at))
}
