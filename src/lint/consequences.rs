//! Warnings that only follow from another one: a single cause is told once.

use crate::diagnostic::{Diagnostic, Doubt, Problem};

/// Removes the warnings whose cause is told by another one.
pub(super) fn remove(found: &mut Vec<Diagnostic>) {
    // `2.900/month` is little pay because its point is read as a decimal sign.
    let is_of_point = |found: &&Diagnostic| {
        matches!(found.problem, Problem::Doubt(Doubt::PointOfThousands { .. }))
    };
    let points: Vec<String> = found.iter().filter(is_of_point).map(|d| d.path.clone()).collect();
    found.retain(|found| match &found.problem {
        Problem::Doubt(Doubt::SmallPay { .. } | Doubt::UnequalPay { .. }) => {
            !points.contains(&format!("{}.cost", found.path))
        }
        _ => true,
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn pay_whose_point_is_read_otherwise_is_told_once() {
        let text = "roles: {seller: {people: 2, cost: 2.900/month}}\n\
                    stages: {lead: {work: {role: seller, time: 5 min}, next: 50%}}\n";
        let found = crate::lint::examine("", text, &[], None).diagnostics;
        let codes: Vec<_> = found.iter().map(|found| found.problem.code()).collect();
        assert_eq!(codes, ["V652"]);
    }
}
