//! One test for all rows of the table of bad inputs: what goes in, and what must come out.
//!
//! The rows are in `rows.rs`. Some conditions hold for each of them: no panic, an end within seconds, memory within a
//! gibibyte of addresses, nothing on standard output with exit code 2, no control characters on standard error, and a
//! folder that is unchanged unless the command succeeds.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use super::rows::rows;
use crate::tree::tree;

/// A row of the table.
pub(super) struct Row {
    pub(super) number: u8,
    pub(super) tried: Tried,
}

/// How a row is tested.
pub(super) enum Tried {
    /// By these commands.
    Here(Vec<Case>),
    /// By a test of this name in a file of `tests/it`, because it needs signals, terminals or several programs.
    Elsewhere(&'static str, &'static str),
    /// Not yet, for this reason.
    Later(&'static str),
}

/// A command with its files, and what it must do.
pub(super) struct Case {
    arguments: Vec<String>,
    files: Vec<(String, Vec<u8>)>,
    prepare: Option<fn(&Path)>,
    shell: &'static str,
    input: Input,
    code: i32,
    says: &'static str,
    leaves: &'static [&'static str],
}

enum Input {
    Text(Vec<u8>),
    Endless,
}

/// A command; its words are separated by spaces.
pub(super) fn case(command: &str) -> Case {
    Case {
        arguments: command.split_whitespace().map(str::to_owned).collect(),
        files: Vec::new(),
        prepare: None,
        shell: "",
        input: Input::Text(Vec::new()),
        code: 0,
        says: "",
        leaves: &[],
    }
}

impl Case {
    /// A file of the folder.
    pub(super) fn file(mut self, name: &str, text: impl AsRef<[u8]>) -> Case {
        self.files.push((name.to_owned(), text.as_ref().to_vec()));
        self
    }

    /// What no text makes: pipes, links, permissions.
    pub(super) fn prepared(mut self, prepare: fn(&Path)) -> Case {
        self.prepare = Some(prepare);
        self
    }

    /// Commands of a shell that begin it: limits, variables, streams.
    pub(super) fn under(mut self, shell: &'static str) -> Case {
        self.shell = shell;
        self
    }

    pub(super) fn input(mut self, text: impl AsRef<[u8]>) -> Case {
        self.input = Input::Text(text.as_ref().to_vec());
        self
    }

    pub(super) fn endless_input(mut self) -> Case {
        self.input = Input::Endless;
        self
    }

    /// The exit code, and words that the output has.
    pub(super) fn gives(mut self, code: i32, says: &'static str) -> Case {
        (self.code, self.says) = (code, says);
        self
    }

    /// The new files and folders beside the model.
    pub(super) fn leaves(mut self, names: &'static [&'static str]) -> Case {
        self.leaves = names;
        self
    }

    /// What is wrong with the answer of the program; nothing if all is right.
    fn wrong(&self) -> Option<String> {
        let folder = TempDir::new().unwrap();
        let root = folder.path();
        for (name, text) in &self.files {
            fs::write(root.join(name), text).unwrap();
        }
        if let Some(prepare) = self.prepare {
            prepare(root);
        }
        let before = tree(root);
        let answer = self.answer(root);
        let after = tree(root);
        let new = after.keys().filter(|path| !before.contains_key(*path));
        let new: Vec<&Path> = new.map(|path| path.strip_prefix(root).unwrap()).collect();
        let beside: Vec<&str> = new
            .iter()
            .filter(|path| path.components().count() == 1)
            .map(|path| path.to_str().unwrap())
            .collect();
        let all = format!("{}{}", answer.stdout, answer.stderr);
        let is_control = |letter: char| letter.is_control() && letter != '\n';
        let conditions = [
            (answer.code == Some(self.code), "the exit code"),
            (all.contains(self.says), "the words"),
            (!all.contains("panicked") && !all.contains("stack backtrace"), "a panic"),
            (answer.took < SLOWEST, "the time"),
            (self.code != 2 || answer.stdout.is_empty(), "standard output"),
            (!answer.stderr.contains(is_control), "control characters"),
            (self.code == 0 || before == after, "the folder"),
            (beside == self.leaves, "the new files"),
            (
                !new.iter().any(|path| path.to_string_lossy().contains(".voronka-")),
                "temporary files",
            ),
        ];
        let wrong = conditions.into_iter().find(|(holds, _)| !holds)?.1;
        let (arguments, code, took) = (self.arguments.join(" "), answer.code, answer.took);
        Some(format!("{arguments}: {wrong}; exit code {code:?}, {took:?}, new {beside:?}\n{all}"))
    }

    fn answer(&self, folder: &Path) -> Answer {
        let outside = TempDir::new().unwrap();
        let path = |name: &str| outside.path().join(name);
        let input = match &self.input {
            Input::Text(text) => {
                fs::write(path("in"), text).unwrap();
                File::open(path("in")).unwrap()
            }
            Input::Endless => File::open("/dev/zero").unwrap(),
        };
        let mut command = Command::new("sh");
        let script = format!("{LIMIT}{}\nexec \"$0\" \"$@\"", self.shell);
        command.args(["-c", &script, env!("CARGO_BIN_EXE_voronka")]);
        command.current_dir(folder).args(&self.arguments).env("COLUMNS", "100").stdin(input);
        command
            .stdout(File::create(path("out")).unwrap())
            .stderr(File::create(path("err")).unwrap());
        #[allow(clippy::disallowed_types)] // the time is what is measured
        let begun = std::time::Instant::now();
        let mut child = command.spawn().unwrap();
        let status = loop {
            match child.try_wait().unwrap() {
                None if begun.elapsed() < SLOWEST => std::thread::sleep(Duration::from_millis(2)),
                None => {
                    child.kill().unwrap();
                    break child.wait().unwrap();
                }
                Some(status) => break status,
            }
        };
        let text = |name: &str| String::from_utf8(fs::read(path(name)).unwrap()).unwrap();
        Answer {
            code: status.code(),
            took: begun.elapsed(),
            stdout: text("out"),
            stderr: text("err"),
        }
    }
}

/// Two seconds are promised; a machine may be busy with other tests.
const SLOWEST: Duration = Duration::from_secs(10);

/// A gibibyte of addresses, where a shell can set such a limit.
const LIMIT: &str = if cfg!(target_os = "linux") { "ulimit -S -v 1048576\n" } else { "" };

struct Answer {
    /// None after a signal, as when memory ends.
    code: Option<i32>,
    took: Duration,
    stdout: String,
    stderr: String,
}

#[test]
fn every_row_of_bad_inputs_is_answered_as_the_table_says() {
    let rows = rows();
    let numbers: Vec<u8> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=85).collect::<Vec<u8>>());
    let mut wrong = Vec::new();
    let (mut cases, mut elsewhere, mut later) = (0, 0, Vec::new());
    for Row { number, tried } in rows {
        match tried {
            Tried::Here(list) => {
                assert!(!list.is_empty());
                cases += list.len();
                wrong.extend(
                    list.iter().filter_map(Case::wrong).map(|text| format!("{number}: {text}")),
                );
            }
            Tried::Elsewhere(file, test) => {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(file);
                let source = fs::read_to_string(path).unwrap();
                assert!(
                    source.contains(&format!("fn {test}(")),
                    "row {number}: {file} has no {test}"
                );
                elsewhere += 1;
            }
            Tried::Later(reason) => {
                assert!(!reason.is_empty());
                later.push(number);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What later work owes; a row that is done leaves this list.
    assert_eq!(later, LATER);
    assert_eq!((cases, elsewhere), COUNTED);
}

const LATER: [u8; 5] = [57, 58, 59, 84, 85];

/// Cases of this table, and rows that other tests hold.
const COUNTED: (usize, usize) = (130, 6);
