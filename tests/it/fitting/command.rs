//! The command `voronka fit`.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// A table of deals with reasons, sources and amounts.
fn table() -> String {
    let mut text = "id,created,stage,closed,amount,reason,source\n".to_owned();
    for at in 0..400_u32 {
        let (day, month) = (1 + at % 28, 1 + at / 28 % 10);
        let closed = format!("2025-{:02}-{day:02}", month + 1);
        let (stage, amount, reason) = match at % 4 {
            0 => ("Won", "900", ""),
            2 => ("Lost", "", "no need"),
            _ => ("Lost", "", "price"),
        };
        let source = if at % 3 == 0 { "site" } else { "fair" };
        writeln!(text, "{at},2025-{month:02}-{day:02},{stage},{closed},{amount},{reason},{source}")
            .unwrap();
    }
    text
}

pub(super) fn run(arguments: &[&str], folder: &std::path::Path) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    command.current_dir(folder).env("VORONKA_LANG", "en").args(arguments);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_table_becomes_a_model_that_is_sound_and_runs() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("deals.csv"), table()).unwrap();
    let (code, _, errors) = run(&["fit", "deals.csv", "-o", "model.yaml"], path);
    assert_eq!(code, 0, "{errors}");
    let model = fs::read_to_string(path.join("model.yaml")).unwrap();
    // A quarter is won, a half lost by the price.
    assert!(
        model.contains("won: 25%") && model.contains("\"no need\"")
            || model.contains("no need: 25%"),
        "{model}"
    );
    assert!(model.contains("price: rest"), "{model}");
    assert!(model.contains("value: 900"), "{model}");
    let (code, out, errors) = run(&["check", "model.yaml"], path);
    assert_eq!(code, 0, "{model}\n{out}\n{errors}");
    let (code, _, errors) = run(&["run", "model.yaml", "-n", "5"], path);
    assert_eq!(code, 0, "{errors}");
    // The same bytes again; an existing file is kept.
    let (_, again, _) = run(&["fit", "deals.csv"], path);
    assert_eq!(again, model);
    assert_eq!(run(&["fit", "deals.csv", "-o", "model.yaml"], path).0, 3);
}

/// A model without a way to a sale would be no model: the words of the file that may mean one are named.
#[test]
fn a_file_without_a_sale_is_refused_with_its_words() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path();
    let mut text = "case,activity,start,end\n".to_owned();
    for deal in 0..30_u32 {
        let day = 1 + deal % 28;
        writeln!(text, "{deal},call,2026-01-{day:02} 09:00,2026-01-{day:02} 10:00").unwrap();
        let last = if deal % 3 == 0 { "agreed" } else { "lost" };
        writeln!(text, "{deal},{last},2026-01-{day:02} 12:00,2026-01-{day:02} 13:00").unwrap();
    }
    fs::write(path.join("log.csv"), text).unwrap();
    let (code, _, errors) = run(&["fit", "log.csv", "-o", "model.yaml"], path);
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("--won WORD") && errors.contains("lost 20, agreed 10"), "{errors}");
    assert!(!path.join("model.yaml").exists());
    let (code, _, errors) = run(&["fit", "log.csv", "--won", "agreed", "-o", "model.yaml"], path);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(run(&["check", "model.yaml"], path).0, 0);
}

#[test]
fn the_export_is_never_replaced() {
    let folder = tempfile::TempDir::new().unwrap();
    fs::write(folder.path().join("deals.csv"), table()).unwrap();
    let (code, _, _) = run(&["fit", "deals.csv", "-o", "deals.csv", "--force"], folder.path());
    assert_eq!(code, 2);
    assert_eq!(fs::read_to_string(folder.path().join("deals.csv")).unwrap(), table());
}

/// Of 400 deals 100 are won: the standard deviation of such a share is 2.2 percentage points, and of 40,000 it is 0.2.
#[test]
fn a_share_that_is_not_known_well_varies_where_that_is_asked_for() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path();
    let head = "id,created,stage,closed,amount,reason,source\n";
    fs::write(path.join("few.csv"), table()).unwrap();
    let rows = table();
    let rows = rows.strip_prefix(head).unwrap();
    let many: String =
        (0..100).flat_map(|at| rows.lines().map(move |row| format!("{at}-{row}\n"))).collect();
    fs::write(path.join("many.csv"), format!("{head}{many}")).unwrap();
    let (code, few, errors) = run(&["fit", "few.csv", "--uncertain", "--hold-back", "0%"], path);
    assert_eq!(code, 0, "{errors}");
    assert_eq!(few.matches("per: run").count(), 1, "{few}");
    assert!(few.contains("won: {share: {beta: {mean: 25%, sd: 2.2%}}, per: run"), "{few}");
    assert_eq!(few.matches("rest").count(), 1, "{few}");
    fs::write(path.join("model.yaml"), &few).unwrap();
    let (code, out, errors) = run(&["check", "model.yaml"], path);
    assert_eq!(code, 0, "{few}\n{out}\n{errors}");
    let (code, _, errors) = run(&["run", "model.yaml", "-n", "5"], path);
    assert_eq!(code, 0, "{errors}");
    let (_, many, _) = run(&["fit", "many.csv", "--uncertain", "--hold-back", "0%"], path);
    assert!(!many.contains("per: run") && many.contains("won: 25%"), "{many}");
}
