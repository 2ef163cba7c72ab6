//! A selling stage without losses, although deals wait for the client there; in practice deals break off at such stages.

use crate::diagnostic::{Findings, Warning};
use crate::model::transitions::End;
use crate::model::{Action, Model, Phase, Stage, Wait};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    // Another rule reports stages that no deal leaves.
    let stuck = transitions.without_end();
    // One warning for all of them; a model without any losses may be intended.
    let mut found: Option<(&Stage, Vec<String>)> = None;
    for (at, stage) in model.stages.iter().enumerate() {
        let selling = stage.phase <= Phase::Deal && stage.sale.is_none();
        // Where people only work or wait for a time of day, or all deals go on, the client decides nothing.
        let mut steps = stage.plan.given_steps();
        let decides = transitions.to[at].len() + transitions.ends[at].len() > 1;
        let waits = decides && steps.any(|step| matches!(step.action, Action::Wait(Wait::Time(_))));
        let again = transitions.to[at].contains(&at) && stage.plan.given_steps().next().is_some();
        let loses = transitions.ends[at].contains(&End::Lost);
        if selling && (waits || again) && transitions.reached[at] && !loses && !stuck.contains(&at)
        {
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

    #[test]
    fn only_stages_that_wait_for_the_client_are_told() {
        let codes = |demo: &str| -> Vec<&'static str> {
            let text = format!(
                "roles: {{seller: {{people: 2}}}}\nstages:\n  lead: {{work: {{role: seller, time: 5 min}}, next: {{demo: 50%, lost: rest}}}}\n  demo: {{{demo}}}\n  \
                 offer: {{wait: 1d, next: 50%}}\n"
            );
            let found = crate::lint::examine("", &text, &[], None).diagnostics;
            found.iter().map(|found| found.problem.code()).collect()
        };
        assert_eq!(codes("wait: 2d, next: {offer: 60%, lead: rest}"), ["V603"]);
        assert_eq!(codes("wait: 2d, next: offer"), [""; 0]);
        assert_eq!(
            codes("work: {role: seller, time: 5 min}, next: {offer: 60%, demo: rest}"),
            ["V603"]
        );
        assert_eq!(codes("work: {role: seller, time: 5 min}, next: offer"), [""; 0]);
        assert_eq!(codes("wait: {until: \"mon 09:00\"}, next: offer"), [""; 0]);
        assert_eq!(codes("next: offer"), [""; 0]);
    }
}
