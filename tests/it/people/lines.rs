//! A pool knows at the request when a person will be free; a line waits until one is. Both must
//! give the same results.
//!
//! They share no code: a pool keeps working times and judges patience in advance; a line keeps
//! instants, and has an event for each end of patience and each moment at which a person becomes
//! free. So each checks the other, to the microsecond.

use proptest::prelude::*;
use voronka::engine::{Opening, Standing, Task, Walk};
use voronka::program::Program;

use super::order::SHIFTS;
use super::{Diary, keep_walked, model};
use crate::openings::waiting;

/// The contents of a diary, in an order that does not depend on how the deals were interleaved.
fn told(diary: Diary) -> impl PartialEq + std::fmt::Debug {
    let Diary { mut works, reneged, waiting, lives, mut ended, whole: _ } = diary;
    works.sort_by_key(|Task { task, person, asked, started, ended, .. }| {
        (*started, *asked, *ended, *task, *person)
    });
    let mut lives: Vec<String> = lives.iter().map(|life| format!("{life:?}")).collect();
    lives.sort_unstable();
    ended.sort_by_key(|(key, at, worked)| (*at, *worked, format!("{key:?}")));
    (works, reneged, waiting, lives, ended)
}

/// A stage with work.
fn stage() -> impl Strategy<Value = String> {
    let time = prop::sample::select(vec![
        "30 min",
        "0h",
        "{exponential: {mean: 1h}}",
        "{empirical: {values: [0h, 1h, 4h]}}",
        "{lognormal: {median: 50 min, p90: 3h}}",
    ]);
    let patience = prop::sample::select(vec![
        "",
        "patience: {time: 0h, lost: gone}",
        "patience: {time: 2h, next: b}",
        "patience: {time: {exponential: {mean: 5h}}, lost: gone}",
        "patience: {time: 3 working hours, lost: gone}",
    ]);
    let wait = prop::sample::select(vec![
        "",
        "wait: 2h",
        "wait: 1 working days",
        "wait: {until: \"09:00\"}",
    ]);
    let role = prop::sample::select(vec!["clerk", "expert"]);
    (time, patience, wait, role).prop_map(|(time, patience, wait, role)| {
        let work = format!("work: {{role: {role}, time: {time}}}");
        let parts = [&work, patience, wait];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
    })
}

/// A deal that waits at a stage when the simulation starts, or that a person works on.
fn opening() -> impl Strategy<Value = Opening> {
    (0u16..3, 0i64..200, any::<bool>()).prop_map(|(stage, hours, in_work)| {
        let open = waiting(stage, hours as f64 / 48.0);
        let standing = if in_work { Standing::InWork(open.entered) } else { open.standing };
        Opening { standing, ..open }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_pool_and_a_line_give_the_same_to_the_microsecond(
        people in prop::collection::vec((0usize..7, 1u64..4, 0usize..2), 2..7),
        stages in prop::array::uniform3(stage()),
        crowd in prop::bool::weighted(0.1),
        watched in prop::bool::weighted(0.4),
        every in prop::sample::select(vec!["every: 30 min", "every: 2h", "rate: 12/day", "every: 97 min"]),
        batch in 1u64..4,
        empty in prop::bool::weighted(0.3),
        warmup in prop::sample::select(vec!["", "warmup: 3d\n", "warmup: 2 weeks\n"]),
        openings in prop::collection::vec(opening(), 0..9),
        seed in any::<u64>(),
    ) {
        let horizon = if empty { "until empty" } else { "3 weeks" };
        let mut text = format!(
            "horizon: {horizon}\n{warmup}timezone: Europe/Berlin\nstart: 2026-03-16\ncalendars:\n"
        );
        for (number, hours) in SHIFTS.iter().enumerate() {
            text += &format!("  c{number}: {{hours: {hours}}}\n");
        }
        for (at, role) in ["clerk", "expert"].iter().enumerate() {
            let group = |(shift, count, _): &(usize, u64, usize)| {
                let count = if crowd { count * 600 } else { *count };
                format!("{{count: {count}, calendar: c{shift}, cost: 30/hour}}")
            };
            let own = people.iter().skip(at).step_by(2).map(group).collect::<Vec<_>>().join(", ");
            text += &format!("{}  {role}: {{people: [{own}]}}\n", if at == 0 { "roles:\n" } else { "" });
        }
        let variants = if watched {
            ", next: {a: 10%, c: 50%, lost: rest}, variants: [\
             {when: {queue: {expert: {at_least: 1}}}, next: {c: 80%, lost: rest}}, \
             {when: {queue: {clerk: {at_least: 2}}}, cost: 5}]"
        } else {
            ", next: {a: 10%, c: 50%, lost: rest}"
        };
        text += &format!(
            "sources: {{site: {{{every}, batch: {batch}, count: 300}}}}
stages:
  a: {{{}, next: {{b: 60%, c: 20%, lost: rest}}}}
  b: {{{}{variants}}}
  c: {{{}, next: {{won: 50%, b: 10%, lost: rest}}}}
",
            stages[0], stages[1], stages[2]
        );
        let program = Program::compile(&model(&text));
        let [fastest, one_by_one, lines] = [Walk::Fastest, Walk::OneByOne, Walk::Lines]
            .map(|walk| keep_walked(&program, seed, walk, &openings));
        // Walks count visits at different moments: where a run stops at its limit, they stop at different ones.
        prop_assume!(fastest.whole && one_by_one.whole && lines.whole);
        let [fastest, one_by_one, lines] = [fastest, one_by_one, lines].map(told);
        prop_assert_eq!(&one_by_one, &lines, "{}", text);
        prop_assert_eq!(&fastest, &lines, "{}", text);
    }
}
