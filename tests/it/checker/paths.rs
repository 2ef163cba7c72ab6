//! Files, folders, patterns and standard input.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::{BROKEN, GOOD, Repository, WARNED};

fn repository() -> Repository {
    Repository::with(&[
        ("models/b.yaml", GOOD),
        ("models/a.yml", WARNED),
        ("models/deep/c.yaml", BROKEN),
        ("models/deep/notes.txt", GOOD),
        ("models/.hidden.yaml", GOOD),
        ("build/d.yaml", GOOD),
        (".gitignore", "build/\n*.tmp.yaml\n"),
        ("models/e.tmp.yaml", GOOD),
        ("docker-compose.yaml", "services: {web: {image: nginx}}\n"),
        ("ci/pipeline.yml", "stages:\n  - build\n  - test\nbuild: {stage: build}\n"),
        ("empty.yaml", "# nothing\n"),
        // Faults that no parser gets over.
        ("models/tab.yaml", "stages:\n\tlead: {next: won}\n"),
        ("models/open.yaml", "name: A\nstags:\n  lead: {next: [\n"),
    ])
}

const MODELS: [&str; 5] =
    ["models/a.yml", "models/b.yaml", "models/deep/c.yaml", "models/open.yaml", "models/tab.yaml"];

#[test]
fn of_a_folder_its_models_are_checked() {
    let repository = repository();
    assert_eq!(repository.checked(&["."]), MODELS);
    assert_eq!(repository.checked(&["models"]), MODELS);
    assert_eq!(repository.checked(&["models/deep", "models/../models/b.yaml"]).len(), 2);
    let answer = repository.check(&["."]);
    assert!(answer.stderr.ends_with("; 3 other YAML files are no models\n"), "{}", answer.stderr);
    assert_eq!(answer.code, 2, "two files are not YAML");
}

/// Of all models with faults that the tests have, two cannot be told: comments alone, and a table.
#[test]
fn faults_do_not_keep_a_model_from_being_recognized() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad");
    let checked = Repository::with(&[]).checked(&[folder]);
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.map(|name| name.into_string().unwrap()).filter(|n| n.ends_with(".yaml"));
    let is_missed = |name: &String| !checked.contains(&format!("{folder}/{name}"));
    let mut missed: Vec<String> = names.filter(is_missed).collect();
    missed.sort();
    assert_eq!(missed, ["04_only_comments.yaml", "100_table.yaml"]);
}

#[test]
fn a_file_that_is_named_is_checked_whatever_it_is() {
    let repository = repository();
    for path in ["docker-compose.yaml", "build/d.yaml", "models/deep/notes.txt", "empty.yaml"] {
        assert_eq!(repository.checked(&[path, "--exclude", path]), [path]);
    }
    assert_eq!(repository.check(&["docker-compose.yaml"]).code, 1);
}

#[test]
fn patterns_match_where_no_shell_replaced_them() {
    let repository = repository();
    for (pattern, found) in [
        ("models/*.yaml", &["models/b.yaml", "models/open.yaml", "models/tab.yaml"][..]),
        ("./models/**/*.{yaml,yml}", &MODELS),
        ("models/[ab].y*ml", &["models/a.yml", "models/b.yaml"]),
        ("*.yaml", &["docker-compose.yaml", "empty.yaml"]),
    ] {
        assert_eq!(repository.checked(&[pattern]), found, "{pattern}");
    }
    // A pattern without a file is a slip, as a file that is not there.
    let answer = repository.check(&["models/b.yaml", "modles/*.yaml", "--format", "line"]);
    assert_eq!(answer.code, 2);
    assert!(answer.stdout.starts_with("modles/*.yaml:1:1: error[V001]"), "{}", answer.stdout);
    let answer = repository.check(&["models/[a.y*ml"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
}

#[test]
fn files_are_included_and_excluded_by_patterns_as_of_gitignore() {
    let repository = repository();
    for (arguments, found) in [
        (&["--exclude", "deep"][..], &["a.yml", "b.yaml", "open.yaml", "tab.yaml"][..]),
        (&["--exclude", "models/deep/**", "--exclude", "[ot]*.yaml"], &["a.yml", "b.yaml"]),
        (&["--exclude", "*.yaml", "--exclude", "!b.yaml"], &["a.yml", "b.yaml"]),
        (&["--include", "notes.txt"], &["deep/notes.txt"]),
        (&["--include", "*.yml", "--include", "b.*"], &["a.yml", "b.yaml"]),
        (&["--include", "models", "--exclude", "*.y*ml"], &["deep/notes.txt"]),
    ] {
        let found: Vec<String> = found.iter().map(|path| format!("models/{path}")).collect();
        assert_eq!(repository.checked(&[&["models"], arguments].concat()), found, "{arguments:?}");
    }
    // What is included is checked whatever it holds.
    assert_eq!(repository.found(&[".", "--include", "empty.yaml"]), ["empty.yaml V005 1"]);
    let answer = repository.check(&[".", "--exclude", "a[.yml"]);
    assert_eq!((answer.code, answer.stdout.as_str()), (2, ""));
    assert!(answer.stderr.starts_with("error: --exclude a[.yml: "), "{}", answer.stderr);
}

#[test]
fn where_nothing_is_found_nothing_passes() {
    let repository = Repository::with(&[("ci/a.yaml", "jobs: {}\n"), ("models/b.yaml", GOOD)]);
    for arguments in
        [&["ci"][..], &["models", "--exclude", "b.yaml"], &["models", "--include", "x"]]
    {
        for format in ["text", "json", "junit"] {
            let answer = repository.check(&[arguments, &["--format", format]].concat());
            assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{arguments:?}");
            assert!(answer.stderr.contains("no models found"), "{}", answer.stderr);
        }
    }
}

#[test]
fn standard_input_is_a_file_among_others() {
    let repository = repository();
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    command.current_dir(repository.path()).args(["check", "models/a.yml", "-", "--format", "line"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(BROKEN.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let begins: Vec<&str> = lines.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(begins, ["-:2:16", "models/a.yml:2:3"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_file_that_cannot_be_read_is_a_finding_and_the_others_are_checked() {
    let repository = repository();
    let found = repository.found(&["missing.yaml", "models/a.yml", "models/deep/c.yaml"]);
    let codes = ["missing.yaml V001 1", "models/a.yml V617 2", "models/deep/c.yaml V301 2"];
    assert_eq!(found, codes);
    // Bytes that are no text, in a folder; keys tell that it is meant as a model.
    let latin = [&b"stages:\n  lead: {next: won} # "[..], &[0xE9, 0xE8]].concat();
    fs::write(repository.path().join("models/deep/latin.yaml"), latin).unwrap();
    fs::write(repository.path().join("models/deep/picture.yaml"), b"\x89PNG\0\0\xFF").unwrap();
    let found = repository.found(&["models/deep"]);
    assert_eq!(found, ["models/deep/c.yaml V301 2", "models/deep/latin.yaml V007 1"]);
}

#[test]
fn the_order_is_that_of_paths_at_any_number_of_threads() {
    let repository = Repository::with(&[]);
    for at in 0..200 {
        let text = match at % 4 {
            0 => GOOD.to_owned(),
            1 => WARNED.to_owned(),
            2 => BROKEN.to_owned(),
            _ => format!("{WARNED}  offer: {{next: {at}%, wait: 1d}}\n"),
        };
        repository.write(&format!("m/{}/{at}.yaml", at % 7), &text);
    }
    for format in ["line", "json", "sarif", "github", "junit", "gitlab"] {
        let of = |threads: &str| {
            let answer = repository.check(&["m", "--format", format, "--threads", threads]);
            (answer.code, answer.stdout, answer.stderr)
        };
        let one = of("1");
        assert_eq!(one.0, 1);
        assert_eq!((&of("2"), &of("7")), (&one, &one), "{format}");
    }
    let files = repository.checked(&["m"]);
    assert!(files.len() == 200 && files.is_sorted(), "{files:?}");
    assert_eq!(repository.checked(&["m/1", "m", "m/1/1.yaml", "./m/1/1.yaml"]).len(), 200);
}
