//! The process map: stages in rows from left to right, or in lanes.
//!
//! A way to the next stage leads straight to it. Any other way runs through the corridor above its row, in a track
//! of its own, and changes rows where it crosses no straight way. Ends are not drawn as places: deals that are won,
//! done or lost leave below their stage, where the words say why. After a run lines are as wide as the flow, and
//! stages as warm as the wait, on a scale that is the same in every picture.

use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Arrow, Canvas, Head, Pen};
use super::text::{Align, Face, Fonts};
use super::theme::{AXIS, BAND, GREY, INK, MARGIN, ON, PAPER, WON};
use crate::render::words::drawn::Drawn;
use crate::report::NodeKind;

mod card;
mod grid;
mod layout;
mod stack;
mod stage;
mod tracks;
mod words;

pub(super) use layout::Layout;
use layout::{Label, Route};
pub(super) use stack::Stack;
use stage::{INSET, Stage};
use words::{Outcome, warmth};

/// Between two lines that run beside each other.
const TRACK: f64 = 10.0;
/// Between the stages and the lowest track, for heads of arrows.
const BELOW_CORRIDOR: f64 = 11.0;
/// The narrowest and the widest line.
const LINE: std::ops::RangeInclusive<f64> = 1.5..=7.0;
/// Below all of it.
const FOOT: f64 = 18.0;
/// Length of an arrow's head.
const HEAD: f64 = 8.0;

impl Layout<'_> {
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
        height: f64,
    ) -> Result<(), ChartError> {
        if self.stages.is_empty() {
            return canvas.say(Drawn::NoStages, head, height);
        }
        if let Some(key) = &self.key {
            key.draw(canvas, fonts, head.bottom())?;
        }
        for (area, name) in &self.lanes {
            canvas.fill(*area, BAND)?;
            let mut y = area.top + self.sizes.line + 4.0;
            for line in name {
                canvas.write(
                    line,
                    MARGIN + 10.0,
                    y,
                    self.sizes.pen().colour(INK).face(Face::SemiBold),
                )?;
                y += self.sizes.line;
            }
        }
        for route in &self.routes {
            self.draw_route(route, canvas)?;
        }
        for stage in &self.stages {
            self.draw_stage(stage, canvas)?;
        }
        // All heads and words after all lines, so that no line crosses them.
        for route in &self.routes {
            self.draw_head(route, canvas)?;
        }
        for label in &self.labels {
            self.draw_label(label, canvas)?;
        }
        let all = self.chart.map.nodes.iter();
        let all = all.filter(|node| matches!(node.kind, NodeKind::Stage | NodeKind::Sale)).count();
        if all > self.stages.len() {
            let hidden = Drawn::HiddenStages(all - self.stages.len());
            canvas.write(&head.language.draw(hidden), MARGIN, height - 5.0, Pen::SMALL)?;
        }
        self.notes.draw(canvas, head, height - FOOT)?;
        self.card.draw(canvas, head, height - FOOT - self.notes.height())
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

    fn colour(&self, transition: usize) -> BackendColor {
        let way = &self.chart.map.transitions[transition];
        let kind = |node: usize| self.chart.map.nodes[node].kind;
        match Outcome::of(kind(way.to)) {
            Some(outcome) => outcome.line,
            None if kind(way.from) == NodeKind::Source => AXIS,
            None if way.to <= way.from => GREY,
            None => ON,
        }
    }

    fn draw_route(&self, route: &Route, canvas: &mut Canvas<'_>) -> Result<(), ChartError> {
        let half = self.width(route.transition) / 2.0;
        let colour = self.colour(route.transition);
        let last = route.points.len().saturating_sub(2);
        for (number, pair) in route.points.windows(2).enumerate() {
            let [from, to] = [pair[0], pair[1]];
            let along = direction(from, to);
            // Corners are filled; the last part ends where the head begins.
            let (start, end) = (
                if number == 0 { 0.0 } else { half },
                if number == last { 1.0 - HEAD } else { half },
            );
            let from = (from.0 - along.0 * start, from.1 - along.1 * start);
            let to = (to.0 + along.0 * end, to.1 + along.1 * end);
            let (dx, dy) = (along.1.abs() * half, along.0.abs() * half);
            let area = Area {
                left: from.0.min(to.0) - dx,
                right: from.0.max(to.0) + dx,
                top: from.1.min(to.1) - dy,
                bottom: from.1.max(to.1) + dy,
            };
            canvas.fill(area, colour)?;
        }
        Ok(())
    }

    fn draw_head(&self, route: &Route, canvas: &mut Canvas<'_>) -> Result<(), ChartError> {
        let [.., before, tip] = route.points[..] else { return Ok(()) };
        let along = direction(before, tip);
        let half_width = (self.width(route.transition) / 2.0).max(2.0) + 2.5;
        let arrow = Arrow { tip, along, length: HEAD, half_width };
        canvas.arrow(arrow, self.colour(route.transition))
    }

    fn draw_stage(&self, stage: &Stage, canvas: &mut Canvas<'_>) -> Result<(), ChartError> {
        let is_sale = self.chart.map.nodes[stage.node].kind == NodeKind::Sale;
        canvas.fill(stage.area, if is_sale { WON } else { ON })?;
        let border = if is_sale { 3.0 } else { 1.5 };
        canvas.fill(stage.area.inside(border), warmth(self.chart, stage.node))?;
        let lines = (stage.name.len() + stage.below.len()) as f64;
        let middle = f64::midpoint(stage.area.top, stage.area.bottom);
        let pitch = self.sizes.line + 1.0;
        let mut y = middle + self.sizes.name * 0.36 - pitch / 2.0 * (lines - 1.0);
        let name = Pen { size: self.sizes.name, ..Pen::LABEL };
        let words = stage.name.iter().map(|line| (line, name));
        let words =
            words.chain(stage.below.iter().map(|line| (line, self.sizes.pen().colour(INK))));
        for (line, pen) in words {
            canvas.write(line, stage.area.left + INSET, y, pen)?;
            y += pitch;
        }
        Ok(())
    }

    fn draw_label(&self, label: &Label, canvas: &mut Canvas<'_>) -> Result<(), ChartError> {
        let way = &self.chart.map.transitions[label.transition];
        let ink = Outcome::of(self.chart.map.nodes[way.to].kind).map_or(INK, |outcome| outcome.ink);
        let pen = self.sizes.pen().colour(ink);
        let Area { left, right, top, .. } = label.area;
        let (x, pen) = if label.centred {
            let behind = if self.lanes.is_empty() { PAPER } else { BAND };
            canvas.fill(label.area, behind)?;
            (f64::midpoint(left, right), pen.align(Align::Middle))
        } else {
            (left, pen)
        };
        let mut y = top + self.sizes.line / 2.0 + self.sizes.small * 0.36;
        for line in &label.words {
            canvas.write(line, x, y, pen)?;
            y += self.sizes.line;
        }
        Ok(())
    }
}

/// The direction from one point to another: a unit vector along an axis.
fn direction(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let sign = |length: f64| if length == 0.0 { 0.0 } else { length.signum() };
    (sign(to.0 - from.0), sign(to.1 - from.1))
}

#[cfg(test)]
mod tests;
