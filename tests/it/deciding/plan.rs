//! `voronka plan`: what it says follows from the plans that it tried.

use tempfile::TempDir;
use voronka::kpi::{Key, Kpi, Scope, Stat};
use voronka::model::{Override, load};
use voronka::report::phrase::{Finding, Phrase, Planning};
use voronka::report::{Block, Cell, plan as screen, plan_charts};
use voronka::study::plan::{Options, Plan, plan, ranges};
use voronka::study::simulate::{self, Progress, run};
use voronka::study::sweep::{Axis, Objective};

use super::{column, files_in, model_in, printed, rows, shipped, voronka};

/// Two roles; the clerk is cheap, and the seller is what binds.
const TEXT: &str = "currency: EUR\nvalue: 100\nstart: 2026-01-01\nhorizon: 2 months\n\
    roles: {seller: {people: 2, cost: 3000/month}, clerk: {people: 1, cost: 1000/month}}\n\
    sources: {s: {rate: 60/week, cost: 5}}\nstages:\n  \
    a: {work: {role: seller, time: 2h}, next: {b: 50%, lost: rest}}\n  \
    b: {work: {role: clerk, time: 30 min, activity: bill}, next: won}\n\
    expect: [{kpi: queue_time, role: seller, at_most: 1d}, {kpi: throughput, at_least: 100}]\n";

fn planned(seed: u64) -> Plan<'static> {
    let with = |changes: &[Override]| load("m.yaml", TEXT, changes, None).model;
    let model = Box::leak(Box::new(with(&[]).unwrap()));
    let ranges = ranges(model, &[Axis::parse("roles.*.people=1..6").unwrap()]);
    let options = Options {
        base: simulate::Options { seed, replications: 20, ..Default::default() },
        first: 10,
        budget: 1000,
        zone: 0.02,
        aim: Objective::parse("cost").unwrap(),
        every: false,
    };
    let run = |model: &_, options: &_| run(model, options, &Progress::default());
    plan(model, ranges, &options, &with, run).unwrap()
}

#[test]
fn what_the_screen_says_is_derived_from_the_plans() {
    for seed in 1..4 {
        let found = planned(seed);
        let best = &found.tried[found.best.unwrap()];
        let cheaper = found.tried.iter().filter(|tried| tried.cost.value < best.cost.value);
        for tried in cheaper {
            assert!(!tried.accepted(), "{:?} is cheaper", tried.values);
        }
        let mut lines = Vec::new();
        for block in screen(&found) {
            if let Block::Line(Phrase::Planning(line)) = block {
                lines.push(*line);
            }
        }
        let told = lines.iter().find_map(|line| match line {
            Planning::Best { plan, aim } => Some((plan.clone(), aim.clone().unwrap().1.value)),
            _ => None,
        });
        let (plan, cost) = told.unwrap();
        let [seller, clerk] = &best.values[..] else { panic!("{:?}", best.values) };
        assert_eq!(plan, format!("roles.seller.people={seller}, roles.clerk.people={clerk}"));
        assert_eq!(Some(cost), best.cost.value);
        // Two months of salaries in 59 days, and about 60 leads a week at 5 each.
        let people = |text: &String| text.parse::<f64>().unwrap();
        let salaries = 2.0 * (3000.0 * people(seller) + 1000.0 * people(clerk)) / 59.0;
        let month = 30.4375 * (salaries + 60.0 * 5.0 / 7.0);
        assert!((cost - month).abs() < 60.0, "{cost} {month}");
        let reached: Vec<f64> = lines
            .iter()
            .filter_map(|line| match line {
                Planning::Reached(_, measured) => measured.value,
                _ => None,
            })
            .collect();
        assert_eq!(
            reached,
            best.judged.iter().map(|judged| judged.found.value.unwrap()).collect::<Vec<_>>()
        );
        for line in &lines {
            if let Planning::Binds { role, target, found: number } = line {
                let mut fewer = best.choice.clone();
                fewer[usize::from(role == "clerk")] -= 1;
                let tried = found.tried.iter().find(|tried| tried.choice == fewer).unwrap();
                let judged = &tried.judged[target - 1];
                assert!(!judged.met && judged.found.value == Some(number.value));
            }
        }
        let charts = plan_charts(&found);
        let (Finding::Planning(title), _) = charts[0].chart.head() else { panic!("{charts:?}") };
        let Planning::Cheapest(_, number) = &**title else { panic!("{title:?}") };
        assert_eq!(Some(number.value), best.cost.value);
    }
}

/// What the plan asks for is its run, per month of 30.4375 days, with the 10 and 90 % of its windows.
#[test]
fn what_a_plan_asks_for_is_derived_from_its_run() {
    let found = planned(1);
    let run = found.run.as_ref().unwrap();
    let months = run.days / 30.4375;
    let mut rows = Vec::new();
    for block in screen(&found) {
        if let Block::Table(table) = block {
            rows.extend(table.rows);
        }
    }
    let row_of = |label: Cell| rows.iter().find(|row| row[0] == label).unwrap();
    let arrivals = row_of(Phrase::from(Planning::Arrivals).into());
    let bills = row_of(Cell::Name("bill".to_owned()));
    let intake = Key::new(Kpi::Intake, Stat::Total);
    let billed = Key::new(Kpi::Activities, Stat::Done).of(Scope::Activity, "bill");
    for (row, key) in [(arrivals, intake), (bills, billed)] {
        let figure = run.find(&key).unwrap();
        let Cell::Number(mean) = &row[1] else { panic!("{row:?}") };
        assert!((mean.value - figure.figure.value().unwrap() / months).abs() < 1e-9, "{row:?}");
        let Cell::Phrase(Phrase::Planning(range)) = &row[2] else { panic!("{row:?}") };
        let Planning::FromTo(low, high) = &**range else { panic!("{range:?}") };
        let windows: Vec<f64> = figure.replications.iter().flatten().copied().collect();
        let below = |limit: f64| windows.iter().filter(|x| **x < limit * months - 1e-9).count();
        // Of 20 windows: at most 2 are below the low end, and at most 2 above the high one.
        assert_eq!(windows.len(), 20);
        assert!(below(low.value) <= 2 && below(high.value) >= 16, "{windows:?} {range:?}");
        assert!(low.value < mean.value && mean.value < high.value, "{range:?}");
    }
}

#[test]
fn the_same_command_gives_the_same_files() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, TEXT);
    let write = |name: &str, threads: &str| {
        let out = folder.path().join(name).display().to_string();
        let common =
            ["plan", &model, "--vary", "roles.*.people=1..4", "-n", "5", "--budget", "200"];
        let more = ["--lang", "ru", "--threads", threads, "-o", &out];
        let screen = printed(&[&common[..], &more].concat());
        (screen, files_in(&out))
    };
    let (one, other) = (write("a", "1"), write("b", "2"));
    assert_eq!(one, other);
    let names: Vec<&str> = one.1.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["plan-2.png", "plan-2.svg", "plan.csv", "plan.json", "plan.png", "plan.svg"]
    );
    assert!(
        one.0.contains("Самый дешёвый план") && one.0.contains("Что план требует от людей"),
        "{}",
        one.0
    );
    let table = rows(&String::from_utf8(one.1[2].1.clone()).unwrap());
    let [chosen, met] = ["chosen", "met"].map(|title| column(&table, title));
    let best: Vec<&Vec<String>> = table[1..].iter().filter(|row| row[chosen] == "yes").collect();
    assert!(best.len() == 2 && best.iter().all(|row| row[met] == "yes"), "{table:?}");
}

#[test]
fn without_a_plan_it_says_so() {
    let model = shipped("examples/deal.yaml");
    let target = ["--target", "bookings per month >= 1000000 chance 80%"];
    let output =
        voronka(&[&["plan", &model, "--vary", "roles.seller.people=1..3"], &target[..]].concat());
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("No plan in these ranges meets all targets."), "{text}");
    assert!(text.contains("Target 1: chance of bookings per month at least 1 M"), "{text}");
}

#[test]
fn what_cannot_be_planned_is_refused() {
    let folder = TempDir::new().unwrap();
    let model = model_in(
        &folder,
        "roles: {s: {people: 1}}\nstages: {a: {work: {role: s, time: 1h}, next: won}}\n",
    );
    let vary = ["--vary", "roles.s.people=1..3"];
    for (arguments, says) in [
        (vec![], "say what the plan must reach"),
        (vec!["--target", "win_rate"], "KPI >= LIMIT"),
        (vec!["--target", "winrate >= 30%"], "win_rate"),
        (vec!["--target", "win_rate >= 30%", "--minimise", "win_rate"], "is not better"),
        (vec!["--target", "win_rate >= 30%", "--vary", "roles.t.people=1..2"], "roles.t"),
        (
            vec![
                "--target",
                "win_rate >= 30%",
                "--vary",
                "stages.a.work.time=1h..999h:1h",
                "--vary",
                "horizon=1d..999d:1d",
            ],
            "more than",
        ),
    ] {
        let output = voronka(&[&["plan", &model], &vary[..], &arguments].concat());
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && errors.contains(says), "{arguments:?}: {errors}");
    }
}
