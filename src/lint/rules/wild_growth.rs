//! Growth that multiplies the arrivals of a source more than a thousandfold in the window: perhaps per day for per month.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::region::seconds;
use crate::model::{Arrivals, Horizon, Model};

/// No source grows or shrinks so much while a process stays the same.
const MOST: f64 = 1_000.0;
const DAY_SECONDS: f64 = 86_400.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Horizon::Length(length) = model.horizon else { return };
    for source in &model.sources {
        let Arrivals::Rate { growth, .. } = &source.arrivals else { continue };
        let until = source.until.map(|until| seconds(model, until) as f64 / DAY_SECONDS);
        let days = length.nominal_days().min(until.unwrap_or(f64::INFINITY)).max(0.0);
        let times = libm::pow(*growth, days);
        if !(1.0 / MOST..=MOST).contains(&times) {
            let problem = Doubt::WildGrowth { source: source.name.clone(), grows: times > 1.0 };
            findings.report(problem, source.spot.place, source.spot.path.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    fn codes(source: &str) -> Vec<&'static str> {
        let text = format!(
            "sources: {{web: {{rate: 20/week, {source}}}}}\nstages: {{lead: {{wait: 1d, next: 50%}}}}\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn growth_per_day_for_growth_per_month_is_found() {
        assert_eq!(codes("growth: 5%/day"), ["V673"]);
        assert_eq!(codes("growth: -5%/day"), ["V673"]);
    }

    #[test]
    fn a_start_up_and_a_short_campaign_may_grow_fast() {
        assert_eq!(codes("growth: 30%/month"), [""; 0]);
        assert_eq!(codes("growth: 10%/week"), [""; 0]);
        assert_eq!(codes("growth: 10%/day, until: 2024-02-01"), [""; 0]);
        assert_eq!(codes("growth: 1%/day"), [""; 0]);
    }
}
