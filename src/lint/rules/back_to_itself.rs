//! A way out of a visit limit or a queue that leads back to the same stage, at once or through another one.

use crate::diagnostic::{Doubt, Findings, Warning};
use crate::model::{Branch, Model, Stage, Target};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for stage in &model.stages {
        let back = |branch: &&Branch| {
            let to_itself = matches!(&branch.target, Target::Stage(name) if *name == stage.name);
            to_itself && branch.probability > 0.0
        };
        let limit = stage.max_visits.iter().flat_map(|limit| &limit.next);
        let patience = stage.plans().filter_map(|plan| plan.patience.as_ref());
        let patience = patience.flat_map(|patience| &patience.next);
        let ways =
            limit.map(|way| ("max_visits", way)).chain(patience.map(|way| ("patience", way)));
        for (key, branch) in ways.filter(|(_, branch)| back(branch)) {
            let problem = Warning::BackToItself { stage: stage.name.clone(), key };
            findings.report(problem, branch.spot.place, branch.spot.path.clone());
        }
        for branch in stage.max_visits.iter().flat_map(|limit| &limit.next) {
            if let Some(through) = leads_back(model, stage, branch) {
                let stage = stage.name.clone();
                let problem = Doubt::LeadsBack { stage, through: through.name.clone() };
                findings.report(problem, branch.spot.place, branch.spot.path.clone());
            }
        }
    }
}

/// The stage that a branch of a visit limit leads to, if that one leads straight back: the deal is refused again and again.
fn leads_back<'m>(model: &'m Model, stage: &Stage, branch: &Branch) -> Option<&'m Stage> {
    let Target::Stage(name) = &branch.target else { return None };
    let through = &model.stages[model.stage_index(name)];
    let next = through.plan.next.iter().flatten();
    let mut back =
        next.filter(|next| matches!(&next.target, Target::Stage(to) if *to == stage.name));
    let same_round = through.sale.is_none() && stage.sale.is_none() && through.name != stage.name;
    let ends = through.max_visits.is_some();
    (same_round && !ends && branch.probability > 0.0 && back.any(|back| back.probability > 0.0))
        .then_some(through)
}
