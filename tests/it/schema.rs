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

/// Broken models that a schema cannot refuse, because their fault is in names, sums, orders or units of other values.
/// docs/checking.md says so.
const MISSED: [&str; 24] = [
    "132_names_in_scenarios",
    "139_limits_exchanged",
    "150_names_that_nobody_defines",
    "158_factors_in_scenarios",
    "163_reasons_of_the_lost",
    "164_payment_at_unknown_stage",
    "20_control_characters",
    "21_sums",
    "24_unknown_stage",
    "26_closed_loop_until_empty",
    "26_timeless_loop",
    "28_no_sale",
    "29_stage_named_as_end",
    "33_out_of_order",
    "35_weibull",
    "36_median_above_p90",
    "39_roles",
    "51_contradictions",
    "62_comma_in_reason",
    "87_beyond_calendar",
    "90_zone_by_letters",
    "91_limits",
    "98_renamed_stage",
    "99_lost_group",
];

const VALIDATE: &str = r"
import json, sys, yaml, jsonschema
class Loader(yaml.SafeLoader): pass
# Dates stay text, as editors read them.
Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != 'tag:yaml.org,2002:timestamp'
        and (tag != 'tag:yaml.org,2002:bool' or first in 'tTfF')]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1], encoding='utf-8')))
jsonschema.Draft202012Validator.check_schema(validator.schema)
for path in sys.argv[2:]:
    try:
        model = yaml.load(open(path, encoding='utf-8'), Loader)
    except yaml.YAMLError:
        print(path, 'no YAML', sep='\t')
        continue
    errors = sorted(validator.iter_errors(model), key=str)
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
        files.filter(|path| crate::models::is_model_file(path))
    };
    let good = ["models", "models/ru", "benches/models", "tests/good"].map(yaml_in);
    let output = Command::new("python3")
        .args(["-c", VALIDATE])
        .arg(root.join("schema/model-1.json"))
        .args(good.into_iter().flatten().chain(yaml_in("tests/bad")))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let judged = String::from_utf8(output.stdout).unwrap();
    assert!(judged.lines().count() > 100);
    let (mut refused, mut wrong) = (0, Vec::new());
    for line in judged.lines() {
        let path = Path::new(line.split('\t').next().unwrap());
        let found = fs::read_to_string(path.with_extension("out")).unwrap_or_default();
        let has_errors = found.starts_with("exit code 1") || found.starts_with("exit code 2");
        let is_missed = MISSED.iter().any(|name| path.file_stem().unwrap() == *name);
        let expected = if has_errors && !is_missed { "refused" } else { "accepted" };
        let answer = line.split('\t').nth(1).unwrap();
        refused += usize::from(answer == "refused");
        if answer != expected && !(has_errors && answer == "no YAML") {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty() && refused >= 37, "{refused}: {}", wrong.join("\n"));
}
