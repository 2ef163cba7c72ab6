//! A role that is asked for more work than it has time for: its queue would grow without limit.
//!
//! Work asked for is arrivals × expected visits × mean work, kind of deal by kind of deal, each by the
//! variants that hold for it; time is what people have in a plain week. Both are long-run averages, so
//! a window in which a season or a holiday overloads a role is not noticed here, and variants that
//! depend on the deal's past or on queues are taken not to hold. Where later visits go other ways than
//! first ones, first visits say too little of a loop, and the rule keeps silent; the run says it all
//! the same.

use crate::analytic::dense;
use crate::diagnostic::{Findings, Problem};
use crate::lint::mix::{Kind, kinds};
use crate::model::{
    Action, Arrivals, Horizon, Measured, Model, Plan, Role, Source, Stage, Target, Test,
};
use crate::quantity::DAY_MICROS;

const WEEK_MINUTES: f64 = 7.0 * 24.0 * 60.0;

pub(in crate::lint) fn check(model: &Model, findings: &mut Findings) {
    let limited = model.roles.iter().filter(|role| role.people.is_some());
    let mut asked: Vec<(&Role, f64)> = limited.map(|role| (role, 0.0)).collect();
    if asked.is_empty() || later_visits_differ(model) {
        return;
    }
    let Some(kinds) = kinds(model) else { return };
    for kind in &kinds {
        let Some(visits) = visits_a_day(model, kind) else { return };
        for (stage, visits) in model.stages.iter().zip(&visits) {
            let plan = kind.variant(stage).unwrap_or(&stage.plan);
            for step in plan.steps_over(&stage.plan) {
                let Action::Work(work) = &step.action else { continue };
                let role = asked.iter_mut().find(|(role, _)| role.name == work.role.0);
                if let Some((_, asked)) = role {
                    *asked += visits * work.time.mean();
                }
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

/// Expected visits of each stage by deals of a kind on an average day.
fn visits_a_day(model: &Model, kind: &Kind<'_>) -> Option<Vec<f64>> {
    let count = model.stages.len();
    let mut transitions = vec![vec![0.0; count]; count];
    for (at, stage) in model.stages.iter().enumerate() {
        let next = |plan: &Plan| plan.next.is_some();
        let plan = kind.variant(stage).filter(|plan| next(plan)).unwrap_or(&stage.plan);
        for branch in plan.next.iter().flatten() {
            let to = match &branch.target {
                Target::Stage(name) => model.stage_index(name),
                Target::Following if at + 1 < count => at + 1,
                _ => continue,
            };
            transitions[at][to] += branch.probability;
        }
    }
    let mut arrivals = vec![0.0; count];
    let entry = kind.source.enters.as_ref().map_or(0, |(name, _)| model.stage_index(name));
    arrivals[entry] = rate(model, kind.source) * kind.share;
    dense::visits(&transitions, &arrivals)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The overload that is seen in a role of 45 hours a week.
    fn overload(source_b: &str, work: &str, variant: &str) -> Option<f64> {
        let text = format!(
            "attributes: {{size: {{small: 75%, large: rest}}}}\n\
             sources: {{a: {{rate: 10/week}}, b: {{rate: 30/week{source_b}}}}}\n\
             roles: {{seller: {{people: 1}}}}\n\
             stages:\n  talk:\n    work: {{role: seller, time: {work}}}\n    next: 50%\n    \
             variants: [{variant}]\n"
        );
        let model = crate::model::load("", &text, &[], None).model.unwrap();
        let mut findings = Findings::default();
        check(&model, &mut findings);
        let found = findings.into_sorted();
        found.iter().find_map(|d| match d.problem {
            Problem::Overload { share, .. } => Some(share),
            _ => None,
        })
    }

    #[test]
    fn each_kind_of_deal_asks_for_the_work_of_its_variant() {
        // 40 hours are asked for by the stage's own plan; 10 × 1 h + 30 × 1.5 h = 55 by this one.
        assert_eq!(overload("", "1h", "{when: {value: {above: 0}}, cost: 1}"), None);
        let by_source =
            overload("", "1h", "{when: {source: b}, work: {role: seller, time: 90 min}}");
        assert!((by_source.unwrap() - 55.0 / 45.0).abs() < 1e-9, "{by_source:?}");
        // 40 × 2 h would be too much, but three quarters of the deals take half an hour: 35 h.
        let small = "{when: {size: small}, work: {role: seller, time: 30 min}}";
        assert_eq!(overload("", "2h", small), None);
        // All of the second source are large: 10 × 0.75 × 0.5 + (2.5 + 30) × 2 h = 68.75 h.
        let large = overload(", attributes: {size: large}", "2h", small);
        assert!((large.unwrap() - 68.75 / 45.0).abs() < 1e-9, "{large:?}");
    }
}
