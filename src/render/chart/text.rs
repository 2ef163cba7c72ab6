//! Text that fits: measured with the embedded font, shortened, and safe to put into any file.
//!
//! Names come from model files, so they may be long, empty or hostile. [`clean`] makes them
//! harmless once, [`Fonts`] measures them, and nothing is drawn that was not measured. Glyphs are
//! drawn here at fractions of a pixel: plotters rounds each letter to a whole one, which makes
//! small text look uneven. A letter that the font lacks is drawn as a box, never left out.

use ab_glyph::{Font, FontArc, PxScale, ScaleFont, point};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendTextStyle, FontFamily, FontStyle};
use std::convert::Infallible;
use unicode_width::UnicodeWidthChar;

use super::ChartError;
use super::theme::{FAMILY, WIDER_REGULAR, WIDER_SEMI_BOLD};
use crate::quantity::is_hidden;

/// Subset of Inter; see `make.py` beside it.
const REGULAR: &[u8] = include_bytes!("../font/VoronkaSans-Regular.otf");
/// Subset of Inter; see `make.py` beside it.
const SEMI_BOLD: &[u8] = include_bytes!("../font/VoronkaSans-SemiBold.otf");

/// Where the baseline lies below the top of a text, in ems: the SVG back end's `dy`.
const BASELINE: f64 = 0.76;
/// The SVG back end divides the size of a font by this.
const SVG_SIZE: f64 = 1.24;
/// Shades of a colour at the edges of letters: more are not visible, and fewer make a smaller file.
const SHADES: f32 = 24.0;
/// Letters of a name that are looked at; no line of a chart holds as many.
const LONGEST: usize = 400;

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    SemiBold,
}

impl Face {
    fn wider(self) -> f64 {
        match self {
            Self::Regular => WIDER_REGULAR,
            Self::SemiBold => WIDER_SEMI_BOLD,
        }
    }
}

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Middle,
    Right,
}

/// The embedded fonts and those that stand in for them, ready to measure.
#[derive(Debug, Clone)]
pub(super) struct Fonts {
    regular: FontArc,
    semi_bold: FontArc,
    others: Vec<FontArc>,
}

/// What lines of a text must fit into.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// How wide a line may be.
    pub(super) width: f64,
    /// How many lines there may be.
    pub(super) lines: usize,
}

impl Fonts {
    pub(super) fn load(others: &[FontArc]) -> Result<Self, ChartError> {
        let font = |bytes| FontArc::try_from_slice(bytes).map_err(|_| ChartError::Font);
        Ok(Self { regular: font(REGULAR)?, semi_bold: font(SEMI_BOLD)?, others: others.to_vec() })
    }

    /// The font that draws a letter: the embedded one, else the first other one that has it, else the
    /// embedded one again, as a box.
    fn of(&self, face: Face, letter: char) -> &FontArc {
        let own = match face {
            Face::Regular => &self.regular,
            Face::SemiBold => &self.semi_bold,
        };
        if self.others.is_empty() || own.glyph_id(letter).0 != 0 {
            return own;
        }
        self.others.iter().find(|font| draws(font, letter)).unwrap_or(own)
    }

    /// Whether a letter is drawn as itself.
    pub(super) fn has(&self, letter: char) -> bool {
        letter.width() == Some(0) || self.of(Face::Regular, letter).glyph_id(letter).0 != 0
    }

    /// Returns the width of a text, in the widest font that a viewer is likely to have.
    pub(super) fn width(&self, text: &str, size: f64, face: Face) -> f64 {
        let ems: f64 = text.chars().map(|letter| advance(self.of(face, letter), letter)).sum();
        ems * size * face.wider()
    }

    /// Returns the text, or its beginning with an ellipsis if it is wider than `room`.
    pub(super) fn shorten(&self, text: &str, room: f64, size: f64, face: Face) -> String {
        if self.fitting(text, room, size, face) == text.len() {
            return text.to_owned();
        }
        let left = room - self.width("…", size, face);
        if left <= 0.0 {
            return String::new();
        }
        format!("{}…", text[..self.fitting(text, left, size, face)].trim_end())
    }

    /// Breaks a text between words into lines; the last one may be shortened.
    pub(super) fn wrap(&self, text: &str, room: Room, size: f64, face: Face) -> Vec<String> {
        let Room { width, lines: most } = room;
        let mut lines = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() && lines.len() + 1 < most {
            let fitting = self.fitting(rest, width, size, face);
            if fitting == rest.len() {
                break;
            }
            let word_end = if rest[fitting..].starts_with(' ') {
                fitting
            } else {
                rest[..fitting].rfind(' ').filter(|&end| end > 0).unwrap_or(fitting)
            };
            let letter = rest.chars().next().map_or(1, char::len_utf8);
            let (line, next) = rest.split_at(word_end.max(letter));
            lines.push(line.trim_end().to_owned());
            rest = next.trim_start();
        }
        if !rest.is_empty() {
            lines.push(self.shorten(rest, width, size, face));
        }
        lines
    }

    /// Returns how many bytes of the text fit into `room`, in the same widest font.
    fn fitting(&self, text: &str, room: f64, size: f64, face: Face) -> usize {
        let size = size * face.wider();
        let mut used = 0.0;
        for (at, letter) in text.char_indices() {
            used += advance(self.of(face, letter), letter) * size;
            if used > room {
                return at;
            }
        }
        text.len()
    }
}

/// Whether a font has the outline of a letter: those of emoji are often pictures.
pub(super) fn draws(font: &FontArc, letter: char) -> bool {
    let glyph = font.glyph_id(letter);
    glyph.0 != 0 && font.outline(glyph).is_some()
}

/// Width of a letter, in ems.
fn advance(font: &FontArc, letter: char) -> f64 {
    let glyph = font.glyph_id(letter);
    let known = glyph.0 != 0;
    match letter.width() {
        Some(0) if !known => 0.0,
        Some(2) if !known => 1.3,
        _ => {
            let em = font.units_per_em().unwrap_or(1000.0);
            f64::from(font.h_advance_unscaled(glyph) / em)
        }
    }
}

/// Returns a text without anything that could break a line, a file or its reader.
///
/// Control characters, marks that turn the direction of writing, separators of lines and what XML
/// forbids become U+FFFD, so that they are seen; blanks around the text go.
pub(super) fn clean(text: &str) -> String {
    let visible = |letter: char| if is_hidden(letter) { '\u{fffd}' } else { letter };
    let text = text.trim_matches(' ');
    let mut cleaned: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        cleaned.push('…');
    }
    cleaned
}

/// Like [`clean`], with a word for a name that is empty.
pub(super) fn clean_name(text: &str) -> String {
    let name = clean(text);
    if name.trim().is_empty() { "—".to_owned() } else { name }
}

/// A font at a size, as the back ends of plotters want it.
pub(super) struct Style<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) face: Face,
    pub(super) size: f64,
    pub(super) colour: BackendColor,
    pub(super) align: Align,
}

impl Style<'_> {
    /// Returns where a text must be put for its baseline to lie at `y`.
    pub(super) fn top(&self, baseline: f64) -> f64 {
        baseline - BASELINE * self.size
    }
}

impl BackendTextStyle for Style<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.colour
    }

    fn size(&self) -> f64 {
        self.size * SVG_SIZE
    }

    fn style(&self) -> FontStyle {
        match self.face {
            Face::Regular => FontStyle::Normal,
            Face::SemiBold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        let h_pos = match self.align {
            Align::Left => HPos::Left,
            Align::Middle => HPos::Center,
            Align::Right => HPos::Right,
        };
        Pos::new(h_pos, VPos::Top)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let advance = |letter| advance(self.fonts.of(self.face, letter), letter);
        let width: f64 = text.chars().map(advance).sum();
        Ok(((0, 0), ((width * self.size).round() as i32, self.size.round() as i32)))
    }

    fn draw<E, Draw: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        (left, top): (i32, i32),
        mut draw: Draw,
    ) -> Result<Result<(), E>, Infallible> {
        let baseline = (BASELINE * self.size).round();
        let mut x = 0.0;
        for letter in as_seen(text) {
            let font = self.fonts.of(self.face, letter);
            let em = font.units_per_em().unwrap_or(1000.0);
            let scale = PxScale::from(self.size as f32 * font.height_unscaled() / em);
            let scaled = font.as_scaled(scale);
            let wide = advance(font, letter) * self.size;
            let place = point(x as f32, baseline as f32);
            let glyph = scaled.glyph_id(letter).with_scale_and_position(scale, place);
            x += wide;
            let Some(outline) = font.outline_glyph(glyph).filter(|_| wide > 0.0) else {
                continue;
            };
            let corner = outline.px_bounds().min;
            let (left, top) = (left + corner.x as i32, top + corner.y as i32);
            let mut drawn = Ok(());
            outline.draw(|dx, dy, coverage| {
                let shade = (coverage.clamp(0.0, 1.0) * SHADES).round() / SHADES;
                if drawn.is_ok() && shade > 0.0 {
                    let alpha = self.colour.alpha * f64::from(shade);
                    let colour = BackendColor { alpha, rgb: self.colour.rgb };
                    drawn = draw(left + dx as i32, top + dy as i32, colour);
                }
            });
            if drawn.is_err() {
                return Ok(drawn);
            }
        }
        Ok(Ok(()))
    }
}

/// The letters from left to right: runs of Hebrew are written from the right.
fn as_seen(text: &str) -> Vec<char> {
    let mut seen: Vec<char> = Vec::new();
    let mut run: Vec<char> = Vec::new();
    let is_hebrew =
        |letter: char| matches!(letter, '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}');
    for letter in text.chars() {
        if is_hebrew(letter) || (letter == ' ' && !run.is_empty()) {
            run.push(letter);
            continue;
        }
        end_run(&mut run, &mut seen);
        seen.push(letter);
    }
    end_run(&mut run, &mut seen);
    seen
}

/// Ends a run: the blanks at its end belong to what comes after it.
fn end_run(run: &mut Vec<char>, seen: &mut Vec<char>) {
    let letters = run.iter().rposition(|letter| *letter != ' ').map_or(0, |last| last + 1);
    seen.extend(run[..letters].iter().rev());
    seen.extend(&run[letters..]);
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_have_every_letter_that_we_write() {
        let fonts = Fonts::load(&[]).unwrap();
        let signs = "АЯёЁ№«»—–…×·≤≥→←±₽€µμσ%•−₸₴°²½„“”‘’ \u{a0}\u{202f}\u{2009}";
        let cyrillic = ('\u{400}'..='\u{45f}').chain("ҐґІіЇїЄєЎўӘәҒғҚқҢңӨөҰұҮүҺһ".chars());
        let letters = (' '..='~').chain('À'..='ň').chain(cyrillic).chain(signs.chars());
        for letter in letters {
            for face in [Face::Regular, Face::SemiBold] {
                assert_ne!(fonts.of(face, letter).glyph_id(letter).0, 0, "{letter:?} {face:?}");
            }
        }
    }

    #[test]
    fn hebrew_is_written_from_the_right() {
        let seen = |text: &str| as_seen(text).into_iter().collect::<String>();
        assert_eq!(seen("\u{5d0}\u{5d1} \u{5d2} 12"), "\u{5d2} \u{5d1}\u{5d0} 12");
        assert_eq!(seen("Lead (\u{5d0}\u{5d1})"), "Lead (\u{5d1}\u{5d0})");
        assert_eq!(seen("Встреча"), "Встреча");
    }

    #[test]
    fn a_letter_that_the_font_lacks_is_a_box() {
        let fonts = Fonts::load(&[]).unwrap();
        for face in [Face::Regular, Face::SemiBold] {
            let font = fonts.of(face, '\u{fffd}');
            assert_eq!(font.glyph_id('\u{fffd}').0, 0);
            assert!(font.outline(font.glyph_id('\u{fffd}')).is_some());
        }
    }

    #[test]
    fn a_shortened_text_fits_whatever_it_is() {
        let fonts = Fonts::load(&[]).unwrap();
        let long = "Согласование договора с юридическим отделом ".repeat(5);
        for text in [&*long, "", "🚀🚀🚀🚀🚀🚀", "e\u{301}\u{301}\u{301}", "中文字中文字中文字"]
        {
            for room in [-5.0, 0.0, 3.0, 20.0, 100.0, 1e9] {
                let short = fonts.shorten(text, room, 14.0, Face::Regular);
                assert!(fonts.width(&short, 14.0, Face::Regular) <= f64::max(room, 0.0), "{short}");
            }
        }
        assert_eq!(fonts.shorten("Lead", 200.0, 14.0, Face::Regular), "Lead");
        assert_eq!(fonts.shorten("Lead scoring", 60.0, 14.0, Face::Regular), "Lead s…");
    }

    #[test]
    fn a_title_breaks_between_words_and_ends_with_an_ellipsis() {
        let fonts = Fonts::load(&[]).unwrap();
        let wrap = |text: &str, most| {
            fonts.wrap(text, Room { width: 120.0, lines: most }, 14.0, Face::Regular)
        };
        assert_eq!(wrap("Most deals die at the offer", 3), ["Most deals die", "at the offer"]);
        assert_eq!(wrap("Most deals die at the offer", 1), ["Most deals die…"]);
        assert!(wrap("", 2).is_empty());
        assert_eq!(wrap(&"ы".repeat(200), 2).len(), 2);
    }

    #[test]
    fn wrapping_into_no_room_ends() {
        let fonts = Fonts::load(&[]).unwrap();
        assert!(fonts.wrap("ab cd", Room { width: 0.0, lines: 2 }, 14.0, Face::Regular).len() <= 2);
    }

    #[test]
    fn hostile_characters_become_visible() {
        assert_eq!(clean("a\u{1b}[31m\u{0}\u{7}\nb"), "a\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}b");
        assert_eq!(clean("\u{202e}evil\u{2066}\u{85}"), "\u{fffd}evil\u{fffd}\u{fffd}");
        assert_eq!(clean("\u{ffff}\u{1fffe}"), "\u{fffd}\u{fffd}");
        assert_eq!(clean("  Встреча  "), "Встреча");
        assert_eq!(clean_name(""), "—");
        assert_eq!(clean(&"x".repeat(1_000_000)).chars().count(), LONGEST + 1);
    }
}
