//! Each write to a file fails once, for every command that writes files: the files are as before or as wanted.
//!
//! The failure is that of a full disk, made by a small library that is loaded before the C library. Without a C compiler
//! the test reports that it was skipped.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::tree::tree;

const MODEL: &str =
    "sources: {s: {rate: 9/week}}\nhorizon: 3 months\nstages: {a: {wait: 1d, next: 40%}}\n";

/// A model with one mend.
const MENDABLE: &str = "horizon: 3 months\nstages: {a: {wait: 1d, next: 40}}\n";

/// More writes than any command makes.
const MOST: usize = 200;

/// The library; none without a compiler.
fn compiled(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/faults/fail_nth.c");
    let library = folder.join("fail_nth.so");
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).output();
    let Ok(built) = built else {
        // Not with a macro, because the test harness captures its output.
        let skipped = "skipped: there is no C compiler (cc), no write fails\n";
        std::io::stderr().write_all(skipped.as_bytes()).unwrap();
        return None;
    };
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Some(library)
}

fn voronka(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    command.current_dir(folder).args(arguments).envs(environment.iter().copied());
    command.output().unwrap()
}

/// Lets the command fail at each of its calls until it passes; returns how many there are.
fn calls_until_it_passes(
    library: &Path,
    arguments: &[&str],
    before: &[&[&str]],
    call: &str,
) -> usize {
    for at in 1..MOST {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("model.yaml"), MODEL).unwrap();
        fs::write(folder.path().join("mendable.yaml"), MENDABLE).unwrap();
        for arguments in before {
            assert!(voronka(folder.path(), arguments, &[]).status.success());
        }
        let was = tree(folder.path());
        let number = at.to_string();
        let library = library.to_str().unwrap();
        let faults = [("LD_PRELOAD", library), ("FAIL_CALL", call), ("FAIL_AT", &number)];
        let output = voronka(folder.path(), arguments, &faults);
        if output.status.success() {
            assert_ne!(tree(folder.path()), was, "{arguments:?}: nothing is written");
            return at - 1;
        }
        let said = String::from_utf8(output.stderr).unwrap();
        let which = format!("{arguments:?}, {call} {at}: {said}");
        assert_eq!(output.status.code(), Some(3), "{which}");
        assert!(said.starts_with("error: ") && said.lines().count() == 1, "{which}");
        assert!(!said.contains(".voronka-") && !said.contains("os error"), "{which}");
        assert!(output.stdout.is_empty(), "{which}");
        assert!(tree(folder.path()) == was, "{which}: files are not as before");
    }
    panic!("{arguments:?} never passes");
}

/// A command, the commands before it, and the fewest calls of each kind that it makes.
type Case<'a> = (&'a [&'a str], &'a [&'a [&'a str]], usize);

#[test]
fn a_command_whose_write_fails_leaves_all_files_as_they_were() {
    let tools = TempDir::new().unwrap();
    let Some(library) = compiled(tools.path()) else { return };
    let run = ["run", "model.yaml", "-n", "2", "-o", "deep/out", "--events", "log/log.csv"];
    let forced =
        [&run[..], &["--force", "--charts", "funnel", "--chart-format", "svg", "--seed", "2"]]
            .concat();
    let inside = [
        "run",
        "model.yaml",
        "-n",
        "2",
        "-o",
        "out",
        "--events",
        "out/log.xes",
        "--charts",
        "none",
    ];
    let cases: [Case; 6] = [
        // Two places that are tried, 15 files, the event log.
        (&run, &[], 18),
        (&forced, &[&run], 10),
        (&inside, &[], 9),
        (&["new", "cafe", "-o", "new.yaml"], &[], 2),
        (&["show", "model.yaml", "-o", "maps/map.svg"], &[], 2),
        (&["check", "mendable.yaml", "--fix"], &[], 1),
    ];
    for (arguments, before, least) in cases {
        for call in ["write", "fsync"] {
            let calls = calls_until_it_passes(&library, arguments, before, call);
            assert!(calls >= least, "{arguments:?} makes {calls} calls of {call}");
        }
    }
}
