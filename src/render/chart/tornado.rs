//! A tornado: bars to both sides of a line that is the figure as it is now.
//!
//! The two ends of a parameter share a row; where both lie on one side, each has half of it. Colours
//! say what is better and worse, thin lines are intervals, and words at an end say what was changed
//! and what that comes to.

use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::spoken;
use super::text::{Align, Face, Fonts, Room, clean_name};
use super::theme::{AXIS, CLOSED, LABEL, LOST, MARGIN, ON, SMALL};
use crate::report::chart::{TornadoBar, TornadoChart, TornadoEnd};
use crate::report::phrase::{Phrase, Sensing};

/// Room for names.
const NAMES: f64 = 300.0;
/// Room for words beside the longest bar, at each side.
const NOTES: f64 = 175.0;
/// From one bar's top to the next.
const PITCH: std::ops::RangeInclusive<f64> = 30.0..=64.0;
/// Share of the pitch that is bar.
const BAR: f64 = 0.62;
/// From one line of a name to the next.
const LINE: f64 = 16.0;
/// Lines of a name.
const MOST_LINES: usize = 2;

/// The least room that the bars need.
pub(super) fn height(chart: &TornadoChart, head: &Head) -> f64 {
    head.bottom() + 12.0 + chart.bars.len() as f64 * PITCH.start() + MARGIN
}

pub(super) fn draw(
    chart: &TornadoChart,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let ends =
        || chart.bars.iter().flat_map(|bar| bar.ends.iter().flatten()).filter(|end| is_sound(end));
    let reach = |low: bool| {
        let sides = ends().map(|end| {
            let half = end.half_width;
            if low { half - end.change.value } else { half + end.change.value }
        });
        sides.fold(0.0, f64::max)
    };
    let (below, above) = (reach(true), reach(false));
    if chart.bars.is_empty() || below + above <= 0.0 {
        return canvas.say_text(&spoken(&chart.nothing, head.language), head, height);
    }
    let names: Vec<Vec<String>> = chart
        .bars
        .iter()
        .map(|bar| {
            let name = clean_name(&spoken(&bar.label, head.language));
            fonts.wrap(&name, Room { width: NAMES, lines: MOST_LINES }, LABEL, Face::SemiBold)
        })
        .collect();
    let widths = names.iter().flatten().map(|line| fonts.width(line, LABEL, Face::SemiBold));
    let left = MARGIN + widths.fold(0.0, f64::max) + 12.0 + NOTES;
    let right = head.right() - NOTES;
    let per_unit = (right - left) / (below + above);
    let sheet = Sheet { zero: left + below * per_unit, per_unit };
    let top = head.bottom() + 12.0;
    let pitch = ((height - MARGIN - top) / chart.bars.len() as f64)
        .clamp(*PITCH.start(), *PITCH.end())
        .floor();
    let bottom = top + pitch * chart.bars.len() as f64;
    for (number, (bar, name)) in chart.bars.iter().zip(&names).enumerate() {
        let middle = top + pitch * (number as f64 + 0.5);
        let mut y = middle - (name.len() as f64 - 1.0) * LINE / 2.0 + LABEL * 0.36;
        for line in name {
            canvas.write(line, MARGIN, y, Pen::LABEL)?;
            y += LINE;
        }
        sheet.draw_bar(canvas, fonts, bar, (head, middle, (pitch * BAR).round()))?;
    }
    let line = Area { left: sheet.zero - 0.5, top, right: sheet.zero + 0.5, bottom };
    canvas.fill(line, AXIS)
}

/// Where changes lie on the sheet.
struct Sheet {
    /// The place of no change.
    zero: f64,
    per_unit: f64,
}

impl Sheet {
    fn x(&self, value: f64) -> f64 {
        self.zero + value * self.per_unit
    }

    fn draw_bar(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        bar: &TornadoBar,
        (head, middle, thick): (&Head, f64, f64),
    ) -> Result<(), ChartError> {
        let ends: Vec<&TornadoEnd> =
            bar.ends.iter().flatten().filter(|end| is_sound(end)).collect();
        let is_apart = match ends[..] {
            [one, other] => one.change.value * other.change.value > 0.0,
            _ => false,
        };
        for (number, end) in ends.into_iter().enumerate() {
            let thick = if is_apart { thick / 2.0 } else { thick };
            let middle = match (is_apart, number) {
                (false, _) => middle,
                (true, 0) => middle - thick / 2.0,
                (true, _) => middle + thick / 2.0,
            };
            self.draw_end(canvas, fonts, end, (head, middle, thick))?;
        }
        Ok(())
    }

    fn draw_end(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        end: &TornadoEnd,
        (head, middle, thick): (&Head, f64, f64),
    ) -> Result<(), ChartError> {
        let value = end.change.value;
        let (left, right) = (self.x(value.min(0.0)), self.x(value.max(0.0)));
        let bar = Area { left, top: middle - thick / 2.0, right, bottom: middle + thick / 2.0 };
        canvas.fill(bar, colour(end.better))?;
        let interval = Area {
            left: self.x(value - end.half_width),
            right: self.x(value + end.half_width),
            top: middle - 0.75,
            bottom: middle + 0.75,
        };
        canvas.fill(interval, AXIS)?;
        let change: Phrase = Sensing::Signed(end.change.clone()).into();
        let words =
            format!("{} ({})", spoken(&change, head.language), spoken(&end.shift, head.language));
        let words = fonts.shorten(&words, NOTES - 10.0, SMALL, Face::Regular);
        let baseline = middle + SMALL * 0.36;
        if value < 0.0 {
            let pen = Pen::SMALL.align(Align::Right);
            return canvas.write(&words, interval.left.min(left) - 7.0, baseline, pen);
        }
        canvas.write(&words, interval.right.max(right) + 7.0, baseline, Pen::SMALL)
    }
}

fn is_sound(end: &TornadoEnd) -> bool {
    end.change.value.is_finite() && end.half_width.is_finite()
}

fn colour(better: Option<bool>) -> BackendColor {
    match better {
        Some(true) => ON,
        Some(false) => LOST,
        None => CLOSED,
    }
}
