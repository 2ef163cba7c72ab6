//! The JSON Schema in `schema/`: it is the program's, and a validator can use it.

use std::fs;
use std::path::Path;
use std::process::Command;

use voronka::model::schema::schema;

/// `UPDATE_GOLDEN=1 cargo test` writes it anew.
#[test]
fn the_schema_in_its_folder_is_the_one_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/model-1.json");
    let made = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &made).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), made);
}

/// Broken models whose fault a schema can detect; the others break rules about the whole model.
const REFUSED: [&str; 13] = [
    "12_unknown_keys",
    "13_missing_keys",
    "14_wrong_kinds",
    "19_newer_version",
    "23_percent_missing",
    "28_no_stages",
    "39_later_parts",
    "42_attribute_shares",
    "46_dates",
    "51_expectations",
    "60_conditions",
    "66_families",
    "67_steps",
];

const VALIDATE: &str = r"
import json, sys, yaml, jsonschema
class Loader(yaml.SafeLoader): pass
# Dates stay text, as editors read them.
Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != 'tag:yaml.org,2002:timestamp']
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1], encoding='utf-8')))
jsonschema.Draft202012Validator.check_schema(validator.schema)
for path in sys.argv[2:]:
    errors = sorted(validator.iter_errors(yaml.load(open(path, encoding='utf-8'), Loader)), key=str)
    print(path, 'refused' if errors else 'accepted', *(e.json_path + ': ' + e.message[:90] for e in errors[:2]), sep='\t')
";

#[test]
fn a_validator_accepts_every_model_and_refuses_what_a_schema_can_see() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known = Command::new("python3").args(["-c", "import yaml, jsonschema"]).output();
    if !known.is_ok_and(|output| output.status.success()) {
        eprintln!("not run: there is no python3 with the packages yaml and jsonschema");
        return;
    }
    let yaml_in = |folder: &str| {
        let files = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
    };
    let broken = REFUSED.map(|name| root.join(format!("tests/bad/{name}.yaml")));
    let output = Command::new("python3")
        .args(["-c", VALIDATE])
        .arg(root.join("schema/model-1.json"))
        .args(yaml_in("models").chain(yaml_in("benches/models")))
        .args(broken)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let judged = String::from_utf8(output.stdout).unwrap();
    assert!(judged.lines().count() >= 15 + REFUSED.len());
    for line in judged.lines() {
        let wanted = if line.contains("tests/bad") { "refused" } else { "accepted" };
        assert!(line.split('\t').nth(1) == Some(wanted), "{line}");
    }
}
