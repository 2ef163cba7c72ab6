//! `voronka check` of whole repositories: which files, which findings, in which form.

mod formats;
mod ignores;
mod mends;
mod paths;
mod scenarios;
mod settings;
mod tests;
mod versions;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A model without findings.
const GOOD: &str = "stages:\n  lead: {wait: 1d, next: 30%}\n";
/// A model with one warning, V617, at 2:3.
const WARNED: &str = "roles:\n  boss: {people: 1}\nstages:\n  lead: {wait: 1d, next: 30%}\n";
/// A model with one error, V301, at 2:16.
const BROKEN: &str = "stages:\n  lead: {next: nowhere}\n";

/// A folder with files in which the program runs.
struct Repository(TempDir);

/// What the program answered.
struct Answer {
    code: i32,
    stdout: String,
    stderr: String,
}

impl Repository {
    fn with(files: &[(&str, &str)]) -> Repository {
        let repository = Repository(TempDir::new().unwrap());
        files.iter().for_each(|(path, text)| repository.write(path, text));
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn check(&self, arguments: &[&str]) -> Answer {
        self.check_from(".", arguments)
    }

    fn check_from(&self, folder: &str, arguments: &[&str]) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
        command.current_dir(self.path().join(folder)).arg("check").args(arguments);
        let output = command.output().unwrap();
        Answer {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The files that were checked: a suite of JUnit each.
    fn checked(&self, arguments: &[&str]) -> Vec<String> {
        let answer = self.check(&[arguments, &["--format", "junit"]].concat());
        let suites = answer.stdout.split("<testsuite name=\"").skip(1);
        suites.map(|suite| suite.split('"').next().unwrap().to_owned()).collect()
    }

    /// The findings as `FILE CODE LINE`.
    fn found(&self, arguments: &[&str]) -> Vec<String> {
        let answer = self.check(&[arguments, &["--format", "json"]].concat());
        let found: Value = serde_json::from_str(&answer.stdout).unwrap_or(Value::Array(vec![]));
        let one = |one: &Value| {
            let text = |key: &str| one[key].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", text("file"), text("code"), one["line"])
        };
        found.as_array().unwrap().iter().map(one).collect()
    }
}
