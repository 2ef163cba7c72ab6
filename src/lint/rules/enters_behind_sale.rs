//! A source whose deals enter at or after a sale. They may be existing clients, but their first
//! sale counts as that of a new client.

use crate::diagnostic::{Findings, Warning};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    let sells = |stage: usize| model.stages[stage].sale.is_some();
    // Stages reachable from these without a sale on the way.
    let reach = |open: Vec<usize>, through: &dyn Fn(usize) -> bool| {
        let (mut open, mut reached) = (open, vec![false; model.stages.len()]);
        while let Some(stage) = open.pop() {
            if !std::mem::replace(&mut reached[stage], true) && through(stage) {
                open.extend(&transitions.to[stage]);
            }
        }
        reached
    };
    let before = reach(vec![0], &|stage| !sells(stage));
    let behind = reach((0..model.stages.len()).filter(|stage| sells(*stage)).collect(), &|_| true);
    // Of clients who bought before all sales are repeat sales.
    for source in model.sources.iter().filter(|source| !source.clients) {
        let Some((name, spot)) = &source.enters else { continue };
        let stage = model.stage_index(name);
        // If the first stage is itself a sale, all deals start with one.
        if stage > 0 && (sells(stage) || (behind[stage] && !before[stage])) {
            let problem =
                Warning::EntersBehindSale { source: source.name.clone(), stage: name.clone() };
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}
