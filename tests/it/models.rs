//! The shipped models have no findings, satisfy all identities, and keep their expectations.

use std::fs;
use std::path::{Path, PathBuf};

use voronka::engine::Walk;
use voronka::kpi::Kpi;
use voronka::lint::lint;
use voronka::model::{Override, load, resolved};
use voronka::study::expectations::{self, Verdict};
use voronka::study::simulate::{Options, Progress, run};

/// Whether a file of a folder with models is one: it is YAML, and no file of tests.
pub(crate) fn is_model_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".yaml") && !name.ends_with(".test.yaml")
}

pub(crate) fn models() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<PathBuf> = ["models", "benches/models"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| is_model_file(path))
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
        assert!(result.row(Kpi::WinRate).unwrap().figure.value().is_some(), "{}", path.display());
    }
}

/// False-alarm rate of 1e-3 or less: limits are many half-widths from the simulated values.
#[test]
fn shipped_models_keep_what_they_expect_of_themselves() {
    for path in models().into_iter().filter(|path| !path.to_string_lossy().contains("benches")) {
        let text = fs::read_to_string(&path).unwrap();
        let model = load("model.yaml", &text, &[], path.parent()).model.unwrap();
        assert!(model.expectations.len() >= 3, "{}", path.display());
        let base = Options { replications: 100, seed: 5, ..Options::default() };
        let options = expectations::options(&model, base);
        let result = run(&model, &options, &Progress::default()).unwrap();
        for judgement in expectations::judge(&model, &result) {
            let found = (judgement.found.value, judgement.found.half_width);
            let subject = &judgement.subject;
            assert_eq!(judgement.verdict, Verdict::Kept, "{}: {subject} {found:?}", path.display());
        }
    }
}

/// The commands suggested in the models work; they run with two replications each.
#[cfg(unix)]
#[test]
fn commands_suggested_in_models_work() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let binary = Path::new(env!("CARGO_BIN_EXE_voronka")).parent().unwrap();
    let search = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let mut tried = 0;
    for path in models().into_iter().filter(|path| !path.to_string_lossy().contains("benches")) {
        let folder = tempfile::TempDir::new().unwrap();
        fs::create_dir(folder.path().join("models")).unwrap();
        for file in fs::read_dir(root.join("models")).unwrap() {
            let file = file.unwrap();
            if file.path().is_dir() {
                continue;
            }
            fs::copy(file.path(), folder.path().join("models").join(file.file_name())).unwrap();
        }
        let text = fs::read_to_string(&path).unwrap();
        let commands = text.lines().filter_map(|line| line.strip_prefix("#   voronka "));
        for command in commands {
            let few = command.replacen("run ", "run -n 2 ", usize::from(!command.contains(" -n ")));
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("voronka {few}")])
                .env("PATH", &search)
                .current_dir(folder.path())
                .output()
                .unwrap();
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {command}\n{errors}", path.display());
            tried += 1;
        }
    }
    assert!(tried >= 30, "{tried}");
}

/// A resolved model gives the same numbers and resolves to itself.
#[test]
fn resolved_models_give_the_same_numbers() {
    let change = Override::set("horizon", "2 months");
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/deal.yaml");
    for path in
        models().into_iter().filter(|p| !p.to_string_lossy().contains("benches")).chain([small])
    {
        let text = fs::read_to_string(&path).unwrap();
        let read = |text: &str, changes: &[Override]| {
            let loaded = load("model.yaml", text, changes, path.parent());
            loaded.model.unwrap_or_else(|| panic!("{:?}\n{text}", loaded.diagnostics))
        };
        let model = read(&text, std::slice::from_ref(&change));
        let whole = resolved(&model, &text, std::slice::from_ref(&change), path.parent()).unwrap();
        let again = read(&whole, &[]);
        assert_eq!(again.defaults, [], "{whole}");
        let options = Options { replications: 2, ..Options::default() };
        let rows = |model| run(model, &options, &Progress::default()).unwrap().rows;
        assert_eq!(rows(&model), rows(&again), "{}", path.display());
        assert_eq!(resolved(&again, &whole, &[], path.parent()).unwrap(), whole);
        assert!(whole.lines().all(|line| line.chars().count() <= 200), "{whole}");
    }
}

/// With a selection of KPIs nothing else is collected, and their rows are those of a full run.
#[test]
fn a_few_kpis_have_the_rows_of_a_whole_run() {
    let wishes = [
        vec![Kpi::SalesCycle],
        vec![Kpi::AverageDeal, Kpi::NewBookings, Kpi::RepeatBookings],
        vec![Kpi::Intake, Kpi::Throughput, Kpi::Bookings],
        vec![Kpi::WinRate, Kpi::LeadToDeal, Kpi::LeadToWin, Kpi::ValueWinRate],
        vec![Kpi::CycleTime, Kpi::RepeatRate, Kpi::SalesPerClient, Kpi::FlowEfficiency],
        vec![Kpi::Visits, Kpi::Utilization],
        vec![Kpi::CostPerWon, Kpi::SalesCycle],
    ];
    for path in models() {
        let text = fs::read_to_string(&path).unwrap();
        let model = load("model.yaml", &text, &[], path.parent()).model.unwrap();
        let options = Options { replications: 3, by: vec!["source".into()], ..Options::default() };
        let whole = run(&model, &options, &Progress::default()).unwrap();
        for wish in &wishes {
            let options = Options { kpis: wish.clone(), ..options.clone() };
            let found = run(&model, &options, &Progress::default()).unwrap();
            let same = whole.rows.iter().filter(|row| wish.contains(&row.key.kpi));
            assert!(same.eq(&found.rows), "{}: {wish:?}", path.display());
        }
    }
}

/// Every walk gives the same rows: single-task stages or the general walk, blocks or one by one,
/// pools or lines.
#[test]
fn every_walk_gives_the_same_rows() {
    for path in models() {
        let text = fs::read_to_string(&path).unwrap();
        let model = load("model.yaml", &text, &[], path.parent()).model.unwrap();
        let walked = |walk| {
            let options = Options { replications: 3, walk, ..Options::default() };
            run(&model, &options, &Progress::default()).unwrap().rows
        };
        let fastest = walked(Walk::Fastest);
        for walk in [Walk::OneByOne, Walk::Lines] {
            assert!(fastest == walked(walk), "{}: {walk:?}", path.display());
        }
    }
}
