//! The rows of the table of bad inputs.
//!
//! A row names a model of `tests/bad` where one shows it: its findings are compared in full by another test.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::table::Tried::{Elsewhere, Here, Later};
use super::table::{Case, Row, Tried, case};

const GOOD: &str =
    "sources: {s: {rate: 9/week}}\nhorizon: 3 months\nstages: {a: {wait: 1d, next: 40%}}\n";

/// A model that reads its values from `d.csv`.
const OF_DATA: &str = "sources: {s: {rate: 9/week}}\nhorizon: 3 months\n\
    value: {empirical: {file: d.csv, column: amount}}\nstages: {a: {wait: 1d, next: 40%}}\n";

/// A model that reads its times from `d.csv`.
const OF_TIMES: &str = "sources: {s: {rate: 9/week}}\nhorizon: 3 months\n\
    stages: {a: {wait: {empirical: {file: d.csv, column: days}}, next: 40%}}\n";

/// A model of `tests/bad`.
fn bad(name: &str, code: i32, says: &'static str) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/bad/{name}.yaml"));
    check(fs::read_to_string(path).unwrap(), code, says)
}

fn check(text: impl AsRef<[u8]>, code: i32, says: &'static str) -> Case {
    case("check m.yaml").file("m.yaml", text).gives(code, says)
}

/// A good model with more in front of its stages, which are these.
fn with(more: &str, stages: &str, code: i32, says: &'static str) -> Case {
    let head = "sources: {s: {rate: 9/week}}\nhorizon: 3 months\n";
    check(format!("{head}{more}\nstages: {{{stages}}}\n"), code, says)
}

/// A calendar with these hours, in which somebody works.
fn hours(hours: &str, code: i32, says: &'static str) -> Case {
    let more = format!("calendars: {{c: {{hours: {hours}}}}}\nroles: {{r: {{people: 1}}}}");
    with(&more, "a: {work: {role: r, time: 1h}, next: 40%}", code, says)
}

/// A data file of amounts.
fn data(text: impl AsRef<[u8]>, code: i32, says: &'static str) -> Case {
    check(OF_DATA, code, says).file("d.csv", text)
}

/// A data file of times.
fn times(text: &str, code: i32, says: &'static str) -> Case {
    check(OF_TIMES, code, says).file("d.csv", text)
}

/// A command on a good model, `m.yaml`.
fn good(command: &str, code: i32, says: &'static str) -> Case {
    case(command).file("m.yaml", GOOD).gives(code, says)
}

fn shell(folder: &Path, command: &str) {
    assert!(
        Command::new("sh").current_dir(folder).args(["-c", command]).status().unwrap().success()
    );
}

/// A file of a gibibyte that takes no room on the disk.
fn huge(folder: &Path, name: &str) {
    fs::File::create(folder.join(name)).unwrap().set_len(1 << 30).unwrap();
}

fn billion_laughs() -> String {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(",");
        text += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    text + GOOD
}

fn many_stages(count: usize) -> String {
    let stage = |at: usize| format!("  s{at}: {{next: 40%}}\n");
    format!("stages:\n{}", (0..count).map(stage).collect::<String>())
}

/// Windows-1251.
const CYRILLIC: &[u8] = b"stages: {\xeb\xe8\xe4: {next: 40%}}\n";

pub(super) fn rows() -> Vec<Row> {
    let tried = [files(), meaning(), tables(), commands()];
    let all = tried.into_iter().flatten().enumerate();
    all.map(|(at, tried)| Row { number: at as u8 + 1, tried }).collect()
}

/// Rows 1 to 20: files and syntax.
fn files() -> Vec<Tried> {
    let pipe = |folder: &Path| shell(folder, "mkfifo m.yaml");
    let links = |folder: &Path| shell(folder, "ln -s /etc/passwd d.csv");
    let closed = |folder: &Path| shell(folder, "chmod 0 m.yaml");
    let user = Command::new("id").arg("-u").output().unwrap().stdout;
    // The root user can read all files.
    let refused = if user.starts_with(b"0\n") { (0, "") } else { (2, "V003") };
    vec![
        Here(vec![
            good("check n.yaml", 2, "there is `m.yaml`"),
            good("run n.yaml", 2, "no such file"),
        ]),
        Here(vec![
            case("run .").gives(2, "not a file"),
            case("check .").gives(2, "no models found"),
        ]),
        Here(vec![check(GOOD, refused.0, refused.1).prepared(closed)]),
        Here(vec![check("", 2, "V005"), bad("04_only_comments", 2, "V005")]),
        Here(vec![check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 2, "V006")]),
        Here(vec![
            check(CYRILLIC, 2, "Windows-1251"),
            check(b"\xff\xfea\0:\0 \x001\0", 2, "UTF-16"),
        ]),
        Here(vec![check(format!("\u{FEFF}{}", GOOD.replace('\n', "\r\n")), 0, "no errors")]),
        Here(vec![bad("08_tab", 2, "V008")]),
        Here(vec![bad("09_unclosed_bracket", 2, "V008"), bad("09_unclosed_quote", 2, "V008")]),
        Here(vec![bad("10_two_documents", 2, "V008")]),
        Here(vec![bad("11_duplicate_keys", 1, "V101")]),
        Here(vec![bad("12_unknown_keys", 1, "V105")]),
        Here(vec![bad("13_missing_keys", 1, "V107")]),
        Here(vec![bad("14_wrong_kinds", 1, "V108")]),
        Here(vec![
            bad("15_merge_key_and_anchor", 1, "V102"),
            // Such a text has no value, and still it is no empty model.
            check("*nowhere\n", 1, "V103"),
            check("!tag\n", 1, "V104"),
            check("!tag &anchor : \n", 1, "V104"),
        ]),
        Here(vec![
            check(billion_laughs(), 2, "unfold too far"),
            check("[".repeat(1_000_000), 2, "nested too deeply"),
            case("check m.yaml").prepared(|folder| huge(folder, "m.yaml")).gives(2, "V004"),
        ]),
        Here(vec![
            case("check m.yaml").prepared(pipe).gives(2, "V002"),
            case("run /dev/zero").gives(2, "V002"),
            case("check -").endless_input().gives(2, "V004"),
        ]),
        // A model includes nothing but data files.
        Here(vec![
            check(OF_DATA.replace("d.csv", "../../etc/passwd"), 1, "V207"),
            check(OF_DATA.replace("d.csv", "/etc/passwd"), 1, "V207"),
            check(OF_DATA, 1, "V207").prepared(links),
        ]),
        Here(vec![bad("19_newer_version", 2, "V009")]),
        Here(vec![bad("20_control_characters", 1, "V111")]),
    ]
}

/// Rows 21 to 52: the meaning of a model.
fn meaning() -> Vec<Tried> {
    let degenerate = "a: {wait: {triangular: {min: 2d, mode: 2d, max: 2d}}, next: 40%}, \
                      b: {wait: {pert: {min: 2d, mode: 2d, max: 2d}}, next: 50%}";
    let patience = "a: {work: {role: r, time: 1h}, patience: {time: 0, lost: gone}, next: 40%}";
    let work = "a: {work: {role: r, time: 1h}, next: 40%}";
    let zone = format!("timezone: Europe/Moskow\n{GOOD}");
    let undecided = "expect: [{kpi: wins, of: {stat: total}, at_least: 1}]";
    let nobody = GOOD.replace("9/week", "0/week");
    let crowd = GOOD.replace("9/week", "1e12/day");
    vec![
        Here(vec![bad("21_sums", 1, "V311")]),
        Here(vec![bad("22_probabilities", 1, "V201")]),
        Here(vec![bad("23_percent_missing", 1, "V201")]),
        Here(vec![bad("24_unknown_stage", 1, "V301")]),
        Here(vec![bad("25_unreachable", 0, "V601")]),
        Here(vec![
            bad("26_closed_loop", 0, "V602"),
            bad("26_closed_loop_until_empty", 1, "V403"),
            bad("26_timeless_loop", 1, "V407"),
        ]),
        Here(vec![bad("27_endless_loop", 0, "V604")]),
        Here(vec![bad("28_no_stages", 1, "V401"), bad("28_no_sale", 1, "V402")]),
        Here(vec![bad("29_stage_named_as_end", 1, "V111")]),
        Here(vec![bad("30_look_alikes", 0, "V605")]),
        Here(vec![bad("31_durations", 1, "V607")]),
        Here(vec![bad("32_lognormal", 1, "V322")]),
        Here(vec![bad("33_out_of_order", 1, "V322")]),
        Here(vec![with("", degenerate, 0, "no errors")]),
        Here(vec![bad("35_weibull", 1, "V322")]),
        Here(vec![bad("36_median_above_p90", 1, "V322")]),
        Here(vec![bad("37_money", 1, "V610")]),
        Here(vec![
            bad("38_nobody", 1, "V406"),
            with("roles: {r: {people: 2.5}}", work, 1, "not a whole number"),
            with("roles: {r: {people: 1000000000}}", work, 0, "no errors"),
        ]),
        Here(vec![bad("39_roles", 1, "V301")]),
        Here(vec![bad("40_overload", 0, "V618")]),
        Here(vec![with("roles: {r: {people: 1}}", patience, 0, "no errors")]),
        Here(vec![bad("42_attribute_shares", 1, "V311")]),
        Here(vec![bad("43_calendars", 1, "V405"), bad("43_never_open", 0, "V625")]),
        Here(vec![
            hours("\"18:00-09:00\"", 0, "no warnings"),
            hours("\"09:00-24:00\"", 0, "no warnings"),
            hours("\"09:00-25:00\"", 1, "V208"),
            hours("[\"09:00-14:00\", \"13:00-18:00\"]", 0, "V616"),
        ]),
        Here(vec![check(zone, 1, "V210")]),
        Here(vec![bad("46_dates", 1, "V202")]),
        Here(vec![
            bad("47_rates", 1, "V201"),
            case("run m.yaml -n 2").file("m.yaml", nobody).gives(0, "No deals arrived"),
            case("run m.yaml").file("m.yaml", crowd).gives(4, "deals are expected"),
        ]),
        Here(vec![with(
            "value: 5\nterms: {payment: [{share: 40%}, {share: 50%}]}",
            "a: {next: 40%}",
            1,
            "V311",
        )]),
        // No life-time value is computed: deals that come back for ever are warned of.
        Here(vec![with("", "a: {sale: true, wait: 9d, next: a}", 0, "V602")]),
        Here(vec![with("currency: EUR\nvalue: 100 USD", "a: {next: 40%}", 1, "V201")]),
        Here(vec![bad("51_expectations", 1, "V501"), with(undecided, "a: {next: 40%}", 1, "V501")]),
        Elsewhere("verdicts.rs", "an_undecided_expectation_fails_unless_that_is_allowed"),
    ]
}

/// Rows 53 to 63: tables of data. Only columns of numbers are read by this version.
fn tables() -> Vec<Tried> {
    let no_logs = "event logs and snapshots are not read yet";
    let formula = "stages: {\"=HYPERLINK(1)\": {wait: 1d, next: 40%}}\n";
    vec![
        Here(vec![
            data("amount;x\n1,5;2\n", 1, "V207"),
            data("amount\n\"1 234,50\"\n", 1, "V207"),
            data("amount\n\"1,5\"\n", 1, "V207"),
            data("\u{FEFF}amount\n5\n", 0, "no errors"),
        ]),
        Here(vec![
            data("5\n6\n", 1, "no column"),
            data("сумма\n5\n", 1, "no column"),
            data("amount,amount\n5,6\n", 1, "two columns"),
        ]),
        Here(vec![
            data("amount,x\n5\n", 1, "row 2"),
            data("amount\n5,6\n", 1, "row 2"),
            data("amount\n\"5\n6", 1, "row 2"),
            data("amount\n5\0\n", 1, "row 2"),
            data(b"amount\n\xff\n", 1, "UTF-8"),
        ]),
        Here(vec![
            data("amount\n\"\"\n", 1, "row 2"),
            data("amount\nn/a\n", 1, "row 2"),
            data("amount\n#REF!\n", 1, "row 2"),
        ]),
        Later(no_logs),
        Later(no_logs),
        Later(no_logs),
        Here(vec![
            times("days\n-3\n", 1, "negative"),
            times("days\n1000000\n", 0, "no errors"),
            times("days\n1e300\n", 1, "too long"),
            data("amount\n1e300\n", 1, "too large"),
        ]),
        Here(vec![data("", 1, "V207"), data("amount\n", 1, "empty"), data("amount\n5\n", 0, "")]),
        Here(vec![check(OF_DATA, 1, "V207").prepared(|folder| huge(folder, "d.csv"))]),
        Here(vec![
            case("run m.yaml -n 2 --format csv").file("m.yaml", formula).gives(0, ",'=HYPERLINK"),
        ]),
    ]
}

/// Rows 64 to 85: command line, environment, output.
fn commands() -> Vec<Tried> {
    let svg = |folder: &Path| fs::write(folder.join("m.svg"), "mine").unwrap();
    let pipe = |folder: &Path| shell(folder, "mkfifo m.svg");
    let named = GOOD.replace("sources", "name: ../../x\nsources");
    let no_merge = "results of other runs are not read yet";
    vec![
        Here(vec![
            good("run m.yaml -n 0", 2, "at least one"),
            good("run m.yaml -n -1", 2, "--replications"),
            good("run m.yaml -n abc", 2, "not a number"),
            good("run m.yaml -n 18446744073709551616", 2, "too large"),
            good("run m.yaml -n 1e9", 2, "at most"),
        ]),
        Here(vec![good("run m.yaml -n 1", 0, "")]),
        Here(vec![
            good("run m.yaml --seed -1", 2, "--seed"),
            good("run m.yaml --seed 99999999999999999999", 2, "--seed"),
            good("run m.yaml --seed x", 2, "--seed"),
        ]),
        Here(vec![
            good("run m.yaml -n 2 --threads 0", 0, ""),
            // Each thread takes addresses for its stack.
            good("run m.yaml -n 2 --threads 100000", 0, "").under("ulimit -S -v unlimited"),
        ]),
        Here(vec![good("run m.yaml --level 95", 2, "95% or 0.95")]),
        Here(vec![good("show m.yaml -o m.svg", 3, "--force").prepared(svg)]),
        Here(vec![
            good("run m.yaml -n 2 -o /proc/voronka/out", 3, "/proc/voronka"),
            good("run m.yaml -n 2", 3, "standard output").under("exec >/dev/full"),
            good("run m.yaml -n 2 -o deep/out", 3, "too large").under("ulimit -f 1"),
        ]),
        Here(vec![
            good("show m.yaml --format dot -o m.yaml --force", 2, "the model itself"),
            good("new cafe -o m.yaml", 3, "--force"),
        ]),
        Here(vec![good("show m.yaml -o m.svg --force", 3, "not a file").prepared(pipe)]),
        Here(vec![
            good("run m.yaml -n 2", 3, "closed").under("exec >&-"),
            good("run m.yaml -n 2", 0, "").under("exec 2>&-"),
        ]),
        Elsewhere("command_line/folder.rs", "an_interrupted_run_writes_nothing"),
        Elsewhere("output.rs", "nothing_is_dropped_from_a_screen_of_any_width"),
        Elsewhere("command_line/folder.rs", "a_killed_run_leaves_each_file_old_or_new"),
        Here(vec![
            check(many_stages(400_000), 2, "a million values"),
            case("check m.yaml").prepared(|folder| huge(folder, "m.yaml")).gives(2, "V004"),
        ]),
        Here(vec![
            case("run m.yaml")
                .file("m.yaml", GOOD.replace("9/week", "1e9/day"))
                .gives(4, "deals are expected"),
        ]),
        Elsewhere("architecture.rs", "only_the_command_line_prints_or_reads_the_clock"),
        Here(vec![
            good("run m.yaml -n 2 -o out", 0, "")
                .under("unset HOME TZ; TMPDIR=/no/such; export TMPDIR; ulimit -n 16")
                .leaves(&["out"]),
            case("check -")
                .input(GOOD)
                .under("mkdir gone; cd gone; rmdir ../gone")
                .gives(2, "the working folder: No such file or directory\n"),
        ]),
        Elsewhere("command_line/folder.rs", "a_folder_gets_every_table_and_chart_whole"),
        Here(vec![
            case("run m.yaml -n 2 -o out").file("m.yaml", named).gives(0, "").leaves(&["out"]),
        ]),
        Here(vec![
            case("compare m.yaml n.yaml -n 2")
                .file("m.yaml", "currency: EUR\nstages: {lead: {next: 40%}}\n")
                .file("n.yaml", "currency: USD\nstages: {lead: {next: 40%}}\n")
                .gives(2, "`EUR` and `USD`"),
            case("compare m.yaml n.yaml -n 2")
                .file("m.yaml", "stages: {lead: {next: 40%}}\n")
                .file("n.yaml", "horizon: 3 months\nstages: {call: {next: 40%}}\n")
                .gives(0, "Their windows differ"),
        ]),
        Later(no_merge),
        Later(no_merge),
    ]
}
