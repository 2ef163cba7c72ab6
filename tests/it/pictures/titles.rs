//! The title of every chart follows from its data.

use voronka::kpi::{Key, Kpi, Scope, Stat};
use voronka::report::chart::{
    BarsChart, Chart, ChartName, Column, ColumnsChart, FunnelChart, FunnelStage, GatheredChart,
    LoadChart, MapChart, StripsChart,
};
use voronka::report::phrase::{Caption, Phrase};
use voronka::report::{Cause, NodeKind, Transition};
use voronka::study::simulate::Simulation;
use voronka::study::{Period, TimelineMeasure};

use super::{each, numbers, same, text};

#[test]
fn the_title_of_every_picture_follows_from_its_data() {
    each(|name, _, simulation, charts| {
        for chart in &charts {
            let name = &format!("{name}, {}", chart.name().file_stem());
            match chart {
                Chart::Funnel(chart) => funnel(name, chart),
                Chart::Cycle(chart) => {
                    let days: Vec<f64> = chart.marks.iter().map(|mark| mark.days).collect();
                    let found = numbers(&chart.title);
                    assert!(found.is_empty() == days.is_empty(), "{name}");
                    assert!(found.iter().all(|found| days.contains(found)), "{name}");
                    // The bins agree with the marks.
                    for (mark, p) in chart.marks.iter().zip([0.5, 0.9]) {
                        let upto = chart.bins.iter().filter(|bin| bin.to < mark.value);
                        let below: f64 = upto.map(|bin| bin.share).sum();
                        assert!(below <= p + 1e-3, "{name}: {below} below {}", mark.label);
                    }
                }
                Chart::Load(chart) => load_chart(name, chart, simulation),
                Chart::Bars(chart) if chart.name == ChartName::Losses => losses(name, chart),
                Chart::Bars(chart) => split(name, chart),
                Chart::Columns(chart) if chart.name == ChartName::InProgress => {
                    progress(name, chart, simulation);
                }
                Chart::Columns(chart) if chart.name == ChartName::Bookings => {
                    bookings(name, chart, simulation);
                }
                Chart::Columns(chart) => arrivals(name, chart),
                Chart::Strips(chart) => strips(name, chart),
                Chart::Map(chart) => map(name, chart),
                Chart::Gathered(chart) if chart.name == ChartName::Cash => {
                    cash(name, chart, simulation);
                }
                Chart::Gathered(chart) => demand(name, chart, simulation),
                _ => unreachable!("a run has no chart of other studies"),
            }
        }
    });
}

/// The title says what the last points of the lines are, and they are the figures of the window.
fn cash(name: &str, chart: &GatheredChart, simulation: &Simulation) {
    let last = |at: usize| chart.lines[at].spots.last().unwrap().unwrap().value;
    let value = |kpi| simulation.value(&Key::new(kpi, Stat::Total)).unwrap();
    let (booked, paid) = (last(0), last(1));
    same(name, &[booked, paid], &[value(Kpi::Bookings), value(Kpi::CashIn)]);
    let derived = if booked == 0.0 { vec![] } else { vec![paid, booked] };
    same(name, &numbers(&chart.title), &derived);
    // Bad and good windows lie around a typical one, and bookings never fall.
    for spots in chart.lines.iter().map(|line| line.spots.iter().flatten()) {
        assert!(spots.clone().all(|spot| spot.ends[0] <= spot.ends[1]), "{name}");
    }
    let booked: Vec<f64> = chart.lines[0].spots.iter().flatten().map(|spot| spot.value).collect();
    assert!(booked.windows(2).all(|pair| pair[0] <= pair[1]), "{name}");
}

/// The title names the item that is short most often, or else the one that is needed most.
fn demand(name: &str, chart: &GatheredChart, simulation: &Simulation) {
    let items = simulation.program.items();
    let value = |item: &str, stat: Stat| {
        simulation.value(&Key::new(Kpi::Demand, stat).of(Scope::Item, item))
    };
    let most = |stat: Stat| {
        let values = items.iter().filter_map(|item| value(&item.name, stat.clone()));
        values.fold(f64::NEG_INFINITY, f64::max)
    };
    let title = text(&chart.title);
    let derived = if title.contains("too little") {
        most(Stat::AboveCapacity)
    } else {
        assert!(most(Stat::AboveCapacity) <= 0.0, "{name}: {title}");
        if title.contains("capacity") {
            most(Stat::Load)
        } else {
            value(&items[0].name, Stat::Total).unwrap()
        }
    };
    same(name, &numbers(&chart.title), &[derived]);
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
        let note = |line: usize| row.note[line].as_ref().map(numbers).unwrap_or_default();
        same(name, &note(0), &[counts[at] / all]);
        same(name, &note(1), &[running(at + 1)]);
    }
    let title = text(&chart.title);
    let needed = (1..=counts.len()).find(|upto| running(*upto) >= 0.5 - 1e-12);
    match needed {
        None => assert_eq!(title, "No deal is lost", "{name}"),
        Some(1) if counts.len() == 1 => assert!(numbers(&chart.title).is_empty(), "{name}"),
        Some(1) => {
            same(name, &numbers(&chart.title), &[running(1)]);
            let alone = match &chart.rows[0].label {
                Phrase::Name(reason) => format!("“{reason}” alone"),
                _ => "No reason is given for".to_owned(),
            };
            assert!(title.starts_with(&alone), "{name}: {title}");
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
        assert_eq!(chart.nothing, Caption::NothingBooked);
    } else if title.ends_with("of all bookings") {
        let period = if title.contains("month") { Period::Month } else { Period::Week };
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
            // A level that was reached is that of the last columns.
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
    let ended = |kinds: &[NodeKind]| -> f64 {
        let ways = chart.map.transitions.iter().zip(&chart.flows);
        let ways = ways.filter(|(way, _)| kinds.contains(&chart.map.nodes[way.to].kind));
        ways.map(|(_, flow)| flow.unwrap_or(f64::NAN)).sum()
    };
    let all = ended(&[NodeKind::Won, NodeKind::Done, NodeKind::Lost]);
    let title = text(&chart.title);
    let derived = match &title {
        _ if worst > 0.0 => vec![worst],
        title if title.ends_with("were won") => vec![ended(&[NodeKind::Won]) / all],
        title if title.ends_with("were lost") => vec![ended(&[NodeKind::Lost]) / all],
        title => {
            assert!(*title == "No deal left the process" && all == 0.0 || all.is_nan(), "{title}");
            vec![]
        }
    };
    same(name, &numbers(&chart.title), &derived);
    for from in 0..chart.map.nodes.len() {
        let ways = chart.map.transitions.iter().zip(&chart.shares);
        let of_visits =
            |way: &Transition| way.from == from && !matches!(way.cause, Cause::Limit(_));
        let shares: Vec<f64> =
            ways.filter(|(way, _)| of_visits(way)).filter_map(|(_, share)| *share).collect();
        let sum: f64 = shares.iter().sum();
        let nobody = shares.iter().all(|share| *share == 0.0);
        assert!(nobody || (sum - 1.0).abs() < 1e-9, "{name}: {shares:?} from {from}");
    }
}
