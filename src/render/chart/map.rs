//! The process map: stages one below the other, ways between them at the left, ends at the right.
//!
//! A way to the next stage leads straight down. Any other way runs in a lane of its own beside the
//! stages: as many lanes as ways that overlap (the classical colouring of intervals), short ones
//! inside. Ends are not drawn as places: a deal that is won, done or lost leaves to the right, where
//! the words say why. After a run lines are as wide as the flow and stages as warm as the wait.

use plotters::prelude::DrawingBackend;
use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::text::{Face, Fonts, clean, clean_name};
use super::theme::{
    AXIS, GREY, HEIGHT, INK, LABEL, LOST, LOST_INK, MARGIN, ON, PAPER, SMALL, WAY, WIDTH, WON,
    WON_INK, mixed,
};
use crate::render::map::label;
use crate::render::number;
use crate::report::chart::MapChart;
use crate::report::{NodeKind, Transition};

/// Width of a stage.
const BOX: f64 = 300.0;
/// Height of a stage.
const TALL: f64 = 62.0;
/// From one stage's top to the next.
const PITCH: f64 = 104.0;
/// Room between the innermost lane and the stages, for words.
const INNER: f64 = 116.0;
/// Between two lanes.
const LANE: f64 = 20.0;
/// More lanes than this share the outermost one.
const MOST_LANES: usize = 10;
/// Length of a way out at the right.
const OUT: f64 = 46.0;
/// Room above the first stage, for where deals come from.
const ABOVE: f64 = 30.0;
/// More stages than anyone reads.
const MOST_STAGES: usize = 40;
/// The widest and the narrowest line.
const LINE: std::ops::RangeInclusive<f64> = 1.5..=12.0;
/// Length of an arrow's head.
const HEAD: f64 = 8.0;

/// The map in rows and lanes.
pub(super) struct Layout<'a> {
    chart: &'a MapChart,
    /// The nodes that are stages, in order.
    stages: Vec<usize>,
    /// Ways between stages that are not neighbours: the transition, its rows, its lane.
    lanes: Vec<Lane>,
    left: f64,
    most: f64,
}

struct Lane {
    transition: usize,
    from: usize,
    to: usize,
    /// Its number, from the inside.
    number: usize,
}

/// The upper edge of a row's stage.
fn top(row: usize, head: &Head) -> f64 {
    head.bottom() + ABOVE + row as f64 * PITCH
}

/// The words of a way, as they may be drawn.
fn words_of(way: &Transition) -> String {
    clean(&label(way))
}

impl<'a> Layout<'a> {
    pub(super) fn new(chart: &'a MapChart) -> Self {
        let kinds = [NodeKind::Stage, NodeKind::Sale];
        let nodes = chart.map.nodes.iter().enumerate();
        let stages: Vec<usize> = nodes
            .filter(|(_, n)| kinds.contains(&n.kind))
            .map(|(at, _)| at)
            .take(MOST_STAGES)
            .collect();
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
            lanes.push(Lane { transition, from, to, number });
        }
        let deepest = lanes.iter().map(|lane| lane.number + 1).max().unwrap_or(0);
        let gutter = if deepest > 0 { INNER + deepest as f64 * LANE } else { 0.0 };
        let left = MARGIN + gutter;
        let most = chart.flows.iter().flatten().copied().fold(0.0, f64::max);
        Layout { chart, stages, lanes, left, most }
    }

    pub(super) fn height(&self, head: &Head) -> f64 {
        let rows = self.stages.len() as f64;
        (head.bottom() + ABOVE + rows * PITCH - (PITCH - TALL) + MARGIN + 8.0).max(HEIGHT)
    }

    pub(super) fn draw<B: DrawingBackend>(
        &self,
        canvas: &mut Canvas<B>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        for lane in &self.lanes {
            self.draw_lane(lane, canvas, head)?;
        }
        // All words after all lines, so that no line crosses a word.
        for lane in &self.lanes {
            self.name_lane(lane, canvas, fonts, head)?;
        }
        for (row, node) in self.stages.iter().enumerate() {
            self.draw_straight(row, *node, canvas, fonts, head)?;
            self.draw_sources(row, *node, canvas, fonts, head)?;
            self.draw_ends(row, *node, canvas, fonts, head)?;
            self.draw_stage(row, *node, canvas, fonts, head)?;
        }
        Ok(())
    }

    /// How wide the line of a way is.
    fn width(&self, transition: usize) -> f64 {
        match self.chart.flows.get(transition).copied().flatten() {
            Some(flow) if self.most > 0.0 && flow.is_finite() => {
                (flow / self.most * LINE.end()).clamp(*LINE.start(), *LINE.end())
            }
            _ => 2.0,
        }
    }

    fn draw_stage<B: DrawingBackend>(
        &self,
        row: usize,
        node: usize,
        canvas: &mut Canvas<B>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        let upper = top(row, head);
        let (right, bottom) = (self.left + BOX, upper + TALL);
        let stage = &self.chart.map.nodes[node];
        let area = Area { left: self.left, top: upper, right, bottom };
        let is_sale = stage.kind == NodeKind::Sale;
        canvas.fill(area, if is_sale { WON } else { ON })?;
        let edge = if is_sale { 3.0 } else { 1.5 };
        let inside = Area {
            left: area.left + edge,
            top: upper + edge,
            right: right - edge,
            bottom: bottom - edge,
        };
        canvas.fill(inside, self.warmth(node))?;
        let room = BOX - 24.0;
        let x = self.left + 12.0;
        let wait = self.chart.waits.get(node).copied().flatten().filter(|wait| *wait > 0.0);
        let wait = wait.map(|wait| format!("idle {}", number::duration(wait)));
        let roles = clean(&stage.roles.join(", "));
        let below: Vec<String> =
            [Some(roles).filter(|roles| !roles.is_empty()), wait].into_iter().flatten().collect();
        let name = fonts.shorten(&clean_name(&stage.label), room, LABEL, Face::SemiBold);
        let middle = f64::midpoint(upper, bottom);
        let first = middle + LABEL * 0.36 - 8.0 * below.len() as f64;
        canvas.write(&name, x, first, Pen::LABEL)?;
        for (line, words) in below.iter().enumerate() {
            let words = fonts.shorten(words, room, SMALL, Face::Regular);
            canvas.write(&words, x, first + 16.0 * (line as f64 + 1.0), Pen::SMALL.colour(INK))?;
        }
        Ok(())
    }

    /// The colour of a stage: the longer deals wait for somebody, the warmer.
    fn warmth(&self, node: usize) -> BackendColor {
        let longest = self.chart.waits.iter().flatten().copied().fold(0.0, f64::max);
        match self.chart.waits.get(node).copied().flatten() {
            Some(wait) if longest > 0.0 && wait > 0.0 => mixed(PAPER, LOST, wait / longest),
            Some(_) => PAPER,
            None => WAY,
        }
    }

    /// The way to the next stage.
    fn draw_straight<B: DrawingBackend>(
        &self,
        row: usize,
        node: usize,
        canvas: &mut Canvas<B>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        let Some(next) = self.stages.get(row + 1) else { return Ok(()) };
        let ways = self.chart.map.transitions.iter().enumerate();
        let ways: Vec<_> = ways.filter(|(_, way)| way.from == node && way.to == *next).collect();
        let Some((first, _)) = ways.first() else { return Ok(()) };
        let x = self.left + BOX / 2.0;
        let (from, to) = (top(row, head) + TALL, top(row + 1, head));
        let half = self.width(*first) / 2.0;
        canvas.fill(Area { left: x - half, top: from, right: x + half, bottom: to - HEAD }, ON)?;
        canvas.arrow((x, to), (0.0, 1.0), HEAD, half.max(2.0) + 3.0, ON)?;
        let words: Vec<String> = ways.iter().map(|(_, way)| words_of(way)).collect();
        let words = fonts.shorten(&words.join("; "), BOX, SMALL, Face::Regular);
        let y = f64::midpoint(from, to) + SMALL * 0.2;
        canvas.write(&words, x + half + 9.0, y, Pen::SMALL.colour(INK))
    }

    /// Where a way leaves its stage and where it arrives: ways out one above the other from the lower
    /// edge, ways in from the upper one.
    fn ends_of(&self, lane: &Lane, head: &Head) -> (f64, f64) {
        let before = |same: &dyn Fn(&&Lane) -> bool| {
            let others = self.lanes.iter().filter(same);
            others.take_while(|other| other.transition != lane.transition).count() as f64
        };
        let out = before(&|other| other.from == lane.from).min(2.0);
        let into = before(&|other| other.to == lane.to).min(3.0);
        let from = top(lane.from, head) + TALL - 8.0 - 18.0 * out;
        (from, top(lane.to, head) + 7.0 + 7.0 * into)
    }

    /// A way that leads elsewhere: out of the left edge, along its lane, into the left edge.
    fn draw_lane<B: DrawingBackend>(
        &self,
        lane: &Lane,
        canvas: &mut Canvas<B>,
        head: &Head,
    ) -> Result<(), ChartError> {
        let half = self.width(lane.transition) / 2.0;
        let x = self.left - INNER - LANE * lane.number as f64;
        let (from, to) = self.ends_of(lane, head);
        let ink = if lane.to > lane.from { ON } else { GREY };
        let across = |canvas: &mut Canvas<B>, y: f64, right: f64| {
            canvas.fill(Area { left: x - half, top: y - half, right, bottom: y + half }, ink)
        };
        across(canvas, from, self.left)?;
        let (top, bottom) = (from.min(to) - half, from.max(to) + half);
        canvas.fill(Area { left: x - half, top, right: x + half, bottom }, ink)?;
        across(canvas, to, self.left - HEAD)?;
        canvas.arrow((self.left, to), (1.0, 0.0), HEAD, half.max(2.0) + 3.0, ink)
    }

    /// The words of such a way, on its line where it leaves.
    fn name_lane<B: DrawingBackend>(
        &self,
        lane: &Lane,
        canvas: &mut Canvas<B>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        let words = words_of(&self.chart.map.transitions[lane.transition]);
        let words = fonts.shorten(&words, INNER - 24.0, SMALL, Face::Regular);
        if words.is_empty() {
            return Ok(());
        }
        let width = fonts.width(&words, SMALL, Face::Regular);
        let (right, y) = (self.left - 10.0, self.ends_of(lane, head).0 + SMALL * 0.36);
        let left = right - width;
        let paper = Area { left: left - 3.0, top: y - SMALL, right: right + 3.0, bottom: y + 3.0 };
        canvas.fill(paper, PAPER)?;
        canvas.write(&words, left, y, Pen::SMALL.colour(INK))
    }

    /// Where deals come from: a short arrow into the upper edge, left of the way from the stage before.
    fn draw_sources<B: DrawingBackend>(
        &self,
        row: usize,
        node: usize,
        canvas: &mut Canvas<B>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        let comes = |way: &&Transition| {
            way.to == node && self.chart.map.nodes[way.from].kind == NodeKind::Source
        };
        let sources = self.chart.map.transitions.iter().filter(comes);
        let sources: Vec<String> =
            sources.map(|way| clean_name(&self.chart.map.nodes[way.from].label)).collect();
        if sources.is_empty() {
            return Ok(());
        }
        let (x, edge) = (self.left + 18.0, top(row, head));
        let line = Area { left: x - 1.0, top: edge - 24.0, right: x + 1.0, bottom: edge - HEAD };
        canvas.fill(line, AXIS)?;
        canvas.arrow((x, edge), (0.0, 1.0), HEAD, 5.0, AXIS)?;
        let room = if row == 0 { WIDTH - MARGIN - x } else { BOX / 2.0 - 40.0 };
        let words = fonts.shorten(&sources.join(", "), room, SMALL, Face::SemiBold);
        canvas.write(&words, x + 9.0, edge - 12.0, Pen::SMALL.face(Face::SemiBold))
    }

    /// Ways out of the process, to the right.
    fn draw_ends<B: DrawingBackend>(
        &self,
        row: usize,
        node: usize,
        canvas: &mut Canvas<B>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        let ways = self.chart.map.transitions.iter().enumerate();
        let ends: Vec<_> = ways
            .filter(|(_, way)| way.from == node)
            .filter_map(|(at, way)| {
                let (line, ink, word) = match self.chart.map.nodes[way.to].kind {
                    NodeKind::Won => (WON, WON_INK, "won"),
                    NodeKind::Done => (AXIS, GREY, "done"),
                    NodeKind::Lost => (LOST, LOST_INK, "lost"),
                    _ => return None,
                };
                Some((at, way, line, ink, word))
            })
            .collect();
        let left = self.left + BOX;
        let room = WIDTH - MARGIN - left - OUT - 10.0;
        let own = ends.len();
        for (number, (at, way, line, ink, word)) in ends.into_iter().enumerate() {
            let spread = (TALL - 12.0) / own as f64;
            let y = top(row, head) + 6.0 + spread * (number as f64 + 0.5);
            let half = self.width(at) / 2.0;
            let end = left + OUT;
            canvas.fill(Area { left, top: y - half, right: end - HEAD, bottom: y + half }, line)?;
            canvas.arrow((end, y), (1.0, 0.0), HEAD, half.max(2.0) + 3.0, line)?;
            let why = words_of(way);
            let words = if why.is_empty() { word.to_owned() } else { format!("{word} {why}") };
            let words = fonts.shorten(&words, room, SMALL, Face::Regular);
            canvas.write(&words, end + 8.0, y + SMALL * 0.36, Pen::SMALL.colour(ink))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Map;
    use crate::report::{Node, Transition};

    fn chart(stages: usize, ways: &[(usize, usize)]) -> MapChart {
        let node = |at: usize| Node {
            kind: NodeKind::Stage,
            label: format!("Этап {at}"),
            roles: vec!["продавец".to_owned()],
        };
        let way = |&(from, to): &(usize, usize)| Transition {
            from,
            to,
            probability: Some((0.25, 0.25)),
            reasons: vec![],
        };
        let map = Map {
            title: "A map".to_owned(),
            nodes: (0..stages).map(node).collect(),
            transitions: ways.iter().map(way).collect(),
        };
        let (title, subtitle) = ("A map".to_owned(), String::new());
        MapChart { title, subtitle, map, flows: Vec::new(), waits: Vec::new() }
    }

    #[test]
    fn ways_that_overlap_run_in_lanes_of_their_own() {
        // Every way between eight stages that are no neighbours, self-loops among them.
        let all: Vec<(usize, usize)> =
            (0..8).flat_map(|from| (0..8).map(move |to| (from, to))).collect();
        let few = [(0, 2), (2, 4), (1, 3), (5, 0), (6, 6)];
        let chart = chart(8, &few);
        let layout = Layout::new(&chart);
        for (at, lane) in layout.lanes.iter().enumerate() {
            for other in &layout.lanes[at + 1..] {
                let span = |lane: &Lane| (lane.from.min(lane.to), lane.from.max(lane.to));
                let ((a, b), (c, d)) = (span(lane), span(other));
                assert!(lane.number != other.number || b < c || d < a, "{a}-{b} and {c}-{d}");
            }
        }
        assert_eq!(layout.lanes.len(), few.len());
        // Short ones inside.
        assert_eq!(layout.lanes[0].number, 0);
        let full = super::super::svg(&crate::report::chart::Chart::Map(self::chart(8, &all)));
        assert!(full.unwrap().contains("25 %"));
    }

    #[test]
    fn a_map_of_nothing_and_one_of_forty_stages_are_drawn() {
        for stages in [0, 1, 60] {
            let ways: Vec<(usize, usize)> = (1..stages).map(|at| (at - 1, at)).collect();
            let chart = crate::report::chart::Chart::Map(chart(stages, &ways));
            assert!(super::super::png(&chart).unwrap().starts_with(b"\x89PNG"));
        }
    }
}
