//! `voronka inspect`: exit codes, formats and languages.

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "id,created,close date,stage,amount,region\n\
                    =1+2,2026-01-05,2026-02-01,Won,900,North\n\
                    2,2026-01-09,2026-02-03,Lost,0,South\n\
                    3,2026-02-09,,Demo,100,North\n\
                    4,2026-02-10,,Demo,100,South\n";

fn inspect(text: &str, arguments: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("deals.csv");
    std::fs::write(&path, text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    command.current_dir(folder.path()).args(["inspect", "deals.csv"]).args(arguments);
    command.output().unwrap()
}

fn printed(text: &str, arguments: &[&str]) -> String {
    let output = inspect(text, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    assert!(errors.is_empty(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_document_holds_what_was_understood() {
    let found: Value = serde_json::from_str(&printed(TEXT, &["--format", "json"])).unwrap();
    assert_eq!((&found["shape"], &found["rows"]), (&"deals".into(), &4.into()));
    assert_eq!(found["deals"]["won"]["sum"], 900.0);
    assert_eq!(found["deals"]["open"]["count"], 2);
    assert_eq!(found["columns"][5]["use"], "segment");
    assert_eq!(found["months"][0]["month"], "2026-01");
    assert_eq!(found["months"][0]["created"], 2);
    assert_eq!(found["words"][2]["known"], "unknown");
    assert_eq!(found["oddities"][0]["key"], "zero_amount");
    assert_eq!(found["oddities"][0]["rows"][0], 3);
    assert_eq!((&found["useful"], &found["why_not"]), (&"yes".into(), &Value::Null));
}

/// Cells are harmless in a spreadsheet.
#[test]
fn names_of_the_file_cannot_become_formulas() {
    let text = TEXT.replace("region", "=cmd()").replace("Demo", "@SUM(A1)");
    let csv = printed(&text, &["--format", "csv"]);
    assert!(csv.contains(",'=cmd(),") && csv.contains(",'@SUM(A1),"), "{csv}");
    assert!(!csv.contains(",=cmd") && !csv.contains(",@SUM"), "{csv}");
    let raw = printed(&text, &["--format", "csv", "--csv-raw"]);
    assert!(raw.contains(",=cmd(),"), "{raw}");
}

#[test]
fn the_screen_is_there_in_both_languages() {
    let english = printed(TEXT, &["--lang", "en"]);
    let russian = printed(TEXT, &["--lang", "ru"]);
    for word in ["Columns", "How deals ended", "By month", "--won WORD"] {
        assert!(english.contains(word), "{word}\n{english}");
    }
    for word in ["Столбцы", "Чем закончились сделки", "По месяцам", "--won СЛОВО"]
    {
        assert!(russian.contains(word), "{word}\n{russian}");
    }
    assert_eq!(english.lines().count(), russian.lines().count());
    let markdown = printed(TEXT, &["--format", "markdown"]);
    assert!(markdown.contains("## Columns"), "{markdown}");
}

#[test]
fn nothing_to_learn_from_is_exit_code_one() {
    for text in ["id,created,stage\n", "id,created,stage\n1,2026-01-05,Demo\n"] {
        let output = inspect(text, &[]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn what_cannot_be_read_is_exit_code_two_with_the_option_that_helps() {
    let ambiguous = "id,created,stage\n1,03/04/2026,Won\n";
    for (text, arguments, hint) in [
        (ambiguous, vec![], "--dates dmy"),
        ("a,b\n1,2\n", vec![], "--map id=COLUMN"),
        (
            "id,created,stage,amount\n1,2026-01-05,Won,#REF!\n",
            vec![],
            "row 2, column `amount`: `#REF!`",
        ),
        (TEXT, vec!["--map", "owner=nobody"], "`nobody`"),
        (TEXT, vec!["--map", "boss=id"], "no role"),
        (TEXT, vec!["--encoding", "klingon"], "windows-1251"),
        (TEXT, vec!["--delimiter", "ab"], "semicolon"),
        (TEXT, vec!["--pipeline", "x"], "--map funnel=COLUMN"),
        (TEXT, vec!["--preset", "sap"], "bitrix24"),
        (TEXT, vec!["--as-of", "soon"], "2026-11-30"),
    ] {
        let output = inspect(text, &arguments);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {errors}");
        assert!(output.stdout.is_empty());
        assert!(errors.contains(hint), "{hint}: {errors}");
    }
    let output = inspect(ambiguous, &["--lang", "ru"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("первым может стоять и день, и месяц"), "{errors}");
}

/// The day of the export decides what is in the future.
#[test]
fn dates_after_the_day_of_the_export_are_in_the_future() {
    let document = |day: &str| -> Value {
        let text = printed(TEXT, &["--format", "json", "--as-of", day]);
        serde_json::from_str(&text).unwrap()
    };
    let later = |found: &Value| {
        found["oddities"].as_array().unwrap().iter().any(|odd| odd["key"] == "closed_later")
    };
    assert!(later(&document("2026-02-02")));
    assert!(!later(&document("2026-02-03")));
}

/// 400 MB of rows, of which one gigabyte would be needed to hold all cells, are read with 350 MB of address space.
#[cfg(target_os = "linux")]
#[test]
fn a_long_log_is_read_row_by_row() {
    use std::io::Write;

    let folder = TempDir::new().unwrap();
    let path = folder.path().join("log.csv.gz");
    let file = std::fs::File::create(&path).unwrap();
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    let note = "x".repeat(1000);
    packed.write_all(b"case,activity,timestamp,note\n").unwrap();
    for row in 0..400_000 {
        let (case, day) = (row / 10, 1 + row % 10);
        writeln!(packed, "{case},call,2026-01-{day:02},{note}").unwrap();
    }
    packed.finish().unwrap();
    let voronka = env!("CARGO_BIN_EXE_voronka");
    let command =
        format!("ulimit -v 350000; '{voronka}' inspect '{}' --format json", path.display());
    let output = Command::new("sh").args(["-c", &command]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&found["rows"], &found["deals"]["open"]["count"]),
        (&400_000.into(), &40_000.into())
    );
}

#[test]
fn of_a_client_base_without_stages_it_is_said_what_cannot_be_learnt() {
    let base = "client,city,created\nA,Kazan,2026-01-02\nB,Perm,2026-02-03\n";
    for (language, words) in [("en", "cannot be learnt"), ("ru", "узнать нельзя")] {
        let refused = inspect(base, &["--map", "id=client", "--lang", language]);
        let text = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{text}");
        assert!(text.contains("--map stage=") && text.contains(words), "{text}");
    }
    // Of a table that lacks only its dates nothing of the kind is said.
    let dateless = inspect("id,stage\n1,Won\n", &["--lang", "en"]);
    let text = String::from_utf8(dateless.stderr).unwrap();
    assert!(text.contains("created") && !text.contains("cannot be learnt"), "{text}");
}
