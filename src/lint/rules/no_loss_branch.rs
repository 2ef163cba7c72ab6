//! A selling stage without losses; in practice deals are lost at every stage.

use crate::diagnostic::{Findings, Warning};
use crate::model::transitions::End;
use crate::model::{Model, Phase, Stage};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    // One warning for all of them; a model without any losses may be intended.
    let mut found: Option<(&Stage, Vec<String>)> = None;
    for (at, stage) in model.stages.iter().enumerate() {
        let selling = stage.phase <= Phase::Deal && stage.sale.is_none();
        // A stage without steps only routes deals and does not count.
        let takes_time = stage.plan.given_steps().next().is_some();
        let loses = transitions.ends[at].contains(&End::Lost);
        if selling && takes_time && transitions.reached[at] && !loses {
            found.get_or_insert((stage, Vec::new())).1.push(stage.name.clone());
        }
    }
    if let Some((first, stages)) = found {
        let problem = Warning::NoLossBranch { stages };
        findings.report(problem, first.spot.place, first.spot.path.clone());
    }
}
