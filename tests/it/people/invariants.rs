//! Invariants of random models: nobody works outside open hours or on two deals at a time, and sums
//! add up.

use std::collections::HashMap;

use proptest::prelude::*;
use voronka::kpi::{Figure, Key, Kpi, Row, Scope, Stat};
use voronka::program::{PersonId, Program, RoleId};
use voronka::quantity::Instant;
use voronka::study::simulate::Simulation;

use super::{keep, model, simulate};

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
  clerk: {{people: {clerks}, cost: 30/hour, department: office}}
  expert: {{people: [{{count: {experts}}}, {{name: Vera, calendar: two}}], department: office, cost: 9000/month}}
  helper: {{people: {shared}, calendar: two, department: field}}
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
        let mut last_end: HashMap<PersonId, Instant> = HashMap::new();
        let mut last_start: HashMap<RoleId, (Instant, Instant)> = HashMap::new();
        for task in &diary.works {
            let person = &program.people[task.person];
            let clock = &program.clocks[person.clock];
            prop_assert!(task.asked <= task.started && task.started <= task.ended);
            prop_assert_eq!(clock.between(task.started, task.ended), task.time);
            prop_assert_eq!(clock.next_open(task.started), task.started);
            prop_assert_eq!(clock.between(task.asked, task.started), task.queue);
            let before = last_end.insert(task.person, task.ended).unwrap_or(Instant::ZERO);
            prop_assert!(before <= task.started, "one thing at a time");
            // Requests are reported in order of time; starts must not overtake.
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
        // The whole is the sum over roles, and over stages.
        let lengths = ["clerk", "expert", "helper"].map(|role| value(Key::new(Kpi::QueueLength, Stat::Mean).role(role)));
        prop_assert!(close(lengths.iter().sum(), value(Key::new(Kpi::QueueLength, Stat::Mean))));
        let lengths = ["a", "b", "c"].map(|stage| value(Key::new(Kpi::QueueLength, Stat::Mean).stage(stage)));
        prop_assert!(close(lengths.iter().sum(), value(Key::new(Kpi::QueueLength, Stat::Mean))));
        // A department is the sum of its roles.
        let of_department = |kpi, stat| value(Key::new(kpi, stat).of(Scope::Department, "office"));
        for (kpi, stat) in [
            (Kpi::QueueLength, Stat::Mean),
            (Kpi::QueueLength, Stat::AtEnd),
            (Kpi::Cost, Stat::Total),
            (Kpi::Reneged, Stat::Count),
            (Kpi::Utilization, Stat::MissingPeople),
        ] {
            let roles = ["clerk", "expert"].map(|role| value(Key::new(kpi, stat.clone()).role(role)));
            prop_assert!(close(roles.iter().sum(), of_department(kpi, stat.clone())), "{} {}", kpi, stat);
        }
        let field = |key: Key| (value(key.clone().role("helper")), value(key.of(Scope::Department, "field")));
        for key in [
            Key::new(Kpi::Utilization, Stat::Share),
            Key::new(Kpi::Utilization, Stat::Asked),
            Key::new(Kpi::QueueTime, Stat::Mean),
            Key::new(Kpi::QueueTime, Stat::quantile(0.9)),
        ] {
            let (role, department) = field(key);
            prop_assert_eq!(role, department);
        }
        let shares = ["clerk", "expert"].map(|role| value(Key::new(Kpi::Utilization, Stat::Share).role(role)));
        let office = of_department(Kpi::Utilization, Stat::Share);
        prop_assert!(shares[0].min(shares[1]) - 1e-12 <= office && office <= shares[0].max(shares[1]) + 1e-12);
        let kinds = ["marketing", "stages", "work", "salaries"].map(|kind| value(Key::new(Kpi::Cost, Stat::Total).of(Scope::Kind, kind)));
        prop_assert!(close(kinds.iter().sum(), value(Key::new(Kpi::Cost, Stat::Total))));
        let time = |stat, stage| Key::new(Kpi::TimeInStage, stat).stage(stage);
        let parts = [Stat::Processing, Stat::Queue, Stat::OffHours, Stat::Client];
        for stage in ["a", "b", "c"] {
            let sum: f64 = parts.clone().map(|part| value(time(part, stage))).iter().sum();
            prop_assert!(close(sum, value(time(Stat::Mean, stage))));
        }
    }
}

/// With enough people a limited role equals an unlimited one: the shared walk and the plain one
/// agree.
#[test]
fn many_people_give_the_figures_of_unlimited_people() {
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
        // If deals share people, the interval of a quantile allows for their dependence.
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
