//! A process that is learnt, and the satisfaction of clients: traces by hand, and shares against
//! the integral of the curve.
//!
//! Each random test has a false-alarm rate of 1e-6 or less, stated beside it.

use std::sync::atomic::AtomicBool;

use voronka::engine::{
    Deal, Guard, Observer, Replication, Setup, Token, Visit, Visited, Walk, replicate,
};
use voronka::kpi::{Key, Kpi, Row, Scope, Stat};
use voronka::model::{Override, load};
use voronka::program::{Exit, Program};
use voronka::quantity::{DAY_MICROS, Instant};
use voronka::random::key::Address;
use voronka::study::simulate::{Options, Progress, Simulation, run};
use voronka::study::{Period, TimelineMeasure};

/// What happened to the deals of a replication.
#[derive(Default)]
struct Diary {
    /// Whether each visit that asked followed the process, with its deal and entry.
    asked: Vec<(Deal, Instant, bool)>,
    visits: Vec<(Deal, Visit)>,
    ended: Vec<(Deal, Instant)>,
}

impl Observer for Diary {
    fn follows(&mut self, deal: &Deal, token: &Token, followed: bool) {
        self.asked.push((*deal, token.now, followed));
    }
    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        self.visits.push((*deal, *visit));
    }
    fn ends(&mut self, deal: &Deal, token: &Token, _: usize, _: &Visited<'_>) {
        self.ended.push((*deal, token.now));
    }
}

fn compiled(text: &str) -> Program {
    let loaded = load("m.yaml", text, &[], None);
    Program::compile(&loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics)))
}

fn walked(program: &Program, walk: Walk) -> Diary {
    let cancel = AtomicBool::new(false);
    let guard = Guard { most_visits: 10_000_000, cancel: &cancel };
    let mut diary = Diary::default();
    let setup = Setup { walk, ..Setup::new(program, guard) };
    replicate(&setup, Replication { seed: 3, number: 0 }, &mut diary);
    diary
}

fn simulated(text: &str, changes: &[Override], replications: u64) -> Simulation {
    let loaded = load("m.yaml", text, changes, None);
    let model = loaded.model.unwrap_or_else(|| panic!("{text}\n{:?}", loaded.diagnostics));
    let options = Options { replications, ..Options::default() };
    run(&model, &options, &Progress::default()).unwrap()
}

fn value(simulation: &Simulation, key: &Key) -> f64 {
    simulation.value(key).unwrap_or_else(|| panic!("no {key:?}"))
}

/// Three deals, 50 days apart: before the start, half-way, and after the end.
const THREE: &str = "start: 2026-01-01\nhorizon: 12 months\n\
    rollout: {start: 2026-02-10, duration: 40 days, from: 0%, to: 100%, curve: linear}\n\
    sources: {s: {every: 50d, count: 3}}\nstages:\n  \
    a: {wait: 1d, next: {b: 100%}, variants: [{when: {followed: false}, wait: 5d, next: {c: 100%}}]}\n  \
    b: {wait: 1d, next: {won: 100%}}\n  c: {wait: 1d, next: {lost: 100%}}\n";

#[test]
fn three_deals_follow_by_the_chance_of_their_entry() {
    let program = compiled(THREE);
    let diary = walked(&program, Walk::Fastest);
    let days = |at: Instant| at.0 as f64 / DAY_MICROS as f64;
    // Arrivals at days 50, 100 and 150; the roll-out runs from day 40 to day 80.
    let entered: Vec<f64> = diary.asked.iter().map(|(_, at, _)| days(*at)).collect();
    assert_eq!(entered, [50.0, 100.0, 150.0]);
    let chance = [(50.0 - 40.0) / 40.0, 1.0, 1.0];
    for ((deal, _, followed), chance) in diary.asked.iter().zip(chance) {
        // The draw has an address of its own: the stage, its purpose and the first visit.
        let word = deal.key.word(Address::new("a", 0, "followed").visit(1));
        assert_eq!(*followed, (word as f64) < chance * 2f64.powi(64));
    }
    // One draw is used for the wait and for the way.
    for (at, (deal, visit)) in diary.visits.iter().enumerate().filter(|(_, (_, v))| v.stage.0 == 0)
    {
        let asked = diary.asked.iter().find(|(asked, ..)| asked.key == deal.key);
        let followed = asked.map(|(_, _, followed)| *followed).unwrap();
        assert_eq!(days(visit.left) - days(visit.entered), if followed { 1.0 } else { 5.0 });
        assert_eq!(visit.exit, Exit(if followed { 1 } else { 2 }), "{at}");
    }
    let early = compiled(&THREE.replace("every: 50d, count: 3", "every: 12d, count: 3"));
    let early = walked(&early, Walk::Fastest);
    assert!(early.asked.iter().all(|(_, _, followed)| !followed), "all before the start");
}

/// Every visit draws once, whether it follows is the same in its steps and its way, and all walks agree.
#[test]
fn steps_and_the_way_out_agree_in_every_visit() {
    let text = THREE.replace("every: 50d, count: 3", "rate: 20/day");
    let program = compiled(&text);
    let diary = walked(&program, Walk::Fastest);
    assert!(diary.asked.len() > 5_000);
    let mut seen = [0; 2];
    for (_, visit) in diary.visits.iter().filter(|(_, visit)| visit.stage.0 == 0) {
        let followed = (visit.left - visit.entered).0 == DAY_MICROS;
        assert_eq!(visit.exit, Exit(if followed { 1 } else { 2 }));
        seen[usize::from(followed)] += 1;
    }
    assert!(seen[0] > 500 && seen[1] > 500);
    for walk in [Walk::OneByOne, Walk::Lines] {
        let other = walked(&program, walk);
        assert_eq!(
            (other.asked.len(), other.visits.len()),
            (diary.asked.len(), diary.visits.len())
        );
    }
}

/// The draw leaves all others as they are: where not following changes nothing, nothing changes.
#[test]
fn the_draw_changes_no_other_draw() {
    let text = |rest: &str, variant: &str| {
        format!(
            "start: 2026-01-01\nhorizon: 3 months\n{rest}roles: {{r: {{people: 2}}}}\nvalue: {{exponential: {{mean: 90}}}}\n\
             sources: {{s: {{rate: 5/day}}}}\nstages:\n  \
             a: {{work: {{role: r, time: {{exponential: {{mean: 1h}}}}}}, next: 70%{variant}}}\n  \
             b: {{wait: {{exponential: {{mean: 2d}}}}, next: {{a: 20%, won: 30%, lost: rest}}}}\n"
        )
    };
    let rollout = "rollout: {start: 2026-01-10, duration: 50 days, from: 20%, to: 90%}\n";
    let plain = simulated(&text("", ""), &[], 5);
    let learnt =
        simulated(&text(rollout, ", variants: [{when: {followed: false}, next: 70%}]"), &[], 5);
    let others: Vec<&Row> = learnt
        .rows
        .iter()
        .filter(|row| row.key.kpi != Kpi::Followed && row.key.kpi != Kpi::Cost)
        .collect();
    assert!(others.len() > 50 && others.iter().copied().eq(&plain.rows));
}

/// The share of a window against the integral of the curve; 4.892 standard errors: 1e-6 each.
#[test]
fn the_share_followed_is_the_integral_of_the_curve() {
    let s = |x: f64| 1.0 / (1.0 + (-x).exp());
    // The mean of the logistic function from -6 to 0 is (ln 2 - ln(1 + e^-6)) / 6.
    let mean = (2f64.ln() - (-6f64).exp().ln_1p()) / 6.0;
    let logistic = (mean - s(-6.0)) / (s(6.0) - s(-6.0));
    for (curve, risen) in [("linear", 0.25), ("logistic", logistic)] {
        // The window is the first half of the roll-out; arrivals are spread evenly over it.
        let text = format!(
            "start: 2026-03-02\nhorizon: 50d\n\
             rollout: {{start: 2026-03-02, duration: 100 days, from: 20%, to: 95%, curve: {curve}}}\n\
             sources: {{s: {{rate: 100/day}}}}\nstages:\n  \
             a: {{next: 50%, variants: [{{when: {{followed: false}}, next: 40%}}]}}\n"
        );
        let simulation = simulated(&text, &[], 40);
        let expected = 0.2 + 0.75 * risen;
        let row = simulation.find(&Key::new(Kpi::Followed, Stat::Share).stage("a")).unwrap();
        let n = value(&simulation, &Key::new(Kpi::Intake, Stat::Total)) * 40.0;
        let found = row.figure.value().unwrap();
        let error = (expected * (1.0 - expected) / n).sqrt();
        assert!(n > 190_000.0, "{n}");
        assert!((found - expected).abs() < 4.892 * error, "{curve}: {found} and {expected}");
    }
}

/// 4.892 standard errors for each week: 1e-6 each, 2e-5 for all of them.
#[test]
fn the_timeline_shows_the_transition_week_by_week() {
    let text = "start: 2026-03-02\nhorizon: 20 weeks\n\
        rollout: {start: 2026-03-02, duration: 70 days, from: 0%, to: 100%, curve: linear}\n\
        sources: {s: {rate: 100/day}}\nstages:\n  \
        a: {next: 80%, variants: [{when: {followed: false}, next: 30%}]}\n";
    let simulation = simulated(text, &[], 20);
    let of = |measure| {
        let rows = simulation.timeline.rows.iter();
        let rows = rows.filter(move |row| row.period == Period::Week && row.measure == measure);
        rows.map(|row| (row.mean, row.n)).collect::<Vec<_>>()
    };
    let (followed, rates) = (of(TimelineMeasure::Followed), of(TimelineMeasure::WinRate));
    assert_eq!((followed.len(), rates.len()), (20, 20));
    for (week, ((share, n), (rate, _))) in followed.iter().zip(&rates).enumerate() {
        let risen = ((week as f64 + 0.5) / 10.0).min(1.0);
        let wins = 0.3 + 0.5 * risen;
        let near = |found: f64, wanted: f64| {
            let error = (wanted * (1.0 - wanted) / (700.0 * 20.0)).sqrt();
            // The number of arrivals is not exactly 14,000.
            (found - wanted).abs() <= 5.0 * error + 1e-12
        };
        assert!(near(*share, risen) && near(*rate, wins), "{week}: {share} {rate}");
        assert_eq!(*n, 20);
    }
    // A model without a roll-out has neither.
    let plain = simulated("stages: {a: {next: 50%}}", &[], 2);
    assert!(plain.timeline.rows.iter().all(|row| row.measure != TimelineMeasure::WinRate));
}

/// A deal that is late in its first stage, comes back twice, is sold, and is late by the time of its branch.
#[test]
fn satisfaction_moves_with_late_and_repeated_visits() {
    let text = "start: 2026-01-01\nhorizon: until empty\nsources: {s: {every: 1d, count: 1}}\nstages:\n  \
        a: {wait: 2d, sla: 1d, satisfaction: {late: -15, revisit: -5}, next: {b: 100%}}\n  \
        b: {wait: 1d, next: {a: 100%}, variants: [{when: {satisfaction: {at_most: 40}}, next: {c: 100%}}]}\n  \
        c: {sale: true, sla: 1d, satisfaction: {late: -10}, wait: 1d, next: {d: {share: 100%, after: 1s}}}\n  \
        d: {wait: 0, next: {e: 100%}}\n  \
        e: {wait: 1d, sla: 1d, satisfaction: {late: -10, revisit: 25}, max_visits: {count: 3, next: done}, next: {e: 100%}}\n";
    let program = compiled(text);
    for walk in [Walk::Fastest, Walk::OneByOne, Walk::Lines] {
        let diary = walked(&program, walk);
        let scores: Vec<(u16, u16)> =
            diary.visits.iter().map(|(deal, visit)| (visit.stage.0, deal.satisfaction)).collect();
        let wanted = [
            (0, 6_500), // 80, late
            (1, 6_500),
            (0, 4_500), // again, late
            (1, 4_500),
            (0, 2_500), // again, late
            (1, 2_500), // no more than 40: on
            (2, 1_500), // a day is in time, the second of the branch is not
            (3, 1_500),
            (4, 1_500), // in time: exactly a day
            (4, 4_000), // again, which pleases here
            (4, 6_500),
        ];
        assert_eq!(scores, wanted, "{walk:?}");
        assert_eq!(diary.ended.len(), 1);
        assert_eq!(diary.ended[0].0.satisfaction, 6_500);
    }
}

#[test]
fn a_variant_of_the_same_stage_sees_that_the_visit_was_late() {
    let model = |wait: &str| {
        format!(
            "start: 2026-01-01\nhorizon: until empty\nsources: {{s: {{every: 1d, count: 5}}}}\nstages:\n  \
             a: {{wait: {wait}, sla: 24h, satisfaction: {{late: -15}}, next: won, \
             variants: [{{when: {{satisfaction: {{below: 80}}}}, next: {{lost: 100%}}}}]}}\n"
        )
    };
    let lost = |text: &str| value(&simulated(text, &[], 1), &Key::new(Kpi::WinRate, Stat::Share));
    assert_eq!((lost(&model("24h")), lost(&model("25h"))), (1.0, 0.0));
}

#[test]
fn scores_stay_between_0_and_100_and_start_anew_with_no_round() {
    let text = "start: 2026-01-01\nhorizon: until empty\nsources: {s: {every: 1d, count: 1}}\nstages:\n  \
        a: {wait: 2d, sla: 1d, satisfaction: {late: -70, revisit: 100}, max_visits: {count: 3, next: {b: 100%}}, next: {a: 100%}}\n  \
        b: {sale: true, sla: 1h, satisfaction: {late: -100}, wait: 1d, next: {c: 100%}}\n  \
        c: {sale: true, wait: 1d, next: done}\n";
    let diary = walked(&compiled(text), Walk::Fastest);
    let scores: Vec<u16> = diary.visits.iter().map(|(deal, _)| deal.satisfaction).collect();
    // 80 - 70; 10 + 100 is 100, - 70; the same; - 100 is 0; and it stays with the next round.
    assert_eq!(scores, [1_000, 3_000, 3_000, 0, 0]);
}

/// Two deals in time (80), one late (65), one late twice and lost (50).
#[test]
fn the_kpi_is_the_mean_of_final_scores() {
    let text = "start: 2026-01-01\nhorizon: until empty\nattributes: {kind: {x: 100%}}\n\
        sources:\n  p: {every: 1d, count: 2}\n  q: {every: 1d, count: 1}\n  r: {every: 1d, count: 1}\nstages:\n  \
        a: {wait: 1d, sla: 1d, satisfaction: {late: -15}, next: {b: 100%}, \
        variants: [{when: {source: [q, r]}, wait: 2d}]}\n  \
        b: {wait: 1d, sla: 1d, satisfaction: {late: -15}, next: won, \
        variants: [{when: {source: r}, wait: 2d, next: {lost: 100%}}]}\n";
    let simulation = simulated(text, &[], 2);
    let stat = |stat| value(&simulation, &Key::new(Kpi::Satisfaction, stat));
    assert!((stat(Stat::Mean) - (80.0 + 80.0 + 65.0 + 50.0) / 4.0).abs() < 1e-9);
    assert!((stat(Stat::OfWon) - 75.0).abs() < 1e-9);
    assert!((stat(Stat::Under60) - 0.25).abs() < 1e-9);
}

/// A model in which every key of both sections counts.
const WHOLE: &str = "start: 2026-01-05\nhorizon: 26 weeks\n\
    calendars: {office: {hours: {mon-fri: \"09:00-18:00\"}}}\nroles: {r: {people: 3, cost: 500/hour}}\n\
    rollout: {start: 2026-02-02, duration: 100 days, from: 20%, to: 95%, curve: linear, cost: 70000, \
    work: {role: r, time: 2h, every: week}}\n\
    sources: {s: {rate: 8/day}}\nstages:\n  \
    a: {work: {role: r, time: 1h}, sla: 20h, satisfaction: {late: -15, revisit: -5}, \
    next: {a: 20%, won: 50%, lost: rest}, \
    variants: [{when: {followed: false}, next: {a: 30%, won: 30%, lost: rest}}, \
    {when: {satisfaction: {below: 70}}, next: {won: 10%, lost: rest}}]}\n";

#[test]
fn each_key_changes_a_figure() {
    let base = simulated(WHOLE, &[], 3);
    for (path, without) in [
        ("rollout.start", "2026-03-02"),
        ("rollout.duration", "50 days"),
        ("rollout.from", "0%"),
        ("rollout.to", "60%"),
        ("rollout.curve", "null"),
        ("rollout.cost", "null"),
        ("rollout.work", "null"),
        ("rollout.work.time", "1h"),
        ("rollout.work.every", "2 weeks"),
        ("stages.a.satisfaction", "null"),
        ("stages.a.satisfaction.late", "null"),
        ("stages.a.satisfaction.revisit", "null"),
        ("stages.a.variants[1].when", "{visit: 9}"),
        ("stages.a.variants[2].when", "{visit: 9}"),
    ] {
        let changed = simulated(WHOLE, &[Override::set(path, without)], 3);
        assert!(base.rows != changed.rows, "{path}");
    }
}

#[test]
fn the_cost_of_a_rollout_is_a_kind_of_its_own_and_counts_in_all_cost() {
    let cost = |changes: &[Override]| {
        let simulation = simulated(WHOLE, changes, 3);
        let of = |key: Key| value(&simulation, &key);
        let kind = |name| of(Key::new(Kpi::Cost, Stat::Total).of(Scope::Kind, name));
        let kinds: f64 = ["marketing", "stages", "work", "rollout"].map(kind).iter().sum();
        let all = of(Key::new(Kpi::Cost, Stat::Total));
        assert!((all - kinds).abs() < 1e-6, "{all} and {kinds}");
        kind("rollout")
    };
    // Three people, 15 times two hours.
    assert!((cost(&[]) - (70_000.0 + 3.0 * 15.0 * 2.0 * 500.0)).abs() < 1e-6);
    // The window begins behind the start and the first two briefings.
    let later = Override::set("start", "2026-02-16");
    assert!((cost(&[later]) - 3.0 * 13.0 * 2.0 * 500.0).abs() < 1e-6);
    let paid_by_month = Override::set("roles.r.cost", "90000/month");
    let simulation = simulated(WHOLE, &[paid_by_month], 2);
    let key = Key::new(Kpi::Cost, Stat::Total).of(Scope::Kind, "rollout");
    assert!((value(&simulation, &key) - 70_000.0).abs() < 1e-6);
}

/// What briefings take is not there to be worked in: the same work is a greater part of what is left.
#[test]
fn briefings_leave_less_time_to_work_in() {
    let text = "start: 2026-01-05\nhorizon: 26 weeks\n\
        calendars: {office: {hours: {mon-fri: \"09:00-18:00\"}}}\nroles: {r: {people: 3}}\n\
        rollout: {start: 2026-02-02, duration: 100 days, from: 20%, to: 95%, \
        work: {role: r, time: 2h, every: week}}\n\
        sources: {s: {every: 1h, calendar: office}}\nstages:\n  \
        a: {work: {role: r, time: 1h}, next: 50%, variants: [{when: {followed: false}, next: 40%}]}\n";
    let busy = |changes: &[Override]| {
        value(&simulated(text, changes, 1), &Key::new(Kpi::Utilization, Stat::Share).role("r"))
    };
    // One of three works at any time; of 26 weeks of 45 hours, two are missing 15 times. Arrivals go on meanwhile.
    let without = busy(&[Override::set("rollout.work", "null")]);
    let ratio = busy(&[]) / without;
    assert!((without - 1.0 / 3.0).abs() < 1e-3, "{without}");
    assert!((ratio - 1170.0 / 1140.0).abs() < 1e-3, "{ratio}");
}

/// Codes and paths of the findings of a text.
fn found(text: &str) -> Vec<(String, String)> {
    let findings = load("m.yaml", text, &[], None).diagnostics;
    findings.iter().map(|one| (one.problem.code().to_owned(), one.path.clone())).collect()
}

#[test]
fn what_cannot_be_meant_is_an_error_at_its_place() {
    let rollout = "rollout: {start: 2026-03-02, duration: 100 days, from: 20%, to: 95%";
    let stages = "stages: {a: {next: 50%, variants: [{when: {followed: false}, next: 40%}]}}\n";
    for (text, code, path) in [
        (stages.to_owned(), "V107", "stages.a.variants[1].when.followed"),
        (
            format!("{rollout}}}\nvalue: [{{when: {{followed: true}}, amount: 5}}]\n{stages}"),
            "V119",
            "value[1].when.followed",
        ),
        (
            format!("rollout: {{start: 2026-03-02, from: 20%, to: 95%}}\n{stages}"),
            "V107",
            "rollout",
        ),
        (format!("{rollout}, curve: steps}}\n{stages}"), "V203", "rollout.curve"),
        (
            format!("{}\n{stages}", rollout.replace("100 days", "0") + "}"),
            "V204",
            "rollout.duration",
        ),
        (format!("{}\n{stages}", rollout.replace("95%", "95") + "}"), "V201", "rollout.to"),
        (
            format!("{rollout}, work: {{role: r, time: 2h, every: week}}}}\n{stages}"),
            "V301",
            "rollout.work.role",
        ),
        (
            format!(
                "roles: {{r: {{people: unlimited}}}}\n{rollout}, work: {{role: r, time: 2h, every: week}}}}\n{stages}"
            ),
            "V409",
            "rollout.work.role",
        ),
        (
            format!(
                "roles: {{r: {{people: 1}}}}\n{rollout}, work: {{role: r, time: 2h, every: 1 min}}}}\n{stages}"
            ),
            "V204",
            "rollout.work.every",
        ),
        ("stages: {a: {satisfaction: {late: -15}, next: 50%}}\n".to_owned(), "V107", "stages.a"),
        (
            "stages: {a: {satisfaction: {revisit: -150}, next: 50%}}\n".to_owned(),
            "V201",
            "stages.a.satisfaction.revisit",
        ),
        (
            "stages: {a: {satisfaction: {}, next: 50%}}\n".to_owned(),
            "V107",
            "stages.a.satisfaction",
        ),
        (
            "stages: {a: {next: 50%, variants: [{when: {followed: 5}, next: 40%}]}}\n".to_owned(),
            "V203",
            "stages.a.variants[1].when.followed",
        ),
    ] {
        let found = found(&text);
        assert_eq!(found, [(code.to_owned(), path.to_owned())], "{text}");
    }
}

#[test]
fn a_rollout_that_no_stage_asks_for_changes_nothing() {
    let text =
        "sources: {s: {rate: 5/day}}\nstages: {a: {wait: {exponential: {mean: 3d}}, next: 50%}}\n";
    let plain = simulated(text, &[], 2);
    let rollout = "rollout: {start: 2024-03-02, duration: 100 days, from: 20%, to: 95%}\n";
    let learnt = simulated(&format!("{rollout}{text}"), &[], 2);
    assert!(plain.rows == learnt.rows, "no stage asks, so nothing is drawn");
}
