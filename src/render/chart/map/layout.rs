//! The process map before it is drawn: the places of all boxes, lines and words.

use super::card::Card;
use super::grid::{Course, Grid, Way};
use super::stack::Place;
use super::stage::{ENTRY, Stage, entry};
use super::tracks::{Frame, Shafts, Tracks};
use super::words::{Ink, Said, Sizes, key};
use super::{BELOW_CORRIDOR, FOOT, HEAD, TRACK};
use crate::render::chart::canvas::{Area, Head};
use crate::render::chart::key::Key;
use crate::render::chart::spoken;
use crate::render::chart::text::{Face, Fonts, Room, clean};
use crate::render::chart::theme::{MARGIN, Size};
use crate::render::words::drawn::Drawn;
use crate::report::NodeKind;
use crate::report::chart::MapChart;

/// More stages than anyone reads.
const MOST_STAGES: usize = 40;
/// From one column to the next.
const PITCH: std::ops::RangeInclusive<f64> = 190.0..=320.0;
/// Room between two stages of a row, as a share of the pitch and in pixels.
const GAP: (f64, std::ops::RangeInclusive<f64>) = (0.3, 60.0..=112.0);
/// Room for the names of lanes.
const LANES: f64 = 112.0;
/// The most lines of a text about a stage or a role; the smaller numbers are tried if the map does not fit.
const NOTE_LINES: [usize; 3] = [8, 3, 1];
/// The most that is added between two rows where there is room.
const SPARE: f64 = 70.0;

/// The map with its sizes.
pub(in crate::render::chart) struct Layout<'a> {
    pub(super) chart: &'a MapChart,
    pub(super) stages: Vec<Stage>,
    pub(super) routes: Vec<Route>,
    pub(super) labels: Vec<Label>,
    pub(super) lanes: Vec<(Area, Vec<String>)>,
    pub(super) most: f64,
    pub(super) sizes: Sizes,
    pub(super) key: Option<Key>,
    pub(super) card: Card,
    pub(super) notes: Card,
    /// Lower edge of what is drawn, without the card and the notes.
    bottom: f64,
    /// Whether a word is broken because it is wider than its room.
    is_torn: bool,
}

/// A line with an arrow at its end.
pub(super) struct Route {
    pub(super) transition: usize,
    pub(super) points: Vec<(f64, f64)>,
}

/// Words that stand somewhere.
pub(super) struct Label {
    pub(super) area: Area,
    pub(super) words: Vec<String>,
    pub(super) transition: usize,
    /// Whether they stand in the middle of their area, on a line.
    pub(super) centred: bool,
}

impl<'a> Layout<'a> {
    pub(in crate::render::chart) fn new(chart: &'a MapChart, fonts: &Fonts, head: &Head) -> Self {
        let most = chart.flows.iter().flatten().copied().fold(0.0, f64::max);
        let (top, bottom) = (head.bottom(), head.size.height());
        Self::within(chart, fonts, head, Place { top, bottom, most, is_alone: true })
    }

    pub(super) fn within(chart: &'a MapChart, fonts: &Fonts, head: &Head, place: Place) -> Self {
        let room = head.right() - MARGIN - if chart.lanes.is_some() { LANES } else { 0.0 };
        let stages = stages(chart).len();
        let most = (((room - ENTRY.start()) / PITCH.start()) as usize).clamp(1, stages.max(1));
        let least = ((room / PITCH.end()) as usize).clamp(1, most);
        let rows = stages.div_ceil(most).max(1)..=stages.div_ceil(least).max(1);
        let mut columns: Vec<usize> = rows.map(|rows| stages.div_ceil(rows).max(1)).collect();
        columns.dedup();
        // A slide is wide: the fewest rows that fit. Other sheets: the widest boxes that fit. Lanes keep the order
        // of stages from left to right if they have many columns.
        if chart.lanes.is_some() {
            columns = (least..=most).rev().collect();
        } else if head.size != Size::Slide {
            columns.reverse();
        }
        let mut best: Option<Self> = None;
        // Long notes are shortened before the canvas grows.
        let has_notes = !chart.map.stage_notes.is_empty() || !chart.map.role_notes.is_empty();
        let depths = if has_notes { &NOTE_LINES[..] } else { &NOTE_LINES[..1] };
        // Large type is for a map alone: maps in one picture are to look alike.
        let sizes = [Sizes::LARGE, Sizes::USUAL, Sizes::DENSE];
        let sizes = &sizes[usize::from(!place.is_alone)..];
        let tries = depths.iter().flat_map(|depth| {
            sizes.iter().flat_map(|sizes| columns.iter().map(|at| (*at, *sizes, *depth)))
        });
        for (columns, sizes, depth) in tries {
            let ink = Ink { fonts, sizes, language: head.language };
            let told = Card::of_notes(&chart.map, &ink, head, depth);
            let layout = Self::with_columns(chart, &ink, (head, place), (columns, told));
            // Large type must not tear words apart.
            let torn = sizes == Sizes::LARGE && layout.is_torn;
            let fits = layout.height() <= place.bottom && !torn;
            if best.as_ref().is_none_or(|best| layout.height() < best.height()) || fits {
                best = Some(layout);
            }
            if fits {
                break;
            }
        }
        best.unwrap_or_else(|| {
            let ink = Ink { fonts, sizes: Sizes::USUAL, language: head.language };
            let told = Card::of_notes(&chart.map, &ink, head, NOTE_LINES[0]);
            Self::with_columns(chart, &ink, (head, place), (most, told))
        })
    }

    /// Needed height of the picture.
    pub(in crate::render::chart) fn height(&self) -> f64 {
        self.bottom + self.card.height() + self.notes.height() + FOOT
    }

    fn with_columns(
        chart: &'a MapChart,
        ink: &Ink,
        (head, place): (&Head, Place),
        (columns, told): (usize, Card),
    ) -> Self {
        let nodes = stages(chart);
        let grid = match chart.lanes {
            None => Grid::in_order(nodes.len(), columns),
            Some(by) => {
                let lane = |at: &usize| match chart.map.nodes[*at].lane(by) {
                    Some(name) => spoken(&name, ink.language),
                    None => ink.language.draw(Drawn::NobodyHere),
                };
                let lanes: Vec<String> = nodes.iter().map(lane).collect();
                let lanes: Vec<&str> = lanes.iter().map(String::as_str).collect();
                Grid::in_lanes(&lanes, columns)
            }
        };
        let ways = grid.ways(&between(chart, &nodes));
        let shafts = Shafts::new(&grid, &ways);
        let frame = frame(chart, ink, &grid, &shafts, head, &nodes);
        let tracks = Tracks::new(chart, ink, &grid, &ways, (&shafts, &frame));
        let keyed = place.is_alone.then_some(chart);
        let key = keyed.map(|chart| key(&[chart], ink.fonts, head));
        let card = Card::of_process(&chart.map, ink, head);
        let top = place.top + key.as_ref().map_or(0.0, Key::height);
        let entry =
            |at: usize| (grid.cells[at].column == 0 && frame.entry > 0.0).then_some(frame.entry);
        let made = nodes.iter().enumerate();
        let made = made.map(|(at, node)| {
            let left = frame.x(grid.cells[at].column);
            let column = grid.cells[at].column + 1;
            // Words below a stage reach into the gap beside it, unless other ways run there.
            let is_free = column < grid.columns && shafts.most[column] == 0;
            let beside = if is_free { frame.pitch - frame.stage - 10.0 } else { 6.0 };
            Stage::new(chart, ink, *node, [left, frame.stage, beside], entry(at))
        });
        let mut layout = Layout {
            chart,
            stages: made.collect(),
            routes: Vec::new(),
            labels: Vec::new(),
            lanes: Vec::new(),
            most: place.most,
            sizes: ink.sizes,
            key,
            card,
            notes: told,
            bottom: top,
            is_torn: false,
        };
        let straight: Vec<Straight> =
            ways.iter().filter_map(|way| Straight::new(chart, ink, way, &grid, &frame)).collect();
        layout.is_torn = layout.stages.iter().any(|stage| stage.is_torn)
            || straight.iter().any(|way| way.is_torn);
        let rows: Vec<Row> =
            (0..grid.rows).map(|row| layout.row(row, &grid, &straight, &tracks, ink)).collect();
        let needed: f64 = rows.iter().map(Row::height).sum();
        let below = FOOT + layout.card.height() + layout.notes.height();
        let spare = (place.bottom - below - top - needed).max(0.0);
        let between = (spare / (rows.len() as f64 + 1.0)).min(SPARE);
        // The remaining room: one third above, two thirds below.
        let mut y = top + (spare - between * (rows.len() as f64 - 1.0).max(0.0)).max(0.0) / 3.0;
        let mut tops = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            y += if number > 0 { between } else { 0.0 };
            let stage_top = y + row.corridor;
            tops.push(stage_top);
            for (at, stage) in layout.stages.iter_mut().enumerate() {
                if grid.cells[at].row == number {
                    stage.area.top = stage_top;
                    stage.area.bottom = stage_top + row.stage;
                }
            }
            y += row.height();
        }
        layout.bottom = y;
        for (name, of_lane) in &grid.lanes {
            let (first, last) = (of_lane.start, of_lane.end - 1);
            let area = Area {
                left: MARGIN,
                right: head.right(),
                top: tops[first] - rows[first].corridor,
                bottom: tops[last] + rows[last].stage + rows[last].below - 3.0,
            };
            let room = Room { width: LANES - 20.0, lines: 6 };
            let name = ink.fonts.wrap(&clean(name), room, ink.sizes.small, Face::SemiBold);
            layout.lanes.push((area, name));
        }
        layout.draw_routes(&ways, &grid, &tracks, ink);
        straight.iter().for_each(|way| layout.name_straight(way, ink));
        for stage in &layout.stages {
            let (routes, labels) = stage.stubs(&frame, ink);
            layout.routes.extend(routes);
            layout.labels.extend(labels);
        }
        layout
    }

    /// The heights of a row.
    fn row(
        &self,
        row: usize,
        grid: &Grid,
        straight: &[Straight],
        tracks: &Tracks,
        ink: &Ink,
    ) -> Row {
        let here = || {
            let stages = self.stages.iter().enumerate();
            stages.filter(|(at, _)| grid.cells[*at].row == row).map(|(_, stage)| stage)
        };
        let words = straight.iter().filter(|way| grid.cells[way.from].row == row);
        let mut beside = 0.0_f64;
        for way in words {
            beside = beside.max(ink.height(&way.above).max(ink.height(&way.below)) + 8.0);
        }
        for entry in here().filter_map(|stage| stage.entry.as_ref()) {
            beside = beside.max(ink.height(&entry.above).max(ink.height(&entry.below)) + 8.0);
        }
        let inside = here().map(|stage| stage.inside(ink.sizes)).fold(0.0, f64::max);
        let stage = inside.max(2.0 * beside);
        let below = here().map(|stage| stage.height_of_stubs(ink)).fold(0.0, f64::max);
        let heights: f64 = tracks.heights[row].iter().sum();
        let corridor = if heights > 0.0 { heights + BELOW_CORRIDOR } else { 4.0 };
        Row { corridor, stage, below: below + ink.sizes.between }
    }

    /// Lines between stages, and the words on those that run through corridors.
    fn draw_routes(&mut self, ways: &[Way], grid: &Grid, tracks: &Tracks, ink: &Ink) {
        let y_of = |run: &super::tracks::Run, stages: &[Stage]| {
            let stage = grid.cells.iter().position(|cell| cell.row == run.row).unwrap_or(0);
            let heights = &tracks.heights[run.row];
            let below: f64 = heights[..run.track].iter().sum();
            stages[stage].area.top - BELOW_CORRIDOR - below - heights[run.track] / 2.0
        };
        for (at, way) in ways.iter().enumerate() {
            let (a, b) = (self.stages[way.from].area, self.stages[way.to].area);
            let middle = f64::midpoint(a.top, a.bottom);
            let runs = tracks.runs.iter().filter(|run| run.way == at);
            let mut points = match way.course {
                Course::Straight => vec![(a.right, middle), (b.left, middle)],
                Course::Through { from_side: true, .. } => {
                    vec![(a.right, middle), (tracks.gaps[at].unwrap_or(a.right), middle)]
                }
                _ => vec![],
            };
            for run in runs {
                let y = y_of(run, &self.stages);
                if points.is_empty() {
                    points.push((run.from, a.top));
                }
                points.extend([(run.from, y), (run.to, y)]);
                let half = ink.height(&run.words) / 2.0;
                if half > 0.0 {
                    let width = ink.widest(&run.words) / 2.0 + 3.0;
                    let (left, right) = (run.middle - width, run.middle + width);
                    let area = Area { left, right, top: y - half, bottom: y + half };
                    let (words, transition) = (run.words.clone(), way.transition);
                    self.labels.push(Label { area, words, transition, centred: true });
                }
            }
            if way.course != Course::Straight {
                let end = points.last().map_or(b.left, |point| point.0);
                points.push((end, b.top));
            }
            self.routes.push(Route { transition: way.transition, points });
        }
    }

    /// Words above and below a straight way.
    fn name_straight(&mut self, way: &Straight, ink: &Ink) {
        let (a, b) = (self.stages[way.from].area, self.stages[way.to].area);
        let (x, y) = (f64::midpoint(a.right, b.left - HEAD), f64::midpoint(a.top, a.bottom));
        for (words, is_above) in [(&way.above, true), (&way.below, false)] {
            if words.is_empty() {
                continue;
            }
            let (height, half) = (ink.height(words), ink.widest(words) / 2.0);
            let top = if is_above { y - 6.0 - height } else { y + 6.0 };
            let area = Area { left: x - half, right: x + half, top, bottom: top + height };
            let (words, transition) = (words.clone(), way.transition);
            self.labels.push(Label { area, words, transition, centred: true });
        }
    }
}

/// The heights of a row: the corridor above, the stages, what stands below them.
struct Row {
    corridor: f64,
    stage: f64,
    below: f64,
}

impl Row {
    fn height(&self) -> f64 {
        self.corridor + self.stage + self.below
    }
}

/// The words of a straight way.
struct Straight {
    transition: usize,
    from: usize,
    to: usize,
    above: Vec<String>,
    below: Vec<String>,
    is_torn: bool,
}

impl Straight {
    fn new(chart: &MapChart, ink: &Ink, way: &Way, grid: &Grid, frame: &Frame) -> Option<Straight> {
        if way.course != Course::Straight {
            return None;
        }
        let steps = grid.cells[way.to].column - grid.cells[way.from].column;
        let room = frame.pitch * steps as f64 - frame.stage - HEAD - 4.0;
        let said = Said::of(chart, way.transition, ink.language);
        let mut amount = said.amount.iter().flat_map(|words| ink.lines(words, room));
        let above: Vec<String> = amount.next().into_iter().collect();
        let below = amount.chain(ink.lines(&said.remarks(), room)).collect();
        let is_torn = ink.tears(&said.remarks(), room);
        let Way { transition, from, to, .. } = *way;
        Some(Straight { transition, from, to, above, below, is_torn })
    }
}

fn stages(chart: &MapChart) -> Vec<usize> {
    let nodes = chart.map.nodes.iter().enumerate();
    let is_stage = |(at, node): (usize, &crate::report::Node)| {
        matches!(node.kind, NodeKind::Stage | NodeKind::Sale).then_some(at)
    };
    nodes.filter_map(is_stage).take(MOST_STAGES).collect()
}

/// Ways between stages.
fn between(chart: &MapChart, nodes: &[usize]) -> Vec<(usize, usize, usize)> {
    let stage = |node: usize| nodes.iter().position(|other| *other == node);
    let ways = chart.map.transitions.iter().enumerate();
    ways.filter_map(|(at, way)| Some((at, stage(way.from)?, stage(way.to)?))).collect()
}

/// The columns between the margins. Ways that change rows run beside them; sources are at the left.
fn frame(
    chart: &MapChart,
    ink: &Ink,
    grid: &Grid,
    shafts: &Shafts,
    head: &Head,
    nodes: &[usize],
) -> Frame {
    let lanes = if chart.lanes.is_some() { LANES } else { 0.0 };
    let first = grid.cells.iter().zip(nodes).filter(|(cell, _)| cell.column == 0);
    let entry = entry(chart, ink, first.map(|(_, node)| *node));
    let beside = |gap: usize| {
        let number = shafts.most[gap] as f64;
        if number > 0.0 { TRACK * number + 8.0 } else { 0.0 }
    };
    let left = MARGIN + lanes + beside(0) + entry;
    let right = head.right() - beside(grid.columns);
    let room = right - left;
    let columns = grid.columns.max(1) as f64;
    // The last column needs no gap.
    let pitch = (room / (columns - GAP.0)).min(*PITCH.end());
    let gap = (pitch * GAP.0).clamp(*GAP.1.start(), *GAP.1.end());
    let pitch = ((room + gap) / columns).min(*PITCH.end() + 20.0);
    let wide = pitch * columns - gap;
    let left = left + if grid.lanes.is_empty() { (room - wide) / 2.0 } else { 0.0 };
    Frame { left, pitch, stage: pitch - gap, entry, edges: (MARGIN + lanes, head.right()) }
}
