//! The card of a process below its map: owner, goal, input, output, suppliers, consumers.

use super::words::{Ink, Sizes};
use crate::render::chart::ChartError;
use crate::render::chart::canvas::{Area, Canvas, Head};
use crate::render::chart::text::Face;
use crate::render::chart::theme::{GRID, INK, MARGIN};
use crate::render::words::drawn::Drawn;

/// The least width of a column.
const LEAST: f64 = 150.0;
/// Between two columns.
const GAP: f64 = 18.0;

/// Columns of words, in as many rows as they need.
pub(super) struct Card {
    entries: Vec<(String, Vec<String>)>,
    columns: usize,
    width: f64,
    sizes: Sizes,
}

impl Card {
    pub(super) fn new(about: &[(String, String)], ink: &Ink, head: &Head) -> Card {
        let told = about.iter().filter(|(key, _)| key != "description");
        let count = told.clone().count();
        let room = head.right() - MARGIN;
        let most = ((room + GAP) / (LEAST + GAP)) as usize;
        let rows = count.div_ceil(most.max(1)).max(1);
        let columns = count.div_ceil(rows).max(1);
        let width = (room + GAP) / columns as f64 - GAP;
        let entries = told
            .map(|(key, text)| (ink.language.draw(Drawn::CardKey(key)), ink.lines(text, width)))
            .collect();
        Card { entries, columns, width, sizes: ink.sizes }
    }

    pub(super) fn height(&self) -> f64 {
        if self.entries.is_empty() {
            return 0.0;
        }
        12.0 + self.rows().map(|row| self.height_of(row) + 4.0).sum::<f64>()
    }

    fn rows(&self) -> impl Iterator<Item = &[(String, Vec<String>)]> {
        self.entries.chunks(self.columns)
    }

    fn height_of(&self, row: &[(String, Vec<String>)]) -> f64 {
        let lines = row.iter().map(|(_, lines)| lines.len() + 1).max().unwrap_or(0);
        lines as f64 * self.sizes.line
    }

    /// Draws it so that it ends at this height.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        head: &Head,
        bottom: f64,
    ) -> Result<(), ChartError> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let top = bottom - self.height();
        canvas.fill(Area { left: MARGIN, right: head.right(), top, bottom: top + 1.0 }, GRID)?;
        let mut y = top + 10.0 + self.sizes.line * 0.5;
        for row in self.rows() {
            let mut x = MARGIN;
            for (key, lines) in row {
                canvas.write(key, x, y, self.sizes.pen().face(Face::SemiBold))?;
                for (number, line) in lines.iter().enumerate() {
                    let y = y + self.sizes.line * (number + 1) as f64;
                    canvas.write(line, x, y, self.sizes.pen().colour(INK))?;
                }
                x += self.width + GAP;
            }
            y += self.height_of(row) + 4.0;
        }
        Ok(())
    }
}
