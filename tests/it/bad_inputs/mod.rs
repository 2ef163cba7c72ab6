//! Bad models and their expected findings, as pairs of files: `tests/bad/NAME.yaml` and `NAME.out`.
//!
//! The number in a name is the row in the project's table of bad inputs. `UPDATE_GOLDEN=1` accepts
//! new texts; read the difference.

#[cfg(unix)]
mod rows;
#[cfg(unix)]
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use voronka::diagnostic::codes;
use voronka::lint::examine;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    found.sort();
    found
}

struct Answer {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn check(path: &Path, arguments: &[&str]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_voronka"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad"))
        .env("COLUMNS", "100")
        .arg("check")
        .args(arguments)
        .arg(path.file_name().unwrap())
        .output()
        .unwrap();
    Answer {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn every_bad_model_gets_its_expected_findings() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for path in cases() {
        let answer = check(&path, &[]);
        let code = answer.code.unwrap();
        let text = format!("exit code {code}\n\n{}{}", answer.stdout, answer.stderr);
        let golden = path.with_extension("out");
        if update {
            fs::write(&golden, &text).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if expected != text {
            wrong.push(format!("{}:\n{text}", path.display()));
        }
        // Conditions for all of them.
        assert!(!text.contains("panicked"), "{text}");
        assert!(code == 0 || code == 1 || code == 2, "{text}");
        let controls = |text: &str| text.chars().any(|c| c.is_control() && c != '\n');
        assert!(!controls(&answer.stdout) && !controls(&answer.stderr), "{text}");
        assert!(
            code != 2 || answer.stdout.is_empty(),
            "stdout is empty where nothing could be read"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn errors_keep_a_model_from_running_and_warnings_do_not() {
    for path in cases() {
        let checked = check(&path, &[]);
        let ran = Command::new(env!("CARGO_BIN_EXE_voronka"))
            .args(["run", "-n", "1", "--max-visits", "1000000"])
            .arg(&path)
            .output()
            .unwrap();
        let code = ran.status.code().unwrap();
        if checked.code == Some(0) {
            assert!(code == 0 || code == 4, "{}: {code}", path.display());
            let strict = check(&path, &["--strict"]);
            let warned = !strict.stdout.is_empty();
            assert_eq!(strict.code, Some(i32::from(warned)), "{}", path.display());
        } else {
            assert_eq!(Some(code), checked.code, "{}", path.display());
            assert!(ran.stdout.is_empty(), "{}", path.display());
        }
    }
}

#[test]
fn deleting_doubling_or_misspelling_any_key_of_a_model_is_noticed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("models/five-elements.yaml")).unwrap();
    let errors = |text: &str| {
        let loaded = voronka::model::load("m.yaml", text, &[], None);
        loaded.diagnostics.iter().any(|d| d.severity() > voronka::diagnostic::Severity::Warning)
    };
    assert!(!errors(&text));
    let known = [
        "wait",
        "next",
        "cost",
        "phase",
        "rate",
        "lost",
        "amount",
        "when",
        "variants",
        "sources",
        "stages",
        "attributes",
        "value",
        "horizon",
        "start",
        "currency",
        "kpi",
        "lognormal",
        "median",
        "p90",
        "max_visits",
        "count",
        "share",
        "title",
        "sale",
        "reasons",
        "expect",
    ];
    let mut tried = 0;
    for key in known {
        let pattern = format!("{key}:");
        for (at, _) in text.match_indices(&pattern) {
            let line = text[..at].rsplit('\n').next().unwrap();
            let starts = line.is_empty() || line.ends_with([' ', '{', ',']);
            if line.trim_start().starts_with('#') || line.contains(" #") || !starts {
                continue;
            }
            tried += 1;
            let misspelt = format!("{}x{}", &text[..at], &text[at..]);
            assert!(errors(&misspelt), "x{key} at byte {at} went unnoticed");
        }
    }
    assert!(tried > 40, "{tried}");
}

/// Every code is explained, every bad example gets its code, and a good one gets none.
#[test]
fn every_code_is_explained_by_an_example_that_gets_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/problem");
    let mut given: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let source = fs::read_to_string(entry.unwrap().path()).unwrap();
        let codes = source.split('"').filter(|code| code.len() == 4 && code.starts_with('V'));
        given.extend(codes.map(str::to_owned));
    }
    given.sort_unstable();
    given.dedup();
    let explained: Vec<&str> = codes::CODES.iter().map(|entry| entry.code).collect();
    assert_eq!(given, explained);
    let found = |text: &str| {
        let loaded = examine("example.yaml", text, &[], Some(Path::new(".")));
        let codes = loaded.diagnostics.iter().map(|d| d.problem.code()).collect::<Vec<_>>();
        (codes, loaded.model.is_some())
    };
    let mut wrong = Vec::new();
    for entry in &codes::CODES {
        assert!(entry.reason.ends_with('.') && entry.reason != entry.meaning, "{}", entry.code);
        if entry.example.is_empty() {
            continue;
        }
        let (bad, _) = found(entry.example);
        // Other findings would distract from the example.
        if !bad.contains(&entry.code) || bad.len() > 3 {
            wrong.push((entry.code, "bad", bad));
        }
        let (good, runs) = found(&entry.good());
        if !good.is_empty() || !runs {
            wrong.push((entry.code, "good", good));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
