//! Ways in corridors: at which point of its stage each begins and ends, and in which track it runs.
//!
//! Ways that overlap have different tracks, short ones nearest to the stages (the classical colouring of
//! intervals). Only widths are needed, so the heights of corridors follow from their tracks before other heights are
//! known.

use super::grid::{Course, Grid, Way};
use super::words::{Ink, Said};
use super::{HEAD, TRACK};
use crate::report::chart::MapChart;

/// The words of a way stand on its first part if that is longer than this, else on its last part.
const ROOM_FOR_WORDS: f64 = 110.0;

/// Widths that do not depend on ways.
pub(super) struct Frame {
    /// Left edge of the first column.
    pub(super) left: f64,
    /// From one column to the next.
    pub(super) pitch: f64,
    /// Width of a stage.
    pub(super) stage: f64,
    /// Room between the left gap and the first column, for sources.
    pub(super) entry: f64,
    /// The edges of the picture.
    pub(super) edges: (f64, f64),
}

impl Frame {
    pub(super) fn x(&self, column: usize) -> f64 {
        self.left + self.pitch * column as f64
    }
}

/// A part of a way in the corridor above a row.
pub(super) struct Run {
    /// Number of the way.
    pub(super) way: usize,
    pub(super) row: usize,
    pub(super) from: f64,
    pub(super) to: f64,
    /// From the stages upwards.
    pub(super) track: usize,
    /// The words that stand on it, and their middle.
    pub(super) words: Vec<String>,
    pub(super) middle: f64,
    pub(super) width: f64,
}

impl Run {
    /// What it takes of its track, words and all.
    fn span(&self) -> (f64, f64) {
        let half = self.width / 2.0;
        let (left, right) = (self.from.min(self.to), self.from.max(self.to));
        (left.min(self.middle - half), right.max(self.middle + half))
    }
}

pub(super) struct Tracks {
    pub(super) runs: Vec<Run>,
    /// Where each way changes rows.
    pub(super) gaps: Vec<Option<f64>>,
    /// For each row the heights of the tracks above it, from the stages upwards.
    pub(super) heights: Vec<Vec<f64>>,
}

/// A number for each way through a gap, such that ways that meet in a gap differ, and the most for each gap.
pub(super) struct Shafts {
    numbers: Vec<Option<usize>>,
    pub(super) most: Vec<usize>,
}

impl Shafts {
    pub(super) fn new(grid: &Grid, ways: &[Way]) -> Shafts {
        let mut shafts =
            Shafts { numbers: vec![None; ways.len()], most: vec![0; grid.columns + 1] };
        let mut taken: Vec<(usize, usize, usize, usize)> = Vec::new();
        for (at, way) in ways.iter().enumerate() {
            let Course::Through { gap, .. } = way.course else { continue };
            let (a, b) = (grid.cells[way.from].row, grid.cells[way.to].row);
            let (top, bottom) = (a.min(b), a.max(b));
            let meets = |number: usize| {
                let other = |&(g, n, t, b): &(usize, usize, usize, usize)| {
                    g == gap && n == number && t <= bottom && top <= b
                };
                taken.iter().any(other)
            };
            let number = (0..ways.len()).find(|number| !meets(*number)).unwrap_or(0);
            taken.push((gap, number, top, bottom));
            shafts.numbers[at] = Some(number);
            shafts.most[gap] = shafts.most[gap].max(number + 1);
        }
        shafts
    }

    /// Where a way runs in its gap.
    fn x(&self, at: usize, gap: usize, grid: &Grid, frame: &Frame) -> Option<f64> {
        let number = self.numbers[at]? as f64;
        let most = self.most[gap] as f64;
        Some(if gap == 0 {
            frame.left - frame.entry - TRACK * (number + 1.0)
        } else if gap == grid.columns {
            frame.x(gap - 1) + frame.stage + TRACK * (number + 1.0)
        } else {
            let room = frame.pitch - frame.stage;
            let middle = frame.x(gap) - room / 2.0;
            middle + (number - (most - 1.0) / 2.0) * TRACK.min(room / (most + 1.0))
        })
    }
}

/// An end of a way above its stage.
struct Port {
    way: usize,
    is_out: bool,
    /// To the left, to itself or to the right, then nearer ones outside.
    order: (i8, f64),
}

impl Tracks {
    pub(super) fn new(
        chart: &MapChart,
        ink: &Ink,
        grid: &Grid,
        ways: &[Way],
        (shafts, frame): (&Shafts, &Frame),
    ) -> Tracks {
        let gaps: Vec<Option<f64>> = ways
            .iter()
            .enumerate()
            .map(|(at, way)| match way.course {
                Course::Through { gap, .. } => shafts.x(at, gap, grid, frame),
                _ => None,
            })
            .collect();
        let ports = ports(grid, ways, &gaps, frame, |way: &Way| {
            let words =
                Said::of(chart, way.transition, ink.language).lines(ink, "", frame.stage * 0.5);
            ink.widest(&words)
        });
        let mut runs = Vec::new();
        for (at, way) in ways.iter().enumerate() {
            let [out, into] = ports[at];
            let (a, b) = (grid.cells[way.from].row, grid.cells[way.to].row);
            let pieces: &[(usize, f64, f64)] = match (way.course, gaps[at]) {
                (Course::Straight, _) => &[],
                (Course::Through { from_side: true, .. }, Some(x)) => &[(b, x, into)],
                (Course::Through { .. }, Some(x)) => &[(a, out, x), (b, x, into)],
                _ => &[(a, out, into)],
            };
            let length = |(_, from, to): &(usize, f64, f64)| (from - to).abs();
            // Words stand where there is room for them, if possible at the beginning.
            let first = pieces.first().is_some_and(|part| length(part) > ROOM_FOR_WORDS);
            let named = if first { 0 } else { pieces.len().saturating_sub(1) };
            for (number, &(row, from, to)) in pieces.iter().enumerate() {
                let room = (from - to).abs() - 12.0;
                let said = Said::of(chart, way.transition, ink.language);
                let room = room.max(frame.stage * 0.5);
                let words = if number == named { said.lines(ink, "", room) } else { vec![] };
                let width = if words.is_empty() { 0.0 } else { ink.widest(&words) + 6.0 };
                let middle = f64::midpoint(from, to);
                let (first, last) = (frame.edges.0 + width / 2.0, frame.edges.1 - width / 2.0);
                let middle = middle.max(first).min(last);
                runs.push(Run { way: at, row, from, to, track: 0, words, middle, width });
            }
        }
        let mut tracks = Tracks { runs, gaps, heights: vec![Vec::new(); grid.rows] };
        tracks.number(ink);
        tracks.place_words(grid, ways);
        tracks
    }

    /// Gives every run a track of its row: short ones first.
    fn number(&mut self, ink: &Ink) {
        let length = |run: &Run| run.span().1 - run.span().0;
        let mut order: Vec<usize> = (0..self.runs.len()).collect();
        order.sort_by(|a, b| length(&self.runs[*a]).total_cmp(&length(&self.runs[*b])));
        let mut done: Vec<usize> = Vec::new();
        for at in order {
            let (left, right) = self.runs[at].span();
            let meets = |track: usize| {
                done.iter().map(|other| &self.runs[*other]).any(|other| {
                    let (l, r) = other.span();
                    let same_row = other.row == self.runs[at].row;
                    same_row && other.track == track && l - 6.0 < right && left < r + 6.0
                })
            };
            let track = (0..=done.len()).find(|track| !meets(*track)).unwrap_or(0);
            self.runs[at].track = track;
            done.push(at);
            let heights = &mut self.heights[self.runs[at].row];
            heights.resize(heights.len().max(track + 1), TRACK);
            let height = ink.height(&self.runs[at].words) + 1.0;
            heights[track] = heights[track].max(height);
        }
    }

    /// Moves words along their runs to where no other way crosses them, near the beginning.
    fn place_words(&mut self, grid: &Grid, ways: &[Way]) {
        // Ways that cross a corridor upright: row, tracks from and to, place, number of the way.
        let mut upright: Vec<(usize, usize, usize, f64, usize)> = Vec::new();
        for run in &self.runs {
            for x in [run.from, run.to] {
                if self.gaps[run.way] == Some(x) {
                    let way = ways[run.way];
                    let other = grid.cells
                        [if grid.cells[way.from].row == run.row { way.to } else { way.from }];
                    // It goes on upwards or down past the stages.
                    let (low, high) =
                        if other.row < run.row { (run.track, usize::MAX) } else { (0, run.track) };
                    upright.push((run.row, low, high, x, run.way));
                } else {
                    upright.push((run.row, 0, run.track, x, run.way));
                }
            }
        }
        for (at, way) in ways.iter().enumerate() {
            if let Some(x) = self.gaps[at] {
                let (a, b) = (grid.cells[way.from].row, grid.cells[way.to].row);
                for row in a.min(b) + 1..a.max(b) {
                    upright.push((row, 0, usize::MAX, x, at));
                }
            }
        }
        for run in self.runs.iter_mut().filter(|run| !run.words.is_empty()) {
            let half = run.width / 2.0;
            let sign = if run.to < run.from { -1.0 } else { 1.0 };
            let slack = (run.to - run.from).abs() - run.width - 2.0 * HEAD;
            if slack <= 0.0 {
                continue;
            }
            let is_free = |middle: f64| {
                let crosses = |&(row, low, high, x, way): &(usize, usize, usize, f64, usize)| {
                    row == run.row
                        && way != run.way
                        && (low..=high).contains(&run.track)
                        && (x - middle).abs() < half + 4.0
                };
                !upright.iter().any(crosses)
            };
            let steps = (slack / 4.0) as usize;
            let places =
                (0..=steps).map(|step| run.from + sign * (HEAD + half + 4.0 * step as f64));
            run.middle = places.into_iter().find(|place| is_free(*place)).unwrap_or(run.middle);
        }
    }
}

/// Where each way leaves its stage and where it arrives, along the upper edge: ways to the left at the left, and
/// those that reach far inside, so that near ones pass under them.
fn ports(
    grid: &Grid,
    ways: &[Way],
    gaps: &[Option<f64>],
    frame: &Frame,
    width_of_words: impl Fn(&Way) -> f64,
) -> Vec<[f64; 2]> {
    let middle = |stage: usize| frame.x(grid.cells[stage].column) + frame.stage / 2.0;
    let mut found = vec![[0.0; 2]; ways.len()];
    for stage in 0..grid.cells.len() {
        let mut ports: Vec<Port> = Vec::new();
        for (at, way) in ways.iter().enumerate() {
            let from_above =
                !matches!(way.course, Course::Straight | Course::Through { from_side: true, .. });
            let ends = [
                (way.from == stage && from_above, true, way.to),
                (way.to == stage && way.course != Course::Straight, false, way.from),
            ];
            for (_, is_out, other) in ends.into_iter().filter(|(is_here, ..)| *is_here) {
                let there = gaps[at].unwrap_or(middle(other)) - middle(stage);
                let order = match there {
                    _ if other == stage => (1, if is_out { 0.0 } else { 1.0 }),
                    _ if there < 0.0 => (0, -there),
                    _ => (2, -there),
                };
                ports.push(Port { way: at, is_out, order });
            }
        }
        ports.sort_by(|a, b| a.order.0.cmp(&b.order.0).then(a.order.1.total_cmp(&b.order.1)));
        // A way to itself is as wide as its words.
        let wide = |pair: &[Port]| {
            let way = &ways[pair[0].way];
            let is_loop = pair[0].way == pair[1].way && way.from == way.to;
            is_loop.then(|| (width_of_words(way) + 22.0).min(frame.stage * 0.6))
        };
        let fixed: Vec<Option<f64>> = ports.windows(2).map(wide).collect();
        let free = ports.len() + 1 - fixed.iter().flatten().count();
        let unit = (frame.stage - fixed.iter().flatten().sum::<f64>()) / free as f64;
        let mut x = frame.x(grid.cells[stage].column);
        for (number, port) in ports.iter().enumerate() {
            x += number.checked_sub(1).and_then(|before| fixed[before]).unwrap_or(unit);
            found[port.way][usize::from(!port.is_out)] = x;
        }
    }
    found
}
