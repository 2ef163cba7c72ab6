//! The plan and how far it is reached.

use super::people::{asked, sum, tasks_of};
use super::sheet::{Sheet, units};
use crate::kpi::{Key, Kpi, Scope, Stat};
use crate::program::{Person, RoleId, Target};
use crate::tally::Cells;

/// A plan that is missed by less than this part of it is met: the rest is rounding of its rate.
const ROUNDING: f64 = 1e-9;

/// Of all deals: a plan is not made for a part of them.
pub(super) fn rows(sheet: &mut Sheet<'_>) {
    if !sheet.whole {
        return;
    }
    let program = sheet.program;
    let whole = |stat| Key::new(Kpi::Attainment, stat);
    if let Some(target) = program.targets.bookings.filter(|_| program.value.is_some()) {
        let n = sheet.cells.iter().map(Cells::sales).sum();
        let keys = [whole(Stat::Bookings), whole(Stat::BookingsChance)];
        attainment(sheet, keys, target, n, |c| units(c.bookings() - c.cancelled));
    }
    if let Some(target) = program.targets.wins {
        let n = sheet.cells.iter().map(|c| c.first_sales).sum();
        let keys = [whole(Stat::Wins), whole(Stat::WinsChance)];
        attainment(sheet, keys, target, n, |c| c.first_sales as f64);
    }
}

/// The plans of stages, activities and people, of all deals.
pub(super) fn parts(sheet: &mut Sheet<'_>) {
    if !sheet.whole {
        return;
    }
    let program = sheet.program;
    for (id, target) in &program.targets.stages {
        let entries = |c: &Cells| c.stages[*id].entries;
        let n = sheet.cells.iter().map(entries).sum();
        let keys = keys(Scope::Stage, &program.stages[*id].name);
        attainment(sheet, keys, *target, n, |c| entries(c) as f64);
    }
    for (name, target) in &program.targets.activities {
        let tasks = tasks_of(program, |task| task.activity == *name);
        let done = |c: &Cells| sum(c, &tasks).done;
        let n = sheet.cells.iter().map(done).sum();
        attainment(sheet, keys(Scope::Activity, name), *target, n, |c| done(c) as f64);
    }
    for (role, planned) in &program.targets.people {
        let needed = needed(sheet, *role);
        let [reached, chance] = keys(Scope::Role, &program.roles[*role].name);
        let pairs = needed.iter().map(|needed| (*planned, *needed)).collect();
        let n = sheet.outcomes.len() as u64;
        sheet.pairs(reached, n, pairs);
        let mut each = needed.into_iter();
        let mut next = || each.next().unwrap_or(0.0);
        sheet.windows(chance, |_, _| *planned >= next() * (1.0 - ROUNDING));
    }
}

fn keys(scope: Scope, name: &str) -> [Key; 2] {
    let key = |stat| Key::new(Kpi::Attainment, stat).of(scope, name);
    [key(Stat::Reached), key(Stat::ReachedChance)]
}

/// People that all work asked of a role would keep busy for all of their working time, by replication:
/// the work that was done, waits at the end or was given up, over the working time of one of them.
fn needed(sheet: &Sheet<'_>, role: RoleId) -> Vec<f64> {
    let program = sheet.program;
    let tasks = tasks_of(program, |task| task.role == role);
    let people = program.people_of(role);
    let each = sheet.cells.iter().zip(sheet.outcomes).map(|(cells, outcome)| {
        let asked = asked(&sum(cells, &tasks));
        let weights = people.iter().map(|person| person.count.max(1) as f64);
        let time = |person: &Person| {
            let clock = &program.clocks[person.clock];
            clock.between(program.window.start, outcome.end).max(0) as f64
        };
        let all: f64 = people.iter().zip(weights.clone()).map(|(p, weight)| time(p) * weight).sum();
        let of_one = all / weights.sum::<f64>().max(1.0);
        if of_one > 0.0 { asked / of_one } else { 0.0 }
    });
    each.collect()
}

/// What was reached of a target, and how often it was reached.
fn attainment(
    sheet: &mut Sheet<'_>,
    [reached, chance]: [Key; 2],
    target: Target,
    n: u64,
    of: impl Fn(&Cells) -> f64 + Copy,
) {
    let (calendar, start) = (&sheet.program.calendar, sheet.program.window.start);
    let planned = sheet.outcomes.iter().map(|outcome| target.over(calendar, start, outcome.end));
    // A window of no length has no target.
    let planned: Vec<f64> = planned.map(|planned| planned.max(f64::MIN_POSITIVE)).collect();
    let mut each = planned.iter();
    let mut next = || each.next().copied().unwrap_or(f64::MIN_POSITIVE);
    sheet.total(reached, n, |c, _| of(c) / next());
    let mut each = planned.iter();
    let mut next = || each.next().copied().unwrap_or(f64::MIN_POSITIVE);
    sheet.windows(chance, |c, _| of(c) >= next() * (1.0 - ROUNDING));
}

#[cfg(test)]
mod tests {
    use crate::kpi::{Key, Kpi, Scope, Stat};
    use crate::model::load;
    use crate::study::simulate::{Options, Progress, run};

    /// Twelve a day of constant value for ten days: 120 arrivals by the clock, all won at once.
    #[test]
    fn a_plan_is_held_against_what_was_booked() {
        let text = "start: 2024-01-01\nhorizon: 10d\nvalue: 50\nsources: {s: {every: 2h}}\n\
                    targets: {bookings: 3000/week, wins: 13/day}\nstages: {a: {next: won}}";
        let model = load("m", text, &[], None).model.expect("the model is sound");
        let options = Options { replications: 3, ..Options::default() };
        let simulation = run(&model, &options, &Progress::default()).expect("it runs");
        let found = |stat| {
            let row = simulation.find(&Key::new(Kpi::Attainment, stat));
            row.and_then(|row| row.figure.value()).expect("a row")
        };
        let wins = simulation.row(Kpi::Intake).and_then(|row| row.figure.value()).expect("deals");
        assert!((119.0..=120.0).contains(&wins), "{wins}");
        assert!((found(Stat::Bookings) - 50.0 * wins / (3000.0 / 7.0 * 10.0)).abs() < 1e-12);
        assert!((found(Stat::Wins) - wins / 130.0).abs() < 1e-12);
        assert_eq!((found(Stat::BookingsChance), found(Stat::WinsChance)), (1.0, 0.0));
    }

    /// 36 deals come in a year and all are won: a plan of 36 a year is met in every window.
    #[test]
    fn a_plan_that_is_met_exactly_is_met() {
        for wins in [33, 34, 35, 36, 37] {
            let text = format!(
                "start: 2024-01-01\nhorizon: 12 months\nsources: {{s: {{every: 1d, count: {wins}}}}}\n\
                 targets: {{wins: {wins}/year}}\nstages: {{a: {{next: won}}}}"
            );
            let model = load("m", &text, &[], None).model.expect("the model is sound");
            let options = Options { replications: 3, ..Options::default() };
            let simulation = run(&model, &options, &Progress::default()).expect("it runs");
            let row = simulation.find(&Key::new(Kpi::Attainment, Stat::WinsChance));
            assert_eq!(row.and_then(|row| row.figure.value()), Some(1.0), "{wins}");
        }
    }

    /// A deal every two hours for ten days around the clock: 119 come, and each is an hour of work.
    #[test]
    fn stages_activities_and_people_have_plans() {
        let text = "start: 2024-01-01\nhorizon: 10d\nsources: {s: {every: 2h}}\n\
                    calendars: {always: {hours: \"00:00-24:00\"}}\nroles: {seller: {people: 2}}\n\
                    targets: {stages: {a: 14/day}, activities: {call: 70/week}, people: {seller: 0.4}}\n\
                    stages: {a: {work: {role: seller, time: 1h, activity: call}, next: won}}";
        let model = load("m", text, &[], None).model.expect("the model is sound");
        let options = Options { replications: 2, ..Options::default() };
        let simulation = run(&model, &options, &Progress::default()).expect("it runs");
        for (scope, name, reached, chance) in [
            (Scope::Stage, "a", 119.0 / 140.0, 0.0),
            (Scope::Activity, "call", 119.0 / 100.0, 1.0),
            // 119 of 240 hours of one person.
            (Scope::Role, "seller", 0.4 / (119.0 / 240.0), 0.0),
        ] {
            let value = |stat| simulation.value(&Key::new(Kpi::Attainment, stat).of(scope, name));
            let found = value(Stat::Reached).expect("a row");
            assert!((found - reached).abs() < 1e-12, "{name}: {found}, {reached}");
            assert_eq!(value(Stat::ReachedChance), Some(chance), "{name}");
        }
    }
}
