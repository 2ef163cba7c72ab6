//! People: how long deals wait for them, how busy they are, what they do.

use super::sheet::{Sheet, days};
use crate::kpi::{Key, Kpi, Scope, Span, Stat};
use crate::program::{PersonId, Program, RoleId, StageId, TaskId, TaskInfo};
use crate::quantity::{DAY_MICROS, Instant};
use crate::tally::{Cells, Lapse, Outcome, StageCells, TaskCells};

pub(super) fn rows(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    if program.tasks.is_empty() {
        slas(sheet);
        return;
    }
    response(sheet);
    let all: Vec<TaskId> = program.tasks.ids().collect();
    queues(sheet, Scope::Whole, "", &all);
    for (id, role) in program.roles.entries() {
        let tasks = tasks_of(program, |task| task.role == id);
        if !tasks.is_empty() {
            queues(sheet, Scope::Role, &role.name, &tasks);
        }
    }
    for (name, roles) in departments(program) {
        let tasks = tasks_of(program, |task| roles.contains(&task.role));
        if !tasks.is_empty() {
            queues(sheet, Scope::Department, name, &tasks);
        }
    }
    for (id, stage) in program.stages.entries() {
        let tasks = tasks_of(program, |task| task.stage == id);
        if !tasks.is_empty() {
            queues(sheet, Scope::Stage, &stage.name, &tasks);
        }
    }
    slas(sheet);
    if sheet.whole {
        utilization(sheet);
    }
    activities(sheet);
    efficiency(sheet);
    splits(sheet);
}

/// How much of their time deals are worked on.
pub(super) fn efficiency(sheet: &mut Sheet<'_>) {
    if sheet.program.tasks.is_empty() {
        return;
    }
    let ended: u64 = sheet.cells.iter().flat_map(|c| &c.ends).map(|end| end.time.n).sum();
    let key = Key::new(Kpi::FlowEfficiency, Stat::Share);
    let cycle = |c: &Cells| c.ends.iter().map(|end| end.time.sum).sum::<i128>() as f64;
    sheet.ratio(key, ended, |c| c.processing as f64, cycle);
}

/// The departments of a model in the order of its file, each with its roles.
pub(super) fn departments(program: &Program) -> Vec<(&str, Vec<RoleId>)> {
    let mut departments: Vec<(&str, Vec<RoleId>)> = Vec::new();
    for (id, role) in program.roles.entries() {
        let Some(name) = role.department.as_deref() else { continue };
        match departments.iter_mut().find(|(known, _)| *known == name) {
            Some((_, roles)) => roles.push(id),
            None => departments.push((name, vec![id])),
        }
    }
    departments
}

/// The tasks for which something holds.
pub(super) fn tasks_of(program: &Program, holds: impl Fn(&TaskInfo) -> bool) -> Vec<TaskId> {
    program.tasks.entries().filter(|(_, task)| holds(task)).map(|(id, _)| id).collect()
}

/// The sum of some tasks.
pub(super) fn sum(cells: &Cells, tasks: &[TaskId]) -> TaskCells {
    let mut total = TaskCells::default();
    tasks.iter().for_each(|task| total.merge(&cells.tasks[*task]));
    total
}

/// First start of work − arrival; who is never answered counts as late.
fn response(sheet: &mut Sheet<'_>) {
    let key = Key::new(Kpi::LeadResponseTime, Stat::Mean);
    // Where an attribute became known between arrival and answer, a class answers deals of others.
    let all = |c: &Cells| c.arrivals.max(c.response.n);
    sheet.answered(&key, |c| c.response, all, Lapse::Response);
    sheet.answered(&key.clone().span(Span::Open), |c| c.response_open, all, Lapse::ResponseOpen);
    sheet.share(key.with(Stat::Unanswered), |c| all(c) - c.response.n, all);
}

/// Waiting for the work of some tasks.
fn queues(sheet: &mut Sheet<'_>, scope: Scope, name: &str, tasks: &[TaskId]) {
    let of = |c: &Cells| sum(c, tasks);
    let lapses: Vec<Lapse> = tasks.iter().copied().map(Lapse::Queue).collect();
    let key = |kpi, stat| Key::new(kpi, stat).of(scope, name);
    let time = key(Kpi::QueueTime, Stat::Mean);
    sheet.moments(&time, |c| of(c).queue, &lapses);
    let started: u64 = sheet.cells.iter().map(|c| of(c).queue.n).sum();
    sheet.ratio(
        time.with(Stat::Open),
        started,
        |c| days(of(c).queue_open),
        |c| of(c).queue.n as f64,
    );
    // Who left had waited.
    let waited = |c: &Cells| of(c).waited + of(c).reneged;
    sheet.share(time.with(Stat::Waited), waited, |c| of(c).queue.n + of(c).reneged);
    let left: u64 = sheet.cells.iter().map(|c| of(c).reneged).sum();
    if left > 0 {
        sheet.ratio(
            time.with(Stat::WithReneged),
            started + left,
            |c| days(of(c).queue.sum + of(c).left_after),
            |c| (of(c).queue.n + of(c).reneged) as f64,
        );
    }
    let asked: u64 = sheet.cells.iter().map(|c| of(c).asked).sum();
    sheet.total(key(Kpi::QueueLength, Stat::Mean), asked, |c, window| {
        if window > 0.0 { of(c).waiting as f64 / (window * DAY_MICROS as f64) } else { 0.0 }
    });
    let waiting: u64 = sheet.cells.iter().map(|c| of(c).at_end).sum();
    sheet.total(key(Kpi::QueueLength, Stat::AtEnd), waiting, |c, _| of(c).at_end as f64);
    let program = sheet.program;
    let patient = |task: &TaskId| {
        let stage = &program.stages[program.tasks[*task].stage];
        stage.entry.iter().any(|entry| entry.patience.is_some())
    };
    if tasks.iter().any(patient) {
        let share = key(Kpi::Reneged, Stat::Share);
        sheet.ratio(share, asked, |c| of(c).reneged as f64, |c| of(c).asked as f64);
        sheet.count(key(Kpi::Reneged, Stat::Count), |c| of(c).reneged);
    }
}

/// Visits within the promised time of their stage.
fn slas(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    let promised = program.stages.entries().filter(|(_, stage)| stage.sla.is_some());
    let promised: Vec<StageId> = promised.map(|(id, _)| id).collect();
    let ended = |c: &Cells, stages: &[StageId]| -> u64 {
        stages.iter().map(|id| c.stages[*id].time.n).sum()
    };
    let late =
        |c: &Cells, stages: &[StageId]| -> u64 { stages.iter().map(|id| c.stages[*id].late).sum() };
    let mut kept = |key: Key, stages: &[StageId]| {
        sheet.share(key, |c| ended(c, stages) - late(c, stages), |c| ended(c, stages));
    };
    if promised.len() > 1 {
        kept(Key::new(Kpi::SlaKept, Stat::Share), &promised);
    }
    for id in &promised {
        kept(Key::new(Kpi::SlaKept, Stat::Share).stage(&program.stages[*id].name), &[*id]);
    }
}

/// Working time that a person has in the window that ends at `end`, in microseconds.
pub(super) fn available(program: &Program, person: PersonId, end: Instant) -> f64 {
    let person = &program.people[person];
    let clock = &program.clocks[person.clock];
    clock.between(program.window.start, end).max(0) as f64 * person.count as f64
}

/// The working time of all work that was asked for: deals that are left waiting would have taken as much
/// as others.
pub(super) fn asked(total: &TaskCells) -> f64 {
    let each = total.time as f64 / total.queue.n.max(1) as f64;
    total.worked as f64 + each * (total.at_end + total.reneged) as f64
}

fn utilization(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    for (id, role) in program.roles.entries().filter(|(_, role)| role.limited) {
        busy(sheet, Scope::Role, &role.name, &role.people().collect::<Vec<_>>());
        for person in role.people().filter(|person| program.people[*person].count == 1) {
            busy(sheet, Scope::Person, &program.people[person].name, &[person]);
        }
        missing(sheet, Scope::Role, &role.name, &[id]);
    }
    for (name, mut roles) in departments(program) {
        roles.retain(|role| program.roles[*role].limited);
        if !roles.is_empty() {
            let people = roles.iter().flat_map(|role| program.roles[*role].people());
            busy(sheet, Scope::Department, name, &people.collect::<Vec<_>>());
            missing(sheet, Scope::Department, name, &roles);
        }
    }
}

/// The share of their working time that some people are busy.
fn busy(sheet: &mut Sheet<'_>, scope: Scope, name: &str, people: &[PersonId]) {
    let program = sheet.program;
    let pair = |outcome: &Outcome| {
        let busy: f64 = people.iter().map(|person| outcome.busy[*person] as f64).sum();
        let had = people.iter().map(|person| available(program, *person, outcome.end));
        (busy, had.sum::<f64>())
    };
    let pairs: Vec<(f64, f64)> = sheet.outcomes.iter().map(pair).collect();
    let n = sheet.outcomes.len() as u64;
    sheet.pairs(Key::new(Kpi::Utilization, Stat::Share).of(scope, name), n, pairs);
}

/// What was asked of some roles, as a share of the working time that they had, and people that they lack for what is
/// beyond: each role by itself, for people of one do not stand in for those of another.
fn missing(sheet: &mut Sheet<'_>, scope: Scope, name: &str, roles: &[RoleId]) {
    let program = sheet.program;
    let roles: Vec<(RoleId, Vec<TaskId>)> =
        roles.iter().map(|id| (*id, tasks_of(program, |task| task.role == *id))).collect();
    // What was asked of each role, and the working time that it had.
    let asked = |(cells, outcome): (&Cells, &Outcome)| -> Vec<(f64, f64)> {
        let of_role = |(id, tasks): &(RoleId, Vec<TaskId>)| {
            let total = sum(cells, tasks);
            let people = program.roles[*id].people();
            let had: f64 = people.map(|person| available(program, person, outcome.end)).sum();
            (self::asked(&total), had)
        };
        roles.iter().map(of_role).collect()
    };
    let each: Vec<Vec<(f64, f64)>> = sheet.cells.iter().zip(sheet.outcomes).map(asked).collect();
    let key = |stat| Key::new(Kpi::Utilization, stat).of(scope, name);
    let n = sheet.outcomes.len() as u64;
    let counts: Vec<u64> = roles
        .iter()
        .map(|(id, _)| program.people_of(*id).iter().map(|person| person.count).sum())
        .collect();
    let lacks = |pairs: &Vec<(f64, f64)>| -> f64 {
        let lacks = pairs.iter().zip(&counts).map(|((asked, had), count)| {
            if *had > 0.0 { (asked / had - 1.0).max(0.0) * *count as f64 } else { 0.0 }
        });
        lacks.sum()
    };
    let values: Vec<f64> = each.iter().map(lacks).collect();
    let whole = |pairs: &Vec<(f64, f64)>| {
        pairs.iter().fold((0.0, 0.0), |all, pair| (all.0 + pair.0, all.1 + pair.1))
    };
    sheet.pairs(key(Stat::Asked), n, each.iter().map(whole).collect());
    if values.iter().all(|value| *value == 0.0) {
        return;
    }
    let mut values = values.into_iter();
    sheet.total(key(Stat::MissingPeople), n, |_, _| values.next().unwrap_or(0.0));
}

/// Work done, by its name.
fn activities(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    let mut names: Vec<&str> = program.tasks.iter().map(|task| task.activity.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let tasks = tasks_of(program, |task| task.activity == name);
        let key = |stat| Key::new(Kpi::Activities, stat).of(Scope::Activity, name);
        let done = |c: &Cells| sum(c, &tasks).done;
        sheet.count(key(Stat::Done), done);
        let n: u64 = sheet.cells.iter().map(done).sum();
        let sales = |c: &Cells| c.sales() as f64;
        sheet.ratio(key(Stat::PerSale), n, |c| done(c) as f64, sales);
        sheet.total(key(Stat::Work), n, |c, _| days(sum(c, &tasks).worked));
        if !sheet.whole {
            continue;
        }
        // Days of those who do it.
        let roles: Vec<RoleId> = tasks.iter().map(|task| program.tasks[*task].role).collect();
        let person_days = |o: &Outcome| -> f64 {
            let people = program.people.entries();
            people
                .filter(|(_, person)| roles.contains(&person.role))
                .map(|(id, person)| {
                    let day = program.clocks[person.clock].day_work();
                    available(program, id, o.end) / day.max(1) as f64
                })
                .sum()
        };
        let pairs: Vec<(f64, f64)> = sheet
            .cells
            .iter()
            .zip(sheet.outcomes)
            .map(|(c, o)| (done(c) as f64, person_days(o)))
            .collect();
        if pairs.iter().any(|(_, days)| *days > 0.0) {
            sheet.pairs(key(Stat::PerPersonDay), n, pairs);
        }
    }
}

/// A part of the time of visits.
type Part = (Stat, fn(&StageCells) -> i128);

/// Where the time of visits went.
fn splits(sheet: &mut Sheet<'_>) {
    let program = sheet.program;
    let parts: [Part; 4] = [
        (Stat::Processing, |s| s.processing),
        (Stat::Queue, |s| s.queue),
        (Stat::OffHours, |s| s.off_hours),
        (Stat::Client, |s| s.time.sum - s.processing - s.queue - s.off_hours),
    ];
    for (id, stage) in program.stages.entries() {
        let n: u64 = sheet.cells.iter().map(|c| c.stages[id].time.n).sum();
        for (stat, part) in &parts {
            let key = Key::new(Kpi::TimeInStage, stat.clone()).stage(&stage.name);
            sheet.ratio(key, n, |c| days(part(&c.stages[id])), |c| c.stages[id].time.n as f64);
        }
    }
    // For the whole: of all visits that ended in the window, per deal that left in it.
    let ended = |c: &Cells| c.ends.iter().map(|end| end.time.n).sum::<u64>();
    let n: u64 = sheet.cells.iter().map(ended).sum();
    for (stat, part) in parts {
        let key = Key::new(Kpi::TimeInStage, stat);
        let total = |c: &Cells| days(c.stages.iter().map(part).sum());
        sheet.ratio(key, n, total, |c| ended(c) as f64);
    }
}
