//! A sheet of paper: rectangles and text in CSS pixels, on either back end.
//!
//! Charts need nothing else, and both are drawn the same by every viewer. The sheet multiplies by
//! the scale and rounds to whole dots, so edges are sharp and bars that touch share an edge.

use plotters::prelude::DrawingBackend;
use plotters_backend::{BackendColor, BackendCoord as Dot, DrawingErrorKind};

use super::ChartError;
use super::text::{Align, Face, Fonts, Room, Style};
use super::theme::{GREY, INK, LABEL, MARGIN, PAPER, SMALL, SUBTITLE, Size, TITLE};
use crate::render::words::Language;
use crate::render::words::drawn::Drawn;

/// A rectangle, by its edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    /// The area within a border of this width.
    pub(super) fn inside(self, border: f64) -> Area {
        let Area { left, top, right, bottom } = self;
        Area {
            left: left + border,
            top: top + border,
            right: right - border,
            bottom: bottom - border,
        }
    }
}

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub(super) size: f64,
    pub(super) face: Face,
    pub(super) colour: BackendColor,
    pub(super) align: Align,
}

impl Pen {
    /// The pen of names and counts.
    pub(super) const LABEL: Self =
        Self { size: LABEL, face: Face::SemiBold, colour: INK, align: Align::Left };
    /// The pen of remarks.
    pub(super) const SMALL: Self =
        Self { size: SMALL, face: Face::Regular, colour: GREY, align: Align::Left };

    pub(super) fn colour(self, colour: BackendColor) -> Self {
        Self { colour, ..self }
    }

    pub(super) fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(super) fn face(self, face: Face) -> Self {
        Self { face, ..self }
    }
}

/// What charts need of a back end, so that they are compiled once for both.
pub(super) trait Paper {
    /// Fills a rectangle between two corners.
    fn rectangle(&mut self, corners: [Dot; 2], colour: BackendColor) -> Result<(), ChartError>;
    /// Fills a convex polygon.
    fn polygon(&mut self, corners: &[Dot], colour: BackendColor) -> Result<(), ChartError>;
    /// Writes a text whose top is at a dot.
    fn text(&mut self, text: &str, style: &Style<'_>, at: Dot) -> Result<(), ChartError>;
}

impl<B: DrawingBackend> Paper for B {
    fn rectangle(&mut self, [from, to]: [Dot; 2], colour: BackendColor) -> Result<(), ChartError> {
        self.draw_rect(from, to, &colour, true).map_err(|error| failed(&error))
    }

    fn polygon(&mut self, corners: &[Dot], colour: BackendColor) -> Result<(), ChartError> {
        self.fill_polygon(corners.iter().copied(), &colour).map_err(|error| failed(&error))
    }

    fn text(&mut self, text: &str, style: &Style<'_>, at: Dot) -> Result<(), ChartError> {
        self.draw_text(text, style, at).map_err(|error| failed(&error))
    }
}

/// Paper with fonts and a scale.
pub(super) struct Canvas<'a> {
    paper: &'a mut dyn Paper,
    fonts: &'a Fonts,
    scale: f64,
}

/// The head of an arrow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrow {
    /// Its point.
    pub(super) tip: (f64, f64),
    /// Its direction, a unit vector along an axis.
    pub(super) along: (f64, f64),
    /// From the point to the back.
    pub(super) length: f64,
    /// Half of its width at the back.
    pub(super) half_width: f64,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(paper: &'a mut dyn Paper, fonts: &'a Fonts, scale: u32) -> Self {
        Self { paper, fonts, scale: f64::from(scale) }
    }

    /// Fills a rectangle; one without an inside is not drawn.
    pub(super) fn fill(&mut self, area: Area, colour: BackendColor) -> Result<(), ChartError> {
        let Area { left, top, right, bottom } = area;
        let [left, top, right, bottom] = [left, top, right, bottom].map(|edge| self.dots(edge));
        if left >= right || top >= bottom {
            return Ok(());
        }
        // Both back ends leave the right and the lower edge out, if the colour is opaque.
        self.paper.rectangle([(left, top), (right, bottom)], colour)
    }

    /// Draws the head of an arrow.
    pub(super) fn arrow(&mut self, arrow: Arrow, colour: BackendColor) -> Result<(), ChartError> {
        let Arrow { tip, along, length, half_width } = arrow;
        let (x, y) = (tip.0 - along.0 * length, tip.1 - along.1 * length);
        let (dx, dy) = (along.1 * half_width, along.0 * half_width);
        let corners = [tip, (x + dx, y + dy), (x - dx, y - dy)];
        self.polygon(&corners, colour)
    }

    /// Fills a convex polygon.
    pub(super) fn polygon(
        &mut self,
        corners: &[(f64, f64)],
        colour: BackendColor,
    ) -> Result<(), ChartError> {
        let corners: Vec<Dot> =
            corners.iter().map(|(x, y)| (self.dots(*x), self.dots(*y))).collect();
        self.paper.polygon(&corners, colour)
    }

    /// Writes a text whose baseline is at `y`; it must have been made to fit.
    pub(super) fn write(&mut self, text: &str, x: f64, y: f64, pen: Pen) -> Result<(), ChartError> {
        let style = Style {
            fonts: self.fonts,
            face: pen.face,
            size: pen.size * self.scale,
            colour: pen.colour,
            align: pen.align,
        };
        let top = style.top(y * self.scale).round() as i32;
        self.paper.text(text, &style, (self.dots(x), top))
    }

    /// Writes the title and the subtitle.
    pub(super) fn head(&mut self, head: &Head, height: f64) -> Result<(), ChartError> {
        let sheet = Area { left: 0.0, top: 0.0, right: head.size.width(), bottom: height };
        self.fill(sheet, PAPER)?;
        let mut y = MARGIN + TITLE * 0.8;
        let pen = Pen { size: TITLE, ..Pen::LABEL };
        for line in &head.title {
            self.write(line, MARGIN, y, pen)?;
            y += Head::TITLE_LINE;
        }
        let pen = Pen { size: SUBTITLE, ..Pen::SMALL };
        for line in &head.subtitle {
            self.write(line, MARGIN, y, pen)?;
            y += Head::SUBTITLE_LINE;
        }
        Ok(())
    }

    /// Says in the middle of an empty chart why it is empty.
    pub(super) fn say(
        &mut self,
        why: Drawn<'_>,
        head: &Head,
        height: f64,
    ) -> Result<(), ChartError> {
        self.say_text(&head.language.draw(why), head, height)
    }

    /// The same in words.
    pub(super) fn say_text(
        &mut self,
        text: &str,
        head: &Head,
        height: f64,
    ) -> Result<(), ChartError> {
        let pen = Pen { size: 16.0, ..Pen::SMALL }.align(Align::Middle);
        self.write(text, head.size.width() / 2.0, f64::midpoint(head.bottom(), height), pen)
    }

    fn dots(&self, length: f64) -> i32 {
        (length * self.scale).round() as i32
    }
}

/// Title and subtitle, broken into lines that fit the canvas.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Head {
    pub(super) size: Size,
    pub(super) language: Language,
    title: Vec<String>,
    subtitle: Vec<String>,
}

impl Head {
    const TITLE_LINE: f64 = 30.0;
    const SUBTITLE_LINE: f64 = 20.0;

    pub(super) fn new(
        (title, subtitle): (&str, &str),
        size: Size,
        language: Language,
        fonts: &Fonts,
    ) -> Self {
        let room = size.width() - 2.0 * MARGIN;
        Self {
            size,
            language,
            title: balanced(title, room, fonts),
            subtitle: fonts.wrap(subtitle, Room { width: room, lines: 5 }, SUBTITLE, Face::Regular),
        }
    }

    /// The right edge of what is drawn.
    pub(super) fn right(&self) -> f64 {
        self.size.width() - MARGIN
    }

    /// Returns where the drawing may begin.
    pub(super) fn bottom(&self) -> f64 {
        let titles = self.title.len() as f64 * Self::TITLE_LINE;
        MARGIN + titles + self.subtitle.len() as f64 * Self::SUBTITLE_LINE + 16.0
    }
}

/// Breaks a title so that its two lines are about as long: no word stands alone. A third line is for titles that need it.
fn balanced(title: &str, room: f64, fonts: &Fonts) -> Vec<String> {
    let wrapped = |width, lines| fonts.wrap(title, Room { width, lines }, TITLE, Face::SemiBold);
    let letters = |lines: &[String]| lines.iter().map(String::len).sum::<usize>();
    let lines = if letters(&wrapped(room, 2)) < letters(&wrapped(room, 3)) { 3 } else { 2 };
    let wrap = |width| wrapped(width, lines);
    let widest = wrap(room);
    if widest.len() < 2 {
        return widest;
    }
    let narrower = (10..20).map(|part| wrap(room * f64::from(part) / 20.0));
    let whole = narrower.into_iter().find(|lines| {
        letters(lines) == letters(&widest) && lines.last().is_some_and(|line| !line.ends_with('…'))
    });
    whole.unwrap_or(widest)
}

fn failed<E: std::error::Error + Send + Sync>(error: &DrawingErrorKind<E>) -> ChartError {
    ChartError::Draw(error.to_string())
}
