//! Names of a file that the written model uses for something else: the model must be sound all the same.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use super::command::run;

fn checked(name: &str, text: &str, arguments: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join(name), text).unwrap();
    let all: Vec<&str> =
        ["fit", name, "-o", "model.yaml"].into_iter().chain(arguments.iter().copied()).collect();
    let (code, _, errors) = run(&all, path);
    assert_eq!(code, 0, "{errors}");
    let model = fs::read_to_string(path.join("model.yaml")).unwrap();
    let (code, out, errors) = run(&["check", "model.yaml"], path);
    assert_eq!(code, 0, "{model}\n{out}\n{errors}");
    model
}

/// Deals begin in two stages, so the model needs a stage before them; its name is one of the file's.
#[test]
fn stages_named_as_words_of_the_model_are_told_apart() {
    let stages = ["arrival", "Rest", "staff", "done", "always", "open"];
    let mut text = "case,activity,start,end\n".to_owned();
    for deal in 0..120_u32 {
        for step in 0..4_u32 {
            let stage = stages[((deal % 2 + step * (1 + deal % 3)) % 6) as usize];
            let (day, hour) = (1 + (deal + step) % 28, 8 + step * 2);
            let month = 1 + deal / 28;
            let times =
                [hour, hour + 1].map(|hour| format!("2026-{month:02}-{day:02} {hour:02}:00"));
            writeln!(text, "{deal},{stage},{},{}", times[0], times[1]).unwrap();
        }
    }
    let model = checked("log.csv", &text, &[]);
    assert!(model.contains("\n  arrival 2:"), "{model}");
    assert!(model.contains("\n  Rest stage:"), "{model}");
    assert!(model.contains("\n  done stage:"), "{model}");
}

#[test]
fn a_reason_named_as_losses_without_one_is_told_apart() {
    let mut text = "id,created,stage,closed,reason,source\n".to_owned();
    for deal in 0..200_u32 {
        let (day, month) = (1 + deal % 28, 1 + deal / 28);
        let (stage, reason) = match deal % 4 {
            0 => ("Won", ""),
            1 => ("Lost", "no reason given"),
            2 => ("Lost", ""),
            _ => ("Lost", "rest"),
        };
        let source = if deal % 2 == 0 { "all others" } else { "" };
        let closed = format!("2026-{:02}-{day:02}", month + 1);
        writeln!(text, "{deal},2026-{month:02}-{day:02},{stage},{closed},{reason},{source}")
            .unwrap();
    }
    let model = checked("deals.csv", &text, &[]);
    assert!(model.contains("no reason given 2:"), "{model}");
    assert!(model.contains("all others 2:"), "{model}");
}
