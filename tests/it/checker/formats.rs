//! Formats for programs, read by parsers of their own, with names that are made to break them.

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use serde_json::Value;

use super::{GOOD, Repository};

/// A path that needs every escape there is.
const PATH: &str = "a,b:c%20 \"<&>' ]]>\u{1F680}\u{202E}\u{7}.yaml";

/// A model whose names need them too; the first error is at 2:23, by UTF-16 units at 2:25.
fn hostile() -> Repository {
    let text = "stages:\n  \"\u{1F680}\u{1F680} ]]><b>\": {next: \"no, %0A::error::x\"}\n  \
                lead: {cost: \"<&'>\"}\n";
    Repository::with(&[(PATH, text), ("good.yaml", GOOD)])
}

fn shown(repository: &Repository, format: &str) -> String {
    let answer = repository.check(&[PATH, "good.yaml", "--format", format]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert!(!answer.stdout.contains(['\u{7}', '\u{1b}']), "{}", answer.stdout);
    answer.stdout
}

#[test]
fn json_names_the_model_and_its_places() {
    let found: Value = serde_json::from_str(&shown(&hostile(), "json")).unwrap();
    let found = found.as_array().unwrap();
    assert!(found.len() >= 2);
    for one in found {
        assert_eq!((one["model"].as_str(), one["file"].as_str()), (Some(PATH), Some(PATH)));
        assert!(one["message"].is_string() && one["expectation"].is_null());
    }
}

#[test]
fn json_holds_what_was_judged_also_where_it_passes() {
    let model = "name: Trade\nexpect:\n  - {kpi: win_rate, between: [20%, 40%]}\n  \
                 - {kpi: win_rate, at_least: 38%}\nroles: {seller: {people: 2}}\n\
                 stages: {lead: {wait: 1d, work: {role: seller, time: 10 min}, next: 30%}}\n";
    let repository = Repository::with(&[("a.yaml", model)]);
    let set = "stages.lead.wait=2d";
    let answer =
        repository.check(&["a.yaml", "--simulate", "-n", "20", "--set", set, "--format", "json"]);
    let found: Value = serde_json::from_str(&answer.stdout).unwrap();
    let found = found.as_array().unwrap();
    assert_eq!((answer.code, found.len()), (1, 2));
    for (one, severity, code, verdict, line) in [
        (&found[0], "error", Value::from("V511"), "broken", 4),
        (&found[1], "pass", Value::Null, "kept", 3),
    ] {
        assert_eq!((&one["severity"], &one["code"]), (&Value::from(severity), &code));
        assert_eq!((&one["name"], &one["line"]), (&Value::from("Trade"), &Value::from(line)));
        let judged = &one["expectation"];
        assert_eq!((&judged["verdict"], &judged["replications"]), (&verdict.into(), &20.into()));
        assert_eq!(judged["exact"], false);
        assert!(judged["value"].is_f64() && judged["half_width"].is_f64(), "{judged}");
        assert_eq!((&judged["level"], &judged["kpi"]), (&0.95.into(), &"win_rate".into()));
    }
    assert_eq!(found[1]["expectation"]["limits"]["at_most"], 0.4);
}

#[test]
fn sarif_has_rules_regions_and_addresses() {
    let log: Value = serde_json::from_str(&shown(&hostile(), "sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["text"].as_str().unwrap().len() > 20);
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let uri = uri.as_str().unwrap();
        assert!(uri.starts_with("a%2Cb%3Ac%2520%20%22%3C%26%3E%27%20%5D%5D%3E"), "{uri}");
        assert!(uri.is_ascii());
    }
    let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &25.into()));
}

#[test]
fn github_commands_stay_one_line_each() {
    let commands = shown(&hostile(), "github");
    assert!(commands.lines().count() >= 2);
    for line in commands.lines() {
        let begin = "::error file=a%2Cb%3Ac%2520 \"<&>' ]]>\u{1F680}\\u{202e}\\u{7}.yaml,line=";
        assert!(line.starts_with(begin), "{line}");
        let (properties, _) = line[2..].split_once("::").unwrap();
        assert_eq!(properties.matches(',').count(), 5, "{properties}");
    }
    assert!(commands.contains("%250A"), "{commands}");
}

#[test]
fn junit_is_xml_that_fails_where_the_check_fails() {
    let text = shown(&hostile(), "junit");
    let mut reader = Reader::from_str(&text);
    let (mut suites, mut failures) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "testsuite" => {
                let name = tag.try_get_attribute("name").unwrap().unwrap();
                suites.push(name.normalized_value(XmlVersion::Implicit1_0).unwrap().into_owned());
            }
            Event::Start(tag) if tag.name().as_ref() == "failure" => failures += 1,
            Event::Eof => break,
            _ => {}
        }
    }
    let shown = PATH.replace('\u{202E}', "\\u{202e}").replace('\u{7}', "\\u{7}");
    assert_eq!(suites, [shown.as_str(), "good.yaml"]);
    assert!(failures >= 2 && text.contains("errors=\"0\""), "{text}");
    assert!(text.contains("<testcase name=\"no findings\" classname=\"good.yaml\"/>"), "{text}");
}

#[test]
fn a_warning_passes_in_junit_unless_it_is_strict() {
    let repository = Repository::with(&[("a.yaml", super::WARNED), ("tab.yaml", "a:\n\tb: 1\n")]);
    let of = |arguments: &[&str]| {
        repository.check(&[&["a.yaml", "tab.yaml", "--format", "junit"], arguments].concat()).stdout
    };
    let (lax, strict) = (of(&[]), of(&["--strict"]));
    assert!(lax.contains("tests=\"2\" failures=\"0\" errors=\"1\""), "{lax}");
    assert!(lax.contains("<system-out>a.yaml:2:3: warning[V617]"), "{lax}");
    assert!(strict.contains("tests=\"2\" failures=\"1\" errors=\"1\""), "{strict}");
}

#[test]
fn fingerprints_of_gitlab_stay_when_lines_move() {
    let repository = hostile();
    let fingerprints = |repository: &Repository| {
        let report: Value = serde_json::from_str(&shown(repository, "gitlab")).unwrap();
        let of = |one: &Value| {
            assert_eq!(one["location"]["path"], PATH);
            assert!(one["location"]["lines"]["begin"].is_u64() && one["severity"] == "major");
            one["fingerprint"].as_str().unwrap().to_owned()
        };
        report.as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let before = fingerprints(&repository);
    let text = std::fs::read_to_string(repository.path().join(PATH)).unwrap();
    repository.write(PATH, &format!("# moved\n\n{text}"));
    assert_eq!(fingerprints(&repository), before);
    let mut different = before.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), before.len());
}

#[test]
fn paths_are_those_from_the_working_folder() {
    let repository = Repository::with(&[("m/a.yaml", super::BROKEN)]);
    let path = repository.path().canonicalize().unwrap().join("m/a.yaml");
    for path in ["m/a.yaml", "./m/a.yaml", path.to_str().unwrap()] {
        let answer = repository.check(&[path, "--format", "github"]);
        assert!(answer.stdout.starts_with("::error file=m/a.yaml,"), "{}", answer.stdout);
        let answer = repository.check(&[path, "--format", "sarif"]);
        assert!(answer.stdout.contains("\"uri\": \"m/a.yaml\""), "{}", answer.stdout);
    }
}

#[test]
fn a_change_of_the_command_line_is_shown_at_its_model() {
    let repository = Repository::with(&[("a.yaml", GOOD)]);
    let set = ["a.yaml", "--set", "stages.lead.next=nowhere", "--format"];
    let github = repository.check(&[&set[..], &["github"]].concat());
    assert!(github.stdout.starts_with("::error file=a.yaml,title=V"), "{}", github.stdout);
    assert!(github.stdout.contains("::--set"), "{}", github.stdout);
    let sarif = repository.check(&[&set[..], &["sarif"]].concat()).stdout;
    assert!(sarif.contains("\"uri\": \"a.yaml\"") && !sarif.contains("\"region\""), "{sarif}");
}

/// Machines read one language, whatever that of people is.
#[test]
fn formats_for_programs_are_english() {
    let repository = Repository::with(&[("a.yaml", super::BROKEN)]);
    for format in ["json", "sarif", "github", "junit", "gitlab"] {
        let of = |language: &str| {
            let arguments = ["a.yaml", "--format", format, "--lang", language];
            repository.check(&arguments).stdout
        };
        assert_eq!(of("ru"), of("en"), "{format}");
    }
    let line = repository.check(&["a.yaml", "--format", "line", "--lang", "ru"]).stdout;
    assert!(line.contains("ошибка[V301]"), "{line}");
}
