//! `voronka.toml`: found in the folder of a model or above it, refused where it is not understood.

use super::{BROKEN, GOOD, Repository, WARNED};

#[test]
fn the_nearest_settings_count() {
    let repository = Repository::with(&[
        ("voronka.toml", "ignore = [\"V617\"]\n"),
        ("a.yaml", WARNED),
        ("deep/er/b.yaml", WARNED),
        ("own/voronka.toml", "strict = true\n"),
        ("own/c.yaml", WARNED),
        ("other/.git/HEAD", ""),
        ("other/d.yaml", WARNED),
    ]);
    assert_eq!(repository.found(&["."]), ["other/d.yaml V617 2", "own/c.yaml V617 2"]);
    assert_eq!(repository.check(&["."]).code, 1);
    assert_eq!(repository.check(&["a.yaml", "deep", "other"]).code, 0);
    // From wherever the program runs, and for a file that is named.
    assert_eq!(repository.check_from("deep/er", &["b.yaml", "--strict"]).code, 0);
    assert_eq!(repository.check_from("own", &["../own/c.yaml"]).code, 1);
}

#[test]
fn settings_choose_files_and_codes() {
    let repository = Repository::with(&[
        ("a.yaml", WARNED),
        ("old/b.yaml", WARNED),
        ("old/c.yaml", BROKEN),
        ("other.txt", GOOD),
    ]);
    for (settings, found) in [
        ("", &["a.yaml V617 2", "old/b.yaml V617 2", "old/c.yaml V301 2"][..]),
        ("exclude = [\"old/\"]", &["a.yaml V617 2"]),
        ("include = [\"*.txt\", \"c.yaml\"]", &["old/c.yaml V301 2"]),
        ("select = [\"V60\"]", &["old/c.yaml V301 2"]),
        ("[per-path]\n\"old/**\" = [\"V61\"]", &["a.yaml V617 2", "old/c.yaml V301 2"]),
        ("[per-path]\n\"/a.yaml\" = [\"V617\"]", &["old/b.yaml V617 2", "old/c.yaml V301 2"]),
    ] {
        repository.write("voronka.toml", settings);
        assert_eq!(repository.found(&["."]), found, "{settings}");
    }
    // The command line goes before: what it selects, and what it includes.
    repository.write("voronka.toml", "select = [\"V60\"]\ninclude = [\"*.txt\"]\n");
    let all = ["a.yaml V617 2", "old/b.yaml V617 2", "old/c.yaml V301 2"];
    assert_eq!(repository.found(&[".", "--select", "V61", "--include", "*.yaml"]), all);
}

#[test]
fn what_is_not_understood_is_refused_at_its_place() {
    let repository = Repository::with(&[("m/a.yaml", WARNED)]);
    let text = "strickt = true\ninclude = \"*.yaml\"\nexclude = [\"a[.yaml\", 3]\nstrict = \"yes\"\n\
                select = [\"V999\"]\nignore = [\"V301\", \"V617\"]\nbudget = \"30s\"\n";
    repository.write("m/voronka.toml", text);
    let answer = repository.check(&["m", "--format", "line"]);
    assert_eq!(answer.code, 2);
    let begins: Vec<&str> =
        answer.stdout.lines().map(|line| line.split(": ").next().unwrap()).collect();
    let expected = [
        "m/voronka.toml:1:1",
        "m/voronka.toml:2:11",
        "m/voronka.toml:3:12",
        "m/voronka.toml:3:23",
        "m/voronka.toml:4:10",
        "m/voronka.toml:5:11",
        "m/voronka.toml:6:11",
        "m/voronka.toml:7:10",
    ];
    // What is understood holds: the warning of the model is ignored.
    assert_eq!(begins, expected, "{}", answer.stdout);
    let drawn = repository.check(&["m"]).stderr;
    assert!(drawn.contains("help: did you mean `strict`?"), "{drawn}");
    assert!(drawn.ends_with("; voronka.toml cannot be used as it is\n"), "{drawn}");
    repository.write("m/voronka.toml", "ignore = [\n\"V617\"\nstrict");
    let found = repository.found(&["m"]);
    assert!(found.iter().any(|one| one.starts_with("m/voronka.toml V011")), "{found:?}");
    assert_eq!(repository.check(&["m"]).code, 2);
}

#[test]
fn an_ignore_of_settings_that_hides_nothing_is_found_where_all_was_looked_at() {
    let settings = "ignore = [\"V617\", \"V619\"]\n[per-path]\n\"old/**\" = [\"V604\"]\n";
    let repository =
        Repository::with(&[("voronka.toml", settings), ("a.yaml", WARNED), ("old/b.yaml", GOOD)]);
    let unused = ["voronka.toml V691 1", "voronka.toml V691 3"];
    assert_eq!(repository.found(&["."]), unused);
    assert_eq!(repository.check(&[".", "--strict"]).code, 1);
    // Some files alone do not tell.
    let none: [&str; 0] = [];
    assert_eq!(repository.found(&["a.yaml"]), none);
    assert_eq!(repository.found(&["old"]), none);
    assert_eq!(repository.found(&[".", "--exclude", "old"]), none);
    assert_eq!(repository.found(&[".", "--ignore", "V691"]), none);
    // A model with errors does not tell either: its warnings are not looked for.
    repository.write("old/b.yaml", BROKEN);
    assert_eq!(repository.found(&["."]), ["old/b.yaml V301 2"]);
}
