//! People in the long run: their utilization, and the waits for them.

use super::sheet::Sheet;
use super::{Limit, Options};
use crate::analytic::chain::Chain;
use crate::analytic::demand::{Demand, Law};
use crate::analytic::flows::Flows;
use crate::analytic::people::steady;
use crate::analytic::queues::Wait;
use crate::analytic::{Blocker, Why};
use crate::kpi::{Figure, Kpi, Method, Population, Row, Scope, Stat};
use crate::program::{Id, Program, RoleId, StageId};
use crate::quantity::DAY_MICROS;

/// The rows of all roles, of the stages they work at, and of all queues together.
pub(super) fn rows(
    program: &Program,
    chain: &Chain<'_>,
    flows: &Flows,
    demands: &[Demand],
    options: &Options,
) -> Vec<Row> {
    let mut sheet = Sheet::new("", Population::LongRun);
    let busy = |load: f64| match steady(program) {
        Ok(_) => Figure::Exact(load),
        Err(_) => Figure::Approximate { value: load, method: Method::LoadOverTime },
    };
    for demand in demands {
        let scope = (Scope::Role, program.roles[demand.role].name.as_str());
        let lost = demand.abandoned.map_or(0.0, |abandoned| abandoned.leave);
        let load = (demand.load * (1.0 - lost)).min(1.0);
        sheet.of(Kpi::Utilization, scope, Stat::Share, busy(load));
        let missing = (demand.load - 1.0).max(0.0) * demand.servers as f64;
        sheet.of(Kpi::Utilization, scope, Stat::MissingPeople, busy(missing));
        if demand.load >= 1.0 && demand.abandoned.is_none() {
            let unstable = Figure::Unstable;
            sheet.of(Kpi::QueueTime, scope, Stat::Mean, unstable.clone());
            sheet.of(Kpi::QueueLength, scope, Stat::Mean, unstable);
        }
        if let Ok((wait, law)) = &demand.wait {
            queue(&mut sheet, scope, (wait, *law, demand), demand.rate, options);
        }
    }
    for (at, stage) in program.stages.entries() {
        let mut roles: Vec<RoleId> = stage.works().map(|work| work.role).collect();
        roles.dedup();
        let &[role] = roles.as_slice() else { continue };
        let Some(demand) = demands.iter().find(|demand| demand.role == role) else {
            continue;
        };
        let works: f64 = chain
            .states
            .iter()
            .zip(&flows.visits)
            .filter(|(state, _)| state.stage == Some(at))
            .map(|(state, visits)| {
                let steps = &stage.entry.case(state.case).steps;
                let works = steps.iter().filter(|step| step.is_work()).count();
                visits * works as f64
            })
            .sum();
        if let Ok((wait, law)) = &demand.wait {
            let rate = demand.rate * works / demand.works;
            let wait = (wait, *law, demand);
            queue(&mut sheet, (Scope::Stage, &stage.name), wait, rate, options);
        }
    }
    let known: Option<Vec<(&Demand, &Wait, Law)>> = demands
        .iter()
        .map(|demand| demand.wait.as_ref().ok().map(|(wait, law)| (demand, wait, *law)))
        .collect();
    if let Some(known) = known.filter(|known| !known.is_empty()) {
        let (mut length, mut waiting, mut rate, mut asked) = (0.0, 0.0, 0.0, 0.0);
        for (demand, wait, _) in &known {
            let (all, lost) = demand.abandoned.map_or((wait.mean, 0.0), |a| (a.all, a.leave));
            asked += demand.rate;
            length += demand.rate * all;
            waiting += demand.rate * (1.0 - lost) * wait.mean;
            rate += demand.rate * (1.0 - lost);
        }
        let nearly = known.iter().map(|(.., law)| *law).find(|law| *law != Law::Exact);
        let figure = |value| by_law(value, nearly.unwrap_or(Law::Exact));
        let mean = waiting / rate / DAY_MICROS as f64;
        sheet.whole(Kpi::QueueTime, Stat::Mean, figure(mean));
        sheet.whole(Kpi::QueueLength, Stat::Mean, figure(length));
        if rate < asked {
            sheet.whole(Kpi::Reneged, Stat::Share, figure(1.0 - rate / asked));
            let all = figure(length / asked / DAY_MICROS as f64);
            sheet.whole(Kpi::QueueTime, Stat::WithReneged, all);
        }
    }
    sheet.rows
}

fn by_law(value: f64, law: Law) -> Figure {
    match law {
        Law::Exact => Figure::Exact(value),
        Law::Approximate(method) => Figure::Approximate { value, method },
    }
}

fn queue(
    sheet: &mut Sheet,
    scope: (Scope, &str),
    (wait, law, demand): (&Wait, Law, &Demand),
    rate: f64,
    options: &Options,
) {
    let day = DAY_MICROS as f64;
    let mean = by_law(wait.mean / day, law);
    sheet.of(Kpi::QueueTime, scope, Stat::Mean, mean);
    if let Some(sd) = wait.sd {
        sheet.of(Kpi::QueueTime, scope, Stat::Sd, by_law(sd / day, law));
    }
    if let Some(waits) = wait.waits {
        sheet.of(Kpi::QueueTime, scope, Stat::Waited, by_law(waits, law));
    }
    for p in &options.quantiles {
        if let Some(value) = wait.quantile(*p) {
            let figure = by_law(value / day, law);
            sheet.of(Kpi::QueueTime, scope, Stat::quantile(*p), figure);
        }
    }
    for Limit { label, days } in &options.within {
        if let Some(share) = wait.within(days * day) {
            let stat = Stat::Within(label.clone());
            sheet.of(Kpi::QueueTime, scope, stat, by_law(share, law));
        }
    }
    if let Some(waits) = &demand.waits {
        let days = |(value, error): (f64, f64)| Figure::Numerical {
            value: value / day,
            error: error / day,
        };
        for p in &options.quantiles {
            if let Some(found) = waits.quantile(*p) {
                sheet.of(Kpi::QueueTime, scope, Stat::quantile(*p), days(found));
            }
        }
        for Limit { label, days } in &options.within {
            let (value, error) = waits.within(days * day);
            let stat = Stat::Within(label.clone());
            let figure = Figure::Numerical { value, error };
            sheet.of(Kpi::QueueTime, scope, stat, figure);
        }
    }
    if let Some(abandoned) = demand.abandoned {
        sheet.of(Kpi::Reneged, scope, Stat::Share, by_law(abandoned.leave, law));
        let all = by_law(abandoned.all / day, law);
        sheet.of(Kpi::QueueTime, scope, Stat::WithReneged, all);
    }
    let length = by_law(rate * demand.abandoned.map_or(wait.mean, |abandoned| abandoned.all), law);
    sheet.of(Kpi::QueueLength, scope, Stat::Mean, length);
}

/// Mean waits by role, if all are known exactly.
pub(super) fn exact_waits(program: &Program, demands: &[Demand]) -> Result<Vec<f64>, Blocker> {
    let mut waits = vec![0.0; program.roles.len()];
    for demand in demands {
        match &demand.wait {
            Ok((wait, Law::Exact)) => waits[demand.role.index()] = wait.mean,
            Ok((_, Law::Approximate(method))) => {
                let key = format!("roles.{}", program.roles[demand.role].name);
                return Err(Blocker::new(key, Why::OnlyNearly(*method)));
            }
            Err(blocker) => return Err(blocker.clone()),
        }
    }
    Ok(waits)
}

/// Open deals in the long run, by Little's law; empty unless arrivals are steady and durations
/// known.
pub(super) fn in_progress(program: &Program, chain: &Chain<'_>, flows: &Flows) -> Vec<Row> {
    let mut sheet = Sheet::new("", Population::LongRun);
    let Ok(rate) = steady(program) else { return Vec::new() };
    let days = |stage: Option<StageId>| -> f64 {
        let transitions = chain.transitions.iter().zip(&flows.transitions);
        let here = transitions.filter(|(transition, _)| {
            stage.is_none() || chain.states[transition.from].stage == stage
        });
        here.map(|(transition, flow)| {
            let after = transition.after.map_or(0.0, |after| after.draw.distribution.mean());
            flow.n * (flows.stays[transition.from].time.mean + after)
        })
        .sum()
    };
    let deals = |stage| Figure::Exact(rate * days(stage));
    sheet.whole(Kpi::OpenDeals, Stat::Mean, deals(None));
    for (at, stage) in program.stages.entries() {
        sheet.of(Kpi::OpenDeals, (Scope::Stage, &stage.name), Stat::Mean, deals(Some(at)));
    }
    sheet.rows
}
