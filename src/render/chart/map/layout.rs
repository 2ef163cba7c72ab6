//! The process map before it is drawn: which row, which lane, how many lines its words take.

use plotters_backend::BackendColor;

use super::{BOX, LANE, LINE_INSIDE, LINE_OF_WORDS, OUT, WARMEST};
use crate::render::chart::key::Key;
use crate::render::chart::text::{Face, Fonts, Room, clean, clean_name};
use crate::render::chart::theme::{
    ALARM, AXIS, GREY, LABEL, LOST, LOST_INK, MARGIN, ON, PAPER, SMALL, WIDTH, WON, WON_INK, mixed,
};
use crate::render::map::label_of_run;
use crate::render::words::Language;
use crate::report::NodeKind;
use crate::report::chart::MapChart;

/// Height of a stage, unless the words beside it need more.
const TALL: f64 = 62.0;
/// From one stage to the next, unless the words between them need more.
const GAP: f64 = 42.0;
/// Room between the innermost lane and the stages, for words.
const INNER: std::ops::RangeInclusive<f64> = 70.0..=190.0;
/// Lines of the words of a way: more letters are not kept.
const MOST_LINES: usize = 8;
/// More lanes than this share the outermost one.
const MOST_LANES: usize = 10;
/// More stages than anyone reads.
const MOST_STAGES: usize = 40;

/// The map in rows and lanes.
pub(in crate::render::chart) struct Layout<'a> {
    pub(super) chart: &'a MapChart,
    pub(super) rows: Vec<Row>,
    /// Ways between stages that are not neighbours.
    pub(super) lanes: Vec<Lane>,
    /// Room between the innermost lane and the stages.
    pub(super) inner: f64,
    pub(super) left: f64,
    pub(super) most: f64,
    pub(super) key: Key,
}

/// A stage with the words beside and below it.
pub(super) struct Row {
    pub(super) node: usize,
    /// Its upper edge, from the top of the first one.
    pub(super) top: f64,
    pub(super) tall: f64,
    /// The lines inside: the name, then who works there and how long deals lie idle.
    pub(super) name: Vec<String>,
    pub(super) below: Vec<String>,
    /// The way to the next row, if there is one: its transition and its words.
    pub(super) straight: Option<(usize, Vec<String>)>,
    /// The ways out of the process: their transitions and words.
    pub(super) ends: Vec<(usize, Vec<String>)>,
}

pub(super) struct Lane {
    pub(super) transition: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Its number, from the inside.
    pub(super) number: usize,
    pub(super) words: Vec<String>,
}

impl Lane {
    /// Room that its words take where it leaves its stage.
    pub(super) fn height(&self) -> f64 {
        (self.words.len() as f64 * LINE_OF_WORDS + 4.0).max(18.0)
    }
}

impl<'a> Layout<'a> {
    pub(in crate::render::chart) fn new(chart: &'a MapChart, fonts: &Fonts) -> Self {
        let kinds = [NodeKind::Stage, NodeKind::Sale];
        let nodes = chart.map.nodes.iter().enumerate();
        let stages: Vec<usize> = nodes
            .filter(|(_, n)| kinds.contains(&n.kind))
            .map(|(at, _)| at)
            .take(MOST_STAGES)
            .collect();
        let mut lanes = in_lanes(chart, &stages);
        let deepest = lanes.iter().map(|lane| lane.number + 1).max().unwrap_or(0);
        let wrapped = |words: &str, room: f64| {
            fonts.wrap(words, Room { width: room, lines: MOST_LINES }, SMALL, Face::Regular)
        };
        for lane in &mut lanes {
            lane.words = wrapped(&words_of(chart, lane.transition), INNER.end() - 24.0);
        }
        let all_words = lanes.iter().flat_map(|lane| &lane.words);
        let widest =
            all_words.map(|line| fonts.width(line, SMALL, Face::Regular)).fold(0.0, f64::max);
        let inner = (widest + 24.0).clamp(*INNER.start(), *INNER.end());
        let left = MARGIN + if deepest > 0 { inner + deepest as f64 * LANE } else { 0.0 };
        let room_of_ends = WIDTH - MARGIN - left - BOX - OUT - 10.0;
        let room_below = WIDTH - MARGIN - left - BOX / 2.0 - 18.0;
        let mut rows: Vec<Row> = Vec::new();
        let mut top = 0.0;
        for (row, node) in stages.iter().enumerate() {
            let ways = || {
                let ways = chart.map.transitions.iter().enumerate();
                ways.filter(|(_, way)| way.from == *node)
            };
            let ends = ways().filter_map(|(at, way)| {
                let word = Outcome::of(chart.map.nodes[way.to].kind)?.word;
                let why = words_of(chart, at);
                let words = if why.is_empty() { word.to_owned() } else { format!("{word} {why}") };
                Some((at, wrapped(&words, room_of_ends)))
            });
            let ends: Vec<(usize, Vec<String>)> = ends.collect();
            let next = stages.get(row + 1);
            let on: Vec<usize> =
                ways().filter(|(_, way)| Some(&way.to) == next).map(|(at, _)| at).collect();
            let words: Vec<String> = on.iter().map(|at| words_of(chart, *at)).collect();
            let straight = on.first().map(|at| (*at, wrapped(&words.join("; "), room_below)));
            let high = |(_, words): &(usize, Vec<String>)| words.len() as f64 * LINE_OF_WORDS + 4.0;
            let beside = ends.iter().map(high).sum::<f64>() + 8.0;
            let out = lanes.iter().filter(|lane| lane.from == row).map(Lane::height).sum::<f64>();
            let into = lanes.iter().filter(|lane| lane.to == row).count().min(4) as f64 * 7.0;
            let (name, below_name) = inside(chart, *node, fonts);
            let inside = (name.len() + below_name.len()) as f64 * LINE_INSIDE + 12.0;
            let tall = TALL.max(beside).max(out + into + 12.0).max(inside);
            let below = straight.as_ref().map_or(0.0, |(_, words)| words.len() as f64);
            rows.push(Row { node: *node, top, tall, name, below: below_name, straight, ends });
            top += tall + GAP.max(below * LINE_OF_WORDS + 16.0);
        }
        let most = chart.flows.iter().flatten().copied().fold(0.0, f64::max);
        let key = key(chart, fonts);
        Layout { chart, rows, lanes, inner, left, most, key }
    }
}

/// What a stage's box says: its name, and below it who works there and how long deals lie idle.
fn inside(chart: &MapChart, node: usize, fonts: &Fonts) -> (Vec<String>, Vec<String>) {
    let stage = &chart.map.nodes[node];
    let room = BOX - 24.0;
    let name = fonts.wrap(
        &clean_name(&stage.label),
        Room { width: room, lines: MOST_LINES },
        LABEL,
        Face::SemiBold,
    );
    let roles = clean(&stage.roles.join(", "));
    let mut below =
        fonts.wrap(&roles, Room { width: room, lines: MOST_LINES }, SMALL, Face::Regular);
    let wait = chart.waits.get(node).copied().flatten().filter(|wait| *wait > 0.0);
    below.extend(wait.map(|wait| format!("idle {}", Language::English.duration(wait))));
    (name, below)
}

/// Ways between stages that are not neighbours, each in a lane.
fn in_lanes(chart: &MapChart, stages: &[usize]) -> Vec<Lane> {
    let row = |node: usize| stages.iter().position(|stage| *stage == node);
    let mut far: Vec<(usize, usize, usize)> = Vec::new();
    for (at, way) in chart.map.transitions.iter().enumerate() {
        if let (Some(from), Some(to)) = (row(way.from), row(way.to))
            && to != from + 1
        {
            far.push((at, from, to));
        }
    }
    // Short ways first: they take the inner lanes.
    far.sort_by_key(|(_, from, to)| from.abs_diff(*to));
    let mut lanes: Vec<Lane> = Vec::new();
    for (transition, from, to) in far {
        let span = |lane: &Lane| (lane.from.min(lane.to), lane.from.max(lane.to));
        let (first, last) = (from.min(to), from.max(to));
        let free = |number: &usize| {
            lanes.iter().filter(|lane| lane.number == *number).all(|lane| {
                let (start, end) = span(lane);
                end < first || start > last
            })
        };
        let number = (0..MOST_LANES).find(free).unwrap_or(MOST_LANES - 1);
        lanes.push(Lane { transition, from, to, number, words: Vec::new() });
    }
    lanes
}

/// The words of a way, as they may be drawn: after a run with the share that took it.
fn words_of(chart: &MapChart, transition: usize) -> String {
    let share = chart.shares.get(transition).copied().flatten();
    clean(&label_of_run(&chart.map.transitions[transition], share))
}

/// How an end of the process is drawn.
pub(super) struct Outcome {
    pub(super) line: BackendColor,
    pub(super) ink: BackendColor,
    pub(super) word: &'static str,
}

impl Outcome {
    pub(super) fn of(kind: NodeKind) -> Option<Outcome> {
        let (line, ink, word) = match kind {
            NodeKind::Won => (WON, WON_INK, "won"),
            NodeKind::Done => (AXIS, GREY, "done"),
            NodeKind::Lost => (LOST, LOST_INK, "lost"),
            _ => return None,
        };
        Some(Outcome { line, ink, word })
    }
}

/// What the colours mean, as far as they occur.
fn key(chart: &MapChart, fonts: &Fonts) -> Key {
    let mut entries = vec![("way on", ON)];
    let stage =
        |node: usize| matches!(chart.map.nodes[node].kind, NodeKind::Stage | NodeKind::Sale);
    if chart.map.transitions.iter().any(|way| way.to <= way.from && stage(way.from)) {
        entries.push(("way back", GREY));
    }
    if chart.map.nodes.iter().any(|node| node.kind == NodeKind::Sale) {
        entries.push(("a sale", WON));
    }
    if chart.waits.iter().flatten().any(|wait| *wait > 0.0) {
        entries.push(("the warmer, the longer deals lie idle", mixed(PAPER, ALARM, WARMEST)));
    }
    Key::new(&entries, MARGIN, fonts)
}
