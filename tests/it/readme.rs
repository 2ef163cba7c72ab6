//! Runs the console blocks of the README: the commands work and print what the page shows.
//!
//! Lines that begin with `$ voronka` or `$ cargo run … --` are run; the following lines must be the
//! output. `...` stands for any lines.

use std::fs;
use std::path::Path;
use std::process::Command;

struct Example {
    command: String,
    output: String,
}

fn examples(text: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                found.push(Example { command: command.to_owned(), output: String::new() });
            } else if let Some(last) = found.last_mut() {
                last.output += &format!("{line}\n");
            }
        }
    }
    found
}

fn run(command: &str) -> String {
    let arguments = command
        .strip_prefix("cargo run --release -- ")
        .or(command.strip_prefix("voronka "))
        .unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::TempDir::new().unwrap();
    // Output files go to a temporary folder.
    let arguments = arguments.replace("-o out", &format!("-o {}/out", folder.path().display()));
    let output = Command::new(env!("CARGO_BIN_EXE_voronka"))
        .current_dir(root)
        .env("COLUMNS", "100")
        .args(arguments.split_whitespace())
        .output()
        .unwrap();
    let all = [output.stdout, output.stderr].concat();
    String::from_utf8(all).unwrap()
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
fn every_console_block_of_the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("README.md")).unwrap();
    let mut tried = 0;
    for example in examples(&text) {
        if example.command == "cargo test" {
            continue;
        }
        tried += 1;
        let output = run(&example.command);
        assert!(matches(&example.output, &output), "$ {}\n{output}", example.command);
    }
    assert!(tried >= 3);
}

#[test]
fn the_model_of_the_readme_is_the_one_in_its_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("README.md")).unwrap();
    let model = fs::read_to_string(root.join("examples/deal.yaml")).unwrap();
    assert!(text.contains(&format!("```yaml\n{model}```")), "{model}");
    assert!(model.lines().count() <= 14);
}

#[test]
fn the_readme_offers_the_command_that_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(text.contains("$ cargo test\n"));
}

/// Every model of the language page is complete and has no errors and no warnings.
#[test]
fn every_model_of_the_language_page_is_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/language.md")).unwrap();
    let blocks: Vec<&str> =
        text.split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 7, "{}", blocks.len());
    let mut keys = std::collections::BTreeSet::new();
    for block in blocks {
        let loaded = voronka::model::load("page.yaml", block, &[], Some(&root.join("models")));
        assert!(loaded.diagnostics.is_empty(), "{:?}\n{block}", loaded.diagnostics);
        assert!(loaded.model.is_some(), "{block}");
        let words = block.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        keys.extend(words.map(str::to_owned));
    }
    // Every key of the schema occurs in some example, except those of a data file, because there is
    // none here.
    keys.extend(["file", "column"].map(str::to_owned));
    let schema = voronka::model::schema::schema();
    let mut missing = Vec::new();
    let mut open = vec![&schema];
    while let Some(value) = open.pop() {
        if let Some(properties) = value.get("properties").and_then(|value| value.as_object()) {
            missing.extend(properties.keys().filter(|key| !keys.contains(*key)).cloned());
        }
        match value {
            serde_json::Value::Object(map) => open.extend(map.values()),
            serde_json::Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "no example has {missing:?}");
}

/// The charts page lists all charts, with their default.
#[test]
fn the_page_of_charts_is_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/charts.md")).unwrap();
    for chart in voronka::report::CHARTS {
        let drawn = if chart.usual { "usually" } else { "with `all`" };
        let row = format!("| `{}` | {} | {drawn} |", chart.name.file_stem(), chart.what);
        assert!(text.contains(&row), "{row}");
    }
}
