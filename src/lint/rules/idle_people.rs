//! Many people on a salary who have next to no work: a count typed with a digit too many, or work in another unit.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::loads;
use crate::model::{Model, Role};
use crate::program::{Id, Program};
use crate::quantity::Pay;

/// Fewer people may stand by for the rare deal.
const MANY: u64 = 20;
/// A smaller part of the working time than this is next to nothing.
const IDLE: f64 = 0.02;

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    // Loads take time in large models.
    if !model.roles.iter().any(|role| on_salary(role) >= MANY) {
        return;
    }
    for load in loads::of(model, program) {
        let role = &model.roles[load.role.index()];
        let learns = model.rollout.as_ref().and_then(|rollout| rollout.work.as_ref());
        let is_taught = learns.is_some_and(|work| work.role.0 == role.name);
        // Another rule reports a role without any work.
        let is_idle = load.share > 0.0 && load.share < IDLE;
        if is_idle && on_salary(role) >= MANY && !is_taught {
            let (name, people) = (role.name.clone(), load.people);
            let problem = Doubt::IdlePeople { role: name, people, share: load.share };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
}

/// The number of people of a role who are paid by the month.
fn on_salary(role: &Role) -> u64 {
    let salaried = |pay: Option<Pay>| matches!(pay, Some(Pay::Monthly(pay)) if pay > 0.0);
    let paid = role.people.iter().flatten().filter(|group| salaried(group.pay.or(role.pay)));
    paid.map(|group| group.count).sum()
}

#[cfg(test)]
mod tests {
    fn codes(seller: &str, time: &str) -> Vec<&'static str> {
        let text = format!(
            "sources: {{web: {{rate: 20/week}}}}\nvalue: 90000\nroles: {{seller: {{{seller}}}}}\n\
             stages: {{lead: {{work: {{role: seller, time: {time}}}, next: 50%}}}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn hundreds_of_people_for_little_work_are_found() {
        assert_eq!(codes("people: 300, cost: 90000/month", "1h"), ["V672"]);
        assert_eq!(codes("people: 30, cost: 90000/month", "1 min"), ["V672"]);
    }

    #[test]
    fn few_people_and_those_paid_by_the_hour_may_wait() {
        assert_eq!(codes("people: 300", "1h"), [""; 0]);
        assert_eq!(codes("people: 300, cost: 900/hour", "1h"), [""; 0]);
        assert_eq!(codes("people: 10, cost: 90000/month", "1 min"), [""; 0]);
        assert_eq!(codes("people: 20, cost: 90000/month", "1h"), [""; 0]);
    }
}
