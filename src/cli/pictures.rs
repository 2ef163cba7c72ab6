//! Charts as the files of a folder.

use rayon::prelude::*;

use super::content::Content;
use super::failure::Failure;
use super::fonts;
use super::interrupt::Interrupt;
use super::terminal::language;
use crate::render::chart::{self, ChartError, Size, StandIns};
use crate::report::chart::NamedChart;

/// The format of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ChartFormat {
    Svg,
    Png,
}

impl ChartFormat {
    /// The extension of its files.
    pub(super) fn word(self) -> &'static str {
        match self {
            ChartFormat::Svg => "svg",
            ChartFormat::Png => "png",
        }
    }
}

/// Draws each chart in each format.
pub(super) fn draw(
    pictures: &[NamedChart],
    formats: &[ChartFormat],
    size: Size,
) -> Result<Vec<Content>, Failure> {
    let (interrupt, language) = (Interrupt::listen(), language());
    let failed = |path: &str| {
        let path = path.to_owned();
        |error: ChartError| Failure::Output { path, reason: error.to_string() }
    };
    let document = |NamedChart { file_stem, chart }: &NamedChart| {
        interrupt.check()?;
        chart::svg(chart, size, language).map_err(failed(&format!("{file_stem}.svg")))
    };
    let documents: Vec<String> = pictures.par_iter().map(document).collect::<Result<_, _>>()?;
    let fonts = if formats.contains(&ChartFormat::Png) {
        fonts::stand_ins(documents.iter().map(String::as_str)).map_err(failed("the charts"))?
    } else {
        StandIns::default()
    };
    let file = |(picture, document, format): (&NamedChart, &String, ChartFormat)| {
        interrupt.check()?;
        let name = format!("{}.{}", picture.file_stem, format.word());
        let bytes = match format {
            ChartFormat::Svg => document.clone().into_bytes(),
            ChartFormat::Png => {
                chart::png_with(&picture.chart, size, language, &fonts).map_err(failed(&name))?
            }
        };
        Ok(Content { name, bytes })
    };
    let drawn = pictures.iter().zip(&documents);
    let files: Vec<_> = drawn
        .flat_map(|(picture, document)| formats.iter().map(move |it| (picture, document, *it)))
        .collect();
    files.into_par_iter().map(file).collect()
}
