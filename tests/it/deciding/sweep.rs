//! `voronka sweep`: points, their figures, what is best, and going on after an interruption.

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;
use voronka::kpi::{Key, Kpi, Stat};
use voronka::model::load;
use voronka::study::simulate::{Options, Progress, observe};
use voronka::study::sweep::{
    Axis, Compared, Design, Found, Objective, Settles, Sweep, Tried, changes, conclude, options,
    points,
};

use super::{column, model_in, printed, rows, shipped, voronka};

/// Works of 90 minutes come every hour, round the clock: one person is too few, two never let
/// anybody wait.
const CLOCKWORK: &str = "calendars: {all: {hours: {mon-sun: \"00:00-24:00\"}}}\nhorizon: 1 month\n\
    roles: {clerk: {people: 1, cost: 10/hour}}\nsources: {s: {every: 1h}}\n\
    stages: {desk: {work: {role: clerk, time: 90 min}, next: {won: 50%, lost: rest}}}\n";

/// Without people: theory knows nearly everything.
const FREE: &str = "value: 100\nsources: {s: {rate: 30/week, cost: 5}}\nhorizon: 3 months\n\
    stages: {a: {wait: {exponential: {mean: 2d}}, next: 40%}, b: {wait: 3d, cost: 20, next: 50%}}\n";

fn sweep(text: &str, axes: &[&str], base: Options, objectives: &[&str]) -> Sweep {
    let axes: Vec<Axis> = axes.iter().map(|text| Axis::parse(text).unwrap()).collect();
    let objectives = objectives.iter().map(|name| Objective::parse(name).unwrap());
    let objectives: Vec<Objective> = objectives.collect();
    let options = options(base, &objectives);
    let tried = points(&axes, Design::Grid, 1).unwrap().into_iter().map(|values| {
        let loaded = load("m.yaml", text, &changes(&axes, &values), None);
        let model = loaded.model.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
        let observations = observe(&model, &options, &Progress::default()).unwrap();
        Tried { values, model, found: Found::Observed(Box::new(observations)) }
    });
    let tried: Vec<Tried> = tried.collect();
    conclude(axes, &tried, Vec::new(), &objectives, &options).unwrap().unwrap()
}

fn compared<'s>(sweep: &'s Sweep, key: &Key) -> &'s Compared {
    sweep.compared.iter().find(|compared| compared.key == *key).unwrap()
}

fn base(replications: u64) -> Options {
    Options { replications, threads: 1, ..Options::default() }
}

/// Each figure with its value, half-width and n, by KPI, statistic, scope and name.
fn figures(rows: &[Vec<String>]) -> BTreeMap<[String; 5], [String; 3]> {
    let key = ["kpi", "stat", "scope", "name", "per"].map(|title| column(rows, title));
    let cells = ["value", "half_width", "n"].map(|title| column(rows, title));
    let of = |row: &Vec<String>| (key.map(|at| row[at].clone()), cells.map(|at| row[at].clone()));
    rows[1..].iter().map(of).collect()
}

#[test]
fn a_point_has_the_figures_of_the_run_with_the_same_changes() {
    let model = shipped("examples/deal.yaml");
    let same = ["-n", "30", "--seed", "3", "--format", "csv"];
    let kpis = ["--kpi", "win_rate,sales_cycle,queue_time,utilization,cost_per_won"];
    let vary = ["--vary", "roles.seller.people=2..3", "--vary", "sources.site.cost=40,50"];
    let all = rows(&printed(&[&["sweep", &model], &vary[..], &same, &kpis].concat()));
    assert_eq!(all[0][..2], ["roles.seller.people", "sources.site.cost"]);
    let order: Vec<&[String]> = all[1..].iter().map(|row| &row[..2]).collect();
    let mut points = order.clone();
    points.dedup();
    assert_eq!(points, [["2", "40"], ["2", "50"], ["3", "40"], ["3", "50"]]);
    let set = ["--set", "roles.seller.people=3", "--set", "sources.site.cost=50"];
    let run = rows(&printed(&[&["run", &model], &set[..], &same, &kpis].concat()));
    let here = |row: &&Vec<String>| row[..2] == ["3", "50"];
    let here: Vec<Vec<String>> =
        std::iter::once(&all[0]).chain(all[1..].iter().filter(here)).cloned().collect();
    let (here, run) = (figures(&here), figures(&run));
    assert!(here.len() > 20, "{here:?}");
    for (key, found) in here {
        assert_eq!(Some(&found), run.get(&key), "{key:?}");
    }
}

#[test]
fn figures_that_theory_knows_are_those_of_solve() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, FREE);
    let vary = ["--vary", "stages.a.next=20%,40%", "--format", "csv", "-n", "20"];
    let all = rows(&printed(&[&["sweep", &model], &vary[..]].concat()));
    let solve = ["solve", &model, "--set", "stages.a.next=20%", "--format", "csv"];
    let solved = rows(&printed(&solve));
    let mut exact = 0;
    for row in all[1..].iter().filter(|row| row[0] == "20%") {
        let cell = |title: &str| row[column(&all, title)].as_str();
        if cell("known") == "simulated" {
            continue;
        }
        let same = |other: &&Vec<String>| {
            let titles = ["kpi", "stat", "scope", "name", "known", "per"];
            let is_same = |title: &&str| other[column(&solved, title)] == cell(title);
            other[column(&solved, "population")] == "this window" && titles.iter().all(is_same)
        };
        let number = |row: &Vec<String>, all: &[Vec<String>], title: &str| -> f64 {
            row[column(all, title)].parse().unwrap_or(0.0)
        };
        let found = solved[1..].iter().find(same).unwrap_or_else(|| panic!("{row:?}"));
        let ours = ["value", "half_width"].map(|title| number(row, &all, title));
        let theirs = ["value", "error"].map(|title| number(found, &solved, title));
        assert!((ours[0] - theirs[0]).abs() <= ours[1] + theirs[1], "{row:?} {found:?}");
        assert!(ours[1] <= 1e-3 * ours[0] || cell("stat") == "sd", "{row:?}");
        exact += 1;
    }
    assert!(exact >= 4, "{all:?}");
}

#[test]
fn what_theory_knows_is_simulated_only_if_asked_for() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, FREE);
    let vary = ["--vary", "stages.b.next=30%,60%", "--format", "csv"];
    let table = |more: &[&str]| printed(&[&["sweep", &model], &vary[..], more].concat());
    assert_eq!(table(&["-n", "3"]), table(&["-n", "30", "--seed", "5"]));
    // Queue time is no figure of a process without people.
    assert_eq!(table(&["--kpi", "queue_time,win_rate"]), table(&["--kpi", "win_rate"]));
    let (solved, simulated) = (rows(&table(&[])), rows(&table(&["--simulate"])));
    let of = |all: &[Vec<String>], title: &str| -> Vec<String> {
        all[1..].iter().map(|row| row[column(all, title)].clone()).collect()
    };
    assert!(of(&solved, "replications").iter().all(String::is_empty));
    assert!(of(&simulated, "replications").iter().all(|count| count == "200"));
    assert!(of(&simulated, "stat").contains(&"p90".to_owned()));
    assert!(!of(&solved, "stat").contains(&"p90".to_owned()));
    let screen = printed(&["sweep", &model, "--vary", "stages.b.next=30%,60%"]);
    assert!(screen.contains("computed without simulation") && !screen.contains('±'), "{screen}");
}

#[test]
fn the_best_value_is_named_where_theory_knows_it() {
    let found = sweep(FREE, &["stages.b.next=30%,60%,45%"], base(40), &[]);
    let best = compared(&found, &Key::new(Kpi::WinRate, Stat::Share)).best.clone().unwrap();
    assert_eq!((best.at, best.rivals), (1, vec![]));
    let best = compared(&found, &Key::new(Kpi::CostPerWon, Stat::Mean)).best.clone().unwrap();
    assert_eq!((best.at, best.rivals), (1, vec![]));
    // The cost of a lead changes neither the win rate nor the sales cycle.
    let found = sweep(FREE, &["sources.s.cost=5..7"], base(40), &[]);
    for key in [Key::new(Kpi::WinRate, Stat::Share), Key::new(Kpi::SalesCycle, Stat::Mean)] {
        let compared = compared(&found, &key);
        assert_eq!(compared.best.clone().unwrap().rivals, [1, 2], "{key:?}");
        assert_eq!(compared.settles, Some(Settles::Flat), "{key:?}");
    }
    let cost = compared(&found, &Key::new(Kpi::CostPerWon, Stat::Mean));
    assert_eq!((cost.best.clone().unwrap().at, cost.settles), (0, Some(Settles::Never)));
}

#[test]
fn more_people_change_nothing_once_nobody_waits() {
    let found = sweep(CLOCKWORK, &["roles.clerk.people=1..4"], base(40), &[]);
    for key in [Key::new(Kpi::QueueTime, Stat::Mean), Key::new(Kpi::Throughput, Stat::Sales)] {
        let compared = compared(&found, &key);
        assert_eq!(compared.settles, Some(Settles::From(1)), "{key:?}");
        assert_eq!(compared.best.clone().unwrap().rivals, [2, 3], "{key:?}");
    }
    let busy = compared(&found, &Key::new(Kpi::Utilization, Stat::Share).role("clerk"));
    assert_eq!((&busy.best, busy.settles), (&None, Some(Settles::Never)));
}

#[test]
fn the_front_has_the_points_that_no_other_one_dominates() {
    // Cost and duration: (30, 1 d), (20, 2 d), (25, 3 d), which the second one dominates.
    let axis = "stages.a={wait: 1d, cost: 30},{wait: 3d, cost: 25},{wait: 2d, cost: 20}";
    let found = sweep(FREE, &[axis], base(40), &["cost_per_won", "duration"]);
    let front = found.pareto.unwrap();
    let order: Vec<usize> = front.front.iter().map(|one| one.at).collect();
    assert_eq!(order, [2, 0], "the cheapest one first");
    assert!(front.front.iter().all(|one| one.alike.is_empty()), "{front:?}");
}

#[test]
fn a_star_varies_all_that_have_the_value() {
    let folder = TempDir::new().unwrap();
    let text = CLOCKWORK.replace("10/hour}}", "10/hour}, boss: {people: 1}}");
    let text = text.replace(
        "next: {won",
        "next: {b: 50%, lost: rest}}, b: {work: {role: boss, time: 1h}, next: {won",
    );
    let model = model_in(&folder, &text);
    let sweep = ["sweep", &model, "--vary", "roles.*.people=3..4", "-n", "5", "--format", "csv"];
    let all = rows(&printed(&sweep));
    let set = ["--set", "roles.clerk.people=4", "--set", "roles.boss.people=4"];
    let kpi = ["--kpi", "utilization", "-n", "5", "--format", "csv"];
    let run = figures(&rows(&printed(&[&["run", &model], &set[..], &kpi].concat())));
    let here = all[1..].iter().filter(|row| row[0] == "4" && row[1] == "utilization").cloned();
    let here = figures(&std::iter::once(all[0].clone()).chain(here).collect::<Vec<_>>());
    assert!(here.keys().any(|key| key[3] == "boss"), "{here:?}");
    assert!(here.iter().all(|(key, found)| run.get(key) == Some(found)), "{here:?}");
}

#[test]
fn a_point_that_is_no_model_is_told_and_left_out() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, CLOCKWORK);
    let sweep = ["sweep", &model, "--vary", "roles.clerk.people=-1..2", "-n", "5"];
    let text = printed(&sweep);
    assert!(text.contains("Left out: roles.clerk.people=-1"), "{text}");
    assert!(text.contains("2 points"), "{text}");
    let output = voronka(&[&sweep[..], &["--format", "csv"]].concat());
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("Left out: roles.clerk.people=0"), "{errors}");
    let output = voronka(&["sweep", &model, "--vary", "roles.clrk.people=1..2", "-n", "5"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.stdout.is_empty() && errors.contains("V112"), "{errors}");
    for wrong in ["roles.clerk.people", "a=4..1", "a=0.1..0.5", "a=1..99999"] {
        let output = voronka(&["sweep", &model, "--vary", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
    let twice = ["sweep", &model, "--vary", "horizon=1d..2d", "--vary", "horizon=3d..4d"];
    assert_eq!(voronka(&twice).status.code(), Some(2));
}

#[test]
fn a_sample_has_as_many_points_as_asked_for_and_depends_on_the_seed_alone() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, FREE);
    let ranges = ["--vary", "stages.a.next=20%..60%", "--vary", "stages.b.wait=1d..9d"];
    let more = ["--sample", "8", "-n", "5", "--format", "csv", "--kpi", "win_rate"];
    for sampling in ["sobol", "latin-hypercube"] {
        let sweep = |seed: &str, threads: &str| {
            let how = ["--sampling", sampling, "--seed", seed, "--threads", threads];
            printed(&[&["sweep", &model], &ranges[..], &more, &how].concat())
        };
        let text = sweep("1", "1");
        assert!(text == sweep("1", "2") && text != sweep("2", "1"), "{sampling}");
        let all = rows(&text);
        let shares =
            all[1..].iter().map(|row| row[0].trim_end_matches('%').parse::<f64>().unwrap());
        let mut eighths: Vec<u32> = shares.map(|x| ((x - 20.0) / 5.0).floor() as u32).collect();
        eighths.sort_unstable();
        assert_eq!(eighths, [0, 1, 2, 3, 4, 5, 6, 7], "{text}");
    }
}

#[test]
fn the_russian_answer_is_in_russian() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, CLOCKWORK);
    let vary = ["--vary", "roles.clerk.people=-1..3", "-n", "5", "--pareto", "conversion,duration"];
    for more in [&[][..], &["--vary", "sources.s.every=1h,2h"]] {
        let text = printed(&[&["--lang", "ru", "sweep", &model], &vary[..], more].concat());
        let ours = ["roles.clerk.people", "sources.s.every", "model", "clerk", "seed"];
        let rest = ours.iter().fold(text.clone(), |text, word| text.replace(word, ""));
        let rest = rest.replace("1h", "").replace("2h", "");
        assert!(!rest.contains(|c: char| c.is_ascii_alphabetic()), "{text}");
    }
}

#[test]
fn charts_are_lines_along_one_axis_and_heat_maps_over_two() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, FREE);
    let sweep = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let out = out.to_str().unwrap();
        let vary = ["--vary", "stages.a.next=20%..40%:10%", "--kpi", "win_rate,bookings"];
        let to = ["-n", "5", "-o", out, "--chart-format", "svg"];
        printed(&[&["sweep", &model], &vary[..], &to, more].concat());
        let names =
            fs::read_dir(out).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        assert_eq!(names, ["sweep-bookings.svg", "sweep-win-rate.svg", "sweep.csv", "sweep.json"]);
        fs::read_to_string(format!("{out}/sweep-win-rate.svg")).unwrap()
    };
    let lines = sweep("lines", &[]);
    assert!(lines.contains("<polygon") && lines.contains("stages.a.next"), "{lines}");
    let heat = sweep("heat", &["--vary", "stages.b.next=20%,30%"]);
    assert!(!heat.contains("<polygon") && heat.contains("Darker is better"), "{heat}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_sweep_goes_on_to_the_same_bytes() {
    use std::process::{Command, Stdio};
    use std::time::Duration;

    let folder = TempDir::new().unwrap();
    let model = shipped("examples/deal.yaml");
    let sweep = |out: &str, threads: &str| -> Vec<String> {
        let out = folder.path().join(out).display().to_string();
        let fixed = ["sweep", &model, "--vary", "roles.seller.people=2..6", "-n", "300"];
        let more = ["--chart-format", "svg", "--threads", threads, "-o", &out];
        fixed.iter().chain(&more).map(|word| (*word).to_owned()).collect()
    };
    let run =
        |arguments: &[String]| printed(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let whole = run(&sweep("whole", "2"));
    // Stopped after the first points.
    let mut child = Command::new(env!("CARGO_BIN_EXE_voronka"))
        .args(sweep("parts", "1"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let partial = folder.path().join("parts/sweep.partial");
    while fs::metadata(&partial).map_or(0, |file| file.len()) == 0 {
        std::thread::sleep(Duration::from_millis(2));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut errors = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut errors).unwrap();
    assert!(errors.contains("the same command goes on"), "{errors}");
    assert!(!folder.path().join("parts/sweep.csv").exists());
    // A line that was cut short, and one that was changed.
    let mut kept = fs::read(&partial).unwrap();
    let changed =
        String::from_utf8(kept.clone()).unwrap().lines().next().unwrap().replace('1', "2");
    kept.extend(changed.as_bytes());
    kept.extend(b"\n0123 [\"0.1");
    fs::write(&partial, kept).unwrap();
    assert_eq!(run(&sweep("parts", "2")), whole);
    for file in ["sweep.csv", "sweep.json", "sweep-win-rate.svg"] {
        let read =
            |folder_name: &str| fs::read(folder.path().join(folder_name).join(file)).unwrap();
        assert!(read("parts") == read("whole"), "{file}");
    }
    assert!(!partial.exists());
}
