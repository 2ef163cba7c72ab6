//! What is booked and what it costs.

use super::pay::salary;
use super::people::departments;
use super::periods;
use super::sheet::{Sheet, units};
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::model::{Category, Phase};
use crate::program::{Program, RoleId, StageId, TaskInfo, Terms};
use crate::stats::Moments;
use crate::tally::{Cells, Outcome};

/// Cost of work by the hour, by kind and by role.
fn people(sheet: &mut Sheet<'_>, arrivals: u64) {
    let program = sheet.program;
    let cost = |scope, name| Key::new(Kpi::Cost, Stat::Total).of(scope, name);
    sheet.total(cost(Scope::Kind, "work"), arrivals, |c, _| units(c.work_cost()));
    if program.people.iter().any(|person| person.salary > 0.0) {
        sheet.total(cost(Scope::Kind, "salaries"), arrivals, |c, _| units(c.salaries));
    }
    for (id, role) in program.roles.entries() {
        cost_of(sheet, cost(Scope::Role, &role.name), &[id]);
    }
    for (name, roles) in departments(program) {
        cost_of(sheet, cost(Scope::Department, name), &roles);
    }
}

/// What the people of some roles cost: their work by the hour and their salaries.
fn cost_of(sheet: &mut Sheet<'_>, key: Key, roles: &[RoleId]) {
    let program = sheet.program;
    let done: u64 = sheet
        .cells
        .iter()
        .flat_map(|c| c.tasks.iter().zip(&program.tasks))
        .filter(|(_, task)| roles.contains(&task.role))
        .map(|(cells, _)| cells.done)
        .sum();
    let whole = sheet.whole;
    let salaries = |(c, o)| roles.iter().map(|id| salary(program, *id, o, c, whole)).sum();
    let salaries: Vec<f64> = sheet.cells.iter().zip(sheet.outcomes).map(salaries).collect();
    let mut salaries = salaries.into_iter();
    sheet.total(key, done, |c, _| {
        let hourly = work(program, c, |task| roles.contains(&task.role));
        units(hourly) + salaries.next().unwrap_or(0.0)
    });
}

/// Cost of the work of some tasks.
fn work(program: &Program, cells: &Cells, of: impl Fn(&TaskInfo) -> bool) -> i128 {
    let tasks = cells.tasks.iter().zip(&program.tasks);
    tasks.filter(|(_, task)| of(task)).map(|(cells, _)| cells.cost).sum()
}

/// What people cost in phases lead and deal, in the currency: their work by the hour there, and of
/// their salaries the share of their work that is done there. Work for clients from before is left out.
fn selling_cost(program: &Program, cells: &Cells, outcome: &Outcome, whole: bool) -> f64 {
    let sells = |task: &TaskInfo| program.stages[task.stage].phase <= Phase::Deal;
    let tasks = || cells.tasks.iter().zip(&program.tasks);
    let hourly = tasks().filter(|(_, task)| sells(task)).map(|(c, _)| c.cost - c.client_cost);
    let mut cost = units(hourly.sum());
    for role in program.roles.ids() {
        let salary = salary(program, role, outcome, cells, whole);
        if salary > 0.0 {
            let of_role = tasks().filter(|(_, task)| task.role == role);
            let (mut all, mut selling) = (0.0, 0.0);
            for (cells, task) in of_role {
                all += cells.worked as f64;
                let leads = (cells.worked - cells.client_worked) as f64;
                selling += if sells(task) { leads } else { 0.0 };
            }
            cost += if all > 0.0 { salary * selling / all } else { 0.0 };
        }
    }
    cost
}

/// What is booked.
pub(super) fn bookings(sheet: &mut Sheet<'_>) {
    let n =
        |of: fn(&Cells) -> u64| move |sheet: &Sheet<'_>| sheet.cells.iter().map(of).sum::<u64>();
    let (sales, first, later) = (n(Cells::sales), n(|c| c.first_sales), n(|c| c.later_sales));
    sheet.total(Key::new(Kpi::Bookings, Stat::Total), sales(sheet), |c, _| units(c.bookings()));
    let hundredths = crate::quantity::MINOR_UNITS;
    periods::rows(sheet, Kpi::Bookings, |day| day.bookings as f64 / hundredths, Cells::sales);
    sheet.total(Key::new(Kpi::NewBookings, Stat::Total), first(sheet), |c, _| units(c.first_value));
    sheet.total(Key::new(Kpi::RepeatBookings, Stat::Total), later(sheet), |c, _| {
        units(c.later_value)
    });
    let key = Key::new(Kpi::AverageDeal, Stat::Mean);
    sheet.ratio(key, sales(sheet), |c| units(c.bookings()), |c| c.sales() as f64);
    let decided = n(|c| c.qualified_won + c.qualified_lost);
    let key = Key::new(Kpi::ValueWinRate, Stat::Share);
    let all = |c: &Cells| units(c.won_value + c.lost_value);
    sheet.ratio(key, decided(sheet), |c| units(c.won_value), all);
}

/// Value booked for each person at work.
pub(super) fn per_person(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    let works = |role: RoleId| program.tasks.iter().any(|task| task.role == role);
    let at_work = program.roles.entries().filter(|(id, role)| role.limited && works(*id));
    let people = at_work.flat_map(|(id, _)| program.people_of(id)).map(|person| person.count);
    let people: u64 = people.sum();
    if sheet.whole && people > 0 {
        let sales = sheet.cells.iter().map(Cells::sales).sum();
        let key = Key::new(Kpi::BookingsPerPerson, Stat::Mean);
        sheet.total(key, sales, |c, _| units(c.bookings()) / people as f64);
    }
}

/// What it costs.
pub(super) fn costs(sheet: &mut Sheet<'_>) {
    let arrivals: u64 = sheet.cells.iter().map(|c| c.arrivals).sum();
    let won: u64 = sheet.cells.iter().map(|c| c.first_sales).sum();
    let cost = |scope, name| Key::new(Kpi::Cost, Stat::Total).of(scope, name);
    sheet.total(Key::new(Kpi::Cost, Stat::Total), arrivals, |c, _| units(c.cost()));
    sheet.total(cost(Scope::Kind, "marketing"), arrivals, |c, _| units(c.marketing));
    sheet.total(cost(Scope::Kind, "stages"), arrivals, |c, _| units(c.stage_cost()));
    if !sheet.program.tasks.is_empty() {
        people(sheet, arrivals);
    }
    if sheet.program.rollout.is_some() && sheet.whole {
        sheet.total(cost(Scope::Kind, "rollout"), arrivals, |c, _| units(c.rollout));
    }
    let program = sheet.program;
    if program.terms.as_ref().is_some_and(Terms::pays_commission) {
        sheet.total(cost(Scope::Kind, "commission"), arrivals, |c, _| units(c.commission));
    }
    if sheet.whole && !program.costs.running.is_empty() {
        sheet.total(cost(Scope::Kind, "overheads"), arrivals, |c, _| units(c.overheads));
    }
    if sheet.whole && (!program.costs.once.is_empty() || program.investment.0 != 0) {
        sheet.total(cost(Scope::Kind, "one-off"), arrivals, |c, _| units(c.one_off));
    }
    for (id, stage) in program.stages.entries() {
        let entries = sheet.cells.iter().map(|c| c.stages[id].entries).sum();
        sheet.total(cost(Scope::Stage, &stage.name), entries, |c, _| {
            units(c.stages[id].cost + work(program, c, |task| task.stage == id))
        });
    }
    for (name, category) in Category::WORDS {
        let of = |id: StageId| program.stages[id].category == Some(category);
        if program.stages.ids().any(of) {
            sheet.total(cost(Scope::Category, name), arrivals, |c, _| {
                let stages = c.stages.entries().filter(|(id, _)| of(*id));
                let stages: i128 = stages.map(|(_, stage)| stage.cost).sum();
                units(stages + work(program, c, |task| of(task.stage)))
            });
        }
    }
    let key = Key::new(Kpi::CostPerLead, Stat::Mean);
    sheet.ratio(key, arrivals, |c| units(c.cost()), |c| c.arrivals as f64);
    let key = Key::new(Kpi::CostPerWon, Stat::Mean);
    sheet.ratio(key, won, |c| units(c.cost()), |c| c.first_sales as f64);
    if sheet.whole && program.has_standing_costs() {
        let key = Key::new(Kpi::CostPerWon, Stat::WithoutOverheads);
        sheet.ratio(key, won, |c| units(c.cost_of_deals()), |c| c.first_sales as f64);
    }
    let whole = sheet.whole;
    let selling: Vec<f64> = sheet
        .cells
        .iter()
        .zip(sheet.outcomes)
        .map(|(c, o)| selling_cost(program, c, o, whole))
        .collect();
    let pairs: Vec<(f64, f64)> = sheet
        .cells
        .iter()
        .zip(selling)
        .map(|(c, people)| (units(c.marketing - c.client_marketing) + people, c.first_sales as f64))
        .collect();
    sheet.pairs(Key::new(Kpi::Cac, Stat::Mean), won, pairs);
    let all = |c: &Cells| {
        let mut total = Moments::default();
        c.ends.iter().for_each(|end| total += &end.cost);
        total
    };
    let deal_cost = Key::new(Kpi::DealCost, Stat::Mean);
    sheet.moments(&deal_cost, all, &[]);
    for (name, end) in [("won", 0), ("done", 1)] {
        if sheet.cells.iter().any(|c| c.ends[end].cost.n > 0) {
            let key = deal_cost.clone().of(Scope::End, name);
            sheet.moments(&key, |c| c.ends[end].cost, &[]);
        }
    }
    let lost_ends = program.lost_ends();
    let lost = |c: &Cells| {
        let mut total = Moments::default();
        c.ends[lost_ends.clone()].iter().for_each(|end| total += &end.cost);
        total
    };
    sheet.moments(&deal_cost.clone().of(Scope::End, "lost"), lost, &[]);
    if !program.cancellations.is_empty() {
        let cancelled = |c: &Cells| {
            let mut total = Moments::default();
            c.ends[program.cancelled_ends()].iter().for_each(|end| total += &end.cost);
            total
        };
        sheet.moments(&deal_cost.of(Scope::End, "cancelled"), cancelled, &[]);
    }
}
