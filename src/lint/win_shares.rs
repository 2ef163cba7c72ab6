//! The greatest and the least share of deals that the branches of a model let win, whichever variants hold.
//!
//! A share of won among decided deals is above a number t exactly if (1 - t) for each won deal and -t for each lost one
//! sum to more than 0. So the greatest such sum over all choices of variants, found by iteration, tells whether any
//! choice gets above t, and halving finds the t where it does not.

use std::collections::HashMap;

use crate::model::{Branch, Model, ReasonClass, Stage, Target};

/// Sweeps over the stages before a loop counts as too slow to judge.
const MOST_SWEEPS: usize = 2_000;
/// Halvings: the share is known to a millionth.
const HALVINGS: usize = 20;

/// What becomes of the deals in a stage by one of its variants.
struct Plan {
    won: f64,
    lost: f64,
    next: Vec<(usize, f64)>,
}

/// Which deals count as decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    /// Won and lost ones, but not those that were lost for a reason of the class `disqualified`.
    Decided,
    /// All of them.
    All,
}

/// The variants of all stages.
pub(super) struct Shares {
    plans: Vec<Vec<Plan>>,
    among: Among,
}

impl Shares {
    pub(super) fn of(model: &Model, among: Among) -> Shares {
        let index: HashMap<&str, usize> =
            (0..).zip(&model.stages).map(|(at, stage)| (stage.name.as_str(), at)).collect();
        let disqualified: Vec<&str> = model
            .reasons
            .iter()
            .filter(|(_, class, _)| *class == ReasonClass::Disqualified)
            .map(|(reason, ..)| reason.as_str())
            .collect();
        let plan = |at: usize, branches: &[Branch]| {
            let mut plan = Plan { won: 0.0, lost: 0.0, next: Vec::new() };
            for branch in branches {
                let mut to = |next: usize| {
                    // The first sale decides.
                    if model.stages[next].sale.is_some() {
                        plan.won += branch.probability;
                    } else {
                        plan.next.push((next, branch.probability));
                    }
                };
                match &branch.target {
                    Target::Stage(name) => to(index[name.as_str()]),
                    Target::Following if at + 1 < model.stages.len() => to(at + 1),
                    Target::Following | Target::Won => plan.won += branch.probability,
                    Target::Lost(Some(reason)) if disqualified.contains(&reason.as_str()) => {}
                    Target::Lost(_) => plan.lost += branch.probability,
                    Target::Done | Target::Cancelled(_) => {}
                }
            }
            plan
        };
        let plans = |(at, stage): (usize, &Stage)| {
            let own = stage.plans().map(|one| one.next.as_ref().or(stage.plan.next.as_ref()));
            let limit = stage.max_visits.iter().map(|limit| limit.next.as_slice());
            let impatient = stage.plans().filter_map(|plan| plan.patience.as_ref());
            let others = limit.chain(impatient.map(|patience| patience.next.as_slice()));
            own.flatten().map(Vec::as_slice).chain(others).map(|next| plan(at, next)).collect()
        };
        let plans = model.stages.iter().enumerate().map(plans).collect();
        Shares { plans, among }
    }

    /// The greatest share from any of these stages; `None` if loops are too slow to tell.
    pub(super) fn most(&self, starts: &[usize]) -> Option<f64> {
        let gets_above = |t: f64| {
            let sums = self.sums(t, f64::max)?;
            Some(starts.iter().any(|at| sums[*at] > 1e-9))
        };
        halved(gets_above)
    }

    /// The least share from any of these stages; `None` if loops are too slow to tell.
    pub(super) fn least(&self, starts: &[usize]) -> Option<f64> {
        let stays_above = |t: f64| {
            let sums = self.sums(t, f64::min)?;
            Some(starts.iter().all(|at| sums[*at] > 1e-9))
        };
        halved(stays_above)
    }

    /// The best sum from each stage.
    fn sums(&self, t: f64, best: fn(f64, f64) -> f64) -> Option<Vec<f64>> {
        let loss = if self.among == Among::Decided { -t } else { 0.0 };
        let gain = if self.among == Among::Decided { 1.0 - t } else { 1.0 };
        let mut sums = vec![0.0; self.plans.len()];
        for _ in 0..MOST_SWEEPS {
            let mut moved = 0.0_f64;
            // Backwards, because most branches lead forwards.
            for (at, plans) in self.plans.iter().enumerate().rev() {
                let sum = |plan: &Plan| {
                    let next: f64 = plan.next.iter().map(|(to, share)| share * sums[*to]).sum();
                    plan.won * gain + plan.lost * loss + next
                };
                let Some(new) = plans.iter().map(sum).reduce(best) else { continue };
                moved = moved.max((new - sums[at]).abs());
                sums[at] = new;
            }
            if moved < 1e-10 {
                return Some(sums);
            }
        }
        None
    }

    /// The greatest share of all deals from any of these stages that are won; `None` if loops are too slow to tell.
    pub(super) fn most_of_all(&self, starts: &[usize]) -> Option<f64> {
        let sums = self.sums(0.0, f64::max)?;
        starts.iter().map(|at| sums[*at]).reduce(f64::max)
    }
}

/// The greatest number between 0 and 1 for which something holds, if it holds below it only.
fn halved(holds: impl Fn(f64) -> Option<bool>) -> Option<f64> {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if holds(middle)? { low = middle } else { high = middle }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_and_the_worst_variant_bound_the_share() {
        let text = "reasons: {spam: disqualified}\nstages:\n  a:\n    next: {b: 50%, lost: {spam: 30%, price: rest}}\n    \
                    variants: [{when: {value: {above: 5}}, next: {b: 80%, lost: rest}}]\n  \
                    b: {next: {b: 50%, won: 40%, lost: rest}}\nvalue: 5\n";
        let model = crate::model::load("", text, &[], None).model.unwrap();
        let shares = Shares::of(&model, Among::Decided);
        // From b 80 % win: 0.5 × 0.8 of the 70 % that are decided, or 0.8 × 0.8.
        let (least, most) = (shares.least(&[0]).unwrap(), shares.most(&[0]).unwrap());
        assert!((least - 0.4 / 0.7).abs() < 1e-5 && (most - 0.64).abs() < 1e-5, "{least} {most}");
        assert!((Shares::of(&model, Among::All).most_of_all(&[0]).unwrap() - 0.64).abs() < 1e-5);
    }
}
