//! A promise that says nothing: from a stage to itself, to a stage that does not follow, or a time that is always kept or
//! always broken.

use crate::diagnostic::{Doubt, Findings, IdlePromise};
use crate::lint::reach::Reach;
use crate::model::Model;

/// Tables of times are exact to a millionth; this is well above.
const SLACK: f64 = 1.001;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for promise in &model.promises {
        let [from, to] = [&promise.from, &promise.to].map(|(name, _)| model.stage_index(name));
        let reach = Reach::of(model, promise.working);
        // Another rule reports stages that no deal can reach.
        if !reach.transitions.reached[from] || !reach.transitions.reached[to] {
            continue;
        }
        let (bounds, promised) = (reach.between(from, to), promise.within as f64);
        let why = if from == to {
            IdlePromise::Itself
        } else if bounds.least.is_infinite() {
            IdlePromise::Apart
        } else if promised * SLACK < bounds.least {
            IdlePromise::Broken
        } else if bounds.most * SLACK <= promised {
            IdlePromise::Kept
        } else {
            continue;
        };
        let spot = if matches!(why, IdlePromise::Itself | IdlePromise::Apart) {
            &promise.to.1
        } else {
            &promise.spot
        };
        let problem = Doubt::Promise { promise: promise.name.clone(), why };
        findings.report(problem, spot.place, spot.path.clone());
    }
}
