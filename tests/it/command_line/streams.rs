//! Standard output and standard error, and their readers.

use std::io::Read;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{code, model_in, text};

#[test]
fn a_closed_pipe_is_silent() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let mut child = Command::new(env!("CARGO_BIN_EXE_voronka"))
        .args(["run", model.to_str().unwrap(), "-n", "300", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(stderr, "");
}

#[test]
fn the_terminal_is_never_sent_what_it_cannot_show() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    for (name, value) in [("TERM", "dumb"), ("NO_COLOR", "1"), ("COLUMNS", "10"), ("LANG", "C")] {
        let output = Command::new(env!("CARGO_BIN_EXE_voronka"))
            .args(["run", model.to_str().unwrap(), "-n", "3"])
            .env(name, value)
            .output()
            .unwrap();
        assert_eq!(code(&output), 0);
        assert!(!output.stdout.contains(&0x1b), "{name}");
        if name == "TERM" {
            let letters = text(&output.stdout);
            let own: String =
                letters.chars().filter(|c| !c.is_ascii() && !('а'..='я').contains(c)).collect();
            assert_eq!(own, "", "{letters}");
        }
    }
}
