//! A stage on the map: its box, and the ways into and out of the process that stand at it.

use super::layout::{Label, Route};
use super::tracks::Frame;
use super::words::{Ink, Outcome, Said, Sizes};
use crate::render::chart::canvas::Area;
use crate::render::chart::text::{Face, Room, clean_name};
use crate::render::words::drawn::Drawn;
use crate::report::NodeKind;
use crate::report::chart::MapChart;

/// Room for the words of sources at the left.
pub(super) const ENTRY: f64 = 92.0;
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
    /// Whether a word of its name is broken.
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

impl Stage {
    pub(super) fn new(
        chart: &MapChart,
        ink: &Ink,
        node: usize,
        [left, wide, beside]: [f64; 3],
        at_left: bool,
    ) -> Stage {
        let stage = &chart.map.nodes[node];
        let width = wide - 2.0 * INSET - 2.0;
        let name = clean_name(&stage.label);
        let is_torn = name
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
        let sources: Vec<usize> = ways()
            .filter(|(_, way)| way.to == node && kind(way.from) == NodeKind::Source)
            .map(|(at, _)| at)
            .collect();
        let names: Vec<String> = sources
            .iter()
            .map(|at| clean_name(&chart.map.nodes[chart.map.transitions[*at].from].label))
            .collect();
        let count = match sources.as_slice() {
            [only] => chart.flows.get(*only).copied().flatten(),
            _ => None,
        };
        let count = count.map(|count| ink.language.count(count));
        let entry = sources.first().filter(|_| at_left).map(|first| {
            let above = ink.lines(&names.join(", "), ENTRY - 14.0);
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

    /// Ways into and out of the process at a self.
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
