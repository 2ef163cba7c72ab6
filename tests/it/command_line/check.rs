//! `voronka check`: findings, expectations, and files that cannot be read.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{MODEL, code, text, voronka};

#[test]
fn unreadable_input_gives_a_reason() {
    let folder = TempDir::new().unwrap();
    let deep = "[".repeat(1_000_000);
    let windows: &[u8] = b"name: \xCF\xF0\xEE\xE4\xE0\xE6\xE8\nstages: {}\n";
    let utf16: &[u8] = b"\xFF\xFEs\0t\0a\0g\0e\0s\0";
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..12 {
        bomb += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", "));
    }
    for (name, bytes, hint) in [
        ("empty.yaml", &b""[..], "empty model"),
        ("binary.yaml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        ("windows.yaml", windows, "Windows-1251"),
        ("utf16.yaml", utf16, "UTF-16"),
        ("deep.yaml", deep.as_bytes(), "too deeply"),
        ("bomb.yaml", bomb.as_bytes(), "too far"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = voronka(&["check", path.to_str().unwrap()]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(
            output.stdout.is_empty() && text(&output.stderr).contains(hint),
            "{name}: {}",
            text(&output.stderr)
        );
    }
    // A byte order mark and Windows line ends are accepted.
    let path = folder.path().join("windows-lines.yaml");
    fs::write(
        &path,
        format!("\u{FEFF}{}", MODEL.replace("offer: 40%", "offer: 40.0%").replace('\n', "\r\n")),
    )
    .unwrap();
    let output = voronka(&["check", path.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
}

#[test]
fn expectations_are_judged_by_their_interval_at_their_place() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("expect.yaml");
    // Half of 100 deals a week are won after exactly two days: about 2,600 of 5,200 a year.
    // Bookings of a month are about 217 sales of 100.
    let model = "currency: EUR\nvalue: 100\nattributes: {size: {small: 70%, large: rest}}\nstages:\n  \
                 offer: {wait: 2d, next: 50%}\n";
    let judged = |expect: &str, more: &[&str]| {
        fs::write(&path, format!("{model}expect:\n  - {expect}\n")).unwrap();
        let file = path.to_str().unwrap();
        let arguments = [&["check", "--simulate", file, "--format", "line", "-n", "50"], more];
        let output = voronka(&arguments.concat());
        (code(&output), text(&output.stdout), text(&output.stderr))
    };
    for holds in [
        "{kpi: win_rate, between: [49%, 51%]}",
        "{kpi: win_rate, size: small, at_least: 49%}",
        "{kpi: sales_cycle, stat: p95, at_most: 2d}",
        "{kpi: sales_cycle, within: 2d, at_least: 99.9%}",
        "{kpi: bookings, per: month, at_least: 15000, chance: 99%}",
        "{kpi: bookings, at_least: 200000, chance: 90%}",
        "{kpi: bookings, per: week, between: [4900, 5100]}",
        "{kpi: stage_conversion, stage: offer, at_least: 49%}",
    ] {
        let (code, found, summary) = judged(holds, &[]);
        assert_eq!((code, found.as_str()), (0, ""), "{holds}");
        assert!(summary.ends_with("; 1 expectation holds\n"), "{holds}: {summary}");
    }
    for (fails, because) in [
        ("{kpi: win_rate, at_least: 60%}", "V511"),
        ("{kpi: sales_cycle, at_most: 1d}", "V511"),
        ("{kpi: bookings, at_least: 300000, chance: 50%}", "V511"),
        ("{kpi: bookings, per: day, at_least: 1, chance: 50%}", "V505"),
        ("{kpi: utilization, at_most: 90%}", "V505"),
    ] {
        let (code, found, _) = judged(fails, &[]);
        assert_eq!(code, 1, "{fails}");
        let place = found.split_once(": ").unwrap().0;
        assert!(found.contains(because) && place.ends_with("expect.yaml:7:5"), "{fails}: {found}");
    }
    // About 217.3 sales a month, a Poisson number: half of the months have 217 or more.
    let close = "{kpi: throughput, per: month, at_least: 217, chance: 50%}";
    let (code, found, _) = judged(close, &[]);
    assert!(code == 1 && found.contains("V514"), "{found}");
    assert_eq!(judged(close, &["--allow-undecided"]).0, 0);
    // Without --simulate nothing is judged, and its options are refused.
    fs::write(&path, format!("{model}expect: [{{kpi: win_rate, at_least: 60%}}]\n")).unwrap();
    assert_eq!(code_of_check(&path, &[]), 0);
    assert_eq!(code_of_check(&path, &["-n", "50"]), 2);
}

fn code_of_check(path: &Path, more: &[&str]) -> i32 {
    code(&voronka(&[&["check", path.to_str().unwrap()], more].concat()))
}

/// A list of findings is complete even if one of the files cannot be read, and includes that fault.
#[test]
fn a_list_of_findings_names_files_that_could_not_be_read() {
    let check = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("check").args(arguments);
        command.output().unwrap()
    };
    let files = ["tests/bad/08_tab.yaml", "tests/bad/24_unknown_stage.yaml", "no such file.yaml"];
    let output = check(&[&["--format", "json"], &files[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes = found.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap());
    let codes: Vec<&str> = codes.collect();
    assert_eq!((codes[0], codes[codes.len() - 1]), ("V001", "V301"), "{codes:?}");
    assert!(codes.contains(&"V008"), "{codes:?}");
    // One line each, with nothing drawn.
    let output = check(&[&["--format", "line"], &files[..1]].concat());
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.starts_with("tests/bad/08_tab.yaml:"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}
