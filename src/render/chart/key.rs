//! The key of a picture: what each of its colours means, in as many lines as that takes.

use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::text::{Face, Fonts, clean_name};
use super::theme::{AXIS, INK, PAPER, SMALL};
use crate::render::words::drawn::Drawn;

/// From one line to the next.
const LINE: f64 = 19.0;
/// Between a square and its word.
const WORD: f64 = 16.0;
/// Between two entries.
const GAP: f64 = 22.0;
/// Side of a square.
const SIDE: f64 = 11.0;

/// Colours with their words, broken into lines.
#[derive(Clone)]
pub(super) struct Key {
    lines: Vec<Vec<(String, BackendColor)>>,
    left: f64,
}

impl Key {
    /// A key of our own words, from this edge to the right one.
    pub(super) fn of(
        entries: &[(Drawn<'_>, BackendColor)],
        left: f64,
        head: &Head,
        fonts: &Fonts,
    ) -> Key {
        let entries: Vec<(String, BackendColor)> =
            entries.iter().map(|(word, colour)| (head.language.draw(*word), *colour)).collect();
        let entries: Vec<(&str, BackendColor)> =
            entries.iter().map(|(word, colour)| (word.as_str(), *colour)).collect();
        Key::new(&entries, (left, head.right()), fonts)
    }

    /// A key that lies between these edges; no entries make no key.
    pub(super) fn new(
        entries: &[(&str, BackendColor)],
        (left, right): (f64, f64),
        fonts: &Fonts,
    ) -> Key {
        let room = right - left;
        let mut lines: Vec<Vec<(String, BackendColor)>> = Vec::new();
        let mut used = 0.0;
        for (word, colour) in entries {
            let word = fonts.shorten(&clean_name(word), room - WORD, SMALL, Face::Regular);
            let width = WORD + fonts.width(&word, SMALL, Face::Regular);
            match lines.last_mut() {
                Some(line) if used + width <= room => line.push((word, *colour)),
                _ => {
                    lines.push(vec![(word, *colour)]);
                    used = 0.0;
                }
            }
            used += width + GAP;
        }
        Key { lines, left }
    }

    /// How high it is.
    pub(super) fn height(&self) -> f64 {
        if self.lines.is_empty() { 0.0 } else { LINE * self.lines.len() as f64 + 9.0 }
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        top: f64,
    ) -> Result<(), ChartError> {
        for (number, line) in self.lines.iter().enumerate() {
            let y = top + SMALL + LINE * number as f64;
            let mut x = self.left;
            for (word, colour) in line {
                let square =
                    Area { left: x, top: y - SIDE + 1.0, right: x + SIDE, bottom: y + 1.0 };
                canvas.fill(square, if colour.rgb == PAPER.rgb { AXIS } else { *colour })?;
                canvas.fill(square.inside(1.0), *colour)?;
                canvas.write(word, x + WORD, y, Pen::SMALL.colour(INK))?;
                x += WORD + fonts.width(word, SMALL, Face::Regular) + GAP;
            }
        }
        Ok(())
    }
}
