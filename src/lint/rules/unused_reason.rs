//! A class given to a reason for which no deal is lost: most likely a misspelt name.

use crate::diagnostic::{Findings, Problem};
use crate::model::{Model, Target};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for (reason, _, spot) in &model.reasons {
        let used = model
            .branches()
            .any(|branch| matches!(&branch.target, Target::Lost(Some(name)) if name == reason));
        if !used {
            let problem = Problem::UnusedReason { reason: reason.clone() };
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}
