//! A role that is asked for more work than it has time for: its queue would grow without limit.
//!
//! Work asked for is arrivals × expected visits × mean work, by the stages' own plans without their
//! variants; time is what people have in a plain week. Both are long-run averages, so a window in
//! which a season or a holiday overloads a role is not noticed here. Where later visits go other
//! ways than first ones, first visits say too little of a loop, and the rule keeps silent; the run
//! says it all the same.

use crate::analytic::chain;
use crate::diagnostic::{Findings, Problem};
use crate::model::{Action, Arrivals, Horizon, Measured, Model, Role, Source, Stage, Target, Test};
use crate::quantity::DAY_MICROS;

const WEEK_MINUTES: f64 = 7.0 * 24.0 * 60.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let limited = model.roles.iter().filter(|role| role.people.is_some());
    let mut asked: Vec<(&Role, f64)> = limited.map(|role| (role, 0.0)).collect();
    if asked.is_empty() || later_visits_differ(model) {
        return;
    }
    let Some(visits) = visits_a_day(model) else { return };
    for (stage, visits) in model.stages.iter().zip(&visits) {
        for step in stage.plan.steps_over(&stage.plan) {
            let Action::Work(work) = &step.action else { continue };
            let role = asked.iter_mut().find(|(role, _)| role.name == work.role.0);
            if let Some((_, asked)) = role {
                *asked += visits * work.time.mean();
            }
        }
    }
    for (role, asked) in asked {
        let (people, has) = time_a_day(model, role);
        let share = asked / has;
        if has > 0.0 && share >= 1.0 {
            let problem = Problem::Overload {
                role: role.name.clone(),
                share,
                missing: (share - 1.0) * people,
                patient: is_patient(model, role),
            };
            findings.report(problem, role.spot.place, role.spot.path.clone());
        }
    }
}

/// Whether a variant changes the ways or the work of later visits.
fn later_visits_differ(model: &Model) -> bool {
    let variants = model.stages.iter().flat_map(|stage| &stage.variants);
    variants.into_iter().any(|variant| {
        let mut tests = variant.when.tests.iter();
        let by_visit = tests.any(|test| matches!(test, Test::Number(Measured::Visit, _)));
        let plan = &variant.plan;
        by_visit && (plan.next.is_some() || plan.given_steps().next().is_some())
    })
}

/// People of a role, and the working time that they have on an average day, in microseconds.
fn time_a_day(model: &Model, role: &Role) -> (f64, f64) {
    let (mut people, mut time) = (0.0, 0.0);
    for group in role.people.iter().flatten() {
        let calendar = group.calendar.as_ref().or(role.calendar.as_ref());
        let hours = model.hours(calendar.map(|(name, _)| name.as_str()));
        let open = hours.week_minutes() as f64 / WEEK_MINUTES;
        people += group.count as f64;
        time += group.count as f64 * open * DAY_MICROS as f64;
    }
    (people, time)
}

/// Whether all queues of a role lose deals that wait too long.
fn is_patient(model: &Model, role: &Role) -> bool {
    let asks = |stage: &Stage| {
        stage.plan.given_steps().any(|step| match &step.action {
            Action::Work(work) => work.role.0 == role.name,
            Action::Wait(_) => false,
        })
    };
    let mut stages = model.stages.iter().filter(|stage| asks(stage));
    stages.all(|stage| stage.plan.patience.is_some())
}

/// Expected visits of each stage on an average day.
fn visits_a_day(model: &Model) -> Option<Vec<f64>> {
    let count = model.stages.len();
    let mut transitions = vec![vec![0.0; count]; count];
    for (at, stage) in model.stages.iter().enumerate() {
        for branch in stage.plan.next.iter().flatten() {
            let to = match &branch.target {
                Target::Stage(name) => model.stage_index(name),
                Target::Following if at + 1 < count => at + 1,
                _ => continue,
            };
            transitions[at][to] += branch.probability;
        }
    }
    let mut arrivals = vec![0.0; count];
    for source in &model.sources {
        let entry = source.enters.as_ref().map_or(0, |(name, _)| model.stage_index(name));
        arrivals[entry] += rate(model, source);
    }
    chain::visits(&transitions, &arrivals)
}

/// Deals of a source on an average day.
fn rate(model: &Model, source: &Source) -> f64 {
    let days = match model.horizon {
        Horizon::Length(length) => length.nominal_days(),
        Horizon::UntilEmpty => f64::INFINITY,
    };
    let rate = match &source.arrivals {
        Arrivals::Rate { steps, months, weekdays, .. } => {
            let mean = |factors: &[f64]| factors.iter().sum::<f64>() / factors.len() as f64;
            // Rates that change are taken at their last value, which is where they lead.
            let last = steps.last().map_or(0.0, |step| step.rate.per_day);
            last * mean(months) * mean(weekdays)
        }
        Arrivals::Every(gap) => {
            let open = source.calendar.as_ref().map_or(1.0, |(name, _)| {
                model.hours(Some(name)).week_minutes() as f64 / WEEK_MINUTES
            });
            source.batch as f64 * open * DAY_MICROS as f64 / gap.mean()
        }
    };
    match source.count {
        Some(count) if days.is_finite() => rate.min(count as f64 / days),
        _ => rate,
    }
}
