//! Deals that arrive while nobody works and do not wait until somebody does: calls at night to an office that opens in the
//! morning.

use crate::analytic::inflow;
use crate::diagnostic::{Doubt, Findings};
use crate::model::{Action, Arrivals, Branch, Model, Source, Target};
use crate::program::{Id, Program};
use crate::quantity::{DAY_MICROS, Instant, MINUTE_MICROS};

/// Days that are looked at: the hours of a calendar come back every week.
const DAYS: i64 = 14;
/// Moments of these days that are looked at, in minutes.
const EVERY: i64 = 15;
/// If at least this share of the deals of a source with hours finds nobody in time, the hours were meant otherwise.
const NEARLY_ALL: f64 = 0.95;
/// The same of a source that brings deals at any time: a night is a smaller part of a week than of a life.
const MANY: f64 = 0.3;

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    if model.plans().all(|plan| plan.patience.is_none()) {
        return;
    }
    for (given, source) in model.sources.iter().zip(program.sources.iter()) {
        let stage = &model.stages[source.entry.index()];
        // Variants may do other work.
        let first = stage.plan.given_steps().next().map(|step| &step.action);
        let is_plain = stage.variants.iter().all(|variant| {
            let plan = &variant.plan;
            let acts = plan.steps.is_some() || plan.work.is_some() || plan.wait.is_some();
            !acts && plan.patience.is_none()
        });
        let (Some(Action::Work(work)), Some(patience), true) =
            (first, &stage.plan.patience, is_plain)
        else {
            continue;
        };
        // Who goes on without us was meant to.
        let goes_on = |branch: &Branch| !matches!(branch.target, Target::Lost(_));
        if patience.next.iter().any(goes_on) {
            continue;
        }
        let most = patience.time.time.quantile(NEARLY_ALL);
        let role = model.roles.iter().position(|role| role.name == work.role.0);
        let is_limited = model.role(&work.role.0).people.is_some();
        let Some(role) = role.filter(|_| is_limited) else { continue };
        // Another rule reports a source that brings nothing in the window.
        if inflow::weight(program, source) == 0.0 {
            continue;
        }
        if patience.time.working || most >= DAY_MICROS as f64 || given.has_no_arrivals() {
            continue;
        }
        let Some(role) = program.roles.ids().nth(role) else { continue };
        let people = program.people_of(role);
        let (mut arrivals, mut lost) = (0.0, 0.0);
        for at in (0..DAYS * 24 * 60).step_by(EVERY as usize) {
            let from = Instant(program.window.start.0 + at * MINUTE_MICROS);
            let until = Instant(from.0 + EVERY * MINUTE_MICROS);
            let is_open = |clock| program.clocks[clock].between(from, until) > 0;
            if source.clock.is_none_or(is_open) {
                let leaves = Instant(until.0 + most as i64);
                let is_served = |clock| program.clocks[clock].between(from, leaves) > 0;
                let weight = weight(model, given, at / (24 * 60));
                arrivals += weight;
                if !people.iter().any(|person| is_served(person.clock)) {
                    lost += weight;
                }
            }
        }
        let share = if arrivals > 0.0 { lost / arrivals } else { 0.0 };
        let most = if source.clock.is_some() { NEARLY_ALL } else { MANY };
        if share >= most {
            let (source, stage) = (given.name.clone(), stage.name.clone());
            let problem = Doubt::NobodyThere { source, stage, role: work.role.0.clone(), share };
            let spot = &patience.spot;
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}

/// How many deals a source brings on a day after the start, compared with other days of the week.
fn weight(model: &Model, source: &Source, day: i64) -> f64 {
    let Arrivals::Rate { weekdays, .. } = &source.arrivals else { return 1.0 };
    let first = i64::from(model.start.weekday().to_monday_zero_offset());
    weekdays[((first + day) % 7) as usize]
}

#[cfg(test)]
mod tests {
    fn codes(patience: &str, source: &str) -> Vec<&'static str> {
        let text = format!(
            "roles: {{seller: {{people: 30}}}}\nsources: {{web: {{rate: 20/day{source}}}}}\nstages:\n  lead:\n    \
             work: {{role: seller, time: 10 min}}\n    patience: {patience}\n    next: 30%\n"
        );
        let found = crate::lint::examine("", &text, &[], None).diagnostics;
        found.iter().map(|found| found.problem.code()).collect()
    }

    #[test]
    fn deals_at_night_leave_before_the_morning() {
        assert_eq!(codes("30 min", ""), ["V658"]);
        assert_eq!(codes("{exponential: {mean: 1h}}", ""), ["V658"]);
    }

    #[test]
    fn patience_over_the_night_and_in_working_time_is_enough() {
        assert_eq!(codes("3d", ""), [""; 0]);
        assert_eq!(codes("2 working hours", ""), [""; 0]);
        assert_eq!(codes("{exponential: {mean: 2d}}", ""), [""; 0]);
        // Nights from Monday to Friday alone are a smaller part.
        let weekdays = ", season: {sat: 0, sun: 0}";
        assert_eq!(codes("15h", weekdays), [""; 0]);
    }

    #[test]
    fn who_goes_on_without_us_is_not_lost() {
        let text = "roles: {seller: {people: 30}}\nsources: {web: {rate: 20/day}}\nstages:\n  lead:\n    \
                    work: {role: seller, time: 10 min}\n    patience: {time: 30 min, next: alone}\n    next: 30%\n  \
                    alone: {wait: 1d, next: 20%}\n";
        assert!(crate::lint::examine("", text, &[], None).diagnostics.is_empty());
        let lost = text.replace("next: alone", "lost: hung up");
        let variant = "    next: 30%\n    variants: [{when: {source: web}, next: 40%}]\n";
        let lost = lost.replacen("    next: 30%\n", variant, 1);
        let found = crate::lint::examine("", &lost, &[], None).diagnostics;
        let codes: Vec<_> = found.iter().map(|found| found.problem.code()).collect();
        assert!(codes.contains(&"V658"), "{codes:?}");
    }
}
