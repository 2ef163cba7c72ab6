//! `voronka show`: the process map.

use std::fs;

use tempfile::TempDir;

use super::{code, model_in, text, voronka};

#[test]
fn the_process_map_has_every_transition_with_its_probability() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let shown = text(&voronka(&["show", model]).stdout);
    assert!(shown.starts_with("%% Test\nflowchart LR\n"), "{shown}");
    assert!(shown.contains("n2[\"предложение #60;script#62;\"]"), "{shown}");
    assert!(shown.contains("n1 -->|\"60 %: no need\"|"), "{shown}");
    let changed = voronka(&["show", model, "--set", "stages.offer.next=75%", "--format", "dot"]);
    let shown = text(&changed.stdout);
    assert!(shown.starts_with("digraph \"Test\" {"), "{shown}");
    assert!(shown.contains("n3 -> n4 [label=\"75 %\"];"), "{shown}");
    assert_eq!(code(&voronka(&["show", "tests/bad/24_unknown_stage.yaml"])), 1);
    assert_eq!(code(&voronka(&["show", "no/such/model.yaml"])), 2);
}

#[test]
fn the_process_map_has_the_format_of_the_file_name() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let drawn = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let arguments = ["show", model.to_str().unwrap(), "-o", path.to_str().unwrap()];
        (code(&voronka(&[&arguments[..], more].concat())), fs::read(&path).unwrap_or_default())
    };
    assert!(drawn("map.png", &[]).1.starts_with(b"\x89PNG"));
    let (_, svg) = drawn("map.svg", &[]);
    let svg = text(&svg);
    for part in ["предложение", "site", "50 %", "lost 60 %: no need", "won 50 %"] {
        assert!(svg.contains(part), "{part} not in {svg}");
    }
    assert!(!svg.contains("<script>"));
    assert!(drawn("map.dot", &[]).1.starts_with(b"digraph"));
    assert!(text(&drawn("map.mmd", &[]).1).contains("flowchart"));
    assert_eq!(drawn("map.jpeg", &[]).0, 2);
    assert_eq!(drawn("map.svg", &[]).0, 3, "nothing is written over");
    assert_eq!(drawn("map.svg", &["--force"]).0, 0);
    assert!(drawn("map", &["--format", "png"]).1.starts_with(b"\x89PNG"));
}

const TOLD: &str = "roles: {seller: {people: 2, department: sales, description: talks to clients}}
stages:
  call:
    description: the first | talk
    instruction: ask what is needed, then listen
    work: {role: seller, time: 1h, activity: first call, instruction: within a day}
    next: 40%
  offer: {wait: 3d, next: 50%}
";

#[test]
fn what_people_are_told_stands_on_the_page_and_in_the_picture() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("told.yaml");
    std::fs::write(&path, TOLD).unwrap();
    let show = |format: &str, lanes: &[&str]| {
        let path = path.to_str().unwrap();
        let output = voronka(&[&["show", path, "--format", format], lanes].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let page = show("markdown", &[]);
    for row in [
        "| call |  | the first \\| talk | ask what is needed, then listen |",
        "| call | first call |  | within a day |",
        "| seller | sales | talks to clients |",
    ] {
        assert!(page.contains(row), "{row}\n{page}");
    }
    let picture = show("svg", &["--lanes", "department"]);
    for words in [
        "the first | talk",
        "ask what is needed",
        "call: first call",
        "department: sales",
        "talks to clients",
    ] {
        assert!(picture.contains(words), "{words}");
    }
    // The lane of the stage without work has a name too.
    assert!(picture.contains(">sales<") || picture.contains("sales\n"), "{picture}");
}
