//! Warnings that are chosen by code, and ignored where they stand.

use super::{BROKEN, Repository, WARNED};

fn warned(comment: &str) -> String {
    WARNED.replace("{people: 1}", &format!("{{people: 1}} # {comment}"))
}

#[test]
fn a_comment_hides_a_warning_and_says_why() {
    let repository = Repository::with(&[
        ("a.yaml", &warned("voronka: ignore V617 he comes in May")),
        ("b.yaml", &WARNED.replace("  boss", "  # voronka: ignore V617\n  boss")),
        ("c.yaml", &warned("voronka: ignore V619")),
    ]);
    assert_eq!(repository.found(&["."]), ["c.yaml V617 2", "c.yaml V691 2"]);
    assert_eq!(repository.check(&["a.yaml", "b.yaml", "--strict"]).code, 0);
    assert_eq!(repository.check(&["c.yaml"]).code, 0);
    let answer = repository.check(&["c.yaml", "--strict", "--format", "line"]);
    assert_eq!(answer.code, 1);
    let unused = "c.yaml:2:39: warning[V691]: there is no `V619` here to ignore\n";
    assert!(answer.stdout.ends_with(unused), "{}", answer.stdout);
}

#[test]
fn errors_cannot_be_ignored() {
    let broken = BROKEN.replace('}', "} # voronka: ignore V301");
    let repository = Repository::with(&[("a.yaml", &broken)]);
    assert_eq!(repository.found(&["a.yaml"]), ["a.yaml V301 2", "a.yaml V692 2"]);
    assert_eq!(repository.check(&["a.yaml"]).code, 1);
    for codes in ["V301", "V617,V3", "V999", ""] {
        let answer = repository.check(&["a.yaml", "--ignore", codes]);
        assert_eq!((answer.code, answer.stdout.as_str()), (2, ""), "{codes}");
    }
}

#[test]
fn a_change_of_the_command_line_makes_no_ignore_useless() {
    let repository = Repository::with(&[("a.yaml", &warned("voronka: ignore V617, V619"))]);
    assert_eq!(repository.found(&["a.yaml"]), ["a.yaml V691 2"]);
    let none: [&str; 0] = [];
    assert_eq!(repository.found(&["a.yaml", "--set", "horizon=90d"]), none);
}

/// What is said of a model as a whole stands in its first line of content.
#[test]
fn a_finding_about_the_whole_model_is_ignored_at_its_top() {
    let model =
        format!("# A model.\n# voronka: ignore V621 nothing is promised\n\n{}", super::GOOD);
    let repository = Repository::with(&[("a.yaml", &model)]);
    for arguments in [&["a.yaml", "--strict"][..], &["a.yaml", "--strict", "--simulate", "-n", "2"]]
    {
        let answer = repository.check(arguments);
        assert_eq!((answer.code, answer.stdout.as_str()), (0, ""));
    }
}

#[test]
fn codes_are_selected_and_ignored() {
    let repository = Repository::with(&[("a.yaml", WARNED), ("b.yaml", BROKEN)]);
    for (arguments, found) in [
        (&["--ignore", "V617"][..], &["b.yaml V301 2"][..]),
        (&["--ignore", "v60,V61"], &["b.yaml V301 2"]),
        (&["--ignore", "V60", "--ignore", "V62"], &["a.yaml V617 2", "b.yaml V301 2"]),
        (&["--select", "V60"], &["b.yaml V301 2"]),
        (&["--select", "V60,V617"], &["a.yaml V617 2", "b.yaml V301 2"]),
        (&["--select", "V6", "--ignore", "V617"], &["b.yaml V301 2"]),
    ] {
        assert_eq!(repository.found(&[&["."], arguments].concat()), found, "{arguments:?}");
    }
}
