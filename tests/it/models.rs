//! The shipped models: no findings, every identity of the language holds in them, and what they
//! expect of themselves is true.

use std::fs;
use std::path::{Path, PathBuf};

use voronka::lint::lint;
use voronka::model::load;
use voronka::study::simulate::{Options, Progress, run};

fn models() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = ["models", "benches/models"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    found.sort();
    found
}

#[test]
fn shipped_models_have_no_errors_and_run() {
    let models = models();
    assert!(models.len() >= 3);
    for path in models {
        let text = fs::read_to_string(&path).unwrap();
        let loaded = load(&path.display().to_string(), &text, &[], path.parent());
        let model =
            loaded.model.unwrap_or_else(|| panic!("{}: {:?}", path.display(), loaded.diagnostics));
        assert!(loaded.diagnostics.is_empty(), "{}: {:?}", path.display(), loaded.diagnostics);
        if path.parent().unwrap().ends_with("models") && !path.to_string_lossy().contains("benches")
        {
            assert_eq!(lint(&model), [], "{}", path.display());
        }
        let options = Options { replications: 5, ..Options::default() };
        let result = run(&model, &options, &Progress::default()).unwrap();
        assert!(result.deals > 0, "{}", path.display());
        assert!(result.row("win_rate").unwrap().figure.value().is_some(), "{}", path.display());
    }
}
