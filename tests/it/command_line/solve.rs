//! `voronka solve`: each figure with how it was obtained.

use std::fs;

use tempfile::TempDir;

use super::{code, csv_rows, model_in, text, voronka};

#[test]
fn solve_labels_how_each_figure_was_obtained() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let solve = |more: &[&str]| voronka(&[&["solve", model], more].concat());
    let rows = csv_rows(&text(&solve(&["--format", "csv", "--by", "segment,source"]).stdout));
    assert_eq!(
        rows[0].join(","),
        "kpi,scope,name,by,stat,value,error,known,method,unit,per,population"
    );
    let find = |kpi: &str, stat: &str, population: &str| {
        let same = |row: &&Vec<String>| {
            row[0] == kpi && row[3].is_empty() && row[4] == stat && row[11] == population
        };
        rows.iter().find(same).unwrap_or_else(|| panic!("{kpi} {stat}")).clone()
    };
    // 40 % reach the first stage of phase `deal`; half of them go on, and half of those are won.
    let win_rate = find("win_rate", "share", "long run");
    let share: f64 = win_rate[5].parse().unwrap();
    assert!(win_rate[7] == "exact" && (share - 0.25).abs() < 1e-12, "{win_rate:?}");
    let p90 = find("sales_cycle", "p90", "long run");
    assert!(p90[7] == "numerical" && p90[6].parse::<f64>().unwrap() < 0.01, "{p90:?}");
    assert_eq!(find("intake", "total", "this window")[7], "numerical");
    assert!(rows.iter().any(|row| row[3] == "segment='=cmd()" || row[3] == "segment==cmd()"));
    let json: serde_json::Value =
        serde_json::from_slice(&solve(&["--format", "json"]).stdout).unwrap();
    assert!(json["missing"].as_array().unwrap().is_empty(), "{json}");
    assert!(text(&solve(&[]).stdout).contains("each followed to its end"));
    for wrong in [&["--kpi", "winrate"][..], &["--by", "nothing"], &["--quantiles", "0"]] {
        let output = solve(wrong);
        assert!(code(&output) == 2 && output.stdout.is_empty(), "{wrong:?}");
    }
    // More work than working time: the wait is unstable.
    let path = folder.path().join("busy.yaml");
    let busy = "calendars: {a: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {clerk: {people: 1}}\n\
                sources: {s: {rate: 2/hour}}\n\
                stages: {desk: {work: {role: clerk, time: {exponential: {mean: 45 min}}}, next: won}}\n";
    fs::write(&path, busy).unwrap();
    let output = voronka(&["solve", path.to_str().unwrap(), "--format", "csv"]);
    let rows = csv_rows(&text(&output.stdout));
    let of_role = |kpi: &str, stat: &str| {
        let same = |row: &&Vec<String>| row[0] == kpi && row[1] == "role" && row[4] == stat;
        rows.iter().find(same).unwrap().clone()
    };
    assert_eq!(of_role("queue_time", "mean")[5..8], ["", "", "unstable"]);
    // An hour and a half of work arrives per hour: half a person is missing.
    assert_eq!(of_role("utilization", "missing people")[5], "0.5");
}
