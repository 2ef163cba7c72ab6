//! Columns of words below a map: the card of the process, and what people are told about stages and roles.

use super::words::{Ink, MOST_LINES, Sizes};
use crate::render::chart::ChartError;
use crate::render::chart::canvas::{Area, Canvas, Head};
use crate::render::chart::spoken;
use crate::render::chart::text::{Face, clean};
use crate::render::chart::theme::{GRID, INK, MARGIN};
use crate::render::words::drawn::Drawn;
use crate::report::{Map, Note};

/// The least width of a column of the card.
const LEAST: f64 = 150.0;
/// The least width of a column of notes, which are sentences.
const LEAST_OF_NOTES: f64 = 260.0;
/// Between two columns.
const GAP: f64 = 18.0;

/// How wide the columns of a card are at least, and how many lines a text takes at most.
#[derive(Clone, Copy)]
struct Shape {
    least: f64,
    most_lines: usize,
}

/// Columns of words, in as many rows as they need.
pub(super) struct Card {
    entries: Vec<(String, Vec<String>)>,
    columns: usize,
    width: f64,
    sizes: Sizes,
}

impl Card {
    /// Owner, goal, input, output, suppliers, consumers.
    pub(super) fn of_process(map: &Map, ink: &Ink, head: &Head) -> Card {
        let told = map.about.iter().filter(|(key, _)| key != "description");
        let entry = |(key, text): &(String, String)| {
            (
                ink.language.draw(Drawn::CardKey(key)),
                vec![ink.language.draw(Drawn::CardText(key, text))],
            )
        };
        let entries = told.map(entry).collect();
        Card::of(entries, ink, head, Shape { least: LEAST, most_lines: MOST_LINES })
    }

    /// Descriptions and instructions of stages, steps and roles, each in so many lines.
    pub(super) fn of_notes(map: &Map, ink: &Ink, head: &Head, most_lines: usize) -> Card {
        let entry = |note: &Note| {
            let key =
                |key, text: &String| format!("{}: {text}", ink.language.draw(Drawn::CardKey(key)));
            let step = note.step.as_ref().map(|step| spoken(step, ink.language));
            let name = [Some(note.name.clone()), step].into_iter().flatten().collect::<Vec<_>>();
            let told = [
                note.department.as_ref().map(|text| key("department", text)),
                note.told.description.clone(),
                note.told.instruction.as_ref().map(|text| key("instruction", text)),
            ];
            (name.join(": "), told.into_iter().flatten().collect())
        };
        let entries = map.stage_notes.iter().chain(&map.role_notes).map(entry).collect();
        Card::of(entries, ink, head, Shape { least: LEAST_OF_NOTES, most_lines })
    }

    fn of(entries: Vec<(String, Vec<String>)>, ink: &Ink, head: &Head, shape: Shape) -> Card {
        let count = entries.len();
        let room = head.right() - MARGIN;
        let most = ((room + GAP) / (shape.least + GAP)) as usize;
        let rows = count.div_ceil(most.max(1)).max(1);
        let columns = count.div_ceil(rows).max(1);
        let width = (room + GAP) / columns as f64 - GAP;
        let entries = entries
            .into_iter()
            .map(|(key, texts)| {
                let lines =
                    texts.iter().flat_map(|text| ink.few_lines(text, width, shape.most_lines));
                let key = ink.fonts.shorten(&clean(&key), width, ink.sizes.small, Face::SemiBold);
                (key, lines.collect())
            })
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
