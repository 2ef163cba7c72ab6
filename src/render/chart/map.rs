//! The process map: stages one below the other, ways between them at the left, ends at the right.
//!
//! A way to the next stage leads straight down. Any other way runs in a lane of its own beside the
//! stages: as many lanes as ways that overlap (the classical colouring of intervals), short ones
//! inside. Ends are not drawn as places: a deal that is won, done or lost leaves to the right, where
//! the words say why. After a run lines are as wide as the flow and stages as warm as the wait.

use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Arrow, Canvas, Head, Pen};
use super::text::{Face, Fonts, clean_name};
use super::theme::{
    ALARM, AXIS, GREY, HEIGHT, INK, LABEL, MARGIN, ON, PAPER, SMALL, WAY, WIDTH, WON, mixed,
};
use crate::report::{NodeKind, Transition};

mod layout;

pub(super) use layout::Layout;
use layout::{Lane, Outcome, Row};

/// Width of a stage.
const BOX: f64 = 300.0;
/// From one line of words to the next.
const LINE_OF_WORDS: f64 = 14.0;
/// From one line inside a stage to the next.
const LINE_INSIDE: f64 = 16.0;
/// Between two lanes.
const LANE: f64 = 20.0;
/// Length of a way out at the right.
const OUT: f64 = 46.0;
/// Room above the first stage, for where deals come from.
const ABOVE: f64 = 30.0;
/// The widest and the narrowest line.
const LINE: std::ops::RangeInclusive<f64> = 1.5..=12.0;
/// How warm the stage is at which deals lie idle longest: its words can still be read.
const WARMEST: f64 = 0.45;
/// Length of an arrow's head.
const HEAD: f64 = 8.0;

impl Layout<'_> {
    /// The upper edge of a row's stage.
    fn top(&self, row: usize, head: &Head) -> f64 {
        head.bottom() + self.key.height() + ABOVE + self.rows[row].top
    }

    pub(super) fn height(&self, head: &Head) -> f64 {
        let Some(last) = self.rows.last() else { return HEIGHT };
        (self.top(self.rows.len() - 1, head) + last.tall + MARGIN + 8.0).max(HEIGHT)
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        self.key.draw(canvas, fonts, head.bottom())?;
        for lane in &self.lanes {
            self.draw_lane(lane, canvas, head)?;
        }
        // All words after all lines, so that no line crosses a word.
        for lane in &self.lanes {
            self.name_lane(lane, canvas, fonts, head)?;
        }
        for row in 0..self.rows.len() {
            self.draw_straight(row, canvas, head)?;
            self.draw_sources(row, canvas, fonts, head)?;
            self.draw_ends(row, canvas, head)?;
            self.draw_stage(row, canvas, head)?;
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

    fn draw_stage(
        &self,
        row: usize,
        canvas: &mut Canvas<'_>,
        head: &Head,
    ) -> Result<(), ChartError> {
        let (upper, node) = (self.top(row, head), self.rows[row].node);
        let (right, bottom) = (self.left + BOX, upper + self.rows[row].tall);
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
        let Row { name, below, .. } = &self.rows[row];
        let x = self.left + 12.0;
        let lines = (name.len() + below.len()) as f64;
        let mut y = f64::midpoint(upper, bottom) + LABEL * 0.36 - LINE_INSIDE / 2.0 * (lines - 1.0);
        for line in name {
            canvas.write(line, x, y, Pen::LABEL)?;
            y += LINE_INSIDE;
        }
        for words in below {
            canvas.write(words, x, y, Pen::SMALL.colour(INK))?;
            y += LINE_INSIDE;
        }
        Ok(())
    }

    /// The colour of a stage: the longer deals wait for somebody, the warmer.
    fn warmth(&self, node: usize) -> BackendColor {
        let longest = self.chart.waits.iter().flatten().copied().fold(0.0, f64::max);
        match self.chart.waits.get(node).copied().flatten() {
            Some(wait) if longest > 0.0 && wait > 0.0 => {
                mixed(PAPER, ALARM, WARMEST * wait / longest)
            }
            Some(_) => PAPER,
            None => WAY,
        }
    }

    /// The way to the next stage.
    fn draw_straight(
        &self,
        row: usize,
        canvas: &mut Canvas<'_>,
        head: &Head,
    ) -> Result<(), ChartError> {
        let Some((way, words)) = &self.rows[row].straight else { return Ok(()) };
        let x = self.left + BOX / 2.0;
        let (from, to) = (self.top(row, head) + self.rows[row].tall, self.top(row + 1, head));
        let half = self.width(*way) / 2.0;
        canvas.fill(Area { left: x - half, top: from, right: x + half, bottom: to - HEAD }, ON)?;
        canvas.arrow(arrow_head((x, to), (0.0, 1.0), half.max(2.0) + 3.0), ON)?;
        write_lines(canvas, words, (x + half + 9.0, f64::midpoint(from, to) - 3.0), INK)
    }

    /// Where a way leaves its stage and where it arrives: ways out one above the other from the lower
    /// edge, ways in from the upper one.
    fn ends_of(&self, lane: &Lane, head: &Head) -> (f64, f64) {
        let before = self.lanes.iter().take_while(|other| other.transition != lane.transition);
        let out = before.clone().filter(|other| other.from == lane.from).map(Lane::height);
        let into = before.filter(|other| other.to == lane.to).count().min(3) as f64;
        let bottom = self.top(lane.from, head) + self.rows[lane.from].tall;
        let from = bottom - 4.0 - out.sum::<f64>() - lane.height() / 2.0;
        (from, self.top(lane.to, head) + 7.0 + 7.0 * into)
    }

    /// A way that leads elsewhere: out of the left edge, along its lane, into the left edge.
    fn draw_lane(
        &self,
        lane: &Lane,
        canvas: &mut Canvas<'_>,
        head: &Head,
    ) -> Result<(), ChartError> {
        let half = self.width(lane.transition) / 2.0;
        let x = self.left - self.inner - LANE * lane.number as f64;
        let (from, to) = self.ends_of(lane, head);
        let ink = if lane.to > lane.from { ON } else { GREY };
        let across = |canvas: &mut Canvas<'_>, y: f64, right: f64| {
            canvas.fill(Area { left: x - half, top: y - half, right, bottom: y + half }, ink)
        };
        across(canvas, from, self.left)?;
        let (top, bottom) = (from.min(to) - half, from.max(to) + half);
        canvas.fill(Area { left: x - half, top, right: x + half, bottom }, ink)?;
        across(canvas, to, self.left - HEAD)?;
        canvas.arrow(arrow_head((self.left, to), (1.0, 0.0), half.max(2.0) + 3.0), ink)
    }

    /// The words of such a way, on its line where it leaves.
    fn name_lane(
        &self,
        lane: &Lane,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        let widths = lane.words.iter().map(|line| fonts.width(line, SMALL, Face::Regular));
        let width = widths.fold(0.0, f64::max);
        if width == 0.0 {
            return Ok(());
        }
        let middle = self.ends_of(lane, head).0;
        let (left, right) = (self.left - 10.0 - width, self.left - 10.0);
        let half = lane.words.len() as f64 * LINE_OF_WORDS / 2.0;
        let (top, bottom) = (middle - half, middle + half);
        canvas.fill(Area { left: left - 3.0, top, right: right + 3.0, bottom }, PAPER)?;
        write_lines(canvas, &lane.words, (left, middle), INK)
    }

    /// Where deals come from: a short arrow into the upper edge, left of the way from the stage before.
    fn draw_sources(
        &self,
        row: usize,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
    ) -> Result<(), ChartError> {
        let node = self.rows[row].node;
        let comes = |way: &&Transition| {
            way.to == node && self.chart.map.nodes[way.from].kind == NodeKind::Source
        };
        let sources = self.chart.map.transitions.iter().filter(comes);
        let sources: Vec<String> =
            sources.map(|way| clean_name(&self.chart.map.nodes[way.from].label)).collect();
        if sources.is_empty() {
            return Ok(());
        }
        let (x, edge) = (self.left + 18.0, self.top(row, head));
        let line = Area { left: x - 1.0, top: edge - 24.0, right: x + 1.0, bottom: edge - HEAD };
        canvas.fill(line, AXIS)?;
        canvas.arrow(arrow_head((x, edge), (0.0, 1.0), 5.0), AXIS)?;
        let room = if row == 0 { WIDTH - MARGIN - x } else { BOX / 2.0 - 40.0 };
        let words = fonts.shorten(&sources.join(", "), room, SMALL, Face::SemiBold);
        canvas.write(&words, x + 9.0, edge - 12.0, Pen::SMALL.face(Face::SemiBold))
    }

    /// Ways out of the process, to the right.
    fn draw_ends(
        &self,
        row: usize,
        canvas: &mut Canvas<'_>,
        head: &Head,
    ) -> Result<(), ChartError> {
        let Row { ends, tall, .. } = &self.rows[row];
        let left = self.left + BOX;
        let height = |words: &[String]| words.len() as f64 * LINE_OF_WORDS + 4.0;
        let all: f64 = ends.iter().map(|(_, words)| height(words)).sum();
        // The room that is left lies between the ways.
        let spare = (tall - 8.0 - all).max(0.0) / (ends.len() as f64 + 1.0);
        let mut top = self.top(row, head) + 4.0;
        for (at, words) in ends {
            let way = &self.chart.map.transitions[*at];
            let Some(outcome) = Outcome::of(self.chart.map.nodes[way.to].kind) else { continue };
            let y = top + spare + height(words) / 2.0;
            let half = self.width(*at) / 2.0;
            let end = left + OUT;
            let line = Area { left, top: y - half, right: end - HEAD, bottom: y + half };
            canvas.fill(line, outcome.line)?;
            canvas.arrow(arrow_head((end, y), (1.0, 0.0), half.max(2.0) + 3.0), outcome.line)?;
            write_lines(canvas, words, (end + 8.0, y), outcome.ink)?;
            top += spare + height(words);
        }
        Ok(())
    }
}

/// The head of a way that ends here in this direction.
fn arrow_head(tip: (f64, f64), along: (f64, f64), half_width: f64) -> Arrow {
    Arrow { tip, along, length: HEAD, half_width }
}

/// Lines of words that begin at `x`, around the height `middle`.
fn write_lines(
    canvas: &mut Canvas<'_>,
    words: &[String],
    (x, middle): (f64, f64),
    ink: BackendColor,
) -> Result<(), ChartError> {
    let above = (words.len() as f64 - 1.0) / 2.0 * LINE_OF_WORDS;
    let mut y = middle + SMALL * 0.36 - above;
    for line in words {
        canvas.write(line, x, y, Pen::SMALL.colour(ink))?;
        y += LINE_OF_WORDS;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::chart::MapChart;
    use crate::report::phrase::Finding;
    use crate::report::{Cause, Map, Node, Transition};

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
            cause: Cause::Branch,
            reasons: vec![],
        };
        let map = Map {
            title: "A map".to_owned(),
            about: vec![],
            nodes: (0..stages).map(node).collect(),
            transitions: ways.iter().map(way).collect(),
        };
        MapChart {
            title: Finding::Model("A map".to_owned()),
            subtitle: Vec::new(),
            map,
            flows: Vec::new(),
            shares: Vec::new(),
            waits: Vec::new(),
        }
    }

    #[test]
    fn ways_that_overlap_run_in_lanes_of_their_own() {
        // Every way between eight stages that are no neighbours, self-loops among them.
        let all: Vec<(usize, usize)> =
            (0..8).flat_map(|from| (0..8).map(move |to| (from, to))).collect();
        let few = [(0, 2), (2, 4), (1, 3), (5, 0), (6, 6)];
        let chart = chart(8, &few);
        let layout = Layout::new(&chart, &Fonts::load(&[]).unwrap());
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
