//! Points over two axes of numbers, with intervals upwards, limits, and a ring around the choice.

use super::ChartError;
use super::axis::{nice_step, ticks};
use super::canvas::{Area, Canvas, Head, Pen};
use super::spoken;
use super::text::{Align, Face, Fonts};
use super::theme::{AXIS, CLOSED, GRID, INK, LOST_INK, MARGIN, PAPER, SMALL, WON};
use crate::report::Kind;
use crate::report::chart::{ScatterChart, ScatterPoint};

/// Room below the axis: labels and its name.
const BELOW: f64 = 48.0;
/// Half of the width of a point.
const DOT: f64 = 6.0;
/// How much wider the ring of the choice is.
const RING: f64 = 5.0;
/// Dashes of a limit, and the gaps between them.
const DASH: f64 = 8.0;

/// The ends of an axis, with some room beside the values.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(values: impl Iterator<Item = f64>, kind: &Kind) -> Option<Scale> {
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        if low > high {
            return None;
        }
        let room = if high > low { 0.06 * (high - low) } else { high.abs().max(1.0) * 0.1 };
        let scale = Scale { low: low - room, high: high + room };
        // A share lies between nothing and all.
        let is_share = *kind == Kind::Share;
        Some(if is_share {
            Scale { low: scale.low.max(0.0), high: scale.high.min(1.02) }
        } else {
            scale
        })
    }

    fn part(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

fn is_sound(point: &ScatterPoint) -> bool {
    point.x.is_finite() && point.y.is_finite() && point.half_width.is_finite()
}

pub(super) fn draw(
    chart: &ScatterChart,
    canvas: &mut Canvas<'_>,
    fonts: &Fonts,
    head: &Head,
    height: f64,
) -> Result<(), ChartError> {
    let points: Vec<&ScatterPoint> = chart.points.iter().filter(|point| is_sound(point)).collect();
    let ends = points.iter().flat_map(|p| [p.y - p.half_width, p.y + p.half_width]);
    let across = Scale::of(points.iter().map(|point| point.x), &chart.kinds[0]);
    let up = Scale::of(ends.chain(chart.limits.iter().copied()), &chart.kinds[1]);
    let (Some(across), Some(up)) = (across.filter(|_| !points.is_empty()), up) else {
        return canvas.say_text(&spoken(&chart.nothing, head.language), head, height);
    };
    let step = nice_step(up.high - up.low, 6.0);
    let end = up.high.abs().max(up.low.abs());
    let words: Vec<(f64, String)> = ticks(up.low, up.high, step)
        .map(|value| (value, head.language.tick_of(value, step, end, &chart.kinds[1])))
        .collect();
    let widest = words.iter().map(|(_, words)| fonts.width(words, SMALL, Face::Regular));
    let plot = Area {
        left: MARGIN + widest.fold(0.0, f64::max) + 10.0,
        top: head.bottom() + 30.0,
        right: head.right() - 16.0,
        bottom: height - MARGIN - BELOW,
    };
    let x = |value: f64| plot.left + across.part(value) * (plot.right - plot.left);
    let y = |value: f64| plot.bottom - up.part(value).clamp(0.0, 1.0) * (plot.bottom - plot.top);
    canvas.write(&spoken(&chart.up, head.language), MARGIN, plot.top - 14.0, Pen::SMALL)?;
    for (value, words) in &words {
        canvas.fill(Area { top: y(*value), bottom: y(*value) + 1.0, ..plot }, GRID)?;
        let pen = Pen::SMALL.align(Align::Right);
        canvas.write(words, plot.left - 8.0, y(*value) + SMALL * 0.36, pen)?;
    }
    for limit in &chart.limits {
        let mut left = plot.left;
        while left < plot.right {
            let right = (left + DASH).min(plot.right);
            let dash = Area { left, right, top: y(*limit) - 0.75, bottom: y(*limit) + 0.75 };
            canvas.fill(dash, LOST_INK)?;
            left += 2.0 * DASH;
        }
    }
    let step = nice_step(across.high - across.low, 8.0);
    let end = across.high.abs().max(across.low.abs());
    for value in ticks(across.low, across.high, step) {
        let words = head.language.tick_of(value, step, end, &chart.kinds[0]);
        let mark = Area {
            left: x(value) - 0.5,
            right: x(value) + 0.5,
            top: plot.bottom,
            bottom: plot.bottom + 5.0,
        };
        canvas.fill(mark, AXIS)?;
        canvas.write(&words, x(value), plot.bottom + 19.0, Pen::SMALL.align(Align::Middle))?;
    }
    canvas.fill(Area { top: plot.bottom, bottom: plot.bottom + 1.0, ..plot }, AXIS)?;
    let middle = f64::midpoint(plot.left, plot.right);
    let name = spoken(&chart.across, head.language);
    canvas.write(&name, middle, plot.bottom + 40.0, Pen::SMALL.align(Align::Middle))?;
    // The choice comes last, on top of all others.
    let (chosen, others): (Vec<&ScatterPoint>, Vec<_>) = points.iter().partition(|p| p.chosen);
    for point in others.into_iter().chain(chosen) {
        let (at, middle) = (x(point.x), y(point.y));
        let colour = if point.good { WON } else { CLOSED };
        let square = |half: f64| Area {
            left: at - half,
            right: at + half,
            top: middle - half,
            bottom: middle + half,
        };
        let interval = Area {
            left: at - 0.75,
            right: at + 0.75,
            top: y(point.y + point.half_width),
            bottom: y(point.y - point.half_width),
        };
        canvas.fill(interval, AXIS)?;
        if point.chosen {
            canvas.fill(square(DOT + RING), INK)?;
            canvas.fill(square(DOT + RING - 2.0), PAPER)?;
        }
        canvas.fill(square(DOT), colour)?;
    }
    Ok(())
}
