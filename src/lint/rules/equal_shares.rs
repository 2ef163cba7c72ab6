//! Equal shares that were rounded, so that a little is lost without a reason: three times 33 %.

use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Target};

/// More than this is no rounding.
const ROUNDING: f64 = 0.010_001;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for branches in model.plans().filter_map(|plan| plan.next.as_ref()) {
        let (lost, others): (Vec<_>, Vec<_>) =
            branches.iter().partition(|branch| matches!(branch.target, Target::Lost(_)));
        let [lost] = lost.as_slice() else { continue };
        let share = others.first().map_or(0.0, |branch| branch.probability);
        let equal = others.iter().all(|branch| (branch.probability - share).abs() < 1e-9);
        let little = lost.probability > 0.0 && lost.probability <= ROUNDING;
        if others.len() > 2 && equal && little && lost.target == Target::Lost(None) {
            let problem = Warning::RoundedAway { share: lost.probability };
            findings.report(problem, lost.spot.place, lost.spot.path.clone());
        }
    }
}
