//! A calendar after the first one that no role and no source names.

use crate::diagnostic::{Doubt, Findings};
use crate::lint::used::Used;
use crate::model::Model;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let used = Used::of(model);
    // The first calendar is that of all who name none.
    for calendar in model.calendars.iter().skip(1).filter(|own| !used.has_calendar(&own.name)) {
        let problem = Doubt::UnusedCalendar { calendar: calendar.name.clone() };
        findings.report(problem, calendar.spot.place, calendar.spot.path.clone());
    }
}

#[cfg(test)]
mod tests {
    fn codes(role: &str, source: &str, more: &str) -> Vec<&'static str> {
        let text = format!(
            "calendars: {{day: {{hours: {{mon-fri: \"09:00-18:00\"}}}}, late: {{hours: {{mon-fri: \"14:00-22:00\"}}}}}}\n\
             roles: {{agent: {{people: {role}}}}}\nsources: {{web: {{rate: 9/week{source}}}}}\n\
             stages: {{lead: {{work: {{role: agent, time: 1h}}, next: 50%}}}}\n{more}"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn a_calendar_is_used_by_a_role_a_group_a_source_or_in_a_scenario() {
        assert_eq!(codes("2", "", ""), ["V678"]);
        assert_eq!(codes("2, calendar: late", "", ""), [""; 0]);
        assert_eq!(codes("[{count: 1}, {count: 1, calendar: late}]", "", ""), [""; 0]);
        assert_eq!(codes("2", ", calendar: late", ""), [""; 0]);
        let scenario = "scenarios: {evening: {roles: {agent: {calendar: late}}}}\n";
        assert_eq!(codes("2", "", scenario), [""; 0]);
    }
}
