//! The folder of `voronka run --output`: written completely or not at all.

use std::fs;
#[cfg(unix)]
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::{code, csv_rows, model_in, text, voronka};

#[test]
fn a_folder_gets_every_table_and_chart_whole() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let out = folder.path().join("out");
    let arguments = ["run", model.to_str().unwrap(), "-n", "10", "-o", out.to_str().unwrap()];
    assert_eq!(code(&voronka(&arguments)), 0);
    let mut names: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "bookings.png",
            "bookings.svg",
            "funnel.png",
            "funnel.svg",
            "in-progress.png",
            "in-progress.svg",
            "kpis.csv",
            "losses.csv",
            "losses.png",
            "losses.svg",
            "map.png",
            "map.svg",
            "replications.csv",
            "run.json",
            "sales-cycle.png",
            "sales-cycle.svg",
            "stages.csv",
            "timeline.csv",
        ]
    );
    for name in names.iter().filter(|name| name.ends_with(".csv")) {
        let rows = csv_rows(&fs::read_to_string(out.join(name)).unwrap());
        assert!(rows.len() > 2, "{name}");
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{name}");
    }
    let svg = fs::read_to_string(out.join("funnel.svg")).unwrap();
    assert!(svg.starts_with("<svg") && !svg.contains("<script>") && svg.contains("предложение"));
    assert!(fs::read(out.join("funnel.png")).unwrap().starts_with(b"\x89PNG"));
    // A second run refuses and changes nothing; --force overwrites.
    let before = fs::read(out.join("kpis.csv")).unwrap();
    let refused = voronka(&[&arguments[..], &["--seed", "2"]].concat());
    assert_eq!(code(&refused), 3);
    assert!(refused.stdout.is_empty() && text(&refused.stderr).contains("--force"));
    assert_eq!(fs::read(out.join("kpis.csv")).unwrap(), before);
    assert_eq!(code(&voronka(&[&arguments[..], &["--seed", "2", "--force"]].concat())), 0);
    assert_ne!(fs::read(out.join("kpis.csv")).unwrap(), before);
    // Charts can be selected by name and format.
    let chosen = folder.path().join("chosen");
    let of = ["run", model.to_str().unwrap(), "-n", "2", "-o", chosen.to_str().unwrap()];
    let only = ["--charts", "arrivals,funnel", "--chart-format", "svg"];
    assert_eq!(code(&voronka(&[&of[..], &only[..]].concat())), 0);
    let svgs = fs::read_dir(&chosen).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "svg")
    });
    assert_eq!(svgs.count(), 2);
    let wrong = voronka(&[&of[..], &["--charts", "funel"]].concat());
    assert_eq!(code(&wrong), 2);
    assert!(text(&wrong.stderr).contains("did you mean funnel?"));
    // No charts are drawn with `none`.
    let bare = folder.path().join("bare");
    let arguments = [
        "run",
        model.to_str().unwrap(),
        "-n",
        "2",
        "-o",
        bare.to_str().unwrap(),
        "--charts",
        "none",
    ];
    assert_eq!(code(&voronka(&arguments)), 0);
    assert_eq!(fs::read_dir(&bare).unwrap().count(), 6);
}

#[test]
fn replications_add_up_to_the_mean() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let out = folder.path().join("out");
    voronka(&[
        "run",
        model.to_str().unwrap(),
        "-n",
        "7",
        "-o",
        out.to_str().unwrap(),
        "--charts",
        "none",
    ]);
    let each = csv_rows(&fs::read_to_string(out.join("replications.csv")).unwrap());
    let bookings: Vec<f64> = each
        .iter()
        .filter(|row| row[1] == "bookings" && row[2].is_empty() && row[5] == "total")
        .map(|row| row[6].parse().unwrap())
        .collect();
    assert_eq!(bookings.len(), 7);
    let kpis = csv_rows(&fs::read_to_string(out.join("kpis.csv")).unwrap());
    let row = kpis.iter().find(|row| row[0] == "bookings" && row[5] == "total").unwrap();
    let mean: f64 = row[6].parse().unwrap();
    assert!((bookings.iter().sum::<f64>() / 7.0 - mean).abs() < 1e-6 * mean);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("long.yaml");
    fs::write(
        &path,
        "sources: {site: {rate: 20000/day}}\nstages: {a: {wait: 1d, next: {a: 90%, won: rest}}}\n",
    )
    .unwrap();
    let out = folder.path().join("out");
    let mut child = Command::new(env!("CARGO_BIN_EXE_voronka"))
        .args(["run", path.to_str().unwrap(), "-n", "1e5", "-o", out.to_str().unwrap()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let id = child.id().to_string();
    Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!out.exists() || fs::read_dir(&out).unwrap().count() == 0);
    assert!(path.exists());
}

/// A kill cannot be handled, so temporary files may stay; a file under its own name is always whole.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_each_file_old_or_new() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let out = |name: &str| folder.path().join(name);
    let arguments = |name: &str, seed: &str| -> Vec<String> {
        let (model, out) = (model.display().to_string(), out(name).display().to_string());
        ["run", &model, "-n", "2", "--seed", seed, "-o", &out, "--force"]
            .map(str::to_owned)
            .to_vec()
    };
    let run = |name: &str, seed: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
        command.args(arguments(name, seed)).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    #[allow(clippy::disallowed_types)] // a run is killed at points of its usual time
    let begun = std::time::Instant::now();
    for (name, seed) in [("old", "1"), ("new", "2"), ("out", "1")] {
        assert!(run(name, seed).wait().unwrap().success());
    }
    let usual = begun.elapsed() / 3;
    for twentieth in 8..24 {
        let mut child = run("out", "2");
        std::thread::sleep(usual * twentieth / 20);
        child.kill().unwrap();
        child.wait().unwrap();
        for entry in fs::read_dir(out("old")).unwrap() {
            let name = entry.unwrap().file_name();
            let bytes = |folder: &str| fs::read(out(folder).join(&name)).unwrap();
            let found = bytes("out");
            assert!(found == bytes("old") || found == bytes("new"), "{name:?} is neither");
        }
    }
}
