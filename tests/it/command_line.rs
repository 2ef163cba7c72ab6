//! The command line as other programs see it: exit codes, streams, files.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const MODEL: &str = "name: Test\ncurrency: EUR\nvalue: {lognormal: {mean: 900, sd: 500}}\n\
attributes: {segment: {smb: 70%, \"=cmd()\": rest}}\nsources: {site: {rate: 20/week, cost: 4}}\nstages:\n  \
lead: {phase: lead, wait: {exponential: {mean: 2d}}, cost: 3, next: {offer: 40%, lost: {no need: rest}}}\n  \
\"предложение <script>\": {wait: 1d, next: 50%}\n  offer: {wait: {gamma: {mean: 5d, sd: 3d}}, next: 50%}\n";

fn model_in(folder: &TempDir) -> PathBuf {
    let text = MODEL.replace("offer: 40%", "\"предложение <script>\": 40%");
    let path = folder.path().join("model.yaml");
    fs::write(&path, text).unwrap();
    path
}

fn voronka(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_voronka")).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn stdout_holds_the_chosen_format_and_nothing_else() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let run =
        |format| voronka(&["run", model, "-n", "20", "--format", format, "--by", "segment,source"]);
    let table = csv_rows(&text(&run("csv").stdout));
    assert_eq!(
        table[0].join(","),
        "kpi,scope,name,by,axis,stat,value,half_width,level,p10,p50,p90,unit,per,population,n"
    );
    assert!(table.iter().any(|row| row[3] == "segment=smb"));
    assert!(table.iter().any(|row| row[2] == "предложение <script>"));
    let json: serde_json::Value = serde_json::from_slice(&run("json").stdout).unwrap();
    assert_eq!(json["replications"], 20);
    assert_eq!(json["kpis"].as_array().unwrap().len(), table.len() - 1);
    let markdown = text(&run("markdown").stdout);
    assert!(markdown.contains("| stage | phase |") && !markdown.contains("<script>"));
    assert!(text(&run("table").stdout).contains("Funnel"));
}

/// A KPI that a model cannot have is named, with what it needs; the others are shown.
#[test]
fn a_kpi_without_a_row_says_what_it_needs() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.yaml");
    fs::write(&path, "sources: {s: {rate: 9/day}}\nstages: {a: {wait: 1d, next: 50%}}\n").unwrap();
    let path = path.to_str().unwrap();
    let output =
        voronka(&["run", path, "-n", "3", "--kpi", "bookings,win_rate", "--format", "csv"]);
    assert_eq!(code(&output), 0);
    let told = text(&output.stderr);
    assert!(
        told.contains("no bookings: it needs a `value`") && !told.contains("win_rate"),
        "{told}"
    );
    assert_eq!(csv_rows(&text(&output.stdout)).len(), 2);
}

/// What theory has exactly need not be simulated: `run` says so, and the command that it names works.
#[test]
fn a_kpi_that_theory_knows_comes_with_the_command_that_knows_it() {
    let w1 = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/models/w1.yaml");
    let run = |kpi: &str| {
        text(&voronka(&["run", w1, "-n", "3", "--kpi", kpi, "--set", "stages.one.cost=6"]).stdout)
    };
    let known = run("win_rate,cost_per_won");
    let command = known.split_once("without a simulation: `voronka ").unwrap().1;
    let command = command.split_once('`').unwrap().0;
    let words: Vec<&str> = command.split_whitespace().collect();
    let solved = voronka(&words);
    assert_eq!(code(&solved), 0, "{command}");
    assert_eq!(text(&solved.stdout).matches("exact").count(), 2, "{command}");
    assert!(!run("sales_cycle").contains("known exactly"));
}

fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

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
    // A second run refuses, touches nothing, and --force writes over it.
    let before = fs::read(out.join("kpis.csv")).unwrap();
    let refused = voronka(&[&arguments[..], &["--seed", "2"]].concat());
    assert_eq!(code(&refused), 3);
    assert!(refused.stdout.is_empty() && text(&refused.stderr).contains("--force"));
    assert_eq!(fs::read(out.join("kpis.csv")).unwrap(), before);
    assert_eq!(code(&voronka(&[&arguments[..], &["--seed", "2", "--force"]].concat())), 0);
    assert_ne!(fs::read(out.join("kpis.csv")).unwrap(), before);
    // Names may be chosen, and their format.
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
    // No charts are drawn where none are wanted.
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

#[test]
fn wrong_usage_is_exit_code_two_with_nothing_on_stdout() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    for (arguments, hint) in [
        (vec!["run", model, "-n", "0"], "at least one"),
        (vec!["run", model, "-n", "-1"], ""),
        (vec!["run", model, "-n", "abc"], "not a number"),
        (vec!["run", model, "--seed", "-1"], ""),
        (vec!["run", model, "--level", "95"], "95% or 0.95"),
        (vec!["run", model, "--quantiles", "150"], "between 0 and 100"),
        (vec!["run", model, "--within", "5"], "2h or 20d"),
        (vec!["run", model, "--by", "segmnt"], "segment"),
        (vec!["run", model, "--kpi", "win_rat"], "did you mean win_rate"),
        (vec!["run", model, "--set", "cost"], "PATH=VALUE"),
        (vec!["run", "no-such-file.yaml"], "no such file"),
        (vec!["run", "/"], "not a file"),
        (vec!["check", "no-such-file.yaml"], "no such file"),
        (vec!["check"], "FILE"),
        (vec!["nonsense"], ""),
    ] {
        let output = voronka(&arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(text(&output.stderr).contains(hint), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn overrides_change_one_value_and_unknown_paths_are_errors() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let run = |set: &str| voronka(&["run", model, "-n", "5", "--format", "json", "--set", set]);
    let intake = |output: &Output| {
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["kpis"][0]["value"].as_f64().unwrap()
    };
    let (once, twice) = (intake(&run("name=Other")), intake(&run("sources.site.rate=40/week")));
    assert!((twice / once - 2.0).abs() < 0.1, "{once} {twice}");
    for (set, hint) in [
        ("stages.ofer.cost=5", "stages.ofer"),
        ("stages.offer.cots=5", "cost"),
        ("stages.offer.cost=five", "five"),
        ("stages.offer.next.won=50%", "stages.offer.next"),
    ] {
        let output = run(set);
        assert_eq!(code(&output), 1, "{set}");
        assert!(text(&output.stderr).contains(hint), "{set}: {}", text(&output.stderr));
    }
}

#[test]
fn a_closed_pipe_is_silent() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let mut child = Command::new(env!("CARGO_BIN_EXE_voronka"))
        .args(["run", model.to_str().unwrap(), "-n", "300", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(stderr, "");
}

#[test]
fn input_that_cannot_be_read_says_why() {
    let folder = TempDir::new().unwrap();
    let deep = "[".repeat(1_000_000);
    let windows: &[u8] = b"name: \xCF\xF0\xEE\xE4\xE0\xE6\xE8\nstages: {}\n";
    let utf16: &[u8] = b"\xFF\xFEs\0t\0a\0g\0e\0s\0";
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..12 {
        bomb += &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", "));
    }
    for (name, bytes, hint) in [
        ("empty.yaml", &b""[..], "empty model"),
        ("binary.yaml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        ("windows.yaml", windows, "Windows-1251"),
        ("utf16.yaml", utf16, "UTF-16"),
        ("deep.yaml", deep.as_bytes(), "too deeply"),
        ("bomb.yaml", bomb.as_bytes(), "too far"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = voronka(&["check", path.to_str().unwrap()]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(
            output.stdout.is_empty() && text(&output.stderr).contains(hint),
            "{name}: {}",
            text(&output.stderr)
        );
    }
    // A byte order mark and Windows line ends are fine.
    let path = folder.path().join("windows-lines.yaml");
    fs::write(
        &path,
        format!("\u{FEFF}{}", MODEL.replace("offer: 40%", "offer: 40.0%").replace('\n', "\r\n")),
    )
    .unwrap();
    let output = voronka(&["check", path.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
}

#[test]
fn a_loop_that_never_ends_meets_its_limit() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("loop.yaml");
    fs::write(&path, "stages:\n  a: {next: {b: 99%, won: rest}}\n  b: {wait: 1 min, next: b}\n")
        .unwrap();
    let output = voronka(&["run", path.to_str().unwrap(), "-n", "2", "--max-visits", "100000"]);
    assert_eq!(code(&output), 4);
    let told = text(&output.stderr);
    assert!(output.stdout.is_empty(), "{told}");
    assert!(told.contains("more than 100000 stage visits, the last of them to `b`"), "{told}");
    // One deal alone has a limit too, and a loop that takes no time is an error of the model.
    let rare =
        "stages:\n  a: {next: {b: 99%, won: rest}}\n  b: {next: {b: 99.9999999999%, won: rest}}\n";
    fs::write(&path, rare).unwrap();
    let output = voronka(&["run", path.to_str().unwrap(), "-n", "1"]);
    let told = text(&output.stderr);
    assert_eq!(code(&output), 4, "{told}");
    assert!(told.contains("a deal of replication 0 made more than 10000000"), "{told}");
    fs::write(&path, "stages:\n  a: {next: {b: 99%, won: rest}}\n  b: {next: b}\n").unwrap();
    assert_eq!(code(&voronka(&["run", path.to_str().unwrap(), "-n", "1"])), 1);
    let many = folder.path().join("many.yaml");
    fs::write(&many, "sources: {site: {rate: 1000000000000/day}}\nstages: {a: {next: 30%}}\n")
        .unwrap();
    let output = voronka(&["run", many.to_str().unwrap()]);
    assert_eq!(code(&output), 4);
    assert!(text(&output.stderr).contains("deals are expected"));
}

#[test]
fn no_arrivals_give_a_result_without_numbers() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("none.yaml");
    fs::write(&path, "sources: {site: {rate: 0/day}}\nstages: {a: {wait: 1d, next: 30%}}\n")
        .unwrap();
    let out = folder.path().join("out");
    let output = voronka(&["run", path.to_str().unwrap(), "-o", out.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    assert!(!shown.contains("NaN") && !shown.contains("inf"), "{shown}");
    assert!(shown.contains("No deals arrived"), "{shown}");
}

#[test]
fn the_terminal_is_never_sent_what_it_cannot_show() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    for (name, value) in [("TERM", "dumb"), ("NO_COLOR", "1"), ("COLUMNS", "10"), ("LANG", "C")] {
        let output = Command::new(env!("CARGO_BIN_EXE_voronka"))
            .args(["run", model.to_str().unwrap(), "-n", "3"])
            .env(name, value)
            .output()
            .unwrap();
        assert_eq!(code(&output), 0);
        assert!(!output.stdout.contains(&0x1b), "{name}");
        if name == "TERM" {
            let letters = text(&output.stdout);
            let own: String =
                letters.chars().filter(|c| !c.is_ascii() && !('а'..='я').contains(c)).collect();
            assert_eq!(own, "", "{letters}");
        }
    }
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
    assert!(Path::new(&path).exists());
}

#[test]
fn a_template_is_written_once_and_is_a_good_model() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("cafe.yaml");
    let path = path.to_str().unwrap();
    assert_eq!(code(&voronka(&["new", "cafe", "-o", path])), 0);
    assert_eq!(code(&voronka(&["check", "--strict", path])), 0);
    let again = voronka(&["new", "cafe", "-o", path]);
    assert_eq!(code(&again), 3, "{}", text(&again.stderr));
    assert_eq!(code(&voronka(&["new", "five-elements", "-o", path, "--force"])), 0);
    assert!(fs::read_to_string(path).unwrap().starts_with("# Five elements"));
    let unknown = voronka(&["new", "caffe"]);
    assert_eq!(code(&unknown), 2);
    assert!(text(&unknown.stderr).contains("did you mean `cafe`?"));
    // Nobody is there to answer questions.
    assert_eq!(code(&voronka(&["new"])), 2);
    assert!(text(&voronka(&["new", "--list"]).stdout).contains("shop-two-queues"));
}

#[test]
fn names_and_distributions_are_explained() {
    let explained = text(&voronka(&["explain", "win_rate"]).stdout);
    assert!(explained.contains("of: decided"), "{explained}");
    // Median 2 h and p90 6 h: sigma = ln 3 / 1.2816 = 0.857, mean = 2 h e^(sigma²/2) = 2.89 h.
    let explained = text(&voronka(&["explain", "{lognormal: {median: 2h, p90: 6h}}"]).stdout);
    assert!(explained.starts_with("mean 2.9 h"), "{explained}");
    assert!(explained.contains("90 %     6 h"), "{explained}");
    assert!(text(&voronka(&["explain", "3d"]).stdout).starts_with("always 3 d"));
    let wrong = voronka(&["explain", "{uniform: {min: 3h, max: 2h}}"]);
    assert_eq!(code(&wrong), 2);
    assert!(text(&wrong.stderr).contains("distribution:1:17"));
    let unknown = voronka(&["explain", "win_rat"]);
    assert_eq!(code(&unknown), 2);
    assert!(text(&unknown.stderr).contains("did you mean `win_rate`?"));
}

#[test]
fn the_process_map_has_every_way_with_its_chance() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let shown = text(&voronka(&["show", model]).stdout);
    assert!(shown.starts_with("%% Test\nflowchart LR\n"), "{shown}");
    assert!(shown.contains("n2[\"предложение #60;script#62;\"]"), "{shown}");
    assert!(shown.contains("n1 -->|\"60 %: no need\"|"), "{shown}");
    let changed = voronka(&["show", model, "--set", "stages.offer.next=75%", "--format", "dot"]);
    let shown = text(&changed.stdout);
    assert!(shown.starts_with("digraph \"Test\" {"), "{shown}");
    assert!(shown.contains("n3 -> n4 [label=\"75 %\"];"), "{shown}");
    assert_eq!(code(&voronka(&["show", "tests/bad/24_unknown_stage.yaml"])), 1);
    assert_eq!(code(&voronka(&["show", "no/such/model.yaml"])), 2);
}

#[test]
fn the_process_map_is_drawn_into_a_file_whose_name_says_how() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let drawn = |name: &str, more: &[&str]| {
        let path = folder.path().join(name);
        let arguments = ["show", model.to_str().unwrap(), "-o", path.to_str().unwrap()];
        (code(&voronka(&[&arguments[..], more].concat())), fs::read(&path).unwrap_or_default())
    };
    assert!(drawn("map.png", &[]).1.starts_with(b"\x89PNG"));
    let (_, svg) = drawn("map.svg", &[]);
    let svg = text(&svg);
    for part in ["предложение", "site", "50 %", "lost 60 %: no need", "won 50 %"] {
        assert!(svg.contains(part), "{part} not in {svg}");
    }
    assert!(!svg.contains("<script>"));
    assert!(drawn("map.dot", &[]).1.starts_with(b"digraph"));
    assert!(text(&drawn("map.mmd", &[]).1).contains("flowchart"));
    assert_eq!(drawn("map.jpeg", &[]).0, 2);
    assert_eq!(drawn("map.svg", &[]).0, 3, "nothing is written over");
    assert_eq!(drawn("map.svg", &["--force"]).0, 0);
    assert!(drawn("map", &["--format", "png"]).1.starts_with(b"\x89PNG"));
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let commands = ["run", "check", "show", "new", "explain"];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&voronka(&["completions", shell]).stdout);
        for command in commands {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
    let page = text(&voronka(&["man"]).stdout);
    for command in commands {
        assert!(page.contains(&format!(".SH \"VORONKA {}\"", command.to_uppercase())), "{command}");
    }
    assert_eq!(code(&voronka(&["completions", "tcsh"])), 2);
}

#[test]
fn expectations_are_judged_by_their_interval_at_their_place() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("expect.yaml");
    // Every second of 100 deals a week is won after exactly two days: 2,600 of 5,200 a year, give or
    // take. Bookings of a month are about 217 sales of 100.
    let model = "currency: EUR\nvalue: 100\nattributes: {size: {small: 70%, large: rest}}\nstages:\n  \
                 offer: {wait: 2d, next: 50%}\n";
    let judged = |expect: &str, more: &[&str]| {
        fs::write(&path, format!("{model}expect:\n  - {expect}\n")).unwrap();
        let file = path.to_str().unwrap();
        let arguments = [&["check", "--simulate", file, "--format", "line", "-n", "50"], more];
        let output = voronka(&arguments.concat());
        (code(&output), text(&output.stdout), text(&output.stderr))
    };
    for holds in [
        "{kpi: win_rate, between: [49%, 51%]}",
        "{kpi: win_rate, size: small, at_least: 49%}",
        "{kpi: sales_cycle, stat: p95, at_most: 2d}",
        "{kpi: sales_cycle, within: 2d, at_least: 99.9%}",
        "{kpi: bookings, per: month, at_least: 15000, chance: 99%}",
        "{kpi: bookings, at_least: 200000, chance: 90%}",
        "{kpi: bookings, per: week, between: [4900, 5100]}",
        "{kpi: stage_conversion, stage: offer, at_least: 49%}",
    ] {
        let (code, found, summary) = judged(holds, &[]);
        assert_eq!((code, found.as_str()), (0, ""), "{holds}");
        assert!(summary.ends_with("; 1 expectation holds\n"), "{holds}: {summary}");
    }
    for (fails, because) in [
        ("{kpi: win_rate, at_least: 60%}", "V511"),
        ("{kpi: sales_cycle, at_most: 1d}", "V511"),
        ("{kpi: bookings, at_least: 300000, chance: 50%}", "V511"),
        ("{kpi: bookings, per: day, at_least: 1, chance: 50%}", "V505"),
        ("{kpi: utilization, at_most: 90%}", "V505"),
    ] {
        let (code, found, _) = judged(fails, &[]);
        assert_eq!(code, 1, "{fails}");
        let place = found.split_once(": ").unwrap().0;
        assert!(found.contains(because) && place.ends_with("expect.yaml:7:5"), "{fails}: {found}");
    }
    let close = "{kpi: win_rate, at_least: 50%}";
    let (code, found, _) = judged(close, &[]);
    assert!(code == 1 && found.contains("V514"), "{found}");
    assert_eq!(judged(close, &["--allow-undecided"]).0, 0);
    // Without --simulate nothing is judged, and its options make no sense.
    fs::write(&path, format!("{model}expect: [{{kpi: win_rate, at_least: 60%}}]\n")).unwrap();
    assert_eq!(code_of_check(&path, &[]), 0);
    assert_eq!(code_of_check(&path, &["-n", "50"]), 2);
}

fn code_of_check(path: &Path, more: &[&str]) -> i32 {
    code(&voronka(&[&["check", path.to_str().unwrap()], more].concat()))
}

#[test]
fn solve_says_how_each_number_is_known() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder);
    let model = model.to_str().unwrap();
    let solve = |more: &[&str]| voronka(&[&["solve", model], more].concat());
    let rows = csv_rows(&text(&solve(&["--format", "csv", "--by", "segment,source"]).stdout));
    assert_eq!(
        rows[0].join(","),
        "kpi,scope,name,by,stat,value,error,known,method,unit,per,population"
    );
    let find = |kpi: &str, stat: &str, population: &str| {
        let same = |row: &&Vec<String>| {
            row[0] == kpi && row[3].is_empty() && row[4] == stat && row[11] == population
        };
        rows.iter().find(same).unwrap_or_else(|| panic!("{kpi} {stat}")).clone()
    };
    // Four in ten come to an offer, half of them and half of those are won; the others are lost.
    let win_rate = find("win_rate", "share", "long run");
    let share: f64 = win_rate[5].parse().unwrap();
    assert!(win_rate[7] == "exact" && (share - 0.25).abs() < 1e-12, "{win_rate:?}");
    let p90 = find("sales_cycle", "p90", "long run");
    assert!(p90[7] == "numerical" && p90[6].parse::<f64>().unwrap() < 0.01, "{p90:?}");
    assert_eq!(find("intake", "total", "this window")[7], "numerical");
    assert!(rows.iter().any(|row| row[3] == "segment='=cmd()" || row[3] == "segment==cmd()"));
    let json: serde_json::Value =
        serde_json::from_slice(&solve(&["--format", "json"]).stdout).unwrap();
    assert!(json["missing"].as_array().unwrap().is_empty(), "{json}");
    assert!(text(&solve(&[]).stdout).contains("each followed to its end"));
    for wrong in [&["--kpi", "winrate"][..], &["--by", "nothing"], &["--quantiles", "0"]] {
        let output = solve(wrong);
        assert!(code(&output) == 2 && output.stdout.is_empty(), "{wrong:?}");
    }
    // More work than people have hours for: no wait is made up.
    let path = folder.path().join("busy.yaml");
    let busy = "calendars: {a: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {clerk: {people: 1}}\n\
                sources: {s: {rate: 2/hour}}\n\
                stages: {desk: {work: {role: clerk, time: {exponential: {mean: 45 min}}}, next: won}}\n";
    fs::write(&path, busy).unwrap();
    let output = voronka(&["solve", path.to_str().unwrap(), "--format", "csv"]);
    let rows = csv_rows(&text(&output.stdout));
    let of_role = |kpi: &str, stat: &str| {
        let same = |row: &&Vec<String>| row[0] == kpi && row[1] == "role" && row[4] == stat;
        rows.iter().find(same).unwrap().clone()
    };
    assert_eq!(of_role("queue_time", "mean")[5..8], ["", "", "unstable"]);
    // An hour and a half of work comes in an hour: half a person is missing.
    assert_eq!(of_role("utilization", "missing people")[5], "0.5");
}

/// A list of findings is whole also where one of the files cannot be read; what cannot be read is in it.
#[test]
fn a_list_of_findings_names_files_that_could_not_be_read() {
    let check = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("check").args(arguments);
        command.output().unwrap()
    };
    let files = ["tests/bad/08_tab.yaml", "tests/bad/24_unknown_stage.yaml", "no such file.yaml"];
    let output = check(&[&["--format", "json"], &files[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let codes = found.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap());
    let codes: Vec<&str> = codes.collect();
    assert_eq!((codes[0], codes[codes.len() - 1]), ("V008", "V001"), "{codes:?}");
    assert!(codes.contains(&"V301"), "{codes:?}");
    // One line each, with nothing drawn.
    let output = check(&[&["--format", "line"], &files[..1]].concat());
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.starts_with("tests/bad/08_tab.yaml:"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}
