//! Checks the architecture: folders are layers, and each layer imports only those below it.
//!
//! docs/architecture.md explains this table. A change of the architecture changes the table in the
//! same commit and gives the reason.

use std::fs;
use std::path::{Path, PathBuf};

/// Every layer with the layers it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("quantity", &[]),
    ("stats", &["quantity"]),
    ("random", &["quantity"]),
    ("calendar", &["quantity"]),
    // Problems hold the typed faults of numbers, distributions and hours.
    ("diagnostic", &["quantity", "random", "calendar"]),
    ("kpi", &["stats", "quantity"]),
    ("records", &["quantity", "diagnostic"]),
    ("model", &["kpi", "records", "quantity", "stats", "random", "calendar", "diagnostic"]),
    ("program", &["model", "quantity", "random", "calendar"]),
    ("engine", &["program", "model", "quantity", "random", "calendar"]),
    ("tally", &["engine", "program", "model", "kpi", "stats", "quantity", "calendar"]),
    ("analytic", &["program", "kpi", "random", "stats", "quantity", "calendar"]),
    ("lint", &["model", "program", "analytic", "calendar", "kpi", "quantity", "diagnostic"]),
    ("fit", &["records", "model", "random", "calendar", "stats", "quantity", "diagnostic"]),
    (
        "study",
        &[
            "fit",
            "tally",
            "engine",
            "analytic",
            "lint",
            "program",
            "model",
            "records",
            "kpi",
            "stats",
            "random",
            "calendar",
            "quantity",
            "diagnostic",
        ],
    ),
    // Reports show what is understood of an export.
    (
        "report",
        &["study", "fit", "records", "diagnostic", "kpi", "program", "model", "stats", "quantity"],
    ),
    ("render", &["report", "diagnostic", "stats", "quantity", "random", "calendar"]),
    (
        "cli",
        &[
            "render",
            "report",
            "study",
            "fit",
            "lint",
            "analytic",
            "tally",
            "engine",
            "program",
            "model",
            "records",
            "kpi",
            "stats",
            "random",
            "calendar",
            "quantity",
            "diagnostic",
        ],
    ),
];

/// The greatest number of lines of a file before its tests.
const LONGEST: usize = 400;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code before the first test, without comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let before = text.split("#[cfg(test)]").next().unwrap().to_owned();
    let lines = before.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The layers that a text names in `crate::LAYER` paths and in `use crate::{…}` groups.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let group = rest.strip_prefix('{').and_then(|rest| rest.split('}').next());
        let names: Vec<&str> = match group {
            Some(group) => group.split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String =
                name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push(name);
        }
    }
    found
}

#[test]
fn each_layer_imports_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for (layer, allowed) in LAYERS {
        for path in files(&source().join(layer)) {
            for import in imports(&code(&path)) {
                let known = LAYERS.iter().any(|(name, _)| *name == import);
                if known && import != *layer && !allowed.contains(&import.as_str()) {
                    wrong.push(format!("{} imports {import}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_is_no_folder_that_the_table_does_not_name() {
    for entry in fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            assert!(LAYERS.iter().any(|(layer, _)| *layer == name), "{name} is not a layer");
        }
    }
    for (layer, _) in LAYERS {
        assert!(source().join(layer).is_dir(), "the layer {layer} has no folder");
    }
}

#[test]
fn no_file_is_too_long() {
    for path in files(&source()) {
        let text = fs::read_to_string(&path).unwrap();
        let before = text.split("#[cfg(test)]").next().unwrap();
        let lines = before.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines before its tests", path.display());
    }
}

#[test]
fn every_file_begins_with_a_module_comment() {
    for path in files(&source()) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{} does not open with //!", path.display());
    }
}

#[test]
fn only_the_command_line_prints_or_reads_the_clock() {
    for (layer, _) in LAYERS.iter().filter(|(layer, _)| *layer != "cli") {
        for path in files(&source().join(layer)) {
            let code = code(&path);
            for forbidden in
                ["println!", "eprintln!", "std::time::Instant", "std::env::", "process::exit"]
            {
                assert!(!code.contains(forbidden), "{} uses {forbidden}", path.display());
            }
        }
    }
}

/// The folders of the engine: each imports only those before it.
const ROOMS: [&str; 11] = [
    "deal",
    "run",
    "event",
    "observers",
    "arrivals",
    "schedule",
    "walker",
    "steps",
    "sale",
    "people",
    "walks",
];

#[test]
fn the_folders_of_the_engine_import_in_one_direction() {
    let engine = source().join("engine");
    for path in files(&engine) {
        let place = path.strip_prefix(&engine).unwrap();
        let room = place.iter().next().unwrap().to_string_lossy().replace(".rs", "");
        let Some(own) = ROOMS.iter().position(|other| *other == room) else {
            assert_eq!(room, "mod", "{} is no room", path.display());
            continue;
        };
        let code = code(&path);
        for (at, _) in code.match_indices("crate::engine::") {
            let rest = &code[at + "crate::engine::".len()..];
            let name: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let known = ROOMS.iter().position(|other| *other == name);
            assert!(known.is_some_and(|at| at <= own), "{} imports {name}", path.display());
        }
    }
}

/// Code shared by commands is in a module of `cli`.
#[test]
fn no_command_imports_another() {
    let folder = source().join("cli/commands");
    for path in files(&folder) {
        let code = code(&path);
        let depth = path.strip_prefix(&folder).unwrap().components().count();
        let out_of_the_command = "super::".repeat(depth);
        for forbidden in ["commands::", &out_of_the_command] {
            assert!(!code.contains(forbidden), "{} imports {forbidden}", path.display());
        }
    }
}
