//! The title of a chart is derived again from its data, for every shipped model and for small
//! unusual ones; and the same quantity has the same figure in all charts and tables.

mod figures;
mod titles;

use std::fs;
use std::path::Path;

use voronka::model::{Model, load};
use voronka::render::chart::{Size, png, svg};
use voronka::render::words::{self, Language, Piece, say};
use voronka::report::chart::Chart;
use voronka::report::phrase::Phrase;
use voronka::report::{CHARTS, charts};
use voronka::study::simulate::{Options, Progress, Simulation, run};

/// Small models in which something is missing or unusual.
const ODD: [(&str, &str); 9] = [
    (
        "three stages",
        "sources: {s: {rate: 9/week}}\nvalue: 100\n\
         stages: {a: {wait: 1d, next: 40%}, b: {wait: 5d, next: 50%}, c: {wait: 9d, next: 60%}}",
    ),
    (
        "one deal",
        "sources: {s: {every: 1h, count: 1}}\nhorizon: 3 months\nvalue: 10\n\
         stages: {a: {wait: 1d, next: b}, b: {wait: 1d, next: won}}",
    ),
    (
        "no wins, nothing booked",
        "sources: {s: {rate: 3/week}}\nvalue: 10\n\
         stages: {a: {wait: 1d, next: {b: 50%, lost: rest}}, b: {wait: 400d, next: 50%}}",
    ),
    (
        "skipped stages",
        "sources: {s: {rate: 30/week}}\nwarmup: 8 weeks\nstages:\n  \
         lead: {wait: 1d, next: {offer: 60%, lost: {price: 10%, silence: rest}}}\n  \
         offer: {wait: 3d, next: {legal: 5%, contract: 45%, won: 5%, lost: rest}}\n  \
         legal: {wait: 5d, next: contract}\n  \
         contract: {wait: 2d, next: {won: 80%, offer: 5%, lost: rest}}",
    ),
    (
        "patience and an overload",
        "start: 2024-01-01\nhorizon: 6 months\nsources: {s: {every: 40 min}}\n\
         calendars: {all: {hours: {mon-sun: \"00:00-24:00\"}}}\nroles: {r: {people: 1}}\n\
         stages: {a: {work: {role: r, time: 1h}, patience: {time: 48h, lost: gone}, \
         next: {won: 85%, lost: {price: rest}}}}",
    ),
    (
        "a queue that grows",
        "horizon: 6 months\nsources: {s: {every: 1h}}\nroles: {r: {people: 1}}\n\
         stages: {a: {work: {role: r, time: 1h}, next: 30%}}",
    ),
    (
        "a limit of visits",
        "sources: {s: {rate: 20/week}}\nstages:\n  \
         a: {wait: 2d, max_visits: {count: 2, lost: too often}, next: {a: 30%, b: 40%, lost: rest}}\n  \
         b: {wait: 2d, next: {a: 20%, won: 40%, lost: {price: rest}}}",
    ),
    (
        "clients who come back",
        "sources: {s: {rate: 5/week}}\nhorizon: 18 months\nstages:\n  \
         offer: {wait: 9d, next: {sale: 40%, lost: {price: rest}}}\n  \
         sale: {sale: true, phase: client, wait: 90d, next: {offer: 60%, lost: {gone: rest}}}",
    ),
    (
        "nobody comes",
        "start: 2024-01-01\nhorizon: 3 months\nsources: {s: {rate: 3/week, from: 2026-01-01}}\nvalue: 10\n\
         roles: {r: {people: 1}}\nstages: {a: {work: {role: r, time: 1h}, next: 50%}}",
    ),
];

fn simulate(model: &Model) -> Simulation {
    let options = Options { replications: 12, weekly: true, seed: 5, ..Options::default() };
    run(model, &options, &Progress::default()).unwrap()
}

/// Every shipped model, every unusual one, and one with twenty stages and long Cyrillic names.
fn each(check: impl Fn(&str, &Model, &Simulation, Vec<Chart>)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut models: Vec<(String, Model)> = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() || path.to_string_lossy().ends_with(".test.yaml") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        models.push((name.clone(), load(&name, &text, &[], Some(&folder)).model.unwrap()));
    }
    models.sort_by(|a, b| a.0.cmp(&b.0));
    let mut twenty =
        "sources: {сайт: {rate: 20/week}}\nroles: {юристы и экономисты: {people: 2}}\n\
                      value: 1000\nstages:\n"
            .to_owned();
    for at in 1..=20 {
        twenty += &format!(
            "  \"Согласование условий договора с юридическим отделом заказчика, {at}\": \
             {{work: {{role: юристы и экономисты, time: 20 min}}, wait: 1d, next: 90%}}\n"
        );
    }
    let odd = ODD.iter().copied().chain([("twenty stages", twenty.as_str())]);
    models.extend(odd.map(|(name, text)| {
        let loaded = load("model.yaml", text, &[], None);
        (
            name.to_owned(),
            loaded.model.unwrap_or_else(|| panic!("{name}: {:?}", loaded.diagnostics)),
        )
    }));
    for (name, model) in models {
        let simulation = simulate(&model);
        let charts = charts(&model, &simulation, &CHARTS);
        check(&name, &model, &simulation, charts);
    }
}

/// The numbers in a phrase, unrounded.
fn numbers<P: Clone + Into<Phrase>>(phrase: &P) -> Vec<f64> {
    let number = |piece: &Piece| match piece {
        Piece::Number(number) => Some(number.value),
        _ => None,
    };
    say(&phrase.clone().into(), Language::English).iter().filter_map(number).collect()
}

/// A phrase in English.
fn text<P: Clone + Into<Phrase>>(phrase: &P) -> String {
    words::text(&phrase.clone().into(), Language::English)
}

#[track_caller]
fn same(name: &str, found: &[f64], derived: &[f64]) {
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * b.abs().max(1e-9);
    let all = found.len() == derived.len() && found.iter().zip(derived).all(near);
    assert!(all, "{name}: {found:?}, derived {derived:?}");
}

#[test]
fn every_picture_is_drawn_in_both_formats() {
    each(|name, _, _, charts| {
        assert!(charts.len() >= 4, "{name}");
        for chart in &charts {
            let text = svg(chart, Size::Slide, Language::English).unwrap();
            assert!(!text.contains("NaN") && !text.contains("inf "), "{name}");
            assert!(
                png(chart, Size::Slide, Language::English).unwrap().starts_with(b"\x89PNG"),
                "{name}"
            );
        }
    });
}
