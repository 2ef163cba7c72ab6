//! The sentence above a picture is derived again from the data of the picture, for every shipped model and for
//! small odd ones; and one thing has one figure in all pictures and tables.

use std::fs;
use std::path::Path;

use voronka::kpi::{Key, Kpi, Scope, Stat};
use voronka::model::{Model, load};
use voronka::render::chart::{png, svg};
use voronka::report::chart::{
    BarsChart, Chart, Column, ColumnsChart, FunnelChart, FunnelStage, LoadChart, MapChart,
    StripsChart,
};
use voronka::report::{CHARTS, Cause, Cell, NodeKind, Transition, Words, charts};
use voronka::study::TimelineMeasure;
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

/// Every shipped model, every odd one, and one of twenty stages with long Cyrillic names.
fn each(check: impl Fn(&str, &Model, &Simulation, Vec<Chart>)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
    let mut models: Vec<(String, Model)> = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
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

fn numbers(words: &Words) -> Vec<f64> {
    let number = |cell: &Cell| match cell {
        Cell::Number { value, .. } => Some(*value),
        _ => None,
    };
    words.iter().filter_map(number).collect()
}

fn text(words: &Words) -> String {
    let word = |cell: &Cell| match cell {
        Cell::Text(text) | Cell::Name(text) | Cell::Code(text) => text.clone(),
        Cell::Number { value, .. } => value.to_string(),
        _ => String::new(),
    };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn same(name: &str, found: &[f64], derived: &[f64]) {
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * b.abs().max(1e-9);
    let all = found.len() == derived.len() && found.iter().zip(derived).all(near);
    assert!(all, "{name}: {found:?}, derived {derived:?}");
}

#[test]
fn the_title_of_every_picture_follows_from_its_data() {
    each(|name, _, simulation, charts| {
        for chart in &charts {
            let name = &format!("{name}, {}", chart.file_stem());
            match chart {
                Chart::Funnel(chart) => funnel(name, chart),
                Chart::Cycle(chart) => {
                    let days: Vec<f64> = chart.marks.iter().map(|mark| mark.days).collect();
                    let found = numbers(&chart.title);
                    assert!(found.is_empty() == days.is_empty(), "{name}");
                    assert!(found.iter().all(|found| days.contains(found)), "{name}");
                    // The bins say the same as the marks.
                    for (mark, p) in chart.marks.iter().zip([0.5, 0.9]) {
                        let upto = chart.bins.iter().filter(|bin| bin.to < mark.value);
                        let below: f64 = upto.map(|bin| bin.share).sum();
                        assert!(below <= p + 1e-3, "{name}: {below} below {}", mark.label);
                    }
                }
                Chart::Load(chart) => load_chart(name, chart, simulation),
                Chart::Bars(chart) if chart.stem == "losses" => losses(name, chart),
                Chart::Bars(chart) => split(name, chart),
                Chart::Columns(chart) if chart.stem == "in-progress" => {
                    progress(name, chart, simulation);
                }
                Chart::Columns(chart) if chart.stem == "bookings" => {
                    bookings(name, chart, simulation);
                }
                Chart::Columns(chart) => arrivals(name, chart),
                Chart::Strips(chart) => strips(name, chart),
                Chart::Map(chart) => map(name, chart),
            }
        }
    });
}

fn funnel(name: &str, chart: &FunnelChart) {
    let lost: Vec<f64> = chart.stages.iter().map(FunnelStage::lost).collect();
    let all: f64 = lost.iter().sum();
    let worst = lost.iter().copied().fold(0.0, f64::max);
    let derived = if worst > 0.0 { vec![worst / all] } else { vec![] };
    same(name, &numbers(&chart.title), &derived);
    if worst > 0.0 {
        let at = lost.iter().position(|other| *other == worst).unwrap();
        assert!(text(&chart.title).starts_with(&chart.stages[at].label), "{name}");
    }
}

fn losses(name: &str, chart: &BarsChart) {
    let counts: Vec<f64> = chart.rows.iter().map(|row| row.parts[0]).collect();
    let all: f64 = counts.iter().sum();
    let running = |upto: usize| counts[..upto].iter().sum::<f64>() / all;
    for (at, row) in chart.rows.iter().enumerate() {
        same(name, &numbers(&row.note[0]), &[counts[at] / all]);
        same(name, &numbers(&row.note[1]), &[running(at + 1)]);
    }
    let title = text(&chart.title);
    let needed = (1..=counts.len()).find(|upto| running(*upto) >= 0.5 - 1e-12);
    match needed {
        None => assert_eq!(title, "No deal is lost", "{name}"),
        Some(1) if counts.len() == 1 => assert!(numbers(&chart.title).is_empty(), "{name}"),
        Some(1) => {
            same(name, &numbers(&chart.title), &[running(1)]);
            assert!(title.starts_with(&format!("“{}”", chart.rows[0].label)), "{name}: {title}");
        }
        Some(many) => {
            same(name, &numbers(&chart.title), &[running(many)]);
            let words = ["Two", "Three", "Four", "Five"];
            let word = words.get(many - 2).map_or_else(|| many.to_string(), ToString::to_string);
            assert!(title.starts_with(&format!("{word} reasons")), "{name}: {title}");
        }
    }
}

fn split(name: &str, chart: &BarsChart) {
    let part = |at: usize| chart.rows.iter().map(|row| row.parts[at]).sum::<f64>();
    let own = part(0) + part(1) + part(2);
    let derived = match chart.parts.len() {
        _ if own == 0.0 => vec![],
        4 => vec![part(3) / (own + part(3))],
        _ if part(1) >= 0.5 * own => vec![part(1) / own],
        _ => vec![part(0) / own, part(1) / own, part(2) / own],
    };
    same(name, &numbers(&chart.title), &derived);
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count().max(1) as f64
}

fn bookings(name: &str, chart: &ColumnsChart, simulation: &Simulation) {
    let full = || chart.columns.iter().filter(|column| column.full);
    let title = text(&chart.title);
    let found = numbers(&chart.title);
    if chart.columns.iter().all(|column| column.parts[0] == 0.0) {
        assert!(title.starts_with("Nothing is booked"), "{name}: {title}");
        assert_eq!(chart.nothing, "Nothing was booked in this window.");
    } else if title.ends_with("of all bookings") {
        let period = if title.contains("month") { "month" } else { "week" };
        let rows = simulation.timeline.rows.iter();
        let rows =
            rows.filter(|row| row.measure == TimelineMeasure::Bookings && row.period == period);
        let means: Vec<f64> = rows.map(|row| row.mean).collect();
        let most = means.iter().copied().fold(0.0, f64::max);
        same(name, &found, &[most / means.iter().sum::<f64>()]);
    } else if let Some(plan) = chart.plan {
        same(name, &found, &[mean(full().map(|column| column.parts[0])) / plan]);
    } else if title.starts_with("The best") {
        let means = full().map(|column| column.parts[0]);
        same(name, &found, &[means.clone().fold(0.0, f64::max) / mean(means)]);
    } else if title.starts_with("Bookings hardly differ") {
        let means = full().map(|column| column.parts[0]);
        let (least, most) =
            (means.clone().fold(f64::INFINITY, f64::min), means.fold(0.0, f64::max));
        assert!(most < 1.15 * least, "{name}: {title}, {least} to {most}");
    } else if title.starts_with("In a bad") {
        assert!(mean(full().map(|column| column.band.unwrap().0)) == 0.0, "{name}: {title}");
    } else {
        assert!(title.starts_with("A good"), "{name}: {title}");
        let band = |column: &Column| column.band.unwrap();
        let good = mean(full().map(|column| band(column).1));
        same(name, &found, &[good / mean(full().map(|column| band(column).0))]);
    }
}

fn arrivals(name: &str, chart: &ColumnsChart) {
    let full = chart.columns.iter().filter(|column| column.full).map(|column| column.parts[0]);
    let all: f64 = chart.columns.iter().map(|column| column.parts[0]).sum();
    let derived = match mean(full.clone()) {
        _ if all == 0.0 => vec![],
        mean if mean >= 1.0 => vec![mean],
        _ => vec![all],
    };
    same(name, &numbers(&chart.title), &derived);
}

fn progress(name: &str, chart: &ColumnsChart, simulation: &Simulation) {
    let level =
        |column: &Column| -> f64 { column.parts[..column.parts.len() - chart.beside].iter().sum() };
    let levels: Vec<f64> = chart.columns.iter().map(level).collect();
    let clients = chart.columns.iter().map(|c| c.parts.iter().sum::<f64>() - level(c));
    let clients = mean(clients);
    let (first, last) = (levels[0], levels[levels.len() - 1]);
    let title = text(&chart.title);
    let mut found = numbers(&chart.title);
    if chart.beside > 0 && clients > 0.0 {
        same(name, &[found.pop().unwrap()], &[clients]);
    }
    if simulation.program.window.until_empty() {
        same(name, &found, &[levels.iter().copied().fold(0.0, f64::max)]);
    } else if title.starts_with("On average") {
        same(name, &found, &[mean(levels.iter().copied())]);
    } else {
        assert!(title.contains(if last > first { "grow" } else { "fall" }), "{name}: {title}");
        assert_eq!(found[0], first, "{name}");
        if title.contains("stay near it") {
            // A level that was reached: it is that of the last columns.
            let late = &levels[levels.len() * 3 / 4..];
            let near = |level: &f64| (level - found[1]).abs() <= 0.1 * found[1] + 1e-9;
            assert!(late.iter().all(near), "{name}: {title} {levels:?}");
        } else {
            assert_eq!(found[1], last, "{name}");
        }
    }
}

fn load_chart(name: &str, chart: &LoadChart, simulation: &Simulation) {
    let most = |of: fn(&voronka::report::chart::LoadRole) -> f64| {
        chart.roles.iter().map(of).fold(0.0, f64::max)
    };
    let asked = most(|role| role.asked);
    let busy = most(|role| role.busy);
    let over = asked > 1.0 && !simulation.program.window.until_empty();
    same(name, &numbers(&chart.title), &[if over { asked } else { busy }]);
    for role in &chart.roles {
        assert!(role.busy <= role.high && role.busy <= role.asked, "{name}: {role:?}");
    }
}

fn strips(name: &str, chart: &StripsChart) {
    let counts = |week: usize| chart.full[week] || !chart.full.contains(&true);
    let shares = chart.strips.iter().flat_map(|strip| strip.shares.iter().enumerate());
    let shares = shares.filter(|(week, _)| counts(*week)).filter_map(|(_, share)| *share);
    let most = shares.fold(0.0, f64::max);
    match numbers(&chart.title).as_slice() {
        [share] => same(name, &[*share], &[most]),
        _ => assert!(most > 0.98 || most == 0.0, "{name}: {}", text(&chart.title)),
    }
}

fn map(name: &str, chart: &MapChart) {
    let worst = chart.waits.iter().flatten().copied().fold(0.0, f64::max);
    let derived = if worst > 0.0 { vec![worst] } else { vec![] };
    same(name, &numbers(&chart.title), &derived);
    for from in 0..chart.map.nodes.len() {
        let ways = chart.map.transitions.iter().zip(&chart.shares);
        let of_visits =
            |way: &Transition| way.from == from && !matches!(way.cause, Cause::Limit(_));
        let shares: Vec<f64> =
            ways.filter(|(way, _)| of_visits(way)).filter_map(|(_, share)| *share).collect();
        let sum: f64 = shares.iter().sum();
        assert!(shares.is_empty() || (sum - 1.0).abs() < 1e-9, "{name}: {shares:?} from {from}");
    }
}

/// The value of a row of the tables.
fn value(simulation: &Simulation, key: &Key) -> f64 {
    simulation.value(key).unwrap_or(0.0)
}

#[test]
fn a_funnel_adds_up_and_agrees_with_the_tables() {
    each(|name, _, simulation, charts| {
        let program = &simulation.program;
        let Some(Chart::Funnel(chart)) = charts.iter().find(|chart| chart.file_stem() == "funnel")
        else {
            panic!("{name} has no funnel");
        };
        for (stage, drawn) in program.stages.iter().zip(&chart.stages) {
            let of = |kpi, stat| value(simulation, &Key::new(kpi, stat).stage(&stage.name));
            same(name, &[drawn.deals], &[of(Kpi::Visits, Stat::Total)]);
            let limited = stage.limit.is_some();
            if !limited {
                same(name, &[drawn.left()], &[of(Kpi::Visits, Stat::Left)]);
            }
            let from_empty = program.window.start.0 == 0;
            if from_empty && !limited {
                assert!(drawn.left() <= drawn.deals * (1.0 + 1e-9), "{name}: {drawn:?}");
                let rest = drawn.deals - drawn.left();
                let there = of(Kpi::OpenAtEnd, Stat::Count);
                assert!((rest - there).abs() < 1e-6 * drawn.deals.max(1.0), "{name}: {drawn:?}");
            }
            // "goes on" of the table is what is not lost here.
            let lost = drawn.lost() + drawn.churned;
            if drawn.left() > 0.0 && !limited {
                same(name, &[of(Kpi::StageConversion, Stat::On)], &[1.0 - lost / drawn.left()]);
            }
        }
        let lost: f64 = chart.stages.iter().map(FunnelStage::lost).sum();
        let of_reason = |reason: &voronka::program::Reason| {
            value(
                simulation,
                &Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, reason.label()),
            )
        };
        same(name, &[lost], &[program.reasons.iter().map(of_reason).sum()]);
        if program.window.until_empty() {
            let there: f64 = chart.stages.iter().map(FunnelStage::still_there).sum();
            assert_eq!(there, 0.0, "{name}: nobody is left");
        }
    });
}

#[test]
fn one_thing_has_one_figure_in_all_pictures_and_tables() {
    each(|name, _, simulation, charts| {
        for chart in &charts {
            match chart {
                Chart::Strips(chart) => {
                    for strip in &chart.strips {
                        let role = simulation.program.roles.iter().find(|r| r.title == strip.label);
                        let busy = value(
                            simulation,
                            &Key::new(Kpi::Utilization, Stat::Share).role(&role.unwrap().name),
                        );
                        same(name, &numbers(&strip.remark), &[busy]);
                    }
                }
                Chart::Load(chart) => {
                    for drawn in &chart.roles {
                        let role = simulation.program.roles.iter().find(|r| r.title == drawn.label);
                        let role = &role.unwrap().name;
                        let of = |kpi, stat| value(simulation, &Key::new(kpi, stat).role(role));
                        same(name, &[drawn.busy], &[of(Kpi::Utilization, Stat::Share)]);
                        let waits = [
                            of(Kpi::QueueTime, Stat::Mean),
                            of(Kpi::QueueTime, Stat::quantile(0.9)),
                        ];
                        let found = numbers(&drawn.note);
                        same(name, &found, &waits[..found.len()]);
                    }
                }
                Chart::Bars(chart) if chart.stem == "time-split-client" => {
                    let whole = [Stat::Processing, Stat::Queue, Stat::OffHours, Stat::Client];
                    let part = |at: usize| chart.rows.iter().map(|row| row.parts[at]).sum::<f64>();
                    for (at, stat) in whole.into_iter().enumerate() {
                        let name = format!("{name}, {stat}");
                        let all = value(simulation, &Key::new(Kpi::TimeInStage, stat));
                        same(&name, &[part(at)], &[all]);
                    }
                }
                _ => {}
            }
        }
    });
}

/// Patience is counted where it happens: a way out of a queue is as wide as the deals that took it.
#[test]
fn the_map_of_a_run_shows_what_happened_on_every_way() {
    each(|name, model, simulation, charts| {
        let Some(Chart::Map(chart)) = charts.iter().find(|chart| chart.file_stem() == "map") else {
            panic!("{name} has no map");
        };
        let sources = model.sources.len();
        for (at, stage) in simulation.program.stages.iter().enumerate() {
            let ways: Vec<usize> = (0..chart.map.transitions.len())
                .filter(|way| chart.map.transitions[*way].from == sources + at)
                .collect();
            let to = |kind: NodeKind| -> f64 {
                let ways = ways
                    .iter()
                    .filter(|way| chart.map.nodes[chart.map.transitions[**way].to].kind == kind);
                ways.filter_map(|way| chart.flows[*way]).sum()
            };
            if stage.limit.is_none() {
                let left = value(simulation, &Key::new(Kpi::Visits, Stat::Left).stage(&stage.name));
                let all: f64 = ways.iter().filter_map(|way| chart.flows[*way]).sum();
                same(&format!("{name}, {}", stage.name), &[all], &[left]);
                let on =
                    value(simulation, &Key::new(Kpi::StageConversion, Stat::On).stage(&stage.name));
                same(name, &[to(NodeKind::Lost)], &[left * (1.0 - on)]);
            }
        }
        if name == "patience and an overload" {
            let gone =
                value(simulation, &Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, "gone"));
            let price = value(
                simulation,
                &Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, "price"),
            );
            let flow = |reason: &str| {
                let way = chart.map.transitions.iter().position(|way| way.reasons == [reason]);
                chart.flows[way.unwrap()].unwrap()
            };
            same(name, &[flow("gone"), flow("price")], &[gone, price]);
            assert!(gone > price);
        }
    });
}

#[test]
fn every_picture_is_drawn_in_both_formats() {
    each(|name, _, _, charts| {
        assert!(charts.len() >= 4, "{name}");
        for chart in &charts {
            let text = svg(chart).unwrap();
            assert!(!text.contains("NaN") && !text.contains("inf "), "{name}");
            assert!(png(chart).unwrap().starts_with(b"\x89PNG"), "{name}");
        }
    });
}
