//! `won` after a stage that is a sale books the deal's value a second time.

use crate::diagnostic::{Findings, Warning};
use crate::model::Model;
use crate::model::transitions::End;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    let mut open: Vec<usize> =
        (0..model.stages.len()).filter(|at| model.stages[*at].sale.is_some()).collect();
    let mut after = vec![false; model.stages.len()];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut after[at], true) {
            // A transition back to a selling stage starts a new round, whose sale is a new one.
            let next = transitions.to[at].iter().copied();
            open.extend(
                next.filter(|next| model.stages[*next].phase >= crate::model::Phase::Order),
            );
        }
    }
    for (at, stage) in model.stages.iter().enumerate() {
        if after[at] && transitions.reached[at] && transitions.ends[at].contains(&End::Won) {
            let problem = Warning::BooksTwice { stage: stage.name.clone() };
            findings.report(problem, stage.spot.place, stage.spot.path.clone());
        }
    }
}
