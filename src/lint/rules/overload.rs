//! A role with more work than working time, so that its queue would grow without limit.
//!
//! The work is what `solve` computes: arrivals in the window × expected visits × mean work of each
//! kind of deal. The time is the working time in the window. Both are averages over the window, so
//! a temporary overload by a season or a holiday is not reported. The rule is silent if the
//! transitions form no chain (for instance if a variant depends on the value or a queue). If deals
//! may lose patience, the share that does is estimated.

use crate::diagnostic::{Findings, Warning};
use crate::lint::loads;
use crate::model::{Action, Model, Role, Stage};
use crate::program::{Id, Program};

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    if model.roles.iter().all(|role| role.people.is_none()) {
        return;
    }
    for load in loads::of(model, program) {
        let role = &model.roles[load.role.index()];
        if load.share >= 1.0 {
            let problem = Warning::Overload {
                role: role.name.clone(),
                share: load.share,
                people: load.people,
                enough: load.enough(),
                patient: is_patient(model, role),
            };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
}

/// Whether all queues of a role lose deals that wait too long.
fn is_patient(model: &Model, role: &Role) -> bool {
    let asks = |stage: &Stage| {
        stage.plan.given_steps().any(|step| match &step.action {
            Action::Work(work) => work.role.0 == role.name,
            Action::Wait(_) => false,
        })
    };
    let mut stages = model.stages.iter().filter(|stage| asks(stage));
    stages.all(|stage| stage.plan.patience.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Problem;

    /// The overload reported for a role of 45 hours a week.
    fn overload(source_b: &str, work: &str, variant: &str) -> Option<f64> {
        let text = format!(
            "horizon: 52 weeks\nattributes: {{size: {{small: 75%, large: rest}}}}\n\
             sources: {{a: {{rate: 10/week}}, b: {{rate: 30/week{source_b}}}}}\n\
             roles: {{seller: {{people: 1}}}}\n\
             stages:\n  talk:\n    work: {{role: seller, time: {work}}}\n    next: 50%\n    \
             variants: [{variant}]\n"
        );
        let model = crate::model::load("", &text, &[], None).model.unwrap();
        let mut findings = Findings::default();
        check(&model, &Program::outline(&model), &mut findings);
        let found = findings.into_sorted();
        found.iter().find_map(|d| match d.problem {
            Problem::Warning(Warning::Overload { share, .. }) => Some(share),
            _ => None,
        })
    }

    #[test]
    fn each_kind_of_deal_asks_for_the_work_of_its_variant() {
        // The stage's own plan needs 40 hours; this one needs 10 × 1 h + 30 × 1.5 h = 55 h.
        assert_eq!(overload("", "1h", "{when: {value: {above: 0}}, cost: 1}"), None);
        let by_source =
            overload("", "1h", "{when: {source: b}, work: {role: seller, time: 90 min}}");
        assert!((by_source.unwrap() - 55.0 / 45.0).abs() < 1e-9, "{by_source:?}");
        // 40 × 2 h would be too much, but three quarters of the deals take half an hour: 35 h.
        let small = "{when: {size: small}, work: {role: seller, time: 30 min}}";
        assert_eq!(overload("", "2h", small), None);
        // A cost that is a share of the value changes no load, nor does a chance that varies.
        for money in [
            "next: 50%, cost: 4%",
            "next: {won: {share: {beta: {mean: 50%, sd: 5%}}, per: run}, lost: rest}",
        ] {
            let text = format!(
                "horizon: 52 weeks\nvalue: 9\nsources: {{a: {{rate: 55/week}}}}\nroles: {{seller: {{people: 1}}}}\n\
                 stages: {{talk: {{work: {{role: seller, time: 1h}}, {money}}}}}\n"
            );
            let found = crate::lint::examine("", &text, &[], None).diagnostics;
            assert!(found.iter().any(|found| found.problem.code() == "V618"), "{money} {found:?}");
        }
        // All of the second source are large: 10 × 0.75 × 0.5 + (2.5 + 30) × 2 h = 68.75 h.
        let large = overload(", attributes: {size: large}", "2h", small);
        assert!((large.unwrap() - 68.75 / 45.0).abs() < 1e-9, "{large:?}");
    }
}
