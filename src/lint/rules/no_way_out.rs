//! Stages that deals enter and never leave, so that open deals accumulate.

use crate::diagnostic::{Findings, Warning};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let stuck = model.transitions().without_end();
    if let Some(first) = stuck.first() {
        let spot = &model.stages[*first].spot;
        let stages = stuck.iter().map(|stage| model.stages[*stage].name.clone()).collect();
        findings.report(Warning::NoEndLoop { stages }, spot.place, spot.path.clone());
    }
}
