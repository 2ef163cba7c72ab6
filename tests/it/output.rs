//! Output: folders that are replaced as a set, places that cannot be written, terminals of any
//! width.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const WITH_PEOPLE: &str = "sources: {s: {rate: 9/week}}\nhorizon: 3 months\nvalue: 100\n\
                           targets: {bookings: 2000/month, wins: 5/month}\n\
                           roles: {seller: {people: 1}}\n\
                           stages: {a: {work: {role: seller, time: 1h}, next: 40%}, \
                           b: {wait: 9d, next: 50%}}\n";
const WITHOUT: &str = "sources: {s: {rate: 9/week}}\nhorizon: 3 months\n\
                       stages: {a: {wait: 1d, next: 40%}, b: {wait: 9d, next: 50%}}\n";

fn model(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

fn voronka(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_voronka")).args(arguments).output().unwrap()
}

fn run(model: &Path, out: &Path, more: &[&str]) -> Output {
    let (model, out) = (model.to_str().unwrap(), out.to_str().unwrap());
    let arguments = ["run", model, "-n", "5", "-o", out, "--chart-format", "svg"];
    voronka(&[&arguments, more].concat())
}

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry.unwrap().file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_second_run_replaces_what_the_first_one_wrote_as_a_set() {
    let folder = TempDir::new().unwrap();
    let people = model(&folder, "people.yaml", WITH_PEOPLE);
    let plain = model(&folder, "plain.yaml", WITHOUT);
    let out = folder.path().join("out");
    let fresh = folder.path().join("fresh");
    assert!(run(&people, &out, &[]).status.success());
    assert!(names(&out).iter().any(|name| name == "roles.csv"));
    // Files that the user added or edited are kept.
    fs::write(out.join("notes.txt"), "mine").unwrap();
    fs::write(out.join("load.svg"), "mine").unwrap();
    assert_eq!(run(&plain, &out, &[]).status.code(), Some(3));
    assert!(run(&plain, &out, &["--force"]).status.success());
    assert!(run(&plain, &fresh, &[]).status.success());
    let mut expected = names(&fresh);
    expected.extend(["load.svg".to_owned(), "notes.txt".to_owned()]);
    expected.sort();
    assert_eq!(names(&out), expected);
    assert_eq!(fs::read_to_string(out.join("load.svg")).unwrap(), "mine");
    // The list names every file except itself.
    let list: serde_json::Value =
        serde_json::from_slice(&fs::read(fresh.join("run.json")).unwrap()).unwrap();
    let listed = list["files"].as_array().unwrap().len();
    assert_eq!(listed + 1, names(&fresh).len());
}

#[test]
fn an_event_log_in_the_folder_belongs_to_the_set() {
    let folder = TempDir::new().unwrap();
    let plain = model(&folder, "plain.yaml", WITHOUT);
    let out = folder.path().join("out");
    let log = out.join("events.csv");
    assert!(run(&plain, &out, &["--events", log.to_str().unwrap()]).status.success());
    assert!(log.exists());
    assert!(run(&plain, &out, &["--force"]).status.success());
    assert!(!log.exists());
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_the_simulation() {
    let folder = TempDir::new().unwrap();
    // A run of minutes, if it started.
    let long = model(
        &folder,
        "long.yaml",
        "sources: {s: {rate: 20000/day}}\nstages: {a: {wait: 1d, next: {a: 90%, won: rest}}}\n",
    );
    let file = model(&folder, "file", "a file");
    for out in ["/proc/voronka/out", file.to_str().unwrap(), &format!("{}/out", file.display())] {
        let arguments = ["run", long.to_str().unwrap(), "-n", "1e5", "-o", out];
        let output = voronka(&arguments);
        assert_eq!(output.status.code(), Some(3), "{out}");
        let said = text(&output.stderr);
        let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error")).collect();
        assert_eq!(errors.len(), 1, "{said}");
        assert!(!said.contains(".voronka-") && !said.contains("os error"), "{said}");
    }
    assert_eq!(names(folder.path()), ["file", "long.yaml"]);
}

#[cfg(unix)]
#[test]
fn a_file_size_limit_is_reported_and_leaves_no_files() {
    let folder = TempDir::new().unwrap();
    let plain = model(&folder, "plain.yaml", WITHOUT);
    let out = folder.path().join("deep/out");
    for blocks in [1, 20, 40] {
        let script = format!(
            "ulimit -f {blocks}; exec {} run {} -n 5 -o {} --charts funnel",
            env!("CARGO_BIN_EXE_voronka"),
            plain.display(),
            out.display()
        );
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{blocks}: {said}");
        assert!(said.lines().last().unwrap().starts_with("error: "), "{said}");
        assert!(said.contains("File too large") && !said.contains(".voronka-"), "{said}");
        assert_eq!(names(folder.path()), ["plain.yaml"], "{blocks}");
    }
}

#[test]
fn the_name_of_a_file_is_no_folder() {
    let folder = TempDir::new().unwrap();
    let plain = model(&folder, "plain.yaml", WITHOUT);
    for name in ["x.xlsx", "report.CSV", "a/b.png", "run.json"] {
        let out = folder.path().join(name);
        let output = run(&plain, &out, &[]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).contains("is the name of a file"), "{name}");
        assert!(!out.exists());
    }
    // Dots alone do not make a file name.
    assert!(run(&plain, &folder.path().join("out.v2"), &[]).status.success());
}

#[cfg(unix)]
#[test]
fn help_that_cannot_be_written_is_exit_code_three() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_voronka")).arg("--help").stdout(full).status();
    assert_eq!(status.unwrap().code(), Some(3));
}

#[test]
fn colour_is_asked_for_refused_or_left_to_the_terminal() {
    let folder = TempDir::new().unwrap();
    let plain = model(&folder, "plain.yaml", WITHOUT);
    let coloured = |flags: &[&str], environment: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
        for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command.args(["run", plain.to_str().unwrap(), "-n", "2"]).args(flags);
        let output = command.envs(environment.iter().copied()).output().unwrap();
        text(&output.stdout).contains("\u{1b}[1m")
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(coloured(&[], &[("FORCE_COLOR", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("FORCE_COLOR", "0")]));
    assert!(!coloured(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("FORCE_COLOR", "1")]));
}

fn screen(model: &Path, columns: Option<&str>, more: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    command.env_remove("COLUMNS").args(["run", model.to_str().unwrap(), "-n", "40"]).args(more);
    if let Some(columns) = columns {
        command.env("COLUMNS", columns);
    }
    text(&command.output().unwrap().stdout)
}

#[test]
fn nothing_is_dropped_from_a_screen_of_any_width() {
    let folder = TempDir::new().unwrap();
    let people = model(&folder, "people.yaml", WITH_PEOPLE);
    let whole = screen(&people, None, &[]);
    for columns in [None, Some("40"), Some("80"), Some("100"), Some("120")] {
        let found = screen(&people, columns, &[]);
        for word in
            ["goes on", "chance to win", "main loss", "in open hours", "p90", "mean", "typical"]
        {
            assert!(found.contains(word), "{columns:?}: {word}\n{found}");
        }
        assert!(!found.contains("no room"), "{found}");
        if let Some(columns) = columns.and_then(|columns| columns.parse::<usize>().ok()) {
            let widest = found.lines().map(unicode_width::UnicodeWidthStr::width).max();
            assert!(widest.unwrap() <= columns, "{columns}\n{found}");
        }
    }
    // In a file, the row of a stage is one line.
    assert_eq!(whole.lines().filter(|line| line.starts_with(" a ")).count(), 1, "{whole}");
}

#[test]
fn the_plan_is_that_of_the_window_and_has_its_chance() {
    let folder = TempDir::new().unwrap();
    let people = model(&folder, "people.yaml", WITH_PEOPLE);
    let found = screen(&people, None, &[]).replace('\n', " ");
    for what in ["bookings", "first sales"] {
        let plan = format!("Plan of {what} for the whole window:");
        let after = found.split(&plan).nth(1).unwrap_or_else(|| panic!("{plan}: {found}"));
        assert!(after.split("Plan of").next().unwrap().contains("The chance to reach it is"));
    }
    let chance = screen(&people, None, &["--kpi", "attainment"]);
    let line =
        chance.lines().find(|line| line.contains("chance to reach the planned bookings")).unwrap();
    // The value, its half-width and n: a probability has no bad or good window.
    assert_eq!(line.matches('%').count(), 1, "{line}");
}

#[test]
fn rows_are_named_in_the_language_of_the_reader_and_by_titles_and_tables_keep_their_codes() {
    let folder = TempDir::new().unwrap();
    let titled = WITH_PEOPLE.replace("a: {work", "a: {title: Hello, work");
    let people = model(&folder, "people.yaml", &titled);
    let kpis = "bookings,stage_conversion,lead_response_time,queue_length,cost";
    let asked = ["--kpi", kpis, "--by", "source"];
    let in_russian = screen(&people, None, &[&asked[..], &["--lang", "ru"]].concat());
    let of_both = [
        ("всего за период", "total over the window"),
        ("среднее за месяц", "mean per month"),
        ("этап Hello", "stage Hello"),
        ("переход на этап b", "go to b"),
        ("p90, в рабочее время", "p90, in open hours"),
        ("до 24 ч", "within 24 h"),
        ("в конце", "at the end"),
        ("источник s", "source s"),
    ];
    let in_english = screen(&people, None, &asked);
    for (russian, english) in of_both {
        assert!(in_russian.contains(russian), "{russian}\n{in_russian}");
        assert!(in_english.contains(english), "{english}\n{in_english}");
    }
    let csv = |language| {
        screen(&people, None, &[&asked[..], &["--format", "csv", "--lang", language]].concat())
    };
    assert_eq!(csv("ru"), csv("en"));
    assert!(csv("ru").contains("lead_response_time,,,source=s,"), "{}", csv("ru"));
}

#[test]
fn risk_sets_the_columns_of_bad_typical_and_good_windows_and_what_is_reached_for_certain() {
    let folder = TempDir::new().unwrap();
    let people = model(&folder, "people.yaml", WITH_PEOPLE);
    let found = screen(&people, None, &["--risk", "20,50,80"]).replace('\n', " ");
    assert!(found.contains("bad (1 in 5)") && found.contains("good (1 in 5)"), "{found}");
    assert!(found.contains("With 80 % certainty, bookings are at least"), "{found}");
    assert!(found.contains("With 80 % certainty, there are at least"), "{found}");
    let usual = screen(&people, None, &[]).replace('\n', " ");
    assert!(usual.contains("With 90 % certainty, bookings are at least"), "{usual}");
    let shifted = screen(&people, None, &["--risk", "20,60,80"]);
    assert!(shifted.contains("p60") && !shifted.contains("typical"), "{shifted}");
    let csv = screen(&people, None, &["--risk", "20,50,80", "--format", "csv"]);
    assert!(csv.lines().next().unwrap().contains("p20,p50,p80"), "{csv}");
    // What deals are asked for does not change what windows are.
    let deals = screen(&people, None, &["--quantiles", "20,50,80", "--format", "csv"]);
    assert!(deals.lines().next().unwrap().contains("p10,p50,p90"), "{deals}");
}

#[test]
fn methods_and_spreads_are_shown_where_detail_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let people = model(&folder, "people.yaml", WITH_PEOPLE);
    let (usual, detail) = (screen(&people, None, &[]), screen(&people, None, &["--detail"]));
    let has_sd = |text: &str| text.lines().any(|line| line.split_whitespace().any(|w| w == "sd"));
    assert!(!has_sd(&usual) && has_sd(&detail), "{usual}\n{detail}");
    let half_widths = |text: &str| text.matches('±').count();
    assert!(half_widths(&usual) < half_widths(&detail), "{usual}\n{detail}");
    let weighted = "weighted to the expected number of leads";
    let flat = |text: &str| text.replace('\n', " ");
    assert!(!flat(&usual).contains(weighted) && flat(&detail).contains(weighted), "{detail}");
}

#[test]
fn csv_and_json_have_no_rounding_noise() {
    let folder = TempDir::new().unwrap();
    let fixed = model(
        &folder,
        "fixed.yaml",
        "sources: {s: {rate: 90/week}}\nhorizon: 3 months\nvalue: 4719.6\nstages: {a: {wait: 1h, next: won}}\n",
    );
    let csv = screen(&fixed, None, &["--kpi", "average_deal", "--format", "csv"]);
    assert!(csv.lines().nth(1).unwrap().contains(",4719.6,0,"), "{csv}");
}

#[test]
fn letters_without_a_font_are_reported_and_stay_in_the_svg() {
    let folder = TempDir::new().unwrap();
    // A character of the private use area, which no font has.
    let name = "合同 \u{10FF00}";
    let text_of = format!(
        "sources: {{s: {{rate: 9/week}}}}\nstages: {{\"{name}\": {{wait: 1d, next: 50%}}}}\n"
    );
    let path = model(&folder, "letters.yaml", &text_of);
    let out = folder.path().join("out");
    let arguments = ["run", path.to_str().unwrap(), "-n", "3", "-o", out.to_str().unwrap()];
    let output = voronka(&arguments);
    assert!(output.status.success());
    let said = text(&output.stderr);
    assert!(said.contains("PNG pictures show boxes for"), "{said}");
    assert!(said.contains('\u{10FF00}'), "{said}");
    assert!(fs::read_to_string(out.join("funnel.svg")).unwrap().contains(name));
    // Without PNG there is no message.
    let again = run(&path, &folder.path().join("svg"), &[]);
    assert!(!text(&again.stderr).contains("PNG"));
}

#[test]
fn the_description_and_process_of_a_model_are_shown() {
    let folder = TempDir::new().unwrap();
    let about =
        "description: What we do\nprocess: {owner: head of sales, goal: a signed contract}\n";
    let path = model(&folder, "about.yaml", &format!("{about}{WITHOUT}"));
    let path = path.to_str().unwrap();
    for arguments in [
        vec!["show", path],
        vec!["show", path, "--format", "dot"],
        vec!["show", path, "--format", "svg"],
        vec!["run", path, "-n", "2", "--format", "markdown"],
        vec!["run", path, "-n", "2", "--format", "json"],
    ] {
        let shown = text(&voronka(&arguments).stdout);
        for words in ["What we do", "head of sales", "a signed contract"] {
            assert!(shown.contains(words), "{arguments:?}: {words}");
        }
    }
}

#[test]
fn deals_in_work_stand_apart_from_past_clients_and_groups_show_lead_to_win() {
    let folder = TempDir::new().unwrap();
    let path = model(
        &folder,
        "clients.yaml",
        "attributes: {size: {big: 30%, small: rest}}\nsources: {s: {rate: 9/week}}\nhorizon: 18 months\nstages:\n  \
         offer: {wait: 9d, next: {sale: 40%, lost: rest}}\n  \
         sale: {sale: true, phase: client, wait: 90d, next: {offer: 60%, lost: rest}}\n",
    );
    let found = screen(&path, None, &["--by", "size"]).replace('\n', " ");
    assert!(found.contains("clients who may buy again:"), "{found}");
    assert!(found.contains("lead to win"), "{found}");
}

#[test]
fn a_queue_with_patience_does_not_grow_and_the_screen_says_who_leaves() {
    let folder = TempDir::new().unwrap();
    for horizon in ["6 months", "12 months", "36 months"] {
        let shown = |patience: &str| {
            let lines = [
                "start: 2024-01-01\nsources: {s: {every: 40 min}}\nroles: {r: {people: 1}}\n",
                "calendars: {all: {hours: {mon-sun: \"00:00-24:00\"}}}\n",
                &format!("horizon: {horizon}\n"),
                &format!("stages: {{a: {{work: {{role: r, time: 1h}}, {patience}next: 30%}}}}\n"),
            ];
            let path = model(&folder, "queue.yaml", &lines.concat());
            let arguments = ["run", path.to_str().unwrap(), "-n", "3"];
            text(&voronka(&arguments).stdout).replace('\n', " ")
        };
        let patient = shown("patience: {time: 48h, lost: gone}, ");
        assert!(patient.contains("leave the queue, which therefore does not grow"), "{patient}");
        assert!(!patient.contains("the queue grows"), "{patient}");
        let endless = shown("");
        assert!(endless.contains("the queue grows over the window"), "{endless}");
    }
}

#[test]
fn working_time_is_read_in_hours() {
    let folder = TempDir::new().unwrap();
    let path = model(
        &folder,
        "work.yaml",
        "sources: {s: {every: 10d}}\nroles: {r: {people: 1}}\ncalendars: {day: {hours: {mon-fri: \"09:00-17:00\"}}}\n\
         stages: {a: {work: {role: r, time: 32h}, next: 50%}}\n",
    );
    let found = screen(&path, None, &["--kpi", "time_in_stage,activities"]);
    let processing = found.lines().find(|line| line.contains("processing")).unwrap();
    assert!(processing.contains("32 h") && !processing.contains(" d "), "{processing}");
}

/// The sentence of certainty derived again from the values of all full months, quarters and windows.
#[test]
fn what_is_reached_with_certainty_is_reached_by_that_share_of_all_periods() {
    use voronka::kpi::{Key, Kpi, Per, Stat};
    use voronka::report::phrase::{Phrase, Remark};
    use voronka::report::{Block, Context, screen};
    use voronka::study::simulate::{Options, Progress, run};
    use voronka::tally::figures::{self, Every};
    for (start, warmup, bad) in [("2026-01-01", "", 0.1), ("2026-02-02", "warmup: 2 months\n", 0.2)]
    {
        let text = format!(
            "start: {start}\nhorizon: 12 months\n{warmup}value: {{uniform: {{min: 50, max: 150}}}}\n\
             sources: {{s: {{rate: 9/week}}}}\nstages: {{a: {{wait: 9d, next: 40%}}}}\n"
        );
        let model = voronka::model::load("m", &text, &[], None).model.unwrap();
        let figures = figures::Options {
            risk: [bad, 0.5, 1.0 - bad],
            every: vec![Every::Month, Every::Quarter, Every::Year],
            keep_replications: true,
            ..figures::Options::default()
        };
        let options = Options { replications: 40, figures, ..Options::default() };
        let simulation = run(&model, &options, &Progress::default()).unwrap();
        let blocks = screen(&simulation, &Context::default());
        let floors = blocks.iter().filter_map(|block| match block {
            Block::Line(Phrase::Remark(remark)) => match &**remark {
                Remark::Floor(floor) => Some(floor),
                _ => None,
            },
            _ => None,
        });
        let mut seen = 0;
        for floor in floors {
            assert!((floor.certainty.value - (1.0 - bad)).abs() < 1e-12);
            for (per, least) in &floor.at_least {
                let row = |stat, per| simulation.find(&Key::new(floor.kpi, stat).per(per)).unwrap();
                let values: Vec<f64> = match (per, floor.kpi) {
                    (Per::Window, Kpi::Bookings) => row(Stat::Total, Per::Window)
                        .replications
                        .iter()
                        .flatten()
                        .copied()
                        .collect(),
                    (Per::Window, _) => {
                        let monthly = &row(Stat::Sales, Per::Month).replications;
                        let days = simulation.days / 30.4375;
                        monthly.iter().flatten().map(|rate| (rate * days).round()).collect()
                    }
                    (per, _) => row(Stat::Mean, *per).periods.concat(),
                };
                let reach = values.iter().filter(|x| **x >= least.value - 1e-6).count() as f64;
                let beyond = values.iter().filter(|x| **x > least.value + 1e-6).count() as f64;
                let n = values.len() as f64;
                assert!(reach / n >= 1.0 - bad - 1e-9, "{per:?} {least:?}: {reach} of {n}");
                assert!(beyond / n <= 1.0 - bad + 1e-9, "{per:?} {least:?}: {beyond} of {n}");
                seen += 1;
            }
        }
        assert!(seen >= 6, "{seen}");
    }
}

#[test]
fn a_chart_that_is_asked_for_by_name_and_shows_nothing_is_named() {
    let folder = TempDir::new().unwrap();
    let nobody_works = model(&folder, "model.yaml", WITHOUT);
    let told = |out: &str, charts: &str| {
        let done = run(&nobody_works, &folder.path().join(out), &["--charts", charts]);
        text(&done.stderr)
    };
    assert!(told("one", "funnel,load").contains("no chart load"));
    assert!(!told("all", "all").contains("no chart"));
}

#[test]
fn why_a_command_stops_is_said_in_the_language_of_the_reader() {
    let folder = TempDir::new().unwrap();
    let path = model(&folder, "model.yaml", WITHOUT);
    let path = path.to_str().unwrap();
    let said = |language, more: &[&str]| {
        let done = voronka(&[&["--lang", language, "run", path], more].concat());
        assert_eq!(done.status.code(), Some(if more.contains(&"-o") { 3 } else { 2 }));
        text(&done.stderr)
    };
    let by = ["--by", "colour"];
    assert!(said("en", &by).starts_with("error: --by: there is no attribute"));
    assert!(said("ru", &by).starts_with("ошибка: --by: признака `colour` у сделок нет"));
    fs::write(folder.path().join("taken"), "").unwrap();
    let taken = folder.path().join("taken");
    let taken = ["-o", taken.to_str().unwrap()];
    assert!(said("ru", &taken).contains("это не папка"));
}
