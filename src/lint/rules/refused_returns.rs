//! A branch back to a stage that allows one visit, so that all of its deals are lost there.
//!
//! Only branches of stages that deals reach through that stage alone are told: any other may also be a first visit.

use crate::diagnostic::{Doubt, Findings, Related, Relation};
use crate::model::transitions::Transitions;
use crate::model::{Branch, Model, Source, Target};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    // A scenario may try what happens without any rework.
    if model.scenario.is_some() {
        return;
    }
    let is_one = |at: &usize| {
        let limit = model.stages[*at].max_visits.as_ref();
        limit.is_some_and(|limit| {
            let lost = |branch: &Branch| branch.target == Target::Lost(None);
            limit.count == 1 && limit.next.iter().all(lost)
        })
    };
    let mut once = (0..model.stages.len()).filter(is_one).peekable();
    if once.peek().is_none() {
        return;
    }
    let transitions = model.transitions();
    let entered =
        |source: &Source| source.enters.as_ref().map_or(0, |(name, _)| model.stage_index(name));
    let entries: Vec<usize> = model.sources.iter().map(entered).collect();
    let sales: Vec<usize> =
        (0..model.stages.len()).filter(|at| model.stages[*at].sale.is_some()).collect();
    for at in once {
        // After a sale, visits are counted anew.
        if reached(&transitions, &sales, None)[at] {
            continue;
        }
        let others = reached(&transitions, &entries, Some(at));
        let stage = &model.stages[at];
        let behind = |from: &usize| transitions.reached[*from] && !others[*from];
        for from in (0..model.stages.len()).filter(behind) {
            let branches = model.stages[from].plans().filter_map(|plan| plan.next.as_ref());
            let returns = |branch: &&Branch| {
                branch.probability > 0.0
                    && match &branch.target {
                        Target::Stage(name) => *name == stage.name,
                        Target::Following => from + 1 == at,
                        _ => false,
                    }
            };
            for branch in branches.flatten().filter(returns) {
                let related = Related { place: stage.spot.place, relation: Relation::First };
                let problem = Doubt::RefusedReturn { stage: stage.name.clone() };
                let spot = &branch.spot;
                findings.report_beside(problem, spot.place, spot.path.clone(), related);
            }
        }
    }
}

/// Which stages deals reach from some others, these included, without one of them.
fn reached(transitions: &Transitions, from: &[usize], without: Option<usize>) -> Vec<bool> {
    let (mut open, mut reached) = (from.to_vec(), vec![false; transitions.to.len()]);
    while let Some(at) = open.pop() {
        if Some(at) != without && !std::mem::replace(&mut reached[at], true) {
            open.extend(&transitions.to[at]);
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    fn codes(offer: &str, stages: &str) -> Vec<&'static str> {
        let text = format!(
            "stages:\n  lead: {{wait: 1d, next: {{offer: 50%, lost: rest}}}}\n  \
             offer: {{wait: 1d, {offer}, next: {{talk: 50%, lost: rest}}}}\n{stages}"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    const TALK: &str = "  talk: {wait: 1d, next: {offer: 30%, won: 30%, lost: rest}}\n";

    #[test]
    fn a_way_back_that_always_loses_is_found() {
        assert_eq!(codes("max_visits: 1", TALK), ["V671"]);
    }

    #[test]
    fn a_second_visit_an_exit_and_a_first_visit_are_meant() {
        assert_eq!(codes("max_visits: 2", TALK), [""; 0]);
        assert_eq!(codes("max_visits: {count: 1, lost: too late}", TALK), [""; 0]);
        assert_eq!(codes("max_visits: {count: 1, next: won}", TALK), [""; 0]);
        // Some deals come to the talk from elsewhere.
        let aside = "  talk: {wait: 1d, next: {offer: 30%, won: 30%, lost: rest}}\nsources: {web: {rate: 9/day}, calls: {rate: 1/day, enters: talk}}\n";
        assert_eq!(codes("max_visits: 1", aside), [""; 0]);
        // After a sale, visits are counted anew.
        let sold = "  talk: {sale: true, wait: 1d, next: {offer: 30%, done: rest}}\n";
        assert_eq!(codes("max_visits: 1", sold), ["V680"]);
    }
}
