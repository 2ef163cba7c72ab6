//! Whatever the process: nothing lies over anything else.

#![cfg(test)]

use proptest::prelude::*;

use super::*;
use crate::render::chart::theme::Size;
use crate::render::words::Language;
use crate::report::chart::MapChart;
use crate::report::phrase::{Finding, Phase};
use crate::report::{Cause, Lanes, Map, Node, Transition};

const SIZES: [Size; 3] = [Size::Slide, Size::Page, Size::Square];
const LANES: [Option<Lanes>; 3] = [None, Some(Lanes::Role), Some(Lanes::Phase)];

/// A map of stages with these names; the ways between them, and a win and a loss at each.
fn chart(names: &[&str], ways: &[(usize, usize)], lanes: Option<Lanes>) -> MapChart {
    let node = |kind, label: &str| Node::bare(kind, label.to_owned());
    let way = |from, to, probability, reason: &str| Transition {
        from,
        to,
        probability,
        cases: vec![],
        cause: if probability.is_some() { Cause::Branch } else { Cause::Arrival },
        reasons: vec![reason.to_owned()],
    };
    let mut nodes = vec![node(NodeKind::Source, "сайт и звонки")];
    for (at, name) in names.iter().enumerate() {
        let roles = vec![["продавец", "юрист", "инженер"][at * at % 3].to_owned()];
        let phase = Some([Phase::Lead, Phase::Deal, Phase::Order][at * 3 / names.len()]);
        nodes.push(Node { roles, phase, ..node(NodeKind::Stage, name) });
    }
    nodes.extend([node(NodeKind::Won, "won"), node(NodeKind::Lost, "lost")]);
    let mut transitions = vec![way(0, 1, None, "")];
    for (from, to) in ways {
        transitions.push(way(from + 1, to + 1, Some((0.123, 0.123)), ""));
    }
    for at in 0..names.len() {
        transitions.push(way(at + 1, names.len() + 2, Some((0.2, 0.2)), "дорого, передумал"));
    }
    transitions.push(way(names.len(), names.len() + 1, Some((0.8, 0.8)), ""));
    let flows: Vec<Option<f64>> = (0..transitions.len()).map(|at| Some(at as f64 * 37.0)).collect();
    let about = ["goal", "input"].map(|key| (key.to_owned(), "оплаченный заказ".to_owned()));
    MapChart {
        title: Finding::Model("A map".to_owned()),
        subtitle: Vec::new(),
        shares: transitions.iter().map(|_| Some(0.25)).collect(),
        waits: nodes.iter().map(|_| Some(0.7)).collect(),
        map: Map {
            title: "A map".to_owned(),
            about: about.to_vec(),
            nodes,
            transitions,
            ..Map::default()
        },
        flows,
        lanes,
    }
}

fn meet(a: Area, b: Area) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// Checks one map at one size.
fn check(chart: &MapChart, size: Size) -> Result<(), TestCaseError> {
    let fonts = Fonts::load(&[]).expect("drawn");
    let head = Head::new(("A map", "of a process"), size, Language::English, &fonts);
    let layout = Layout::new(chart, &fonts, &head);
    let sheet = Area {
        left: 0.0,
        top: head.bottom(),
        right: size.width(),
        bottom: layout.height().max(size.height()),
    };
    let is_inside = |area: Area| {
        area.left >= sheet.left
            && area.right <= sheet.right
            && area.top >= sheet.top
            && area.bottom <= sheet.bottom
    };
    for (at, stage) in layout.stages.iter().enumerate() {
        prop_assert!(is_inside(stage.area), "{:?}", stage.area);
        for other in &layout.stages[at + 1..] {
            prop_assert!(!meet(stage.area, other.area), "{:?} {:?}", stage.area, other.area);
        }
    }
    for label in &layout.labels {
        prop_assert!(is_inside(label.area), "{:?} {:?}", label.words, label.area);
        for stage in &layout.stages {
            prop_assert!(!meet(stage.area, label.area), "{:?} {:?}", label.words, stage.area);
        }
    }
    for route in &layout.routes {
        for pair in route.points.windows(2) {
            let [(x, y), (to_x, to_y)] = [pair[0], pair[1]];
            prop_assert!(x == to_x || y == to_y, "upright or level");
            let line = Area {
                left: x.min(to_x),
                right: x.max(to_x),
                top: y.min(to_y),
                bottom: y.max(to_y),
            };
            prop_assert!(is_inside(line), "{line:?}");
            for stage in &layout.stages {
                // It begins and ends at an edge.
                prop_assert!(!meet(stage.area.inside(1.0), line), "{line:?} {:?}", stage.area);
            }
        }
    }
    // A head that no other line crosses.
    for (at, route) in layout.routes.iter().enumerate() {
        let [.., before, tip] = route.points[..] else { continue };
        let (dx, dy) = direction(before, tip);
        let back = (tip.0 - dx * (HEAD - 1.0), tip.1 - dy * (HEAD - 1.0));
        let head = Area {
            left: tip.0.min(back.0) - 1.0,
            right: tip.0.max(back.0) + 1.0,
            top: tip.1.min(back.1) - 1.0,
            bottom: tip.1.max(back.1) + 1.0,
        };
        for other in layout.routes.iter().enumerate().filter(|(other, _)| *other != at) {
            for pair in other.1.points.windows(2) {
                let line = Area {
                    left: pair[0].0.min(pair[1].0),
                    right: pair[0].0.max(pair[1].0),
                    top: pair[0].1.min(pair[1].1),
                    bottom: pair[0].1.max(pair[1].1),
                };
                prop_assert!(!meet(head, line), "{head:?} {line:?}");
            }
        }
    }
    Ok(())
}

const NAMES: [&str; 4] = [
    "Заявка",
    "Согласование условий договора с юридическим отделом заказчика",
    "Послепродажное обслуживание",
    "Offer",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn nothing_lies_over_anything_else(
        stages in 3_usize..=20,
        chain in any::<bool>(),
        more in proptest::collection::vec((0_usize..20, 0_usize..20), 0..14),
        size in 0_usize..3,
        lanes in 0_usize..3,
    ) {
        let names: Vec<&str> = (0..stages).map(|at| NAMES[at * 7 % 4]).collect();
        let mut ways: Vec<(usize, usize)> = Vec::new();
        if chain {
            ways.extend((1..stages).map(|at| (at - 1, at)));
        }
        ways.extend(more.into_iter().map(|(a, b)| (a % stages, b % stages)));
        check(&chart(&names, &ways, LANES[lanes]), SIZES[size])?;
    }
}

#[test]
fn twenty_stages_fit_a_slide() {
    let names: Vec<String> = (0..20).map(|at| format!("Согласование условий, {at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ways: Vec<(usize, usize)> =
        (1..20).map(|at| (at - 1, at)).chain([(8, 4), (9, 12), (15, 14)]).collect();
    let chart = chart(&names, &ways, None);
    let fonts = Fonts::load(&[]).expect("drawn");
    let head = Head::new(("A map", "of a process"), Size::Slide, Language::English, &fonts);
    let height = Layout::new(&chart, &fonts, &head).height();
    assert!(height <= Size::Slide.height(), "{height}");
}

#[test]
fn a_map_of_nothing_and_one_of_sixty_stages_are_drawn() {
    for stages in [0, 1, 60] {
        let names = vec!["Этап"; stages];
        let ways: Vec<(usize, usize)> = (1..stages).map(|at| (at - 1, at)).collect();
        if stages > 0 {
            check(&chart(&names, &ways, None), Size::Slide).expect("drawn");
        }
        let mut chart = chart(&["a"], &[], None);
        chart.map.nodes.clear();
        chart.map.transitions.clear();
        let chart = crate::report::chart::Chart::Map(chart);
        assert!(
            crate::render::chart::png(&chart, Size::Slide, Language::English)
                .expect("drawn")
                .starts_with(b"\x89PNG")
        );
    }
}
