//! `extends`, `scenarios` and relative values: what is merged, in which order, and what is refused.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use voronka::diagnostic::Diagnostic;
use voronka::lint::examine;
use voronka::model::{Loaded, Model, Override, load, resolved};

const BASE: &str = "\
name: As is
currency: EUR
roles: {seller: {people: 4, cost: 30/hour}}
attributes: {size: {small: 70%, large: rest}}
value: {lognormal: {median: 1000, p90: 5000}}
sources: {site: {rate: 20/week, cost: 10}}
stages:
  lead: {work: {role: seller, time: 1h}, next: {offer: 45%, lost: {no need: rest}}}
  offer: {wait: {lognormal: {median: 7d, p90: 30d}}, cost: 20, sla: 10d, next: {won: 50%, lost: {price: rest}}}
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(text: &str, changes: &[Override], folder: &Path) -> Loaded {
    load("m.yaml", text, changes, Some(folder))
}

/// The model, for which a plain text that says the same is compared.
fn model(loaded: Loaded) -> Model {
    let Loaded { model, diagnostics, .. } = loaded;
    model.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// Codes with the text at their places.
fn codes(loaded: &Loaded) -> Vec<(&'static str, String)> {
    let at = |found: &Diagnostic| {
        let text = &loaded.sources.file(found.place.file).text;
        text[found.place.start as usize..found.place.end as usize].to_owned()
    };
    loaded.diagnostics.iter().map(|found| (found.problem.code(), at(found))).collect()
}

/// The resolved text of a model, which is the same for models that say the same.
fn said(text: &str, changes: &[Override], folder: &Path) -> String {
    let model = model(read(text, changes, folder));
    let text = resolved(&model, text, changes, Some(folder)).unwrap();
    text.lines().filter(|line| !line.starts_with("name:")).collect::<Vec<_>>().join("\n")
}

/// What a change of the base should be the same as.
fn same(change: &str, from: &str, to: &str) {
    let folder = folder(&[("as-is.yaml", BASE)]);
    assert!(BASE.contains(from), "{from}");
    let plain = said(&BASE.replace(from, to), &[], folder.path());
    let extended = format!("extends: as-is.yaml\n{change}");
    assert_eq!(said(&extended, &[], folder.path()), plain, "extends: {change}");
    let indented = format!("    {}\n", change.replace('\n', "\n    "));
    let scenario = format!("{BASE}scenarios:\n  to-be:\n{indented}    investment: 5000\n");
    let chosen = [Override::Scenario("to-be".to_owned())];
    assert_eq!(said(&scenario, &chosen, folder.path()), plain, "scenario: {change}");
    assert_eq!(said(&scenario, &[], folder.path()), said(BASE, &[], folder.path()));
}

#[test]
fn maps_merge_and_everything_else_replaces() {
    same("stages: {offer: {cost: 25}}", "cost: 20", "cost: 25");
    same(
        "stages: {offer: {next: {won: 60%, lost: rest}}}",
        "{won: 50%, lost: {price: rest}}",
        "{won: 60%, lost: rest}",
    );
    same("stages: {offer: {sla: null}}", "sla: 10d, ", "");
    same(
        "stages: {offer: {wait: {exponential: {mean: 9d}}}}",
        "{lognormal: {median: 7d, p90: 30d}}",
        "{exponential: {mean: 9d}}",
    );
    same("attributes: {size: {small: 50%, large: rest}}", "small: 70%", "small: 50%");
    same("roles: {clerk: {people: 1}}", "cost: 30/hour}}", "cost: 30/hour}, clerk: {people: 1}}");
}

#[test]
fn relative_values_change_what_is_there() {
    same("roles: {seller: {people: \"+2\"}}", "people: 4", "people: 6");
    same(
        "roles: {seller: {people: +2, cost: \"*1.5\"}}",
        "people: 4, cost: 30/hour",
        "people: 6, cost: 45/hour",
    );
    same("sources: {site: {rate: \"*1.2\"}}", "20/week", "24/week");
    same(
        "stages: {offer: {wait: \"*0.5\"}}",
        "{median: 7d, p90: 30d}",
        "{median: 3.5 d, p90: 15 d}",
    );
    same("value: \"*1.1\"", "{median: 1000, p90: 5000}", "{median: 1100, p90: 5500}");
    let folder = folder(&[("as-is.yaml", BASE)]);
    let set = |path: &str, value: &str| {
        let loaded = read(BASE, &[Override::set(path, value)], folder.path());
        let codes = codes(&loaded);
        (codes, loaded.model.map(|model| model.roles[0].people.clone()))
    };
    assert_eq!(set("roles.seller.people", "*1.5").1, set("roles.seller.people", "6").1);
    assert_eq!(set("roles.seller.people", "+2").1, set("roles.seller.people", "6").1);
    assert_eq!(set("stages.offer.sla", "+2%").0, [("V116", "+2%".to_owned())]);
}

#[test]
fn the_order_is_extends_file_scenario_set() {
    let text = "extends: as-is.yaml\nstages: {offer: {cost: 30}}\nscenarios: {to-be: {title: New, stages: {offer: {cost: \"*2\"}}}}\n";
    let folder = folder(&[("as-is.yaml", BASE)]);
    let cost = |changes: &[Override]| {
        let model = model(read(text, changes, folder.path()));
        (model.stages[1].plan.cost, model.label)
    };
    let chosen = Override::Scenario("to-be".to_owned());
    assert_eq!(cost(&[]), (Some(30.0), "As is".to_owned()));
    assert_eq!(cost(std::slice::from_ref(&chosen)), (Some(60.0), "As is: New".to_owned()));
    // Wherever the scenario stands among the changes.
    let set = Override::set("stages.offer.cost", "+1");
    assert_eq!(cost(&[set.clone(), chosen.clone()]).0, Some(61.0));
    assert_eq!(cost(&[chosen, set]).0, Some(61.0));
}

#[test]
fn places_are_those_of_the_file_that_says_it() {
    let folder = folder(&[
        ("base/as-is.yaml", &BASE.replace("45%", "45")),
        ("base/data.csv", "amount\n5\n"),
    ]);
    let loaded =
        read("extends: base/as-is.yaml\nstages: {offer: {next: nowhere}}\n", &[], folder.path());
    let found = codes(&loaded);
    assert_eq!(found, [("V301", "nowhere".to_owned()), ("V201", "45".to_owned())]);
    assert!(loaded.sources.file(loaded.diagnostics[1].place.file).name.ends_with("as-is.yaml"));
    // Data files are read from the folder of the file that names them.
    let base = BASE.replace(
        "{lognormal: {median: 1000, p90: 5000}}",
        "{empirical: {file: data.csv, column: amount}}",
    );
    fs::write(folder.path().join("base/as-is.yaml"), base).unwrap();
    model(read("extends: base/as-is.yaml\n", &[], folder.path()));
}

#[test]
fn what_cannot_be_composed_is_told_at_its_place() {
    let folder = folder(&[
        ("as-is.yaml", BASE),
        ("one.yaml", "extends: two.yaml\n"),
        ("two.yaml", "extends: one.yaml\n"),
        ("broken.yaml", "stages: [\n"),
    ]);
    let of = |text: &str, changes: &[Override]| codes(&read(text, changes, folder.path()));
    let code = |text: &str| of(text, &[]).first().cloned().unwrap();
    assert_eq!(code("extends: as-si.yaml\n"), ("V115", "as-si.yaml".to_owned()));
    assert_eq!(code("extends: ../as-is.yaml\n"), ("V115", "../as-is.yaml".to_owned()));
    assert_eq!(code("extends: /etc/passwd\n"), ("V115", "/etc/passwd".to_owned()));
    assert_eq!(code("extends: one.yaml\n").0, "V115");
    assert_eq!(code("extends: broken.yaml\n").0, "V008");
    assert_eq!(
        code("extends: as-is.yaml\nroles: {clerk: {people: \"+2\"}}\n"),
        ("V116", "\"+2\"".to_owned())
    );
    let unknown = of(BASE, &[Override::Scenario("to-bee".to_owned())]);
    assert_eq!(unknown, [("V117", "to-bee".to_owned())]);
    let nested = format!("{BASE}scenarios: {{a: {{extends: as-is.yaml}}}}\n");
    assert_eq!(code(&nested), ("V118", "extends".to_owned()));
    assert_eq!(load("-", "extends: as-is.yaml\n", &[], None).diagnostics[0].problem.code(), "V115");
}

#[test]
fn check_judges_every_scenario() {
    let folder = folder(&[]);
    let text = format!(
        "{BASE}scenarios:\n  good: {{roles: {{seller: {{people: 9}}}}}}\n  bad: {{stages: {{offer: null}}}}\n"
    );
    let found = examine("m.yaml", &text, &[], Some(folder.path()));
    assert!(found.model.is_none(), "a file with a wrong scenario is wrong");
    let found: Vec<_> =
        found.diagnostics.iter().map(|one| (one.problem.code(), one.related.len())).collect();
    // The way to the stage that the scenario removes.
    assert_eq!(found, [("V301", 1)]);
}
