//! `check --against` and `--against-git`: what a new version brings.

use std::process::Command;

use super::Repository;

const OLD: &str = "roles:\n  boss: {people: 1}\nsources: {s: {rate: 30/week}}\nhorizon: 3 months\n\
                   stages:\n  lead: {phase: deal, wait: 2d, next: 40%}\n";

fn slower() -> String {
    OLD.replace("wait: 2d", "wait: 4d")
}

#[test]
fn a_kpi_that_became_worse_is_a_warning_and_old_findings_are_silent() {
    let repository = Repository::with(&[("old.yaml", OLD), ("new.yaml", &slower())]);
    let answer = repository.check(&["--against", "old.yaml", "new.yaml", "--format", "line"]);
    assert!(
        answer.stdout.contains("V630") && answer.stdout.contains("sales_cycle mean"),
        "{}",
        answer.stdout
    );
    assert!(!answer.stdout.contains("V617"), "an old finding: {}", answer.stdout);
    assert_eq!(answer.code, 0);
    let strict = repository.check(&["--against", "old.yaml", "new.yaml", "--strict"]);
    assert_eq!(strict.code, 1);
    assert!(
        strict.stderr.contains("worse: new.yaml: sales_cycle mean 2 d before, 4 d now"),
        "{}",
        strict.stderr
    );
    let same = repository.check(&["--against", "old.yaml", "old.yaml", "--strict"]);
    assert_eq!((same.code, same.stdout.as_str()), (0, ""));
    assert!(same.stderr.contains("0 changed beyond chance"), "{}", same.stderr);
    let missing = repository.check(&["--against", "nowhere.yaml", "new.yaml"]);
    assert_ne!(missing.code, 0);
}

#[test]
fn an_ignore_of_an_old_finding_is_not_taken_for_a_useless_one() {
    let ignored =
        OLD.replace("boss: {people: 1}", "boss: {people: 1} # voronka: ignore V617 as agreed");
    let repository = Repository::with(&[("old.yaml", &ignored), ("new.yaml", &ignored)]);
    assert!(repository.found(&["new.yaml"]).is_empty());
    assert!(repository.found(&["new.yaml", "--against", "old.yaml"]).is_empty());
}

#[test]
fn folders_are_compared_path_by_path_and_new_files_have_new_findings() {
    let repository =
        Repository::with(&[("before/m/a.yaml", OLD), ("m/a.yaml", OLD), ("m/b.yaml", OLD)]);
    let found = repository.found(&["m", "--against", "before"]);
    assert_eq!(found, ["m/b.yaml V617 2"]);
}

#[test]
fn git_keeps_the_earlier_version() {
    let repository = Repository::with(&[("m/a.yaml", OLD)]);
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(repository.path()).args([
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@t",
        ]);
        command.args(arguments).output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        println!("git is not installed: --against-git was not tried");
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "one"]));
    repository.write("m/a.yaml", &slower());
    repository.write("m/new.yaml", OLD);
    let found = repository.found(&["m", "--against-git", "HEAD"]);
    assert!(found.iter().any(|one| one.starts_with("m/a.yaml V630")), "{found:?}");
    assert!(!found.iter().any(|one| one.starts_with("m/a.yaml V617")), "{found:?}");
    assert!(found.contains(&"m/new.yaml V617 2".to_owned()), "{found:?}");
    let unknown = repository.check(&["m", "--against-git", "no-such-revision"]);
    assert_eq!(unknown.code, 2, "{}", unknown.stderr);
}
