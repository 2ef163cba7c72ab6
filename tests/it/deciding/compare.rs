//! `voronka compare` and `voronka diff`: alternatives, verdicts, and what the figures are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

const MODEL: &str = "\
currency: EUR
start: 2026-01-05
horizon: 6 months
roles: {seller: {people: 3, cost: 30/hour}}
value: {lognormal: {median: 1000, p90: 3000}}
sources: {site: {rate: 40/week, cost: 10}}
stages:
  call: {work: {role: seller, time: {exponential: {mean: 90 min}}}, next: {offer: 40%, lost: {no need: rest}}}
  offer: {wait: {exponential: {mean: 6d}}, next: {won: 50%, lost: {price: rest}}}
scenarios:
  faster: {title: Offers in half the time, investment: 5000, stages: {offer: {wait: \"*0.5\"}}}
  one less: {roles: {seller: {people: \"+-1\"}}}
  same: {description: the same process}
";

struct Answer {
    code: i32,
    stdout: String,
    stderr: String,
}

fn voronka(folder: &Path, arguments: &[&str]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_voronka"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    Answer { code, stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    files.iter().for_each(|(path, text)| fs::write(folder.path().join(path), text).unwrap());
    folder
}

fn document(folder: &Path, arguments: &[&str]) -> Value {
    let answer =
        voronka(folder, &[&["compare", "--format", "json", "-n", "60"], arguments].concat());
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).unwrap()
}

/// The rows of an alternative with a KPI of the whole process.
fn row<'d>(document: &'d Value, alternative: &str, kpi: &str) -> &'d Value {
    let rows = document["figures"].as_array().unwrap();
    let is_it = |row: &&Value| {
        row["alternative"].as_str().unwrap().ends_with(alternative)
            && row["kpi"] == kpi
            && row["scope"] == ""
    };
    rows.iter().find(is_it).unwrap_or_else(|| panic!("{alternative} {kpi}: {document:#}"))
}

#[test]
fn the_scenarios_of_a_model_are_its_alternatives() {
    let folder = folder(&[("m.yaml", MODEL)]);
    let found = document(folder.path(), &["m.yaml"]);
    let names: Vec<&str> = found["alternatives"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["m: Offers in half the time", "m: one less", "m: same"]);
    assert_eq!(found["alternatives"][0]["investment"], 5000.0);
    assert_eq!(found["alternatives"][0]["changes"][0]["path"], "stages.offer.wait");
    assert_eq!(row(&found, "half the time", "sales_cycle")["verdict"], "better");
    assert_eq!(row(&found, "one less", "queue_time")["verdict"], "worse");
    // What is the same has no difference at all, in any figure.
    let rows = found["figures"].as_array().unwrap();
    let same: Vec<&Value> = rows.iter().filter(|row| row["alternative"] == "m: same").collect();
    assert!(same.len() > 20, "{}", same.len());
    assert!(
        same.iter().all(|row| row["verdict"] == "not beyond chance" && row["difference"] == 0.0)
    );
    // Only what is asked for.
    let one = document(folder.path(), &["m.yaml", "--scenario", "one less"]);
    assert_eq!(one["alternatives"].as_array().unwrap().len(), 1);
    assert!(one["compared"].as_u64().unwrap() < found["compared"].as_u64().unwrap());
}

#[test]
fn figures_are_those_of_two_runs() {
    let folder = folder(&[("a.yaml", MODEL), ("b.yaml", &MODEL.replace("50%", "60%"))]);
    let found = document(folder.path(), &["a.yaml", "b.yaml"]);
    let of_run = |model: &str| -> f64 {
        let answer = voronka(folder.path(), &["run", model, "-n", "60", "--format", "json"]);
        let run: Value = serde_json::from_str(&answer.stdout).unwrap();
        let rows = run["kpis"].as_array().unwrap();
        rows.iter().find(|row| row["kpi"] == "win_rate").unwrap()["value"].as_f64().unwrap()
    };
    let rate = row(&found, "b", "win_rate");
    let number = |key: &str| rate[key].as_f64().unwrap();
    assert_eq!((number("base"), number("value")), (of_run("a.yaml"), of_run("b.yaml")));
    assert!((number("difference") - (number("value") - number("base"))).abs() < 1e-12);
    // A tenth of the 40 % that reach the offer, within 1e-6 of chance.
    assert!((number("difference") - 0.04).abs() < 2.6 * number("half_width"), "{rate}");
    assert_eq!(rate["verdict"], "better");
    assert!(number("variance_reduction") > 2.0, "{rate}");
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let folder = folder(&[("m.yaml", MODEL)]);
    let of = |threads: &str| {
        voronka(
            folder.path(),
            &["compare", "m.yaml", "-n", "20", "--threads", threads, "--format", "csv"],
        )
        .stdout
    };
    assert_eq!(of("1"), of("2"));
    let out = |arguments: &[&str]| {
        voronka(
            folder.path(),
            &[&["compare", "m.yaml", "-n", "20", "-o", "out"], arguments].concat(),
        )
    };
    assert_eq!(out(&[]).code, 0);
    assert_eq!(fs::read_to_string(folder.path().join("out/compare.csv")).unwrap(), of("2"));
    assert_eq!(out(&[]).code, 3);
    assert_eq!(out(&["--force"]).code, 0);
}

#[test]
fn the_screen_says_what_is_better_in_both_languages() {
    let folder = folder(&[("m.yaml", MODEL)]);
    let screen = |language: &str| {
        let answer = voronka(
            folder.path(),
            &["compare", "m.yaml", "-n", "60", "--lang", language, "--scenario", "faster"],
        );
        answer.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let english = screen("en");
    assert!(english.contains("Base: m; alternative: m: Offers in half the time"), "{english}");
    let better = english.split("better: ").nth(1).unwrap().split(';').next().unwrap();
    assert!(better.split(", ").any(|kpi| kpi == "sales cycle"), "{english}");
    assert!(english.contains("The alternative costs 5 k EUR once."), "{english}");
    assert!(english.contains("stages.offer.wait"), "{english}");
    let russian = screen("ru");
    for words in [
        "База: m",
        "sales_cycle",
        "Разовые затраты на вариант:",
        "Чем различаются модели",
        "Бонферрони",
        "п. п.",
    ] {
        assert!(russian.contains(words), "{words}: {russian}");
    }
}

/// What holds for the whole process is not repeated for its parts; a verdict on a part alone names the part.
#[test]
fn the_headline_says_of_what_each_verdict_is() {
    let model = format!("{}/models/functional-vs-process.yaml", env!("CARGO_MANIFEST_DIR"));
    let folder = folder(&[]);
    let compared = |more: &[&str]| {
        let arguments = ["compare", &model, "-n", "30", "--lang", "en"];
        voronka(folder.path(), &[&arguments, more].concat()).stdout
    };
    let list: Value = serde_json::from_str(&compared(&["--format", "json"])).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let mut expected = Vec::new();
    for (verdict, word) in [("better", "better"), ("worse", "worse"), ("changed", "different")] {
        let mut parts: Vec<(String, Option<Vec<String>>)> = Vec::new();
        for row in list["figures"].as_array().unwrap() {
            if text(row, "alternative") == text(&list["alternatives"][0], "name")
                && text(row, "verdict") == verdict
            {
                let kpi = text(row, "kpi").replace('_', " ");
                let group = text(row, "by");
                let group = group.split_once('=').map_or("", |(_, value)| value);
                let thing = [text(row, "name").as_str(), group].join(", ");
                let thing = thing.trim_matches([',', ' ']).to_owned();
                let is_known = parts.iter().position(|(known, _)| *known == kpi);
                let at = is_known.unwrap_or_else(|| {
                    parts.push((kpi, Some(Vec::new())));
                    parts.len() - 1
                });
                match &mut parts[at].1 {
                    whole if thing.is_empty() => *whole = None,
                    Some(things) if !things.contains(&thing) => things.push(thing),
                    _ => {}
                }
            }
        }
        let named = parts.into_iter().map(|(kpi, things)| match things {
            None => kpi,
            Some(things) => format!("{kpi} ({})", things.join(", ")),
        });
        let named: Vec<String> = named.collect();
        if !named.is_empty() {
            expected.push(format!("{word}: {}", named.join(", ")));
        }
    }
    let expected = format!("In the alternative: {}", expected.join("; "));
    let screen = compared(&[]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains(&expected), "{expected}\n{screen}");
    assert!(expected.contains(" ("), "a verdict is about a part alone: {expected}");
}

#[test]
fn diff_lists_every_value_that_differs() {
    let folder = folder(&[
        ("a.yaml", MODEL),
        ("b.yaml", &MODEL.replace("people: 3", "people: 4").replace("cost: 10", "cost: 12")),
    ]);
    let diff = |arguments: &[&str]| -> Value {
        let answer = voronka(folder.path(), &[&["diff", "--format", "json"], arguments].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        serde_json::from_str(&answer.stdout).unwrap()
    };
    let found = diff(&["a.yaml", "b.yaml"]);
    let rows: Vec<(&str, &str, &str)> = found["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["path"].as_str().unwrap(),
                row["base"].as_str().unwrap(),
                row["alternative"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(rows, [("roles.seller.people", "3", "4"), ("sources.site.cost", "10", "12")]);
    assert_eq!(diff(&["a.yaml", "--scenario", "one less"])["changes"][0]["alternative"], "2");
    assert_eq!(diff(&["a.yaml", "a.yaml"])["changes"], serde_json::json!([]));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let plain = MODEL.split("scenarios").next().unwrap();
    let folder = folder(&[
        ("m.yaml", MODEL),
        ("plain.yaml", plain),
        ("bad.yaml", "stages: {a: {next: b}}\n"),
    ]);
    let of = |arguments: &[&str]| {
        let answer = voronka(folder.path(), &[&["compare"], arguments].concat());
        (answer.code, answer.stdout, answer.stderr)
    };
    let (code, stdout, stderr) = of(&["plain.yaml"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("nothing to compare it with"), "{stderr}");
    fs::write(folder.path().join("usd.yaml"), plain.replace("EUR", "USD")).unwrap();
    let (code, _, stderr) = of(&["m.yaml", "usd.yaml"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("`EUR` and `USD`"), "{stderr}");
    fs::write(folder.path().join("longer.yaml"), plain.replace("6 months", "9 months")).unwrap();
    let (code, stdout, _) = of(&["plain.yaml", "longer.yaml", "-n", "10"]);
    assert_eq!(code, 0);
    assert!(stdout.contains("Their windows differ"), "{stdout}");
    assert_eq!(of(&["m.yaml", "bad.yaml"]).0, 1);
    assert_eq!(of(&["m.yaml", "missing.yaml"]).0, 2);
    assert_eq!(of(&["m.yaml", "--scenario", "fastr"]).0, 1);
    assert_eq!(of(&["m.yaml", "plain.yaml", "--scenario", "faster"]).0, 2);
}

#[test]
fn the_numbers_of_the_sentences_are_those_of_the_rows() {
    let folder = folder(&[("m.yaml", MODEL)]);
    let found = document(folder.path(), &["m.yaml", "--scenario", "faster"]);
    let rows = found["figures"].as_array().unwrap();
    let arguments = ["compare", "m.yaml", "-n", "60", "--scenario", "faster", "--lang", "en"];
    let screen = voronka(folder.path(), &arguments).stdout;
    let screen = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let same = rows.iter().filter(|row| row["verdict"] == "not beyond chance").count();
    assert!(screen.contains(&format!("no difference beyond chance: {same} figures.")), "{screen}");
    assert!(
        screen.contains(&format!("Verdicts hold for all {} figures together", rows.len())),
        "{screen}"
    );
    let mut factors: Vec<f64> =
        rows.iter().filter_map(|row| row["variance_reduction"].as_f64()).collect();
    factors.sort_by(f64::total_cmp);
    let middle = factors[factors.len() / 2];
    let said =
        screen.split("the variance of a difference by ").nth(1).unwrap().split(' ').next().unwrap();
    let said: f64 = said.parse().unwrap();
    assert!((said - middle).abs() < 0.6, "{said} {middle}");
    for verdict in ["better", "worse"] {
        let mut kpis: Vec<String> = Vec::new();
        for row in rows.iter().filter(|row| row["verdict"] == verdict) {
            let kpi = row["kpi"].as_str().unwrap().replace('_', " ");
            if !kpis.contains(&kpi) {
                kpis.push(kpi);
            }
        }
        let listed = format!("{verdict}: {}", kpis.join(", "));
        assert!(kpis.is_empty() || screen.contains(&listed), "{listed}: {screen}");
    }
}

#[test]
fn a_folder_holds_charts_that_its_document_lists() {
    let folder = folder(&[("m.yaml", MODEL)]);
    let run = |language: &str, more: &[&str]| {
        let arguments = ["compare", "m.yaml", "-n", "20", "--lang", language, "-o", "out"];
        let answer = voronka(folder.path(), &[&arguments, more].concat());
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let read = |entry: fs::DirEntry| {
            (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())
        };
        let files = fs::read_dir(folder.path().join("out")).unwrap();
        files.map(|entry| read(entry.unwrap())).collect::<BTreeMap<String, Vec<u8>>>()
    };
    let one = ["--scenario", "faster"];
    let russian = run("ru", &one);
    let stems = ["bookings", "difference", "funnel", "map"];
    let charts = stems
        .iter()
        .flat_map(|stem| ["png", "svg"].map(|ending| format!("compare-{stem}.{ending}")));
    let expected: Vec<String> =
        charts.chain(["compare.csv", "compare.json"].map(str::to_owned)).collect();
    assert!(russian.keys().eq(&expected), "{:?}", russian.keys());
    let list: Value = serde_json::from_slice(&russian["compare.json"]).unwrap();
    let mut listed: Vec<&str> = list["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["name"].as_str().unwrap())
        .collect();
    listed.sort_unstable();
    assert!(listed.iter().eq(expected.iter().filter(|name| *name != "compare.json")));
    for (stem, words) in [
        ("bookings", "сумма продаж с начала периода"),
        ("difference", "цикл продажи в среднем"),
        ("funnel", "Выиграно"),
        ("map", "База:"),
    ] {
        let svg = String::from_utf8(russian[&format!("compare-{stem}.svg")].clone()).unwrap();
        assert!(svg.contains(words), "{stem}: {words}");
    }
    // The same bytes twice; other files take their place as a set.
    assert_eq!(run("ru", &[&one[..], &["--force"]].concat()), russian);
    let english = run("en", &["--force", "--chart-format", "svg", "--kpi", "win_rate"]);
    let expected: Vec<String> = ["", "-2", "-3"]
        .iter()
        .flat_map(|at| ["difference", "map"].map(|stem| format!("compare-{stem}{at}.svg")))
        .chain(["compare-bookings.svg", "compare-funnel.svg"].map(str::to_owned))
        .chain(["compare.csv", "compare.json"].map(str::to_owned))
        .collect();
    let mut expected: Vec<&String> = expected.iter().collect();
    expected.sort();
    assert!(english.keys().eq(expected), "{:?}", english.keys());
    // A chart that is there is refused before anything is simulated.
    fs::remove_file(folder.path().join("out/compare.csv")).unwrap();
    fs::remove_file(folder.path().join("out/compare.json")).unwrap();
    let again = voronka(folder.path(), &["compare", "m.yaml", "-n", "20", "-o", "out"]);
    assert_eq!(again.code, 3, "{}", again.stderr);
    assert!(again.stderr.contains("compare-"), "{}", again.stderr);
}
