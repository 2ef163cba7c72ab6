//! Whether a plan meets its targets: with more and more replications, until that is decided.

use crate::kpi::Unit;
use crate::model::{Expectation, Limits};
use crate::stats::Estimate;
use crate::study::expectations::limits_of;

/// A target of a plan, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The figure, or the chance that it keeps to its limits.
    pub found: Estimate,
    /// The unit of the figure.
    pub unit: Unit,
    /// Whether the target is met.
    pub met: bool,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure a judgement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Theory knows the figure.
    Exact,
    /// The interval lies on one side of the limit.
    Certain,
    /// The figure is so near to its limit that the difference does not matter.
    Near,
    /// The replications were used up, or another target was missed before.
    Open,
}

/// Decides a target from its interval. In a zone around the limit a plan may be judged either way:
/// there the estimate decides once the interval is no wider than the zone. The zone is in percentage
/// points for shares and chances, and a part of the limit for other figures.
pub(super) fn decide(
    expectation: &Expectation,
    (found, unit): (&Estimate, Unit),
    zone: f64,
) -> Option<(bool, Certainty)> {
    let limits = limits_of(expectation);
    let Some(value) = found.value else { return Some((false, Certainty::Certain)) };
    let half = found.half_width?;
    let Limits { at_least, at_most } = limits;
    let is_out = at_least.is_some_and(|least| value + half < least)
        || at_most.is_some_and(|most| value - half > most);
    if is_out {
        return Some((false, Certainty::Certain));
    }
    let is_in = at_least.is_none_or(|least| value - half >= least)
        && at_most.is_none_or(|most| value + half <= most);
    if is_in {
        return Some((true, Certainty::Certain));
    }
    let is_share = unit == Unit::Share || expectation.chance.is_some();
    let near = |limit: f64| zone * if is_share { 1.0 } else { limit.abs() };
    let is_near = [at_least, at_most].into_iter().flatten().all(|limit| half <= near(limit));
    is_near.then(|| (is_within(value, limits), Certainty::Near))
}

/// Whether a value keeps to limits.
pub(super) fn is_within(value: f64, limits: Limits) -> bool {
    limits.at_least.is_none_or(|least| value >= least)
        && limits.at_most.is_none_or(|most| value <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    #[test]
    fn near_a_limit_the_estimate_decides() {
        let text = "stages: {a: {next: 40%}}\nexpect: [{kpi: win_rate, at_least: 40%}]\n";
        let model = load("m.yaml", text, &[], None).model.expect("the model is sound");
        let of = |value, half| {
            let found = Estimate { value: Some(value), half_width: Some(half), level: 0.95 };
            decide(&model.expectations[0], (&found, Unit::Share), 0.02)
        };
        assert_eq!(of(0.5, 0.05), Some((true, Certainty::Certain)));
        assert_eq!(of(0.3, 0.05), Some((false, Certainty::Certain)));
        assert_eq!(of(0.41, 0.05), None);
        assert_eq!(of(0.41, 0.015), Some((true, Certainty::Near)));
        assert_eq!(of(0.39, 0.015), Some((false, Certainty::Near)));
    }
}
