//! The person who gets the work if several could do it.

use proptest::prelude::*;
use voronka::engine::Task;
use voronka::program::{Person, PersonId, Program, Table};
use voronka::quantity::{Instant, Money};

use super::{keep, model};

/// Checks the choice by the rule of the language page: the person who can start first; among those,
/// the one whose last work ended first; among those, the first in the file. Only the end of each
/// person's last work is kept.
fn check_who_is_taken(program: &Program, works: &[Task]) -> Result<(), TestCaseError> {
    let mut last_end: Table<PersonId, Option<Instant>> = vec![None; program.people.len()].into();
    for task in works {
        let role = program.people[task.person].role;
        let offer = |(id, person): (PersonId, &Person)| {
            let free = last_end[id];
            let clock = &program.clocks[person.clock];
            (clock.next_open(free.map_or(task.asked, |free| free.max(task.asked))), free, id)
        };
        let people = program.people.entries().filter(|(_, person)| person.role == role);
        let (start, _, id) = people.map(offer).min().unwrap();
        prop_assert_eq!((task.started, task.person), (start, id), "{:?}", task);
        let clock = &program.clocks[program.people[id].clock];
        prop_assert_eq!(clock.add(task.started, task.time), task.ended);
        last_end[id] = Some(task.ended);
    }
    Ok(())
}

pub(super) const SHIFTS: [&str; 7] = [
    "\"00:00-24:00\"",
    "\"08:00-20:00\"",
    "{mon-fri: [\"09:00-13:00\", \"14:00-18:00\"]}",
    "{mon-sat: \"20:00-08:00\"}",
    "{mon-sat: \"12:00-13:00\", sun: closed}",
    "\"02:30-09:00\"",
    "{tue: \"10:00-11:00\", fri: \"08:00-20:00\"}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_one_who_starts_first_is_taken_then_the_one_free_longest_then_the_first_of_the_file(
        people in prop::collection::vec((0usize..7, 1u64..3), 1..7),
        one_calendar in prop::bool::weighted(0.2),
        crowd in prop::bool::weighted(0.1),
        times in prop::sample::select(vec![
            "[0h, 30 min, 1h]", "[0h, 1h, 4h, 8h]", "[30 min]", "[1h, 4h, 12h]", "[0h]", "[7 min, 2h]",
        ]),
        every in prop::sample::select(vec!["30 min", "1h", "2h", "97 min", "10h"]),
        batch in 1u64..4,
        seed in any::<u64>(),
    ) {
        let mut text = String::from("horizon: 4 weeks\ntimezone: Europe/Berlin\nstart: 2026-03-16\ncalendars:\n");
        for (number, hours) in SHIFTS.iter().enumerate() {
            text += &format!("  c{number}: {{hours: {hours}}}\n");
        }
        let first = people[0].0;
        let group = |(shift, count): &(usize, u64)| {
            let shift = if one_calendar { first } else { *shift };
            let count = if crowd { count + 30 } else { *count };
            format!("{{count: {count}, calendar: c{shift}}}")
        };
        let groups: Vec<String> = people.iter().map(group).collect();
        text += &format!(
            "roles:\n  clerk: {{people: [{}]}}
sources: {{site: {{every: {every}, batch: {batch}}}}}
stages:
  a: {{work: {{role: clerk, time: {{empirical: {{values: {times}}}}}}}, next: {{b: 60%, lost: rest}}}}
  b: {{work: {{role: clerk, time: 30 min}}, next: {{a: 20%, won: 50%, lost: rest}}}}
",
            groups.join(", ")
        );
        let program = Program::compile(&model(&text));
        let diary = keep(&program, seed);
        prop_assert!(!diary.works.is_empty());
        check_who_is_taken(&program, &diary.works)?;
    }
}

/// The people who get the work of a small model, in the order of the deals.
fn who(people: &str, every: &str, time: &str) -> Vec<String> {
    let program = Program::compile(&model(&format!(
        "
horizon: 3d
calendars: {{all: {{hours: \"00:00-24:00\"}}, day: {{hours: \"08:00-20:00\"}}}}
roles: {{clerk: {{people: {people}, cost: 1/hour}}}}
sources: {{site: {{{every}}}}}
stages: {{a: {{work: {{role: clerk, time: {time}}}, next: {{won: 50%, lost: rest}}}}}}
"
    )));
    let diary = keep(&program, 1);
    let name = |task: &Task| program.people[task.person].name.clone();
    diary.works.iter().map(name).collect()
}

/// Deals arrive at 10:00, 20:00, 6:00, 16:00, 2:00, 12:00 and 22:00. The day shift has not worked
/// by 16:00 on the second day; on the third at 12:00 it has been free longer.
#[test]
fn people_of_several_calendars_take_turns_as_those_of_one_do() {
    let both = |first: &str, second: &str| {
        let people =
            format!("[{{name: First, calendar: {first}}}, {{name: Second, calendar: {second}}}]");
        who(&people, "every: 10h", "1h")
    };
    let turns = ["First", "First", "First", "Second", "First", "Second", "First"];
    assert_eq!(both("all", "day"), turns);
    let turns = ["First", "Second", "Second", "First", "Second", "First", "Second"];
    assert_eq!(both("day", "all"), turns);
}

/// Work of zero duration at 8:00 ends then, not when the shift before closed.
#[test]
fn work_that_takes_no_time_at_an_opening_ends_at_the_opening() {
    let text = "
horizon: 1d
start: 2026-01-13
calendars: {day: {hours: \"08:00-20:00\"}, all: {hours: \"00:00-24:00\"}}
roles: {clerk: {people: [{name: Day, calendar: day}, {name: Other, calendar: all}]}}
sources:
  early: {every: 7h, count: 1}
  opening: {every: 8h, count: 1}
  later: {every: 9h, count: 1}
stages:
  a: {work: {role: clerk, time: 30 min}, next: {won: 50%, lost: rest},
      variants: [{when: {source: opening}, work: {role: clerk, time: 0h}}]}
";
    let program = Program::compile(&model(text));
    let diary = keep(&program, 1);
    let people: Vec<u32> = diary.works.iter().map(|task| task.person.0).collect();
    // Day takes the deal of 8:00, because it has never worked; at 9:00 Other has been free longer.
    assert_eq!(people, [1, 0, 1]);
}

/// The people of groups larger than a thousand are not told apart, but each group keeps its place
/// in the file.
#[test]
fn a_group_that_is_not_told_apart_keeps_its_place_and_its_pay() {
    let first = |people: &str| who(people, "every: 1h, batch: 2", "4h")[..2].to_vec();
    assert_eq!(first("[{count: 2000}, {name: Anna}]"), ["clerk (all)", "clerk (all)"]);
    assert_eq!(first("[{name: Anna}, {count: 2000}]"), ["Anna", "clerk (all)"]);
    assert_eq!(first("[{name: Anna}, {count: 2000, calendar: all}]"), ["Anna", "clerk (all)"]);
    let program = Program::compile(&model(
        "
horizon: 1 week
roles: {clerk: {people: [{count: 2000, cost: 10/hour}, {count: 1500, cost: 20/hour}]}}
sources: {site: {every: 12h, batch: 3000, count: 3000}}
stages: {a: {work: {role: clerk, time: 1h}, next: {won: 50%, lost: rest}}}
",
    ));
    let diary = keep(&program, 1);
    // 2,000 hours at 10 and 1,000 at 20, in hundredths.
    assert_eq!(diary.works.iter().map(|task| task.cost).sum::<Money>(), Money(4_000_000));
}
