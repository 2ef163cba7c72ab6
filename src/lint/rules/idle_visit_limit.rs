//! `max_visits` or `revisit` of a stage that no deal comes back to before its next sale.

use std::collections::BTreeSet;

use crate::diagnostic::{Doubt, Findings};
use crate::model::Model;
use crate::model::transitions::Transitions;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let transitions = model.transitions();
    for (at, stage) in model.stages.iter().enumerate() {
        let asks = stage.max_visits.is_some()
            || stage.satisfaction.as_ref().is_some_and(|own| own.revisit != 0);
        if asks && transitions.reached[at] && !comes_back(model, &transitions, at) {
            let key = if stage.max_visits.is_some() { "max_visits" } else { "revisit" };
            let problem = Doubt::IdleVisitLimit { stage: stage.name.clone(), key };
            findings.report(problem, stage.spot.place, stage.spot.path.clone());
        }
    }
}

/// Whether some way leads from a stage back to it without a sale, with which the visits are counted anew.
fn comes_back(model: &Model, transitions: &Transitions, at: usize) -> bool {
    let (mut open, mut seen) = (vec![at], BTreeSet::new());
    while let Some(stage) = open.pop() {
        for next in &transitions.to[stage] {
            let sells = model.stages[*next].sale.is_some();
            if *next == at && !sells {
                return true;
            }
            if !sells && seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    fn codes(stages: &str) -> Vec<&'static str> {
        let text = format!("stages:\n{stages}");
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_limit_needs_a_way_back_before_the_next_sale() {
        let straight =
            "  lead: {wait: 1d, max_visits: 3, next: 50%}\n  offer: {wait: 1d, next: 40%}\n";
        assert_eq!(codes(straight), ["V680"]);
        let back = "  lead: {wait: 1d, max_visits: 3, next: 50%}\n  offer: {wait: 1d, next: {won: 40%, lead: 20%, lost: rest}}\n";
        assert_eq!(codes(back), [""; 0]);
        let itself = "  lead: {wait: 1d, max_visits: 3, next: {won: 40%, lead: 20%, lost: rest}}\n";
        assert_eq!(codes(itself), [""; 0]);
        let after_sale = "  lead: {wait: 1d, max_visits: 3, next: {order: 50%, lost: rest}}\n  \
                          order: {sale: true, wait: 1d, next: {lead: 40%, lost: rest}}\n";
        assert_eq!(codes(after_sale), ["V680"]);
    }
}
