//! Funnels side by side: for each stage a bar of each model, all on one scale.

use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::key::Key;
use super::spoken;
use super::text::{Align, Face, Fonts, Room, clean_name};
use super::theme::{AXIS, CLOSED, INK, LABEL, MARGIN, ON, SMALL, STACK};
use crate::render::words::Language;
use crate::render::words::drawn::Drawn;
use crate::report::Kind;
use crate::report::chart::{FunnelsChart, FunnelsRow};

/// More stages than anyone reads; they also bound the size of a PNG.
const MOST_ROWS: usize = 40;
/// Room for names.
const NAMES: f64 = 300.0;
/// Room for the number at the end of the longest bar.
const NUMBERS: f64 = 70.0;
/// Height of a bar; the number beside it needs the least.
const BAR: std::ops::RangeInclusive<f64> = 15.0..=34.0;
/// Room between two stages, in bars.
const BETWEEN: f64 = 0.6;

/// Bars with their words.
pub(super) struct Layout<'a> {
    rows: Vec<(Vec<String>, &'a FunnelsRow)>,
    models: usize,
    key: Key,
    left: f64,
    hidden: usize,
}

impl<'a> Layout<'a> {
    pub(super) fn new(chart: &'a FunnelsChart, fonts: &Fonts, head: &Head) -> Self {
        // The last row has the won deals.
        let hidden = chart.rows.len().saturating_sub(MOST_ROWS);
        let last = chart.rows.len().saturating_sub(1);
        let shown = chart.rows[..last - hidden].iter().chain(chart.rows.get(last));
        let rows = shown.map(|row| {
            let name = clean_name(&spoken(&row.label, head.language));
            (fonts.wrap(&name, Room { width: NAMES, lines: 2 }, LABEL, Face::SemiBold), row)
        });
        let rows: Vec<(Vec<String>, &FunnelsRow)> = rows.collect();
        let lines = rows.iter().flat_map(|(name, _)| name);
        let widest = lines.map(|line| fonts.width(line, LABEL, Face::SemiBold));
        let left = MARGIN + widest.fold(0.0, f64::max) + 16.0;
        let models = chart.names.len();
        let names = chart.names.iter().enumerate();
        let names = names.map(|(at, name)| (spoken(name, head.language), colour(at, models)));
        let names: Vec<(String, BackendColor)> = names.collect();
        let entries: Vec<(&str, BackendColor)> =
            names.iter().map(|(name, colour)| (name.as_str(), *colour)).collect();
        let key = Key::new(&entries, (MARGIN, head.right()), fonts);
        Self { rows, models, key, left, hidden }
    }

    pub(super) fn height(&self, head: &Head) -> f64 {
        self.top(head) + self.pitch(head) * self.rows.len() as f64 + MARGIN
    }

    fn top(&self, head: &Head) -> f64 {
        head.bottom() + self.key.height()
    }

    fn bar(&self, head: &Head) -> f64 {
        let room = head.size.height() - self.top(head) - MARGIN;
        let bars = self.rows.len().max(1) as f64 * (self.models as f64 + BETWEEN);
        (room / bars).clamp(*BAR.start(), *BAR.end())
    }

    fn pitch(&self, head: &Head) -> f64 {
        self.bar(head) * (self.models as f64 + BETWEEN)
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
        height: f64,
    ) -> Result<(), ChartError> {
        let shares = self.rows.iter().flat_map(|(_, row)| row.shares.iter().flatten());
        let most = shares.copied().filter(|share| share.is_finite()).fold(0.0, f64::max);
        if most <= 0.0 {
            return canvas.say(Drawn::NoFunnel, head, height);
        }
        self.key.draw(canvas, fonts, head.bottom())?;
        let (bar, pitch) = (self.bar(head), self.pitch(head));
        let whole = head.right() - NUMBERS - self.left;
        for (number, (name, row)) in self.rows.iter().enumerate() {
            let top = self.top(head) + pitch * number as f64;
            let middle = top + bar * self.models as f64 / 2.0;
            let mut y = middle - 8.0 * (name.len() as f64 - 1.0) + LABEL * 0.36;
            for line in name {
                canvas.write(line, MARGIN, y, Pen::LABEL)?;
                y += 16.0;
            }
            for (at, share) in row.shares.iter().enumerate() {
                let top = top + bar * at as f64;
                let share = share.filter(|share| share.is_finite());
                let right = self.left + share.unwrap_or(0.0).max(0.0) / most * whole;
                let area = Area { left: self.left, top, right, bottom: top + bar - 1.0 };
                canvas.fill(area, colour(at, self.models))?;
                let words =
                    share.map_or_else(|| "–".to_owned(), |share| percent(head.language, share));
                let baseline = top + bar / 2.0 + SMALL * 0.36;
                canvas.write(&words, right + 8.0, baseline, Pen::SMALL.colour(INK))?;
            }
        }
        let axis = Area {
            left: self.left - 1.0,
            top: self.top(head) - 4.0,
            right: self.left,
            bottom: self.top(head) + pitch * self.rows.len() as f64 - bar * BETWEEN + 4.0,
        };
        canvas.fill(axis, AXIS)?;
        if self.hidden > 0 {
            let hidden = head.language.draw(Drawn::HiddenStages(self.hidden));
            canvas.write(&hidden, head.right(), height - 8.0, Pen::SMALL.align(Align::Right))?;
        }
        Ok(())
    }
}

/// With a decimal: funnels often differ by less than a percentage point.
fn percent(language: Language, share: f64) -> String {
    language.tick_of(share, 0.001, 1.0, &Kind::Share)
}

/// The base is grey; the only alternative is blue, several have colours of their own.
fn colour(at: usize, models: usize) -> BackendColor {
    match at {
        0 => CLOSED,
        1 if models == 2 => ON,
        // The last colour of a stack is that of the base.
        _ => STACK[(at - 1) % (STACK.len() - 1)],
    }
}
