//! Charts as SVG and PNG: one drawing, two back ends.
//!
//! An SVG is small and scales; a PNG fits into documents and mail. Both are drawn by the same function over
//! a back end of plotters and are the same bytes for the same data. Neither needs a font of the
//! machine: the PNG is drawn with an embedded one, and the SVG is measured with it and names it
//! first. Own axes and labels instead of plotters' chart builder, because direct labels, a funnel
//! and text that never overflows are not in it.

mod axis;
mod bars;
mod canvas;
mod columns;
mod cycle;
mod differences;
mod encode;
mod funnel;
mod funnels;
mod heat;
mod key;
mod lines;
mod load;
mod map;
mod scatter;
mod strips;
mod text;
mod theme;
mod tornado;

use ab_glyph::{FontArc, FontVec};
use plotters::prelude::{BitMapBackend, DrawingBackend, SVGBackend};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use thiserror::Error;

use self::canvas::{Canvas, Head, Paper};
use self::encode::encode;
use self::text::{Fonts, clean};
use self::theme::PNG_SCALE;
pub use self::theme::Size;
use crate::render::words::{self, Language};
use crate::report::chart::{
    Chart, ColumnsChart, CycleChart, HeatChart, LoadChart, ScatterChart, StripsChart, TornadoChart,
};
use crate::report::phrase::{Caption, Month, Phrase};

/// Why a chart could not be drawn.
#[derive(Debug, Error)]
pub enum ChartError {
    /// The program was built with a font that cannot be read.
    #[error("the embedded font cannot be read")]
    Font,
    /// The back end refused to draw.
    #[error("the chart cannot be drawn: {0}")]
    Draw(String),
    /// The picture could not be written as PNG.
    #[error("the chart cannot be written as PNG: {0}")]
    Encode(#[from] png::EncodingError),
}

/// Fonts of the machine that stand in for the embedded one where it lacks a letter.
///
/// They draw letter by letter from left to right, Hebrew from right to left; what needs more, such as letters that
/// join (Arabic) or marks that move (Devanagari), is left to viewers of the SVG.
#[derive(Debug, Clone, Default)]
pub struct StandIns {
    fonts: Vec<FontArc>,
}

impl StandIns {
    /// Takes a font file in if it draws any of these letters, and drops those from the list.
    pub fn take(&mut self, file: Vec<u8>, missing: &mut BTreeSet<char>) {
        let Ok(font) = FontVec::try_from_vec_and_index(file, 0) else { return };
        let font = FontArc::new(font);
        let before = missing.len();
        missing.retain(|letter| needs_shaping(*letter) || !text::draws(&font, *letter));
        if missing.len() < before {
            self.fonts.push(font);
        }
    }
}

/// Scripts whose letters change with their neighbours.
fn needs_shaping(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// The letters of charts, as SVG documents, that the embedded font lacks.
pub fn missing_letters<'s>(
    documents: impl Iterator<Item = &'s str>,
) -> Result<BTreeSet<char>, ChartError> {
    let fonts = Fonts::load(&[])?;
    // Hidden letters are shown as boxes on purpose.
    let is_missing = |letter: &char| {
        !letter.is_ascii() && !fonts.has(*letter) && !matches!(letter, '\u{fffd}' | '\n')
    };
    Ok(documents.flat_map(str::chars).filter(is_missing).collect())
}

/// Returns a chart as a complete SVG document: no script, no outside file.
pub fn svg(chart: &Chart, size: Size, language: Language) -> Result<String, ChartError> {
    let sheet = Sheet::new(chart, (size, language), &StandIns::default())?;
    let mut drawn = String::new();
    {
        let mut backend =
            SVGBackend::with_string(&mut drawn, (size.width() as u32, sheet.height()));
        sheet.draw(&mut backend, 1)?;
        backend.present().map_err(|error| ChartError::Draw(error.to_string()))?;
    }
    Ok(accessible(&drawn, &sheet.title, &sheet.subtitle))
}

/// Returns a chart as a PNG file with two dots for each pixel of the SVG.
///
/// Letters that the embedded font lacks are boxes; [`png_with`] draws them with other fonts.
pub fn png(chart: &Chart, size: Size, language: Language) -> Result<Vec<u8>, ChartError> {
    png_with(chart, size, language, &StandIns::default())
}

/// Like [`png()`], with fonts that stand in where the embedded one lacks a letter.
pub fn png_with(
    chart: &Chart,
    size: Size,
    language: Language,
    others: &StandIns,
) -> Result<Vec<u8>, ChartError> {
    let sheet = Sheet::new(chart, (size, language), others)?;
    let (width, height) = (size.width() as u32 * PNG_SCALE, sheet.height() * PNG_SCALE);
    let mut dots = vec![0xFF; 3 * width as usize * height as usize];
    {
        let mut backend = BitMapBackend::with_buffer(&mut dots, (width, height));
        sheet.draw(&mut backend, PNG_SCALE)?;
        backend.present().map_err(|error| ChartError::Draw(error.to_string()))?;
    }
    encode(&dots, width, height)
}

/// A chart whose texts were made to fit, so its height is known before anything is drawn.
struct Sheet<'a> {
    title: String,
    subtitle: String,
    head: Head,
    fonts: Fonts,
    body: Body<'a>,
}

enum Body<'a> {
    Funnel(funnel::Layout),
    Cycle(&'a CycleChart),
    Load(&'a LoadChart),
    Bars(bars::Layout<'a>),
    Columns(&'a ColumnsChart),
    Strips(&'a StripsChart),
    Map(Box<map::Layout<'a>>),
    Lines(lines::Plot<'a>),
    Heat(&'a HeatChart),
    Tornado(&'a TornadoChart),
    Scatter(&'a ScatterChart),
    Differences(differences::Layout<'a>),
    Funnels(funnels::Layout<'a>),
    Maps(map::Stack<'a>),
}

impl<'a> Sheet<'a> {
    fn new(
        chart: &'a Chart,
        (size, language): (Size, Language),
        others: &StandIns,
    ) -> Result<Self, ChartError> {
        let fonts = Fonts::load(&others.fonts)?;
        let (title, subtitle) = chart.head();
        let title = spoken(title, language);
        let subtitle = subtitle.iter().map(|part| spoken(part, language));
        let subtitle = subtitle.collect::<Vec<_>>().join(" ");
        let head = Head::new((&title, &subtitle), size, language, &fonts);
        let body = match chart {
            Chart::Funnel(chart) => Body::Funnel(funnel::Layout::new(chart, &fonts, &head)),
            Chart::Cycle(chart) => Body::Cycle(chart),
            Chart::Load(chart) => Body::Load(chart),
            Chart::Bars(chart) => Body::Bars(bars::Layout::new(chart, &fonts, &head)),
            Chart::Columns(chart) => Body::Columns(chart),
            Chart::Strips(chart) => Body::Strips(chart),
            Chart::Map(chart) => Body::Map(Box::new(map::Layout::new(chart, &fonts, &head))),
            Chart::Lines(chart) => Body::Lines(lines::Plot::along(chart, language)),
            Chart::Gathered(chart) => Body::Lines(lines::Plot::by_month(chart, language)),
            Chart::Heat(chart) => Body::Heat(chart),
            Chart::Tornado(chart) => Body::Tornado(chart),
            Chart::Scatter(chart) => Body::Scatter(chart),
            Chart::Differences(chart) => {
                Body::Differences(differences::Layout::new(chart, &fonts, &head))
            }
            Chart::Funnels(chart) => Body::Funnels(funnels::Layout::new(chart, &fonts, &head)),
            Chart::Maps(chart) => Body::Maps(map::Stack::new(chart, &fonts, &head)),
        };
        Ok(Self { title, subtitle, head, fonts, body })
    }

    fn height(&self) -> u32 {
        let needed = match &self.body {
            Body::Funnel(layout) => layout.height(&self.head),
            Body::Cycle(_) | Body::Columns(_) | Body::Lines(_) | Body::Scatter(_) => 0.0,
            Body::Heat(chart) => heat::height(chart, &self.head),
            Body::Tornado(chart) => tornado::height(chart, &self.head),
            Body::Bars(layout) => layout.height(&self.head),
            Body::Strips(chart) => strips::height(chart, &self.head),
            Body::Map(layout) => layout.height(),
            Body::Load(chart) => load::height(chart, &self.head),
            Body::Differences(layout) => layout.height(&self.head),
            Body::Funnels(layout) => layout.height(&self.head),
            Body::Maps(layout) => layout.height(),
        };
        needed.max(self.head.size.height()).ceil() as u32
    }

    fn draw(&self, paper: &mut dyn Paper, scale: u32) -> Result<(), ChartError> {
        let mut canvas = Canvas::new(paper, &self.fonts, scale);
        let height = f64::from(self.height());
        canvas.head(&self.head, height)?;
        match &self.body {
            Body::Funnel(layout) => layout.draw(&mut canvas, &self.fonts, &self.head, height),
            Body::Cycle(chart) => cycle::draw(chart, &mut canvas, &self.fonts, &self.head, height),
            Body::Load(chart) => load::draw(chart, &mut canvas, &self.fonts, &self.head, height),
            Body::Bars(layout) => layout.draw(&mut canvas, &self.fonts, &self.head, height),
            Body::Columns(chart) => {
                columns::draw(chart, &mut canvas, &self.fonts, &self.head, height)
            }
            Body::Strips(chart) => {
                strips::draw(chart, &mut canvas, &self.fonts, &self.head, height)
            }
            Body::Lines(chart) => lines::draw(chart, &mut canvas, &self.fonts, &self.head, height),
            Body::Heat(chart) => heat::draw(chart, &mut canvas, &self.fonts, &self.head, height),
            Body::Scatter(chart) => {
                scatter::draw(chart, &mut canvas, &self.fonts, &self.head, height)
            }
            Body::Tornado(chart) => {
                tornado::draw(chart, &mut canvas, &self.fonts, &self.head, height)
            }
            Body::Map(layout) => layout.draw(&mut canvas, &self.fonts, &self.head, height),
            Body::Differences(layout) => layout.draw(&mut canvas, &self.fonts, &self.head),
            Body::Funnels(layout) => layout.draw(&mut canvas, &self.fonts, &self.head, height),
            Body::Maps(layout) => layout.draw(&mut canvas, &self.fonts, &self.head),
        }
    }
}

/// A phrase as text that can be drawn.
fn spoken<P: Clone + Into<Phrase>>(phrase: &P, language: Language) -> String {
    clean(&words::text(&phrase.clone().into(), language))
}

/// A month on an axis; nothing where it is not named.
fn month(month: Option<Month>, language: Language) -> String {
    month.map_or_else(String::new, |month| spoken(&Caption::Month(month), language))
}

/// Adds the text for screen readers, and corrects what the back end has no option for.
fn accessible(drawn: &str, title: &str, subtitle: &str) -> String {
    let (open, rest) = drawn.split_once('>').unwrap_or((drawn, ""));
    let (title, subtitle) = (escape(title), escape(subtitle));
    let mut svg = String::with_capacity(drawn.len() + 512);
    let _ = write!(svg, "{open} role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>");
    let _ = write!(svg, "\n<desc>{subtitle}</desc>");
    // A quotation mark in a name is written as &quot;, so these are attributes for certain.
    svg += &rest
        .replace(" font-weight=\"bold\"", " font-weight=\"600\"")
        // What the back end's division of a font's size leaves.
        .replace(".000000000000002\"", "\"")
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\"", "");
    svg
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

mod tests;
