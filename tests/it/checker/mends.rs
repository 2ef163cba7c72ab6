//! `check --fix` and `--diff`: what has one reading is written into the file, and nothing else.

use std::fs;

use serde_json::Value;

use super::Repository;

const BAD: &str = "# Sale, as of spring\r\nstages:\r\n    offer: {wiat: 2d, next: {demo: 45, lost: rest}}   # 45?\r\n    \
                   demo:\r\n        wait: \"3 дня\"\r\n        next: {won: 40%, lost: 59.5%}\r\n";
const GOOD: &str = "# Sale, as of spring\r\nstages:\r\n    offer: {wait: 2d, next: {demo: 45%, lost: rest}}   # 45?\r\n    \
                    demo:\r\n        wait: \"3d\"\r\n        next: {won: 40%, lost: rest}\r\n";

impl Repository {
    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }
}

#[test]
fn a_file_is_mended_in_place_and_all_else_of_it_stays() {
    let folder = Repository::with(&[("bad.yaml", BAD), ("good.yaml", GOOD)]);
    let output = folder.check(&["--fix", "."]);
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(folder.read("bad.yaml"), GOOD);
    assert_eq!(folder.read("good.yaml"), GOOD);
    assert!(output.stderr.contains("mended: bad.yaml: 4 findings"), "{}", output.stderr);
    let again = folder.check(&["--fix", "."]);
    assert!(!again.stderr.contains("mended"), "{}", again.stderr);
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let folder = Repository::with(&[("bad.yaml", BAD)]);
    let output = folder.check(&["--diff", "bad.yaml"]);
    assert_eq!(output.code, 1);
    assert_eq!(folder.read("bad.yaml"), BAD);
    let shown = output.stdout;
    assert!(shown.starts_with("--- bad.yaml\n+++ bad.yaml\n@@ "), "{shown}");
    let lines = |sign: &str| shown.lines().filter(|line| line.starts_with(sign)).count();
    assert_eq!((lines("-"), lines("+")), (4, 4), "{shown}");
    assert!(output.stderr.contains("bad.yaml: 4 findings can be mended"), "{}", output.stderr);
    let refused = folder.check(&["--fix", "-"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
}

#[test]
fn guesses_are_made_only_where_they_are_asked_for() {
    let guess = "stages:\n  a: {wait: 1d, next: {won: 30%, lost: 30%}}\n";
    let folder = Repository::with(&[("m.yaml", guess)]);
    assert_eq!(folder.check(&["--fix", "m.yaml"]).code, 1);
    assert_eq!(folder.read("m.yaml"), guess);
    assert_eq!(folder.check(&["--unsafe-fixes", "m.yaml"]).code, 2);
    assert_eq!(folder.check(&["--fix", "--unsafe-fixes", "m.yaml"]).code, 0);
    assert_eq!(folder.read("m.yaml"), guess.replace("lost: 30%", "lost: rest"));
}

#[test]
fn programs_are_told_of_mends() {
    let folder = Repository::with(&[("bad.yaml", BAD)]);
    let json = |format: &str| -> Value {
        let output = folder.check(&["--format", format, "bad.yaml"]);
        serde_json::from_str(&output.stdout).unwrap()
    };
    let findings = json("json");
    let all = findings.as_array().unwrap();
    assert!(all.iter().all(|found| found["mend"]["certain"] == true), "{findings}");
    let first = &all[0]["mend"]["edits"][0];
    assert_eq!((&first["line"], &first["text"]), (&3.into(), &"wait".into()), "{findings}");
    let sarif = json("sarif");
    let fix = &sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(fix["insertedContent"]["text"], "wait", "{sarif}");
    assert_eq!(fix["deletedRegion"]["startColumn"], first["column"], "{sarif}");
    let summary = folder.check(&["bad.yaml"]).stderr;
    assert!(summary.contains("`--fix` mends 4"), "{summary}");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay_and_what_cannot_be_written_is_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Repository::with(&[("bad.yaml", BAD), ("fixed.yaml", BAD)]);
    let path = |name: &str| folder.path().join(name);
    fs::set_permissions(path("bad.yaml"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("bad.yaml", path("link.yaml")).unwrap();
    assert_eq!(folder.check(&["--fix", "link.yaml"]).code, 0);
    assert_eq!(folder.read("bad.yaml"), GOOD);
    let mode =
        |path: &std::path::Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path("bad.yaml")), 0o640);
    assert!(fs::symlink_metadata(path("link.yaml")).unwrap().is_symlink());
    fs::set_permissions(path("fixed.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    let output = folder.check(&["--fix", "fixed.yaml"]);
    assert_ne!(output.code, 0, "{}", output.stderr);
    assert_eq!(folder.read("fixed.yaml"), BAD);
}
