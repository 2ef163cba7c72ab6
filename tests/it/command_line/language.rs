//! The language of the output, and what does not depend on it.

use std::process::{Command, Output};

/// Runs the program with only these variables of language.
fn speak(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    for name in ["VORONKA_LANG", "LC_ALL", "LC_MESSAGES", "LC_NUMERIC", "LANG"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

const RUN: [&str; 4] = ["run", "models/five-elements.yaml", "-n", "5"];

#[test]
fn the_option_precedes_the_variable_and_the_variable_the_locale() {
    let is_russian = |variables: &[(&str, &str)], options: &[&str]| {
        stdout(&speak(variables, &[options, &RUN].concat())).contains("Воронка\n")
    };
    assert!(!is_russian(&[], &[]), "English where nothing is said");
    assert!(is_russian(&[("LANG", "ru_RU.UTF-8")], &[]));
    assert!(!is_russian(&[("LANG", "de_DE.UTF-8")], &[]), "a language that is not ours");
    assert!(is_russian(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "ru_RU.UTF-8")], &[]));
    assert!(is_russian(&[("LANG", "en_US.UTF-8"), ("VORONKA_LANG", "ru")], &[]));
    assert!(!is_russian(&[("VORONKA_LANG", "ru")], &["--lang", "en"]));
    assert!(is_russian(&[("VORONKA_LANG", "en")], &["--lang", "ru"]));
    let refused = speak(&[("VORONKA_LANG", "klingon")], &RUN);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn output_for_programs_is_the_same_in_every_language() {
    for arguments in [
        ["run", "models/bitrix24-lead-deal.yaml", "-n", "5", "--format", "csv"].as_slice(),
        &["run", "models/bitrix24-lead-deal.yaml", "-n", "5", "--format", "json"],
        &["solve", "models/supermarket.yaml", "--format", "csv"],
        &["solve", "models/supermarket.yaml", "--format", "json"],
        &["check", "tests/bad/21_sums.yaml", "--format", "json"],
        &["schema"],
        &["show", "models/cafe.yaml", "--resolved"],
    ] {
        let [english, russian] =
            ["en", "ru"].map(|tag| speak(&[], &[&["--lang", tag], arguments].concat()));
        assert!(!english.stdout.is_empty(), "{arguments:?}");
        assert_eq!(stdout(&english), stdout(&russian), "{arguments:?}");
        assert_eq!(english.status.code(), russian.status.code(), "{arguments:?}");
    }
}

#[test]
fn excel_gets_the_decimal_comma_of_the_language_that_was_asked_for() {
    let arguments = [&RUN, ["--format", "csv", "--csv", "excel"].as_slice()].concat();
    let in_russian = stdout(&speak(&[], &[["--lang", "ru"].as_slice(), &arguments].concat()));
    let in_english = stdout(&speak(
        &[("LC_NUMERIC", "ru_RU.UTF-8")],
        &[["--lang", "en"].as_slice(), &arguments].concat(),
    ));
    let first = |text: &str| text.lines().nth(1).unwrap().to_owned();
    assert!(first(&in_russian).contains(','), "{in_russian}");
    assert!(!first(&in_english).contains(','), "{in_english}");
}

#[test]
fn a_map_has_the_size_and_the_lanes_that_were_asked_for() {
    let show = |options: &[&str]| {
        let map = ["show", "models/comindware-8-stages.yaml", "--format", "svg"];
        stdout(&speak(&[], &[&map, options].concat()))
    };
    assert!(show(&[]).contains("width=\"1280\" height=\"720\""));
    assert!(show(&["--chart-size", "page"]).contains("width=\"900\" height=\"1273\""));
    assert!(show(&["--chart-size", "square"]).contains("width=\"960\" height=\"960\""));
    let lanes = show(&["--lanes", "phase"]);
    assert!(lanes.contains("client") && lanes != show(&["--lanes", "role"]));
    let page = ["--lang", "ru", "show", "models/comindware-8-stages.yaml", "--format", "markdown"];
    let page = stdout(&speak(&[], &page));
    assert!(page.starts_with("# A sale in eight stages\n"), "{page}");
    assert!(page.contains("| владелец | commercial director |") && page.contains("```mermaid"));
}
