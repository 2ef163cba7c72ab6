//! A role without work in any stage.

use crate::diagnostic::{Findings, Warning};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for role in &model.roles {
        if model.works().all(|(_, work)| work.role.0 != role.name) {
            let problem = Warning::UnusedRole { role: role.name.clone() };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
}
