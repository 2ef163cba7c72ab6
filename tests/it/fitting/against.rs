//! `fit --against`: where a log and a model differ.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use super::command::run;

/// 100 deals of a call and an offer; every tenth goes from the call straight to a visit that the model does not have.
fn log() -> String {
    let mut text = "case,activity,start,end,case:outcome\n".to_owned();
    for deal in 0..100_u32 {
        let (day, month) = (1 + deal % 28, 1 + deal / 28);
        let second = if deal % 10 == 0 { "visit" } else { "offer" };
        let status = if deal % 4 == 0 { "won" } else { "lost" };
        for (at, stage) in ["Call", second].iter().enumerate() {
            let hour = 8 + 3 * at;
            let date = format!("2026-{month:02}-{day:02}");
            writeln!(text, "{deal},{stage},{date} {hour:02}:00,{date} {:02}:00,{status}", hour + 1)
                .unwrap();
        }
    }
    text
}

const MODEL: &str = "stages:
  call: {wait: 3h, next: {offer: 90%, lost: rest}}
  offer: {wait: 1h, next: {won: 60%, lost: rest}}
  delivery: {wait: 1d, next: done}
";

fn compared(format: &str) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("log.csv"), log()).unwrap();
    fs::write(path.join("model.yaml"), MODEL).unwrap();
    let (code, out, errors) =
        run(&["fit", "log.csv", "--against", "model.yaml", "--format", format], path);
    assert_eq!(code, 0, "{errors}");
    out
}

fn rows<'t>(table: &'t str, figure: &str) -> Vec<&'t str> {
    table.lines().filter(|line| line.starts_with(&format!("{figure},"))).collect()
}

#[test]
fn transitions_that_the_model_lacks_are_counted() {
    let table = compared("csv");
    assert_eq!(rows(&table, "deviating_deals"), ["deviating_deals,,,10,100,0.1,,,,"], "{table}");
    assert_eq!(rows(&table, "only_in_log"), ["only_in_log,visit,,10,100,,,,,"]);
    assert_eq!(rows(&table, "only_in_model"), ["only_in_model,delivery,,0,100,,,,,"]);
    // Look-alike names are one stage.
    assert_eq!(rows(&table, "alike"), ["alike,Call,call,0,0,,,,,"]);
    let lacking = rows(&table, "lacking");
    assert!(lacking.contains(&"lacking,Call,visit,10,100,0.1,,,,"), "{lacking:?}");
}

#[test]
fn a_share_that_differs_beyond_chance_is_told() {
    let table = compared("csv");
    // Of 90 offers, 20 were won: the model says 60 %.
    let won: Vec<&str> = rows(&table, "share");
    let won = won.iter().find(|line| line.starts_with("share,offer,won,")).unwrap();
    assert!(won.starts_with("share,offer,won,20,90,0.2222"), "{won}");
    assert!(won.ends_with(",0.6,yes"), "{won}");
}

#[test]
fn people_and_programs_read_the_same_figures() {
    let (screen, page, document) = (compared("table"), compared("markdown"), compared("json"));
    for text in [&screen, &page] {
        assert!(text.contains("10 of 100 deals (10.0 %)"), "{text}");
        assert!(text.contains("visit") && text.contains("delivery"), "{text}");
    }
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document["deviating"], 10);
    assert_eq!(document["deals"], 100);
}

#[test]
fn a_format_needs_something_that_is_no_model() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("log.csv"), log()).unwrap();
    let (code, out, errors) = run(&["fit", "log.csv", "--format", "json"], folder.path());
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(errors.contains("-o FILE"), "{errors}");
}
