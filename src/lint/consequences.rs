//! Warnings that only follow from another one: a single cause is told once.

use crate::diagnostic::{Diagnostic, Doubt, Problem};

/// Removes the warnings whose cause is told by another one.
pub(super) fn remove(found: &mut Vec<Diagnostic>) {
    // `2.900/month` is little pay because its point is read as a decimal sign.
    let is_of_point = |found: &&Diagnostic| {
        matches!(found.problem, Problem::Doubt(Doubt::PointOfThousands { .. }))
    };
    let points: Vec<String> = found.iter().filter(is_of_point).map(|d| d.path.clone()).collect();
    let has_point = |path: &str, key: &str| points.contains(&format!("{path}.{key}"));
    found.retain(|found| match &found.problem {
        Problem::Doubt(Doubt::SmallPay { .. } | Doubt::UnequalPay { .. }) => {
            !has_point(&found.path, "cost")
        }
        Problem::Doubt(Doubt::WideSpread { .. }) => {
            !has_point(&found.path, "median") && !has_point(&found.path, "p90")
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

    #[test]
    fn a_spread_that_a_point_makes_is_told_once() {
        let codes = |median: &str| -> Vec<&'static str> {
            let text = format!(
                "value: {{lognormal: {{median: {median}, p90: 4500.50}}}}\nstages: {{lead: {{wait: 1d, next: 50%}}}}\n"
            );
            let found = crate::lint::examine("", &text, &[], None).diagnostics;
            found.iter().map(|found| found.problem.code()).collect()
        };
        assert_eq!(codes("1.200"), ["V652"]);
        assert_eq!(codes("1.2"), ["V674"]);
    }
}
