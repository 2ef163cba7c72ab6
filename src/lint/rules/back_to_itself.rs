//! A way out of a visit limit or a queue that leads back to the same stage.

use crate::diagnostic::{Findings, Warning};
use crate::model::{Branch, Model, Target};

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
    }
}
