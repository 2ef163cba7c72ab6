//! What must hold wherever people work: tried on random models, and on a log worked out by hand.
//!
//! All of it is exact (whole microseconds), so a failure is a fault and never chance.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use voronka::engine::{
    Deal, Guard, Observer, Passage, Renege, Replication, Split, Task, Visited, Walk, replicate,
};
use voronka::kpi::{Figure, Key, Kpi, Row, Scope, Stat};
use voronka::model::{Model, load};
use voronka::program::{Person, Program};
use voronka::quantity::{HOUR_MICROS, Instant, MINUTE_MICROS};
use voronka::random::key::DealKey;
use voronka::study::simulate::{Options, Progress, Simulation, run};

/// Everything that an observer hears of people, as it comes.
#[derive(Default)]
struct Diary {
    works: Vec<(u16, Task)>,
    reneged: u64,
    waiting: u64,
    /// By deal: arrival, the sum of its visits, and of their parts.
    lives: HashMap<DealKey, (Instant, i64, Split)>,
    ended: Vec<(DealKey, Instant, i64)>,
}

impl Observer for Diary {
    fn arrives(&mut self, deal: &Deal, _: i64) {
        self.lives.insert(deal.key, (deal.now, 0, Split::default()));
    }
    fn works(&mut self, deal: &Deal, task: &Task) {
        self.works.push((deal.stage, *task));
    }
    fn leaves(&mut self, deal: &Deal, passage: &Passage) {
        let life = self.lives.get_mut(&deal.key).unwrap();
        let time = (passage.left - passage.entered).0;
        let Split { processing, queue, off_hours } = passage.split;
        assert!(processing >= 0 && queue >= 0 && off_hours >= 0, "{passage:?}");
        assert!(processing + queue + off_hours <= time, "the client's time is not negative");
        life.1 += time;
        life.2 += passage.split;
    }
    fn ends(&mut self, deal: &Deal, _: usize, _: &Visited<'_>) {
        self.ended.push((deal.key, deal.now, deal.worked));
    }
    fn reneges(&mut self, _: &Deal, renege: &Renege) {
        assert!(renege.left >= renege.asked);
        self.reneged += 1;
    }
    fn waits(&mut self, _: &Deal, _: u16, _: Instant) {
        self.waiting += 1;
    }
    fn spends(&mut self, _: &Deal, _: i64, _: bool) {}
    fn sells(&mut self, _: &Deal, _: i64, _: &Visited<'_>) {}
    fn stays(&mut self, _: &Deal, _: &Passage, _: &Visited<'_>) {}
}

fn model(text: &str) -> Model {
    let loaded = load("people.yaml", text, &[], None);
    loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics))
}

fn keep(program: &Program, seed: u64) -> Diary {
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 1_000_000, cancel: &cancel };
    let mut diary = Diary::default();
    let replication = Replication { seed, number: 0 };
    replicate(program, replication, Walk::Fastest, &[], guard, &mut diary);
    diary
}

fn simulate(text: &str, replications: u64, threads: usize) -> Simulation {
    let options = Options { replications, threads, ..Options::default() };
    run(&model(text), &options, &Progress::default()).unwrap()
}

const HOURS: [&str; 4] = [
    "{mon-fri: \"09:00-18:00\"}",
    "\"00:00-24:00\"",
    "{mon-thu: [\"09:00-13:00\", \"14:00-18:00\"], sat: \"22:00-06:00\"}",
    "{tue: \"10:00-11:00\", fri: \"08:00-20:00\"}",
];

fn yaml(shape: (usize, usize, u64, u64, u64), rate: u32, patience: bool, empty: bool) -> String {
    let (first, second, clerks, experts, shared) = shape;
    let until = if empty { "until empty" } else { "30d" };
    let patience =
        if patience { "patience: {time: {exponential: {mean: 2d}}, lost: cold}, " } else { "" };
    format!(
        "horizon: {until}
timezone: Europe/Berlin
start: 2026-03-16
calendars: {{one: {{hours: {}}}, two: {{hours: {}, holidays: [2026-03-20]}}}}
roles:
  clerk: {{people: {clerks}, cost: 30/hour}}
  expert: {{people: [{{count: {experts}}}, {{name: Vera, calendar: two}}]}}
  helper: {{people: {shared}, calendar: two}}
sources: {{site: {{rate: {rate}/day, until: 2026-04-10}}, fair: {{every: 5h, batch: 3, until: 2026-04-10, calendar: one}}}}
stages:
  a: {{work: {{role: clerk, time: {{exponential: {{mean: 40 min}}}}}}, {patience}next: {{b: 70%, lost: rest}}}}
  b: {{steps: [{{role: helper, time: 20 min}}, {{wait: {{exponential: {{mean: 1d}}}}}}, {{role: expert, time: {{lognormal: {{median: 1h, p90: 3h}}}}}}], {patience}next: {{c: 60%, a: 10%, lost: rest}}}}
  c: {{work: {{role: helper, time: 10 min}}, wait: {{until: \"thu 14:00\"}}, next: {{won: 50%, b: 20%, lost: rest}},
      variants: [{{when: {{queue: {{expert: {{at_least: 2}}}}}}, wait: 2 working hours}}]}}
",
        HOURS[first], HOURS[second]
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn people_work_in_open_hours_one_thing_at_a_time_and_first_come_first_served(
        shape in (0usize..4, 0usize..4, 1u64..4, 1u64..4, 1u64..4),
        rate in 1u32..60,
        patience in any::<bool>(),
        empty in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let program = Program::compile(&model(&yaml(shape, rate, patience, empty)));
        let diary = keep(&program, seed);
        let mut last_end: HashMap<u32, Instant> = HashMap::new();
        let mut last_start: HashMap<u16, (Instant, Instant)> = HashMap::new();
        for (_, task) in &diary.works {
            let person = &program.people[task.person as usize];
            let clock = &program.clocks[usize::from(person.clock)];
            prop_assert!(task.asked <= task.started && task.started <= task.ended);
            prop_assert_eq!(clock.between(task.started, task.ended), task.time);
            prop_assert_eq!(clock.next_open(task.started), task.started);
            prop_assert_eq!(clock.between(task.asked, task.started), task.queue);
            let before = last_end.insert(task.person, task.ended).unwrap_or(Instant::ZERO);
            prop_assert!(before <= task.started, "one thing at a time");
            // Requests are told in the order of their times; starts must not overtake.
            let role = person.role;
            let (asked, started) =
                last_start.insert(role, (task.asked, task.started)).unwrap_or_default();
            prop_assert!(
                asked <= task.asked && started <= task.started,
                "first come, first served: {asked:?} {started:?}, {task:?}"
            );
        }
        for (key, end, worked) in &diary.ended {
            let (arrived, time, split) = diary.lives[key];
            prop_assert_eq!((*end - arrived).0, time, "visits fill a life");
            prop_assert_eq!(split.processing, *worked);
        }
        if !patience {
            prop_assert_eq!(diary.reneged, 0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn what_is_counted_adds_up_and_threads_change_nothing(
        shape in (0usize..4, 0usize..4, 1u64..4, 1u64..4, 1u64..4),
        rate in 1u32..30,
        patience in any::<bool>(),
    ) {
        let text = yaml(shape, rate, patience, false);
        let one = simulate(&text, 6, 1);
        let many = simulate(&text, 6, 3);
        prop_assert_eq!(&one.rows, &many.rows);
        let value = |key: Key| one.value(&key).unwrap_or(0.0);
        for role in ["clerk", "expert", "helper"] {
            let busy = value(Key::new(Kpi::Utilization, Stat::Share).role(role));
            prop_assert!((0.0..=1.0 + 1e-12).contains(&busy), "{} {}", role, busy);
        }
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
        // The whole is the sum of its roles, and of its stages.
        let lengths = ["clerk", "expert", "helper"].map(|role| value(Key::new(Kpi::QueueLength, Stat::Mean).role(role)));
        prop_assert!(close(lengths.iter().sum(), value(Key::new(Kpi::QueueLength, Stat::Mean))));
        let lengths = ["a", "b", "c"].map(|stage| value(Key::new(Kpi::QueueLength, Stat::Mean).stage(stage)));
        prop_assert!(close(lengths.iter().sum(), value(Key::new(Kpi::QueueLength, Stat::Mean))));
        let kinds = ["marketing", "stages", "work"].map(|kind| value(Key::new(Kpi::Cost, Stat::Total).of(Scope::Kind, kind)));
        prop_assert!(close(kinds.iter().sum(), value(Key::new(Kpi::Cost, Stat::Total))));
        let time = |stat, stage| Key::new(Kpi::TimeInStage, stat).stage(stage);
        let parts = [Stat::Processing, Stat::Queue, Stat::OffHours, Stat::Client];
        for stage in ["a", "b", "c"] {
            let sum: f64 = parts.clone().map(|part| value(time(part, stage))).iter().sum();
            prop_assert!(close(sum, value(time(Stat::Mean, stage))));
        }
    }
}

/// Enough people are as good as people without number: the queueing walk and the plain one agree.
#[test]
fn a_crowd_gives_what_unlimited_people_give() {
    let text = |people: &str| {
        format!(
            "horizon: 3 months
roles: {{clerk: {{people: {people}, cost: 12/hour}}}}
value: {{lognormal: {{mean: 90, sd: 40}}}}
sources: {{site: {{rate: 30/day}}}}
stages:
  a: {{work: {{role: clerk, time: {{exponential: {{mean: 4h}}}}}}, wait: 1d, next: {{b: 60%, a: 10%, lost: rest}}}}
  b: {{sale: true, work: {{role: clerk, time: 2h}}, next: {{done: 70%, a: rest}}}}
"
        )
    };
    let figures = |simulation: &Simulation| {
        let rows = simulation.rows.iter();
        let kpis =
            [Kpi::SalesCycle, Kpi::CycleTime, Kpi::Bookings, Kpi::Visits, Kpi::Cost, Kpi::WinRate];
        let rows = rows.filter(|row| kpis.contains(&row.key.kpi)).cloned();
        // Where deals share people, the interval of a quantile allows for their dependence.
        let of = |mut row: Row| {
            let is_quantile = matches!(row.key.stat, Stat::Quantile(_));
            if let (true, Figure::Estimate(estimate)) = (is_quantile, &mut row.figure) {
                estimate.half_width = None;
            }
            row
        };
        rows.map(of).collect::<Vec<_>>()
    };
    let (crowd, free) = (simulate(&text("1000000"), 5, 0), simulate(&text("unlimited"), 5, 0));
    assert!(crowd.program.shares && !free.program.shares);
    assert_eq!(figures(&crowd), figures(&free));
    assert!(figures(&free).len() > 30);
}

/// Who is taken, by the rule as the language page states it: the person who can start first, among
/// those the one whose last work ended first, among those the first of the file. Nothing is kept but
/// when the last work of each ended.
fn check_who_is_taken(program: &Program, works: &[(u16, Task)]) -> Result<(), TestCaseError> {
    let mut last_end: Vec<Option<Instant>> = vec![None; program.people.len()];
    for (_, task) in works {
        let role = program.people[task.person as usize].role;
        let offer = |(number, person): (usize, &Person)| {
            let free = last_end[number];
            let clock = &program.clocks[usize::from(person.clock)];
            (clock.next_open(free.map_or(task.asked, |free| free.max(task.asked))), free, number)
        };
        let people = program.people.iter().enumerate().filter(|(_, person)| person.role == role);
        let (start, _, number) = people.map(offer).min().unwrap();
        prop_assert_eq!((task.started, task.person as usize), (start, number), "{:?}", task);
        let clock = &program.clocks[usize::from(program.people[number].clock)];
        prop_assert_eq!(clock.add(task.started, task.time), task.ended);
        last_end[number] = Some(task.ended);
    }
    Ok(())
}

const SHIFTS: [&str; 7] = [
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
    let name = |(_, task): &(u16, Task)| program.people[task.person as usize].name.clone();
    diary.works.iter().map(name).collect()
}

/// Deals come at 10:00, 20:00, 6:00, 16:00, 2:00, 12:00 and 22:00. The day shift has not worked by
/// 16:00 on the second day; on the third at 12:00 it has been free for longer.
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

/// Work of no time at 8:00 ends then, and not when the shift before closed.
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
    let people: Vec<u32> = diary.works.iter().map(|(_, task)| task.person).collect();
    // Day takes the deal of 8:00, having never worked; at 9:00 Other has been free for longer.
    assert_eq!(people, [1, 0, 1]);
}

/// Groups of more than a thousand are not told apart, but stand in their place of the file.
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
    assert_eq!(diary.works.iter().map(|(_, task)| task.cost).sum::<i64>(), 4_000_000);
}

/// Worked out by hand. One clerk, Monday to Friday 9–13 and 14–18; the fair sends a deal at 16:00 on
/// Thursday the 15th and two more at once every 20 hours of open time.
#[test]
fn work_pauses_over_lunch_night_and_weekend_to_the_microsecond() {
    let text = "
start: 2026-01-15
horizon: until empty
calendars: {office: {hours: {mon-fri: [\"09:00-13:00\", \"14:00-18:00\"]}}}
roles: {clerk: {people: 1}}
sources:
  first: {every: 16h, count: 1}
  second: {every: 6 working hours, calendar: office, batch: 2, count: 2}
stages:
  a: {work: {role: clerk, time: 5h}, next: {won: 50%, lost: rest}}
";
    let program = Program::compile(&model(text));
    let diary = keep(&program, 1);
    let at = |day: i64, hour: i64, minute: i64| {
        Instant(((day - 15) * 24 + hour) * HOUR_MICROS + minute * MINUTE_MICROS)
    };
    let log: Vec<_> =
        diary.works.iter().map(|(_, task)| (task.asked, task.started, task.ended)).collect();
    // Six open hours from midnight on the 15th: 9–13 and 14–16. Both sources come at 16:00; the
    // first of the file goes first. Work: Thursday 16–18 and Friday 9–12; Friday 12–13, 14–18; Monday.
    let (thursday, friday, monday) = (15, 16, 19);
    assert_eq!(
        log,
        [
            (at(thursday, 16, 0), at(thursday, 16, 0), at(friday, 12, 0)),
            (at(thursday, 16, 0), at(friday, 12, 0), at(friday, 18, 0)),
            (at(thursday, 16, 0), at(monday, 9, 0), at(monday, 15, 0)),
        ]
    );
    let queues: Vec<i64> = diary.works.iter().map(|(_, task)| task.queue / HOUR_MICROS).collect();
    assert_eq!(queues, [0, 5, 10], "open hours of waiting");
}

/// Worked out by hand. In Berlin the clock goes from 02:00 to 03:00 on 31 March 2024, a Sunday.
#[test]
fn work_stops_where_a_clock_change_skips_the_closing_and_starts_where_it_skips_the_opening() {
    let works = |hours: &str, calendar: &str| {
        let program = Program::compile(&model(&format!(
            "
start: 2024-03-31
horizon: 1 week
timezone: Europe/Berlin
calendars: {{night: {{hours: {hours}{calendar}}}}}
roles: {{clerk: {{people: 1}}}}
sources: {{site: {{every: 90 min, count: 1}}}}
stages: {{a: {{work: {{role: clerk, time: 1h}}, next: {{won: 50%, lost: rest}}}}}}
"
        )));
        let diary = keep(&program, 1);
        let task = diary.works[0].1;
        let local = |at: Instant| program.calendar.date_time(at).to_string();
        (local(task.started), local(task.ended))
    };
    let times = |started: &str, ended: &str| (format!("{started}:00"), format!("{ended}:00"));
    let both = times("2024-03-31T01:30", "2024-04-01T00:30");
    assert_eq!(works("\"00:00-02:30\"", ""), both, "closed at the change");
    let special = ", special: {2024-03-31: \"01:00-02:10\"}";
    assert_eq!(works("\"00:00-02:30\"", special), both, "a special day");
    let both = times("2024-03-31T03:00", "2024-03-31T04:00");
    assert_eq!(works("\"02:30-06:00\"", ""), both, "opens at the change");
    let both = times("2024-04-01T02:30", "2024-04-01T03:30");
    assert_eq!(works("\"02:30-06:00\"", ", holidays: [2024-03-31]"), both, "a holiday");
}

/// Weeks add up: to what is open at the end, and to the working time of the window.
#[test]
fn weeks_add_up_to_the_window() {
    let model = model(
        "start: 2026-03-04\nhorizon: 10 weeks\nwarmup: 3 weeks\ntimezone: Europe/Berlin\n\
         calendars: {office: {hours: {mon-fri: \"08:00-16:00\"}, holidays: [2026-04-06]}, \
         night: {hours: {sun-thu: \"22:00-06:00\"}}}\n\
         roles: {seller: {people: [{count: 2}, {name: Owl, calendar: night}]}}\n\
         sources: {web: {rate: 60/week}}\nstages:\n  \
         talk: {work: {role: seller, time: {exponential: {mean: 1h}}}, next: {offer: 60%, lost: rest}}\n  \
         offer: {work: {role: seller, time: {gamma: {mean: 90 min, sd: 40 min}}}, wait: 3d, next: {talk: 10%, won: rest}}\n",
    );
    let options = Options { replications: 7, weekly: true, ..Options::default() };
    let simulation = run(&model, &options, &Progress::default()).unwrap();
    let weekly = simulation.weekly.as_ref().unwrap();
    // Wednesday the 4th of March to Wednesday the 13th of May: eleven Mondays.
    assert_eq!(weekly.dates.len(), 11);
    assert_eq!(weekly.dates[0].to_string(), "2026-03-02");
    let value = |key: Key| simulation.value(&key).unwrap();
    for (stage, open) in simulation.program.stages.iter().zip(&weekly.open) {
        let at_end = value(Key::new(Kpi::OpenAtEnd, Stat::Count).stage(&stage.name));
        assert!((open.last().unwrap() - at_end).abs() < 1e-9, "{} {open:?} {at_end}", stage.name);
    }
    // Hours of the three by week: 2 × 8 h on five days and 40 h by night make 120; the holiday takes
    // 2 × 8 h of the office; of the first week Wednesday to Sunday lie in the window,
    // of the last one Monday and Tuesday.
    let mut hours = [120.0; 11];
    (hours[0], hours[5], hours[10]) = (48.0 + 24.0, 64.0 + 40.0, 32.0 + 16.0);
    let (role, load) = &weekly.load[0];
    assert_eq!((*role, load.len()), (0, 11));
    let worked: f64 = load.iter().zip(hours).map(|(share, hours)| share.unwrap() * hours).sum();
    let utilization = value(Key::new(Kpi::Utilization, Stat::Share).role("seller"));
    let of_window = utilization * hours.iter().sum::<f64>();
    assert!((worked - of_window).abs() < 1e-6, "{worked} {of_window}");
}
