//! Runs the console blocks of a page: the commands work and print what the page shows.
//!
//! - Commands are lines that begin with `$ voronka` or `$ cargo run --release --`. They run in one
//!   temporary folder per page, which has copies of `models`, `examples` and `tests/bad`.
//! - The lines below a command must be its whole output, standard error last; `...` stands for any
//!   lines. The output is English.
//! - A YAML block whose first line is a comment with a file name, `# deal.yaml`, is that file.
//! - The exit code is 0, or N where the first line below the block begins with `Exit code N`: that
//!   of the last command of the block.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// Runs all commands of the page in the order in which they stand and returns how many there are.
/// The page shows the output of a window with so many columns.
pub(crate) fn run_all(page: &Path, columns: u32) -> usize {
    let text = fs::read_to_string(page).unwrap();
    let folder = folder();
    for block in blocks(&text, "yaml") {
        if let Some(name) = file_name(block.text) {
            fs::write(folder.path().join(name), block.text).unwrap();
        }
    }
    let mut tried = 0;
    for block in blocks(&text, "console") {
        let examples = examples(block.text);
        let last = examples.len();
        for (at, (command, shown)) in examples.into_iter().enumerate() {
            let Some(arguments) = command
                .strip_prefix("voronka ")
                .or(command.strip_prefix("cargo run --release -- "))
            else {
                continue;
            };
            let expected = if at + 1 == last { exit_code(block.below) } else { 0 };
            let output = Command::new(env!("CARGO_BIN_EXE_voronka"))
                .current_dir(folder.path())
                .env("COLUMNS", columns.to_string())
                .env("VORONKA_LANG", "en")
                .args(words(arguments))
                .output()
                .unwrap();
            let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            let place = format!("{}: $ {command}\n{printed}", page.display());
            assert!(matches(&shown, &printed), "not what the page shows: {place}");
            assert_eq!(output.status.code(), Some(expected), "{place}");
            tried += 1;
        }
    }
    tried
}

/// A temporary folder with copies of what pages name.
fn folder() -> TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().unwrap();
    for name in ["models", "models/data", "examples", "tests/bad"] {
        let copy = folder.path().join(name);
        fs::create_dir_all(&copy).unwrap();
        for entry in fs::read_dir(root.join(name)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    folder
}

struct Block<'a> {
    text: &'a str,
    below: &'a str,
}

fn blocks<'a>(page: &'a str, kind: &str) -> Vec<Block<'a>> {
    let opening = format!("```{kind}\n");
    let found = page.split(opening.as_str()).skip(1).map(|text| text.split_once("```").unwrap());
    found.map(|(text, below)| Block { text, below }).collect()
}

fn file_name(block: &str) -> Option<&str> {
    let name = block.strip_prefix("# ")?.split([':', '\n', ' ']).next()?;
    name.ends_with(".yaml").then_some(name)
}

/// The commands of a block, each with the output that is shown below it.
fn examples(block: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            found.push((command.to_owned(), String::new()));
        } else if let Some((_, output)) = found.last_mut() {
            *output += &format!("{line}\n");
        }
    }
    found
}

fn exit_code(below: &str) -> i32 {
    let below = below.trim_start();
    let starts = ["Exit code ", "The exit code is ", "The exit code is then "];
    // The longest one first.
    let code = starts.iter().rev().find_map(|start| below.strip_prefix(start));
    code.map_or(0, |rest| rest.split([' ', '.', ':', ',']).next().unwrap().parse().unwrap())
}

/// Words as a shell splits them, with single and double quotes.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut open) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (c, open) {
            ('\'' | '"', None) => {
                open = Some(c);
                word.get_or_insert_default();
            }
            (_, Some(quote)) if c == quote => open = None,
            (' ', None) => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Whether the output matches the page; `...` stands for any lines.
fn matches(shown: &str, output: &str) -> bool {
    let mut rest = output;
    for (at, part) in shown.split("...\n").enumerate() {
        match rest.find(part) {
            Some(0) => rest = &rest[part.len()..],
            Some(found) if at > 0 => rest = &rest[found + part.len()..],
            _ => return false,
        }
    }
    shown.ends_with("...\n") || rest.is_empty()
}

#[test]
fn quotes_keep_words_together() {
    let found = words(r#"run a.yaml --set 'x.rate="*0.8"' --scenario "one less" ''"#);
    let expected = ["run", "a.yaml", "--set", r#"x.rate="*0.8""#, "--scenario", "one less", ""];
    assert_eq!(found, expected);
}

#[test]
fn an_output_differs_from_what_is_shown() {
    assert!(matches("a\n...\nc\n", "a\nb\nc\n") && matches("...\nb\n...\n", "a\nb\nc\n"));
    assert!(!matches("a\n", "a\nb\n") && !matches("...\nd\n...\n", "a\nb\nc\n"));
    assert!(!matches("...\nb\n...\na\n...\n", "a\nb\nc\n"));
}

#[test]
fn the_exit_code_stands_below_the_block() {
    assert_eq!((exit_code("\n\nExit code 1: a fault.\n"), exit_code("\n\nText")), (1, 0));
}
