//! An `sla` that no visit keeps, or that no visit can miss.

use crate::diagnostic::{Findings, Warning};
use crate::lint::deals::Deals;
use crate::lint::durations::of_used_visit;
use crate::model::Model;

/// Tables of times are exact to a millionth; this is well above.
const SLACK: f64 = 1.001;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let deals = Deals::of(model);
    for (at, stage) in model.stages.iter().enumerate() {
        let Some(sla) = &stage.sla else { continue };
        let own = deals.as_ref().is_none_or(|deals| deals.use_own_plan(at));
        let (visit, promised) = (of_used_visit(stage, sla.working, own), sla.micros as f64);
        let kept = visit.most * SLACK <= promised;
        if kept || promised * SLACK < visit.least {
            let problem = Warning::IdleSla { stage: stage.name.clone(), kept };
            findings.report(problem, sla.spot.place, sla.spot.path.clone());
        }
    }
}
