//! A selling stage without losses; in practice deals are lost at every stage.

use crate::diagnostic::{Findings, Warning};
use crate::model::transitions::End;
use crate::model::{Model, Phase, Stage};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    // Another rule reports stages that no deal leaves.
    let stuck = transitions.without_end();
    // One warning for all of them; a model without any losses may be intended.
    let mut found: Option<(&Stage, Vec<String>)> = None;
    for (at, stage) in model.stages.iter().enumerate() {
        let selling = stage.phase <= Phase::Deal && stage.sale.is_none();
        // A stage without steps only routes deals and does not count.
        let takes_time = stage.plan.given_steps().next().is_some();
        let loses = transitions.ends[at].contains(&End::Lost);
        if selling && takes_time && transitions.reached[at] && !loses && !stuck.contains(&at) {
            found.get_or_insert((stage, Vec::new())).1.push(stage.name.clone());
        }
    }
    if let Some((first, stages)) = found {
        let problem = Warning::NoLossBranch { stages };
        findings.report(problem, first.spot.place, first.spot.path.clone());
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn stages_that_no_deal_leaves_are_told_once() {
        let text = "stages:\n  lead: {wait: 1d, next: {a: 20%, b: 50%, lost: rest}}\n  a: {wait: 1d, next: c}\n  \
                    c: {wait: 1d, next: a}\n  b: {wait: 1d, next: 50%}\n";
        let found = crate::lint::examine("", text, &[], None).diagnostics;
        let codes: Vec<_> = found.iter().map(|found| found.problem.code()).collect();
        assert_eq!(codes, ["V602"]);
    }
}
