//! The report of a fit, attributes and people.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use super::command::run;

/// Deals of two sizes: large ones are won more often and bring more. A column is filled at the close only.
fn table() -> String {
    let mut text = "id,created,stage,closed,amount,size,warehouse\n".to_owned();
    for deal in 0..600_u32 {
        let (day, month) = (1 + deal % 28, 1 + deal / 56);
        let is_large = deal % 3 == 0;
        let is_open = deal >= 560;
        let is_won = deal / 3 % 10 < if is_large { 6 } else { 2 };
        let stage = if is_open {
            "Talks"
        } else if is_won {
            "Won"
        } else {
            "Lost"
        };
        let closed =
            if is_open { String::new() } else { format!("2026-{:02}-{day:02}", month + 1) };
        let amount = if is_large { 5_000 + deal } else { 500 + deal % 100 };
        let size = if is_large { "large" } else { "small" };
        let place = if is_open {
            ""
        } else if deal % 2 == 0 {
            "north"
        } else {
            "south"
        };
        writeln!(text, "{deal},2026-{month:02}-{day:02},{stage},{closed},{amount},{size},{place}")
            .unwrap();
    }
    text
}

#[test]
fn kinds_of_deals_have_ways_and_amounts_of_their_own_and_leaks_are_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("deals.csv"), table()).unwrap();
    let (code, model, errors) = run(&["fit", "deals.csv"], path);
    assert_eq!(code, 0, "{errors}");
    assert!(model.contains("size: {small: rest, large: 33.3%}"), "{model}");
    assert!(model.contains("- {when: {size: large}, next: {won: rest"), "{model}");
    assert!(model.contains("- {when: {size: large}, amount:"), "{model}");
    assert!(!model.contains("warehouse"), "{model}");
    fs::write(path.join("model.yaml"), &model).unwrap();
    let (code, out, errors) = run(&["check", "model.yaml"], path);
    assert_eq!(code, 0, "{model}\n{out}\n{errors}");
}

#[test]
fn the_report_has_each_part_in_each_format() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("deals.csv"), table()).unwrap();
    let report = |format: &str| {
        let all = ["fit", "deals.csv", "-o", "model.yaml", "--force", "--format", format];
        let (code, out, errors) = run(&all, path);
        assert_eq!(code, 0, "{errors}");
        out
    };
    let table = report("csv");
    for part in ["all", "first", "last"] {
        for figure in ["time_mean", "time_p50", "passed", "open_deals", "arrivals", "open"] {
            let is_row = |line: &&str| {
                let cells: Vec<&str> = line.split(',').collect();
                cells[0] == part && cells[2] == figure
            };
            assert!(table.lines().any(|line| is_row(&line)), "{part} {figure}: {table}");
        }
    }
    let document: serde_json::Value = serde_json::from_str(&report("json")).unwrap();
    let figures = document["figures"].as_array().unwrap();
    assert_eq!(figures.len(), table.lines().count() - 1);
    assert!(report("markdown").contains("| time to the last event, p50 |"));
}

/// Two callers and a lawyer, at work on weekdays from 9 to 17.
fn log() -> String {
    let mut text = "case,activity,resource,start,end\n".to_owned();
    for deal in 0..400_u32 {
        let (week, day, slot) = (deal / 20, deal % 5, deal / 5 % 4);
        let date = jiff::civil::date(2026, 1, 5) + jiff::Span::new().days(7 * week + day);
        let hour = 9 + 2 * slot;
        let caller = if slot % 2 == 0 { "Anna" } else { "Boris" };
        writeln!(text, "{deal},call,{caller},{date} {hour:02}:00,{date} {hour:02}:30").unwrap();
        writeln!(text, "{deal},check,Clara,{date} {hour:02}:45,{date} {:02}:15", hour + 1).unwrap();
    }
    text
}

#[test]
fn people_and_their_hours_are_written_where_they_are_asked_for() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("log.csv"), log()).unwrap();
    let (code, model, errors) = run(&["fit", "log.csv", "--people"], path);
    assert_eq!(code, 0, "{errors}");
    assert!(model.contains("staff 1: {people: 2, calendar: office}"), "{model}");
    assert!(model.contains("staff 2: {people: 1, calendar: office}"), "{model}");
    assert!(model.contains("office: {hours: {mon-"), "{model}");
    fs::write(path.join("model.yaml"), &model).unwrap();
    let (code, out, errors) = run(&["check", "model.yaml"], path);
    assert_eq!(code, 0, "{model}\n{out}\n{errors}");
    // Without people in the file there is nothing to write.
    fs::write(path.join("deals.csv"), table()).unwrap();
    assert_eq!(run(&["fit", "deals.csv", "--people"], path).0, 2);
}
