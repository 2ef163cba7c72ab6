//! `voronka run`: its output, its warnings, and its limits.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use super::{code, csv_rows, model_in, text, voronka};

#[test]
fn stdout_holds_the_chosen_format_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let run =
        |format| voronka(&["run", model, "-n", "20", "--format", format, "--by", "segment,source"]);
    let table = csv_rows(&text(&run("csv").stdout));
    assert_eq!(
        table[0].join(","),
        "kpi,scope,name,by,axis,stat,value,half_width,level,p10,p50,p90,unit,per,population,n"
    );
    assert!(table.iter().any(|row| row[3] == "segment=smb"));
    assert!(table.iter().any(|row| row[2] == "предложение <script>"));
    let json: serde_json::Value = serde_json::from_slice(&run("json").stdout).unwrap();
    assert_eq!(json["replications"], 20);
    assert_eq!(json["kpis"].as_array().unwrap().len(), table.len() - 1);
    let markdown = text(&run("markdown").stdout);
    assert!(markdown.contains("| stage | phase |") && !markdown.contains("<script>"));
    assert!(text(&run("table").stdout).contains("Funnel"));
}

/// If a model cannot have a KPI, the run names it and what it needs, and shows the others.
#[test]
fn a_kpi_without_a_row_says_what_it_needs() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.yaml");
    fs::write(&path, "sources: {s: {rate: 9/day}}\nstages: {a: {wait: 1d, next: 50%}}\n").unwrap();
    let path = path.to_str().unwrap();
    let output =
        voronka(&["run", path, "-n", "3", "--kpi", "bookings,win_rate", "--format", "csv"]);
    assert_eq!(code(&output), 0);
    let told = text(&output.stderr);
    assert!(
        told.contains("no bookings: it needs a `value`") && !told.contains("win_rate"),
        "{told}"
    );
    assert_eq!(csv_rows(&text(&output.stdout)).len(), 2);
}

/// If the solver has the figures exactly, `run` names the command, and that command works.
#[test]
fn an_exactly_known_kpi_names_the_command_that_solves_it() {
    let w1 = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/models/w1.yaml");
    let run = |kpi: &str| {
        text(&voronka(&["run", w1, "-n", "3", "--kpi", kpi, "--set", "stages.one.cost=6"]).stdout)
    };
    let known = run("win_rate,cost_per_won");
    let command = known.split_once("without a simulation: `voronka ").unwrap().1;
    let command = command.split_once('`').unwrap().0;
    let words: Vec<&str> = command.split_whitespace().collect();
    let solved = voronka(&words);
    assert_eq!(code(&solved), 0, "{command}");
    assert_eq!(text(&solved.stdout).matches("exact").count(), 2, "{command}");
    assert!(!run("sales_cycle").contains("known exactly"));
}

#[test]
fn overrides_change_one_value_and_unknown_paths_are_errors() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let run = |set: &str| voronka(&["run", model, "-n", "5", "--format", "json", "--set", set]);
    let intake = |output: &Output| {
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["kpis"][0]["value"].as_f64().unwrap()
    };
    let (once, twice) = (intake(&run("name=Other")), intake(&run("sources.site.rate=40/week")));
    assert!((twice / once - 2.0).abs() < 0.1, "{once} {twice}");
    for (set, hint) in [
        ("stages.ofer.cost=5", "stages.ofer"),
        ("stages.offer.cots=5", "cost"),
        ("stages.offer.cost=five", "five"),
        ("stages.offer.next.won=50%", "stages.offer.next"),
    ] {
        let output = run(set);
        assert_eq!(code(&output), 1, "{set}");
        assert!(text(&output.stderr).contains(hint), "{set}: {}", text(&output.stderr));
    }
}

#[test]
fn a_loop_that_never_ends_meets_its_limit() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("loop.yaml");
    fs::write(&path, "stages:\n  a: {next: {b: 99%, won: rest}}\n  b: {wait: 1 min, next: b}\n")
        .unwrap();
    let output = voronka(&["run", path.to_str().unwrap(), "-n", "2", "--max-visits", "100000"]);
    assert_eq!(code(&output), 4);
    let told = text(&output.stderr);
    assert!(output.stdout.is_empty(), "{told}");
    assert!(told.contains("more than 100000 stage visits, the last of them to `b`"), "{told}");
    // A single deal has a limit too, and a loop that takes no time is an error of the model.
    let rare =
        "stages:\n  a: {next: {b: 99%, won: rest}}\n  b: {next: {b: 99.9999999999%, won: rest}}\n";
    fs::write(&path, rare).unwrap();
    let output = voronka(&["run", path.to_str().unwrap(), "-n", "1"]);
    let told = text(&output.stderr);
    assert_eq!(code(&output), 4, "{told}");
    assert!(told.contains("a deal of replication 0 made more than 10000000"), "{told}");
    fs::write(&path, "stages:\n  a: {next: {b: 99%, won: rest}}\n  b: {next: b}\n").unwrap();
    assert_eq!(code(&voronka(&["run", path.to_str().unwrap(), "-n", "1"])), 1);
    let many = folder.path().join("many.yaml");
    fs::write(&many, "sources: {site: {rate: 1000000000000/day}}\nstages: {a: {next: 30%}}\n")
        .unwrap();
    let output = voronka(&["run", many.to_str().unwrap()]);
    assert_eq!(code(&output), 4);
    assert!(text(&output.stderr).contains("deals are expected"));
}

#[test]
fn no_arrivals_give_a_result_without_numbers() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("none.yaml");
    fs::write(&path, "sources: {site: {rate: 0/day}}\nstages: {a: {wait: 1d, next: 30%}}\n")
        .unwrap();
    let out = folder.path().join("out");
    let output = voronka(&["run", path.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(!shown.contains("NaN") && !shown.contains("inf"), "{shown}");
    assert!(shown.contains("No deals arrived"), "{shown}");
}
