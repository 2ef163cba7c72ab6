//! Benchmarks whole processes, compared with a hand-written program and with problems of twice the
//! size.
//!
//! `cargo bench --bench compare -- FLOOR/Cargo.toml` builds a single-purpose program with the three
//! workloads compiled in (`floor w1|w2|w3 SIZE THREADS`), runs both alternately, each pinned to a
//! core, and prints medians of the ratios as Markdown. Without that program, only the tables that
//! do not need it are printed. docs/performance.md shows the tables of one session.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The binary; [`main`] builds it once more with the release profile.
const OURS: &str = env!("CARGO_BIN_EXE_voronka");

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

/// Pairs of alternating runs.
const PAIRS: usize = 7;

/// A workload: its name, the size for the other program, and the number of our replications.
const WORKLOADS: [(&str, &str, &str); 3] =
    [("w1", "18250000", "500"), ("w2", "2000000", "20"), ("w3", "350", "350")];

fn main() {
    let floor = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    cargo(&["build", "--release", "--quiet", "--manifest-path", MANIFEST]);
    println!("{}", machine());
    if let Some(manifest) = floor {
        let floor = build(Path::new(&manifest));
        against(&floor);
        scaling(&floor);
    }
    let room = tempfile::tempdir().expect("a temporary folder can be made");
    doublings(room.path());
    memory(room.path());
    starts(room.path());
    chains(room.path());
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or("unknown processor", |(_, name)| name);
    let flags = std::env::var("RUSTFLAGS").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{name}, {cores} cores, RUSTFLAGS {flags:?}, {PAIRS} runs in turn, medians\n")
}

fn build(manifest: &Path) -> PathBuf {
    let target = Path::new(OURS).ancestors().nth(2).expect("a binary lies in a target folder");
    let target = target.join("floor");
    let (manifest, place) = (manifest.display().to_string(), target.display().to_string());
    let place = ["--manifest-path", &manifest, "--target-dir", &place];
    cargo(&[&["build", "--release", "--quiet"], place.as_slice()].concat());
    target.join("release/floor")
}

fn cargo(arguments: &[&str]) {
    let built = Command::new("cargo").args(arguments).status();
    assert!(built.is_ok_and(|status| status.success()), "cargo {arguments:?} fails");
}

fn workload(name: &str) -> String {
    format!("{}/benches/models/{name}.yaml", env!("CARGO_MANIFEST_DIR"))
}

/// The duration of a whole process on these cores, in seconds.
fn seconds(cores: &str, program: &Path, arguments: &[&str]) -> f64 {
    let mut command = Command::new("taskset");
    command.args(["-c", cores]).arg(program).args(arguments);
    #[allow(clippy::disallowed_types)] // a benchmark needs the time
    let start = std::time::Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{} {arguments:?}", program.display());
    start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The medians of two kinds of runs that alternate.
fn in_turn(one: impl Fn() -> f64, other: impl Fn() -> f64) -> (f64, f64) {
    let pairs: Vec<(f64, f64)> = (0..PAIRS).map(|_| (one(), other())).collect();
    (median(pairs.iter().map(|p| p.0).collect()), median(pairs.iter().map(|p| p.1).collect()))
}

fn run(model: &str, replications: &str, threads: &str, more: &[&str]) -> f64 {
    let cores = if threads == "1" { "0" } else { "0,1" };
    let mut arguments = vec!["run", model, "-n", replications, "--threads", threads];
    arguments.extend(["--format", "csv"]);
    arguments.extend(more);
    seconds(cores, Path::new(OURS), &arguments)
}

fn against(floor: &Path) {
    println!("| one core | floor, s | all KPIs, s | ratio | `--kpi sales_cycle`, s | ratio |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, size, replications) in WORKLOADS {
        let model = workload(name);
        let theirs = || seconds("0", floor, &[name, size, "1"]);
        let (a, all) = in_turn(theirs, || run(&model, replications, "1", &[]));
        let one = || run(&model, replications, "1", &["--kpi", "sales_cycle"]);
        let (b, one) = in_turn(theirs, one);
        println!("| {name} | {a:.3} | {all:.3} | {:.2} | {one:.3} | {:.2} |", a / all, b / one);
    }
    println!();
}

fn scaling(floor: &Path) {
    println!("| two cores / one core | floor | ours | ours / floor |");
    println!("| --- | --- | --- | --- |");
    for (name, size, replications) in WORKLOADS {
        let model = workload(name);
        let theirs = in_turn(
            || seconds("0", floor, &[name, size, "1"]),
            || seconds("0,1", floor, &[name, size, "2"]),
        );
        let ours =
            in_turn(|| run(&model, replications, "1", &[]), || run(&model, replications, "2", &[]));
        let (theirs, ours) = (theirs.0 / theirs.1, ours.0 / ours.1);
        println!("| {name} | {theirs:.2} | {ours:.2} | {:.2} |", ours / theirs);
    }
    println!();
}

/// A process with this number of stages, each with its own role if `people`.
struct Grown {
    stages: usize,
    people: usize,
    days: usize,
    rate: f64,
    sources: usize,
    attributes: usize,
    /// The number of values of each attribute.
    values: usize,
    holidays: usize,
}

impl Grown {
    fn text(&self) -> String {
        let Grown { stages, people, days, rate, sources, attributes, values, holidays } = *self;
        let mut text = format!("start: 2024-01-01\nhorizon: {days} d\n");
        if people > 0 {
            let closed: Vec<String> =
                (0..holidays).map(|day| holiday(day, days, holidays)).collect();
            let closed = closed.join(", ");
            let hours = "hours: {mon-fri: \"09:00-18:00\"}";
            let _ = writeln!(text, "calendars: {{office: {{{hours}, holidays: [{closed}]}}}}");
        }
        text += "sources:\n";
        (0..sources).for_each(|at| {
            let _ = writeln!(text, "  leads{at}: {{rate: {}/day}}", rate / sources as f64);
        });
        if attributes > 0 {
            text += "attributes:\n";
            (0..attributes).for_each(|at| {
                let share = |value: usize| format!("x{value}: 10%");
                let shares: Vec<String> = (1..values).map(share).collect();
                let _ = writeln!(text, "  a{at}: {{{}, y: rest}}", shares.join(", "));
            });
        }
        if people > 0 {
            text += "roles:\n";
            (0..stages).for_each(|at| {
                let _ = writeln!(text, "  r{at}: {{people: {people}}}");
            });
        }
        text += "stages:\n";
        for at in 0..stages {
            let does = match people {
                0 => "wait: {lognormal: {median: 1d, sigma: 0.8}}".to_owned(),
                _ => format!("work: {{role: r{at}, time: {{exponential: {{mean: 1h}}}}}}"),
            };
            let next = if at + 1 == stages { "{won: 95%, lost: rest}" } else { "95%" };
            let _ = writeln!(text, "  s{at}: {{{does}, next: {next}}}");
        }
        text
    }
}

/// A holiday; holidays are spread evenly over the days.
fn holiday(number: usize, days: usize, holidays: usize) -> String {
    let day = i64::try_from(number * days / holidays).unwrap_or(0);
    let date = jiff::civil::date(2024, 1, 1).checked_add(jiff::Span::new().days(day));
    date.map_or_else(|_| "2024-01-01".to_owned(), |date| date.to_string())
}

const GROWN: Grown = Grown {
    stages: 8,
    people: 0,
    days: 365,
    rate: 100.0,
    sources: 2,
    attributes: 2,
    values: 3,
    holidays: 0,
};
const STAFFED: Grown =
    Grown { stages: 6, people: 8, rate: 30.0, attributes: 0, holidays: 20, ..GROWN };

fn doublings(room: &Path) {
    println!("| doubled | once, s | twice, s | ratio |");
    println!("| --- | --- | --- | --- |");
    let place = |name: &str, grown: &Grown| {
        let path = room.join(name);
        std::fs::write(&path, grown.text()).expect("the temporary folder can be written to");
        path.display().to_string()
    };
    let one = place("one.yaml", &GROWN);
    let staffed = place("staffed.yaml", &STAFFED);
    let with = |base: Grown, name: &str| place(name, &base);
    let cases = [
        ("replications", &one, "150", one.clone(), "300"),
        ("deals, independent", &one, "150", with(Grown { rate: 200.0, ..GROWN }, "a"), "150"),
        ("stages, independent", &one, "150", with(Grown { stages: 16, ..GROWN }, "b"), "150"),
        ("attributes", &one, "150", with(Grown { attributes: 4, ..GROWN }, "c"), "150"),
        (
            "deals and people",
            &staffed,
            "60",
            with(Grown { rate: 60.0, people: 16, ..STAFFED }, "d"),
            "60",
        ),
        ("stages with roles", &staffed, "60", with(Grown { stages: 12, ..STAFFED }, "e"), "60"),
        ("people, same deals", &staffed, "60", with(Grown { people: 16, ..STAFFED }, "f"), "60"),
        (
            "days of the calendar, same deals",
            &staffed,
            "60",
            with(Grown { days: 730, rate: 15.0, ..STAFFED }, "g"),
            "60",
        ),
        ("sources, same deals", &one, "150", with(Grown { sources: 4, ..GROWN }, "i"), "150"),
        ("holidays", &staffed, "60", with(Grown { holidays: 40, ..STAFFED }, "h"), "60"),
    ];
    for (what, base, n, other, m) in cases {
        let (single, double) = in_turn(|| run(base, n, "1", &[]), || run(&other, m, "1", &[]));
        println!("| {what} | {single:.3} | {double:.3} | {:.2} |", double / single);
    }
    // With the class of deals whose value is not known.
    let seven = with(Grown { values: 7, ..GROWN }, "j");
    let by = |model: &str| run(model, "150", "1", &["--by", "a0"]);
    let (single, double) = in_turn(|| by(&one), || by(&seven));
    println!("| classes of `--by`, 4 to 8 | {single:.3} | {double:.3} | {:.2} |", double / single);
    println!();
}

/// The peak memory of a process, in MiB.
fn peak(arguments: &[&str]) -> f64 {
    let mut child = Command::new(OURS)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    while child.try_wait().is_ok_and(|ended| ended.is_none()) {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let held = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let held = held.and_then(|held| held.split_whitespace().next()?.parse::<f64>().ok());
        most = most.max(held.unwrap_or(0.0) / 1024.0);
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    most
}

fn memory(room: &Path) {
    println!("| most memory, two threads | MiB |");
    println!("| --- | --- |");
    let w1 = workload("w1");
    let per_day = |deals: f64| format!("sources.leads.rate={}/day", deals / 365.0);
    for (what, deals) in [("10^5", 1e5), ("10^6", 1e6), ("10^7", 1e7), ("10^8", 1e8)] {
        let rate = per_day(deals);
        let arguments =
            ["run", &w1, "-n", "2", "--threads", "2", "--set", &rate, "--format", "csv"];
        println!("| w1, {what} deals in each of two replications | {:.1} |", peak(&arguments));
    }
    for n in ["100", "1000", "10000"] {
        let arguments =
            ["run", &w1, "-n", n, "--threads", "2", "--set", "sources.leads.rate=1/day"];
        println!("| w1, a deal a day, {n} replications | {:.1} |", peak(&arguments));
    }
    let staffed = room.join("staffed.yaml").display().to_string();
    let arguments = ["run", &staffed, "-n", "100", "--threads", "2"];
    println!("| six stages with people, 100 replications | {:.1} |", peak(&arguments));
    println!();
}

/// Time and memory of long chains, which should be proportional to their stages.
fn chains(room: &Path) {
    println!("| `run -n 5` of a chain of stages | s | MiB |");
    println!("| --- | --- | --- |");
    for stages in [250, 500, 1000, 2000] {
        let mut text = "stages:\n".to_owned();
        for stage in 0..stages {
            let _ = writeln!(text, "  s{stage}: {{wait: 1d, next: 99%}}");
        }
        let path = room.join("chain.yaml");
        std::fs::write(&path, text).expect("the temporary folder can be written to");
        let path = path.display().to_string();
        let arguments = ["run", &path, "-n", "5"];
        let time =
            median((0..PAIRS).map(|_| seconds("0,1", Path::new(OURS), &arguments)).collect());
        println!("| {stages} | {time:.2} | {:.0} |", peak(&arguments));
    }
    println!();
}

/// Writes 200 models of 12 stages with people, no two with the same distributions; returns the folder.
fn folder_of_models(folder: &Path) -> String {
    std::fs::create_dir_all(folder).expect("the temporary folder can be written to");
    for model in 0..200 {
        let stage = |stage: usize| {
            let next = if stage == 11 { "won".to_owned() } else { format!("s{}", stage + 1) };
            let (work, wait) = (10 + stage, model + 200 * (stage + 1));
            format!(
                "  s{stage}:\n    work: {{role: seller, time: {{lognormal: {{median: {work} min, p90: 1h}}}}}}\n    \
                 wait: {{lognormal: {{median: {wait} min, p90: 30d}}}}\n    \
                 next: {{{next}: 80%, lost: {{price: 10%, silence: rest}}}}\n"
            )
        };
        let stages: Vec<String> = (0..12).map(stage).collect();
        let text = format!(
            "voronka: 1\nroles: {{seller: {{people: 9}}}}\nsources: {{web: {{rate: 20/week, cost: 5}}}}\n\
             value: {{lognormal: {{median: 1000, p90: 3000}}}}\nstages:\n{}",
            stages.concat()
        );
        std::fs::write(folder.join(format!("{model}.yaml")), text)
            .expect("the temporary folder can be written to");
    }
    folder.display().to_string()
}

fn starts(room: &Path) {
    println!("| whole process, one core | ms |");
    println!("| --- | --- |");
    let time = |what: &str, arguments: &[&str]| {
        let runs = (0..PAIRS).map(|_| seconds("0", Path::new(OURS), arguments)).collect();
        println!("| {what} | {:.1} |", median(runs) * 1e3);
    };
    time("`voronka --version`", &["--version"]);
    for (stages, name) in [(12, "12.yaml"), (1000, "1000.yaml")] {
        let path = room.join(name);
        std::fs::write(&path, Grown { stages, ..GROWN }.text())
            .expect("the temporary folder can be written to");
        let path = path.display().to_string();
        time(&format!("`check` of {stages} stages"), &["check", &path]);
    }
    let folder = room.join("models");
    let folder = folder_of_models(&folder);
    for threads in ["1", "2"] {
        let what = format!("`check` of a folder of 200 models of 12 stages, threads: {threads}");
        let arguments = ["check", folder.as_str(), "--threads", threads];
        let cores = if threads == "1" { "0" } else { "0,1" };
        let runs = (0..PAIRS).map(|_| seconds(cores, Path::new(OURS), &arguments)).collect();
        println!("| {what} | {:.1} |", median(runs) * 1e3);
    }
    let w1 = workload("w1");
    for rate in ["1/year", "1000000000/year"] {
        let set = format!("sources.leads.rate={rate}");
        let what = format!("`solve --kpi win_rate,cost_per_won` of w1, {rate}");
        time(&what, &["solve", &w1, "--kpi", "win_rate,cost_per_won", "--set", &set]);
    }
    let folder = format!("{}/models", env!("CARGO_MANIFEST_DIR"));
    let mut models: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the shipped models are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    models.sort();
    let both = |more: &[&str]| {
        let slowest = models.iter().map(|model| {
            let model = model.display().to_string();
            let mut arguments = vec!["run", &model];
            arguments.extend(more);
            (seconds("0,1", Path::new(OURS), &arguments), model)
        });
        slowest.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
    };
    let out = room.join("out").display().to_string();
    for (what, (time, model)) in [
        ("`run`", both(&[])),
        ("`run -o`, all charts", both(&["-o", &out, "--force", "--charts", "all"])),
    ] {
        let model = Path::new(&model).file_stem().unwrap_or_default().display().to_string();
        println!("| {what}, two cores, the slowest shipped model ({model}) | {:.0} |", time * 1e3);
    }
}
