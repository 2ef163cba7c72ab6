//! A stage on the map: its box, and the ways into and out of the process that stand at it.

use std::ops::RangeInclusive;

use super::layout::{Label, Route};
use super::tracks::Frame;
use super::words::{Ink, Outcome, Said, Sizes};
use crate::render::chart::canvas::Area;
use crate::render::chart::text::{Face, Room, clean_name};
use crate::render::words::drawn::Drawn;
use crate::report::NodeKind;
use crate::report::chart::MapChart;

/// Room for the words of sources at the left: the least, and the most for a long word.
pub(super) const ENTRY: RangeInclusive<f64> = 92.0..=150.0;
/// What the words of sources leave free of their room.
const BESIDE_ENTRY: f64 = 14.0;
/// From the edge of a box to its words.
pub(super) const INSET: f64 = 8.0;
/// Between two ways out that begin at one stage.
const STEP: f64 = 8.0;

/// A stage: its box with the lines inside.
pub(super) struct Stage {
    pub(super) node: usize,
    pub(super) area: Area,
    pub(super) name: Vec<String>,
    pub(super) below: Vec<String>,
    /// Whether a word of its name or of a source beside it is broken.
    pub(super) is_torn: bool,
    /// Ways out of the process, and into it where they do not come from the left.
    stubs: Vec<Stub>,
    /// Sources that lead to it from the left.
    pub(super) entry: Option<Entry>,
}

/// Where deals come from, beside a stage: names above the line, how many below it.
pub(super) struct Entry {
    transition: usize,
    pub(super) above: Vec<String>,
    pub(super) below: Vec<String>,
}

struct Stub {
    transition: usize,
    words: Vec<String>,
    is_out: bool,
}

/// Ways from sources to a stage.
fn sources(chart: &MapChart, node: usize) -> Vec<usize> {
    let is_source = |node: usize| chart.map.nodes[node].kind == NodeKind::Source;
    let ways = chart.map.transitions.iter().enumerate();
    ways.filter(|(_, way)| way.to == node && is_source(way.from)).map(|(at, _)| at).collect()
}

/// The names of the sources of these ways.
fn names(chart: &MapChart, ways: &[usize]) -> Vec<String> {
    let from = |way: &usize| chart.map.transitions[*way].from;
    ways.iter().map(|way| clean_name(&chart.map.nodes[from(way)].label)).collect()
}

/// Room for the names of the sources of these stages, so that no word is broken; nothing where there are none.
pub(super) fn entry(chart: &MapChart, ink: &Ink, nodes: impl Iterator<Item = usize>) -> f64 {
    let names: Vec<String> = nodes.flat_map(|node| names(chart, &sources(chart, node))).collect();
    if names.is_empty() {
        return 0.0;
    }
    let words: Vec<String> =
        names.iter().flat_map(|name| name.split(' ')).map(|word| format!("{word},")).collect();
    (ink.widest(&words) + BESIDE_ENTRY).clamp(*ENTRY.start(), *ENTRY.end())
}

impl Stage {
    pub(super) fn new(
        chart: &MapChart,
        ink: &Ink,
        node: usize,
        [left, wide, beside]: [f64; 3],
        entry: Option<f64>,
    ) -> Stage {
        let stage = &chart.map.nodes[node];
        let width = wide - 2.0 * INSET - 2.0;
        let name = clean_name(&stage.label);
        let mut is_torn = name
            .split(' ')
            .any(|word| ink.fonts.width(word, ink.sizes.name, Face::SemiBold) > width);
        let name = ink.fonts.wrap(&name, Room { width, lines: 8 }, ink.sizes.name, Face::SemiBold);
        let roles = stage.roles.join(", ");
        let wait = chart.waits.get(node).copied().flatten().filter(|wait| *wait > 0.0);
        // In the words of the title.
        let idle = wait.map(|wait| ink.language.draw(Drawn::Idle(wait)).replace(' ', "\u{a0}"));
        let below = [Some(roles).filter(|roles| !roles.is_empty()), idle];
        let below = below.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let below = ink.lines(&below, width);
        let kind = |node: usize| chart.map.nodes[node].kind;
        let ways = || chart.map.transitions.iter().enumerate();
        let sources = sources(chart, node);
        let names = names(chart, &sources);
        let count = match sources.as_slice() {
            [only] => chart.flows.get(*only).copied().flatten(),
            _ => None,
        };
        let count = count.map(|count| ink.language.count(count));
        let at_left = entry.is_some();
        let entry = sources.first().zip(entry).map(|(first, room)| {
            let (words, room) = (names.join(", "), room - BESIDE_ENTRY);
            is_torn |= ink.tears(&words, room);
            let above = ink.lines(&words, room);
            Entry { transition: *first, above, below: count.clone().into_iter().collect() }
        });
        let ends: Vec<(usize, NodeKind)> = ways()
            .filter(|(_, way)| way.from == node)
            .filter_map(|(at, way)| Some((at, Outcome::of(kind(way.to))?.kind)))
            .collect();
        let into = sources.first().filter(|_| !at_left);
        let all = ends.len() + usize::from(into.is_some());
        let room = wide + beside - (STEP * all as f64 + 25.0);
        let mut stubs: Vec<Stub> = Vec::new();
        for (transition, kind) in ends {
            let word = ink.language.draw(Drawn::End(kind));
            let words = Said::of(chart, transition, ink.language).lines(ink, &word, room);
            stubs.push(Stub { transition, words, is_out: true });
        }
        if let Some(transition) = into {
            let words = [names.join(", ")].into_iter().chain(count).collect::<Vec<_>>().join(" · ");
            let words = ink.lines(&words, room);
            stubs.push(Stub { transition: *transition, words, is_out: false });
        }
        let area = Area { left, right: left + wide, top: 0.0, bottom: 0.0 };
        Stage { node, area, name, below, is_torn, stubs, entry }
    }

    /// Height that its lines need.
    pub(super) fn inside(&self, sizes: Sizes) -> f64 {
        (self.name.len() + self.below.len()) as f64 * (sizes.line + 1.0) + sizes.border
    }

    pub(super) fn height_of_stubs(&self, ink: &Ink) -> f64 {
        let words = |stub: &Stub| ink.height(&stub.words) + 1.0;
        if self.stubs.is_empty() { 0.0 } else { 6.0 + self.stubs.iter().map(words).sum::<f64>() }
    }

    /// Ways into and out of the process at a stage.
    pub(super) fn stubs(&self, frame: &Frame, ink: &Ink) -> (Vec<Route>, Vec<Label>) {
        let area = self.area;
        let mut labels = Vec::new();
        let mut routes = Vec::new();
        let mut add = |transition, words: &[String], left: f64, top: f64| {
            let right = left + ink.widest(words);
            let bottom = top + ink.height(words);
            let area = Area { left, top, right, bottom };
            labels.push(Label { area, words: words.to_vec(), transition, centred: false });
        };
        if let Some(Entry { transition, above, below }) = &self.entry {
            let (left, y) = (area.left - frame.entry + 6.0, f64::midpoint(area.top, area.bottom));
            routes.push(Route { transition: *transition, points: vec![(left, y), (area.left, y)] });
            add(*transition, above, left, y - 6.0 - ink.height(above));
            add(*transition, below, left, y + 6.0);
        }
        let (count, mut top) = (self.stubs.len() as f64, area.bottom + 6.0);
        let end = area.left + 4.0 + STEP * count + 16.0;
        for (number, stub) in self.stubs.iter().enumerate() {
            let x = area.left + 4.0 + STEP * (count - number as f64 - 0.5);
            let y = top + ink.sizes.line / 2.0;
            let mut points = vec![(x, area.bottom), (x, y), (end, y)];
            if !stub.is_out {
                points.reverse();
            }
            routes.push(Route { transition: stub.transition, points });
            add(stub.transition, &stub.words, end + 5.0, top);
            top += ink.height(&stub.words) + 1.0;
        }
        (routes, labels)
    }
}
