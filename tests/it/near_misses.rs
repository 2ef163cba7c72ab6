//! Good models that come close to a finding have none: `tests/good/NAME.yaml` for each rule.

use std::fs;
use std::path::Path;

use voronka::lint::examine;

#[test]
fn models_that_come_close_to_a_finding_have_none() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["tests/good", "models/ru"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let name = path.display().to_string();
            let text = fs::read_to_string(&path).unwrap();
            let loaded = examine(&name, &text, &[], path.parent());
            let of_model = loaded.diagnostics.iter();
            found.extend(of_model.map(|d| format!("{name}: {} {}", d.problem.code(), d.path)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
