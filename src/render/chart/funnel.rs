//! The funnel: one bar for each stage, as long as the deals that ever reached it.
//!
//! Bars start at one line, because lengths are compared best so (Cleveland and `McGill` 1984); a
//! centered funnel hides them. The dark part went on, and a pale way leads from it down to the next
//! bar; the part in orange was lost here, and the words beside it say how many and mostly why. So
//! the picture needs no legend, except for deals that did neither.

use plotters::prelude::DrawingBackend;
use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::text::{Align, Face, Fonts, clean, clean_name};
use super::theme::{
    HEIGHT, LABEL, LOST, LOST_INK, MARGIN, ON, OPEN, SMALL, WAY, WIDTH, WON, WON_INK,
};
use crate::render::number::{self, Kind};
use crate::report::chart::{FunnelChart, FunnelStage};

/// More stages than anyone reads; they also bound the size of a PNG.
const MOST_STAGES: usize = 40;
/// Room for names.
const NAMES: f64 = 240.0;
/// Room for words at the right of the longest bar.
const NOTES: std::ops::RangeInclusive<f64> = 120.0..=236.0;
/// Between a bar and its words.
const NOTE_GAP: f64 = 12.0;
/// From one bar's top to the next: two lines of text and a way between bars need the least.
const PITCH: std::ops::RangeInclusive<f64> = 62.0..=96.0;
/// Share of the pitch that is bar.
const BAR: f64 = 0.6;
/// A bar that is not empty can be seen.
const SLIVER: f64 = 2.0;
/// Deals that neither went on nor were lost deserve a word from this share of a stage on.
const WORTH_A_WORD: f64 = 0.01;

/// A funnel whose words were made to fit.
pub(super) struct Layout {
    rows: Vec<Row>,
    /// Left edge of the bars.
    left: f64,
    /// Length of the bar of one deal.
    per_deal: f64,
    footnotes: Vec<String>,
}

/// A bar with its words.
struct Row {
    name: String,
    phase: String,
    count: String,
    spread: String,
    deals: f64,
    parts: Vec<Part>,
    note: [String; 2],
    note_colour: BackendColor,
    /// Words on the way to the next bar, and how wide the way is in deals.
    way: Option<(String, f64)>,
}

struct Part {
    deals: f64,
    colour: BackendColor,
}

impl Layout {
    pub(super) fn new(chart: &FunnelChart, fonts: &Fonts) -> Self {
        let shown = chart.stages.len().min(MOST_STAGES);
        let hidden = chart.stages.len() - shown;
        let most = chart.stages.iter().map(|stage| sound(stage.deals)).fold(0.0, f64::max);
        let mut rows = Vec::new();
        let mut phase = String::new();
        for (index, stage) in chart.stages[..shown].iter().enumerate() {
            let is_last = index + 1 == chart.stages.len();
            let is_before_a_bar = index + 1 < shown || (is_last && chart.won.is_some());
            let on = deals_on(stage, if is_last { chart.won } else { None });
            let mut row = Row::stage(stage, on, is_before_a_bar);
            if row.phase == phase {
                row.phase.clear();
            } else {
                phase.clone_from(&row.phase);
            }
            rows.push(row);
        }
        if let (false, Some(won)) = (chart.stages.is_empty(), chart.won) {
            rows.push(Row::won(sound(won), chart.won_share));
        }
        if let Some((words, _)) = rows.iter_mut().find_map(|row| row.way.as_mut()) {
            words.push_str(" went on");
        }
        if most <= 0.0 {
            rows.clear();
        }

        let name_room = rows.iter().map(|row| row.name_width(fonts)).fold(0.0, f64::max).min(NAMES);
        let counts = rows.iter().map(|row| row.count_width(fonts)).fold(0.0, f64::max);
        let left = MARGIN + name_room + 16.0 + counts + 12.0;
        let notes = rows.iter().map(|row| row.note_width(fonts)).fold(0.0, f64::max);
        let notes = (notes + NOTE_GAP).clamp(*NOTES.start(), *NOTES.end());
        let longest = rows.iter().map(|row| row.deals).fold(most, f64::max);
        let per_deal = if longest > 0.0 { (WIDTH - MARGIN - notes - left) / longest } else { 0.0 };
        for row in &mut rows {
            row.fit(name_room, left + row.length(per_deal), fonts);
        }
        let footnotes = footnotes(&rows, hidden);
        Self { rows, left, per_deal, footnotes }
    }

    pub(super) fn height(&self, head: &Head) -> f64 {
        if self.rows.is_empty() {
            return HEIGHT;
        }
        let pitch = self.pitch(head);
        let bars = pitch * (self.rows.len() as f64 - 1.0) + pitch * BAR;
        (head.bottom() + bars + self.foot()).ceil()
    }

    pub(super) fn draw<B: DrawingBackend>(
        &self,
        canvas: &mut Canvas<B>,
        head: &Head,
        height: f64,
    ) -> Result<(), ChartError> {
        if self.rows.is_empty() {
            return canvas.say("No deals entered this funnel.", head, height);
        }
        let pitch = self.pitch(head).floor();
        let bar = (pitch * BAR).round();
        for (index, row) in self.rows.iter().enumerate() {
            let top = head.bottom() + pitch * index as f64;
            self.draw_row(row, canvas, top, bar)?;
            if let Some((words, deals)) = &row.way {
                let (top, bottom) = (top + bar, top + pitch);
                let right = self.left + self.length(*deals);
                canvas.fill(Area { left: self.left, top, right, bottom }, WAY)?;
                let middle = f64::midpoint(top, bottom) + SMALL * 0.36;
                canvas.write(words, self.left + 10.0, middle, Pen::SMALL)?;
            }
        }
        let mut y = height - MARGIN - 18.0 * (self.footnotes.len() as f64 - 1.0);
        for footnote in &self.footnotes {
            canvas.write(footnote, self.left, y, Pen::SMALL)?;
            y += 18.0;
        }
        Ok(())
    }

    fn draw_row<B: DrawingBackend>(
        &self,
        row: &Row,
        canvas: &mut Canvas<B>,
        top: f64,
        bar: f64,
    ) -> Result<(), ChartError> {
        let middle = top + bar / 2.0;
        let small = Pen::SMALL;
        let pair = [Pen::LABEL, small];
        two_lines(canvas, [&row.name, &row.phase], MARGIN, middle, pair)?;
        let numbers = pair.map(|pen| pen.align(Align::Right));
        let right_of_numbers = self.left - 12.0;
        two_lines(canvas, [&row.count, &row.spread], right_of_numbers, middle, numbers)?;

        let end = self.left + row.length(self.per_deal);
        let (mut from, mut deals) = (self.left, 0.0);
        for part in &row.parts {
            deals += part.deals;
            let right = (self.left + self.length(deals)).min(end);
            canvas.fill(Area { left: from, top, right, bottom: top + bar }, part.colour)?;
            from = right.max(from);
        }
        let words = [small.face(Face::SemiBold), small].map(|pen| pen.colour(row.note_colour));
        two_lines(canvas, [&row.note[0], &row.note[1]], end + NOTE_GAP, middle, words)
    }

    fn length(&self, deals: f64) -> f64 {
        if deals > 0.0 { (deals * self.per_deal).max(SLIVER) } else { 0.0 }
    }

    fn pitch(&self, head: &Head) -> f64 {
        let room = HEIGHT - head.bottom() - self.foot();
        (room / (self.rows.len() as f64 - 1.0 + BAR)).clamp(*PITCH.start(), *PITCH.end())
    }

    fn foot(&self) -> f64 {
        let lines = self.footnotes.len() as f64;
        MARGIN + if lines > 0.0 { 14.0 + 18.0 * lines } else { 0.0 }
    }
}

impl Row {
    fn stage(stage: &FunnelStage, on: f64, is_before_a_bar: bool) -> Self {
        let deals = sound(stage.deals);
        let counted = number::estimate(deals, stage.half_width.max(0.0), Kind::Count);
        let (count, spread) = counted.split_once(" ± ").unwrap_or((&counted, ""));
        let lost: f64 = stage.losses.iter().map(|part| sound(part.deals)).sum();
        let lost_here = lost.min(deals - on);
        let parts = vec![
            Part { deals: on, colour: ON },
            Part { deals: lost_here, colour: LOST },
            Part { deals: deals - on - lost_here, colour: OPEN },
        ];
        let share = if deals > 0.0 { on / deals } else { 0.0 };
        let way = is_before_a_bar.then(|| (format!("↓ {}", number::value(share, Kind::Share)), on));
        Self {
            name: clean_name(&stage.label),
            phase: clean(&stage.phase),
            count: count.to_owned(),
            spread: if spread.is_empty() { String::new() } else { format!("± {spread}") },
            deals,
            parts,
            note: loss_words(stage, lost),
            note_colour: LOST_INK,
            way: way.filter(|(_, on)| *on > 0.0),
        }
    }

    fn won(won: f64, share: Option<f64>) -> Self {
        let words = share.map(|share| format!("{} of all that came", number::percent(share)));
        let of_all = [words.unwrap_or_default(), String::new()];
        Self {
            name: "Won".to_owned(),
            phase: String::new(),
            count: number::count(won),
            spread: String::new(),
            deals: won,
            parts: vec![Part { deals: won, colour: WON }],
            note: of_all,
            note_colour: WON_INK,
            way: None,
        }
    }

    fn name_width(&self, fonts: &Fonts) -> f64 {
        let name = fonts.width(&self.name, LABEL, Face::SemiBold);
        name.max(fonts.width(&self.phase, SMALL, Face::Regular)) + 1.0
    }

    fn count_width(&self, fonts: &Fonts) -> f64 {
        let count = fonts.width(&self.count, LABEL, Face::SemiBold);
        count.max(fonts.width(&self.spread, SMALL, Face::Regular))
    }

    fn length(&self, per_deal: f64) -> f64 {
        if self.deals > 0.0 { (self.deals * per_deal).max(SLIVER) } else { 0.0 }
    }

    fn note_width(&self, fonts: &Fonts) -> f64 {
        let [first, second] = &self.note;
        let first = fonts.width(first, SMALL, Face::SemiBold);
        first.max(fonts.width(second, SMALL, Face::Regular)) + 1.0
    }

    /// Shortens the words to the room that they have.
    fn fit(&mut self, name_room: f64, end_of_bar: f64, fonts: &Fonts) {
        let note_room = WIDTH - MARGIN - end_of_bar - NOTE_GAP;
        self.name = fonts.shorten(&self.name, name_room, LABEL, Face::SemiBold);
        self.phase = fonts.shorten(&self.phase, name_room, SMALL, Face::Regular);
        let [first, second] = &mut self.note;
        *first = fonts.shorten(first, note_room, SMALL, Face::SemiBold);
        *second = fonts.shorten(second, note_room, SMALL, Face::Regular);
    }
}

/// Deals that went on: to the next stage, or to the win after the last one.
fn deals_on(stage: &FunnelStage, won: Option<f64>) -> f64 {
    let deals = sound(stage.deals);
    let lost: f64 = stage.losses.iter().map(|part| sound(part.deals)).sum();
    match (stage.to_next, won) {
        (Some(share), _) => deals * sound(share).min(1.0),
        (None, Some(won)) => sound(won).min(deals),
        (None, None) => (deals - lost).max(0.0),
    }
}

/// How many were lost, and the biggest reason.
fn loss_words(stage: &FunnelStage, lost: f64) -> [String; 2] {
    let mut biggest: Option<(&str, f64)> = None;
    for part in stage.losses.iter().filter(|part| sound(part.deals) > 0.0) {
        if biggest.is_none_or(|(_, deals)| part.deals > deals) {
            biggest = Some((&part.reason, part.deals));
        }
    }
    let Some((reason, deals)) = biggest else {
        return [String::new(), String::new()];
    };
    let reason = clean(reason);
    let why = if reason.is_empty() || deals >= lost {
        reason
    } else {
        format!("{} {reason}", number::percent(deals / lost))
    };
    let count = if lost < 10.0 { number::count(lost) } else { number::tick(lost, 1.0) };
    [format!("{count} lost"), why]
}

fn footnotes(rows: &[Row], hidden: usize) -> Vec<String> {
    let mut footnotes = Vec::new();
    let is_open = |row: &Row| {
        let open = row.parts.iter().filter(|part| part.colour.rgb == OPEN.rgb);
        open.map(|part| part.deals).sum::<f64>() > WORTH_A_WORD * row.deals
    };
    if rows.iter().any(is_open) {
        footnotes.push("Light blue: still open, or took another way.".to_owned());
    }
    if hidden > 0 && !rows.is_empty() {
        let are = if hidden == 1 { "stage is" } else { "stages are" };
        footnotes.push(format!("{hidden} more {are} not drawn."));
    }
    footnotes
}

/// Writes a name and a remark around the middle of a bar, or one line in its middle.
fn two_lines<B: DrawingBackend>(
    canvas: &mut Canvas<B>,
    [first, second]: [&str; 2],
    x: f64,
    middle: f64,
    [upper, lower]: [Pen; 2],
) -> Result<(), ChartError> {
    if second.is_empty() {
        return canvas.write(first, x, middle + upper.size * 0.36, upper);
    }
    canvas.write(first, x, middle - 3.0, upper)?;
    canvas.write(second, x, middle + 13.0, lower)
}

/// A number of deals that can be drawn.
fn sound(deals: f64) -> f64 {
    if deals.is_finite() { deals.max(0.0) } else { 0.0 }
}
