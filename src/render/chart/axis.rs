//! Numbers of axes: steps that people count in, and words in the unit of a chart.

use plotters::prelude::DrawingBackend;

use super::ChartError;
use super::canvas::{Area, Canvas, Pen};
use super::text::{Face, Fonts, clean};
use super::theme::{AXIS, MARGIN, SMALL, WIDTH};
use crate::render::number::{self, Kind};
use crate::report::chart::Measure;

/// A step of 1, 2 or 5 times a power of ten that makes at most `most` steps of a range.
pub(super) fn nice_step(range: f64, most: f64) -> f64 {
    let rough = range / most;
    let power = 10_f64.powi(rough.log10().floor() as i32);
    [1.0, 2.0, 5.0].map(|m| m * power).into_iter().find(|&s| s >= rough).unwrap_or(10.0 * power)
}

/// Multiples of a step in a range.
pub(super) fn ticks(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((from / step - 1e-9).ceil(), (to / step + 1e-9).floor());
    let count = if step > 0.0 && last >= first { (last - first).min(50.0) as u32 + 1 } else { 0 };
    (0..count).map(move |index| (first + f64::from(index)) * step)
}

/// How a chart's numbers are written.
pub(super) fn kind(measure: &Measure) -> Kind<'_> {
    match measure {
        Measure::Deals => Kind::Count,
        Measure::Days => Kind::Days,
        Measure::Money(currency) => Kind::Money(currency),
    }
}

/// The words of a tick.
pub(super) fn tick(value: f64, step: f64, measure: &Measure) -> String {
    match measure {
        Measure::Deals => number::tick(value, step),
        _ => number::value(value, kind(measure)),
    }
}

/// Room that the name of a period takes at least.
const LABEL_ROOM: f64 = 34.0;

/// Names below an axis of periods of this width, as many as there is room for.
pub(super) fn draw_periods<'a, B: DrawingBackend>(
    canvas: &mut Canvas<B>,
    fonts: &Fonts,
    labels: impl Iterator<Item = &'a str>,
    plot: Area,
    width: f64,
) -> Result<(), ChartError> {
    let mut free = f64::NEG_INFINITY;
    for (number, label) in labels.enumerate().filter(|(_, label)| !label.is_empty()) {
        let left = plot.left + width * number as f64;
        let label = clean(label);
        let words = fonts.width(&label, SMALL, Face::Regular);
        // The last name may reach to the left of its mark, but not into the one before.
        let at = (left + 3.0).min(WIDTH - MARGIN - words);
        if at < free {
            continue;
        }
        let mark = Area { left, right: left + 1.0, top: plot.bottom, bottom: plot.bottom + 6.0 };
        canvas.fill(mark, AXIS)?;
        canvas.write(&label, at, plot.bottom + 17.0, Pen::SMALL)?;
        free = at + (words + 9.0).max(LABEL_ROOM);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbers_that_people_count_in() {
        for (range, most, step) in [(100.0, 9.0, 20.0), (1.0, 4.0, 0.5), (365.0, 9.0, 50.0)] {
            assert!((nice_step(range, most) - step).abs() < 1e-12);
        }
        assert_eq!(ticks(0.0, 100.0, 20.0).count(), 6);
        assert_eq!(ticks(3.0, 9.0, 5.0).collect::<Vec<_>>(), [5.0]);
    }
}
