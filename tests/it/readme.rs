//! The README and the pages of the docs: their commands and models work, and they are whole.

use std::fs;
use std::path::Path;

use crate::console;

#[test]
fn every_console_block_of_the_readme_is_true() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let tried = console::run_all(&page, 100);
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
