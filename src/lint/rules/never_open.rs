//! People whose calendar never opens in the window, so that their work never starts in it.

use crate::diagnostic::{Findings, Warning};
use crate::model::Model;
use crate::program::{Person, Program};

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    if model.roles.is_empty() {
        return;
    }
    if program.window.until_empty() {
        return;
    }
    let (start, end) = (program.window.start, program.window.end);
    for (given, role) in model.roles.iter().zip(program.roles.ids()) {
        if model.works().all(|(_, work)| work.role.0 != given.name) {
            continue;
        }
        let people = program.people_of(role);
        let closed = |person: &&Person| program.clocks[person.clock].between(start, end) <= 0;
        let never: Vec<_> = people.iter().filter(closed).collect();
        let report = |person: Option<String>, findings: &mut Findings| {
            let problem = Warning::NeverOpen { role: given.name.clone(), person };
            findings.report(problem, given.spot.place, given.spot.path.clone());
        };
        match never.first() {
            Some(_) if never.len() == people.len() => report(None, findings),
            Some(person) => report(Some(person.name.clone()), findings),
            None => {}
        }
    }
}
