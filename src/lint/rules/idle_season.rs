//! A season whose months all lie outside the window.

use std::collections::BTreeSet;

use jiff::ToSpan;

use crate::calendar::shift;
use crate::diagnostic::{Doubt, Findings};
use crate::model::{Arrivals, Horizon, Model};

/// A year has every month.
const YEAR: usize = 366;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let Horizon::Length(length) = model.horizon else { return };
    let moves = |key: &String| matches!(key.as_str(), "start" | "horizon" | "warmup");
    if model.scenarios.iter().any(|scenario| scenario.changes.iter().any(moves)) {
        return;
    }
    let start = model.warmup.map_or(model.start, |warmup| shift(model.start, warmup, -1));
    let end = shift(model.start, length, 1).date();
    let days: Vec<_> =
        start.date().series(1.day()).take(YEAR).take_while(|day| *day <= end).collect();
    if days.len() >= YEAR {
        return;
    }
    let simulated: BTreeSet<usize> = days.iter().map(|day| day.month() as usize - 1).collect();
    for source in &model.sources {
        let Arrivals::Rate { months, .. } = &source.arrivals else { continue };
        let mut given = (0..).zip(months).filter(|(_, factor)| **factor != 1.0).peekable();
        if given.peek().is_some() && given.all(|(month, _)| !simulated.contains(&month)) {
            let problem = Doubt::IdleSeason { source: source.name.clone() };
            findings.report(problem, source.spot.place, source.spot.path.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    fn codes(horizon: &str, season: &str, more: &str) -> Vec<&'static str> {
        let text = format!(
            "start: 2026-01-12\nhorizon: {horizon}\nsources: {{web: {{rate: 20/week, season: {{{season}}}}}}}\n\
             stages: {{lead: {{wait: 1d, next: 50%}}}}\n{more}"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn months_outside_the_window_are_found() {
        assert_eq!(codes("3 months", "jul: 0.8, dec: 1.4", ""), ["V670"]);
    }

    #[test]
    fn one_month_in_the_window_or_a_weekday_is_enough() {
        assert_eq!(codes("3 months", "mar: 1.1, dec: 1.4", ""), [""; 0]);
        assert_eq!(codes("12 months", "dec: 1.4", ""), [""; 0]);
        assert_eq!(codes("3 months", "sat: 0.5", ""), [""; 0]);
        assert_eq!(codes("3 months", "jan: 0.8", ""), [""; 0]);
        let longer = "scenarios: {year: {horizon: 12 months}}\n";
        assert_eq!(codes("3 months", "dec: 1.4", longer), [""; 0]);
    }
}
