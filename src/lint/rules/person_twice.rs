//! A person who is named twice among the people of one role.

use std::collections::BTreeSet;

use crate::diagnostic::{Doubt, Findings};
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    for role in &model.roles {
        let mut seen = BTreeSet::new();
        let names = role.people.iter().flatten().filter_map(|group| group.name.as_deref());
        let mut twice = names.filter(|name| !seen.insert(*name));
        if let Some(person) = twice.next() {
            let (person, role_name) = (person.to_owned(), role.name.clone());
            let problem = Doubt::PersonTwice { person, role: role_name };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    fn codes(people: &str) -> Vec<&'static str> {
        let text = format!(
            "roles: {{seller: {{people: [{people}]}}}}\nstages: {{lead: {{work: {{role: seller, time: 5 min}}, next: 50%}}}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn one_person_is_not_two() {
        assert_eq!(codes("{name: Ann}, {name: Ann}"), ["V682"]);
        assert_eq!(codes("{name: Ann}, {name: Bob}, {count: 2}"), [""; 0]);
    }
}
