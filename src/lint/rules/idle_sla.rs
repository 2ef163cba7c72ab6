//! An `sla` that no visit keeps, or that no visit can miss, also because the window is shorter.

use crate::diagnostic::{Doubt, Findings, Warning};
use crate::lint::deals::Deals;
use crate::lint::durations::of_used_visit;
use crate::model::{Horizon, Model};
use crate::quantity::{DAY_MICROS, Length};

/// Tables of times are exact to a millionth; this is well above.
const SLACK: f64 = 1.001;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let deals = Deals::of(model);
    let longest = simulated(model);
    for (at, stage) in model.stages.iter().enumerate() {
        let Some(sla) = &stage.sla else { continue };
        let own = deals.as_ref().is_none_or(|deals| deals.use_own_plan(at));
        let (visit, promised) = (of_used_visit(stage, sla.working, own), sla.micros as f64);
        let kept = visit.most * SLACK <= promised;
        if kept || promised * SLACK < visit.least {
            let problem = Warning::IdleSla { stage: stage.name.clone(), kept };
            findings.report(problem, sla.spot.place, sla.spot.path.clone());
        } else if promised > longest {
            let problem = Doubt::SlaBeyondWindow { stage: stage.name.clone() };
            findings.report(problem, sla.spot.place, sla.spot.path.clone());
        }
    }
}

/// The longest visit that can end in the window, in microseconds.
fn simulated(model: &Model) -> f64 {
    // Deals that are there at the start have been there for a while.
    let is_begun = model.sources.iter().any(|source| source.at_start.is_some());
    let Horizon::Length(window) = model.horizon else { return f64::INFINITY };
    let warmup = model.warmup.map_or(0.0, Length::nominal_days);
    if is_begun { f64::INFINITY } else { (window.nominal_days() + warmup) * DAY_MICROS as f64 }
}

#[cfg(test)]
mod tests {
    fn codes(head: &str, sla: &str) -> Vec<&'static str> {
        let text = format!(
            "{head}\nroles: {{seller: {{people: 5}}}}\nstages:\n  lead: {{work: {{role: seller, time: 2h}}, \
             wait: {{exponential: {{mean: 3d}}}}, sla: {sla}, next: 50%}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_promise_below_the_work_or_above_the_window_is_found() {
        assert_eq!(codes("horizon: 3 months", "1h"), ["V639"]);
        assert_eq!(codes("horizon: 3 months", "300d"), ["V639"]);
        assert_eq!(codes("horizon: 3 months", "3h"), [""; 0]);
        assert_eq!(codes("horizon: 3 months", "30d"), [""; 0]);
        assert_eq!(codes("horizon: 12 months", "300d"), [""; 0]);
        assert_eq!(codes("horizon: 3 months\nwarmup: 9 months", "300d"), [""; 0]);
    }
}
