//! CSV for programs and for Excel: styles, delimiters and decimal signs of every command that
//! writes CSV.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{csv_rows, model_in, text};

/// The output of a command with only these locales in the environment.
fn printed(arguments: &[&str], locales: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    for name in ["LC_ALL", "LC_NUMERIC", "LANG"] {
        command.env_remove(name);
    }
    let output = command.args(arguments).envs(locales.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A cell with a decimal comma, if it is a number.
fn with_comma(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    if is_number { cell.replace('.', ",") } else { cell.to_owned() }
}

#[test]
fn excel_has_a_mark_semicolons_and_the_decimal_sign_of_the_language() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let solve = |more: &[&str], locales: &[(&str, &str)]| {
        let arguments = ["solve", model.to_str().unwrap(), "--kpi", "win_rate", "--format", "csv"];
        printed(&[&arguments, more].concat(), locales)
    };
    let row = |text: &str| text.lines().nth(1).unwrap().to_owned();
    let german = solve(&["--csv", "excel"], &[("LC_ALL", "de_DE.UTF-8"), ("LANG", "en_US.UTF-8")]);
    assert!(german.starts_with("\u{feff}kpi;scope;"), "{german}");
    for (locales, share) in [
        (&[][..], "0.25"),
        (&[("LANG", "ru_RU.UTF-8")], "0,25"),
        (&[("LANG", "ru_RU.UTF-8"), ("LC_NUMERIC", "en_GB.UTF-8")], "0.25"),
        (&[("LANG", "C.UTF-8"), ("LC_NUMERIC", "uk_UA")], "0,25"),
        (&[("LC_ALL", ""), ("LANG", "de_CH.UTF-8")], "0.25"),
    ] {
        let excel = solve(&["--csv", "excel"], locales);
        let expected = format!("win_rate;;;;share;{share};;exact;");
        assert!(row(&excel).starts_with(&expected), "{locales:?}: {excel}");
        // Without the style the language changes nothing.
        assert_eq!(solve(&[], locales), solve(&["--csv", "plain"], &[]));
    }
    for (more, expected) in [
        (&["--csv-delimiter", "comma"][..], "win_rate,,,,share,\"0,25\",,exact,"),
        (&["--csv-decimal", "point"], "win_rate;;;;share;0.25;;exact;"),
        (
            &["--csv-delimiter", "\\t", "--csv-decimal", "."],
            "win_rate\t\t\t\tshare\t0.25\t\texact\t",
        ),
    ] {
        let both = solve(&[&["--csv", "excel"], more].concat(), &[("LC_ALL", "ru")]);
        assert!(both.starts_with('\u{feff}') && row(&both).starts_with(expected), "{both}");
        let alone = solve(more, &[("LC_ALL", "ru")]);
        assert!(alone.starts_with("kpi"), "{alone}");
    }
    for (letter, word) in [(",", "comma"), (";", "semicolon"), ("\t", "tab")] {
        let of = |delimiter| solve(&["--csv-delimiter", delimiter, "--csv-decimal", ","], &[]);
        assert_eq!(of(letter), of(word));
    }
}

#[test]
fn all_tables_of_a_folder_and_the_event_log_have_one_dialect() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let run = |out: &Path, more: &[&str]| {
        let log = out.join("events.csv");
        let (out, log) = (out.to_str().unwrap(), log.to_str().unwrap());
        let arguments = ["run", model.to_str().unwrap(), "-n", "3", "--by", "segment", "-o", out];
        let files = ["--events", log, "--charts", "none", "--format", "csv"];
        printed(&[&arguments[..], &files, more].concat(), &[("LC_ALL", "ru_RU.UTF-8")])
    };
    let (plain, excel) = (folder.path().join("plain"), folder.path().join("excel"));
    let mut pairs = vec![(run(&plain, &[]), run(&excel, &["--csv", "excel"]))];
    for entry in fs::read_dir(&plain).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".csv") {
            let read = |folder: &Path| fs::read_to_string(folder.join(&name)).unwrap();
            pairs.push((read(&plain), read(&excel)));
        }
    }
    assert_eq!(pairs.len(), 7, "six files and standard output");
    for (plain, excel) in pairs {
        let with_commas: Vec<Vec<String>> = csv_rows(&plain)
            .iter()
            .map(|row| row.iter().map(|cell| with_comma(cell)).collect())
            .collect();
        assert_eq!(rows(excel.strip_prefix('\u{feff}').unwrap(), b';'), with_commas);
        assert!(!excel.contains(";=") && !excel.contains("\n="), "{excel}");
    }
    let settings = |folder: &Path| {
        let text = fs::read(folder.join("run.json")).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&text).unwrap();
        let setting = |name| document["csv"][name].as_str().unwrap().to_owned();
        ["delimiter", "decimal", "byte_order_mark"].map(setting)
    };
    assert_eq!(settings(&plain), ["comma", "point", "no"]);
    assert_eq!(settings(&excel), ["semicolon", "comma", "yes"]);
}
