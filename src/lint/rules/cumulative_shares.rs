//! Shares that rise along the funnel towards 100 %: probably win probabilities from a CRM, entered
//! as transition probabilities.

use crate::diagnostic::{Findings, Warning};
use crate::model::{Model, Target};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let count = model.stages.len();
    let mut shares = Vec::new();
    for (at, stage) in model.stages.iter().enumerate() {
        let ahead = |target: &Target| match target {
            Target::Stage(name) => model.stage_index(name) > at,
            Target::Following | Target::Won => true,
            _ => false,
        };
        let next = stage.plan.next.iter().flatten();
        let share: f64 = next.filter(|b| ahead(&b.target)).map(|b| b.probability).sum();
        shares.push(share);
    }
    let rise = shares.windows(2).all(|pair| pair[0] < pair[1]);
    let from_low_to_high =
        shares.first().is_some_and(|s| *s <= 0.3) && shares.last().is_some_and(|s| *s >= 0.8);
    if count >= 4 && rise && from_low_to_high {
        let spot = &model.stages[0].spot;
        findings.report(Warning::CumulativeShares { shares }, spot.place, "stages");
    }
}
