//! A loop that a deal is expected to repeat more than 20 times in a round.

use crate::analytic::elimination::Plan;
use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Target};

/// Above this number of visits, a share of the loop is probably mistyped.
const MANY: f64 = 20.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let count = model.stages.len();
    // Without a loop no stage is visited twice.
    if !has_way_back(model) {
        return;
    }
    let (mut edges, mut shares, mut leaks) = (Vec::new(), Vec::new(), vec![0.0; count]);
    for (at, stage) in model.stages.iter().enumerate() {
        for branch in stage.plan.next.iter().flatten() {
            let to = match &branch.target {
                Target::Stage(name) => Some(model.stage_index(name)),
                Target::Following if at + 1 < count => Some(at + 1),
                _ => None,
            };
            // A sale starts a new round.
            match to.filter(|to| model.stages[*to].sale.is_none()) {
                Some(to) => {
                    edges.push((at, to));
                    shares.push(branch.probability);
                }
                None => leaks[at] += branch.probability,
            }
        }
    }
    let Some(plan) = Plan::new(count, &edges) else { return };
    let solved = plan.solve(&shares, &leaks);
    for (at, stage) in model.stages.iter().enumerate() {
        let mut visits = vec![0.0; count];
        visits[at] = 1.0;
        plan.forward(&solved, &mut visits);
        // Another rule reports stages without an end.
        if visits.iter().any(|visits| !visits.is_finite()) {
            return;
        }
        let limited = stage.max_visits.as_ref().is_some_and(|limit| limit.count as f64 <= MANY);
        if visits[at] > MANY && !limited {
            let problem = Warning::ManyVisits { stage: stage.name.clone(), visits: visits[at] };
            findings.report(problem, stage.spot.place, stage.spot.path.clone());
        }
    }
}

fn has_way_back(model: &Model) -> bool {
    let transitions = model.transitions();
    transitions.to.iter().enumerate().any(|(at, to)| to.iter().any(|next| *next <= at))
}
