//! Bars beside each other: where time goes, why deals are lost.
//!
//! All bars start at one line and share one scale. Parts have colours, which are named once above
//! the bars; a bar of one part needs no name. Names are never cut: a long one takes several lines, and
//! the bars stand as far apart as the longest name needs. Words at the end of a bar say what it comes to.

use plotters_backend::BackendColor;

use super::ChartError;
use super::axis::kind;
use super::canvas::{Area, Canvas, Head, Pen};
use super::key::Key;
use super::spoken;
use super::text::{Face, Fonts, Room, clean_name};
use super::theme::{ALARM, CLIENT, CLOSED, LABEL, LOST, MARGIN, ON, SMALL};
use crate::report::chart::{BarRow, BarsChart, Tone};
use crate::report::phrase::Phrase;

/// Room for names.
const NAMES: f64 = 330.0;
/// Room for words at the end of the longest bar.
const NOTES: f64 = 210.0;
/// From one bar's top to the next, unless a name needs more.
const PITCH: std::ops::RangeInclusive<f64> = 24.0..=84.0;
/// Share of the pitch that is bar.
const BAR: f64 = 0.62;
/// From one line of a name to the next.
const LINE: f64 = 16.0;
/// Lines of a name: more letters are not kept.
const MOST_LINES: usize = 12;
/// More bars than anyone reads.
const MOST_ROWS: usize = 40;

/// Bars whose names were broken into lines.
pub(super) struct Layout<'a> {
    chart: &'a BarsChart,
    rows: Vec<Row<'a>>,
    key: Key,
    /// Left edge of the bars.
    left: f64,
}

/// A bar with its words.
struct Row<'a> {
    drawn: &'a BarRow,
    name: Vec<String>,
    remark: String,
}

impl Row<'_> {
    /// Lines beside the bar.
    fn lines(&self) -> f64 {
        let name = self.name.len() + usize::from(!self.remark.is_empty());
        let note = 1 + usize::from(self.drawn.note[1].is_some());
        name.max(note) as f64
    }
}

fn length(part: f64) -> f64 {
    if part.is_finite() { part.max(0.0) } else { 0.0 }
}

fn sum(row: &BarRow) -> f64 {
    row.parts.iter().copied().map(length).sum()
}

impl<'a> Layout<'a> {
    pub(super) fn new(chart: &'a BarsChart, fonts: &Fonts, head: &Head) -> Self {
        let rows = chart.rows.iter().take(MOST_ROWS);
        let rows = rows.map(|row| {
            let name = clean_name(&spoken(&row.label, head.language));
            let name =
                fonts.wrap(&name, Room { width: NAMES, lines: MOST_LINES }, LABEL, Face::SemiBold);
            let remark = row.remark.as_ref();
            let remark = remark.map_or_else(String::new, |remark| spoken(remark, head.language));
            Row { drawn: row, name, remark: fonts.shorten(&remark, NAMES, SMALL, Face::Regular) }
        });
        let rows: Vec<Row> = rows.collect();
        let widest = rows.iter().map(|row| {
            let lines = row.name.iter().map(|line| fonts.width(line, LABEL, Face::SemiBold));
            lines.fold(fonts.width(&row.remark, SMALL, Face::Regular), f64::max)
        });
        let left = MARGIN + widest.fold(0.0, f64::max) + 17.0;
        let named = |(name, tone): &(Phrase, Tone)| (spoken(name, head.language), colour(*tone));
        let named: Vec<(String, BackendColor)> = chart.parts.iter().map(named).collect();
        let parts = named.iter().map(|(name, colour)| (name.as_str(), *colour));
        let parts: Vec<(&str, BackendColor)> =
            if chart.parts.len() > 1 { parts.collect() } else { Vec::new() };
        Self { chart, key: Key::new(&parts, (left, head.right()), fonts), rows, left }
    }

    pub(super) fn height(&self, head: &Head) -> f64 {
        if self.rows.is_empty() {
            return head.size.height();
        }
        (self.top(head) + self.rows.len() as f64 * self.pitch(head) + MARGIN)
            .max(head.size.height())
    }

    fn top(&self, head: &Head) -> f64 {
        head.bottom() + self.key.height()
    }

    fn pitch(&self, head: &Head) -> f64 {
        let room = head.size.height() - MARGIN - self.top(head);
        // Words stand around the middles of bars, so two neighbours share the room between them.
        let pairs =
            self.rows.windows(2).map(|pair| f64::midpoint(pair[0].lines(), pair[1].lines()));
        let lines = pairs.fold(1.0, f64::max);
        let pitch = (room / self.rows.len() as f64).clamp(*PITCH.start(), *PITCH.end());
        pitch.max(lines * LINE + 4.0).floor()
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
        height: f64,
    ) -> Result<(), ChartError> {
        let longest = self.rows.iter().map(|row| sum(row.drawn)).fold(0.0, f64::max);
        if longest <= 0.0 {
            return canvas.say_text(&spoken(&self.chart.nothing, head.language), head, height);
        }
        self.key.draw(canvas, fonts, head.bottom())?;
        let per_unit = (head.right() - NOTES - self.left) / longest;
        let pitch = self.pitch(head);
        let bar = (pitch * BAR).min(*PITCH.end() * BAR).round();
        for (number, row) in self.rows.iter().enumerate() {
            let middle = self.top(head) + pitch * (number as f64 + 0.5);
            draw_name(row, canvas, middle)?;
            let mut end = self.left;
            for (part, (_, tone)) in row.drawn.parts.iter().zip(&self.chart.parts) {
                let right = end + length(*part) * per_unit;
                let (top, bottom) = (middle - bar / 2.0, middle + bar / 2.0);
                canvas.fill(Area { left: end, top, right, bottom }, colour(*tone))?;
                end = right;
            }
            self.draw_note(row.drawn, canvas, fonts, (head, end, middle))?;
        }
        Ok(())
    }

    /// What a bar comes to, at its end.
    fn draw_note(
        &self,
        row: &BarRow,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        (head, end, middle): (&Head, f64, f64),
    ) -> Result<(), ChartError> {
        let [first, second] = row
            .note
            .each_ref()
            .map(|note| note.as_ref().map_or_else(String::new, |note| spoken(note, head.language)));
        let first = if self.chart.parts.len() > 1 {
            first
        } else {
            let all = head.language.value(sum(row), kind(&self.chart.measure));
            format!("{all}, {first}")
        };
        let (x, room) = (end + 12.0, head.right() - end - 12.0);
        let first = fonts.shorten(&first, room, LABEL, Face::SemiBold);
        let second = fonts.shorten(&second, room, SMALL, Face::Regular);
        if second.is_empty() {
            return canvas.write(&first, x, middle + LABEL * 0.36, Pen::LABEL);
        }
        canvas.write(&first, x, middle - 3.0, Pen::LABEL)?;
        canvas.write(&second, x, middle + 13.0, Pen::SMALL)
    }
}

/// The name and the remark of a bar, around its middle.
fn draw_name(row: &Row<'_>, canvas: &mut Canvas<'_>, middle: f64) -> Result<(), ChartError> {
    let mut y = middle - (row.lines() - 1.0) * LINE / 2.0 + LABEL * 0.36;
    for line in &row.name {
        canvas.write(line, MARGIN, y, Pen::LABEL)?;
        y += LINE;
    }
    canvas.write(&row.remark, MARGIN, y, Pen::SMALL)
}

fn colour(tone: Tone) -> BackendColor {
    match tone {
        Tone::Lost => LOST,
        Tone::Main => ON,
        Tone::Alarm => ALARM,
        Tone::Pale => CLOSED,
        Tone::Calm => CLIENT,
    }
}
