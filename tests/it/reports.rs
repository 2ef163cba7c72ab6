//! A report is completely in the language of the reader, with Russian and with English names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use voronka::kpi::Row;
use voronka::model::{Model, load};
use voronka::render::chart::{Size, svg};
use voronka::render::words::{Language, Piece, say};
use voronka::report::phrase::Phrase;
use voronka::report::{
    Block, CHARTS, Cell, Context, Title, charts, main_rows, screen, selection, solution,
};
use voronka::study::cross_check::{compare, theory};
use voronka::study::simulate::{Options, Progress, run};
use voronka::study::solve::{Options as SolveOptions, solve};

/// Words that are the same in Russian: terms of the field, options, keys of a condition.
const SAME: [&str; 10] = ["CAC", "CSV", "KPI", "M", "G", "c", "n", "seed", "when", "after"];

/// Every shipped model of a folder, sorted by name.
fn models(folder: &str) -> Vec<(String, Model)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| crate::models::is_model_file(path));
    let mut models: Vec<(String, Model)> = paths
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name.clone(), load(&name, &text, &[], Some(&folder)).model.unwrap())
        })
        .collect();
    models.sort_by(|a, b| a.0.cmp(&b.0));
    models
}

/// All phrases of some blocks.
fn phrases(blocks: &[Block]) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(phrase) | Block::Line(phrase) => phrases.push(phrase.clone()),
            Block::Model(_) => {}
            Block::Table(table) => {
                let titles = table.columns.iter().filter_map(|column| match &column.title {
                    Title::Phrase(phrase) => Some(phrase.clone()),
                    Title::Empty | Title::Word(_) => None,
                });
                phrases.extend(titles);
                let cells = table.rows.iter().flatten();
                phrases.extend(cells.filter_map(|cell| match cell {
                    Cell::Phrase(phrase) => Some(phrase.clone()),
                    _ => None,
                }));
            }
        }
    }
    phrases
}

/// Latin words outside backticks.
fn latin(text: &str) -> BTreeSet<String> {
    let outside: String = text.split('`').step_by(2).collect();
    let words = outside.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let is_latin = |word: &&str| word.chars().any(|letter| letter.is_ascii_alphabetic());
    let words = words.filter(is_latin).filter(|word| !SAME.contains(word));
    // Quantiles, codes of KPIs and names of keys.
    let is_code = |word: &&str| {
        word.contains('_') || word.strip_prefix('p').is_some_and(|rest| rest.parse::<f64>().is_ok())
    };
    words.filter(|word| !is_code(word)).map(str::to_owned).collect()
}

/// The reports of a model: the screen, a selection of KPIs, the solution, the titles of its charts.
fn everything(model: &Model) -> Vec<Phrase> {
    let options = Options { replications: 6, weekly: true, seed: 3, ..Options::default() };
    let simulation = run(model, &options, &Progress::default()).unwrap();
    let context = Context {
        defaults: model.defaults.clone(),
        by: vec!["stage".to_owned(), "source".to_owned()],
        model: "model.yaml".to_owned(),
        cross_check: compare(&simulation, &theory(&simulation)),
        ..Context::default()
    };
    let mut all = phrases(&screen(&simulation, &context));
    let rows: Vec<&Row> = simulation.rows.iter().collect();
    all.extend(phrases(&selection(&simulation, &rows, Some("voronka solve"))));
    let solved = solve(model, &SolveOptions::default()).unwrap();
    all.extend(phrases(&solution(&solved, &main_rows(&solved))));
    for chart in charts(model, &simulation, &CHARTS) {
        let (title, subtitle) = chart.head();
        all.push(title.clone().into());
        all.extend(subtitle.iter().cloned());
    }
    all
}

#[test]
fn no_sentence_of_a_report_is_half_translated() {
    for (name, model) in models("models").into_iter().chain(models("models/ru")) {
        for phrase in everything(&model) {
            let pieces = say(&phrase, Language::Russian);
            let words = pieces.iter().filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.as_str()),
                Piece::Name(_) | Piece::Code(_) | Piece::Number(_) => None,
            });
            let found: BTreeSet<String> = words.flat_map(latin).collect();
            assert!(found.is_empty(), "{name}: {found:?} in {pieces:?}");
        }
    }
}

#[test]
fn both_languages_say_the_same_numbers_names_and_commands() {
    for (name, model) in models("models") {
        for phrase in everything(&model) {
            let told = |language| -> Vec<String> {
                let pieces = say(&phrase, language);
                let mut told: Vec<String> = pieces
                    .into_iter()
                    .filter(|piece| !matches!(piece, Piece::Text(_)))
                    .map(|piece| format!("{piece:?}").replace(['“', '”', '«', '»'], ""))
                    .collect();
                told.sort();
                told
            };
            let [english, russian] = Language::ALL.map(told);
            assert_eq!(english, russian, "{name}: {phrase:?}");
        }
    }
}

#[test]
fn pictures_of_russian_models_have_russian_words_only() {
    for (name, model) in models("models/ru") {
        let options = Options { replications: 6, weekly: true, seed: 3, ..Options::default() };
        let simulation = run(&model, &options, &Progress::default()).unwrap();
        let currency = &simulation.program.currency;
        let names: String =
            fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/ru").join(&name))
                .unwrap();
        for chart in charts(&model, &simulation, &CHARTS) {
            let drawn = svg(&chart, Size::Slide, Language::Russian).unwrap();
            let texts = drawn.split("<text").skip(1).filter_map(|text| {
                let text = text.split_once('>')?.1;
                let text = text.split("</text>").next()?.trim();
                Some(text.replace("&gt;", ">").replace("&lt;", "<"))
            });
            for text in texts {
                let found = latin(&text);
                let ours = |word: &&String| *word != currency && !names.contains(word.as_str());
                let ours: Vec<&String> = found.iter().filter(ours).collect();
                let file = chart.name().file_stem();
                assert!(ours.is_empty(), "{name}, {file}: {ours:?} in {text:?}");
            }
        }
    }
}
