//! Deals that arrive while nobody works and do not wait until somebody does: calls at night to an office that opens in the
//! morning.

use crate::diagnostic::{Doubt, Findings};
use crate::model::{Action, Model};
use crate::program::{Id, Program};
use crate::quantity::{DAY_MICROS, Instant, MINUTE_MICROS};

/// Days that are looked at: the hours of a calendar come back every week.
const DAYS: i64 = 14;
/// Moments of these days that are looked at, in minutes.
const EVERY: i64 = 15;
/// If at least this share of arrivals finds nobody in time, the hours were meant otherwise.
const NEARLY_ALL: f64 = 0.95;

pub(in crate::lint) fn check(model: &Model, program: &Program, findings: &mut Findings) {
    let has_hours = model.sources.iter().any(|source| source.calendar.is_some());
    if !has_hours || model.plans().all(|plan| plan.patience.is_none()) {
        return;
    }
    for (given, source) in model.sources.iter().zip(program.sources.iter()) {
        let stage = &model.stages[source.entry.index()];
        // Variants may do other work.
        let first = stage.plan.given_steps().next().map(|step| &step.action);
        let (Some(Action::Work(work)), Some(clock), Some(patience)) =
            (first, source.clock, &stage.plan.patience)
        else {
            continue;
        };
        let most = patience.time.time.maximum();
        let role = model.roles.iter().position(|role| role.name == work.role.0);
        let is_limited = model.role(&work.role.0).people.is_some();
        let (Some(role), true, true) = (role, is_limited, stage.variants.is_empty()) else {
            continue;
        };
        if patience.time.working || most >= DAY_MICROS as f64 {
            continue;
        }
        let Some(role) = program.roles.ids().nth(role) else { continue };
        let people = program.people_of(role);
        let (mut arrivals, mut lost) = (0_u32, 0_u32);
        for at in (0..DAYS * 24 * 60).step_by(EVERY as usize) {
            let from = Instant(program.window.start.0 + at * MINUTE_MICROS);
            let until = Instant(from.0 + EVERY * MINUTE_MICROS);
            if program.clocks[clock].between(from, until) > 0 {
                let leaves = Instant(until.0 + most as i64);
                let is_served = |clock| program.clocks[clock].between(from, leaves) > 0;
                arrivals += 1;
                lost += u32::from(!people.iter().any(|person| is_served(person.clock)));
            }
        }
        if arrivals > 0 && f64::from(lost) >= NEARLY_ALL * f64::from(arrivals) {
            let (source, stage) = (given.name.clone(), stage.name.clone());
            let problem = Doubt::NobodyThere { source, stage, role: work.role.0.clone() };
            let spot = &patience.spot;
            findings.report(problem, spot.place, spot.path.clone());
        }
    }
}
