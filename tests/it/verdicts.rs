//! The verdict of `check`: its exit code, whatever happens to its output, and what a simulation can
//! decide.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use voronka::kpi::{Axis, Row, Stat};
use voronka::model::load;
use voronka::study::simulate::{Options, Progress, run};

const MODEL: &str = "sources: {s: {rate: 10/day}}\nvalue: {uniform: {min: 100, max: 300}}\n\
                     stages: {a: {next: 30%}}\n";

struct Case {
    _folder: TempDir,
    path: PathBuf,
}

/// A model with one expectation.
fn expecting(expectation: &str) -> Case {
    file(&format!("{MODEL}expect: [{expectation}]\n"))
}

fn file(text: &str) -> Case {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.yaml");
    fs::write(&path, text).unwrap();
    Case { _folder: folder, path }
}

fn check(case: &Case, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    command.arg("check").args(arguments).arg(&case.path).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A model of which theory does not know the win rate, with one expectation.
fn expecting_of_people(expectation: &str) -> Case {
    let stages = MODEL.replace("a: {next", "a: {work: {role: clerk, time: 1 min}, next");
    file(&format!("{stages}roles: {{clerk: {{people: 1}}}}\nexpect: [{expectation}]\n"))
}

#[test]
fn an_undecided_expectation_fails_unless_that_is_allowed() {
    let case = expecting_of_people("{kpi: win_rate, at_least: 30%}");
    let undecided = check(&case, &["--simulate", "--budget", "400", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&undecided.stdout).unwrap();
    assert_eq!((code(&undecided), found[0]["code"].as_str()), (1, Some("V514")));
    assert_eq!(found[0]["severity"], "error");
    let help = found[0]["help"].as_str().unwrap();
    let needed =
        help.rsplit("--budget ").next().unwrap().trim_end_matches('`').parse::<u64>().unwrap();
    assert!(needed > 400, "{help}");
    for more in
        [&["--simulate", "--allow-undecided"][..], &["--simulate", "--allow-undecided", "--strict"]]
    {
        let allowed = check(&case, &[more, &["--budget", "400"]].concat());
        assert_eq!(code(&allowed), 0, "{more:?}");
        assert!(text(&allowed.stderr).contains("1 undecided, which is allowed"));
    }
    // A broken expectation stays broken, and the flag needs --simulate.
    let broken = expecting("{kpi: win_rate, at_least: 60%}");
    assert_eq!(code(&check(&broken, &["--simulate", "--allow-undecided"])), 1);
    assert_eq!(code(&check(&broken, &["--allow-undecided"])), 2);
}

#[test]
fn one_replication_decides_nothing() {
    let case = expecting_of_people("{kpi: win_rate, at_least: 1%}");
    let one = check(&case, &["--simulate", "-n", "1"]);
    assert!(code(&one) == 1 && text(&one.stdout).contains("one replication gives no interval"));
}

#[test]
fn a_model_without_expectations_gets_a_warning() {
    let case = file(MODEL);
    let silent = check(&case, &["--simulate"]);
    assert!(code(&silent) == 0 && text(&silent.stdout).contains("V621"));
    assert_eq!(code(&check(&case, &["--simulate", "--strict"])), 1);
    assert!(check(&case, &["--strict"]).stdout.is_empty());
}

/// Full quarters of a calendar year have about 910 leads of 200 each, of which 30 % are won.
#[test]
fn calendar_periods_are_answered_with_and_without_a_chance() {
    for kept in [
        "{kpi: bookings, per: quarter, between: [53000, 56500]}",
        "{kpi: bookings, per: quarter, at_least: 45000, chance: 90%}",
        "{kpi: intake, per: week, between: [69, 71]}",
        "{kpi: intake, per: year, between: [3640, 3680]}",
        "{kpi: bookings, per: month, stat: p10, between: [15000, 16500]}",
        "{kpi: bookings, per: month, stat: mean, between: [17500, 19000]}",
        "{kpi: bookings, per: day, between: [590, 610]}",
        "{kpi: throughput, per: quarter, between: [270, 281]}",
        "{kpi: bookings, source: s, per: month, between: [17500, 19000]}",
    ] {
        let output = check(&expecting(kept), &["--simulate"]);
        assert_eq!(code(&output), 0, "{kept}: {}", text(&output.stdout));
    }
}

/// What a simulation cannot judge is refused before it, at its place.
#[test]
fn expectations_that_cannot_be_judged_are_refused_without_simulation() {
    for (refused, because) in [
        ("{kpi: win_rate, per: month, at_least: 10%}", "V505"),
        ("{kpi: win_rate, chance: 90%, at_least: 10%}", "V505"),
        ("{kpi: bookings, per: day, at_least: 1, chance: 90%}", "V505"),
        ("{kpi: cost_per_lead, per: month, at_least: 1, chance: 90%}", "V505"),
        ("{kpi: lead_to_win, within: 2 working days, at_least: 15%}", "V505"),
        ("{kpi: win_rate, within: 90d, at_least: 15%}", "V505"),
        ("{kpi: time_in_stage, at_most: 3d}", "V505"),
        ("{kpi: win_rate, stage: a, at_least: 3%}", "V505"),
        ("{kpi: sales_cycle, within: 1d, stat: p90, at_least: 3%}", "V109"),
        ("{kpi: intake, at_least: 1, above: 2}", "V109"),
        ("{kpi: intake, at_least: 1, chance: 100%}", "V506"),
        ("{kpi: win_rate, stat: p90, at_least: 10%}", "V502"),
        ("{kpi: coverage, at_least: 10}", "V106"),
        ("{kpi: win_rate, at_least: 10}", "V201"),
        ("{kpi: win_rate, at_least: -10%}", "V201"),
        ("{kpi: win_rate, at_most: 110%}", "V201"),
        ("{kpi: sales_cycle, at_most: 30}", "V201"),
        ("{kpi: sales_cycle, at_most: 30%}", "V201"),
        ("{kpi: bookings, at_least: 10%}", "V201"),
        ("{kpi: bookings, at_least: 10d}", "V201"),
        ("{kpi: intake, between: [1d, 2d]}", "V201"),
        ("{kpi: intake, at_least: 10%}", "V201"),
    ] {
        let case = expecting(refused);
        let output = check(&case, &["--format", "line"]);
        let found = text(&output.stdout);
        assert!(code(&output) == 1 && found.contains(because), "{refused}: {found}");
        assert!(found.contains("model.yaml:4:"), "{refused}: {found}");
        assert_eq!(code(&check(&case, &["--simulate"])), 1, "{refused}");
    }
    // A quarter that the window does not fully contain.
    let short = file(&format!(
        "horizon: 10 weeks\n{MODEL}expect: [{{kpi: bookings, per: quarter, at_least: 1}}]\n"
    ));
    assert!(text(&check(&short, &[]).stdout).contains("no full calendar quarter"));
}

#[test]
fn a_finding_of_a_change_names_the_model() {
    let case = file(MODEL);
    let change = ["--simulate", "-n", "20", "--set", "expect=[{kpi: win_rate, at_least: 90%}]"];
    let output = check(&case, &[&change[..], &["--format", "json"]].concat());
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found[0]["file"], "--set");
    assert!(found[0]["model"].as_str().unwrap().ends_with("model.yaml"));
    let output = check(&case, &[&change[..], &["--format", "line"]].concat());
    assert!(text(&output.stdout).starts_with("--set (") && code(&output) == 1);
}

#[test]
fn unreadable_files_are_findings_in_json_too() {
    for (broken, because) in [
        ("stages: {a: {next: 30%}", "V008"),
        ("", "V005"),
        ("stages:\n\ta: {next: 30%}", "V008"),
        (&"[".repeat(100), "V008"),
        ("voronka: 7\nstages: {a: {next: 30%}}", "V009"),
    ] {
        let case = file(broken);
        let json = check(&case, &["--format", "json"]);
        let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!((code(&json), found[0]["code"].as_str()), (2, Some(because)), "{broken}");
        assert!(found[0]["line"].as_u64().unwrap() >= 1);
        let line = check(&case, &["--format", "line"]);
        assert!(code(&line) == 2 && text(&line.stdout).contains(because), "{broken}");
        assert!(check(&case, &[]).stdout.is_empty(), "{broken}");
    }
    let mut missing = file("");
    missing.path.set_file_name("nothing.yaml");
    let json = check(&missing, &["--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((code(&json), found[0]["code"].as_str()), (2, Some("V001")));
}

/// A reader who closes the pipe does not change the verdict.
#[test]
fn the_exit_code_does_not_depend_on_the_reader() {
    let stages: Vec<String> = (0..2000).map(|at| format!("  s{at}: {{nxt: 30%}}")).collect();
    let many = file(&format!("stages:\n{}\n", stages.join("\n")));
    let broken = expecting("{kpi: win_rate, at_least: 60%}");
    let closed = |case: &Case, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
        command.arg("check").args(arguments).arg(&case.path);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        child.wait().unwrap().code()
    };
    for _ in 0..20 {
        assert_eq!(closed(&many, &[]), Some(1));
        assert_eq!(closed(&many, &["--format", "json"]), Some(1));
        assert_eq!(closed(&broken, &["--simulate", "-n", "10"]), Some(1));
    }
    assert_eq!(closed(&expecting("{kpi: intake, at_least: 1}"), &[]), Some(0));
}

/// A full or closed standard output is distinguished from a reader who has closed the pipe.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_of_every_command() {
    let bad = file("stages: {a: {nxt: 30%}}\n");
    let good = file(MODEL);
    let (bad, good) = (bad.path.to_str().unwrap(), good.path.to_str().unwrap());
    let commands = [
        vec!["--help"],
        vec!["--version"],
        vec!["help", "run"],
        vec!["run", "--help"],
        vec!["schema"],
        vec!["man"],
        vec!["completions", "bash"],
        vec!["explain", "win_rate"],
        vec!["explain", "V101"],
        vec!["new", "--list"],
        vec!["check", bad],
        vec!["check", bad, "--format", "json"],
        vec!["show", good],
        vec!["solve", good],
        vec!["run", good, "-n", "2"],
    ];
    for arguments in commands {
        for target in ["> /dev/full", ">&-"] {
            let shell = format!("exec \"$0\" \"$@\" {target}");
            let mut command = Command::new("sh");
            command.args(["-c", &shell, env!("CARGO_BIN_EXE_voronka")]).args(&arguments);
            let output = command.output().unwrap();
            assert_eq!(code(&output), 3, "{arguments:?} {target}: {}", text(&output.stderr));
        }
        // No output is no fault.
        let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
        let status = command.args(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let expected = i32::from(arguments.contains(&bad));
        assert_eq!(status.unwrap().code(), Some(expected), "{arguments:?}");
    }
}

/// The table of figures that `expect` may use, compared with the rows of every shipped model.
#[test]
fn the_table_of_figures_is_that_of_the_rows() {
    let mut compared = 0;
    for path in crate::models::models() {
        let text = fs::read_to_string(&path).unwrap();
        let model = load("m.yaml", &text, &[], path.parent()).model.unwrap();
        let by = vec!["source".to_owned()];
        let options = Options { replications: 2, by, ..Options::default() };
        let result = run(&model, &options, &Progress::default()).unwrap();
        for row in &result.rows {
            let Row { key, axis, .. } = row;
            compared += 1;
            if *axis == Axis::Periods {
                assert!(key.kpi.has_periods(), "{key:?}");
                continue;
            }
            let found = key.kpi.statistic(key.span, &key.stat);
            let found = found.unwrap_or_else(|| panic!("{key:?} is not in the table"));
            assert!(!found.solved, "{key:?}");
            assert!(found.scopes.contains(&key.scope), "{key:?}");
            assert!(found.by || key.by.is_empty(), "{key:?}");
            if !matches!(key.stat, Stat::Within(_) | Stat::Quantile(_)) {
                let per_replication = *axis == Axis::Replications;
                assert_eq!(found.over.is_per_replication(), per_replication, "{key:?}");
            }
        }
    }
    assert!(compared > 3000, "{compared}");
}
