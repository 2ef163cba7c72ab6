//! A window that ends before the fastest deal can be won.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::reach::Reach;
use crate::model::{Horizon, Model};
use crate::quantity::{DAY_MICROS, Length};

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Horizon::Length(length) = model.horizon else { return };
    // Clients from before and deals that are there at the start are sold to sooner.
    if model.sources.iter().any(|source| source.clients || source.at_start.is_some()) {
        return;
    }
    let reach = Reach::of(model, false);
    let least = reach.to_sale(&reach.entries(None)) / DAY_MICROS as f64;
    let window = length.nominal_days() + model.warmup.map_or(0.0, Length::nominal_days);
    if least.is_finite() && least > window {
        let problem = Doubt::NoSaleInWindow { least, window, warms_up: model.warmup.is_some() };
        findings.report(problem, model.window.place, model.window.path.clone());
    }
}

#[cfg(test)]
mod tests {
    fn codes(window: &str, source: &str) -> Vec<&'static str> {
        let text = format!(
            "{window}\nsources: {{web: {{rate: 90/week{source}}}}}\n\
             stages: {{lead: {{wait: 10d, next: 50%}}, demo: {{wait: {{uniform: {{min: 5d, max: 9d}}}}, next: 50%}}}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_window_must_hold_the_fastest_sale() {
        assert_eq!(codes("horizon: 2 weeks", ""), ["V677"]);
        assert_eq!(codes("horizon: 16d", ""), [""; 0]);
        assert_eq!(codes("horizon: 2 weeks\nwarmup: 1 month", ""), [""; 0]);
        assert_eq!(codes("horizon: 2 weeks", ", at_start: 20"), [""; 0]);
    }
}
