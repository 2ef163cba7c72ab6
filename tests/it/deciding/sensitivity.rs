//! `voronka sensitivity`: sentences follow from the changes, and the same command gives the same bytes.

use tempfile::TempDir;
use voronka::kpi::{Direction, Kpi};
use voronka::model::{Model, TEMPLATES, load};
use voronka::report::phrase::{Finding, Phrase, Sensing, Shift};
use voronka::report::{Block, Number, sensitivity as screen, sensitivity_charts};
use voronka::study::difference::Verdict;
use voronka::study::failure::Failure;
use voronka::study::sensitivity::{
    Change, Effect, Parameter, Sensitivity, one_more, options, sensitivity, tornado, usual,
};
use voronka::study::simulate::{Options, Progress, observe};

use super::{column, files_in, model_in, printed, rows, shipped, voronka};

fn studied(name: &str, replications: u64) -> Sensitivity {
    let template = TEMPLATES.iter().find(|template| template.name == name).unwrap();
    let model: Model = load("m.yaml", template.english, &[], None).model.unwrap();
    let objectives = usual(&model);
    let base = Options { replications, ..Options::default() };
    let options = options(base, &objectives);
    let trials: Vec<_> = tornado(&model, 0.1).into_iter().chain(one_more(&model)).collect();
    let observe = |model: &Model, options: &Options| observe(model, options, &Progress::default());
    sensitivity::<Failure>(&model, &trials, &objectives, &options, observe).unwrap()
}

/// The changes of a figure at all ends of bars.
fn ends(found: &Sensitivity, at: usize) -> Vec<(&Effect, Change)> {
    let effects = found.bars.iter().flat_map(|bar| bar.ends.iter().flatten());
    effects.filter_map(|effect| Some((effect, effect.changes[at]?))).collect()
}

/// How much better a figure is; negative if it is worse.
fn gain(found: &Sensitivity, at: usize, change: &Change) -> f64 {
    let value = change.absolute.value.unwrap();
    if found.figures[at].key.good() == Direction::Down { -value } else { value }
}

fn lines(found: &Sensitivity) -> Vec<Sensing> {
    let lines = screen(found, false).into_iter().filter_map(|block| match block {
        Block::Line(Phrase::Sensing(line)) => Some(*line),
        _ => None,
    });
    lines.collect()
}

fn per_month(found: &Sensitivity, number: &Number, at: usize) -> f64 {
    let is_total = found.figures[at].key.kpi == Kpi::Bookings;
    let days = (found.program.window.end - found.program.window.start).days();
    if is_total { number.value * days / 30.4375 } else { number.value }
}

/// Of two shipped models: the best change that each sentence names is the best of all, what it says
/// it gains is what the change has, and no parameter that is said not to matter does.
#[test]
fn sentences_are_derived_from_the_changes() {
    for name in ["push-pull", "five-elements"] {
        let found = studied(name, 5);
        let lines = lines(&found);
        let firsts: Vec<&Sensing> = lines
            .iter()
            .filter(|line| matches!(line, Sensing::First(_) | Sensing::NoGain))
            .collect();
        assert_eq!(firsts.len(), found.objectives, "{name}");
        for (at, first) in firsts.into_iter().enumerate() {
            let better = |of_reasons: bool| {
                let ends = ends(&found, at).into_iter().filter(move |(effect, change)| {
                    change.verdict == Verdict::Better
                        && matches!(effect.parameter, Parameter::Reason(_)) == of_reasons
                });
                ends.map(|(_, change)| change).collect::<Vec<Change>>()
            };
            let best =
                better(false).iter().map(|change| gain(&found, at, change)).fold(0.0, f64::max);
            match first {
                Sensing::First(gains) => {
                    let told: Vec<f64> = gains
                        .iter()
                        .map(|(_, _, gain)| per_month(&found, gain, at).abs())
                        .collect();
                    assert!((told[0] - best).abs() < 1e-6 * best, "{name} {at}: {told:?} {best}");
                    assert!(
                        told.windows(2).all(|pair| pair[0] >= pair[1]),
                        "{name} {at}: {told:?}"
                    );
                }
                _ => assert!(better(false).is_empty(), "{name} {at}"),
            }
        }
        for line in &lines {
            if let Sensing::Bottleneck { role, change, .. } = line {
                let people = found.one_more.iter().filter(|effect| effect.parameter.is_of_people());
                let gains = people.map(|effect| (effect, effect.changes[0].unwrap()));
                let best =
                    gains.max_by(|a, b| gain(&found, 0, &a.1).total_cmp(&gain(&found, 0, &b.1)));
                let (effect, best) = best.unwrap();
                assert_eq!(effect.parameter, Parameter::People(role.clone()));
                assert_eq!(best.verdict, Verdict::Better);
                let value = per_month(&found, change, 0);
                assert!((value - best.absolute.value.unwrap()).abs() < 1e-6 * value.abs());
            }
        }
        for at in 0..found.objectives {
            let idle = found.idle(at);
            for (effect, change) in ends(&found, at) {
                let is_idle = idle.contains(&&effect.parameter);
                assert!(
                    !is_idle || change.verdict == Verdict::NotBeyondChance,
                    "{name} {effect:?}"
                );
            }
        }
    }
}

#[test]
fn the_title_of_a_tornado_is_its_greatest_bar() {
    let found = studied("push-pull", 5);
    for (at, drawn) in sensitivity_charts(&found).iter().enumerate() {
        let (Finding::Sensing(title), _) = drawn.chart.head() else { panic!("{drawn:?}") };
        let largest = |of_reasons: bool| {
            let certain = ends(&found, at).into_iter().filter(|(effect, change)| {
                change.verdict != Verdict::NotBeyondChance
                    && matches!(effect.parameter, Parameter::Reason(_)) == of_reasons
            });
            certain.map(|(_, change)| change.absolute.value.unwrap().abs()).fold(0.0, f64::max)
        };
        let greatest = largest(false);
        match &**title {
            Sensing::Most { less, more, beside_reasons, .. } => {
                // The title says so where the bar of a reason is longer.
                assert_eq!(*beside_reasons, largest(true) > greatest, "{at}");
                let ends = [less, more].into_iter().flatten();
                let told = ends.map(|end| per_month(&found, end, at).abs()).fold(0.0, f64::max);
                assert!((told - greatest).abs() < 1e-6 * greatest, "{at}: {told} {greatest}");
            }
            Sensing::Nothing(_) => assert_eq!(greatest, 0.0),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn rows_of_the_table_are_the_runs_with_the_same_change() {
    let model = shipped("examples/deal.yaml");
    let same = ["-n", "20", "--seed", "5", "--format", "csv"];
    let vary = ["--vary", "sources.site.rate=18/week..22/week", "--kpi", "throughput"];
    let all = rows(&printed(&[&["sensitivity", &model], &vary[..], &same].concat()));
    let [kpi, change, base, difference] =
        ["kpi", "change", "base", "difference"].map(|title| column(&all, title));
    let value = |set: &[&str]| -> f64 {
        let run = ["run", &model, "--kpi", "throughput"];
        let run = rows(&printed(&[&run[..], set, &same].concat()));
        let [scope, stat, value] = ["scope", "stat", "value"].map(|title| column(&run, title));
        let row = run.iter().find(|row| row[scope].is_empty() && row[stat] == "sales").unwrap();
        row[value].parse().unwrap()
    };
    let now = value(&[]);
    let changed: Vec<&Vec<String>> =
        all[1..].iter().filter(|row| row[kpi] == "throughput").collect();
    assert_eq!(changed.len(), 2, "{all:?}");
    for row in changed {
        let after = value(&["--set", &format!("sources.site.rate={}", row[change])]);
        let [base, difference] = [base, difference].map(|at| row[at].parse::<f64>().unwrap());
        assert!((base - now).abs() < 1e-9, "{base} {now}");
        assert!((after - now - difference).abs() < 1e-9, "{after} {now} {difference}");
    }
}

#[test]
fn the_same_command_gives_the_same_files() {
    let model = shipped("models/ru/sale-5-stages.yaml");
    let folder = TempDir::new().unwrap();
    let write = |name: &str, threads: &str| {
        let out = folder.path().join(name);
        let out = out.to_str().unwrap().to_owned();
        let common = ["sensitivity", &model, "-n", "3", "--seed", "2", "--lang", "ru"];
        let screen = printed(&[&common[..], &["--threads", threads, "-o", &out]].concat());
        (screen, files_in(&out))
    };
    let (screen, files) = write("a", "1");
    let other = write("b", "2");
    assert_eq!((&screen, &files), (&other.0, &other.1));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in
        ["sensitivity.csv", "sensitivity.json", "tornado-bookings.svg", "tornado-sales-cycle.png"]
    {
        assert!(names.contains(&name), "{names:?}");
    }
    let json = files.iter().find(|(name, _)| name == "sensitivity.json").unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json.1).unwrap();
    assert_eq!(json["files"].as_array().unwrap().len(), files.len() - 1);
    assert!(screen.contains("эластичность") && screen.contains("Что даст ещё один человек"));
    let svg = files.iter().find(|(name, _)| name == "tornado-bookings.svg").unwrap();
    assert!(String::from_utf8_lossy(&svg.1).contains("сильнее всего влияет"));
}

#[test]
fn what_cannot_be_varied_is_refused() {
    let folder = TempDir::new().unwrap();
    let model = model_in(&folder, "stages: {a: {wait: 1d, next: 40%}}\n");
    for (arguments, says) in [
        (vec!["--vary", "stages.a.wait=1d"], "two different ends"),
        (vec!["--vary", "stages.b.wait=1d..2d"], "stages.b"),
        (vec!["--vary", "stages.a.wait=1d..2d", "--vary", "stages.a.wait=1d..3d"], "varied twice"),
        (vec!["--kpi", "intake"], "good direction"),
        (vec!["--by", "100%"], "between 0 and 1"),
        (
            vec!["--method", "sobol", "--vary", "stages.a.next=50%..150%", "--samples", "3"],
            "not a valid model",
        ),
    ] {
        let output = voronka(&[&["sensitivity", &model], &arguments[..]].concat());
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && errors.contains(says), "{arguments:?}: {errors}");
    }
}

/// What theory knows of both models needs no replications, and has no ±.
#[test]
fn a_model_without_people_is_not_simulated() {
    let folder = TempDir::new().unwrap();
    let model = model_in(
        &folder,
        "value: 100\nstages: {a: {wait: 1d, next: 40%}, b: {wait: 2d, next: 50%}}\n",
    );
    let common = ["sensitivity", &model, "--kpi", "conversion,duration"];
    let text = printed(&common);
    assert!(
        text.contains("computed without simulation") && !text.contains("replications"),
        "{text}"
    );
    assert!(!text.contains('±') || text.matches('±').count() == 2, "only in explanations: {text}");
    for method in ["morris", "sobol"] {
        let text = printed(&[&common[..], &["--method", method, "--samples", "4"]].concat());
        assert!(text.contains("without simulation") && text.contains("Matters most"), "{text}");
    }
}

/// Numbers of a shift are told as changes.
#[test]
fn a_shift_has_the_sign_of_its_change() {
    use voronka::render::words::{Language, text};
    let told = |shift: Shift| {
        let change = Sensing::Change(Parameter::Work("x".to_owned()), shift);
        text(&change.into(), Language::English)
    };
    assert_eq!(told(Shift::Times(1.1)), "work in x +10 %");
    assert_eq!(told(Shift::Times(0.5)), "work in x −50 %");
    assert_eq!(told(Shift::Hours(-1.0)), "work in x −1 h");
    assert_eq!(told(Shift::Points(0.01)), "work in x +1 pp");
    assert_eq!(told(Shift::People(-2)), "work in x −2");
}
