//! The funnel: one bar for each stage, as long as the deals that came to it.
//!
//! Bars start at one line, because lengths are compared best so (Cleveland and `McGill` 1984); a
//! centered funnel hides them. Each bar is divided by what became of its deals, and a key names the
//! colours. A pale way leads from what went on down to the next bar, with its count and its share of
//! the bar above: where the model has no such way, none is drawn.

use plotters_backend::BackendColor;

use super::ChartError;
use super::canvas::{Area, Canvas, Head, Pen};
use super::key::Key;
use super::spoken;
use super::text::{Align, Face, Fonts, Room, clean, clean_name};
use super::theme::{
    CLOSED, ELSEWHERE, LABEL, LOST, LOST_INK, MARGIN, ON, OPEN, SMALL, WAY, WON, WON_INK,
};
use crate::render::words::Language;
use crate::render::words::drawn::Drawn;
use crate::render::words::number::Kind;
use crate::report::chart::{FunnelChart, FunnelStage};
use crate::report::phrase::Term;

/// More stages than anyone reads; they also bound the size of a PNG.
const MOST_STAGES: usize = 40;
/// Room for names.
const NAMES: f64 = 300.0;
/// Room for words at the right of the longest bar.
const NOTES: std::ops::RangeInclusive<f64> = 120.0..=260.0;
/// Between a bar and its words.
const NOTE_GAP: f64 = 12.0;
/// From one bar's top to the next: two lines of text and a way between bars need the least.
const PITCH: std::ops::RangeInclusive<f64> = 44.0..=110.0;
/// Share of the pitch that is bar.
const BAR: f64 = 0.6;
/// A bar that is not empty can be seen.
const SLIVER: f64 = 2.0;
/// From one line of a name or a note to the next.
const LINE: f64 = 15.0;
/// Lines of a name or a note.
const MOST_LINES: usize = 4;
/// More deals left a stage than came, beyond rounding, from this share on.
const MORE: f64 = 1e-6;

/// A funnel whose words were made to fit.
pub(super) struct Layout {
    rows: Vec<Row>,
    /// Left edge of the bars.
    left: f64,
    /// Length of the bar of one deal.
    per_deal: f64,
    footnotes: Vec<String>,
    key: Key,
}

/// A bar with its words.
struct Row {
    name: Vec<String>,
    phase: String,
    count: String,
    spread: String,
    parts: Vec<Part>,
    /// How many were lost, and why.
    note: [String; 2],
    /// The same, broken into lines.
    lines: Vec<String>,
    note_colour: BackendColor,
    /// Words on the way to the next bar, and how wide the way is in deals.
    way: Option<(String, f64)>,
}

struct Part {
    deals: f64,
    colour: BackendColor,
    /// What became of these deals.
    what: Drawn<'static>,
}

impl Layout {
    pub(super) fn new(chart: &FunnelChart, fonts: &Fonts, head: &Head) -> Self {
        let shown = chart.stages.len().min(MOST_STAGES);
        let hidden = chart.stages.len() - shown;
        let mut rows = Vec::new();
        let mut phase = String::new();
        for (index, stage) in chart.stages[..shown].iter().enumerate() {
            let is_last = index + 1 == chart.stages.len();
            let is_before_a_bar = index + 1 < shown || (is_last && chart.won.is_some());
            let mut row = Row::stage(stage, is_before_a_bar, head.language);
            if row.phase == phase {
                row.phase.clear();
            } else {
                phase.clone_from(&row.phase);
            }
            rows.push(row);
        }
        if let (false, Some(won)) = (chart.stages.is_empty(), chart.won) {
            rows.push(Row::won(sound(won), sound(chart.arrived), head.language));
        }
        if let Some((words, _)) = rows.iter_mut().find_map(|row| row.way.as_mut()) {
            words.extend([" ", &head.language.draw(Drawn::WentOn)]);
        }
        let longest = rows.iter().map(Row::all).fold(0.0, f64::max);
        if longest <= 0.0 {
            rows.clear();
        }

        let name_room = rows.iter().map(|row| row.name_width(fonts)).fold(0.0, f64::max).min(NAMES);
        let counts = rows.iter().map(|row| row.count_width(fonts)).fold(0.0, f64::max);
        let left = MARGIN + name_room + 16.0 + counts + 12.0;
        let notes = rows.iter().map(|row| row.note_width(fonts)).fold(0.0, f64::max);
        let notes = (notes + NOTE_GAP).clamp(*NOTES.start(), *NOTES.end());
        let per_deal = if longest > 0.0 { (head.right() - notes - left) / longest } else { 0.0 };
        for row in &mut rows {
            row.fit(name_room, head.right() - left - row.length(per_deal) - NOTE_GAP, fonts);
        }
        let footnotes = footnotes(chart, &rows, hidden);
        let footnotes = footnotes.into_iter().map(|note| head.language.draw(note)).collect();
        let key = key(&rows, fonts, head);
        Self { rows, left, per_deal, footnotes, key }
    }

    pub(super) fn height(&self, head: &Head) -> f64 {
        if self.rows.is_empty() {
            return head.size.height();
        }
        let pitch = self.pitch(head);
        let bars = pitch * (self.rows.len() as f64 - 1.0) + pitch * BAR;
        (self.top(head) + bars + self.foot()).floor()
    }

    pub(super) fn draw(
        &self,
        canvas: &mut Canvas<'_>,
        fonts: &Fonts,
        head: &Head,
        height: f64,
    ) -> Result<(), ChartError> {
        if self.rows.is_empty() {
            return canvas.say(Drawn::NoFunnel, head, height);
        }
        self.key.draw(canvas, fonts, head.bottom())?;
        let pitch = self.pitch(head).floor();
        let bar = (pitch * BAR).round();
        for (index, row) in self.rows.iter().enumerate() {
            let top = self.top(head) + pitch * index as f64;
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
            canvas.write(footnote, MARGIN, y, Pen::SMALL)?;
            y += 18.0;
        }
        Ok(())
    }

    fn draw_row(
        &self,
        row: &Row,
        canvas: &mut Canvas<'_>,
        top: f64,
        bar: f64,
    ) -> Result<(), ChartError> {
        let middle = top + bar / 2.0;
        let small = Pen::SMALL;
        let pair = [Pen::LABEL, small];
        let mut y = middle - (row.height() - LINE) / 2.0 + LABEL * 0.36;
        for line in &row.name {
            canvas.write(line, MARGIN, y, Pen::LABEL)?;
            y += LINE;
        }
        canvas.write(&row.phase, MARGIN, y, small)?;
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
        let mut y = middle - (row.lines.len() as f64 - 1.0) * LINE / 2.0 + SMALL * 0.36;
        for (at, line) in row.lines.iter().enumerate() {
            let face = if at == 0 { Face::SemiBold } else { Face::Regular };
            canvas.write(line, end + NOTE_GAP, y, small.face(face).colour(row.note_colour))?;
            y += LINE;
        }
        Ok(())
    }

    /// Where the first bar begins, below the key.
    fn top(&self, head: &Head) -> f64 {
        head.bottom() + self.key.height()
    }

    fn length(&self, deals: f64) -> f64 {
        if deals > 0.0 { (deals * self.per_deal).max(SLIVER) } else { 0.0 }
    }

    fn pitch(&self, head: &Head) -> f64 {
        let room = head.size.height() - self.top(head) - self.foot();
        let words = |row: &Row| row.height().max(LINE * row.lines.len() as f64);
        let pairs =
            self.rows.windows(2).map(|pair| f64::midpoint(words(&pair[0]), words(&pair[1])));
        let least = (pairs.fold(0.0, f64::max) + 6.0).max(*PITCH.start());
        (room / (self.rows.len() as f64 - 1.0 + BAR)).min(*PITCH.end()).max(least)
    }

    fn foot(&self) -> f64 {
        let lines = self.footnotes.len() as f64;
        MARGIN + if lines > 0.0 { 14.0 + 18.0 * lines } else { 0.0 }
    }
}

impl Row {
    fn stage(stage: &FunnelStage, is_before_a_bar: bool, language: Language) -> Self {
        let deals = sound(stage.deals);
        let counted = language.estimate(deals, stage.half_width.max(0.0), Kind::Count);
        let spread = counted.split_once(" ± ").map(|(_, spread)| format!("± {spread}"));
        let lost: f64 = stage.losses.iter().map(|part| sound(part.deals)).sum();
        let part = |deals: f64, colour, what| Part { deals: sound(deals), colour, what };
        let parts = vec![
            part(stage.next, ON, Drawn::NextRow),
            part(stage.won, WON, Drawn::Won),
            part(stage.done, CLOSED, Drawn::Done),
            part(stage.elsewhere, ELSEWHERE, Drawn::AnotherWay),
            part(lost, LOST, Drawn::Lost),
            part(stage.churned, LOST, Drawn::Lost),
            part(stage.still_there(), OPEN, Drawn::StillThere),
        ];
        let on = sound(stage.next);
        let share = if deals > 0.0 { (on / deals).min(1.0) } else { 0.0 };
        let words = format!("↓ {}, {}", language.count(on), language.percent(share));
        let way = (is_before_a_bar && on > 0.0).then_some((words, on));
        Self {
            name: vec![clean_name(&stage.label)],
            phase: stage
                .phase
                .map_or_else(String::new, |phase| spoken(&Term::OfPhase(phase), language)),
            // Rounded like the count on the way to this bar: not to the half-width.
            count: language.count(deals),
            spread: spread.unwrap_or_default(),
            parts,
            note: loss_words(stage, lost, language),
            lines: Vec::new(),
            note_colour: LOST_INK,
            way,
        }
    }

    fn won(won: f64, arrived: f64, language: Language) -> Self {
        let of_all = if arrived > 0.0 && won <= arrived {
            language.draw(Drawn::OfAllThatCame { share: won / arrived, came: arrived })
        } else {
            String::new()
        };
        Self {
            name: vec![language.draw(Drawn::WonRow)],
            phase: String::new(),
            count: language.count(won),
            spread: String::new(),
            parts: vec![Part { deals: won, colour: WON, what: Drawn::Won }],
            note: [of_all, String::new()],
            lines: Vec::new(),
            note_colour: WON_INK,
            way: None,
        }
    }

    /// Height of the name with its phase.
    fn height(&self) -> f64 {
        LINE * (self.name.len() as f64 + if self.phase.is_empty() { 0.0 } else { 1.0 })
    }

    /// Deals of all parts.
    fn all(&self) -> f64 {
        self.parts.iter().map(|part| part.deals).sum()
    }

    fn name_width(&self, fonts: &Fonts) -> f64 {
        let lines = self.name.iter().map(|line| fonts.width(line, LABEL, Face::SemiBold));
        lines.fold(0.0, f64::max).max(fonts.width(&self.phase, SMALL, Face::Regular)) + 1.0
    }

    fn count_width(&self, fonts: &Fonts) -> f64 {
        let count = fonts.width(&self.count, LABEL, Face::SemiBold);
        count.max(fonts.width(&self.spread, SMALL, Face::Regular))
    }

    fn length(&self, per_deal: f64) -> f64 {
        let all = self.all();
        if all > 0.0 { (all * per_deal).max(SLIVER) } else { 0.0 }
    }

    fn note_width(&self, fonts: &Fonts) -> f64 {
        let [first, second] = &self.note;
        let first = fonts.width(first, SMALL, Face::SemiBold);
        first.max(fonts.width(second, SMALL, Face::Regular)) + 1.0
    }

    /// Shortens the words to the room that they have.
    fn fit(&mut self, name_room: f64, note_room: f64, fonts: &Fonts) {
        self.name = fonts.wrap(
            &self.name.concat(),
            Room { width: name_room, lines: MOST_LINES },
            LABEL,
            Face::SemiBold,
        );
        self.phase = fonts.shorten(&self.phase, name_room, SMALL, Face::Regular);
        let [first, second] = &self.note;
        self.lines = fonts.wrap(first, Room { width: note_room, lines: 1 }, SMALL, Face::SemiBold);
        self.lines.extend(fonts.wrap(
            second,
            Room { width: note_room, lines: MOST_LINES - 1 },
            SMALL,
            Face::Regular,
        ));
    }
}

/// How many were lost, and the biggest reason.
fn loss_words(stage: &FunnelStage, lost: f64, language: Language) -> [String; 2] {
    let mut biggest: Option<(&str, f64)> = None;
    for part in stage.losses.iter().filter(|part| sound(part.deals) > 0.0) {
        if biggest.is_none_or(|(_, deals)| part.deals > deals) {
            biggest = Some((&part.reason, part.deals));
        }
    }
    let churned = sound(stage.churned);
    let left =
        if churned > 0.0 { language.draw(Drawn::LeftAfterSale(churned)) } else { String::new() };
    let Some((reason, deals)) = biggest else {
        return [left, String::new()];
    };
    let reason = clean(reason);
    let why = if reason.is_empty() || deals >= lost {
        reason
    } else {
        format!("{} {reason}", language.percent(deals / lost))
    };
    let lost = language.draw(Drawn::LostDeals(lost));
    [if left.is_empty() { lost } else { format!("{lost}, {left}") }, why]
}

/// What the colours mean, as far as they occur.
fn key(rows: &[Row], fonts: &Fonts, head: &Head) -> Key {
    let mut entries: Vec<(Drawn<'_>, BackendColor)> = Vec::new();
    for part in rows.iter().flat_map(|row| &row.parts).filter(|part| part.deals > 0.0) {
        if entries.iter().all(|(what, _)| *what != part.what) {
            entries.push((part.what, part.colour));
        }
    }
    Key::of(&entries, MARGIN, head, fonts)
}

fn footnotes(chart: &FunnelChart, rows: &[Row], hidden: usize) -> Vec<Drawn<'static>> {
    let mut footnotes = Vec::new();
    let drains = |stage: &FunnelStage| sound(stage.left()) > sound(stage.deals) * (1.0 + MORE);
    if !rows.is_empty() && chart.stages.iter().any(drains) {
        footnotes.push(Drawn::LongBars);
    }
    if hidden > 0 && !rows.is_empty() {
        footnotes.push(Drawn::HiddenStages(hidden));
    }
    footnotes
}

/// Writes a name and a remark around the middle of a bar, or one line in its middle.
fn two_lines(
    canvas: &mut Canvas<'_>,
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
